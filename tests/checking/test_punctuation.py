"""Punctuation, brackets, blanks, numbering style: what is wrong is found, what only looks like it is not."""

from __future__ import annotations

import pytest

from .cases import found_in, passages


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("2022年,我局收到申请", ","),
        ("收到申请19件;办结19件。", ";"),
        ("联系电话:0594-2772776", ":"),
        ("支持IPv6,我局按期办理。", ","),
        ("是否公开?由机关决定。", "?"),
        ("门户网站(含移动端)已升级。", "("),
        ("支持互联网协议第6版(IPv6)。", "("),
        ("各项工作有序开展.", "."),
    ],
)
def test_half_width_marks_beside_chinese_are_found(text: str, mark: str) -> None:
    assert passages("W01", text) == [mark]


@pytest.mark.parametrize(
    "text",
    [
        "共1,234件，时间是10:30，比例是3:1。",
        "见http://gaj.putian.gov.cn/a,b?c=1，邮箱a.b@c.gov.cn。",
        "HTTP, JSON (RFC 8259)",
        "电话：(0594)2772776。",
        "1.加强管理。",
        "占31.58%",
    ],
)
def test_numbers_times_and_addresses_keep_their_marks(text: str) -> None:
    assert found_in("W01", text) == []


def test_one_finding_a_paragraph_counts_its_marks_and_names_the_line() -> None:
    first, second = found_in("W01", "一,二,三。\n没有。\n甲,乙。")
    assert "2 处" in first.message
    assert (first.line, second.line) == (1, 3)


@pytest.mark.parametrize("text", ['实现"一网通办"。', "实现'一网通办'。", '5件"一件事'])
def test_straight_quotes_beside_chinese_are_found(text: str) -> None:
    assert found_in("W02", text)


@pytest.mark.parametrize("text", ["实现“一网通办”。", 'the "one stop" portal', "it's fine"])
def test_curly_quotes_and_latin_ones_are_left(text: str) -> None:
    assert found_in("W02", text) == []


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("按照《政府信息公开条例要求办理。", "《"),
        ("按照政府信息公开条例》要求办理。", "》"),
        ("实现“一网通办。", "“"),
        ("实现“一网通办“。", "“"),
        ("（含网上申请。", "（"),
        ("含网上申请）。", "）"),
        ("国办发〔2021号。", "〔"),
        ("《“一网通办》”", "“"),
    ],
)
def test_a_bracket_without_its_other_half_is_found(text: str, mark: str) -> None:
    assert passages("W03", text) == [mark]


@pytest.mark.parametrize(
    "text",
    [
        "《关于“十四五”规划〈纲要〉的通知》（试行）",
        "1）申请；2）受理",
        "（国办发〔2021〕12号）",
        "“甲”“乙”《丙》、《丁》",
    ],
)
def test_brackets_in_pairs_and_list_marks_are_left(text: str) -> None:
    assert found_in("W03", text) == []


@pytest.mark.parametrize(
    "number", ["[2021]12号", "(2021)12号", "（2021）12号", "﹝2021﹞12号", "【2021】第12号"]
)
def test_wrong_brackets_in_a_document_number_are_found(number: str) -> None:
    assert passages("W04", f"国办发{number}") == [number[:6]]
    assert found_in("W01", f"国办发{number}") == []


@pytest.mark.parametrize(
    "text", ["国办发〔2021〕12号", "（2021）闽03行初12号", "全年（2022）发布12号文件", "申请（2022年）12号"]
)
def test_right_numbers_and_case_numbers_are_left(text: str) -> None:
    assert found_in("W04", text) == []


def test_a_title_within_a_title_is_found() -> None:
    assert found_in("W05", "《关于贯彻《条例》的通知》")
    assert found_in("W05", "《关于印发<办法>的通知》")
    assert found_in("W05", "《关于贯彻〈条例〉的通知》和《办法》") == []


@pytest.mark.parametrize(
    "text", ["我局 积极推进。", "我局积极推进， 成效明显。", "（一） 主动公开", "信息　公开"]
)
def test_blanks_in_chinese_text_are_found(text: str) -> None:
    assert found_in("W06", text)


@pytest.mark.parametrize(
    "text",
    [
        "融入“党建引领 夯基惠民”工程。",
        "地址：荔城区 邮编：351100 电话：0594-2772776",
        "（一）主动公开情况 我局全年发布信息801条，办理申请。",
        "已办结 257 件",
        "支持 IPv6 协议",
        "1. 加强管理",
        "第一章 总则",
    ],
)
def test_blanks_that_have_a_purpose_are_left(text: str) -> None:
    assert found_in("W06", text) == []


@pytest.mark.parametrize("text", ["有序开展。。", "工作，，成效", "申请；。", "网站、，新媒体"])
def test_marks_in_a_row_are_found(text: str) -> None:
    assert found_in("W07", text)


@pytest.mark.parametrize("text", ["“好。”他说。", "等等……", "《甲》。", "真的？！", "（试行）。"])
def test_marks_that_may_follow_each_other_are_left(text: str) -> None:
    assert found_in("W07", text) == []


@pytest.mark.parametrize(
    ("text", "mark"), [("1、加强管理", "、"), ("1．加强管理", "．"), ("（一）、主动公开", "、")]
)
def test_the_wrong_mark_after_a_number_is_found(text: str, mark: str) -> None:
    assert passages("W08", text) == [mark]


@pytest.mark.parametrize(
    "text", ["1.加强管理", "1、2月份开展培训", "5、20日各报送一次", "（一）主动公开", "2.3万笔"]
)
def test_numbers_that_are_right_or_no_numbering_are_left(text: str) -> None:
    assert found_in("W08", text) == []
