"""One written value -> one figure, where the meaning is certain."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from typing import Any

from ..form.model import Cell
from ..model.findings import Figure
from ..patterns import regex

MOST_DIGITS = 12
"""Before the decimal point; the largest published figures have seven or eight."""
MOST_DECIMALS = 8
"""Published amounts in 万元 have up to six."""

BLANKS = {"", "/", "-", "—", "——", "无"}
"""What published forms show in an empty cell. It is 未填, never 0."""

_THOUSANDS = regex(r"-?\d{1,3}(,\d{3})+(\.\d+)?")
_PLAIN = regex(r"-?\d+(\.\d+)?")
MINUS = str.maketrans("−－–", "---")
"""Files write the sign of a negative figure in several ways."""


class FigureError(ValueError):
    """A value that is no figure; the message says why and what to write instead (in Chinese)."""


def exact(written: str) -> Decimal | str:
    """A number of a file just as it is written; as text where no number is so large, for the reader to say so."""
    try:
        return Decimal(written)
    except ArithmeticError:
        return written


def read_figure(value: Any, cell: Cell) -> tuple[Figure | None, str]:
    """The figure that ``value`` writes for ``cell``, None for an empty cell; and a note if it was interpreted.

    Raises:
        FigureError: it is no figure, or its meaning is not certain.
    """
    if value is None:
        return None, ""
    if isinstance(value, str):
        return _from_text(value, cell)
    if isinstance(value, bool):
        raise FigureError(f"{str(value).lower()} 不是数字，请写数字，没有就写 0")
    if isinstance(value, int):
        return _checked(Decimal(value) if cell.decimal else value, cell), ""
    if isinstance(value, Decimal):
        return _checked(value, cell), ""
    raise FigureError(f"“{_shown(value)}”不是数字，请写数字，没有就写 0")


def is_figure(text: str, cell: Cell) -> bool:
    """Whether a text is the figure of one cell, or the sign that it has none."""
    try:
        read_figure(text, cell)
    except FigureError:
        return False
    return True


def _from_text(text: str, cell: Cell) -> tuple[Figure | None, str]:
    plain = unicodedata.normalize("NFKC", text).strip()
    if text.strip() in BLANKS or plain in BLANKS:
        return None, f"写的是“{text}”，当作未填，不当作 0"
    plain = plain.translate(MINUS)
    plain = plain.removesuffix(cell.unit)
    digits = plain.replace(",", "") if _THOUSANDS.fullmatch(plain) else plain
    if not _PLAIN.fullmatch(digits):
        raise FigureError(f"“{_shown(text)}”不是数字，请写数字，没有就写 0")
    figure = _checked(Decimal(digits), cell)
    return figure, f"写的是“{text}”，按 {digits} 读入"


def _checked(figure: Figure, cell: Cell) -> Figure:
    if isinstance(figure, Decimal) and not figure.is_finite():
        raise FigureError(f"“{figure}”不是数字，请写数字，没有就写 0")
    if figure < 0 and not cell.signed:
        raise FigureError(f"{_shown(figure)} 是负数，请写 0 或正数")
    if figure and Decimal(figure).adjusted() >= MOST_DIGITS:
        raise FigureError(f"这个数超过 {MOST_DIGITS} 位，请核对是不是多打了数字")
    if isinstance(figure, int):
        return figure
    exponent = figure.as_tuple().exponent
    if not cell.decimal:
        if exponent == 0 or figure != int(figure):
            if exponent == 0:
                return int(figure)
            raise FigureError(f"{_shown(figure)} 不是整数，件数要写整数")
        raise FigureError(f"{_shown(figure)} 带小数点，件数要写整数，例如 {int(figure)}")
    if not isinstance(exponent, int) or exponent > 0:
        raise FigureError("请写出全部数字，不要用 e 的写法")
    if -exponent > MOST_DECIMALS:
        raise FigureError(f"小数超过 {MOST_DECIMALS} 位，请核对")
    return figure


def _shown(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 40 else text[:40] + "…"
