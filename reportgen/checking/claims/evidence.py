"""Whether a sentence shows by its other numbers that it speaks of the tables, where its words leave a doubt."""

from __future__ import annotations

from collections.abc import Sequence

from .claim import MEANT_OTHERWISE, Claim
from .readings import Reading, Statement, Verdict
from .sentence import Sentence

_AGREED = (Verdict.AGREES, Verdict.BOUND)


def is_shown(sentence: Sentence, claim_: Claim, readings: Sequence[Reading]) -> bool:
    """Whether a disagreement with ``claim_`` is worth telling: the words are clear, or a number beside them agrees.

    行政复议18件，其中维持9件: where 18 is the table's total, the cases are those of the table, though nobody says
    so. A number that counts only some of them agrees too easily by chance.
    """
    form = sentence.figures.form
    totals = form.tables[claim_.table].total_columns
    return not claim_.alone or any(
        reading.verdict in _AGREED
        and reading.kind is Statement.COUNT
        and reading.claim is not None
        and reading.claim.table == claim_.table
        and not reading.last
        and bool(reading.number and reading.number.value)
        and (not totals or all(form.cells[cell].column in totals for cell in reading.cells))
        for reading in readings
    )


def told(sentence: Sentence, readings: Sequence[Reading]) -> list[Reading]:
    """The readings, of which those that rest on weak words alone are left uncompared.

    A word that other matters share is in no doubt beside a sibling that agrees: 公开15件、部分公开6件.
    """
    return [_told(sentence, reading, readings) for reading in readings]


def _told(sentence: Sentence, reading: Reading, readings: Sequence[Reading]) -> Reading:
    if reading.verdict is not Verdict.DOUBTFUL or reading.claim is None:
        return reading
    if not is_shown(sentence, reading.claim, readings):
        return reading._replace(verdict=Verdict.UNKNOWN, doubt="")
    if reading.doubt == MEANT_OTHERWISE and any(
        _is_sibling(sentence, reading, other) or _is_left(sentence, reading, other) for other in readings
    ):
        return reading._replace(verdict=Verdict.DISAGREES, doubt="")
    return reading


def _is_left(sentence: Sentence, reading: Reading, other: Reading) -> bool:
    """Whether it tells those left after those processed, which agree: 办结40件，结转3件."""
    form = sentence.figures.form
    rows = [{form.cells[cell].row for cell in each.cells} for each in (other, reading)]
    balance = form.tables[form.cells[reading.cells[0]].table].balance if reading.cells else ()
    return (
        other.verdict in _AGREED
        and other.at < reading.at
        and bool(balance)
        and rows == [{balance[2]}, {balance[3]}]
    )


def _is_sibling(sentence: Sentence, reading: Reading, other: Reading) -> bool:
    """Whether ``other`` agrees and stands beside ``reading`` in the table: another result, another kind of applicant."""
    if other.verdict not in _AGREED or other.kind is not Statement.COUNT or not other.cells:
        return False
    form = sentence.figures.form
    one, two = ([form.cells[cell] for cell in each.cells] for each in (reading, other))
    table = form.tables[one[0].table]
    if two[0].table != table.key or not (other.number and other.number.value):
        return False
    rows, columns = {cell.row for cell in two}, {cell.column for cell in two}
    if {cell.column for cell in one} == columns:
        return rows != {cell.row for cell in one} and rows.isdisjoint(table.balance)
    return rows == {cell.row for cell in one} and columns.isdisjoint(table.total_columns)
