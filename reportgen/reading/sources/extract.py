"""What stands in a file from other hands: its lines and its tables, in their order, with nothing understood yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

PAGE, WORD, SHEET, PDF, TEXT = "网页", "Word 文件", "Excel 工作簿", "PDF", "文本"
"""What a file is, in the clerk's words."""
UNREAD = "有 {} 处图片、输入框或嵌入的内容，里面的文字没有读"
HIDDEN = "{}（网页设为不显示）"
"""What is said of pictures, by their number, and of words that a page hides."""


class Spot(NamedTuple):
    """One cell of a table, at its place and with its span; rows and columns are counted from 0."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    name: str = ""
    """Its id on a web page."""


@dataclass(frozen=True)
class Grid:
    """One table as it stands in the file, spans resolved."""

    spots: tuple[Spot, ...]

    @property
    def rows(self) -> list[tuple[Spot, ...]]:
        """The cells that begin in each row; a row without any is left out."""
        return [tuple(row) for _, row in groupby(self.spots, key=lambda spot: spot.row)]


class Aside(NamedTuple):
    """What stands in a file and is no part of its text, as it says itself: a web site's navigation, what it hides."""

    text: str
    """"" for a picture, a field or what is embedded: words that cannot be read."""
    after: int
    """The block it stands in or behind; -1 before all."""
    home: tuple[int, ...]
    is_hidden: bool = False


Block = str | Grid
"""A line, which is one paragraph, or a table."""


@dataclass(frozen=True)
class Extract:
    """What a file holds."""

    kind: str
    """What it is: PAGE, WORD, SHEET, PDF or TEXT."""
    blocks: tuple[Block, ...]
    titles: tuple[str, ...] = ()
    """Titles that stand outside of the text, as the title of a web page's window."""
    homes: tuple[tuple[int, ...], ...] = ()
    """On a web page: the elements that each block stands in, outermost first, by number."""
    beside: tuple[Aside, ...] = ()
    known: Mapping[str, str] = field(default_factory=dict)
    """Figures that the file itself names by cell key."""
    remarks: tuple[str, ...] = ()
    """What the clerk should know, in Chinese."""
    doubts: tuple[str, ...] = ()
    """Why it may be the wrong file, in Chinese: to be said before all else."""
    year_advice: str = ""
    """Where in the file its year is to be written, in Chinese, where that has a place of its own and is empty."""
    format: str = ""
    """The format of the report, where the file itself says so, as our workbook does; so for the rest."""
    year: int | None = None
    agency: Mapping[str, str] = field(default_factory=dict)
    """By the keys of the input's ``[agency]``."""
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The paragraphs of each part by its key, as they go into an input file: ``{{ }}`` in them prints a figure."""


class Geometry:
    """Places cells as HTML places them: a cell goes to the first free column of its row."""

    MOST_COLUMNS = 400

    def __init__(self) -> None:
        self.spots: list[Spot] = []
        self._row = -1
        self._column = 0
        self._taken: dict[int, int] = {}
        """By column: the first row that is free again."""

    def row(self) -> None:
        """Begin the next row."""
        self._row += 1
        self._column = 0

    def cell(self, text: str, rows: int = 1, columns: int = 1, name: str = "") -> None:
        """Put a cell into the row that was begun; spans are bounded as browsers bound them."""
        rows, columns = min(max(rows, 1), 1000), min(max(columns, 1), self.MOST_COLUMNS)
        while self._taken.get(self._column, 0) > self._row:
            self._column += 1
        self.spots.append(Spot(text, self._row, self._column, rows, columns, name))
        for column in range(self._column, self._column + columns):
            self._taken[column] = self._row + rows
        self._column += columns

    def grid(self) -> Grid:
        """The table; a span that reaches below the last row ends there."""
        return Grid(
            tuple(spot._replace(rows=min(spot.rows, self._row + 1 - spot.row)) for spot in self.spots)
        )


def grid_of(rows: Sequence[Sequence[str]]) -> Grid:
    """A table without spans."""
    return Grid(tuple(Spot(text, r, c) for r, row in enumerate(rows) for c, text in enumerate(row)))
