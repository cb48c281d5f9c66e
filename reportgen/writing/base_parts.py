"""``report.docx`` of a folder of templates -> a package that holds nothing but what a report takes from it.

A base document may come from another office, and whatever is in it would be in every report: names of people,
the office's own template, addresses, macros, pictures in hiding. So it is made anew of the parts that are known
(page, styles, settings, fonts, numbering, headers and footers with their pictures), under names of our own, without
what leads out of the file or says who wrote it.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from ..model.package import Package, PackageError
from .bare_picture import bare
from .base_cleaning import MAIN, OFFICE, clean, drop_dangling, ids_in
from .package import EARLIEST, content_types
from .wordml import attribute

if TYPE_CHECKING:
    from lxml.etree import _Element

LARGEST_FILE = 8 * 1024 * 1024
LARGEST_XML = 1024 * 1024
"""Bytes of a part; the project's own take 8 KB, those of an old Word 450 KB."""
LARGEST_PICTURE = 4 * 1024 * 1024

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"

_TAKEN: Mapping[str, tuple[str, ...]] = {
    MAIN: ("styles", "settings", "fontTable", "numbering", "theme", "header", "footer"),
    "header": ("image",),
    "footer": ("image",),
}
"""What each kind of part may lead to; the kinds are the last words of the types of relations."""
_BY_ID = ("header", "footer", "image")
"""Kinds that are taken where their part speaks of them."""
_CONTENT = {
    MAIN: f"{_TYPES}.document.main+xml",
    **{
        kind: f"{_TYPES}.{kind}+xml"
        for kind in ("styles", "settings", "fontTable", "numbering", "header", "footer")
    },
    "theme": "application/vnd.openxmlformats-officedocument.theme+xml",
}
_PICTURES = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpeg", b"GIF8": "gif", b"BM": "bmp"}
"""Kinds of pictures by the bytes they begin with."""

_CORE_PART = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties '
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    "<dc:title></dc:title><dc:creator></dc:creator><dc:language>zh-CN</dc:language></cp:coreProperties>"
)
"""The properties of no document in particular."""


@lru_cache(maxsize=2)
def base_package(data: bytes) -> bytes:
    """The base document made anew of its known parts.

    Raises:
        PackageError: it is no Word file, too large, or its styles go round in a circle.
    """
    return _Taking(Package.of(data)).packed()


@dataclass(frozen=True)
class _Taking:
    """The parts taken so far from a foreign package."""

    package: Package
    parts: dict[str, bytes] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    named: dict[str, str] = field(default_factory=dict)
    """The names of the parts taken by the names they had."""

    def packed(self) -> bytes:
        main = next((target for _, kind, target in self._relations("") if kind == MAIN), None)
        if main is None:
            raise PackageError("文件损坏了，或不是 Word 文件。")
        self.take(MAIN, main)
        self.parts["docProps/core.xml"] = _CORE_PART.encode()
        self.types["docProps/core.xml"] = "application/vnd.openxmlformats-package.core-properties+xml"
        self._relate(
            "", [("rId1", f"{OFFICE}/{MAIN}", self.named[main]), ("rId2", _CORE, "docProps/core.xml")]
        )
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
            types = {f"/{name}": kind for name, kind in self.types.items()}
            first = {"[Content_Types].xml": content_types(types).encode()}
            for name, data in {**first, **self.parts}.items():
                archive.writestr(zipfile.ZipInfo(name, EARLIEST), data)
        return out.getvalue()

    def take(self, kind: str, old: str) -> None:
        """Take a part and those it leads to."""
        if old in self.named:
            return
        if kind == "image":
            self._take_picture(old)
            return
        number = (
            "" if kind not in _BY_ID else str(1 + sum(type == _CONTENT[kind] for type in self.types.values()))
        )
        name = "word/document.xml" if kind == MAIN else f"word/{kind}{number}.xml"
        root = self._root(old)
        before = _bytes(root)
        self.named[old], self.types[name] = name, _CONTENT[kind]
        self.parts[name] = b""  # its place, before the parts it leads to
        clean(kind, root)
        used = ids_in(root)
        related = []
        for id, inner, target in self._relations(old):
            if inner in _TAKEN.get(kind, ()) and (inner not in _BY_ID or id in used):
                self.take(inner, target)
                if target in self.named:
                    related.append((id, f"{OFFICE}/{inner}", self.named[target]))
        drop_dangling(root, {id for id, *_ in related})
        now = _bytes(root)
        self.parts[name] = self.package.parts[old] if now == before else now
        self._relate(name, related)

    def _take_picture(self, old: str) -> None:
        data = self.package.parts[old]
        kind = next((kind for start, kind in _PICTURES.items() if data.startswith(start)), None)
        if kind is None:
            return
        if len(data) > LARGEST_PICTURE:
            raise PackageError(f"里面有一张图片太大，超过 {LARGEST_PICTURE // 1024 // 1024} MB。")
        number = 1 + sum(name.startswith("word/media/") for name in self.parts)
        name = f"word/media/image{number}.{kind}"
        self.named[old], self.types[name], self.parts[name] = name, f"image/{kind}", bare(data)

    def _root(self, name: str) -> _Element:
        if len(self.package.parts.get(name, b"")) > LARGEST_XML:
            raise PackageError(f"里面的 {posixpath.basename(name)} 太大，超过 {LARGEST_XML // 1024} KB。")
        root = self.package.xml(name)
        if root is None:
            raise PackageError("文件损坏了，或不是 Word 文件。")
        return root

    def _relations(self, name: str) -> Iterator[tuple[str, str, str]]:
        """The relations of a part that stay in the file and whose part is there: id, kind, name of the part."""
        folder, base = posixpath.split(name)
        relations = self.package.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        for each in () if relations is None else relations.iterfind(f"{{{_RELATIONS}}}Relationship"):
            type, target = each.get("Type", ""), each.get("Target", "")
            path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            if (
                type.startswith(f"{OFFICE}/")
                and each.get("TargetMode") != "External"
                and path in self.package.parts
            ):
                yield each.get("Id", ""), type.rpartition("/")[2], path

    def _relate(self, name: str, relations: Collection[tuple[str, str, str]]) -> None:
        if relations:
            folder, base = posixpath.split(name)
            items = "".join(
                f"<Relationship Id={attribute(id)} Type={attribute(type)} Target={attribute('/' + target)}/>"
                for id, type, target in relations
            )
            self.parts[posixpath.join(folder, "_rels", f"{base}.rels")] = (
                f'<Relationships xmlns="{_RELATIONS}">{items}</Relationships>'.encode()
            )


def _bytes(root: _Element) -> bytes:
    from lxml import etree

    return etree.tostring(root, encoding="UTF-8", standalone=True)
