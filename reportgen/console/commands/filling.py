"""``sheet``: the workbook that is filled in."""

from __future__ import annotations

from pathlib import Path

import click

from ..help import Command
from ..terminal import say
from .arguments import DONE, PREVIOUS, TEMPLATES

_BLANK_NAME = "填报表.xlsx"


@click.command(cls=Command)
@click.argument("input", metavar="[输入文件]", type=click.Path(path_type=Path), required=False)
@click.option("--blank", is_flag=True, help="做一份空的，不用输入文件。")
@click.option("--format", "format", metavar="格式", help="空的用哪个格式，例如 2021；不写时用最新的。")
@click.option(
    "-o",
    "--output",
    metavar="文件",
    type=click.Path(path_type=Path),
    help="写成哪个 Excel 文件；不写时放在输入文件旁边。",
)
@PREVIOUS
@TEMPLATES
def sheet(
    input: Path | None,
    blank: bool,
    format: str | None,
    output: Path | None,
    previous: Path | None,
    templates: Path | None,
) -> int:
    """做一份 Excel 填报表，发给科室填写。

    三张表和印出来的一样，总计自动相加，勾稽关系不成立的变红，文字在另一页；上一年的数写在批注里。
    """
    from ... import job
    from ...form.form_file import known_formats, load_form
    from ...writing.files import OutputError, TakenError, save
    from ...writing.sheet import workbook

    if blank and (input or previous):
        raise click.UsageError("做空的（--blank）不用输入文件，也不用上一年的文件。")
    if not blank and input is None:
        raise click.UsageError("请写输入文件；没有输入文件的，用 --blank 做一份空的。")
    if format and not blank:
        raise click.UsageError("--format 和 --blank 一起用；有输入文件的，用它里面写明的格式。")
    if input is None:
        known = known_formats(templates)
        if format and format not in known:
            raise click.UsageError(f"没有这个格式；有的格式：{'、'.join(known)}。")
        made, last = workbook(load_form(format or known[0], templates)), ""
        target = output or Path(_BLANK_NAME)
    else:
        work = job.load(input, previous, templates)
        made = workbook(work.report.form, work.report, work.last)
        last = (
            f"上一年的数写在批注里，取自 {work.last.path}。"
            if work.last
            else f"没有找到上一年（{work.report.year - 1}年）的数据，批注里没有上年的数。"
            "有上一年的输入文件，或公布的网页、Word、PDF 的，加 --previous 文件再做一份。"
        )
        target = output or input.with_name(f"{input.stem}-{_BLANK_NAME}")
    if target.suffix.lower() != ".xlsx":
        raise click.UsageError(f"填报表是 Excel 文件，文件名要以 .xlsx 结尾，例如 -o {_BLANK_NAME}")
    try:
        written = save({target: made}, new=target)
    except TakenError:
        what = f"{target} 已经有了，里面也许有填好的数，没有覆盖。"
        raise OutputError(f"{what}请用 -o 换一个文件名，或先把它移走，再运行一次。") from None
    say(f"填报表已生成：{target}" if written else f"{target} 已经有了，内容相同。")
    if last:
        say(last)
    say("白色的格填数，没有的写 0；还没有的数空着，不会当作 0。灰色的是表头和自动相加的总计。")
    return DONE
