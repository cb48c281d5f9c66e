"""Files from other hands -> what stands in them; what a file is, is told by its content and not by its name."""

from __future__ import annotations

import io
import re
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from ...model.findings import InputError, no_report, unusable
from ..file_bytes import read_bytes

if TYPE_CHECKING:
    from .extract import Extract

__all__ = ["extracted", "holds_input", "is_input", "is_of_office", "kind"]

_MARKUP = re.compile(rb"<(?:!doctype|html|head|body|table|div|td|p|span|h\d)\b", re.IGNORECASE)
_INPUT = re.compile(
    r"^\s*(?:format|year)\s*[=＝]|^\s*\[\s*(?:agency|narrative)\s*\]|^\s*\{\s*\"(?:format|year|agency)\"",
    re.M,
)
_PICTURE = re.compile(
    rb"\x89PNG\r\n|\xff\xd8\xff|GIF8[79]a|II\*\x00|MM\x00\*|RIFF....WEBP|BM....\x00\x00\x00\x00|....ftyp(?:heic|heix|mif1|avif)",
    re.DOTALL,
)
"""How pictures begin: PNG, JPEG, GIF, TIFF, WebP, BMP, HEIC."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def extracted(path: Path, templates: Path | None = None, data: bytes | None = None) -> Extract:
    """Read a file of any kind, or its bytes where they are at hand.

    Raises:
        NoReportError: it is none of the kinds.
        InputError: there is no such file, or it cannot be read.
    """
    data = read_bytes(path) if data is None else data
    found = _kind_of(path, data)
    reader = import_module(f".{found}", __name__)  # what other kinds need is not loaded
    extract: Extract = (
        reader.extract(path, data, templates) if found == "sheet" else reader.extract(path, data)
    )
    return extract


def is_input(path: Path) -> bool:
    """Whether a file is an input file of this program, by what stands in it."""
    try:
        data = read_bytes(path)
    except InputError:  # whoever reads it says why
        return False
    return holds_input(data)


def holds_input(data: bytes) -> bool:
    """Whether these are the bytes of an input file."""
    data = data[:20_000]
    return not data.startswith((b"PK", b"%PDF", _OLE, b"<")) and bool(
        _INPUT.search(data.decode("utf-8", errors="replace"))
    )


def is_of_office(data: bytes) -> bool:
    """Whether a file of these bytes needs LibreOffice to be read, as far as its beginning tells."""
    return data.startswith((_OLE, b"{\\rtf"))


def kind(path: Path) -> str:
    """What a file is: word, sheet, pdf, office (what LibreOffice can read), page or plain.

    Raises:
        NoReportError: it is none of the kinds.
        InputError: there is no such file, or it is empty or damaged.
    """
    return _kind_of(path, read_bytes(path))


def _kind_of(path: Path, data: bytes) -> str:
    if not data.strip():
        raise unusable(path, "文件是空的。", "请核对是不是选错了文件。")
    if _PICTURE.match(data):
        raise no_report(path, "这是图片，图片和扫描件读不了。", "请找报告的 Word 或网页的版本。")
    if data.startswith(b"PK"):
        return _packed(path, data)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if is_of_office(data):
        return "office"
    from ..html_source import is_archive

    start = data[:200_000].replace(b"\x00", b"") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else data[:200_000]
    if is_archive(data) or _MARKUP.search(start):
        return "page"
    if b"\x00" in data[:4096] and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise no_report(
            path, "认不出这是什么文件。", "能读的有：网页、Word、Excel、PDF 和文本。请另存为其中一种再试。"
        )
    return "plain"


def _packed(path: Path, data: bytes) -> str:
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        raise unusable(path, "文件损坏了，打不开。", "请重新取得这个文件。") from None
    if "word/document.xml" in names:
        return "word"
    if "xl/workbook.xml" in names:
        return "sheet"
    if "content.xml" in names:
        return "office"
    raise no_report(
        path, "这是压缩包，或认不出的文件。", "请先解压，再导入里面的网页、Word、Excel 或 PDF 文件。"
    )
