"""Where the labels of a figure meet in a sheet, wherever its cells were moved to."""

from __future__ import annotations

from ...form.model import GridCell
from ...model.workbook import Place
from ..labels import plain
from .workbook import Merged, Sheet

_LONGEST_LABEL, _MOST_ALIKE, _LARGEST_SPAN = 200, 50, 100
"""Characters of a label, cells with the same one, and rows or columns of a cell: no report has more."""


class LabelPlaces:
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
