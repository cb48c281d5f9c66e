"""Chinese text: where a sentence ends, how headings and items are numbered, and what a numeral says.

Sources: GB/T 15834—2011 标点符号用法; GB/T 9704—2012 党政机关公文格式, 7.3.3.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from ..patterns import regex

IDEOGRAPHS = "\u3400-\u9fff"
"""For character classes: Chinese characters without punctuation."""

OPENING, CLOSING = "“‘（《〈【〔「『", "”’）》〉】〕」』"
"""Quotes and brackets."""

NUMBER = r"\d+(?:[.,]\d+)*[%％]?"
"""A number with its decimals and its percent sign."""
WORD = rf"{NUMBER}|[A-Za-z]+(?:['’-][A-Za-z]+)*|."
"""What is one piece where texts are compared: a number, a Latin word, or a single character."""

_PLACE_END = regex("[省州盟县旗](?=.)|(?<!城)市(?!场)(?=.)|(?<!社)区(?!域)(?=.)")


def after_places(name: str) -> tuple[str, ...]:
    """The name of a body in the pieces between which a line may be broken: after the name of a place.

    >>> after_places("某某省某某市市场监督管理局")
    ('某某省', '某某市', '市场监督管理局')
    """
    ends = [0, *(match.end() for match in _PLACE_END.finditer(name)), len(name)]
    return tuple(name[a:b] for a, b in pairwise(ends))


# ── sentences ───────────────────────────────────────────────────────────────────────────────────────

SENTENCE_ENDS = "。！？!?"
SEMICOLONS = "；;"
STATEMENT_ENDS = SENTENCE_ENDS + SEMICOLONS
CLAUSE_ENDS = STATEMENT_ENDS + "，,：:"
"""A list with 、 is one clause."""


def sentences(text: str) -> Iterator[re.Match[str]]:
    """The sentences with their stops and closing quotes; a line break ends one too, and no character is left out.

    For comparing texts, and for what holds as far as the full stop, as the year that is spoken of.

    >>> [found[0] for found in sentences("受理19件；答复18件。‘一网通办’。”其他")]
    ['受理19件；答复18件。', '‘一网通办’。”', '其他']
    """
    return _SENTENCE.finditer(text)


def statements(text: str) -> Iterator[re.Match[str]]:
    """The sentences, and what semicolons part in them: each states one thing, as in a list of measures.

    For judging what is said.

    >>> [found[0] for found in statements("受理19件；答复18件。")]
    ['受理19件；', '答复18件。']
    """
    return _STATEMENT.finditer(text)


def _ended_by(marks: str) -> re.Pattern[str]:
    return regex(rf"[^{marks}\n]*(?:[{marks}]+[{CLOSING}]*|\n)|[^{marks}\n]+")


_SENTENCE, _STATEMENT = _ended_by(SENTENCE_ENDS), _ended_by(STATEMENT_ENDS)

# ── numbering ───────────────────────────────────────────────────────────────────────────────────────

NUMERAL = "[一二三四五六七八九十]{1,3}"
"""A pattern for numerals as they number headings, items, months and days: 一 to 九十九."""
LEVELS = {1: "{}、", 2: "（{}）", 3: "{}.", 4: "（{}）"}
"""How headings and items are numbered, level by level; the numbers of the first two are numerals."""

_NUMBERING = regex(
    rf"({NUMERAL})[、.．]|[（(]({NUMERAL})[)）]|(\d{{1,2}})[.．、](?!\d)|[（(](\d{{1,2}})[)）]"
)
"""A group for each level."""


class Numbering(NamedTuple):
    """What a heading, an item or a label is numbered with."""

    level: int
    written: str
    """The number without its marks: 一 or 1."""
    end: int
    """Where the text goes on."""


def numbering(text: str, start: int = 0) -> Numbering | None:
    """What the text is numbered with, whichever way its marks are written; None where it is not.

    >>> numbering("二、主动公开")
    Numbering(level=1, written='二', end=2)
    >>> numbering("(2)其他"), numbering("2.5倍")
    (Numbering(level=4, written='2', end=3), None)
    """
    found = _NUMBERING.match(text, start)
    return (
        Numbering(found.lastindex, found[found.lastindex], found.end()) if found and found.lastindex else None
    )


def unnumbered(text: str) -> str:
    """The text without what it is numbered with.

    >>> unnumbered("（一）予以公开"), unnumbered("2.5倍")
    ('予以公开', '2.5倍')
    """
    found = numbering(text)
    return text[found.end :] if found else text


# ── numerals ────────────────────────────────────────────────────────────────────────────────────────

DIGITS = {digit: i for i, digit in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
SCALES = {"亿": 10**8, "万": 10**4, "千": 1000, "百": 100, "十": 10}
"""From the greatest to the least."""
NUMERALS = "零一二三四五六七八九十百千万亿两"
"""For character classes: what a numeral is written with."""


def numeral(number: int) -> str:
    """The numeral that numbers a heading or an item, for 1 to 99.

    >>> numeral(4), numeral(10), numeral(21)
    ('四', '十', '二十一')
    """
    tens, ones = divmod(number, 10)
    return f"{NUMERALS[tens] if tens > 1 else ''}{'十' if tens else ''}{NUMERALS[ones] if ones else ''}"


def read_number(written: str) -> int | None:
    """The whole number that is written in digits or as a numeral; None where it is none.

    >>> read_number("一百二十"), read_number("一亿二千万"), read_number("两"), read_number("12"), read_number("三五")
    (120, 120000000, 2, 12, None)
    """
    if written.isdecimal():
        return int(written)
    for scale, worth in SCALES.items():
        before, found, after = written.partition(scale)
        if found:
            times, rest = read_number(before) if before else 1, read_number(after) if after else 0
            return None if times is None or rest is None or rest >= worth else times * worth + rest
    return DIGITS.get(written.removeprefix("零") or written)
