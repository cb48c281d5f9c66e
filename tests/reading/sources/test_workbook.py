"""What stands in the cells of a workbook, as Excel shows it but with all digits, whichever program saved it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest

from reportgen.model.package import Package
from reportgen.model.workbook import MOST_ROWS, place_of
from reportgen.reading.sources.number_format import NumberFormat, exact
from reportgen.reading.sources.workbook import MOST_CELLS, Book, Sheet, read_workbook

from .books import book, styles


def sheet(cells: str, **parts: str) -> Sheet:
    return opened(book(f"<row>{cells}</row>", **parts)).sheets[0]


def opened(parts: Mapping[str, str]) -> Book:
    return read_workbook(Package({name: text.encode() for name, text in parts.items()}))


def texts(found: Sheet) -> list[str]:
    return [value.text for value in found.values.values()]


@pytest.mark.parametrize(
    ("code", "written", "shown"),
    [
        ("General", "12.0", "12"),
        ("General", "0.30000000000000004", "0.3"),
        ("General", "24252.311082", "24252.311082"),
        ("General", "1E+3", "1000"),
        ("General", "-0.50", "-0.5"),
        ("#,##0", "1234567", "1,234,567"),
        ("0.00", "7730.2", "7730.20"),
        ("0.00", "7730.284", "7730.284"),
        ("0", "12.6", "12.6"),
        ('0"件"', "22", "22件"),
        ('#,##0.00"万元";[Red]-#,##0.00"万元"', "1234.5", "1,234.50万元"),
        ('_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "0", "0"),
        ("[$￥-804]0.0", "3", "￥3.0"),
        (r"0\元", "5", "5元"),
        ("0%", "0.125", "12.5%"),
        ("yyyy-mm-dd", "46085", "2026年3月4日"),
        ('m"月"d"日"', "46085", "2026年3月4日"),
        ("[h]:mm", "1.5", "1899年12月31日"),
        ("General", "nan", "nan"),
        ("General", "1e999999999", "1e999999999"),
    ],
)
def test_a_number_is_shown_with_all_its_digits(code: str, written: str, shown: str) -> None:
    found = sheet(f'<c r="A1" s="1"><v>{written}</v></c>', **styles(code))
    assert texts(found) == [shown]


@pytest.mark.parametrize(
    ("code", "is_number"), [("0.00", True), ("yyyy/m/d", False), ("0.0%", False), ('0"月"', True)]
)
def test_dates_and_shares_are_no_numbers(code: str, is_number: bool) -> None:
    (value,) = sheet('<c r="A1" s="1"><v>40000</v></c>', **styles(code)).values.values()
    assert (value.number is not None) == is_number


@pytest.mark.parametrize("id", [14, 22, 31, 57])
def test_built_in_dates_are_no_numbers(id: int) -> None:
    assert NumberFormat(id).is_date


def test_digits_are_exact_to_the_fifteen_that_excel_keeps() -> None:
    assert exact("123456789.12345678") == Decimal("123456789.123457")
    assert exact("0.1") == Decimal("0.1")


def test_texts_stand_in_the_cell_or_are_shared_plain_or_in_runs() -> None:
    shared = "<si><t>规章</t></si><si><r><t>行政</t></r><r><t>许可</t></r><rPh><t>xuke</t></rPh></si>"
    cells = (
        '<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t>甲</t></is></c>'
        '<c r="D1" t="str"><f>A1</f><v>规章</v></c><c r="E1" t="s"><v>99</v></c><c r="F1" t="b"><v>1</v></c>'
        '<c r="G1" t="e"><v>#REF!</v></c><c r="H1" t="inlineStr"><is><t>一_x000A_二_x005F_</t></is></c>'
    )
    assert texts(sheet(cells, shared=shared)) == [
        "规章",
        "行政许可",
        "甲",
        "规章",
        "TRUE",
        "#REF!",
        "一\n二_",
    ]


def test_cells_and_rows_without_an_address_follow_the_one_before() -> None:
    parts = book(
        "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row><row r='9'><c r='C9'><v>4</v></c><c><v>5</v></c></row>"
    )
    assert [*opened(parts).sheets[0].values] == [(0, 0), (0, 1), (1, 0), (8, 2), (8, 3)]


def test_what_is_merged_and_what_is_hidden_is_told() -> None:
    parts = book(
        '<row r="1" hidden="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="C2"><v>2</v></c></row><row r="3" hidden="1"/>',
        before='<cols><col min="3" max="3" hidden="1"/></cols>',
        after='<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="A5:A5"/><mergeCell ref="B1:A1"/></mergeCells>',
    )
    found = opened(parts).sheets[0]
    assert [(m.row, m.column, m.last_row, m.last_column) for m in found.merged] == [(0, 0, 1, 1)]
    assert found.hidden == ["第 1 行", "C 列"]


def test_names_lead_to_cells_of_the_whole_workbook() -> None:
    names = (
        "<definedName name='A.b'>'一''表'!$B$3</definedName><definedName name='Gone'>#REF!</definedName>"
        "<definedName name='Wide'>表二!$A$1:$C$1</definedName><definedName name='own' localSheetId='0'>表二!$A$1</definedName>"
    )
    assert opened(book("", names=names)).names == {"a.b": ("一'表", (2, 1)), "wide": ("表二", (0, 0))}


def test_a_sheet_far_larger_than_a_report_is_not_read_to_its_end() -> None:
    row = "<c><v>1</v></c>" * 100
    found = opened(book(f"<row>{row}</row>" * (MOST_CELLS // 100 + 1))).sheets[0]
    assert found.is_unread
    assert len(found.values) == MOST_CELLS


@pytest.mark.parametrize("cell", ["XFD1048576", "XFE1", "A1048577", "A0", "ZZZ9999999", "一1", ""])
def test_the_last_cell_of_a_sheet_costs_no_more_than_the_first(cell: str) -> None:
    found = sheet(f'<c r="{cell}"><v>1</v></c>')
    assert texts(found) == ["1"]
    assert [*found.values] == [place_of(cell) or (0, 0)]


def test_a_row_beyond_the_last_one_is_the_last_one() -> None:
    found = opened(book("<row r='999999999'><c><v>1</v></c></row>")).sheets[0]
    assert max(row for row, _ in found.values) < MOST_ROWS
