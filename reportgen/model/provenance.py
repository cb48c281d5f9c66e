"""What a file that was written says of itself, so that a folder of drafts explains itself without hidden state.

A Word file carries custom properties (``docProps/custom.xml``) with the names below, and a draft also carries what
it was made from: the whole input and the content as it was printed then, as JSON in a custom XML part of its own
namespace. LibreOffice 7.4 keeps both, to the letter, when it saves the file anew. A web page carries the same
properties in a comment on its last line.

The seal is made of the parts that hold the content. Whoever edits the file, or saves it anew, breaks it: the
properties then still tell which draft it was, and the seal that it is no longer what was written.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from html import escape
from typing import Any

from .content import Content

VERSION, DRAFT, INPUT, CONTENT, SEAL = (
    f"reportgen.{name}" for name in ("version", "draft", "input", "content", "seal")
)
"""Version of the tool; number of the draft, missing in a final; SHA-256 of the input file's bytes; fingerprint of the
content; seal."""

NAMESPACE = "urn:reportgen:made-from"
"""Of the custom XML part that holds the input and the content of a draft."""

LARGEST = 64 * 1024 * 1024
"""Bytes of an unpacked package: a larger one is none of ours. A report with every finding has about 1 MB."""

_SEALED = ("word/", "customXml/")
_ITEM = re.compile(r"customXml/item\d+\.xml")
_NOT_XML = re.compile("[\ufffe\uffff]")
_PAGE = re.compile(rb"<!-- reportgen (\{.*\}) -->\s*\Z")


@dataclass(frozen=True)
class Origin:
    """What a file is, and what it was made from."""

    source: str
    """The input file's text, with its line ends."""
    input: str
    """SHA-256 of the input file's bytes, in hexadecimal."""
    draft: int | None = None
    """The number of the draft; None for the final."""


@dataclass(frozen=True)
class Package:
    """The unpacked parts of a Word file by name; empty where it is none, is damaged, encrypted or far too large."""

    parts: Mapping[str, bytes]

    @classmethod
    def of(cls, data: bytes) -> Package:
        """Unpack a file; never fails."""
        import zipfile
        import zlib

        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                entries = archive.infolist()
                names = {entry.filename for entry in entries}
                if len(names) < len(entries) or sum(entry.file_size for entry in entries) > LARGEST:
                    return cls({})
                return cls({entry.filename: archive.read(entry) for entry in entries})
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            RuntimeError,
            NotImplementedError,
            ValueError,
            EOFError,
        ):
            return cls({})

    @cached_property
    def properties(self) -> dict[str, str]:
        """The custom properties that are text."""
        root = _xml(self.parts.get("docProps/custom.xml", b""))
        if root is None:
            return {}
        found = {item.get("name"): "".join(item.itertext()) for item in root.iterfind("{*}property")}
        return {str(name): value for name, value in found.items() if name}

    @property
    def seal(self) -> str:
        """The seal its parts have now."""
        return seal_of_parts(self.parts)

    @cached_property
    def made_from(self) -> dict[str, Any]:
        """What a draft carries of its making: ``input`` and ``content``; empty where it carries nothing."""
        for name, data in self.parts.items():
            root = _xml(data) if _ITEM.fullmatch(name) else None
            if root is not None and root.tag == f"{{{NAMESPACE}}}made":
                try:
                    found = json.loads("".join(root.itertext()))
                except (ValueError, RecursionError):
                    return {}
                return found if isinstance(found, dict) else {}
        return {}


def seal_of_parts(parts: Mapping[str, bytes]) -> str:
    """The seal: SHA-256 over the names and the bytes of the parts that hold the content, in hexadecimal."""
    digest = hashlib.sha256()
    for name in sorted(name for name in parts if name.startswith(_SEALED)):
        digest.update(f"{name} {len(parts[name])}\n".encode())
        digest.update(parts[name])
    return digest.hexdigest()


@dataclass(frozen=True, eq=False)
class Provenance:
    """What a Word file or web page says of its making; unpacked once, whatever is asked of it."""

    data: bytes

    @cached_property
    def properties(self) -> dict[str, str]:
        """The properties by the names above; empty where it says nothing."""
        if self._page is None:
            return self._package.properties
        try:
            found = json.loads(self._page[1])
        except (ValueError, RecursionError):
            return {}
        return {str(name): str(value) for name, value in found.items()}

    @cached_property
    def is_untouched(self) -> bool:
        """Whether the file is still as it was written. A file of unknown origin is not."""
        page = self._page
        now = hashlib.sha256(self.data[: page.start()]).hexdigest() if page else self._package.seal
        return self.properties.get(SEAL) == now

    @property
    def source(self) -> str | None:
        """The whole text of the input file as it was when the draft was made, with its line ends; None in a final."""
        source = self._package.made_from.get("input")
        return source if isinstance(source, str) else None

    @cached_property
    def content(self) -> Content | None:
        """What the draft said when it was made, whatever has been edited since; None where it does not tell."""
        try:
            stored = self._package.made_from["content"]
            content = Content(
                str(stored["title"]),
                {str(cell): str(figure) for cell, figure in stored["figures"].items()},
                {str(part): tuple(map(str, texts)) for part, texts in stored["texts"].items()},
            )
        except (KeyError, TypeError, AttributeError):
            return None
        return content if content.fingerprint == self._package.properties.get(CONTENT) else None

    @cached_property
    def _page(self) -> re.Match[bytes] | None:
        return _PAGE.search(self.data)

    @cached_property
    def _package(self) -> Package:
        return Package.of(self.data)


def made_from_xml(source: str, content: Content) -> str:
    """The custom XML part that :class:`Provenance` reads."""
    text = json.dumps({"input": source, "content": asdict(content)}, ensure_ascii=False)
    text = _NOT_XML.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<made xmlns="{NAMESPACE}">{escape(text, quote=False)}</made>'


def sealed_page(page: str, properties: Mapping[str, str]) -> bytes:
    """A web page with its properties and its seal on a last line of its own."""
    data = page.encode()
    said = json.dumps({**properties, SEAL: hashlib.sha256(data).hexdigest()})
    return data + f"<!-- reportgen {said} -->\n".encode()


def _xml(data: bytes) -> Any:
    """The root of an XML part without a DTD, or None."""
    from lxml import etree

    if not data or b"<!DOCTYPE" in data:
        return None
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return None
