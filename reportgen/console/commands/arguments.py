"""What several commands share: their arguments and options, and the exit statuses."""

from __future__ import annotations

from pathlib import Path

import click

DONE, HAS_ERRORS, UNUSABLE = 0, 1, 2
"""Exit statuses: done and no error found; the report has errors; the command or the input cannot be used."""

_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)
_FOLDER.name = "文件夹"  # Click would name it before it speaks Chinese

INPUT = click.argument("input", metavar="输入文件", type=click.Path(path_type=Path))
INPUTS = click.argument(
    "inputs", metavar="输入文件…", type=click.Path(path_type=Path), nargs=-1, required=True
)
"""One input file, several, or folders of them."""
PREVIOUS = click.option(
    "--previous",
    metavar="文件",
    type=click.Path(path_type=Path),
    help="上一年的输入文件，或公布的网页、Word、PDF，用来核对两年之间的数据。输入文件放在同一文件夹、文件名只差年份的会自动找到。",
)
TEMPLATES = click.option(
    "--templates",
    metavar="文件夹",
    type=_FOLDER,
    help="用自己的模板文件夹（用 reportgen templates 复制出来的）。",
)
ALL = click.option("--all", "every", is_flag=True, help="显示全部问题；不加时每条规则最多显示 5 处。")


def in_order(file: Path, input: Path) -> None:
    """Refuse an input file and the file it is held against in the wrong order.

    Raises:
        click.UsageError: the input comes first.
    """
    from ...model.language import Language

    if file.suffix.lower() in set(Language) and input.suffix.lower() in (".docx", ".html", ".htm"):
        raise click.UsageError(f"两个文件的次序反了：先写 {input.name}，再写输入文件 {file.name}。")
