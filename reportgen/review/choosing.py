"""The corrections of a draft that came back, one by one, and the draft as if only some of them had been made.

Where paragraphs of a part moved, were split or joined, all corrections of that part are one: half of a move is none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from ..model.alignment import aligned
from ..model.chinese import sentences
from ..model.content import Content
from ..model.differences import Changes, FigureChange, TextChange, compare
from ..model.rearrangement import rearranged


@dataclass(frozen=True)
class Choice:
    """What can be taken or left as a whole."""

    id: str
    changes: Changes


def choices(made: Content, theirs: Content) -> list[Choice]:
    """The corrections between what a draft said when it was made and what it says now; its title is no choice."""
    changes = compare(made, theirs)
    found = [Choice(each.cell, Changes(figures=(each,))) for each in changes.figures]
    for part in dict.fromkeys((*made.texts, *theirs.texts)):
        texts = tuple(each for each in changes.texts if each.part == part)
        moves = tuple(each for each in changes.rearranged if each.part == part)
        if moves:
            found.append(Choice(part, Changes(texts=texts, rearranged=moves)))
        else:
            found += [Choice(f"{part}/{n}", Changes(texts=(each,))) for n, each in enumerate(texts)]
    return found


def with_chosen(made: Content, theirs: Content, chosen: Collection[str]) -> Content:
    """What the draft would say had only the ``chosen`` corrections been made in it."""
    known = choices(made, theirs)
    figures = dict(made.figures)
    for change in (change for each in known if each.id in chosen for change in each.changes.figures):
        _put(figures, change)
    texts = {}
    for part in dict.fromkeys((*made.texts, *theirs.texts)):
        old, new = made.texts.get(part, ()), theirs.texts.get(part, ())
        if any(each.id == part for each in known):
            text = new if part in chosen else old
        else:
            own = {
                change
                for each in known
                if each.id in chosen
                for change in each.changes.texts
                if change.part == part
            }
            text = tuple(_paragraphs(part, old, new, own))
        if text:
            texts[part] = text
    return Content(made.title, figures, texts)


def _put(figures: dict[str, str], change: FigureChange) -> None:
    if change.new is None:
        figures.pop(change.cell, None)
    else:
        figures[change.cell] = change.new


def _paragraphs(
    part: str, old: Sequence[str], new: Sequence[str], chosen: Collection[TextChange]
) -> Iterator[str]:
    """The paragraphs of a part in which none moved, was split or joined."""
    for step in rearranged(old, new):
        i, j = (places[0] if places else None for places in (step.old, step.new))
        before = [found[0] for found in sentences(old[i])] if i is not None else []
        after = [found[0] for found in sentences(new[j])] if j is not None else []
        pieces = []
        for k, m in aligned(before, after):
            was, now = before[k] if k is not None else "", after[m] if m is not None else ""
            pieces.append(now if TextChange(part, was, now, i, j) in chosen else was)
        if text := "".join(pieces):
            yield text
