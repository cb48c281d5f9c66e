"""What each number of a sentence is taken for: every sentence of the corpus, and what the corpus must be."""

from __future__ import annotations

import pytest

from reportgen.checking.readings import Kind, Reading, Verdict
from tests.checking import corpus_report
from tests.checking.corpus_report import Sentence, parse, readings_of, score, sentences

FOUND = (Verdict.DISAGREES, Verdict.DOUBTFUL)


def readings(text: str, of: str = "county") -> list[Reading]:
    return readings_of(Sentence(text, (), of, "overview"))


def taken_for(text: str, of: str = "county") -> dict[str, tuple[str, Verdict]]:
    return {r.written: (r.meaning, r.verdict) for r in readings(text, of) if r.recognised}


@pytest.mark.parametrize("part", corpus_report.PARTS)
def test_false_alarms_are_rare_and_wrong_numbers_are_found(part: str) -> None:
    counts = score(part)
    assert counts["right errors"] >= 0.97 * counts["errors"]
    assert counts["right warnings"] >= 0.90 * counts["warnings"]
    assert counts["wrong found"] >= 0.90 * counts["wrong"]
    assert counts["recognised"] >= 0.90 * counts["claims"]


def test_the_corpus_is_large_and_a_good_part_of_it_claims_nothing_or_is_wrong() -> None:
    every = [sentence for part in corpus_report.PARTS for sentence in sentences(part)]
    assert len(every) >= 250
    assert len(list(sentences("held_aside"))) >= 80
    tricky = [s for s in every if not s.marks or not all(mark.agrees for mark in s.marks)]
    assert len(tricky) >= 0.35 * len(every)


def test_marks_of_the_corpus_are_cut_out_of_the_text() -> None:
    sentence = parse("收到[19 received]件，公开[6 !granted]件。", "police", "overview")
    assert sentence.text == "收到19件，公开6件。"
    assert [(m.names, m.agrees) for m in sentence.marks] == [(("received",), True), (("granted",), False)]


def test_the_words_before_a_number_come_before_those_after_it() -> None:
    assert taken_for("予以公开15件，部分公开6件。")["15件"][0].startswith("表三·（一）予以公开")
    assert taken_for("15件予以公开，6件部分公开。")["15件"][0].startswith("表三·（一）予以公开")


def test_a_word_that_is_not_known_beside_a_number_means_another_thing() -> None:
    assert not taken_for("印制依申请公开宣传折页15份。")
    assert not taken_for("收到15件锦旗。")


def test_shared_words_need_the_tables_own_matter() -> None:
    assert "43件" in taken_for("（二）依申请公开。办结43件。")
    assert not taken_for("受理群众诉求45件，办结43件。")
    assert not taken_for("办结43件。")


def test_the_next_paragraphs_of_a_part_still_speak_of_its_heading() -> None:
    found = taken_for("（二）依申请公开\n已办结43件。\n（三）政府信息管理\n已办结40件。")
    assert found == {"43件": ("表三·（七）总计·总计", Verdict.AGREES)}


def test_requests_of_another_year_or_of_a_part_of_it_are_not_this_years() -> None:
    assert not taken_for("2019年收到政府信息公开申请12件。")
    assert not taken_for("上半年收到政府信息公开申请12件。")
    assert not taken_for("截至6月底，收到政府信息公开申请12件。")


def test_last_years_number_is_compared_with_last_years_report() -> None:
    (reading,) = (r for r in readings("2022年收到政府信息公开申请32件。") if r.recognised)
    assert (reading.last, reading.verdict, reading.expected) == (True, Verdict.DISAGREES, 31)


def test_without_last_years_report_that_is_said() -> None:
    verdicts = {r.verdict for r in readings("2021年收到政府信息公开申请32件。", of="tax") if r.recognised}
    assert verdicts == {Verdict.NO_LAST}


def test_channels_are_no_figure_of_the_tables() -> None:
    assert not taken_for("收到网上申请30件、信函申请12件。")
    assert "42件" in taken_for("通过网上、信函等渠道收到政府信息公开申请42件。")


def test_another_body_in_the_same_text_is_not_the_one_that_reports() -> None:
    assert not [r for r in readings("县住建局收到政府信息公开申请20件。") if r.verdict in FOUND]
    own = readings("县自然资源局收到政府信息公开申请20件。")
    assert [r.verdict for r in own if r.recognised] == [Verdict.DISAGREES]


def test_a_denial_with_a_condition_denies_nothing_of_the_tables() -> None:
    assert not taken_for("未收到超出一定数量或者频次范围的政府信息公开申请。")
    assert not taken_for("未发生因政府信息公开引起的行政诉讼败诉案件。")
    denials = [r for r in readings("未发生因政府信息公开引起的行政诉讼案件。") if r.kind is Kind.NEGATION]
    assert [r.verdict for r in denials] == [Verdict.DISAGREES]


def test_the_attributes_of_official_documents_are_no_results() -> None:
    assert not taken_for("全年制发公文86件，其中主动公开42件，依申请公开14件，不予公开30件。")


def test_parts_of_one_row_are_added_before_they_are_compared() -> None:
    found = taken_for("已主动公开10件，同意公开5件。")
    assert [verdict for _, verdict in found.values()] == [Verdict.AGREES, Verdict.AGREES]


def test_a_number_for_each_of_several_is_compared_with_each() -> None:
    verdicts = [
        r.verdict for r in readings("因政府信息公开被申请行政复议、提起行政诉讼各5件。") if r.recognised
    ]
    assert verdicts == [Verdict.DISAGREES, Verdict.AGREES]
