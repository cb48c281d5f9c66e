"""The workbook of ``reportgen sheet``, filled in and saved by Excel, WPS or LibreOffice -> the report it holds.

A figure stands below its heads and beside its labels; its name tells where it was made. Where the two say different
places, cells were moved, and the labels are right. Totals are added up anew: what a program has stored beside a formula
may be old.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from ...form.form_file import known_formats, load_form
from ...form.model import Form, GridCell, Part, Table
from ...model.report import AGENCY, FIRST_YEAR, LAST_YEAR, added, printed
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
    total_formula,
    totals,
)
from ..figures import FigureError, read_figure
from ..labels import figure, plain
from .extract import SHEET, Block, Extract, Grid, Spot
from .workbook import Book, Merged, Sheet, Value

_SHOWN = 3
"""Cells that a remark names."""
_LONGEST_LABEL, _MOST_ALIKE, _LARGEST_SPAN = 200, 50, 100
"""Characters of a label, cells with the same one, and rows or columns of a cell: no report has more."""


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
        tables = {key: _FilledTable(self.book, self.form, table) for key, table in self.form.tables.items()}
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
        self, title: str, texts: Mapping[str, tuple[str, ...]], tables: Mapping[str, _FilledTable]
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


@dataclass(frozen=True)
class _Found:
    """What stands where a figure belongs."""

    place: Place
    value: Value


class _FilledTable:
    """Reads one table of a workbook of ours."""

    def __init__(self, book: Book, form: Form, table: Table) -> None:
        self.book, self.form, self.table = book, form, table
        self.remarks: list[str] = []
        self.printed = {cell.key: cell for row in table.grid for cell in row if cell.kind == "figure"}
        self.names = {key: place for key in self.printed if (place := book.names.get(name_of(key).lower()))}
        self.sheet = self._sheet()
        self.found = dict(self._places()) if self.sheet and not self.sheet.is_unread else {}
        self.totals = totals(table)
        self.figures: dict[str, str] = {}
        """The figures, as printed; a cell that is not filled in is missing."""
        self._read()

    def grid(self) -> Grid:
        """The table as it is printed, with what stands in its cells."""
        return Grid(
            tuple(
                Spot(self._text(cell), cell.row, cell.column, cell.rows, cell.columns)
                for row in self.table.grid
                for cell in row
            )
        )

    def _text(self, cell: GridCell) -> str:
        """A label, a figure, or what stands where one belongs; of a total that cannot be added up, nothing."""
        if cell.kind != "figure" or cell.key in self.figures:
            return self.figures.get(cell.key, cell.label)
        found = self.found.get(cell.key)
        is_added_up = cell.key in self.totals and found is not None and found.value.formula is not None
        return found.value.text if found and not is_added_up else ""

    # ── where the figures stand ─────────────────────────────────────────────────────────────────────

    def _sheet(self) -> Sheet | None:
        """The sheet with the table: that of its names, or the only one with its labels."""
        named = {name for name, _ in self.names.values()}
        sheets = [sheet for sheet in self.book.sheets if sheet.name in named]
        if len(sheets) != 1:
            wanted = {
                plain(cell.label) for row in self.table.grid for cell in row if cell.kind in ("head", "row")
            }
            sheets = [
                sheet
                for sheet in self.book.sheets
                if len(wanted & {plain(value.text) for value in sheet.values.values()}) > len(wanted) / 2
            ]
        if len(sheets) != 1:
            what = "有几页都像是这张表" if sheets else "没有找到这张表"
            self.remarks.append(f"{self.table.name}：{what}，没有读。")
            return None
        if sheets[0].is_unread:
            self.remarks.append(f"{self.table.name}：“{sheets[0].name}”页太大或已经损坏，没有读。")
        return sheets[0]

    def _places(self) -> Iterator[tuple[str, _Found]]:
        """Each figure with its place, as certain as it can be."""
        assert self.sheet is not None
        labelled = _Labels(self.sheet)
        by_label = {key: place for key, cell in self.printed.items() if (place := labelled.place(cell))}
        by_name = {key: place for key, (name, place) in self.names.items() if name == self.sheet.name}
        in_order = self._in_order(by_name)
        moved = [key for key, place in by_name.items() if by_label.get(key, place) != place]
        places = {
            key: by_label[key] if key in by_label else by_name[key]
            for key in self.printed
            if key in by_label or (key in by_name and in_order)
        }
        taken = list(places.values())
        lost = [key for key in self.printed if key not in places or taken.count(places[key]) > 1]
        self._say([key for key in moved if key not in lost], "被移动过，按表头和行名读")
        self._say(lost, "的位置动过，或者表头、行名改过，不能确定是哪一格，没有读")
        for key, place in places.items():
            if key not in lost:
                yield key, _Found(place, self.sheet.values.get(place, Value("")))

    def _in_order(self, by_name: Mapping[str, Place]) -> bool:
        """Whether all names of the table are there and stand to each other as the form has them."""
        if by_name.keys() != self.printed.keys():
            return False
        for axis in (0, 1):
            lines: dict[int, set[int]] = {}
            for key, cell in self.printed.items():
                lines.setdefault((cell.row, cell.column)[axis], set()).add(by_name[key][axis])
            found = [lines[line] for line in sorted(lines)]
            if any(len(line) > 1 for line in found) or any(max(a) >= min(b) for a, b in pairwise(found)):
                return False
        return True

    # ── what they are ───────────────────────────────────────────────────────────────────────────────

    def _read(self) -> None:
        own = {
            key for key, found in self.found.items() if key in self.totals and found.value.formula is not None
        }
        wrong: list[str] = []
        bare: list[str] = []
        for key, found in self.found.items():
            if key not in own:
                figure, is_wrong = self._figure(key, found.value)
                if figure is not None:
                    self.figures[key] = figure
                if is_wrong:
                    wrong.append(key)
                elif found.value.formula is not None and not found.value.text:
                    bare.append(key)
        self._say(wrong, "写的不是这一格能填的数，当作未填")
        self._say(bare, "是公式，文件里没有它的结果，当作未填；请在 Excel 或 WPS 里打开，保存一次")
        self._add_up(own)

    def _figure(self, key: str, value: Value) -> tuple[str | None, bool]:
        """The figure in a cell; whether something else stands there."""
        text = printed(value.number) if value.number is not None else value.text
        if not text:
            return None, False
        shown, unit, note = figure(text)
        cell = self.form.cells[key]
        if shown is None or note or unit not in ("", cell.unit):
            return None, bool(note or unit or shown)
        if value.number is not None and cell.decimal:
            zeros = figure(value.text)[0] or shown
            shown = zeros if Decimal(zeros) == Decimal(shown) else shown  # with the zeros at its end
        try:
            read_figure(Decimal(shown) if cell.decimal else int(shown), cell)
        except (FigureError, ValueError):
            return None, True
        return shown, False

    def _add_up(self, own: set[str]) -> None:
        """Compute the totals, and say which are not as they were made."""
        typed, stale, changed, unsure = (list[str]() for _ in range(4))
        for key in self._totals_first_to_last():
            parts = self.totals[key].right.cells
            whole = all(part in self.figures for part in parts)
            total = (
                printed(added({part: Decimal(self.figures[part]) for part in parts}, parts))
                if whole
                else None
            )
            if key not in own:
                if key in self.figures:
                    typed.append(key)
                continue
            value = self.found[key].value
            shown = self._figure(key, value)[0] if value.text else None
            is_ours = self._is_ours(key, value.formula or "")
            if is_ours or shown is None or shown == total:
                if total is not None:
                    self.figures[key] = total
                if total != shown and (shown is not None or value.number is not None):
                    stale.append(key)
            else:
                (changed if self.found.keys() >= set(parts) else unsure).append(key)
                self.figures[key] = shown
        self._say(typed, "不是公式，是直接填的数，照填的读")
        self._say(stale, "的合计是旧的，已经重新相加")
        self._say(unsure, "有的格没有找到，不能重新相加，照显示的读")
        self._say(changed, "的公式改过，结果和各格相加不同，照显示的读")

    def _totals_first_to_last(self) -> Iterator[str]:
        """The totals that were found, each after those it is added up of."""
        waiting = [key for key in self.totals if key in self.found]
        while waiting:
            ready = [key for key in waiting if not set(waiting) & set(self.totals[key].right.cells)]
            yield from ready
            waiting = [key for key in waiting if key not in ready]

    def _is_ours(self, key: str, formula: str) -> bool:
        parts = self.totals[key].right.cells
        if not formula:
            return True  # told in another cell that has the same
        places = [self.found[part].place for part in parts if part in self.found]
        return formula.replace("$", "").replace(" ", "").lstrip("=").upper() == total_formula(places).upper()

    def _say(self, keys: list[str], what: str) -> None:
        """Add a remark on some cells."""
        if keys:
            names = "、".join(self.form.cells[key].label for key in keys[:_SHOWN])
            more = f"等 {len(keys)} 格" if len(keys) > _SHOWN else ""
            self.remarks.append(f"{names}{more}{what}。")


class _Labels:
    """The labels of a sheet, and which cell stands below and beside those of a figure."""

    def __init__(self, sheet: Sheet) -> None:
        self.spans = {(each.row, each.column): _clipped(each) for each in sheet.merged}
        self.at: dict[str, list[Merged]] = {}
        for place, value in sheet.values.items():
            at = self.at.setdefault(plain(value.text[:_LONGEST_LABEL]), [])
            if len(at) < _MOST_ALIKE:
                at.append(self.spans.get(place, Merged(*place, *place)))

    def place(self, cell: GridCell) -> Place | None:
        """The one place where the labels of a figure meet; None where there is none, or more than one."""
        beside = [header for header in cell.headers if header.row <= cell.row < header.row + header.rows]
        above = [header for header in cell.headers if header not in beside]
        rows = self._rows(beside) if beside else self._rows_below(cell, above)
        if len(rows) != 1:
            return None
        (row,) = rows
        starts = {self._start(row, column) for column in self._columns(above, row)}
        return starts.pop() if len(starts) == 1 else None

    def _rows(self, headers: list[GridCell]) -> set[int]:
        found = [
            {row for at in self.at.get(plain(header.label), ()) for row in range(at.row, at.last_row + 1)}
            for header in headers
        ]
        return set.intersection(*found)

    def _rows_below(self, cell: GridCell, headers: list[GridCell]) -> set[int]:
        """The row as far below the lowest label as the form has it."""
        if not headers:
            return set()
        lowest = max(headers, key=lambda header: header.row + header.rows)
        lower = cell.row - lowest.row - lowest.rows + 1
        return {at.last_row + lower for at in self.at.get(plain(lowest.label), ())}

    def _columns(self, headers: list[GridCell], row: int) -> set[int]:
        """The columns below all of the labels, those that are nearest above."""
        above = [
            [at for at in self.at.get(plain(header.label), ()) if at.last_row < row] for header in headers
        ]
        found: set[int] | None = None
        for places in above:
            columns = {c for at in places for c in range(at.column, at.last_column + 1)}
            found = columns if found is None else found & columns
        for places in above:
            over = [at for at in places if any(at.column <= c <= at.last_column for c in found or ())]
            nearest = [at for at in over if at.last_row == max(each.last_row for each in over)]
            found = {c for c in found or () if any(at.column <= c <= at.last_column for at in nearest)}
        return found or set()

    def _start(self, row: int, column: int) -> Place:
        """Where the cell begins that a place belongs to."""
        for merged in self.spans.values():
            if merged.row <= row <= merged.last_row and merged.column <= column <= merged.last_column:
                return merged.row, merged.column
        return row, column


def _clipped(merged: Merged) -> Merged:
    """A merged cell no larger than any of a report is."""
    last_row = min(merged.last_row, merged.row + _LARGEST_SPAN)
    return Merged(merged.row, merged.column, last_row, min(merged.last_column, merged.column + _LARGEST_SPAN))
