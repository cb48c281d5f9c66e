"""Two texts are compared with work that grows with their length, whatever stands in them."""

from __future__ import annotations

import pytest

from reportgen.model.alignment import Stretch, aligned, likeness, pieces, steps
from reportgen.model.content import Content
from reportgen.model.differences import Changes, compare

from .. import counting


def between(other: int, number: int) -> str:
    """Characters that are all different, and the same one between them."""
    return "".join(chr(other + i) + "的" for i in range(number))


def work(old: tuple[str, ...], new: tuple[str, ...]) -> int:
    """What it takes to find that two texts differ."""
    found: list[Changes] = []
    contents = [Content("", {}, {"overview": paragraphs}) for paragraphs in (old, new)]
    taken = counting.steps(lambda: found.append(compare(*contents)))
    assert found[0]
    return taken


@pytest.mark.parametrize("number", [100, 2000, 5000])
def test_a_character_that_stands_everywhere_does_not_hold_up_a_comparison(number: int) -> None:
    old, new = between(0x4E00, number), between(0x7000, number)
    found: list[Stretch] = []
    assert counting.steps(lambda: found.extend(steps(old, new))) < 400_000
    assert "".join(old[a:b] for a, b, *_ in found) == old
    assert "".join(new[c:d] for _, _, c, d, _ in found) == new
    assert all(old[a:b] == new[c:d] for a, b, c, d, same in found if same)


def test_a_long_paragraph_with_a_few_changes_is_still_compared_word_by_word() -> None:
    text = "".join(f"全年第{i}项工作已经按照要求认真办理完成，" for i in range(200))
    changed = text.replace("第7项", "第八项").replace("第150项工作", "第150项任务")
    assert [piece for piece in pieces(text, changed) if piece[0] != "same"] == [
        ("delete", "7"),
        ("insert", "八"),
        ("delete", "工作"),
        ("insert", "任务"),
    ]


def test_many_long_paragraphs_are_put_beside_each_other_in_time() -> None:
    old = tuple(between(0x4E00 + i, 300) for i in range(100))
    new = tuple(between(0x7000 + i, 300) for i in range(100))
    assert work(old, new) < 30_000_000
    assert len(list(aligned(old, new))) >= 100


def test_one_paragraph_cut_into_a_thousand_is_compared_in_time() -> None:
    whole = between(0x4E00, 10_000)
    cut = tuple(whole[i : i + 20] for i in range(0, len(whole), 20))
    assert work((whole,), cut) < 15_000_000


def test_texts_of_very_different_length_are_not_like() -> None:
    assert likeness("", "一") == 0.0
    assert likeness("", "") == 1.0
    assert likeness("一" * 10, "一" * 100) == 0.0
