"""Plain text and Markdown: lines as they stand, and tables where columns are parted by tabs or bars."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from ...model.chinese import SENTENCE_ENDS, numbering
from ...model.findings import unusable
from .extract import TEXT, Block, Extract, grid_of

LARGEST = 4 * 1024 * 1024
"""Bytes; the text of a report has thirty thousand."""
NARROW = 60
"""Characters: no line of a text that was broken to the width of a page is longer."""
_RULE = re.compile(r"\|?[\s:|-]*-{2,}[\s:|-]*\|?")
_MARK = re.compile(r"^\s{0,3}#{1,6}\s+|^\s*>\s?|\*\*|__")
"""What Markdown puts before headings and quotes, and around what is bold."""


def extract(path: Path, data: bytes) -> Extract:
    """The lines and tables of a text."""
    if len(data) > LARGEST:
        message = f"文本超过 {LARGEST // 1024 // 1024} MB，不像是年度报告。"
        raise unusable(path, message, "请核对是不是选错了文件。")
    lines = decoded(data).replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n")
    return Extract(TEXT, tuple(_blocks(_unwrapped(lines))))


def decoded(data: bytes) -> str:
    """A text in UTF-16 with its mark, UTF-8 or GB18030; what cannot be read is shown as unreadable."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeError:
        return data.decode("gb18030", errors="replace")


def _unwrapped(lines: Sequence[str]) -> list[str]:
    """The lines, those joined that were broken where a page ended, as in the text of a PDF.

    That is so where hardly a line of text is long, and many are about as long as the longest.
    """
    text = [len(line.strip()) for line in lines if line.strip() and _cells(line) is None]
    width = sorted(text)[int(0.95 * len(text))] if text else 0  # a stray line may be longer
    full = sum(length >= 0.85 * width for length in text)
    if not (12 <= width <= NARROW and full >= 5 and full >= 0.25 * len(text)):
        return list(lines)
    found: list[str] = []
    is_open = False
    for line in lines:
        plain = line.strip()
        goes_on = is_open and plain and _cells(line) is None and not numbering(plain)
        if goes_on:
            found[-1] += plain
        else:
            found.append(line)
        is_open = _cells(line) is None and len(plain) >= 0.85 * width and plain[-1:] not in SENTENCE_ENDS
    return found


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
