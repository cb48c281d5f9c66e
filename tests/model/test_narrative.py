"""The narrative: what it prints, where its numbers come from, and the numbering of official texts."""

from __future__ import annotations

from typing import Any

import pytest

from reportgen.form.model import Form
from reportgen.model.expressions import parse
from reportgen.model.names import names
from reportgen.model.narrative import NarrativeError, namespace
from reportgen.model.paragraphs import GAP, Paragraph
from reportgen.model.values import Unfilled, share

from ..counting import steps


def render(form: Form, text: str, **values: Any) -> list[Paragraph]:
    known = names(form)
    filled = {name: Unfilled() for name in known} | {
        "year": 2022,
        "requests.new_received.total": 19,
        "requests.granted.total": 6,
        "requests.total_processed.total": 19,
        **values,
    }
    return parse(text, range(10, 10 + text.count("\n") + 1), known).render(namespace(filled))


def test_a_number_comes_from_its_cell_and_remembers_it(form: Form) -> None:
    (paragraph,) = render(form, "收到申请{{ requests.new_received.total }}件。")
    assert paragraph.text == "收到申请19件。"
    bound = [(run.text, run.bound.expression, run.bound.cells) for run in paragraph.runs if run.bound]
    assert bound == [("19", "requests.new_received.total", ("requests.new_received.total",))]


def test_a_share_is_printed_as_in_the_published_report(form: Form) -> None:
    (paragraph,) = render(form, "占{{ requests.granted.total | share(requests.total_processed.total) }}。")
    assert paragraph.text == "占31.58%。"
    (run,) = (run for run in paragraph.runs if run.bound)
    assert run.bound is not None
    assert run.bound.cells == ("requests.granted.total", "requests.total_processed.total")


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (12, 19, "63.16%"),
        (1, 19, "5.26%"),
        (1, 2, "50%"),
        (1, 8, "12.5%"),
        (0, 5, "0%"),
        (5, 5, "100%"),
        (1, 1600, "0.06%"),
    ],
)
def test_shares_are_rounded_half_up_to_two_decimals(part: int, whole: int, text: str) -> None:
    assert share(part, whole) == text


def test_a_share_of_nothing_is_an_error_with_its_line(form: Form) -> None:
    with pytest.raises(NarrativeError) as caught:
        render(form, "一。\n占{{ year | share(requests.granted.total) }}。", **{"requests.granted.total": 0})
    assert caught.value.problems[0][0] == 11


def test_what_is_not_filled_in_is_printed_as_a_gap(form: Form) -> None:
    (paragraph,) = render(
        form,
        "部分公开{{ requests.partially_granted.total }}件，共{{ requests.granted.total + requests.partially_granted.total }}件。",
    )
    assert paragraph.text == f"部分公开{GAP}件，共{GAP}件。"
    assert sum(run.gap for run in paragraph.runs) == 2


def test_words_can_depend_on_a_figure(form: Form) -> None:
    text = "{% if requests.granted.total %}公开{{ requests.granted.total }}件{% else %}没有公开{% endif %}。"
    assert render(form, text)[0].text == "公开6件。"
    assert render(form, text, **{"requests.granted.total": 0})[0].text == "没有公开。"


def test_every_paragraph_knows_its_line(form: Form) -> None:
    paragraphs = render(form, "一段。\n\n　　三段{{ year }}。\n{% if year %}\n五段。\n{% endif %}\n七段。")
    assert [(paragraph.line, paragraph.text) for paragraph in paragraphs] == [
        (10, "一段。"),
        (12, "三段2022。"),
        (14, "五段。"),
        (16, "七段。"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "　（一）主动公开。我局\n\n 公开信息 ",
        "（一）{{ year }}年公开。{% if year %}我局{# 说明 #}公开{% else %}没有{% endif %}。\n末段",
        "甲 {%- if year -%} 乙 {% endif %}\n  {{- year -}}\n 丙{% raw %}{{ 丁 }}{% endraw %}{{ '}}' }}戊",
    ],
)
def test_every_character_knows_where_it_was_typed_and_every_expression_where_it_stands(
    form: Form, text: str
) -> None:
    for run in (run for paragraph in render(form, text) for run in paragraph.runs):
        if run.bound:
            assert text[run.bound.start : run.bound.end].strip("{}-") == f" {run.bound.expression} "
        else:
            assert "".join(text[place] for place in run.places) == run.text


@pytest.mark.parametrize(
    ("text", "level", "heading", "lead"),
    [
        ("（一）主动公开情况", 2, True, ""),
        ("（一）主动公开情况。", 2, True, ""),
        ("(二)依申请公开情况", 2, True, ""),
        ("（十二）其他。我局做了工作。", 2, False, "（十二）其他。"),
        ("（一）主动公开情况。我局公开信息。", 2, False, "（一）主动公开情况。"),
        ("1.优化栏目", 3, True, ""),
        ("1.优化栏目。我局优化了栏目。", 3, False, ""),
        ("3、优化栏目", 3, True, ""),
        ("（1）设置专栏", 4, True, ""),
        ("（1）设置专栏，公开信息。", 4, True, ""),
        ("2.5万件信息已经公开。", 0, False, ""),
        ("2022年，我局公开信息。", 0, False, ""),
        ("一是优化栏目。二是加强培训。", 0, False, ""),
        ("（本列数据）说明。", 0, False, ""),
        ("（一）" + "长" * 80 + "。后面。", 2, False, ""),
        ("（一）公开信息；", 2, False, ""),
    ],
)
def test_numbering_is_recognised(form: Form, text: str, level: int, heading: bool, lead: str) -> None:
    (paragraph,) = render(form, text)
    assert (paragraph.level, paragraph.heading) == (level, heading)
    assert "".join(run.text for run in paragraph.runs if run.lead) == lead
    assert paragraph.text == text


def test_a_lead_may_hold_a_bound_number(form: Form) -> None:
    (paragraph,) = render(form, "（一）{{ year }}年主动公开。我局公开{{ year }}条。")
    assert [(run.text, run.lead, run.bound is not None) for run in paragraph.runs] == [
        ("（一）", True, False),
        ("2022", True, True),
        ("年主动公开。", True, False),
        ("我局公开", False, False),
        ("2022", False, True),
        ("条。", False, False),
    ]


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "A & B", "{ 大括号 }", "100%", "{year}", "\\n", "'''"]
)
def test_text_that_is_no_template_is_printed_as_written(form: Form, text: str) -> None:
    assert render(form, text)[0].text == text


@pytest.mark.parametrize(
    "text",
    [
        "{% for a in range(999999999) %}x{% endfor %}",
        "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
        "{% set x = 'a' %}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}",
        "{{ 9 ** 9 ** 9 ** 9 }}",
        "{{ 'a' * 999999999 }}",
        "{{ year.__class__ }}",
        "{{ requests.granted.total.__class__.__mro__ }}",
        "{{ self }}",
        "{{ cycler('a') }}",
        "{{ " + "(" * 150 + "year" + ")" * 150 + " }}",
        "{{ year" + " + 1" * 300 + " }}",
        "{{ lipsum() }}",
        "{{ namespace(a=1) }}",
        "{{ year | share }}",
        "{{ year | share(1, 2, 3) }}",
        "{{ year | share(whole=3) }}",
        "{{ year | attr('x') }}",
        "{{ 'a' ~ 'b' }}",
        "{{ [1, 2] }}",
        "{{ year is defined }}",
        "{% raw %}x{% endraw %}{{ nope }}",
    ],
)
def test_no_template_can_run_away_or_reach_out(form: Form, text: str) -> None:
    known = names(form)

    def refused() -> None:
        with pytest.raises(NarrativeError):
            parse(text, [10], known)  # before anything is printed

    assert steps(refused) < 2_000_000


@pytest.mark.parametrize("depth", [1, 20])
def test_nested_conditions_are_printed(form: Form, depth: int) -> None:
    assert render(form, "{% if year %}" * depth + "x" + "{% endif %}" * depth)[0].text == "x"


@pytest.mark.parametrize("depth", [21, 3000])
def test_conditions_nested_without_end_are_refused(form: Form, depth: int) -> None:
    with pytest.raises(NarrativeError, match="嵌套太深"):
        render(form, "{% if year %}" * depth + "x" + "{% endif %}" * depth)


def test_an_enormous_paragraph_is_printed_in_time_that_grows_with_its_length(form: Form) -> None:
    text = "我局公开信息{{ year }}条，" * 2000
    assert len(render(form, text)[0].text) == 2000 * 12
