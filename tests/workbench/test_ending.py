"""The server ends by itself, never with something unsaved; a second ``open`` finds the first."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import urllib.request
from pathlib import Path

import pytest

from reportgen.reading import read
from reportgen.workbench import session
from reportgen.workbench.desk import Desk
from reportgen.workbench.edits import Figures
from reportgen.workbench.server import Server
from reportgen.writing.files import OutputError

from ..conftest import Run
from .bench import example

QUICK = {"silence": 0.3, "looks": 0.05}


def test_it_ends_when_no_page_is_heard_of_any_more(tmp_path: Path) -> None:
    server = Server(Desk(example(tmp_path)), **QUICK)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    thread.join(30)
    assert not thread.is_alive()


def test_it_does_not_end_with_something_unsaved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = example(tmp_path)
    desk = Desk(path)
    real = session.rewrite

    def full(*files: object, **more: object) -> None:
        raise OutputError("磁盘满了。")

    monkeypatch.setattr(session, "rewrite", full)
    file = desk.file(desk.name(path))
    file.change(file.state.hash, Figures({"requests.granted.natural": "7"}))
    server = Server(desk, **QUICK)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    thread.join(1.5)
    assert thread.is_alive()
    assert read(path).figures["requests.granted.natural"] == 6
    monkeypatch.setattr(session, "rewrite", real)
    thread.join(30)
    assert not thread.is_alive()
    assert read(path).figures["requests.granted.natural"] == 7


class Opened:
    """``reportgen open`` in a process of its own, with a folder of its own for the word it leaves."""

    def __init__(self, *arguments: object, run: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "reportgen", "open", *map(str, arguments), "--no-browser"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,  # what follows the first line is left to be read
            env={**os.environ, "XDG_RUNTIME_DIR": str(run), "PYTHONIOENCODING": "utf-8"},
        )
        assert self.process.stdout
        self.first = self.process.stdout.readline().decode().strip()

    def __enter__(self) -> Opened:
        return self

    def __exit__(self, *error: object) -> None:
        self.process.kill()
        self.process.communicate()

    def end(self, by: int = signal.SIGINT) -> tuple[int, str]:
        self.process.send_signal(by)
        out, _ = self.process.communicate(timeout=30)
        return self.process.returncode, out.decode()


def test_the_first_line_is_the_address_and_a_second_open_finds_it(tmp_path: Path) -> None:
    path = example(tmp_path)
    with Opened(path, run=tmp_path) as first:
        assert first.first.startswith("http://127.0.0.1:")
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        with opener.open(first.first) as answer:
            assert answer.geturl() == first.first.partition("?")[0]
            assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        with Opened(path, run=tmp_path) as second:
            assert second.first == first.first
            out, _ = second.process.communicate(timeout=60)
            assert second.process.returncode == 0
            assert "已经在工作台里打开" in out.decode()
        status, said = first.end()
    assert status == 0
    assert "改动都在文件里" in said
    assert not list((tmp_path / "reportgen").glob("*.open"))


def test_word_of_a_server_that_was_killed_stops_nobody(tmp_path: Path) -> None:
    path = example(tmp_path)
    with Opened(path, run=tmp_path) as killed:
        killed.end(signal.SIGKILL)
    assert list((tmp_path / "reportgen").glob("*.open"))
    with Opened(path, run=tmp_path) as again:
        assert again.first.startswith("http://")
        assert again.first != killed.first


def test_a_file_that_cannot_be_opened_is_told_where_it_was_typed(run: Run, tmp_path: Path) -> None:
    status, said = run("open", tmp_path / "没有.toml", "--no-browser")
    assert status == 2
    assert "没有这个文件" in said
    (tmp_path / "图.toml").write_bytes(b"\x89PNG\x00\x00")
    status, said = run("open", tmp_path / "图.toml", "--no-browser")
    assert status == 2
    assert "图.toml" in said


def test_the_browser_is_led_in_by_a_page_and_not_by_an_argument(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def browse(address: str) -> bool:
        opened.append(address)
        opened.append(Path(address.removeprefix("file://")).read_text(encoding="utf-8"))
        return True

    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setattr("webbrowser.open", browse)
    monkeypatch.setattr(Server, "run", Server.stop)
    status, said = run("open", example(tmp_path))
    assert status == 0
    assert opened[0].startswith("file://")
    assert "secret" not in opened[0]
    assert "http://127.0.0.1:" in opened[1]
    assert "secret" not in said
    assert not list((tmp_path / "reportgen").glob("*.html"))
