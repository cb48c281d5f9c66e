"""Shares and rates: 占31.58%, 办结率96.7%."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ...form.model import Table
from .claim import Cells, Claim, claim
from .evidence import is_shown
from .headings import Heading, heading
from .lists import listed
from .readings import Reading, Statement, Verdict
from .sentence import Sentence

_HUNDRED = Decimal(100)
ALMOST = "只差在末位，可能是舍去了尾数，或者是为了凑成整数"
"""Of a percentage that is no more than its last digit away."""


def share(sentence: Sentence, reading: Reading, before: Sequence[Reading]) -> Reading:
    """占31.58%: of the number before it, or of what is named before 占."""
    assert reading.number is not None
    near = before_list(sentence, reading.at)
    part = _part_before(sentence, reading, before, near)
    if part is None:
        return reading
    claim_, number = part
    known = [
        (Decimal(total), cells)
        for cells in (claim_.usual if claim_ else ())
        if claim_ and (total := sentence.figures.total(cells, last=claim_.last)) is not None
    ]
    own = next((cells for total, cells in known if total == number), ())
    values = [*([(number, own)] if number is not None else []), *known]
    wholes = list(
        _candidates(sentence, claim_, before, max((value for value, _ in values), default=Decimal(0)))
    )
    exact = [value * _HUNDRED / whole.value for value, _ in values for whole in wholes if whole.value]
    meaning = f"{sentence.figures.describe(claim_.cells)}所占的比例" if claim_ else "前一个数所占的比例"
    told = reading._replace(
        kind=Statement.SHARE, meaning=meaning, cells=claim_.cells if claim_ else (), claim=None
    )
    if not exact:
        return reading
    if any(reading.number.rounds(each) for each in exact):
        return _agreeing(told._replace(last=bool(claim_ and claim_.last)), values, wholes)
    if claim_ is None or _foreign_whole(sentence, near):
        return told._replace(verdict=Verdict.UNKNOWN)
    written = reading.number.value
    nearest = min(exact, key=lambda each: abs(Decimal(each) - written))
    expected = round(nearest, 2)
    sure = (
        any(r.claim is claim_ and r.verdict in (Verdict.AGREES, Verdict.BOUND) for r in before)
        or number is None
    )
    if not (sure and is_shown(sentence, claim_, before)):
        return told._replace(verdict=Verdict.UNKNOWN)
    doubt = claim_.weak or next((ALMOST for each in exact if reading.number.almost(each)), "")
    return told._replace(
        verdict=Verdict.DOUBTFUL if doubt else Verdict.DISAGREES, expected=expected, doubt=doubt
    )


@dataclass(frozen=True)
class _Whole:
    """What a share may be of; its cells where it is a figure of the tables."""

    value: Decimal
    cells: Cells
    named: bool
    """Whether the text names it."""


def _agreeing(told: Reading, values: Sequence[tuple[Decimal, Cells]], wholes: Sequence[_Whole]) -> Reading:
    """The share with what it is of: what the text names before what the tables have."""
    assert told.number is not None
    found = [
        (part, whole)
        for value, part in values
        for whole in wholes
        if whole.value and told.number.rounds(value * _HUNDRED / whole.value)
    ]
    some = [whole for _, whole in found if whole.named] or [whole for _, whole in found]
    return told._replace(
        verdict=Verdict.AGREES,
        cells=found[0][0] or told.cells,
        wholes=tuple(dict.fromkeys(whole.cells for whole in some)),
    )


def is_in_brackets(sentence: Sentence, index: int) -> bool:
    """Whether it stands by itself in brackets after a number: 39件（30.0%）."""
    if not sentence.first < index - 1 or index + 1 >= sentence.end:
        return False
    number, opening, percentage, closing = sentence.tokens[index - 2 : index + 2]
    return bool(
        percentage.number
        and percentage.number.percent
        and opening.text in "（("
        and closing.text in "）)"
        and number.number
    )


def _part_before(
    sentence: Sentence, reading: Reading, before: Sequence[Reading], near: range
) -> tuple[Claim | None, Decimal | None] | None:
    """Of what the share is: the claim, where there is one, and the number, where there is one."""
    counted = [r for r in before if r.number and not r.number.percent]
    numbers = [r for r in counted if not sentence.in_brackets(r.at, reading.at)] or counted
    shares = listed(sentence, reading.at)
    if len(shares) > 1:
        if len(numbers) < len(shares):
            return None
        base = numbers[len(numbers) - len(shares) + shares.index(reading.at)]
        return base.claim, base.number.value if base.number else None
    named = heading(sentence.tokens, _until_share(sentence, near), before=True)
    if named.noun or named.channel or named.foreign or _is_of_some(sentence, named):
        return None
    if named.terms:
        claim_ = claim(sentence.figures.form, named, sentence.topic)
        if claim_ is not None:
            same = next((r for r in reversed(numbers) if r.claim and r.claim.usual == claim_.usual), None)
            return claim_, same.number.value if same and same.number else None
    last = numbers[-1] if numbers else None
    clause = sentence.clause(sentence.outside(max(near.start - 1, sentence.first)))
    if last is None or last.number is None or last.at < clause.start:
        return _named_before(sentence, clause)
    return last.claim, last.number.value


def _is_of_some(sentence: Sentence, named: Heading) -> bool:
    """Whether words that are not known take only some of them: 征地拆迁类申请占比62%."""
    requests = all(term.subject and not term.rows for term in named.terms)
    return (requests or named.sort) and bool(named.modifier) and not sentence.is_own(named.modifier)


def _named_before(sentence: Sentence, clause: range) -> tuple[Claim, None] | None:
    """以自然人为主，占比85.71%: what the clause before names."""
    terms = tuple(term for i in clause for term in sentence.tokens[i].terms)
    claim_ = claim(sentence.figures.form, Heading(terms=terms[::-1]), sentence.topic) if terms else None
    return (claim_, None) if claim_ else None


def _until_share(sentence: Sentence, near: range) -> range:
    at = next((i for i in near if sentence.tokens[i].of("share")), near.stop)
    return range(at - 1, near.start - 1, -1)


def _candidates(
    sentence: Sentence, claim_: Claim | None, before: Sequence[Reading], least: Decimal | int
) -> Iterator[_Whole]:
    """What the share may be of: totals of the table, and larger numbers that the sentence names."""
    named = [reading for reading in before if reading.number and not reading.number.percent]
    for reading in named:
        if reading.number and reading.number.value >= least:
            yield _Whole(reading.number.value, _counted(reading), named=True)
    told = sentence.topic.told
    if told is not None and told >= least and all(r.number and r.number.value != told for r in named):
        yield _Whole(told, _told_cells(sentence, told), named=True)
    if claim_ is None:
        return
    for cells in _whole_cells(sentence, claim_):
        total = sentence.figures.total(cells, last=claim_.last)
        if total is not None:
            yield _Whole(Decimal(total), cells, named=False)


def _counted(reading: Reading) -> Cells:
    """The cells of a number that is a figure of this year's tables."""
    agrees = reading.verdict in (Verdict.AGREES, Verdict.BOUND) and not reading.last
    return reading.cells if agrees and reading.kind is Statement.COUNT else ()


def _told_cells(sentence: Sentence, told: Decimal) -> Cells:
    """The cells of what an earlier sentence said there was of all."""
    topic = sentence.topic
    total = _total_cells(sentence.figures.form.tables[topic.table]) if topic.table else {}
    alternatives = [tuple(total[row] for row in rows) for rows in topic.whole if total.keys() >= set(rows)]
    return next((cells for cells in alternatives if sentence.figures.total(cells) == told), ())


def _whole_cells(sentence: Sentence, claim_: Claim) -> Iterator[tuple[str, ...]]:
    form = sentence.figures.form
    table = form.tables[claim_.table]
    rows = form.tables[claim_.table].balance
    total = _total_cells(table)
    if rows:
        yield from ((total[row],) for row in reversed(rows[:-1]))
        yield tuple(total[row] for row in rows[:2])
    elif total:
        claimed = {form.cells[cell].row for cell in claim_.cells}
        yield tuple(total[row] for row in claimed)
        yield from (tuple(total[row] for row in group) for group in table.groups.values())
        yield tuple(total.values())


def _total_cells(table: Table) -> dict[str, str]:
    return {row.key: row.total.key for row in table.rows.values() if row.total}


def _foreign_whole(sentence: Sentence, near: range) -> bool:
    """Whether 占 is followed by a whole that is not known: 占全市总量的5%."""
    after = False
    for i in near:
        token = sentence.tokens[i]
        if token.of("share"):
            after = True
        elif after and (token.unknown or token.of("foreign") or token.of("matters") or token.of("scope")):
            return True
    return False


def rate(sentence: Sentence, reading: Reading, near: range) -> Reading:
    """办结率96.7%: processed, of all there were to process; 100 % is said of those that were due."""
    figures, form = sentence.figures, sentence.figures.form
    table = sentence.topic.table
    rows = form.tables[table].balance if table else ()
    if (
        table is None
        or any(sentence.tokens[i].unknown for i in near)
        or sentence.topic.foreign
        or not rows
        or reading.number is None
        or reading.number.value == _HUNDRED
    ):
        return reading
    cells = _total_cells(form.tables[table])
    new, carried, processed = (figures.total((cells[row],)) for row in rows[:3])
    if new is None or carried is None or processed is None or not new:
        return reading
    exact = [Decimal(processed) * _HUNDRED / Decimal(whole) for whole in (new + carried, new)]
    told = reading._replace(kind=Statement.SHARE, meaning="办结率", cells=(cells[rows[2]],))
    if any(reading.number.rounds(value) for value in exact):
        return told._replace(verdict=Verdict.AGREES)
    return told._replace(verdict=Verdict.UNKNOWN)


def before_list(sentence: Sentence, index: int) -> range:
    """The tokens before ``index`` in its clause, back to the number before it."""
    first = listed(sentence, index)[0]
    clause = sentence.clause(first)
    numbers = [i for i in clause if sentence.tokens[i].number]
    return range(numbers[-1] + 1 if numbers else clause.start, first)
