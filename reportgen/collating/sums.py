"""The area's sums: every cell added up over the bodies that are counted, exactly; a blank is lacking and never 0."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Context, Decimal

from ..form.model import Form
from ..model.report import printed
from .area import Standing, Total

_EXACT = Context(prec=60)
"""Room for a hundred thousand figures of twelve digits and eight decimals."""


class Contributors(Mapping[str, str]):
    """The figures of one cell by the names of the bodies; they stay where they are, in the reports."""

    def __init__(self, figures: Mapping[str, Mapping[str, str]], cell: str) -> None:
        self._figures = figures
        self._cell = cell

    def __getitem__(self, name: str) -> str:
        return self._figures[name][self._cell]

    def __iter__(self) -> Iterator[str]:
        return (name for name, figures in self._figures.items() if self._cell in figures)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def totals(standings: Sequence[Standing], form: Form) -> Mapping[str, Total]:
    """The sum of each cell of the form, with the figures it is made of and the bodies it lacks."""
    counted = [standing for standing in standings if standing.body.is_added_up]
    figures = {s.name: s.submission.figures for s in counted if s.is_added and s.submission}
    found = {}
    for cell in form.cells:
        contributors = Contributors(figures, cell)
        lacking = tuple(s.name for s in counted if cell not in figures.get(s.name, ()))
        found[cell] = Total(cell, added_up(contributors.values()), contributors, lacking)
    return found


def added_up(figures: Iterable[str]) -> str:
    """The exact sum of figures as they are printed; "" of none.

    >>> added_up(["3", "0.10", "12"]), added_up([])
    ('15.10', '')
    """
    whole, parts, count = 0, Decimal(0), 0
    for figure in figures:
        count += 1
        if figure.isdigit():
            whole += int(figure)
        else:
            parts = _EXACT.add(parts, Decimal(figure))
    if not count:
        return ""
    return (
        str(whole)
        if not parts.as_tuple().exponent and not parts
        else printed(_EXACT.add(Decimal(whole), parts))
    )
