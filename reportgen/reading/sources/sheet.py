"""An Excel workbook -> its lines and tables: the one that ``reportgen sheet`` makes, or any other."""

from __future__ import annotations

from pathlib import Path

from ...model.findings import unusable
from ...model.package import Package, PackageError
from ...model.workbook import HIDDEN
from .extract import SHEET, Block, Extract
from .filled_sheet import read_filled, unknown_format
from .sheet_tables import blocks
from .workbook import Book, is_workbook, read_workbook

_AGAIN = "请在 Excel 或 WPS 里打开它，另存为不加密的 .xlsx，再运行一次。"
_SHOWN = 5
"""Rows or columns that a remark names."""


def extract(path: Path, data: bytes, templates: Path | None = None) -> Extract:
    """What stands in a workbook.

    Raises:
        InputError: it cannot be read, or has nothing in it.
        FormError: the templates of its format are broken.
    """
    try:
        package = Package.of(data)
        if not is_workbook(package):
            raise unusable(path, "这不是 Excel 工作簿，或者已经损坏。", _AGAIN)
        book = read_workbook(package)
    except PackageError as error:
        message = error.message.replace("Word 文件", SHEET).replace(".docx", ".xlsx").replace(".doc", ".xls")
        advice = _AGAIN if "Word" in error.advice else error.advice
        raise unusable(path, message.replace(".wps", ".et"), advice) from None
    found = read_filled(book, templates) or _any(book, unknown_format(book, templates))
    if not found.blocks:
        unread = any(sheet.is_unread for sheet in book.sheets)
        what = "工作簿太大或已经损坏，不像是年度报告。" if unread else "工作簿里没有内容，或者都是隐藏的。"
        raise unusable(path, what, "请核对是不是选错了文件；只留下报告的三张表，另存一份再试。")
    return found


def _any(book: Book, format: str) -> Extract:
    """What stands in the sheets that are shown, in the order of their tabs."""
    found: list[Block] = []
    remarks: list[str] = []
    if format:
        remarks.append(f"这张填报表是 {format[:20]} 格式的，没有这个格式的模板，当作一般的工作簿读。")
    for sheet in book.sheets:
        if sheet.is_unread:
            remarks.append(f"“{sheet.name}”页太大或已经损坏，没有读。")
        elif sheet.is_hidden and sheet.values and sheet.name != HIDDEN:
            remarks.append(f"“{sheet.name}”页是隐藏的，没有读。")
        elif sheet.values and not sheet.is_hidden:
            found += blocks(sheet)
            if hidden := sheet.hidden:
                more = f"等 {len(hidden)} 处" if len(hidden) > _SHOWN else ""
                remarks.append(f"“{sheet.name}”页的{'、'.join(hidden[:_SHOWN])}{more}是隐藏的，没有读。")
    if book.left_out:
        remarks.append(f"后面还有 {book.left_out} 页，没有读。")
    return Extract(SHEET, tuple(found), remarks=tuple(remarks))
