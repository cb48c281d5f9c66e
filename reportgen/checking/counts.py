"""Which cells a number counts, told by the words beside it and by what the text speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from .claims import Claim, Heading, claim, heading, total_columns, totals
from .numbers import COUNTED, Number
from .readings import Kind, Reading, Verdict, describe
from .sentence import CLAUSE_END, Sentence
from .vocabulary import CONNECTORS, Term, Token

_APART = re.compile("(?:类|方面|领域|办|局|委|厅|镇|乡|街道|中心|分局|部门)的?$")
"""Words before a subject that take only a part of it: 土地类申请, 公安局的申请."""


def mention(sentence: Sentence, index: int) -> None:
    """Note what the word at ``index`` says of the time or of the matter from here on."""
    token = sentence.tokens[index]
    if token.year is not None:
        away = sentence.year - token.year
        sentence.time = "" if away == 0 else "last" if away == 1 else "else"
    elif token.of("last"):
        sentence.time = "last"
    elif token.of("elsewhen"):
        sentence.time = "else"
    elif token.of("matters"):
        sentence.topic.leave(fading=False)
    else:
        _turn(sentence, index)


def _turn(sentence: Sentence, index: int) -> None:
    topic = sentence.topic
    for term in sentence.tokens[index].terms:
        if not term.subject or _is_result(sentence, term):
            continue
        unsure = topic.table is not None or (
            index > sentence.first and sentence.tokens[index - 1].unknown
        )
        if not (term.plain and unsure):
            topic.turn(term)
        return


def _is_result(sentence: Sentence, term: Term) -> bool:
    """Whether it is what became of requests: that by itself does not change what the text speaks of."""
    return bool(term.rows and totals(sentence.figures.form, term.table))


# ── one number ──────────────────────────────────────────────────────────────────────────────────────


def counts(
    sentence: Sentence, index: int, given: Heading | None, found: Sequence[Reading]
) -> list[Reading]:
    """The readings of the number at ``index`` as a count: one, or several for 各1件, or one of nothing known."""
    token = sentence.tokens[index]
    number = token.number
    assert number is not None
    cells = _bound(sentence, token)
    if cells is not None:
        return [_printed(sentence, index, cells)]
    if number.percent or _changes(sentence, index):
        return [sentence.reading(index)]
    claims = _claims(sentence, index, number, given, found)
    return [_compared(sentence, index, number, each) for each in claims] or [sentence.reading(index)]


def _compared(sentence: Sentence, index: int, number: Number, claim_: Claim) -> Reading:
    verdict, expected, doubt = sentence.figures.compare(claim_, number)
    return replace(
        sentence.reading(index, Kind.COUNT, verdict),
        meaning=describe(sentence.figures.form, claim_.cells),
        cells=claim_.cells,
        last=claim_.last,
        expected=expected,
        doubt=doubt,
        claim=claim_,
    )


def _bound(sentence: Sentence, token: Token) -> tuple[str, ...] | None:
    for start, end, cells in sentence.place.bound():
        if start < token.end and token.start < end:
            return cells
    return None


def _printed(sentence: Sentence, index: int, cells: tuple[str, ...]) -> Reading:
    """A number that {{ }} printed: its cells are known, and it cannot disagree."""
    number = sentence.tokens[index].number
    reading = sentence.reading(index, verdict=Verdict.BOUND)
    if not cells or number is None or number.percent:
        return reading
    form = sentence.figures.form
    claim_ = Claim(form.cells[cells[0]].table, (cells,))
    sentence.topic.follow(form, claim_)
    after = heading(sentence.tokens, sentence.after(index), before=False)
    if not heading(sentence.tokens, sentence.before(index), before=True).terms:
        _use(sentence, index, after)
    return replace(
        reading, kind=Kind.COUNT, meaning=describe(form, cells), cells=cells, claim=claim_
    )


def _changes(sentence: Sentence, index: int) -> bool:
    """Whether the number tells a change: 增加11件."""
    for i in range(index - 1, sentence.first - 1, -1):
        token = sentence.tokens[i]
        if token.blank or token.text in ("了", "约", "为", "达", "近"):
            continue
        if token.of("up") or token.of("down"):
            return len(token.text) > 1 or bool(sentence.said("compare", sentence.clause(index)))
        return False
    return False


def _claims(
    sentence: Sentence, index: int, number: Number, given: Heading | None, found: Sequence[Reading]
) -> list[Claim]:
    compared = _compared_with(sentence, index, found)
    if compared is not None:
        return [compared]
    head = given or _choose(sentence, index)
    if head is None or sentence.said("if", sentence.clause(index)):
        return []
    heads = [replace(head, terms=(term,), joined=False) for term in head.terms]
    apart = heads if head.each and head.joined else [head]
    form = sentence.figures.form
    claims = [c for each in apart if (c := claim(form, each, sentence.topic)) is not None]
    if not claims or not all(_fits(sentence, each, number, head) for each in claims):
        if head.foreign:
            sentence.topic.leave(fading=True)
        return []
    for each in claims:
        sentence.topic.follow(form, each)
    if head.channel or sentence.time == "else":
        return []
    return [_qualified(sentence, each, index, head) for each in claims]


def _compared_with(sentence: Sentence, index: int, found: Sequence[Reading]) -> Claim | None:
    """比2023年的200件: last year's figure of what was spoken of before."""
    for i in range(index - 1, sentence.first - 1, -1):
        token = sentence.tokens[i]
        if token.blank or token.text in ("的", "同期"):
            continue
        if not token.of("compare"):
            return None
        base = next((reading.claim for reading in reversed(found) if reading.claim), None)
        return replace(base, last=True) if base else None
    return None


# ── the words beside it ─────────────────────────────────────────────────────────────────────────────


def _choose(sentence: Sentence, index: int) -> Heading | None:
    """The words that say what the number counts: those before it, or else those after it."""
    before = heading(sentence.tokens, sentence.before(index), before=True)
    after = heading(sentence.tokens, sentence.after(index), before=False)
    if before.foreign or (before.noun and not after.certain):
        sentence.topic.leave(fading=True)
        return None
    among = before.among and all(term.subject and not term.rows for term in before.terms)
    if before.terms and not among:
        return before if before.certain else _with_object(sentence, index, before, after)
    if after.foreign or (after.noun and not after.terms):
        if not (before.channel or after.channel):
            sentence.topic.leave(fading=not after.foreign)
        return None
    if not after.terms or (before.noun and not any(t.rows and not t.generic for t in after.terms)):
        return None
    _use(sentence, index, after)
    return replace(after, channel=before.channel or after.channel)


def _with_object(sentence: Sentence, index: int, before: Heading, after: Heading) -> Heading | None:
    """收到 before a number: what was received may follow (收到19件申请), or is what was spoken of."""
    if after.foreign:
        sentence.topic.leave(fading=False)
        return None
    objects = tuple(t for t in after.terms if t.subject and not _is_result(sentence, t))
    if objects:
        return replace(before, terms=(*objects, *before.terms))
    if after.noun:
        objects = _last_object(sentence, index)
        if not objects:
            sentence.topic.leave(fading=True)
            return None
        return replace(before, terms=(*objects, *before.terms), modifier=after.noun)
    return before


def _last_object(sentence: Sentence, index: int) -> tuple[Term, ...]:
    """The object at the end of the clause: 收到7条公众通过网站提交的申请."""
    last = None
    for i in sentence.after(index):
        token = sentence.tokens[i]
        if token.number or token.text in CLAUSE_END:
            break
        last = last if token.blank else token
    return tuple(term for term in last.terms if term.subject and not term.rows) if last else ()


def _use(sentence: Sentence, index: int, after: Heading) -> None:
    """Note which words after a number are spent on it."""
    spent = 0
    for i in sentence.after(index):
        if spent >= len(after.terms):
            break
        spent += len(sentence.tokens[i].terms)
        sentence.used = i


def _fits(sentence: Sentence, claim_: Claim, number: Number, head: Heading) -> bool:
    """Whether the number's unit can count it."""
    decimal = sentence.figures.form.cells[claim_.cells[0]].decimal
    if decimal or number.money:
        return decimal and number.money
    if number.unit in ("次", "人次"):
        return head.certain and not head.modifier
    return number.unit in COUNTED if number.unit else head.certain


def _qualified(sentence: Sentence, claim_: Claim, index: int, head: Heading) -> Claim:
    """The claim with the doubts that the words around it leave."""
    clause = sentence.clause(index)
    weak, soft = claim_.weak, claim_.soft
    if not total_columns(sentence.figures.form, claim_.table):
        weak = "" if sentence.said("decide", clause) else weak
        soft = soft or bool(sentence.said("publish", clause))
    scope = sentence.said("scope", range(sentence.first, index))
    if scope:
        weak = f"前面说的是“{scope}”，统计范围可能与表格不同"
    elif head.modifier:
        soft = soft or bool(_APART.search(head.modifier))
        weak = weak or f"“{head.modifier}”可能限定了范围"
    soft = soft or _is_subset(sentence, clause)
    return replace(claim_, weak=weak, soft=soft, last=sentence.time == "last")


def _is_subset(sentence: Sentence, clause: range) -> bool:
    """Whether only some are counted (涉及土地的申请), and not those of a row (涉及国家秘密)."""
    for i in clause:
        if sentence.tokens[i].of("subset"):
            return not sentence.tokens[i + 1].terms
    return False


# ── lists ───────────────────────────────────────────────────────────────────────────────────────────


def respective(sentence: Sentence) -> Iterator[tuple[int, Heading]]:
    """予以公开、部分公开分别为6件和2件: the words before 分别 go, in order, with the numbers after it."""
    for index in range(sentence.first, sentence.end):
        if sentence.tokens[index].of("respective"):
            items, numbers = _items(sentence, index), _numbers(sentence, index)
            if len(items) == len(numbers) > 1:
                yield from zip(numbers, items, strict=True)


def _items(sentence: Sentence, index: int) -> list[Heading]:
    """The things listed before ``index``, in order."""
    items: list[list[Token]] = [[]]
    for i in range(index - 1, sentence.first - 1, -1):
        token = sentence.tokens[i]
        if token.text in CONNECTORS:
            items.append([])
        elif token.terms or token.blank or token.of("fill") or token.of("channel"):
            items[-1].append(token)
        else:
            break
    heads = [
        Heading(
            terms=tuple(term for token in item for term in token.terms),
            channel=any(token.of("channel") for token in item),
        )
        for item in reversed(items)
    ]
    return [head for head in heads if head.terms]


def _numbers(sentence: Sentence, index: int) -> list[int]:
    """The numbers listed after ``index``."""
    numbers: list[int] = []
    for i in sentence.after(index):
        token = sentence.tokens[i]
        if token.number:
            numbers.append(i)
        elif not (token.text in CONNECTORS or token.blank or token.text in "，," or token.kinds & {"share", "fill"}):
            break
    return numbers
