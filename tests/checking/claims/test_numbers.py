"""Numbers as Chinese texts write them, and what looks like one and counts nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from reportgen.checking.claims.numbers import find_numbers


def read(text: str) -> list[tuple[Decimal, str]]:
    return [(number.value, number.unit) for number in find_numbers(text)]


@pytest.mark.parametrize(
    ("written", "value", "unit"),
    [
        ("收到19件", 19, "件"),
        ("收到 19 件", 19, "件"),
        ("收到１９件", 19, "件"),
        ("共1,234件", 1234, "件"),
        ("共1，234，567件", 1234567, "件"),
        ("33.6万件", 336000, "件"),
        ("2.3亿元", Decimal("230000000"), "元"),
        ("47.10万元", Decimal("471000"), "元"),
        ("占31.58%", Decimal("31.58"), "%"),
        ("占３１．５８％", Decimal("31.58"), "%"),
        ("百分之三十一点五八", Decimal("31.58"), "%"),
        ("百分之31.58", Decimal("31.58"), "%"),
        ("增长近四成", 40, "%"),
        ("三件", 3, "件"),
        ("两件", 2, "件"),
        ("十二件", 12, "件"),
        ("一百二十件", 120, "件"),
        ("三千零五件", 3005, "件"),
        ("一万二千件", 12000, "件"),
        ("均为零", 0, ""),
    ],
)
def test_a_number_is_read_however_it_is_written(written: str, value: Decimal, unit: str) -> None:
    assert read(written) == [(value, unit)]


@pytest.mark.parametrize(
    "text",
    [
        "2022年12月31日",
        "二〇二二年",
        "国办公开办函〔2021〕30号",
        "国令第711号",
        "第二十条第（一）项",
        "电话：0594-2772776，邮编：351100",
        "手机13800138000",
        "http://gaj.putian.gov.cn/2022/12件",
        "IPv6网络、5G、A4纸",
        "一站式服务、一体化平台、一件事",
        "《2022年政务公开工作10件事》",
        "每一件都认真办理",
        "7×24小时值班",
        "20个工作日内答复",
        "零件加工",
        "“12345”热线",
        "进一步、统一、唯一",
    ],
)
def test_what_counts_nothing_is_passed_over(text: str) -> None:
    assert read(text) == []


def test_the_numbers_of_a_list_share_the_unit_that_ends_it() -> None:
    assert read("分别为6、2和3件") == [(6, "件"), (2, "件"), (3, "件")]


def test_the_place_of_a_number_is_that_of_its_characters() -> None:
    text = "共收到１９件，办结18件。"
    assert [text[n.start : n.end] for n in find_numbers(text)] == ["１９件", "18件"]


@pytest.mark.parametrize(
    ("written", "figure", "holds"),
    [
        ("19件", 19, True),
        ("19件", 20, False),
        ("2100余件", 2130, True),
        ("2100余件", 2099, False),
        ("2100余件", 2600, False),
        ("20多件", 23, True),
        ("近百件", 97, True),
        ("近百件", 103, False),
        ("约200件", 196, True),
        ("约200件", 150, False),
        ("100件以上", 140, True),
        ("100件以上", 99, False),
        ("100件以内", 40, True),
        ("不超过100件", 101, False),
        ("四成", 50, True),
        ("四成", 51, False),
        ("3至5件", 4, True),
        ("3—5件", 6, False),
        ("33.6万件", 335873, True),
        ("33.5万件", 335873, True),
        ("33.7万件", 335873, False),
        ("447万件", 4472280, True),
    ],
)
def test_a_number_holds_the_figures_it_can_stand_for(written: str, figure: int, holds: bool) -> None:
    (number,) = find_numbers(written)
    assert number.holds(figure) is holds


@pytest.mark.parametrize(
    ("written", "holds"),
    [("47.1万元", True), ("47.10万元", True), ("471000元", True), ("48.1万元", False), ("471元", False)],
)
def test_money_is_compared_in_the_unit_of_the_table(written: str, holds: bool) -> None:
    (number,) = find_numbers(written)
    assert number.holds(Decimal("47.10")) is holds


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("31.58%", True),
        ("31.6%", True),
        ("32%", True),
        ("31.57%", False),
        ("31.5%", False),
        ("31%", False),
        ("约31%", True),
        ("约28%", False),
    ],
)
def test_a_share_is_rounded_to_the_decimals_it_is_written_with(written: str, right: bool) -> None:
    (number,) = find_numbers(written)
    assert number.rounds(Decimal(600) / Decimal(19)) is right


def test_a_range_has_two_ends() -> None:
    assert [(n.value, n.high) for n in find_numbers("3至5件，5至5件")] == [(3, 5), (5, None)]
