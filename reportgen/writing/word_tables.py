"""The tables of the form as Word tables: spans, widths, heads that repeat, rows that stay whole.

Word takes column widths from ``w:tcW``, WPS from ``w:gridCol``: both are set and equal, and the layout is fixed.
Widths are in mm.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise

from ..form.grid import by_place
from ..form.model import GridCell, Table
from ..model.findings import UNFILLED
from .wordml import LINE_BREAK, attribute, paragraph, run, twips

BORDER = 0.2
"""Width of the line between two cells."""
NARROWEST = 22.0
"""The widest column of labels gets no narrower than this to make room for long figures."""
DIGIT = 0.5
"""Width of a digit of the Latin font in parts of its size; of a Chinese character: 1."""

Show = Callable[[str | None], str]
"""Prints a figure, or None as not filled in, as runs for the width of its cell."""
Figures = Callable[[str, Show], str]
"""The runs in the cell of a key."""


@dataclass(frozen=True)
class TableStyles:
    """The ids of the styles of a table, and lengths of its text and its cells in mm."""

    table: str
    label: str
    head: str
    figure: str
    unfilled: str
    size: float
    padding: float
    """Of a cell, left and right together, with the line beside it, in mm."""
    margin: float
    """The same above and below."""


def table_xml(
    table: Table,
    description: str,
    figures: Mapping[str, str],
    styles: TableStyles,
    printed: Figures,
    row_height: float,
    margin: float | None = None,
) -> str:
    """The ``w:tbl`` of a table; ``description`` is its alternative text, ``row_height`` the least of a row in mm.

    ``margin`` is left above and below the text of a cell, in mm; the style says so where it is None.

    The columns are made wide enough for ``figures``; what stands in their cells is what ``printed`` makes of them.
    """
    widths = _with_room(table, figures, styles)
    edges = [twips(edge) for edge in accumulate(widths, initial=0.0)]
    columns = "".join(f'<w:gridCol w:w="{right - left}"/>' for left, right in pairwise(edges))
    at = by_place(table.grid)
    rows = "".join(_row(table, r, at, edges, printed, styles, row_height) for r in range(len(table.grid)))
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{styles.table}"/><w:tblW w:w="{edges[-1]}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/>{_margins(margin)}<w:tblLook w:val="0000"/>'
        f"<w:tblCaption w:val={attribute(table.name)}/><w:tblDescription w:val={attribute(description)}/></w:tblPr>"
        f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


def _margins(margin: float | None) -> str:
    if margin is None:
        return ""
    top, bottom = (f'<w:{side} w:w="{twips(margin)}" w:type="dxa"/>' for side in ("top", "bottom"))
    return f"<w:tblCellMar>{top}{bottom}</w:tblCellMar>"


def _row(
    table: Table,
    r: int,
    at: Mapping[tuple[int, int], GridCell],
    edges: Sequence[int],
    printed: Figures,
    styles: TableStyles,
    row_height: float,
) -> str:
    head = "<w:tblHeader/>" if r < table.head_rows else ""
    height = f'<w:trHeight w:val="{twips(row_height)}" w:hRule="atLeast"/>'
    # Kept together with the next row, all rows of a table that fits stay on one page, its heading too.
    together = "<w:keepNext/>" if r + 1 < len(table.grid) else ""
    cells = []
    for cell in _row_cells(at, r, len(table.widths)):
        width = edges[cell.column + cell.columns] - edges[cell.column]
        style, runs = _content(cell, r, width, printed, styles)
        if style == styles.label and (r < table.head_rows or not table.groups):
            style = styles.head
        cells.append(f"<w:tc>{_cell_properties(cell, r, width)}{paragraph(style, runs, together)}</w:tc>")
    return f"<w:tr><w:trPr><w:cantSplit/>{height}{head}</w:trPr>{''.join(cells)}</w:tr>"


def _row_cells(at: Mapping[tuple[int, int], GridCell], r: int, width: int) -> Iterator[GridCell]:
    """The cells of one row from left to right, those that began in a row above too."""
    c = 0
    while c < width:
        yield at[r, c]
        c += at[r, c].columns


def _cell_properties(cell: GridCell, r: int, width: int) -> str:
    span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
    merge = "" if cell.rows == 1 else '<w:vMerge w:val="restart"/>' if r == cell.row else "<w:vMerge/>"
    return f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="center"/></w:tcPr>'


def _content(cell: GridCell, r: int, width: int, printed: Figures, styles: TableStyles) -> tuple[str, str]:
    """The paragraph style and the runs of a cell; what began in a row above is empty."""
    if cell.kind == "figure":
        return styles.figure, printed(cell.key, lambda figure: _figure(figure, cell.unit, width, styles))
    return styles.label if cell.kind in ("note", "row") else styles.head, _label(
        cell, width, styles
    ) if r == cell.row else ""


def _label(cell: GridCell, width: int, styles: TableStyles) -> str:
    """The label, broken at its own places where it does not fit on one line."""
    fits = length(cell.label, styles.size) + styles.padding <= width / twips(1)
    pieces = [cell.label] if fits else cell.pieces
    return LINE_BREAK.join(run(piece) for piece in pieces)


def _figure(figure: str | None, unit: str, width: int, styles: TableStyles) -> str:
    """The figure and its unit on one line: where they are too long for their cell they are set narrower."""
    if figure is None:
        return run(UNFILLED, styles.unfilled)
    figure += unit
    room = (width / twips(1) - styles.padding) / length(figure, styles.size)
    return run(figure, properties="" if room >= 1 else f'<w:w w:val="{max(33, int(room * 100))}"/>')


@lru_cache(maxsize=1024)
def length(text: str, size: float) -> float:
    """The width of a line of text in mm."""
    return sum(DIGIT if char.isascii() else 1 for char in text) * size


def _with_room(table: Table, figures: Mapping[str, str], styles: TableStyles) -> list[float]:
    """The widths of the columns, those with long figures wider at the cost of the widest column of labels."""
    needed: dict[int, float] = {}
    for cell in (cell for row in table.grid for cell in row if cell.kind == "figure" and cell.columns == 1):
        wide = length(figures.get(cell.key, ""), styles.size) + styles.padding
        needed[cell.column] = max(wide, needed.get(cell.column, 0.0))
    widths = list(table.widths)
    labels = [c for c in range(len(widths)) if c not in needed]
    for column, wide in needed.items():
        widest = max(labels, key=lambda c: widths[c], default=None)
        if widest is not None and wide > widths[column]:
            given = min(wide - widths[column], max(0.0, widths[widest] - NARROWEST))
            widths[column] += given
            widths[widest] -= given
    return widths
