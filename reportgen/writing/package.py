"""A Word package as bytes that are the same on every machine."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..model.package import PROPERTIES
from ..model.provenance import SEAL, seal_of_parts
from .properties import custom_xml
from .wordml import attribute

if TYPE_CHECKING:
    from docx.opc.package import OpcPackage

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first date a zip file knows; no entry tells when it was made."""

_CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONSHIPS = "application/vnd.openxmlformats-package.relationships+xml"


def package_bytes(package: OpcPackage, properties: Mapping[str, str] | None = None) -> bytes:
    """The package as a zip file whose bytes depend on nothing but its parts (ECMA-376, part 2).

    ``properties`` become its custom properties, for which there must be a part, and are sealed. The parts are stored, not compressed: another zlib, as in another Python, may compress otherwise.
    """
    files = {"_rels/.rels": package.rels.xml}
    types = {}
    for part in package.iter_parts():
        name = str(part.partname)
        types[name] = part.content_type
        files[name.lstrip("/")] = part.blob
        if part.rels:
            files[part.partname.rels_uri.lstrip("/")] = part.rels.xml
    if properties:
        files[PROPERTIES] = custom_xml({**properties, SEAL: seal_of_parts(files)})
    return stored({"[Content_Types].xml": content_types(types), **files})


def stored(files: Mapping[str, str | bytes]) -> bytes:
    """A zip file whose bytes depend on nothing but its files: their names, their bytes, their order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, EARLIEST)
            entry.create_system = 0
            archive.writestr(entry, data)
    return out.getvalue()


def content_types(types: dict[str, str]) -> str:
    """The part that tells what each part is; ``types`` by their names, which begin with a slash."""
    overrides = "".join(
        f"<Override PartName={attribute(name)} ContentType={attribute(kind)}/>"
        for name, kind in types.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<Types xmlns="{_CONTENT_TYPES}"><Default Extension="rels" ContentType="{_RELATIONSHIPS}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )
