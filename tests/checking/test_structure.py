"""The frame of the report: title, year, what the preface says of it, its legal basis."""

from __future__ import annotations

import pytest

from reportgen.model.findings import Severity

from .cases import findings, found_in, passages, report


@pytest.mark.parametrize("name", ["莆田市公安局2022年", "莆田市公安局政府信息公开", "莆田市公安局年度报告"])
def test_a_name_that_holds_part_of_the_title_is_found(name: str) -> None:
    (finding,) = findings("S01", report(agency={"name": name}))
    assert finding.severity is Severity.ERROR


def test_another_year_in_the_reports_own_name_is_an_error() -> None:
    wrong = "现公布莆田市公安局2021年政府信息公开工作年度报告。"
    assert passages("S01", wrong, "preface") == ["2021年政府信息公开工作年度报告"]
    assert found_in("S01", wrong, "preface", year=2021) == []
    assert found_in("S01", "上一年度的2021年政府信息公开工作年度报告已公布。", "preface") == []
    assert found_in("S01", "按时编制2021年政府信息公开工作年度报告。", "overview") == []


def test_a_preface_that_announces_another_places_report_is_found() -> None:
    text = "现公布{}2022年政府信息公开工作年度报告。"
    (finding,) = found_in("S01", text.format("厦门市公安局"), "preface")
    assert finding.severity is Severity.WARNING
    for own in ("莆田市公安局", "福建省莆田市公安局", "我局", "本机关", "全市公安机关"):
        assert found_in("S01", text.format(own), "preface") == []


def test_year_said_twice_in_the_name_is_found() -> None:
    assert found_in("S02", "公布2022年度政府信息公开工作年度报告", "preface")
    assert found_in("S02", "公布2022年政府信息公开工作年度报告，2022年度工作平稳", "preface") == []


@pytest.mark.parametrize(
    "period",
    [
        "2021年1月1日至2021年12月31日",
        "2021年1月1日至12月31日",
        "2022年1月1日至2021年12月31日",
        "2021年1月1日起，至2021年12月31日",
        "2022年1月1日至2022年12月30日",
        "2022年1月1日—2022年11月30日",
    ],
)
def test_a_statistical_period_other_than_the_year_is_an_error(period: str) -> None:
    assert passages("S04", f"所列数据的统计期限自{period}止。", "preface") == [period]


def test_the_whole_year_and_other_spans_are_left() -> None:
    assert found_in("S04", "统计期限为2022年1月1日至12月31日。", "preface") == []
    assert found_in("S04", "数据统计时限自2022年1月1日起至2022年12月31日止。", "preface") == []
    assert found_in("S04", "3月1日至3月31日开展集中清理，完善数据。") == []
    (unnamed,) = found_in("S04", "2021年1月1日至12月31日，我局收到申请19件。")
    assert unnamed.severity is Severity.WARNING
    assert found_in("S04", "较2021年1月1日至12月31日增长3%。") == []
    assert found_in("S04", "公示时间为2022年5月1日至5月20日。") == []


@pytest.mark.parametrize(
    "number", ["国办公开办函〔2019〕60号", "国办公开办函[2019]60号", "国务院令第492号", "国令第492号"]
)
def test_a_basis_that_no_longer_holds_is_found_with_what_holds_now(number: str) -> None:
    (finding,) = found_in("S05", f"根据有关规定（{number}）编制。", "preface")
    assert "711号" in finding.advice or "〔2021〕30号" in finding.advice


@pytest.mark.parametrize(
    "text",
    [
        "国务院令第711号",
        "莆政〔2019〕60号",
        "条例（国务院令第492号公布，国务院令第711号修订）",
        "国办公开办函〔2021〕30号",
    ],
)
def test_what_holds_or_tells_its_history_is_left(text: str) -> None:
    assert found_in("S05", text, "preface") == []
