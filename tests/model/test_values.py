"""Shares: so many decimals as asked for, and as many in all of a sentence."""

from __future__ import annotations

import pytest

from reportgen.form.model import Form
from reportgen.model.narrative import NarrativeError

from .test_narrative import render

A, B, ALL = "部分公开.总计", "予以公开.总计", "总计.总计"
FIGURES = {
    "requests.partially_granted.total": 10,
    "requests.granted.total": 7,
    "requests.total_processed.total": 20,
}


def printed(form: Form, text: str, **figures: int) -> str:
    return "\n".join(paragraph.text for paragraph in render(form, text, **{**FIGURES, **figures}))


@pytest.mark.parametrize(
    ("written", "text"),
    [("", "50%"), (", 0", "50%"), (", 1", "50.0%"), (", 2", "50.00%"), (", 4", "50.0000%")],
)
def test_a_share_has_the_decimals_it_asks_for(form: Form, written: str, text: str) -> None:
    assert printed(form, f"占{{{{ {A} | share({ALL}{written}) }}}}。") == f"占{text}。"


def test_the_shares_of_a_sentence_have_the_same_number_of_decimals(form: Form) -> None:
    text = f"甲占{{{{ {A} | share({ALL}) }}}}，乙占{{{{ {B} | share({ALL}) }}}}。甲占{{{{ {A} | share({ALL}) }}}}。"
    assert printed(form, text) == "甲占50%，乙占35%。甲占50%。"
    figures = {"requests.total_processed.total": 24}
    assert printed(form, text, **figures) == "甲占41.67%，乙占29.17%。甲占41.67%。"
    figures = {"requests.total_processed.total": 40}
    assert printed(form, text, **figures) == "甲占25.0%，乙占17.5%。甲占25%。"


def test_what_one_share_asks_for_holds_for_its_sentence(form: Form) -> None:
    text = f"甲占{{{{ {A} | share({ALL}) }}}}；乙占{{{{ {B} | share({ALL}, 1) }}}}\n甲占{{{{ {A} | share({ALL}) }}}}"
    figures = {"requests.total_processed.total": 24}
    assert printed(form, text, **figures) == "甲占41.7%；乙占29.2%\n甲占41.67%"


def test_half_is_rounded_up_from_the_exact_share(form: Form) -> None:
    text = f"占{{{{ {A} | share({ALL}, 1) }}}}"
    figures = {"requests.partially_granted.total": 3145, "requests.total_processed.total": 10000}
    assert printed(form, text, **figures) == "占31.5%"
    assert printed(form, text, **{**figures, "requests.partially_granted.total": 3144}) == "占31.4%"


@pytest.mark.parametrize("written", ["-1", "5", "1.5", "'1'", "true", "总计.总计", "year"])
def test_what_is_no_number_of_decimals_is_refused(form: Form, written: str) -> None:
    with pytest.raises(NarrativeError) as caught:
        printed(form, f"占{{{{ {A} | share({ALL}, {written}) }}}}")
    assert caught.value.problems[0].message.startswith("share 的括号里，总数后面只能写小数位数，0 到 4")


def test_words_that_are_added_like_numbers_are_refused(form: Form) -> None:
    with pytest.raises(NarrativeError, match="把文字当作数"):
        render(form, "{{ agency.name + 1 }}", **{"agency.name": "甲局"})
