"""How the workbook of an area looks, and the way text gets into its cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ...writing.sheet_style import GREY, LIGHT, LINES, TITLE_FONT, WRONG, WRONG_FILL, Styles
from ...writing.wordml import allowed

OVERVIEW = "概况"
LONGEST = 32_000
"""Characters of a cell; Excel takes 32,767, those beyond the basic plane counted twice."""
LINE_HEIGHT = 15.0
"""Of a row of one line, in points."""
MOST_LINES = 27
"""Of a row: Excel takes 409 points."""

_CELL = {"border": 1, "border_color": LINES, "valign": "top", "text_wrap": True}
_MIDDLE = {**_CELL, "valign": "vcenter", "align": "center"}
_STYLES: dict[str, dict[str, Any]] = {
    "title": {"font_name": TITLE_FONT, "font_size": 14, "valign": "vcenter"},
    "note": {"font_color": "#595959", "valign": "top"},
    "short": {"font_color": WRONG, "bold": True, "valign": "top"},
    "head": {**_MIDDLE, "bold": True, "bg_color": GREY},
    "body": {**_MIDDLE, "bg_color": LIGHT, "font_size": 9},
    "body lacking": {**_MIDDLE, "bg_color": WRONG_FILL, "font_color": WRONG, "font_size": 9},
    "text": _CELL,
    "label": {**_CELL, "bg_color": LIGHT, "valign": "vcenter"},
    "row": {"border": 1, "border_color": LINES, "bg_color": LIGHT, "valign": "vcenter", "shrink": True},
    "centred": _MIDDLE,
    "figure": {**_CELL, "align": "right", "valign": "vcenter"},
    "wrong figure": {**_CELL, "align": "right", "valign": "vcenter", "bg_color": WRONG_FILL},
    "words": {**_CELL, "align": "right", "font_color": WRONG, "valign": "vcenter"},
    "sum": {**_CELL, "align": "right", "valign": "vcenter", "bold": True, "bg_color": "#E2EFDA"},
    "no sum": {**_CELL, "align": "right", "valign": "vcenter", "italic": True, "bg_color": GREY},
    "share": {**_MIDDLE, "num_format": "0%"},
    "wrong": {"font_color": WRONG, "bg_color": WRONG_FILL},
    "zero": {"font_color": "#A6A6A6"},
    "blank": {"bg_color": "#FFF2CC"},
}


def styles_of(book: Workbook) -> Styles:
    """The formats of the workbook of an area."""
    return Styles(book, _STYLES, conditional=("wrong", "zero", "blank"))


def fitting(text: str) -> str:
    """A text as a cell holds it: not too long, and without what no file of XML may hold."""
    text = allowed(text)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def write(sheet: Worksheet, row: int, column: int, value: str | int, style: Format) -> None:
    """Write a text as text, whatever it begins with, or a whole number."""
    if isinstance(value, int):
        sheet.write_number(row, column, value, style)
    else:
        sheet.write_string(row, column, fitting(value), style)


def fit(sheet: Worksheet, row: int, texts: Iterable[tuple[str, float]], most: int = MOST_LINES) -> None:
    """Make a row as high as its texts need in columns of these widths: LibreOffice and WPS do not by themselves."""
    lines = 1
    for text, width in texts:
        needed = (sum(1 if char.isascii() else 2 for char in line) / (width - 1) for line in text.split("\n"))
        lines = max(lines, sum(max(1, ceil(each)) for each in needed))
    if lines > 1:
        sheet.set_row(row, LINE_HEIGHT * min(lines, most) + 3)


def write_table(
    sheet: Worksheet,
    styles: Styles,
    top: int,
    heads: Sequence[str],
    rows: Sequence[Sequence[str | int]],
    looks: Sequence[str],
    widths: Sequence[float],
) -> int:
    """A table under its heads, with a filter; ``looks`` are the styles of its columns, ``widths`` how wide they are.

    Returns the row below it.
    """
    for column, text in enumerate(heads):
        write(sheet, top, column, text, styles["head"])
    for at, row in enumerate(rows, top + 1):
        for column, value in enumerate(row):
            write(sheet, at, column, value, styles[looks[column]])
        fit(
            sheet,
            at,
            ((value, width) for value, width in zip(row, widths, strict=True) if isinstance(value, str)),
        )
    if rows:
        sheet.autofilter(top, 0, top + len(rows), len(heads) - 1)
    return top + len(rows) + 1


def laid_out(sheet: Worksheet, widths: Sequence[float], top: int) -> None:
    """Set the widths of the columns, in characters, and print the sheet on pages of A4, its heads on each."""
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(top + 1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(0.4, 0.4, 0.5, 0.5)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(top)
    sheet.set_footer("&C&P / &N")
