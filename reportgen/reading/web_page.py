"""A web page -> what it says: by its marks one of this project, as any published report another.

A page of this project marks the report in itself, in attributes of its elements: ``data-report`` (the format) holds
it, ``data-title`` its title, ``data-part`` (the key) each part with its heading, and the ``id`` of a figure is its key;
``data-aside`` is what the page says besides. A fragment for pasting is all report, without its title. Where the marks
are not whole, as a web site may strip some, and on other pages, the report is found by its headings and labels.
Whatever a reader sees between the beginning and the end of the report is its text or told as something besides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from ..form.model import Form
from ..model.content import Content
from . import labels
from .file_bytes import read_bytes
from .html_blocks import Block, blocks, words_of
from .html_roles import Role
from .html_source import parsed, text_of
from .printed import TITLE, Place, Printed, Row, cut, read_printed
from .published import Published, read_published
from .sources.extract import HIDDEN, UNREAD

_BESIDE = "-"
"""The mark of what belongs to no part; no part's key."""
_WHOLE_PAGE = re.compile(r"<(?:html|head|body|title|h1)\b", re.IGNORECASE)
"""What only a whole page has; a fragment has none of it."""


@dataclass(frozen=True)
class WebPage:
    """What a page of this project says, and what could not be understood in it."""

    content: Content
    missing: frozenset[str]
    """Cells and parts of the text that were not found; that is not the same as empty."""
    unknown: tuple[str, ...]
    remarks: tuple[str, ...]
    is_fragment: bool
    """Whether it is what is pasted into a web site: the report, without its title."""
    beside: tuple[str, ...]
    """What stands among the parts of a report and is no text of it: its template's, its site's, or added by hand."""


def read_page(path: Path, form: Form, templates: Path | None = None) -> WebPage | Published:
    """Read a web page: by its marks and the labels and headings of ``form``, or with proofs where it has no marks.

    Raises:
        InputError: the file cannot be used.
        FormError: there are no templates, or a form file is broken.
    """
    data = read_bytes(path)
    text = text_of(path, data)
    if not _WHOLE_PAGE.search(text):
        return _fragment(_shown(path, text, form), form)
    marked = _marked(_shown(path, text, form), form) if "data-report" in text else None
    return marked or read_published(path, templates, data)


def _shown(path: Path, text: str, form: Form) -> list[Block]:
    """The lines and tables of a page, without captions that only repeat what a table is called."""
    root = parsed(path, text)
    tables = [part for part in form.parts if part.table]
    names = {labels.bare(name) for part in tables for name in (part.name, part.heading or "")}
    for caption in root.iter("caption"):
        if labels.bare(words_of(caption)) in names:
            caption.clear(keep_tail=True)
    return blocks(path, root)


def _fragment(shown: Sequence[Block], form: Form) -> WebPage:
    """What is pasted into a web site, all of it."""
    report = [block for block in shown if block.role is not Role.HIDDEN]
    printed = read_printed([_content(block) for block in report if block.content], form, titled=False)
    beside = [block for block in shown if block.role is Role.HIDDEN]
    return _page(printed, report, beside, is_fragment=True)


def _marked(shown: Sequence[Block], form: Form) -> WebPage | None:
    """What a page marks as the report; None where the marks are not whole."""
    marked = [(block, mark) for block in shown if (mark := _mark(block, form)) is not None]
    report = [(block, mark) for block, mark in marked if mark != _BESIDE]
    lines = [(block, mark) for block, mark in report if block.content]
    if not _is_whole([mark for _, mark in lines], form):
        return None
    printed = read_printed([_content(block) for block, _ in lines], form, marks=_places(lines, form))
    beside = [block for block, mark in marked if mark == _BESIDE]
    return _page(printed, [block for block, _ in report], beside)


def _page(
    printed: Printed, report: Sequence[Block], beside: Sequence[Block], *, is_fragment: bool = False
) -> WebPage:
    pictures = sum(block.pictures for block in report)
    unread = (UNREAD.format(pictures),) if pictures else ()
    return WebPage(
        printed.content,
        printed.missing,
        (*printed.unknown, *unread),
        printed.remarks,
        is_fragment,
        tuple(map(_start, beside)),
    )


def _content(block: Block) -> str | Sequence[Row]:
    """A line, or the texts of a table's cells by row."""
    if isinstance(block.content, str):
        return block.content
    return [tuple(spot.text for spot in row) for row in block.content.rows]


def _mark(block: Block, form: Form) -> str | None:
    """The key of the part a block belongs to, or TITLE, or _BESIDE; None where it does not belong to the report."""
    marks = block.marks
    if marks.get("data-report") != form.format:
        return None
    if block.role is Role.HIDDEN:
        return None if "data-aside" in marks else _BESIDE
    if "data-title" in marks:
        return TITLE
    return marks.get("data-part") or (None if "data-aside" in marks else _BESIDE)


def _is_whole(marks: Sequence[str], form: Form) -> bool:
    """Whether the title and all parts are marked, each once and in their order."""
    order = [mark for mark, _ in groupby(marks)]
    return order == [TITLE, *(part.key for part in form.parts if part.key in order or not part.optional)]


def _places(lines: Sequence[tuple[Block, str]], form: Form) -> dict[Place, str]:
    """The marks of a report's lines, tables and figures by their places."""
    marks: dict[Place, str] = {}
    for i, (block, mark) in enumerate(lines):
        marks[(i,)] = mark
        rows = [] if isinstance(block.content, str) else block.content.rows
        for r, row in enumerate(rows):
            marks |= {(i, r, c): spot.name for c, spot in enumerate(row) if spot.name in form.cells}
    return marks


def _start(block: Block) -> str:
    """The beginning of a line or a table, to be shown."""
    content = block.content
    if not content:
        return UNREAD.format(block.pictures)
    said = cut(content if isinstance(content, str) else " ".join(spot.text for spot in content.spots).strip())
    return HIDDEN.format(said) if block.role is Role.HIDDEN else said
