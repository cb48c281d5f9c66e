"""A file's bytes -> text, as Notepad and WPS save it: UTF-8 with or without BOM, GB18030, UTF-16 with BOM."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ..disk import why
from ..model.findings import unusable
from ..model.language import Language

_KINDS = " 或 ".join(Language)
LARGEST = 2 * 1024 * 1024
"""Bytes. A report with 30,000 characters of text has about 0.1 MB."""


@dataclass(frozen=True)
class Source:
    """A file's text as it stands there, and how it is encoded, so that it can be written back in the same way."""

    text: str
    """With the line ends of the file."""
    encoding: str
    bom: bytes = b""

    @property
    def normal(self) -> str:
        """The text with every line end a single line feed."""
        return self.text.replace("\r\n", "\n").replace("\r", "\n")

    @property
    def data(self) -> bytes:
        """The file as it was read."""
        return self._encoded

    def encode(self, text: str) -> bytes:
        """``text`` in the file's encoding; in UTF-8 where that lacks a character."""
        return self.with_text(text)._encoded

    def with_text(self, text: str) -> Source:
        """The file with another text: in the same encoding, in UTF-8 where that lacks a character."""
        other = Source(text, self.encoding, self.bom)
        try:
            other._encoded  # noqa: B018
        except UnicodeEncodeError:
            return Source(text, "utf-8")
        return other

    @cached_property
    def _encoded(self) -> bytes:
        return self.bom + self.text.encode(self.encoding)


def read_source(path: Path) -> Source:
    """The text of the file.

    Raises:
        InputError: there is no such file, it cannot be read, is empty, too large, or no text.
    """
    return source_of(_read_bytes(path), path)


def source_of(data: bytes, path: Path) -> Source:
    """The text of a file whose bytes are at hand.

    Raises:
        InputError: it is empty or no text.
    """
    if not data.strip():
        raise unusable(path, "文件是空的。", "请打开备份，或从示例重新填写。")
    source = _decoded(data, path)
    if "\0" in source.text:
        advice = f"输入文件要用记事本能打开的 {_KINDS}，不是 Word、Excel 或压缩包。"
        raise unusable(path, "这不是文本文件。", advice)
    return source


def _read_bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise unusable(path, "这是一个文件夹。", f"请写出里面那个 {_KINDS} 文件的名称。")
        if not path.exists():
            raise unusable(path, "没有这个文件。", "请核对文件名和所在的文件夹。")
        if not path.is_file():
            raise unusable(path, "这不是普通文件。", f"请给出 {_KINDS} 文件。")
        size = path.stat().st_size
        if size > LARGEST:
            raise unusable(
                path,
                f"文件有 {size / 1024 / 1024:.1f} MB，超过 {LARGEST // 1024 // 1024} MB，不像是年度报告的输入文件。",
                "请核对是不是选错了文件。",
            )
        return path.read_bytes()
    except OSError as error:
        raise unusable(
            path, f"文件读不出来（{why(error)}）。", "请关闭正在使用它的程序，并核对文件的权限。"
        ) from None
    except ValueError:
        raise unusable(path, "文件名不能用。", "请核对文件名。") from None


_BOMS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


def _decoded(data: bytes, path: Path) -> Source:
    for bom, encoding in _BOMS.items():
        if data.startswith(bom):
            return Source(_strict(data[len(bom) :], encoding, path), encoding, bom)
    try:
        return Source(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        if b"\0" in data:
            return Source("\0", "utf-8")
        if not _is_damaged_utf8(data):
            return Source(_strict(data, "gb18030", path), "gb18030")
        line = data.count(b"\n", 0, error.start) + 1
        raise unusable(
            path, f"第 {line} 行有损坏的文字。", "请打开备份，或改正这一行后另存为 UTF-8。", line
        ) from None


def _strict(data: bytes, encoding: str, path: Path) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        advice = "请用记事本打开，“另存为”时编码选 UTF-8；如果打开是乱码，这不是文本文件。"
        raise unusable(path, "文件的编码认不出来。", advice) from None


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether nearly all of it is Chinese in UTF-8: then GB18030 would turn it into other, wrong characters."""
    good = data.decode("utf-8", errors="ignore")
    chinese = sum("\u4e00" <= char <= "\u9fff" for char in good)
    lost = len(data) - len(good.encode("utf-8"))
    return chinese > 3 * lost
