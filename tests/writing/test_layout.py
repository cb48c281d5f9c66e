"""The printed page, measured: GB/T 9704—2012 (A4, 22 lines of 28 characters, page numbers) and the tables."""

from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Pt

from reportgen.form.form_file import load_form
from reportgen.form.model import Form
from reportgen.model.document import Document, compose
from reportgen.writing import word

from ..conftest import figures_of, make_report, published
from .documents import whole
from .pages import Page, pages, printed
from .test_word import opened
from .tools import program

TOP, BOTTOM, LEFT, RIGHT = 37, 35, 28, 26
CHARACTER = 16 * 25.4 / 72
"""A character of 3号 in mm."""


@pytest.fixture(scope="module")
def dense(tmp_path_factory: pytest.TempPathFactory) -> list[Page]:
    """A report with pages of nothing but Chinese characters."""
    texts = {"overview": "永" * 3000, "problems": "（一）问题。改进。", "other_matters": "无。"}
    report = make_report(published("putian-psb-2022"), load_form("2021"), texts)
    return pages(printed(word.render(compose(report)), tmp_path_factory.mktemp("dense")))


@pytest.fixture(scope="module")
def example_pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return printed(word.render(whole(load_form("2021"))), tmp_path_factory.mktemp("example"))


def test_the_paper_is_a4(dense: list[Page]) -> None:
    assert (dense[0].width, dense[0].height) == (pytest.approx(210, abs=0.2), pytest.approx(297, abs=0.2))


def test_a_full_page_has_22_lines_of_28_characters(dense: list[Page]) -> None:
    full = dense[1]
    assert len(full.body) == 22
    assert {len(line.text) for line in full.body} == {28}


def test_the_margins_are_those_of_the_standard(dense: list[Page]) -> None:
    full = dense[1]
    assert min(line.left for line in full.body) == pytest.approx(LEFT, abs=0.3)
    assert max(line.right for line in full.body) == pytest.approx(210 - RIGHT, abs=0.6)
    pitch = (full.body[-1].top - full.body[0].top) / 21
    assert pitch == pytest.approx(225 / 22, abs=0.05)
    assert full.body[0].top == pytest.approx(TOP + (pitch - CHARACTER) / 2, abs=2.5)
    assert full.body[-1].bottom <= 297 - BOTTOM


def test_a_paragraph_begins_two_characters_in(dense: list[Page]) -> None:
    first = next(line for page in dense for line in page.body if line.text.startswith("永永"))
    assert first.left == pytest.approx(LEFT + 2 * CHARACTER, abs=0.4)


def test_page_numbers_stand_outside_one_character_in_and_7_mm_below_the_text(dense: list[Page]) -> None:
    one = 14 * 25.4 / 72
    for number, page in enumerate(dense, 1):
        assert page.number.text == f"—{number}—"
        if number % 2:
            assert page.number.right == pytest.approx(210 - RIGHT - one, abs=0.6)
        else:
            assert page.number.left == pytest.approx(LEFT + one, abs=0.6)
        dash = (page.number.top + page.number.bottom) / 2
        assert dash == pytest.approx(297 - BOTTOM + 7, abs=1.2)


def test_the_title_is_on_two_lines_broken_after_the_name(example_pdf: Path) -> None:
    first, second = pages(example_pdf)[0].body[:2]
    assert (first.text, second.text) == ("莆田市公安局", "2022年政府信息公开工作年度报告")
    for line in (first, second):
        assert (line.left + line.right) / 2 == pytest.approx(LEFT + 156 / 2, abs=1)


def test_every_font_is_embedded_and_is_the_one_the_style_names(example_pdf: Path) -> None:
    said = subprocess.run(
        [program("pdffonts"), example_pdf], capture_output=True, text=True, check=True
    ).stdout
    fonts = {line.split()[0].partition("+")[2]: line for line in said.splitlines()[2:]}
    assert {"FandolFang-Regular", "FandolKai-Regular", "FandolHei-Regular", "FandolSong-Regular"} <= set(
        fonts
    )
    assert any("Liberation" in name for name in fonts)
    assert all(line.split()[-5] == "yes" for line in fonts.values()), said


def page_of(found: list[Page], text: str) -> int:
    return next(i for i, page in enumerate(found) if text in page.text)


@pytest.mark.parametrize("name", ["putian-psb-2022", "suqian-city-2024"])
def test_table_three_and_its_heading_stand_on_one_page(name: str, tmp_path: Path, form: Form) -> None:
    found = pages(printed(word.render(whole(form, name)), tmp_path))
    heading = page_of(found, "三、收到和处理政府信息公开申请情况")
    assert "四、结转下年度继续办理" in found[heading].text
    assert page_of(found, "二、主动公开政府信息情况") == page_of(found, "行政事业性收费")


def test_long_figures_stay_on_one_line_within_the_text_area(tmp_path: Path, form: Form) -> None:
    figures = {
        key: value * 0 + 98765432 for key, value in figures_of(published("putian-psb-2022"), form).items()
    }
    report = make_report(published("putian-psb-2022"), form, {}, figures=figures)
    found = pages(printed(word.render(compose(report)), tmp_path))
    text = "".join(page.text for page in found)
    assert text.count("98765432") == 200
    for page in found:
        assert all(line.left >= LEFT - 0.5 and line.right <= 210 - RIGHT + 0.5 for line in page.lines)


def test_heads_repeat_where_a_table_must_break(tmp_path: Path, form: Form) -> None:
    """Large type, as a clerk may choose in the base document, makes table three longer than a page."""
    base = docx.Document(io.BytesIO(word.render(whole(form))))
    base.styles["表格文字"].font.size = Pt(16)
    out = io.BytesIO()
    base.save(out)
    found = pages(printed(out.getvalue(), tmp_path))
    with_heads = [i for i, page in enumerate(found) if "申请人情况" in page.text]
    assert len(with_heads) > 1
    assert page_of(found, "（七）总计") in with_heads


def long_text(form: Form, paragraphs: int) -> Document:
    """A report whose text before table two has so many lines more."""
    texts = {
        "overview": "\n".join(["永" * 26] * paragraphs),
        "problems": "（一）问题。改进。",
        "other_matters": "无。",
    }
    return compose(make_report(published("putian-psb-2022"), form, texts))


@pytest.mark.parametrize("lines", range(6, 18, 2))
def test_a_page_is_filled_where_table_two_can_follow_the_text_whole(
    lines: int, tmp_path: Path, form: Form
) -> None:
    found = pages(printed(word.render(long_text(form, lines)), tmp_path))
    table = page_of(found, "二、主动公开政府信息情况")
    assert table == page_of(found, "行政事业性收费")
    left = 297 - BOTTOM - max(line.bottom for line in found[0].body)
    assert table == 0 or left < 102, "so much the table needs at least, with its heading, in 12 points"
    assert page_of(found, "三、收到和处理") == page_of(found, "四、结转下年度继续办理")


def test_rows_are_set_closer_where_that_keeps_table_two_under_the_text(tmp_path: Path, form: Form) -> None:
    def heights(lines: int) -> list[int]:
        return [row.height.twips for row in opened(word.render(long_text(form, lines))).tables[0].rows]

    assert set(heights(2)) == {482}
    (closer,) = set(heights(5))
    assert 430 < closer < 482
    (closest,) = set(heights(8))
    assert 320 < closest < 430, "less space above and below the text of the cells"
    assert set(heights(10)) == {482}
    found = pages(printed(word.render(long_text(form, 8)), tmp_path))
    assert page_of(found, "行政事业性收费") == 0
    margins = opened(word.render(long_text(form, 8))).tables[0]._tbl.tblPr.find(qn("w:tblCellMar"))
    assert {side.tag for side in margins} == {qn("w:top"), qn("w:bottom")}, "only where it is needed"
    assert opened(word.render(long_text(form, 2))).tables[0]._tbl.tblPr.find(qn("w:tblCellMar")) is None


def test_there_is_space_between_a_heading_and_its_table(example_pdf: Path) -> None:
    """The table begins with the top of its first row's text less the margin of a cell."""
    for heading, first in (
        ("二、主动公开政府信息情况", "第二十条第（一）项"),
        ("三、收到和处理政府信息公开申请情况", "申请人情况"),
    ):
        page = next(page for page in pages(example_pdf) if heading in page.text)
        above = next(line for line in page.body if heading in line.text)
        below = next(line for line in page.body if first in line.text)
        assert below.top - above.bottom > 3.5


def test_table_two_is_set_in_12_points_and_the_year_of_the_title_in_its_own_font(example_pdf: Path) -> None:
    said = subprocess.run(
        [program("pdftotext"), "-bbox-layout", example_pdf, "-"], capture_output=True, text=True, check=True
    ).stdout
    (row,) = [line for line in said.splitlines() if ">335873<" in line]
    bottom, top = (float(re.search(f'{name}="([0-9.]+)"', row)[1]) for name in ("yMax", "yMin"))  # type: ignore[index]
    assert 11 < bottom - top < 18
