"""Texts that are alike (雷同): those of two bodies, and a body's text and the reports of last year.

A sentence is the same where it says the same without its numbers and without the body's own name, or where nearly all
of its clauses stand in the other text (the idea of :mod:`reportgen.checking.similarity`). Which pairs may be alike is
told by an index of the sentences, so the time grows with the texts and not with the pairs; what is shown of a pair is
then compared sentence by sentence, and is exact.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from ..checking.similarity import NEARLY, bare, clauses
from ..model.chinese import after_places
from .area import Alike, Sentence

LIMIT = 0.5
"""Two texts of which more than this share is the same are alike."""
LEAST_TEXT = 100
"""Characters of a text without numbers and punctuation; a shorter one says too little to be judged."""
MOST_HOLDERS = 1000
"""Texts with the same sentence that are looked at one by one; in a larger area they are the first."""
RARE = 30
"""A clause that stands in more texts is nobody's own, and leads to nobody."""
MOST_PARTNERS = 50
"""Texts that one text is compared with sentence by sentence: those that share most with it."""
MOST_PAIRS = 10_000
"""Pairs that are shown; where there are more, each body's most alike come first."""
MOST_NAMED = 30
"""Names of those who have a sentence too."""


class Own(NamedTuple):
    """A sentence and the forms it is compared by, without the name of its body."""

    text: str
    bare: str
    clauses: tuple[str, ...]


@dataclass(frozen=True)
class Text:
    """The text of one report."""

    name: str
    """Of its body."""
    sentences: Sequence[Sentence]
    is_last: bool = False
    """Whether it is of last year."""

    @cached_property
    def own(self) -> tuple[Own, ...]:
        """Its sentences, each once."""
        names = _names(self.name)
        found = {}
        for sentence in self.sentences:
            kept = _without(sentence.bare, names)
            if kept and kept not in found:
                parts = (_without(clause, names) for clause in clauses(sentence.text))
                found[kept] = Own(sentence.text, kept, tuple(part for part in parts if part))
        return tuple(found.values())

    @cached_property
    def length(self) -> int:
        """Characters of its sentences as they are compared."""
        return sum(len(sentence.bare) for sentence in self.own)

    @cached_property
    def whole(self) -> frozenset[str]:
        return frozenset(sentence.bare for sentence in self.own)

    @cached_property
    def parts(self) -> frozenset[str]:
        return frozenset(clause for sentence in self.own for clause in sentence.clauses)

    def holds(self, sentence: Own) -> bool:
        """Whether a sentence of another text stands in it, but for its numbers, names and small changes."""
        if sentence.bare in self.whole:
            return True
        known = sum(len(clause) for clause in sentence.clauses if clause in self.parts)
        return len(sentence.clauses) > 1 and known >= NEARLY * len(sentence.bare)


def alike(texts: Iterable[Text], last: Iterable[Text] = (), limit: float = LIMIT) -> tuple[Alike, ...]:
    """The pairs that are alike, the most alike first: ``texts`` with each other and with those of ``last`` year."""
    judged = [text for text in texts if text.length >= LEAST_TEXT]
    old = [text for text in last if text.length >= LEAST_TEXT]
    index = _Index([*judged, *old])
    found: list[_Found] = []
    for a, b in index.candidates(len(judged), limit):
        # Of two texts of one year the shorter one is judged; this year's always beside one of last year.
        short, long = (a, b) if b.is_last or a.length <= b.length else (b, a)
        same = [sentence for sentence in short.own if long.holds(sentence)]
        share = sum(len(sentence.bare) for sentence in same) / short.length
        if share > limit:
            found.append(_Found(share, short, long, same))
    found.sort(key=_Found.order)
    return tuple(_pair(each, index) for each in _shown(found))


class _Found(NamedTuple):
    share: float
    a: Text
    b: Text
    same: Sequence[Own]

    def order(self) -> tuple[float, str, bool, str]:
        return (-self.share, self.a.name, self.b.is_last, self.b.name)


def _shown(found: Sequence[_Found]) -> Iterable[_Found]:
    """As many of the pairs as are shown."""
    if len(found) <= MOST_PAIRS:
        return found
    times: Counter[str] = Counter()
    ranked = []
    for place, each in enumerate(found):
        ranked.append((min(times[each.a.name], times[each.b.name]), place))
        times.update((each.a.name, each.b.name))
    return [found[place] for _, place in sorted(sorted(ranked)[:MOST_PAIRS], key=lambda one: one[1])]


class _Index:
    """Which texts hold a sentence or a clause."""

    def __init__(self, texts: Sequence[Text]) -> None:
        self.texts = texts
        self.sentences: dict[str, list[int]] = defaultdict(list)
        self.clauses: dict[str, list[int]] = defaultdict(list)
        for place, text in enumerate(texts):
            for bare_ in text.whole:
                self.sentences[bare_].append(place)
            for clause in text.parts:
                self.clauses[clause].append(place)

    def candidates(self, number: int, limit: float) -> Iterator[tuple[Text, Text]]:
        """The pairs that may be alike: each of the first ``number`` texts, and one before it or of last year.

        Of the shorter text's sentences more than ``limit`` must be held, each by its clauses at least.
        """
        first_last = number
        for place in range(number):
            text = self.texts[place]
            shared: Counter[int] = Counter()
            for bare_ in sorted(text.whole):
                for other in self.sentences[bare_][:MOST_HOLDERS]:
                    shared[other] += len(bare_)
            for clause in sorted(text.parts):
                holders = self.clauses[clause]
                if 1 < len(holders) <= RARE:
                    for other in holders:
                        shared[other] += len(clause)
            partners = [
                (weight, -other)
                for other, weight in shared.items()
                if (other < place or other >= first_last)
                and weight >= NEARLY * limit * min(text.length, self.texts[other].length)
            ]
            for _, other in sorted(partners, reverse=True)[:MOST_PARTNERS]:
                yield text, self.texts[-other]

    def also(self, sentence: Own, but: set[str]) -> tuple[str, ...]:
        """The names of the other bodies that have the same sentence this year; where they are many, how many."""
        holders = self.sentences.get(sentence.bare, ())
        texts = (self.texts[place] for place in holders[: MOST_NAMED + len(but)])
        names = [text.name for text in texts if not text.is_last and text.name not in but]
        more = len(holders) > MOST_NAMED + len(but)
        return (*names[:MOST_NAMED], f"等共 {len(holders)} 份报告") if more else tuple(names)


def _pair(found: _Found, index: _Index) -> Alike:
    share, a, b, same = found
    others: Mapping[str, tuple[str, ...]] = {
        sentence.text: names for sentence in same if (names := index.also(sentence, {a.name, b.name}))
    }
    return Alike(a.name, b.name, share, tuple(sentence.text for sentence in same), b.is_last, others)


def _names(name: str) -> tuple[str, ...]:
    """What a body calls itself in its text, the longest first: its whole name, and without the places before it."""
    pieces = after_places(name)
    whole = (bare("".join(pieces[start:])) for start in range(len(pieces)))
    return tuple(each for each in whole if len(each) > 2)


def _without(text: str, names: Iterable[str]) -> str:
    for name in names:
        text = text.replace(name, "")
    return text
