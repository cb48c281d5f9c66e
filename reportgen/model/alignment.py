"""Two texts beside each other: which paragraphs, sentences and words of one are those of the other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import Match, SequenceMatcher
from typing import Literal

from ..patterns import regex
from .chinese import WORD
from .paragraphs import GAP

Operation = Literal["same", "insert", "delete"]

LIKE = 0.4
"""Two sentences that share less than this part of their characters are one left out and another added."""
REWRITTEN = 0.5
"""Of two texts that have less than this part of their words in common one was not made into the other."""
MOST_PAIRS = 40_000
"""Where more pairs of sentences than this would have to be weighed, they are taken in their order."""
MOST_COMPARED = 100_000_000
"""Where two stretches have more pairs of words than this, one is replaced by the other as a whole: two seconds."""

PATIENCE = 120
"""So many pairs of equal words are looked at for each word: of longer texts with everywhere the same few words only the
longest stretches are found, which are looked for first."""
MOST_WEIGHED = 10_000_000
"""Where the sentences of two stretches have more pairs of a sentence and a character, they are taken in their order."""

_WORD = regex(f"{GAP}|{WORD}", re.DOTALL)


def pieces(old: str, new: str) -> list[tuple[Operation, str]]:
    """How ``new`` came from ``old``: what stayed, what was put in and what was left out, word by word.

    A Chinese character is a word, and so is a number with its decimals and its percent sign, and the mark of a gap.
    Where less stayed than :data:`REWRITTEN` the one is replaced by the other, and so are single characters between
    longer changes: that the same characters are in both says nothing.

    >>> pieces("收到19件", "收到申请18件")
    [('same', '收到'), ('delete', '19'), ('insert', '申请18'), ('same', '件')]
    """
    before, after = words(old), words(new)
    found: list[tuple[Operation, str]] = []
    for a, b, c, d, same in _readable(list(steps(before, after)), len(before) + len(after)):
        if same:
            found.append(("same", "".join(before[a:b])))
            continue
        if a < b:
            found.append(("delete", "".join(before[a:b])))
        if c < d:
            found.append(("insert", "".join(after[c:d])))
    return found


Stretch = tuple[int, int, int, int, bool]


def _readable(found: list[Stretch], length: int) -> list[Stretch]:
    """The steps with what is no real sameness taken for a change."""
    stayed = sum(b - a for a, b, _, _, same in found if same)
    (gone, come) = (any(edge[k] < edge[k + 1] for *edge, same in found if not same) for k in (0, 2))
    if gone and come and 2 * stayed < REWRITTEN * length:
        found = [(a, b, c, d, False) for a, b, c, d, _ in found]
    kept: list[Stretch] = []
    for n, (a, b, c, d, same) in enumerate(found):
        beside = found[n - 1 : n] + found[n + 1 : n + 2] if n else []
        if same and len(beside) == 2 and all(b - a < max(f - e, h - g) for e, f, g, h, _ in beside):
            same = False
        if kept and not same and not kept[-1][4]:
            kept[-1] = (kept[-1][0], b, kept[-1][2], d, False)
        else:
            kept.append((a, b, c, d, same))
    return kept


def words(text: str) -> list[str]:
    """The text cut into numbers, Latin words and single characters."""
    return _WORD.findall(text)


def steps(old: Sequence[str], new: Sequence[str]) -> Iterator[Stretch]:
    """Stretches ``old[a:b]`` that became ``new[c:d]``, in order, and whether they are equal."""
    shorter = min(len(old), len(new))
    head = next((i for i in range(shorter) if old[i] != new[i]), shorter)
    most = shorter - head
    tail = next((i for i in range(most) if old[-1 - i] != new[-1 - i]), most)
    if head:
        yield 0, head, 0, head, True
    a, b, c, d = head, len(old) - tail, head, len(new) - tail
    if (b - a) * (d - c) > MOST_COMPARED:
        yield a, b, c, d, False
    else:
        middle = _Matcher(old[a:b], new[c:d])
        for kind, i, j, k, m in middle.get_opcodes():
            yield a + i, a + j, c + k, c + m, kind == "equal"
    if tail:
        yield len(old) - tail, len(old), len(new) - tail, len(new), True


class _Matcher(SequenceMatcher[str]):
    """Finds what two texts share, the longest first, until its patience ends."""

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        super().__init__(None, old, new, autojunk=False)
        self.old = old
        self.count = Counter(new)
        self.left = PATIENCE * (len(old) + len(new))

    def find_longest_match(
        self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None
    ) -> Match:
        """The longest stretch that both have; none where looking for it would take too long."""
        self.left -= sum(1 + self.count[word] for word in self.old[alo:ahi])
        return Match(alo, blo, 0) if self.left < 0 else super().find_longest_match(alo, ahi, blo, bhi)


def aligned(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int | None, int | None]]:
    """The place of each text of ``old`` beside its place in ``new``; None where it has none.

    Equal texts go together; between them those that are most alike.
    """
    for a, b, c, d, same in steps(old, new):
        if same:
            yield from zip(range(a, b), range(c, d), strict=True)
        else:
            yield from _paired(old, new, (a, b), (c, d))


def _paired(
    old: Sequence[str], new: Sequence[str], of_old: tuple[int, int], of_new: tuple[int, int]
) -> Iterator[tuple[int | None, int | None]]:
    """The best pairs in order, by the sum of their likeness."""
    (a, b), (c, d) = of_old, of_new
    weight = (d - c) * sum(map(len, old[a:b])) + (b - a) * sum(map(len, new[c:d]))
    if (b - a) * (d - c) > MOST_PAIRS or weight > MOST_WEIGHED:
        for i in range(max(b - a, d - c)):
            yield (a + i if a + i < b else None), (c + i if c + i < d else None)
        return
    olds, news = ([(Counter(text), len(text)) for text in texts] for texts in (old[a:b], new[c:d]))
    like = [[_shared(one, other) for other in news] for one in olds]
    best = [[0.0] * (d - c + 1) for _ in range(b - a + 1)]
    for i in range(b - a - 1, -1, -1):
        for j in range(d - c - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + like[i][j])
    i = j = 0
    while i < b - a or j < d - c:
        if i < b - a and j < d - c and like[i][j] and best[i][j] == best[i + 1][j + 1] + like[i][j]:
            yield a + i, c + j
            i, j = i + 1, j + 1
        elif i < b - a and (j == d - c or best[i][j] == best[i + 1][j]):
            yield a + i, None
            i += 1
        else:
            yield None, c + j
            j += 1


def likeness(one: str, other: str) -> float:
    """The part of their characters that two texts share; 0 where it is too little to call them one."""
    return _shared((Counter(one), len(one)), (Counter(other), len(other)))


def _shared(one: tuple[Counter[str], int], other: tuple[Counter[str], int]) -> float:
    """The same of two texts whose characters are counted, each with its length."""
    whole = one[1] + other[1]
    if 2 * min(one[1], other[1]) < LIKE * whole:
        return 0.0
    part = 2 * sum((one[0] & other[0]).values()) / whole if whole else 1.0
    return part if part >= LIKE else 0.0
