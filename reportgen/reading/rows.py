"""The figures of one row of an input file: as a list, by column, as a single 0, or pasted as a text."""

from __future__ import annotations

from typing import Any

from ..form.model import Cell, Row
from ..model.findings import UNFILLED, Correction, Figure, Finding, Severity
from ..model.report import added, printed
from .figures import FigureError, is_figure, read_figure
from .items import Items, shortened
from .pasted import PastedError, plain_row, read_pasted, whole_row


def row_figures(items: Items, row: Row, key: str, written: Any, computed: set[str]) -> dict[str, Figure]:
    """The figures of one row; what is not filled in is left out, and a total that was added up is ``computed``."""
    values = _values(items, row, key, written)
    figures: dict[str, Figure] = {}
    for cell, value in values.items():
        try:
            figure, note = read_figure(value, cell)
        except FigureError as error:
            items.problem("I04", cell.key, f"{cell.label}：{error}。")
            continue
        if note:
            items.note(cell.key, f"{cell.label}：{note}。", (cell.key,))
        if figure is not None:
            figures[cell.key] = figure
    if row.total and row.total not in values and len(figures) == len(row.cells) - 1:
        figures[row.total.key] = total = added(figures, list(figures))
        computed.add(row.total.key)
        items.note(key, f"{row.total.label}：没有写，按各格相加填 {total}。", (row.total.key,))
    return figures


def _values(items: Items, row: Row, key: str, written: Any) -> dict[Cell, Any]:
    """The written value of each cell of the row."""
    heads = [cell.column for cell in row.cells]
    if isinstance(written, str) and not (row.is_single and is_figure(written, row.cells[0])):
        return _pasted(items, row, key, written)
    if row.is_single:
        if isinstance(written, (list, dict)):
            items.problem("I04", key, f"{row.label}只有一个数。", f"请写成 {row.key} = 数字。")
            return {}
        return {row.cells[0]: written}
    if isinstance(written, dict):
        items.known(key, written, heads)
        return {cell: written[cell.column] for cell in row.cells if cell.column in written}
    if not isinstance(written, list):
        if written == 0 and not isinstance(written, bool):
            return dict.fromkeys(row.cells, 0)
        items.problem(
            "I04",
            key,
            f"{row.label}要写 {len(heads)} 个数，现在写的是“{shortened(written)}”。",
            f"请写成 {row.key} = [ … ]；整行都是 0 时可以只写一个 0。",
        )
        return {}
    if len(written) == len(heads):
        return dict(zip(row.cells, written, strict=True))
    if row.total and len(written) == len(heads) - 1:
        return dict(zip((cell for cell in row.cells if cell is not row.total), written, strict=True))
    _wrong_length(items, row, key, f"现在有 {len(written)} 个")
    return {}


def _wrong_length(items: Items, row: Row, key: str, now: str) -> None:
    advice = '请核对少了还是多了一个；数字里不要写逗号，例如 1,234 要写 1234；还没有的写 ""。'
    length = len(row.cells)
    least = f"{length} 个数" + (f"（或不写总计，{length - 1} 个）" if row.total else "")
    message = f"{row.label}要写 {least}，{now}。"
    line = items.line(key) or 0
    whole = whole_row(items.lines[line - 1], row) if line else None
    if whole is None:
        items.problem("I04", key, message, f"{advice}{items.shown(key)}")
        return
    correction = Correction(line, items.lines[line - 1], whole)
    items.problems.append(
        Finding("I04", Severity.ERROR, message, correction.shown, line=line, correction=correction)
    )


def _pasted(items: Items, row: Row, key: str, written: str) -> dict[Cell, Any]:
    """The figures of a row that is written as a text: pasted, or in quotes."""
    try:
        figures = read_pasted(written, row)
    except PastedError as error:
        if error.possible:
            advice = "数字里不要有空格和逗号。对照底表，写成：" + "".join(
                f"\n    {way}" for way in error.possible
            )
            items.problem("I04", key, f"{row.label}：{error}。", f"{items.shown(key)}\n    {advice}")
        elif str(error):
            items.problem("I04", key, f"{row.label}：{error}。", f"{error.advice}{items.shown(key)}")
        elif row.is_single:
            shown = f"{row.cells[0].label}：“{shortened(written)}”不是数字，请写数字，没有就写 0。"
            items.problem("I04", key, shown)
        else:
            _wrong_length(items, row, key, f"现在写的是“{shortened(written)}”")
        return {}
    cells = [cell for cell in row.cells if cell is not row.total or len(figures) == len(row.cells)]
    read = "、".join(UNFILLED if figure is None else printed(figure) for figure in figures)
    unfilled = "；没有数的格子当作未填，不当作 0" if None in figures else ""
    items.note(key, f"{row.label}：写的是“{shortened(plain_row(written))}”，按 {read} 读入{unfilled}。")
    return dict(zip(cells, figures, strict=True))
