"""Words twice in a row and dates that do not exist."""

from __future__ import annotations

import pytest

from .cases import found_in, passages


@pytest.mark.parametrize(
    ("text", "twice"),
    [
        ("对网站进行进行了升级", "进行进行"),
        ("群众的的满意度", "的的"),
        ("完成了了改版", "了了"),
        ("我局我局按期答复", "我局我局"),
        ("可以通过可以通过网站查询", "可以通过可以通过"),
        ("落实政府信息公开政府信息公开条例", "政府信息公开政府信息公开"),
        ("进一步进一步规范", "进一步进一步"),
    ],
)
def test_words_twice_in_a_row_are_found(text: str, twice: str) -> None:
    assert passages("W09", text) == [twice]


@pytest.mark.parametrize(
    "text",
    [
        "常常、往往、仅仅、种种、渐渐、高高兴兴",
        "区政府政府信息公开工作",
        "进一步规范规范性文件",
        "达到公开目的的同时",
        "为了了解群众需求",
        "现在在线申请",
        "实行一件事一件事地办",
        "上一年度年度报告",
        "行政机关机关事务",
        "参与与监督",
        "合并并公布",
        "方方面面、等等",
        "群众最关心最直接最现实",
    ],
)
def test_words_that_double_by_nature_or_by_chance_are_left(text: str) -> None:
    assert found_in("W09", text) == []


@pytest.mark.parametrize(
    "date",
    [
        "2022年2月30日",
        "2月30日",
        "2022年2月29日",
        "13月5日",
        "2022年13月",
        "6月31日",
        "0月3日",
        "二月三十日",
        "2022-02-30",
        "2022.4.31",
    ],
)
def test_dates_that_do_not_exist_are_found(date: str) -> None:
    assert passages("W10", f"于{date}公布") == [date]


@pytest.mark.parametrize(
    "text",
    [
        "2022年2月28日",
        "2020年2月29日",
        "12月31日",
        "历时13个月",
        "每月5日、20日",
        "45日内答复",
        "十二月三十一日",
        "2022-12-31",
        "版本2022.13.1.4",
    ],
)
def test_dates_that_exist_and_spans_of_time_are_left(text: str) -> None:
    assert found_in("W10", text) == []


def test_february_29_without_a_year_goes_by_the_report_and_the_year_after() -> None:
    assert found_in("W10", "2月29日", year=2022)
    assert found_in("W10", "2月29日", year=2023) == []
