"""A web page -> what it says: a page of this project, or a report as another web site shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..form.model import Form
from ..model.content import Content
from .printed import Row, read_printed
from .word_package import read_bytes, unusable

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LEFT_OUT = {
    "head", "script", "style", "noscript", "template", "nav", "header", "footer", "form", "button", "select",
    "iframe", "svg", "figure", "caption", "aside",
}  # fmt: skip
_OWN = {"about", "findings", "hint", "draft", "downloads"}
"""What a page of this project shows besides the report, by class."""
_INLINE = {
    "a", "abbr", "b", "big", "cite", "code", "del", "em", "font", "i", "ins", "label", "mark", "o:p", "q", "s", "small",
    "span", "strong", "sub", "sup", "time", "u", "wbr", "img",
}  # fmt: skip
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)


@dataclass(frozen=True)
class WebPage:
    """What a page says, and what could not be understood in it."""

    content: Content
    missing: frozenset[str]
    """Cells and parts of the text that were not found; that is not the same as empty."""
    unknown: tuple[str, ...]
    remarks: tuple[str, ...]


def read_page(path: Path, form: Form) -> WebPage:
    """Read a web page by the labels and headings of ``form``.

    Raises:
        InputError: the file cannot be used.
    """
    import lxml.etree
    import lxml.html

    text = _text(path, read_bytes(path))
    try:
        parser = lxml.html.HTMLParser(no_network=True, huge_tree=False)
        root = lxml.html.document_fromstring(text, parser=parser)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError, ValueError):
        raise unusable(
            path, "这不是网页，或里面没有内容。", "请给出网页文件（.html），或从浏览器另存网页。"
        ) from None
    body = root.find("body")
    blocks = _within(list(_blocks(root if body is None else body)))
    printed = read_printed(blocks, form, alone=False)
    return WebPage(printed.content, printed.missing, printed.unknown, printed.remarks)


def _text(path: Path, data: bytes) -> str:
    """The page as text: in the encoding it names, UTF-8 or GB18030."""
    named = _CHARSET.search(data[:4096])
    name = named[1].decode("ascii").lower() if named else "utf-8"
    for encoding in ("utf-8-sig", "gb18030" if name.startswith("gb") else name, "gb18030"):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    raise unusable(path, "网页的编码认不出来。", "请用浏览器打开，另存为 UTF-8 的网页。")


@dataclass(frozen=True)
class _Block:
    """A line of text or a table, and the elements it stands in, outermost first."""

    content: str | Sequence[Row]
    ancestors: tuple[HtmlElement, ...]


def _blocks(element: HtmlElement, ancestors: tuple[HtmlElement, ...] = ()) -> Iterator[_Block]:
    """The lines and tables below an element, in their order."""
    inside = (*ancestors, element)
    text = _BLANKS.sub(" ", element.text or "")
    for child in element:
        tail = _BLANKS.sub(" ", child.tail or "")
        if not isinstance(child.tag, str) or _is_left_out(child):
            text += tail
            continue
        if child.tag == "br":
            text += "\n"
        elif child.tag in _INLINE and not _holds_blocks(child):
            text += _inner(child, "\n")
        else:
            yield from _lines(text, inside)
            text = ""
            if child.tag == "table" and child.find(".//table") is None:
                yield _Block(_rows(child), inside)
            else:
                yield from _blocks(child, inside)
        text += tail
    yield from _lines(text, inside)


def _lines(text: str, ancestors: tuple[HtmlElement, ...]) -> Iterator[_Block]:
    for line in text.split("\n"):
        plain = _tidy(line)
        if plain:
            yield _Block(plain, ancestors)


def _inner(element: HtmlElement, line_break: str) -> str:
    """The text of an inline element; line breaks of the source are blanks, those of the page ``line_break``."""
    if element.tag == "br":
        return line_break
    found = [_BLANKS.sub(" ", element.text or "")]
    for child in element:
        if isinstance(child.tag, str) and not _is_left_out(child):
            found.append(_inner(child, line_break))
        found.append(_BLANKS.sub(" ", child.tail or ""))
    return "".join(found)


def _rows(table: HtmlElement) -> list[Row]:
    return [
        tuple(_tidy(_inner(cell, "")) for cell in row if cell.tag in ("td", "th")) for row in table.iter("tr")
    ]


def _tidy(text: str) -> str:
    return _BLANKS.sub(" ", text.replace("\xa0", " ").replace("\u200b", "")).strip().strip("\u3000 ")


def _is_left_out(element: HtmlElement) -> bool:
    return element.tag in _LEFT_OUT or bool(_OWN & set((element.get("class") or "").split()))


def _holds_blocks(element: HtmlElement) -> bool:
    return any(isinstance(inner.tag, str) and inner.tag not in _INLINE | {"br"} for inner in element.iter())


def _within(blocks: list[_Block]) -> list[str | Sequence[Row]]:
    """The blocks up to the end of the innermost element that holds all tables: what follows is the web site's."""
    tables = [block for block in blocks if not isinstance(block.content, str)]
    if not tables:
        return [block.content for block in blocks]
    shared = set.intersection(*(set(block.ancestors) for block in tables))
    last = max(i for i, block in enumerate(blocks) if shared & set(block.ancestors) == shared)
    return [block.content for block in blocks[: last + 1]]
