"""The corrections of a draft, one by one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.model.content import Content
from reportgen.review.choosing import choices, with_chosen

MADE = Content(
    "题",
    {"a.b": "1", "a.c": "2", "a.d": "3"},
    {"overview": ("甲一句。甲二句。", "乙一句。", "丙一句。"), "problems": ("丁一句。",)},
)
THEIRS = Content(
    "题",
    {"a.b": "9", "a.c": "2", "a.e": "4"},
    {"overview": ("甲一句改。甲二句也改了。", "乙一句。", "新的一段。", "丙一句。"), "other": ("添的。",)},
)


def test_each_change_stands_alone() -> None:
    found = choices(MADE, THEIRS)
    assert [each.id for each in found] == [
        "a.b", "a.d", "a.e", "overview/0", "overview/1", "overview/2", "problems/0", "other/0",
    ]  # fmt: skip


def test_all_of_them_are_the_draft_and_none_is_what_it_was() -> None:
    everything = [each.id for each in choices(MADE, THEIRS)]
    assert with_chosen(MADE, THEIRS, everything) == THEIRS
    assert with_chosen(MADE, THEIRS, []) == MADE


@pytest.mark.parametrize(
    ("chosen", "overview"),
    [
        (["overview/0"], ("甲一句改。甲二句。", "乙一句。", "丙一句。")),
        (["overview/1"], ("甲一句。甲二句也改了。", "乙一句。", "丙一句。")),
        (["overview/2"], ("甲一句。甲二句。", "乙一句。", "新的一段。", "丙一句。")),
    ],
)
def test_one_of_them_changes_one_sentence(chosen: list[str], overview: tuple[str, ...]) -> None:
    assert with_chosen(MADE, THEIRS, chosen).texts["overview"] == overview


def test_a_figure_taken_out_and_one_put_in() -> None:
    assert with_chosen(MADE, THEIRS, ["a.d", "a.e"]).figures == {"a.b": "1", "a.c": "2", "a.e": "4"}


def test_a_part_in_which_paragraphs_moved_is_one_choice() -> None:
    made = Content(
        "题",
        {},
        {
            "overview": (
                "第一段说的是主动公开的事。",
                "第二段说的是依申请公开的事。",
                "第三段说的是监督的事。",
            )
        },
    )
    a, b, c = made.texts["overview"]
    theirs = Content("题", {}, {"overview": (c, a, b.replace("的事", "的各种事"))})
    (choice,) = choices(made, theirs)
    assert choice.id == "overview"
    assert with_chosen(made, theirs, ["overview"]) == theirs
    assert with_chosen(made, theirs, []) == made


SENTENCES = st.lists(
    st.sampled_from(["甲。", "乙二。", "丙三句。", "丁四五句。", "戊"]), min_size=1, max_size=4
)
TEXTS = st.lists(SENTENCES.map("".join), max_size=5).map(tuple)


@given(TEXTS, TEXTS)
def test_all_and_none_of_any_two_texts(old: tuple[str, ...], new: tuple[str, ...]) -> None:
    made, theirs = (Content("题", {}, {"overview": text} if text else {}) for text in (old, new))
    assert with_chosen(made, theirs, [each.id for each in choices(made, theirs)]) == theirs
    assert with_chosen(made, theirs, []) == made
