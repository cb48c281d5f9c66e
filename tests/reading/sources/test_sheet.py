"""Any workbook: the tables that were pasted into it, the lines around them, and what no workbook should be."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import pytest

from reportgen.form.form_file import load_form
from reportgen.form.model import Table
from reportgen.model.findings import InputError
from reportgen.model.workbook import address
from reportgen.reading.sources.extract import Block, Extract, Grid, Spot
from reportgen.reading.sources.sheet import extract

from .books import SHEET, book, packed

PATH = Path("年报.xlsx")
FORM = load_form("2021")
SHARED = Path(__file__).parents[4] / "shared"


def read(parts: Mapping[str, str | bytes]) -> Extract:
    return extract(PATH, packed(parts))


def cell(place: tuple[int, int], text: str) -> str:
    at = address(place)
    is_number = text.replace(".", "").isdecimal()
    return (
        f'<c r="{at}"><v>{text}</v></c>'
        if is_number
        else f'<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>'
    )


def rows(lines: Mapping[int, Mapping[int, str]]) -> str:
    return "".join(
        f'<row r="{r + 1}">{"".join(cell((r, c), text) for c, text in line.items())}</row>'
        for r, line in lines.items()
    )


def pasted(table: Table, top: int = 0) -> tuple[str, str]:
    """A table of the form as it is when it was pasted: its rows, and its merged cells."""
    lines: dict[int, dict[int, str]] = {}
    merged = ""
    for i, one in enumerate(one for line in table.grid for one in line):
        lines.setdefault(top + one.row, {})[one.column] = one.label or str(100 + i)
        if one.rows * one.columns > 1:
            last = (top + one.row + one.rows - 1, one.column + one.columns - 1)
            merged += f'<mergeCell ref="{address((top + one.row, one.column))}:{address(last)}"/>'
    return rows(lines), f"<mergeCells>{merged}</mergeCells>"


# ── tables and lines ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("table", FORM.tables.values(), ids=lambda table: table.name)
def test_a_pasted_table_keeps_its_cells_and_their_spans(table: Table) -> None:
    lines, merged = pasted(table, top=3)
    (grid,) = read(book(lines, after=merged)).blocks
    assert isinstance(grid, Grid)
    assert [(spot.row, spot.column, spot.rows, spot.columns) for spot in grid.spots] == [
        (one.row, one.column, one.rows, one.columns) for line in table.grid for one in line
    ]
    labels = [one.label for line in table.grid for one in line if one.label]
    assert [spot.text for spot in grid.spots if not spot.text.isdecimal()] == labels


def test_lines_stand_before_and_after_the_table_they_stand_at() -> None:
    lines = rows(
        {
            0: {0: "某某局2022年政府信息公开工作年度报告"},
            2: {0: "一、总体情况"},
            3: {0: "全年收到申请3件。"},
            4: {0: "二、主动公开政府信息情况"},
            5: {0: "信息内容", 1: "本年制发件数"},
            6: {0: "规章", 1: "0"},
            7: {0: "五、存在的主要问题及改进情况"},
        }
    )
    title, one, text, two, grid, five = read(book(lines)).blocks
    assert (title, one, text) == ("某某局2022年政府信息公开工作年度报告", "一、总体情况", "全年收到申请3件。")
    assert (two, five) == ("二、主动公开政府信息情况", "五、存在的主要问题及改进情况")
    assert grid == Grid(
        (Spot("信息内容", 0, 0), Spot("本年制发件数", 0, 1), Spot("规章", 1, 0), Spot("0", 1, 1))
    )


def test_tables_between_empty_rows_are_tables_of_their_own_and_empty_cells_have_a_place() -> None:
    lines = rows({0: {1: "甲", 3: "乙"}, 1: {1: "1"}, 3: {0: "丙", 1: "丁"}, 4: {1: "2"}})
    first, second = read(book(lines)).blocks
    assert isinstance(first, Grid)
    assert [(spot.text, spot.row, spot.column) for spot in first.spots] == [
        ("甲", 0, 0), ("", 0, 1), ("乙", 0, 2), ("1", 1, 0), ("", 1, 1), ("", 1, 2),
    ]  # fmt: skip
    assert second == Grid((Spot("丙", 0, 0), Spot("丁", 0, 1), Spot("", 1, 0), Spot("2", 1, 1)))


def test_tables_beside_one_another_are_tables_of_their_own() -> None:
    lines = {
        0: {0: "二、主动公开政府信息情况", 3: "三、收到和处理政府信息公开申请情况"},
        1: {0: "规章", 1: "1", 3: "一、新收", 4: "2"},
        2: {0: "行政许可", 1: "3", 3: "二、结转", 4: "4"},
        3: {3: "四、结转下年度", 4: "5"},
    }
    heading, left, other, right = read(book(rows(lines))).blocks
    assert (heading, other) == (lines[0][0], lines[0][3])
    assert [[spot.text for spot in each.spots] for each in (left, right) if isinstance(each, Grid)] == [
        ["规章", "1", "行政许可", "3"],
        ["一、新收", "2", "二、结转", "4", "四、结转下年度", "5"],
    ]


def test_an_empty_column_within_a_table_parts_nothing() -> None:
    lines = {0: {0: "信息内容", 1: "制发", 3: "废止"}, 1: {0: "规章", 1: "1", 3: "2"}}
    (grid,) = read(book(rows(lines))).blocks
    assert isinstance(grid, Grid)
    assert [spot.text for spot in grid.spots] == ["信息内容", "制发", "", "废止", "规章", "1", "", "2"]


def test_lines_within_a_cell_are_lines() -> None:
    assert read(book(rows({0: {0: "第一段。\n第二段。"}}))).blocks == ("第一段。", "第二段。")


def test_sheets_follow_each_other() -> None:
    parts = book(rows({0: {0: "一"}}), more={"二页": rows({0: {0: "二"}})})
    assert read(parts).blocks == ("一", "二")


# ── what is hidden ──────────────────────────────────────────────────────────────────────────────────


def test_hidden_rows_and_columns_are_left_out_and_told() -> None:
    lines = rows({0: {0: "甲", 1: "乙", 2: "丙"}, 1: {0: "1", 1: "2", 2: "3"}, 2: {0: "4", 1: "5", 2: "6"}})
    lines = lines.replace('<row r="2"', '<row r="2" hidden="1"')
    found = read(book(lines, before='<cols><col min="2" max="2" hidden="1"/></cols>'))
    assert found.blocks == (Grid((Spot("甲", 0, 0), Spot("丙", 0, 1), Spot("4", 1, 0), Spot("6", 1, 1))),)
    assert found.remarks == ("“年报”页的第 2 行、B 列是隐藏的，没有读。",)


def test_merged_cells_shrink_where_some_of_them_are_hidden() -> None:
    lines = rows({0: {0: "宽", 3: "右"}, 1: {0: "1", 1: "2", 2: "3", 3: "4"}})
    hidden = '<cols><col min="2" max="2" hidden="1"/></cols>'
    (grid,) = read(
        book(lines, before=hidden, after='<mergeCells><mergeCell ref="A1:C1"/></mergeCells>')
    ).blocks
    assert isinstance(grid, Grid)
    assert grid.spots[0] == Spot("宽", 0, 0, 1, 2)
    assert [spot.text for spot in grid.spots] == ["宽", "右", "1", "3", "4"]


def test_hidden_sheets_are_left_out_and_told() -> None:
    found = read(book(rows({0: {0: "一"}}), state="hidden", more={"二页": rows({0: {0: "二"}})}))
    assert found.blocks == ("二",)
    assert found.remarks == ("“年报”页是隐藏的，没有读。",)


# ── a file that was published ───────────────────────────────────────────────────────────────────────


@pytest.mark.skipif(not (SHARED / "published").is_dir(), reason="the published file is not there")
def test_the_figures_of_a_pasted_report_stand_in_its_tables() -> None:
    data = (SHARED / "published" / "pasted-pingtan-2021.xlsx").read_bytes()
    grids = [block for block in extract(PATH, data).blocks if isinstance(block, Grid)]
    figures = json.loads((SHARED / "reports" / "pingtan-2021.json").read_text(encoding="utf-8"))
    assert len(grids) == 3
    for row in figures["requests"].values():
        assert any(row == _numbers(grids[1], r) for r in range(40))
    assert _numbers(grids[2], 3) == [n for row in figures["review_litigation"].values() for n in row]


def _numbers(grid: Grid, row: int) -> list[int]:
    return [int(spot.text) for spot in grid.spots if spot.row == row and spot.text.isdecimal()]


# ── what no workbook should be ──────────────────────────────────────────────────────────────────────

ENTITIES = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def with_part(name: str, text: str | bytes) -> dict[str, str | bytes]:
    return {**book(rows({0: {0: "甲", 1: "1"}})), name: text}


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ".xls"),
        (b"PK\x03\x04 broken", "Excel 工作簿"),
        (b"", "Excel 工作簿"),
        (packed({"word/document.xml": "<document/>"}), "Excel 工作簿"),
        (packed(book("")), "没有内容"),
        (packed(with_part("xl/workbook.xml", "<workbook")), "读不出来"),
        (packed(with_part("xl/workbook.xml", f"{ENTITIES}<workbook>&b;</workbook>")), "DTD"),
        (
            packed(
                {
                    **book('<row><c t="s"><v>0</v></c></row>'),
                    "xl/sharedStrings.xml": f"{ENTITIES}<sst><si><t>&b;</t></si></sst>",
                }
            ),
            "DTD",
        ),
        (packed(with_part(SHEET, f"{ENTITIES}<worksheet/>")), "太大或已经损坏"),
        (packed(with_part(SHEET, "<worksheet><sheetData>")), "太大或已经损坏"),
        (packed(book(rows({0: {0: "甲"}})))[:-40], "Excel 工作簿"),
    ],
)
def test_what_cannot_be_read_is_a_message(data: bytes, says: str) -> None:
    with pytest.raises(InputError) as refused:
        extract(PATH, data)
    assert says in str(refused.value)
    assert "Word" not in str(refused.value)


def big(text: str, count: int) -> str:
    return "".join(f'<row r="{i + 1}">{text}</row>' for i in range(count))


HOSTILE: dict[str, dict[str, str]] = {
    "the last cell of the sheet": book(rows({0: {0: "甲"}, 1_048_575: {16_383: "乙"}})),
    "one merged cell over all of it": book(
        rows({0: {0: "甲"}, 1_048_575: {16_383: "乙"}}), after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    ),
    "merged cells over each other": book(
        rows({r: {0: "甲", 1: "1"} for r in range(1000)}),
        after="<mergeCells>" + "".join(f'<mergeCell ref="A{i}:XFD{i + 3000}"/>' for i in range(1, 2000)) + "</mergeCells>",
    ),
    "a million columns": book("<row r='1'>" + "<c><v>1</v></c>" * 30_000 + "</row>"),
    "a hundred thousand rows": book(big("<c><v>1</v></c><c><v>2</v></c>", 30_000)),
    "ten thousand blocks": book("".join(f'<row r="{2 * i + 1}"><c><v>1</v></c><c><v>2</v></c></row>' for i in range(9_000))),
    "a huge text that every cell refers to": book(
        big('<c t="s"><v>0</v></c>' * 10, 1_000), shared=f"<si><t>{'字' * 3_000_000}</t></si>"
    ),
    "columns hidden many times": book(
        rows({0: {0: "甲"}}), before="<cols>" + '<col min="1" max="16384" hidden="1"/>' * 100_000 + "</cols>"
    ),
    "labels of the form without end": book(big(cell((0, 0), "其他").replace(' r="A1"', "") * 8, 2_400)),
    "formats without end": book(
        big('<c s="1"><v>1</v></c>', 10_000), styles=f'<numFmts><numFmt numFmtId="164" formatCode="{"0&quot;" * 100_000}"/></numFmts><cellXfs><xf/><xf numFmtId="164"/></cellXfs>'
    ),
    "numbers without end": book(f"<row><c><v>{'9' * 2_000_000}</v></c><c><v>1e{'9' * 300_000}</v></c></row>"),
    "names without end": book(rows({0: {0: "甲"}}), names="<definedName name='a'>'" + "''" * 500_000 + "</definedName>"),
    "named as ours": book(
        big(cell((0, 0), "自然人").replace(' r="A1"', "") * 8, 2_400),
        more={"reportgen": rows({0: {0: "reportgen.format", 1: "2021"}})},
    ),
}  # fmt: skip


@pytest.mark.skipif(sys.platform != "linux", reason="limits of a child process are set as Linux has them")
@pytest.mark.parametrize("parts", HOSTILE.values(), ids=HOSTILE)
def test_whatever_it_holds_reading_ends_soon(parts: dict[str, str], tmp_path: Path) -> None:
    from ...hostile import child

    data = packed(parts)

    def reading() -> int:
        blocks: tuple[Block, ...] = ()
        with suppress(InputError):
            blocks = extract(PATH, data).blocks
        assert sum(len(block.spots) for block in blocks if isinstance(block, Grid)) < 300_000
        assert sum(len(block) for block in blocks if isinstance(block, str)) < 3_000_000
        return 0

    (tmp_path / "f").mkdir()
    outcome = child.call(reading, tmp_path / "f")
    assert not outcome.wrong, outcome.err
