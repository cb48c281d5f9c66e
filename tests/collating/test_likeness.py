"""Copied texts are found, whoever copied them and whatever small changes were made; nobody else is accused."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from reportgen.checking.similarity import bare
from reportgen.collating import likeness
from reportgen.collating.area import Sentence
from reportgen.collating.likeness import Text, alike

SUBJECTS = ["信箱", "讲座", "橱窗", "热线", "档案", "地图", "走访", "问卷", "直播", "展板", "大厅", "回访"]
PLACES = ["河东", "河西", "城南", "城北", "山前", "山后", "湖滨", "港口", "岭上", "坪下"]


def sentence(subject: str, place: str, number: int = 12) -> str:
    """A sentence that nobody else has, in two clauses."""
    return f"{place}一带设置便民{subject}{number}处，由{subject}值守人员每周向{place}群众说明办理结果。"


def own(place: str) -> list[str]:
    """The text of a body that copied from nobody."""
    return [sentence(subject, place) for subject in SUBJECTS]


def text(name: str, sentences: Sequence[str], *, last: bool = False) -> Text:
    return Text(name, [Sentence("overview", each, bare(each)) for each in sentences], last)


def area() -> list[Text]:
    """Ten bodies, each with its own text."""
    return [text(f"安河县{place}镇人民政府", own(place)) for place in PLACES]


def test_nobody_is_accused_where_nobody_copied() -> None:
    assert alike(area()) == ()


def test_a_copied_text_is_found_with_its_sentences_and_its_share() -> None:
    copied = [*own("河东")[:9], *(sentence(subject, "田间") for subject in SUBJECTS[:3])]
    (pair,) = alike([*area(), text("安河县审计局", copied)])
    assert {pair.a, pair.b} == {"安河县河东镇人民政府", "安河县审计局"}
    assert set(pair.sentences) == set(own("河东")[:9])
    assert pair.share == pytest.approx(9 / 12)
    assert not pair.with_last
    assert pair.also == {}


def test_other_numbers_and_the_own_name_make_no_other_text() -> None:
    """A copier puts in its own name and its own figures."""
    written = [f"安河县财政局{each}" for each in own("河东")]
    copied = [f"审计局{sentence(subject, '河东', 345)}" for subject in SUBJECTS]
    (pair,) = alike([text("安河县财政局", written), text("安河县审计局", copied)])
    assert pair.share == 1


def test_a_clause_put_in_here_and_there_makes_no_other_text() -> None:
    copied = [each.replace("，", "，今年，") for each in own("河东")]
    copied = [each.replace("。", "，成效明显。") for each in copied]
    (pair,) = alike([*area(), text("安河县审计局", copied)])
    assert pair.share > 0.9


def test_whoever_else_has_a_sentence_is_named_with_it() -> None:
    first = own("河东")[0]
    third = text("安河县民政局", [first, *own("田间")])
    (pair,) = alike([*area(), text("安河县审计局", own("河东")), third])
    assert pair.also == {first: ("安河县民政局",)}


def test_where_many_have_a_sentence_some_are_named_and_all_are_counted() -> None:
    common = own("河东")[0]
    many = [text(f"第{number}局", [common, *own(chr(0x5000 + number) * 2)]) for number in range(100)]
    (pair,) = alike([text("审计局", own("河东")), text("民政局", own("河东")), *many])
    assert len(pair.also[common]) == likeness.MOST_NAMED + 1
    assert pair.also[common][-1] == "等共 102 份报告"


def test_the_shorter_text_is_the_one_that_is_judged() -> None:
    """A short text that stands whole in a long one is copied, though it is a small part of the long one."""
    short, long = own("河东")[:5], [*own("河东"), *own("河西"), *own("城南")]
    (pair,) = alike([text("甲局", long), text("乙局", short)])
    assert (pair.a, pair.b, pair.share) == ("乙局", "甲局", 1)


def test_a_text_is_held_against_last_years_its_own_and_others() -> None:
    now = [text("甲局", own("河东")), text("乙局", own("河西")), text("丙局", own("城南"))]
    last = [text("甲局", own("河东"), last=True), text("丁局", own("河西"), last=True)]
    assert {(pair.a, pair.b, pair.with_last) for pair in alike(now, last)} == {
        ("甲局", "甲局", True),
        ("乙局", "丁局", True),
    }


def test_last_years_texts_are_not_held_against_each_other() -> None:
    last = [text("甲局", own("河东"), last=True), text("乙局", own("河东"), last=True)]
    assert alike([text("丙局", own("城南"))], last) == ()


def test_half_of_a_text_may_be_the_same_and_no_more() -> None:
    half = [*own("河东")[:6], *own("河西")[:6]]
    assert alike([text("甲局", own("河东")), text("乙局", half)]) == ()
    more = [*own("河东")[:7], *own("河西")[:5]]
    assert len(alike([text("甲局", own("河东")), text("乙局", more)])) == 1


def test_a_text_of_a_few_words_is_not_judged() -> None:
    assert alike([text("甲局", own("河东")[:1]), text("乙局", own("河东")[:1])]) == ()
    assert alike([text("甲局", []), text("乙局", [])]) == ()


def test_three_who_copied_are_three_pairs() -> None:
    assert len(alike([text(name, own("河东")) for name in ("甲局", "乙局", "丙局")])) == 3


def test_of_too_many_pairs_each_body_keeps_its_most_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(likeness, "MOST_PAIRS", 8)
    pairs = alike([text(f"第{number}局", own("河东")) for number in range(8)])
    assert len(pairs) == 8
    assert {name for pair in pairs for name in (pair.a, pair.b)} == {f"第{n}局" for n in range(8)}


def test_the_order_in_which_the_reports_came_makes_no_difference() -> None:
    texts = [*area(), text("安河县审计局", own("河东")), text("安河县民政局", own("城南"))]
    found = {(frozenset((pair.a, pair.b)), pair.share) for pair in alike(texts)}
    assert found == {(frozenset((pair.a, pair.b)), pair.share) for pair in alike(texts[::-1])}
    assert len(found) == 2
