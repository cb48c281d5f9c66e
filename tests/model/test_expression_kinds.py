"""An expression prints figures and words, or is told on its line; nothing is reckoned with words."""

from __future__ import annotations

import pytest

from reportgen.form.model import Form
from reportgen.model.expressions import MOST_PROBLEMS, MOST_TAGS, parse
from reportgen.model.names import names
from reportgen.model.narrative import NarrativeError, Problem

from ..counting import steps
from .test_narrative import render

ODD = "{{ }} 里只能印数和文字，这里印出来不是数，也不是文字"
RECKONED = "这里把文字当作数来加减或求占比了，只能用数；请核对数据名"
COMPARED = "这里把文字当作数来比较了；请核对数据名"
NO_NUMBER = "不是可以印的数：最多 12 位，小数最多 8 位，不用 e 的写法"
BACKSLASH = "{{ }} 里引号中的文字不能有反斜杠 \\，也不能换行"
NOT_ALLOWED = "这里的写法不能用"
GRANTED = "requests.granted.total"


def problems(form: Form, text: str) -> list[Problem]:
    with pytest.raises(NarrativeError) as caught:
        parse(text, range(10, 11 + text.count("\n")), names(form))
    return caught.value.problems


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("{{ none }}", ODD),
        ("{{ true }}", ODD),
        ("{{ year == 2022 }}", ODD),
        ("{{ not year }}", ODD),
        ("{{ year or none }}", ODD),
        ("{{ 'a' if year else false }}", ODD),
        ("{% if none %}甲{% endif %}", ODD),
        ("{{ requests.granted.total + agency.name }}", RECKONED),
        ("{{ year - 'a' }}", RECKONED),
        ("{{ (year | share(19)) + 1 }}", RECKONED),
        ("{{ (1 if year) + 1 }}", RECKONED),
        ("{{ agency.name | share(requests.granted.total) }}", RECKONED),
        ("{{ 机关名称 | share(year) }}", RECKONED),
        ("{{ year | share('x') }}", RECKONED),
        ("{{ year | share(19) | share(4) }}", RECKONED),
        ("{{ year | share(none) }}", ODD),
        ("{% if requests.granted.total > agency.name %}甲{% endif %}", COMPARED),
        ("{% if last.agency.name > last.year %}甲{% endif %}", COMPARED),
        ("{% if agency.name < '甲' %}甲{% endif %}", COMPARED),
        ("{% if year == '2022' %}甲{% endif %}", COMPARED),
        ("{{ 1 in requests.granted.total }}", NOT_ALLOWED),
        ("{{ 1 not in requests.granted.total }}", NOT_ALLOWED),
        ("{% autoescape true %}甲{% endautoescape %}", NOT_ALLOWED),
        ("{{ year | share(19, *year) }}", "share 后面的括号里要写总数"),
        ("{{ 1e999 }}", NO_NUMBER),
        ("{{ 0x10 }}", NO_NUMBER),
        ("{{ 1_000 }}", NO_NUMBER),
        ("{{ 1234567890123 }}", NO_NUMBER),
        ("{% if " + "1" * 5000 + " %}甲{% endif %}", "太长（超过 400 字）"),
        ('{{ "a\\nb" }}', BACKSLASH),
        ('{{ "\\u0000" }}', BACKSLASH),
        ('{{ "\\ud800" }}', BACKSLASH),
        ("{{ '甲\n乙' }}", BACKSLASH),
        ("{% if year %}" + "{% elif year %}甲" * 101 + "{% endif %}", "{% elif %} 和 {% else %} 太多"),
    ],
)
def test_what_is_no_figure_and_no_word_is_refused_on_its_line(form: Form, written: str, told: str) -> None:
    first = problems(form, f"一。\n{written}")[0]
    assert first.line == 11
    assert told in first.message


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("{{ 1.5 + requests.granted.total }}", "7.5"),
        ("{{ 0.1 + 0.2 }}", "0.3"),
        ("{{ 0.00000001 }}", "0.00000001"),
        ("{{ '有' if requests.granted.total else '没有' }}", "有"),
        ("{{ requests.granted.total or '没有' }}", "6"),
        ("{{ year if agency.name == '甲局' else requests.granted.total }}", "2022"),
        ("甲{{ '乙' if not year }}", "甲"),
        ("{% if requests.granted.total + 1 == 7 and agency.name != '乙局' %}对{% endif %}", "对"),
        ("{{ 999999999999 | share(0.00000001, 4) }}", "9999999999990000000000.0000%"),
    ],
)
def test_figures_words_and_choices_are_printed(form: Form, written: str, printed: str) -> None:
    assert render(form, written, **{"agency.name": "甲局"})[0].text == printed


def test_a_tag_too_many_is_told_with_the_limit(form: Form) -> None:
    (problem,) = problems(form, "{{ year }}\n" * (MOST_TAGS + 1))
    assert problem.line == 10 + MOST_TAGS
    assert f"最多 {MOST_TAGS} 个" in problem.message


@pytest.mark.parametrize(
    "unit", ["{{ yaer }}\n", "{{\n", "{{ ", "｛｛", "{{ year年", "{{ {%", "{{ 予以公开.总计件\n", "{{ '"]
)
def test_whatever_is_wrong_again_and_again_is_told_soon_and_not_without_end(form: Form, unit: str) -> None:
    found: list[Problem] = []

    def told() -> None:
        found.extend(problems(form, unit * (20_000 // len(unit))))

    assert steps(told) < 3_000_000
    assert len(found) <= 2 * MOST_PROBLEMS + 1
