"""Numbers of a text become ``{{ }}`` where they certainly tell a figure, and what is printed stays the same."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.checking import readings
from reportgen.form.form_file import load_form
from reportgen.form.model import Form
from reportgen.importing.binding import bind
from reportgen.model.document import compose
from reportgen.model.expressions import parse
from reportgen.model.names import names
from reportgen.model.report import Report

from ..conftest import make_report, published

PUTIAN = published("putian-psb-2022")
FORM = load_form("2021")
CHANGED: Mapping[str, Any] = {
    "requests.new_received.natural": 19,
    "requests.carried_over.natural": 3,
    "requests.carried_over.total": 3,
    "requests.total_processed.total": 20,
    "requests.granted.total": 10,
    "requests.denied_repeat.total": 0,
    "active_disclosure.fees": Decimal("12.50"),
}


def report(text: str, **figures: Any) -> Report:
    """Last year's figures of Putian, some changed, with a text."""
    made = make_report(PUTIAN, FORM, {"overview": text})
    changed = {key: value for key, value in {**CHANGED, **figures}.items() if key in FORM.cells}
    return replace(made, figures={**made.figures, **changed})


def bound(text: str, before: Report | None = None, into: Form | None = None) -> str:
    return bind(report(text), before, into).sources["overview"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "全年收到政府信息公开申请19件。",
            "全年收到政府信息公开申请{{ 本年新收政府信息公开申请数量.总计 }}件。",
        ),
        (
            "办结政府信息公开申请20件，其中无法提供12件。",
            "办结政府信息公开申请{{ 总计.总计 }}件，其中无法提供{{ 无法提供.总计 }}件。",
        ),
        (
            "本年度办理政府信息公开申请22件（含上年结转3件）。",
            "本年度办理政府信息公开申请{{ 本年新收政府信息公开申请数量.总计 + 上年结转政府信息公开申请数量.总计 }}件"
            "（含上年结转{{ 上年结转政府信息公开申请数量.总计 }}件）。",
        ),
        (
            "办结政府信息公开申请20件，其中予以公开10件，占50%。",
            "办结政府信息公开申请{{ 总计.总计 }}件，其中予以公开{{ 予以公开.总计 }}件，占{{ 予以公开.总计 | share(总计.总计) }}。",
        ),
        (
            "办结政府信息公开申请20件，其中予以公开10件，占50.0%。",
            "办结政府信息公开申请{{ 总计.总计 }}件，其中予以公开{{ 予以公开.总计 }}件，"
            "占{{ 予以公开.总计 | share(总计.总计, 1) }}。",
        ),
        (
            "全年办结行政许可335873件，行政事业性收费12.50万元。",
            "全年办结行政许可{{ 行政许可 }}件，行政事业性收费{{ 行政事业性收费 }}万元。",
        ),
    ],
)
def test_a_number_that_tells_a_figure_prints_it_by_name(text: str, expected: str) -> None:
    assert bound(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "全年在网站发布信息801条，编发通报12期。",  # of no table
        "全年收到政府信息公开申请１９件。",  # other digits
        "全年收到政府信息公开申请十九件。",
        "全年收到政府信息公开申请近19件、约19件、19余件。",  # loosely
        "全年收到政府信息公开申请18件。",  # another number
        "全年办结行政许可335,873件。",
        "全年办结行政许可33.6万件。",
        "行政事业性收费12.5万元。",  # not as it is printed
        "行政事业性收费125000元。",
        "上年收到政府信息公开申请19件。",  # of a year that is not known
    ],
)
def test_any_other_number_stays_as_it_is(text: str) -> None:
    assert bound(text) == text


def test_one_number_of_two_figures_is_not_bound() -> None:
    text = "无法提供、重复申请各0件；予以公开、其他处理各1件。"
    assert bound(text) == text


def test_a_share_is_bound_only_where_it_is_certain_of_what() -> None:
    """19 were received and 19 answered: of which of the two 52.63% are is not said."""
    figures = {"requests.carried_over.total": 0, "requests.total_processed.total": 19}
    both = "收到政府信息公开申请19件，答复政府信息公开申请19件，其中予以公开10件，占52.63%。"
    one = "收到政府信息公开申请19件，其中予以公开10件，占52.63%。"
    for text, is_bound in ((both, False), (one, True)):
        found = bind(report(text, **figures)).sources["overview"]
        assert ("share(" in found) is is_bound, found
        assert "予以公开{{ 予以公开.总计 }}件" in found


def test_a_number_of_last_years_is_bound_where_last_year_is_known() -> None:
    before = replace(report(""), year=2021, figures={**report("").figures, "requests.new_received.total": 31})
    text = "收到政府信息公开申请19件，比上年的31件减少12件。"
    assert "比上年的{{ 上年.本年新收政府信息公开申请数量.总计 }}件减少12件" in bound(text, before)
    assert "比上年的31件" in bound(text)


def test_what_is_bound_already_and_conditions_stay() -> None:
    text = "{% if 年份 %}{{ 年份 }}年{% endif %}收到政府信息公开申请19件，予以公开{{ 予以公开.总计 }}件{# 核对过 #}。"
    assert bound(text) == text.replace("19件", "{{ 本年新收政府信息公开申请数量.总计 }}件")


def test_of_another_form_only_what_both_count_the_same_is_bound() -> None:
    there = load_form("2019")
    text = "收到政府信息公开申请19件，其他处理1件。行政许可335873件。"
    found = bound(text, into=there)
    assert (
        found
        == "收到政府信息公开申请{{ 本年新收政府信息公开申请数量.总计 }}件，其他处理1件。行政许可335873件。"
    )
    parse(found, [1], names(there))


SENTENCES = [
    "全年收到政府信息公开申请{}件，办结{}件，",
    "其中予以公开{}件，占{}%；不予公开{}件，占{}%。",
    "无法提供{}件（占{}%），",
    "制发行政规范性文件{}件，现行有效{}件。",
    "行政复议{}件，维持{}件；行政诉讼{}件。",
    "{{{{ 予以公开.总计 }}}}件，占{{{{ 予以公开.总计 | share(总计.总计, 1) }}}}，其他处理{}件，占{}%。",
    "结转下年度{}件。\n（一）自然人{}件，商业企业{}件。",
    "{{{{ '{{' }}}}{}件}}。",
]


@settings(max_examples=40)
@given(st.data())
def test_what_is_printed_stays_the_same(data: st.DataObject) -> None:
    number = st.sampled_from([0, 1, 2, 3, 6, 10, 12, 19, 20, 26, 31, 335873]).map(str)
    share = st.sampled_from(["50", "50.0", "31.58", "5.3", "5", "5.26", "0", "63.2", "100", "33.333"])
    written = ""
    for sentence in data.draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5)):
        parts = re.split(r"\{\}(?=件|%)", sentence)
        filled = [parts[0]]
        for part in parts[1:]:
            filled += [data.draw(share if part.startswith("%") else number), part]
        written += "".join(filled).format()
    figures = {key: data.draw(st.sampled_from([1, 6, 10, 19, 20])) for key in CHANGED if "requests" in key}
    made = report(written, **figures)
    found = bind(made)
    again = replace(
        made, narrative={k: parse(s, range(1, 99), names(FORM)) for k, s in found.sources.items()}
    )
    assert compose(again).content == compose(made).content


def test_every_number_that_agrees_and_is_written_as_it_is_printed_is_bound() -> None:
    """Of a plain text: what ``check --explain`` calls 相符 comes out as 引用数据."""
    text = "收到政府信息公开申请19件，办结20件，予以公开10件，无法提供12件，其他处理1件。制发行政规范性文件6件，现行有效26件。"
    made = report(text)
    agree = [reading.passage for reading in readings(made, compose(made)) if reading.verdict == "相符"]
    assert len(agree) == 7
    assert bind(made).count == 7


def test_a_long_text_full_of_numbers_is_bound_in_time() -> None:
    text = "\n".join(
        f"收到政府信息公开申请{n % 30}件，予以公开{n % 12}件，占{n % 100}%。" for n in range(400)
    )
    assert bind(report(text)).count > 50
