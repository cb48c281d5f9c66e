"""Ruled tables of a PDF with the text in their cells; a table that goes on on the next page is one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ...model.chinese import numbering
from ..labels import is_figure
from .extract import Grid, Spot
from .pdf_lines import Piece, lines_of
from .ruled import NEAR, Ruled

_Cell = tuple[int, int, int, int]
"""Row, column, and how many of each it takes."""


@dataclass(frozen=True)
class Table:
    """A table, and where its columns begin and end, in points."""

    grid: Grid
    columns: tuple[float, ...]


def tables_of(
    ruled: Ruled, inside: Mapping[tuple[int, int], Sequence[Piece]]
) -> tuple[list[tuple[float, Table]], list[Piece]]:
    """What a ruled table holds: tables, each with its upper edge, and pieces of text that it only frames.

    ``inside`` holds the pieces in each cell. A cell as wide as the table with several lines in it is no cell but text in
    a frame.
    """
    cells = sorted(set(ruled.cells.values()))
    width = len(ruled.xs) - 1
    lines = {cell: lines_of(inside.get(cell[:2], ())) for cell in cells}
    frames = [cell for cell in cells if cell[3] == width > 0 and len(lines[cell]) > 1]
    starts = [0, *(row + rows for row, _, rows, _ in frames)]
    ends = [*(row for row, *_ in frames), len(ruled.ys) - 1]
    found = []
    for start, end in zip(starts, ends, strict=True):
        own = [cell for cell in cells if start <= cell[0] < end]
        spots = [Spot("".join(line.text for line in lines[cell]), cell[0] - start, *cell[1:]) for cell in own]
        if any(spot.text for spot in spots):
            found.append((ruled.ys[start], Table(Grid(tuple(spots)), tuple(ruled.xs))))
    return found, [piece for frame in frames for piece in inside.get(frame[:2], ())]


def joined(above: object, below: object) -> Table | None:
    """Two tables, the last of a page and the first of the next, as one; None where they are not one.

    A row that was cut by the end of the page is one row again.
    """
    if not (isinstance(above, Table) and isinstance(below, Table)):
        return None
    columns = max(above.columns, below.columns, key=len)
    upper, lower = _in_columns(above, columns), _in_columns(below, columns)
    if upper is None or lower is None:
        return None
    height = max(spot.row + spot.rows for spot in upper)
    if rest := _rest_of_row(upper, lower, height):
        upper = [
            spot._replace(text=spot.text + rest.get(_place(spot), "")) if _ends(spot, height) else spot
            for spot in upper
        ]
        lower = [
            spot._replace(row=max(0, spot.row - 1), rows=spot.rows - (spot.row == 0))
            for spot in lower
            if spot.row > 0 or spot.rows > 1
        ]
    return Table(Grid((*upper, *(spot._replace(row=spot.row + height) for spot in lower))), columns)


def _in_columns(table: Table, columns: Sequence[float]) -> list[Spot] | None:
    """The cells of a table in the columns of one that may have more; None where its own are no such columns."""
    places = [next((i for i, x in enumerate(columns) if abs(x - own) <= NEAR), -1) for own in table.columns]
    if -1 in places or (places[0], places[-1]) != (0, len(columns) - 1):
        return None
    return [
        spot._replace(
            column=places[spot.column],
            columns=places[spot.column + spot.columns] - places[spot.column],
        )
        for spot in table.grid.spots
    ]


def _ends(spot: Spot, height: int) -> bool:
    return spot.row + spot.rows == height


def _rest_of_row(upper: Sequence[Spot], lower: Sequence[Spot], height: int) -> dict[tuple[int, ...], str]:
    """What a first row adds to the last one above it, by column and span; nothing where it is a row of its own.

    It has no label that is numbered; and it has words below words and no figures, or the row above has words only and
    it has figures only.
    """
    last = {_place(spot): spot.text for spot in upper if _ends(spot, height)}
    first = {_place(spot): spot.text for spot in lower if spot.row == 0}
    rest = {place: text for place, text in first.items() if text}
    if not rest or any(place not in last for place in rest):
        return {}
    figures = {place for row in (last, first) for place, text in row.items() if text and is_figure(text)}
    of_last = {place for place in figures if last[place]}
    are_words = all(
        last[place] and place not in figures and not numbering(text) for place, text in rest.items()
    )
    are_figures = all(not last[place] and place in figures for place in rest) and any(last.values())
    return rest if (of_last and are_words) or (not of_last and are_figures) else {}


def _place(spot: Spot) -> tuple[int, ...]:
    return spot.column, spot.columns
