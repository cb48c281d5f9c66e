"""What differs between the languages of input files: how a text is read, and how a fault in it is found and mended."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from .places import KeyPlace


@dataclass(frozen=True)
class Fault:
    """The first fault a parser met, at a line counted from 1; the message is Chinese."""

    line: int
    message: str
    is_double: bool = False
    is_final: bool = False
    """Whether the text is no input file at all, so that nothing is put right in it."""


@dataclass(frozen=True)
class Grammar:
    """How one language of input files is read."""

    parse: Callable[[str, int], dict[str, Any] | Fault]
    """A text, and how many names it may have."""
    places: Callable[[str], list[KeyPlace]]
    corrections: Callable[[str, str], Iterator[tuple[str, str]]]
    """A line, and the table it stands in -> the line with sure corrections, the mildest first; and what was wrong,
    where that is known better than from the parser."""
    unended: Callable[[list[str]], tuple[int, int] | None]
    """Where a text begins whose closing quotes are missing, and its last line; counted from 0."""
    suspects: Callable[[list[str], int], Iterator[int]]
    """Where the cause of a fault may stand, counted from 0, other than in the line of the fault itself."""
    by_line: bool
    """Whether a line can be left out and the rest still has its meaning."""
