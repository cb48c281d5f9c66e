"""A web page's bytes -> its lines and tables in their order, each with the elements it stands in.

All that a reader of the page sees is among them, or counted as a picture: pictures, frames and fields hold words that
cannot be read here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ..model.findings import unusable
from .file_bytes import read_bytes
from .printed import Row

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LARGEST_PAGE = 8 * 1024 * 1024
"""Bytes; the largest published page, with its pictures in it, has a fifth of that."""
MOST_TAGS = 100_000
MOST_ATTRIBUTES = 1000
"""Of one element; the parser compares each with all others."""
DEEPEST = 250
"""Elements within each other; the parser drops what stands deeper, and says nothing."""
MOST_CELLS = 5_000
"""Of all tables: a report has four hundred."""
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
_NO_TEXT = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
"""What no element can hold; a page that has it shows a mark in its place."""
_CELLS = {"td", "th"}
_GRID = {"thead", "tbody", "tfoot", "tr", "colgroup", "col"}
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_ENCODINGS = {
    "gb": "gb18030",
    "big5": "big5hkscs",
    "utf-16": "utf-16",
    "utf16": "utf-16",
    "euc-cn": "gb18030",
}
"""What pages in Chinese are written in, by the beginning of the name they give it."""


@dataclass(frozen=True)
class Block:
    """A line of text or a table, and the elements it stands in, outermost first."""

    content: str | Sequence[Row]
    ancestors: tuple[HtmlElement, ...]
    ids: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """The ids of a table's cells, by row and cell."""
    pictures: int = 0
    """How many of what cannot be read stand in it."""


def parsed(path: Path, data: bytes) -> tuple[str, HtmlElement]:
    """The text of a page and its elements.

    Raises:
        InputError: it is no page, or is larger than any page.
    """
    import lxml.etree
    import lxml.html

    if len(data) > LARGEST_PAGE:
        raise _too_much(path, f"网页超过 {LARGEST_PAGE // 1024 // 1024} MB")
    text = re.sub(_NO_TEXT, "\ufffd", _decoded(path, data).replace("\0", "").replace("\x0c", " "))
    _measure(path, text)
    try:
        parser = lxml.html.HTMLParser(no_network=True, huge_tree=False, encoding="utf-8")
        root: HtmlElement = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError, ValueError):
        raise unusable(
            path, "这不是网页，或里面没有内容。", "请给出网页文件（.html），或从浏览器另存网页。"
        ) from None
    depth = 0
    for event, _ in lxml.etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            raise _too_much(path, f"网页里的标签套了 {DEEPEST} 层以上")
    if sum(1 for _ in root.iter(*_CELLS)) > MOST_CELLS:
        raise _too_much(path, f"网页里的表格超过 {MOST_CELLS} 格")
    return text, root


def read_html(path: Path) -> tuple[str, HtmlElement]:
    """The text of a page, and its elements without what nobody sees.

    Raises:
        InputError: the file cannot be used, or is larger than any page.
    """
    import lxml.etree

    text, root = parsed(path, read_bytes(path))
    element: HtmlElement
    notes = (lxml.etree.Comment, lxml.etree.ProcessingInstruction)
    lxml.etree.strip_elements(root, *_UNSEEN, *notes, with_tail=False)
    for element in list(root.iter(*_PICTURES)):
        empty(element, "" if element.get("type") == "hidden" else PICTURE)
    mark_struck(root)
    return text, root


def _decoded(path: Path, data: bytes) -> str:
    """The page as text: in the encoding it names, UTF-8 or GB18030."""
    named = _CHARSET.search(data[:4096])
    name = named[1].decode("ascii").lower() if named else ""
    known = (encoding for begin, encoding in _ENCODINGS.items() if name.startswith(begin))
    for encoding in ("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", *known, "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeError:
            continue
    raise unusable(path, "网页的编码认不出来。", "请用浏览器打开，另存为 UTF-8 的网页。")


def _measure(path: Path, text: str) -> None:
    """Count what costs the parser more than its length, in the page without its programs and notes."""
    plain = re.sub(r"(?is)<(script|style)\b.*?(?:</\1|\Z)|<!--.*?(?:-->|\Z)", "", text)
    if plain.count("<") > MOST_TAGS:
        raise _too_much(path, f"网页里的标签超过 {MOST_TAGS} 个")
    quoted = r"""=\s*+(?:"[^"]*+"?|'[^']*+'?)?"""
    for tag in re.finditer(rf"<[A-Za-z](?:[^>=]++|{quoted})*+", plain):
        if tag.end() - tag.start() > 2 * MOST_ATTRIBUTES:
            names = re.sub(quoted, " ", tag[0]).replace("/", " ").split()
            if len(names) > MOST_ATTRIBUTES:
                raise _too_much(path, f"网页里一个标签有 {MOST_ATTRIBUTES} 个以上的属性")


def _too_much(path: Path, what: str) -> Exception:
    return unusable(path, f"{what}，不像是年度报告。", "请核对是不是选错了文件。")


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
            raise _too_much(path, f"网页里的文字超过 {MOST_LINES} 行")
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
    rows = [[cell for cell in row if cell.tag in _CELLS] for row in table.iter("tr")]
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
            if child.tag not in _GRID | _CELLS:
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
