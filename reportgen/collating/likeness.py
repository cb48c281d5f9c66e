"""Texts that are alike (雷同): those of two bodies, and a body's text and the reports of last year.

A sentence is the same where it says the same without its numbers and without the body's own name, or where nearly all
of its clauses stand in the other text (the idea of :mod:`reportgen.checking.similarity`). Which pairs are alike is told
by an index of the sentences as numbers, so the time grows with the texts and not with the pairs, and the words need not
all be in memory; the pairs that are shown are read again and compared word by word.
"""

from __future__ import annotations

import sys
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import nsmallest
from typing import NamedTuple

from ..checking.similarity import bare, clauses
from ..model.chinese import after_places
from .area import Alike, Sentence
from .text_index import TextIndex, is_nearly_held, number

LIMIT = 0.5
"""Two texts of which more than this share is the same are alike."""
LEAST_TEXT = 100
"""Characters of a text without numbers and punctuation; a shorter one says too little to be judged."""
MOST_PAIRS = 10_000
"""Pairs that are shown; where there are more, each body's most alike come first."""
MOST_NAMED = 30
"""Names of those who have a sentence too."""
_IN_MEMORY = 200
"""Texts whose words are in memory at once."""


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
    """They may lie on the disk, and are read when they are asked for."""
    is_last: bool = False
    """Whether it is of last year."""

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


class _Words:
    """What a text says, to be compared word by word."""

    def __init__(self, text: Text) -> None:
        self.own = text.own()
        self.length = sum(len(sentence.bare) for sentence in self.own)
        self._whole = {sentence.bare for sentence in self.own}
        self._parts = {clause for sentence in self.own for clause in sentence.clauses}

    def holds(self, sentence: Own) -> bool:
        """Whether a sentence of another text stands in it, but for its numbers, names and small changes."""
        return sentence.bare in self._whole or is_nearly_held(
            len(sentence.bare), [(clause, len(clause)) for clause in sentence.clauses], self._parts
        )


def alike(texts: Iterable[Text], last: Iterable[Text] = (), limit: float = LIMIT) -> tuple[Alike, ...]:
    """The pairs that are alike, the most alike first: ``texts`` with each other and with those of ``last`` year."""
    index = TextIndex()
    judged: list[Text] = []
    first = 0
    for each in (*last, *texts):
        own = each.own()
        if sum(len(sentence.bare) for sentence in own) >= LEAST_TEXT:
            first += each.is_last
            judged.append(each)
            index.add((sentence.bare, sentence.clauses) for sentence in own)
    found = _Pairs()
    for a, b in index.candidates(first, limit):
        # Of two texts of one year the shorter one is judged; this year's always beside one of last year.
        is_longer = b >= first and index.lengths[a] > index.lengths[b]
        short, long = (b, a) if is_longer else (a, b)
        share = index.share(short, long)
        if share > limit:
            found.add(share, short, long)
    return tuple(sorted(_in_words(judged, index, found.shown(), first, limit), key=_order))


def _order(pair: Alike) -> tuple[float, str, bool, str]:
    return (-pair.share, pair.a, pair.with_last, pair.b)


class _Pairs:
    """Pairs of texts that are alike by their numbers, as places in the index."""

    def __init__(self) -> None:
        self._shares = array("d")
        self._short, self._long = array("I"), array("I")

    def add(self, share: float, short: int, long: int) -> None:
        self._shares.append(share)
        self._short.append(short)
        self._long.append(long)

    def shown(self) -> Iterable[tuple[int, int]]:
        """As many of the pairs as are shown: the shorter text and the other one."""
        kept: Iterable[int] = range(len(self._shares))
        if len(self._shares) > MOST_PAIRS:
            kept = sorted(at for *_, at in nsmallest(MOST_PAIRS, self._ranked()))
        return ((self._short[at], self._long[at]) for at in kept)

    def _ranked(self) -> Iterator[tuple[int, int, int]]:
        """Each pair after how many that its bodies have already, and after those that are more alike."""
        times: Counter[int] = Counter()
        order = array("I", sorted(range(len(self._shares)), key=lambda at: -self._shares[at]))
        for place, at in enumerate(order):
            pair = self._short[at], self._long[at]
            yield min(times[each] for each in pair), place, at
            times.update(pair)


class _Same(NamedTuple):
    """What two texts have in common."""

    share: float
    short: int
    long: int
    sentences: tuple[str, ...]
    numbers: array[int]
    """Those of the sentences in the index."""


def _in_words(
    texts: Sequence[Text], index: TextIndex, pairs: Iterable[tuple[int, int]], first: int, limit: float
) -> Iterator[Alike]:
    """The pairs as they are shown, from the words of their texts; those before the place ``first`` are last year's."""
    found = list(_compared(texts, pairs, limit))
    wanted = {number for same in found for number in same.numbers}
    holders = index.holders(wanted, (*range(first, len(texts)), *range(first)))
    having = _having(texts, holders)
    once: dict[tuple[str, ...], tuple[str, ...]] = {}
    for share, short, long, sentences, numbers in found:
        a, b = texts[short], texts[long]
        also = {}
        for sentence, each in zip(sentences, numbers, strict=True):
            if each in having and (names := having[each].but({a.name, b.name})):
                also[sentence] = once.setdefault(names, names)  # most pairs have the same
        yield Alike(a.name, b.name, share, sentences, b.is_last, also)


def _compared(texts: Sequence[Text], pairs: Iterable[tuple[int, int]], limit: float) -> Iterator[_Same]:
    """What the texts of each pair have in common, in their words; pairs that only seemed to be alike are left out."""
    words = lru_cache(_IN_MEMORY)(lambda place: _Words(texts[place]))
    for short, long in pairs:
        one, other = words(short), words(long)
        same = [sentence for sentence in one.own if other.holds(sentence)]
        share = sum(len(sentence.bare) for sentence in same) / one.length
        if share > limit:
            sentences = tuple(sys.intern(sentence.text) for sentence in same)
            yield _Same(
                share, short, long, sentences, array("Q", (number(sentence.bare) for sentence in same))
            )


@dataclass(frozen=True)
class _Having:
    """Who has a sentence."""

    names: tuple[str, ...]
    """Of this year's texts, the first of them: two more than are named."""
    number: int
    """Of all texts that have it."""

    def but(self, pair: set[str]) -> tuple[str, ...]:
        """The names of the other bodies that have it; where they are many, how many."""
        others = tuple(name for name in self.names if name not in pair)
        more = self.number > MOST_NAMED + 2
        return (*others[:MOST_NAMED], f"等共 {self.number} 份报告") if more else others


def _having(texts: Sequence[Text], holders: Mapping[int, Sequence[int]]) -> Mapping[int, _Having]:
    """By the number of a sentence."""
    return {
        each: _Having(
            tuple(texts[place].name for place in places[: MOST_NAMED + 2] if not texts[place].is_last),
            len(places),
        )
        for each, places in holders.items()
    }


def _names(name: str) -> tuple[str, ...]:
    """What a body calls itself in its text, the longest first: its whole name, and without the places before it."""
    pieces = after_places(name)
    whole = (bare("".join(pieces[start:])) for start in range(len(pieces)))
    return tuple(each for each in whole if len(each) > 2)


def _without(text: str, names: Iterable[str]) -> str:
    for name in names:
        text = text.replace(name, "")
    return text
