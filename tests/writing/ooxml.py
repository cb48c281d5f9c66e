"""What the Open XML validator does not see in a Word file, found by plain XML; knows nothing of this project.

Word refuses, or repairs with a prompt, a cell without a paragraph, spans that do not add up to the grid, text
inside a deletion, two comments of one number; it silently drops an undefined style.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"


def problems(data: bytes) -> list[str]:
    """Everything that is wrong in the structure of a Word file; empty for a sound one."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
        if len(names) != len(set(names)):
            return ["two parts of one name"]
        parts = {name: package.read(name) for name in names}
    roots = {name: etree.fromstring(data) for name, data in parts.items() if name.endswith((".xml", ".rels"))}
    return [
        *_package(roots, set(names)),
        *(problem for name, root in roots.items() if name.startswith("word/") for problem in _tables(root)),
        *_styles(roots),
        *_revisions(roots),
        *_comments(roots),
        *_ids(roots),
    ]


def _package(roots: dict[str, etree._Element], names: set[str]) -> Iterator[str]:
    types = roots["[Content_Types].xml"]
    known = {item.get("PartName") for item in types.iter(f"{TYPES}Override")}
    endings = {item.get("Extension") for item in types.iter(f"{TYPES}Default")}
    for name in names - {"[Content_Types].xml"}:
        if f"/{name}" not in known and name.rpartition(".")[2] not in endings:
            yield f"{name} has no content type"
    for name in known:
        if str(name).lstrip("/") not in names:
            yield f"{name} has a content type but is not there"
    for name, root in roots.items():
        if not name.endswith(".rels"):
            continue
        folder = posixpath.dirname(posixpath.dirname(name))
        ids = [item.get("Id") for item in root]
        if len(ids) != len(set(ids)):
            yield f"{name}: two relationships of one id"
        for item in root:
            target = posixpath.normpath(posixpath.join("/", folder, str(item.get("Target")))).lstrip("/")
            if item.get("TargetMode") != "External" and target not in names:
                yield f"{name}: {target} is not there"
        source = name.replace("_rels/", "").removesuffix(".rels")
        if source in roots:
            used = {
                value
                for node in roots[source].iter()
                for key, value in node.attrib.items()
                if str(key).startswith(R)
            }
            yield from (f"{source} uses {missing}, which is no relationship" for missing in used - set(ids))


def _tables(root: etree._Element) -> Iterator[str]:
    for cell in root.iter(f"{W}tc"):
        if not len(cell) or cell[-1].tag != f"{W}p":
            yield "a cell does not end in a paragraph"
    for table in root.iter(f"{W}tbl"):
        grid = [int(column.get(f"{W}w", "0")) for column in table.findall(f"{W}tblGrid/{W}gridCol")]
        above: dict[int, int] = {}
        for row in table.findall(f"{W}tr"):
            column, merged = 0, {}
            for cell in row.findall(f"{W}tc"):
                span = cell.find(f"{W}tcPr/{W}gridSpan")
                columns = 1 if span is None else int(span.get(f"{W}val", "1"))
                width = cell.find(f"{W}tcPr/{W}tcW")
                if width is not None and int(width.get(f"{W}w", "0")) != sum(grid[column : column + columns]):
                    yield "the width of a cell is not that of its columns"
                merge = cell.find(f"{W}tcPr/{W}vMerge")
                if merge is not None:
                    if merge.get(f"{W}val", "continue") != "restart" and above.get(column) != columns:
                        yield "a merged cell continues nothing"
                    merged[column] = columns
                column += columns
            if column != len(grid):
                yield f"a row has {column} columns, the grid {len(grid)}"
            above = merged


def _styles(roots: dict[str, etree._Element]) -> Iterator[str]:
    defined: dict[str, str] = {}
    for style in roots["word/styles.xml"].iter(f"{W}style"):
        name = str(style.get(f"{W}styleId"))
        if name in defined:
            yield f"style {name} is defined twice"
        defined[name] = str(style.get(f"{W}type"))
    kinds = {
        "pStyle": "paragraph",
        "rStyle": "character",
        "tblStyle": "table",
        "basedOn": None,
        "next": "paragraph",
    }
    for part, root in roots.items():
        for tag, kind in kinds.items():
            for used in root.iter(f"{W}{tag}"):
                name = str(used.get(f"{W}val"))
                if name not in defined or kind not in (None, defined[name]):
                    yield f"{part}: {tag} {name} is not defined"


def _revisions(roots: dict[str, etree._Element]) -> Iterator[str]:
    for root in roots.values():
        for deletion in root.iter(f"{W}del"):
            if any(True for _ in deletion.iter(f"{W}t")):
                yield "text that is not deleted text inside a deletion"
        for text in root.iter(f"{W}delText"):
            if not any(parent.tag == f"{W}del" for parent in text.iterancestors()):
                yield "deleted text outside of a deletion"


def _comments(roots: dict[str, etree._Element]) -> Iterator[str]:
    document = roots["word/document.xml"]
    ids = {
        tag: [node.get(f"{W}id") for node in document.iter(f"{W}{tag}")]
        for tag in ("commentRangeStart", "commentRangeEnd", "commentReference")
    }
    comments = roots.get("word/comments.xml")
    there = [] if comments is None else [node.get(f"{W}id") for node in comments.iter(f"{W}comment")]
    for tag, found in ids.items():
        if sorted(map(str, found)) != sorted(map(str, there)):
            yield f"{tag} and the comments do not agree"


def _ids(roots: dict[str, etree._Element]) -> Iterator[str]:
    for tag in ("ins", "del", "bookmarkStart"):
        ids = [node.get(f"{W}id") for root in roots.values() for node in root.iter(f"{W}{tag}")]
        if len(ids) != len(set(ids)):
            yield f"two {tag} of one id"
    for part, root in roots.items():
        for node in root.iter(f"{W}t"):
            if re.search("[\x00-\x08]", node.text or ""):
                yield f"{part}: control characters"
