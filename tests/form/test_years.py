"""How two years follow from each other, as a form file says it."""

from __future__ import annotations

from typing import Any

import pytest

from reportgen.form.form_file import FormError, load_form
from reportgen.form.years import year_relations

ROWS = {"review": ["pending", "total"], "fees": ["None"]}


def family(**changes: Any) -> dict[str, Any]:
    return {"kind": "pending", "in_each": "row", "this": "total", "last": "pending", **changes}


def test_the_official_form_relates_the_rows_that_two_years_share() -> None:
    relations = load_form("2021").years
    kinds = [relation.kind for relation in relations]
    assert {kind: kinds.count(kind) for kind in kinds} == {"stock": 2, "carried": 7, "pending": 3}
    carried = next(relation for relation in relations if relation.this == "requests.carried_over.natural")
    assert carried.last == "requests.carried_forward.natural"


def test_rows_without_the_columns_are_passed_over() -> None:
    (relation,) = year_relations("t", family(), ROWS, ["pending", "total"])
    assert (relation.this, relation.last) == ("t.review.total", "t.review.pending")


@pytest.mark.parametrize(
    "changes",
    [{"kind": "other"}, {"in_each": "table"}, {"this": "totl"}, {"plus": ["issued"]}, {"in_each": "column"}],
)
def test_a_relation_that_names_nothing_known_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(FormError):
        list(year_relations("t", family(**changes), ROWS, ["pending", "total"]))
