"""A web page -> its lines and tables in their order, each with the elements it stands in.

All that a reader of the page sees is among them, or counted as a picture: pictures, frames and fields hold words that
cannot be read here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from .file_bytes import read_bytes
from .html_source import CELLS, parsed, text_of, too_much
from .printed import Row

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MOST_LINES = 5_000

_UNSEEN = {"head", "script", "style", "noscript", "template"}
_PICTURES = {
    "img",
    "svg",
    "canvas",
    "iframe",
    "frame",
    "object",
    "embed",
    "video",
    "input",
    "textarea",
    "select",
}
"""What may show words that are no text of the page."""
PICTURE = "\ufffc"
"""Stands for one of them in the text."""
_INLINE = {
    "a", "abbr", "b", "big", "cite", "code", "del", "em", "font", "i", "ins", "label", "mark", "o:p", "q", "s", "small",
    "span", "strong", "sub", "sup", "time", "u", "wbr",
}  # fmt: skip
_STRUCK = {"s", "strike", "del"}
_LINE_THROUGH = re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", re.IGNORECASE)
_GRID = {"thead", "tbody", "tfoot", "tr", "colgroup", "col"}
_BLANKS = re.compile(r"[ \t\r\n\f]+")


@dataclass(frozen=True)
class Block:
    """A line of text or a table, and the elements it stands in, outermost first."""

    content: str | Sequence[Row]
    ancestors: tuple[HtmlElement, ...]
    ids: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """The ids of a table's cells, by row and cell."""
    pictures: int = 0
    """How many of what cannot be read stand in it."""


def read_html(path: Path) -> tuple[str, HtmlElement]:
    """The text of a page, and its elements without what nobody sees.

    Raises:
        InputError: the file cannot be used, or is larger than any page.
    """
    import lxml.etree

    text = text_of(path, read_bytes(path))
    root = parsed(path, text)
    element: HtmlElement
    notes = (lxml.etree.Comment, lxml.etree.ProcessingInstruction)
    lxml.etree.strip_elements(root, *_UNSEEN, *notes, with_tail=False)
    for element in list(root.iter(*_PICTURES)):
        empty(element, "" if element.get("type") == "hidden" else PICTURE)
    mark_struck(root)
    return text, root


def blocks(path: Path, root: HtmlElement) -> list[Block]:
    """The lines and tables of a page.

    Raises:
        InputError: there are more lines than any page has.
    """
    holding: set[HtmlElement] = set()
    for element in root.iter():
        if element.tag not in _INLINE and element.tag != "br":
            above = element.getparent()
            while above is not None and above not in holding:
                holding.add(above)
                above = above.getparent()
    found: list[Block] = []
    for block in _blocks(root, (), holding):
        found.append(block)
        if len(found) > MOST_LINES:
            raise too_much(path, f"网页里的文字超过 {MOST_LINES} 行")
    return found


def _blocks(
    element: HtmlElement, ancestors: tuple[HtmlElement, ...], holding: set[HtmlElement]
) -> Iterator[Block]:
    """The lines and tables below an element, in their order; ``holding`` are those with more than words in them."""
    inside = (*ancestors, element)
    text = _BLANKS.sub(" ", element.text or "")
    for child in element:
        tail = _BLANKS.sub(" ", child.tail or "")
        if child.tag == "br":
            text += "\n"
        elif child.tag in _INLINE and child not in holding:
            text += _inner(child, "\n")
        else:
            yield from _lines(text, inside)
            text = ""
            if child.tag == "table" and child.find(".//table") is None:
                yield from _lines(_outside_cells(child), inside)
                yield _table(child, inside)
            else:
                yield from _blocks(child, inside, holding)
        text += tail
    yield from _lines(text, inside)


def _table(table: HtmlElement, ancestors: tuple[HtmlElement, ...]) -> Block:
    rows = [[cell for cell in row if cell.tag in CELLS] for row in table.iter("tr")]
    texts = [[_tidy(_inner(cell, "")) for cell in row] for row in rows]
    return Block(
        [tuple(text.replace(PICTURE, "") for text in row) for row in texts],
        ancestors,
        {(r, c): cell.get("id", "") for r, row in enumerate(rows) for c, cell in enumerate(row)},
        sum(text.count(PICTURE) for row in texts for text in row),
    )


def _outside_cells(table: HtmlElement) -> str:
    """What stands in a table and in none of its cells; browsers show it above the table."""
    found = []
    for element in table.iter("table", *_GRID):
        found.append(element.text or "")
        for child in element:
            if child.tag not in _GRID.union(CELLS):
                found.append(_inner(child, "\n"))
            found.append(child.tail or "")
    return "\n".join(_BLANKS.sub(" ", text) for text in found)


def _lines(text: str, ancestors: tuple[HtmlElement, ...]) -> Iterator[Block]:
    for line in text.split("\n"):
        if plain := _tidy(line):
            yield Block(_tidy(plain.replace(PICTURE, "")), ancestors, pictures=plain.count(PICTURE))


def _inner(element: HtmlElement, line_break: str) -> str:
    """The text of an inline element; line breaks of the source are blanks, those of the page ``line_break``."""
    if element.tag == "br":
        return line_break
    found = [_BLANKS.sub(" ", element.text or "")]
    for child in element:
        found.append(_inner(child, line_break))
        found.append(_BLANKS.sub(" ", child.tail or ""))
    return "".join(found)


def _tidy(text: str) -> str:
    return _BLANKS.sub(" ", text.replace("\xa0", " ").replace("\u200b", "")).strip().strip("\u3000 ")


def empty(element: HtmlElement, text: str = "") -> None:
    """Take an element out of the page, and leave ``text`` in its place; what follows it is not touched."""
    element.clear(keep_tail=True)
    element.tag, element.text = "span", text


def mark_struck(root: HtmlElement) -> None:
    """Put marks around what a page strikes through, so that it is joined with nothing and hidden from nobody.

    Whether it counts nobody can say.
    """
    for element in list(root.iter()):
        is_struck = isinstance(element.tag, str) and (
            element.tag in _STRUCK or _LINE_THROUGH.search(element.get("style") or "")
        )
        if is_struck and (words := whole_text(element)):
            empty(element, f"〔划掉：{words}〕")


def whole_text(element: HtmlElement) -> str:
    """All words below an element on one line."""
    return _tidy(_inner(element, " "))
