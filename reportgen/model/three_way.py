"""Two changes of one text merged: what only one side changed is taken, what both changed alike too.

The texts are narratives as the clerk writes them; an expression ``{{ }}`` is one word. First sentences are compared,
then the words of a sentence that both sides changed. Where both changed the same words, nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .alignment import steps
from .chinese import SENTENCE_ENDS, WORD
from .narrative import TAG

_WORD = re.compile(f"{TAG.pattern}|{WORD}", re.DOTALL)
_ENDS = frozenset(SENTENCE_ENDS + "\n")


@dataclass(frozen=True)
class Clash:
    """A sentence that both sides changed, and not alike."""

    base: str
    theirs: str
    mine: str


def merge_texts(base: str, theirs: str, mine: str) -> tuple[str, list[Clash]]:
    """The merged text, with ``mine`` where the sides clash, and the clashes."""
    merged: list[str] = []
    clashes: list[Clash] = []
    for b, t, m in chunks(*(_sentences(text) for text in (base, theirs, mine))):
        chosen = taken(b, t, m)
        if chosen is None:
            chosen = _by_word("".join(b), "".join(t), "".join(m))
        if chosen is None:
            clashes.append(Clash("".join(b), "".join(t), "".join(m)))
            chosen = m
        merged += chosen
    return "".join(merged), clashes


def chunks(
    base: Sequence[str], theirs: Sequence[str], mine: Sequence[str]
) -> Iterator[tuple[Sequence[str], Sequence[str], Sequence[str]]]:
    """The three cut at what is common to all: the classical diff3."""
    in_theirs, in_mine = _places(base, theirs), _places(base, mine)
    i = j = k = 0
    for n in range(len(base)):
        if n in in_theirs and n in in_mine:
            yield base[i:n], theirs[j : in_theirs[n]], mine[k : in_mine[n]]
            yield base[n : n + 1], base[n : n + 1], base[n : n + 1]
            i, j, k = n + 1, in_theirs[n] + 1, in_mine[n] + 1
    yield base[i:], theirs[j:], mine[k:]


def taken(base: Sequence[str], theirs: Sequence[str], mine: Sequence[str]) -> Sequence[str] | None:
    """What to take where at most one side changed; None where both did."""
    if theirs in (mine, base):
        return mine
    return theirs if mine == base else None


def _by_word(base: str, theirs: str, mine: str) -> Sequence[str] | None:
    merged: list[str] = []
    for b, t, m in chunks(*(_WORD.findall(text) for text in (base, theirs, mine))):
        chosen = taken(b, t, m)
        if chosen is None:
            return None
        merged += chosen
    return merged


def _places(base: Sequence[str], other: Sequence[str]) -> dict[int, int]:
    return {
        a + i: c + i for a, b, c, _, same in steps(base, other) if same for i in range(b - a)
    }  # fmt: skip


def _sentences(text: str) -> list[str]:
    """Cut by words: a stop within an expression ends no sentence."""
    found: list[list[str]] = [[]]
    for word in _WORD.findall(text):
        found[-1].append(word)
        if word in _ENDS:
            found.append([])
    return ["".join(sentence) for sentence in found if sentence]
