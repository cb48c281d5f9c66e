"""What is taken out of a part of the base document: who wrote it, what changed, and what leads out of the file."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING

from ..model.package import PackageError
from .wordml import NAMESPACE

if TYPE_CHECKING:
    from lxml.etree import _Element

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
"""How types of relations begin."""
MAIN = "officeDocument"
"""The kind of the part with the text."""
MOST_STYLES = 1000
_W, _R = f"{{{NAMESPACE}}}", f"{{{OFFICE}}}"

_SETTINGS = frozenset(
    f"{_W}{name}"
    for name in (
        *("zoom", "mirrorMargins", "gutterAtTop", "bordersDoNotSurroundHeader", "bordersDoNotSurroundFooter"),
        *("defaultTabStop", "autoHyphenation", "evenAndOddHeaders", "drawingGridHorizontalSpacing"),
        *(
            "drawingGridVerticalSpacing",
            "displayHorizontalDrawingGridEvery",
            "displayVerticalDrawingGridEvery",
        ),
        *("characterSpacingControl", "noLineBreaksAfter", "noLineBreaksBefore", "compat", "themeFontLang"),
        *("clrSchemeMapping", "decimalSymbol", "listSeparator", "displayBackgroundShape"),
    )
)
_DROPPED = frozenset(
    f"{_W}{name}"
    for name in (
        *("del", "moveFrom", "permStart", "permEnd", "proofErr", "dataBinding", "fldData", "sectPrChange"),
        *(
            "rPrChange",
            "pPrChange",
            "tblPrChange",
            "tblPrExChange",
            "trPrChange",
            "tcPrChange",
            "tblGridChange",
        ),
        *(
            "numberingChange",
            "cellIns",
            "cellDel",
            "cellMerge",
            "printerSettings",
            "object",
            "control",
            "altChunk",
        ),
        *(
            "commentRangeStart",
            "commentRangeEnd",
            "commentReference",
            "footnoteReference",
            "endnoteReference",
        ),
        *(f"{move}Range{end}" for move in ("moveFrom", "moveTo") for end in ("Start", "End")),
        *(
            f"customXml{what}Range{end}"
            for what in ("Ins", "Del", "MoveFrom", "MoveTo")
            for end in ("Start", "End")
        ),
    )
)
"""What tells who changed what, needs a part that is not taken, or refers out of the file."""
_OPENED = frozenset(f"{_W}{name}" for name in ("ins", "moveTo", "hyperlink", "smartTag", "customXml"))
"""What is taken away around its content."""
_VML = "{urn:schemas-microsoft-com:office:office}"
_LINKS = frozenset(["href", "src", "title", f"{_VML}href", f"{_VML}title"])
_FIELD = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTION|SECTIONPAGES|STYLEREF|TITLE)\b")
"""The fields of a header that only speak of the document."""


def clean(kind: str, root: _Element) -> None:
    """Take out of a part what no report shall have.

    Raises:
        PackageError: it has no page, or styles that cannot be.
    """
    if kind == MAIN:
        _empty(root)
    elif kind == "styles":
        _check_styles(root)
    elif kind == "settings":
        _keep(root, _SETTINGS)
    _drop(root)
    _drop_fields(root)


def ids_in(root: _Element) -> set[str]:
    """The relations a part speaks of."""
    return {
        str(value)
        for each in root.iter("{*}*")
        for key, value in each.attrib.items()
        if str(key).startswith(_R)
    }


def _empty(root: _Element) -> None:
    """Leave of the document nothing but its last section: page, headers, footers."""
    body = root.find(f"{_W}body")
    if body is None or body.find(f"{_W}sectPr") is None:
        raise PackageError("里面没有页面设置。")
    _keep(root, {f"{_W}body"})
    _keep(body, {f"{_W}sectPr"})


def _keep(parent: _Element, tags: Collection[str]) -> None:
    for child in list(parent):
        if child.tag not in tags:
            parent.remove(child)


def _drop(root: _Element) -> None:
    """Take out people, changes, links, and what needs parts that are not taken."""
    for each in list(root.iter("{*}*")):
        if each.tag in _DROPPED:
            _remove(each)
        elif each.tag in _OPENED:
            _open(each)
        elif not str(each.tag).startswith(_W):
            for name in _LINKS.intersection(map(str, each.attrib)):
                del each.attrib[name]


def _drop_fields(root: _Element) -> None:
    """Take out the fields that fetch something from elsewhere; what they showed last stays as text."""
    for each in list(root.iter(f"{_W}fldSimple")):
        if not _FIELD.match(each.get(f"{_W}instr", "")):
            _open(each)
    opened = list[list["_Element"]]()
    closed = list[list["_Element"]]()
    for each in root.iter(f"{_W}fldChar", f"{_W}instrText", f"{_W}delInstrText"):
        kind = each.get(f"{_W}fldCharType") if each.tag == f"{_W}fldChar" else None
        if kind == "begin":
            opened.append([])
        if opened:
            opened[-1].append(each)
        else:
            closed.append([each])
        if kind == "end" and opened:
            closed.append(opened.pop())
    for marks in (*opened, *closed):
        written = "".join(each.text or "" for each in marks if each.tag == f"{_W}instrText")
        if not _FIELD.match(written):
            for each in marks:
                _remove(each)


def drop_dangling(root: _Element, kept: Collection[str]) -> None:
    """Take out what refers to parts that were not taken."""
    for each in list(root.iter("{*}*")):
        if any(str(key).startswith(_R) and value not in kept for key, value in each.attrib.items()):
            _remove(each)


def _remove(each: _Element) -> None:
    parent = each.getparent()
    if parent is not None:
        parent.remove(each)


def _open(each: _Element) -> None:
    """Put what is in an element in its place."""
    parent = each.getparent()
    if parent is not None:
        at = parent.index(each)
        inner = [child for child in each if child.tag not in (f"{_W}smartTagPr", f"{_W}customXmlPr")]
        parent[at : at + 1] = inner


def _check_styles(root: _Element) -> None:
    """Refuse styles that go round in a circle, and more of them than anybody has."""
    styles = root.findall(f"{_W}style")
    if len(styles) > MOST_STYLES:
        raise PackageError(f"里面的样式太多，超过 {MOST_STYLES} 个。")
    below, names, sound = dict[str, str](), dict[str, str](), set[str]()
    for style in styles:
        id = style.get(f"{_W}styleId", "")
        if id not in names:
            base, name = style.find(f"{_W}basedOn"), style.find(f"{_W}name")
            names[id] = id if name is None else name.get(f"{_W}val", id)
            if base is not None:
                below[id] = base.get(f"{_W}val", "")
    for id in below:
        seen = dict[str, None]()
        while id in below and id not in sound:
            if id in seen:
                raise PackageError(
                    f"样式“{names[id]}”以自己为基准，或以自己下面的样式为基准，请在 Word 里改它的“样式基准”。"
                )
            seen[id] = None
            id = below[id]
        sound.update(seen)
