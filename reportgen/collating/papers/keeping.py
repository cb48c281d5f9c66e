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
from ..aside import Aside, Kept


@dataclass(frozen=True)
class Made:
    """A paper as it is to lie in the folder."""

    data: bytes
    content: str
    """The fingerprint of what it says."""


@dataclass(frozen=True)
class Places:
    """Where papers go."""

    files: Mapping[Path, Kept]
    """What is to be written, by its path; what lies there already is not."""
    kept: Mapping[Path, Path | None] = field(default_factory=dict)
    """Papers that somebody edited, and where the new one goes; None where it would say the same."""
    lying: tuple[Path, ...] = ()
    """Where each paper lies when all is written: beside what was edited, or that itself where it says the same."""


def properties(content: str) -> dict[str, str]:
    """What a paper says of itself; ``content`` is the fingerprint of what it says."""
    return {VERSION: __version__, CONTENT: content}


def fingerprint(content: str | bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(
        content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    ).hexdigest()


def places(papers: Iterable[tuple[Path, Made]], aside: Aside) -> Places:
    """Where each paper goes: to its place, or beside what was edited there; until then it is put ``aside``."""
    files: dict[Path, Kept] = {}
    kept: dict[Path, Path | None] = {}
    lying = []
    for path, made in papers:
        edited = []
        target: Path | None = None
        data: bytes | None = None
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
        if target is not None and data != made.data:
            files[target] = aside.put(made.data)
        kept |= dict.fromkeys(edited, target)
        lying.append(kept.get(path) or path)
    return Places(files, kept, tuple(lying))


def _candidates(path: Path) -> Iterable[Path]:
    yield path
    for number in itertools.count(2):
        yield beside(path, f"（{number}）{path.suffix}")
