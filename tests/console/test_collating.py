"""``collate`` as the district's office meets it: what is said, what it is worth to other programs, and how it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest

from reportgen.collating.cache import NAME, TOGETHER

from ..collating.made import as_input, as_page, as_word, made_report
from ..conftest import Run
from ..form.own import own_form

BODIES = ("民政局", "水利局", "教育局", "财政局")
SLIP = "requests.granted.total"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four bodies: two sound, one with a wrong sum, one missing."""
    found = tmp_path / "年报"
    found.mkdir()
    reports = [made_report(f"某市甲区{name}", seed) for seed, name in enumerate(BODIES[:3])]
    wrong = made_report(f"某市甲区{BODIES[2]}", 2, changed={SLIP: reports[2].figures[SLIP] + 1})
    (found / "1.html").write_bytes(as_page(reports[0]))
    (found / "2.docx").write_bytes(as_word(reports[1]))
    (found / "3.toml").write_bytes(as_input(wrong))
    roster = "".join(f'[[body]]\nname = "甲区{name}"\n' for name in BODIES)
    (tmp_path / "名单.toml").write_text(roster, encoding="utf-8")
    return found


def as_json(run: Run, *arguments: object) -> tuple[int, dict[str, Any]]:
    status, said = run("collate", *arguments, "--json")
    return status, json.loads(said)


def test_all_that_is_known_comes_as_one_object(run: Run, folder: Path) -> None:
    status, found = as_json(run, folder, "--roster", folder.parent / "名单.toml")
    assert status == 1
    assert [(body["name"], body["state"], body["file"], body["year"]) for body in found["bodies"]] == [
        ("甲区民政局", "ok", "1.html", 2025),
        ("甲区水利局", "ok", "2.docx", 2025),
        ("甲区教育局", "errors", "3.toml", 2025),
        ("甲区财政局", "missing", None, None),
    ]
    assert [body["errors"] > 0 for body in found["bodies"]] == [False, False, True, False]
    assert (found["missing"], found["twice"], found["unreadable"]) == (["甲区财政局"], [], [])
    assert (found["published"], found["year"]) == (None, 2025)
    wanted = [made_report("x", seed).figures for seed in range(3)]
    for cell in ("requests.new_received.total", "active_disclosure.fees", SLIP):
        exact = sum(figures[cell] for figures in wanted) + (cell == SLIP)
        assert found["sums"][cell] == f"{exact:f}" if cell.endswith("fees") else str(exact)
    assert len(found["sums"]) == 200
    assert found["lacking"][SLIP] == ["甲区财政局"]


def test_a_program_that_asks_gets_no_files(run: Run, folder: Path) -> None:
    before = sorted(folder.parent.rglob("*"))
    as_json(run, folder)
    assert sorted(folder.parent.rglob("*")) == before


def test_all_there_and_sound_is_status_zero(run: Run, folder: Path) -> None:
    (folder / "3.toml").unlink()
    status, found = as_json(run, folder)
    assert (status, [body["state"] for body in found["bodies"]]) == (0, ["ok", "ok"])


def test_the_clerk_is_told_what_is_to_be_done(run: Run, folder: Path) -> None:
    (folder / "通知.txt").write_text("请于月底前报送。", encoding="utf-8")
    status, said = run("collate", folder, "--roster", folder.parent / "名单.toml", "-o", folder.parent / "出")
    assert status == 1
    assert "应交 4 个单位，收到 3 个" in said
    assert "甲区财政局" in said.partition("没有交的")[2].partition("\n\n")[0]
    assert "甲区教育局" in said.partition("有错误的")[2].partition("\n\n")[0]
    assert "通知.txt" in said.partition("不是报告的文件")[2]
    assert "缺 1 个单位" in said


def test_what_was_corrected_since_the_last_run_is_told_until_the_report_changes_again(
    run: Run, folder: Path
) -> None:
    output = folder.parent / "出"
    other = made_report(f"某市甲区{BODIES[2]}", 2, changed={"review_litigation.review.total": 99_999})
    for _ in range(2):
        _, found = as_json(run, folder, "-o", output)
        assert not any(body["corrected"] or body["still"] for body in found["bodies"])
    (folder / "3.toml").write_bytes(as_input(other))
    for _ in range(2):
        status, found = as_json(run, folder, "-o", output)
        body = next(body for body in found["bodies"] if "教育局" in body["name"])
        assert any("予以公开" in text for text in body["corrected"])
        assert status == 1
    (folder / "3.toml").write_bytes(as_input(made_report(f"某市甲区{BODIES[2]}", 2)))
    _, found = as_json(run, folder, "-o", output)
    body = next(body for body in found["bodies"] if "教育局" in body["name"])
    assert any("行政复议" in text for text in body["corrected"])
    assert body["still"] == []


def test_what_was_not_corrected_is_told_too(run: Run, folder: Path) -> None:
    output = folder.parent / "出"
    as_json(run, folder, "-o", output)
    still = made_report(f"某市甲区{BODIES[2]}", 2, changed={SLIP: 77_777})
    (folder / "3.toml").write_bytes(as_input(still))
    _, found = as_json(run, folder, "-o", output)
    body = next(body for body in found["bodies"] if "教育局" in body["name"])
    assert any("77777" in text for text in body["still"])
    assert body["corrected"] == []


def test_a_body_that_was_missing_and_came_is_told(run: Run, folder: Path) -> None:
    output, roster = folder.parent / "出", folder.parent / "名单.toml"
    as_json(run, folder, "-o", output, "--roster", roster)
    (folder / "4.html").write_bytes(as_page(made_report("甲区财政局", 9)))
    _, found = as_json(run, folder, "-o", output, "--roster", roster)
    assert found["missing"] == []
    assert found["bodies"][3]["corrected"] == ["没有收到报告。"]


def test_a_roster_is_made_of_what_was_found_and_never_overwritten(run: Run, folder: Path) -> None:
    output = folder.parent / "出"
    status, said = run("collate", folder, "-o", output, "--make-roster")
    assert "名单.toml" in said
    _, found = as_json(run, folder, "--roster", output / "名单.toml")
    assert [body["name"] for body in found["bodies"]] == sorted(f"某市甲区{name}" for name in BODIES[:3])
    (output / "名单.toml").write_text("# 改过的\n", encoding="utf-8")
    status, said = run("collate", folder, "-o", output, "--make-roster")
    assert status == 2
    assert (output / "名单.toml").read_text(encoding="utf-8") == "# 改过的\n"


def test_last_years_reports_are_read_and_checked_against(run: Run, folder: Path) -> None:
    last = folder.parent / "去年"
    last.mkdir()
    (last / "民政局.html").write_bytes(as_page(made_report("某市甲区民政局", 50, 2024)))
    _, alone = as_json(run, folder)
    _, found = as_json(run, folder, "--previous", last)
    warnings = [
        next(body["errors"] + body["warnings"] for body in each["bodies"] if "民政局" in body["name"])
        for each in (alone, found)
    ]
    assert warnings[0] < warnings[1]  # what was carried over is not what was carried forward


def test_this_years_reports_are_not_taken_for_last_years(run: Run, folder: Path) -> None:
    """Every body would be told that it copied from itself."""
    same = folder.parent / "今年"
    same.mkdir()
    (same / "1.html").write_bytes((folder / "1.html").read_bytes())
    status, said = run("collate", folder, "--previous", same)
    assert status == 2
    assert "里面是2025年的报告，没有2024年的。请给出放2024年报告的文件夹。" in said


@pytest.mark.parametrize(
    "arguments",
    [
        ["没有"],
        ["{folder}", "--previous", "{folder}"],
        ["{folder}", "--previous", "{folder}/../今年"],
        ["{folder}", "--previous", "{folder}/../空"],
        ["{folder}", "--published", "{folder}/没有.docx"],
        ["{folder}", "-o", "{folder}"],
        ["{folder}", "--roster", "没有.toml"],
    ],
)
def test_what_cannot_be_used_is_told_and_is_status_two(arguments: list[str], run: Run, folder: Path) -> None:
    for name in ("今年", "空"):
        (folder.parent / name).mkdir()
    (folder.parent / "今年" / "1.html").write_bytes((folder / "1.html").read_bytes())
    arguments = [each.format(folder=folder) for each in arguments]
    status, said = run("collate", *arguments)
    assert status == 2
    assert "Traceback" not in said
    status, found = as_json(run, *arguments)
    assert (status, [*found]) == (2, ["error"])


def test_an_empty_folder_has_nothing_to_do(run: Run, tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    status, found = as_json(run, tmp_path / "空")
    assert (status, found["bodies"], found["sums"], found["year"]) == (0, [], {}, None)


def test_templates_that_are_none_are_told_before_anything_is_read(run: Run, folder: Path) -> None:
    (folder.parent / "模板" / "2021").mkdir(parents=True)
    (folder.parent / "模板" / "2021" / "form.toml").write_text("format = 3\n", encoding="utf-8")
    status, said = run("collate", folder, "--templates", folder.parent / "模板")
    assert status == 2
    assert "form.toml" in said
    assert "Traceback" not in said


def test_that_the_offices_templates_check_less_is_asked_of_the_office_and_told_to_no_body(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    own_form(tmp_path / "模板", 'not_added = ["regulations", "normative_documents"]', "not_added = []")
    status, found = as_json(run, folder, "--templates", tmp_path / "模板", "-o", tmp_path / "出")
    assert status == 1
    (question,) = found["questions"]
    assert "少了汇总时不能相加的数据 6 个" in question
    assert str(tmp_path / "模板" / "2021") in question
    assert [body["warnings"] for body in found["bodies"]] == [
        body["warnings"] for body in as_json(run, folder)[1]["bodies"]
    ]


def test_with_templates_that_were_copied_before_forms_said_it_nothing_is_added_up_that_does_not_add_up(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    own_form(tmp_path / "模板", 'not_added = ["regulations", "normative_documents"]\n', "")
    run("collate", folder, "--templates", tmp_path / "模板", "-o", tmp_path / "出")
    filled = tomllib.loads((tmp_path / "出" / "汇总.toml").read_text(encoding="utf-8"))["active_disclosure"]
    assert "licensing" in filled
    assert not {"regulations", "normative_documents"} & filled.keys()


@pytest.mark.skipif(os.name == "nt", reason="other systems forbid such names")
def test_names_of_files_that_no_terminal_shows_do_no_harm(run: Run, folder: Path) -> None:
    for old, new in ((b"1.html", b"\xff\xfe.html"), (b"2.docx", "换\n行\u202e.docx".encode())):
        os.rename(os.fsencode(folder) + b"/" + old, os.fsencode(folder) + b"/" + new)
    (folder / "3.toml").rename(folder / "=cmd|' '!A0.toml")
    status, found = as_json(run, folder)
    assert status == 1
    assert [body["state"] for body in found["bodies"]] == ["errors", "ok", "ok"]
    status, said = run("collate", folder, "-o", folder.parent / "出")
    assert status == 1
    assert "\u202e" not in said


@pytest.mark.skipif(not Path("/proc/self/stat").is_file(), reason="processes are told otherwise here")
def test_workers_end_with_a_run_that_is_killed(tmp_path: Path) -> None:
    folder, output = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    page = as_page(made_report("某市甲区第0局", 1))
    for number in range(300):
        (folder / f"{number:03}.html").write_bytes(page.replace("第0局".encode(), f"第{number}局".encode()))
    command = [sys.executable, "-m", "reportgen", "collate", str(folder), "-o", str(output), "--json"]
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    while run.poll() is None and _kept(output) < TOGETHER:
        time.sleep(0.05)
    workers = _children(run.pid)
    assert workers, "the run had ended: nothing is tried"
    run.kill()
    run.wait()
    assert _all_end(workers)
    again = subprocess.run(command, capture_output=True, check=False)
    assert len(json.loads(again.stdout)["bodies"]) == 300


@pytest.mark.skipif(os.name == "nt", reason="interrupts are sent otherwise on Windows")
def test_an_interrupted_run_keeps_what_it_read_and_leaves_no_worker(tmp_path: Path) -> None:
    folder, output = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    page = as_page(made_report("某市甲区第0局", 1))
    for number in range(300):
        (folder / f"{number:03}.html").write_bytes(page.replace("第0局".encode(), f"第{number}局".encode()))
    command = [sys.executable, "-m", "reportgen", "collate", str(folder), "-o", str(output)]
    run = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(
            signal.SIGINT, signal.SIG_DFL
        ),  # a shell's job in the background has none
    )
    while run.poll() is None and _kept(output) < TOGETHER:
        time.sleep(0.05)
    workers = _children(run.pid)
    assert workers or not Path("/proc/self/stat").is_file(), "the run had ended: nothing is tried"
    run.send_signal(signal.SIGINT)
    _, said = run.communicate()
    assert run.returncode == 2
    assert "已中断" in said.decode()
    assert "接着读" in said.decode()
    assert "Traceback" not in said.decode()
    assert TOGETHER <= _kept(output) < 300
    assert _all_end(workers)


def _all_end(pids: list[int]) -> bool:
    """Whether the processes end, sooner or later."""
    until = time.monotonic() + 60
    while any(Path(f"/proc/{pid}").exists() for pid in pids) and time.monotonic() < until:
        time.sleep(0.05)
    return not any(Path(f"/proc/{pid}").exists() for pid in pids)


def _kept(output: Path) -> int:
    """How many reports the cache holds."""
    import sqlite3

    if not (output / NAME).is_file():
        return 0
    base = sqlite3.connect(output / NAME, timeout=5)
    try:
        return int(base.execute("select count(*) from reports").fetchone()[0])
    except sqlite3.Error:
        return 0
    finally:
        base.close()


def _children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(each) for each in found.read_text().split()] if found.is_file() else []
