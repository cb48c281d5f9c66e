"""The bytes of a file that came back: from a reviewer, or from a web site."""

from __future__ import annotations

from pathlib import Path

from ..disk import why
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
        if not path.is_file():
            what = "这是一个文件夹。" if path.is_dir() else "没有这个文件。"
            raise unusable(path, what, "请核对文件名和所在的文件夹。")
        if path.stat().st_size > LARGEST_FILE:
            raise unusable(
                path,
                f"文件超过 {LARGEST_FILE // 1024 // 1024} MB，不像是年度报告。",
                "请核对是不是选错了文件；如果里面有大图片，请删去图片。",
            )
        return path.read_bytes()
    except OSError as error:
        raise unusable(
            path,
            f"文件读不出来（{why(error)}）。",
            "请关闭正在使用它的程序，并核对文件的权限。",
        ) from None
