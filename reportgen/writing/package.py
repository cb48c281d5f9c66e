"""A Word package as bytes that are the same on every machine."""

from __future__ import annotations

import io
import zipfile
from typing import Protocol

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first date a zip file knows; no entry tells when it was made."""


class Savable(Protocol):
    """What python-docx calls a document: it can save itself to a stream."""

    def save(self, path_or_stream: io.BytesIO) -> None: ...


def package_bytes(document: Savable) -> bytes:
    """The document as a zip file whose bytes depend on nothing but its content.

    The parts are stored, not compressed: another zlib, as in another Python, may compress otherwise.
    """
    saved = io.BytesIO()
    document.save(saved)
    out = io.BytesIO()
    with zipfile.ZipFile(saved) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as package:
        for name in parts.namelist():
            entry = zipfile.ZipInfo(name, EARLIEST)
            entry.create_system = 0
            package.writestr(entry, parts.read(name))
    return out.getvalue()
