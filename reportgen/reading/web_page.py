"""A web page -> what it says: a page of this project, or a report as another web site shows it.

A page of this project marks the report in itself, in attributes of its elements: ``data-report`` (the format) holds
it, ``data-title`` its title, ``data-part`` (the key) each part with its heading, and the ``id`` of a figure is its key;
``data-aside`` is what the page says besides. Where the marks are not whole, as a web site may strip some, and on other
pages, the report is found by its headings and labels. A fragment for pasting is all report, without its title.
Whatever a reader sees between the beginning and the end of the report is its text or told as something besides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from pathlib import Path
from typing import TYPE_CHECKING

from ..form.model import Form
from ..model.content import Content
from . import labels
from .html_text import Block, blocks, empty, read_html, whole_text
from .printed import TITLE, Place, Row, begins, cut, holds_table, read_printed

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_AROUND = {"nav", "header", "footer", "form", "button", "figure", "aside"}
"""What on a page without marks is the web site's, where it holds no table of the report and stands around it."""
_CONTROLS = {"nav", "button"}
"""What is no text of the report where it stands within it either."""
_OWN = {
    "about": "来源：.*",
    "findings": "(?:检查发现|以前各稿的意见).*",
    "hint": "表格较宽，请左右滑动查看",
    "draft": ".*内部审阅，不得对外发布",
    "downloads": "附件下载：.*",
}
"""What a page of this project that has no marks shows besides the report, by class."""
_BESIDE = "-"
"""The mark of what belongs to no part; no part's key."""
_MARKS = ("data-report", "data-title", "data-part", "data-aside")
_WHOLE_PAGE = re.compile(r"<(?:html|head|body|title|h1)\b", re.IGNORECASE)
"""What only a whole page has; a fragment has none of it."""
UNREAD = "有 {} 处图片、输入框或嵌入的内容，里面的文字没有读"


@dataclass(frozen=True)
class WebPage:
    """What a page says, and what could not be understood in it."""

    content: Content
    missing: frozenset[str]
    """Cells and parts of the text that were not found; that is not the same as empty."""
    unknown: tuple[str, ...]
    remarks: tuple[str, ...]
    is_marked: bool
    """Whether the page marks the report; then what is unknown stands in it, else it may be the web site's."""
    is_fragment: bool
    """Whether it is what is pasted into a web site: the report, without its title."""
    beside: tuple[str, ...]
    """What stands among the parts of a report and is no text of it: its template's, its site's, or added by hand."""


def read_page(path: Path, form: Form) -> WebPage:
    """Read a web page by the labels and headings of ``form``.

    Raises:
        InputError: the file cannot be used.
    """
    text, root = read_html(path)
    _drop_captions(root, form)
    shown = blocks(path, root)
    marked = [(block, mark) for block in shown if (mark := _mark(block, form)) is not None]
    report = [(block, mark) for block, mark in marked if mark != _BESIDE and block.content]
    is_marked = _is_whole([mark for _, mark in report], form)
    is_fragment = not _WHOLE_PAGE.search(text)
    beside: list[Block] = []
    if is_fragment:
        kept = shown
        printed = read_printed(_contents(kept), form, titled=False)
    elif is_marked:
        kept = [block for block, mark in marked if mark != _BESIDE]
        beside = [block for block, mark in marked if mark == _BESIDE]
        printed = read_printed([block.content for block, _ in report], form, marks=_places(report, form))
    else:
        _drop_own(root)
        kept, beside = _around(blocks(path, root), form)
        printed = read_printed(_contents(kept), form, alone=False)
    pictures = sum(block.pictures for block in kept)
    unread = (UNREAD.format(pictures),) if pictures else ()
    is_report = is_fragment or is_marked
    return WebPage(
        printed.content,
        printed.missing,
        (*printed.unknown, *(unread if is_report else ())),
        printed.remarks,
        is_marked,
        is_fragment,
        (*map(_start, beside), *(() if is_report else unread)),
    )


def _contents(shown: Sequence[Block]) -> list[str | Sequence[Row]]:
    return [block.content for block in shown if block.content]


def _drop_captions(root: HtmlElement, form: Form) -> None:
    """Take the captions out that only repeat what a table is called."""
    tables = [part for part in form.parts if part.table]
    names = {labels.bare(name) for part in tables for name in (part.name, part.heading or "")}
    for caption in list(root.iter("caption")):
        if labels.bare(whole_text(caption)) in names:
            empty(caption)


def _drop_own(root: HtmlElement) -> None:
    """Take out what pages of this project show besides, if it is that."""
    for element in list(root.iterdescendants()):
        for own in set((element.get("class") or "").split()) & _OWN.keys():
            if re.fullmatch(_OWN[own], whole_text(element)):
                empty(element)
                break


# ── a page without marks ────────────────────────────────────────────────────────────────────────────


def _around(shown: list[Block], form: Form) -> tuple[list[Block], list[Block]]:
    """The blocks of the report, and what besides them stands within it.

    The report goes from its title or first heading to the end of the innermost element that holds all tables: what
    follows is the web site's, and so is a header or a list of links before and after it.
    """
    held = (block.ancestors for block in shown if holds_table(block.content, form))
    holding = set(chain.from_iterable(held))
    around = [
        {element.tag for element in block.ancestors if element not in holding} & _AROUND for block in shown
    ]
    plain = [at for at, tags in enumerate(around) if not tags]
    first = _first([(at, shown[at].content) for at in plain], form)
    last = max(plain, default=-1)
    if tables := [shown[at] for at in plain if not isinstance(shown[at].content, str)]:
        shared = set.intersection(*(set(block.ancestors) for block in tables))
        last = max(at for at in plain if shared <= set(shown[at].ancestors))
    within = [
        (block, tags)
        for at, (block, tags) in enumerate(zip(shown, around, strict=True))
        if (at <= last and not tags) or first < at < last
    ]
    beside = [block for block, tags in within if tags & _CONTROLS]
    return [block for block, tags in within if not tags & _CONTROLS], beside


def _first(lines: list[tuple[int, str | Sequence[Row]]], form: Form) -> int:
    """Where the report begins among numbered lines and tables: with its title, or else its first heading."""
    texts = [content for _, content in lines]
    found = (at for i, (at, _) in enumerate(lines) if begins(texts[i : i + 3], form))
    return next(found, 0)


# ── marks ───────────────────────────────────────────────────────────────────────────────────────────


def _mark(block: Block, form: Form) -> str | None:
    """The key of the part a block belongs to, or TITLE, or _BESIDE; None where it does not belong to the report."""
    marks = {
        name: value
        for element in block.ancestors
        for name in _MARKS
        if (value := element.get(name)) is not None
    }
    if marks.get("data-report") != form.format:
        return None
    if "data-title" in marks:
        return TITLE
    return marks.get("data-part") or (None if "data-aside" in marks else _BESIDE)


def _is_whole(marks: Sequence[str], form: Form) -> bool:
    """Whether the title and all parts are marked, each once and in their order."""
    order = [mark for mark, _ in groupby(marks)]
    return order == [TITLE, *(part.key for part in form.parts if part.key in order or not part.optional)]


def _places(report: Sequence[tuple[Block, str]], form: Form) -> dict[Place, str]:
    """The marks of a report's lines, tables and figures by their places."""
    marks: dict[Place, str] = {}
    for i, (block, mark) in enumerate(report):
        marks[(i,)] = mark
        marks.update({(i, *at): id for at, id in block.ids.items() if id in form.cells})
    return marks


def _start(block: Block) -> str:
    """The beginning of a line or a table, to be shown."""
    content = block.content
    if not content:
        return UNREAD.format(block.pictures)
    return cut(content if isinstance(content, str) else " ".join(chain(*content)).strip())
