"""What stands on the terminal: Chinese help, and findings wrapped to its width.

Chinese characters take two columns, which neither Click nor the standard library counts; :mod:`wcwidth` does.
"""

from __future__ import annotations

import gettext
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .finding import Finding, Outcome, Severity, count

if TYPE_CHECKING:
    from .writing.drafts import Edited, Written

PER_RULE = 5
"""On a terminal, so many findings of one rule are shown; a pipe gets all."""


def prepare() -> None:
    """Make Click speak Chinese, and no character fail on a console that does not know it (GBK)."""
    os.environ["LANGUAGE"] = "zh_CN"
    gettext.bindtextdomain("reportgen", str(Path(__file__).parent / "locale"))
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


class HelpFormatter(click.HelpFormatter):
    """Click's help page with Chinese text in columns."""

    def __init__(self, *_: object, **__: object) -> None:
        super().__init__(width=(columns() or 80) - 2)

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{heading}：\n")

    def write_text(self, text: str) -> None:
        indent = " " * self.current_indent
        paragraphs = [paragraph.strip("\n") for paragraph in text.split("\n\n")]
        lines = (
            wrapped(line, indent, indent, self.width) for paragraph in paragraphs for line in [paragraph]
        )
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


def say(text: str = "", *, err: bool = False) -> None:
    """Print a paragraph, wrapped on a terminal."""
    click.echo(wrapped(text, width=columns()), err=err)


def say_findings(findings: Iterable[Finding], titles: dict[str, str], *, every: bool) -> None:
    """Print findings, the worst first and those of one rule together; advice that several share comes once."""
    width = columns()
    ranks = list(Severity)
    ordered = sorted(
        findings, key=lambda finding: (ranks.index(finding.severity), finding.rule, finding.line or 0)
    )
    for (severity, rule), group in groupby(ordered, key=lambda finding: (finding.severity, finding.rule)):
        members = list(group)
        title = titles.get(rule, "")
        click.echo(f"\n{severity.label} {rule}" + (f" {title}" if title else ""))
        shown = members if every or width is None else members[:PER_RULE]
        for line in _finding_lines(shown):
            click.echo(wrapped(line, "  ", "    ", width))
        if len(shown) < len(members):
            click.echo(f"  …还有 {len(members) - len(shown)} 处，加 --all 全部显示")


def _finding_lines(findings: list[Finding]) -> Iterator[str]:
    for advice, group in groupby(findings, key=lambda finding: finding.advice):
        members = list(group)
        alone = len(members) == 1
        for finding in members:
            place = f"第 {finding.line} 行  " if finding.line else ""
            yield place + (finding.text if alone else finding.message)
        if not alone and advice:
            yield "→ " + advice


def say_coverage(outcome: Outcome) -> None:
    """Print what was checked, what was excused, what was not checked, and the count."""
    checked = [remark.text.rstrip("。") for remark in outcome.remarks if remark.checked]
    unchecked = [remark.text.rstrip("。") for remark in outcome.remarks if not remark.checked]
    say("\n已查：" + "；".join(checked) + "。")
    if unchecked:
        say("没有查：")
        for text in unchecked:
            click.echo(wrapped(f"{text.rstrip('。')}。", "  · ", "    ", columns()))
    for finding, waiver in outcome.waived:
        say(f"豁免 {waiver.rule}：{finding.message}理由：{waiver.reason}（{waiver.by}）")
    say("结果：" + summary(outcome.findings))


def say_written(written: Written, input: Path) -> None:
    """Print which draft it is, its files, what was left alone, and what to do next."""
    if not written.draft:
        say("\n定稿已生成。文件：")
    elif written.is_new:
        say(f"\n{written.draft}已生成。文件：")
    else:
        say(f"\n内容和上一次相同，仍是{written.draft}。文件：")
    for file in written.files:
        click.echo(f"  {file}")
    for edited in written.edited:
        _say_edited(edited, input)
    if written.missing_fonts:
        say(f"这台电脑缺少字体 {'、'.join(written.missing_fonts)}，PDF 里用了别的字体代替。")
    if written.draft:
        say(
            "\n下一步：把 Word 送审稿和核对单送审。退回的稿子里有改动的，用 reportgen pull 收进输入文件；"
            "改好再运行 reportgen build，内容变了才有新的一稿。同意后加 --final 生成定稿。"
        )
    else:
        say("\n下一步：用印、归档、发布。发布以后，用 reportgen verify 核对网上的文件和输入文件是否一致。")


def _say_edited(edited: Edited, input: Path) -> None:
    path, left = edited.path, edited.open
    if path.suffix != ".docx":
        say(f"\n注意：{path} 生成以后被改过，或不是本程序生成的，没有动它。")
        say("要重新生成这个文件，请先把它改名或移到别处，再运行一次。")
        return
    if left is None:
        say(
            f"\n注意：{path} 生成以后被改过，或不是本程序生成的，没有动它。要把其中的改动收进输入文件，请运行："
        )
    elif left:
        say(f"\n注意：{path} 生成以后被改过，没有动它。其中 {left} 处改动还没有收进输入文件，请运行：")
    else:
        say(f"\n{path} 生成以后被改过，没有动它；其中数据和文字的改动都已收进输入文件。查看批注，请运行：")
    click.echo(f'  reportgen pull "{path}" "{input}"')


def summary(findings: Iterable[Finding]) -> str:
    """How many findings there are, in words."""
    counted = count(findings)
    return "、".join(f"{severity.label} {number}" for severity, number in counted.items()) + "。"
