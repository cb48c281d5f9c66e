"""A sheet of any workbook -> its blocks: tables between empty rows, lines before and after them.

A row of one cell before or after a table is a line, but for a number, and for a short label as wide as the table. Hidden rows and columns are left out, as if they were not there.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from ...model.chinese import numbering
from .extract import Block, Grid, Spot
from .workbook import Sheet

WIDEST, HIGHEST = 200, 1000
"""Columns of a table, and rows of a merged cell; tables of reports have 15, and 25."""
LONGEST_LABEL = 15
"""Characters; a title is longer."""
FEWEST_LABELS = 3
"""Of a table that stands beside another one: with fewer words a column has a head, or a note."""
MOST_PLACES = 200_000
"""Of a table, empty cells counted."""


def blocks(sheet: Sheet) -> list[Block]:
    """The blocks of a sheet from top to bottom."""
    spots = list(_shown(sheet))
    filled = sorted({row for spot in spots for row in range(spot.row, spot.row + spot.rows)})
    starts = [row for before, row in pairwise([-2, *filled]) if row != before + 1]
    ends = [row for row, after in pairwise([*filled, -1]) if after != row + 1]
    tops = [spot.row for spot in spots]
    found: list[Block] = []
    for start, end in zip(starts, ends, strict=True):
        found += _block(spots[bisect_left(tops, start) : bisect_left(tops, end + 1)], start, end)
    return found


def _shown(sheet: Sheet) -> Iterator[Spot]:
    """The cells that are shown and not empty, at their places among the rows and columns that are shown."""
    rows, columns = sorted(sheet.hidden_rows), sorted(sheet.hidden_columns)
    last_row = max((row for row, _ in sheet.values), default=0)
    last_column = max((column for _, column in sheet.values), default=0)
    ends = {(each.row, each.column): (each.last_row, each.last_column) for each in sheet.merged}

    def row_shown(row: int) -> int:
        return row - bisect_left(rows, row)

    def column_shown(column: int) -> int:
        return column - bisect_left(columns, column)

    for (row, column), value in sorted(sheet.values.items()):
        end_row, end_column = ends.get((row, column), (row, column))
        top, left = row_shown(row), column_shown(column)
        height = row_shown(min(end_row, last_row) + 1) - top
        width = column_shown(min(end_column, last_column) + 1) - left
        if value.text and height > 0 and width > 0:
            yield Spot(value.text, top, left, min(height, HIGHEST), min(width, WIDEST))


def _block(spots: Sequence[Spot], start: int, end: int) -> Iterator[Block]:
    """The lines and the table of rows that follow each other, or of each of several tables beside one another."""
    if len(beside := _beside(spots)) > 1:
        for part in beside:
            yield from _block(part, start, end)
        return
    cells = Counter(row for spot in spots for row in range(spot.row, spot.row + spot.rows))
    wide = [row for row in range(start, end + 1) if cells[row] > 1]
    if not wide:
        yield from _lines(spots)
        return
    first, last = wide[0], wide[-1]
    inside = [spot for spot in spots if first <= spot.row <= last]
    left, right = min(spot.column for spot in inside), max(spot.column + spot.columns for spot in inside)
    own = {spot.row for spot in spots if left <= spot.column < right and _belongs(spot, right - left)}
    while first - 1 in own:
        first -= 1
    while last + 1 in own:
        last += 1
    yield from _lines(spot for spot in spots if spot.row < first)
    yield _grid([spot for spot in spots if first <= spot.row <= last], first, last)
    yield from _lines(spot for spot in spots if spot.row > last)


def _beside(spots: Sequence[Spot]) -> list[list[Spot]]:
    """The cells, cut at the columns where nothing stands and behind which a column of labels begins."""
    taken = sorted({column for spot in spots for column in range(spot.column, spot.column + spot.columns)})
    starts = [after for before, after in pairwise(taken) if after > before + 1]
    words = Counter(spot.column for spot in spots if any(char.isalpha() for char in spot.text))
    found: list[list[Spot]] = [[]]
    cuts = iter([start for start in starts if words[start] >= FEWEST_LABELS])
    cut = next(cuts, None)
    for spot in sorted(spots, key=lambda spot: (spot.column, spot.row)):
        while cut is not None and spot.column >= cut:
            found.append([])
            cut = next(cuts, None)
        found[-1].append(spot)
    return [sorted(part, key=lambda spot: (spot.row, spot.column)) for part in found]


def _belongs(spot: Spot, width: int) -> bool:
    """Whether a cell that is alone in its row is one of the table, and no heading or sentence beside it."""
    if not any(char.isalpha() for char in spot.text):
        return True
    return spot.columns == width and len(spot.text) <= LONGEST_LABEL and numbering(spot.text) is None


def _lines(spots: Iterable[Spot]) -> Iterator[str]:
    for spot in spots:
        yield from (line.strip() for line in spot.text.split("\n") if line.strip())


def _grid(spots: Sequence[Spot], first: int, last: int) -> Grid:
    """The table: where nothing stands there is an empty cell, so that every row is as long as the others."""
    left = min(spot.column for spot in spots)
    right = min(max(spot.column + spot.columns for spot in spots), left + WIDEST)
    taken: set[tuple[int, int]] = set()
    placed: list[Spot] = []
    room = MOST_PLACES
    for spot in spots:
        height, width = min(spot.rows, last + 1 - spot.row), min(spot.columns, right - spot.column)
        if width > 0:
            if height * width > room:
                height = width = 1
            room -= height * width
            places = {(spot.row + i, spot.column + j) for i in range(height) for j in range(width)}
            if places.isdisjoint(taken):
                taken |= places
                placed.append(spot._replace(rows=height, columns=width))
    if (last + 1 - first) * (right - left) <= MOST_PLACES:
        whole = ((row, column) for row in range(first, last + 1) for column in range(left, right))
        placed += [Spot("", *place) for place in whole if place not in taken]
    placed.sort(key=lambda spot: (spot.row, spot.column))
    return Grid(tuple(spot._replace(row=spot.row - first, column=spot.column - left) for spot in placed))
