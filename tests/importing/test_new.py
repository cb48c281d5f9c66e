"""An input for this year from last year's report: nothing of last year's counts as this year's."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.checking import check
from reportgen.form.form_file import FormError, load_form
from reportgen.importing.new import empty, from_last, named_for
from reportgen.model.document import compose
from reportgen.model.findings import InputError
from reportgen.model.narrative import Narrative
from reportgen.model.report import Report
from reportgen.reading import parse_input, read
from reportgen.reading.published import as_report, read_published
from reportgen.writing.input_text import input_text
from reportgen.writing.sheet import workbook

from ..conftest import PUBLISHED

EXAMPLE = Path(__file__).parents[2] / "inputs" / "putian-psb-2022.toml"
MADE_UP = Path(__file__).parents[1] / "form"
WHOLE = "requests.total_processed.total"
SETTINGS = """
[checks]
W03 = "off"
jump = 2.5
overview_length = 1000

[[waivers]]
rule = "Y06"
mark = "1f3a9c02"
place = "总体情况"
reason = "已经领导同意"
by = "张主任"

[publication]
date = 2023-01-18
column = "政府信息公开年报"
url = "https://www.example.gov.cn/nb/2022.html"

[signature]
body = "莆田市公安局"
date = 2023-01-18
"""


def last(more: str = "") -> Report:
    return parse_input(EXAMPLE.read_text(encoding="utf-8") + more, EXAMPLE)


def new(report: Report, **options: Any) -> Report:
    """The new input, read."""
    made = from_last(report, **options)
    return parse_input(made.text, Path(f"本局-{made.year}.toml"))


def line_of(text: str, key: str) -> str:
    (line,) = [line for line in text.split("\n") if re.match(rf"(?:# )?{key} ", line)]
    return line


@pytest.mark.parametrize("with_text", [True, False])
def test_it_is_the_same_body_a_year_later_with_nothing_filled_in(with_text: bool) -> None:
    before = last(SETTINGS)
    report = new(before, with_text=with_text)
    assert (report.year, report.form.format, report.agency) == (2023, "2021", before.agency)
    assert report.figures == {}
    assert report.settings == {"checks": before.settings["checks"]}
    assert report.publication.column == "政府信息公开年报"
    assert report.publication.url == report.publication.date == ""
    assert "signature" not in report.narrative
    assert from_last(before).waivers == 1


def test_last_years_figures_stand_beside_and_what_follows_from_them_is_proposed() -> None:
    before = last()
    row = before.form.tables["requests"].rows["carried_forward"]
    left = dict(zip((cell.key for cell in row.cells), [5, 1, 0, 0, 0, 0, 6], strict=True))
    before = replace(before, figures={**before.figures, **left})
    made = from_last(before)
    assert line_of(made.text, "granted").endswith("# （一）予以公开    上年：自然人 6、总计 6、其余 0")
    assert line_of(made.text, "licensing").endswith("# 行政许可    上年：335873")
    assert "现行有效件数＝上年 26＋本年制发件数－本年废止件数，请核对" in line_of(
        made.text, "normative_documents"
    )
    carried = line_of(made.text, "carried_over")
    assert carried.endswith("这是上年的“四、结转下年度继续办理”，核对后删去行首的“#”")
    assert "上年：" not in carried
    confirmed = parse_input(made.text.replace("# carried_over", "carried_over"), Path("本局-2023.toml"))
    assert list(confirmed.figures.values()) == [5, 1, 0, 0, 0, 0, 6]
    assert set(made.proposed) == set(confirmed.figures)
    after = check(confirmed, compose(confirmed), before, compose(before)).findings
    assert not [finding for finding in after if finding.rule in ("Y02", "I06")]


def test_cases_that_were_pending_are_to_be_among_this_years() -> None:
    before = last()
    figures = {**before.figures, "review_litigation.review.pending": 6}
    line = line_of(from_last(replace(before, figures=figures)).text, "review")
    assert line.endswith("上年有 6 件尚未审结，今年的总计里要有")


def test_a_figure_that_last_year_lacked_has_nothing_beside_it() -> None:
    before = last()
    figures = {key: value for key, value in before.figures.items() if not key.startswith("requests.granted")}
    figures["requests.granted.natural"] = 6
    assert line_of(from_last(replace(before, figures=figures)).text, "granted").endswith("上年：自然人 6")
    del figures["requests.granted.natural"]
    assert line_of(from_last(replace(before, figures=figures)).text, "granted").endswith("# （一）予以公开")


def test_the_text_is_the_headings_and_every_place_to_write_is_reported() -> None:
    before = last()
    made = from_last(before)
    report = new(before)
    texts = {key: narrative.source.split("\n") for key, narrative in report.narrative.items()}
    assert texts["problems"] == ["（一）存在的主要问题。（待填写）", "（二）改进情况。（待填写）"]
    assert list(texts) == ["overview", "problems", "other_matters"]
    assert len(texts["overview"]) == 5
    findings = check(report, compose(report)).findings
    assert sum(finding.rule == "S11" for finding in findings) == made.headings == 9
    last_text = {line for narrative in before.narrative.values() for line in narrative.source.split("\n")}
    assert not last_text & {line for lines in texts.values() for line in lines}


def test_headings_on_lines_of_their_own_have_a_line_to_write() -> None:
    text = "（一）主动公开\n1.公开2022年要点\n全年公开5件。\n2.解读政策\n解读。\n（二）{{ 年份 }}年依申请公开{{ '{' }}\n收到。"
    before = last()
    source = re.sub(
        r"overview = '''.*?'''",
        lambda _: f"overview = '''\n{text}\n'''",
        EXAMPLE.read_text("utf-8"),
        flags=re.DOTALL,
    )
    before = parse_input(source, EXAMPLE)
    overview = new(before).narrative["overview"].source
    assert overview == (
        "（一）主动公开\n1.公开{{ 年份 }}年要点\n（待填写）\n2.解读政策\n（待填写）\n"
        "（二）{{ 年份 }}年依申请公开{{ '{' }}\n（待填写）"
    )


@pytest.mark.parametrize(
    ("paragraph", "heading"),
    [
        ("（一）存在的主要问题:解读形式不够丰富。", "（一）存在的主要问题:（待填写）"),
        ("（一）存在的主要问题：解读不够。还有别的。", "（一）存在的主要问题：（待填写）"),
        ("（一）主动公开方面，公开了一批信息。", "（一）主动公开方面，（待填写）"),
        ("（一）加强组织领导，完善机制。开了会。", "（一）加强组织领导，完善机制。（待填写）"),
    ],
)
def test_a_heading_ends_where_the_text_behind_its_colon_begins(paragraph: str, heading: str) -> None:
    source = re.sub(
        r"overview = '''.*?'''",
        lambda _: f"overview = '''\n{paragraph}\n'''",
        EXAMPLE.read_text("utf-8"),
        flags=re.DOTALL,
    )
    assert new(parse_input(source, EXAMPLE)).narrative["overview"].source == heading


def test_with_the_text_what_stands_word_for_word_is_still_told() -> None:
    """Numbers are bound or gaps, years follow the report; the sentences are last year's, and that is said."""
    plain = compose(last())
    texts = {s.part.text: "\n".join(p.text for p in s.paragraphs) for s in plain.sections if s.paragraphs}
    source = EXAMPLE.read_text("utf-8")
    for key, text in texts.items():
        source = re.sub(rf"{key} = '''.*?'''", lambda _: f"{key} = '''\n{text}\n'''", source, flags=re.DOTALL)  # noqa: B023
    before = parse_input(source, EXAMPLE)
    made = from_last(before, with_text=True)
    assert made.bound == 9
    report = new(before, with_text=True)
    overview = report.narrative["overview"].source
    assert "收到政府信息公开申请{{ 本年新收政府信息公开申请数量.总计 }}件" in overview
    assert "发布主动公开文件___份、各类信息___条" in overview
    assert overview.startswith("{{ 年份 }}年，我局")
    found = check(report, compose(report), before, plain).findings
    gaps = sum(each.gaps for each in made.reworded.values())
    assert sum(finding.rule == "S11" for finding in found) == gaps == 6
    assert {"Y06", "Y07"} <= {finding.rule for finding in found}
    assert not {"Y08", "Y09", "S01", "S04"} & {finding.rule for finding in found}


def test_a_text_that_speaks_of_the_year_before_it_is_taken_without_that_report() -> None:
    source = EXAMPLE.read_text("utf-8").replace(
        "全年收到政府", "上年{{ 上年.予以公开.总计 }}件。全年收到政府"
    )
    report = new(parse_input(source, EXAMPLE), with_text=True)
    assert "{{ 上年.予以公开.总计 }}" in report.narrative["overview"].source
    assert compose(report, last())


def test_a_published_text_is_taken_as_it_stands_braces_and_all() -> None:
    """A report that was read from a page has no expressions, whatever stands in its text."""
    before = last()
    text = "（一）主动公开。2022年制发{{ 附件 }}6件，公开信息801条。"
    narrative = Narrative(text, [1], None, (), {})
    for with_text, expected in (
        (
            True,
            "（一）主动公开。{{ 年份 }}年制发{{ '{' }}{{ '{' }} 附件 {{ '}' }}{{ '}' }}___件，公开信息___条。",
        ),
        (False, "（一）主动公开。（待填写）"),
    ):
        report = new(replace(before, narrative={"overview": narrative}), with_text=with_text)
        assert report.narrative["overview"].source == expected
        assert compose(report)


@pytest.mark.parametrize("with_text", [True, False])
def test_a_text_that_cannot_be_printed_is_refused_with_its_line(with_text: bool) -> None:
    """The example says what share of all requests was granted."""
    before = last()
    with pytest.raises(InputError) as refused:
        from_last(replace(before, figures={**before.figures, WHOLE: 0}), with_text=with_text)
    (finding,) = refused.value.findings
    assert finding.message == "一、总体情况：占比的总数是 0，算不出占比；请改写这一句"
    (line,) = [n for n, text in enumerate(EXAMPLE.read_text("utf-8").split("\n"), 1) if "share(" in text]
    assert finding.line == line


def test_the_text_of_our_workbook_is_taken_with_its_expressions(tmp_path: Path) -> None:
    before = last('\n[signature]\nbody = "莆田市公安局"\ndate = 2023-01-18\n')
    path = tmp_path / "填报表.xlsx"
    path.write_bytes(workbook(before.form, before))
    filled = as_report(read_published(path))
    for with_text in (True, False):
        assert from_last(filled, with_text=with_text).text == from_last(before, with_text=with_text).text


def test_a_text_of_our_workbook_that_is_not_written_as_it_has_to_be_is_told(tmp_path: Path) -> None:
    before = last()
    narrative = Narrative("全年收到。\n收到{{ 没有这个数 }}件。", [1, 2], None, (), {})
    path = tmp_path / "填报表.xlsx"
    path.write_bytes(workbook(before.form, replace(before, narrative={"overview": narrative})))
    with pytest.raises(InputError) as refused:
        as_report(read_published(path))
    (finding,) = refused.value.findings
    assert finding.message.startswith("一、总体情况：")
    assert "没有这个数" in finding.message
    assert (refused.value.path, finding.line) == (path, None)


# ── another form ────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def of_2020(tmp_path: Path) -> Report:
    data = json.loads((PUBLISHED / "2019" / "pingtan-2020.json").read_text(encoding="utf-8"))
    overview = "2020年收到政府信息公开申请{{ requests.new_received.total }}件，其他处理4件，{{ 规章.本年新制作数量 }}件规章{{ 上年.年份 }}。"
    path = tmp_path / "本区-2020.json"
    path.write_text(
        json.dumps({**data, "narrative": {"overview": overview}}, ensure_ascii=False), encoding="utf-8"
    )
    return read(path)


def test_a_form_that_has_ended_gives_way_to_the_one_in_use(of_2020: Report) -> None:
    made = from_last(of_2020, with_text=True)
    assert (of_2020.form.format, made.form.format, made.year) == ("2019", "2021", 2021)
    report = parse_input(made.text, Path("本区-2021.toml"))
    overview = report.narrative["overview"].source
    assert overview.startswith(
        "{{ 年份 }}年收到政府信息公开申请{{ 本年新收政府信息公开申请数量.总计 }}件，其他处理___件，___件规章"
    )
    assert compose(report)


def test_of_the_old_form_only_what_the_new_one_counts_stands_beside(of_2020: Report) -> None:
    made = from_last(of_2020)
    table_two = made.text[made.text.index("[active_disclosure]") : made.text.index("[requests]")]
    assert "上年" not in table_two
    assert line_of(made.text, "granted").endswith("上年：自然人 6、其他 1、总计 7、其余 0")
    assert "上年" not in line_of(made.text, "other_other")
    lost = " ".join(made.without_place)
    assert "表三·（六）其他处理·总计 4" in lost
    assert "表二·行政处罚·处理决定数量" in lost
    assert not [name for name in made.without_place if name.endswith(" 0")]
    carried = [f"requests.carried_over.{column}" for column in made.form.tables["requests"].heads]
    assert list(made.proposed) == carried


def test_a_form_made_up_by_an_office_goes_the_same_way() -> None:
    form = load_form("2030", MADE_UP)
    figures = dict.fromkeys(form.cells, "7")
    before = parse_input(
        input_text(form, 2030, {"name": "甲局"}, figures, {}), Path("甲局-2030.toml"), MADE_UP
    )
    made = from_last(before, root=MADE_UP)
    assert made.form.format == "2030"
    assert made.proposed
    assert parse_input(made.text, Path("甲局-2031.toml"), MADE_UP).figures == {}


def test_a_year_without_a_form_is_refused() -> None:
    with pytest.raises(
        FormError, match="没有 2018 年的报告用的格式。现在有：2021（2021年起）、2019（2019年至2020年）"
    ):
        empty("甲局", 2018)


# ── an empty one, and names ─────────────────────────────────────────────────────────────────────────


def test_an_empty_input_asks_for_the_aspects_of_the_form() -> None:
    made = empty("甲局", 2025)
    report = parse_input(made.text, Path("甲局-2025.toml"))
    assert (report.year, report.agency, report.figures) == (2025, {"name": "甲局"}, {})
    assert report.narrative["overview"].source.split("\n")[1] == "（二）依申请公开。（待填写）"
    rules = {finding.rule for finding in check(report, compose(report)).findings}
    assert {"T02", "S11"} <= rules
    assert "S07" not in rules


def test_the_form_is_that_of_the_year() -> None:
    assert [empty("甲局", year).form.format for year in (2019, 2020, 2021, 2025)] == [
        "2019",
        "2019",
        "2021",
        "2021",
    ]


@pytest.mark.parametrize(
    ("last_name", "expected"),
    [
        ("本局-2022.toml", "本局-2023.toml"),
        ("2022年报（2022）.json", "2023年报（2023）.toml"),
        ("本局.toml", "甲局-2023.toml"),
        ("网页.html", "甲局-2023.toml"),
        ("", "甲局-2023.toml"),
    ],
)
def test_the_new_file_is_named_for_its_year(last_name: str, expected: str) -> None:
    assert named_for("甲局", 2023, Path(last_name) if last_name else None, 2022) == expected


FILLED = st.dictionaries(st.sampled_from(list(load_form("2021").cells)), st.integers(0, 99), max_size=60)


@settings(max_examples=20)
@given(FILLED, st.booleans())
def test_whatever_last_year_held_the_new_input_is_read_and_empty(
    figures: dict[str, int], with_text: bool
) -> None:
    before = replace(last(), figures=figures)
    if figures.get(WHOLE) == 0:
        with pytest.raises(InputError, match="占比的总数是 0"):
            from_last(before, with_text=with_text)
        return
    made = from_last(before, with_text=with_text)
    assert parse_input(made.text, Path("本局-2023.toml")).figures == {}
    assert all(key.replace("carried_over", "carried_forward") in figures for key in made.proposed)


def test_a_name_that_has_the_year_does_not_get_it_twice() -> None:
    assert named_for("粘贴的-2021", 2021) == "粘贴的-2021.toml"
    assert named_for("粘贴的-2020", 2021) == "粘贴的-2020-2021.toml"
