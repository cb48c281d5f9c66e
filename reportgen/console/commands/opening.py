"""``open``: the workbench, a page in the browser over one file or a folder."""

from __future__ import annotations

from pathlib import Path

import click

from ..help import Command
from ..terminal import say, show
from .arguments import DONE, PREVIOUS, TEMPLATES


@click.command("open", cls=Command)
@click.argument("target", metavar="[文件或文件夹]", type=click.Path(path_type=Path), required=False)
@click.option("--no-browser", is_flag=True, help="不打开浏览器，只在第一行写出地址，自己粘贴到浏览器里。")
@PREVIOUS
@TEMPLATES
def open_(target: Path | None, no_browser: bool, previous: Path | None, templates: Path | None) -> int:
    """在浏览器里打开工作台：填表、改文字、看检查结果、送审、定稿。

    写文件名的打开这一份报告，写文件夹的列出里面各年的报告；都不写的，是现在所在的文件夹。
    """
    from ...workbench.desk import Desk
    from ...workbench.server import Server

    path = target or Path()
    server = Server(Desk(path, previous, templates))
    show(server.address)
    say("在浏览器里填写；每改一处都已写进文件。关掉页面以后，过几分钟自己结束；也可以按 Ctrl-C 结束。")
    server.run()
    return DONE
