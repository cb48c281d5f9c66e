"""A web page, as saved by any browser or copied from any site, and a web archive (.mht)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ..html_source import CELLS, parsed, text_of
from ..html_text import mark_struck
from .extract import PAGE, Block, Extract, Geometry, Grid

if TYPE_CHECKING:
    from lxml.html import HtmlElement

UNSEEN = {
    "head", "script", "style", "noscript", "template", "iframe", "svg", "object", "button", "select", "option",
    "textarea",
}  # fmt: skip
"""What is not shown, or shows no text of the page."""
_BESIDE = {"nav", "footer"}
"""What on no page is the report's."""
_INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "label",
    "mark", "o:p", "q", "s", "samp", "small", "span", "st1:chsdate", "strike", "strong", "sub", "sup", "time", "tt", "u",
    "ucapi-xml", "var", "wbr", "img",
}  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_TITLES = ("articletitle", "og:title", "title")


def extract(path: Path, data: bytes) -> Extract:
    """The lines and tables that a page shows.

    Raises:
        InputError: it holds nothing, or more than any page.
    """
    root = parsed(path, text_of(path, data))
    mark_struck(root)
    walk = _Walk()
    walk.found += walk.blocks(root, ())
    return Extract(
        PAGE,
        tuple(block for block, _ in walk.found),
        tuple(_titles(root)),
        tuple(home for _, home in walk.found),
        beside=tuple(walk.beside),
    )


def _titles(root: HtmlElement) -> Iterator[str]:
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").lower()
        if name in _TITLES and (content := tidy(meta.get("content") or "")):
            yield content
    for title in root.iter("title"):
        if text := tidy("".join(title.itertext())):
            yield text


class _Walk:
    """One walk through a page; elements get numbers, so that one can say what stands in which."""

    def __init__(self) -> None:
        self.found: list[tuple[Block, tuple[int, ...]]] = []
        self.numbers = 0
        self.beside: list[str] = []
        """The lines of what is no part of the report."""

    def lines(self, element: HtmlElement) -> Iterator[str]:
        """The lines below an element, those of tables too."""
        for block, _ in self.blocks(element, ()):
            yield from (
                (spot.text for spot in block.spots if spot.text) if isinstance(block, Grid) else [block]
            )
        yield from self.beside

    def blocks(self, element: HtmlElement, home: tuple[int, ...]) -> Iterator[tuple[Block, tuple[int, ...]]]:
        """The lines and tables below an element, in their order."""
        self.numbers += 1
        home = (*home, self.numbers)
        text = [_blanked(element.text)]
        for child in element:
            if _is_shown(child):
                if child.tag in _BESIDE:
                    self.beside += _Walk().lines(child)
                elif child.tag == "br":
                    text.append("\n")
                elif child.tag == "table" and not _is_layout(child):
                    yield from _lines(text, home)
                    text = []
                    yield from _lines(["\n".join(_beside_cells(child))], home)
                    yield _grid(child), home
                elif child.tag in _INLINE and not _holds_blocks(child):
                    text.append(_inner(child, "\n"))
                else:
                    yield from _lines(text, home)
                    text = []
                    yield from self.blocks(child, home)
            text.append(_blanked(child.tail))
        yield from _lines(text, home)


def _is_shown(element: HtmlElement) -> bool:
    return (
        isinstance(element.tag, str)
        and element.tag not in UNSEEN
        and "hidden" not in element.attrib
        and not _HIDDEN.search(element.get("style") or "")
    )


def _is_layout(table: HtmlElement) -> bool:
    """Whether a table only sets out the page: it holds another one, or is a single cell."""
    if table.find(".//table") is not None:
        return True
    cells = list(table.iter(*CELLS))
    return len(cells) < 2


def _grid(table: HtmlElement) -> Grid:
    """The cells where they stand; rows of the head come first and those of the foot last, as browsers show them."""
    made = Geometry()
    order = {"thead": 0, "tfoot": 2}
    rows = sorted(table.iter("tr"), key=lambda row: order.get(getattr(row.getparent(), "tag", ""), 1))
    for row in rows:
        if not _is_shown(row):
            continue
        made.row()
        for cell in row:
            if cell.tag in CELLS and _is_shown(cell):
                made.cell(tidy(_inner(cell, "")), _span(cell, "rowspan"), _span(cell, "colspan"))
    return made.grid()


def _span(cell: HtmlElement, name: str) -> int:
    written = cell.get(name)
    found = re.match(r"\s*(\d{1,4})", written) if written else None
    return int(found[1]) if found else 1


def _beside_cells(table: HtmlElement) -> Iterator[str]:
    """What stands in a table and in none of its cells; browsers show it above the table."""
    for element in table.iter("table", "caption", "thead", "tbody", "tfoot", "tr"):
        yield _blanked(element.text)
        for child in element:
            if child.tag not in (
                "caption",
                "thead",
                "tbody",
                "tfoot",
                "tr",
                "colgroup",
                "col",
                *CELLS,
            ) and _is_shown(child):
                yield _inner(child, "\n")
            yield _blanked(child.tail)


def _lines(text: list[str], home: tuple[int, ...]) -> Iterator[tuple[Block, tuple[int, ...]]]:
    for line in "".join(text).split("\n"):
        if plain := tidy(line):
            yield plain, home


def _inner(element: HtmlElement, line_break: str) -> str:
    """The text shown in an element; line breaks of the source are blanks, those of the page ``line_break``."""
    if element.tag == "br":
        return line_break
    if not len(element):
        return _blanked(element.text)
    found = [_blanked(element.text)]
    for child in element:
        if _is_shown(child):
            found.append(_inner(child, line_break))
        found.append(_blanked(child.tail))
    return "".join(found)


def _holds_blocks(element: HtmlElement) -> bool:
    return any(
        isinstance(inner.tag, str) and inner.tag not in _INLINE and inner.tag != "br"
        for inner in element.iter()
    )


def _blanked(text: str | None) -> str:
    """A text of the source, each blank and line break in it a single blank; most are words or figures alone."""
    return _BLANKS.sub(" ", text) if text and not text.isalnum() else text or ""


def tidy(text: str) -> str:
    """A line without the blanks that pages put around and between words."""
    if text.isalnum():
        return text
    return (
        _BLANKS.sub(" ", text.replace("\xa0", " ").replace("\u200b", "").replace("\ufeff", ""))
        .strip()
        .strip("\u3000 ")
    )
