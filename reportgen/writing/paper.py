"""Where the pages of the Word document end, as far as that can be told without a program that sets them.

A table stays whole: where it does not fit under the text it moves to the next page, and what is left of the page
stays empty. Rows set a little closer may keep it under the text. A wrong estimate does no harm: the table moves, as it
would have.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from ..form.model import GridCell, Table
from ..model.document import Section
from .word_tables import TableStyles, length

LINE = 1.3
"""Height of a line of a table in sizes of its characters, as Word sets Chinese fonts."""
SPARE = 6.0
"""What a table must leave free, in mm: so much the estimate may be wrong."""
STEP = 0.1
"""By how much rows are set closer, in mm."""


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
) -> dict[str, float]:
    """The least height of the rows of each table, by its key.

    ``before`` is what stands above the first part, ``around`` the space between a heading and its table.
    """
    heights, used = {}, before
    for section in sections:
        heading = paper.pitch * paper.lines(section.part.heading) if section.part.heading else 0.0
        if section.table is None:
            lines = sum(paper.lines(paragraph.text) for paragraph in section.paragraphs)
            used = (used + heading + lines * paper.pitch) % paper.height
            continue
        table, row_height = section.table, section.table.row_height
        room = paper.height - used - heading - 2 * around - SPARE
        needed = _needed_heights(table, styles[table.key])
        least = max(needed)
        if row_height > least and _height(needed, least) <= room:
            while _height(needed, row_height) > room:
                row_height -= STEP
        heights[table.key] = row_height
        height = heading + 2 * around + _height(needed, row_height)
        used = used + height if used + height <= paper.height else height
    return heights


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
