"""Labels as published files write them, matched with those of the form.

Files differ in blanks, quotes, half-width brackets, ``1、`` for ``1.``, and now and then in a word:
规范性文件 for 行政规范性文件, 现行有效件 for 现行有效件数, 存在问题及改进情况 for 存在的主要问题及改进情况.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

from ..model.chinese import unnumbered
from ..model.findings import UNFILLED
from ..patterns import regex
from .figures import BLANKS, MINUS

ALIKE = 0.7
"""A label that shares so much with exactly one of the form is that one, reworded."""
LEAST = 0.5
"""Less is no likeness: only then are two labels compared letter by letter."""
LONGEST_FIGURE = 40
"""Characters; what is longer is no figure, and shown cut."""

_DROPPED = regex(r"""[\s“”‘’"'「」]+""")
_FIGURE = regex(r"(-?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?")
_AFTER = regex(r"(件|项|万元|元)?(\(.*\))?")
"""A unit, and a note."""
_EMPTY = {*BLANKS, UNFILLED, f"【{UNFILLED}】"}


def plain(label: str) -> str:
    """The label without what files write differently: width of characters, blanks and quotes."""
    if label.isascii() and label.isalnum():
        return label  # a figure, as most cells hold
    return _DROPPED.sub("", unicodedata.normalize("NFKC", label))


@lru_cache(maxsize=5000)
def bare(label: str) -> str:
    """The plain label without its numbering; the rows of one table stay distinct."""
    return unnumbered(plain(label))


def reworded(heading: str, line: str) -> str:
    """What is to be said of a heading that a line words otherwise, in Chinese; "" where it does not."""
    return "" if plain(line) == plain(heading) else f"标题“{heading}”写成了“{line}”。"


def pattern(label: str) -> str:
    """A label however its blanks, brackets and quotes are written."""
    characters = [
        "[（(]"
        if char in "（("
        else "[）)]"
        if char in "）)"
        else "[.．、]"
        if char in ".．"
        else re.escape(char)
        for char in label
        if char not in "“”‘’\"' "
    ]
    return "[ “”‘’\"']*".join(characters)


def likeness(one: str, other: str) -> float:
    """How alike two labels are, from 0 to 1, whatever their numbering; 0 where it is less than :data:`LEAST`."""
    a, b = bare(one), bare(other)
    if a == b:
        return 1.0
    shared = sum(min(a.count(char), b.count(char)) for char in {*a})
    if 2 * shared < LEAST * (len(a) + len(b)) and a not in b and b not in a:
        return 0.0
    if len(min(a, b, key=len)) >= 4 and (a in b or b in a):
        return max(ALIKE, SequenceMatcher(None, a, b, autojunk=False).ratio())
    return SequenceMatcher(None, a, b, autojunk=False).ratio()


def nearest(label: str, known: Iterable[str]) -> str | None:
    """The one label of ``known`` that ``label`` is or rewords; None where there is none, or more than one."""
    rated = sorted(((likeness(label, one), one) for one in known), reverse=True)
    if not rated or rated[0][0] < ALIKE or (len(rated) > 1 and rated[1][0] == rated[0][0]):
        return None
    return rated[0][1]


@lru_cache(maxsize=5000)
def is_figure(text: str) -> bool:
    """Whether a cell holds a figure, or nothing where one belongs."""
    found = plain(text).translate(MINUS)
    return found in _EMPTY or (bool(_FIGURE.match(found)) and figure(text)[0] is not None)


@lru_cache(maxsize=5000)
def figure(text: str) -> tuple[str | None, str, str]:
    """The figure a cell shows, None where it is empty; the unit after it; and what else stands in the cell.

    22（其中修订 16 件） is 22 with a note. Where the cell holds no figure at all, the note is its whole text.
    """
    found = plain(text).translate(MINUS)
    if found in _EMPTY:
        return None, "", ""
    match = _FIGURE.match(found)
    rest = found[match.end() :] if match else ""
    after = _AFTER.fullmatch(rest)
    if not match or not after or len(match[0]) > LONGEST_FIGURE:
        text = text.strip()
        return None, "", text if len(text) <= LONGEST_FIGURE else f"{text[:LONGEST_FIGURE]}…"
    whole = match[2].replace(",", "").lstrip("0") or "0"
    return match[1] + whole + (match[3] or ""), after[1] or "", after[2] or ""
