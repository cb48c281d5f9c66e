"""Pieces of text as a PDF sets them -> lines, and paragraphs where a page broke them.

Positions are in points from the lower left corner of a page.
"""

from __future__ import annotations

import itertools
import re
import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ...model.chinese import SENTENCE_ENDS, numbering
from .extract import Block, Grid

_BLANK = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")


class Piece(NamedTuple):
    """A piece of text as it was set: where it begins, and how large its characters are."""

    x: float
    y: float
    size: float
    text: str

    @property
    def end(self) -> float:
        """About where it ends: a Chinese character is as wide as it is high, others half."""
        return self.x + sum(self.size * (0.5 if char.isascii() else 1) for char in self.text)


@dataclass(frozen=True)
class Line:
    """One line of text outside of the tables."""

    x: float
    y: float
    end: float
    size: float
    text: str


def once(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces without those that were set again at nearly the same place, to look bold."""
    seen: dict[str, list[Piece]] = {}
    found = []
    for piece in pieces:
        before = seen.setdefault(piece.text, [])
        if any(
            abs(piece.x - other.x) < 0.12 * piece.size + 0.3 and abs(piece.y - other.y) < 1
            for other in before
        ):
            continue
        before.append(piece)
        found.append(piece)
    return found


def lines_of(pieces: Sequence[Piece]) -> list[Line]:
    """The lines that pieces make, from top to bottom."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (-piece.y, piece.x)):
        if rows and abs(rows[-1][0].y - piece.y) < 0.45 * max(piece.size, rows[-1][0].size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [_line(sorted(row, key=lambda piece: piece.x)) for row in rows]


def _line(row: Sequence[Piece]) -> Line:
    text = row[0].text
    for before, piece in itertools.pairwise(row):
        text += (" " if piece.x - before.end > 0.4 * piece.size else "") + piece.text
    size = statistics.median(piece.size for piece in row)
    return Line(row[0].x, row[0].y, row[-1].end, size, _BLANK.sub("", text.replace("\n", "")).strip())


def paragraphs(lines: Sequence[Line | Grid]) -> Iterator[Block]:
    """The lines joined where a page broke them, and the tables."""
    text = [line for line in lines if isinstance(line, Line)]
    if not text:
        yield from (line for line in lines if isinstance(line, Grid))
        return
    size = statistics.median(line.size for line in text)
    left = _usual([line.x for line in text if len(line.text) > 12] or [line.x for line in text], min)
    right = _usual([line.end for line in text], max)
    open_line: Line | None = None
    paragraph = ""
    for line in lines:
        if isinstance(line, Grid):
            if paragraph:
                yield paragraph
            paragraph, open_line = "", None
            yield line
            continue
        goes_on = (
            open_line is not None
            and line.x - left < 1.2 * size
            and open_line.end + _unbroken(line.text) * size > right - 1.2 * size
            and not (numbering(line.text) and open_line.text[-1:] in SENTENCE_ENDS)
        )
        if paragraph and not goes_on:
            yield paragraph
            paragraph = ""
        paragraph = _joined(paragraph, line.text)
        open_line = line
    if paragraph:
        yield paragraph


def _unbroken(text: str) -> float:
    """How wide the first piece of a line is that no line break may part, in sizes: a number, a word, with its comma."""
    found = re.match(r"[!-~]*[^!-~]?[，。、；：？！）》〉”’％]*", text)
    return sum(0.5 if char.isascii() else 1 for char in found[0]) if found else 0


def _joined(one: str, other: str) -> str:
    """Two lines of a paragraph as one; only between Latin words a line end is a blank."""
    is_between_words = (
        one[-1:].isascii() and one[-1:].isalpha() and other[:1].isascii() and other[:1].isalpha()
    )
    return one + " " * is_between_words + other


def _usual(values: Sequence[float], pick: Callable[[list[float]], float]) -> float:
    """The margin: the outermost place that several lines reach."""
    often = [value for value in values if sum(abs(value - other) < 6 for other in values) >= 3]
    return pick(list(often or values))
