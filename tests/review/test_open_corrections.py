"""Corrections in an edited draft: open until the input, or a later draft, has them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reportgen.model.content import Content
from reportgen.model.differences import compare
from reportgen.review import open_corrections
from reportgen.review.open_corrections import not_taken_in

MADE = Content(
    "甲局2022年年报",
    {"requests.granted.total": "6", "active_disclosure.fees": "0"},
    {"overview": ("收到19件。全部办结。", "第二段。"), "problems": ("解读单一。",)},
)


def test_a_file_as_it_was_made_has_none() -> None:
    assert not not_taken_in(MADE, MADE, [MADE])


def test_title_figures_and_sentences_are_open_until_they_are_taken_in() -> None:
    edited = Content(
        "乙局2022年年报",
        {"requests.granted.total": "7"},
        {**MADE.texts, "overview": ("收到18件。全部办结。", "第二段。", "第三段。")},
    )
    left = not_taken_in(MADE, edited, [MADE])
    assert left.title == ("甲局2022年年报", "乙局2022年年报")
    assert [(c.cell, c.new) for c in left.figures] == [
        ("requests.granted.total", "7"),
        ("active_disclosure.fees", None),
    ]
    assert [c.new for c in left.texts] == ["收到18件。", "第三段。"]
    assert not not_taken_in(MADE, edited, [edited])


def test_each_correction_counts_for_itself() -> None:
    edited = replace(MADE, title="乙局2022年年报", figures={**MADE.figures, "active_disclosure.fees": "1.5"})
    left = not_taken_in(MADE, edited, [replace(MADE, title="乙局2022年年报")])
    assert left.title is None
    assert [c.cell for c in left.figures] == ["active_disclosure.fees"]


def test_a_sentence_struck_out_is_taken_in_where_it_stands_no_more() -> None:
    edited = replace(MADE, texts={**MADE.texts, "overview": ("收到19件。", "第二段。")})
    assert [c.old for c in not_taken_in(MADE, edited, [MADE]).texts] == ["全部办结。"]
    other = replace(MADE, texts={**MADE.texts, "overview": ("收到19件。另一句。", "第二段。")})
    assert not not_taken_in(MADE, edited, [other])


def test_a_paragraph_that_moved_is_open_until_it_stands_there() -> None:
    one, two = "网站检索和办事指引不够便捷。", "政策解读的形式比较单一。"
    made, edited = (
        replace(MADE, texts={**MADE.texts, "problems": texts}) for texts in ((one, two), (two, one))
    )
    left = not_taken_in(made, edited, [made])
    assert [change.text for change in left.rearranged] == ["原第 2 段移到第 1 段"]
    assert left.number == 1
    assert not not_taken_in(made, edited, [edited])
    # Where the paragraph is gone or written anew, nothing is left to move.
    assert not not_taken_in(made, edited, [replace(made, texts={**made.texts, "problems": (one,)})])


def test_what_any_later_draft_had_is_taken_in_though_it_was_written_anew_since() -> None:
    edited = replace(MADE, texts={**MADE.texts, "problems": ("解读形式单一。",)})
    anew = replace(MADE, texts={**MADE.texts, "problems": ("解读不多。",)})
    assert not not_taken_in(MADE, edited, [edited, anew])
    assert not_taken_in(MADE, edited, [anew])


def test_a_draft_is_not_compared_with_every_later_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the later ones say is looked up: a folder of many drafts would take minutes otherwise."""
    compared = []
    monkeypatch.setattr(
        open_corrections, "compare", lambda old, new: (compared.append(new), compare(old, new))[1]
    )
    edited = replace(MADE, figures={**MADE.figures, "active_disclosure.fees": "1.5"})
    assert not_taken_in(MADE, edited, [MADE] * 200).number == 1
    assert compared == [edited]
