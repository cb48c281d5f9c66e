"""汇总.toml: the area's sums as an input file of its own report, with the figures each sum is made of as comments.

What does not add up (see :attr:`reportgen.form.model.Cell.adds_up`) is left open, with the sum beside it. The text is
a skeleton.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...form.model import Form, Row, Table
from ...model.provenance import sealed_page
from ...writing.input_text import Notes, input_text, skeleton
from ...writing.wordml import allowed
from ..area import Area, Total
from . import naming
from .keeping import Made, fingerprint, properties
from .workbook_lists import sources

PAPER = "汇总"
NOT_ADDED = "各单位的和"
"""What stands before a sum that is none of the area's figure."""
MOST_SOURCES = 400
"""Bodies that are named with their figures above a row, for each of its cells."""
WIDTH = 50
"""Characters of a comment line."""


def area_input(area: Area) -> Made:
    """The file; of an area without a year it is that of the form's first year."""
    form = area.form
    year = area.year or form.from_year
    figures = {
        key: total.figure for key, total in area.totals.items() if total.figure and form.cells[key].adds_up
    }
    beside = {
        key: total.figure
        for key, total in area.totals.items()
        if total.figure and not form.cells[key].adds_up
    }
    above = {
        f"{table.key}.{row.key}": list(_above(area, table, row))
        for table in form.tables.values()
        for row in table.rows.values()
    }
    name = naming.government(area)
    text = input_text(
        form, year, {"name": name}, figures, skeleton(form), Notes(beside, NOT_ADDED, above=above)
    )
    whole = allowed(f"{''.join(f'# {line}' + chr(10) for line in _head(area, name))}#\n{text}")
    content = fingerprint(whole)
    return Made(sealed_page(f"{whole}\n# ", properties(content)), content)


def _head(area: Area, name: str) -> Iterator[str]:
    """What stands above all."""
    yield f"由 {len(area.added)} 个单位的报告相加。每个数由哪些单位的数相加，写在它上面；是 0 的不写。"
    if area.shortfall:
        yield f"{area.shortfall}，下面的数都不是全部：{_line(naming.named(area.lacking, MOST_SOURCES))}"
    if name and not area.name and not any(standing.body.is_total for standing in area.standings):
        yield "机关名称是由各单位的名称推出来的，请核对。"
    left = list(
        dict.fromkeys(_row_label(area.form, key) for key, cell in area.form.cells.items() if not cell.adds_up)
    )
    if left:
        yield f"{'、'.join(left)}不能由各单位相加（同一件会算几次），没有填，旁边写着各单位的和，请按底册填写。"


def _row_label(form: Form, key: str) -> str:
    cell = form.cells[key]
    table = form.tables[cell.table]
    return table.rows[cell.row].label.removeprefix(f"{table.name}·")


def _above(area: Area, table: Table, row: Row) -> Iterator[str]:
    """The lines above a row: for each of its cells that is not 0 the figures it is made of."""
    for cell in row.cells:
        total = area.totals[cell.key]
        found = sources(total)
        if found:
            head = table.heads.get(cell.column, "")
            short = f"（{area.shortfall}）" if area.shortfall else ""
            added = naming.named((f"{_line(name)} {figure}" for name, figure in found), MOST_SOURCES)
            yield from _wrapped(f"{head}{' ' if head else ''}{total.figure}{short} = ", added)
    lacking = _lacking(area, [area.totals[cell.key] for cell in row.cells])
    if lacking:
        yield from _wrapped("没有这一行的数：", naming.named(map(_line, lacking), MOST_SOURCES))


def _lacking(area: Area, totals: list[Total]) -> list[str]:
    """The bodies whose report is there and lacks a figure of a row; those without a report are said above all."""
    names = dict.fromkeys(name for total in totals for name in total.lacking)
    without = set(area.lacking)
    return [name for name in names if name not in without]


def _wrapped(start: str, text: str) -> Iterator[str]:
    """A text on lines of the width of a screen, cut between its items."""
    line = start
    for item in text.split("、"):
        piece = item if line in (start, "    ") else f"、{item}"
        if len(line) + len(piece) > WIDTH and line not in (start, "    "):
            yield f"{line}、"
            line = f"    {item}"
        else:
            line += piece
    yield line


def _line(text: str) -> str:
    return " ".join(text.split())
