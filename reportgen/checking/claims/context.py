"""Which words beside a number say what it counts: those before it, or those after it."""

from __future__ import annotations

from ...form.vocabulary_file import Term
from .claim import is_result
from .headings import THINGS, Heading, heading
from .lists import enumerated_after
from .sentence import CLAUSE_END, Sentence


def choose(sentence: Sentence, index: int) -> Heading | None:
    """The words that say what the number counts: those before it, or else those after it."""
    before = heading(sentence.tokens, sentence.before(index), before=True)
    after = heading(sentence.tokens, sentence.after(index), before=False)
    if _counts_another(sentence, index):
        sentence.topic.leave(after.foreign)
        return None
    if before.foreign or (before.noun and not after.certain):
        sentence.topic.leave(before.foreign)
        return None
    if before.vague and not before.certain:
        sentence.topic.leave()
        return None
    among = before.among and all(term.subject and not term.rows for term in before.terms)
    if before.terms and not among:
        return before if before.certain else _with_object(sentence, index, before, after)
    if after.foreign or (after.noun and not after.terms):
        if not (before.channel or after.channel):
            sentence.topic.leave(after.foreign)
        return None
    after = _of_cases(sentence, after)
    if not after.terms and not before.noun and _is_total(sentence, index):
        return Heading()
    if not after.terms or (before.noun and not any(t.rows and not t.generic for t in after.terms)):
        return None
    use(sentence, index, after)
    after = _with_shared(sentence, index, after)
    return after._replace(channel=before.channel or after.channel, passive=_is_object(sentence, after))


def _of_cases(sentence: Sentence, after: Heading) -> Heading:
    """5件政府信息公开申请被提起行政复议: the number is that of the reviews."""
    form = sentence.figures.form
    cases = [
        i for i, t in enumerate(after.terms) if t.subject and t.rows and not form.tables[t.table].balance
    ]
    requests = all(t.subject and not t.rows for t in after.terms[: cases[0]]) if cases else False
    return after._replace(terms=after.terms[cases[0] :]) if requests else after


_LISTED = 4
"""Numbers of a list at most after which what became of all of them may stand."""


def _with_shared(sentence: Sentence, index: int, after: Heading, left: int = _LISTED) -> Heading:
    """37件行政复议、8件行政诉讼尚未审结: what became of both stands after the last of them."""
    if not left or not all(term.subject and term.rows for term in after.terms):
        return after
    following = enumerated_after(sentence, index)
    if following is None:
        return after
    other = heading(sentence.tokens, sentence.after(following), before=False)
    if any(term.table != after.terms[0].table for term in other.terms):
        return after
    if not any(term.columns for term in other.terms):
        other = _with_shared(sentence, following, other, left - 1)
    return after._replace(terms=(*after.terms, *(term for term in other.terms if term.columns)))


def _counts_another(sentence: Sentence, index: int) -> bool:
    """Whether the thing counted stands right after the number and is another: 不予公开的6件提案."""
    return any(index + 1 < sentence.end and sentence.tokens[index + 1].of(kind) for kind in THINGS)


def _is_total(sentence: Sentence, index: int) -> bool:
    """Whether it is no more than a total (全年共19件) of the matter the text is about."""
    number, before = sentence.tokens[index].number, sentence.tokens[index - 1]
    word = before.of("sum") and index > sentence.first
    return word and number is not None and number.unit in ("件", "宗", "起")


def _is_object(sentence: Sentence, after: Heading) -> bool:
    """Whether the number counts requests of which something is told: 42件申请均已办结, not 2件申请正在办理."""
    first, *others = after.terms
    left = sentence.figures.form.tables[first.table].balance[3:]
    return (
        first.subject and not first.rows and all(t.generic and t.rows and t.rows[0] != left for t in others)
    )


def _with_object(sentence: Sentence, index: int, before: Heading, after: Heading) -> Heading | None:
    """收到 before a number: what was received may follow (收到19件申请), or is what was spoken of."""
    if after.foreign:
        sentence.topic.leave(after.foreign)
        return None
    objects = tuple(t for t in after.terms if t.subject and not is_result(sentence.figures.form, t))
    if objects:
        return before._replace(terms=(*objects, *before.terms))
    if after.noun:
        objects = _last_object(sentence, index)
        if not objects:
            sentence.topic.leave()
            return None
        return before._replace(terms=(*objects, *before.terms), modifier="")
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


def use(sentence: Sentence, index: int, after: Heading) -> None:
    """Note which words after a number are spent on it."""
    spent = 0
    for i in sentence.after(index):
        if spent >= len(after.terms):
            break
        spent += len(sentence.tokens[i].terms)
        sentence.used = i
