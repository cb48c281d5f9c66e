"""Rules on text that is copied from last year's report (雷同).

Sentences are compared by what they say without numbers, so that a sentence in which only the figures and the
year were changed counts as copied; one in which a clause or two were changed does too. Every step looks
sentences and clauses up in a set: the time grows with the text alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from ..model.chinese import CLAUSE_ENDS, IDEOGRAPHS, NUMERAL, statements, unnumbered
from ..model.document import Document
from ..model.findings import Finding, Passage, Remark, Severity
from ..patterns import regex
from .passages import MOST_KEPT, Place, places, shortened
from .rule import Case, Limit, rule
from .sections import says_problem
from .years import PRACTICE, previous

SHORTEST = 10
"""Characters without numbers and punctuation; shorter sentences are everybody's."""
LEAST_TEXT = 50
"""Characters of such sentences in a part; a shorter part says too little to be judged."""
NEARLY = 0.7
"""A sentence of which this share stands in last year's clauses is copied with small changes."""
MOST_NAMED = 5

_MARKER = regex(f"{NUMERAL}[是要]")
_FIGURE = regex(r"\d[\d.,%％]*")
_NOISE = regex(f"[^{IDEOGRAPHS}A-Za-z0-9]+")
_ITEM = regex(f"[：，](?={_MARKER.pattern})")
_CUSTOMARY = regex("信息处理费|需要报告的")
"""What is rightly said in the same words every year."""
_CLAUSE = regex(f"[{CLAUSE_ENDS}、]")


class Sentence(NamedTuple):
    """A sentence of the text, and the forms it is compared by."""

    place: Place
    start: int
    end: int
    text: str
    exact: str
    """Without numbering, blanks and punctuation."""
    figureless: str
    """And without numbers."""

    @property
    def clauses(self) -> tuple[str, ...]:
        """Its clauses without numbers, of at least four characters."""
        return clauses(self.text)


@lru_cache(maxsize=MOST_KEPT)
def clauses(text: str) -> tuple[str, ...]:
    """The clauses of a sentence without numbers, of at least four characters: what makes nearly the same sentence."""
    parts = (bare(clause) for clause in _CLAUSE.split(text))
    return tuple(part for part in parts if len(part) >= 4)


def bare(text: str) -> str:
    """A text without numbers, blanks and punctuation: what two sentences are compared by."""
    return _NOISE.sub("", _FIGURE.sub("", text))


def read_sentences(document: Document, role: str | None = None) -> Iterator[Sentence]:
    """The sentences of the parts that play ``role``, else of all parts with a heading.

    The preface says the same every year, and rightly so.
    """
    for place in places(document, role):
        if place.part.heading is not None and not place.paragraph.heading:
            yield from _sentences(place)


@lru_cache(maxsize=MOST_KEPT)
def _sentences(place: Place) -> tuple[Sentence, ...]:
    """Those of one paragraph, which several rules ask for."""
    found = []
    for start, end in _items(place.text):
        text = place.text[start:end]
        if _CUSTOMARY.search(text):
            continue
        text = unnumbered(text)
        if marker := _MARKER.match(text):
            text = text[marker.end() :]
        figureless = bare(text)
        if len(figureless) >= SHORTEST:
            found.append(Sentence(place, start, end, text.strip(), _NOISE.sub("", text), figureless))
    return tuple(found)


def _items(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence stands; 一是…，二是… are sentences of their own."""
    for statement in statements(text):
        start, end = statement.span()
        for mark in _ITEM.finditer(text, start, end):
            yield start, mark.end()
            start = mark.end()
        yield start, end


class LastText(NamedTuple):
    """Last year's text, as it is looked up."""

    exact: frozenset[str]
    figureless: frozenset[str]
    clauses: frozenset[str]

    def holds(self, sentence: Sentence) -> bool:
        """Whether a sentence of last year's stands again, but for its numbers and small changes."""
        if sentence.figureless in self.figureless:
            return True
        clauses = sentence.clauses
        known = sum(len(clause) for clause in clauses if clause in self.clauses)
        return len(clauses) > 1 and known >= NEARLY * len(sentence.figureless)


def last_text(document: Document) -> LastText:
    """Last year's text made ready for looking up."""
    found = list(read_sentences(document))
    return LastText(
        frozenset(sentence.exact for sentence in found),
        frozenset(sentence.figureless for sentence in found),
        frozenset(clause for sentence in found for clause in sentence.clauses),
    )


@rule(
    "Y06",
    "与上年雷同",
    Severity.WARNING,
    PRACTICE + "（有评估发现雷同达九成）",
    similarity=Limit(50, "各部分文字与上年相同的比例上限（%）"),
)
def copied_from_last_year(case: Case) -> Iterator[Finding | Remark]:
    """各部分与上年报告相同的文字不超过上限。整句相同、只改了数字和年份、只改了个别小句的，都算相同；前言不比较。

    错：总体情况九成的句子与上年一样，只换了数字
    对：写今年做的事
    """
    if previous(case) is None or case.last_document is None:
        return
    last = last_text(case.last_document)
    parts: dict[str, list[Sentence]] = {}
    for sentence in read_sentences(case.document):
        parts.setdefault(sentence.place.part.text, []).append(sentence)
    for found in parts.values():
        copied = [sentence for sentence in found if last.holds(sentence)]
        whole = sum(len(sentence.figureless) for sentence in found)
        share = 100 * sum(len(sentence.figureless) for sentence in copied) / max(whole, 1)
        if whole < LEAST_TEXT or share <= case.limits["similarity"]:
            continue
        same = sum(sentence.exact in last.exact for sentence in copied)
        kinds = {"一字未改的": same, "只改了数字或个别小句的": len(copied) - same}
        counted = "、".join(f"{kind} {number} 句" for kind, number in kinds.items() if number)
        limit = f"{case.limits['similarity']:g}%"
        message = (
            f"“{found[0].place.part.name}”有 {share:.0f}% 的文字与上年相同（上限 {limit}），"
            f"{counted}：{_named(copied)}。"
        )
        yield _finding("Y06", message, "请按今年的情况重写。", copied)


@rule("Y07", "问题与上年一字不差", Severity.WARNING, PRACTICE)
def problems_repeated(case: Case) -> Iterator[Finding | Remark]:
    """第五部分的问题不能照抄上年：去年的问题今年原样还在，说明没有改进。

    错：上年和今年都写“政策解读的形式比较单一”
    对：写今年的问题；没有解决的，写明进展
    """
    if previous(case) is None or case.last_document is None:
        return
    last = frozenset(sentence.exact for sentence in read_sentences(case.last_document, "problems"))
    repeated = [
        sentence
        for sentence in read_sentences(case.document, "problems")
        if sentence.exact in last and _is_problem(sentence)
    ]
    if repeated:
        part = repeated[0].place.part
        message = f"“{part.name}”有 {len(repeated)} 个问题与上年一字不差：{_named(repeated)}。"
        yield _finding("Y07", message, "请写今年的问题；没有解决的，写明进展。", repeated)


_INTRODUCTION = regex("(?:一些|以下|如下|下列|主要)(?:问题|不足|差距)|问题和不足|方面[：:]|[：:]$")


def _is_problem(sentence: Sentence) -> bool:
    return says_problem(sentence.text) and not _INTRODUCTION.search(sentence.text)


def _named(found: list[Sentence]) -> str:
    """The sentences in their words, shortened, the longest first, with their places."""
    longest = sorted(found, key=lambda sentence: -len(sentence.text))[:MOST_NAMED]
    named = "、".join(
        f"“{shortened(sentence.text.rstrip('。；，'))}”（{sentence.place.name}）" for sentence in longest
    )
    return named + (f"等 {len(found)} 句" if len(found) > MOST_NAMED else "")


def _finding(code: str, message: str, advice: str, found: list[Sentence]) -> Finding:
    """A finding placed at the first of the sentences it names."""
    first = found[0]
    return Finding(
        code,
        Severity.WARNING,
        message,
        advice,
        line=first.place.paragraph.line,
        passage=Passage(first.place.part.text, first.place.index, first.start, first.end),
    )
