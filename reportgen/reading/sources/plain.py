"""Plain text and Markdown: lines as they stand, and tables where columns are parted by tabs or bars."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from .extract import TEXT, Block, Extract, grid_of
from .page import decoded

_RULE = re.compile(r"\|?[\s:|-]*-{2,}[\s:|-]*\|?")
_MARK = re.compile(r"^\s{0,3}#{1,6}\s+|^\s*>\s?|\*\*|__")
"""What Markdown puts before headings and quotes, and around what is bold."""


def extract(path: Path, data: bytes) -> Extract:
    """The lines and tables of a text."""
    return Extract(TEXT, tuple(_blocks(decoded(data).replace("\r\n", "\n").replace("\r", "\n").split("\n"))))


def _blocks(lines: list[str]) -> Iterator[Block]:
    rows: list[list[str]] = []
    for line in lines:
        cells = _cells(line)
        if cells is not None:
            rows.append(cells)
            continue
        if rows and _RULE.fullmatch(line.strip()):
            continue
        if rows:
            yield from _table(rows)
            rows = []
        yield _MARK.sub("", line).strip()
    if rows:
        yield from _table(rows)


def _cells(line: str) -> list[str] | None:
    """The cells of a row of a table; None for a line of text."""
    if line.count("\t") >= 1 and line.strip():
        return [cell.strip() for cell in line.rstrip("\n").split("\t")]
    if line.strip().startswith("|") and line.count("|") >= 3 and not _RULE.fullmatch(line.strip()):
        return [_MARK.sub("", cell).strip() for cell in line.strip().strip("|").split("|")]
    return None


def _table(rows: list[list[str]]) -> Iterator[Block]:
    if len(rows) == 1 and len(rows[0]) < 3:
        yield " ".join(rows[0]).strip()
    else:
        yield grid_of(rows)
