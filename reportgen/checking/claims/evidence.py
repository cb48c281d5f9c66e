"""Whether a sentence shows by its other numbers that it speaks of the tables, where its words leave a doubt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .claim import Claim
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
    """The readings, of which those that rest on weak words alone are left uncompared."""
    return [
        replace(reading, verdict=Verdict.UNKNOWN, doubt="")
        if reading.verdict is Verdict.DOUBTFUL
        and reading.claim is not None
        and not is_shown(sentence, reading.claim, readings)
        else reading
        for reading in readings
    ]
