"""The narrative against the tables: published reports, wrong numbers one by one, and what is said of the rest."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest

from reportgen.checking import RULES
from reportgen.checking.claims.reader import read
from reportgen.checking.claims.readings import Statement, Verdict
from reportgen.checking.rule import Case
from reportgen.form.model import Form
from reportgen.model.document import compose
from reportgen.model.findings import Finding, Remark, Severity
from tests.conftest import PUBLISHED_TEXT, make_report, needs_published_text, published
from tests.counting import steps

CODES = ("X01", "X02", "X03", "X04", "X05")

# In the manner of a published police report; the figures are those of putian-psb-2022.
NARRATIVE = (
    "（二）依申请公开情况。2022年，我局接收政府信息公开申请19件，均为自然人申请19件，上年结转0件。"
    "经审查，予以公开6件，占31.58%；无法提供12件，占63.16%，其中本机关不掌握相关政府信息11件、"
    "没有现成信息需要另行制作1件；其他处理1件，占5.26%。全年办结19件，结转下年度继续办理0件。"
    "因政府信息公开被申请行政复议0件、提起行政诉讼0件。\n"
    "（三）政府信息管理情况。全年制定行政规范性文件6件，废止0件，现行有效26件。"
    "作出行政许可决定335873件，行政处罚决定235627件，行政强制决定140件。"
)


def case(form: Form, text: str, name: str = "putian-psb-2022", last: str = "", **changes: Any) -> Case:
    report = make_report(published(name), form, {"overview": text}, **changes)
    before = make_report({**published(last), "year": report.year - 1}, form) if last else None
    return Case(report, compose(report, before), before)


def findings(checked: Case) -> list[Finding]:
    return [r for code in CODES for r in RULES[code].check(checked) if isinstance(r, Finding)]


def remarks(checked: Case) -> list[str]:
    return [r.text for code in CODES for r in RULES[code].check(checked) if isinstance(r, Remark)]


# ── published reports ───────────────────────────────────────────────────────────────────────────────


@needs_published_text
def test_a_published_text_is_recognised_and_has_no_false_finding(form: Form) -> None:
    text = PUBLISHED_TEXT.read_text(encoding="utf-8")
    overview = text[text.index("\n一、总体情况\n") + 8 : text.index("\n二、主动公开政府信息情况\n")]
    other = text[text.index("\n六、其他需要报告的事项\n") + 13 :]
    report = make_report(published("putian-psb-2022"), form, {"overview": overview, "other_matters": other})
    checked = Case(report, compose(report))
    assert findings(checked) == []
    told = [(r.written, r.kind) for r in read(checked) if r.verdict is Verdict.AGREES]
    assert told == [
        ("19件", Statement.COUNT),
        ("6件", Statement.COUNT),
        ("31.58%", Statement.SHARE),
        ("12件", Statement.COUNT),
        ("63.16%", Statement.SHARE),
        ("1件", Statement.COUNT),
        ("5.26%", Statement.SHARE),
        ("262件", Statement.WHOLE),
    ]


@pytest.mark.parametrize("words", [
    "{}不存在因政府信息公开引起的行政复议",
    "{}并无因政府信息公开引起的行政复议案件",
    "{}本年新收的政府信息公开申请数量较2023年增长",
])  # fmt: skip
def test_a_wrong_claim_without_a_number_is_found_in_a_long_sentence_too(words: str, form: Form) -> None:
    long = "本机关按照统一部署完善政府信息公开的制度和机制、健全工作台账、加强业务培训和指导，不断提高工作的规范化水平，"
    for start in ("", long):
        checked = case(form, f"{words.format(start)}。", "suqian-city-2024", "suqian-city-2024")
        assert [finding.rule for finding in findings(checked)] == (
            ["X05"] if "行政复议" in words else ["X04"]
        )


def test_the_published_disagreement_of_reviews_and_suits_is_found(form: Form) -> None:
    text = "全年共发生政府信息公开行政复议134件、行政诉讼57件。"
    found = findings(case(form, text, "suqian-city-2024"))
    assert [(f.rule, f.severity, f.actual, f.expected) for f in found] == [
        ("X01", Severity.ERROR, 134, 170),
        ("X01", Severity.ERROR, 57, 77),
    ]
    assert found[0].cells == ("review_litigation.review.total",)


def test_of_another_scope_it_is_a_warning_that_names_it(form: Form) -> None:
    found = findings(case(form, "全区发生行政复议134件。", "suqian-city-2024"))
    assert [f.severity for f in found] == [Severity.WARNING]
    assert "全区" in found[0].text


def test_what_a_city_government_says_of_the_whole_city_is_said_of_its_own_tables(form: Form) -> None:
    found = findings(case(form, "全市收到政府信息公开申请3600件。", "suqian-city-2024"))
    assert [f.severity for f in found] == [Severity.ERROR]


@pytest.mark.parametrize(
    ("name", "text", "numbers"),
    [
        (
            "huaian-city-2024",
            "收到政府信息公开申请3119件，答复3050件（含上年结转34件），结转下年度103件。行政复议351件，维持72件，"
            "纠正64件，其他结果178件，尚未审结37件；行政诉讼46件，维持25件，纠正5件，其他结果9件，尚未审结7件。"
            "出台规章1件。收取信息处理费3940元。",
            15,
        ),
        (
            "suqian-city-2023",
            "办理政府信息公开申请3607件，其中自然人3493件、法人或其他组织114件。予以公开1191件，部分公开328件，"
            "不予公开142件，无法提供1078件，不予处理406件，其他处理341件，结转下年度121件。",
            10,
        ),
        (
            "suqian-city-2024",
            "办理政府信息公开申请3646件，予以公开1431件，部分公开471件，不予公开92件，无法提供941件，"
            "不予处理117件，其他处理469件，结转下年度125件。",
            8,
        ),
        ("hongze-district-2023", "全年收到政府信息公开申请21件，均在法定期限内答复。", 1),
    ],
)
def test_what_published_texts_tell_of_their_tables_agrees(
    form: Form, name: str, text: str, numbers: int
) -> None:
    checked = case(form, text, name)
    assert findings(checked) == []
    assert sum(r.verdict is Verdict.AGREES for r in read(checked)) == numbers


def test_carried_figures_and_changes_of_two_published_years_agree(form: Form) -> None:
    text = "2023年收到政府信息公开申请3511件，2024年收到3525件，较上年增加14件；上年结转121件。"
    assert findings(case(form, text, "suqian-city-2024", "suqian-city-2023")) == []


# ── one wrong number at a time ──────────────────────────────────────────────────────────────────────

NUMBERS = [match.span() for match in re.finditer(r"(?<!\d)\d+(?:\.\d+)?(?=[件%])", NARRATIVE)]


def test_the_narrative_agrees_and_all_its_numbers_are_known(form: Form) -> None:
    checked = case(form, NARRATIVE)
    assert findings(checked) == []
    assert sum(r.verdict is Verdict.AGREES for r in read(checked)) == len(NUMBERS) == 21


@pytest.mark.parametrize(("start", "end"), NUMBERS)
def test_each_number_changed_by_one_is_found(form: Form, start: int, end: int) -> None:
    wrong = str(Decimal(NARRATIVE[start:end]) + 1)
    text = NARRATIVE[:start] + wrong + NARRATIVE[end:]
    passages = [f.passage for f in findings(case(form, text)) if f.passage]
    line = text[:start].count("\n")
    offset = start - (text.rfind("\n", 0, start) + 1)
    assert (line, offset) in {(p.paragraph, p.start) for p in passages}


def test_a_bound_number_cannot_be_wrong(form: Form) -> None:
    text = "收到政府信息公开申请{{ requests.new_received.natural - requests.granted.total }}件，予以公开{{ requests.unavailable.total }}件。"
    checked = case(form, text)
    assert findings(checked) == []
    assert [r.verdict for r in read(checked)] == [Verdict.BOUND, Verdict.BOUND]


def test_a_number_typed_beside_a_bound_one_is_still_compared(form: Form) -> None:
    text = "收到政府信息公开申请{{ requests.new_received.total }}件，其中予以公开7件。"
    assert [(f.rule, f.actual, f.expected) for f in findings(case(form, text))] == [("X01", 7, 6)]


# ── each rule ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("code", "wrong", "right"),
    [
        ("X01", "收到政府信息公开申请20件。", "收到政府信息公开申请19件。"),
        ("X02", "收到政府信息公开申请19件，予以公开6件，占32.58%。", "收到政府信息公开申请19件，予以公开6件，占31.6%。"),
        ("X03", "受理各类诉求262件，已办结256件，正在办理5件。", "受理各类诉求262件，已办结257件，正在办理5件。"),
        ("X05", "全年未收到政府信息公开申请。", "全年未收到法人或其他组织的政府信息公开申请。"),
    ],
)  # fmt: skip
def test_each_rule_can_fail_and_can_pass(form: Form, code: str, wrong: str, right: str) -> None:
    assert [f.rule for f in findings(case(form, wrong))] == [code]
    assert findings(case(form, right)) == []


def test_a_change_against_last_year_can_fail_and_can_pass(form: Form) -> None:
    pair = ("suqian-city-2024", "suqian-city-2023")
    wrong = findings(case(form, "新收政府信息公开申请3525件，同比下降0.4%。", *pair))
    assert [(f.rule, f.severity) for f in wrong] == [("X04", Severity.ERROR)]
    assert findings(case(form, "新收政府信息公开申请3525件，同比增长0.4%。", *pair)) == []


# ── what a finding says ─────────────────────────────────────────────────────────────────────────────


def test_a_finding_names_the_sentence_both_numbers_the_cell_and_what_to_do(form: Form) -> None:
    (found,) = findings(case(form, "全年平稳。\n全年收到政府信息公开申请20件，均已答复。"))
    assert found.message == (
        "“全年收到政府信息公开申请20件”，文中写的是 20件，表三·一、本年新收政府信息公开申请数量·总计是 19 件。"
    )
    assert "{{ 本年新收政府信息公开申请数量.总计 }}" in found.how
    assert found.line == 2
    assert found.cells == ("requests.new_received.total",)
    assert found.passage is not None
    assert (found.passage.part, found.passage.paragraph) == ("overview", 1)
    assert "全年收到政府信息公开申请20件"[found.passage.start : found.passage.end] == "20件"


def test_new_requests_with_those_carried_over_are_another_reading(form: Form) -> None:
    (found,) = findings(case(form, "新收政府信息公开申请3646件。", "suqian-city-2024"))
    assert found.severity is Severity.WARNING
    assert "上年结转" in found.advice


def test_cells_that_are_not_filled_in_are_not_compared(form: Form) -> None:
    checked = case(form, "收到政府信息公开申请20件。", figures={})
    assert findings(checked) == []
    assert any("还没有填" in text for text in remarks(checked))


def test_a_run_says_how_many_numbers_agree_and_how_many_it_could_not_place(form: Form) -> None:
    said = remarks(case(form, "收到政府信息公开申请19件，同比增长5%，召开会议3次。"))
    assert any("1 个数与数据核对一致" in text for text in said)
    assert any("1 个数说的不是表里的事" in text for text in said)
    assert any("没有上一年的数据" in text for text in said)


# ── speed ───────────────────────────────────────────────────────────────────────────────────────────

REPEATED = (
    NARRATIVE + "\n",
    "收到申请19件、答复",
    "未收到、",
    "1",
    "其中",
    "行政复议、",
    "工单2件，",
    "同比分别增加1件，",
    "有1件",
)
"""What makes a long text hard to read: sentences without an end, lists without an end."""


@pytest.mark.parametrize("sentence", REPEATED, ids=lambda sentence: sentence[:9].strip())
def test_work_grows_with_the_length_of_the_text_and_no_faster(form: Form, sentence: str) -> None:
    def work(length: int) -> int:
        checked = case(form, sentence * (length // len(sentence)))
        read.cache_clear()
        return steps(lambda: read(checked))

    work(30)  # what is read and compiled once is not counted
    assert work(4500) < 1.4 * 3 * work(1500)
