"""The tables of a foreign file as they are laid out: what stands at each place, and which tables of the form it holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from ..form.model import Form, Table
from . import labels
from .sources.extract import Grid, Spot
from .table_labels import TableLabels, table_labels

FEWEST = 2
"""Labels of a table of the form, word for word: with fewer, a table of a file is another one."""


class Layout:
    """A table of a file, or the rows of it that hold one of the form."""

    def __init__(self, spots: Sequence[Spot]) -> None:
        self.spots = spots
        self.rows: dict[int, list[Spot]] = {}
        """The cells that begin in a row or go on through it, from left to right."""
        for spot in spots:
            for r in range(spot.row, spot.row + spot.rows):
                self.rows.setdefault(r, []).append(spot)
        for row in self.rows.values():
            row.sort(key=lambda spot: spot.column)
        self.is_number = {spot.text: labels.is_figure(spot.text) for spot in spots}

    def shares(self, names: TableLabels) -> int:
        """How many labels of a table of the form stand in this one, word for word."""
        return len({plain for text in self.is_number if (plain := labels.bare(text)) in names.exact})

    @cached_property
    def ends(self) -> dict[int, int]:
        """The column after the last one, by row."""
        return {r: max(spot.column + spot.columns for spot in row) for r, row in self.rows.items()}


def layouts(grid: Grid, form: Form) -> Iterator[tuple[Table, Layout]]:
    """The tables of the form that a table of a file holds, each with the rows from its first own label to the next one's.

    Where the rows of two of them are mixed, each has all rows.
    """
    whole = Layout(grid.spots)
    held = [table for table in form.tables.values() if whole.shares(table_labels(table)) >= FEWEST]
    found = {table.key: _rows(grid, table, held) for table in held}
    order = sorted(held, key=lambda table: found[table.key][0])
    is_parted = all(found[one.key][1] < found[other.key][0] for one, other in pairwise(order))
    if len(held) < 2 or not is_parted:
        yield from ((table, whole) for table in held)
        return
    starts = [0, *(found[table.key][0] for table in order[1:])]
    for table, start, end in zip(order, starts, [*starts[1:], max(whole.rows) + 1], strict=True):
        yield table, Layout([spot for spot in grid.spots if start <= spot.row < end])


def _rows(grid: Grid, table: Table, others: Sequence[Table]) -> tuple[int, int]:
    """The first and the last row with a label that no other of some tables of the form has."""
    shared = {plain for other in others if other is not table for plain in table_labels(other).exact}
    own = table_labels(table).exact.keys() - shared
    rows = [spot.row for spot in grid.spots if labels.bare(spot.text) in own] or [0]
    return min(rows), max(rows)
