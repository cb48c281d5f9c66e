"""``open``: the workbench, a page in the browser over one file or a folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..help import Command
from ..terminal import say, show
from .arguments import DONE, PREVIOUS, TEMPLATES

if TYPE_CHECKING:
    from ...workbench.meeting import Running


@click.command("open", cls=Command)
@click.argument("target", metavar="[文件或文件夹]", type=click.Path(path_type=Path), required=False)
@click.option("--no-browser", is_flag=True, help="不打开浏览器，只在第一行写出地址，自己粘贴到浏览器里。")
@PREVIOUS
@TEMPLATES
def open_(target: Path | None, no_browser: bool, previous: Path | None, templates: Path | None) -> int:
    """在浏览器里打开工作台：填表、改文字、看检查结果、送审、定稿。

    写文件名的打开这一份报告，写文件夹的列出里面各年的报告；都不写的，是现在所在的文件夹。
    """
    from ...reading import read_source
    from ...workbench import meeting
    from ...workbench.desk import Desk
    from ...workbench.server import Server

    path = target or Path()
    if not path.is_dir():
        read_source(path)  # a name that is mistyped is told here, where it was typed
    with meeting.word_of(path) as word:
        there = meeting.found(word)
        if there is None:
            server = Server(Desk(path, previous, templates), on_fault=_say_fault)
            meeting.leave(word, server.running)
    if there is not None:
        _show_address(there, no_browser=no_browser)
        say("这个文件已经在工作台里打开，用的是同一个页面。")
        return DONE
    way_in = _show_address(server.running, no_browser=no_browser)
    say("在浏览器里填写；每改一处都写进文件。关掉页面以后，过几分钟自己结束；也可以按 Ctrl-C 结束。")
    try:
        server.run()
    finally:
        meeting.forget(word, server.running)
        if way_in:
            way_in.unlink(missing_ok=True)
    rescued = server.desk.rescue()
    for each in rescued:
        say(f"有改动没有写进文件，连同全文另存在：{each}", err=True)
    say("工作台已结束。" if rescued else "工作台已结束，改动都在文件里。")
    return DONE


def _show_address(running: Running, *, no_browser: bool) -> Path | None:
    """Print the address or open the browser at it, by a page that only this user can read; that page."""
    if no_browser:
        show(running.address)
        return None
    import webbrowser

    from ...workbench import meeting

    way_in = meeting.way_in(running.address)
    opened = way_in is not None and webbrowser.open(way_in.resolve().as_uri())
    if not opened:
        say("浏览器没有打开，请把下面的地址粘贴到浏览器里：")
        show(running.address)
    return way_in


def _say_fault(error: Exception) -> None:
    """Leave a report for the maintainer; the page says that the step was not done."""
    from .. import ending
    from . import commands

    say(
        "错误：程序出了没有料到的毛病，这一步没有做。" + ending.left_report(error, commands, ["open"]),
        err=True,
    )
