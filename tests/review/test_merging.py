"""Corrections and the input as it is now become one; where both changed the same, the clerk decides."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from reportgen import job
from reportgen.form.model import Form
from reportgen.model.findings import InputError
from reportgen.model.narrative import Narrative
from reportgen.model.three_way import Clash, merge_texts
from reportgen.review import pull
from reportgen.review.pull import Pulled
from reportgen.writing import word

from ..reviewer import Reviewer

NATURAL, TOTAL = "requests.granted.natural", "requests.granted.total"
RECEIVED = "requests.new_received.total"
FIGURES = """
[requests]
new_received    = [ 19, 0, 0, 0, 0, 0, 19 ]   # 一、本年新收
carried_over    = 0                           # 二、上年结转
granted         = [ 6, 0, 0, 0, 0, 0 ]        # 总计没有写
total_processed = [ 19, 0, 0, 0, 0, 0, 19 ]
"""
SENTENCES = """
[narrative]
overview = '''
全年收到申请{{ requests.new_received.total }}件，予以公开{{ requests.granted.total }}件，占{{ requests.granted.total | share(requests.total_processed.total) }}。
{{ agency.name }}重视公开工作。{% if requests.granted.total %}已经公开。{% else %}没有公开。{% endif %}
文字部分的最后一段。
'''
problems = '问题和改进都写在这里。'   # 一行
"""
INPUT = f'format = "2021"\nyear = 2025\n\n[agency]\nname = "某市公安局"\n{FIGURES}{SENTENCES}'


class Cycle:
    """An input, its draft, and somebody who corrects it."""

    def __init__(
        self, folder: Path, form: Form, text: str = INPUT, suffix: str = ".toml", name: str = "本局"
    ) -> None:
        self.input = folder / f"{name}{suffix}"
        self.input.write_text(text, encoding="utf-8")
        self.reviewed = folder / "送审稿1.docx"
        work = job.start(self.input)
        draft = word.render(work.document, draft="送审稿1", origin=replace(work.origin, draft=1))
        self.leader = Reviewer(draft, form)

    def pull(self) -> Pulled:
        self.reviewed.write_bytes(self.leader.saved())
        return pull.pull(self.reviewed, self.input)

    def clerk(self, old: str, new: str) -> None:
        """The clerk changes the input after the draft was made."""
        text = self.input.read_text(encoding="utf-8")
        assert old in text
        self.input.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def cycle(tmp_path: Path, form: Form) -> Cycle:
    return Cycle(tmp_path, form)


Start = Callable[..., Cycle]


@pytest.fixture
def start(tmp_path: Path, form: Form) -> Start:
    return lambda text, suffix=".toml": Cycle(tmp_path, form, text, suffix)


def whys(found: Pulled) -> list[tuple[str, str, str, str]]:
    return [(c.place, c.base, c.theirs, c.mine) for c in found.merge.conflicts]


# ── figures in the input ────────────────────────────────────────────────────────────────────────────


def test_a_figure_takes_the_place_of_a_figure(cycle: Cycle) -> None:
    cycle.leader.write("requests.new_received.natural", "18")
    assert cycle.pull().text == INPUT.replace(
        "[ 19, 0, 0, 0, 0, 0, 19 ]   #", "[ 18, 0, 0, 0, 0, 0, 19 ]   #"
    )


def test_a_row_written_as_one_zero_becomes_a_whole_row(cycle: Cycle) -> None:
    cycle.leader.write("requests.carried_over.natural", "1")
    cycle.leader.write("requests.carried_over.total", "1")
    assert "carried_over    = [ 1, 0, 0, 0, 0, 0, 1 ]                           # 二" in cycle.pull().text


def test_a_total_that_is_left_out_stays_left_out_when_it_is_the_sum(cycle: Cycle) -> None:
    cycle.leader.write(NATURAL, "7")
    cycle.leader.write(TOTAL, "7")
    assert "granted         = [ 7, 0, 0, 0, 0, 0 ]        #" in cycle.pull().text


def test_a_total_corrected_to_another_number_is_written_and_its_sum_is_told(cycle: Cycle) -> None:
    cycle.leader.write(TOTAL, "8")
    found = cycle.pull()
    assert "granted         = [ 6, 0, 0, 0, 0, 0, 8 ]        #" in found.text
    assert "T01" in {finding.rule for finding in found.new_findings}


def test_a_cell_of_a_pasted_row_is_corrected_in_its_row(tmp_path: Path, form: Form) -> None:
    text = INPUT.replace("[ 19, 0, 0, 0, 0, 0, 19 ]   # 一、", "19\t0\t0\t0\t0\t0\t19   # 一、")
    cycle = Cycle(tmp_path, form, text)
    cycle.leader.write(RECEIVED, "18")
    found = cycle.pull()
    assert found.text == text.replace("19\t0\t0\t0\t0\t0\t19   # 一、", "[ 19, 0, 0, 0, 0, 0, 18 ]   # 一、")


def test_a_number_that_is_named_in_chinese_is_a_correction_of_its_cell_too(
    tmp_path: Path, form: Form
) -> None:
    named = "{{ 本年新收政府信息公开申请数量.总计 }}"
    text = INPUT.replace("{{ requests.new_received.total }}", named)
    cycle = Cycle(tmp_path, form, text)
    cycle.leader.replace("申请19件", "申请18件")
    cycle.leader.write(RECEIVED, "18")
    cycle.leader.replace("最后一段", "末段")
    found = cycle.pull()
    assert found.merge.conflicts == []
    assert found.text == text.replace("0, 19 ]   #", "0, 18 ]   #").replace("最后一段", "末段")


def test_a_row_that_was_missing_is_put_in_its_place(cycle: Cycle) -> None:
    for column in ("natural", "commercial", "research", "public_welfare", "legal_service", "other", "total"):
        cycle.leader.write(f"requests.partially_granted.{column}", "0")
    lines = cycle.pull().text.splitlines()
    at = lines.index("partially_granted = [ 0, 0, 0, 0, 0, 0, 0 ]")
    assert lines[at - 1].startswith("granted")


def test_a_row_filled_in_half_keeps_its_gaps(cycle: Cycle) -> None:
    cycle.leader.write("requests.partially_granted.natural", "3")
    assert 'partially_granted = [ 3, "", "", "", "", "", "" ]' in cycle.pull().text


def test_an_emptied_figure_is_not_filled_in_any_more(cycle: Cycle) -> None:
    cycle.leader.write("requests.new_received.natural", "")
    assert 'new_received    = [ "", 0, 0, 0, 0, 0, 19 ]' in cycle.pull().text


def test_a_table_that_was_missing_is_added(cycle: Cycle) -> None:
    cycle.leader.write("active_disclosure.licensing", "12")
    assert cycle.pull().text.endswith("\n[active_disclosure]\nlicensing = 12\n")


def test_a_figure_with_decimals_in_a_whole_number_is_the_clerks_to_decide(cycle: Cycle) -> None:
    cycle.leader.write("requests.new_received.natural", "19.5")
    found = cycle.pull()
    assert not found.is_new
    assert whys(found) == [("表三·一、本年新收政府信息公开申请数量·自然人", "19", "19.5", "")]


def test_json_is_written_in_place(start: Start) -> None:
    data = {
        "format": "2021",
        "year": 2025,
        "agency": {"name": "某市公安局"},
        "requests": {"granted": [6, 0, 0, 0, 0, 0, 6], "carried_over": 0},
        "narrative": {"overview": "第一段“引”。\n第二段。"},
        "waivers": [{"rule": "X02", "mark": "1f3a9c02", "place": "表二", "reason": "有", "by": "张"}],
    }
    text = json.dumps(data, ensure_ascii=False, indent=3)
    cycle = start(text, ".json")
    cycle.leader.write(NATURAL, "7")
    cycle.leader.write("requests.carried_over.other", "2")
    cycle.leader.write("active_disclosure.fees", "1.50")
    cycle.leader.replace("第二段", "第二段改了")
    found = cycle.pull()
    assert found.merge.conflicts == []
    data["requests"] = {"granted": [7, 0, 0, 0, 0, 0, 6], "carried_over": [0, 0, 0, 0, 0, 2, 0]}
    data["narrative"] = {"overview": "第一段“引”。\n第二段改了。"}
    assert json.loads(found.text) == {**data, "active_disclosure": {"fees": 1.5}}
    assert '"fees": 1.50' in found.text
    assert '\n   "year": 2025' in found.text


# ── words around numbers ────────────────────────────────────────────────────────────────────────────


def test_words_around_an_expression_leave_it_as_it_is(cycle: Cycle) -> None:
    cycle.leader.replace("全年收到申请19件，予以公开", "全年共收到公开申请19件，其中予以公开")
    expected = INPUT.replace("全年收到申请", "全年共收到公开申请").replace("件，予以", "件，其中予以")
    assert cycle.pull().text == expected


def test_a_whole_sentence_with_its_expressions_can_go(cycle: Cycle) -> None:
    cycle.leader.replace("，占31.58%", "")
    assert cycle.pull().text == INPUT.replace(
        "，占{{ requests.granted.total | share(requests.total_processed.total) }}", ""
    )


def test_a_paragraph_put_in_and_one_left_out(cycle: Cycle) -> None:
    cycle.leader.insert_paragraph("全年收到", "新的一段。")
    cycle.leader.delete_paragraph("最后一段")
    text = cycle.pull().text
    assert "}}。\n新的一段。\n{{ agency.name }}" in text
    assert "最后一段" not in text


def test_a_paragraph_cut_in_two_keeps_its_expressions(cycle: Cycle) -> None:
    cycle.leader.replace("，予以公开6件，占31.58%。", "。")
    cycle.leader.insert_paragraph("全年收到", "予以公开6件，占31.58%。")
    text = cycle.pull().text
    assert "件。\n予以公开{{ requests.granted.total }}件，占{{ requests.granted.total | share(" in text


def test_words_in_a_condition_are_corrected_where_they_were_printed(cycle: Cycle) -> None:
    cycle.leader.replace("已经公开", "都已公开")
    found = cycle.pull()
    assert found.merge.conflicts == []
    assert "{% if requests.granted.total %}都已公开。{% else %}没有公开。{% endif %}" in found.text


def test_a_change_over_a_condition_is_the_clerks_to_make(cycle: Cycle) -> None:
    cycle.leader.replace("重视公开工作。已经公开。", "很好。")
    found = cycle.pull()
    assert not found.is_new
    assert [place for place, *_ in whys(found)] == ["一、总体情况"]


def test_a_condition_on_lines_of_its_own_is_never_cut(start: Start) -> None:
    lines = "第一行。\n{% if year %}\n第二行。\n{% endif %}\n全年收到"
    cycle = start(INPUT.replace("全年收到", lines))
    cycle.leader.delete_paragraph("第二行")
    cycle.leader.replace("都写在这里", "写在这里")
    found = cycle.pull()
    assert [place for place, *_ in whys(found)] == ["一、总体情况"]
    assert "{% if year %}\n第二行。\n{% endif %}" in found.text
    assert "问题和改进写在这里" in found.text


def test_a_text_in_quotation_marks_stays_in_them(cycle: Cycle) -> None:
    cycle.leader.replace("都写在这里", "写在“这里”")
    assert 'problems = "问题和改进写在“这里”。"   # 一行' in cycle.pull().text


def test_a_part_that_was_not_written_is_added(cycle: Cycle) -> None:
    cycle.leader.replace("【未填】", "没有其他事项。")
    assert cycle.pull().text == f"{INPUT}other_matters = '''\n没有其他事项。\n'''\n"


def test_a_reviewers_braces_never_become_a_template(cycle: Cycle) -> None:
    cycle.leader.replace("最后一段", "{{ year }}")
    found = cycle.pull()
    assert not found.is_new
    assert whys(found) == [("一、总体情况", "最后一段", "{{ year }}", "")]


# ── numbers that expressions print ──────────────────────────────────────────────────────────────────


def test_a_bound_number_that_contradicts_the_table_of_its_draft_is_asked_about(cycle: Cycle) -> None:
    cycle.leader.replace("申请19件", "申请18件")
    cycle.leader.replace("最后一段", "末段")
    found = cycle.pull()
    assert whys(found) == [("表三·一、本年新收政府信息公开申请数量·总计", "19", "18", "")]
    assert "表里是 19，文字里是 18，以哪个为准请核对" in found.merge.conflicts[0].why
    assert found.text == INPUT.replace("最后一段", "末段"), "neither the table nor the sentence is guessed"


def test_a_contradiction_that_the_clerk_has_settled_is_not_asked_about_again(cycle: Cycle) -> None:
    cycle.leader.replace("申请19件", "申请18件")
    cycle.clerk("0, 19 ]   #", "0, 18 ]   #")
    found = cycle.pull()
    assert (found.merge.conflicts, found.is_new) == ([], False)


@pytest.mark.parametrize("words", ["十四", "约20", "约三十万件", "14（含上年结转的3件，经核实）或者15"])
def test_words_in_the_cell_of_a_figure_are_asked_about_with_their_cell(words: str, cycle: Cycle) -> None:
    cycle.leader.write(NATURAL, words)
    cycle.leader.write("active_disclosure.licensing", words)
    cycle.leader.write("review_litigation.review.upheld", words)
    cycle.leader.write(TOTAL, "7")
    found = cycle.pull()
    assert found.file.unknown == ()
    assert {place: theirs for place, _, theirs, _ in whys(found)} == {
        "表二·行政许可": words,
        "表三·（一）予以公开·自然人": words,
        "表四·行政复议·结果维持": words,
    }
    assert all(f"“{words}”不是数字" in conflict.why for conflict in found.merge.conflicts)
    assert found.merge.figures == {TOTAL: "7"}, "the other cells of the row are read"


def test_a_bound_number_and_its_cell_corrected_alike_are_one_correction(cycle: Cycle) -> None:
    cycle.leader.replace("申请19件", "申请18件")
    cycle.leader.write(RECEIVED, "18")
    found = cycle.pull()
    assert found.merge.conflicts == []
    assert found.text == INPUT.replace("0, 19 ]   #", "0, 18 ]   #")


def test_a_bound_number_and_its_cell_corrected_otherwise_are_the_clerks_to_decide(cycle: Cycle) -> None:
    cycle.leader.replace("申请19件", "申请18件")
    cycle.leader.write(RECEIVED, "17")
    cycle.leader.replace("最后一段", "末段")
    found = cycle.pull()
    assert whys(found) == [("表三·一、本年新收政府信息公开申请数量·总计", "19", "18", "")]
    assert "表里是 17" in found.merge.conflicts[0].why
    assert found.text == INPUT.replace("最后一段", "末段")


def test_more_numbers_than_expressions_are_the_clerks_to_decide(cycle: Cycle) -> None:
    cycle.leader.replace("申请19件", "申请18或20件")
    found = cycle.pull()
    assert not found.is_new
    assert len(found.merge.conflicts) == 1
    assert "{{ requests.new_received.total }}" in found.merge.conflicts[0].why


def test_a_figure_that_leaves_a_share_of_nothing_is_not_written(cycle: Cycle) -> None:
    cycle.leader.write("requests.total_processed.total", "0")
    cycle.leader.replace("全年收到", "全年共收到")
    found = cycle.pull()
    assert not found.is_new
    assert any("占比的总数是 0" in conflict.why for conflict in found.merge.conflicts)


def test_a_number_that_is_computed_is_the_clerks_to_decide(cycle: Cycle) -> None:
    cycle.leader.replace("31.58%", "32%")
    found = cycle.pull()
    assert not found.is_new
    assert whys(found) == [("一、总体情况", "31.58%", "32%", "")]


def test_a_computed_number_that_follows_its_cells_is_no_conflict(cycle: Cycle) -> None:
    cycle.leader.write(NATURAL, "7")
    cycle.leader.write(TOTAL, "7")
    cycle.leader.replace("公开6件，占31.58%", "公开7件，占36.84%")
    found = cycle.pull()
    assert found.merge.conflicts == []
    assert found.text == INPUT.replace("[ 6, 0,", "[ 7, 0,")


def test_words_that_an_expression_prints_are_the_clerks_to_change(cycle: Cycle) -> None:
    cycle.leader.replace("某市公安局重视", "我局重视")
    found = cycle.pull()
    assert not found.is_new
    assert [place for place, *_ in whys(found)] == ["一、总体情况"]
    assert "{{ agency.name }}" in found.merge.conflicts[0].why


def test_a_part_of_what_an_expression_prints_is_the_clerks_to_change(start: Start) -> None:
    text = INPUT.replace('name = "某市公安局"', 'name = "某市公安局"\nphone = "0594-2772776"')
    cycle = start(text.replace("重视公开工作", "（电话：{{ agency.phone }}）重视公开工作"))
    cycle.leader.replace("2772776", "2772777")
    found = cycle.pull()
    assert not found.is_new
    assert whys(found) == [("一、总体情况", "2772776", "2772777", "")]
    assert "{{ agency.phone }}" in found.merge.conflicts[0].why


def test_a_gap_in_the_text_that_was_filled_in_is_its_cells_figure(start: Start) -> None:
    text = INPUT.replace("全年收到", "规章{{ active_disclosure.regulations.issued }}件。全年收到")
    cycle = start(text)
    cycle.leader.replace("规章【未填】件", "规章2件")
    found = cycle.pull()
    assert found.merge.conflicts == []
    assert found.text.endswith('[active_disclosure]\nregulations = [ 2, "", "" ]\n')


# ── the input has changed too ───────────────────────────────────────────────────────────────────────


def test_both_changes_are_merged(cycle: Cycle) -> None:
    cycle.leader.write(NATURAL, "7")
    cycle.leader.replace("最后一段", "末段")
    cycle.clerk("[ 19, 0, 0, 0, 0, 0, 19 ]   #", "[ 20, 0, 0, 0, 0, 0, 20 ]   #")
    cycle.clerk("重视公开工作", "高度重视公开工作")
    found = cycle.pull()
    assert found.merge.conflicts == []
    for piece in ("[ 20, 0,", "[ 7, 0,", "高度重视", "文字部分的末段"):
        assert piece in found.text


def test_changes_in_two_places_of_one_sentence_are_merged(cycle: Cycle) -> None:
    cycle.leader.replace("全年收到", "全年共收到")
    cycle.clerk("件，予以公开", "件，其中予以公开")
    found = cycle.pull()
    assert found.merge.conflicts == []
    assert "全年共收到申请{{ requests.new_received.total }}件，其中予以公开{{" in found.text


def test_the_same_change_on_both_sides_is_no_conflict(cycle: Cycle) -> None:
    cycle.leader.write(NATURAL, "7")
    cycle.leader.replace("最后一段", "末段")
    cycle.clerk("[ 6, 0,", "[ 7, 0,")
    cycle.clerk("最后一段", "末段")
    found = cycle.pull()
    assert found.merge.conflicts == []
    assert not found.is_new


def test_true_conflicts_are_listed_and_not_written(cycle: Cycle) -> None:
    cycle.leader.write("requests.new_received.natural", "18")
    cycle.leader.replace("最后一段", "末段")
    cycle.leader.replace("都写在这里", "写在这里")
    cycle.clerk("[ 19, 0, 0, 0, 0, 0, 19 ]   #", "[ 20, 0, 0, 0, 0, 0, 19 ]   #")
    cycle.clerk("最后一段", "结尾")
    found = cycle.pull()
    assert whys(found) == [
        ("表三·一、本年新收政府信息公开申请数量·自然人", "19", "18", "20"),
        ("一、总体情况", "文字部分的最后一段。", "文字部分的末段。", "文字部分的结尾。"),
    ]
    assert found.text == cycle.input.read_text(encoding="utf-8").replace(
        "'问题和改进都写", '"问题和改进写'
    ).replace("里。'", '里。"')


def test_pulling_twice_changes_nothing_more_even_with_conflicts(cycle: Cycle) -> None:
    test_true_conflicts_are_listed_and_not_written(cycle)
    first = cycle.pull()
    cycle.input.write_text(first.text, encoding="utf-8")
    second = cycle.pull()
    assert not second.is_new
    assert whys(second) == whys(first)


@pytest.mark.parametrize(("clerk", "times"), [("", 1), ("高度", 2)], ids=["input as it was", "input changed"])
def test_every_text_is_printed_once_a_version(
    clerk: str, times: int, cycle: Cycle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the draft was made from, the input as it is and as it will be; a corrected part once more to see it holds."""
    cycle.leader.replace("最后一段", "末段")
    cycle.clerk("重视公开工作", f"{clerk}重视公开工作")
    rendered = list[str]()
    render = Narrative.render
    monkeypatch.setattr(
        Narrative, "render", lambda self, values: (rendered.append(self.source), render(self, values))[1]
    )
    assert cycle.pull().is_new
    assert len([source for source in rendered if "最后一段" in source]) == times
    assert len([source for source in rendered if "末段" in source]) == 2
    assert len([source for source in rendered if "问题和改进" in source]) == times + 1


@pytest.mark.parametrize("tag", ["{%- if year %}重视{% endif -%}", "{# 说明 #}重视{##}", "{{- '' -}}重视"])
def test_words_beside_tags_that_take_blanks_away_have_their_place(tag: str, start: Start) -> None:
    cycle = start(INPUT.replace("重视公开工作", f"十分 {tag}\n 看重此事"))
    cycle.leader.replace("看重此事", "看重这件事")
    cycle.leader.replace("十分", "非常")
    found = cycle.pull()
    assert found.merge.conflicts == []
    assert f"非常 {tag}\n 看重这件事" in found.text


def test_merging_texts() -> None:
    assert merge_texts("甲。乙。丙。", "甲。乙改。丙。", "甲。乙。丙改。") == ("甲。乙改。丙改。", [])
    assert merge_texts("甲。乙。", "甲。", "甲。乙。") == ("甲。", [])
    assert merge_texts("收到19件。", "收到18件。", "收到20件。") == (
        "收到20件。",
        [Clash("收到19件。", "收到18件。", "收到20件。")],
    )


# ── bad days ────────────────────────────────────────────────────────────────────────────────────────


def refusal(cycle: Cycle) -> str:
    before = cycle.input.read_bytes()
    with pytest.raises(InputError) as caught:
        cycle.pull()
    assert cycle.input.read_bytes() == before
    return str(caught.value)


def test_a_draft_of_another_year_is_refused(cycle: Cycle) -> None:
    cycle.clerk("year = 2025", "year = 2024")
    assert "2025 年的送审稿，输入文件是某市公安局 2024 年的" in refusal(cycle)


def test_a_draft_of_another_body_is_refused(cycle: Cycle) -> None:
    cycle.clerk("某市公安局", "某县公安局")
    assert "这是某市公安局 2025 年的送审稿，输入文件是某县公安局" in refusal(cycle)


def test_a_word_file_made_by_hand_is_refused(cycle: Cycle, form: Form) -> None:
    cycle.leader = Reviewer(word.render(job.start(cycle.input).document), form)
    assert "不是本程序生成的送审稿" in refusal(cycle)


def without_its_input(cycle: Cycle) -> None:
    for rel in list(cycle.leader.word.part.rels.values()):
        if rel.reltype.endswith("/customXml"):
            del cycle.leader.word.part.rels[rel.rId]


def test_a_draft_that_was_saved_in_another_format_and_lost_its_input_is_told_so(cycle: Cycle) -> None:
    without_its_input(cycle)
    message = refusal(cycle)
    assert ".odt" in message
    assert "别的版本" not in message


def test_a_draft_of_another_version_without_its_input_is_refused(
    cycle: Cycle, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_its_input(cycle)
    monkeypatch.setattr("reportgen.writing.properties.__version__", "9.9")
    assert "别的版本（0" in refusal(cycle)


@pytest.mark.parametrize(
    "spoilt",
    [
        ("{{ requests.new_received.total }}", "{{ agency.name + 1 }}"),
        ("year = 2025", "year = '二'"),
        ("[", "{["),
    ],
)
def test_a_draft_whose_input_somebody_spoilt_is_told_as_that(
    spoilt: tuple[str, str], cycle: Cycle, form: Form
) -> None:
    source = INPUT.replace(*spoilt, 1)
    assert source != INPUT
    work = job.start(cycle.input)
    origin = replace(work.origin, draft=1, source=source)
    cycle.leader = Reviewer(word.render(work.document, draft="送审稿1", origin=origin), form)
    assert "送审稿里记下的输入文件不能用" in refusal(cycle)


@pytest.mark.parametrize("ends", ["\r", "\r\n", "\n"])
def test_every_kind_of_line_end_is_kept(ends: str, tmp_path: Path, form: Form) -> None:
    cycle = Cycle(tmp_path, form, INPUT.replace("\n", ends))
    cycle.input.write_bytes(INPUT.replace("\n", ends).encode())
    cycle.leader.write("requests.carried_over.natural", "1")
    cycle.leader.replace("都写在这里", "写在这里")
    found = cycle.pull()
    assert found.merge.conflicts == []
    assert found.is_new
    assert found.text.count(ends) == INPUT.count("\n")
    assert "\n" not in found.text.replace(ends, "")


def test_a_web_page_cannot_be_taken_in(cycle: Cycle, tmp_path: Path) -> None:
    page = tmp_path / "x.html"
    page.write_text("<p>x</p>", encoding="utf-8")
    with pytest.raises(InputError, match="Word 送审稿"):
        pull.pull(page, cycle.input)


def test_an_input_that_cannot_be_read_is_told_and_left_alone(cycle: Cycle) -> None:
    cycle.clerk("[ 19,", "[ 19；")
    assert refusal(cycle)


def test_last_years_figures_that_changed_since_are_no_corrections(tmp_path: Path, form: Form) -> None:
    last = tmp_path / "本局-2024.toml"
    last.write_text(INPUT.replace("year = 2025", "year = 2024"), encoding="utf-8")
    text = INPUT.replace("全年收到", "上年收到{{ last.requests.new_received.total }}件。全年收到")
    cycle = Cycle(tmp_path, form, text, name="本局-2025")
    last.write_text(last.read_text(encoding="utf-8").replace("0, 19 ]   #", "0, 29 ]   #"), encoding="utf-8")
    cycle.leader.replace("都写在这里", "写在这里")
    found = cycle.pull()
    assert found.merge.conflicts == []
    assert [change.part for change in found.merge.corrections.texts] == ["problems"]
