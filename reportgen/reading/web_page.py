"""A web page -> what it says: a page of this project, or a report as another web site shows it.

A page of this project marks the report in itself, in attributes of its elements: ``data-report`` (the format) holds
it, ``data-title`` its title, ``data-part`` (the key) each part with its heading, and the ``id`` of a figure is its key;
``data-aside`` is what the page says besides. Where the marks are not whole, as a web site may strip some, and on other
pages, the report is found by its headings and labels. A fragment for pasting is all report, without its title.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, groupby
from pathlib import Path
from typing import TYPE_CHECKING

from ..form.model import Form
from ..model.content import Content
from ..model.findings import unusable
from .file_bytes import read_bytes
from .printed import TITLE, Place, Row, cut, read_printed

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_UNSEEN = {"head", "script", "style", "noscript", "template", "iframe", "svg", "caption"}
_AROUND = {"nav", "header", "footer", "form", "button", "select", "figure", "aside"}
"""What on a page without marks is the web site's."""
_OWN = {"about", "findings", "hint", "draft", "downloads"}
"""What a page of this project that has no marks shows besides the report, by class."""
_BESIDE = "-"
"""The mark of what belongs to no part; no part's key."""
_INLINE = {
    "a", "abbr", "b", "big", "cite", "code", "del", "em", "font", "i", "ins", "label", "mark", "o:p", "q", "s", "small",
    "span", "strong", "sub", "sup", "time", "u", "wbr", "img",
}  # fmt: skip
_CELLS = {"td", "th"}
_GRID = {"thead", "tbody", "tfoot", "tr", "colgroup", "col"}
_WHOLE_PAGE = re.compile(r"<(?:html|head|body|title|h1)\b", re.IGNORECASE)
"""What only a whole page has; a fragment has none of it."""
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
    is_marked: bool
    """Whether the page marks the report; then what is unknown stands in it, else it may be the web site's."""
    is_fragment: bool
    """Whether it is what is pasted into a web site: the report, without its title."""
    beside: tuple[str, ...]
    """The beginnings of lines among the parts of a marked report: its template's, or added by hand."""


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
    _drop(root, _UNSEEN)
    marked = [(block, mark) for block in _blocks(root) if (mark := _mark(block, form)) is not None]
    report = [(block, mark) for block, mark in marked if mark != _BESIDE]
    is_marked = _is_whole([mark for _, mark in report], form)
    is_fragment = not _WHOLE_PAGE.search(text)
    if is_fragment:
        printed = read_printed([block.content for block in _blocks(root)], form, titled=False)
    elif is_marked:
        printed = read_printed([block.content for block, _ in report], form, marks=_places(report, form))
    else:
        _drop(root, _AROUND, _OWN)
        printed = read_printed(_within(list(_blocks(root))), form, alone=False)
    return WebPage(
        printed.content,
        printed.missing,
        printed.unknown,
        printed.remarks,
        is_marked,
        is_fragment,
        tuple(_start(block) for block, mark in marked if is_marked and mark == _BESIDE),
    )


def _drop(root: HtmlElement, tags: set[str], classes: Iterable[str] = ()) -> None:
    """Take comments and the elements of these tags and classes out of the page."""
    for element in list(root.iterdescendants()):
        own = set((element.get("class") or "").split())
        if not isinstance(element.tag, str) or element.tag in tags or own.intersection(classes):
            element.drop_tree()


# ── marks ───────────────────────────────────────────────────────────────────────────────────────────


def _mark(block: _Block, form: Form) -> str | None:
    """The key of the part a block belongs to, or TITLE, or _BESIDE; None where it does not belong to the report."""
    marks = {
        name: value
        for element in block.ancestors
        for name, value in element.attrib.items()
        if name.startswith("data-")
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


def _places(report: Sequence[tuple[_Block, str]], form: Form) -> dict[Place, str]:
    """The marks of a report's lines, tables and figures by their places."""
    marks: dict[Place, str] = {}
    for i, (block, mark) in enumerate(report):
        marks[(i,)] = mark
        marks.update({(i, *at): id for at, id in block.ids.items() if id in form.cells})
    return marks


def _start(block: _Block) -> str:
    """The beginning of a line or a table, to be shown."""
    content = block.content
    return cut(content if isinstance(content, str) else " ".join(chain(*content)).strip())


# ── text ────────────────────────────────────────────────────────────────────────────────────────────


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
    ids: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """The ids of a table's cells, by row and cell."""


def _blocks(element: HtmlElement, ancestors: tuple[HtmlElement, ...] = ()) -> Iterator[_Block]:
    """The lines and tables below an element, in their order."""
    inside = (*ancestors, element)
    text = _BLANKS.sub(" ", element.text or "")
    for child in element:
        tail = _BLANKS.sub(" ", child.tail or "")
        if child.tag == "br":
            text += "\n"
        elif child.tag in _INLINE and not _holds_blocks(child):
            text += _inner(child, "\n")
        else:
            yield from _lines(text, inside)
            text = ""
            if child.tag == "table" and child.find(".//table") is None:
                yield from _lines(_outside_cells(child), inside)
                rows = [[cell for cell in row if cell.tag in _CELLS] for row in child.iter("tr")]
                yield _Block(
                    [tuple(_tidy(_inner(cell, "")) for cell in row) for row in rows],
                    inside,
                    {(r, c): cell.get("id", "") for r, row in enumerate(rows) for c, cell in enumerate(row)},
                )
            else:
                yield from _blocks(child, inside)
        text += tail
    yield from _lines(text, inside)


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
        found.append(_inner(child, line_break))
        found.append(_BLANKS.sub(" ", child.tail or ""))
    return "".join(found)


def _tidy(text: str) -> str:
    return _BLANKS.sub(" ", text.replace("\xa0", " ").replace("\u200b", "")).strip().strip("\u3000 ")


def _holds_blocks(element: HtmlElement) -> bool:
    return any(inner.tag not in _INLINE | {"br"} for inner in element.iter())


def _within(blocks: list[_Block]) -> list[str | Sequence[Row]]:
    """The blocks up to the end of the innermost element that holds all tables: what follows is the web site's."""
    tables = [block for block in blocks if not isinstance(block.content, str)]
    if not tables:
        return [block.content for block in blocks]
    shared = set.intersection(*(set(block.ancestors) for block in tables))
    last = max(i for i, block in enumerate(blocks) if shared & set(block.ancestors) == shared)
    return [block.content for block in blocks[: last + 1]]
