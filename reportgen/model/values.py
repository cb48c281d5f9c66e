"""What ``{{ }}`` prints other than a number as it is: a figure that is not filled in, and shares.

The shares of one sentence are printed with the same number of decimals, so they are only settled when the whole text
stands: until then a share is marked with what it is exactly.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from typing import Any

from .chinese import sentences
from .paragraphs import GAP, SHARE

MOST_DECIMALS = 4
"""That the clerk may ask for."""
USUAL_DECIMALS = 2
"""At most, where nobody asks; final zeros are left out."""

_LONG = Context(prec=100)
"""Holds the largest number that can be written divided by the smallest."""


class Unfilled:
    """The value of a figure that is not filled in: whatever is computed from it is not filled in either."""

    def _same(self, *_: object) -> Unfilled:
        return self

    __add__ = __radd__ = __sub__ = __rsub__ = __neg__ = __pos__ = _same

    def _false(self, *_: object) -> bool:
        return False

    __bool__ = __lt__ = __le__ = __gt__ = __ge__ = _false

    def __str__(self) -> str:
        return GAP


class NoShare(Unfilled):
    """A share of a whole that is zero."""


class NoWhole(ZeroDivisionError):
    """A share of a whole that is zero was to be printed by the expression ``index``."""

    def __init__(self, index: int) -> None:
        self.index = index
        super().__init__(index)


class Share(str):
    """A share as it is printed where it stands alone."""

    __slots__ = ("decimals", "exact")
    exact: Fraction
    decimals: int | None
    """As asked for."""

    def __new__(cls, exact: Fraction, decimals: int | None) -> Share:
        asked = least_decimals(exact) if decimals is None else decimals
        made = super().__new__(cls, _printed(exact, asked))
        made.exact, made.decimals = exact, decimals
        return made

    @property
    def marked(self) -> str:
        """What it is exactly, to be printed by :func:`settled`."""
        asked = "" if self.decimals is None else self.decimals
        return f"{SHARE}{self.exact.numerator}/{self.exact.denominator}/{asked}{SHARE}"


def share(part: Any, whole: Any, decimals: int | None = None) -> Any:
    """The share of ``part`` in ``whole``, with just so many decimals, or at most two, rounded half up.

    >>> share(6, 19), share(1, 2), share(1, 2, 1)
    ('31.58%', '50%', '50.0%')
    """
    if isinstance(part, Unfilled) or isinstance(whole, Unfilled):
        return Unfilled()
    return NoShare() if whole == 0 else Share(100 * Fraction(part) / Fraction(whole), decimals)


def settled(marked: str) -> str:
    """The text with its shares printed: those of one sentence with the same number of decimals.

    That is the number one of them asks for; where none does, what the one that needs most needs.
    """
    return "".join(_settled(sentence[0]) for sentence in sentences(marked)) if SHARE in marked else marked


_SHARE = re.compile(f"{SHARE}(-?\\d+)/(\\d+)/(\\d*){SHARE}")


def _settled(sentence: str) -> str:
    found = [(Fraction(int(share[1]), int(share[2])), share[3]) for share in _SHARE.finditer(sentence)]
    asked = next((int(asked) for _, asked in found if asked), None)
    usual = max((least_decimals(exact) for exact, _ in found), default=0) if asked is None else asked
    printed = iter([_printed(exact, int(own) if own else usual) for exact, own in found])
    return _SHARE.sub(lambda _: next(printed), sentence)


def least_decimals(percent: Fraction) -> int:
    """The decimals it needs, where it may have two."""
    return len(_printed(percent, USUAL_DECIMALS).rstrip("%").rstrip("0").partition(".")[2])


def _printed(percent: Fraction, decimals: int) -> str:
    exact = _LONG.divide(Decimal(percent.numerator), Decimal(percent.denominator))
    return f"{exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _LONG):f}%"
