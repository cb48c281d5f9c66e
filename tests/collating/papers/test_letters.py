"""收齐表 and 退回意见: who is named, who is written to, and what the letter says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reportgen.collating.area import Alike, Body, Outside, Standing, State, Submission
from reportgen.collating.papers import receipt as receipt_paper
from reportgen.collating.papers.receipt import receipt
from reportgen.collating.papers.returning import file_names, letter, returns
from reportgen.model.findings import Severity

from .. import areas
from .files import text, words


def test_the_receipt_says_who_is_missing_late_unreadable_and_wrong() -> None:
    said = text(receipt(areas.troubled()).data)
    assert "安河县2025年政府信息公开工作年度报告收齐表" in said
    assert (
        "应报 7 个单位：正常 3 个，有错误 2 个，读不出 1 个，未交 1 个。逾期 1 个：安河县城北街道办事处。"
        in said
    )
    assert "合计缺 3 个单位：安河县河东镇人民政府、安河县水利局、安河县城南街道办事处。" in said
    assert "一、没有报送的（1 个）" in said
    assert "2026年1月15日" in said
    assert "二、要退回改正的（6 个）" in said  # as many as there are letters
    assert "文字与安河县公安局的报告雷同（83%）。" in said
    assert "文字与本单位上年的报告雷同（64%）。" in said
    assert "文件读不出：这是扫描件，里面只有图片。请交 Word 文件。" in said
    assert "通知.docx" in said
    assert "经办人（签字）：" in said


def test_the_receipt_of_a_whole_area_has_nothing_to_send_back() -> None:
    said = text(receipt(areas.area(areas.sound())).data)
    assert "正常 5 个。" in said
    assert "缺" not in said
    assert "没有报送的" not in said
    assert "要退回改正的" not in said


def test_the_receipt_of_an_empty_area_is_a_paper_too() -> None:
    assert "共 0 个单位：没有单位。" in text(receipt(areas.area([], has_roster=False, year=None)).data)


def test_only_those_get_a_letter_who_sent_something_and_have_to_correct_it() -> None:
    troubled = areas.troubled(alike=())
    assert [each.standing.name for each in returns(troubled)] == [
        "安河县教育局",
        "安河县河东镇人民政府",
        "安河县水利局",
    ]
    assert list(returns(areas.area(areas.sound()))) == []


def test_a_warning_alone_sends_nothing_back() -> None:
    doubtful = areas.told("“2024年”像是上年的年份。请核对。", Severity.WARNING)
    sent = areas.submission("安河县公安局", areas.NAMES[0], told=(doubtful,))
    assert list(returns(areas.area([areas.standing("安河县公安局", areas.NAMES[0], submission=sent)]))) == []


def test_both_of_a_pair_are_written_to_and_of_last_years_the_one_who_copied() -> None:
    pairs = (
        Alike("安河县公安局", "安河县教育局", 0.8, ("一句。",)),
        Alike("安河县河东镇人民政府", "安河县城北街道办事处", 0.9, ("另一句。",), True),
    )
    found = list(returns(areas.area(areas.sound(), alike=pairs)))
    assert [each.standing.name for each in found] == ["安河县公安局", "安河县教育局", "安河县河东镇人民政府"]


def test_a_letter_says_what_to_correct_and_where_and_can_be_signed() -> None:
    troubled = areas.troubled()
    found = next(each for each in returns(troubled) if each.standing.name == "安河县教育局")
    said = words(letter(troubled, found).data)
    assert said[:2] == ["2025年政府信息公开工作年度报告退回意见", "安河县教育局："]
    assert (
        "你单位报送的2025年政府信息公开工作年度报告（文件“安河县教育局.docx”）已经收到。经检查，1 处要改正，1 处请核对。请改正后重新报送。"
        in said
    )
    assert "表三·一、本年新收政府信息公开申请数量·总计" in said
    assert "表三·一、本年新收政府信息公开申请数量：总计 20 不等于六类申请人之和 21。请把总计改为 21。" in said
    assert "一、总体情况第2段" in said
    assert "其中 1 处上次已经退回，还没有改正。" in said
    assert "改正：经办人（签字）" in said


def test_a_letter_names_no_command_and_nothing_of_an_input_file() -> None:
    troubled = areas.troubled()
    for found in returns(troubled):
        said = text(letter(troubled, found).data)
        assert "reportgen" not in said
        assert "--" not in said


def test_a_letter_about_a_copied_text_names_the_sentences_and_who_has_them() -> None:
    troubled = areas.troubled()
    found = next(each for each in returns(troubled) if each.standing.name == "安河县公安局")
    said = text(letter(troubled, found).data)
    assert "与安河县自然资源和规划局的报告有 83% 的文字相同，共 2 句：" in said
    assert (
        "全年组织政策解读进社区活动，由窗口人员向群众逐条说明。（还有 安河县城北街道办事处 也写了这一句）"
        in said
    )
    own = next(each for each in returns(troubled) if each.standing.name == "安河县城北街道办事处")
    assert "与本单位上年的报告有 64% 的文字相同" in text(letter(troubled, own).data)


def test_a_letter_about_a_file_that_cannot_be_used_says_why() -> None:
    troubled = areas.troubled()
    found = next(each for each in returns(troubled) if each.standing.name == "安河县水利局")
    said = text(letter(troubled, found).data)
    assert "（文件“水利局.pdf”）已经收到，但是不能使用，请重新报送。" in said
    assert "这是扫描件" in said


@pytest.mark.parametrize(
    "name",
    [
        "../../外面",
        "=cmd|' /C calc'!A0",
        "局" * 300,
        "con",
        'a/b\\c:d*e?f"g<h>i|j',
        "\x07局",
        ".",
        "<b>局</b>&",
    ],
)
def test_whatever_a_body_is_called_its_letter_has_a_name_of_its_own(name: str) -> None:
    sent = Submission("一.docx", reason="读不出。")
    found = [
        *returns(areas.area([Standing(Body(each), State.UNREADABLE, sent) for each in (name, name + " ")]))
    ]
    names = list(file_names(found).values())
    assert len(set(names)) == 2
    assert all(len(each.encode()) <= 255 and "/" not in each and "\\" not in each for each in names)
    assert "不能使用，请重新报送" in text(letter(areas.area([]), found[0]).data)


def test_the_same_area_gives_the_same_letters() -> None:
    for _ in range(2):
        made = [letter(areas.troubled(), each).data for each in returns(areas.troubled())]
        assert made == [letter(areas.troubled(), each).data for each in returns(areas.troubled())]


def test_a_letter_about_two_versions_asks_for_one_and_speaks_of_no_roster() -> None:
    two = Standing(
        Body("安河县司法局"),
        State.ERRORS,
        None,
        ("一.docx", "二.docx"),
        "有 2 份内容不同的报告：一.docx、二.docx，不知道以哪一份为准，没有计入。请在名单里用 file 写明。",
    )
    area = areas.area([*areas.sound(), two])
    (found,) = returns(area)
    said = text(letter(area, found).data)
    assert (
        "收到 2 份内容不同的报告（“一.docx”、“二.docx”），不知道以哪一份为准。请确认以后只报送一份。" in said
    )
    assert "名单" not in said


def test_a_letter_does_not_say_how_the_office_adds_up() -> None:
    troubled = areas.troubled()
    found = next(each for each in returns(troubled) if each.standing.name == "安河县教育局")
    assert "合计里用的是现在的数" not in text(letter(troubled, found).data)


def test_levels_have_a_column_where_the_roster_names_any() -> None:
    assert "层级" in words(receipt(areas.troubled()).data)
    plain = [replace(each, body=Body(each.name)) for each in areas.troubled().standings]
    said = words(receipt(areas.area(plain)).data)
    assert "层级" not in said
    assert "催办情况" in said
    assert "安河县公安局.docx" in said


def test_a_folder_with_thousands_of_other_files_makes_no_endless_paper() -> None:
    others = tuple(Outside(f"{number}.jpg", "是图片。") for number in range(5000))
    said = text(receipt(areas.area(areas.sound(), outside=others, questions=("问",) * 300)).data)
    assert "二、文件夹里的其他文件（5000 个）" in said
    assert "另有 4800 个文件，见汇总核对.xlsx。" in said
    assert "另有 100 条，见汇总核对.xlsx。" in said
    assert "199.jpg" in said
    assert "200.jpg" not in said


def test_a_receipt_of_thousands_ends_somewhere_on_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receipt_paper, "MOST_BODIES", 2)
    missing = [Standing(Body(f"安河县第{number}局"), State.MISSING) for number in range(5)]
    said = text(receipt(areas.area([*areas.sound(), *missing])).data)
    assert "一、没有报送的（5 个）" in said
    assert "另有 3 个单位，见汇总核对.xlsx。" in said
    assert "另有 8 个单位，见汇总核对.xlsx。" in said
