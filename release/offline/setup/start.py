"""Installs reportgen from the wheels of the offline folder, without network, and starts it.

``start.py install``, ``start.py open`` (the reports in the folder 年报) or ``start.py run ARGUMENT…`` (a command). The
scripts beside it find a Python and call it with ``-I -S``: nothing that is installed on the computer takes part. What
is installed lies in ``app/``, one folder a version of Python, and the whole may be moved, renamed or taken away on a
stick. Whatever is not installed yet for this Python is installed first.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1]
SUMS = "SHA256SUMS"
REPORTS = "年报"
INSTALLED = f"app/cp{sys.version_info.major}{sys.version_info.minor}"
_USED = ("setup", "wheels")
_UNFINISHED = "unfinished-"
_LONGEST = 600.0
"""Seconds; an installation that began earlier was cut off."""
_FRESH = ("-I", "-S")
_WORKS = "import sys; sys.path.insert(0, sys.argv[1]); import reportgen.cli, lxml.etree, docx"


class FolderError(Exception):
    """The folder cannot be used; says why and what to do."""


def faults(folder: Path, within: tuple[str, ...] = ()) -> list[str]:
    """What is not as it was when the folder was made: the names of files that are missing, changed, or added.

    ``within`` are the folders that are looked at, all where none is named. Added files count only beside those that
    are installed or run; elsewhere they are the clerk's.
    """
    listed = {}
    for line in (folder / SUMS).read_text(encoding="utf-8").splitlines():
        digest, _, name = line.partition("  ")
        listed[name] = digest
    used = [path for place in _USED for path in (folder / place).rglob("*") if path.is_file()]
    names = {path.relative_to(folder).as_posix() for path in used} | listed.keys()
    return [
        name
        for name in sorted(names)
        if not within or name.split("/")[0] in within
        if not (path := folder / name).is_file() or listed.get(name) != _digest(path)
    ]


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def install() -> Path:
    """Install what the wheels hold, in place of what was installed before, and give the place.

    Raises:
        FolderError: the folder is not whole, or cannot be written to, or pip fails.
    """
    found = faults(FOLDER, _USED) if (FOLDER / SUMS).is_file() else [SUMS]
    if found:
        raise FolderError(
            f"文件夹不完整，或者里面的文件被改动过：{'、'.join(found[:5])}{' 等' if len(found) > 5 else ''}。\n"
            "请从压缩包重新解压整个文件夹，再试一次。"
        )
    try:
        place = FOLDER / INSTALLED
        place.parent.mkdir(exist_ok=True)
        _clear_away(place.parent)
        unfinished = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=place.parent))
        try:
            _fill(unfinished / "new")
            if place.exists():
                place.rename(unfinished / "old")
            (unfinished / "new").rename(place)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
        if sys.platform != "win32":
            _write_starter(FOLDER / "打开年报.desktop", FOLDER / "打开年报.sh")
    except OSError as error:
        raise _not_writable(error) from None
    return place


def _not_writable(error: OSError) -> FolderError:
    return FolderError(
        f"这个文件夹不能写入，或者正在使用（{error.strerror or error}）：{FOLDER}\n"
        "请关闭正在运行的工作台，或者把整个文件夹复制到自己的“文档”里，再试一次。"
    )


def _fill(place: Path) -> None:
    """Install into a new folder, and see that what was installed can be used."""
    about = json.loads((FOLDER / "setup" / "folder.json").read_text(encoding="utf-8"))
    wheels = FOLDER / "wheels"
    (pip,) = wheels.glob("pip-*.whl")
    _python(
        str(pip / "pip"), "install", "--isolated", "--no-index", "--find-links", str(wheels), "--target", str(place),
        "--no-cache-dir", "--disable-pip-version-check", "--no-warn-script-location", "--quiet",
        f"reportgen=={about['version']}",
    )  # fmt: skip
    _python("-c", _WORKS, str(place))


def _python(*arguments: str) -> None:
    run = subprocess.run([sys.executable, *_FRESH, *arguments], capture_output=True, check=False)
    if run.returncode:
        said = (run.stderr or run.stdout).decode("utf-8", errors="replace").strip()
        raise FolderError(f"没有装好。请把下面的文字交给维护的人：\n{said[-2000:]}")


def _clear_away(folder: Path) -> None:
    """Remove what installations left that were cut off; one that may be at work is left alone."""
    for left in folder.glob(f"{_UNFINISHED}*"):
        if time.time() - left.stat().st_mtime > _LONGEST:
            shutil.rmtree(left, ignore_errors=True)


def _write_starter(path: Path, script: Path) -> None:
    """A file that Linux desktops start on a double click; it has to name the script by its whole path."""
    quoted = "".join(f"\\{char}" if char in '"`$\\' else char for char in str(script)).replace("%", "%%")
    command = f'/bin/sh "{quoted}"'.replace("\\", "\\\\")
    lines = ("[Desktop Entry]", "Type=Application", "Name=打开年报", f"Exec={command}", "Terminal=true")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    path.chmod(0o755)


def main(command: str, arguments: list[str]) -> None:
    """Do what the script that was started is for.

    Raises:
        FolderError: the folder cannot be used.
    """
    place = FOLDER / INSTALLED
    if command == "install" or not place.is_dir():
        print("正在安装，不用上网，大约一分钟……", file=sys.stderr, flush=True)
        place = install()
    if command == "install":
        print("已装好。以后双击“打开年报”；用法见“使用说明.html”。")
        return
    if command == "open":
        reports = FOLDER / REPORTS
        try:
            reports.mkdir(exist_ok=True)
        except OSError as error:
            raise _not_writable(error) from None
        arguments = ["open", str(reports), *arguments]
    sys.path.insert(0, str(place))
    sys.argv = ["reportgen", *arguments]
    from reportgen.__main__ import main as reportgen

    reportgen()


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        main(sys.argv[1], sys.argv[2:])
    except FolderError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        print("已中断。", file=sys.stderr)
        sys.exit(2)
