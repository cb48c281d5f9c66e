"""The workbook of ``reportgen sheet``, filled in and saved by Excel, WPS or LibreOffice -> the report it holds.

Its figures are read table by table (see :mod:`reportgen.reading.sources.filled_table`); here is what stands around them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from ...form.form_file import known_formats, load_form
from ...form.model import Form, Part
from ...model.report import AGENCY, FIRST_YEAR, LAST_YEAR
from ...model.workbook import (
    FORMAT,
    HIDDEN,
    LAYOUT,
    MADE_BODY,
    MADE_YEAR,
    TEXTS,
    VERSION,
    YEAR,
    Place,
    address,
    name_of,
)
from ..labels import plain
from .extract import SHEET, Block, Extract
from .filled_table import FilledTable
from .workbook import Book, Sheet
from .workbook_cells import Value

_SHOWN = 3
"""Sheets, rows and columns that a remark names."""


def read_filled(book: Book, templates: Path | None = None) -> Extract | None:
    """The report that a workbook of ours holds; None for any other workbook.

    Raises:
        FormError: the templates of its format are broken.
    """
    made = _made_for(book)
    if made.get(FORMAT) not in known_formats(templates):
        return None
    form = load_form(made[FORMAT], templates)
    return _Filled(book, form, made).extract()


def _made_for(book: Book) -> dict[str, str]:
    """What the hidden sheet says, by name or, where names are lost, by what stands beside."""
    keys = (FORMAT, VERSION, MADE_YEAR, MADE_BODY)
    found: dict[str, str] = {}
    for sheet in book.sheets:
        for row in range(len(keys)) if sheet.name == HIDDEN else ():
            label, value = (sheet.values.get((row, column)) for column in (0, 1))
            if label and label.text in keys:
                found[label.text] = value.text if value else ""
    for key in keys:
        if value := _named(book, key):
            found.setdefault(key, value.text)
    return found


def unknown_format(book: Book, templates: Path | None = None) -> str:
    """The format of a workbook of ours that there are no templates for; "" for any other workbook."""
    format = _made_for(book).get(FORMAT, "")
    return format if format not in known_formats(templates) else ""


def _named(book: Book, key: str) -> Value | None:
    """What stands in the cell of a name."""
    name, place = book.names.get(name_of(key).lower(), ("", (0, 0)))
    return next((sheet.values.get(place) for sheet in book.sheets if sheet.name == name), None)


class _Filled:
    """Reads one workbook of ours."""

    def __init__(self, book: Book, form: Form, made: Mapping[str, str]) -> None:
        self.book, self.form, self.made = book, form, made
        self.remarks: list[str] = []
        self.doubts: list[str] = []
        """Why it may be the wrong workbook."""
        self.year_advice = ""

    def extract(self) -> Extract:
        """All that it holds."""
        tables = {key: FilledTable(self.book, self.form, table) for key, table in self.form.tables.items()}
        known: dict[str, str] = {}
        used = {table.sheet.name for table in tables.values() if table.sheet}
        texts_sheet = self._texts_sheet()
        used |= {HIDDEN, *([texts_sheet.name] if texts_sheet else [])}
        agency, texts = self._texts(texts_sheet)
        year = self._year(agency, texts_sheet)
        self._compare(agency, year)
        for table in tables.values():
            known.update(table.figures)
            self.remarks += table.remarks
        for sheet in self.book.sheets:
            if sheet.name in used - {HIDDEN} and (sheet.is_hidden or sheet.hidden):
                what = "、".join(sheet.hidden[:_SHOWN])
                self.remarks.append(f"“{sheet.name}”页{f'的{what}等' if what else ''}是隐藏的，照样读了。")
        others = [sheet.name for sheet in self.book.sheets if sheet.values and sheet.name not in used]
        if others:
            self.remarks.append(
                f"另有{'、'.join(f'“{name}”' for name in others[:_SHOWN])}等 {len(others)} 页，不是填报表的内容，没有读。"
            )
        body = agency.get("name", "")
        title = "".join(self.form.title).replace("{agency}", body).replace("{year}", str(year))
        return Extract(
            kind=SHEET,
            blocks=tuple(self._blocks(title if body and year else "", texts, tables)),
            known=known,
            remarks=tuple(self.remarks),
            doubts=tuple(self.doubts),
            year_advice=self.year_advice,
            format=self.form.format,
            year=year,
            agency={key: value for key, value in agency.items() if value and key != YEAR},
            texts=texts,
        )

    def _blocks(
        self, title: str, texts: Mapping[str, tuple[str, ...]], tables: Mapping[str, FilledTable]
    ) -> Iterator[Block]:
        """The report as it is printed: the title, and each part under its heading."""
        if title:
            yield title
        for part in self.form.parts:
            if part.table or (part.text in texts and not part.signature):
                if part.heading:
                    yield part.heading
                if part.table:
                    yield tables[part.table].grid()
                yield from texts.get(part.text, ())

    # ── the text ────────────────────────────────────────────────────────────────────────────────────

    def _texts_sheet(self) -> Sheet | None:
        names = [
            place[0] for key in AGENCY if (place := self.book.names.get(name_of(f"agency.{key}").lower()))
        ]
        wanted = names[0] if names else TEXTS
        return next((sheet for sheet in self.book.sheets if sheet.name == wanted), None)

    def _texts(self, sheet: Sheet | None) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
        """What stands beside the labels of the body, by key, with the year; and the paragraphs by part."""
        if sheet is None:
            self.remarks.append(f"没有找到“{TEXTS}”页，机关名称、年份和文字没有读。")
            return {}, {}
        labels = {plain(label): key for key, label in {YEAR: "年份", **AGENCY}.items()}
        parts = {plain(part.name): part for part in self.form.parts if part.text}
        said: dict[str, str] = {}
        texts: dict[str, list[str]] = {}
        labelled = {plain(value.text) for (_, column), value in sheet.values.items() if column == 0}
        named = {
            place[0]: part
            for name, part in parts.items()
            if name not in labelled and (place := self._place(sheet, f"narrative.{part.text}"))
        }
        part: Part | None = None
        beside: list[int] = []
        for row in sorted({row for row, _ in sheet.values}):
            label, value = (sheet.values.get((row, column), Value("")) for column in (0, 1))
            name = plain(label.text)
            if name in parts or row in named:
                part = parts.get(name) or named[row]
            elif part is None and name in labels:
                said[labels[name]] = value.text
            elif part is not None:
                lines = [line.strip() for line in value.text.split("\n")]
                texts.setdefault(part.text, []).extend(line for line in lines if line)
                if any((row, column) in sheet.values for column in (0, *range(2, 12))):
                    beside.append(row + 1)
        for row in beside[:_SHOWN]:
            self.remarks.append(f"“{sheet.name}”页第 {row} 行在文字的格以外还写了字，没有读。")
        return said, {key: tuple(lines) for key, lines in texts.items() if lines}

    def _place(self, sheet: Sheet, key: str) -> Place | None:
        """The cell that a key names in a sheet."""
        name, place = self.book.names.get(name_of(key).lower(), ("", (0, 0)))
        return place if name == sheet.name else None

    def _year(self, said: Mapping[str, str], sheet: Sheet | None) -> int | None:
        written = said.get(YEAR, "").strip().removesuffix("年")
        if written.isdecimal() and len(written) == 4 and FIRST_YEAR <= int(written) <= LAST_YEAR:
            return int(written)
        self.remarks.append(f"“{TEXTS}”页的年份{f'“{written[:20]}”不是年份' if written else '没有填'}。")
        place = self._place(sheet, YEAR) if sheet else None
        where = (
            f"“{sheet.name}”页 {address(place)} 格（“年份”右边）"
            if sheet and place
            else f"“{TEXTS}”页的“年份”右边"
        )
        self.year_advice = f"请在填报表的{where}写上年份，保存以后再运行一次"
        return None

    def _compare(self, agency: Mapping[str, str], year: int | None) -> None:
        """Say what is otherwise than when the workbook was made."""
        body = agency.get("name", "")
        if self.made.get(VERSION) != LAYOUT:
            self.remarks.append(
                f"这张填报表是另一个版本的程序生成的（{self.made.get(VERSION) or '没有写明'}，现在是 {LAYOUT}），请核对读出来的数。"
            )
        if self.made.get(MADE_YEAR) and year and str(year) != self.made[MADE_YEAR]:
            self.doubts.append(
                f"这张填报表是为 {self.made[MADE_YEAR]} 年生成的，里面写的是 {year} 年，请核对是不是拿错了表。"
            )
        if self.made.get(MADE_BODY) and body and body != self.made[MADE_BODY]:
            self.doubts.append(
                f"这张填报表是为“{self.made[MADE_BODY]}”生成的，里面写的是“{body}”，请核对是不是拿错了表。"
            )
