"""Texts as numbers tell the same pairs as all texts held against all."""

from __future__ import annotations

import random
from itertools import combinations

import pytest

from reportgen.collating import text_index
from reportgen.collating.text_index import TextIndex, number

Planned = list[tuple[str, list[str]]]


def planned(chance: random.Random, pool: list[str]) -> Planned:
    """A text of some of the sentences of a pool, each with clauses of its own."""
    return [(each, [f"{each}前", f"{each}后"]) for each in chance.sample(pool, 12)]


def index_of(texts: list[Planned]) -> TextIndex:
    index = TextIndex()
    for text in texts:
        index.add(text)
    return index


def in_common(one: Planned, other: Planned) -> float:
    return len({text for text, _ in one} & {text for text, _ in other}) / len(one)


@pytest.mark.parametrize("seed", range(5))
def test_every_pair_that_is_alike_is_a_candidate_with_its_share(seed: int) -> None:
    chance = random.Random(seed)
    pool = [f"第{number:04}句话说的是一件事" for number in range(30)]
    texts = [planned(chance, pool) for _ in range(40)]
    index = index_of(texts)
    expected = {(b, a) for a, b in combinations(range(40), 2) if in_common(texts[a], texts[b]) > 0.5}
    found = set(index.candidates(0, 0.5))
    assert expected
    assert expected <= found
    assert {pair: index.share(*pair) for pair in found} == {
        (a, b): pytest.approx(in_common(texts[a], texts[b])) for a, b in found
    }


def test_the_first_texts_are_not_held_against_each_other() -> None:
    text: Planned = [("一句话", []), ("又一句话", [])]
    assert set(index_of([text] * 4).candidates(2, 0.5)) == {(2, 0), (2, 1), (3, 0), (3, 1), (3, 2)}


def test_a_clause_that_is_everybodys_leads_to_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    texts: list[Planned] = [[(f"{number}加强领导", ["加强领导"])] for number in range(4)]
    assert len(set(index_of(texts).candidates(0, 0.5))) == 6
    monkeypatch.setattr(text_index, "RARE", 3)
    assert set(index_of(texts).candidates(0, 0.5)) == set()


def test_a_sentence_nearly_all_of_whose_clauses_stand_in_the_text_is_held() -> None:
    one: Planned = [("甲乙丙丁戊己庚辛壬癸", ["甲乙丙丁", "戊己庚", "辛壬癸"])]
    seven: Planned = [("甲乙丙丁戊己庚子丑寅", ["甲乙丙丁", "戊己庚", "子丑寅"])]
    four: Planned = [("甲乙丙丁子丑寅卯辰巳", ["甲乙丙丁", "子丑寅", "卯辰巳"])]
    index = index_of([one, seven, four])
    assert (index.share(0, 1), index.share(0, 2)) == (1, 0)


def test_who_has_a_sentence_is_told_of_those_that_more_than_a_pair_has() -> None:
    texts: list[Planned] = [[("都有", []), (f"只有{min(place, 2)}有", [])] for place in range(4)]
    index = index_of(texts)
    found = index.holders([number("都有"), number("只有2有"), number("没有")], (2, 3, 0, 1))
    assert {key: list(places) for key, places in found.items()} == {number("都有"): [2, 3, 0, 1]}
