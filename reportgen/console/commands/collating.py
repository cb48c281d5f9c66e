"""``collate``: the reports of an area collected, checked, compared and added up."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..help import Command
from ..terminal import say
from .arguments import DONE, HAS_ERRORS, TEMPLATES, UNUSABLE

if TYPE_CHECKING:
    from ...collating.area import Area

ROSTER = "名单.toml"
"""The roster that is written."""
FIRST_YEAR, LAST_YEAR = 2008, 2100


def _four_digits(_: click.Context, __: click.Parameter, year: int | None) -> int | None:
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        raise click.BadParameter("年份要写四位数字，例如 2025。")
    return year


@click.command(cls=Command)
@click.argument("folder", metavar="文件夹", type=click.Path(path_type=Path))
@click.option(
    "--roster",
    metavar="名单",
    type=click.Path(path_type=Path),
    help="应当交报告的单位：一个 Excel 文件，或者 --make-roster 写的名单；不写时，文件夹里读得出的报告都算。",
)
@click.option(
    "-o",
    "--output",
    metavar="文件夹",
    type=click.Path(path_type=Path),
    help="生成的文件放在哪里；不写时放在旁边的“文件夹-汇总”里。",
)
@click.option(
    "--previous",
    metavar="文件夹",
    type=click.Path(path_type=Path),
    help="放去年报告的文件夹，用来和去年比较。",
)
@click.option(
    "--published",
    metavar="文件",
    type=click.Path(path_type=Path),
    help="本级政府公布的报告（网页、Word、PDF 都可以），逐格和合计比较。",
)
@click.option(
    "--table",
    metavar="文件",
    type=click.Path(path_type=Path),
    help="另把每个单位的每个数写成一张 CSV 表（一行一个数），供数据库、透视表等使用。",
)
@click.option(
    "--year", metavar="年份", type=int, callback=_four_digits, help="哪一年的报告；不写时看名单和多数报告。"
)
@click.option(
    "--make-roster", is_flag=True, help="用找到的单位写一份名单，和生成的文件放在一起，供核对补充。"
)
@click.option(
    "--json", "as_json", is_flag=True, help="结果写成 JSON，供其他程序读取；没有写 -o 的不生成文件。"
)
@TEMPLATES
def collate(
    folder: Path,
    roster: Path | None,
    output: Path | None,
    previous: Path | None,
    published: Path | None,
    table: Path | None,
    year: int | None,
    make_roster: bool,
    as_json: bool,
    templates: Path | None,
) -> int:
    """收齐一个地区各单位的报告：检查、比较、相加。

    文件夹里放各单位交来的报告，网页、Word、PDF、Excel、输入文件都可以，子文件夹里的也算。
    """
    from ...collating.collecting import Order, beside, collated
    from ...collating.papers.folder import write
    from ...errors import ReportgenError
    from .. import collating as console

    if not as_json or make_roster:
        output = output or beside(folder)
    others = (table,) if table else ()
    order = Order(folder, roster, output, previous, published, year, templates, others=others)
    try:
        with console.progress() as bar:
            area = collated(order, bar)
        if not as_json:
            console.say_area(area)
        written = write(area, output, table)
    except KeyboardInterrupt:
        if output:
            say("已经读过的报告记下来了，再运行一次就接着读。", err=True)
        raise
    except ReportgenError as error:
        if not as_json:
            raise
        console.say_unusable(error)
        return UNUSABLE
    if as_json:
        console.say_json(area)
    else:
        console.say_written(written)
    if make_roster and output:
        _make_roster(area, output / ROSTER, quiet=as_json)
    return HAS_ERRORS if area.is_something_to_do else DONE


def _make_roster(area: Area, path: Path, *, quiet: bool) -> None:
    """Write the roster; one that is there was perhaps completed, and stays."""
    from ...collating.roster_text import roster_text
    from ...writing.files import save_new

    save_new(path, roster_text(area, path.name).encode())
    if not quiet:
        say(f"名单已写成 {path}，请核对补充，下次加 --roster 使用。")
