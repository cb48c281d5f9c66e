"""A part of the text as it is written, cut where numbers of the tables stand in it, so that these are moved whole."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..model.paragraphs import Bound, Paragraph
from ..model.report import Report

Piece = dict[str, Any]


def pieces(report: Report, part: str, printed: Iterable[Paragraph]) -> list[Piece] | None:
    """The source of a part cut into what was typed and what prints a number; its pieces joined are the source.

    Each is ``source``, ``text`` (what it prints), ``bound`` (whether it is ``{{ }}``) and ``says``, the place it is
    taken from. None where the source has more than ``{{ }}``: it is edited as it is written.
    """
    narrative = report.narrative.get(part)
    if narrative is None:
        return []
    source = narrative.source
    if "{%" in source or "{#" in source:
        return None
    texts: dict[int, str] = {}
    for run in (run for paragraph in printed for run in paragraph.runs):
        if run.bound:
            texts[run.bound.start] = texts.get(run.bound.start, "") + run.text
    found = []
    end = 0
    for bound in sorted(narrative.bounds, key=lambda each: each.start):
        found += [_typed(source[end : bound.start]), _bound(source, bound, texts, report)]
        end = bound.end
    return [piece for piece in [*found, _typed(source[end:])] if piece["source"]]


def _typed(text: str) -> Piece:
    return {"source": text, "text": text, "bound": False, "says": ""}


def _bound(source: str, bound: Bound, texts: dict[int, str], report: Report) -> Piece:
    return {
        "source": source[bound.start : bound.end],
        "text": texts.get(bound.start, bound.expression),
        "bound": True,
        "says": report.form.describe(bound.cells) or bound.expression,
    }
