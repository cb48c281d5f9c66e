"""The file goes away under the page, or cannot be written: what is typed is kept beside it, and comes in later."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from reportgen.reading import read
from reportgen.writing import placing

from .bench import Bench, Refused, example

CELL = "requests.granted.natural"


def folder_instead(path: Path) -> None:
    path.unlink()
    path.mkdir()


def pipe_instead(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


GONE: dict[str, Callable[[Path], object]] = {
    "deleted": Path.unlink,
    "renamed": lambda path: path.rename(path.with_name("改了名.txt")),
    "a folder": folder_instead,
    "a pipe": pipe_instead,
    "huge": lambda path: path.write_bytes(b"# x\n" * 1_000_000),
    "binary": lambda path: path.write_bytes(bytes(range(256)) * 20),
    "empty": lambda path: path.write_bytes(b""),
}


def away(path: Path) -> None:
    """Whatever lies there goes, unread."""
    if path.is_dir():
        path.rmdir()
    else:
        path.unlink(missing_ok=True)


@pytest.mark.parametrize("how", GONE)
def test_what_is_typed_is_kept_beside_a_file_that_is_gone(how: str, tmp_path: Path) -> None:
    path = example(tmp_path)
    first = path.read_bytes()
    bench = Bench(path)
    GONE[how](path)
    instead = path.read_bytes() if path.is_file() else None
    bench.type(requests__granted__natural="7")
    bench.type(requests__granted__natural="78")
    assert not bench.report["saved"]
    (kept,) = tmp_path.glob("*（没有写进去1）.toml")
    assert kept.name in bench.report["trouble"]
    assert read(kept).figures[CELL] == 78
    assert (path.read_bytes() if path.is_file() else None) == instead
    with pytest.raises(Refused):
        bench.call("draft", id=bench.report["id"])
    assert bench.desk.rescue() == [kept]
    away(path)
    path.write_bytes(first)
    assert bench.call("poll", id=bench.report["id"])["saved"]
    assert read(path).figures[CELL] == 78
    assert not kept.exists()


def test_what_an_earlier_session_left_beside_is_named(tmp_path: Path) -> None:
    path = example(tmp_path)
    first = path.read_bytes()
    bench = Bench(path)
    assert bench.report["left_beside"] == []
    path.unlink()
    bench.type(requests__granted__natural="7")
    path.write_bytes(first)  # and the program was killed
    example(tmp_path, "别的（没有写进去1）.toml")
    assert Bench(path).report["left_beside"] == ["本局-2022（没有写进去1）.toml"]


def test_what_is_kept_beside_leaves_alone_what_lies_there(tmp_path: Path) -> None:
    path = example(tmp_path)
    other = tmp_path / "本局-2022（没有写进去1）.toml"
    other.write_bytes(b"of yesterday")
    bench = Bench(path)
    path.unlink()
    bench.type(requests__granted__natural="7")
    assert other.read_bytes() == b"of yesterday"
    assert read(tmp_path / "本局-2022（没有写进去2）.toml").figures[CELL] == 7


def test_a_disk_that_is_full_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "年报"
    folder.mkdir()
    path = example(folder)
    first = path.read_bytes()
    bench = Bench(path)
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))  # on another disk
    real = placing._write

    def full(whole: Path, data: bytes, **more: bool) -> None:
        if whole.parent != folder:
            real(whole, data, **more)
            return
        whole.write_bytes(data[:1000])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(placing, "_write", full)
    bench.type(requests__granted__natural="7")
    bench.type(requests__granted__natural="78")
    assert "磁盘满了" in bench.report["trouble"]
    assert path.read_bytes() == first
    assert os.listdir(folder) == [path.name]
    (kept,) = bench.desk.rescue()
    assert kept.parent == tmp_path
    assert read(kept).figures[CELL] == 78
    monkeypatch.setattr(placing, "_write", real)
    assert bench.desk.is_saved()
    assert read(path).figures[CELL] == 78
    assert not kept.exists()
