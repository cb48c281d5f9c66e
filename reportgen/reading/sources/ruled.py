"""Tables drawn with lines: where lines cross there are cells, and where one is missing two cells are one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

NEAR = 2.5
"""Points within which two lines are one, and an end meets a line."""
MOST_LINES = 400
"""Across or down in one table; a report's has about thirty."""


class Segment(NamedTuple):
    """A line across (``y0 == y1``) or down (``x0 == x1``), in points, from its lower to its higher end."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def is_across(self) -> bool:
        return self.x1 - self.x0 > self.y1 - self.y0


class Ruled:
    """One ruled table: its lines, and the cell each place belongs to.

    Rows are counted from the top. A table that is cut off at the end of a page, without its last line, ends where its
    lines down end.
    """

    def __init__(self, segments: Sequence[Segment]) -> None:
        across = [s for s in segments if s.is_across]
        down = [s for s in segments if not s.is_across]
        self.xs = _merged([s.x0 for s in down])
        self.ys = _merged([*(s.y0 for s in across), *(y for s in down for y in (s.y0, s.y1))])[::-1]
        self._across = _by_place(((s.y0, s.x0, s.x1) for s in across), self.ys)
        self._down = _by_place(((s.x0, s.y0, s.y1) for s in down), self.xs)
        self.cells = self._cells() if self.is_table else {}

    @property
    def is_table(self) -> bool:
        return (
            2 <= len(self.xs) <= MOST_LINES
            and 2 <= len(self.ys) <= MOST_LINES
            and len(self.xs) + len(self.ys) > 4
        )

    @property
    def is_open_below(self) -> bool:
        """Whether its last row has no line below it: where a table is cut off at the end of a page."""
        return not self._across[len(self.ys) - 1]

    def place(self, x: float, y: float) -> tuple[int, int] | None:
        """The row and the column of the elementary cell that a point lies in; None where it lies outside."""
        column = next((c for c, (a, b) in enumerate(pairwise(self.xs)) if a <= x < b), None)
        row = next((r for r, (a, b) in enumerate(pairwise(self.ys)) if a >= y > b), None)
        return (row, column) if row is not None and column is not None else None

    def _cells(self) -> dict[tuple[int, int], tuple[int, int, int, int]]:
        """By elementary cell: the row, the column and the span of the cell it belongs to."""
        rows, columns = len(self.ys) - 1, len(self.xs) - 1
        parent = {(r, c): (r, c) for r in range(rows) for c in range(columns)}

        def root(cell: tuple[int, int]) -> tuple[int, int]:
            while parent[cell] != cell:
                parent[cell] = cell = parent[parent[cell]]
            return cell

        for r, c in parent:
            if c + 1 < columns and not self._is_parted(self._down[c + 1], self.ys[r + 1], self.ys[r]):
                parent[root((r, c + 1))] = root((r, c))
            if r + 1 < rows and not self._is_parted(self._across[r + 1], self.xs[c], self.xs[c + 1]):
                parent[root((r + 1, c))] = root((r, c))
        members: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
        for cell in parent:
            members[root(cell)].append(cell)
        spans = {}
        for cells in members.values():
            top, left = min(r for r, _ in cells), min(c for _, c in cells)
            height, width = max(r for r, _ in cells) + 1 - top, max(c for _, c in cells) + 1 - left
            whole = height * width == len(cells)
            for r, c in cells:
                spans[r, c] = (top, left, height, width) if whole else (r, c, 1, 1)
        return spans

    @staticmethod
    def _is_parted(lines: Sequence[tuple[float, float]], start: float, end: float) -> bool:
        """Whether a line runs from one end of the border between two cells to the other."""
        middle = (start + end) / 2
        return any(a - NEAR <= middle <= b + NEAR for a, b in lines)


def tables(segments: Sequence[Segment]) -> Iterator[Ruled]:
    """The tables that lines make: those that touch belong together."""
    groups: list[list[Segment]] = []
    bounds: list[tuple[float, float, float, float]] = []
    for segment in sorted(segments, key=lambda s: (-s.y1, s.x0)):
        touching = [i for i, box in enumerate(bounds) if _touches(segment, box)]
        if not touching:
            groups.append([segment])
            bounds.append(tuple(segment))  # type: ignore[arg-type]
            continue
        first, *others = touching
        groups[first].append(segment)
        bounds[first] = _around(bounds[first], segment)
        for other in reversed(others):
            groups[first] += groups.pop(other)
            bounds[first] = _around(bounds[first], bounds.pop(other))
    yield from (table for group in groups if (table := Ruled(group)).is_table)


def _touches(one: Sequence[float], other: Sequence[float]) -> bool:
    return (
        one[0] <= other[2] + NEAR
        and other[0] <= one[2] + NEAR
        and one[1] <= other[3] + NEAR
        and other[1] <= one[3] + NEAR
    )


def _around(one: Sequence[float], other: Sequence[float]) -> tuple[float, float, float, float]:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _merged(values: Sequence[float]) -> list[float]:
    """The values in their order, those that are nearly the same as one."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > NEAR:
            found.append(value)
    return found


def _by_place(
    lines: Iterator[tuple[float, float, float]], places: Sequence[float]
) -> dict[int, list[tuple[float, float]]]:
    """By the number of its place: from where to where a line runs there; ends that meet are joined."""
    found: dict[int, list[tuple[float, float]]] = {i: [] for i in range(len(places))}
    for at, start, end in sorted(lines):
        i = min(range(len(places)), key=lambda i: abs(places[i] - at))
        found[i].append((start, end))
    return found
