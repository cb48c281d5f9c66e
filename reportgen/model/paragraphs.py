"""The paragraphs of a narrative: where in it each word came from, and the numbering of official texts.

Levels: 一、 are the parts of the report itself; in the text follow （一）, 1. and （1）; （一） stands on a line of its
own or as the run-in phrase of a paragraph (GB/T 9704—2012, 7.3.3).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain, groupby

from ..patterns import regex
from .chinese import CLAUSE_ENDS, numbering

GAP = "【未填】"
"""Printed where a figure or a part of the text is still missing."""

LONGEST_LEAD = 60
"""A run-in phrase or a heading is at most this long; a longer opening sentence is body text."""

# Marks in the rendered text. Unicode promises that no text contains these code points, and the readers refuse them.
BOUND, TEXT, END, AT, SHARE = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3", "\ufdd4"
_PIECE = regex(f"{AT}(\\d+){END}([^{AT}{BOUND}]*)|{BOUND}(\\d+){TEXT}([^{END}]*){END}")
"""What was typed, and where in the source it begins; or what an expression printed, and its number."""


@dataclass(frozen=True)
class Bound:
    """A ``{{ }}`` of the narrative: its expression as written, its line in the input, the cells it prints."""

    expression: str
    line: int
    cells: tuple[str, ...]
    start: int = 0
    """From here to ``end`` it stands in the narrative's source."""
    end: int = 0


@dataclass(frozen=True)
class Run:
    """A stretch of text of one kind."""

    text: str
    lead: bool = False
    """Part of a run-in phrase: （一）主动公开情况。"""
    bound: Bound | None = None
    """Where the text comes from when it was not typed but printed by ``{{ }}``."""
    places: tuple[int, ...] = field(default=(), compare=False, repr=False)
    """Where each character stands in the narrative's source when it was typed; a tag may stand between two."""

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
    right: float | None = None
    """Of a line of the signature: its distance from the right in characters."""

    @cached_property
    def text(self) -> str:
        """All of it, as it is printed."""
        return "".join(run.text for run in self.runs)

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((self.text, self.line, self.level, self.heading))


def mark(text: str, start: int) -> str:
    """Typed text with its place in the source, ``start``, and that of each new line in it."""
    marked = []
    for line in text.split("\n"):
        marked.append(f"{AT}{start}{END}{line}")
        start += len(line) + 1
    return "\n".join(marked)


def paragraphs(marked: str, bounds: Sequence[Bound], line_of: Callable[[int], int]) -> Iterator[Paragraph]:
    """The paragraphs of a rendered and marked text; empty lines and the blanks around a line are dropped."""
    for text in marked.split("\n"):
        runs = _strip(list(_runs(text, bounds)))
        if runs:
            first = runs[0]
            yield _numbered(runs, first.bound.line if first.bound else line_of(first.places[0]))


def _runs(text: str, bounds: Sequence[Bound]) -> Iterator[Run]:
    for is_typed, pieces in groupby(_PIECE.finditer(text), lambda piece: piece[1] is not None):
        if is_typed:
            found = [(piece[2], int(piece[1])) for piece in pieces]
            places = chain.from_iterable(range(at, at + len(typed)) for typed, at in found)
            yield Run("".join(typed for typed, _ in found), places=tuple(places))
        else:
            yield from (Run(piece[4], bound=bounds[int(piece[3])]) for piece in pieces)


def _strip(runs: list[Run]) -> tuple[Run, ...]:
    """The runs without the blanks that were typed around them."""
    text = "".join("x" * len(run.text) if run.bound else run.text for run in runs)
    return tuple(_cut(runs, len(text) - len(text.lstrip()), len(text.rstrip())))


def _cut(runs: Iterable[Run], start: int, end: int) -> Iterator[Run]:
    """The runs from one character of their text to another."""
    for run in runs:
        inside = slice(max(start, 0), max(end, 0))
        if run.text[inside]:
            yield replace(run, text=run.text[inside], places=run.places[inside])
        start, end = start - len(run.text), end - len(run.text)


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
    yield from (replace(run, lead=True) for run in _cut(runs, 0, stop))
    yield from _cut(runs, stop, sum(len(run.text) for run in runs))
