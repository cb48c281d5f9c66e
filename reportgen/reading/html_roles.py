"""What an element of a page is to whoever reads the page: text, the site's own, hidden, struck through, a picture."""

from __future__ import annotations

import re
from enum import Enum
from itertools import islice
from typing import TYPE_CHECKING

from .html_source import CELLS

if TYPE_CHECKING:
    from lxml.html import HtmlElement

FEWEST_CELLS = 100
"""Of the tables of a report; what has less may be a site's."""


class Role(Enum):
    """What an element is to a reader of the page."""

    TEXT = "text"
    SITE = "site"
    """Seen, and no text of an article: navigation, a footer, a button."""
    HIDDEN = "hidden"
    STRUCK = "struck"
    PICTURE = "picture"
    """What may show words that are no text of the page."""
    UNSEEN = "unseen"


_ROLES = {
    **dict.fromkeys(("head", "script", "style", "noscript", "template"), Role.UNSEEN),
    **dict.fromkeys(("nav", "footer", "button"), Role.SITE),
    **dict.fromkeys(("s", "strike", "del"), Role.STRUCK),
    **dict.fromkeys(
        (
            "img", "svg", "canvas", "iframe", "frame", "object", "embed", "video", "input", "textarea", "select",
        ),
        Role.PICTURE,
    ),
}  # fmt: skip
INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "big", "br", "button", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "ins", "kbd", "label", "mark", "o:p", "q", "s", "samp", "small", "span", "st1:chsdate", "strike", "strong", "sub",
    "sup", "time", "tt", "u", "ucapi-xml", "var", "wbr",
}  # fmt: skip
_OWN = {
    "about": re.compile("来源：.*"),
    "findings": re.compile("(?:检查发现|以前各稿的意见).*"),
    "hint": re.compile("表格较宽，请左右滑动查看"),
    "draft": re.compile(".*内部审阅，不得对外发布"),
    "downloads": re.compile("附件下载：.*"),
}
"""What a page of this project says besides the report, by class: how its words read."""
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LINE_THROUGH = re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", re.IGNORECASE)


def role_of(element: HtmlElement) -> Role:
    """What an element is wherever it stands."""
    tag = element.tag
    if not isinstance(tag, str):
        return Role.UNSEEN  # a note, or what is meant for another program
    role = _ROLES.get(tag, Role.TEXT)
    if role is Role.UNSEEN:
        return role
    style = element.get("style")
    if element.get("hidden") is not None or (style and _HIDDEN.search(style)):
        return Role.UNSEEN if role is Role.PICTURE else Role.HIDDEN
    if role is Role.PICTURE and element.get("type") == "hidden":
        return Role.UNSEEN
    if style and role is Role.TEXT and _LINE_THROUGH.search(style):
        return Role.STRUCK
    return role


def is_layout(table: HtmlElement) -> bool:
    """Whether a table only sets out the page: it holds another one, or is a single cell."""
    return table.find(".//table") is not None or sum(1 for _ in table.iter(*CELLS)) < 2


def set_apart(root: HtmlElement) -> None:
    """Turn what is wrongly called the site's into text, and what a page of this project says besides into the site's."""
    for element in root.iter("nav", "footer", "button"):
        if sum(1 for _ in islice(element.iter(*CELLS), FEWEST_CELLS)) == FEWEST_CELLS:
            element.tag = "div"  # never closed, or by a careless maker: the report stands in it
    judged: set[HtmlElement] = set()
    for element in list(root.iter("p", "div", "section", "header")):
        own = _OWN.get(element.get("class") or "")
        if own and judged.isdisjoint(element.iterancestors()):
            judged.add(element)
            if own.fullmatch(" ".join("".join(element.itertext()).split())):
                element.tag = "footer"
