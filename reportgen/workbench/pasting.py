"""A block from Excel, WPS or Word on the clipboard -> figures by cell: a whole table or a part, with heads or without.

Labels that were copied along say where the figures belong, as in a published file; without them the cell that was
pasted into does.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..form.model import Form, Table
from ..reading import labels
from ..reading.proving import proved
from ..reading.sources.extract import grid_of
from ..reading.table_figures import read_grids
from .edits import EditError

LARGEST = 200_000
"""Characters of what is pasted."""
Block = list[list[str]]


@dataclass(frozen=True)
class Pasted:
    """What was on the clipboard."""

    cells: dict[str, str]
    """As it was written there; "" for 未填."""
    left_out: tuple[str, ...] = ()
    """Words that are no figures, but for those that the tables print."""

    @property
    def said(self) -> str:
        """What became of it, in Chinese."""
        empty = sum(not text.strip() for text in self.cells.values())
        blank = f"，其中 {empty} 格是空的，算未填" if empty else ""
        return f"粘贴了 {len(self.cells)} 格{blank}。"


def pasted(form: Form, at: str, text: str) -> Pasted:
    """Where each figure of what was pasted into a cell belongs.

    Raises:
        EditError: there is no figure in it, or it does not fit.
    """
    if at not in form.cells:
        raise EditError("没有这个格。请刷新页面。")
    if len(text) > LARGEST:
        raise EditError("粘贴的内容太多，不像是一张表。请只复制表格。")
    rows = _rows(text)
    has_labels = any(not labels.is_figure(cell) for row in rows for cell in row)
    known = proved(read_grids([grid_of(rows)], form)).figures if has_labels else {}
    printed = _printed(form)
    if found := _by_labels(known, rows, printed):
        return found
    block, names, left_out = _figures(rows)
    if not block or not any(cell.strip() for row in block for cell in row):
        raise EditError("粘贴的内容里没有数。")
    table = form.tables[form.cells[at].table]
    for layout in (_as_printed(table), _as_written(table)):
        if (placed := _placed(layout, at, block)) is not None:
            cells = {key: cell for line in placed for key, cell in line}
            if not known.keys() <= cells.keys() or _is_of_others(table, names, placed):
                raise EditError(
                    "复制的行名和这里的行对不上，没有动。请从对应的一行开始粘贴，或者不要复制行名。"
                )
            return Pasted(cells, _strange(left_out, printed))
    raise EditError(_misfit(table, at, block))


def _rows(text: str) -> Block:
    """The cells as the clipboard has them; a cell of several lines stands in quotes."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    if "\t" in plain:
        rows = list(csv.reader(io.StringIO(plain), delimiter="\t"))
    else:
        rows = [_parted(line) for line in plain.split("\n")]
    rows = [[cell.strip(" \u3000\u00a0\n") for cell in row] for row in rows]
    while rows and not any(rows[-1]):
        rows.pop()
    width = max(map(len, rows), default=0)
    return [[*row, *[""] * (width - len(row))] for row in rows]


def _parted(line: str) -> list[str]:
    """A line without tabs: figures with blanks between them, or one cell."""
    pieces = line.split()
    return pieces if len(pieces) > 1 and all(map(labels.is_figure, pieces)) else [line]


def _printed(form: Form) -> frozenset[str]:
    """What stands in the tables and is no figure: whoever copies a table has it, too."""
    tables = form.tables.values()
    said = [cell.label for table in tables for row in table.grid for cell in row]
    said += [row.label.removeprefix(f"{table.name}·") for table in tables for row in table.rows.values()]
    return frozenset(map(labels.bare, said))


def _strange(words: Iterable[str], printed: Collection[str]) -> tuple[str, ...]:
    """The words that no table prints, each once."""
    return tuple(dict.fromkeys(word for word in words if labels.bare(word) not in printed))


def _by_labels(known: Mapping[str, str], rows: Block, printed: Collection[str]) -> Pasted | None:
    """The figures whose labels and heads prove where they belong; None where not every figure has its proof."""
    figures = sum(labels.figure(cell)[0] is not None for row in rows for cell in row)
    if not known or len(known) < figures:
        return None
    words = (cell for row in rows for cell in row if cell and not labels.is_figure(cell))
    return Pasted(dict(known), _strange(words, printed))


def _figures(rows: Block) -> tuple[Block, list[str], tuple[str, ...]]:
    """The figures without the heads above and the labels before them; the label of each row; all that was left out."""
    left_out: list[str] = []
    block = list(rows)
    while block and not any(labels.figure(cell)[0] is not None for cell in block[0]):
        if all(labels.is_figure(cell) for cell in block[0]):
            break  # a row of blanks is no head
        left_out += filter(None, block.pop(0))
    names = [""] * len(block)
    while block and block[0] and any(not labels.is_figure(row[0]) for row in block):
        left_out += filter(None, (row[0] for row in block))
        names = [row[0] or name for row, name in zip(block, names, strict=True)]
        block = [row[1:] for row in block]
    return block, names, tuple(left_out)


def _is_of_others(table: Table, names: Sequence[str], placed: Sequence[Line]) -> bool:
    """Whether a row that was copied with its label would come into another row."""
    known = {cell.label: cell.key for row in table.grid for cell in row if cell.kind == "row"}
    for name, line in zip(names, placed, strict=True):
        meant = labels.nearest(name, known) if name else None
        if meant and line and all(key.split(".")[1] != known[meant] for key, _ in line):
            return True
    return False


Line = list[tuple[str, str]]
"""Of a row: the keys of its cells, and what comes into each."""
Layout = list[list[str]]


def _as_printed(table: Table) -> Layout:
    """The keys of its figures row by row, as they are printed."""
    return [keys for row in table.grid if (keys := [cell.key for cell in row if cell.kind == "figure"])]


def _as_written(table: Table) -> Layout:
    """The same in the rows of the input file."""
    return [[cell.key for cell in row.cells] for row in table.rows.values()]


def _placed(layout: Layout, at: str, block: Block) -> list[Line] | None:
    """The figures with their cells, row by row, from the cell that was pasted into or, for whole rows and tables, from where these begin."""
    row = next(number for number, keys in enumerate(layout) if at in keys)
    column = layout[row].index(at)
    for r, c in dict.fromkeys([(row, column), (row, 0), (0, 0)]):
        is_whole_table = len(block) == len(layout)
        if (r != row and not is_whole_table) or (c != column and not _fills(layout, r, block)):
            continue
        keys = [keys[c : c + len(line)] for keys, line in zip(layout[r:], block, strict=False)]
        widths = [_used(line) for line in block]
        if len(keys) == len(block) and all(
            len(found) >= used for found, used in zip(keys, widths, strict=True)
        ):
            return [
                [
                    (key, "" if labels.is_figure(cell) and labels.figure(cell)[0] is None else cell)
                    for key, cell in zip(found, line, strict=False)
                ]
                for found, line in zip(keys, block, strict=True)
            ]
    return None


def _fills(layout: Layout, row: int, block: Block) -> bool:
    """Whether every line of a block is a whole row of the table, or one without its total."""
    return all(
        len(keys) - 1 <= len(line) <= len(keys) for keys, line in zip(layout[row:], block, strict=False)
    )


def _used(line: Sequence[str]) -> int:
    """How many cells of a line count: blanks at its end may stand beyond the table."""
    return max((n for n, cell in enumerate(line, 1) if cell.strip()), default=0)


def _misfit(table: Table, at: str, block: Block) -> str:
    layout = _as_printed(table)
    row = next(number for number, keys in enumerate(layout) if at in keys)
    column = layout[row].index(at)
    return (
        f"粘贴的有 {len(block)} 行、{max(map(len, block))} 列，从这一格起只有 {len(layout) - row} 行、"
        f"{len(layout[row]) - column} 列，放不下，没有动。请选对开头的一格，或者连同行名一起复制。"
    )
