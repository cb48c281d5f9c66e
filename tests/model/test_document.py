"""The names of a report's files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reportgen.disk import LONGEST_NAME
from reportgen.form.form_file import load_form
from reportgen.form.model import Form
from reportgen.model.document import file_title

from ..conftest import Run

EXAMPLE = Path(__file__).parents[2] / "inputs" / "putian-psb-2022.toml"
TEXT = EXAMPLE.read_text(encoding="utf-8")
LAST = "（2026-01-08 1432 定稿12）（网页粘贴）.html"
"""As long as anything that follows a title."""


@pytest.mark.parametrize("format", ["2019", "2021"])
@pytest.mark.parametrize("character", ["局", "𠮷", "a"])
def test_every_file_of_a_body_with_a_long_name_can_be_written(format: str, character: str) -> None:
    title = file_title(load_form(format), character * 60, "2022")
    assert len((title + LAST).encode()) <= LONGEST_NAME
    assert title.endswith("2022年政府信息公开工作年度报告")
    assert title.startswith(character * 10)


def test_bodies_that_begin_alike_do_not_share_a_name(form: Form) -> None:
    assert file_title(form, "局" * 59 + "甲", "2022") != file_title(form, "局" * 59 + "乙", "2022")
    assert file_title(form, "局" * 60, "2022").replace("2022", "2021") == file_title(form, "局" * 60, "2021")


def test_a_usual_name_stays_whole(form: Form) -> None:
    assert file_title(form, "莆" * 40, "2022") == "莆" * 40 + "2022年政府信息公开工作年度报告"


@pytest.mark.parametrize("character", ["局", "𠮷"])
def test_a_body_with_a_long_name_goes_the_whole_way(character: str, run: Run, tmp_path: Path) -> None:
    """Drafts, a final, another final beside the older one, and what the folder is found to hold."""
    path, text = tmp_path / "in.toml", TEXT.replace("莆田市公安局", character * 60)
    path.write_text(text, encoding="utf-8")
    for options in (["--fragment"], ["--fragment"], ["--final", "--fragment"]):
        assert run("build", path, *options)[0] == 0, options
    path.write_text(text.replace("801条", "802条"), encoding="utf-8")
    status, said = run("build", path)
    assert status == 0
    assert "送审稿2已生成" in said
    status, said = run("build", path, "--final", "--fragment")
    assert status == 0
    assert "改名保留" in said
    kept = [name for each in tmp_path.iterdir() if re.search(r"\d{4} 定稿", name := each.name)]
    assert len(kept) == 5
    path.write_text(text.replace("= 2022", "= 2023").replace("2022年", "2023年"), encoding="utf-8")
    assert "2022年" in run("check", path)[1], "the finals of another year are found by their names"
