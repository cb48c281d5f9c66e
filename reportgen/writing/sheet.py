"""A report as a workbook to fill in: one sheet for each table as it is printed, one for the text, a hidden one.

Departments fill it in with Excel, WPS or LibreOffice; :mod:`reportgen.reading.sources.sheet` reads it back. What it
calls its cells is in :mod:`reportgen.model.workbook`. Labels and totals are locked, without a password.
"""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Iterator
from math import ceil
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from ..errors import ReportgenError
from ..form.model import Form, Part
from ..model.report import AGENCY, FIRST_YEAR, LAST_YEAR, Report
from ..model.workbook import (
    FORMAT,
    HIDDEN,
    LAYOUT,
    LONGEST_TEXT,
    MADE_BODY,
    MADE_YEAR,
    TEXTS,
    VERSION,
    YEAR,
    Place,
    address,
    name_of,
)
from .package import stored
from .sheet_style import ALLOWED, Styles
from .sheet_table import TableSheet

SPARE = 10
"""Empty rows below the paragraphs of a part of the text."""
COLUMNS = 92
"""The width of the text in Latin characters."""
LINE_HEIGHT, HIGHEST_ROW = 13.5, 409.0
"""In points; Excel sets no row higher."""

_HOW = "机关、年份和文字：写在白色的格里，文字一段一行"
_HOW_BOUND = "；{{ }} 会换成表里的数，请不要改"
_UNNAMED = "（请在“{sheet}”页填写机关名称和年份）"


class SheetError(ReportgenError):
    """A report that no workbook can hold; the message says why (in Chinese)."""


def workbook(form: Form, report: Report | None = None, last: Report | None = None) -> bytes:
    """The workbook of ``form``, filled in as far as ``report`` is; the figures of ``last`` become notes.

    Raises:
        SheetError: a paragraph is longer than a cell can hold.
    """
    made = io.BytesIO()
    book = Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    # No author, no clock: the same report gives the same bytes.
    book.set_properties({"created": datetime.datetime(1980, 1, 1), "author": ""})
    book.set_calc_mode("auto")
    styles = Styles(book)
    names = _sheet_names(form)
    title = _title(form)
    for part in form.parts:
        if part.table:
            table = form.tables[part.table]
            sheet = TableSheet(book.add_worksheet(names[table.key]), styles, table, report, last)
            sheet.write(title, _title_shown(form, report), part.heading or part.name)
            _define(book, names[table.key], sheet.places)
    _define(book, TEXTS, _write_texts(book.add_worksheet(TEXTS), styles, form, report))
    _define(book, HIDDEN, _write_hidden(book.add_worksheet(HIDDEN), form, report))
    book.close()
    with zipfile.ZipFile(made) as archive:
        return stored({entry.filename: archive.read(entry) for entry in archive.infolist()})


def _define(book: Workbook, sheet: str, places: dict[str, Place]) -> None:
    """Give cells of a sheet their names, by dotted key."""
    quoted = sheet.replace("'", "''")
    for key, (row, column) in places.items():
        letters = address((0, column))[:-1]
        book.define_name(name_of(key), f"='{quoted}'!${letters}${row + 1}")


def _sheet_names(form: Form) -> dict[str, str]:
    """A name for the sheet of each table that Excel takes: short, of its own, without certain signs."""
    taken = {TEXTS.lower(), HIDDEN.lower()}
    found: dict[str, str] = {}
    for table in form.tables.values():
        plain = "".join(char for char in table.name if char not in "[]:*?/\\'")[:20] or table.key[:20]
        name, number = plain, 1
        while name.lower() in taken:
            number += 1
            name = f"{plain}{number}"
        taken.add(name.lower())
        found[table.key] = name
    return found


# ── the title ───────────────────────────────────────────────────────────────────────────────────────


def _title(form: Form) -> str:
    """The title as a formula over the cells of the body and of the year."""
    body, year = name_of("agency.name"), name_of(YEAR)
    quoted = "".join(form.title).replace('"', '""')
    title = f'"{quoted}"'.replace("{agency}", f'"&{body}&"').replace("{year}", f'"&{year}&"')
    return f'=IF(OR({body}="",{year}=""),"{_UNNAMED.format(sheet=TEXTS)}",{title})'


def _title_shown(form: Form, report: Report | None) -> str:
    """What the formula gives."""
    if report is None:
        return _UNNAMED.format(sheet=TEXTS)
    return "".join(form.title).replace("{agency}", report.agency["name"]).replace("{year}", str(report.year))


# ── the other sheets ────────────────────────────────────────────────────────────────────────────────


def _write_hidden(sheet: Worksheet, form: Form, report: Report | None) -> dict[str, Place]:
    """What the workbook was made for; the clerk never sees it."""
    said = {
        FORMAT: form.format,
        VERSION: LAYOUT,
        MADE_YEAR: str(report.year) if report else "",
        MADE_BODY: report.agency["name"] if report else "",
    }
    for row, (key, value) in enumerate(said.items()):
        sheet.write_string(row, 0, key)
        sheet.write_string(row, 1, value)
    sheet.protect("")
    sheet.hide()
    return {key: (row, 1) for row, key in enumerate(said)}


def _write_texts(sheet: Worksheet, styles: Styles, form: Form, report: Report | None) -> dict[str, Place]:
    """The body, the year and the text, one paragraph a row."""
    places: dict[str, Place] = {}
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, COLUMNS)
    binds = any(narrative.bounds for narrative in report.narrative.values()) if report else False
    sheet.merge_range(0, 0, 0, 1, _HOW + (_HOW_BOUND if binds else ""), styles["heading"])
    row = 1
    for key, label in [("", ""), *AGENCY.items()]:
        name, shown = (f"agency.{key}", label) if key else (YEAR, "年份")
        sheet.write_string(row, 0, shown, styles["label"])
        made_for = report is not None and (not key or key == "name")
        style = styles["given" if made_for else "text"]
        if key:
            _write_text(sheet, row, report.agency.get(key, "") if report else "", style)
        elif report:
            sheet.write_number(row, 1, report.year, style)
        else:
            sheet.write_blank(row, 1, None, style)
            sheet.data_validation(row, 1, row, 1, _YEAR)
        places[name] = (row, 1)
        row += 1
    for part in form.parts:
        if not part.text:
            continue
        sheet.write_string(row, 0, part.name, styles["part"])
        sheet.write_string(
            row, 1, "落款：第一行机关名称，第二行日期" if part.signature else "", styles["part"]
        )
        places[f"narrative.{part.text}"] = (row, 0)
        row += 1
        for paragraph in _paragraphs(part, report):
            sheet.write_blank(row, 0, None, styles["label"])
            _write_text(sheet, row, paragraph, styles["text"])
            row += 1
    sheet.protect("", {**ALLOWED, "insert_rows": True})
    sheet.set_paper(9)
    sheet.set_margins(0.6, 0.6, 0.7, 0.7)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C— &P —")
    sheet.print_area(0, 0, row - 1, 1)
    return places


_YEAR: dict[str, Any] = {
    "validate": "integer",
    "criteria": "between",
    "minimum": FIRST_YEAR,
    "maximum": LAST_YEAR,
    "error_title": "年份",
    "error_message": "请写报告的年份，例如 2025。",
}


def _paragraphs(part: Part, report: Report | None) -> Iterator[str]:
    """The paragraphs of a part as the clerk wrote them, and empty ones to write more."""
    narrative = report.narrative.get(part.text) if report else None
    if narrative is not None:
        yield from (line.strip() for line in narrative.source.split("\n") if line.strip())
        if part.signature:
            return
    yield from [""] * (2 if part.signature else SPARE)


def _write_text(sheet: Worksheet, row: int, text: str, style: Any) -> None:
    if len(text.encode("utf-16-le")) // 2 > LONGEST_TEXT:
        raise SheetError(
            f"文字里有一段超过 {LONGEST_TEXT} 个字，Excel 的一格放不下：“{text[:20]}…”。请分成几段，再运行一次。"
        )
    if text:
        sheet.write_string(row, 1, text, style)
        # LibreOffice does not make room for text that wraps; an empty row grows as it is written.
        lines = ceil(sum(1 if char.isascii() else 2 for char in text) / (COLUMNS - 4))
        sheet.set_row(row, min(LINE_HEIGHT * lines + 4, HIGHEST_ROW))
    else:
        sheet.write_blank(row, 1, None, style)
