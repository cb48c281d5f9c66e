"""A PDF of a Word file, made by LibreOffice where it is installed."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from pathlib import Path

LONGEST = 180
"""Seconds; a first start of LibreOffice on an old office PC takes about one minute."""

_PLACES = (
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
    "/opt/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
_OPTIONS = {
    "ExportBookmarks": {"type": "boolean", "value": "true"},
    "UseTaggedPDF": {"type": "boolean", "value": "true"},
}


class PdfError(Exception):
    """No PDF could be made; the message (in Chinese) says why and what to do."""


def convert(word: bytes) -> bytes:
    """The PDF of a Word file, with bookmarks and embedded fonts.

    Raises:
        PdfError: LibreOffice is not installed, fails or does not end.
    """
    import subprocess
    import tempfile

    program = _libreoffice()
    with tempfile.TemporaryDirectory(prefix="reportgen-") as name:
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
        try:
            run = subprocess.run(command, capture_output=True, timeout=LONGEST, check=False)
            return (folder / "report.pdf").read_bytes()
        except subprocess.TimeoutExpired:
            raise PdfError(
                f"LibreOffice {LONGEST} 秒内没有转完 PDF。请用 Word 或 WPS 打开 Word 文件，另存为 PDF。"
            ) from None
        except FileNotFoundError:
            said = run.stderr.decode(errors="replace").strip()[-200:]
            raise PdfError(
                f"LibreOffice 没有转出 PDF（{said}）。请用 Word 或 WPS 打开 Word 文件，另存为 PDF。"
            ) from None


def missing_fonts(word: bytes) -> list[str]:
    """The fonts that a Word file names and this machine lacks; LibreOffice takes others in their place.

    Empty also where the machine cannot list its fonts (Windows, where Word and WPS bring them).
    """
    import subprocess

    lister = shutil.which("fc-list")
    if lister is None:
        return []
    run = subprocess.run([lister, "--format", "%{family},"], capture_output=True, check=False)
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
        raise PdfError("没有找到 LibreOffice，不能生成 PDF。请用 Word 或 WPS 打开 Word 文件，另存为 PDF。")
    return found
