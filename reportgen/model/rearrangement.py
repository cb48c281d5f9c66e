"""How the paragraphs of a text became others: kept or changed, put in, taken out, moved, split and joined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .alignment import MOST_PAIRS, aligned, steps, words

MOVED = 0.8
"""Two paragraphs that share this part of their words are one, wherever they stand."""
MOST_TRIED = 3
"""So many of the most alike are read word by word: the first is nearly always it."""
TAKEN = 0.8
"""A paragraph that comes with this part of its words from another is a piece of it."""
MOST_PIECES = 20
"""So many pieces one paragraph may be split into, or be joined of."""
SHORTEST = 4
"""Words that have to stand side by side in both texts to be the same ones: single characters are everywhere."""


@dataclass(frozen=True)
class Step:
    """Some paragraphs, by their places from 0, that became others.

    One of each: kept or changed. One that became several was split, several that became one were joined. None of the
    old ones: put in; none of the new ones: taken out; with the number of a ``move`` these two are one paragraph.
    """

    old: tuple[int, ...]
    new: tuple[int, ...]
    move: int | None = None


def rearranged(old: Sequence[str], new: Sequence[str]) -> list[Step]:
    """The steps from ``old`` to ``new``, in the order of both; what moved stands at both its places."""
    if len(old) * len(new) > MOST_PAIRS:
        return [Step(_one(i), _one(j)) for i, j in aligned(old, new)]
    pairs = dict(_pairs(old, new))
    kept = _in_order(pairs, old)
    moves = sorted(pairs.keys() - kept)
    came = {pairs[i] for i in moves}
    rows: list[Step] = []
    a = c = 0
    for b, d in [*((i, pairs[i]) for i in sorted(kept)), (len(old), len(new))]:
        olds = [i for i in range(a, b) if i not in moves]
        news = [j for j in range(c, d) if j not in came]
        for i, j in aligned([old[i] for i in olds], [new[j] for j in news]):
            rows.append(Step(_one(None if i is None else olds[i]), _one(None if j is None else news[j])))
        if b < len(old) or d < len(new):
            rows.append(Step((b,), (d,)))
        a, c = b + 1, d + 1
    rows = list(_grouped(rows, old, new))
    for number, i in enumerate(moves, 1):
        _put(rows, Step((i,), (), number))
        _put(rows, Step((), (pairs[i],), number))
    return rows


def _one(place: int | None) -> tuple[int, ...]:
    return () if place is None else (place,)


def _put(rows: list[Step], step: Step) -> None:
    """Put a half of a move where its paragraph stands among the others."""
    side = "old" if step.old else "new"
    (place,) = getattr(step, side)
    after = (n for n, row in enumerate(rows) if any(other > place for other in getattr(row, side)))
    rows.insert(next(after, len(rows)), step)


# ── which paragraph is which ────────────────────────────────────────────────────────────────────────


def _pairs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The paragraphs that are the same in both, wherever they stand: equal ones, then those most alike."""
    left: dict[str, list[int]] = {}
    for j, text in enumerate(new):
        left.setdefault(text, []).append(j)
    rest = []
    for i, text in enumerate(old):
        if left.get(text):
            yield i, left[text].pop(0)
        else:
            rest.append(i)
    others = [j for places in left.values() for j in places]
    texts = {text: words(text) for text in {*(old[i] for i in rest), *(new[j] for j in others)}}
    bags = {text: Counter(found) for text, found in texts.items()}

    def likeness(i: int, j: int) -> float:
        one, other = bags[old[i]], bags[new[j]]
        whole = len(texts[old[i]]) + len(texts[new[j]])
        if 2 * min(len(texts[old[i]]), len(texts[new[j]])) < MOVED * whole:
            return 0.0
        return 2 * sum((one & other).values()) / whole

    alike = [(likeness(i, j), i, j) for i in rest for j in others]
    found, taken, tried = set[int](), set[int](), Counter[int]()
    for part, i, j in sorted(alike, key=lambda each: (-each[0], abs(each[1] - each[2]), each[1])):
        if part < MOVED:
            break
        if i in found or j in taken or tried[i] == MOST_TRIED:
            continue
        tried[i] += 1
        if _shared(old[i], new[j]) >= MOVED / 2 * len(texts[old[i]]):
            found.add(i)
            taken.add(j)
            yield i, j


def _in_order(pairs: dict[int, int], old: Sequence[str]) -> set[int]:
    """Those of the pairs, by their old places, that stayed in their order: as much text as can be."""
    best: list[tuple[int, int, int | None]] = []
    places = sorted(pairs)
    for n, i in enumerate(places):
        before = [(best[m][0], m) for m in range(n) if pairs[places[m]] < pairs[i]]
        most, last = max(before, key=lambda each: each[0], default=(0, None))
        best.append((most + len(old[i]) + 1, i, last))
    kept = set[int]()
    at = max(range(len(best)), key=lambda n: best[n][0], default=None)
    while at is not None:
        kept.add(best[at][1])
        at = best[at][2]
    return kept


# ── split and joined ────────────────────────────────────────────────────────────────────────────────


def _grouped(rows: Sequence[Step], old: Sequence[str], new: Sequence[str]) -> Iterator[Step]:
    """The rows with the pieces of a paragraph put to it."""
    group: list[Step] = []
    for row in rows:
        if group and not _belongs(group, row, old, new):
            yield from _closed(group)
            group = []
        group.append(row)
    yield from _closed(group)


def _closed(group: list[Step]) -> list[Step]:
    whole = _whole(group)
    return [whole] if len(whole.old) + len(whole.new) > 2 and whole.old and whole.new else group


def _whole(group: Sequence[Step]) -> Step:
    return Step(tuple(i for row in group for i in row.old), tuple(j for row in group for j in row.new))


def _belongs(group: list[Step], row: Step, old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether a row beside a group is one more piece of the same paragraph."""
    whole = _whole([*group, row])
    if not whole.old or not whole.new:
        return False
    if 1 not in (len(whole.old), len(whole.new)) or len(whole.old) + len(whole.new) > MOST_PIECES:
        return False
    # What came to it, and what it came to: a lone first piece comes to the paragraph that follows.
    piece, rest = (row, _whole(group)) if not (row.old and row.new) else (_whole(group), row)
    if piece.old and piece.new:
        return False
    text = "".join([*(old[i] for i in piece.old), *(new[j] for j in piece.new)])
    gained = _between(whole, old, new) - _between(rest, old, new)
    return gained >= TAKEN * len(words(text)) > 0


def _between(step: Step, old: Sequence[str], new: Sequence[str]) -> int:
    return _shared("".join(old[i] for i in step.old), "".join(new[j] for j in step.new))


def _shared(old: str, new: str) -> int:
    """How many words stand side by side in both texts."""
    before, after = words(old), words(new)
    runs = (b - a for a, b, _, _, same in steps(before, after) if same)
    return sum(run for run in runs if run >= min(SHORTEST, len(before), len(after)))
