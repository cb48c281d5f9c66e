"""The year of the report: the input's, the file name's, the text's, last year's file's and that of the finals beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from reportgen.checking import RULES, check, mark
from reportgen.checking.rule import Case
from reportgen.form.form_file import load_form
from reportgen.model.content import Content, Final
from reportgen.model.document import compose
from reportgen.model.findings import Finding, Severity
from reportgen.model.report import Publication, Report

from ..conftest import make_report, published
from .cases import findings, report

PERIOD = "所列数据的统计期限自{0}年1月1日起至{0}年12月31日止。"
NAME = "现公布莆田市公安局{0}年政府信息公开工作年度报告。"
DONE = "{0}年，我局收到政府信息公开申请19件。"


def named(
    name: str, year: int = 2022, narrative: Mapping[str, str] | None = None, format: str = "2021"
) -> Report:
    made = report(narrative, year=year)
    return replace(made, path=Path(name), form=load_form(format), lines={"year": 2, "format": 1})


def last(year: int) -> Report:
    return named(f"本局-{year}.toml", year)


def the(code: str, this: Report, before: Report | None = None) -> Finding:
    (finding,) = findings(code, this, before)
    return finding


# ── year left as it was ─────────────────────────────────────────────────────────────────────────────


def test_a_year_left_as_it_was_is_an_error_that_names_all_who_say_otherwise() -> None:
    this = named("本局-2023.toml", 2022, {"preface": PERIOD.format(2023), "overview": DONE.format(2023)})
    finding = the("Y09", this, last(2022))
    assert finding.severity is Severity.ERROR
    assert finding.message == (
        "年份写的是2022年，而文件名是“本局-2023”，上年的文件“本局-2022”是2022年的，"
        "前言第1段写的是“…数据的统计期限自2023年1月1日起至20…”。"
    )
    assert (finding.advice, finding.line) == ("请把年份改成 2023。", 2)


@pytest.mark.parametrize("code", ["S01", "S04", "Y01", "Y08"])
def test_then_nobody_advises_to_change_what_is_right(code: str) -> None:
    text = NAME.format(2023) + PERIOD.format(2023)
    problems = "公开不够及时。2024年，我局将进一步加强督办。"
    this = named(
        "本局-2023.toml", 2022, {"preface": text, "overview": DONE.format(2023), "problems": problems}
    )
    assert findings(code, this, last(2022)) == []


@pytest.mark.parametrize("code", ["S01", "S04", "Y01", "Y08"])
def test_nor_where_the_year_was_counted_on_too_far(code: str) -> None:
    text = NAME.format(2022) + PERIOD.format(2022)
    problems = "公开不够及时。2023年，我局将进一步加强督办。"
    this = named(
        "本局-2022.toml", 2023, {"preface": text, "overview": DONE.format(2022), "problems": problems}
    )
    assert findings(code, this, last(2021)) == []
    assert the("Y09", this, last(2021)).advice == "请把年份改成 2022。"


def test_a_file_name_alone_may_be_wrong_itself() -> None:
    assert the("Y09", named("本局-2023.toml")).advice == "请把年份改成 2023；年份没有写错的，请改文件名。"
    earlier = the("Y09", named("本局-2021.toml"))
    assert earlier.advice == "请核对：是2022年的报告，请改文件名；是2021年的，请改年份。"


def test_a_text_that_follows_year_tells_nothing_of_it() -> None:
    text = {"preface": PERIOD.format("{{ year }}") + NAME.format("{{ year }}")}
    assert findings("Y09", named("年报.toml", 2022, text)) == []
    assert the("Y09", named("本局-2023.toml", 2022, text)).advice.startswith("请把年份改成 2023")


@pytest.mark.parametrize("text", [PERIOD, NAME])
def test_a_later_year_in_the_text_alone_is_held_against_year(text: str) -> None:
    finding = the("Y09", named("年报.toml", 2022, {"preface": text.format(2023)}))
    assert finding.advice == "请把年份改成 2023；年份没有写错的，请改文字。"


def test_work_done_in_a_later_year_is_held_against_year_and_plans_are_not() -> None:
    assert the("Y09", named("年报.toml", 2022, {"overview": DONE.format(2023)})).line == 2
    assert findings("Y09", named("年报.toml", 2022, {"problems": "2023年，我局将收到的意见逐条整改。"})) == []


def test_an_earlier_year_in_the_text_alone_is_for_the_text_to_change() -> None:
    this = named("本局-2022.toml", 2022, {"preface": PERIOD.format(2021)})
    assert findings("Y09", this) == []
    assert the("S04", this).advice == "请改为“2022年1月1日至2022年12月31日”。"


def test_where_they_contradict_each_other_both_sides_are_named() -> None:
    this = named("本局-2023.toml", 2022, {"preface": PERIOD.format(2022)})
    finding = the("Y09", this, last(2021))
    assert "文件名是“本局-2023”" in finding.message
    assert "上年的文件“本局-2021”是2021年的，前言第1段写的是" in finding.message
    assert finding.message.endswith("与2022年相符。）")
    assert finding.advice == "请核对：是2022年的报告，请改文件名；是2023年的，请改年份。"


@pytest.mark.parametrize(
    "name",
    [
        "年报.toml",
        "本局-2022.toml",
        "2022年年报（2023年1月报送）.toml",
        "2022与2021对照.toml",
        "20230115.toml",
        "年报2023-01-15.toml",
        "年报 2023.1.15.toml",
        "年报2023年1月.toml",
        "电话1202345.toml",
        "年报（2021年格式）.toml",
        "2021格式-本局.toml",
    ],
)
def test_names_that_say_the_same_year_or_only_a_date_or_none_are_left(name: str) -> None:
    assert findings("Y09", named(name)) == []


# ── last year's file ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("year", "said"), [(2022, "同一年"), (2020, "更早一年"), (2024, "后面一年")])
def test_a_previous_file_of_a_wrong_year_is_said(year: int, said: str) -> None:
    finding = the("Y01", report(), replace(report(year=year), path=Path("上年.toml")))
    assert finding.message == f"用来比较的是{year}年（{said}）的报告，不是上一年（2021年）的，没有比较。"
    assert (
        finding.how
        == "上年的文件是“上年.toml”：请在 --previous 后面给出2021年的文件；本报告的年份写错了的，请改 year。"
    )


def test_a_previous_file_whose_own_year_was_left_is_told_so() -> None:
    before = replace(report(year=2020), path=Path("本局-2021.toml"))
    assert (
        the("Y01", named("本局-2022.toml"), before).how
        == "上年的文件是“本局-2021.toml”：文件名里写的是2021年，请核对那个文件里的 year。"
    )


# ── finals ──────────────────────────────────────────────────────────────────────────────────────────


def beside(this: Report, *finals: Final) -> list[Finding]:
    case = Case(this, compose(this), finals=finals)
    return [found for found in RULES["Y09"].check(case) if isinstance(found, Finding)]


def test_a_final_of_the_same_year_with_quite_other_figures_is_another_years() -> None:
    other = compose(make_report(published("suqian-city-2023"), load_form("2021"))).content
    (finding,) = beside(named("年报.toml"), Final("定稿2022.docx", 2022, other))
    assert finding.severity is Severity.ERROR
    assert "文件夹里已经有2022年的定稿“定稿2022”" in finding.message
    assert "请先把旧的定稿移到别处" in finding.advice


def test_a_final_of_the_same_year_that_is_corrected_or_cannot_be_read_is_none() -> None:
    this = named("年报.toml")
    content = compose(this).content
    figures = {**content.figures, "requests.granted.total": "7", "requests.granted.natural": "7"}
    assert beside(this, Final("定稿.docx", 2022, replace(content, figures=figures))) == []
    assert beside(this, Final("定稿.docx", 2022, None)) == []
    assert beside(this, Final("定稿.docx", 2022, Content("", {}, {}))) != []


def test_a_final_of_a_later_year_is_a_warning_and_of_earlier_years_usual() -> None:
    (finding,) = beside(named("年报.toml"), Final("定稿2023.docx", 2023, None))
    assert finding.severity is Severity.WARNING
    assert "“定稿2023”" in finding.message
    assert beside(named("年报.toml"), Final("定稿2021.docx", 2021, None)) == []


# ── the format ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("format", "year", "advice"),
    [
        ("2021", 2020, "请改用“2019”格式，并核对年份。"),
        ("2019", 2021, "请改用“2021”格式，并核对年份。"),
        ("2021", 2018, "没有2018年的格式，请核对年份。"),
    ],
)
def test_a_format_of_other_years_is_an_error(format: str, year: int, advice: str) -> None:
    this = replace(named("年报.toml", 2022), year=year)
    case = Case(replace(this, form=load_form(format)), compose(this))
    (finding,) = RULES["Y10"].check(case)
    assert isinstance(finding, Finding)
    assert (finding.severity, finding.advice, finding.line) == (Severity.ERROR, advice, 1)


@pytest.mark.parametrize(("format", "year"), [("2019", 2019), ("2019", 2020), ("2021", 2021), ("2021", 2099)])
def test_the_format_of_the_year_is_right(format: str, year: int) -> None:
    this = replace(named("年报.toml", 2022), year=year)
    assert list(RULES["Y10"].check(Case(replace(this, form=load_form(format)), compose(this)))) == []


def test_a_year_left_as_it_was_is_not_told_to_take_the_old_format() -> None:
    assert findings("Y10", named("本局-2023.toml", 2020)) == []


def test_nor_is_the_date_of_publication_held_against_it() -> None:
    this = replace(named("本局-2023.toml"), publication=Publication(date="2024-01-20"))
    assert findings("S16", this) == []
    assert findings("S16", replace(this, path=Path("本局-2022.toml"))) != []


def test_a_slip_of_the_text_that_another_rule_names_is_said_once() -> None:
    text = {"preface": PERIOD.format(2023), "overview": DONE.format(2022)}
    assert findings("Y09", named("本局-2022.toml", 2022, text)) == []
    assert the("S04", named("本局-2022.toml", 2022, text)).advice == "请改为“2022年1月1日至2022年12月31日”。"
    unnamed = the("Y09", named("本局-2022.toml", 2022, {"overview": DONE.format(2023)}))
    assert unnamed.advice == "请核对：是2022年的报告，请改文字；是2023年的，请改年份。"


@pytest.mark.parametrize("how", ["off", "waived"])
def test_where_the_clerk_holds_the_year_to_be_right_the_text_is_to_be_changed(how: str) -> None:
    this = named("本局-2023.toml", 2022, {"preface": PERIOD.format(2023), "overview": "2022年工作平稳。"})
    document = compose(this)
    found = check(this, document).findings
    assert [f.rule for f in found if f.rule in ("Y09", "S04")] == ["Y09"]
    (year,) = (f for f in found if f.rule == "Y09")
    waiver = {
        "rule": "Y09",
        "mark": mark(year, this, document),
        "place": "年份",
        "reason": "文件名错",
        "by": "张主任",
    }
    settings = {"checks": {"Y09": "off"}} if how == "off" else {"waivers": [waiver]}
    found = check(replace(this, settings=settings), document).findings
    assert [f.rule for f in found if f.rule in ("Y09", "S04", "C01")] == ["S04"]
