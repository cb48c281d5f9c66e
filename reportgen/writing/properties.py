"""What a Word file says of itself in parts of their own: see :mod:`reportgen.model.provenance` for names and meaning."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from .. import __version__
from ..model.content import Content
from ..model.package import PROPERTIES
from ..model.provenance import CONTENT, DRAFT, INPUT, NAMESPACE, VERSION, Origin, made_from_xml
from .wordml import attribute, text_xml

if TYPE_CHECKING:
    from docx.opc.part import Part
    from docx.package import Package

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_TYPES = "application/vnd.openxmlformats-officedocument"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The format id of custom properties (ECMA-376 part 1, 22.3)."""
_ITEM_ID = "{5B1F6E0C-6C0B-4B0E-9E0B-52F9E7C3A001}"


def properties_of(content: Content, origin: Origin) -> dict[str, str]:
    """The properties of a file but for its seal."""
    draft = {} if origin.draft is None else {DRAFT: str(origin.draft)}
    return {VERSION: __version__, **draft, INPUT: origin.input, CONTENT: content.fingerprint}


def custom_xml(properties: Mapping[str, str]) -> bytes:
    """The part with the custom properties."""
    items = "".join(
        f'<property fmtid="{_FORMAT_ID}" pid="{number}" name={attribute(name)}>'
        f"<vt:lpwstr>{text_xml(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(properties.items(), 2)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<Properties xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes">{items}</Properties>'
    ).encode()


def add_properties(package: Package) -> None:
    """Make room for the custom properties."""
    relation = f"{_OFFICE}/relationships/custom-properties"
    package.relate_to(_part(package, f"/{PROPERTIES}", f"{_TYPES}.custom-properties+xml", b""), relation)


def add_made_from(package: Package, content: Content, origin: Origin) -> None:
    """Put into the package what the draft was made from."""
    item = _part(
        package,
        package.next_partname("/customXml/item%d.xml"),
        "application/xml",
        made_from_xml(origin.source, content).encode(),
    )
    described = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<ds:datastoreItem ds:itemID="{_ITEM_ID}" '
        f'xmlns:ds="{_OFFICE}/customXml"><ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs>'
        "</ds:datastoreItem>"
    )
    name = package.next_partname("/customXml/itemProps%d.xml")
    properties = _part(package, name, f"{_TYPES}.customXmlProperties+xml", described.encode())
    package.main_document_part.relate_to(item, f"{_OFFICE}/relationships/customXml")
    item.relate_to(properties, f"{_OFFICE}/relationships/customXmlProps")


def _part(package: Package, name: str, content_type: str, data: bytes) -> Part:
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    return Part(PackURI(name), content_type, data, package)
