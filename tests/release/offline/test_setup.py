"""The scripts of an offline folder, tried with a program made for the test: they find a Python, install, start."""

from __future__ import annotations

import ast
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from release.offline.folder import HERE as OFFLINE
from release.offline.folder import make
from tests.writing.tools import program

from .made import HERE, program_wheels, this_computer


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for this computer, nothing installed yet."""
    folder = tmp_path_factory.mktemp("made")
    return make(this_computer(), [HERE], program_wheels(folder / "brought"), folder)


@pytest.fixture(scope="module")
def installed(whole: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which all is installed."""
    folder = tmp_path_factory.mktemp("installed") / "reportgen"
    shutil.copytree(whole, folder)
    with_portable_python(folder)
    assert started(folder, "安装.sh")[0] == 0
    return folder


@pytest.fixture
def ready(installed: Path, tmp_path: Path) -> Path:
    """A copy of it, elsewhere."""
    copy = tmp_path / "别处 100%"
    shutil.copytree(installed, copy)
    return copy


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    """A copy of it, in a place with a name as people give."""
    copy = tmp_path / "年报 工具 (1) 'x' $HOME"
    shutil.copytree(whole, copy)
    with_portable_python(copy)
    return copy


def with_portable_python(folder: Path) -> None:
    """Put this Python where a portable one goes."""
    place = folder / "python" / "bin" / "python3"
    place.parent.mkdir(exist_ok=True)
    place.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} "$@"\n', encoding="utf-8")
    place.chmod(0o755)


def started(folder: Path, script: str, *arguments: str, path: str | None = None) -> tuple[int, str]:
    """Run a script as a double click does: from another place, without a terminal."""
    run = subprocess.run(
        [program("sh"), str(folder / script), *arguments],
        cwd=folder.parent,
        env={
            "PATH": path if path is not None else os.environ["PATH"],
            "PYTHONPATH": "/nowhere",
            "LANG": "C.UTF-8",
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    return run.returncode, (run.stdout + run.stderr).decode()


def test_installed_and_started_from_the_folder_alone(folder: Path) -> None:
    assert started(folder, "安装.sh") == (
        0,
        "已装好。以后双击“打开年报”；用法见“使用说明.html”。\n正在安装，不用上网，大约一分钟……\n",
    )
    assert started(folder, "打开年报.sh") == (5, f"RUN open {folder / '年报'}\n")
    assert (folder / "年报").is_dir()
    assert started(folder, "reportgen", "check", "a b.toml", "--json", "*") == (
        5,
        "RUN check a b.toml --json *\n",
    )


def test_who_opens_first_installs_first(folder: Path) -> None:
    status, said = started(folder, "打开年报.sh")
    assert (status, said.splitlines()) == (
        5,
        [f"RUN open {folder / '年报'}", "正在安装，不用上网，大约一分钟……"],
    )


def test_a_folder_that_was_moved_works_on(ready: Path, installed: Path) -> None:
    installed.rename(installed.with_name("not here"))
    try:
        assert started(ready, "打开年报.sh") == (5, f"RUN open {ready / '年报'}\n")
    finally:
        installed.with_name("not here").rename(installed)


def test_installing_again_takes_the_place_of_what_was_installed(ready: Path) -> None:
    (place,) = (ready / "app").iterdir()
    (place / "reportgen" / "cli.py").unlink()
    (place / "left.py").touch()
    assert started(ready, "安装.sh")[0] == 0
    assert (place / "reportgen" / "cli.py").is_file()
    assert not (place / "left.py").exists()
    assert [path.name for path in (ready / "app").iterdir()] == [place.name]


def test_what_an_installation_left_that_was_cut_off_is_cleared_away(folder: Path) -> None:
    old, fresh = folder / "app" / "unfinished-old", folder / "app" / "unfinished-fresh"
    old.mkdir(parents=True)
    fresh.mkdir()
    os.utime(old, (0, 0))
    assert started(folder, "安装.sh")[0] == 0
    assert fresh.is_dir()
    assert not old.exists()


@pytest.mark.parametrize("harm", ["changed", "missing", "added"])
def test_a_folder_that_is_not_whole_is_not_installed(harm: str, folder: Path) -> None:
    wheel = folder / "wheels" / "lxml-1.0-py3-none-any.whl"
    if harm == "changed":
        wheel.write_bytes(wheel.read_bytes()[:-1])
    elif harm == "missing":
        wheel.unlink()
    else:
        wheel = wheel.with_name("lxml-2.0-py3-none-any.whl")
        wheel.touch()
    status, said = started(folder, "安装.sh")
    assert status == 2
    assert f"文件夹不完整，或者里面的文件被改动过：wheels/{wheel.name}。" in said
    assert "重新解压" in said
    assert not (folder / "app").exists()


@pytest.mark.parametrize("name", ["setup/folder.json", "setup/fits.py", "setup/start.py", "SHA256SUMS"])
def test_a_folder_without_its_own_parts_says_so(name: str, folder: Path) -> None:
    (folder / name).unlink()
    status, said = started(folder, "打开年报.sh")
    assert status == 2
    assert "文件夹不完整" in said
    assert "重新解压整个文件夹" in said
    assert "Traceback" not in said


def test_reports_that_can_have_no_folder_are_not_opened(ready: Path) -> None:
    (ready / "年报").touch()
    status, said = started(ready, "打开年报.sh")
    assert status == 2
    assert f"这个文件夹不能写入，或者正在使用（File exists）：{ready}" in said


def test_a_computer_without_chinese_is_told_as_well_as_it_can_be(ready: Path) -> None:
    (ready / "年报").touch()
    command = [program("sh"), str(ready / "打开年报.sh")]
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "en_US.ISO-8859-1"}
    run = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    assert run.returncode == 2
    assert b"File exists" in run.stderr
    assert b"Traceback" not in run.stderr


def test_a_program_that_cannot_be_started_is_not_put_in_place(whole: Path, tmp_path: Path) -> None:
    wheels = [each for each in (whole / "wheels").iterdir() if "docx" not in each.name]
    from .made import wheel

    wheels.append(wheel(tmp_path / "brought", "python_docx", files={"nothing/__init__.py": ""}))
    folder = make(this_computer(), [HERE], wheels, tmp_path)
    with_portable_python(folder)
    status, said = started(folder, "安装.sh")
    assert status == 2
    assert "没有装好。请把下面的文字交给维护的人：" in said
    assert "No module named 'docx'" in said
    assert [*(folder / "app").iterdir()] == []


def test_a_folder_that_cannot_be_written_to_says_so(folder: Path) -> None:
    (folder / "app").touch()
    status, said = started(folder, "安装.sh")
    assert status == 2
    assert "这个文件夹不能写入，或者正在使用" in said
    assert str(folder) in said
    assert "Traceback" not in said


def test_without_a_python_the_clerk_is_told_what_to_do(folder: Path, tmp_path: Path) -> None:
    shutil.rmtree(folder / "python" / "bin")
    status, said = started(folder, "打开年报.sh", path=no_python(tmp_path))
    assert status == 2
    assert said.splitlines() == [
        "没有找到 Python。",
        "请把便携版 Python 放进这里的 python 文件夹，再试一次；怎样放，写在里面的“请看这里.txt”。",
    ]


def no_python(folder: Path) -> str:
    """A search path with what the scripts need, and no Python."""
    place = folder / "bin"
    place.mkdir()
    for name in ("dirname", "sh"):
        (place / name).symlink_to(program(name))
    return str(place)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"pythons": ["3.99"]}, "电脑上的 Python 版本不合适，要用 "),
        ({"machine": "linux-pdp11"}, "电脑上的 Python 和这个文件夹不配套，这个文件夹是给“Linux，兆芯、海光"),
        ({"glibc": "9.99"}, "电脑上的 Python 和这个文件夹不配套，这个文件夹是给“Linux，兆芯、海光"),
    ],
)
def test_a_python_that_does_not_fit_is_not_used(
    change: dict[str, object], said: str, folder: Path, tmp_path: Path
) -> None:
    about = folder / "setup" / "folder.json"
    about.write_text(json.dumps(json.loads(about.read_text()) | change))
    status, output = started(folder, "打开年报.sh", path=no_python(tmp_path))
    assert status == 2
    assert output.startswith(said)
    assert not (folder / "app").exists()


def test_the_pythons_of_the_computer_are_tried_one_by_one(ready: Path, tmp_path: Path) -> None:
    place = Path(no_python(tmp_path))
    shutil.move(ready / "python" / "bin" / "python3", place / "python")
    (place / f"python{HERE}").write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    (place / f"python{HERE}").chmod(0o755)
    assert started(ready, "reportgen", "--version", path=str(place))[0] == 5


def test_the_question_whether_a_python_fits_can_be_put_to_an_old_one() -> None:
    text = (OFFLINE / "setup" / "fits.py").read_text(encoding="ascii")
    ast.parse(text, feature_version=(3, 4))
    assert not any(isinstance(node, ast.AnnAssign | ast.JoinedStr) for node in ast.walk(ast.parse(text)))


def test_the_starter_of_linux_desktops_names_the_script_wherever_it_lies(folder: Path) -> None:
    moved = folder.rename(folder.with_name('100% "新" `id` $HOME \\ x'))
    started(moved, "安装.sh")
    starter = moved / "打开年报.desktop"
    assert starter.stat().st_mode & 0o100
    lines = starter.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "[Desktop Entry]"
    entries = dict(line.split("=", 1) for line in lines[1:])
    assert entries["Terminal"] == "true"
    # As desktops read it: first the escapes of a string, then quotes as in a shell, then field codes.
    command = entries["Exec"].replace("\\\\", "\\")
    words = subprocess.check_output(
        [program("sh"), "-c", f"printf '%s\\n' {command}"], text=True
    ).splitlines()
    coded = [re.sub("%(.)", lambda code: "%" if code[1] == "%" else "a file", each) for each in words]
    assert coded == ["/bin/sh", str(moved / "打开年报.sh")]


def test_the_python_serves_nothing_but_the_folder(ready: Path) -> None:
    """Packages of the computer, whose versions nobody knows, take no part."""
    (place,) = (ready / "app").iterdir()
    (place / "reportgen" / "__main__.py").write_text(
        "import sys\ndef main():\n    print(*sys.path, sep='\\n')\n", encoding="utf-8"
    )
    status, said = started(ready, "reportgen")
    assert status == 0
    assert said.splitlines()[0] == str(place)
    assert not [each for each in said.splitlines() if "site-packages" in each or "nowhere" in each]
