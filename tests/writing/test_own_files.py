"""The clerk's own files written anew: what they are stays, and what others wrote there is not lost."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from reportgen.writing import placing
from reportgen.writing.files import OutputError
from reportgen.writing.own_files import Rewritten, in_hand, rewrite

posix = pytest.mark.skipif(os.name == "nt", reason="modes and owners are those of POSIX")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "本局-2025.toml"
    found.write_bytes(b"old")
    return found


def changed(path: Path, was: bytes | None = b"old", now: bytes = b"new") -> Path | None:
    return rewrite(Rewritten(path, was, now), backup_of=path)


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


@posix
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_the_mode_stays_and_the_backup_has_it_too(path: Path, mode: int) -> None:
    path.chmod(mode)
    backup = changed(path)
    assert backup
    assert path.read_bytes() == b"new"
    assert backup.read_bytes() == b"old"
    assert (path.stat().st_mode & 0o777, backup.stat().st_mode & 0o777) == (mode, mode)


@posix
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() != 0, reason="only root gives files away")
def test_the_owner_stays(path: Path) -> None:
    os.chown(path, 1234, 2345)
    changed(path)
    assert (path.stat().st_uid, path.stat().st_gid) == (1234, 2345)


def test_the_owner_stays_where_no_new_file_can_have_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    number = path.stat().st_ino
    monkeypatch.setattr(placing, "_liken", lambda *_: False)
    changed(path)
    assert path.read_bytes() == b"new"
    assert path.stat().st_ino == number


@posix
def test_a_symbolic_link_stays_one(path: Path, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    link = tmp_path / "folder" / "link.toml"
    link.symlink_to(path)
    backup = changed(link)
    assert link.is_symlink()
    assert path.read_bytes() == b"new"
    assert backup == tmp_path / "folder" / "link（备份1）.toml"
    assert names(tmp_path) == ["folder", "本局-2025.toml"]


def test_a_second_name_of_the_file_stays_one(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.toml"
    os.link(path, other)
    changed(path)
    assert other.read_bytes() == b"new"
    assert other.samefile(path)


def test_what_another_program_wrote_meanwhile_is_kept(path: Path, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="刚刚被别的程序改过，没有写进去，什么也没有动。请再运行一次。"):
        changed(path, was=b"older")
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == [path.name]


def test_of_two_files_both_are_written_or_none(path: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "本局-2025.意见.toml"
    ledger.write_bytes(b"words of another")
    with pytest.raises(OutputError, match=r"意见\.toml 刚刚被别的程序改过"):
        rewrite(Rewritten(path, b"old", b"new"), Rewritten(ledger, None, b"ledger"), backup_of=path)
    assert (path.read_bytes(), ledger.read_bytes()) == (b"old", b"words of another")
    assert names(tmp_path) == [path.name, ledger.name]


def test_an_empty_ledger_is_none_yet(tmp_path: Path) -> None:
    ledger = tmp_path / "a.意见.toml"
    ledger.touch()
    assert rewrite(Rewritten(ledger, None, b"ledger")) is None
    assert ledger.read_bytes() == b"ledger"


@pytest.mark.parametrize("linked", [False, True])
def test_a_write_that_fails_leaves_everything_as_it_was_and_no_backup(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, linked: bool
) -> None:
    if linked:
        os.link(path, tmp_path / "other.toml")
    before = names(tmp_path)
    fsync, left = os.fsync, [2]

    def full(number: int) -> None:
        left[0] -= 1
        if not left[0]:
            raise OSError(errno.ENOSPC, "No space left on device")
        fsync(number)

    monkeypatch.setattr(os, "fsync", full)
    for _ in range(3):
        left[0] = 2
        with pytest.raises(OutputError, match="磁盘满了"):
            changed(path)
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == before


@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO])
def test_a_file_that_has_but_one_place_is_not_sent_to_another(
    path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """The commands that write it anew have no option for that."""

    def refuse(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(OutputError, match=r"请.*核对文件和文件夹能不能写，再运行一次") as caught:
        changed(path)
    assert "用 -o" not in str(caught.value)


def test_the_same_content_has_one_backup(path: Path, tmp_path: Path) -> None:
    first = changed(path)
    path.write_bytes(b"old")
    assert changed(path) == first
    path.write_bytes(b"other")
    assert changed(path, was=b"other") == tmp_path / "本局-2025（备份2）.toml"


def test_a_long_name_has_a_backup_too(tmp_path: Path) -> None:
    path = tmp_path / ("长" * 83 + ".toml")
    path.write_bytes(b"old")
    backup = changed(path)
    assert backup
    assert backup.read_bytes() == b"old"


def test_a_run_waits_for_the_one_that_has_the_input_in_hand(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = (
        "import sys, time, pathlib\n"
        "from reportgen.writing.own_files import in_hand\n"
        "with in_hand(pathlib.Path(sys.argv[1])):\n"
        "    print('held', flush=True); time.sleep(60)\n"
    )
    other = subprocess.Popen([sys.executable, "-c", program, str(path)], stdout=subprocess.PIPE)
    assert other.stdout is not None
    other.stdout.readline()
    other.stdout.close()
    monkeypatch.setattr("reportgen.writing.own_files.PATIENCE", 0.05)
    with pytest.raises(OutputError, match="正由另一个 reportgen 命令改写"), in_hand(path):
        pass
    other.kill()
    other.wait()
    with in_hand(path):
        pass
    assert names(path.parent) == [path.name]
