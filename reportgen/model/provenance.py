"""What a file that was written says of itself, so that a folder of drafts explains itself without hidden state.

A Word file carries custom properties (``docProps/custom.xml``) with the names below, and a draft also carries what
it was made from: the whole input and the content as it was printed then, as JSON in a custom XML part of its own
namespace. LibreOffice 7.4 keeps both, to the letter, when it saves the file anew. A web page carries the same
properties in a comment on its last line, a PDF in a comment before its last cross-reference (ISO 32000-1, 7.2.3).

The seal is made of the parts that hold the content. Whoever edits the file, or saves it anew, breaks it: the
properties then still tell which draft it was, and the seal that it is no longer what was written.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cached_property
from html import escape
from typing import Any

from ..patterns import regex
from .content import Content
from .package import Package, PackageError

VERSION, DRAFT, INPUT, CONTENT, SEAL = (
    f"reportgen.{name}" for name in ("version", "draft", "input", "content", "seal")
)
"""Version of the tool; number of the draft, missing in a final; SHA-256 of the input file's bytes; fingerprint of the
content; seal."""

FRAGMENT = "reportgen.fragment"
"""SHA-256 of the fragment that goes with a page: what is pasted into a web site says nothing of its making itself."""

NAMESPACE = "urn:reportgen:made-from"
"""Of the custom XML part that holds the input and the content of a draft."""

_SEALED = ("word/", "customXml/", "xl/")
_ITEM = regex(r"customXml/item\d+\.xml")
_NOT_XML = regex("[\ufffe\uffff]")
_PAGE, _PDF = (b"<!-- reportgen ", b" -->"), (b"% reportgen ", b"\n")
"""How the note of a web page and of a PDF begins and ends; it is the last one."""
_LONGEST_NOTE = 10_000
_LONGEST_MADE_FROM = 8_000_000
"""Characters; the largest input file has two million."""


@dataclass(frozen=True)
class Origin:
    """What a file is, and what it was made from."""

    source: str | None
    """The input file's text, with its line ends; None where the file shall not carry it."""
    input: str
    """SHA-256 of the input file's bytes, in hexadecimal."""
    draft: int | None = None
    """The number of the draft; None for the final."""


def seal_of_parts(parts: Mapping[str, bytes]) -> str:
    """The seal: SHA-256 over the names and the bytes of the parts that hold the content, in hexadecimal."""
    digest = hashlib.sha256()
    for name in sorted(name for name in parts if name.startswith(_SEALED)):
        digest.update(f"{name} {len(parts[name])}\n".encode())
        digest.update(parts[name])
    return digest.hexdigest()


@dataclass(frozen=True, eq=False)
class Provenance:
    """What a Word file, web page or PDF says of its making; unpacked once, whatever is asked of it."""

    data: bytes
    page: Provenance | None = None
    """Of a fragment: that of the page it goes with."""

    @cached_property
    def package(self) -> Package:
        """Its parts, if it is a Word file.

        Raises:
            PackageError: it is none, or none that is safe to read.
        """
        return Package.of(self.data)

    @cached_property
    def properties(self) -> Mapping[str, str]:
        """The properties by the names above; empty where it says nothing."""
        if self.page and not self._note:
            return self.page.properties
        try:
            found = json.loads(self.data[self._note]) if self._note else self._package.properties
        except (ValueError, RecursionError, PackageError):
            return {}
        return {str(name): str(value) for name, value in found.items()} if isinstance(found, Mapping) else {}

    @cached_property
    def is_untouched(self) -> bool:
        """Whether the file is still as it was written. A file of unknown origin is not."""
        if self._is_vouched_for:
            return True
        if self._note:
            begin, end = _PDF if self._is_pdf else _PAGE
            before = self.data[: self._note.start - len(begin)]
            after = self.data[self._note.stop + len(end) :] if self._is_pdf else b""
            sealed = hashlib.sha256(before + after).hexdigest()
        else:
            sealed = seal_of_parts(self._package.parts)
        return self.properties.get(SEAL) == sealed

    @property
    def source(self) -> str | None:
        """The whole text of the input file as it was when the draft was made, with its line ends; None where not carried."""
        source = self._made_from.get("input")
        return source if isinstance(source, str) else None

    @cached_property
    def content(self) -> Content | None:
        """What the draft said when it was made, whatever has been edited since; None where it does not tell."""
        try:
            stored = self._made_from["content"]
            content = Content(
                str(stored["title"]),
                {str(cell): str(figure) for cell, figure in stored["figures"].items()},
                {str(part): tuple(map(str, texts)) for part, texts in stored["texts"].items()},
            )
        except (KeyError, TypeError, AttributeError):
            return None
        return content if content.fingerprint == self.properties.get(CONTENT) else None

    @cached_property
    def _made_from(self) -> dict[str, Any]:
        """What a draft carries of its making: ``input`` and ``content``; empty where it carries nothing."""
        for name in filter(_ITEM.fullmatch, self._package.parts):
            with suppress(PackageError, ValueError, RecursionError):
                root = self._package.xml(name)
                if root is not None and root.tag == f"{{{NAMESPACE}}}made":
                    text = "".join(map(str, root.itertext()))
                    found = json.loads(text) if len(text) <= _LONGEST_MADE_FROM else None
                    return found if isinstance(found, dict) else {}
        return {}

    @property
    def _is_pdf(self) -> bool:
        return self.data.startswith(b"%PDF-")

    @cached_property
    def _is_vouched_for(self) -> bool:
        """Whether it is the very fragment that was made with the page."""
        return (
            self.page is not None
            and self.page.properties.get(FRAGMENT) == hashlib.sha256(self.data).hexdigest()
        )

    @cached_property
    def _note(self) -> slice | None:
        """Where the properties of a web page or PDF stand, in a comment."""
        begin, end = _PDF if self._is_pdf else _PAGE
        at = self.data.rfind(begin + b"{") + len(begin)
        stop = self.data.find(end, at)
        if at < len(begin) or stop < 0 or stop - at > _LONGEST_NOTE:
            return None
        is_last = self._is_pdf or not self.data[stop + len(end) :].strip()
        return slice(at, stop) if is_last and self.data[stop - 1 : stop] == b"}" else None

    @cached_property
    def _package(self) -> Package:
        """Its parts; none where it is no Word file that can be read."""
        try:
            return self.package
        except PackageError:
            return Package({})


def made_from_xml(source: str | None, content: Content) -> str:
    """The custom XML part that :class:`Provenance` reads; without the input where ``source`` is None."""
    made = {} if source is None else {"input": source}
    text = json.dumps({**made, "content": asdict(content)}, ensure_ascii=False)
    text = _NOT_XML.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<made xmlns="{NAMESPACE}">{escape(text, quote=False)}</made>'


def sealed_page(page: str, properties: Mapping[str, str]) -> bytes:
    """A web page with its properties and its seal on a last line of its own."""
    data = page.encode()
    said = json.dumps({**properties, SEAL: hashlib.sha256(data).hexdigest()})
    return data + f"<!-- reportgen {said} -->\n".encode()


def sealed_pdf(data: bytes, properties: Mapping[str, str]) -> bytes:
    """A PDF with its properties and its seal in a comment, which no offset in the file stands behind."""
    at = data.rfind(b"startxref")
    said = json.dumps({**properties, SEAL: hashlib.sha256(data).hexdigest()})
    return data[:at] + f"% reportgen {said}\n".encode() + data[at:] if at > 0 else data
