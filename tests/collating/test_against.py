"""What differs from the published report of the area, and the slip of the hand that explains it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest

from reportgen.collating.against import differences
from reportgen.collating.area import Difference, Total
from reportgen.form.model import Form

from ..conftest import figures_of, published

NEW, GRANTED = "requests.new_received.total", "requests.granted.total"
LICENSING, FEES = "active_disclosure.licensing", "active_disclosure.fees"
BODIES = {
    "甲局": {NEW: "12", GRANTED: "5", LICENSING: "1340", FEES: "0"},
    "乙局": {NEW: "7", GRANTED: "0", LICENSING: "208", FEES: "3.25"},
    "丙镇": {NEW: "31", GRANTED: "19", LICENSING: "0", FEES: "0.5"},
    "丁镇": {NEW: "0", GRANTED: "0", LICENSING: "0", FEES: "0"},
}
SUMS = {NEW: "50", GRANTED: "24", LICENSING: "1548", FEES: "3.75"}


def totals(bodies: Mapping[str, Mapping[str, str]] = BODIES) -> dict[str, Total]:
    """The sums of bodies, added up here by hand of Python."""
    return {
        cell: Total(
            cell,
            str(sum(Decimal(figures[cell]) for figures in bodies.values())),
            {name: figures[cell] for name, figures in bodies.items()},
        )
        for cell in SUMS
    }


def explained(form: Form, **changed: str) -> dict[str, tuple[str, ...]]:
    """What explains the differences when the published report says otherwise in some cells."""
    said = {**SUMS, **{key.replace("__", "."): figure for key, figure in changed.items()}}
    return {each.cell: each.explanations for each in differences(said, totals(), form)}


def test_a_report_that_says_the_sums_differs_nowhere(form: Form) -> None:
    assert differences({**SUMS, FEES: "3.750"}, totals(), form) == ()


def test_a_body_that_was_left_out_explains_every_cell_at_once(form: Form) -> None:
    said = {NEW: "38", GRANTED: "19", LICENSING: "208", FEES: "3.75"}  # without 甲局
    assert differences(said, totals(), form) == (
        Difference(LICENSING, "208", "1548", ("漏了甲局",)),
        Difference(NEW, "38", "50", ("漏了甲局",)),
        Difference(GRANTED, "19", "24", ("漏了甲局",)),
    )


def test_a_body_that_was_added_twice_explains_every_cell_at_once(form: Form) -> None:
    said = {NEW: "57", GRANTED: "24", LICENSING: "1756", FEES: "7.00"}
    assert {each.explanations for each in differences(said, totals(), form)} == {("乙局加了两次",)}


def test_two_bodies_that_were_left_out_are_named_together(form: Form) -> None:
    said = {NEW: "31", GRANTED: "19", LICENSING: "0", FEES: "0.5"}
    assert {each.explanations for each in differences(said, totals(), form)} == {("漏了甲局和乙局",)}


def test_one_left_out_and_one_added_twice(form: Form) -> None:
    said = {NEW: "74", GRANTED: "43", LICENSING: "1340", FEES: "1.0"}  # 丙镇 twice, without 乙局
    assert {each.explanations for each in differences(said, totals(), form)} == {("漏了乙局，丙镇加了两次",)}


def test_exchanged_digits_are_named_with_both_figures(form: Form) -> None:
    assert explained(form, requests__new_received__total="59") == {NEW: ("甲局的12抄成了21",)}
    assert explained(form, active_disclosure__licensing="1584") == {LICENSING: ("合计1548抄成了1584",)}


def test_a_body_left_out_of_one_cell_alone_is_named_there(form: Form) -> None:
    assert explained(form, requests__granted__total="5") == {GRANTED: ("漏了丙镇",)}


def test_what_nothing_explains_is_said_without_a_guess(form: Form) -> None:
    assert explained(form, requests__new_received__total="1000") == {NEW: ()}


def test_where_many_bodies_would_explain_it_none_is_accused(form: Form) -> None:
    bodies = {f"第{number}局": {**BODIES["丁镇"], NEW: "3"} for number in range(5)}
    (found,) = differences({NEW: "12", GRANTED: "0", LICENSING: "0", FEES: "0"}, totals(bodies), form)
    assert found == Difference(NEW, "12", "15", ())


def test_while_a_body_is_missing_nothing_is_explained(form: Form) -> None:
    said = {**SUMS, NEW: "38"}
    assert differences(said, totals(), form, is_judged=False) == (Difference(NEW, "38", "50", ()),)


def test_a_blank_in_the_published_report_is_no_zero(form: Form) -> None:
    said = {NEW: "50", GRANTED: "24", FEES: "3.75"}
    assert differences(said, totals(), form) == (Difference(LICENSING, "", "1548", ()),)
    zero = {cell: Total(cell, "0", {"甲局": "0"}) for cell in SUMS}
    assert len(differences({}, zero, form)) == 4


def test_documents_are_not_compared_because_they_do_not_add_up(form: Form) -> None:
    cell = "active_disclosure.normative_documents.in_force"
    assert differences({cell: "9"}, {cell: Total(cell, "12", {"甲局": "12"})}, form) == ()


@pytest.mark.parametrize("figure", ["", "—", "一百", "NaN", "Infinity"])
def test_what_is_no_figure_differs_and_is_not_counted_with(form: Form, figure: str) -> None:
    (found,) = differences({**SUMS, NEW: figure}, totals(), form)
    assert found == Difference(NEW, figure, "50", ())


def test_a_whole_published_report_without_one_body(form: Form) -> None:
    """Real figures: of five published reports the greatest is left out of the sum."""
    names = (
        "putian-psb-2022",
        "hongze-district-2023",
        "huaian-city-2024",
        "suqian-city-2023",
        "suqian-city-2024",
    )
    reports = {name: figures_of(published(name), form) for name in names}
    sums = {
        key: Total(
            key,
            str(sum(Decimal(figures[key]) for figures in reports.values())),
            {name: str(figures[key]) for name, figures in reports.items()},
        )
        for key in form.cells
    }
    said = {
        key: str(sum(Decimal(figures[key]) for name, figures in reports.items() if name != names[2]))
        for key in form.cells
    }
    found = differences(said, sums, form)
    assert len(found) > 50
    assert {each.explanations for each in found} == {(f"漏了{names[2]}",)}
