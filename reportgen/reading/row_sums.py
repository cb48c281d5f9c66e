"""The sums of the form within one row of figures, as a file words them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from ..form.model import Sum, Table
from . import labels


def adds_up(table: Table, said: Mapping[str, str]) -> bool:
    """Whether all figures of one row, by cell key, are there, and are held by sums that hold."""
    return (
        bool(_within(table, said))
        and all(words.strip() for words in said.values())
        and sums_hold(table, said)
    )


def sums_hold(table: Table, said: Mapping[str, str]) -> bool:
    """Whether the sums within one row hold, blanks counted as nothing; so they do where a row has none."""
    return all(
        sum(_number(said[key]) for key in sum_.left.cells)
        == sum(_number(said[key]) for key in sum_.right.cells)
        for sum_ in _within(table, said)
    )


def _within(table: Table, said: Mapping[str, str]) -> list[Sum]:
    return [sum_ for sum_ in table.sums if said.keys() >= set(sum_.cells)]


def _number(words: str) -> Decimal:
    return Decimal(labels.figure(words)[0] or 0)
