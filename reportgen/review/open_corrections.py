"""Corrections made in a draft: which of them the input file has taken in."""

from __future__ import annotations

from collections.abc import Sequence

from ..model.content import Content
from ..model.differences import Changes, FigureChange, TextChange, compare


def not_taken_in(made: Content, edited: Content, later: Sequence[Content]) -> Changes:
    """The changes in an edited draft that came into none of the ``later`` contents.

    ``made`` is what the draft said when it was made; ``later`` are the drafts after it and the input as it is now.
    """
    changes = compare(made, edited)
    elsewhere = [{each.part for each in compare(content, edited).rearranged} for content in later]
    return Changes(
        title=changes.title if all(edited.title != content.title for content in later) else None,
        figures=tuple(change for change in changes.figures if not any(_has_figure(c, change) for c in later)),
        texts=tuple(change for change in changes.texts if not any(_has_text(c, change) for c in later)),
        rearranged=tuple(
            change for change in changes.rearranged if all(change.part in parts for parts in elsewhere)
        ),
    )


def _has_figure(content: Content, change: FigureChange) -> bool:
    return content.figures.get(change.cell) == change.new


def _has_text(content: Content, change: TextChange) -> bool:
    """Whether the corrected sentence stands in its part, or the one struck out does not."""
    text = "\n".join(content.texts.get(change.part, ()))
    return change.new.strip() in text if change.new.strip() else change.old.strip() not in text
