"""A command that does not come to its own end: the clerk is told what was written, the maintainer where it failed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import reportgen
from reportgen.console import ending

from ..conftest import Run

EXAMPLE = Path(__file__).parents[2] / "inputs" / "putian-psb-2022.toml"
FAULT = "raise KeyError('局长张三 140 件')"


def failing(
    folder: Path, fault: str, *arguments: object, before: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own whose checks do ``fault``."""
    program = (
        f"import sys; sys.argv = {['reportgen', *map(str, arguments)]!r}\n"
        "from reportgen import checking, cli, disk\n"
        f"def check(*_):\n    {before or 'pass'}\n    {fault}\n"
        "checking.check = check\n"
        "cli.main()\n"
    )
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-c", program],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path(reportgen.__file__).parents[1])},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_a_fault_is_a_message_and_a_report_without_the_clerks_words(tmp_path: Path) -> None:
    last, here = tmp_path / "张三.toml", tmp_path / "here"
    last.write_text(EXAMPLE.read_text(encoding="utf-8").replace("= 2022", "= 2021"), encoding="utf-8")
    here.mkdir()
    result = failing(here, FAULT, "check", EXAMPLE, f"--previous={last}", "--all")
    (report,) = here.iterdir()
    assert result.returncode == 2
    assert "Traceback" not in result.stderr
    assert "程序出了没有料到的毛病，没有做完。没有写任何文件。" in result.stderr
    assert str(report) in result.stderr
    said = report.read_text(encoding="utf-8")
    assert "builtins.KeyError" in said
    assert "reportgen.job:" in said
    assert "check --previous --all" in said
    for word in ("张三", "140", str(tmp_path), str(EXAMPLE.parent), "莆田"):
        assert word not in said


def test_the_same_fault_leaves_one_report(tmp_path: Path) -> None:
    for _ in range(2):
        failing(tmp_path, FAULT, "check", EXAMPLE)
    assert len(list(tmp_path.iterdir())) == 1


def test_what_had_been_written_is_told(tmp_path: Path) -> None:
    before = "disk.written.append('甲.docx')"
    result = failing(tmp_path, FAULT, "check", EXAMPLE, before=before)
    assert "出错以前已经写好下面的文件，其余的没有写：\n  甲.docx\n" in result.stderr


def test_where_the_folder_cannot_be_written_to_the_report_goes_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import tempfile

    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(tmp_path))
    monkeypatch.setattr(Path, "cwd", lambda: tmp_path / "no")
    assert str(tmp_path) in ending._where_left("report")
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize(
    "fault", ["raise MemoryError", "x = []\n    while True: x.append(bytearray(1 << 24))"]
)
def test_a_want_of_memory_is_told_so(tmp_path: Path, fault: str) -> None:
    limit = "import resource; resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))"
    result = failing(tmp_path, fault, "check", EXAMPLE, before=limit)
    assert result.returncode == 2
    assert "错误：内存不够，没有做完。没有写任何文件。" in result.stderr
    assert "Traceback" not in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_recursion_without_end_is_a_fault_too(tmp_path: Path) -> None:
    result = failing(tmp_path, "check(*_)", "check", EXAMPLE)
    (report,) = tmp_path.iterdir()
    assert result.returncode == 2
    assert report.stat().st_size < 200_000


_PRESSED = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); signal.raise_signal(signal.SIGINT)"
"""Ctrl-C, also where the tests themselves were started in the background, which ignores it."""


@pytest.mark.parametrize("fault", ["raise KeyboardInterrupt", _PRESSED])
def test_an_interruption_says_what_was_written(tmp_path: Path, fault: str) -> None:
    before = "disk.written.append('甲.docx')"
    result = failing(tmp_path, fault, "check", EXAMPLE, before=before)
    assert result.returncode == 2
    assert "已中断。中断以前已经写好下面的文件，其余的没有写：\n  甲.docx\n" in result.stderr
    assert "已中断。没有写任何文件。" in failing(tmp_path, fault, "check", EXAMPLE).stderr


@pytest.mark.parametrize("module", ["reportgen.cli", "click", "reportgen.console.terminal"])
def test_an_interruption_while_the_program_is_loaded_is_no_traceback(module: str, tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "class Interrupt:\n"
        "    def find_spec(self, name, *_):\n"
        f"        if name == {module!r}: raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupt())\n"
        "from reportgen.__main__ import main\n"
        "main()\n"
    )
    result = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", program],
        env={**os.environ, "PYTHONPATH": str(Path(reportgen.__file__).parents[1])},
        capture_output=True,
        check=False,
    )
    assert result.returncode == 2
    assert result.stderr.decode() == "已中断，没有写任何文件。\n"


def test_without_the_net_a_fault_comes_up(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests, and the runs over hostile files, see every fault as it is."""

    def check(*_: object) -> None:
        raise KeyError

    monkeypatch.setattr("reportgen.checking.check", check)
    with pytest.raises(KeyError):
        run("check", EXAMPLE)
