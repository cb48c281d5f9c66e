"""落款: the name of the body and the date below the text, set right (GB/T 9704—2012, 7.3.5.2, without a seal).

The name stands two characters from the right, one line below the text. The date stands below it and begins two
characters further right; where it is longer than the name, it is the date that stands two characters from the right.
Its numerals are Arabic, without leading zeros.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ..patterns import regex
from .chinese import DIGITS, STATEMENT_ENDS, read_number
from .paragraphs import Paragraph

APART = 2.0
"""Characters from the right, and from the beginning of the name to that of the date."""
LONGEST_BODY = 60

_DATE = regex(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日|(\d{4})-(\d{1,2})-(\d{1,2})")
_NUMERALS = regex(
    "([〇零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_ONE_LINE = regex(r"(\S.*?)[\s\u3000]+(\S.*)")


def official_date(text: str) -> str | None:
    """A date as it is printed; None for what is none.

    >>> official_date("2023-01-18"), official_date("二〇二三年一月十八日"), official_date("2023年2月30日")
    ('2023年1月18日', '2023年1月18日', None)
    """
    text = text.strip()
    if match := _DATE.fullmatch(text):
        year, month, day = (int(number) for number in match.groups() if number)
    elif match := _NUMERALS.fullmatch(text):
        year = int("".join(str(DIGITS[digit]) for digit in match[1]))
        month, day = (read_number(written) or 0 for written in match.groups()[1:])
    else:
        return None
    try:
        datetime.date(year, month, day)
    except ValueError:
        return None
    return f"{year}年{month}月{day}日"


def read_signature(lines: Sequence[str]) -> tuple[str, str] | None:
    """The name and the date in the last line or two of a text, if a signature is what stands there."""
    one_line = _ONE_LINE.fullmatch(lines[-1]) if len(lines) == 1 else None
    if one_line:
        lines = one_line.groups()
    if len(lines) != 2:
        return None
    body, date = lines[0].strip(), official_date(lines[1])
    is_name = 2 <= len(body) <= LONGEST_BODY and not re.search(rf"[{STATEMENT_ENDS}，,：:\d]", body)
    return (body, date) if date and is_name else None


def signed(paragraphs: Sequence[Paragraph], gap: float = 0.0) -> tuple[Paragraph, ...]:
    """The name and the date, each with its distance from the right.

    ``gap`` is the space in characters that is set between a Chinese character and a numeral.
    """
    if len(paragraphs) != 2:
        return tuple(replace(paragraph, right=APART) for paragraph in paragraphs)
    name, date = (_characters(paragraph.text, gap) for paragraph in paragraphs)
    places = (APART, name - date) if date <= name else (2 * APART + date - name, APART)
    return tuple(replace(paragraph, right=right) for paragraph, right in zip(paragraphs, places, strict=True))


def _characters(text: str, gap: float) -> float:
    gaps = sum(one.isascii() != other.isascii() for one, other in pairwise(text))
    return sum(0.5 if char.isascii() else 1 for char in text) + gaps * gap
