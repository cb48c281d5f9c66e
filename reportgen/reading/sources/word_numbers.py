"""Numbers that Word counts by itself, written before the paragraphs that have them (ECMA-376 part 1, 17.9).

一、 and （一） that a program counts stand nowhere in the text of a Word file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from ...model.chinese import numeral
from ..labels import is_figure
from ..word_elements import DELETED, name, said, value

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST = 99
"""The largest number that is written as a Chinese numeral."""
LONGEST = 20
"""Characters of what a level prints: longer, it is no number of a heading."""
_CHINESE = {"chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCountingThousand"}
_CIRCLED = {"decimalEnclosedCircle", "decimalEnclosedCircleChinese"}


class _Level(NamedTuple):
    """How one level of a list is numbered."""

    start: int
    format: str
    text: str
    """With %1 for the number of the first level, %2 for that of the second."""


_List = dict[int, _Level]
"""By level, from 0."""


@dataclass
class _Numbers:
    """The lists of a file, and how far each is counted."""

    lists: Mapping[str, tuple[str, _List]]
    """By the id that paragraphs name: the id of what it counts along with, and its levels."""
    by_style: Mapping[str, tuple[str, int]]
    """By paragraph style: the id and the level it gives."""
    counted: dict[str, dict[int, int]] = field(default_factory=dict)

    def next(self, id: str, level: int) -> str:
        """What the next paragraph of a list is numbered with; "" where nothing certain is printed."""
        shared, levels = self.lists.get(id, ("", {}))
        if level not in levels or len(levels[level].text) > LONGEST:
            return ""
        counts = self.counted.setdefault(shared, {})
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        parts = re.split(r"%([1-9])", levels[level].text)
        numbers = [self._number(counts, levels, int(each) - 1) for each in parts[1::2]]
        if not numbers or not all(numbers):
            return ""
        return "".join(text + number for text, number in zip(parts[::2], [*numbers, ""], strict=True))

    @staticmethod
    def _number(counts: Mapping[int, int], levels: _List, level: int) -> str:
        """The number of a level that a text names; "" where it is written in no way known here."""
        if level not in levels:
            return ""
        return _written(levels[level].format)(counts.get(level, levels[level].start))


def write_numbers(body: _Element, styles: _Element | None, numbering: _Element | None) -> None:
    """Put the numbers that are printed before paragraphs into their text."""
    if numbering is None:
        return
    numbers = _Numbers(_lists(numbering), _by_style(styles))
    for paragraph in list(body.iter("{*}p")):
        if any(name(each) in DELETED for each in paragraph.iterancestors()):
            continue
        looks = said(paragraph, "pPr")
        id, level = _named(looks.get("numPr"))
        style = looks.get("pStyle")
        by_style = numbers.by_style.get(value(style, "val")) if style is not None else None
        if id is None and by_style:
            id, level = by_style
        words = "".join(str(each.text or "") for each in paragraph.iter("{*}t"))
        if not id or id == "0" or not words.strip():
            continue
        text = numbers.next(id, level)
        if text and not is_figure(words):
            _put_before(paragraph, text)


def _put_before(paragraph: _Element, text: str) -> None:
    """Write a number at the beginning of a paragraph, which is not numbered any more."""
    namespace = str(paragraph.tag).rpartition("}")[0] + "}"
    run = paragraph.makeelement(f"{namespace}r")
    words = paragraph.makeelement(f"{namespace}t")
    words.text = text
    run.append(words)
    properties = next((each for each in paragraph if name(each) == "pPr"), None)
    if properties is None:
        properties = paragraph.makeelement(f"{namespace}pPr")
        paragraph.insert(0, properties)
    properties.addnext(run)
    for each in [each for each in properties if name(each) == "numPr"]:
        properties.remove(each)
    none = paragraph.makeelement(f"{namespace}numPr")
    none.append(paragraph.makeelement(f"{namespace}numId", {f"{namespace}val": "0"}))
    properties.append(none)


def _lists(numbering: _Element) -> dict[str, tuple[str, _List]]:
    kinds = {value(each, "abstractNumId"): _levels(each) for each in numbering.iterfind("{*}abstractNum")}
    found = {}
    for each in numbering.iterfind("{*}num"):
        kind = next((value(one, "val") for one in each.iterfind("{*}abstractNumId")), "")
        levels, id = dict(kinds.get(kind, {})), value(each, "numId")
        begins_anew = False
        for change in each.iterfind("{*}lvlOverride"):
            level = _whole(value(change, "ilvl"))
            levels |= _levels(change)
            for start in change.iterfind("{*}startOverride"):
                if level in levels:
                    levels[level] = levels[level]._replace(start=_whole(value(start, "val")))
                    begins_anew = True
        found[id] = (f"num {id}" if begins_anew else kind, levels)
    return found


def _levels(kind: _Element) -> _List:
    found: _List = {}
    for level in kind.iterfind("{*}lvl"):
        by_name = {name(each): value(each, "val") for each in level}
        found[_whole(value(level, "ilvl"))] = _Level(
            _whole(by_name.get("start", "1")), by_name.get("numFmt", "decimal"), by_name.get("lvlText", "")
        )
    return found


def _by_style(styles: _Element | None) -> dict[str, tuple[str, int]]:
    """The numbers that styles of paragraphs give, not through those they are based on."""
    found = {}
    for style in styles.iterfind("{*}style") if styles is not None else ():
        id, level = _named(said(style, "pPr").get("numPr"))
        if id:
            found[value(style, "styleId")] = id, level
    return found


def _named(properties: _Element | None) -> tuple[str | None, int]:
    """The list and the level that a paragraph or a style names; None where it names none."""
    if properties is None:
        return None, 0
    by_name = {name(each): value(each, "val") for each in properties}
    return by_name.get("numId"), _whole(by_name.get("ilvl", "0"))


def _whole(written: str) -> int:
    return int(written) if written.isdecimal() and len(written) < 5 else 0


def _written(format: str) -> Callable[[int], str]:
    """How a number is printed; nothing where it is a bullet, or written in a way reports have no use for."""
    if format in _CHINESE:
        return lambda number: numeral(number) if 0 < number <= MOST else ""
    if format in _CIRCLED:
        return lambda number: chr(0x2460 + number - 1) if 0 < number <= 20 else ""
    if format == "decimalFullWidth":
        return lambda number: str(number).translate({ord("0") + i: 0xFF10 + i for i in range(10)})
    if format in ("decimal", "decimalHalfWidth"):
        return str
    return lambda _: ""
