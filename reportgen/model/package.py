"""A Word file's bytes -> its parts, safely: whatever the file is, unpacking it ends soon and in plain words."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

    from lxml.etree import _Element

MEGABYTE = 1024 * 1024
LARGEST_FILE = 30 * MEGABYTE
LARGEST_UNPACKED = 64 * MEGABYTE
LARGEST_PART = 20 * MEGABYTE
"""Bytes of a part that is XML; a picture may be larger."""
MOST_ENTRIES = 2000
"""A draft has about 15 parts and 1 MB, with pictures of a reviewer perhaps 100 and 20 MB."""
MOST_TAGS = 500_000
"""Of one part, and as many attributes; a draft has about 7,000, saved by Word perhaps 50,000."""

PROPERTIES = "docProps/custom.xml"
"""The part with the custom properties."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files of Word 97–2003 begin, and encrypted ones of any Word."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The name of the stream that an encrypted file has in it ([MS-OFFCRYPTO] 2.3.4)."""
_OPENED_AGAIN = "请在 Word 或 WPS 里打开它，另存为"
_AGAIN = f"{_OPENED_AGAIN}不加密的 .docx，再运行一次。"
AS_WORD = f"{_OPENED_AGAIN} .docx，再运行一次。"
_DOUBTFUL = "请核对文件的来历；是自己的稿子的，请把正文复制到一个新文件里再试。"

_CHUNK = MEGABYTE
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_ENCODING = r"""<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([\w.-]{1,40})"""


class PackageError(Exception):
    """A file that is no Word file, or none that is safe to read: why, and what to do, in Chinese."""

    def __init__(self, message: str, advice: str = _AGAIN) -> None:
        self.message, self.advice = message, advice
        super().__init__(message + advice)


@dataclass(frozen=True)
class Package:
    """The unpacked parts of a Word file by name."""

    parts: Mapping[str, bytes]

    @classmethod
    def of(cls, data: bytes) -> Package:
        """Unpack a file.

        Raises:
            PackageError: it is no package, damaged, encrypted or far too large, has two parts of one name, or is
                packed as no Word file is (ECMA-376 part 2, annex B).
        """
        import zipfile
        import zlib

        if data.startswith(_OLE):
            if _ENCRYPTED in data:
                raise PackageError("文件加了密码，读不出来。")
            raise PackageError("这是旧的 .doc（或 .wps）格式，或加了密码，读不出来。")
        if data.startswith(b"{\\rtf"):
            raise PackageError("这是 .rtf 格式，不是 .docx。", AS_WORD)
        _hold(len(data) <= LARGEST_FILE, f"文件超过 {LARGEST_FILE // MEGABYTE} MB")
        # each entry of the directory begins so; told before the directory is read
        _hold(data.count(b"PK\x01\x02") <= MOST_ENTRIES, f"文件里的部件超过 {MOST_ENTRIES} 个")
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                entries = archive.infolist()
                _hold_sizes(entries)
                if any(entry.flag_bits & 1 for entry in entries):
                    raise PackageError("文件加了密码，读不出来。")
                known = {entry.compress_type for entry in entries} <= {
                    zipfile.ZIP_STORED,
                    zipfile.ZIP_DEFLATED,
                }
                if known and len({entry.filename for entry in entries}) == len(entries):
                    return cls({entry.filename: _unpacked(archive, entry) for entry in entries})
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError):
            pass
        raise PackageError("文件损坏了，或不是 Word 文件。")

    def xml(self, name: str) -> _Element | None:
        """The root of a part; None where there is no such part.

        Raises:
            PackageError: it is no XML, or has a document type, which may refer to things outside of the file.
        """
        from lxml import etree

        data = self.parts.get(name)
        if data is None:
            return None
        _hold_markup(name, data)
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            huge_tree=False,
            load_dtd=False,
            remove_comments=True,  # a comment within a text would end it
            remove_pis=True,
        )
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError:
            raise PackageError("文件损坏了，里面的内容读不出来。") from None
        if root.getroottree().docinfo.internalDTD is not None:
            raise PackageError("文件里引用了外部的内容（DTD），不安全，没有读。", "请核对文件的来历。")
        return root

    @cached_property
    def properties(self) -> Mapping[str, str]:
        """The custom properties that are text.

        Raises:
            PackageError: they cannot be read.
        """
        root = self.xml(PROPERTIES)
        items = () if root is None else root.iterfind("{*}property")
        return {str(item.get("name")): "".join(map(str, item.itertext())).strip() for item in items}


def _hold(is_held: bool, too_much: str) -> None:
    """Refuse a file that goes over a limit; ``too_much`` names it."""
    if not is_held:
        raise PackageError(f"{too_much}，大得不正常，没有读。", _DOUBTFUL)


def _hold_sizes(entries: list[ZipInfo]) -> None:
    """Refuse what says of itself, before anything is unpacked, that it becomes far too large."""
    _hold(len(entries) <= MOST_ENTRIES, f"文件里的部件超过 {MOST_ENTRIES} 个")
    whole = sum(entry.file_size for entry in entries)
    _hold(whole <= LARGEST_UNPACKED, f"文件解开后超过 {LARGEST_UNPACKED // MEGABYTE} MB")
    for entry in entries:
        if entry.filename.endswith((".xml", ".rels")):
            _hold(
                entry.file_size <= LARGEST_PART,
                f"{_shown(entry.filename)} 超过 {LARGEST_PART // MEGABYTE} MB",
            )


def _unpacked(archive: ZipFile, entry: ZipInfo) -> bytes:
    """A part, unpacked piece by piece and never further than it says it is long: more is no sound file."""
    with archive.open(entry) as packed:
        return b"".join(iter(lambda: packed.read(_CHUNK), b""))


def _hold_markup(name: str, data: bytes) -> None:
    """Refuse a part with more markup than any report has, before it is parsed.

    Parts are in UTF-8 or UTF-16 (ECMA-376 part 2, 8.1.4): in others a tag would not begin with the byte that is counted.
    """
    _hold(data.count(b"<") <= MOST_TAGS, f"{_shown(name)} 里的标记超过 {MOST_TAGS} 个")
    _hold(data.count(b"=") <= MOST_TAGS, f"{_shown(name)} 里的属性超过 {MOST_TAGS} 个")
    head = data[:500].replace(b"\0", b"")
    for mark in _MARKS:
        head = head.removeprefix(mark)
    text = head.decode("latin-1")
    encoding = re.match(_ENCODING, text)
    if not text.lstrip().startswith("<") or (
        encoding and not re.match("(?i)utf-?(8|16)|us-ascii", encoding[1])
    ):
        raise PackageError("文件损坏了，里面的内容读不出来。")


def _shown(name: str) -> str:
    return name if len(name) <= 60 else f"{name[:60]}…"
