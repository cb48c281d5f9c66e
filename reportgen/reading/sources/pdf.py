"""A PDF that holds text: its lines joined to paragraphs, and the tables that its drawn lines make.

Positions are in points from the lower left corner of a page.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...model.findings import unusable
from .extract import PDF, Aside, Block, Extract, Grid
from .pdf_drawing import Drawing, moved
from .pdf_lines import Line, Piece, lines_of, once, paragraphs
from .pdf_tables import Table, joined, tables_of
from .radicals import with_characters
from .ruled import Ruled, Segment, tables

if TYPE_CHECKING:
    from pypdf import PageObject

MOST_PAGES = 200
LARGEST_PAGE, LARGEST_PAGES = 2 * 1024 * 1024, 6 * 1024 * 1024
"""Bytes of drawing, unpacked, of one page and of all; a page of a report has fifty thousand."""
MOST_OPERATIONS = 400_000
"""Of all pages together; a page of a report has about two thousand."""
_PAGE_NUMBER = re.compile(
    r"[-—–－\s·.]*\d{1,3}[-—–－\s·.]*|第\s*\d{1,3}\s*页(?:\s*共\s*\d{1,3}\s*页)?|\d{1,3}\s*/\s*\d{1,3}"
)
_DIGITS = re.compile(r"\d+")
_AS_WORD = "请用 WPS 或 Word 打开它，另存为 .docx，再导入。"


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
    blocks, beside, remarks = pages.read_all()
    if sum(len(block) for block in blocks if isinstance(block, str)) < 50 and not any(
        isinstance(b, Grid) for b in blocks
    ):
        raise unusable(
            path, "PDF 里没有文字，大概是扫描件。", "扫描件不能读；请向制作单位要 Word 或网页的版本。"
        )
    return Extract(PDF, blocks, beside=tuple(Aside(line, -1, ()) for line in beside), remarks=remarks)


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
        drawing = Drawing()

        def on_text(text: str, cm: Sequence[float], tm: Sequence[float], font: Any, size: float) -> None:
            if text.strip():
                x, y = moved(tm[4], tm[5], cm)
                height = abs(size * (tm[3] or tm[1]) * (cm[3] or cm[1]))
                pieces.append(Piece(x, y, height or 10, with_characters(text.strip())))

        def on_operation(operator: bytes, operands: Any, cm: Sequence[float], tm: Sequence[float]) -> None:
            self.operations += 1
            if self.operations > MOST_OPERATIONS:
                raise _TooLarge
            drawing.on(operator, operands, cm)

        page.extract_text(visitor_text=on_text, visitor_operand_before=on_operation)
        self.found.append((once(pieces), drawing.segments))

    def read_all(self) -> tuple[tuple[Block, ...], tuple[str, ...], tuple[str, ...]]:
        """The paragraphs and tables of all pages, what stands at the top or foot of each, and what is to be said of them.

        A paragraph or a table may go on on the next page.
        """
        pages: list[list[Line | Table]] = []
        remarks: list[str] = []
        for number, (pieces, segments) in enumerate(self.found, 1):
            found = list(tables(segments))
            pages.append(_page(pieces, found))
            if any(table.is_open_below for table in found):
                remarks.append(
                    f"第 {number} 页有一张表，最后一行下面没有画线；请对照原文看看这一行读得对不对。"
                )
        beside = _at_edges(pages)
        kept: list[Line | Table] = []
        for page in pages:
            own = [each for each in page if not (isinstance(each, Line) and each.text in beside)]
            if kept and own and (whole := joined(kept[-1], own[0])) is not None:
                kept[-1:], own = [whole], own[1:]
            kept += own
        blocks = [each if isinstance(each, Line) else each.grid for each in kept]
        return tuple(paragraphs(blocks)), tuple(beside), tuple(remarks)


def _at_edges(pages: Sequence[Sequence[Line | Table]]) -> list[str]:
    """The first and last lines that stand on most pages, whatever numbers are in them."""
    edges = [{i: each.text for i in (0, -1) if page and isinstance(each := page[i], Line)} for page in pages]
    often = Counter((i, _DIGITS.sub("", text)) for page in edges for i, text in page.items())
    found = (
        text
        for page in edges
        for i, text in page.items()
        if often[i, _DIGITS.sub("", text)] > max(1, len(pages) / 2)
    )
    return list(dict.fromkeys(found))


def _page(pieces: Sequence[Piece], found: Sequence[Ruled]) -> list[Line | Table]:
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
    placed: list[tuple[float, Line | Table]] = []
    for i, table in enumerate(found):
        if inside[i]:
            parts, framed = tables_of(table, inside[i])
            placed += parts
            outside += framed
    placed += [(line.y, line) for line in lines_of(outside) if not _PAGE_NUMBER.fullmatch(line.text)]
    return [block for _, block in sorted(placed, key=lambda each: -each[0])]
