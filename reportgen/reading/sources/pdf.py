"""A PDF that holds text: its lines joined to paragraphs, and the tables that its drawn lines make.

Positions are in points from the lower left corner of a page.
"""

from __future__ import annotations

import io
import itertools
import re
import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ...model.chinese import SENTENCE_ENDS, numbering
from ...model.findings import unusable
from .extract import PDF, Block, Extract, Grid, Spot
from .ruled import Ruled, Segment, tables

if TYPE_CHECKING:
    from pypdf import PageObject

MOST_PAGES = 200
LARGEST_PAGE, LARGEST_PAGES = 2 * 1024 * 1024, 6 * 1024 * 1024
"""Bytes of drawing, unpacked, of one page and of all; a page of a report has fifty thousand."""
MOST_OPERATIONS = 400_000
"""Of all pages together; a page of a report has about two thousand."""
THIN = 2.0
"""Points: a filled box that is thinner is a line."""
_BLANK = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")
_PAGE_NUMBER = re.compile(
    r"[-—–－\s·.]*\d{1,3}[-—–－\s·.]*|第\s*\d{1,3}\s*页(?:\s*共\s*\d{1,3}\s*页)?|\d{1,3}\s*/\s*\d{1,3}"
)
_AS_WORD = "请用 WPS 或 Word 打开它，另存为 .docx，再导入。"


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
class _Line:
    """One line of text outside of the tables."""

    x: float
    y: float
    end: float
    size: float
    text: str


class _TooLarge(Exception):
    """More is drawn than in any report."""


def extract(path: Path, data: bytes) -> Extract:
    """The paragraphs and tables of a PDF.

    Raises:
        InputError: it is locked, damaged, a scan, or larger than any report.
    """
    import logging

    import pypdf
    from pypdf.errors import FileNotDecryptedError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise FileNotDecryptedError
        if len(reader.pages) > MOST_PAGES:
            raise _TooLarge
        pages = _Pages()
        for page in reader.pages:
            pages.read(page)
    except FileNotDecryptedError:
        raise unusable(
            path, "PDF 加了密码，读不出来。", "请用 WPS 或 Word 打开它，另存为不加密的 .docx，再导入。"
        ) from None
    except _TooLarge:
        raise unusable(
            path,
            f"PDF 超过 {MOST_PAGES} 页，或内容多得不像年度报告，没有读。",
            "请把年度报告那几页单独存成一个文件。",
        ) from None
    except Exception:  # what a broken or hostile PDF raises has no common kind
        raise unusable(path, "PDF 损坏了，或用了不常见的写法，读不出来。", _AS_WORD) from None
    blocks, remarks = pages.read_all()
    if sum(len(block) for block in blocks if isinstance(block, str)) < 50 and not any(
        isinstance(b, Grid) for b in blocks
    ):
        raise unusable(
            path, "PDF 里没有文字，大概是扫描件。", "扫描件不能读；请向制作单位要 Word 或网页的版本。"
        )
    return Extract(PDF, blocks, remarks=remarks)


class _Pages:
    """The pages of a file being read."""

    def __init__(self) -> None:
        self.found: list[tuple[list[Piece], list[Segment]]] = []
        self.operations = 0
        self.bytes = 0

    def read(self, page: PageObject) -> None:
        """Take the pieces of text and the drawn lines of a page."""
        contents = page.get_contents()
        size = len(contents.get_data()) if contents is not None else 0
        self.bytes += size
        if size > LARGEST_PAGE or self.bytes > LARGEST_PAGES:
            raise _TooLarge
        pieces: list[Piece] = []
        drawing = _Drawing()

        def on_text(text: str, cm: Sequence[float], tm: Sequence[float], font: Any, size: float) -> None:
            if text.strip():
                x, y = _moved(tm[4], tm[5], cm)
                height = abs(size * (tm[3] or tm[1]) * (cm[3] or cm[1]))
                pieces.append(Piece(x, y, height or 10, text.strip()))

        def on_operation(operator: bytes, operands: Any, cm: Sequence[float], tm: Sequence[float]) -> None:
            self.operations += 1
            if self.operations > MOST_OPERATIONS:
                raise _TooLarge
            drawing.on(operator, operands, cm)

        page.extract_text(visitor_text=on_text, visitor_operand_before=on_operation)
        self.found.append((_once(pieces), drawing.segments))

    def read_all(self) -> tuple[tuple[Block, ...], tuple[str, ...]]:
        """The paragraphs and tables of all pages, and what is to be said of them.

        A paragraph may go on on the next page.
        """
        lines: list[_Line | Grid] = []
        remarks: list[str] = []
        for number, (pieces, segments) in enumerate(self.found, 1):
            found = list(tables(segments))
            lines += _page(pieces, found)
            if any(table.is_open_below for table in found):
                remarks.append(
                    f"第 {number} 页有一张表，最后一行下面没有画线；请对照原文看看这一行读得对不对。"
                )
        return tuple(_paragraphs(lines)), tuple(remarks)


def _moved(x: float, y: float, cm: Sequence[float]) -> tuple[float, float]:
    return cm[0] * x + cm[2] * y + cm[4], cm[1] * x + cm[3] * y + cm[5]


class _Drawing:
    """Follows what a page draws, as far as it makes lines: paths that are stroked, thin boxes that are filled."""

    def __init__(self) -> None:
        self.segments: list[Segment] = []
        self._lines: list[tuple[float, float, float, float]] = []
        self._boxes: list[tuple[float, float, float, float]] = []
        self._at = (0.0, 0.0)
        self._start = (0.0, 0.0)

    def on(self, operator: bytes, operands: Any, cm: Sequence[float]) -> None:
        """Take one operation (ISO 32000-1, 8.5)."""
        match operator:
            case b"m":
                self._at = self._start = _moved(float(operands[0]), float(operands[1]), cm)
            case b"l":
                to = _moved(float(operands[0]), float(operands[1]), cm)
                self._lines.append((*self._at, *to))
                self._at = to
            case b"h":
                self._lines.append((*self._at, *self._start))
            case b"re":
                x, y, width, height = map(float, operands[:4])
                self._boxes.append((*_moved(x, y, cm), *_moved(x + width, y + height, cm)))
            case b"S" | b"s" | b"B" | b"B*" | b"b" | b"b*":
                for line in self._lines:
                    self._add(*line)
                for x0, y0, x1, y1 in self._boxes:
                    for side in ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)):
                        self._add(*side)
                self._clear()
            case b"f" | b"F" | b"f*":
                for x0, y0, x1, y1 in self._boxes:
                    if min(abs(x1 - x0), abs(y1 - y0)) <= THIN:
                        self._add(x0, y0, x1, y1)
                self._clear()
            case b"n":
                self._clear()

    def _clear(self) -> None:
        self._lines, self._boxes = [], []

    def _add(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Add a line if it runs across or down, as its middle."""
        x0, x1, y0, y1 = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
        if y1 - y0 <= THIN < x1 - x0:
            self.segments.append(Segment(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2))
        elif x1 - x0 <= THIN < y1 - y0:
            self.segments.append(Segment((x0 + x1) / 2, y0, (x0 + x1) / 2, y1))


def _once(pieces: Sequence[Piece]) -> list[Piece]:
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


def _page(pieces: Sequence[Piece], found: Sequence[Ruled]) -> list[_Line | Grid]:
    """The lines and tables of a page from top to bottom."""
    inside: dict[int, dict[tuple[int, int], list[Piece]]] = {i: {} for i in range(len(found))}
    outside: list[Piece] = []
    for piece in pieces:
        for i, table in enumerate(found):
            place = table.place(piece.x + 0.3 * piece.size, piece.y + 0.35 * piece.size)
            if place is not None:
                inside[i].setdefault(table.cells[place][:2], []).append(piece)
                break
        else:
            outside.append(piece)
    placed: list[tuple[float, _Line | Grid]] = [
        (line.y, line) for line in _lines(outside) if not _PAGE_NUMBER.fullmatch(line.text)
    ]
    placed += [(table.ys[0], _grid(table, inside[i])) for i, table in enumerate(found) if inside[i]]
    return [block for _, block in sorted(placed, key=lambda each: -each[0])]


def _grid(table: Ruled, inside: dict[tuple[int, int], list[Piece]]) -> Grid:
    spots = [
        Spot("".join(line.text for line in _lines(inside.get((row, column), []))), row, column, rows, columns)
        for row, column, rows, columns in sorted(set(table.cells.values()))
    ]
    return Grid(tuple(spots))


def _lines(pieces: Sequence[Piece]) -> list[_Line]:
    """The lines that pieces make, from top to bottom."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (-piece.y, piece.x)):
        if rows and abs(rows[-1][0].y - piece.y) < 0.45 * max(piece.size, rows[-1][0].size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [_line(sorted(row, key=lambda piece: piece.x)) for row in rows]


def _line(row: Sequence[Piece]) -> _Line:
    text = row[0].text
    for before, piece in itertools.pairwise(row):
        text += (" " if piece.x - before.end > 0.4 * piece.size else "") + piece.text
    size = statistics.median(piece.size for piece in row)
    return _Line(row[0].x, row[0].y, row[-1].end, size, _BLANK.sub("", text.replace("\n", "")).strip())


def _paragraphs(lines: Sequence[_Line | Grid]) -> Iterator[Block]:
    """The lines joined where a page broke them, and the tables."""
    text = [line for line in lines if isinstance(line, _Line)]
    if not text:
        yield from (line for line in lines if isinstance(line, Grid))
        return
    size = statistics.median(line.size for line in text)
    left = _usual([line.x for line in text if len(line.text) > 12] or [line.x for line in text], min)
    right = _usual([line.end for line in text], max)
    open_line: _Line | None = None
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
            and open_line.end > right - 2.2 * size
            and not (numbering(line.text) and open_line.text[-1:] in SENTENCE_ENDS)
        )
        if paragraph and not goes_on:
            yield paragraph
            paragraph = ""
        paragraph = _joined(paragraph, line.text)
        open_line = line
    if paragraph:
        yield paragraph


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
