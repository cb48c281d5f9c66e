"""A Word file (.docx, .docm) of any make, with all tracked changes accepted."""

from __future__ import annotations

from pathlib import Path

from ...model.findings import unusable
from ...model.package import Package, PackageError
from .. import word_text
from ..word_file import hold
from ..word_intent import unjudged
from ..word_lines import Line
from ..word_styles import NUMBERING, STYLES, Styles
from ..word_text import lines_of
from .extract import WORD, Block, Extract, Grid, Spot
from .word_boxes import set_out
from .word_numbers import write_numbers

DOCUMENT = "word/document.xml"


def extract(path: Path, data: bytes) -> Extract:
    """The lines and tables of a Word file.

    Raises:
        InputError: it is damaged, locked or not safe to read.
    """
    try:
        package = Package.of(data)
        document = package.xml(DOCUMENT)
        looks, numbering = package.xml(STYLES), package.xml(NUMBERING)
        styles = Styles.of(looks, numbering)
    except PackageError as error:
        raise unusable(path, error.message, error.advice) from None
    body = None if document is None else document.find("{*}body")
    if document is None or body is None:
        raise unusable(path, "Word 文件里没有正文。", "请在 Word 或 WPS 里打开它，另存为 .docx。")
    hold(path, document, None)
    write_numbers(body, looks, numbering)
    set_out(body)
    found = word_text.blocks(body, styles)
    remarks = [f"{said}；请对照原文看看。" for _, line in lines_of(found) for said in unjudged(line)]
    return Extract(WORD, tuple(_block(block) for block in found), remarks=tuple(remarks))


def _block(block: Line | word_text.Grid) -> Block:
    return block.text.strip() if isinstance(block, Line) else _grid(block)


def _grid(grid: word_text.Grid) -> Grid:
    """The cells at their places: one that goes on in the row below spans it (ECMA-376 part 1, 17.4.84)."""
    spots: list[Spot] = []
    above: dict[int, int] = {}
    for r, row in enumerate(grid.rows):
        c = 0
        for cell in row:
            c += cell.skipped
            started = above.get(c)
            if cell.goes_on and started is not None:
                spot = spots[started]
                own = cell.text.strip()  # what programs repeat there is not shown
                text = spot.text + (own if own != spot.text else "")
                spots[started] = spot._replace(rows=r + 1 - spot.row, text=text)
            else:
                above[c] = len(spots)
                spots.append(Spot(cell.text.strip(), r, c, 1, cell.columns))
            c += cell.columns
    return Grid(tuple(spots))
