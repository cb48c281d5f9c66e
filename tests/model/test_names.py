"""The names of numbers in Chinese: as the form prints them, sure or refused, in every form."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.form.form_file import load_form
from reportgen.form.model import Form
from reportgen.model.expressions import parse
from reportgen.model.names import names
from reportgen.model.narrative import NarrativeError

FORMS = [load_form("2021"), load_form("2019"), load_form("2030", Path(__file__).parents[1] / "form")]


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("年份", "year"),
        ("机关名称", "agency.name"),
        ("予以公开.总计", "requests.granted.total"),
        ("部分公开.商业企业", "requests.partially_granted.commercial"),
        ("危及三安全一稳定.自然人", "requests.denied_security_stability.natural"),
        ("不予公开.总计", "requests.denied.total"),
        ("不予公开.属于国家秘密.总计", "requests.denied_state_secret.total"),
        ("属于国家秘密.总计", "requests.denied_state_secret.total"),
        ("表三.予以公开.总计", "requests.granted.total"),
        ("行政许可", "active_disclosure.licensing"),
        ("规章.现行有效件数", "active_disclosure.regulations.in_force"),
        ("行政复议.结果维持", "review_litigation.review.upheld"),
        ("行政诉讼.复议后起诉.总计", "review_litigation.suit_after_review.total"),
        ("行政诉讼.总计", "review_litigation.suits.total"),
        ("上年.予以公开.总计", "last.requests.granted.total"),
        ("requests.granted.total", "requests.granted.total"),
    ],
)
def test_a_name_as_the_form_prints_it_means_one_number(form: Form, written: str, key: str) -> None:
    assert names(form).meant(written) == (key,)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.format)
def test_every_number_of_every_form_has_a_chinese_name_of_its_own(form: Form) -> None:
    known = names(form)
    for key in known:
        assert known.chinese(key) != key
        assert known.meant(known.chinese(key)) == (key,)
        (bound,) = parse(f"共{{{{ {known.chinese(key)} }}}}件", [1], known).bounds
        assert bound.cells == known[key]


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (
            "结果维持",
            "“结果维持”说的是哪一格，看不出来，可以写：行政复议.结果维持、未经复议直接起诉.结果维持、",
        ),
        ("予以公开", "“予以公开”不是一个数据，后面还要写到哪一格，例如 {{ 予以公开.总计 }}"),
        ("本年新收.总计", "不认识“本年新收.总计”，是不是“本年新收政府信息公开申请数量.总计”？"),
        ("予以公幵.总计", "不认识“予以公幵.总计”，是不是“予以公开.总计”？"),
        ("子虚", "不认识“子虚”，请核对数据名；全部数据名见 reportgen names"),
    ],
)
def test_a_name_that_is_not_sure_is_refused_with_what_it_may_be(
    form: Form, written: str, message: str
) -> None:
    with pytest.raises(NarrativeError) as caught:
        parse(f"一。\n共{{{{ {written} }}}}件", [7, 8], names(form))
    ((line, said, _),) = caught.value.problems
    assert line == 8
    assert said.startswith(message)


def test_a_name_that_fits_two_rows_is_refused_with_both(tmp_path: Path) -> None:
    source = (Path(__file__).parents[1] / "form" / "2030" / "form.toml").read_text(encoding="utf-8")
    (tmp_path / "2030").mkdir()
    twice = source.replace('"2.涉及隐私"', '"2.答复"')
    (tmp_path / "2030" / "form.toml").write_text(twice, encoding="utf-8")
    known = names(load_form("2030", tmp_path))
    with pytest.raises(NarrativeError) as caught:
        parse("{{ 答复.合计 }}", [1], known)
    message = "“答复.合计”说的是哪一格，看不出来，可以写："
    assert caught.value.problems[0].message.startswith(message)
    assert known.meant("拒绝.答复.合计") == ("intake.private.sum",)
