"""The tables of a foreign file -> what each of their places says of the form's cells, and how certain the place is.

A place is certain by the label of its row and the head of its column (*grid*), or by the label and the exact number of
cells where no head contradicts (*count*). A row that is longer or shorter than its heads, a unit that is another one:
nothing is certain there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cached_property

from ..form.model import Form, Table
from . import labels
from .proving import COUNT, GRID, NONE, Candidates
from .sources.extract import Block, Grid, Spot
from .table_labels import TableLabels, key_of, table_labels


def read_grids(blocks: Sequence[Block], form: Form) -> Candidates:
    """Look at every table of a file for what it says of the form's cells."""
    candidates = Candidates(form)
    for i, block in enumerate(blocks):
        if isinstance(block, Grid):
            layout = _Layout(block)
            for table in form.tables.values():
                names = table_labels(table)
                if layout.shares(names) >= 2:
                    candidates.tables.setdefault(i, set()).add(table.key)
                    _Reader(layout, table, names, candidates).read()
    return candidates


class _Layout:
    """A table of a file: what stands at each place."""

    def __init__(self, grid: Grid) -> None:
        self.spots = grid.spots
        self.rows: dict[int, list[Spot]] = {}
        """The cells that begin in a row or go on through it, from left to right."""
        for spot in grid.spots:
            for r in range(spot.row, spot.row + spot.rows):
                self.rows.setdefault(r, []).append(spot)
        for row in self.rows.values():
            row.sort(key=lambda spot: spot.column)
        self.is_number = {spot.text: labels.is_figure(spot.text) for spot in grid.spots}

    def shares(self, names: TableLabels) -> int:
        """How many labels of a table of the form stand in this one, word for word."""
        return len({plain for text in self.is_number if (plain := labels.bare(text)) in names.exact})

    @cached_property
    def ends(self) -> dict[int, int]:
        """The column after the last one, by row."""
        return {r: max(spot.column + spot.columns for spot in row) for r, row in self.rows.items()}


class _Reader:
    """One table of the form in one table of a file."""

    def __init__(self, layout: _Layout, table: Table, names: TableLabels, candidates: Candidates) -> None:
        self.layout = layout
        self.table = table
        self.names = names
        self.candidates = candidates
        self.figures, self.texts = names.figures, names.texts
        self.beside, self.below = names.beside, names.below
        self.form_heads = names.heads

    def read(self) -> None:
        self.label_rows = {r: self.labels_of(row) for r, row in self.layout.rows.items()}
        self.above = self._above()
        self.heads_agree = self._heads_agree()
        self.is_regular = self._is_regular()
        for r, row in self.layout.rows.items():
            label = self.label_rows[r]
            if label is None:
                self.read_below(r, row)
                continue
            kind, key, spot = label
            cells = [cell for cell in row if cell.column >= spot.column + spot.columns]
            if kind == "group":
                self.read_group(key, r, cells)
            else:
                self.read_row(key, r, cells)

    def labels_of(self, row: Sequence[Spot]) -> tuple[str, str, Spot] | None:
        """The label of a row of figures, or of a group where no row's is beside it; None where it has none."""
        found: tuple[str, str, Spot] | None = None
        rows: set[str] = set()
        if len({key for spot in row for kind, key in self.names.of(spot.text) if kind == "head"}) > 1:
            return None
        for spot in row:
            named = self.names.of(spot.text)
            for kind, key in named:
                if kind == "row" and key in self.beside:
                    rows.add(key)
                    found = (kind, key, spot)
                elif kind == "group" and not rows and len(named) == 1 and self.beside:
                    found = (kind, key, spot)
            if rows and self.layout.is_number[spot.text]:
                break
        return found if len(rows) < 2 else None

    def _above(self) -> dict[tuple[int, int], tuple[Spot, ...]]:
        """The cells with words above each place: those of the nearest block, from top to bottom."""
        found: dict[tuple[int, int], tuple[Spot, ...]] = {}
        blocks: dict[int, tuple[list[Spot], bool]] = {}
        for r in sorted(self.layout.rows):
            for spot in self.layout.rows[r]:
                for c in range(spot.column, spot.column + spot.columns):
                    block, is_closed = blocks.get(c, ([], False))
                    found[r, c] = tuple(block)
                    is_number = self.layout.is_number[spot.text]
                    if self.label_rows[r] is not None or (is_number and spot.text.strip()):
                        blocks[c] = (block, True)
                    elif not is_number and spot not in block:
                        blocks[c] = ([spot], False) if is_closed else ([*block, spot], False)
        return found

    def heads_above(self, r: int, spot: Spot, kind: str = "head") -> set[str]:
        """The keys of the labels of one kind that stand right above a cell, above any of its columns."""
        found: set[str] = set()
        for c in range(spot.column, spot.column + spot.columns):
            for head in reversed(self.above.get((r, c), ())):
                keys = {key for named, key in self.names.of(head.text) if named == kind}
                if keys:
                    found |= keys
                    break
        return found

    def _heads_agree(self) -> bool:
        """Whether the heads stand in the order of the form, or there are none in any part of the table."""
        found = []
        for spot in self.layout.spots:
            if self.label_rows[spot.row] is None:
                keys = [key for kind, key in self.names.of(spot.text) if kind == "head"]
                found += keys[:1]
        self.heads_complete = found == self.form_heads
        if found and not self.heads_complete:
            self.candidates.disordered.add(self.table.key)
        return self.table.key not in self.candidates.disordered

    def _is_regular(self) -> bool:
        """Whether columns without a head are empty, so that none of them can belong to a head beside it."""
        return all(
            not spot.text.strip() or self.heads_above(r, spot)
            for r, label in self.label_rows.items()
            if label is not None and self.table.rows.get(label[1]) and not self.table.rows[label[1]].is_single
            for spot in self.layout.rows[r]
            if spot.column > label[2].column and self.above.get((r, spot.column))
        )

    def read_row(self, row: str, r: int, cells: Sequence[Spot]) -> None:
        """Read the figures beside the label of their row."""
        wanted = [cell.column for cell in self.table.rows[row].cells]
        if not wanted[0]:
            self.read_single(self.figures[row, ""], r, cells)
            return
        heads = [self.heads_above(r, cell) & set(wanted) for cell in cells]
        if self.is_aligned(r, cells, heads):
            self.take(
                {
                    self.figures[row, head]: cell.text
                    for cell, found in zip(cells, heads, strict=True)
                    for head in found
                },
                GRID,
            )
            return
        if self.may_count(r, cells, len(wanted), heads, wanted):
            said = {self.figures[row, column]: cell.text for column, cell in zip(wanted, cells, strict=True)}
            self.take(said, COUNT)
            return
        self.leave([self.figures[row, column] for column in wanted], cells, self.why_not(cells, len(wanted)))

    def why_not(self, cells: Sequence[Spot], count: int) -> str:
        """Why the figures of a row have no certain place, in Chinese."""
        if len(cells) != count:
            return f"这一行有 {len(cells)} 格，应当是 {count} 格，不能确定哪个数在哪一列"
        if any(cell.rows > 1 for cell in cells):
            return "有的格和上下的行合并了，不能确定是哪一行的数"
        if not all(self.layout.is_number[cell.text] for cell in cells):
            return "有的格里写的不是数，不能确定哪个数在哪一列"
        return "这张表的表头没有认全，或者次序和表里的不同，不能确定哪个数在哪一列"

    def take(self, said: Mapping[str, str], proof: str) -> None:
        """Take the figures of one row, by cell key.

        A row with blanks may have been shifted by one, which no head can tell: it must add up without them.
        """
        blank = [key for key, words in said.items() if not words.strip()]
        holds = (
            not blank
            or len(blank) == len(said)
            or all(
                sum(_number(said[key]) for key in sum_.left.cells)
                == sum(_number(said[key]) for key in sum_.right.cells)
                for sum_ in self.table.sums
                if said.keys() >= set(sum_.cells)
            )
        )
        reason = "" if holds else "这一行有空格，其余的数又加不起来，可能错了一列"
        for key, words in said.items():
            self.candidates.add(key, words, proof if holds else NONE, reason)

    def is_aligned(self, r: int, cells: Sequence[Spot], heads: Sequence[set[str]]) -> bool:
        """Whether each cell stands below one head and each head above one cell, to the end of the row."""
        keys = [key for found in heads for key in found]
        columns = [
            head
            for cell in cells
            for c in range(cell.column, cell.column + cell.columns)
            for head in self.above.get((r, c), ())
        ]
        ends = {self.layout.ends[head.row] for head in columns}
        return (
            self.is_regular
            and bool(keys)
            and len(keys) == len(set(keys))
            and all(
                len(found) == 1 or (not found and not cell.text.strip())
                for found, cell in zip(heads, cells, strict=True)
            )
            and all(cell.rows == 1 for cell in cells)
            and ends == {self.layout.ends[r]}
        )

    def may_count(
        self, r: int, cells: Sequence[Spot], count: int, heads: Sequence[set[str]], wanted: Sequence[str]
    ) -> bool:
        """Whether a row has just the cells it should have, and no head says otherwise."""
        return (
            len(cells) == count
            and all(cell.rows == 1 for cell in cells)
            and all(self.layout.is_number[cell.text] for cell in cells)
            and self.heads_agree
            and (self.heads_complete or not any(self.above.get((r, cell.column)) for cell in cells))
            and all(not found or found == {column} for found, column in zip(heads, wanted, strict=True))
        )

    def read_single(self, key: str, r: int, cells: Sequence[Spot]) -> None:
        """Read the one figure of a row, which may stand in several columns."""
        filled = [cell for cell in cells if cell.text.strip()]
        over = [labels.bare(head.text) for cell in filled for head in self.above.get((r, cell.column), ())]
        wanted = self.texts[key]
        known = {name for head in over for kind, name in self.names.of(head) if kind == "text"}
        is_own = len(filled) == 1 and filled[0].rows == 1
        if is_own and (not over or not wanted or wanted & known):
            self.candidates.add(key, filled[0].text, GRID if over else COUNT)
        else:
            self.leave([key], cells)

    def read_group(self, group: str, r: int, cells: Sequence[Spot]) -> None:
        """A group that is printed as one row says something of its rows only where it is zero everywhere."""
        rows = self.table.groups.get(group, ())
        filled = [labels.figure(cell.text)[0] for cell in cells if cell.text.strip()]
        if rows and len(filled) == len(self.table.rows[rows[0]].cells) and set(filled) == {"0"}:
            for row in rows:
                for cell in self.table.rows[row].cells:
                    self.candidates.add(cell.key, "0", COUNT)
            self.candidates.remarks.append(
                f"原文“{self.group_label(group)}”只有一行，都是 0，{len(rows)} 个分项按 0 读。"
            )
        else:
            reason = f"原文“{self.group_label(group)}”只有一行，不都是 0，分不成 {len(rows)} 个分项"
            self.leave([cell.key for row in rows for cell in self.table.rows[row].cells], cells, reason)

    def group_label(self, group: str) -> str:
        """What the form calls a group of rows."""
        cells = (cell for line in self.table.grid for cell in line if cell.kind == "group")
        return next(cell.label for cell in cells if cell.key == group)

    def read_below(self, r: int, row: Sequence[Spot]) -> None:
        """Read figures that stand below the labels of their rows."""
        numbers = [spot for spot in row if self.layout.is_number[spot.text] and spot.text.strip()]
        if not self.below or not numbers:
            return
        if any(self.names.of(spot.text) for spot in row):
            self.leave([cell.key for cell in self.below], row)
            return
        places = [
            [
                cell.key
                for cell in self.below
                if key_of(cell, "row") in self.heads_above(r, spot, "row")
                and key_of(cell, "head") in self.heads_above(r, spot)
            ]
            for spot in row
        ]
        keys = [key for found in places for key in found]
        heads = {head.row for c in range(self.layout.ends[r]) for head in self.above.get((r, c), ())}
        is_regular = {self.layout.ends[head] for head in heads} == {self.layout.ends[r]}
        if (
            is_regular
            and len(keys) == len(self.below) == len(set(keys))
            and all(
                len(found) == 1 or (not found and not spot.text.strip())
                for found, spot in zip(places, row, strict=True)
            )
        ):
            said = {key: spot.text for found, spot in zip(places, row, strict=True) for key in found}
            self.take(said, GRID)
        elif len(row) == len(self.below) and self.heads_agree and self.heads_complete and self._rows_agree():
            self.take({cell.key: spot.text for cell, spot in zip(self.below, row, strict=True)}, COUNT)
        else:
            self.leave([cell.key for cell in self.below], row)

    def _rows_agree(self) -> bool:
        """Whether the labels of rows above the figures stand in the order of the form."""
        wanted = list(dict.fromkeys(key_of(cell, "row") for cell in self.below))
        found = [
            key
            for spot in self.layout.spots
            for kind, key in self.names.of(spot.text)
            if kind == "row" and key in wanted
        ]
        return found == wanted

    def leave(self, keys: Sequence[str], cells: Sequence[Spot], reason: str = "") -> None:
        """Keep the words of cells whose places are not certain: no figure comes of them."""
        left = [cell.text.strip() for cell in cells if not self.names.of(cell.text)]
        words = "｜".join(text or "空" for text in left) if any(left) else ""
        for key in keys:
            self.candidates.add(key, words, NONE, reason)


def _number(words: str) -> Decimal:
    return Decimal(labels.figure(words)[0] or 0)
