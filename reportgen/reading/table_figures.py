"""The tables of a foreign file -> what each of their places says of the form's cells, and how certain the place is.

A place is certain by the label of its row and the head of its column (*grid*), or by the label and the exact number of
cells where no head contradicts (*count*). A row that is longer or shorter than its heads, a unit that is another one:
nothing is certain there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import takewhile

from ..form.model import Form, Table
from . import labels
from .proving import COUNT, GRID, NONE, ORDER, Candidates
from .row_sums import adds_up, sums_hold
from .sources.extract import Block, Grid, Spot
from .table_heads import Heads
from .table_labels import key_of, table_labels
from .table_layout import Layout, layouts


def read_grids(blocks: Sequence[Block], form: Form) -> Candidates:
    """Look at every table of a file for what it says of the form's cells."""
    candidates = Candidates(form)
    for i, block in enumerate(blocks):
        if isinstance(block, Grid):
            for table, layout in layouts(block, form):
                candidates.tables.setdefault(i, set()).add(table.key)
                _Reader(layout, table, candidates).read()
    return candidates


class _Reader:
    """One table of the form in one table of a file."""

    def __init__(self, layout: Layout, table: Table, candidates: Candidates) -> None:
        self.layout = layout
        self.table = table
        self.names = table_labels(table)
        self.candidates = candidates
        self.figures, self.texts = self.names.figures, self.names.texts
        self.beside, self.below = self.names.beside, self.names.below
        self.label_rows = {r: self.labels_of(row) for r, row in layout.rows.items()}
        self.heads = Heads(layout, table, self.names, self.label_rows)

    def read(self) -> None:
        if self.heads.are_complete:
            self.candidates.headed.add(self.table.key)
        elif self.heads.are_any:
            self.candidates.disordered.add(self.table.key)
        groups = []
        for r, row in self.layout.rows.items():
            label = self.label_rows[r]
            if label is None:
                self.read_below(r, row)
                continue
            kind, key, spot = label
            cells = [
                cell
                for cell in row
                if cell.column >= spot.column + spot.columns and not self.goes_on(r, cell)
            ]
            if kind == "group":
                if all(self.layout.is_number[cell.text] for cell in cells):
                    groups.append((key, cells))  # otherwise a row of the group whose own label says nothing
            else:
                self.read_row(key, r, cells)
        for key, cells in groups:
            self.read_group(key, cells)

    def goes_on(self, r: int, cell: Spot) -> bool:
        """Whether a cell is the label of a group that began in a row above."""
        return cell.row < r and any(kind == "group" for kind, _ in self.names.of(cell.text))

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

    def read_row(self, row: str, r: int, cells: Sequence[Spot]) -> None:
        """Read the figures beside the label of their row."""
        wanted = [cell.column for cell in self.table.rows[row].cells]
        if not wanted[0]:
            self.read_single(self.figures[row, ""], r, cells)
            return
        keys = [self.figures[row, column] for column in wanted]
        cells = self.without_beside(r, cells, keys)
        heads = [self.heads.over(r, cell) & set(wanted) for cell in cells]
        in_order = dict(zip(keys, (cell.text for cell in cells), strict=False))
        if self.is_aligned(r, cells, heads, wanted):
            placed = zip(cells, heads, strict=True)
            self.take({self.figures[row, head]: cell.text for cell, found in placed for head in found}, GRID)
        elif not self.has_just(cells, len(wanted)):
            self.leave(keys, cells, self.why_not(cells, len(wanted)))
        elif self.may_count(r, cells, heads, wanted, in_order):
            self.take(in_order, COUNT)
        elif self.heads.are_in_lines and adds_up(self.table, in_order):
            self.take(in_order, ORDER)
        else:
            self.leave(keys, cells, self.why_not(cells, len(wanted)))

    def without_beside(self, r: int, cells: Sequence[Spot], keys: Sequence[str]) -> Sequence[Spot]:
        """The cells of a row without those behind the last column that say nothing, or zero as a check does.

        What stands behind a column that says nothing belongs to something else.

        All others must be filled, and add up if a zero is left out: a row that was shifted ends in a figure or has a blank.
        """
        own, beside = cells[: len(keys)], cells[len(keys) :]
        filled = [cell.text for cell in takewhile(lambda cell: cell.text.strip(), beside)]
        is_behind = all(not self.heads.over(r, cell) for cell in beside)
        if not (beside and is_behind and all(cell.text.strip() for cell in own)):
            return cells
        is_zero = all(labels.figure(words)[0] == "0" for words in filled)
        said = dict(zip(keys, (cell.text for cell in own), strict=True))
        return own if not filled or (is_zero and adds_up(self.table, said)) else cells

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
        holds = not blank or len(blank) == len(said) or sums_hold(self.table, said)
        reason = "" if holds else "这一行有空格，其余的数又加不起来，可能错了一列"
        for key, words in said.items():
            self.candidates.add(key, words, proof if holds else NONE, reason)

    def is_aligned(
        self, r: int, cells: Sequence[Spot], heads: Sequence[set[str]], wanted: Sequence[str]
    ) -> bool:
        """Whether each cell stands below one head and each head above one cell, from the label to the end of the row."""
        keys = [key for found in heads for key in found]
        beside = [spot for spot in self.layout.rows[r] if not cells or spot.column < cells[0].column]
        return (
            self.heads.is_regular
            and bool(keys)
            and len(keys) == len(set(keys))
            and all(
                len(found) == 1 or (not found and not cell.text.strip())
                for found, cell in zip(heads, cells, strict=True)
            )
            and all(cell.rows == 1 for cell in cells)
            and not any(self.heads.over(r, spot) & set(wanted) for spot in beside)
            and {self.layout.ends[row] for cell in cells for row in self.heads.rows_over(r, cell)}
            == {cells[-1].column + cells[-1].columns}
        )

    def has_just(self, cells: Sequence[Spot], count: int) -> bool:
        """Whether a row has just the figures it should have, each of one row."""
        return (
            len(cells) == count
            and all(cell.rows == 1 for cell in cells)
            and all(self.layout.is_number[cell.text] for cell in cells)
        )

    def may_count(
        self,
        r: int,
        cells: Sequence[Spot],
        heads: Sequence[set[str]],
        wanted: Sequence[str],
        said: Mapping[str, str],
    ) -> bool:
        """Whether no head says otherwise than the order of the form; where no heads are seen at all, the row must add up."""
        is_below = any(self.heads.above.get((r, cell.column)) for cell in cells)
        return (
            self.heads_agree
            and (self.heads.are_complete or not is_below)
            and (self.table.key in self.candidates.headed or adds_up(self.table, said))
            and all(not found or found == {column} for found, column in zip(heads, wanted, strict=True))
        )

    @property
    def heads_agree(self) -> bool:
        """Whether the heads stand in the order of the form, or there are none, in every part of the table so far."""
        return self.table.key not in self.candidates.disordered

    def read_single(self, key: str, r: int, cells: Sequence[Spot]) -> None:
        """Read the one figure of a row, which may stand in several columns, or again in each of them below its head."""
        behind = next((i for i, cell in enumerate(cells) if not self.heads.above.get((r, cell.column))), 0)
        if behind and not cells[behind].text.strip():
            cells = cells[:behind]  # what stands behind a column without a head belongs to something else
        filled = [cell for cell in cells if cell.text.strip()]
        wanted = self.texts[key]
        over = [
            [labels.bare(head.text) for head in self.heads.above.get((r, cell.column), ())] for cell in filled
        ]
        known = [
            {name for head in each for kind, name in self.names.of(head) if kind == "text"} & wanted
            for each in over
        ]
        is_own = len({cell.text for cell in filled}) == 1 and all(cell.rows == 1 for cell in filled)
        is_alone = len(filled) == 1 and (not any(over) or not wanted)
        if is_own and (is_alone or all(known)):
            self.candidates.add(key, filled[0].text, GRID if any(over) else COUNT)
        else:
            self.leave([key], cells)

    def read_group(self, group: str, cells: Sequence[Spot]) -> None:
        """A group that is printed as one row says something of its rows only where it is zero everywhere."""
        rows = self.table.groups.get(group, ())
        missing = [
            row
            for row in rows
            if not any(cell.key in self.candidates.found for cell in self.table.rows[row].cells)
        ]
        filled = [labels.figure(cell.text)[0] for cell in cells if cell.text.strip()]
        if not missing:
            return  # its rows stand elsewhere
        if (
            missing == list(rows)
            and len(filled) == len(self.table.rows[rows[0]].cells)
            and set(filled) == {"0"}
        ):
            for row in rows:
                for cell in self.table.rows[row].cells:
                    self.candidates.add(cell.key, "0", COUNT)
            self.candidates.remarks.append(
                f"原文“{self.names.groups[group]}”只有一行，都是 0，{len(rows)} 个分项按 0 读。"
            )
            return
        reason = f"原文“{self.names.groups[group]}”只有一行，不都是 0，分不成 {len(rows)} 个分项"
        self.leave(
            [cell.key for row in missing for cell in self.table.rows[row].cells],
            cells,
            reason if missing == list(rows) else "",
        )

    def read_below(self, r: int, row: Sequence[Spot]) -> None:
        """Read figures that stand below the labels of their rows."""
        numbers = [spot for spot in row if self.layout.is_number[spot.text] and spot.text.strip()]
        if not self.below or not numbers:
            return
        row = self.without_beside(r, row, [cell.key for cell in self.below])
        if any(self.names.of(spot.text) for spot in row):
            self.leave([cell.key for cell in self.below], row)
            return
        places = [
            [
                cell.key
                for cell in self.below
                if key_of(cell, "row") in self.heads.over(r, spot, "row")
                and key_of(cell, "head") in self.heads.over(r, spot)
            ]
            for spot in row
        ]
        keys = [key for found in places for key in found]
        heads = {head for spot in row for head in self.heads.rows_over(r, spot)}
        is_regular = {self.layout.ends[head] for head in heads} == {row[-1].column + row[-1].columns}
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
        elif (
            len(row) == len(self.below)
            and self.heads_agree
            and self.heads.are_complete
            and self.heads.rows_agree
        ):
            self.take({cell.key: spot.text for cell, spot in zip(self.below, row, strict=True)}, COUNT)
        else:
            self.leave([cell.key for cell in self.below], row)

    def leave(self, keys: Sequence[str], cells: Sequence[Spot], reason: str = "") -> None:
        """Keep the words of cells whose places are not certain: no figure comes of them."""
        left = [cell.text.strip() for cell in cells if not self.names.of(cell.text)]
        words = "｜".join(text or "空" for text in left) if any(left) else ""
        for key in keys:
            self.candidates.add(key, words, NONE, reason)
