"""The terminal: text wrapped to its width, and no character that fails on it.

Chinese characters take two columns, which neither Click nor the standard library counts; :mod:`wcwidth` does.
"""

from __future__ import annotations

import gettext
import os
import shutil
import sys
from pathlib import Path

import click


def prepare() -> None:
    """Make Click speak Chinese, and no character fail on a console that does not know it (GBK)."""
    os.environ["LANGUAGE"] = "zh_CN"
    gettext.bindtextdomain("reportgen", str(Path(__file__).parents[1] / "locale"))
    gettext.textdomain("reportgen")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def columns() -> int | None:
    """The width to wrap to; None in a pipe, where every paragraph is a line."""
    if not sys.stdout.isatty():
        return None
    return max(20, min(shutil.get_terminal_size().columns, 120))


def wrapped(text: str, indent: str = "", hanging: str = "", width: int | None = None) -> str:
    """``text`` wrapped to ``width`` columns; its own line breaks stay."""
    lines = []
    for i, line in enumerate(text.split("\n")):
        first = indent if i == 0 else hanging
        if width is None:
            lines.append(first + line)
            continue
        import wcwidth

        inner = line.lstrip(" ")
        first += line[: len(line) - len(inner)]
        after = hanging if i == 0 else first
        lines += wcwidth.wrap(inner, width, initial_indent=first, subsequent_indent=after) or [""]
    return "\n".join(lines)


def say(text: str = "", *, err: bool = False) -> None:
    """Print a paragraph, wrapped on a terminal."""
    click.echo(wrapped(text, width=columns()), err=err)
