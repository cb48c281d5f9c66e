"""A number of a workbook and its format -> what stands in the cell: exact digits, with what the format adds to them.

Excel keeps 15 digits of a number: 0.1 + 0.2 is 0.3. Digits that a format rounds away are kept, those it adds are shown:
a figure is what was typed. A date, a time or a share is no number here (ECMA-376 part 1, 18.8.30 and 18.8.31).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from decimal import Context, Decimal
from functools import cached_property

_BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%"} | {
    **dict.fromkeys((37, 38, 41, 42), "#,##0"),
    **dict.fromkeys((39, 40, 43, 44), "#,##0.00"),
}
"""The built-in formats that show more than the digits themselves."""
_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59), *range(71, 82)))
"""The built-in formats of dates and times, with those of Chinese and Japanese Excel."""
_EXCEL = Context(prec=15)
_MOST_DIGITS = 30
"""Before or after the decimal point; a number of more is no figure."""
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|\[\$(?P<currency>[^\]-]*)[^\]]*\]|(?P<elapsed>\[[hms]+\])'
    r"|\[[^\]]*\]|_.|\*.|(?P<digits>General|[0#?][0#?,.]*)|(?P<end>;)|(?P<rest>.)",
    re.IGNORECASE | re.DOTALL,
)
_EPOCH, _EPOCH_1904 = datetime.datetime(1899, 12, 30), datetime.datetime(1904, 1, 1)


@dataclass(frozen=True)
class NumberFormat:
    """How a cell shows a number."""

    id: int = 0
    code: str = ""
    """As written in the workbook; empty for a built-in one."""

    @cached_property
    def is_date(self) -> bool:
        """Whether it shows a date or a time."""
        bare = {token["rest"] for token in self._tokens if token["rest"]}
        is_elapsed = any(token["elapsed"] for token in self._tokens)
        return self.id in _DATES if not self.code else is_elapsed or not bare.isdisjoint("ymdhsYMDHS")

    @cached_property
    def is_share(self) -> bool:
        """Whether it shows a percentage."""
        return any(token["rest"] in ("%", "‰") for token in self._tokens)

    def shown(self, number: Decimal) -> str:
        """The digits of a number with what the format adds to them.

        >>> NumberFormat(code='#,##0.00"万元"').shown(Decimal("1234.5")), NumberFormat().shown(Decimal("12.0"))
        ('1,234.50万元', '12')
        """
        whole, _, decimals = format(abs(number), "f").partition(".")
        decimals = decimals.rstrip("0")
        sign = "-" if number < 0 else ""
        before, digits, after = self._around
        if "," in digits.partition(".")[0].rstrip(","):
            whole = f"{int(whole):,}"
        decimals = decimals.ljust(digits.partition(".")[2].count("0"), "0")
        return f"{sign}{before}{whole}{f'.{decimals}' if decimals else ''}{after}"

    @cached_property
    def _tokens(self) -> tuple[re.Match[str], ...]:
        """The pieces of the section for positive numbers."""
        return tuple(self._read())

    def _read(self) -> Iterator[re.Match[str]]:
        for token in _TOKEN.finditer(self.code or _BUILT_IN.get(self.id, "")):
            if token["end"]:
                return
            yield token

    @cached_property
    def _around(self) -> tuple[str, str, str]:
        """The words before the digits, the digits as the format writes them, the words after."""
        words, digits = ["", ""], ""
        for token in self._tokens:
            if token["digits"]:
                digits = digits or token["digits"]
            else:
                said = token["quoted"] or token["escaped"] or token["currency"] or token["rest"] or ""
                words[bool(digits)] += said if said not in "+-()" else ""
        return words[0].strip(), digits, words[1].strip()


def exact(written: str) -> Decimal | None:
    """The number that a cell holds, to 15 digits; None for what is none, or none that could be a figure.

    >>> exact("0.30000000000000004"), exact("24252.311082"), exact("nan"), exact("1e999999")
    (Decimal('0.3'), Decimal('24252.311082'), None, None)
    """
    with suppress(ArithmeticError):
        number = _EXCEL.create_decimal(written.strip())
        if number.is_finite() and abs(number.adjusted()) < _MOST_DIGITS:
            return number.normalize(_EXCEL)
    return None


def date(number: Decimal, since_1904: bool) -> str:
    """The date that a number of days stands for, as a text that is no figure."""
    with suppress(OverflowError, ValueError):
        day = (_EPOCH_1904 if since_1904 else _EPOCH) + datetime.timedelta(days=float(number))
        return f"{day.year}年{day.month}月{day.day}日"
    return "日期"
