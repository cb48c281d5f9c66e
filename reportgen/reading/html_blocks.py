"""A page's elements -> its lines and tables in their order, and what of it is no text.

All that a reader of the page sees is among them, or counted as a picture: pictures, frames and fields hold words that
cannot be read here. What the page hides is told as that, for a style sheet may show it after all.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..model.chinese import numbering
from .html_roles import INLINE, Role, is_layout, role_of, set_apart
from .html_source import CELLS, too_much
from .sources.extract import Geometry, Grid

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MOST_LINES = 5_000
_GRID = {"thead", "tbody", "tfoot", "tr", "colgroup", "col"}
_ORDER = {"thead": 0, "tfoot": 2}
"""Rows of the head come first and those of the foot last, as browsers show them."""
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_PICTURE = "\ufffc"
"""Stands for a picture in the text."""


class Block(NamedTuple):
    """A line of text or a table, and where it stands."""

    content: str | Grid
    """Of a line of pictures alone, ""."""
    home: tuple[int, ...]
    """The elements that it stands in, outermost first, by number; the numbers grow along the page."""
    marks: Mapping[str, str]
    """The ``data-`` attributes of these elements; of two alike the inner one's."""
    role: Role = Role.TEXT
    """TEXT, SITE or HIDDEN."""
    pictures: int = 0
    """How many of what cannot be read stand in it."""


def blocks(path: Path, root: HtmlElement) -> list[Block]:
    """The lines and tables of a page.

    Raises:
        InputError: there are more lines than any page has.
    """
    set_apart(root)
    found: list[Block] = []
    for block in _Walk().blocks(root, (), {}):
        found.append(block)
        if len(found) > MOST_LINES:
            raise too_much(path, f"网页里的文字超过 {MOST_LINES} 行")
    return found


def words_of(element: HtmlElement) -> str:
    """All words shown below an element on one line."""
    return tidy(_Walk().inner(element, " "))


def tidy(text: str) -> str:
    """A line without the blanks that pages put around and between words."""
    if text.isalnum():
        return text
    plain = text.replace("\xa0", " ").replace("\u200b", "").replace("\ufeff", "")
    return _BLANKS.sub(" ", plain).strip().strip("\u3000 ")


class _Walk:
    """One walk through a page; elements get numbers, so that one can say what stands in which."""

    def __init__(self) -> None:
        self.numbers = 0
        self.aside: deque[tuple[HtmlElement, Role]] = deque()
        """What stands in the line or table at hand and is no text of it: told behind it."""
        self.within = Role.TEXT
        """What the lines at hand are."""
        self.parting: dict[HtmlElement, bool] = {}

    def blocks(
        self, element: HtmlElement, home: tuple[int, ...], marks: Mapping[str, str]
    ) -> Iterator[Block]:
        """The lines and tables below an element, in their order."""
        self.numbers += 1
        home = (*home, self.numbers)
        if own := {name: value for name, value in element.items() if name.startswith("data-")}:
            marks = {**marks, **own}
        text = [_blanked(element.text)]
        for child in element:
            role = self.role(child)
            if role is Role.TEXT and (child.tag not in INLINE or self.parts_lines(child)):
                yield from self.lines(text, home, marks)
                text = []
                if child.tag == "table" and self.within is Role.TEXT and not is_layout(child):
                    yield from self.table(child, home, marks)
                else:
                    yield from self.blocks(child, home, marks)
            elif role in (Role.SITE, Role.STRUCK) and child.tag not in INLINE:
                yield from self.lines([*text, "\n", self.shown(child, role, "\n")], home, marks)
                text = []
            else:
                text.append(self.shown(child, role, "\n"))
            text.append(_blanked(child.tail))
        yield from self.lines(text, home, marks)

    def lines(self, text: list[str], home: tuple[int, ...], marks: Mapping[str, str]) -> Iterator[Block]:
        """The lines of a text, and those of what was met in it and is no text."""
        for line in "".join(text).split("\n"):
            if plain := tidy(line):
                plain, pictures = _without_pictures(plain)
                yield Block(plain, home, marks, self.within, pictures)
        if self.within is Role.TEXT:
            yield from self.set_aside(home, marks)

    def set_aside(self, home: tuple[int, ...], marks: Mapping[str, str]) -> Iterator[Block]:
        """The lines of what was met and is no text, those of its tables too."""
        while self.aside:
            element, self.within = self.aside.popleft()
            yield from self.blocks(element, home, marks)
        self.within = Role.TEXT

    def table(self, table: HtmlElement, home: tuple[int, ...], marks: Mapping[str, str]) -> Iterator[Block]:
        """A table, below what stands in it and in none of its cells, as browsers show it."""
        yield from self.lines(["\n".join(self.between(table))], home, marks)
        made, pictures = Geometry(), 0
        for row in sorted(table.iter("tr"), key=lambda row: _ORDER.get(row.getparent().tag, 1)):
            around = (self.role(row), self.role(row.getparent()))
            if Role.HIDDEN in around:
                self.keep(row, Role.HIDDEN)
                continue
            made.row()
            for cell in row:
                if cell.tag not in CELLS:
                    continue
                role = self.role(cell)
                if role is Role.HIDDEN:
                    self.keep(cell, role)
                    continue
                role = Role.STRUCK if Role.STRUCK in around else role
                text, unread = _without_pictures(tidy(self.shown(cell, role, "")))
                made.cell(text, _span(cell, "rowspan"), _span(cell, "colspan"), cell.get("id", ""))
                pictures += unread
        yield Block(made.grid(), home, marks, pictures=pictures)
        yield from self.set_aside(home, marks)

    def between(self, table: HtmlElement) -> Iterator[str]:
        """What stands in a table and in none of its cells."""
        for element in table.iter("table", *_GRID):
            yield _blanked(element.text)
            for child in element:
                if child.tag not in _GRID and child.tag not in CELLS:
                    yield self.shown(child, self.role(child), "\n")
                yield _blanked(child.tail)

    def shown(self, element: HtmlElement, role: Role, line_break: str) -> str:
        """The text of an element within a line; what is no text of it is told behind the line.

        What a page strikes through is put in marks, so that it is joined with nothing and hidden from nobody: whether it
        counts nobody can say.
        """
        if role is Role.TEXT:
            return line_break if element.tag == "br" else self.inner(element, line_break)
        if role is Role.STRUCK:
            words = tidy(self.inner(element, " "))
            return f"〔划掉：{words}〕" if words else ""
        if role is Role.PICTURE:
            return _PICTURE + _heading_of(element)
        if role is not Role.UNSEEN:
            self.keep(element, role)
        return ""

    def inner(self, element: HtmlElement, line_break: str) -> str:
        """The text shown below an element; line breaks of the source are blanks, those of the page ``line_break``."""
        if not len(element):
            return _blanked(element.text)
        found = [_blanked(element.text)]
        for child in element:
            found.append(self.shown(child, self.role(child), line_break))
            found.append(_blanked(child.tail))
        return "".join(found)

    def role(self, element: HtmlElement) -> Role:
        """What an element is where it stands: within the site's own lines all is theirs, and what they hide is nothing."""
        role = role_of(element)
        if self.within is Role.TEXT or role not in (Role.SITE, Role.HIDDEN):
            return role
        return Role.UNSEEN if self.within is Role.SITE and role is Role.HIDDEN else Role.TEXT

    def keep(self, element: HtmlElement, role: Role) -> None:
        """Keep in mind what is no text."""
        self.aside.append((element, role))

    def parts_lines(self, element: HtmlElement) -> bool:
        """Whether an inline element holds what begins a line of its own."""
        if not len(element):
            return False
        parts = self.parting.get(element)
        if parts is None:
            parts = False
            for child in element:
                role = self.role(child)
                if child.tag in INLINE:
                    parts = role is Role.TEXT and self.parts_lines(child)
                else:
                    parts = role in (Role.TEXT, Role.SITE, Role.STRUCK)
                if parts:
                    break
            self.parting[element] = parts
        return parts


def _heading_of(picture: HtmlElement) -> str:
    """The words of a heading that is set as a picture."""
    words = tidy(picture.get("alt") or "")
    found = numbering(words)
    return words if found and found.level == 1 else ""


def _without_pictures(text: str) -> tuple[str, int]:
    """A text, and how many pictures stand in it."""
    pictures = text.count(_PICTURE)
    return (tidy(text.replace(_PICTURE, "")), pictures) if pictures else (text, 0)


def _span(cell: HtmlElement, name: str) -> int:
    written = cell.get(name)
    found = re.match(r"\s*(\d{1,4})", written) if written else None
    return int(found[1]) if found else 1


def _blanked(text: str | None) -> str:
    """A text of the source, each blank and line break in it a single blank; most are words or figures alone."""
    return _BLANKS.sub(" ", text) if text and not text.isalnum() else text or ""
