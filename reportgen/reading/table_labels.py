"""The labels of one table of the form, and how files may word them."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import takewhile

from ..form.model import GridCell, Table
from ..model.chinese import numbering
from . import labels

MARGIN = 0.08
"""A label that is worded otherwise is taken for one of the form only where no other is nearly as like."""
MOST_KNOWN = 5_000
"""Words of files that are remembered: most reports word their labels alike."""
_MONEY = re.compile("万元|元")
_Name = tuple[str, str]
"""A label of the form: its kind and its key."""


@lru_cache(maxsize=32)
def table_labels(table: Table) -> TableLabels:
    return TableLabels(table)


class TableLabels:
    """The labels of one table of the form, and how a file may word them."""

    def __init__(self, table: Table) -> None:
        self.exact: dict[str, set[_Name]] = {}
        self.labels: dict[str, set[_Name]] = {}
        for cell in (cell for row in table.grid for cell in row):
            if cell.kind not in ("figure", "note"):
                name = (cell.kind, cell.key or labels.bare(cell.label))
                self.exact.setdefault(labels.bare(cell.label), set()).add(name)
                self.labels.setdefault(cell.label, set()).add(name)
        self._known: dict[str, frozenset[_Name]] = {}
        figures = [cell for row in table.grid for cell in row if cell.kind == "figure"]
        self.figures = {(key_of(cell, "row"), key_of(cell, "head")): cell.key for cell in figures}
        """The key of each cell by its row and its head."""
        self.texts = {cell.key: {labels.bare(text.label) for text in _nearest_text(cell)} for cell in figures}
        beside = {
            key_of(cell, "row")
            for cell in figures
            if any(h.kind == "row" and h.row == cell.row for h in cell.headers)
        }
        self.groups = {cell.key: cell.label for row in table.grid for cell in row if cell.kind == "group"}
        """What the form calls its groups of rows."""
        self.beside = [row for row in table.rows if row in beside]
        """The rows whose figures stand beside their labels."""
        self.below = [cell for cell in figures if key_of(cell, "row") not in beside]
        """The figures that stand below the labels of their rows, in the order of the form."""
        self.heads = [cell.key for row in table.grid for cell in row if cell.kind == "head"]
        first = next((r for r, row in enumerate(table.grid) if any(cell.kind == "head" for cell in row)), 0)
        self.head_lines = [
            (cell.kind, cell.key or labels.bare(cell.label))
            for row in takewhile(
                lambda row: not any(cell.kind == "figure" for cell in row), table.grid[first:]
            )
            for cell in row
            if cell.kind in ("head", "text")
        ]
        """The heads, and the fixed words that stand above some of them, line by line: kind and key."""

    def of(self, words: str) -> frozenset[_Name]:
        """The labels of the form that words of a file may be; none where they are none, or it is not certain."""
        if words not in self._known:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            self._known[words] = frozenset(self._of(words))
        return self._known[words]

    def _of(self, words: str) -> set[_Name]:
        plain = labels.bare(words)
        if plain in self.exact:
            return self.exact[plain]
        if len(plain) < 3 or len(plain) > 60 or labels.is_figure(words):
            return set()
        rated = sorted(((labels.likeness(words, label), label) for label in self.labels), reverse=True)
        (best, label), (second, _) = rated[0], rated[1]
        if best < labels.ALIKE or (best - second < MARGIN and self.labels[label] != self.labels[rated[1][1]]):
            return set()
        own, theirs = numbering(labels.plain(words)), numbering(labels.plain(label))
        if own and theirs and own != theirs:
            return set()
        if _units(label) != _units(words) and (_units(label) or "元" in plain):
            return set()
        return self.labels[label]


def _units(label: str) -> set[str]:
    """The units of money a label names."""
    return set(_MONEY.findall(labels.plain(label)))


def key_of(cell: GridCell, kind: str) -> str:
    """The key of a figure's label of one kind; "" where it has none."""
    return next((header.key for header in cell.headers if header.kind == kind), "")


def _nearest_text(cell: GridCell) -> list[GridCell]:
    """The fixed text right above a figure, which may name its unit."""
    above = [
        header
        for header in cell.headers
        if header.kind == "text"
        and header.column + header.columns > cell.column
        and header.column <= cell.column
        and header.row < cell.row
    ]
    return above[-1:]
