"""The Chinese guide of the README as a page of its own, for the offline folder."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from .platforms import Platform

ROOT = Path(__file__).parents[2]
GUIDE = "# 使用说明\n"
"""Where the guide begins in the README; it goes on to the end."""
ELSEWHERE = "### 用命令安装"
"""What the folder needs no word of: how to install without it."""
COMMAND = ".venv/bin/reportgen"


def page(readme: str, platform: Platform) -> str:
    """The guide as a page that loads nothing, its commands as they are typed in the folder.

    Raises:
        ValueError: the README has no guide, or the guide does not tell apart the two ways to install.
    """
    _, found, guide = readme.partition(GUIDE)
    if not found:
        raise ValueError(f"the README has no line {GUIDE.strip()!r}")
    guide, dropped = re.subn(rf"(?ms)^{ELSEWHERE}.*?(?=^#)", "", guide)
    if dropped != 1:
        raise ValueError(f"the guide has no section {ELSEWHERE!r}")
    guide = guide.replace(COMMAND, "reportgen" if platform.is_windows else "./reportgen")
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    markdown.add_render_rule("softbreak", _softbreak)
    body = markdown.render(GUIDE + guide)
    templates = FileSystemLoader([Path(__file__).parent, ROOT / "templates" / "2021"])
    return Environment(loader=templates, autoescape=True).get_template("guide.html").render(body=Markup(body))


def _softbreak(
    renderer: object, tokens: Sequence[Token], index: int, options: object, environment: object
) -> str:
    """Where a line of the README ends: a blank between words, nothing between Chinese characters."""
    beside = tokens[index - 1].content[-1:], tokens[index + 1].content[:1]
    return "\n" if any(char.isascii() for char in beside) else ""
