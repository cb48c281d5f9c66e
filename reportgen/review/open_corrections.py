"""Corrections made in a draft: which of them the input file has not taken in, and nobody has answered."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ..model.content import Content
from ..model.differences import Change, Changes, FigureChange, TextChange, compare, is_met
from ..model.opinions import TITLE, Kind, Opinion, shortened

TAKEN_IN = "已照改"
"""The reason of a correction that was answered by taking it in; it counts as long as that stands."""

Key = tuple[str, str, str]
"""Where a correction stands, what stood there and what is to stand there, as the ledger writes it."""


def not_taken_in(made: Content, edited: Content, later: Sequence[Content]) -> Changes:
    """The changes in an edited draft that came into none of the ``later`` contents.

    ``made`` is what the draft said when it was made; ``later`` are the drafts after it and the input as it is now.
    A sentence that moved within its part is one change: its new place.
    """
    changes = compare(made, edited)
    if not changes:
        return changes
    moved = moved_sentences(changes)
    elsewhere = []
    if moved or changes.rearranged:  # few are, and to compare with every later draft takes its time
        elsewhere = [compare(content, edited) for content in later]
    return Changes(
        title=changes.title if all(edited.title != content.title for content in later) else None,
        figures=tuple(change for change in changes.figures if not any(_has_figure(c, change) for c in later)),
        texts=tuple(
            change
            for change in changes.texts
            if (
                all(_differs_there(change, other) for other in elsewhere) and change.new
                if sentence(change) in moved
                else not any(_has_text(content, edited, change) for content in later)
            )
        ),
        rearranged=tuple(
            change
            for change in changes.rearranged
            if all(change.part in {each.part for each in other.rearranged} for other in elsewhere)
        ),
    )


def unanswered(changes: Changes, answered: Collection[Key]) -> Changes:
    """The changes without those that the ledger answers."""
    return Changes(
        title=changes.title if changes.title and key(changes.title) not in answered else None,
        figures=tuple(change for change in changes.figures if key(change) not in answered),
        texts=tuple(change for change in changes.texts if key(change) not in answered),
        rearranged=tuple(change for change in changes.rearranged if key(change) not in answered),
    )


def answers(opinions: Sequence[Opinion], draft: str) -> set[Key]:
    """What of a draft the clerk has answered."""
    return {
        opinion.key
        for opinion in opinions
        if opinion.draft == draft
        and opinion.kind is not Kind.COMMENT
        and not opinion.is_open
        and opinion.reason != TAKEN_IN
    }


def key(change: Change | tuple[str, str] | str) -> Key:
    """What the ledger writes of a change, of a title, or of what was not understood."""
    if isinstance(change, str):
        return "", "", shortened(change)
    if isinstance(change, tuple):
        return TITLE, *change
    if isinstance(change, FigureChange):
        return change.cell, change.old or "", change.new or ""
    if isinstance(change, TextChange):
        return change.part, shortened(change.old.strip()), shortened(change.new.strip())
    return change.part, shortened(change.words), change.text


def keys(changes: Changes) -> list[Key]:
    """The keys of all changes."""
    title = [key(changes.title)] if changes.title else []
    changed: list[Change] = [*changes.figures, *changes.rearranged, *changes.texts]
    return title + [key(change) for change in changed]


def moved_sentences(changes: Changes) -> set[tuple[str, str]]:
    """The sentences that stand elsewhere in their part."""
    come, gone = (
        {sentence(change) for change in changes.texts if bool(change.new.strip()) is is_new}
        for is_new in (True, False)
    )
    return come & gone


def sentence(change: TextChange) -> tuple[str, str]:
    """A sentence that came or went, with its part."""
    return change.part, change.new.strip() or change.old.strip()


def _differs_there(change: TextChange, other: Changes) -> bool:
    """Whether a sentence stands, to another content, at another place still."""
    part, words = sentence(change)
    return any(each.part == part and words in (each.old.strip(), each.new.strip()) for each in other.texts)


def _has_figure(content: Content, change: FigureChange) -> bool:
    return content.figures.get(change.cell) == change.new


def _has_text(content: Content, edited: Content, change: TextChange) -> bool:
    found = content.texts.get(change.part, ())
    return found == edited.texts.get(change.part, ()) or is_met(change.old, change.new, "\n".join(found))
