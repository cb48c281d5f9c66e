"""One year's report as the clerk wrote it: figures by cell key, the agency, the narrative."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from ..form.model import Form
from ..patterns import regex
from .findings import Figure, Finding
from .narrative import Narrative

AGENCY = {
    "name": "机关名称",
    "address": "地址",
    "postcode": "邮编",
    "phone": "电话",
    "fax": "传真",
    "email": "电子邮箱",
    "website": "网站",
    "column": "栏目",
}
"""What ``[agency]`` may hold, with the clerk's words for it; only the name is required."""
FIRST_YEAR, LAST_YEAR = 2008, 2099
"""The years a report can be of; in the first one the Regulation (政府信息公开条例) came into force."""

_NAMED = regex(r"(?<!\d)(20\d\d)(?!\d|年?格式|[-._年]\d{1,2}[-._月]\d{1,2}(?!\d)|年\d{1,2}月)")
"""A year in a file's name; no date such as 2024-01-15 or 2024年1月, and no format."""


@dataclass(frozen=True)
class Publication:
    """What ``[publication]`` says of the page on the web site; every item may be missing."""

    date: str = ""
    """ISO 8601: 2023-01-18."""
    column: str = ""
    """The web site's column (栏目)."""
    url: str = ""
    """Where the page will stand."""
    word: str = ""
    """Where the Word file can be downloaded, absolute or relative to the page."""
    pdf: str = ""


@dataclass(frozen=True)
class Report:
    """One year's report. A cell that is not in ``figures`` is 未填; it is never 0."""

    form: Form
    path: Path
    year: int
    agency: Mapping[str, str]
    figures: Mapping[str, Figure]
    narrative: Mapping[str, Narrative]
    lines: Mapping[str, int] = field(default_factory=dict)
    """Line in the input file by dotted key: of rows, of single cells, of ``year``, ``narrative.overview`` …"""
    computed: frozenset[str] = frozenset()
    """Totals that the input leaves out and that were added up."""
    notes: tuple[Finding, ...] = ()
    """What the reader had to interpret."""
    publication: Publication = field(default_factory=Publication)
    settings: Mapping[str, Any] = field(default_factory=dict)
    """The other tables of the input, as read."""

    @property
    def years_named(self) -> frozenset[int]:
        """The years its file is named for."""
        return years_in(self.path.stem)

    @property
    def unfilled(self) -> list[str]:
        """The keys of the cells without a figure, in the order of the form."""
        return [key for key in self.form.cells if key not in self.figures]

    def line_of(self, key: str) -> int | None:
        """The line of a cell, a row or another key, or of the nearest thing that contains it."""
        while key:
            if key in self.lines:
                return self.lines[key]
            key = key.rpartition(".")[0]
        return None


def years_in(name: str) -> frozenset[int]:
    """The years that the name of a file names.

    >>> sorted(years_in("本局-2022（2021年格式）"))
    [2022]
    """
    return frozenset(map(int, _NAMED.findall(name)))


def added(figures: Mapping[str, Figure], cells: Iterable[str]) -> Figure:
    """The sum of the cells, exact; all must be filled."""
    addends = [figures[cell] for cell in cells]
    if all(type(addend) is int for addend in addends):
        return sum(addends)
    total = sum(map(Decimal, addends), Decimal(0))
    return int(total) if total == total.to_integral_value() and total.as_tuple().exponent == 0 else total


def printed(figure: Figure) -> str:
    """The figure as it is printed: digits as given, never in exponent notation.

    >>> printed(Decimal("7730.280"))
    '7730.280'
    """
    return format(figure, "f") if not isinstance(figure, int) else str(figure)
