"""What a report says, wherever it was read from: an input file, a draft, or a page that was published.

Two contents can be compared; what a :class:`~reportgen.model.document.Document` prints and what is read back from the
printed file are the same content.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Content:
    """The title, the figures as printed, and the paragraphs of each part."""

    title: str
    figures: Mapping[str, str]
    """By cell key; a cell that is not filled in is missing."""
    texts: Mapping[str, tuple[str, ...]]
    """By narrative key (``overview`` …); a part that is not written is missing."""

    @cached_property
    def fingerprint(self) -> str:
        """The same for the same content, on every machine: SHA-256 of a canonical form, in hexadecimal."""
        canonical = json.dumps([self.title, dict(self.figures), dict(self.texts)], sort_keys=True)
        return hashlib.sha256(canonical.encode()).hexdigest()


@dataclass(frozen=True)
class Final:
    """A final that lies beside a report of the same body."""

    name: str
    """Of its file."""
    year: int
    content: Content | None
    """What it says, where it is of the report's own year and can be read."""
