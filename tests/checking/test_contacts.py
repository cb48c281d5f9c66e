"""Telephone numbers, postcodes and addresses that nobody can reach."""

from __future__ import annotations

import pytest

from .cases import findings, found_in, report


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("phone", "0594-27727"),
        ("fax", "0594277253701"),
        ("phone", "27727"),
        ("postcode", "35110"),
        ("postcode", "991100"),
    ],
)
def test_contacts_of_the_body_that_cannot_be_are_found(key: str, value: str) -> None:
    (finding,) = findings("W11", report(agency={key: value}))
    assert value in finding.message


@pytest.mark.parametrize(
    "phone",
    [
        "0594-2772776",
        "（0594）2772776",
        "0594-2772776-801",
        "0594-2772776转801",
        "010-65251234",
        "0594-2772776、2772777",
        "0594-2772776 2772777",
        "+86-594-2772776",
        "13812345678",
        "400-123-4567",
        "12345",
        "0594-12345",
        "96123",
    ],
)
def test_every_kind_of_telephone_number_there_is_passes(phone: str) -> None:
    assert findings("W11", report(agency={"phone": phone})) == []


def test_contacts_in_the_text_are_read_too() -> None:
    assert found_in("W11", "（邮编：35110，电话：0594-277）", "preface")
    assert found_in("W11", "（邮编：351100，联系电话0594-2772776，监督电话：12345）", "preface") == []


@pytest.mark.parametrize(
    "text", ["接听咨询电话1200次", "12345热线：8391件", "开通电话：3部", "电话62件、传真5件"]
)
def test_calls_that_are_counted_are_no_telephone_numbers(text: str) -> None:
    assert found_in("W11", text) == []


@pytest.mark.parametrize(
    "website",
    [
        "http:/www.putian.gov.cn",
        "http//www.putian.gov.cn",
        "www.putian.gov",
        "http：//a.gov.cn",
        "http://http://a.gov.cn",
    ],
)
def test_a_web_address_that_cannot_be_is_found_in_the_body_and_in_the_text(website: str) -> None:
    assert findings("W12", report(agency={"website": website}))
    assert found_in("W12", f"可在网站（{website}）查阅。", "preface")


@pytest.mark.parametrize(
    "mail", ["xxgk@putian", "xxgk@putian.gov", "xxgk＠putian.gov.cn", "xxgk@putian，gov.cn"]
)
def test_a_mail_address_that_cannot_be_is_found(mail: str) -> None:
    assert findings("W12", report(agency={"email": mail}))
    assert found_in("W12", f"邮箱：{mail}。", "preface")


@pytest.mark.parametrize(
    "text",
    [
        "网址http://gaj.putian.gov.cn，2022年改版。",
        "（www.putian.gov.cn）",
        "邮箱a.b-c@163.com。",
        "http://192.168.1.1/a",
        "微博@莆田警方在线",
    ],
)
def test_addresses_that_work_are_left(text: str) -> None:
    assert found_in("W12", text, "preface") == []
    assert (
        findings(
            "W12",
            report(agency={"website": "https://www.putian.gov.cn:8080/xxgk/?a=1", "email": "a@b.gov.cn"}),
        )
        == []
    )
