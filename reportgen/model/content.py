"""What a report says, wherever it was read from: an input file, a draft, or a page that was published.

Two contents can be compared; what a :class:`~reportgen.model.document.Document` prints and what is read back from the
printed file are the same content.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Content:
    """The title, the figures as printed, and the paragraphs of each part."""

    title: str
    figures: Mapping[str, str]
    """By cell key; a cell that is not filled in is missing. Words that stand in place of a figure are kept as they are."""
    texts: Mapping[str, tuple[str, ...]]
    """By narrative key (``overview`` …); a part that is not written is missing."""

    @cached_property
    def fingerprint(self) -> str:
        """The same for the same content, on every machine: SHA-256 of a canonical form, in hexadecimal."""
        canonical = json.dumps([self.title, dict(self.figures), dict(self.texts)], sort_keys=True)
        return hashlib.sha256(canonical.encode()).hexdigest()

    def completed(self, missing: Collection[str], other: Content) -> Content:
        """The content with what is ``missing`` as ``other`` has it, and texts that differ in blanks only."""
        figures = {key: other.figures[key] for key in other.figures if key in missing}
        texts = {
            part: text
            for part, text in other.texts.items()
            if part in missing or self.texts.get(part, ()) == spaced(text)
        }
        return Content(self.title or other.title, {**self.figures, **figures}, {**self.texts, **texts})


def spaced(paragraphs: Sequence[str]) -> tuple[str, ...]:
    """Paragraphs as a Word file gives them back: a tab is a blank, and none stands at an end."""
    return tuple(paragraph.replace("\t", " ").strip() for paragraph in paragraphs)


@dataclass(frozen=True)
class Final:
    """A final that lies beside a report of the same body."""

    name: str
    """Of its file."""
    year: int
    content: Content | None
    """What it says, where it is of the report's own year and can be read."""
