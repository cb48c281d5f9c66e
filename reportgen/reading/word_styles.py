"""What a run of a Word file looks like, as far as that says something: struck out, hidden, white on white, numbered.

What a run says of itself counts before its styles. Of the toggle properties of ECMA-376 part 1, 17.7.3, what a style of
characters says is turned over where the style of the paragraph says it too.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .word_elements import name, value

if TYPE_CHECKING:
    from lxml.etree import _Element

STYLES, NUMBERING = "word/styles.xml", "word/numbering.xml"
STRUCK, HIDDEN = {"strike", "dstrike"}, {"vanish"}
NUMBERED = "numPr"
WHITE, SHADED = "color", "shd"
WHITISH = 0xF0
"""Of red, green and blue; what has more of each cannot be told from paper."""
_STYLED = {"rStyle", "pStyle"}

Looks = Mapping[str, bool]
"""By the names of the properties above: those that are said, and whether they are on."""
_PLAIN: Looks = {}


@dataclass(frozen=True)
class Styles:
    """The looks of the styles of a Word file by their ids, what they are based on taken in."""

    looks: Mapping[str, Looks] = field(default_factory=dict)
    default: str = ""
    """The style of a paragraph that names none."""
    everywhere: Looks = field(default_factory=dict)
    """What holds where no style says otherwise."""
    empty_numbers: frozenset[str] = frozenset()
    """The ids of numbers that print nothing, as LibreOffice gives them to headings."""
    shading: frozenset[str] = frozenset()
    """The ids of styles that put a colour behind something."""

    @classmethod
    def of(cls, root: _Element | None, numbering: _Element | None = None) -> Styles:
        """The looks that two parts of the file, of the styles and of the numbers, give to text."""
        empty = _empty_numbers(numbering)
        own: dict[str, tuple[Looks, str]] = {}
        shading = set()
        default, everywhere = "", _PLAIN
        for style in root if root is not None else ():
            if name(style) == "docDefaults":
                everywhere = {k: v for each in style.iter("{*}rPr") for k, v in _said(each, empty).items()}
            elif name(style) == "style":
                id = value(style, "styleId")
                based = next((value(each, "val") for each in style if name(each) == "basedOn"), "")
                parts = (each for each in style if name(each) in ("rPr", "pPr"))
                if any(map(_shades, style.iter("{*}shd"))):
                    shading.add(id)
                own[id] = ({k: v for each in parts for k, v in _said(each, empty).items()}, based)
                if value(style, "type") == "paragraph" and value(style, "default") in ("1", "true", "on"):
                    default = id
        return cls(_resolved(own), default, everywhere, empty, frozenset(shading))

    def said(self, properties: _Element | None) -> dict[str, bool]:
        """What properties of a run or a paragraph say themselves."""
        return {} if properties is None else _said(properties, self.empty_numbers)

    def of_run(self, properties: _Element | None, paragraph: Looks) -> Looks:
        """How a run looks that stands in a paragraph whose style looks so."""
        of_itself = self.said(properties)
        by_style = self.looks.get(_style(properties), _PLAIN)
        if not (by_style or paragraph or self.everywhere):
            return of_itself
        styled = {**paragraph, **by_style}
        toggled = {
            look: by_style.get(look, False) != paragraph.get(look, False)
            for look in styled
            if look in STRUCK or look in HIDDEN
        }
        return {**self.everywhere, **styled, **toggled, **of_itself}

    def is_unseen(self, run: _Element, looks: Looks) -> bool:
        """Whether a run that looks so is white where no colour is behind it."""
        return bool(looks.get(WHITE)) and not looks.get(SHADED) and not self._is_in_shade(run)

    def _is_in_shade(self, run: _Element) -> bool:
        """Whether a cell or table that a run stands in has a colour, or a style that may give it one."""
        return any(
            _shades(each) or (name(each) == "tblStyle" and value(each, "val") in self.shading)
            for around in run.iterancestors("{*}tc", "{*}tr", "{*}tbl")
            for properties in around
            if name(properties) in ("tcPr", "tblPrEx", "tblPr")
            for each in properties
        )

    def of_paragraph(self, properties: _Element | None) -> Looks:
        """What the style of a paragraph says of its runs, and whether it is numbered."""
        return self.looks.get(_style(properties) or self.default, _PLAIN)


def _said(properties: _Element, empty_numbers: Collection[str]) -> dict[str, bool]:
    found = {}
    for each in properties:
        look = name(each)
        if look in STRUCK or look in HIDDEN:
            found[look] = value(each, "val") not in ("0", "false", "off")
        elif look == WHITE:
            found[WHITE] = _is_white(value(each, "val"))
        elif look in (SHADED, "highlight"):
            found[SHADED] = found.get(SHADED, False) or _shades(each)
        elif look == NUMBERED:
            number = next((value(n, "val") for n in each if name(n) == "numId"), "")
            found[look] = number not in ("", "0", *empty_numbers)
    return found


def _is_white(color: str) -> bool:
    try:
        return len(color) == 6 and min(bytes.fromhex(color)) >= WHITISH
    except ValueError:
        return False  # auto


def _shades(element: _Element) -> bool:
    """Whether an element puts a colour other than white behind something."""
    if name(element) == "highlight":
        return value(element, "val") not in ("none", "white")
    if name(element) != SHADED:
        return False
    fill = value(element, "fill")
    return value(element, "val") not in ("", "clear", "nil") or not (fill in ("", "auto") or _is_white(fill))


def _empty_numbers(numbering: _Element | None) -> frozenset[str]:
    """The ids of numbers of which no level prints anything."""
    if numbering is None:
        return frozenset()
    printing = {
        value(kind, "abstractNumId")
        for kind in numbering.iterfind("{*}abstractNum")
        for level in kind.iterfind("{*}lvl")
        if not any(name(each) == "lvlText" and not value(each, "val") for each in level)
    }
    return frozenset(
        value(number, "numId")
        for number in numbering.iterfind("{*}num")
        for kind in number.iterfind("{*}abstractNumId")
        if value(kind, "val") not in printing and number.find("{*}lvlOverride") is None
    )


def _style(properties: _Element | None) -> str:
    if properties is None:
        return ""
    return next((value(each, "val") for each in properties if name(each) in _STYLED), "")


def _resolved(own: Mapping[str, tuple[Looks, str]]) -> dict[str, Looks]:
    """Each style with what it is based on; a circle ends where it closes."""
    found: dict[str, Looks] = {}
    for id in own:
        chain: dict[str, None] = {}
        while id in own and id not in found and id not in chain:
            chain[id] = None
            id = own[id][1]
        below = found.get(id, _PLAIN)
        for each in reversed(chain):
            below = {**below, **own[each][0]} if own[each][0] else below
            found[each] = below
    return found
