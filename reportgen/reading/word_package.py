"""A Word file's bytes -> its XML parts, safely: whatever the file is, reading it ends soon and in plain words."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..model.findings import Finding, InputError, Severity

if TYPE_CHECKING:
    from lxml.etree import _Element

LARGEST_FILE = 30 * 1024 * 1024
LARGEST_UNPACKED = 100 * 1024 * 1024
LARGEST_PART = 20 * 1024 * 1024
MOST_ENTRIES = 2000
"""A draft has about 15 parts and 1 MB, with pictures of a reviewer perhaps 100 and 20 MB."""

DOCUMENT, COMMENTS, PROPERTIES = "word/document.xml", "word/comments.xml", "docProps/custom.xml"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files of Word 97–2003 begin, and encrypted ones of any Word."""
_AGAIN = "请在 Word 或 WPS 里打开它，另存为不加密的 .docx，再运行一次。"


@dataclass(frozen=True)
class WordPackage:
    """The parts of a Word file that matter here."""

    document: _Element
    comments: _Element | None
    properties: Mapping[str, str]
    """The custom properties that are text."""
    has_macros: bool
    """Macros are neither run nor read."""


def open_word(path: Path) -> WordPackage:
    """Read the parts of a Word file.

    Raises:
        InputError: there is no such file, or it is no Word file, damaged, encrypted, far too large, or refers to
            things outside of itself.
    """
    data = read_bytes(path)
    if data.startswith(_OLE):
        raise unusable(path, "文件加了密码，或是旧的 .doc 格式，读不出来。", _AGAIN)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _refuse_bomb(path, entries)
            names = {entry.filename for entry in entries}
            if any(entry.flag_bits & 1 for entry in entries):
                raise unusable(path, "文件加了密码，读不出来。", _AGAIN)
            if DOCUMENT not in names:
                raise unusable(path, "这不是 Word 文件。", "请给出 .docx 文件。")
            parts = {name: archive.read(name) for name in (DOCUMENT, COMMENTS, PROPERTIES) if name in names}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError):
        raise unusable(path, "文件损坏了，或不是 Word 文件。", _AGAIN) from None
    roots = {name: _parse(path, part) for name, part in parts.items()}
    properties = roots.get(PROPERTIES)
    return WordPackage(
        document=roots[DOCUMENT],
        comments=roots.get(COMMENTS),
        properties={} if properties is None else _properties(properties),
        has_macros=any(name.lower().endswith("vbaproject.bin") for name in names),
    )


def read_bytes(path: Path) -> bytes:
    """The bytes of a file that came back.

    Raises:
        InputError: there is no such file, it cannot be read, or is far too large.
    """
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
            f"文件读不出来（{error.strerror or error}）。",
            "请关闭正在使用它的程序，并核对文件的权限。",
        ) from None


def unusable(path: Path, message: str, advice: str) -> InputError:
    """The error for a file that cannot be used as a whole."""
    return InputError(path, [Finding("I01", Severity.ERROR, message, advice)])


def _refuse_bomb(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    """Look at what the file says it unpacks to, before anything is unpacked."""
    sizes = {entry.filename: entry.file_size for entry in entries}
    needed = max((sizes.get(name, 0) for name in (DOCUMENT, COMMENTS, PROPERTIES)), default=0)
    too_many = len(entries) > MOST_ENTRIES
    if too_many or sum(entry.file_size for entry in entries) > LARGEST_UNPACKED or needed > LARGEST_PART:
        raise unusable(path, "文件解开后大得不正常，没有读。", "请核对文件的来历。")


def _parse(path: Path, data: bytes) -> _Element:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        raise unusable(path, "文件损坏了，里面的内容读不出来。", _AGAIN) from None
    if b"<!DOCTYPE" in data:
        raise unusable(path, "文件里引用了外部的内容（DTD），不安全，没有读。", "请核对文件的来历。")
    return root


def _properties(root: _Element) -> dict[str, str]:
    found = {
        str(item.get("name")): "".join(str(t) for t in item.itertext())
        for item in root.iterfind("{*}property")
    }
    return {name: value.strip() for name, value in found.items()}
