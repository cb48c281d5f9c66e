"""Every fault of an input file for which a message shows the one right line, put right in the file's own text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from ..model.findings import Correction, InputError
from ..patterns import regex
from .encoding import Source
from .input_file import parse_input
from .syntax import MOST_EFFORT

MOST_ROUNDS = 20
"""One fault can hide others; so often the file is read again."""

LINE = regex("([^\r\n]*)(\r\n|\r|\n|$)")
"""A line and its end, counted as the reader counts lines."""


class Mended(NamedTuple):
    """The text of an input file without its faults of syntax."""

    text: str
    corrections: tuple[Correction, ...]
    """Made in it, in the order in which they were made."""
    error: InputError | None
    """What is left, where the file still cannot be used."""
    inserted: tuple[int, ...] = ()
    """Lines that were put in, by their numbers in :attr:`text`, from 1."""

    def line_before(self, line: int) -> int:
        """The number that a line of :attr:`text` has in the file as it is; of one put in that of the line after it."""
        return line - sum(each < line for each in self.inserted)

    @property
    def error_before(self) -> InputError | None:
        """What is left, with the lines of the file as it is."""
        if self.error is None:
            return None
        findings = [
            replace(found, line=self.line_before(found.line)) if found.line else found
            for found in self.error.findings
        ]
        return InputError(self.error.path, findings)


def mended(source: Source, path: Path, root: Path | None = None) -> Mended:
    """The text with all corrections that messages show made in it; all else stays byte for byte."""
    text = source.text
    made: list[Correction] = []
    inserted: tuple[int, ...] = ()
    for _ in range(min(MOST_ROUNDS, 1 + MOST_EFFORT // len(text))):
        try:
            parse_input(Source(text, source.encoding).normal, path, root)
        except InputError as error:
            text, placed = apply(text, [f.correction for f in error.findings if f.correction])
            now = Mended(text, (), None, inserted)
            made += (correction._replace(line=now.line_before(correction.line)) for correction in placed)
            inserted = _with_new_lines(inserted, placed)
            left: InputError | None = error
            if not placed:
                break
        else:
            left = None
            break
    return Mended(text, tuple(made), left, inserted)


def _with_new_lines(inserted: Sequence[int], placed: Sequence[Correction]) -> tuple[int, ...]:
    """The lines that were put in, with those of corrections that are more than a line, as the text is now."""
    found = list(inserted)
    for correction in sorted(placed, key=lambda correction: -correction.line):
        more = correction.corrected.count("\n") - correction.written.count("\n")
        new = range(correction.line, correction.line + more)
        found = [each + more * (each >= correction.line) for each in found] + list(new)
    return tuple(sorted(found))


def apply(text: str, corrections: Sequence[Correction]) -> tuple[str, list[Correction]]:
    """The text with the corrections made, and those that found their place."""
    lines = [match.groups() for match in LINE.finditer(text)]
    placed = []
    line_end = next((end for _, end in lines if end), "\n")
    for correction in sorted(corrections, key=lambda correction: -correction.line):
        written, end = lines[correction.line - 1] if correction.line <= len(lines) else ("", "")
        if correction.written and written.count(correction.written) == 1:
            right = correction.corrected.replace("\n", line_end)
            lines[correction.line - 1] = written.replace(correction.written, right), end
            placed.append(correction)
    return "".join(written + end for written, end in lines), placed[::-1]
