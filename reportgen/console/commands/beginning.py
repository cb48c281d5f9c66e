"""``new``: an input file to begin with."""

from __future__ import annotations

import re
from pathlib import Path

import click

from ..help import Command
from .arguments import DONE, TEMPLATES

_FIRST, _LAST = 2008, 2099
"""The years a report can be of."""


@click.command(cls=Command)
@click.argument("name", metavar="[机关名称", required=False)
@click.argument("year", metavar="年份]", required=False)
@click.option(
    "--from",
    "last",
    metavar="文件",
    type=click.Path(path_type=Path),
    help="上一年的输入文件：机关、格式、检查的设置照旧，年份加一；数都未填，上年的写在旁边。",
)
@click.option(
    "-o",
    "--output",
    metavar="新文件",
    type=click.Path(path_type=Path),
    help="新的输入文件叫什么；不写时照上年的文件名，只改年份。已经有的文件不会被覆盖。",
)
@click.option(
    "--with-text",
    is_flag=True,
    help="带上上年的文字：表里的数改成引用数据，年份改成今年，其余的数空着（___）。不加时只留标题。",
)
@TEMPLATES
def new(
    name: str | None,
    year: str | None,
    last: Path | None,
    output: Path | None,
    with_text: bool,
    templates: Path | None,
) -> int:
    """新建今年的输入文件：照上一年的文件，或者写机关名称和年份，从空的开始。

    照上一年的文件：reportgen new --from 去年的文件

    从空的开始：reportgen new 莆田市公安局 2025
    """
    from ... import job
    from ...importing.new import empty, from_last, named_for
    from ...reading import Source, read_source
    from ...writing.files import save_new
    from ..beginning import say_new

    if last is None:
        body, of_year = _body_and_year(name, year)
        if with_text:
            raise click.UsageError("--with-text 要和 --from 一起用。")
        source = Source("", "utf-8")
        made = empty(body, of_year, templates)
        path = _target(output, Path(), named_for(body, of_year))
    else:
        if name is not None:
            raise click.UsageError("写了 --from，机关名称和年份就照上年的文件，不用再写。")
        source = read_source(last)
        loaded = job.load(last, None, templates, source=source)
        made = from_last(loaded.report, loaded.last, with_text=with_text, root=templates)
        own = named_for(made.name, made.year, last, loaded.report.year)
        path = _target(output, last.parent, own)
    save_new(path, source.encode(made.text.replace("\n", "\r\n" if "\r\n" in source.text else "\n")))
    say_new(made, path, last)
    return DONE


def _body_and_year(name: str | None, year: str | None) -> tuple[str, int]:
    """What the clerk wrote of a report that has none before it.

    Raises:
        click.UsageError: one of them is missing or cannot be.
    """
    from ...model.language import printable

    body = " ".join(printable(name or "").split())
    found = re.fullmatch(r"\s*(\d{4})\s*年?\s*", year or "")
    if not body or not found:
        raise click.UsageError(
            "请写机关名称和年份，例如：reportgen new 莆田市公安局 2025；有上一年的输入文件的，写 --from 文件。"
        )
    if re.fullmatch(r"\d{4}年?", body) or not _FIRST <= int(found[1]) <= _LAST:
        raise click.UsageError(f"先写机关名称，再写年份（{_FIRST} 到 {_LAST}）。")
    return body, int(found[1])


def _target(output: Path | None, folder: Path, own: str) -> Path:
    """The path of the new file.

    Raises:
        click.UsageError: its name is not that of an input file as they are written here.
    """
    from ...model.language import Language

    if output is None or output.is_dir():
        return (output or folder) / own
    if output.suffix.lower() != Language.TOML:
        raise click.UsageError(f"新文件的名称要以 {Language.TOML} 结尾，例如 -o {output.stem}{Language.TOML}")
    return output
