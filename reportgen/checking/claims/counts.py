"""Which cells a number counts, told by the words beside it and by what the text speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from .caveats import is_divided, qualified
from .claim import GUESS, Claim, claim, is_result
from .context import choose, use
from .headings import Heading, heading
from .lists import enumerated
from .numbers import CASES, COUNTED, Number
from .readings import Reading, Statement, Verdict
from .sentence import Sentence
from .vocabulary import Token


def counts(sentence: Sentence, index: int, given: Heading | None, found: Sequence[Reading]) -> list[Reading]:
    """The readings of the number at ``index`` as a count: one, or several for 各1件, or one of nothing known."""
    token = sentence.tokens[index]
    number = token.number
    assert number is not None
    cells = _bound(sentence, token)
    if cells is not None:
        return [_printed(sentence, index, cells)]
    if number.percent or _changes(sentence, index) or _is_not_one(sentence, index, number):
        return [sentence.reading(index)]
    foreign = sentence.topic.foreign
    claims = _claims(sentence, index, number, given, found)
    if not claims and sentence.topic.foreign == GUESS and _is_item(sentence, index, found):
        sentence.topic.foreign = foreign
    return [_compared(sentence, index, number, each) for each in claims] or [sentence.reading(index)]


def _compared(sentence: Sentence, index: int, number: Number, claim_: Claim) -> Reading:
    verdict, expected, cells, doubt = sentence.figures.compare(claim_, number)
    return sentence.reading(index, Statement.COUNT, verdict)._replace(
        meaning=sentence.figures.describe(cells),
        cells=cells,
        last=claim_.last,
        expected=expected,
        doubt=doubt,
        claim=claim_,
    )


def _bound(sentence: Sentence, token: Token) -> tuple[str, ...] | None:
    for start, end, cells in sentence.place.bound:
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
    sentence.topic.follow(form, claim_, number)
    after = heading(sentence.tokens, sentence.after(index), before=False)
    if not heading(sentence.tokens, sentence.before(index), before=True).terms:
        use(sentence, index, after)
    return reading._replace(
        kind=Statement.COUNT, meaning=sentence.figures.describe(cells), cells=cells, claim=claim_
    )


def _changes(sentence: Sentence, index: int) -> bool:
    """Whether the number tells a change: 增加11件."""
    token = sentence.nearest(index)
    if token is None or not (token.of("up") or token.of("down")):
        return False
    return len(token.text) > 1 or bool(sentence.said("compare", sentence.clause(index)))


def _is_not_one(sentence: Sentence, index: int, number: Number) -> bool:
    """Whether it only says that there was none: 未发生1起."""
    for i in range(index - 1, sentence.first - 1, -1):
        token = sentence.tokens[i]
        if token.of("negation"):
            return number.value == 1
        if not (token.blank or token.of("fill") or any(term.generic for term in token.terms)):
            return False
    return False


def _claims(
    sentence: Sentence, index: int, number: Number, given: Heading | None, found: Sequence[Reading]
) -> list[Claim]:
    compared = _compared_with(sentence, index, found)
    if compared is not None:
        return compared
    head = given or (
        Heading(among=True)
        if _reaches(sentence, index) or _remains(sentence, index)
        else choose(sentence, index)
    )
    if head is None or sentence.said("if", sentence.clause(index)):
        return []
    apart = [head]
    if head.each and head.joined:
        apart = [head._replace(terms=(term,), joined=False) for term in head.terms]
    form = sentence.figures.form
    elsewhere, spoken = sentence.topic.foreign, sentence.topic.table
    found_ = (claim(form, each, sentence.topic) for each in apart)
    claims = [each for each in found_ if each is not None] or _staged(sentence, index, head)
    if not head.terms and not head.among and claims:
        claims = [_summed(claims[0], found)]
    if not claims or not all(
        _fits(sentence, each, number, head) and _divides(sentence, each, head) for each in claims
    ):
        if head.foreign:
            sentence.topic.leave()
        return []
    for each in claims:
        sentence.topic.follow(form, each, number)
    if head.channel or sentence.time == "else":
        return []
    if spoken and form.tables[spoken].balance and is_divided(sentence, index):
        sentence.topic.disclosed = True  # 收到申请42件，其中5件申请进入行政复议程序
    if elsewhere and is_divided(sentence, index):
        claims = [
            each._replace(weak=each.weak or "“其中”前面的数说的不是表里的事", alone=True) for each in claims
        ]
    return [qualified(sentence, each, index, head, divided=spoken == each.table) for each in claims]


def _divides(sentence: Sentence, claim_: Claim, head: Heading) -> bool:
    """Whether a number in brackets can be of what stands before them: 行政复议9件（含上年结转1件） counts no requests."""
    if sentence.bracketed is None or claim_.table == sentence.bracketed:
        return True
    form = sentence.figures.form
    return any(term.subject and not is_result(form, term) for term in head.terms)


def _is_item(sentence: Sentence, index: int, found: Sequence[Reading]) -> bool:
    """Whether it divides a number of the tables: 收到42件，其中土地征收7件，已答复40件 goes on about the 42."""
    told = next((reading for reading in reversed(found) if reading.claim), None)
    return told is not None and bool(sentence.said("whole", range(told.at, index)))


def _remains(sentence: Sentence, index: int) -> bool:
    """Whether it is said of a number that stayed the same: 与上年持平，均为9件."""
    before = sentence.tokens[index - 1] if index > sentence.first else None
    return bool(before and before.of("each") and sentence.said("same", range(sentence.first, index)))


def _staged(sentence: Sentence, index: int, head: Heading) -> list[Claim]:
    """制定《某办法》等3件规范性文件: what was done with them stands at a distance."""
    title = False
    for i in range(index - 1, sentence.clause(index).start - 1, -1):
        token = sentence.tokens[i]
        title = token.text == "》" or (title and token.text != "《")
        if title or token.text == "《" or token.terms == head.terms:
            continue
        if token.number or token.kinds & {"foreign", "matters", "documents", "openness"}:
            break
        manners = tuple(term for term in token.terms if term.generic and term.columns)
        if manners:
            one = claim(sentence.figures.form, head._replace(terms=(*head.terms, *manners)), sentence.topic)
            return [one] if one is not None else []
    return []


def _summed(spoken_of: Claim, found: Sequence[Reading]) -> Claim:
    """共134件 after 新收130件、上年结转4件: the numbers before it together, or what was spoken of."""
    told = [r.cells for r in found if r.claim and r.claim.table == spoken_of.table and not r.last]
    sums = (tuple(chain(*told[-some:])) for some in range(2, len(told) + 1))
    apart = tuple(cells for cells in sums if len(set(cells)) == len(cells))
    return spoken_of._replace(
        usual=(*apart, *spoken_of.usual),
        weak="没有写明是什么的件数",
        alone=True,
        soft=spoken_of.soft or len(apart) > 1,
    )


def _reaches(sentence: Sentence, index: int) -> bool:
    """Whether it is one end of a change: 从2022年的31件增加到42件."""
    for indexes in (sentence.before(index), sentence.after(index)):
        for i in indexes:
            token = sentence.tokens[i]
            if token.of("reach"):
                return True
            if not (token.blank or token.year or token.of("fill")):
                break
    return False


def _compared_with(sentence: Sentence, index: int, found: Sequence[Reading]) -> list[Claim] | None:
    """比2023年的200件: last year's figure of what was spoken of before; 与上年的9件、1件相比: one each, in order."""
    several = enumerated(sentence, index)
    for i in range(several.start - 1, sentence.first - 1, -1):
        token = sentence.tokens[i]
        if token.blank or token.of("fill"):
            continue
        if not token.of("compare"):
            return None
        told = [reading.claim for reading in found if reading.claim and reading.at < i]
        if len(told) < len(several):
            return [] if len(several) > 1 else None
        return [told[several.index(index) - len(several)]._replace(last=True)]
    return None


def _fits(sentence: Sentence, claim_: Claim, number: Number, head: Heading) -> bool:
    """Whether the number's unit can count it."""
    decimal = sentence.figures.form.cells[claim_.cells[0]].decimal
    if decimal or number.money:
        return decimal and number.money
    if number.unit in ("次", "人次"):
        return head.certain and not head.modifier
    if not head.certain and head.terms:
        return number.unit in CASES or number.unit == sentence.topic.unit
    return number.unit in COUNTED if number.unit else head.certain
