"""Chinese numerals as they number headings and dates: 一 to 九十九."""

from __future__ import annotations

_DIGITS = "一二三四五六七八九"


def chinese(number: int) -> str:
    """The numeral of a number from 1 to 99.

    >>> chinese(4), chinese(10), chinese(21)
    ('四', '十', '二十一')
    """
    tens, ones = divmod(number, 10)
    front = ("" if tens == 1 else _DIGITS[tens - 1]) + "十" if tens else ""
    return front + (_DIGITS[ones - 1] if ones else "")


NUMERALS = {chinese(number): number for number in range(1, 100)}
"""The numbers by their numerals."""
