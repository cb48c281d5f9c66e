"""The body of a Word file as lines and tables, as it is with all tracked changes accepted.

ECMA-376 part 1, section 17.13.5 (revisions). Elements are told by their local names: files of Word's strict format
have another namespace.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_INSERTED, _DELETED = {"ins", "moveTo"}, {"del", "moveFrom"}
_TRANSPARENT = {"sdt", "sdtContent", "smartTag", "hyperlink", "fldSimple", "customXml", "dir", "bdo"}
_CHARACTERS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_FOREIGN = {
    "drawing": "图片或文本框",
    "pict": "图片或文本框",
    "object": "嵌入的对象",
    "footnoteReference": "脚注",
    "endnoteReference": "尾注",
    "oMath": "公式",
    "altChunk": "另一个文件的内容",
}
"""What cannot be taken into an input file, by element."""


@dataclass(frozen=True)
class Edit:
    """A tracked change: its author, the place in the text it was made at, and what it deleted there."""

    author: str
    start: int
    end: int
    deleted: str = ""
    moves: bool = False
    """Whether a whole paragraph moved by it, or was split off or joined: a mark of a paragraph changed."""


@dataclass
class Line:
    """One paragraph, or what a table cell holds."""

    text: str = ""
    starts: dict[str, int] = field(default_factory=dict)
    """Where the range of each comment begins, by the comment's id."""
    ends: dict[str, int] = field(default_factory=dict)
    foreign: set[str] = field(default_factory=set)
    """What stands in it besides text, in Chinese."""
    edits: list[Edit] = field(default_factory=list)
    """Who changed it, where changes were tracked."""


@dataclass
class Grid:
    """One table: its rows of cells as they stand in the file; a cell of a merged column is empty."""

    rows: list[list[Line]] = field(default_factory=list)


def blocks(body: _Element) -> list[Line | Grid]:
    """The lines and tables of a body in their order."""
    found: list[Line | Grid] = []
    joined: Line | None = None  # a paragraph whose end is deleted goes on in the next one
    for element in _children(body):
        name = _name(element)
        if name == "tbl":
            found += [*(_split(joined) if joined else ()), _grid(element)]
            joined = None
        elif name == "p":
            line = joined or Line()
            _read(element, line)
            joined = line if _goes_on(element) else None
            if joined is None:
                found += _split(line)
        elif name in ("commentRangeStart", "commentRangeEnd") and not joined:
            line = Line()
            _read_one(element, line)
            joined = line if name == "commentRangeStart" else None
        elif name in _FOREIGN:
            found.append(Line(foreign={_FOREIGN[name]}))
    return [*found, *(_split(joined) if joined else ())]


def _name(element: _Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _children(element: _Element, *, changes: bool = False) -> Iterator[_Element]:
    """The children, those inside of controls, links and kept changes too; with ``changes``, these as they are."""
    for child in element:
        name = _name(child)
        if changes and (name in _DELETED or name in _INSERTED):
            yield child
        elif name in _DELETED:
            continue
        elif name in _INSERTED or name in _TRANSPARENT:
            yield from _children(child, changes=changes)
        elif name == "AlternateContent":
            for choice in child.iterfind("{*}Choice"):
                yield from _children(choice, changes=changes)
        else:
            yield child


def _read(paragraph: _Element, line: Line) -> None:
    _read_all(paragraph, line)
    for mark in paragraph.iterfind("{*}pPr/{*}rPr/*"):
        if _name(mark) in ("ins", "del", "moveTo"):
            line.edits.append(Edit(_value(mark, "author"), len(line.text), len(line.text), moves=True))
    if _is_numbered(paragraph):
        line.foreign.add("自动编号")


def _read_all(element: _Element, line: Line) -> None:
    """What stands in an element, that in kept changes too, and who made them."""
    for child in _children(element, changes=True):
        name = _name(child)
        if name in _DELETED:
            deleted = "".join(str(text.text or "") for text in child.iterfind(".//{*}delText"))
            deleted += "".join(str(text.text or "") for text in child.iterfind(".//{*}t"))
            line.edits.append(Edit(_value(child, "author"), len(line.text), len(line.text), deleted))
        elif name in _INSERTED:
            start = len(line.text)
            _read_all(child, line)
            line.edits.append(Edit(_value(child, "author"), start, len(line.text), moves=name == "moveTo"))
        else:
            _read_one(child, line)


def _read_one(element: _Element, line: Line) -> None:
    name = _name(element)
    if name == "r":
        _read_all(element, line)
    elif name in ("t", "delText"):
        line.text += (element.text or "").replace("\r", " ")
    elif name == "br" and _value(element, "type") in ("page", "column"):
        return
    elif name in _CHARACTERS:
        line.text += _CHARACTERS[name]
    elif name == "commentRangeStart":
        line.starts[_value(element, "id")] = len(line.text)
    elif name in ("commentRangeEnd", "commentReference"):
        line.ends.setdefault(_value(element, "id"), len(line.text))
    elif name in _FOREIGN:
        line.foreign.add(_FOREIGN[name])


def _grid(table: _Element) -> Grid:
    grid = Grid()
    for row in _children(table):
        if _name(row) == "tr" and not _is_dropped(row, "trPr"):
            cells = (cell for cell in _children(row) if _name(cell) == "tc")
            grid.rows.append([_cell(cell) for cell in cells])
    return grid


def _cell(cell: _Element) -> Line:
    whole = Line()
    for line in blocks(cell):
        if isinstance(line, Grid):
            whole.foreign.add("表中的表")
            continue
        at = len(whole.text)
        whole.starts |= {id: at + start for id, start in line.starts.items()}
        whole.ends |= {id: at + end for id, end in line.ends.items()}
        whole.foreign |= line.foreign
        whole.edits += [_moved(edit, at) for edit in line.edits]
        whole.text += line.text
    return whole


def _split(line: Line) -> list[Line | Grid]:
    """A line for each that a manual line break makes."""
    found: list[Line | Grid] = []
    at = 0
    for text in line.text.split("\n"):
        end = at + len(text)
        starts = {id: start - at for id, start in line.starts.items() if at <= start <= end}
        ends = {id: stop - at for id, stop in line.ends.items() if at <= stop <= end}
        edits = [_moved(edit, -at) for edit in line.edits if at <= edit.end and edit.start <= end]
        found.append(Line(text, starts, ends, set() if found else line.foreign, edits))
        at = end + 1
    return found


def _moved(edit: Edit, by: int) -> Edit:
    return replace(edit, start=edit.start + by, end=edit.end + by)


def _goes_on(paragraph: _Element) -> bool:
    """Whether the end of the paragraph is deleted, so that the next one joins it."""
    mark = paragraph.find("{*}pPr/{*}rPr")
    return mark is not None and mark.find("{*}del") is not None


def _is_dropped(row: _Element, properties: str) -> bool:
    found = row.find(f"{{*}}{properties}")
    return found is not None and found.find("{*}del") is not None


def _is_numbered(paragraph: _Element) -> bool:
    number = paragraph.find("{*}pPr/{*}numPr/{*}numId")
    return number is not None and _value(number, "val") not in ("", "0")


def _value(element: _Element, name: str) -> str:
    """An attribute by its local name."""
    return next((str(v) for key, v in element.attrib.items() if str(key).rpartition("}")[2] == name), "")
