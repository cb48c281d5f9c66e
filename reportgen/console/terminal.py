"""The terminal: text wrapped to its width, and no character that fails on it, commands it or turns what it shows.

All output goes through :func:`say` and :func:`show`. Chinese characters take two columns, which neither Click nor the
standard library counts; :mod:`wcwidth` does.
"""

from __future__ import annotations

import gettext
import os
import re
import shutil
import sys
from pathlib import Path

import click

from ..disk import why
from ..errors import ReportgenError

_CONTROLS = [*range(0x20), *range(0x7F, 0xA0)]
_DIRECTIONS = [0x061C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A)]
"""Marks that turn the direction of text, and line ends that only some programs know (Unicode 9.0, UAX 9)."""
_SHOWN = {code: f"\\u{code:04x}" for code in (*_CONTROLS, *_DIRECTIONS) if chr(code) not in "\n\t"}
"""As JSON writes them, so that the output of ``--json`` says the same."""
_HALVES = "[\ud800-\udfff]"
"""Of characters: a JSON file may name them, and no terminal can show them."""


class TerminalError(ReportgenError):
    """What was to be said could not be written: a full disk, a device that is gone."""


class UnheardError(ReportgenError):
    """Nobody reads what is said: the reader of the pipe has gone."""


def prepare() -> None:
    """Make Click speak Chinese, and no character fail on a console that does not know it (GBK).

    A stream that was closed becomes one that nobody reads, so that no file of the clerk's is opened in its place.
    """
    os.environ["LANGUAGE"] = "zh_CN"
    gettext.bindtextdomain("reportgen", str(Path(__file__).parents[1] / "locale"))
    gettext.textdomain("reportgen")
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115
        elif mode == "w" and hasattr(stream, "reconfigure"):
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


def say(text: str = "", indent: str = "", hanging: str = "", *, err: bool = False) -> None:
    """Print a paragraph, wrapped on a terminal."""
    show(wrapped(visible(text), indent, hanging, columns()), err=err)


def show(text: str, *, err: bool = False) -> None:
    """Print lines as they are: paths, and what is to be pasted. Where ``err`` fails, nobody is left to be told.

    Raises:
        TerminalError: they cannot be written.
        UnheardError: nobody reads them.
    """
    try:
        click.echo(visible(text), err=err)
    except OSError as error:
        _leave_alone(sys.stderr if err else sys.stdout)
        if err:
            return
        if isinstance(error, BrokenPipeError):
            raise UnheardError("读结果的程序已经关闭。") from None
        raise TerminalError(f"结果写不出来（{why(error)}）。") from None


def visible(text: str) -> str:
    """``text`` with control characters and marks of direction written out: a file's words must not steer the terminal."""
    shown = text.translate(_SHOWN)
    return shown if shown.isprintable() else re.sub(_HALVES, lambda half: f"\\u{ord(half[0]):04x}", shown)


def _leave_alone(stream: object) -> None:
    """Nothing more goes to a stream that failed, at the end of the process neither."""
    if hasattr(stream, "fileno"):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
