"""Numbers of a sentence that are parts: of one row of the tables, or of a whole that the sentence names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from .readings import Kind, Reading, Verdict
from .sentence import Sentence
from .shares import before_list


def siblings(found: list[Reading]) -> list[Reading]:
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


def wholes(sentence: Sentence, found: list[Reading]) -> list[Reading]:
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
    channels = bool(marks) and all(
        sentence.said("channel", before_list(sentence, part.index)) for part in parts
    )
    closed = bool(marks) and ("其他" in text[-1] or "其它" in text[-1] or "其余" in text[-1])
    too_many = (
        bool(marks)
        and whole.number is not None
        and sum(p.number.value for p in parts if p.number) > whole.number.value
    )
    return parts if divided or channels or closed or too_many or _respectively(sentence, whole, first) else []


def _respectively(sentence: Sentence, whole: Reading, first: int) -> bool:
    return any(sentence.tokens[i].of("respective") for i in range(whole.index + 1, first))
