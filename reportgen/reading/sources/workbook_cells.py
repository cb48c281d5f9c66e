"""What a cell of an Excel workbook holds: a text or a number, as Excel shows it (ECMA-376 part 1, clause 18.3.1.4)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from ...model.workbook import LONGEST_TEXT
from .number_format import NumberFormat, date, exact

if TYPE_CHECKING:
    from lxml.etree import _Element

LONGEST_LIST = 10_000_000
"""Of what cells refer to by number; no part has room for so many."""

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_LONGEST_ESCAPE = 7
_CONTROL = re.compile("[\0-\x08\x0b-\x1f\ud800-\udfff]")


@dataclass(frozen=True)
class Value:
    """What stands in a cell."""

    text: str
    """As Excel shows it, but with all digits."""
    number: Decimal | None = None
    """The number, where it is one and no date or share."""
    formula: str | None = None
    """Where it is one; empty where it is told in another cell."""


class Cells:
    """Reads cells, and what they refer to by number."""

    def __init__(self, root: Callable[[str], _Element | None], since_1904: bool) -> None:
        self._root = root
        """The root of the part of a kind that belongs to the workbook; None where there is none."""
        self._since_1904 = since_1904

    @cached_property
    def _strings(self) -> list[str]:
        """The texts that cells refer to by number."""
        root = self._root("/sharedStrings")
        return [] if root is None else [_text(item) for item in root.iterfind("{*}si")]

    @cached_property
    def _formats(self) -> list[NumberFormat]:
        """The formats that cells refer to by number."""
        root = self._root("/styles")
        if root is None:
            return []
        codes = {
            each.get("numFmtId"): each.get("formatCode", "") for each in root.iterfind("{*}numFmts/{*}numFmt")
        }
        made: dict[str, NumberFormat] = {}
        for each in root.iterfind("{*}cellXfs/{*}xf"):
            id = each.get("numFmtId", "0")
            if id not in made:
                made[id] = NumberFormat(
                    int(id) if id.isdecimal() and len(id) < 6 else 0, codes.get(id, "")[:255]
                )
        return [made[each.get("numFmtId", "0")] for each in root.iterfind("{*}cellXfs/{*}xf")]

    def value(self, cell: _Element) -> Value | None:
        """What a cell holds; None where it is empty."""
        told = cell.find("{*}f")
        formula = None if told is None else (told.text or "")
        written = cell.find("{*}v")
        text = "" if written is None else (written.text or "")
        number: Decimal | None = None
        match cell.get("t", "n"):
            case "s":
                index = number_of(text, LONGEST_LIST, LONGEST_LIST)
                text = self._strings[index] if index < len(self._strings) else ""
            case "inlineStr":
                text = "".join(_text(item) for item in cell.iterfind("{*}is"))
            case "b":
                text = {"1": "TRUE", "0": "FALSE"}.get(text, text)
            case "str":
                text = _unescaped(text)
            case "n":
                text, number = self._shown(text, cell.get("s", ""))
        text = text[:LONGEST_TEXT].strip()
        return Value(text, number, formula) if text or formula is not None else None

    def _shown(self, written: str, style: str) -> tuple[str, Decimal | None]:
        number = exact(written) if written else None
        if number is None:
            return written, None
        index = number_of(style, LONGEST_LIST)
        format = self._formats[index] if index < len(self._formats) else NumberFormat()
        if format.is_date:
            return date(number, self._since_1904), None
        if format.is_share:
            return f"{(number * 100).normalize():f}%", None
        return format.shown(number), number


def _text(item: _Element) -> str:
    """The text of a string, plain or in runs; how it is read aloud (``rPh``) is no part of it."""
    pieces = []
    for child in item:
        tag = str(child.tag).rpartition("}")[2]
        if tag == "t":
            pieces.append(child.text or "")
        elif tag == "r":
            pieces += [text.text or "" for text in child.iterfind("{*}t")]
    return _unescaped("".join(pieces))


def _unescaped(text: str) -> str:
    """The text with the characters that XML cannot hold; those that no text holds are left out."""
    text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text[: _LONGEST_ESCAPE * LONGEST_TEXT])
    return _CONTROL.sub("", text)


def number_of(written: str | None, most: int, otherwise: int = 0) -> int:
    """A whole number that is written, up to ``most``."""
    return min(int(written), most) if written and written.isdecimal() and len(written) < 12 else otherwise
