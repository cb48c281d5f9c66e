"""The words directly beside a number that say what it counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ...form.vocabulary_file import Term
from ...model.chinese import CLAUSE_ENDS
from .vocabulary import CONNECTORS, QUOTES, Token

THINGS = ("matters", "documents", "foreign")
"""Kinds of words for things that are no requests and no cases."""
_OTHERS = (*THINGS, "openness")
_SKIPPED = frozenset(["basis", "fill", "respective", "decide", "cause", "judge", "ordinary"])
"""Kinds of words that do not change what is counted."""
CLAUSE_MARKS = frozenset(CLAUSE_ENDS)


class Heading(NamedTuple):
    """The words beside a number that say what it counts."""

    terms: tuple[Term, ...] = ()
    """The nearest first."""
    joined: bool = False
    """Whether several of them stand in one list: 行政复议、行政诉讼."""
    noun: str = ""
    """The unknown words that stand directly beside the number."""
    foreign: str = ""
    """The kind of another matter that stands there."""
    channel: bool = False
    among: bool = False
    """Whether it says of what the number is a part: 申请中6件."""
    each: bool = False
    """Whether the number holds for each of them: 各1件."""
    passive: bool = False
    """Whether it names requests and then what became of all of them."""
    vague: bool = False
    """Whether it ends in 信息, which by itself is no request and no case."""
    published: bool = False
    """Whether it only says that they were made public."""
    sort: bool = False
    """Whether ``modifier`` takes only one sort of it: 土地类行政复议."""
    modifier: str = ""
    """Unknown words before the first of the words that are known."""

    @property
    def certain(self) -> bool:
        """Whether the words by themselves say which table is meant."""
        return any(not term.generic for term in self.terms)


_ENDS = frozenset(["channels", "scope", "last", "elsewhen"])
"""Kinds of words that set the scene for what follows, and say nothing of what is counted."""


def heading(tokens: Sequence[Token], indexes: Iterable[int], *, before: bool) -> Heading:
    """Read the words beside a number, going away from it until the sentence says something else."""
    terms: list[Term] = []
    noun = modifier = foreign = ""
    channel = among = joined = each = vague = caused = published = sort = False
    joining = bracket = False
    for index in indexes:
        token = tokens[index]
        if before and not terms and (bracket or token.text in "）)"):
            bracket = token.text not in "（("  # 其他处理（含主动撤回）41件
            continue
        if token.blank or token.text in QUOTES:
            continue
        if token.text in CONNECTORS:
            if not terms and (before or not caused):
                break
            joining = bool(terms)
            continue
        if token.mark:
            if before and token.text in "：:" and not terms:
                continue
            break
        if token.number or token.year:
            break
        if joining and not (token.terms or token.of("fill")):
            break
        published = published or token.of("publish")
        if token.terms and not token.of("negation"):
            if joining and not _alike(token.terms, terms):
                break
            if not before and caused and terms and _is_occasion(terms, token.terms):
                terms = []  # 7件因年底收到结转下年
            if not before and terms and not joining and _closed(terms, token.terms):
                break
            if not before and terms and _leads(tokens, index) and any(term.columns for term in token.terms):
                break
            if before and terms and all(term.rest for term in terms) and _next_is(tokens, index, "etc"):
                noun, terms = token.text, []  # 无法提供等其他情况46件: what else is in it is not said
                break
            if before and _is_example(tokens, index, terms):
                joining = False
                continue
            joined = joined or joining
            joining = False
            terms.extend(token.terms)
            continue
        if token.of("manner") and before and terms and _says_how(tokens[index + 1]):
            continue
        foreign = next((kind for kind in _OTHERS if token.of(kind)), "")
        if foreign:
            if not before and any(term.columns and not term.rest for term in terms):
                foreign = ""  # 2件被复议机关撤销答复书: the object of what became of them
            if foreign == "openness" and any(term.subject and not term.attribute for term in terms):
                foreign = ""  # 主动公开规范性文件10件
            break
        if token.of("vague"):
            vague = True
            continue
        if token.of("each"):
            each = True
            continue
        if token.of("channel"):
            channel = True
            continue
        if token.kinds & _SKIPPED:
            among = among or (token.of("within") and not terms)
            caused = caused or token.of("cause") or token.of("basis")
            continue
        if token.kinds & _ENDS or (before and token.of("except")):
            break
        if token.unknown or token.kinds:
            if not before and not terms and caused:
                continue  # 11件因客观原因无法提供
            if before and _says_why(tokens, index, terms):
                break
            if not before and token.of("except") and _ends(tokens, index):
                continue  # 除2件结转下年外
            if not terms:
                noun = token.text
            else:
                modifier, sort = token.text, before and tokens[index + 1].of("sort")
            break
    return Heading(
        tuple(terms), joined, noun, foreign, channel, among, each,
        vague=vague, published=published, sort=sort, modifier=modifier,
    )  # fmt: skip


def _alike(terms: Sequence[Term], others: Sequence[Term]) -> bool:
    """Whether words may stand in one list: results beside results, applicants beside applicants."""
    return any(
        term.table == other.table
        and bool(term.rows) == bool(other.rows)
        and bool(term.columns) == bool(other.columns)
        for term in terms
        for other in others[-2:]
    )


def _is_occasion(terms: Sequence[Term], more: Sequence[Term]) -> bool:
    """Whether the words only tell when, and those that follow what became of it."""
    return all(term.generic and term.rows for term in terms) and any(
        term.rows and not term.generic for term in more
    )


def _closed(terms: Sequence[Term], more: Sequence[Term]) -> bool:
    """Whether the words after a number already say what it is, so that the next belong to the next number."""
    if all(term.generic for term in terms) and all(
        term.table != other.table for term in terms for other in more
    ):
        return False
    if all(term.subject for term in terms) and any(term.columns for term in more):
        return not any(term.table == other.table for term in terms for other in more)
    return (
        any(term.rows or term.columns for term in terms)
        and any((term.rows and not term.generic) or term.columns for term in more)
        and not any(narrower(term, other) or narrower(other, term) for term in terms for other in more)
    )


def _says_why(tokens: Sequence[Token], index: int, terms: Sequence[Term]) -> bool:
    """Whether the word tells by what rule something was done: 按照法定程序答复43件."""
    if not terms or not (terms[-1].generic and terms[-1].rows):
        return False
    for token in reversed(tokens[:index]):
        if token.of("basis"):
            return True
        if token.number or token.text in CLAUSE_MARKS:
            break
    return False


def _says_how(following: Token) -> bool:
    """Whether it is the verb that follows which a word such as 规范 speaks of: 规范受理依申请公开14件."""
    return following.of("manner") or any(term.generic and term.rows for term in following.terms)


def _is_example(tokens: Sequence[Token], index: int, terms: Sequence[Term]) -> bool:
    """Whether the word only names an example of what is counted: 因不掌握等原因无法提供, 属重复申请等不予处理."""
    wider = any(
        narrower(term, other) and not narrower(other, term) for term in tokens[index].terms for other in terms
    )
    return wider and _next_is(tokens, index, "etc")


def _ends(tokens: Sequence[Token], index: int) -> bool:
    return index + 1 < len(tokens) and tokens[index + 1].text in CLAUSE_MARKS


def _next_is(tokens: Sequence[Token], index: int, kind: str) -> bool:
    return index + 1 < len(tokens) and tokens[index + 1].of(kind)


def _leads(tokens: Sequence[Token], index: int) -> bool:
    """Whether the word leads to the next number: 5件行政复议维持3件."""
    following = (token for token in tokens[index + 1 : index + 4] if not (token.blank or token.of("fill")))
    return any(token.number for token in list(following)[:1])


def narrower(term: Term, other: Term) -> bool:
    """Whether all of ``term``'s rows are among those of ``other``."""
    return bool(
        term.table == other.table and term.rows and other.rows and set(term.rows[0]) <= set(other.rows[0])
    )
