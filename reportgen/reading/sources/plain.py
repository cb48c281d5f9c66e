"""Plain text and Markdown: lines as they stand, and tables where columns are parted by tabs or bars."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from ...model.chinese import SENTENCE_ENDS, numbering
from ...model.findings import unusable
from ..labels import is_figure
from .extract import TEXT, Block, Extract, grid_of

LARGEST = 4 * 1024 * 1024
"""Bytes; the text of a report has thirty thousand."""
NARROW = 60
"""Characters: no line of a text that was broken to the width of a page is longer."""
SHORTEST = 8
"""Characters of a line that may be text; shorter ones are cells and the ends of paragraphs."""
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

    That is so where hardly a line of text is long, and many are about as long as the longest, most of them without an end.
    """
    text = [plain for line in lines if len(plain := line.strip()) >= SHORTEST and _is_text(line)]
    widths = sorted(map(_width, text))
    width = widths[int(0.95 * len(widths))] if widths else 0  # a stray line may be longer
    full = [line for line in text if _width(line) >= 0.85 * width]
    is_open = [line for line in full if line[-1] not in SENTENCE_ENDS]
    is_wrapped = len(full) >= max(5, 0.2 * len(text)) and len(is_open) >= 0.5 * len(full)
    if not (2 * 12 <= width <= 2 * NARROW and is_wrapped):
        return list(lines)
    found: list[str] = []
    is_broken = False
    for line in lines:
        plain = line.strip()
        if is_broken and plain and _is_text(line) and not numbering(plain) and not is_figure(plain):
            found[-1] += plain
        else:
            found.append(line)
        is_broken = _is_text(line) and _width(plain) >= 0.85 * width and plain[-1:] not in SENTENCE_ENDS
    return found


def _is_text(line: str) -> bool:
    return _cells(line) is None and not _RULE.fullmatch(line.strip())


def _width(text: str) -> int:
    """In columns of the page: a Chinese character takes two."""
    return sum(1 if char.isascii() else 2 for char in text)


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
