"""A Word file's bytes -> its parts, safely: whatever the file is, unpacking it ends soon and in plain words."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zipfile import ZipInfo

    from lxml.etree import _Element

LARGEST_FILE = 30 * 1024 * 1024
LARGEST_UNPACKED = 64 * 1024 * 1024
LARGEST_PART = 20 * 1024 * 1024
"""Bytes of a part that is XML; a picture may be larger."""
MOST_ENTRIES = 2000
"""A draft has about 15 parts and 1 MB, with pictures of a reviewer perhaps 100 and 20 MB."""

PROPERTIES = "docProps/custom.xml"
"""The part with the custom properties."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files of Word 97–2003 begin, and encrypted ones of any Word."""
_AGAIN = "请在 Word 或 WPS 里打开它，另存为不加密的 .docx，再运行一次。"


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
            raise PackageError("文件加了密码，或是旧的 .doc 格式，读不出来。")
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                entries = archive.infolist()
                if len(data) > LARGEST_FILE or _is_bomb(entries):
                    raise PackageError("文件解开后大得不正常，没有读。", "请核对文件的来历。")
                if any(entry.flag_bits & 1 for entry in entries):
                    raise PackageError("文件加了密码，读不出来。")
                known = {entry.compress_type for entry in entries} <= {
                    zipfile.ZIP_STORED,
                    zipfile.ZIP_DEFLATED,
                }
                if known and len({entry.filename for entry in entries}) == len(entries):
                    return cls({entry.filename: archive.read(entry) for entry in entries})
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError):
            pass
        raise PackageError("文件损坏了，或不是 Word 文件。")

    def xml(self, name: str) -> _Element | None:
        """The root of a part; None where there is no such part.

        Raises:
            PackageError: it is no XML, or has a document type, which may refer to things outside of the file.
        """
        from lxml import etree

        if name not in self.parts:
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
        try:
            root = etree.fromstring(self.parts[name], parser)
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


def _is_bomb(entries: list[ZipInfo]) -> bool:
    """Whether it says of itself, before anything is unpacked, that it becomes far too large."""
    return (
        len(entries) > MOST_ENTRIES
        or sum(entry.file_size for entry in entries) > LARGEST_UNPACKED
        or any(entry.file_size > LARGEST_PART for entry in entries if entry.filename.endswith(".xml"))
    )
