"""A web page, as saved by any browser or copied from any site, and a web archive (.mht)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ..html_blocks import blocks, tidy
from ..html_roles import Role
from ..html_source import parsed, text_of
from .extract import PAGE, Aside, Block, Extract

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_TITLES = ("articletitle", "og:title", "title")


def extract(path: Path, data: bytes) -> Extract:
    """The lines and tables that a page shows.

    Raises:
        InputError: it holds nothing, or more than any page.
    """
    root = parsed(path, text_of(path, data))
    shown: list[Block] = []
    homes: list[tuple[int, ...]] = []
    beside: list[Aside] = []
    for block in blocks(path, root):
        if isinstance(block.content, str) and block.role is not Role.TEXT:
            if block.content:
                beside.append(Aside(block.content, len(shown) - 1, block.home, block.role is Role.HIDDEN))
        elif block.content:
            shown.append(block.content)
            homes.append(block.home)
        if block.role is not Role.HIDDEN:
            beside += [Aside("", len(shown) - 1, block.home)] * block.pictures
    return Extract(PAGE, tuple(shown), tuple(_titles(root)), tuple(homes), tuple(beside))


def _titles(root: HtmlElement) -> Iterator[str]:
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").lower()
        if name in _TITLES and (content := tidy(meta.get("content") or "")):
            yield content
    for title in root.iter("title"):
        if text := tidy("".join(title.itertext())):
            yield text
