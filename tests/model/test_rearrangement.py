"""Which paragraph became which: moved, split and joined ones are told from those put in and taken out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.model.rearrangement import Step, rearranged

A = "公开的内容不够及时，部分栏目三个月没有更新。"
B = "政策解读的形式比较单一，全年只有两次用了图表。"
C = "申请的办理流程有待规范，答复的格式没有统一。"
NEW = "今年起按季度通报各单位的工作。"


@pytest.mark.parametrize(
    ("old", "new", "steps"),
    [
        ([A, B], [A, B], [((0,), (0,), None), ((1,), (1,), None)]),
        ([A, C], [A, NEW, C], [((0,), (0,), None), ((), (1,), None), ((1,), (2,), None)]),
        ([A, NEW, C], [A, C], [((0,), (0,), None), ((1,), (), None), ((2,), (1,), None)]),
        ([A], [A.replace("三个", "两个")], [((0,), (0,), None)]),
        # moved, and moved with another number
        (
            [A, B, C],
            [B, C, A],
            [((0,), (), 1), ((1,), (0,), None), ((2,), (1,), None), ((), (2,), 1)],
        ),
        (
            [f"（一）{A}", f"（二）{B}{C}"],
            [f"（一）{B}{C}", f"（二）{A}"],
            [((0,), (), 1), ((1,), (0,), None), ((), (1,), 1)],
        ),
        # split and joined, changed too
        ([A + B], [A, B], [((0,), (0, 1), None)]),
        ([A + B + C], [A, B.replace("两次", "三次"), C], [((0,), (0, 1, 2), None)]),
        ([A, B], [A + B], [((0, 1), (0,), None)]),
        # a short paragraph that only uses the same characters is no piece of another
        ([A + B], [A + B, "有图表。"], [((0,), (0,), None), ((), (1,), None)]),
    ],
)
def test_what_became_of_paragraphs(old: list[str], new: list[str], steps: list[tuple[object, ...]]) -> None:
    assert [(step.old, step.new, step.move) for step in rearranged(old, new)] == steps


def test_a_long_paragraph_stays_and_the_short_one_moved() -> None:
    steps = rearranged(["甲乙丙丁戊。", A + B + C], [A + B + C, "甲乙丙丁戊。"])
    assert [step.old for step in steps if step.move and step.old] == [(0,)]


texts = st.lists(st.text("甲乙丙丁戊己，。", min_size=1, max_size=12), max_size=7)


@given(texts, texts)
def test_every_paragraph_has_its_step_and_none_two(old: list[str], new: list[str]) -> None:
    steps = rearranged(old, new)
    assert [i for step in steps for i in step.old] == list(range(len(old)))
    assert [j for step in steps for j in step.new] == list(range(len(new)))
    moved = [step for step in steps if step.move]
    assert {step.move for step in moved if step.old} == {step.move for step in moved if step.new}
    assert all(len(step.old) + len(step.new) == 1 for step in moved)


@given(texts)
def test_paragraphs_in_another_order_are_all_kept_or_moved(old: list[str]) -> None:
    for step in rearranged(old, sorted(old)):
        assert step.move or (len(step.old) == len(step.new) == 1)


def test_very_many_paragraphs_are_taken_in_their_order() -> None:
    many = [f"{A}{n}" for n in range(500)]
    assert rearranged(many, many[:-1]) == [*(Step((n,), (n,)) for n in range(499)), Step((499,), ())]
