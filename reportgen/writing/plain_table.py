"""A plain table of a paper that is no report: rows of cells, each cell the paragraphs that stand in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from .wordml import twips

_SIDES = ("top", "left", "bottom", "right")
_MARGIN = 28
"""Of the cells, in twips: half a millimetre."""


def plain_table(
    style: str,
    widths: Sequence[float],
    rows: Iterable[Sequence[str]],
    *,
    heights: Sequence[float] = (),
    head_rows: int = 0,
    margin: int = _MARGIN,
) -> str:
    """A table in a table style, given by its id; widths and least heights are in mm.

    ``rows`` hold the paragraphs of each cell as XML. The first ``head_rows`` are repeated on every page. Word takes
    widths from the cells, WPS from the grid: both are set.
    """
    edges = [twips(sum(widths[:i])) for i in range(len(widths) + 1)]
    columns = [right - left for left, right in pairwise(edges)]
    grid = "".join(f'<w:gridCol w:w="{column}"/>' for column in columns)
    margins = "".join(f'<w:{side} w:w="{margin}" w:type="dxa"/>' for side in _SIDES)
    body = []
    for i, row in enumerate(rows):
        height = f'<w:trHeight w:val="{twips(heights[i])}" w:hRule="atLeast"/>' if heights else ""
        head = "<w:tblHeader/>" if i < head_rows else ""
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{paragraphs}</w:tc>'
            for width, paragraphs in zip(columns, row, strict=True)
        )
        body.append(f"<w:tr><w:trPr><w:cantSplit/>{height}{head}</w:trPr>{cells}</w:tr>")
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/>'
        f'<w:tblW w:w="{edges[-1]}" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar><w:tblLook w:val="0000"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(body)}</w:tbl>"
    )
