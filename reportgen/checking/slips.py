"""Which slip of the hand explains sums that do not hold.

The sums of table 三 catch every change of three cells or fewer (official form, 勾稽关系), so one wrong cell can
always be named. Several explanations that are equally good are no explanation: then only the places are named.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

from ..form.model import Form, Row, Sum, Table
from ..model.findings import Figure, Fix
from ..model.report import added


class Explanation(NamedTuple):
    """One way to make all sums hold."""

    fixes: tuple[Fix, ...]
    slip: str = ""
    """What the slip of the hand would be, in the clerk's words; empty for a single cell."""
    certain: bool = False
    """Whether no other single cell could be wrong; else it is a guess."""
    rows: tuple[Row, ...] = ()
    """The two rows that stand in each other's place, where that is the slip."""


class Ledger:
    """The figures of a table and the sums among them that hold together, one sharing cells with the next."""

    def __init__(
        self, table: Table, sums: Sequence[Sum], figures: Mapping[str, Figure], computed: frozenset[str]
    ) -> None:
        self.table = table
        self.sums = [s for s in sums if all(cell in figures for cell in s.cells)]
        self.figures = figures
        self.totals = {s.left.cells[0] for s in sums if len(s.left.cells) == 1}
        """Cells that are sums of others: no request is filed in them."""
        self.residues = [
            Fraction(added(figures, s.left.cells)) - Fraction(added(figures, s.right.cells))
            for s in self.sums
        ]
        self.failed = [i for i, residue in enumerate(self.residues) if residue]
        self.computed = computed

    @cached_property
    def effects(self) -> Mapping[str, Mapping[int, int]]:
        """For each typed cell: by how much each sum's difference grows when the cell grows by one."""
        found: dict[str, dict[int, int]] = defaultdict(dict)
        for i, sum_ in enumerate(self.sums):
            for sign, side in ((1, sum_.left), (-1, sum_.right)):
                for cell in side.cells:
                    for typed in self._typed(cell, self.computed):
                        effect = found[typed]
                        effect[i] = effect.get(i, 0) + sign
        return {cell: {i: by for i, by in effect.items() if by} for cell, effect in found.items() if effect}

    def _typed(self, cell: str, computed: frozenset[str]) -> list[str]:
        """The cells the clerk typed that decide ``cell``: itself, or the parts of a computed total."""
        if cell not in computed:
            return [cell]
        row = next(row for row in self.table.rows.values() if row.total and row.total.key == cell)
        return [part.key for part in row.cells if part.key != cell]

    def explanations(self) -> list[Explanation]:
        """The equally good best explanations: of one cell, else of one slip in two cells or two rows."""
        singles = list(self._singles())
        if singles:
            fixes = [fix for single in singles for fix in self._fix(*single)]
            return [Explanation((fix,), certain=len(singles) == 1) for fix in fixes]
        pairs = list(self._pairs())
        filed = [pair for pair in pairs if not any(fix.cell in self.totals for fix in pair)]
        moved = [*self._exchanged_rows(), *(e for e in map(_as_move, filed) if e)]
        swapped = [
            Explanation(pair, "两格的数字顺序颠倒") for pair in pairs if all(map(_is_transposed, pair))
        ]
        return moved or swapped or [Explanation(pair, "两格各有一处误写") for pair in pairs]

    def _singles(self) -> Iterator[tuple[str, Fraction]]:
        """Every cell whose change alone would settle all sums, with the step, be the result possible or not."""
        for cell, effect in self.effects.items():
            if all(i in effect for i in self.failed):
                steps = {-self.residues[i] / by for i, by in effect.items()}
                if len(steps) == 1:
                    yield cell, steps.pop()

    def _pairs(self) -> Iterator[tuple[Fix, Fix]]:
        """Every pair of cells that can be changed so that all sums hold."""
        first_failed = self.failed[0]
        cells = list(self.effects)
        seen = set()
        for one in cells:
            if first_failed not in self.effects[one]:
                continue
            for other in cells:
                if other == one or (other, one) in seen:
                    continue
                seen.add((one, other))
                steps = self._solve(self.effects[one], self.effects[other])
                if steps and all(steps):
                    for fix_one in self._fix(one, steps[0]):
                        for fix_other in self._fix(other, steps[1]):
                            yield fix_one, fix_other

    def _solve(self, one: Mapping[int, int], other: Mapping[int, int]) -> tuple[Fraction, Fraction] | None:
        """The steps of two cells that settle every sum, or None."""
        if not all(i in one or i in other for i in self.failed):
            return None
        equations = [(one.get(i, 0), other.get(i, 0), -self.residues[i]) for i in one.keys() | other.keys()]
        a, b, r = equations[0]
        for c, d, s in equations[1:]:
            determinant = a * d - b * c
            if determinant:
                x, y = (r * d - b * s) / determinant, (a * s - r * c) / determinant
                return (x, y) if all(p * x + q * y == t for p, q, t in equations) else None
        return None

    def _fix(self, cell: str, step: Fraction) -> Iterator[Fix]:
        """The change of ``cell`` by ``step``, where the new figure is a whole number and not negative."""
        new = Fraction(self.figures[cell]) + step
        if new.denominator == 1 and new >= 0:
            yield Fix(cell, self.figures[cell], int(new))

    def _exchanged_rows(self) -> Iterator[Explanation]:
        """Two neighbouring rows, one written in the other's place."""
        for upper, lower in pairwise(self.table.rows.values()):
            fixes = [
                Fix(here.key, self.figures[here.key], self.figures[there.key])
                for pair in zip(upper.cells, lower.cells, strict=True)
                for here, there in (pair, pair[::-1])
                if here.key in self.effects
                and there.key in self.effects
                and self.figures[here.key] != self.figures[there.key]
            ]
            steps = {fix.cell: Fraction(fix.new) - Fraction(fix.old) for fix in fixes}
            if fixes and not any(
                residue + sum(self.effects[cell].get(i, 0) * step for cell, step in steps.items())
                for i, residue in enumerate(self.residues)
            ):
                yield Explanation(tuple(fixes), "相邻两行的数写颠倒了，或写低了一行", rows=(upper, lower))


def _as_move(pair: tuple[Fix, Fix]) -> Explanation | None:
    """A pair as figures written into the wrong column or row, if it is equal and opposite."""
    one, other = pair
    if one.new - one.old != other.old - other.new:
        return None
    (_, row, column), (_, other_row, other_column) = one.cell.split("."), other.cell.split(".")
    if row == other_row:
        return Explanation(pair, "同一行里记错了列")
    if column == other_column:
        return Explanation(pair, "同一列里记错了行")
    return None


def ledgers(form: Form, figures: Mapping[str, Figure], computed: frozenset[str]) -> list[Ledger]:
    """The sums of each table, those that share cells together: all 39 of table 三, each group of table 四."""
    found = []
    for table in form.tables.values():
        found += [Ledger(table, sums, figures, computed) for sums in _connected(table)]
    return found


@lru_cache(maxsize=32)
def _connected(table: Table) -> list[list[Sum]]:
    groups: list[tuple[set[str], list[Sum]]] = []
    for sum_ in table.sums:
        joined = [group for group in groups if group[0].intersection(sum_.cells)]
        groups = [group for group in groups if group not in joined]
        cells = set(sum_.cells).union(*(group[0] for group in joined))
        groups.append((cells, [*(s for group in joined for s in group[1]), sum_]))
    return [members for _, members in groups]


def _is_transposed(fix: Fix) -> bool:
    """Whether the two numbers have the same digits in another order."""
    return fix.old != fix.new and sorted(str(fix.old)) == sorted(str(fix.new))
