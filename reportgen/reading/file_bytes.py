"""The bytes of a file that came back: from a reviewer, or from a web site."""

from __future__ import annotations

import errno
from pathlib import Path

from .. import disk
from ..model.findings import unusable
from ..model.package import LARGEST_FILE


def read_bytes(path: Path) -> bytes:
    """The bytes of a file that came back.

    Raises:
        InputError: there is no such file, it cannot be read, or is far too large.
    """
    if path.name.startswith(("~$", ".~")):
        raise unusable(
            path,
            "这是 Word 或 WPS 打开文件时自动生成的临时文件，不是稿子。",
            "请给出同一文件夹里名称相近、不带“~”的那个文件；它可能还开着，先保存并关闭。",
        )
    try:
        return disk.read(path, LARGEST_FILE)
    except OSError as error:
        raise unusable(path, *_refusal(error)) from None


def _refusal(error: OSError) -> tuple[str, str]:
    """What is wrong with the file, and what to do."""
    if isinstance(error, FileNotFoundError):
        return "没有这个文件。", "请核对文件名和所在的文件夹。"
    if isinstance(error, IsADirectoryError):
        return "这是一个文件夹。", "请核对文件名和所在的文件夹。"
    if error.errno == errno.ENODEV:
        return "这不是普通文件。", "请核对文件名和所在的文件夹。"
    if error.errno == errno.EFBIG:
        largest = f"文件超过 {LARGEST_FILE // 1024 // 1024} MB，不像是年度报告。"
        return largest, "请核对是不是选错了文件；如果里面有大图片，请删去图片。"
    return f"文件读不出来（{disk.why(error)}）。", "请关闭正在使用它的程序，并核对文件的权限。"
