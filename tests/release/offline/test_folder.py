"""An offline folder holds what it must, as the computer reads it that it is for, and is the same each time."""

from __future__ import annotations

import hashlib
import json
import subprocess
import tarfile
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from release.offline.__main__ import main
from release.offline.folder import make, pack
from release.offline.platforms import PLATFORMS, Platform
from tests.writing.tools import program

from .made import wheel

ROOT = Path(__file__).parents[3]
PYTHONS = ("3.11", "3.13")
NAMES = sorted(PLATFORMS)


def made(platform: Platform, folder: Path) -> Path:
    wheels = [wheel(folder / "brought", "reportgen"), wheel(folder / "brought", "pip")]
    return make(platform, PYTHONS, wheels, folder / "dist")


@pytest.mark.parametrize("name", NAMES)
def test_a_folder_holds_everything_and_a_list_of_it(name: str, tmp_path: Path) -> None:
    folder = made(PLATFORMS[name], tmp_path)
    assert folder.name == f"reportgen-1.0-{name}"
    suffix = "bat" if PLATFORMS[name].is_windows else "sh"
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    assert set(files) == {
        "SHA256SUMS",
        f"安装.{suffix}",
        f"打开年报.{suffix}",
        "reportgen.bat" if PLATFORMS[name].is_windows else "reportgen",
        "使用说明.html",
        "示例/putian-psb-2022.toml",
        "python/请看这里.txt",
        "setup/folder.json",
        "setup/start.py",
        "setup/fits.py",
        f"setup/run.{suffix}",
        "wheels/reportgen-1.0-py3-none-any.whl",
        "wheels/pip-1.0-py3-none-any.whl",
    }
    listed = {}
    for line in files.pop("SHA256SUMS").read_text(encoding="utf-8").splitlines():
        digest, _, place = line.partition("  ")
        listed[place] = digest
    assert listed == {place: hashlib.sha256(path.read_bytes()).hexdigest() for place, path in files.items()}
    about = json.loads(files["setup/folder.json"].read_text(encoding="ascii"))
    assert about["pythons"] == [*PYTHONS]


def test_the_list_is_one_that_sha256sum_reads(tmp_path: Path) -> None:
    folder = made(PLATFORMS["win32"], tmp_path)
    run = subprocess.run([program("sha256sum"), "--check", "--strict", "SHA256SUMS"], cwd=folder, check=False)
    assert run.returncode == 0


@pytest.mark.parametrize("name", ["win_amd64", "win32", "win_arm64"])
def test_batch_files_are_read_right_by_a_chinese_windows_and_without_harm_by_another(
    name: str, tmp_path: Path
) -> None:
    folder = made(PLATFORMS[name], tmp_path)
    scripts = sorted(folder.rglob("*.bat"))
    assert len(scripts) == 4
    for path in scripts:
        data = path.read_bytes()
        assert data.count(b"\n") == data.count(b"\r\n") > 1
        assert data.startswith(b"@echo off\r\n")
        text = data.decode("gbk")
        wide = [char for char in text if not char.isascii()]
        assert all(min(char.encode("gbk")) >= 0xA1 for char in wide), path.name
        lines = text.splitlines()
        assert all(line.startswith(("echo ", "title ", "if %WHY%==")) for line in lines if not line.isascii())
        assert "{{" not in text
        assert "{%" not in text
    assert "没有找到 Python" in (folder / "setup" / "run.bat").read_bytes().decode("gbk")


def test_texts_for_windows_are_read_right_by_an_old_notepad(tmp_path: Path) -> None:
    data = (made(PLATFORMS["win32"], tmp_path) / "python" / "请看这里.txt").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\n") == data.count(b"\r\n")
    text = data.decode("utf-8-sig")
    assert "Windows embeddable package (32-bit)" in text
    assert "3.11、3.13" in text


@pytest.mark.parametrize("name", [name for name in NAMES if not PLATFORMS[name].is_windows])
def test_scripts_for_linux_are_plain_shell_and_can_be_run(name: str, tmp_path: Path) -> None:
    folder = made(PLATFORMS[name], tmp_path)
    for path in [*folder.glob("*.sh"), folder / "reportgen", folder / "setup" / "run.sh"]:
        assert path.stat().st_mode & 0o111, path.name
        assert b"\r" not in path.read_bytes()
        subprocess.run([program("sh"), "-n", path], check=True)


@pytest.mark.parametrize("name", ["win_amd64", "manylinux_2_17_aarch64"])
def test_the_same_files_give_the_same_archive(name: str, tmp_path: Path) -> None:
    platform = PLATFORMS[name]
    archives = [pack(made(platform, tmp_path / each), platform) for each in ("one", "two")]
    assert archives[0].read_bytes() == archives[1].read_bytes()


def test_an_archive_holds_the_folder_with_names_and_rights(tmp_path: Path) -> None:
    windows, linux = PLATFORMS["win_amd64"], PLATFORMS["manylinux_2_28_x86_64"]
    with zipfile.ZipFile(pack(made(windows, tmp_path / "one"), windows)) as packed:
        assert "reportgen-1.0-win_amd64/打开年报.bat" in packed.namelist()
        packed.extractall(tmp_path / "out")
    with tarfile.open(pack(made(linux, tmp_path / "two"), linux)) as packed_too:
        packed_too.extractall(tmp_path / "out", filter="data")
    assert (tmp_path / "out" / "reportgen-1.0-manylinux_2_28_x86_64" / "打开年报.sh").stat().st_mode & 0o100
    for name in ("win_amd64", "manylinux_2_28_x86_64"):
        result = CliRunner().invoke(main, ["--verify", str(tmp_path / "out" / f"reportgen-1.0-{name}")])
        assert (result.exit_code, result.output) == (0, "every file is as it was made\n")


def test_verifying_names_what_was_changed_added_and_lost(tmp_path: Path) -> None:
    folder = made(PLATFORMS["win_amd64"], tmp_path)
    (folder / "示例" / "putian-psb-2022.toml").write_bytes(b"")
    (folder / "wheels" / "pip-1.0-py3-none-any.whl").unlink()
    wheel(folder / "wheels", "reportgen", version="9.0")
    (folder / "年报").mkdir()
    (folder / "年报" / "2025.toml").write_bytes(b"of the clerk")
    result = CliRunner().invoke(main, ["--verify", str(folder)])
    assert result.exit_code == 1
    assert result.output.splitlines() == [
        "missing: wheels/pip-1.0-py3-none-any.whl",
        "changed or added: wheels/reportgen-9.0-py3-none-any.whl",
        "changed or added: 示例/putian-psb-2022.toml",
    ]


def test_a_folder_that_is_there_is_left_alone(tmp_path: Path) -> None:
    folder = made(PLATFORMS["win_amd64"], tmp_path)
    (folder / "年报").mkdir()
    with pytest.raises(FileExistsError):
        made(PLATFORMS["win_amd64"], tmp_path)
    assert (folder / "年报").is_dir()
    assert sorted(path.name for path in folder.parent.iterdir()) == [folder.name]


def test_what_is_no_platform_or_no_folder_is_refused(tmp_path: Path) -> None:
    for arguments in (["amiga"], ["--verify", str(tmp_path)], ["--verify", str(tmp_path / "none")]):
        result = CliRunner().invoke(main, arguments)
        assert result.exit_code == 2, result.output
        assert "Traceback" not in result.output
