"""``verify`` and ``diff``: files held against each other."""

from __future__ import annotations

from pathlib import Path

import click

from ..help import Command
from ..terminal import say
from .arguments import DONE, HAS_ERRORS, INPUT, PREVIOUS, TEMPLATES, in_order


@click.command(cls=Command)
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
@INPUT
@PREVIOUS
@TEMPLATES
def verify(file: Path, input: Path, previous: Path | None, templates: Path | None) -> int:
    """核对 Word 文件或网页和输入文件是否一致。

    用来核对真正公布的文件：每个数、每段文字都读回来比较。
    """
    from ...review.verify import verify as verify_file
    from .. import changes

    in_order(file, input)
    found = verify_file(file, input, previous, templates)
    changes.say_verified(found)
    if not found.is_same:
        say("不一致，见上面列出的地方（“→”前是输入文件，后是这个文件）。")
    else:
        say("数据和各部分文字一致；网页里还有别的文字，见上面。" if found.beside else "完全一致。")
    return DONE if found.is_same else HAS_ERRORS


@click.command(cls=Command)
@click.argument("old", metavar="旧文件", type=click.Path(path_type=Path))
@click.argument("new", metavar="新文件", type=click.Path(path_type=Path))
@PREVIOUS
@TEMPLATES
def diff(old: Path, new: Path, previous: Path | None, templates: Path | None) -> int:
    """比较两个文件的数据和文字：输入文件、Word 文件、网页都可以。"""
    from ...review.verify import compare_files
    from .. import changes

    found = compare_files(old, new, previous, templates)
    changes.say_compared(found)
    return HAS_ERRORS if found.changes else DONE
