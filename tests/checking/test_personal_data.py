"""Personal data in the text. The identity number is the example of GB 11643—1999."""

from __future__ import annotations

import pytest

from reportgen.model.findings import Severity

from .cases import found_in

IDENTITY = "11010519491231002X"


@pytest.mark.parametrize("number", [IDENTITY, IDENTITY.lower(), "１１０１０５１９４９１２３１００２Ｘ"])
def test_an_identity_number_is_found_and_not_repeated_in_full(number: str) -> None:
    (finding,) = found_in("W13", f"申请人张某（{number}）")
    assert number not in finding.message
    assert finding.severity is Severity.ERROR


def test_a_number_with_a_wrong_check_digit_counts_only_where_it_is_called_an_identity_number() -> None:
    wrong = "110105194912310021"
    assert found_in("W13", f"编号{wrong}") == []
    assert found_in("W13", f"身份证号码{wrong}")


@pytest.mark.parametrize(
    "text", ["编号20220101123456789012", "统一社会信用代码11350300003936543A", "共335873件"]
)
def test_other_long_numbers_are_no_identity_numbers(text: str) -> None:
    assert found_in("W13", text) == []


@pytest.mark.parametrize("number", ["13812345678", "138-1234-5678", "138 1234 5678"])
def test_a_mobile_number_in_the_text_is_found_and_not_repeated_in_full(number: str) -> None:
    (finding,) = found_in("W14", f"联系人张某，手机{number}。")
    assert "12345678" not in finding.message
    assert finding.severity is Severity.ERROR


def test_a_mobile_number_among_the_contacts_is_only_a_warning_and_the_offices_own_is_right() -> None:
    text = "如有疑问，请联系13812345678。"
    (finding,) = found_in("W14", text, "preface")
    assert finding.severity is Severity.WARNING
    assert found_in("W14", text, "preface", agency={"phone": "13812345678"}) == []


@pytest.mark.parametrize(
    "text", ["13812345678元", "138****5678", "0594-2772776", "访问13812345678次", "3.13812345678"]
)
def test_amounts_and_office_numbers_are_no_mobile_numbers(text: str) -> None:
    assert found_in("W14", text) == []
