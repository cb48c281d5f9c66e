"""What all rooms know of the disk: plain files only, names that it takes, and why it refuses."""

from __future__ import annotations

import errno
import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportgen import disk

from .conftest import Run

EXAMPLE = Path(__file__).parents[1] / "inputs" / "putian-psb-2022.toml"
TEXT = EXAMPLE.read_text(encoding="utf-8")
NAME = "莆田市公安局2022年政府信息公开工作年度报告"
needs_pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with a name on this system")


@pytest.fixture(autouse=True)
def _no_test_waits_for_ever() -> Iterator[None]:
    """Whoever waits for a pipe is stopped: a failure, not a run of the tests that never ends."""
    if hasattr(signal, "alarm"):
        signal.alarm(600)
    yield
    if hasattr(signal, "alarm"):
        signal.alarm(0)


def test_every_reason_is_chinese() -> None:
    for number in errno.errorcode:
        assert not re.search("[A-Za-z]", disk.why(OSError(number, os.strerror(number))))
    assert disk.why(OSError()) == "系统没有说明原因"


def test_no_message_takes_the_words_of_the_system() -> None:
    """They are English on most systems."""
    package = Path(disk.__file__).parent
    assert [p.name for p in package.rglob("*.py") if "error.strerror" in p.read_text(encoding="utf-8")] == []


@needs_pipes
def test_a_pipe_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="pipe") as caught:
        disk.read(tmp_path / "pipe")
    assert disk.why(caught.value) == "是管道或设备，不是普通文件"


@needs_pipes
@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "pipe"],
        ["build", "pipe"],
        ["fix", "pipe", "--write"],
        ["check", "in.toml", "--previous", "pipe"],
        ["check", "in.toml", "--previous", "/dev/zero"],
        ["check", "/dev/zero"],
        ["pull", "pipe", "in.toml"],
        ["pull", "/dev/zero", "in.toml"],
        ["pull", "/dev/stdin", "in.toml"],
        ["verify", "pipe.docx", "in.toml"],
        ["verify", "pipe.html", "in.toml"],
        ["diff", "pipe", "in.toml"],
        ["diff", "in.toml", "pipe"],
        ["opinions", "pipe"],
        ["names", "pipe"],
    ],
)
def test_a_command_does_not_wait_for_a_pipe_or_a_device(
    arguments: list[str], run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("pipe", "pipe.docx", "pipe.html"):
        os.mkfifo(name)
    Path("in.toml").write_text(TEXT, encoding="utf-8")
    status, said = run(*arguments)
    assert status == 2
    assert "不是普通文件" in said


@needs_pipes
@pytest.mark.parametrize(
    "name",
    [
        f"{NAME}（送审稿1）.docx",
        f"{NAME}（送审稿1）.html",
        f"{NAME}（送审稿1）核对单.html",
        f"{NAME}（送审稿1）核对单.docx",
        f"{NAME}.docx",
        f"{NAME}.html",
        f"{NAME}核对单.html",
        "in.意见.toml",
        "退回.docx",
    ],
)
@pytest.mark.parametrize("options", [[], ["--final"]])
def test_a_pipe_at_the_name_of_an_output_is_not_waited_for(
    name: str, options: list[str], run: Run, tmp_path: Path
) -> None:
    (tmp_path / "in.toml").write_text(TEXT, encoding="utf-8")
    os.mkfifo(tmp_path / name)
    status, said = run("build", tmp_path / "in.toml", *options)
    assert status in (0, 2)
    if status:
        assert "管道或设备" in said or "不是普通文件" in said
    assert (tmp_path / name).is_fifo()


@needs_pipes
@pytest.mark.parametrize("name", ["form.toml", "vocabulary.toml", "report.html", "report.docx", "fonts.html"])
def test_a_pipe_among_the_templates_is_not_waited_for(name: str, run: Run, tmp_path: Path) -> None:
    run("templates", "--copy", tmp_path / "t")
    (tmp_path / "t" / "2021" / name).unlink()
    os.mkfifo(tmp_path / "t" / "2021" / name)
    (tmp_path / "in.toml").write_text(TEXT, encoding="utf-8")
    status, said = run("build", tmp_path / "in.toml", "--templates", tmp_path / "t")
    assert status == 2
    assert name in said


@pytest.mark.parametrize(
    ("text", "room", "begins", "length"),
    [("莆田市公安局", 18, "莆田市公安局", 6), ("莆田市公安局", 17, "莆田…", 9), ("", 0, "", 0)],
)
def test_a_name_is_cut_between_characters_and_marked(text: str, room: int, begins: str, length: int) -> None:
    cut = disk.shortened(text, room)
    assert len(cut.encode()) <= room
    assert cut.startswith(begins)
    assert len(cut) == length


def test_two_long_names_stay_two() -> None:
    assert disk.shortened("甲" * 100 + "乙", 100) != disk.shortened("甲" * 100 + "丙", 100)


def test_a_character_that_this_system_has_no_name_for_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsencode", lambda name: name.encode("gbk"))
    assert disk.file_name("福𠮷市公安局") == "福_市公安局"
