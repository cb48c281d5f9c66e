"""A change of the printed text, said of the narrative it was printed from.

What was typed is replaced in the source. A number that an expression printed is no text: a change of it is told
apart, and so is every change that has no sure place in the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..model.alignment import steps, words
from ..model.chinese import NUMBER, STATEMENT_ENDS, sentences
from ..model.edits import Edit
from ..model.narrative import TAG
from ..model.paragraphs import Bound
from ..patterns import regex
from .origins import Word

_ENDS = frozenset(STATEMENT_ENDS + "\n")
_OPENS_TAG = regex(r"\{[{%#]")


@dataclass(frozen=True)
class Rebound:
    """A number that an expression printed and the reviewer changed."""

    bound: Bound
    printed: str
    written: str


@dataclass(frozen=True)
class Unclear:
    """A change that has no sure place in the source."""

    old: str
    new: str
    bounds: tuple[Bound, ...] = ()
    """The expressions it touches."""


Traced = Edit | Rebound | Unclear


def traced(old: Sequence[Word], new: str) -> tuple[list[Traced], str]:
    """How the printed text ``old`` became ``new``, said of the source; and ``new`` without what is unclear."""
    found: list[Traced] = []
    clear: list[str] = []
    end = 0
    for before, after, at in _changed(old, new):
        changes = list(_trace(before, after, at, old))
        is_clear = not any(isinstance(change, Unclear) for change in changes)
        clear += [word.text for word in old[end:at]]
        clear += after if is_clear else [word.text for word in before]
        found += changes
        end = at + len(before)
    return found, "".join([*clear, *(word.text for word in old[end:])])


# ── changes ─────────────────────────────────────────────────────────────────────────────────────────


def _changed(old: Sequence[Word], new: str) -> Iterator[tuple[Sequence[Word], list[str], int]]:
    """The changed stretches: the old words, the new ones, and the number of the old word they begin at."""
    before = list(_by_sentence(old))
    after = [found[0] for found in sentences(new)]
    starts = [0]
    for sentence in before:
        starts.append(starts[-1] + len(sentence))
    texts = ["".join(word.text for word in sentence) for sentence in before]
    for a, b, c, d, same in steps(texts, after):
        if same:
            continue
        olds = old[starts[a] : starts[b]]
        news = words("".join(after[c:d]))
        for e, f, g, h, equal in steps([word.text for word in olds], news):
            if not equal:
                yield olds[e:f], news[g:h], starts[a] + e


def _by_sentence(old: Sequence[Word]) -> Iterator[list[Word]]:
    left = list(old)
    for sentence in sentences("".join(word.text for word in old)):
        found: list[Word] = []
        length = 0
        while left and length < len(sentence[0]):
            found.append(left.pop(0))
            length += len(found[-1].text)
        yield found
    if left:
        yield left


def _trace(before: Sequence[Word], after: list[str], at: int, old: Sequence[Word]) -> Iterator[Traced]:
    """One changed stretch: literal words are replaced, numbers of expressions paired with the new numbers."""
    text = "".join(after)
    if _OPENS_TAG.search(text):
        yield _unclear(before, text)
        return
    inside = 0 < at < len(old) and old[at - 1].bound is not None and old[at - 1].bound is old[at].bound
    if not before:
        yield _unclear(old[at : at + 1], text, "") if inside else Edit(*_gap(old, at, text), text)
        return
    if not any(word.bound for word in before):
        yield from _replaced(before, text)
        return
    numbers = [word for word in before if word.is_number]
    written = [i for i, word in enumerate(after) if re.fullmatch(NUMBER, word)]
    only_numbers = all(
        word.is_number and _is_alone(at + i, old) for i, word in enumerate(before) if word.bound
    )
    if not written and (not after or only_numbers):
        if _is_whole(before, at, old):
            yield from _replaced(before, text)
            return
    elif len(numbers) == len(written) and only_numbers:
        yield from _paired(before, after, written, at, old)
        return
    yield _unclear(before, text)


def _unclear(before: Sequence[Word], text: str, old: str | None = None) -> Unclear:
    shown = "".join(word.text for word in before) if old is None else old
    return Unclear(shown, text, tuple({id(word.bound): word.bound for word in before if word.bound}.values()))


def _paired(
    before: Sequence[Word], after: list[str], written: Sequence[int], at: int, old: Sequence[Word]
) -> Iterator[Traced]:
    """Number beside number, and the words between them."""
    places = [i for i, word in enumerate(before) if word.is_number]
    start, begin = 0, 0
    for place, number in zip((*places, len(before)), (*written, len(after)), strict=True):
        between, text = before[start:place], "".join(after[begin:number])
        if between and "".join(word.text for word in between) != text:
            yield from _replaced(between, text)
        elif not between and text:
            yield Edit(*_gap(old, at + start, text), text)
        if place < len(before):
            word, now = before[place], after[number]
            if word.bound and word.text != now:
                yield Rebound(word.bound, word.text, now)
            elif word.text != now:
                yield Edit(word.start, word.end, now)
        start, begin = place + 1, number + 1


def _is_alone(at: int, old: Sequence[Word]) -> bool:
    """Whether the word is all that its expression printed: a telephone number has several words."""
    return not any(old[near].bound is old[at].bound for near in (at - 1, at + 1) if 0 <= near < len(old))


def _is_whole(before: Sequence[Word], at: int, old: Sequence[Word]) -> bool:
    """Whether no expression is cut in two."""
    after = at + len(before)
    begins = at == 0 or before[0].bound is None or old[at - 1].bound is not before[0].bound
    ends = after >= len(old) or before[-1].bound is None or old[after].bound is not before[-1].bound
    return begins and ends


def _gap(old: Sequence[Word], at: int, text: str) -> tuple[int, int]:
    """The place in the source for ``text`` between two old words; a template's mark may stand between them.

    What begins a sentence goes to the words after it, a sentence of its own and everything else to those before it,
    and a new paragraph to the end of the line.
    """
    if not old:
        return 0, 0
    if at == 0:
        return old[0].start, old[0].start
    before = old[at - 1]
    place = before.end
    if at < len(old):
        begins = before.text in _ENDS and text[-1] not in _ENDS
        if begins or (old[at].text == "\n" and text[0] == "\n"):
            place = old[at].start
    return place, place


def _replaced(before: Sequence[Word], text: str) -> Iterator[Traced]:
    """Words replaced; where a template's mark stands between them, it is not sure what should become of it."""
    start, end = before[0].start, before[0].end
    for word in before[1:]:
        if word.start != end and word.start != start:
            yield _unclear(before, text)
            return
        end = word.end
    yield Edit(start, end, text)


def cuts_a_tag(source: str, edits: Sequence[Edit]) -> bool:
    """Whether an edit would take away a condition, or a part of an expression; then nothing is sure."""
    return any(
        edit.start < tag.end() and tag.start() < edit.end
        for edit in edits
        for tag in TAG.finditer(source)
        if not (tag[0].startswith("{{") and edit.start <= tag.start() and tag.end() <= edit.end)
    )
