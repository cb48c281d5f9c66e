"""Numbers of a sentence that are parts: of one row of the tables, or of a whole that the sentence names."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from .claim import Cells
from .readings import Reading, Statement, Verdict
from .sentence import Sentence


def siblings(found: list[Reading]) -> list[Reading]:
    """商业秘密1件、个人隐私1件: numbers that may be parts of one row are compared with it together."""
    result = list(found)
    for reading in found:
        if reading.claim is None or not reading.claim.part or reading.claim.soft or reading.expected is None:
            continue
        family = [j for j, r in enumerate(found) if r.number and r.claim and r.cells == reading.cells]
        if len(family) == 1:
            continue
        together = sum((number.value for j in family if (number := found[j].number)), Decimal(0))
        whole = any(_is_whole_row(found[j]) for j in family)
        for j in family:
            if together == reading.expected:
                result[j] = found[j]._replace(verdict=Verdict.AGREES)
            elif found[j].verdict is Verdict.DISAGREES or (together > reading.expected and not whole):
                result[j] = found[j]._replace(verdict=Verdict.DOUBTFUL, doubt=_PART)
    return result


_PART = "这里说的可能只是其中一部分"


def _is_whole_row(reading: Reading) -> bool:
    """Whether it tells the whole row, so that what stands beside it is a part of it: 纠正2件，其中撤销1件."""
    return reading.verdict is Verdict.AGREES and not (reading.claim and reading.claim.part)


def completed(sentence: Sentence, found: list[Reading]) -> list[Reading]:
    """办结40件，逾期不补正1件: what is told beside those processed may make up their total."""
    result = list(found)
    for i, reading in enumerate(found):
        if reading.verdict is not Verdict.DISAGREES or reading.claim is None or reading.number is None:
            continue
        balance = sentence.figures.form.tables[reading.claim.table].balance
        results = [r for r in found[i + 1 :] if _is_result(sentence, r, reading.claim.table, balance)]
        if not results or _rows(sentence, reading) != set(balance[2:3]):
            continue
        if sentence.said("whole", range(reading.at, results[-1].at)):
            continue
        if reading.number.value + _sum(results) == reading.expected:
            result[i] = reading._replace(verdict=Verdict.AGREES)
    return result


def closed(sentence: Sentence, found: list[Reading]) -> list[Reading]:
    """行政复议3件，维持1件，纠正1件，撤回1件: where the figures of a list make up its whole, each of them is meant.

    Then a word that often means something else (撤回, 公开) means its figure here.
    """
    result = list(found)
    for i, whole in enumerate(found):
        if whole.verdict is not Verdict.AGREES or whole.number is None or not whole.cells:
            continue
        parts = [j for j, r in enumerate(found[i + 1 :], i + 1) if _is_part(sentence, whole, r)]
        figures = [found[j].expected for j in parts]
        cells = [cell for j in parts for cell in found[j].cells]
        complete = len(parts) > 1 and sum(f for f in figures if f is not None) == whole.expected
        if not complete or len(cells) != len(set(cells)):
            continue
        for j in parts:
            if found[j].verdict in (Verdict.UNKNOWN, Verdict.DOUBTFUL):
                result[j] = found[j]._replace(verdict=Verdict.DISAGREES, doubt="")
    return result


def _is_part(sentence: Sentence, whole: Reading, reading: Reading) -> bool:
    """Whether it counts a part of ``whole``: a column of its row, or a result of those processed."""
    if reading.kind is not Statement.COUNT or reading.expected is None or not reading.cells or reading.last:
        return False
    form = sentence.figures.form
    one, two = ([form.cells[cell] for cell in each.cells] for each in (whole, reading))
    table = form.tables[one[0].table]
    if two[0].table != table.key or not all(cell.column in table.total_columns for cell in one):
        return False
    rows, others = {cell.row for cell in one}, {cell.row for cell in two}
    columns = {cell.column for cell in two}
    if columns.isdisjoint(table.total_columns):
        return rows == others
    return rows == set(table.balance[2:3]) and others.isdisjoint(table.balance)


def remaining(sentence: Sentence, found: list[Reading]) -> list[Reading]:
    """除2件结转外，其余43件均按期答复: what is left beside those carried forward are all that were processed."""
    result = list(found)
    for i, reading in enumerate(found):
        cells = _processed(sentence, reading, found[:i]) if reading.verdict is Verdict.UNKNOWN else ()
        if cells:
            result[i] = reading._replace(
                verdict=Verdict.DISAGREES,
                meaning=sentence.figures.describe(cells),
                cells=cells,
                expected=sentence.figures.total(cells),
            )
    return result


def apart(sentence: Sentence, found: list[Reading]) -> list[Reading]:
    """收到4件，答复5件（含上年结转1件）: where those carried over are told apart, those received are the new ones."""
    result = list(found)
    for i, reading in enumerate(found):
        if reading.verdict is not Verdict.AGREES or reading.claim is None or len(reading.cells) != 2:
            continue
        table = sentence.figures.form.tables[reading.claim.table]
        totals = tuple(total.key for row in table.balance[:2] if (total := table.rows[row].total))
        if reading.cells != totals or totals[:1] not in reading.claim.usual or not reading.number:
            continue
        carried = [r for r in found if r.cells == totals[1:] and r.verdict is Verdict.AGREES and r.expected]
        new = any(r.cells == totals[:1] for r in found[:i])
        if carried and not new and not any(_includes(sentence, reading, each) for each in carried):
            result[i] = reading._replace(
                verdict=Verdict.DOUBTFUL,
                meaning=sentence.figures.describe(totals[:1]),
                cells=totals[:1],
                expected=sentence.figures.total(totals[:1]),
                doubt=_BOTH,
            )
    return result


_BOTH = "文中的数等于本年新收加上年结转，而上年结转另外写了"


def _includes(sentence: Sentence, whole: Reading, part: Reading) -> bool:
    """Whether ``part`` is told as a part of ``whole``: 收到45件（含上年结转3件）, not of a number between them."""
    opening = next((i for i in range(part.at, whole.at, -1) if sentence.tokens[i].text in "（("), 0)
    if opening and sentence.tokens[opening - 1].number:
        return opening - 1 == whole.at
    return bool(sentence.said("whole", range(whole.at, part.at)))


def _processed(sentence: Sentence, reading: Reading, before: Sequence[Reading]) -> Cells:
    """Those processed, where the number is all that were processed.

    Either only those carried forward are set apart from it and it is not what they leave, or it divides all there
    were to process: 共45件，其中43件已办结.
    """
    number, claim_ = reading.number, reading.claim
    if number is None or claim_ is None or not claim_.soft or claim_.weak or claim_.last:
        return ()
    table = sentence.figures.form.tables[claim_.table]
    totals = tuple(total.key for row in table.balance if (total := table.rows[row].total))
    if not totals or (totals[2],) not in claim_.usual:
        return ()
    carried = sentence.figures.total(totals[1:2])
    every = [totals[:2], *([totals[:1]] if carried == 0 else [])]
    if before and before[-1].verdict is Verdict.AGREES and before[-1].cells in every:
        return (totals[2],)
    clause = sentence.clause(reading.at)
    apart = range(sentence.clause(clause.start - 1).start, reading.at)
    named = any(term.rows[:1] == (table.balance[3:],) for i in apart for term in sentence.tokens[i].terms)
    others = any(r.at >= apart.start and r.cells != (totals[3],) for r in before)
    if others or not (named and sentence.said("rest", clause)):
        return ()
    new, left = (sentence.figures.total((cell,)) for cell in (totals[0], totals[3]))
    return (totals[2],) if new is not None and left is not None and number.value != new - left else ()


def _is_result(sentence: Sentence, reading: Reading, table: str, balance: Sequence[str]) -> bool:
    """Whether it agrees with a row of the results, not with one of those that balance."""
    agrees = reading.verdict is Verdict.AGREES and reading.claim is not None and reading.claim.table == table
    return agrees and _rows(sentence, reading).isdisjoint(balance)


def _rows(sentence: Sentence, reading: Reading) -> set[str]:
    return {sentence.figures.form.cells[cell].row for cell in reading.cells}


def wholes(sentence: Sentence, found: list[Reading]) -> list[Reading]:
    """各类诉求262件，已办结257件，正在办理5件: parts that are not in the tables add up to their whole."""
    result = list(found)
    for i, whole in enumerate(found):
        if not _counts(whole) or _listed_before(sentence, whole, found[:i]):
            continue
        parts = _parts(whole, found[i + 1 :])
        if _divide(sentence, whole, parts) and all(_exact(reading) for reading in (whole, *parts)):
            result[i] = _compared(whole, parts)
    return result


def _counts(reading: Reading) -> bool:
    return reading.number is not None and reading.kind in (Statement.NONE, Statement.COUNT)


def _alike(reading: Reading, other: Reading) -> bool:
    return bool(reading.number and other.number and reading.number.unit == other.number.unit)


def _parts(whole: Reading, rest: Sequence[Reading]) -> list[Reading]:
    """The numbers after ``whole`` that count the same, no further than they are needed to make it up."""
    parts: list[Reading] = []
    left = whole.number.value if whole.number else Decimal(0)
    for reading in rest:
        if not reading.number or not _counts(reading) or not _alike(reading, whole):
            break
        parts.append(reading)
        left -= reading.number.value
        if len(parts) > 1 and not left:
            break
    return parts


def _listed_before(sentence: Sentence, whole: Reading, before: Sequence[Reading]) -> bool:
    """Whether it ends a list that may be divided together: 建议9件、提案11件，其中主办7件、会办13件."""
    clause = sentence.clause(whole.at)
    return any(r.at in clause and _alike(r, whole) for r in before)


def _exact(reading: Reading) -> bool:
    number = reading.number
    return number is not None and not number.manner and not number.scaled and number.high is None


def _compared(whole: Reading, parts: Sequence[Reading]) -> Reading:
    total = _sum(parts)
    if whole.number is None or total == whole.number.value:
        agrees = whole._replace(kind=Statement.WHOLE, verdict=Verdict.AGREES, meaning=_MEANING)
        return agrees if whole.kind is Statement.NONE else whole
    if whole.verdict is Verdict.DISAGREES:
        return whole
    return whole._replace(
        kind=Statement.WHOLE, verdict=Verdict.DOUBTFUL, meaning=_MEANING, cells=(), expected=int(total)
    )


_MEANING = "后面各项之和"


def _sum(readings: Sequence[Reading]) -> Decimal:
    return sum((reading.number.value for reading in readings if reading.number), Decimal(0))


def _divide(sentence: Sentence, whole: Reading, parts: Sequence[Reading]) -> bool:
    """Whether ``parts`` divide ``whole`` completely, so far as the wording shows.

    Parts that the tables have are compared with them instead; lists within lists are left alone.
    """
    if len(parts) < 2 or whole.number is None or any(part.kind is Statement.COUNT for part in parts):
        return False
    first, last = parts[0].at, parts[-1].at
    if any(token.text in "（）()" for token in sentence.tokens[whole.at + 1 : last]):
        return False
    if sentence.said("whole", range(first, last)):
        return False
    starts = [whole.at, *(part.at for part in parts[:-1])]
    before = [range(start + 1, part.at) for start, part in zip(starts, parts, strict=True)]
    if len(parts) == 2 and sentence.said("done", before[0]) and sentence.said("pending", before[1]):
        return True
    if sentence.said("respective", before[0]):
        return True
    if not sentence.said("whole", before[0]):
        return False
    rest = any(term.rest for i in before[-1] for term in sentence.tokens[i].terms)
    channels = all(sentence.said("channel", between) for between in before)
    goes_on = sentence.tokens[sentence.end - 1].text in ("；", ";")
    complete = _sum(parts) == whole.number.value
    return complete or (not goes_on and (rest or channels or _sum(parts) > whole.number.value))
