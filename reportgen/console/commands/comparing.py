"""``verify`` and ``diff``: files held against each other."""

from __future__ import annotations

from pathlib import Path

import click

from ..help import Command
from ..terminal import say
from . import several
from .arguments import DONE, HAS_ERRORS, INPUT, PREVIOUS, TEMPLATES, in_order


@click.command(cls=Command)
@click.argument("files", metavar="文件…", type=click.Path(path_type=Path), nargs=-1, required=True)
@INPUT
@PREVIOUS
@TEMPLATES
def verify(files: tuple[Path, ...], input: Path, previous: Path | None, templates: Path | None) -> int:
    """核对 Word 文件或网页和输入文件是否一致。

    用来核对真正公布的文件：每个数、每段文字都读回来比较。可以写几个文件或放它们的文件夹；最后写输入文件，或者放输入文件的
    文件夹：按报告的标题找到各自的输入文件。
    """
    from ...review.pairing import Inputs

    if not several.are_several(files) and not input.is_dir():
        return _verify(files[0], input, previous, templates)
    several.refuse_previous(previous)
    if not input.is_dir():
        return several.each(
            several.published_in(files), lambda file: _verify(file, input, None, templates), named=files
        )
    inputs = Inputs(several.inputs_in([input]), templates)
    return several.each(
        several.published_in(files), lambda file: _verify(file, inputs.of(file), None, templates), named=files
    )


def _verify(file: Path, input: Path, previous: Path | None, templates: Path | None) -> int:
    """Hold one file against its input."""
    from ...review.verify import verify as verify_file
    from .. import changes

    in_order(file, input)
    found = verify_file(file, input, previous, templates)
    changes.say_verified(found)
    if not found.is_same:
        say("不一致，见上面列出的地方（“→”前是输入文件，后是这个文件）。")
        say(
            "下一步：哪一个对，由您核对底稿决定。公布的错了，改正公布的文件，再核对一次；"
            "输入文件错了，改输入文件，重新运行 reportgen build --final，换下公布的文件。"
        )
    else:
        say("数据和各部分文字一致；文件里还有别的文字，见上面。" if found.beside else "完全一致。")
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
