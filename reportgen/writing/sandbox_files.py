"""The page templates of one folder as Jinja reads them: no others, and none that is too large."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, TemplateNotFound
from jinja2.exceptions import TemplateSyntaxError

from ..form.templates import read_template

LARGEST_FILE = 2 * 1024 * 1024
"""Bytes of one file; the project's own have 13 KB, and a picture may be in it."""
MOST_CODE = 40_000
"""Characters between the braces of one file, of which the project's own have 6,000."""


class Loader(BaseLoader):
    """The files of one folder, and no others."""

    def __init__(self, folder: Path, sizes: dict[str | None, int]) -> None:
        self.folder, self.sizes = folder, sizes

    def get_source(self, environment: Any, template: str) -> tuple[str, str, Callable[[], bool]]:
        path = self.folder / template
        if template != path.name:
            raise TemplateNotFound(template)
        try:
            changed = path.stat().st_mtime
        except (FileNotFoundError, ValueError):
            raise TemplateNotFound(template) from None
        source = read_template(path, LARGEST_FILE).decode("utf-8-sig")
        if _code(source) > MOST_CODE:
            message = f"大括号里的内容太多，超过 {MOST_CODE} 字"
            raise TemplateSyntaxError(message, 1, template, str(path))
        self.sizes[template] = len(source)
        return source, str(path), lambda: path.exists() and path.stat().st_mtime == changed


def _code(source: str) -> int:
    """How many characters stand between braces."""
    return sum(
        len(re.split(r"[%}]\}", piece, maxsplit=1)[0]) + 4 for piece in re.split(r"\{[{%]", source)[1:]
    )
