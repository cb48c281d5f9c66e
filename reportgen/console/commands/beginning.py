"""``new`` and ``import``: an input file to begin with."""

from __future__ import annotations

import re
from pathlib import Path

import click

from ..help import Command
from ..terminal import say
from .arguments import DONE, HAS_ERRORS, TEMPLATES, UNUSABLE

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
    help="上一年的输入文件，或公布的网页、Word、PDF：机关、格式、检查的设置照旧，年份加一；数都未填，上年的写在旁边。",
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
    from ...reading.published import as_report, read_published
    from ...reading.sources import is_input
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
        if is_input(last):
            source = read_source(last)
            loaded = job.load(last, None, templates, source=source)
            report, before = loaded.report, loaded.last
        else:
            source, report, before = Source("", "utf-8"), as_report(read_published(last, templates)), None
        made = from_last(report, before, with_text=with_text, root=templates)
        own = named_for(made.name, made.year, last if is_input(last) else None, report.year)
        path = _target(output, last.parent, own)
    save_new(path, source.encode(made.text.replace("\n", "\r\n" if "\r\n" in source.text else "\n")))
    beside = job.found_beside(path, made.year)
    is_found = beside is not None and last is not None and beside.samefile(last)
    say_new(made, path, last, previous=None if is_found else last)
    return DONE


@click.command("import", cls=Command)
@click.argument("files", metavar="文件…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    metavar="新文件",
    type=click.Path(path_type=Path),
    help="新的输入文件叫什么，或放在哪个文件夹；不写时用机关名称和年份，放在原文件旁边。已经有的文件不会被覆盖。",
)
@click.option(
    "--into",
    metavar="输入文件",
    type=click.Path(path_type=Path),
    help="收进已有的输入文件：几个科室交回的填报表可以一起收，空着的格不动；原来的文件另存一份备份。",
)
@click.option(
    "--bind", "binds", is_flag=True, help="文字里确实就是表里某个数的，改成引用数据 {{ }}；印出来的文字不变。"
)
@click.option(
    "--year", type=click.IntRange(_FIRST, _LAST), metavar="年份", help="报告里没有写明年份时，写在这里。"
)
@click.option("--explain", is_flag=True, help="列出每个数是怎么读出来的。")
@TEMPLATES
def import_(
    files: tuple[Path, ...],
    output: Path | None,
    into: Path | None,
    binds: bool,
    year: int | None,
    explain: bool,
    templates: Path | None,
) -> int:
    """把公布过的报告读成输入文件：网页、Word、Excel、PDF、文本都可以。

    只读有把握的数；读不准的不猜，空着并写上原文。

    收进已有的输入文件：reportgen import 填报表 --into 输入文件
    """
    if into:
        return _into(into, files, year, templates, is_alone=not (output or binds or explain))
    from ...errors import ReportgenError
    from ...importing.new import named_for
    from ...importing.taking_in import take_in
    from ...writing.files import save_new
    from ..beginning import say_taken_in
    from ..outcome import say_failure

    if output and len(files) > 1 and not output.is_dir():
        raise click.UsageError("一次导入几个文件时，-o 要写一个已有的文件夹。")
    status = DONE
    for file in files:
        try:
            target = output if output and not output.is_dir() else None
            made = take_in(file, templates, year=year, binds=binds, target=target)
            own = named_for(made.published.agency.get("name", file.stem), made.year)
            path = _target(output, file.parent, own)
            save_new(path, made.text.encode(), instead=_INTO.format(file=file, path=path))
        except ReportgenError as error:
            if len(files) == 1:
                raise
            say_failure(error, builds=False)
            status = UNUSABLE
            continue
        say_taken_in(made, path, explain=explain)
        status = max(status, DONE if made.is_whole else HAS_ERRORS)
        if file is not files[-1]:
            say("")
    return status


_INTO = '要收进这个文件，请运行 reportgen import "{file}" --into "{path}"；要另做一个，'


def _into(
    input: Path, files: tuple[Path, ...], year: int | None, templates: Path | None, *, is_alone: bool
) -> int:
    """Put what files say into an input file that is there."""
    from ... import job
    from ...errors import ReportgenError
    from ...importing.sent_in import file_sent_in, sent_in
    from ...reading import read_source
    from ...writing.own_files import Rewritten, in_hand, rewrite
    from ..outcome import say_failure
    from ..sent_in import say_kept, say_sent_in

    if not is_alone:
        raise click.UsageError("写了 --into，就不能再写 -o、--bind、--explain。")
    with in_hand(input):
        source = read_source(input)
        loaded = job.load(input, None, templates, source=source)
        found, failed = [], False
        for file in files:
            try:
                found.append(file_sent_in(file, loaded.report, templates, year))
            except ReportgenError as error:
                say_failure(error, builds=False)
                failed = True
        if failed:
            say(f"{input} 没有动，什么也没有写。", err=True)
            return UNUSABLE
        made = sent_in(found, source, loaded.report, loaded.last)
        say_sent_in(made)
        backup = None
        if made.text != source.text:
            now = Rewritten(input, source.data, source.encode(made.text))
            backup = rewrite(now, backup_of=input)
        say_kept(made, backup)
    return DONE if made.is_clear else HAS_ERRORS


def _body_and_year(name: str | None, year: str | None) -> tuple[str, int]:
    """What the clerk wrote of a report that has none before it.

    Raises:
        click.UsageError: one of them is missing or cannot be.
    """
    from ...model.language import one_line

    body = one_line(name or "")
    found = re.fullmatch(r"\s*(\d{4})\s*年?\s*", year or "")
    if not body or not found:
        raise click.UsageError(
            "请写机关名称和年份，例如：reportgen new 莆田市公安局 2025；有上一年的输入文件，或公布的网页、Word、PDF 的，写 --from 文件。"
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
