"""One table of the form as a sheet: as it is printed, with its totals as formulas, and its sums checked beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from math import ceil
from typing import Any

from xlsxwriter.worksheet import Worksheet

from ..form.model import Cell, GridCell, Table
from ..model.findings import Figure
from ..model.report import Report, added, printed
from ..model.workbook import Place, address, total_formula, totals
from .sheet_checks import TableChecks
from .sheet_style import ALLOWED, PIXELS, POINTS, SCALE, SIZE, Styles, length

TOP = 3
"""Rows above the table: the title, the heading, and how far it is filled in."""
CHECK_WIDTH = 34.0
"""Of the column beside a table that has sums, in mm on the printed page."""
LINE, PADDING = 1.25, 1.6
"""The height of a line in sizes of its characters; what a cell leaves free left and right, in mm."""
LARGEST = 999_999_999_999
"""The largest figure that the input takes."""
DIGITS = 15
"""Significant digits that a number of Excel keeps."""


class TableSheet:
    """The sheet of one table."""

    def __init__(
        self, sheet: Worksheet, styles: Styles, table: Table, report: Report | None, last: Report | None
    ) -> None:
        self.sheet, self.styles, self.table = sheet, styles, table
        self.figures: Mapping[str, Figure] = report.figures if report else {}
        self.report, self.last = report, last
        self.grid = [cell for row in table.grid for cell in row]
        self.cells = {cell.key: cell for cell in table.cells}
        self.places: dict[str, Place] = {
            cell.key: (TOP + cell.row, cell.column) for cell in self.grid if cell.kind == "figure"
        }
        """The cells of the figures by key."""
        self.totals = totals(table)
        self.width = len(table.widths)
        self.last_column = self.width if table.sums else self.width - 1

    def write(self, title: str, title_shown: str, heading: str) -> None:
        """Write it all; ``title`` is the formula of the title, ``title_shown`` what it gives."""
        sheet, styles = self.sheet, self.styles
        for column, width in enumerate([*self.table.widths, CHECK_WIDTH][: self.last_column + 1]):
            sheet.set_column_pixels(column, column, round(width * SCALE * PIXELS))
        for row, text in enumerate(["", heading, ""]):
            sheet.merge_range(
                row, 0, row, self.last_column, text, styles[("title", "heading", "status")[row]]
            )
        sheet.write_formula(0, 0, title, styles["title"], title_shown)
        for row, height in enumerate([30.0, 22.0, 36.0]):
            sheet.set_row(row, height)
        for row, height in enumerate(self._heights):
            sheet.set_row(TOP + row, height)
        for cell in self.grid:
            self._write_cell(cell)
        bottom = TOP + len(self.table.grid)
        checked = TableChecks(sheet, styles, self.table, self.places, self.shown).write(bottom)
        self._validate()
        for key, note in self._notes().items():
            sheet.write_comment(
                *self.places[key], note, {"author": "", "font_size": 9, "x_scale": 1.5, "y_scale": 0.6}
            )
        sheet.protect("", ALLOWED)
        sheet.set_paper(9)
        sheet.set_margins(0.5, 0.5, 0.6, 0.6)
        sheet.center_horizontally()
        sheet.fit_to_pages(1, 1)
        sheet.print_area(0, 0, max(bottom - 1, checked), self.last_column)
        if self.table.head_rows:
            sheet.freeze_panes(TOP + self.table.head_rows, 0)

    # ── figures and labels ──────────────────────────────────────────────────────────────────────────

    @cached_property
    def shown(self) -> Mapping[str, Figure]:
        """What the cells show: the figures, and the totals of those that are filled in."""
        found: dict[str, Figure] = {key: self.figures[key] for key in self.cells if key in self.figures}
        for _ in self.totals:  # a total may be added up of totals
            for key, sum_ in self.totals.items():
                if key not in found and all(part in found for part in sum_.right.cells):
                    found[key] = added(found, sum_.right.cells)
        return found

    def _is_typed_over(self, key: str) -> bool:
        """Whether the report gives a total that its parts do not add up to; it stays as it was given."""
        parts = self.totals[key].right.cells
        return key in self.figures and not (
            all(part in self.shown for part in parts) and added(self.shown, parts) == self.figures[key]
        )

    def _write_cell(self, cell: GridCell) -> None:
        row, column = TOP + cell.row, cell.column
        last = (row + cell.rows - 1, column + cell.columns - 1)
        style = self.styles[self._style(cell)]
        text = "" if cell.kind == "figure" else self._label(cell)
        if (row, column) != last:
            self.sheet.merge_range(row, column, *last, text, style)
        elif cell.kind != "figure":
            self.sheet.write_string(row, column, text, style)
        if cell.kind == "figure":
            self._write_figure(cell, (row, column), self._style(cell))

    def _style(self, cell: GridCell) -> str:
        if cell.kind == "figure":
            return "computed" if cell.key in self.totals else "figure"
        is_beside = any(one.kind == "figure" for one in self.table.grid[cell.row])
        return "label left" if cell.kind == "row" and is_beside else "label"

    def _write_figure(self, cell: GridCell, place: Place, style: str) -> None:
        key = cell.key
        figure = self.shown.get(key)
        if key in self.totals and not self._is_typed_over(key):
            formula = total_formula([self.places[part] for part in self.totals[key].right.cells])
            shown: Any = "" if figure is None else figure if isinstance(figure, int) else float(figure)
            self.sheet.write_formula(*place, f"={formula}", self.styles[style], shown)
            return
        numbered = self.styles.numbered(style, _number_format(figure, cell.unit))
        if figure is None:
            self.sheet.write_blank(*place, None, numbered)
        elif isinstance(figure, Decimal) and len(figure.as_tuple().digits) > DIGITS:
            self.sheet.write_string(
                *place, printed(figure), self.styles[style]
            )  # as a number it would be rounded
        else:
            self.sheet.write_number(*place, float(figure), numbered)

    def _label(self, cell: GridCell) -> str:
        fits = length(cell.label) <= self._room(cell)
        return cell.label if fits else "\n".join(cell.pieces)

    def _room(self, cell: GridCell) -> float:
        """The width a cell has for its text, in mm on the screen."""
        return SCALE * sum(self.table.widths[cell.column : cell.column + cell.columns]) - PADDING

    @property
    def _heights(self) -> Iterator[float]:
        """The height of each printed row in points: what the form asks for, and what its labels need."""
        for row in self.table.grid:
            lines = max((self._lines(cell) for cell in row if cell.rows == 1 and cell.pieces), default=1)
            yield max(self.table.row_height * SCALE * POINTS, lines * SIZE * LINE + 3)

    def _lines(self, cell: GridCell) -> int:
        room = self._room(cell)
        return sum(max(1, ceil(length(piece) / room)) for piece in self._label(cell).split("\n"))

    # ── what may be filled in ───────────────────────────────────────────────────────────────────────

    def _validate(self) -> None:
        """Let the cells to be filled in take what the form takes, and mark what was pasted over that."""
        for run in self._runs():
            cell = self.cells[run[0][0]]
            first, last = run[0][1], run[-1][1]
            self.sheet.data_validation(*first, *last, _validation(cell))
            at = address(first)
            wrong = [] if cell.signed else [f"{at}<0"]
            wrong += [] if cell.decimal else [f"{at}<>INT({at})"]
            test = f"OR({','.join(wrong)})" if wrong else "FALSE"
            criteria = f'=IF(ISNUMBER({at}),{test},{at}<>"")'
            self.sheet.conditional_format(
                *first, *last, {"type": "formula", "criteria": criteria, "format": self.styles["wrong"]}
            )

    def _runs(self) -> Iterator[list[tuple[str, Place]]]:
        """The open cells that stand beside each other and take the same."""
        open_cells = [(key, place) for key, place in self.places.items() if key not in self.totals]
        run = open_cells[:1]
        for (one, (row, column)), (other, place) in pairwise(open_cells):
            kinds = {(self.cells[key].decimal, self.cells[key].signed) for key in (one, other)}
            if place == (row, column + 1) and len(kinds) == 1:
                run.append((other, place))
            else:
                yield run
                run = [(other, place)]
        if run:
            yield run

    def _notes(self) -> dict[str, str]:
        """Last year's figures: beside the same cell, and beside the one that has to follow from it."""
        last = self.last
        if last is None:
            return {}
        notes: dict[str, list[str]] = {}
        is_same = self.report is not None and last.form.format == self.report.form.format
        for key in self.places if is_same else ():
            if key in last.figures:
                notes.setdefault(key, []).append(f"{last.year}年：{printed(last.figures[key])}")
        for relation in self.table.years:
            if relation.kind == "carried" and relation.last in last.figures and relation.this in self.places:
                row = last.form.cells[relation.last].label.split("·")[1]
                figure = printed(last.figures[relation.last])
                notes.setdefault(relation.this, []).append(f"{last.year}年“{row}”：{figure}，应当相同")
        return {key: "\n".join(lines) for key, lines in notes.items()}


def _number_format(figure: Figure | None, unit: str) -> str:
    """How Excel has to show it, where it would not show all its digits, or the form prints its unit."""
    shown = printed(figure) if isinstance(figure, Decimal) else ""
    decimals = len(shown.partition(".")[2])
    digits = f"0.{'0' * decimals}" if decimals and shown.endswith("0") else ""
    return f'{digits or "General"}"{unit}"' if unit and '"' not in unit else digits


def _validation(cell: Cell) -> dict[str, Any]:
    what = "数（可以有小数）" if cell.decimal else "整数"
    least = "，减少的写负数，没有就写 0" if cell.signed else "，没有就写 0"
    return {
        "validate": "decimal" if cell.decimal else "integer",
        "criteria": "between",
        "minimum": -LARGEST if cell.signed else 0,
        "maximum": LARGEST,
        "error_title": "这一格只能填数",
        "error_message": f"请写{what}，单位是{cell.unit}{least}；还没有的数，空着不写。",
    }
