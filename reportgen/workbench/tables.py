"""The tables of a form as the page shows them: the cells as they are printed, and a line of help for each figure."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from ..form.model import Cell, Form, GridCell, Table


@lru_cache(maxsize=4)
def tables(form: Form) -> list[dict[str, Any]]:
    """The tables in the order of the form; every figure's cell carries its key."""
    headings = {part.table: part.heading for part in form.parts if part.table}
    return [
        {
            "key": table.key,
            "name": table.name,
            "heading": headings.get(table.key),
            "widths": _widths(table),
            "rows": [{"cells": [_cell(cell) for cell in row]} for row in table.grid],
        }
        for table in form.tables.values()
    ]


def _widths(table: Table) -> list[float]:
    """Of its columns, in percent."""
    whole = sum(table.widths)
    return [round(100 * width / whole, 3) for width in table.widths]


def _cell(cell: GridCell) -> dict[str, Any]:
    is_figure = cell.kind == "figure"
    return {
        "kind": cell.kind,
        "text": cell.label,
        "colspan": cell.columns,
        "rowspan": cell.rows,
        "head": cell.is_header,
        "cell": cell.key if is_figure else None,
        "unit": cell.unit if is_figure else "",
    }


@lru_cache(maxsize=4)
def labels_and_help(form: Form) -> dict[str, Any]:
    """The place of each cell in the clerk's words, and its line of help."""
    totals = {row.total.key for table in form.tables.values() for row in table.rows.values() if row.total}
    return {
        "labels": {cell.key: cell.label for cell in form.cells.values()},
        "help": {cell.key: _help(cell, is_total=cell.key in totals) for cell in form.cells.values()},
    }


def _help(cell: Cell, *, is_total: bool) -> str:
    total = "等于这一行前面各格相加；空着由程序相加。" if is_total else "没有写 0，还没有的空着。"
    decimals = "可以有小数。" if cell.decimal else ""
    return f"{cell.label}，单位：{cell.unit}。{total}{decimals}"
