"""Writing: the old file or the new one, whole, whatever happens on the way."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportgen.model.document import file_name
from reportgen.writing.files import OutputError, copy_folder, save


def test_files_are_written_and_nothing_else_is_left(tmp_path: Path) -> None:
    save({tmp_path / "a.docx": b"new", tmp_path / "b.html": b"new"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.docx", "b.html"]


def test_a_file_that_is_already_the_same_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    save({path: b"same"})
    os.utime(path, (1, 1))
    assert save({path: b"same"}) == []
    assert path.stat().st_mtime == 1


def test_a_file_may_come_piece_by_piece(tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    pieces = (b"%d\n" % number for number in range(3))
    assert save({path: pieces, tmp_path / "a.docx": b"new"}) == [path, tmp_path / "a.docx"]
    assert path.read_bytes() == b"0\n1\n2\n"


def test_pieces_that_fail_to_come_leave_the_old_files(tmp_path: Path) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"new"
        raise OSError(errno.EIO, "gone")

    path, other = tmp_path / "表.csv", tmp_path / "a.docx"
    save({path: b"old", other: b"old"})
    with pytest.raises(OutputError, match="磁盘或网络读写出错"):
        save({other: b"new", path: pieces()})
    assert (path.read_bytes(), other.read_bytes()) == (b"old", b"old")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.docx", "表.csv"]


def test_a_new_folder_is_made(tmp_path: Path) -> None:
    save({tmp_path / "2022" / "稿" / "a.docx": b"new"})
    assert (tmp_path / "2022" / "稿" / "a.docx").read_bytes() == b"new"


@pytest.mark.parametrize(
    ("error", "advice"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "磁盘满了"),
        (PermissionError(errno.EACCES, "Permission denied"), "正在 Word 或 WPS 里打开，或文件夹是只读的"),
        (OSError(errno.EROFS, "Read-only file system"), "写不进去"),
    ],
)
@pytest.mark.parametrize("step", ["write", "replace"])
def test_a_failure_leaves_the_old_files_and_a_clear_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, advice: str, step: str
) -> None:
    files = {tmp_path / "a.docx": b"old", tmp_path / "b.html": b"old"}
    save(files)

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(os, "fsync", fail) if step == "write" else monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OutputError, match=advice):
        save(dict.fromkeys(files, b"new"))
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == files


def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    """A real limit of the operating system on the size of a file, in a process of its own."""
    path = tmp_path / "a.docx"
    path.write_bytes(b"old")
    program = (
        "import pathlib, resource, signal\n"
        "from reportgen.writing.files import OutputError, save\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try:\n"
        f"    save({{pathlib.Path({str(path)!r}): bytes(5000)}})\n"
        "except OutputError as error:\n"
        "    print(error)\n"
    )
    result = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", program],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert "写不进去" in result.stdout
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 1000


def test_a_kill_at_any_moment_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    old, new = b"o" * 300_000, b"n" * 300_000
    program = (
        "import pathlib, itertools\n"
        "from reportgen.writing.files import save\n"
        f"path = pathlib.Path({str(path)!r})\n"
        "for data in itertools.cycle([b'o' * 300_000, b'n' * 300_000]):\n"
        "    save({path: data})\n"
        "    print(end='.', flush=True)\n"
    )
    for pause in (0.0, 0.003, 0.007, 0.011, 0.013):
        process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.read(2)
        time.sleep(pause)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        assert path.read_bytes() in (old, new)


def test_a_target_that_is_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.docx").mkdir()
    with pytest.raises(OutputError):
        save({tmp_path / "a.docx": b"new"})
    assert [path.name for path in tmp_path.iterdir()] == ["a.docx"]


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"I am a file")
    with pytest.raises(OutputError, match="不是文件夹"):
        save({tmp_path / "out" / "a.docx": b"new"})
    assert (tmp_path / "out").read_bytes() == b"I am a file"


@pytest.mark.parametrize("lock", ["~$田市.docx", ".~甲莆田市.docx", ".~lock.甲莆田市.docx#"])
def test_a_file_that_is_open_in_word_or_wps_is_not_replaced(tmp_path: Path, lock: str) -> None:
    path = tmp_path / "甲莆田市.docx"
    path.write_bytes(b"old")
    (tmp_path / lock).touch()
    with pytest.raises(OutputError, match="正在 Word 或 WPS 里打开。请关闭它，再运行一次。"):
        save({path: b"new"})
    assert path.read_bytes() == b"old"


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("莆田市公安局2022年", "莆田市公安局2022年"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ('a:b*c?"<>|', "a_b_c_____"),
        ("...", "_"),
    ],
)
def test_a_name_cannot_leave_its_folder(name: str, safe: str) -> None:
    assert file_name(name) == safe


def test_a_failure_in_the_middle_takes_back_what_was_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some files are there and older, some are new, one is kept under another name; the fourth cannot be put."""
    paths = [tmp_path / name for name in ("a.docx", "b.docx", "c.docx", "d.docx")]
    save({paths[0]: b"old a", paths[1]: b"old b"})
    os.utime(paths[0], (1, 1))
    replace, left = Path.replace, [3]

    def fails(path: Path, target: Path) -> Path:
        left[0] -= 1
        if not left[0]:
            raise OSError(errno.EIO, "Input/output error")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", fails)
    with pytest.raises(OutputError, match=r"d\.docx 写不进去（磁盘或网络读写出错）"):
        save(dict.fromkeys(paths, b"new"), new=paths[2], kept={paths[1]: tmp_path / "kept.docx"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "a.docx": b"old a",
        "b.docx": b"old b",
    }
    assert paths[0].stat().st_mtime == 1


def test_what_a_run_that_was_killed_left_is_removed(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    save({path: b"same"})
    (tmp_path / ".reportgen-0123456789ab.tmp").write_bytes(b"left")
    (tmp_path / ".reportgen.lock").write_bytes(b"")
    save({path: b"same"})
    assert list(tmp_path.iterdir()) == [path]


def test_what_a_run_at_work_is_writing_is_not_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reportgen.writing import placing

    monkeypatch.setattr(placing, "PATIENCE", 0.05)
    with placing.placing([tmp_path]) as work:
        work.write(tmp_path / "a.docx", b"a")
        save({tmp_path / "b.docx": b"b"})
        work.put_new(tmp_path / "a.docx")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.docx", "b.docx"]


@pytest.mark.parametrize("name", ["a" * 300, "a\0b", "file/t", "有内容"])
def test_a_folder_that_cannot_be_made_is_said_so_and_nothing_is_left(name: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "有内容").mkdir()
    (tmp_path / "有内容" / "a").write_bytes(b"")
    (tmp_path / "source").mkdir()
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(OutputError) as caught:
        copy_folder(tmp_path / "source", tmp_path / name)
    assert "Errno" not in str(caught.value)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_copy_that_fails_half_way_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "source").mkdir()
    for name in "ab":
        (tmp_path / "source" / name).write_bytes(b"x")

    def copy(source: str, target: str, **_: object) -> None:
        Path(target).write_bytes(b"x")
        if Path(source).name == "b":
            raise OSError(errno.ENOSPC, "No space left on device", target)

    copytree = shutil.copytree
    monkeypatch.setattr(
        shutil, "copytree", lambda *args, **kwargs: copytree(*args, **kwargs, copy_function=copy)
    )
    with pytest.raises(OutputError, match="写不进去（"):
        copy_folder(tmp_path / "source", tmp_path / "t")
    assert [path.name for path in tmp_path.iterdir()] == ["source"]
