"""Where each word of a printed text stands in the narrative as the clerk wrote it.

What a reviewer changes is the printed text: 收到19件. What has to change is its source:
收到{{ requests.new_received.total }}件.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..model.alignment import words
from ..model.chinese import NUMBER
from ..model.document import Document
from ..model.narrative import TAG
from ..model.paragraphs import GAP, Bound, Run
from ..model.report import Report


@dataclass(frozen=True)
class Word:
    """A word of the printed text and the stretch of the source it came from."""

    text: str
    start: int
    end: int
    bound: Bound | None = None
    """The expression that printed it, if one did; ``start`` and ``end`` are then the expression's."""

    @property
    def is_number(self) -> bool:
        """Whether it is one, or the mark where one is missing."""
        return bool(re.fullmatch(NUMBER, self.text)) or (self.bound is not None and self.text == GAP)


def printed_words(document: Document, report: Report) -> dict[str, list[Word]]:
    """The words of each part of a text that was composed of ``report``, each with its place in the source.

    A new paragraph is a word of its own.
    """
    return {
        part: list(
            _joined(
                [_words(paragraph.runs) for paragraph in section.paragraphs], report.narrative[part].source
            )
        )
        for section in document.sections
        if section.paragraphs and (part := section.part.text)
    }


def _words(runs: Sequence[Run]) -> list[Word]:
    """The words of one paragraph."""
    found: list[Word] = []
    for run in runs:
        if run.bound:
            start, end = run.bound.start, run.bound.end
            found += [Word(text, start, end, run.bound) for text in words(run.text)]
            continue
        for text, at in _stretches(run):
            for word in words(text):
                found.append(Word(word, at, at + len(word)))
                at += len(word)
    return found


def _stretches(run: Run) -> Iterator[tuple[str, int]]:
    """Typed text cut where a tag stands in the source, each stretch with its place."""
    cuts = [i for i, (a, b) in enumerate(pairwise(run.places), 1) if b != a + 1]
    for start, end in pairwise((0, *cuts, len(run.text))):
        yield run.text[start:end], run.places[start]


def _joined(paragraphs: Sequence[list[Word]], source: str) -> Iterator[Word]:
    """All words of a part, with a line break between two paragraphs."""
    plain = TAG.sub(lambda tag: "\ufffc" * len(tag[0]), source)
    end = None
    for paragraph in paragraphs:
        if end is not None:
            line_end = max(end, plain.find("\n", end))
            yield Word("\n", end if plain[end:line_end].isspace() else line_end, paragraph[0].start)
        yield from paragraph
        end = paragraph[-1].end
