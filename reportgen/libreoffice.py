"""LibreOffice, where it is installed: finding it, running it, ending it."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path
from typing import TYPE_CHECKING

from .disk import why
from .errors import ReportgenError
from .locks import Lock, lock

if TYPE_CHECKING:
    import subprocess

LONGEST = 180
"""Seconds; a first start of LibreOffice on an old office PC takes about one minute."""

_PLACES = (
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
    "/opt/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
_FOLDER, _LOCK = "reportgen-", "in-use.lock"


class LibreOfficeError(ReportgenError):
    """LibreOffice is not installed, cannot be run, fails or does not end; the message says which (in Chinese)."""


def convert(data: bytes, suffix: str, to: str, result: str) -> bytes:
    """Convert a file; ``suffix`` is that of the file, ``to`` what LibreOffice calls the format, ``result`` its suffix.

    Raises:
        LibreOfficeError: see there.
    """
    import tempfile

    program = _program()
    if program is None:
        raise LibreOfficeError("没有找到 LibreOffice")
    # Where LibreOffice cannot be ended it may hold a file: what is left of the folder does no harm.
    _clear_away(Path(tempfile.gettempdir()))
    with (
        tempfile.TemporaryDirectory(prefix=_FOLDER, ignore_cleanup_errors=True) as name,
        lock(Path(name, _LOCK), 0),
    ):
        folder = Path(name)
        (folder / f"report{suffix}").write_bytes(data)
        command = [
            program,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            to,
            "--outdir",
            str(folder / "out"),
            str(folder / f"report{suffix}"),
        ]
        _run(command, folder / "said.txt")
        try:
            return (folder / "out" / f"report{result}").read_bytes()
        except OSError:
            said = (folder / "said.txt").read_text(encoding="utf-8", errors="replace").strip()[-200:]
            raise LibreOfficeError(f"LibreOffice 没有转换成功（{said or '没有说明原因'}）") from None


def _clear_away(temporary: Path) -> None:
    """Remove the folders of runs that were killed."""
    for path in temporary.glob(f"{_FOLDER}*/{_LOCK}"):
        with lock(path, 0) as found:
            if found is Lock.HELD:
                shutil.rmtree(path.parent, ignore_errors=True)


def _run(command: list[str], said: Path) -> None:
    """Run LibreOffice to its end, what it says going into a file.

    Its program starts others. On a timeout they are ended with it; what they say must not go through a pipe, for
    whoever waits for the end of a pipe waits for all of them.
    """
    import subprocess

    with said.open("wb") as out:
        try:
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True
            )
        except OSError as error:
            raise LibreOfficeError(f"LibreOffice 不能运行（{why(error)}）") from None
        try:
            process.wait(LONGEST)
        except subprocess.TimeoutExpired:
            raise LibreOfficeError(f"LibreOffice {LONGEST} 秒内没有转换完") from None
        finally:
            if process.poll() is None:
                _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process and, where the system has groups of processes, those it started."""
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()


def _program() -> str | None:
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _PLACES if Path(place).is_file()), None)
