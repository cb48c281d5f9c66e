"""The commands, a module for those of one kind; each imports what it needs when it runs: help is there at once."""

from __future__ import annotations

import click

from ... import __version__
from ..help import Group
from .beginning import import_, new
from .building import build, check
from .collating import collate
from .comparing import diff, verify
from .correcting import fix, opinions, pull
from .filling import sheet
from .opening import open_
from .reference import names, rules, templates

__all__ = ["build", "commands"]


@click.group(
    cls=Group,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="第一次用：先用 reportgen new 新建一份输入文件，填好数据和文字，再运行 reportgen build 文件名。",
)
@click.version_option(__version__, prog_name="reportgen", message="%(prog)s %(version)s", help="显示版本。")
def commands() -> None:
    """政府信息公开工作年度报告：检查数据和文字，生成 Word 和网页。"""


for _command in (
    open_,
    import_,
    new,
    build,
    check,
    fix,
    pull,
    opinions,
    verify,
    diff,
    collate,
    sheet,
    names,
    rules,
    templates,
):
    commands.add_command(_command)
