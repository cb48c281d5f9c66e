"""Papers that lie in the folder already: one that somebody edited is never overwritten, the new one goes beside it.

Every paper says in itself what it was made of and is sealed (see :mod:`reportgen.model.provenance`), so that no list of
files has to be kept.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ... import __version__
from ...disk import beside
from ...model.provenance import CONTENT, VERSION, Provenance
from ...writing.files import bytes_of


@dataclass(frozen=True)
class Made:
    """A paper as it is to lie in the folder."""

    data: bytes
    content: str
    """The fingerprint of what it says."""


@dataclass(frozen=True)
class Places:
    """Where papers go."""

    files: Mapping[Path, bytes]
    """What is to be written, by its path."""
    kept: Mapping[Path, Path | None] = field(default_factory=dict)
    """Papers that somebody edited, and where the new one goes; None where it would say the same."""

    def lying(self, path: Path) -> Path:
        """Where a paper lies when all is written: beside what was edited, or that itself where it says the same."""
        return self.kept.get(path) or path


def properties(content: str) -> dict[str, str]:
    """What a paper says of itself; ``content`` is the fingerprint of what it says."""
    return {VERSION: __version__, CONTENT: content}


def fingerprint(content: str | bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(
        content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    ).hexdigest()


def places(papers: Mapping[Path, Made]) -> Places:
    """Where each paper goes: to its place, or beside what was edited there."""
    files: dict[Path, bytes] = {}
    kept: dict[Path, Path | None] = {}
    for path, made in papers.items():
        edited = []
        target: Path | None = None
        for candidate in _candidates(path):
            data = bytes_of(candidate)
            if data is None:
                target = candidate
                break
            found = Provenance(data)
            if found.is_untouched:
                target = candidate
                break
            edited.append(candidate)
            if found.properties.get(CONTENT) == made.content:
                break
        if target is not None:
            files[target] = made.data
        kept |= dict.fromkeys(edited, target)
    return Places(files, kept)


def _candidates(path: Path) -> Iterable[Path]:
    yield path
    for number in itertools.count(2):
        yield beside(path, f"（{number}）{path.suffix}")
