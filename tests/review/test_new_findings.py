"""What ``pull`` says of the findings: what the corrections bring, what they remove, what stood before."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from reportgen import job
from reportgen.form.model import Form
from reportgen.writing import word

from ..conftest import Run
from ..reviewer import Reviewer

EXAMPLE = Path(__file__).parents[2] / "inputs" / "putian-psb-2022.toml"


@pytest.fixture
def input(tmp_path: Path) -> Path:
    text = EXAMPLE.read_text(encoding="utf-8")
    text = text.replace("办好局长信箱，", "办好局长信箱,").replace("= [ 11,    0,", "= [ 12,    0,", 1)
    path = tmp_path / "本局.toml"
    path.write_text(text, encoding="utf-8")
    found = {finding.rule for finding in job.start(path).outcome.findings}
    assert found == {"W01", "T01"}
    return path


@pytest.fixture
def leader(input: Path, form: Form) -> Reviewer:
    work = job.start(input)
    return Reviewer(word.render(work.document, draft="送审稿1", origin=replace(work.origin, draft=1)), form)


def pulled(run: Run, leader: Reviewer, input: Path) -> str:
    path = input.with_name("改过.docx")
    path.write_bytes(leader.saved())
    status, said = run("pull", path, input)
    assert status == 1, "the errors that stood before still stand"
    return said


def test_what_stood_before_is_said_so_and_is_no_new_problem(run: Run, leader: Reviewer, input: Path) -> None:
    leader.replace("各项工作平稳有序", "各项工作平稳推进")
    said = pulled(run, leader, input)
    assert "会多出" not in said
    assert "原来就有的 3 个问题带回以后还在，不是这次改出来的：错误 2、提醒 1" in said


def test_what_stood_before_is_known_after_its_paragraph_moved(
    run: Run, leader: Reviewer, input: Path
) -> None:
    leader.insert_paragraph("各项工作平稳有序", "我局定期通报进展。")
    said = pulled(run, leader, input)
    assert "会多出" not in said
    assert "原来就有的 3 个问题" in said


def test_a_sum_that_was_wrong_before_is_not_new_when_its_figures_change(
    run: Run, leader: Reviewer, input: Path
) -> None:
    leader.write("requests.unavailable_not_held.natural", "15")
    said = pulled(run, leader, input)
    assert "会多出" not in said
    assert "原来就有的 3 个问题" in said


def test_what_the_correction_brings_is_told_apart_from_the_same_fault_elsewhere(
    run: Run, leader: Reviewer, input: Path
) -> None:
    leader.replace("各项工作平稳有序", "各项工作 平稳有序")
    said = pulled(run, leader, input)
    assert "会多出这些问题" in said
    assert "W06" in said
    assert "W01" not in said
    assert "T01" not in said
    assert "原来就有的 3 个问题" in said


def test_what_the_correction_removes_is_said(run: Run, leader: Reviewer, input: Path) -> None:
    leader.replace("办好局长信箱,", "办好局长信箱，")
    said = pulled(run, leader, input)
    assert "原来的 1 个问题没有了" in said
    assert "原来就有的 2 个问题" in said


def test_without_findings_nothing_is_said_of_them(run: Run, tmp_path: Path, form: Form) -> None:
    input = tmp_path / "本局.toml"
    input.write_bytes(EXAMPLE.read_bytes())
    work = job.start(input)
    leader = Reviewer(word.render(work.document, draft="送审稿1", origin=replace(work.origin, draft=1)), form)
    leader.replace("各项工作平稳有序", "各项工作平稳推进")
    path = tmp_path / "改过.docx"
    path.write_bytes(leader.saved())
    status, said = run("pull", path, input)
    assert status == 0
    assert "问题" not in said
