"""Last year's text for this year: years that moved on, gaps for the numbers, and what stays."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.checking import check
from reportgen.form.form_file import load_form
from reportgen.importing.rewording import reworded
from reportgen.model.document import compose
from reportgen.model.expressions import parse
from reportgen.model.names import names
from reportgen.reading import read

EXAMPLE = Path(__file__).parents[2] / "inputs" / "putian-psb-2022.toml"
READ = read(EXAMPLE)
NAMES = names(load_form("2021"))


def new(text: str, *, is_preface: bool = False) -> str:
    return reworded(text, 2022, ["东圳东路2006弄", "0594-2772776"], is_preface=is_preface).source


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022年，我局发布信息801条。", "{{ 年份 }}年，我局发布信息___条。"),
        ("统计期限为2022年1月1日至12月31日。", "统计期限为{{ 年份 }}年1月1日至12月31日。"),
        (
            "自2022年1月1日起至2022年12月31日止。",
            "自{{ 年份 }}年1月1日起至{{ 年份 }}年12月31日止。",
        ),
        ("截至2022年12月底，共有账号62个。", "截至{{ 年份 }}年12月底，共有账号___个。"),
        (
            "现公布《甲局2022年政府信息公开工作年度报告》。",
            "现公布《甲局{{ 年份 }}年政府信息公开工作年度报告》。",
        ),
        ("2022年5月6日，召开会议。", "{{ 年份 }}年___月___日，召开会议。"),
        ("5月6日召开会议，9月培训。", "___月___日召开会议，___月培训。"),
        ("2023年，我局将继续完善制度。", "{{ 年份 + 1 }}年，我局将继续完善制度。"),
        ("结转到2023年2件。", "结转到{{ 年份 + 1 }}年___件。"),
        ("比2021年增加35.48%。", "比{{ 年份 - 1 }}年增加___%。"),
        (
            "约33.6万件，3至5件，百分之三十，近百件，2100余篇。",
            "约___万件，___至___件，百分之___，近___件，___余篇。",
        ),
        ("发布１，２３４条、1,234件、三十件。", "发布___条、___件、___件。"),
        ("收到申请{{ 予以公开.总计 }}件、8件。", "收到申请{{ 予以公开.总计 }}件、___件。"),
        (
            "{% if 年份 %}2022年5件{% else %}2022年6件{% endif %}",
            "{% if 年份 %}{{ 年份 }}年___件{% else %}{{ 年份 }}年___件{% endif %}",
        ),
    ],
)
def test_years_move_on_and_other_numbers_are_gaps(text: str, expected: str) -> None:
    assert new(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "根据国务院令第711号、国办公开办函〔2021〕30号编制，自2019年5月15日起施行。",
        "印发《2022年政务公开工作要点》，做好“2022年一件事”。",
        "2022年以来，自2022年5月起，2021年建成。",
        "2023年1月公布。",
        "在20个工作日内答复，开通12345热线，支持互联网协议第6版，7×24小时值守，做好第3次普查。",
        "（一）主动公开。一是完善。",
        "地址：东圳东路2006弄，电话：0594-2772776。",
        "{{ 年份 }}年{# 2022年5件 #}",
    ],
)
def test_what_is_no_figure_of_the_year_stays(text: str) -> None:
    assert new(text) == text


def test_the_preface_says_of_how_many_parts_the_report_is_made() -> None:
    text = "本报告由总体情况等六个部分组成。"
    assert new(text, is_preface=True) == text
    assert new(text) == "本报告由总体情况等___个部分组成。"


def test_years_near_the_reports_that_stayed_are_told() -> None:
    found = reworded(
        "2022年以来，{{ 年份 }}年。印发《2021年要点》。2019年修订。\n2023年1月公布。",
        2022,
        [],
        is_preface=False,
    )
    assert found.left == (
        "“2022年以来，…”",
        "“…年。印发《2021年要点》。201…”",
        "“…019年修订。 2023年1月公布。”",
    )
    assert (found.gaps, found.moved) == (0, 0)


def test_a_year_of_three_digits_or_five_is_none() -> None:
    assert new("12022年、202年、2022届") == "12022年、202年、2022届"


DATES = ["2022年", "2021年", "2023年", "1月1日", "至", "12月31日", "5月", "6日", "起"]
COUNTS = ["3", "1,234", "三", "十", "件", "%", "万", "余", "约", "比", "百分之", "第", "{{ 予以公开.总计 }}"]
WORDS = ["将", "。", "，", "\n", "《", "》", "“", "”", "（一）", "{{ 年份 }}"]
PIECES = st.sampled_from([*DATES, *COUNTS, *WORDS])


@settings(max_examples=40)
@given(st.lists(PIECES, max_size=25).map("".join))
def test_every_gap_is_reported_until_it_is_filled(text: str) -> None:
    """And what is left of the text can be printed as before."""
    found = reworded(text, 2022, [], is_preface=False)
    narrative = parse(found.source, range(1, 99), NAMES)
    report = replace(READ, year=2023, narrative={"overview": narrative})
    document = compose(report)
    told = [f for f in check(report, document).findings if f.rule == "S11" and "___" in f.message]
    assert len(told) == len(re.findall("_{3,}", found.source)) <= found.gaps
    assert found.source.count("\n") == text.count("\n")
    assert reworded(found.source, 2022, [], is_preface=False).moved == 0


def test_a_long_text_takes_no_longer_than_its_length() -> None:
    text = "2022年5月6日，发布《2022年要点》5件，比2021年增加6%。" * 4000
    found = reworded(text, 2022, ["5件"], is_preface=False)
    assert found.moved == 8000
