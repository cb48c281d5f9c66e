"""Slips in typing ``{{ }}``: each line is shown as it has to be, or with its words where that is not sure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.form.form_file import load_form
from reportgen.form.model import Form
from reportgen.model.expressions import parse
from reportgen.model.names import names
from reportgen.model.narrative import NarrativeError, Problem


def problems(form: Form, text: str) -> list[Problem]:
    with pytest.raises(NarrativeError) as caught:
        parse(text, range(10, 11 + text.count("\n")), names(form))
    return caught.value.problems


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("收到｛｛ 予以公开.总计 ｝｝件（其中一件）。", "收到{{ 予以公开.总计 }}件（其中一件）。"),
        ("收到{｛ year }}件", "收到{{ year }}件"),
        ("｛％ if year ％｝甲｛％ endif ％｝", "{% if year %}甲{% endif %}"),
        ("占{{ 予以公开．总计 ｜ share（总计。总计，１） }}", "占{{ 予以公开.总计 | share(总计.总计,1) }}"),
        ("{{ （一）予以公开.总计 }}件", "{{ 予以公开.总计 }}件"),
        ("{{ 不予公开.1.属于国家秘密.总计 }}", "{{ 不予公开.属于国家秘密.总计 }}"),
        ("{{ 危及“三安全一稳定”.总计 }}", "{{ 危及三安全一稳定.总计 }}"),
        ("答复{{ 予以公开.总计件，其中{{ year }}", "答复{{ 予以公开.总计 }}件，其中{{ year }}"),
        ("{{ year年收到{{ 予以公开.总计件", "{{ year }}年收到{{ 予以公开.总计 }}件"),
        ("{{ year }年", "{{ year }}年"),
        ("{{ year ｝年", "{{ year }}年"),
    ],
)
def test_a_slip_is_shown_with_the_corrected_line(form: Form, written: str, right: str) -> None:
    (problem,) = problems(form, f"一。\n{written}\n三。")
    assert problem.line == 11
    assert problem.correction is not None
    assert (problem.correction.written, problem.correction.corrected) == (written, right)
    parse(right, [1], names(form))


@pytest.mark.parametrize(
    "written", ["共{{ 予以公开.总计 + 部分公开.总计", "共{{ 子虚件", "共{{", "共{{ \n{{ year }}"]
)
def test_a_tag_whose_end_is_not_sure_gets_its_line_and_its_words(form: Form, written: str) -> None:
    (problem,) = problems(form, f"一。\n{written}")
    assert (problem.line, problem.correction) == (11, None)
    assert problem.message.startswith(
        f"“{written.split(chr(10))[0][1:].strip()}”的写法不对：{{{{ 没有用 }}}} 结束"
    )


def test_all_slips_of_a_text_come_in_one_run(form: Form) -> None:
    found = problems(form, "｛｛ year ｝｝\n{{ 予以公开.总计件\n{{ yaer }}\n{{ 子虚\n{{ year | upper }}")
    assert [problem.line for problem in found] == [10, 11, 13, 12, 14]


def test_a_tag_over_two_lines_is_no_slip(form: Form) -> None:
    assert parse("{{ 予以公开.总计\n + year }}", [1, 2], names(form)).bounds


KNOWN = names(load_form("2021"))
WORDS = [
    "{{",
    "}}",
    "｛",
    "｝",
    "{",
    "}",
    "%",
    "％",
    "year",
    "予以公开",
    ".",
    "．",
    "总计",
    "（一）",
    "|",
    "｜",
    "share",
    "(",
    ")",
    "（",
    "）",
    ",",
    "+",
    "件",
    "1",
    "“",
    "'",
    "。",
    "if",
    "endif",
]
TYPED = st.lists(st.sampled_from([*WORDS, " ", "\n"]), max_size=14).map("".join)


def found(text: str) -> list[Problem]:
    try:
        parse(text, range(1, text.count("\n") + 2), KNOWN)
    except NarrativeError as error:
        return error.problems
    return []


def test_a_line_with_a_slip_that_is_not_sure_gets_no_corrected_line() -> None:
    assert found("｛｛year{{")
    assert not any(problem.correction for problem in found("｛｛year{{"))


@given(TYPED)
def test_whatever_is_typed_a_shown_line_has_no_slip_left(text: str) -> None:
    for correction in (problem.correction for problem in found(text) if problem.correction):
        assert correction.corrected != correction.written
        assert correction.written == text.split("\n")[correction.line - 1]
        assert not any(problem.correction for problem in found(correction.corrected))
