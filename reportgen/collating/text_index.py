"""Texts as numbers: which of them may be alike, and how much of one stands in the other, without their words.

A sentence or a clause is a number of 64 bits made of its characters, and how long it is: a few kilobytes a text, so that
those of a whole province fit into memory. Two that differ have the same number once in 10^19; what is shown of a pair is
compared in words again (see :mod:`reportgen.collating.likeness`).
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from ..checking.similarity import NEARLY

MOST_HOLDERS = 1000
"""Texts with the same sentence that are looked at one by one; in a larger area they are the nearest before."""
RARE = 30
"""A clause that stands in more texts is nobody's own, and leads to nobody."""
MOST_PARTNERS = 50
"""Texts that one text is compared with sentence by sentence: those that share most with it."""
_SHARES = 16
"""Parts in which numbers are looked for that are the same: one part at a time is in memory as a table."""


def number(words: str) -> int:
    """The number of a sentence or a clause, the same on every machine."""
    return int.from_bytes(
        hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big"
    )


class _Pieces:
    """The sentences of all texts, or the clauses: their numbers and lengths, and whose they are."""

    def __init__(self) -> None:
        self.numbers = array("Q")
        self.lengths = array("I")
        self.owners = array("I")

    def add(self, words: str, owner: int) -> None:
        self.numbers.append(number(words))
        self.lengths.append(len(words))
        self.owners.append(owner)

    def holders(self, most: int = 0) -> _Holders:
        """Which texts have the same pieces; a piece that more than ``most`` texts have is nobody's."""
        found = _Holders(len(self.numbers))
        for share in range(_SHARES):
            same: dict[int, list[int]] = {}
            for at, key in enumerate(self.numbers):
                if key % _SHARES == share:
                    same.setdefault(key, []).append(at)
            for places in same.values():
                if len(places) > 1:
                    found.add(places, self.owners, most)
        return found


class _Holders:
    """For each piece the texts before its own that have it too, each once."""

    def __init__(self, count: int) -> None:
        self._texts = array("I")
        self._start, self._end = array("I", [0]) * count, array("I", [0]) * count

    def add(self, places: Sequence[int], owners: Sequence[int], most: int) -> None:
        """Pieces that are the same, in their order, and the texts of all pieces."""
        start = end = len(self._texts)
        for at in places:
            owner = owners[at]
            if end > start and self._texts[-1] == owner:
                continue  # a piece that its text has twice
            self._start[at], self._end[at] = max(start, end - MOST_HOLDERS), end
            self._texts.append(owner)
            end += 1
        if most and end - start > most:
            del self._texts[start:]
            for at in places:
                self._start[at] = self._end[at] = 0

    def before(self, at: int) -> array[int]:
        """The texts before that of a piece that have it, at most :data:`MOST_HOLDERS` of them."""
        return self._texts[self._start[at] : self._end[at]]


class TextIndex:
    """Which texts share sentences and clauses. Texts have the places 0, 1, 2 … in the order in which they came."""

    def __init__(self) -> None:
        self._sentences, self._clauses = _Pieces(), _Pieces()
        self._first_clause = array("I", [0])
        """Of each sentence."""
        self._first_sentence = array("I", [0])
        """Of each text."""
        self.lengths = array("I")
        """Characters of each text."""

    def add(self, sentences: Iterable[tuple[str, Sequence[str]]]) -> None:
        """One more text: its sentences, each with its clauses, as they are compared."""
        place, length = len(self.lengths), 0
        for sentence, clauses in sentences:
            self._sentences.add(sentence, place)
            length += len(sentence)
            for clause in clauses:
                self._clauses.add(clause, place)
            self._first_clause.append(len(self._clauses.numbers))
        self._first_sentence.append(len(self._sentences.numbers))
        self.lengths.append(length)

    def candidates(self, first: int, limit: float) -> Iterator[tuple[int, int]]:
        """The pairs that may be alike: each text from the place ``first`` on, and one before it.

        Of the shorter text's sentences more than ``limit`` must be held, each by its clauses at least.
        """
        sentences, clauses = self._sentences.holders(), self._clauses.holders(RARE)
        for place in range(first, len(self.lengths)):
            start, end = self._first_sentence[place], self._first_sentence[place + 1]
            shared: dict[int, int] = {}
            for pieces, holders, within in (
                (self._sentences, sentences, range(start, end)),
                (self._clauses, clauses, self._clauses_of(start, end)),
            ):
                for at in within:
                    length = pieces.lengths[at]
                    for other in holders.before(at):
                        shared[other] = shared.get(other, 0) + length
            own = self.lengths[place]
            partners = [
                (weight, -other)
                for other, weight in shared.items()
                if weight >= NEARLY * limit * min(own, self.lengths[other])
            ]
            for _, other in sorted(partners, reverse=True)[:MOST_PARTNERS]:
                yield place, -other

    def share(self, short: int, long: int) -> float:
        """Which part of one text stands in the other, 0 to 1."""
        sentences, clauses = self._sentences, self._clauses
        start, end = self._first_sentence[long], self._first_sentence[long + 1]
        whole = set(sentences.numbers[start:end])
        parts = {clauses.numbers[each] for each in self._clauses_of(start, end)}
        held = 0
        for at in range(self._first_sentence[short], self._first_sentence[short + 1]):
            length = sentences.lengths[at]
            if sentences.numbers[at] in whole or is_nearly_held(
                length,
                [(clauses.numbers[each], clauses.lengths[each]) for each in self._clauses_of(at, at + 1)],
                parts,
            ):
                held += length
        return held / self.lengths[short]

    def holders(self, sentences: Collection[int], places: Iterable[int]) -> Mapping[int, array[int]]:
        """Which texts have each of these sentences that more than two have, by its number; in the order of ``places``."""
        times = dict.fromkeys(sentences, 0)
        for each in self._sentences.numbers:
            if each in times:
                times[each] += 1
        found = {each: array("I") for each, count in times.items() if count > 2}
        for place in places if found else ():
            for at in range(self._first_sentence[place], self._first_sentence[place + 1]):
                if (each := self._sentences.numbers[at]) in found:
                    found[each].append(place)
        return found

    def _clauses_of(self, start: int, end: int) -> range:
        """Where the clauses of these sentences stand."""
        return range(self._first_clause[start], self._first_clause[end])


def is_nearly_held(length: int, clauses: Sequence[tuple[object, int]], parts: Collection[object]) -> bool:
    """Whether nearly all of a sentence's clauses are among those of a text: the words of each or its number, and its length."""
    known = sum(long for clause, long in clauses if clause in parts)
    return len(clauses) > 1 and known >= NEARLY * length
