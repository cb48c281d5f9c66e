"""The folder of templates, and one file of it read: a file of its own, whole, and of a size that a template has."""

from __future__ import annotations

from pathlib import Path

from .grid import FormError

PACKAGE = Path(__file__).resolve().parents[1]
AGAIN = "请从原来的模板再复制一份。"
"""What helps whoever spoilt a file."""


def templates_folder() -> Path:
    """The folder with one folder for each format: inside an installed package, or beside it in a checkout."""
    installed = PACKAGE / "templates"
    return installed if installed.is_dir() else PACKAGE.parent / "templates"


def read_template(path: Path, largest: int) -> bytes:
    """The bytes of one file of a folder of templates, which may have come from anywhere.

    Raises:
        OSError: it is not there, or cannot be read.
        FormError: it is larger than ``largest`` bytes, no file but a pipe or a device, or a link: what it leads to
            was perhaps never meant to be printed. (An installed package may consist of links.)
    """
    if (path.is_symlink() or path.parent.is_symlink()) and not path.is_relative_to(templates_folder()):
        raise FormError(f"{path}：是指向别处的链接，没有读。{AGAIN}")
    if path.exists() and not path.is_file():
        raise FormError(f"{path}：不是文件，没有读。{AGAIN}")
    with path.open("rb") as file:
        data = file.read(largest + 1)
    if len(data) > largest:
        raise FormError(f"{path}：文件太大，超过 {largest // 1024} KB，没有读。{AGAIN}")
    return data
