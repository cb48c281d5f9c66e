"""How this year's figures follow from last year's, as ``[[tables.….years]]`` of ``form.toml`` says."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from .grid import FormError, require_known

KINDS = ("carried", "stock", "pending")


class YearRelation(NamedTuple):
    """One relation between two years; every name is a cell key, ``last`` that of last year's cell."""

    kind: str
    """``carried``: this = last. ``stock``: this = last + plus − minus. ``pending``: this is at least last."""
    this: str
    last: str
    plus: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()


def year_relations(
    table: str, family: Mapping[str, Any], rows: Mapping[str, Collection[str]], columns: Collection[str]
) -> Iterator[YearRelation]:
    """The relations of one family: one for each row, or one for each column.

    ``rows`` holds the columns each row has figures in; rows without the named columns are passed over.

    Raises:
        FormError: an unknown kind, row or column.
    """
    kind, in_each = family["kind"], family["in_each"]
    if kind not in KINDS:
        raise FormError(f"years 的 kind 只能是 {'、'.join(KINDS)}，不能是“{kind}”")
    named = [family["this"], family["last"], *family.get("plus", ()), *family.get("minus", ())]
    if in_each == "row":
        require_known("years 里的列", named, columns)
        places = [
            {column: f"{table}.{row}.{column}" for column in named}
            for row, have in rows.items()
            if set(named) <= set(have)
        ]
    elif in_each == "column":
        require_known("years 里的行", named, rows)
        places = [
            {row: f"{table}.{row}.{column}" for row in named}
            for column in columns
            if all(column in rows[row] for row in named)
        ]
    else:
        raise FormError(f"years 的 in_each 只能是 row 或 column，不能是“{in_each}”")
    for place in places:
        yield YearRelation(
            kind=kind,
            this=place[family["this"]],
            last=place[family["last"]],
            plus=tuple(place[name] for name in family.get("plus", ())),
            minus=tuple(place[name] for name in family.get("minus", ())),
        )
