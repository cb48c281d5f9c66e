"""What the preface says of the parts of the report."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from reportgen.form.form_file import templates_folder
from reportgen.model.findings import Finding, Severity

from ..conftest import Run
from .cases import found_in

EXAMPLE = Path(__file__).parents[2] / "inputs" / "putian-psb-2022.toml"
RIGHT = [
    "总体情况",
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "政府信息公开行政复议、行政诉讼情况",
    "存在的主要问题及改进情况",
    "其他需要报告的事项",
]


@pytest.mark.parametrize("said", ["五部分", "五个部分", "7个部分", "等七部分", "七大部分"])
def test_a_preface_that_counts_other_than_six_parts_is_an_error(said: str) -> None:
    (finding,) = found_in("S03", f"本报告由总体情况等{said}组成。", "preface")
    assert finding.severity is Severity.ERROR


@pytest.mark.parametrize(
    "text",
    [
        "本报告由总体情况等六部分组成。",
        "本报告包括6个部分。",
        "本报告回应一部分群众关切。",
        "报告第五部分说明问题。",
        "五个部分信息系统改版。",
    ],
)
def test_six_parts_and_other_parts_are_left(text: str) -> None:
    assert found_in("S03", text, "preface") == []


def listed(*parts: str, sentence: str = "本报告由{}组成。") -> list[Finding]:
    return found_in("S03", sentence.format("、".join(parts)), "preface")


@pytest.mark.parametrize(
    "sentence", ["本报告由{}组成。", "全文包括{}。", "年报内容包括：{}等六个部分。", "本报告分为六部分：{}。"]
)
def test_the_parts_in_their_order_are_right(sentence: str) -> None:
    assert listed(*RIGHT, sentence=sentence) == []
    assert found_in("S03", sentence.format("；".join(RIGHT)), "preface") == []
    assert found_in("S03", sentence.format("，".join(RIGHT)), "preface") == []


@pytest.mark.parametrize(
    "text",
    [
        "全文由概述、主动公开信息情况、依申请公开情况、行政复议和行政诉讼情况、存在问题和改进措施、其他需要说明的事项组成，并附依申请公开情况统计表。",
        "本报告包含“总体情况、政府信息主动公开情况、政府信息依申请公开情况、因政府信息公开被复议诉讼情况、主要问题及下一步改进情况、其他需报告事项”六大部分内容。",
        "全文分六个部分，第一部分总体情况，第二部分主动公开政府信息情况，第三部分收到和处理政府信息公开申请情况，第四部分行政复议、行政诉讼情况，第五部分存在的主要问题及改进情况，第六部分其他需要报告的事项。",
        "报告内容涵盖总体情况、主动公开、收到和处理公开申请、复议诉讼、问题及改进、其他事项六个板块。",
        "为落实主动公开和依申请公开各项要求，我局编制本报告，全文由总体情况、主动公开情况、依申请公开情况、行政复议及诉讼情况、存在的主要问题及改进情况、其他需要报告的事项6个部分组成。",
        "报告包括总体情况、主动公开政府信息总体情况、依申请公开总体情况、因政府信息公开工作被申请行政复议、提起行政诉讼情况、不足和打算以及需要报告的其他事项。",
        "全文包括总体情况、主动公开情况、政府信息公开申请情况、政府信息公开申请行政复议和行政诉讼情况、问题及改进情况等。",
        "报告主要包括总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况等内容。",
        "报告反映了主动公开、依申请公开及行政复议、行政诉讼等情况。",
        "我局2022年政府信息公开工作总体情况良好，共公开信息801条，其中主动公开640条，收到依申请公开19件，没有行政复议和诉讼。",
        "年度报告包括（一）总体情况（二）主动公开政府信息情况（三）收到和处理政府信息公开申请情况（四）政府信息公开行政复议、行政诉讼情况（五）存在的主要问题及改进情况（六）其他需要报告的事项。",
    ],
)  # fmt: skip
def test_another_wording_is_no_fault(text: str) -> None:
    assert found_in("S03", text, "preface") == []


@pytest.mark.parametrize("left_out", range(6))
def test_a_part_that_is_missing_is_found(left_out: int) -> None:
    (finding,) = listed(*RIGHT[:left_out], *RIGHT[left_out + 1 :])
    assert finding.severity is Severity.WARNING
    assert f"没有“{RIGHT[left_out]}”" in finding.message


def test_and_so_on_stands_for_what_follows_only() -> None:
    assert listed(*RIGHT[:4], sentence="全文包括{}等。") == []
    (middle,) = listed(*RIGHT[:3], *RIGHT[4:], sentence="本报告由{}等六部分组成。")
    assert RIGHT[3] in middle.message
    (first,) = listed(*RIGHT[1:5], sentence="本报告由{}等六部分组成。")
    assert RIGHT[0] in first.message
    assert RIGHT[5] not in first.message


def test_a_part_that_is_named_twice_is_found() -> None:
    other = "因政府信息公开工作被申请行政复议情况"
    (twice,) = listed(*RIGHT[:3], other, *RIGHT[3:])
    assert f"“{RIGHT[3]}”写了两次" in twice.message
    instead = listed(*RIGHT[:2], RIGHT[1], *RIGHT[3:])
    assert [RIGHT[2] in instead[0].message, f"“{RIGHT[1]}”写了两次" in instead[1].message] == [True, True]


def test_parts_out_of_order_are_found() -> None:
    (shuffled,) = listed(RIGHT[1], RIGHT[0], *RIGHT[2:])
    assert "顺序" in shuffled.message


def test_a_wrong_count_of_the_listed_parts_is_an_error_whatever_the_parts_are_called() -> None:
    for said in ("五个部分", "八个方面", "7章"):
        (finding,) = listed(*RIGHT, sentence=f"报告内容涵盖{{}}{said}。")
        assert finding.severity is Severity.ERROR
        assert said in finding.message


def test_the_finding_marks_the_list_and_nothing_else() -> None:
    text = f"现公布本报告，全文包括{'、'.join(RIGHT[:5])}六个部分，请监督。"
    (finding,) = found_in("S03", text, "preface")
    assert finding.passage
    assert text[finding.passage.start : finding.passage.end] == "、".join(RIGHT[:5])


def test_a_form_without_words_for_its_parts_knows_them_by_their_headings(run: Run, tmp_path: Path) -> None:
    shutil.copytree(templates_folder() / "2021", tmp_path / "own" / "2021")
    words = tmp_path / "own" / "2021" / "vocabulary.toml"
    text = re.sub(r"(?ms)^\[parts\]$.*?(?=^# ── )", "", words.read_text(encoding="utf-8"))
    assert "[parts]" not in text
    words.write_text(text, encoding="utf-8")
    report = tmp_path / "2022.toml"
    example = EXAMPLE.read_text(encoding="utf-8")
    report.write_text(example.replace("、其他需要报告的事项六个部分组成", "六个部分组成"), encoding="utf-8")
    assert "S03" not in run("check", EXAMPLE, "--templates", tmp_path / "own")[1]
    assert "没有“其他需要报告的事项”" in run("check", report, "--templates", tmp_path / "own")[1]
