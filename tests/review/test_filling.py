"""What stands in the places of expressions is found at once, however many there are."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from reportgen.review.filling import LONGEST_PRINTED, Stretch, filled

from ..counting import steps


def typed(*pieces: str) -> list[Stretch]:
    """Stretches: what begins with ``=`` is an expression that prints the rest."""
    return [Stretch(piece.lstrip("="), "x" if piece.startswith("=") else "") for piece in pieces]


@pytest.mark.parametrize(
    ("pieces", "text", "found"),
    [
        (("收到", "=19", "件"), "收到18件", ["18"]),
        (("=19", "件"), "19件", ["19"]),
        (("收到", "=19"), "收到", [""]),
        (("收到", "=19", "件"), "收到19份", None),
        (("收到", "=19", "件"), "收到19件。", None),
        (("=1", "=2"), "12", ["1", "2"]),
        (("=1", "、", "=2", "、"), "一、二、", ["一", "二"]),
        ((), "", []),
        ((), "多", None),
    ],
)
def test_places_are_found_between_what_was_typed(
    pieces: Sequence[str], text: str, found: list[str] | None
) -> None:
    assert filled(typed(*pieces), text) == found


def test_what_is_likely_goes_before_what_is_short() -> None:
    stretches = [Stretch("19", "a", ("18、19",)), Stretch("、"), Stretch("7", "b", ("6",))]
    assert filled(stretches, "18、19、6") == ["18、19", "6"]


def test_no_expression_prints_without_end() -> None:
    assert filled(typed("=19", "件"), "九" * (LONGEST_PRINTED + 1) + "件") is None


@pytest.mark.parametrize("number", [34, 3000])
def test_a_text_of_many_expressions_that_does_not_fit_is_given_up_soon(number: int) -> None:
    pieces = ["=2022", "件、"] * number
    found: list[list[str] | None] = [[""]]

    def tried() -> None:
        found[0] = filled(typed(*pieces, "乙。"), "2022件、" * number + "甲。")

    assert steps(tried) < 2_000_000
    assert found == [None]
