"""What a number of the narrative was taken for, and whether the tables agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ...form.model import Form
from ...model.findings import Figure, Passage

if TYPE_CHECKING:  # they are slow to import, and only a check of a text needs them
    from .claim import Cells, Claim
    from .numbers import Number


class Statement(StrEnum):
    """What sort of statement a number makes."""

    COUNT = "数量"
    NEGATION = "没有"
    SHARE = "占比"
    CHANGE = "增减"
    WHOLE = "分项合计"
    NONE = "不涉及表格"


class Verdict(StrEnum):
    """What comparing it with the tables gave."""

    AGREES = "相符"
    DISAGREES = "不符"
    DOUBTFUL = "可能不符"
    UNFILLED = "表格未填，没有比对"
    NO_LAST = "没有上一年的数据，没有比对"
    BOUND = "引用数据，不会不符"
    UNKNOWN = "没有比对"


class Reading(NamedTuple):
    """One number, or one word such as 未收到, of the narrative: what it was taken for and how it compares."""

    passage: Passage
    line: int
    clause: str
    """The part of the sentence it stands in, with what goes before it in the same breath."""
    written: str
    kind: Statement
    verdict: Verdict
    meaning: str = ""
    """What it speaks of, in the clerk's words; empty where nothing is known."""
    cells: Cells = ()
    last: bool = False
    """Whether ``cells`` are last year's."""
    wholes: tuple[Cells, ...] = ()
    """Of a share that agrees: the cells it is a share of; several where that is not certain, none of another matter."""
    expected: Figure | None = None
    """What the tables say."""
    doubt: str = ""
    """Why a disagreement may be none."""
    claim: Claim | None = None
    number: Number | None = None
    """What the text says; None for a word."""
    at: int = 0
    """The token of the paragraph it is made from."""

    @property
    def recognised(self) -> bool:
        return self.kind is not Statement.NONE


@dataclass(frozen=True)
class Figures:
    """The figures of the year and those of the year before."""

    form: Form
    this: Mapping[str, Figure]
    last: Mapping[str, Figure] | None
    asked: dict[tuple[Cells, bool], Figure | None] = field(default_factory=dict)
    """The sums that were asked for: what is read depends on these figures alone."""

    def total(self, cells: Cells, *, last: bool = False) -> Figure | None:
        """The sum of ``cells``, or None where one of them is 未填 or there is no last year."""
        figures = self.last if last else self.this
        unknown = figures is None or any(cell not in figures for cell in cells)
        total = None if unknown or figures is None else sum((figures[cell] for cell in cells), start=0)
        self.asked[cells, last] = total
        return total

    def is_single(self, claim: Claim) -> bool:
        """Whether it speaks of a row with one figure only."""
        return self.form.tables[claim.table].rows[self.form.cells[claim.cells[0]].row].is_single

    def along(self, claim: Claim) -> tuple[Cells, ...]:
        """What it speaks of, or else any other figure of the same row."""
        row = self.form.tables[claim.table].rows[self.form.cells[claim.cells[0]].row]
        return (*claim.usual, *((cell.key,) for cell in row.cells if (cell.key,) not in claim.usual))

    def describe(self, cells: Cells) -> str:
        """The place of ``cells`` in the clerk's words; all rows of a group go by the group's name."""
        left, places = set(cells), []
        for group, name in _groups(self.form).items():
            if group <= left:
                places.append(name)
                left -= group
        rest = [cell for cell in cells if cell in left]
        return "＋".join([*places, *([self.form.describe(rest).replace("；", "＋")] if rest else [])])

    def compare(self, claim: Claim, number: Number) -> tuple[Verdict, Figure | None, Cells, str]:
        """Compare ``number`` with what it claims: the verdict, the tables' figure, its cells, and a doubt."""
        if claim.last and self.last is None:
            return Verdict.NO_LAST, None, claim.cells, ""
        totals = [(cells, self.total(cells, last=claim.last)) for cells in claim.usual]
        known = [(cells, total) for cells, total in totals if total is not None]
        for cells, total in known:
            if number.holds(total):
                return Verdict.AGREES, total, cells, ""
        if len(known) < len(totals):
            return Verdict.UNFILLED, None, claim.cells, ""
        cells, expected = known[0]
        for other in claim.doubtful:
            total_ = self.total(other, last=claim.last)
            if total_ is not None and number.holds(total_):
                return Verdict.DOUBTFUL, expected, cells, f"文中的数等于{self.describe(other)}"
        if claim.soft or (claim.part and number.value <= expected):
            return Verdict.UNKNOWN, expected, cells, ""
        return (Verdict.DOUBTFUL if claim.weak else Verdict.DISAGREES), expected, cells, claim.weak


@lru_cache(maxsize=2)
def _groups(form: Form) -> dict[frozenset[str], str]:
    """The names of the sums of groups, by their cells: 表三·（三）不予公开·总计."""
    names = {}
    for name, cells in form.quantities():
        if len(cells) > 1:
            table, group, column = name.split(".")
            found = form.tables[table]
            names[frozenset(cells)] = f"{found.name}·{found.labels[group]}·{found.heads[column]}"
    return names
