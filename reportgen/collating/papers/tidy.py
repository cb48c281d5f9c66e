"""``--table``: every figure of every body as one tidy table in CSV, for DuckDB, Spark or a pivot table to go on with.

A row is one figure. The columns are those of :data:`COLUMNS`; a cell that was not read or not filled in has no row,
so that no program takes it for 0.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from ..area import Area, Standing

COLUMNS = ("body", "year", "cell", "label", "value", "proof", "unit", "counted", "level", "file")
"""Name of the body, year of its report, key of the cell, its label, the figure as printed, what proves that it
was read rightly (grid, count, order, sums, name; input where an input file gives it), its unit, whether it is in
the area's sums (true, false), level of the body by the roster, file it was read in."""
INPUT = "input"
"""The proof of a figure of an input file."""
MARK = "\ufeff"
"""How a file in UTF-8 begins that Excel takes for one."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a text begins that a spreadsheet takes for a formula."""


HEAD = f"{MARK}{','.join(COLUMNS)}\r\n".encode()
"""How such a table begins: one that does may be written anew."""


def table(area: Area) -> Iterator[bytes]:
    """The table in UTF-8, a piece for each body: that of a province would not fit into memory."""
    yield HEAD
    for standing in area.standings:
        out = io.StringIO(newline="")
        csv.writer(out, lineterminator="\r\n").writerows(_rows(area, standing))
        yield out.getvalue().encode("utf-8", "replace")


def _rows(area: Area, standing: Standing) -> Iterator[tuple[str, ...]]:
    sent = standing.submission
    if sent is None or sent.format != area.form.format:
        return
    counted = "true" if standing.is_added else "false"
    about = (counted, _text(standing.body.level), _text(sent.file))
    name, year = _text(standing.name), str(sent.year or "")
    for key, figure in sent.figures.items():
        cell = area.form.cells[key]
        yield (name, year, key, cell.label, figure, sent.proofs.get(key) or INPUT, cell.unit, *about)


def _text(text: str) -> str:
    """A text of others as no spreadsheet takes it for a formula, and no line ends in it."""
    plain = " ".join(text.split())
    return f"'{plain}" if plain.startswith(_FORMULA) else plain
