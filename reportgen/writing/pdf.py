"""A PDF of a Word file, made by LibreOffice where it is installed."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import signal
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from ..disk import why
from ..errors import ReportgenError
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
_INSTEAD = "请用 Word 或 WPS 打开 Word 文件，另存为 PDF。"
_OPTIONS = {
    "ExportBookmarks": {"type": "boolean", "value": "true"},
    "UseTaggedPDF": {"type": "boolean", "value": "true"},
    "ExportNotes": {"type": "boolean", "value": "false"},  # their icons cover the text
}


class PdfError(ReportgenError):
    """No PDF could be made; the message says why and what to do."""


def convert(word: bytes) -> bytes:
    """The PDF of a Word file, with bookmarks and embedded fonts.

    Raises:
        PdfError: LibreOffice is not installed, fails or does not end.
    """
    import tempfile

    program = _libreoffice()
    # Where LibreOffice cannot be ended it may hold a file: what is left of the folder does no harm.
    _clear_away(Path(tempfile.gettempdir()))
    with (
        tempfile.TemporaryDirectory(prefix=_FOLDER, ignore_cleanup_errors=True) as name,
        lock(Path(name, _LOCK), 0),
    ):
        folder = Path(name)
        (folder / "report.docx").write_bytes(word)
        command = [
            program,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            f"pdf:writer_pdf_Export:{json.dumps(_OPTIONS)}",
            "--outdir",
            str(folder),
            str(folder / "report.docx"),
        ]
        _run(command, folder / "said.txt")
        try:
            return (folder / "report.pdf").read_bytes()
        except OSError:
            said = (folder / "said.txt").read_text(encoding="utf-8", errors="replace").strip()[-200:]
            raise PdfError(f"LibreOffice 没有转出 PDF（{said or '没有说明原因'}）。{_INSTEAD}") from None


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
            raise PdfError(f"LibreOffice 不能运行（{why(error)}）。{_INSTEAD}") from None
        try:
            process.wait(LONGEST)
        except subprocess.TimeoutExpired:
            raise PdfError(f"LibreOffice {LONGEST} 秒内没有转完 PDF。{_INSTEAD}") from None
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


def missing_fonts(word: bytes) -> list[str] | None:
    """The fonts that a Word file names and this machine lacks; LibreOffice takes others in their place.

    None where the machine cannot list its fonts (Windows).
    """
    import subprocess

    lister = shutil.which("fc-list")
    if lister is None:
        return None
    run = subprocess.run([lister, "--format", "%{family},"], capture_output=True, check=False)
    if run.returncode:
        return None
    installed = {family.strip() for family in run.stdout.decode(errors="replace").split(",")}
    return sorted(_named_fonts(word) - installed)


def _named_fonts(word: bytes) -> set[str]:
    with zipfile.ZipFile(io.BytesIO(word)) as package:
        styles = package.read("word/styles.xml").decode()
    return set(re.findall(r'w:(?:ascii|eastAsia)="([^"]+)"', "".join(re.findall("<w:rFonts[^>]*>", styles))))


def _libreoffice() -> str:
    found = shutil.which("soffice") or shutil.which("libreoffice")
    found = found or next((place for place in _PLACES if Path(place).is_file()), None)
    if found is None:
        raise PdfError(f"没有找到 LibreOffice，不能生成 PDF。{_INSTEAD}")
    return found
