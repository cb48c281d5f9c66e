"""What a reviewer meant by words that are struck out by their look: a deletion, where new words stand beside them.

A line through words, made with the button and not with tracked changes, may be a deletion, a mark for a question, or
an accident. Struck words and new ones are never joined: 140 with a line through it and 141 beside it is 141. Where
nothing new stands beside them, what the file said when it was made stays, and the words are told. Hidden words are
told in any case: they are not printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..model.alignment import steps
from .printed import cut
from .word_lines import Edit, Line, Withheld

MOST_SHOWN = 5
OLD = 0.5
"""Words are those of before where more than this part of their characters is."""


def judged(line: Line, before: str) -> tuple[Line, list[str]]:
    """The line with what is no deletion put back, and what is to be told, in Chinese.

    ``before`` is what the line said when the file was made.
    """
    kept = _kept(line, before) if before and line.withheld else set()
    deleted = [
        Edit(each.author, each.at, each.at, each.text)
        for number, each in enumerate(line.withheld)
        if each.author and number not in kept
    ]
    told = _told(
        (each, number in kept)
        for number, each in enumerate(line.withheld)
        if each.is_hidden or number in kept
    )
    return replace(line, edits=[*line.edits, *deleted]).with_back(kept), told


def unjudged(line: Line) -> list[str]:
    """What is to be told of a line where nobody knows what it said before, in Chinese."""
    return _told((each, False) for each in line.withheld)


def _told(found: Iterable[tuple[Withheld, bool]]) -> list[str]:
    """What is withheld, and whether it was put back, in one sentence of each kind."""
    kinds: dict[tuple[bool, bool], list[str]] = {}
    for each, is_kept in found:
        kinds.setdefault((each.is_hidden, is_kept), []).append(each.text)
    return [_sentence(texts, *kind) for kind, texts in kinds.items()]


def _sentence(texts: Sequence[str], is_hidden: bool, is_kept: bool) -> str:
    shown = "".join(map(cut, texts[:MOST_SHOWN]))
    shown += f"等 {len(texts)} 处" if len(texts) > MOST_SHOWN else ""
    if is_hidden:
        return f"隐藏或者白色的文字{shown}，印不出来，{'没有当作删去' if is_kept else '没有读'}"
    why = "旁边没有写改成什么，没有当作删去" if is_kept else "没有当作正文"
    return f"划了删除线的文字{shown}，{why}"


def _kept(line: Line, before: str) -> set[int]:
    """The numbers of what is withheld, was there before, and has nothing new beside it."""
    marked = [(char, number) for text, number in line.pieces for char in text]
    is_old = [False] * len(marked)
    for _, _, start, end, same in steps(before, [char for char, _ in marked]):
        if same:
            is_old[start:end] = [True] * (end - start)
    old = [0] * len(line.withheld)
    for (_, number), was_there in zip(marked, is_old, strict=True):
        if number is not None:
            old[number] += was_there
    beside_new = _beside_new(marked, is_old)
    return {
        number
        for number, each in enumerate(line.withheld)
        if old[number] > OLD * len(each.text) and number not in beside_new
    }


def _beside_new(marked: Sequence[tuple[str, int | None]], is_old: Sequence[bool]) -> set[int]:
    """The numbers of what is withheld and stands right beside characters that are new."""
    found, group = set[int](), set[int]()
    after_new = False
    for (_, number), was_there in zip([*marked, ("", None)], [*is_old, True], strict=True):
        if number is not None:
            group.add(number)
            continue
        if after_new or not was_there:
            found |= group
        group, after_new = set(), not was_there
    return found
