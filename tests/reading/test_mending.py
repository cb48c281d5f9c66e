"""Faults of syntax put right in the file: just the lines that were shown, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.model.findings import InputError
from reportgen.reading import Source, mended, parse_input
from reportgen.reading.encoding import read_source

from ..conftest import Run
from .test_input_file import TEXT, changed

PATH = Path("input.toml")
PHONE = 'phone    = "0594-2772776"'

FAULTS = [
    (PHONE, "phone    = 0594-2772776"),
    (PHONE, "phone    ＝ “0594-2772776”"),
    ('postcode = "351100"', "postcode = 351100"),
    ("= 335873", "＝ 335873"),
    ("licensing           = 335873", "licensing             335873"),
    ("[ 6,        0,        26 ]", "［ 6，        0，        26 ］"),
    ("[requests]\n", ""),
    ("[agency]\n", ""),
    ("[narrative]\n", ""),
    ("overview = '''\n", "overview = \n"),
    ("overview = '''\n", "overview = ''\n"),
    ("'''\n\nproblems", "\nproblems"),
    ("'''\n\nproblems", "\n\n# 说明\nproblems"),
    ("{{ year }}年，我局把", "｛｛ year ｝｝年，我局把"),
    ("{{ year }}年，我局把", "{{ year年，我局把"),
]


def problems(text: str) -> list[str]:
    try:
        parse_input(Source(text, "utf-8").normal, PATH)
    except InputError as error:
        return [finding.text for finding in error.findings]
    return []


@pytest.mark.parametrize(("old", "new"), FAULTS)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_fault_whose_right_line_is_shown_is_mended_and_nothing_else(
    old: str, new: str, line_end: str
) -> None:
    text = changed((old, new)).replace("\n", line_end)
    told = problems(text)
    assert len(told) == 1
    found = mended(Source(text, "utf-8"), PATH)
    assert found.error is None
    (correction,) = found.corrections
    before, after = text.split(line_end), found.text.split(line_end)
    at = correction.line - 1
    assert after[:at] == before[:at]
    assert after[at:] == [*correction.corrected.split("\n"), *before[at + 1 :]] or old.startswith("{{")
    assert correction.corrected.split("\n")[0].strip() in told[0]
    assert problems(found.text) == []


@given(st.lists(st.sampled_from(FAULTS), unique=True, max_size=6), st.sampled_from(["\n", "\r\n"]))
def test_many_faults_are_mended_as_they_are_shown(faults: list[tuple[str, str]], line_end: str) -> None:
    text = TEXT
    for old, new in faults:
        text = text.replace(old, new, 1)
    text = text.replace("\n", line_end)
    found = mended(Source(text, "utf-8"), PATH)
    shown = [correction.written for correction in found.corrections]
    before, after = text.split(line_end), found.text.split(line_end)
    kept = [line for line in before if not any(written in line for written in shown)]
    left = iter(after)
    assert all(any(line == other for other in left) for line in kept), "every other line stays, in its place"
    assert not re.search("(?<!\r)\n", found.text) or line_end == "\n"
    assert mended(Source(found.text, "utf-8"), PATH).corrections == ()


def test_fix_shows_and_writes_the_lines_and_keeps_a_backup(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "本局.toml"
    text = changed((PHONE, "phone    = 0594-2772776"), ("= 235627", "= 很多"))
    path.write_bytes(text.encode("gb18030"))
    status, said = run("fix", path)
    assert status == 2
    assert 'phone    = 0594-2772776\n    改为：phone    = "0594-2772776"' in said
    assert "共 2 处可以改正，还没有写进文件" in said
    assert path.read_bytes() == text.encode("gb18030")
    status, said = run("fix", path, "--write")
    assert "已改正 2 处" in said
    assert "“很多”不是数字" in said, "what is left is said"
    right = text.replace("= 0594-2772776", '= "0594-2772776"').replace("= 很多", '= "很多"')
    assert path.read_bytes() == right.encode("gb18030")
    assert read_source(path.with_name("本局（备份1）.toml")).text == text


def test_after_the_syntax_the_text_is_repaired_in_the_same_run(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "本局.toml"
    path.write_text(
        changed((PHONE, "phone    = 0594-2772776"), ("年，我局把", "年,我局把")), encoding="utf-8"
    )
    assert run("fix", path, "--write")[0] == 0
    assert path.read_text(encoding="utf-8") == TEXT


@pytest.mark.parametrize("write", [False, True])
def test_lines_are_those_of_the_file_as_the_clerk_has_it(write: bool, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "本局.toml"
    text = changed(("[requests]\n", ""), ("[review_litigation]\n", ""), ("平稳有序。", "平稳有序。。"))
    path.write_text(text, encoding="utf-8")
    status, said = run("fix", path, *(["--write"] if write else []))
    assert status == 0
    lines = text.splitlines()
    shown = re.findall(r"第 (\d+) 行  …?(.+?)…?\n", said)
    assert len(shown) == 3
    assert all(words.strip() in lines[int(line) - 1] for line, words in shown)


@pytest.mark.parametrize("write", [False, True])
def test_what_is_left_after_mending_stands_where_it_is_said_to(write: bool, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "本局.toml"
    path.write_text(
        changed(("[requests]\n", ""), ("carried_forward     = 0 ", "carried_forward     = [ 0, 3 ] ")),
        encoding="utf-8",
    )
    _, said = run("fix", path, *(["--write"] if write else []))
    (line,) = re.findall(r"第 (\d+) 行：表三·四、结转下年度", said)
    assert "carried_forward" in path.read_text(encoding="utf-8").splitlines()[int(line) - 1]
