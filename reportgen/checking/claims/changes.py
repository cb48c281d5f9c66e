"""Changes against last year: 较上年增加11件, 同比增长35.48%, 与上年持平."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from .claim import Claim, claim
from .evidence import is_shown
from .headings import heading
from .lists import listed
from .numbers import Number
from .readings import Reading, Statement, Verdict
from .sentence import CLAUSE_END, Sentence
from .shares import ALMOST
from .vocabulary import Token

_HUNDRED = Decimal(100)


def change(sentence: Sentence, reading: Reading, before: Sequence[Reading]) -> Reading:
    """较上年增加11件，增长35.48%: against last year's figure of what was told before."""
    if reading.number is None or reading.number.unit in ("个百分点", "百分点"):
        return reading
    compared = [i for i in sentence.comparisons if i < reading.at]
    if not compared or sentence.said("elsewhen", range(sentence.first, reading.at)):
        return reading
    several = _several(sentence, reading.at)
    direction = _direction(sentence, several[0])
    if direction == 0:
        return reading
    bases = _bases(sentence, before, compared[-1], several.index(reading.at), len(several))
    if not bases:
        return reading
    told = reading._replace(
        kind=Statement.CHANGE,
        meaning=f"{sentence.figures.describe(bases[0].cells)}比上年的变化",
        cells=bases[0].cells,
    )
    if sentence.figures.last is None:
        return told._replace(verdict=Verdict.NO_LAST)
    exact = [value for base in bases for value in _changes(sentence, base, reading.number)]
    if not exact:
        return told._replace(verdict=Verdict.UNFILLED)
    if any(reading.number.rounds(value * direction) for value in exact):
        return told._replace(verdict=Verdict.AGREES)
    other = next((base for base in bases if _fits_another(sentence, base, reading.number, direction)), None)
    if bases[0].soft or (not other and not is_shown(sentence, bases[0], before)):
        return told._replace(verdict=Verdict.UNKNOWN)
    doubt = f"这个变化按{sentence.figures.describe(other.doubtful[0])}算才对" if other else ""
    doubt = doubt or bases[0].weak or ("不能肯定是哪个数的变化" if len(bases) > 1 else "")
    if reading.number.percent and not doubt:
        doubt = next((ALMOST for value in exact if reading.number.almost(value * direction)), "")
    verdict = Verdict.DOUBTFUL if doubt else Verdict.DISAGREES
    expected = round(exact[0] * direction, 2)
    return told._replace(verdict=verdict, expected=expected, doubt=doubt)


def _direction(sentence: Sentence, index: int) -> int:
    """1 where the words directly before say more, -1 where they say less, 0 where neither."""
    for i in range(index - 1, sentence.first - 1, -1):
        token = sentence.tokens[i]
        if token.of("up"):
            return 1
        if token.of("down"):
            return -1
        if not (token.blank or token.of("fill") or token.text in ("近", "率", "幅", "约")):
            return 0
    return 0


def _several(sentence: Sentence, index: int) -> list[int]:
    """The numbers of one list that tell the changes of several: 同比分别增加2件和4件."""
    changes = listed(sentence, index)
    apart = sentence.said("respective", sentence.clause(changes[0]))
    return changes if apart and len(changes) > 1 else [index]


def _bases(
    sentence: Sentence, before: Sequence[Reading], compared: int, place: int = 0, several: int = 1
) -> list[Claim]:
    """What is compared with last year: what the clause of the comparison names, or the number before it.

    Of ``several`` changes, the one at ``place`` is compared with the number of its place before the comparison.
    """
    if several > 1:
        return _base_at(before, compared, place - several)
    if sentence.said("respective", range(sentence.clause(compared).start, _clause_end(sentence, compared))):
        return []
    named = heading(
        sentence.tokens, range(compared - 1, sentence.clause(compared).start - 1, -1), before=True
    )
    counted = [r for r in before if r.at < compared and r.kind is not Statement.CHANGE]
    told = [r for r in counted if r.number and not r.number.percent]
    if named.terms and named.certain:
        claim_ = claim(sentence.figures.form, named, sentence.topic)
        return [claim_] if claim_ else []
    if not told or told[-1].claim is None or told[-1].last:
        return []
    found: list[Claim] = []
    for reading in reversed(told):
        base = _as_read(reading)
        if base is not None and base not in found:
            found.append(base)
    return found


def _as_read(reading: Reading) -> Claim | None:
    """What the number was compared with; of several usual readings only the one that it agrees with."""
    if reading.claim is None or reading.last:
        return None
    if reading.verdict not in (Verdict.AGREES, Verdict.BOUND):
        return reading.claim
    others = tuple(cells for cells in reading.claim.usual if cells != reading.cells)
    return reading.claim._replace(usual=(reading.cells,), doubtful=others)


def _base_at(before: Sequence[Reading], compared: int, place: int) -> list[Claim]:
    told = [r for r in before if r.at < compared and r.number and not r.number.percent]
    if len(told) < -place:
        return []
    base = told[place]
    return [base.claim] if base.claim is not None and not base.last else []


def _clause_end(sentence: Sentence, index: int) -> int:
    return next((i for i in sentence.after(index) if sentence.tokens[i].text in CLAUSE_END), sentence.end)


def _changes(sentence: Sentence, base: Claim, number: Number) -> Iterator[Decimal]:
    for cells in base.usual:
        this = sentence.figures.total(cells)
        last = sentence.figures.total(cells, last=True)
        if this is None or last is None:
            continue
        if not number.percent:
            yield Decimal(this) - Decimal(last)
        elif last:
            yield (Decimal(this) - Decimal(last)) * _HUNDRED / Decimal(last)


def _fits_another(sentence: Sentence, base: Claim, number: Number, direction: int) -> bool:
    """Whether the change is that of another usual reading of the number: with those carried over, or without."""
    return any(
        number.rounds(value * direction)
        for cells in base.doubtful
        for value in _changes(sentence, base._replace(usual=(cells,)), number)
    )


def words_of_change(sentence: Sentence, found: Sequence[Reading]) -> Iterator[Reading]:
    """与上年持平, 较上年有所增长: a direction without a number."""
    for index in range(sentence.first, sentence.end):
        if not sentence.tokens[index].of("compare"):
            continue
        word = _said_of_change(sentence, index)
        if word is None:
            continue
        before = [r for r in found if r.at < index]
        bases = _bases(sentence, before, index)
        if not bases:
            continue
        base = bases[0]
        reading = sentence.reading(word, Statement.CHANGE)._replace(
            meaning=f"{sentence.figures.describe(base.cells)}比上年的变化",
            cells=base.cells,
        )
        if sentence.figures.last is None:
            yield reading._replace(verdict=Verdict.NO_LAST)
            continue
        changes = list(_changes(sentence, base, Number(0, 0, Decimal(0), "件")))
        if not changes:
            continue
        token = sentence.tokens[word]
        fits = any(_goes(token, change) for change in changes)
        near = (
            token.of("same")
            and not fits
            and any(sentence.tokens[i].text in ("基本", "大致") for i in sentence.clause(word))
        )
        verdict = (
            Verdict.AGREES if fits else Verdict.UNKNOWN if near or "基本" in token.text else Verdict.DOUBTFUL
        )
        if not fits and len(bases) == 1 and verdict is Verdict.DOUBTFUL and not base.weak:
            verdict = Verdict.DISAGREES
        yield reading._replace(
            verdict=verdict,
            expected=changes[0],
            doubt="" if verdict is Verdict.DISAGREES else base.weak,
        )


def _goes(token: Token, change: Decimal) -> bool:
    if token.of("same"):
        return change == 0
    return change > 0 if token.of("up") else change < 0


def _said_of_change(sentence: Sentence, index: int) -> int | None:
    """The word 增长, 下降 or 持平 that follows a comparison and no number follows."""
    for i in sentence.after(index):
        token = sentence.tokens[i]
        if token.number or token.text in CLAUSE_END or token.terms:
            return None
        if token.of("same"):
            return i
        if token.of("up") or token.of("down"):
            following = next(
                (
                    t
                    for t in sentence.tokens[i + 1 : sentence.end]
                    if not (t.blank or t.of("fill") or t.text == "近")
                ),
                None,
            )
            ends = following is None or following.text in CLAUSE_END
            return i if ends and len(token.text) > 1 else None
    return None
