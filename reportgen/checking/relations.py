"""What numbers of one sentence say of each other: shares, changes against last year, parts of a whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from .claims import Claim, heading, claim, totals
from .numbers import Number
from .readings import Kind, Reading, Verdict, describe
from .sentence import CLAUSE_END, Sentence
from .vocabulary import CONNECTORS, Token

_HUNDRED = Decimal(100)


def relate(sentence: Sentence, found: list[Reading]) -> list[Reading]:
    """Fill in the readings that depend on others: shares, rates, changes, parts; the rest stay."""
    found = _siblings(found)
    for i, reading in enumerate(found):
        if reading.number is None or reading.kind is not Kind.NONE or reading.verdict is Verdict.BOUND:
            continue
        if reading.number.percent and sentence.said("share", _near(sentence, reading.index)):
            found[i] = _share(sentence, reading, found[:i])
        elif reading.number.percent and sentence.said("rate", _near(sentence, reading.index)):
            found[i] = _rate(sentence, reading)
        else:
            found[i] = _change(sentence, reading, found[:i])
    found += _words_of_change(sentence, found)
    return _wholes(sentence, found)


def _near(sentence: Sentence, index: int) -> range:
    """The tokens before ``index`` in its clause, back to the number before it."""
    first = _listed_shares(sentence, index)[0]
    clause = sentence.clause(first)
    numbers = [i for i in clause if sentence.tokens[i].number]
    return range(numbers[-1] + 1 if numbers else clause.start, first)


# ── several parts of one row ────────────────────────────────────────────────────────────────────────


def _siblings(found: list[Reading]) -> list[Reading]:
    """商业秘密1件、个人隐私1件: numbers that may be parts of one row are compared with it together."""
    result = list(found)
    for i, reading in enumerate(found):
        if reading.claim is None or not reading.claim.part or reading.claim.soft or reading.expected is None:
            continue
        family = [
            j
            for j, other in enumerate(found)
            if other.number and other.claim and other.cells == reading.cells
        ]
        if len(family) == 1:
            if reading.verdict is Verdict.UNKNOWN:
                result[i] = replace(reading, verdict=Verdict.DOUBTFUL, doubt=_PART)
            continue
        together = sum((number.value for j in family if (number := found[j].number)), Decimal(0))
        for j in family:
            if together == reading.expected:
                result[j] = replace(found[j], verdict=Verdict.AGREES)
            elif found[j].verdict is Verdict.DISAGREES:
                result[j] = replace(found[j], verdict=Verdict.DOUBTFUL, doubt=_PART)
    return result


_PART = "这里说的可能只是其中一部分"

# ── shares ──────────────────────────────────────────────────────────────────────────────────────────


def _share(sentence: Sentence, reading: Reading, before: Sequence[Reading]) -> Reading:
    """占31.58%: of the number before it, or of what is named before 占."""
    assert reading.number is not None
    near = _near(sentence, reading.index)
    part = _part_before(sentence, reading, before, near)
    if part is None:
        return reading
    form = sentence.figures.form
    claim_, value = part
    values = [value] if value is not None else []
    if claim_ is not None:
        values += [
            t for cells in claim_.usual if (t := sentence.figures.total(cells, last=claim_.last)) is not None
        ]
    wholes = list(_candidates(sentence, claim_, before, max(values, default=Decimal(0))))
    exact = [Decimal(v) * _HUNDRED / Decimal(w) for v in values for w in wholes if w]
    meaning = f"{describe(form, claim_.cells)}所占的比例" if claim_ else "前一个数所占的比例"
    told = replace(
        reading, kind=Kind.SHARE, meaning=meaning, cells=claim_.cells if claim_ else (), claim=None
    )
    if not exact:
        return reading
    if any(reading.number.rounds(share) for share in exact):
        return replace(told, verdict=Verdict.AGREES)
    if claim_ is None or _foreign_whole(sentence, near):
        return replace(told, verdict=Verdict.UNKNOWN)
    expected = exact[0].quantize(reading.number.step) if reading.number.step < 1 else round(exact[0], 2)
    sure = (
        any(r.claim is claim_ and r.verdict in (Verdict.AGREES, Verdict.BOUND) for r in before)
        or value is None
    )
    verdict = Verdict.DISAGREES if sure and not claim_.weak else Verdict.DOUBTFUL
    return replace(told, verdict=verdict, expected=expected, doubt="" if sure else "前面的数也要核对")


def _part_before(
    sentence: Sentence, reading: Reading, before: Sequence[Reading], near: range
) -> tuple[Claim | None, Decimal | None] | None:
    """Of what the share is: the claim, where there is one, and the number, where there is one."""
    listed = [r for r in before if r.number and not r.number.percent]
    shares = _listed_shares(sentence, reading.index)
    if len(shares) > 1:
        if len(listed) < len(shares):
            return None
        base = listed[len(listed) - len(shares) + shares.index(reading.index)]
        return base.claim, base.number.value if base.number else None
    named = heading(sentence.tokens, _until_share(sentence, near), before=True)
    if named.terms:
        claim_ = claim(sentence.figures.form, named, sentence.topic)
        if claim_ is not None:
            same = next((r for r in reversed(listed) if r.claim and r.claim.usual == claim_.usual), None)
            return claim_, same.number.value if same and same.number else None
    base_reading = listed[-1] if listed else None
    if base_reading is None or base_reading.number is None:
        return None
    return base_reading.claim, base_reading.number.value


def _until_share(sentence: Sentence, near: range) -> range:
    at = next((i for i in near if sentence.tokens[i].of("share")), near.stop)
    return range(at - 1, near.start - 1, -1)


def _listed_shares(sentence: Sentence, index: int) -> list[int]:
    """All percentages of a list such as 占比分别为31.58%、63.16%和5.26%."""

    def percent(i: int) -> bool:
        number = sentence.tokens[i].number
        return bool(number and number.percent)

    if not percent(index):
        return [index]
    listed = [index]
    for step in (-1, 1):
        i = index + step
        while sentence.first <= i < sentence.end and (
            percent(i) or sentence.tokens[i].text in CONNECTORS or sentence.tokens[i].text in ("，", ",")
        ):
            if percent(i):
                listed.append(i)
            i += step
    return sorted(listed)


def _candidates(
    sentence: Sentence, claim_: Claim | None, before: Sequence[Reading], least: Decimal | int
) -> Iterator[Decimal]:
    """What the share may be of: totals of the table, and larger numbers that the sentence names."""
    form, figures = sentence.figures.form, sentence.figures
    for reading in before:
        if reading.number and not reading.number.percent and reading.number.value >= least:
            yield reading.number.value
    if sentence.topic.told is not None and sentence.topic.told >= least:
        yield sentence.topic.told
    if claim_ is None:
        return
    whole = list(_whole_cells(sentence, claim_))
    for cells in whole:
        total = figures.total(cells, last=claim_.last)
        if total is not None:
            yield Decimal(total)
    del form


def _whole_cells(sentence: Sentence, claim_: Claim) -> Iterator[tuple[str, ...]]:
    form = sentence.figures.form
    table = form.tables[claim_.table]
    rows = totals(form, claim_.table)
    total = {row.key: row.total.key for row in table.rows.values() if row.total}
    if rows:
        yield from ((total[row],) for row in reversed(rows[:-1]))
        yield tuple(total[row] for row in rows[:2])
    elif total:
        claimed = {form.cells[cell].row for cell in claim_.cells}
        yield tuple(total[row] for row in claimed)
        yield from (tuple(total[row] for row in group) for group in table.groups.values())
        yield tuple(total.values())


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


def _rate(sentence: Sentence, reading: Reading) -> Reading:
    """办结率96.7%: processed, of all there were to process; 100 % is said of those that were due."""
    figures, form = sentence.figures, sentence.figures.form
    table = sentence.topic.table
    rows = totals(form, table) if table else ()
    if sentence.topic.foreign or not rows or reading.number is None or reading.number.value == _HUNDRED:
        return reading
    total = {
        row: f"{table}.{row}.{column}" for row in rows for column in [form.tables[str(table)].rows[row].total]
    }
    cells = {row: cell.key for row in rows if (cell := form.tables[str(table)].rows[row].total)}
    new, carried, processed = (figures.total((cells[row],)) for row in rows[:3])
    del total
    if new is None or carried is None or processed is None or not new:
        return reading
    exact = [Decimal(processed) * _HUNDRED / Decimal(whole) for whole in (new + carried, new)]
    told = replace(reading, kind=Kind.SHARE, meaning="办结率", cells=(cells[rows[2]],))
    if any(reading.number.rounds(value) for value in exact):
        return replace(told, verdict=Verdict.AGREES)
    return replace(told, verdict=Verdict.DOUBTFUL, expected=round(exact[0], 2), doubt="办结率的算法可能不同")


# ── changes ─────────────────────────────────────────────────────────────────────────────────────────


def _change(sentence: Sentence, reading: Reading, before: Sequence[Reading]) -> Reading:
    """较上年增加11件，增长35.48%: against last year's figure of what was told before."""
    direction = _direction(sentence, reading.index)
    if direction == 0 or reading.number is None or sentence.time == "else":
        return reading
    if reading.number.unit in ("个百分点", "百分点"):
        return reading
    compared = [i for i in range(sentence.first, reading.index) if sentence.tokens[i].of("compare")]
    if not compared:
        return reading
    bases = _bases(sentence, before, compared[-1])
    if not bases:
        return reading
    told = replace(
        reading,
        kind=Kind.CHANGE,
        meaning=f"{describe(sentence.figures.form, bases[0].cells)}比上年的变化",
        cells=bases[0].cells,
    )
    if sentence.figures.last is None:
        return replace(told, verdict=Verdict.NO_LAST)
    exact = [value for base in bases for value in _changes(sentence, base, reading.number)]
    if not exact:
        return replace(told, verdict=Verdict.UNFILLED)
    if any(reading.number.rounds(value * direction) for value in exact):
        return replace(told, verdict=Verdict.AGREES)
    verdict = Verdict.DISAGREES if len(bases) == 1 and not bases[0].weak else Verdict.DOUBTFUL
    doubt = "" if verdict is Verdict.DISAGREES else bases[0].weak or "不能肯定是哪个数的变化"
    step = reading.number.step if reading.number.step < 1 else Decimal(1)
    return replace(told, verdict=verdict, expected=(exact[0] * direction).quantize(step), doubt=doubt)


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


def _bases(sentence: Sentence, before: Sequence[Reading], compared: int) -> list[Claim]:
    """What is compared with last year: what the clause of the comparison names, or the number before it."""
    named = heading(
        sentence.tokens, range(compared - 1, sentence.clause(compared).start - 1, -1), before=True
    )
    told = [r for r in before if r.index < compared and r.number and not r.number.percent]
    if named.terms and named.certain:
        claim_ = claim(sentence.figures.form, named, sentence.topic)
        return [claim_] if claim_ else []
    if not told or told[-1].claim is None or told[-1].last:
        return []
    found: list[Claim] = []
    for reading in reversed(told):
        if reading.claim is not None and not reading.last and reading.claim not in found:
            found.append(reading.claim)
    return found


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


def _words_of_change(sentence: Sentence, found: Sequence[Reading]) -> Iterator[Reading]:
    """与上年持平, 较上年有所增长: a direction without a number."""
    for index in range(sentence.first, sentence.end):
        if not sentence.tokens[index].of("compare"):
            continue
        word = _said_of_change(sentence, index)
        if word is None:
            continue
        before = [r for r in found if r.index < index]
        bases = _bases(sentence, before, index)
        if not bases:
            continue
        base = bases[0]
        reading = replace(
            sentence.reading(word, Kind.CHANGE),
            meaning=f"{describe(sentence.figures.form, base.cells)}比上年的变化",
            cells=base.cells,
        )
        if sentence.figures.last is None:
            yield replace(reading, verdict=Verdict.NO_LAST)
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
        yield replace(
            reading,
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


# ── parts of a whole ────────────────────────────────────────────────────────────────────────────────


def _wholes(sentence: Sentence, found: list[Reading]) -> list[Reading]:
    """各类诉求262件，已办结257件，正在办理5件: parts that are not in the tables add up to their whole."""
    counted = [r for r in found if r.number and not r.number.percent and r.kind in (Kind.NONE, Kind.COUNT)]
    result = list(found)
    for i, whole in enumerate(counted):
        parts = _parts(sentence, whole, counted[i + 1 :])
        if not parts or whole.number is None:
            continue
        total = sum((part.number.value for part in parts if part.number), Decimal(0))
        exact = all(r.number and not r.number.manner and not r.number.scaled for r in (whole, *parts))
        if not exact:
            continue
        at = result.index(whole)
        if total == whole.number.value:
            if whole.kind is Kind.NONE:
                result[at] = replace(whole, kind=Kind.WHOLE, verdict=Verdict.AGREES, meaning="后面各项之和")
        elif whole.verdict is not Verdict.DISAGREES:
            result[at] = replace(
                whole, kind=Kind.WHOLE, verdict=Verdict.DOUBTFUL, meaning="后面各项之和", expected=int(total)
            )
        break
    return result


def _parts(sentence: Sentence, whole: Reading, rest: Sequence[Reading]) -> list[Reading]:
    """The numbers that divide ``whole`` completely, so far as the wording shows; else none."""
    parts: list[Reading] = []
    for reading in rest:
        if whole.number is None or reading.number is None or reading.number.unit != whole.number.unit:
            break
        parts.append(reading)
    if len(parts) < 2 or any(part.kind is Kind.COUNT for part in parts):
        return []
    first, last = parts[0].index, parts[-1].index
    between = range(whole.index + 1, last + 1)
    if any(sentence.tokens[i].text in "（）()" for i in between):
        return []
    marks = [
        i
        for i in range(whole.index + 1, first)
        if sentence.tokens[i].of("whole") or sentence.tokens[i].of("respective")
    ]
    later = [i for i in range(first, last) if sentence.tokens[i].of("whole")]
    if later:
        return []
    done, pending = (
        ("办结", "整改", "完成", "办复", "答复", "解决"),
        ("正在", "未", "剩余", "尚", "在办", "其余", "结转", "阶段性"),
    )
    text = [
        "".join(
            t.text for t in sentence.tokens[(whole.index if n == 0 else parts[n - 1].index) + 1 : part.index]
        )
        for n, part in enumerate(parts)
    ]
    divided = len(parts) == 2 and any(w in text[0] for w in done) and any(w in text[1] for w in pending)
    channels = bool(marks) and all(sentence.said("channel", _near(sentence, part.index)) for part in parts)
    closed = bool(marks) and ("其他" in text[-1] or "其它" in text[-1] or "其余" in text[-1])
    too_many = (
        bool(marks)
        and whole.number is not None
        and sum(p.number.value for p in parts if p.number) > whole.number.value
    )
    return parts if divided or channels or closed or too_many or _respectively(sentence, whole, first) else []


def _respectively(sentence: Sentence, whole: Reading, first: int) -> bool:
    return any(sentence.tokens[i].of("respective") for i in range(whole.index + 1, first))
