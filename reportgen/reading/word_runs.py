"""A paragraph of a Word file -> one line, as it is with all tracked changes accepted.

ECMA-376 part 1, sections 17.3 (runs), 17.13.5 (revisions) and 17.16 (fields). Every run, field and object is read, or
said not to be understood; what is struck out by its look, or hidden, is kept apart from the text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .word_elements import (
    CHARACTERS,
    DELETED,
    FOREIGN,
    INSERTED,
    NOTHING,
    OWN_FIELDS,
    SILENT_FIELDS,
    TRANSPARENT,
    name,
    value,
)
from .word_lines import Edit, Line, Withheld
from .word_styles import HIDDEN, NUMBERED, STRUCK, Looks, Styles

if TYPE_CHECKING:
    from lxml.etree import _Element

LONGEST_TOLD = 30
"""Characters shown of what cannot be taken along."""


@dataclass
class _Field:
    """A field that is being read: what it is told to print, and whether it says that it printed anything."""

    instruction: str = ""
    is_result: bool = False
    has_printed: bool = False

    @property
    def told(self) -> str:
        return f"域（{_cut(self.instruction)}）"

    @property
    def is_understood(self) -> bool:
        """Whether all it prints has been read."""
        kind = (self.instruction.split() or [""])[0].upper()
        return kind in SILENT_FIELDS or (self.has_printed and kind.partition("\\")[0] not in OWN_FIELDS)


@dataclass
class Runs:
    """Reads the paragraphs of one part of a Word file in their order; a field may reach over several."""

    styles: Styles = field(default_factory=Styles)
    is_hidden: bool = False
    """Whether nothing of what is read is printed: a row of a table may be hidden as a whole."""
    _fields: list[_Field] = field(default_factory=list)
    _line: Line = field(default_factory=Line)
    _text: list[str] = field(default_factory=list)
    """The text of the line so far, in pieces."""
    _length: int = 0
    _withheld: list[tuple[Withheld, list[str]]] = field(default_factory=list)
    """What is withheld so far, and its text in pieces."""
    _paragraph: Looks = field(default_factory=dict)
    """What the style of the paragraph says."""
    _looks: Looks = field(default_factory=dict)
    """Those of the run."""
    _is_unseen: bool = False
    """Whether the run is white on white."""
    _author: str = ""
    """Who changed the looks of the run."""

    def taken(self) -> Line:
        """The line that has been read; the next one begins."""
        line, self._line = self._line, Line()
        line.text = "".join(self._text)
        line.withheld = [
            Withheld(each.at, "".join(text), each.is_hidden, each.author) for each, text in self._withheld
        ]
        line.foreign |= {f"没有写完的{each.told}" for each in self._fields if not each.is_result}
        self._fields = [each for each in self._fields if each.is_result]
        self._text, self._withheld, self._length = [], [], 0
        return line

    def close(self) -> Line | None:
        """A line that tells of fields that began and never ended."""
        left, self._fields = self._fields, []
        return Line(foreign={f"没有写完的{each.told}" for each in left}) if left else None

    def paragraph(self, paragraph: _Element) -> bool:
        """Read a paragraph; whether the next one joins it, because its end is deleted or hidden."""
        properties = next((each for each in paragraph if name(each) == "pPr"), None)
        looks = self.styles.of_paragraph(properties)
        own = self.styles.said(properties)
        self._paragraph = {look: on for look, on in {**looks, **own}.items() if look != NUMBERED}
        self.read(paragraph)
        self._paragraph = {}
        if {**looks, **own}.get(NUMBERED):
            self._line.foreign.add("自动编号")
        marks = [each for each in properties if name(each) == "rPr"] if properties is not None else []
        for change in (each for mark in marks for each in mark):
            if name(change) in ("ins", "del", "moveTo"):
                self._line.edits.append(Edit(value(change, "author"), self._length, self._length, moves=True))
        return any(
            any(name(each) == "del" for each in mark)
            or any(self.styles.said(mark).get(look) for look in HIDDEN)
            for mark in marks
        )

    def read(self, element: _Element) -> None:
        """What stands in an element."""
        for child in element:
            self.one(child)

    def one(self, element: _Element) -> None:
        """One element: text, what stands around text, or what is told."""
        kind = name(element)
        if kind == "r":
            self._run(element)
        elif kind in ("t", "delText"):
            self._add((element.text or "").replace("\r", " "))
        elif kind in CHARACTERS:
            if not (kind == "br" and value(element, "type") in ("page", "column")):
                self._add(CHARACTERS[kind])
        elif kind == "commentRangeStart":
            self._line.starts[value(element, "id")] = self._length
        elif kind in ("commentRangeEnd", "commentReference"):
            self._line.ends.setdefault(value(element, "id"), self._length)
        elif kind in NOTHING:
            return
        elif kind in DELETED:
            deleted = "".join(each.text or "" for each in element.iter("{*}delText", "{*}t"))
            self._line.edits.append(Edit(value(element, "author"), self._length, self._length, deleted))
        elif kind in INSERTED:
            start = self._length
            self.read(element)
            self._line.edits.append(
                Edit(value(element, "author"), start, self._length, moves=kind == "moveTo")
            )
        elif kind in TRANSPARENT:
            self._around(element, kind)
        elif kind in ("fldSimple", "fldChar", "instrText"):
            self._field(element, kind)
        elif kind == "ruby":
            self._ruby(element)
        elif kind == "AlternateContent":
            self._alternate(element)
        else:
            local = kind.rpartition("}")[2]
            text = _cut("".join(_texts(element)))
            what = FOREIGN.get(local) or f"看不懂的内容（{_cut(local)}）"
            self._tell(f"{what}（里面写着“{text}”）" if text else what)

    def _run(self, run: _Element) -> None:
        outer = self._looks, self._is_unseen, self._author
        properties = next((each for each in run if name(each) == "rPr"), None)
        self._looks = self.styles.of_run(properties, self._paragraph)
        self._is_unseen = self.styles.is_unseen(run, self._looks)
        change = (
            next((each for each in properties if name(each) == "rPrChange"), None)
            if properties is not None
            else None
        )
        self._author = "" if change is None else value(change, "author")
        self.read(run)
        self._looks, self._is_unseen, self._author = outer

    def _add(self, text: str) -> None:
        if any(not each.is_result for each in self._fields):
            return  # a part of what a field is told to print
        for each in self._fields:
            each.has_printed = True
        hidden = self.is_hidden or self._is_unseen or any(self._looks.get(look) for look in HIDDEN)
        struck = any(self._looks.get(look) for look in STRUCK)
        if not (hidden or struck) or not text.strip():
            self._text.append(text)
            self._length += len(text)
            return
        new = Withheld(self._length, "", hidden, self._author)
        if not self._withheld or self._withheld[-1][0] != new:
            self._withheld.append((new, []))
        self._withheld[-1][1].append(text)

    def _tell(self, what: str) -> None:
        for each in self._fields:
            each.has_printed = True
        self._line.foreign.add(what)

    def _around(self, element: _Element, kind: str) -> None:
        if kind in ("dir", "bdo") and value(element, "val") == "rtl":
            self._tell("从右向左写的文字")
        self.read(element)

    def _field(self, element: _Element, kind: str) -> None:
        """A field, or one of the marks in the text of which it is made: its beginning, its middle, its end."""
        mark = value(element, "fldCharType")
        if kind == "fldSimple":
            self._fields.append(_Field(value(element, "instr"), is_result=True))
            self.read(element)
            self._ended(self._fields.pop())
        elif kind == "instrText":
            if self._fields and len(self._fields[-1].instruction) <= LONGEST_TOLD:
                self._fields[-1].instruction += element.text or ""
            elif self._fields:
                return
            elif (element.text or "").strip():
                self._tell(f"域（{_cut(element.text or '')}）")
        elif mark == "begin":
            self._fields.append(_Field())
            self.read(element)
        elif self._fields and mark == "separate":
            self._fields[-1].is_result = True
        elif self._fields and mark == "end":
            self._ended(self._fields.pop())

    def _ended(self, ended: _Field) -> None:
        if not ended.is_understood:
            self._tell(ended.told)

    def _ruby(self, ruby: _Element) -> None:
        for part in ruby:
            if name(part) == "rt":
                self._tell(f"拼音指南（注音“{_cut(''.join(_texts(part)))}”）")
            elif name(part) == "rubyBase":
                self.read(part)
            else:
                self.one(part)

    def _alternate(self, element: _Element) -> None:
        """The same twice: for programs that know a newer element, and for those that do not."""
        parts = [each for each in element if name(each) in ("Choice", "Fallback")]
        if len({"".join(_texts(each)) for each in parts}) > 1:
            self._tell("在不同的软件里显示得不一样的内容")
        for each in parts[:1]:
            self.read(each)


def _texts(element: _Element) -> list[str]:
    return [each.text or "" for each in element.iter("{*}t")]


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_TOLD else f"{text[:LONGEST_TOLD]}…"
