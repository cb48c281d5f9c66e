"""Where the pages of the Word document end, as far as that can be told without a program that sets them.

A table stays whole: where it does not fit under the text it moves to the next page, and what is left of the page
stays empty. Rows set a little closer may keep it under the text. A wrong estimate does no harm: the table moves, as it
would have.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil

from ..form.model import GridCell, Table
from ..model.document import Section
from .word_tables import BORDER, TableStyles, length

LINE = 1.3
"""Height of a line of a table in sizes of its characters, as Word sets Chinese fonts."""
SPARE = 2.0
"""What a table must leave free, in mm: so much the estimate may be wrong."""
STEP = 0.1
"""By how much rows are set closer, in mm."""
TIGHTEST = 0.2
"""Above and below the text of a cell, in mm, where closer rows alone do not keep a table under the text."""


@dataclass(frozen=True)
class RowHeight:
    """How high the rows of a table are at least, and the space above and below their text; lengths in mm."""

    least: float
    margin: float | None = None
    """None: that of the table's style."""


@dataclass(frozen=True)
class Paper:
    """The text area of a page and the body's text; lengths in mm."""

    width: float
    height: float
    pitch: float
    """From line to line of the text."""
    size: float
    """Of a character of the text, with the space after it."""

    def lines(self, text: str) -> int:
        """How many lines a paragraph takes, its first line indented by two characters."""
        return ceil(length(f"　　{text}", self.size) / self.width)


def _height(needed: Sequence[float], row_height: float) -> float:
    """The height of a printed table whose rows need so much each, and are at least ``row_height`` high."""
    return sum(max(row_height, each) for each in needed)


def row_heights(
    sections: Iterable[Section], paper: Paper, styles: Mapping[str, TableStyles], before: float, around: float
) -> dict[str, RowHeight]:
    """The height of the rows of each table, by its key: closer where that keeps it whole under the text before it.

    ``before`` is what stands above the first part, ``around`` the space between a heading and its table.
    """
    heights, used = {}, before
    for section in sections:
        heading = paper.pitch * paper.lines(section.part.heading) if section.part.heading else 0.0
        if section.table is None:
            lines = sum(paper.lines(paragraph.text) for paragraph in section.paragraphs)
            used = (used + heading + lines * paper.pitch) % paper.height
            continue
        table, room = section.table, paper.height - used - heading - 2 * around
        rows, height = _rows(table, styles[table.key], room - SPARE)
        heights[table.key] = rows
        height += heading + 2 * around
        used = used + height if used + height <= paper.height else height
    return heights


def _rows(table: Table, styles: TableStyles, room: float) -> tuple[RowHeight, float]:
    """The rows of a table, as high as they fit into the room, and the height of the table; where none fit, as always."""
    as_always = RowHeight(table.row_height)
    needed = _needed_heights(table, styles)
    usual = _height(needed, as_always.least)
    if usual <= room:
        return as_always, usual
    least = max(needed)
    for row_height in _down(table.row_height, least):
        if (height := _height(needed, row_height)) <= room:
            return RowHeight(row_height), height
    for margin in _down((styles.margin - BORDER) / 2, TIGHTEST):
        closer = _needed_heights(table, replace(styles, margin=2 * margin + BORDER))
        if len({*closer}) == 1 and (height := sum(closer)) <= room:
            return RowHeight(closer[0], margin), height
    return as_always, usual


def _down(highest: float, lowest: float) -> Iterator[float]:
    """The steps from one length down to another."""
    length = highest - STEP
    while length >= lowest:
        yield length
        length -= STEP
    if lowest < highest:
        yield lowest


def too_long(table: Table, paper: Paper, styles: TableStyles, heading: float) -> bool:
    """Whether the table and its ``heading`` take more than a page."""
    return heading + _height(_needed_heights(table, styles), table.row_height) > paper.height


def _lines(cell: GridCell, table: Table, styles: TableStyles) -> int:
    """How many lines a label takes."""
    width = sum(table.widths[cell.column : cell.column + cell.columns]) - styles.padding
    fits = length(cell.label, styles.size) <= width
    return 1 if fits else sum(ceil(length(piece, styles.size) / width) for piece in cell.pieces)


def _needed_heights(table: Table, styles: TableStyles) -> list[float]:
    """What the rows need for their text."""
    return [
        max((_lines(cell, table, styles) for cell in row if cell.rows == 1 and cell.pieces), default=1)
        * styles.size
        * LINE
        + styles.margin
        for row in table.grid
    ]
