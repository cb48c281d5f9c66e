"""What the text says there was none of: 未收到政府信息公开申请, 未发生行政复议、行政诉讼."""

from __future__ import annotations

from decimal import Decimal

from ...form.vocabulary_file import Term
from .claim import Claim, claim, is_result
from .headings import THINGS, Heading
from .numbers import Number
from .readings import Reading, Statement, Verdict
from .sentence import CLAUSE_END, Sentence
from .vocabulary import CONNECTORS, QUOTES, Token

_NONE = Number(0, 0, Decimal(0), "件")


def negations(sentence: Sentence, index: int) -> list[Reading]:
    """The readings of the word at ``index`` where it denies something of the tables.

    Only what is denied as a whole counts: every word up to the end of the clause must be known, so that
    未收到超出一定数量的申请 or 未发生行政诉讼败诉 say nothing of the tables.
    """
    denied = _denied(sentence, index)
    if not denied or sentence.time == "else":
        return []
    readings = []
    for claim_ in _claims(sentence, denied):
        scope = sentence.scope(index)
        weak = f"前面说的是“{scope}”，统计范围可能与表格不同" if scope else ""
        claim_ = claim_._replace(weak=weak, soft=False, part=False, last=sentence.time == "last")
        verdict, expected, _, doubt = sentence.figures.compare(claim_, _NONE)
        readings.append(
            sentence.reading(index, Statement.NEGATION, verdict)._replace(
                meaning=sentence.figures.describe(claim_.cells),
                cells=claim_.cells,
                last=claim_.last,
                expected=expected,
                doubt=doubt,
                claim=claim_,
            )
        )
    return [reading for reading in readings if reading.verdict is not Verdict.UNKNOWN]


def _denied(sentence: Sentence, index: int) -> list[Term]:
    """The known words after ``index`` in their order; none where one is not known."""
    terms: list[Term] = []
    others = False
    for i in sentence.after(index):
        token = sentence.tokens[i]
        if token.text in CLAUSE_END or (token.of("negation") and terms):
            break
        if token.number and token.number.value == 1 and not terms:
            continue
        if token.terms:
            terms += token.terms
        elif token.of("matters") and CONNECTORS & {sentence.tokens[i - 1].text, _next(sentence, i)}:
            continue
        elif _is_other(token) and _is_item(sentence, i, index):
            others = True
        elif not (
            token.blank
            or token.text in CONNECTORS
            or token.text in QUOTES
            or token.kinds & {"fill", "decide"}
        ):
            return []
    return [] if others and not all(_is_case(sentence, term) for term in terms) else terms


def _is_item(sentence: Sentence, index: int, negation: int) -> bool:
    """Whether a word of another matter is an item by itself of the list of what is denied: 收费、行政复议和举报投诉."""
    first, last = index, index
    while _is_other(sentence.tokens[first - 1]):
        first -= 1
    while last + 1 < sentence.end and (
        _is_other(sentence.tokens[last + 1]) or sentence.tokens[last + 1].of("fill")
    ):
        last += 1
    before, after = sentence.tokens[first - 1].text in CONNECTORS, _next(sentence, last)
    return (after in CONNECTORS and (before or first - 1 == negation)) or (
        before and (not after or after in CLAUSE_END)
    )


def _is_other(token: Token) -> bool:
    return token.unknown or bool(token.kinds & _OTHER)


_OTHER = frozenset([*THINGS, "legal"])


def _is_case(sentence: Sentence, term: Term) -> bool:
    """Whether it names reviews or suits: a list of them may hold other matters, one of requests their subjects."""
    return term.subject and bool(term.rows) and not is_result(sentence.figures.form, term)


def _next(sentence: Sentence, index: int) -> str:
    return sentence.tokens[index + 1].text if index + 1 < sentence.end else ""


def _claims(sentence: Sentence, terms: list[Term]) -> list[Claim]:
    """What is denied. Cases are denied each by itself; the requests they come from are only the cause."""
    form = sentence.figures.form
    cases = [t for t in terms if t.subject and t.rows and not form.tables[t.table].balance]
    if cases:
        manners = tuple(t for t in terms if t.columns and t.table == cases[0].table)
        if manners and form.tables[cases[0].table].total_columns and any(t.part for t in manners):
            return []
        heads = [Heading(terms=(*manners, term)) for term in cases]
    else:
        columns = [term for term in terms if term.columns]
        heads = [Heading(terms=tuple(reversed(terms)), joined=len(columns) > 1)]
    found = [claim(form, head, sentence.topic) for head in heads]
    return [_firm(each) for each in found if each is not None]


def _firm(claim_: Claim) -> Claim:
    """Nothing at all: the first reading is meant, and no other."""
    return claim_._replace(usual=claim_.usual[:1], doubtful=())
