"""``check``, ``build`` and ``verify`` over several files or a folder: each by itself, and one summary."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ..collating.made import as_input, as_page, as_word, made_report
from ..conftest import Run

SLIP = "requests.granted.total"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A sound input file, one with a wrong sum and one that cannot be used; a ledger and a note beside them."""
    found = tmp_path / "输入"
    (found / "乡镇").mkdir(parents=True)
    (found / "a-2025.toml").write_bytes(as_input(made_report("甲局", 1)))
    (found / "乡镇" / "b-2025.toml").write_bytes(as_input(made_report("乙镇政府", 2, changed={SLIP: 1})))
    (found / "c.toml").write_text("year = 2025\n", encoding="utf-8")
    (found / "a-2025.意见.toml").write_text("last = 0\n", encoding="utf-8")
    (found / "说明.txt").write_text("year of the reports: 2025", encoding="utf-8")
    return found


def test_a_folder_is_checked_file_by_file_with_one_summary(run: Run, folder: Path) -> None:
    status, said = run("check", folder)
    assert status == 2
    assert "── 3/3" in said
    assert "── 4/" not in said
    assert "共 3 个文件：没有错误 1 个、有错误 1 个、不能用 1 个。" in said
    assert f"有错误：{folder / '乡镇' / 'b-2025.toml'}" in said


def test_several_files_as_one_object(run: Run, folder: Path) -> None:
    files = [folder / "a-2025.toml", folder / "乡镇" / "b-2025.toml"]
    status, said = run("check", *files, "--json")
    found = json.loads(said)
    assert status == 1
    assert [each["agency"] for each in found["inputs"]] == ["甲局", "乙镇政府"]
    assert found["summary"]["error"] == found["inputs"][1]["summary"]["error"] > 0
    status, said = run("check", files[0], "--json")
    assert (status, json.loads(said)) == (0, found["inputs"][0])
    status, said = run("check", folder / "乡镇", "--json")
    assert [each["agency"] for each in json.loads(said)["inputs"]] == ["乙镇政府"]


def test_each_is_built_whatever_another_one_is(run: Run, folder: Path, tmp_path: Path) -> None:
    status, said = run("build", folder, "-o", tmp_path / "出")
    assert status == 2
    assert "没有错误 1 个、有错误 1 个、不能用 1 个" in said
    assert {path.name[:2] for path in (tmp_path / "出").glob("*.docx")} == {"甲局", "乙镇"}


def test_published_files_are_held_against_their_own_inputs(run: Run, folder: Path, tmp_path: Path) -> None:
    (folder / "c.toml").unlink()
    pages = tmp_path / "网站"
    pages.mkdir()
    (pages / "1.html").write_bytes(as_page(made_report("甲局", 1)))
    (pages / "2.docx").write_bytes(as_word(made_report("乙镇政府", 2)))
    (pages / "3.html").write_bytes(as_page(made_report("丙局", 3)))
    (pages / "通知.txt").write_text("请各单位于月底前公布。", encoding="utf-8")
    status, said = run("verify", pages, folder)
    assert status == 2
    assert "没有错误 1 个、有错误 1 个、不能用 1 个、不是报告 1 个" in said
    assert "没有找到“丙局”2025年的输入文件" in said
    (pages / "3.html").unlink()
    (pages / "2.docx").write_bytes(as_word(made_report("乙镇政府", 2, changed={SLIP: 1})))
    assert run("verify", pages, folder)[0] == 0
    assert run("verify", pages / "1.html", pages / "通知.txt", folder)[0] == 2


def test_several_files_of_one_report_are_held_against_its_input(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "1.html").write_bytes(as_page(made_report("甲局", 1)))
    (tmp_path / "1.docx").write_bytes(as_word(made_report("甲局", 1)))
    status, said = run("verify", tmp_path / "1.html", tmp_path / "1.docx", folder / "a-2025.toml")
    assert status == 0
    assert "共 2 个文件：没有错误 2 个" in said


def test_two_inputs_of_one_body_and_year_are_not_chosen_between(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    (folder / "a2.toml").write_bytes(as_input(made_report("甲局", 1)))
    (tmp_path / "1.html").write_bytes(as_page(made_report("甲局", 1)))
    status, said = run("verify", tmp_path / "1.html", folder)
    assert status == 2
    assert "有 2 个" in said


@pytest.mark.parametrize("command", ["check", "build"])
def test_a_folder_without_input_files_and_one_last_year_for_several_are_refused(
    command: str, run: Run, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "空").mkdir()
    status, said = run(command, tmp_path / "空")
    assert status == 2
    assert "没有输入文件" in said
    status, said = run(command, folder, "--previous", folder / "a-2025.toml")
    assert status == 2
    assert "--previous" in said
