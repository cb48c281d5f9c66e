"""The heads of a table of a foreign file: which of them stand above a cell, and whether they stand as in the form."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from ..form.model import Table
from .sources.extract import Spot
from .table_labels import TableLabels, key_of
from .table_layout import Layout

Label = tuple[str, str, Spot]
"""The label of a row: its kind and its key, and where it stands."""


class Heads:
    """What stands above the figures of one table of the form in one of a file."""

    def __init__(
        self, layout: Layout, table: Table, names: TableLabels, rows: Mapping[int, Label | None]
    ) -> None:
        self.layout = layout
        self.names = names
        self.label_rows = rows
        self.above = self._above()
        """By place: the cells with words above it, those of the nearest block, from top to bottom."""
        found = self._read({("head", key) for key in names.heads})
        self.are_any = bool(found)
        self.are_complete = _is_repeated([key for _, key in found], names.heads)
        """Whether they are those of the form in their order, once or again and again."""
        self.is_regular = self._is_regular(table)

    def _above(self) -> dict[tuple[int, int], tuple[Spot, ...]]:
        found: dict[tuple[int, int], tuple[Spot, ...]] = {}
        blocks: dict[int, tuple[list[Spot], bool]] = {}
        for r in sorted(self.layout.rows):
            for spot in self.layout.rows[r]:
                for c in range(spot.column, spot.column + spot.columns):
                    block, is_closed = blocks.get(c, ([], False))
                    found[r, c] = tuple(block)
                    is_number = self.layout.is_number[spot.text]
                    if self.label_rows[r] is not None or (is_number and spot.text.strip()):
                        blocks[c] = (block, True)
                    elif not is_number and spot not in block:
                        blocks[c] = ([spot], False) if is_closed else ([*block, spot], False)
        return found

    def over(self, r: int, spot: Spot, kind: str = "head") -> set[str]:
        """The keys of the labels of one kind that stand right above a cell, above any of its columns."""
        found: set[str] = set()
        for c in range(spot.column, spot.column + spot.columns):
            for head in reversed(self.above.get((r, c), ())):
                keys = {key for named, key in self.names.of(head.text) if named == kind}
                if keys:
                    found |= keys
                    break
        return found

    def rows_over(self, r: int, spot: Spot) -> set[int]:
        """The rows in which the cells above a cell stand."""
        return {
            head.row
            for c in range(spot.column, spot.column + spot.columns)
            for head in self.above.get((r, c), ())
        }

    @property
    def are_in_lines(self) -> bool:
        """Whether all that heads the columns, read line by line, is as in the form: so it is where spans were lost."""
        return _is_repeated(self._read({*self.names.head_lines}), self.names.head_lines)

    @property
    def rows_agree(self) -> bool:
        """Whether the labels of rows whose figures stand below them are in the order of the form."""
        wanted = list(dict.fromkeys(key_of(cell, "row") for cell in self.names.below))
        names = (name for spot in self.layout.spots for name in self.names.of(spot.text))
        return [key for kind, key in names if kind == "row" and key in wanted] == wanted

    def _read(self, wanted: Collection[tuple[str, str]]) -> list[tuple[str, str]]:
        """Which of some labels head the columns, line by line: kind and key."""
        return [
            named[0]
            for spot in sorted(self.layout.spots, key=lambda spot: (spot.row, spot.column))
            if self.label_rows[spot.row] is None
            and (named := [name for name in self.names.of(spot.text) if name in wanted])
        ]

    def _is_regular(self, table: Table) -> bool:
        """Whether columns without a head are empty, so that none of them can belong to a head beside it."""
        return all(
            not spot.text.strip() or self.over(r, spot)
            for r, label in self.label_rows.items()
            if label is not None and table.rows.get(label[1]) and not table.rows[label[1]].is_single
            for spot in self.layout.rows[r]
            if spot.column > label[2].column and self.above.get((r, spot.column))
        )


def _is_repeated(found: Sequence[object], wanted: Sequence[object]) -> bool:
    """Whether a list is another one, once or more often."""
    return bool(wanted) and bool(found) and list(found) == list(wanted) * (len(found) // len(wanted))
