"""Every fault of an input file for which a message shows the one right line, put right in the file's own text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from ..model.findings import Correction, InputError
from ..patterns import regex
from .encoding import Source
from .input_file import parse_input
from .syntax import MOST_EFFORT

MOST_ROUNDS = 20
"""One fault can hide others; so often the file is read again."""

_LINE = regex("([^\r\n]*)(\r\n|\r|\n|$)")
"""A line and its end, counted as the reader counts lines."""


class Mended(NamedTuple):
    """The text of an input file without its faults of syntax."""

    text: str
    corrections: tuple[Correction, ...]
    """Made in it, in the order in which they were made."""
    error: InputError | None
    """What is left, where the file still cannot be used."""


def mended(source: Source, path: Path, root: Path | None = None) -> Mended:
    """The text with all corrections that messages show made in it; all else stays byte for byte."""
    text = source.text
    made: list[Correction] = []
    for _ in range(min(MOST_ROUNDS, 1 + MOST_EFFORT // len(text))):
        try:
            parse_input(Source(text, source.encoding).normal, path, root)
        except InputError as error:
            text, placed = apply(text, [f.correction for f in error.findings if f.correction])
            made += placed
            left: InputError | None = error
            if not placed:
                break
        else:
            left = None
            break
    return Mended(text, tuple(made), left)


def apply(text: str, corrections: Sequence[Correction]) -> tuple[str, list[Correction]]:
    """The text with the corrections made, and those that found their place."""
    lines = [match.groups() for match in _LINE.finditer(text)]
    placed = []
    line_end = next((end for _, end in lines if end), "\n")
    for correction in sorted(corrections, key=lambda correction: -correction.line):
        written, end = lines[correction.line - 1] if correction.line <= len(lines) else ("", "")
        if correction.written and written.count(correction.written) == 1:
            right = correction.corrected.replace("\n", line_end)
            lines[correction.line - 1] = written.replace(correction.written, right), end
            placed.append(correction)
    return "".join(written + end for written, end in lines), placed[::-1]
