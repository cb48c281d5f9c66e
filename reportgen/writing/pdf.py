"""A PDF of a Word file, made by LibreOffice where it is installed."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile

from .. import libreoffice
from ..errors import ReportgenError

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
    options = f"pdf:writer_pdf_Export:{json.dumps(_OPTIONS)}"
    try:
        return libreoffice.convert(word, ".docx", options, ".pdf")
    except libreoffice.LibreOfficeError as error:
        raise PdfError(f"{error}，不能生成 PDF。{_INSTEAD}") from None


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
