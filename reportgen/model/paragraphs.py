"""The paragraphs of a narrative: which text was printed by an expression, and the numbering of official texts.

Levels: 一、 are the parts of the report itself; in the text follow （一）, 1. and （1）; （一） stands on a line of its
own or as the run-in phrase of a paragraph (GB/T 9704—2012, 7.3.3).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from .chinese import CLAUSE_ENDS, numbering

GAP = "【未填】"
"""Printed where a figure or a part of the text is still missing."""

LONGEST_LEAD = 60
"""A run-in phrase or a heading is at most this long; a longer opening sentence is body text."""

# Marks in the rendered text. Unicode promises that no text contains these code points, and the readers refuse them.
BOUND, TEXT, END, LINE = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3"
_PRINTED = re.compile(f"{BOUND}(\\d+){TEXT}([^{END}]*){END}|{LINE}(\\d+){END}")


@dataclass(frozen=True)
class Bound:
    """A ``{{ }}`` of the narrative: its expression as written, its line in the input, the cells it prints."""

    expression: str
    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Run:
    """A stretch of text of one kind."""

    text: str
    lead: bool = False
    """Part of a run-in phrase: （一）主动公开情况。"""
    bound: Bound | None = None
    """Where the text comes from when it was not typed but printed by ``{{ }}``."""

    @property
    def gap(self) -> bool:
        """Whether it stands for a figure that is not filled in."""
        return self.bound is not None and GAP in self.text


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of the narrative."""

    runs: tuple[Run, ...]
    line: int
    """The line of the input file it stands in."""
    level: int = 0
    """The level of its numbering: 2 for （一）, 3 for 1., 4 for （1）, 0 for none."""
    heading: bool = False
    """Whether it is a heading on a line of its own."""

    @cached_property
    def text(self) -> str:
        """All of it, as it is printed."""
        return "".join(run.text for run in self.runs)


def paragraphs(marked: str, bounds: Sequence[Bound]) -> Iterator[Paragraph]:
    """The paragraphs of a rendered and marked text; empty lines and the blanks around a line are dropped."""
    line = 0
    for text in marked.split("\n"):
        runs: list[Run] = []
        end = 0
        for match in _PRINTED.finditer(text):
            runs.append(Run(text[end : match.start()]))
            end = match.end()
            if match[3]:
                line = int(match[3])
            else:
                runs.append(Run(match[2], bound=bounds[int(match[1])]))
        runs.append(Run(text[end:]))
        stripped = _strip(runs)
        if stripped:
            yield _numbered(stripped, line)


def _strip(runs: list[Run]) -> tuple[Run, ...]:
    def without_blanks(runs: list[Run], strip: Callable[[str], str]) -> list[Run]:
        for i, run in enumerate(runs):
            text = run.text if run.bound else strip(run.text)
            if text:
                return [Run(text, bound=run.bound), *runs[i + 1 :]]
        return []

    runs = without_blanks(runs, str.lstrip)
    runs = without_blanks(runs[::-1], str.rstrip)[::-1]
    return tuple(run for run in runs if run.text)


def _numbered(runs: tuple[Run, ...], line: int) -> Paragraph:
    text = "".join(run.text for run in runs)
    number = numbering(text)
    level = number.level if number and number.level > 1 else 0
    stop = text.find("。") + 1
    if not level or (stop or len(text)) > LONGEST_LEAD:
        return Paragraph(runs, line, level)
    if stop == len(text) or (not stop and text[-1] not in CLAUSE_ENDS):
        return Paragraph(runs, line, level, heading=True)
    if level == 2 and stop:
        return Paragraph(tuple(_split_lead(runs, stop)), line, level)
    return Paragraph(runs, line, level)


def _split_lead(runs: tuple[Run, ...], stop: int) -> Iterator[Run]:
    start = 0
    for run in runs:
        inside = max(0, min(len(run.text), stop - start))
        if run.text[:inside]:
            yield Run(run.text[:inside], lead=True, bound=run.bound)
        if run.text[inside:]:
            yield Run(run.text[inside:], bound=run.bound)
        start += len(run.text)
