"""Files of other office programs (.doc, .wps, .rtf, .odt, .xls, .et), through LibreOffice where it is installed."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from pathlib import Path

from ... import libreoffice
from ...model.findings import unusable
from .extract import Extract

_OLE = b"\xd0\xcf\x11\xe0"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_WORKBOOKS = tuple(name.encode("utf-16-le") for name in ("Workbook", "Book"))
"""The streams of a workbook of Excel 97–2003, and of Excel 5."""


def extract(path: Path, data: bytes) -> Extract:
    """The lines and tables of a file that LibreOffice can read.

    Raises:
        InputError: the file is locked, LibreOffice is missing, or it fails.
    """
    if data.startswith(_OLE) and _LOCKED in data:
        raise unusable(
            path, "文件加了密码，读不出来。", "请在 Word、Excel 或 WPS 里打开它，去掉密码后另存，再导入。"
        )
    is_sheet = _is_workbook(data)
    to = "xlsx" if is_sheet else "docx"
    suffix = path.suffix.lower() if path.suffix.isascii() and len(path.suffix) <= 5 else ".doc"
    try:
        converted = libreoffice.convert(data, suffix or ".doc", to, f".{to}")
    except libreoffice.LibreOfficeError as error:
        program = "Excel 或 WPS 表格" if is_sheet else "Word 或 WPS 文字"
        raise unusable(
            path,
            f"这种格式要用 LibreOffice 来读：{error}。",
            f"请用 {program} 打开它，另存为 .{to}，再导入。",
        ) from None
    found: Extract = import_module(".sheet" if is_sheet else ".word", __package__).extract(path, converted)
    return replace(
        found, remarks=(f"原文件是 {path.suffix or '旧格式'}，用 LibreOffice 转换以后读的。", *found.remarks)
    )


def _is_workbook(data: bytes) -> bool:
    if data.startswith(b"PK"):
        return b"opendocument.spreadsheet" in data[:200]
    return data.startswith(_OLE) and any(name in data for name in _WORKBOOKS)
