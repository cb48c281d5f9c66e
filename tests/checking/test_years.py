"""Figures of two years held against each other; expected values from two published reports of one city."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from reportgen.model.findings import Figure, Finding, Remark, Severity
from reportgen.model.report import Report

from .cases import SOUND, findings, report, results

SUQIAN = {"name": "宿迁市人民政府"}


def suqian(year: int, figures: Mapping[str, Figure] | None = None) -> Report:
    return report(year=year, agency=SUQIAN, source=f"suqian-city-{year}", figures=figures)


def carried(figures: Mapping[str, Figure]) -> list[Finding]:
    return findings("Y02", suqian(2024, figures), suqian(2023))


@pytest.mark.parametrize("code", ["Y01", "Y02", "Y03", "Y04"])
def test_two_published_years_that_follow_from_each_other_are_not_accused(code: str) -> None:
    assert findings(code, suqian(2024), suqian(2023)) == []


def test_another_total_carried_over_is_an_error_with_both_figures() -> None:
    (finding,) = carried({"requests.carried_over.total": 112})
    assert finding.severity is Severity.ERROR
    assert (finding.expected, finding.actual) == (121, 112)
    assert "requests.carried_over.total" in finding.cells
    assert "2023年" in finding.message


def test_another_applicant_alone_is_a_warning() -> None:
    found = carried({"requests.carried_over.natural": 117, "requests.carried_over.commercial": 4})
    assert [finding.severity for finding in found] == [Severity.WARNING] * 2


def test_a_column_that_is_not_filled_in_is_not_compared() -> None:
    this = suqian(2024, {"requests.carried_over.total": 112})
    figures = {k: v for k, v in this.figures.items() if k != "requests.carried_over.total"}
    assert findings("Y02", replace(this, figures=figures), suqian(2023)) == []


def test_documents_in_force_follow_from_those_issued_and_repealed() -> None:
    key = "active_disclosure.normative_documents.in_force"
    (finding,) = findings("Y03", suqian(2024, {key: 421}), suqian(2023))
    assert (finding.expected, finding.actual, finding.severity) == (597 + 50 - 227, 421, Severity.WARNING)


def test_pending_cases_that_vanish_are_noted() -> None:
    key = "review_litigation.direct_suit.total"
    (finding,) = findings("Y04", suqian(2024, {key: 5}), suqian(2023))
    assert finding.severity is Severity.NOTE
    assert findings("Y04", suqian(2024, {key: 6}), suqian(2023)) == []


def test_large_jumps_are_noted_from_a_number_and_a_ratio_on() -> None:
    key = "active_disclosure.coercion"
    assert not [f for f in findings("Y05", suqian(2024), suqian(2023)) if key in f.cells]
    (found,) = [f for f in findings("Y05", suqian(2024, {key: 201630}), suqian(2023)) if key in f.cells]
    assert "10.0 倍" in found.message
    assert not [
        f for f in findings("Y05", suqian(2024, {key: 201630}), suqian(2023), jump=11) if key in f.cells
    ]
    fees = "active_disclosure.fees"
    ten_thousandfold = {fees: Decimal("592372449")}
    assert [f for f in findings("Y05", suqian(2024, ten_thousandfold), suqian(2023)) if fees in f.cells]


def test_small_numbers_may_jump() -> None:
    key = "requests.declined_repeat.total"
    found = findings("Y05", suqian(2024, {key: 0}), suqian(2023))
    assert key not in [cell for finding in found for cell in finding.cells]


def test_without_last_years_file_one_remark_says_how_to_give_it() -> None:
    (remark,) = results("Y01", suqian(2024))
    assert isinstance(remark, Remark)
    assert not remark.checked
    assert "--previous" in remark.how
    for code in ("Y02", "Y03", "Y04", "Y05", "Y06", "Y07", "Y08"):
        assert results(code, suqian(2024)) == []


def test_a_file_of_another_year_is_an_error_and_nothing_is_compared_with_it() -> None:
    last = replace(suqian(2023, {"requests.carried_forward.total": 1}), year=2022)
    (finding,) = findings("Y01", suqian(2024), last)
    assert finding.severity is Severity.ERROR
    assert findings("Y02", suqian(2024), last) == []


def test_a_file_of_another_body_is_a_warning() -> None:
    last = replace(suqian(2023), agency={"name": "淮安市人民政府"})
    (finding,) = findings("Y01", suqian(2024), last)
    assert finding.severity is Severity.WARNING
    assert "淮安市人民政府" in finding.message


def test_a_comparison_says_whether_texts_were_compared_too() -> None:
    (remark,) = results("Y01", suqian(2024), suqian(2023))
    assert isinstance(remark, Remark)
    assert "没有比较文字" in remark.text
    (with_text,) = results("Y01", report(SOUND), report(SOUND, year=2021))
    assert isinstance(with_text, Remark)
    assert "没有" not in with_text.text


def test_last_years_report_in_a_form_with_fewer_rows_breaks_nothing() -> None:
    last = suqian(2023)
    last = replace(last, figures={key: value for key, value in last.figures.items() if "total" in key})
    for code in ("Y02", "Y03", "Y04", "Y05"):
        assert not [f for f in findings(code, suqian(2024), last) if f.severity is not Severity.NOTE]
