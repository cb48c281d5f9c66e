"""The body of a Word file as lines and tables, as it is with all tracked changes accepted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .printed import Place, cut
from .word_elements import DELETED, INSERTED, NOTHING, TRANSPARENT, name, said, value
from .word_lines import Line
from .word_runs import Runs
from .word_styles import Styles

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_COLUMNS = 63
"""Of a table in Word."""


@dataclass
class Grid:
    """One table: its rows of cells as they stand in the file; a cell of a merged column is empty."""

    rows: list[list[Line]] = field(default_factory=list)
    foreign: set[str] = field(default_factory=set)
    """What stands between its rows and cells, in Chinese."""


def blocks(body: _Element, styles: Styles | None = None) -> list[Line | Grid]:
    """The lines and tables of a body in their order."""
    runs = Runs(styles or Styles())
    found = list(_blocks(body, runs))
    left = runs.close()
    return [*found, left] if left else found


def lines_of(found: Sequence[Line | Grid]) -> Iterator[tuple[Place, Line]]:
    """Every line and every cell with its place."""
    for i, block in enumerate(found):
        if isinstance(block, Line):
            yield (i,), block
        else:
            for r, row in enumerate(block.rows):
                for c, cell in enumerate(row):
                    yield (i, r, c), cell


def _blocks(body: _Element, runs: Runs) -> Iterator[Line | Grid]:
    is_open = False  # a paragraph whose end is deleted goes on in the next one
    for element in _children(body):
        kind = name(element)
        if kind == "p":
            is_open = runs.paragraph(element)
        elif kind == "commentRangeStart":
            runs.one(element)
            is_open = True
        elif kind == "commentRangeEnd" and is_open:
            runs.one(element)
        elif kind == "tbl":
            yield from runs.taken().split() if is_open else ()
            yield _grid(element, runs)
            is_open = False
            continue
        elif kind not in NOTHING:
            runs.one(element)
        else:
            continue
        if not is_open:
            yield from runs.taken().split()
    yield from runs.taken().split() if is_open else ()


def _children(element: _Element) -> Iterator[_Element]:
    """The children, those inside of controls and kept changes too."""
    for child in element:
        kind = name(child)
        if kind in DELETED:
            continue
        if kind in INSERTED or kind in TRANSPARENT:
            yield from _children(child)
        else:
            yield child


def _grid(table: _Element, runs: Runs) -> Grid:
    grid, strays = Grid(), Runs()
    for row in _children(table):
        if name(row) != "tr":
            strays.one(row)
        elif not _is_on(looks := said(row, "trPr"), "del"):
            outer, runs.is_hidden = runs.is_hidden, runs.is_hidden or _is_on(looks, "hidden")
            grid.rows.append([])
            skipped = _number(looks.get("gridBefore"), 0)
            for cell in _children(row):
                if name(cell) != "tc":
                    strays.one(cell)
                elif not _is_on(looks := said(cell, "tcPr"), "cellDel"):
                    grid.rows[-1].append(_cell(cell, looks, runs))
                    grid.rows[-1][-1].skipped, skipped = skipped, 0
            runs.is_hidden = outer
    stray = strays.taken()
    grid.foreign = stray.foreign | ({f"文字{cut(stray.text)}"} if stray.text.strip() else set())
    return grid


def _cell(cell: _Element, looks: Mapping[str, _Element], runs: Runs) -> Line:
    merged = looks.get("vMerge")
    whole = Line(
        columns=_number(looks.get("gridSpan"), 1),
        goes_on=merged is not None and value(merged, "val") != "restart",
    )
    for line in _blocks(cell, runs):
        if isinstance(line, Grid):
            whole.foreign.add("表中的表")
        else:
            whole.append(line)
    return whole


def _number(element: _Element | None, otherwise: int) -> int:
    """The value of an element that counts columns."""
    said = "" if element is None else value(element, "val")
    return min(int(said), MOST_COLUMNS) if said.isdecimal() and said != "0" and len(said) < 9 else otherwise


def _is_on(looks: Mapping[str, _Element], what: str) -> bool:
    found = looks.get(what)
    return found is not None and value(found, "val") not in ("0", "false", "off")
