"""The printed text as the rules of structure and wording read it: paragraph by paragraph, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ..form.model import Part
from ..model.document import Document
from ..model.findings import Finding, Passage, Severity
from ..model.paragraphs import Paragraph

MOST_KEPT = 4000
"""Paragraphs of which is kept what rules read in them; a report has two hundred, and so has last year's."""


@dataclass(frozen=True)
class Place:
    """One printed paragraph and where it stands."""

    part: Part
    index: int
    """Counted from 0 within the part."""
    paragraph: Paragraph

    @property
    def text(self) -> str:
        return self.paragraph.text

    @cached_property
    def bound(self) -> list[tuple[int, int, tuple[str, ...]]]:
        """What of the text is printed by {{ }}: from, to, its cells."""
        found, start = [], 0
        for run in self.paragraph.runs:
            if run.bound is not None:
                found.append((start, start + len(run.text), run.bound.cells))
            start += len(run.text)
        return found

    @property
    def name(self) -> str:
        """The place in the clerk's words: 一、总体情况第3段."""
        return f"{self.part.name}第{self.index + 1}段"

    def finding(
        self,
        rule: str,
        severity: Severity,
        message: str,
        advice: str,
        start: int,
        end: int,
        how: str = "",
    ) -> Finding:
        """A finding about characters ``start`` to ``end`` of this paragraph."""
        return Finding(
            rule,
            severity,
            message,
            advice,
            line=self.paragraph.line,
            passage=Passage(self.part.text, self.index, start, end),
            how=how,
        )


def places(document: Document, role: str | None = None) -> Iterator[Place]:
    """The paragraphs of the narrative parts that play ``role``, of all parts where none is named; not the signature."""
    for section in document.sections:
        if (
            section.part.text
            and not section.part.signature
            and (role is None or section.part.text in document.form.roles[role])
        ):
            for index, paragraph in enumerate(section.paragraphs):
                yield Place(section.part, index, paragraph)


def excerpt(text: str, start: int, end: int, around: int = 8) -> str:
    """The passage with a few characters on each side, in quotes: “…持续加强，推进工作…”."""
    first, last = max(0, start - around), min(len(text), end + around)
    return f"“{'…' if first else ''}{text[first:last]}{'…' if last < len(text) else ''}”"


def shortened(text: str, length: int = 28) -> str:
    """A sentence short enough to be named in a message."""
    return text if len(text) <= length else text[: length - 1] + "…"
