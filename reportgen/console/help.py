"""Click's help pages in Chinese: its classes with Chinese words, and texts in columns two to a character."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click

from .terminal import columns, wrapped


class HelpFormatter(click.HelpFormatter):
    """Click's help page with Chinese text in columns."""

    def __init__(self, *_: object, **__: object) -> None:
        super().__init__(width=(columns() or 80) - 2)

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{heading}：\n")

    def write_text(self, text: str) -> None:
        indent = " " * self.current_indent
        paragraphs = [paragraph.strip("\n") for paragraph in text.split("\n\n")]
        lines = (wrapped(paragraph, indent, indent, self.width) for paragraph in paragraphs)
        self.write("\n\n".join(lines) + "\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        import wcwidth

        rows = list(rows)
        indent = " " * self.current_indent
        first = min(max(wcwidth.wcswidth(term) for term, _ in rows), col_max) + col_spacing
        for term, meaning in rows:
            hanging = indent + " " * first
            gap = first - wcwidth.wcswidth(term)
            if gap < col_spacing or first > self.width // 2:
                hanging = indent + " " * 4
                self.write(f"{indent}{term}\n")
                self.write(wrapped(meaning, hanging, hanging, self.width) + "\n")
            else:
                text = wrapped(meaning, hanging, hanging, self.width)
                self.write(indent + term + " " * gap + text[len(hanging) :] + "\n")


class Context(click.Context):
    formatter_class = HelpFormatter


class Command(click.Command):
    """A command with a Chinese help page."""

    context_class = Context

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"options_metavar": "[选项]", **kwargs})


class Group(click.Group):
    """The group of all commands, with a Chinese help page."""

    context_class = Context
    command_class = Command

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        words = {"options_metavar": "[选项]", "subcommand_metavar": "命令 …"}
        super().__init__(*args, **{**words, **kwargs})
