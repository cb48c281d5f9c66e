"""The parts of a text begin at their headings, however these are worded and set."""

from __future__ import annotations

import pytest

from reportgen.form.form_file import load_form
from reportgen.reading.outline import Outline, outline
from reportgen.reading.part_headings import parted_at_headings
from reportgen.reading.sources.extract import PAGE, Aside, Block, Extract, grid_of

FORM = load_form("2021")
TEXTS = {
    "preface": "本报告说明一年来的工作。",
    "overview": "这一年各项工作有序开展。",
    "problems": "有的栏目更新不够快，将定期检查。",
    "other_matters": "没有需要报告的其他事项。",
}
"""One sentence for each part of the text."""
TABLE = grid_of([["规章", "0", "0", "0"], ["行政许可", "0", "", ""]])


def blocks(headings: dict[str, str] | None = None) -> list[Block]:
    """A report: its title, and each part below its heading, some of them worded otherwise."""
    found: list[Block] = ["某某县民政局2024年政府信息公开工作年度报告"]
    for part in FORM.parts:
        heading = (headings or {}).get(part.key, part.heading)
        found += [heading] if heading else []
        found += [TABLE] if part.table else []
        found += [TEXTS[part.text]] if part.text in TEXTS else []
    return found


def read(found: list[Block]) -> Outline:
    parted = parted_at_headings(Extract(PAGE, tuple(found)), FORM)
    keys = iter(FORM.tables)
    tables = {i: [next(keys)] for i, block in enumerate(parted.blocks) if not isinstance(block, str)}
    return outline(parted, FORM, tables)


def joined(found: Outline) -> dict[str, str]:
    return {key: "|".join(text) for key, text in found.texts.items()}


def test_each_sentence_stands_in_its_part() -> None:
    assert joined(read(blocks())) == TEXTS


@pytest.mark.parametrize("between", ["　　", " ", "。", "：", "。　"])
def test_text_behind_a_heading_in_the_same_paragraph(between: str) -> None:
    found: list[Block] = []
    for block in blocks():
        if isinstance(block, str) and block in TEXTS.values() and block != TEXTS["preface"]:
            found[-1] = f"{found[-1]}{between}{block}"
        else:
            found.append(block)
    assert joined(read(found)) == TEXTS


def test_a_sentence_that_begins_with_the_words_of_a_heading_is_not_cut() -> None:
    line = "一、总体情况，二、存在的问题，都在下文说明。"
    assert parted_at_headings(Extract(PAGE, (line,)), FORM).blocks == (line,)


def test_parts_that_are_numbered_as_parts() -> None:
    headings = {
        part.key: f"第{part.heading[0]}部分　{part.heading[2:]}" for part in FORM.parts if part.heading
    }
    found = read(blocks(headings))
    assert joined(found) == TEXTS
    assert found.headings["overview"] == "第一部分　总体情况"


def test_a_heading_in_other_words_is_told_by_its_number_between_its_neighbours() -> None:
    found = read(blocks({"overview": "一、概述"}))
    assert joined(found) == TEXTS
    assert found.headings["overview"] == "一、概述"


def test_of_two_lines_with_its_number_none_is_taken_for_the_heading() -> None:
    changed = blocks({"overview": "一、概述"})
    changed.insert(changed.index("一、概述") + 2, "一、另起的一段")
    assert "overview" not in read(changed).texts


def test_headings_in_a_list_of_contents_are_no_text_and_begin_no_part() -> None:
    changed = blocks()
    changed[1:1] = ["目录", *(part.heading for part in FORM.parts if part.heading)]
    assert joined(read(changed)) == TEXTS


def test_what_stands_beside_the_text_stays_where_it_is_when_lines_are_cut() -> None:
    lines = ("某区2022年政府信息公开工作年度报告", "一、总体情况。全年平稳。", "后面一段。")
    beside = tuple(Aside(str(after), after, ()) for after in (-1, 0, 1, 2))
    cut = parted_at_headings(Extract(PAGE, lines, beside=beside), FORM)
    assert cut.blocks == (lines[0], "一、总体情况", "全年平稳。", lines[2])
    assert [aside.after for aside in cut.beside] == [-1, 0, 2, 3]
