"""A printed table as a grid: where each cell stands, how far it spans, which header cells speak of it.

Rows and columns are counted from 0. The grid is written in ``form.toml`` from top to bottom and from left to
right, and placed as HTML places the cells of a table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

from ..errors import ReportgenError

CellKind = Literal["note", "text", "head", "row", "group", "figure"]
Labels = Mapping[str, tuple[str, ...]]
"""Labels by key, cut into the pieces between which a line may be broken."""
Grid = tuple[tuple["GridCell", ...], ...]


class FormError(ReportgenError):
    """``form.toml`` contradicts itself; the message names the file, the table and what is wrong (in Chinese)."""


@dataclass(frozen=True)
class GridCell:
    """One cell of a printed table, at its place, with its span."""

    kind: CellKind
    row: int
    column: int
    rows: int
    columns: int
    key: str = ""
    """A figure's cell key, else the key of the head, row or group; "" for fixed text and notes."""
    pieces: tuple[str, ...] = ()
    """The label, cut where a line may be broken in a narrow cell; a figure has none."""
    unit: str = ""
    """Of a figure: the unit printed after it, where no head names it."""
    headers: tuple[GridCell, ...] = ()
    """Of a figure: the header cells that speak of it, column headers first, outermost first."""

    @property
    def label(self) -> str:
        """The label as the form prints it."""
        return "".join(self.pieces)

    @property
    def is_header(self) -> bool:
        return self.kind in ("text", "head", "row", "group")

    def named(self, kind: CellKind) -> list[GridCell]:
        """The header cells of one kind."""
        return [header for header in self.headers if header.kind == kind]

    @cached_property
    def id(self) -> str:
        """A name for the place, unique in its table: ``r3c2`` counted from 1."""
        return f"r{self.row + 1}c{self.column + 1}"


def build_grid(
    table: str, written: list[list[dict[str, Any]]], known: Mapping[str, Labels], width: int
) -> Grid:
    """Build the grid of ``table`` from the cells ``written`` in the form file.

    ``known`` holds the labels by kind: head, row, group. Figures get their cell keys and their header cells.

    Raises:
        FormError: the spans do not fill ``width`` columns, or a key is unknown or at the wrong place.
    """
    return _tie_headers(table, _place(written, known, width))


def by_place(grid: Iterable[Iterable[GridCell]]) -> dict[tuple[int, int], GridCell]:
    """The cell at each place, row and column; one that spans several stands at each of them."""
    return {
        (cell.row + i, cell.column + j): cell
        for row in grid
        for cell in row
        for i in range(cell.rows)
        for j in range(cell.columns)
    }


def members(grid: Grid) -> dict[str, tuple[str, ...]]:
    """The keys of the rows of figures under each group label."""
    found: dict[str, list[str]] = {}
    for cell in (cell for row in grid for cell in row):
        if cell.kind == "group":
            found.setdefault(cell.key, [])
        for group in cell.named("group"):
            rows = found.setdefault(group.key, [])
            rows.extend(row.key for row in cell.named("row") if row.key not in rows)
    return {key: tuple(rows) for key, rows in found.items()}


def _place(
    written: list[list[dict[str, Any]]], known: Mapping[str, Labels], width: int
) -> list[list[GridCell]]:
    taken: set[tuple[int, int]] = set()
    grid: list[list[GridCell]] = []
    for r, line in enumerate(written):
        placed: list[GridCell] = []
        c = 0
        for cell in (cell for entry in line for cell in _expand(entry, known)):
            while (r, c) in taken:
                c += 1
            placed.append(replace(cell, row=r, column=c))
            where = f"grid 第 {r + 1} 行的“{cell.label or cell.key}”"
            for place in ((r + i, c + j) for i in range(cell.rows) for j in range(cell.columns)):
                if place in taken:
                    raise FormError(f"{where}与上面跨行的格重叠")
                if place[1] >= width:
                    raise FormError(f"{where}超出了表的 {width} 列，请核对 columns、count")
                if place[0] >= len(written):
                    raise FormError(f"{where}超出了表的 {len(written)} 行，请核对 rows")
                taken.add(place)
        grid.append(placed)
        gaps = [c for c in range(width) if (r, c) not in taken]
        if gaps:
            raise FormError(f"grid 第 {r + 1} 行没有填满：第 {gaps[0] + 1} 列是空的（共 {width} 列）")
    return grid


def _expand(entry: dict[str, Any], known: Mapping[str, Labels]) -> Iterator[GridCell]:
    """The grid cells one entry of ``grid`` stands for, not yet placed."""
    span = {"row": 0, "column": 0, "rows": entry.get("rows", 1), "columns": entry.get("columns", 1)}
    if min(span["rows"], span["columns"]) < 1:
        raise FormError(f"跨行、跨列至少是 1：{entry}")
    fixed: CellKind
    for fixed in ("text", "note"):
        if fixed in entry:
            yield GridCell(kind=fixed, pieces=tuple(entry[fixed].split("|")), **span)
            return
    if "figures" in entry:
        require_known("figures", [entry["figures"]], known["row"])
        for _ in range(entry.get("count", 1)):
            yield GridCell(kind="figure", key=entry["figures"], unit=entry.get("unit", ""), **span)
        return
    kind: CellKind
    for kind in ("head", "row", "group"):
        keys = [entry[kind]] if kind in entry else entry.get(f"{kind}s", []) if kind == "head" else []
        require_known(kind, keys, known[kind])
        for key in keys:
            yield GridCell(kind=kind, key=key, pieces=known[kind][key], **span)
        if keys:
            return
    raise FormError(f"看不懂 grid 里的这一格：{entry}")


def _tie_headers(table: str, grid: list[list[GridCell]]) -> Grid:
    """Give each figure its key and its header cells: those to its left, and the nearest block above it."""
    at = by_place(grid)

    def tied(cell: GridCell) -> GridCell:
        if cell.kind != "figure":
            return cell
        above: list[GridCell] = []
        for r in range(cell.row - 1, -1, -1):
            header = at[r, cell.column]
            if header.kind == "figure" and above:
                break
            if header.is_header and header.row == r:  # a header of several rows counts once, at its first
                above.insert(0, header)
        left = [at[cell.row, c] for c in range(cell.column)]
        beside = [header for c, header in enumerate(left) if header.is_header and header.column == c]
        return _named(table, replace(cell, headers=(*above, *beside)))

    return tuple(tuple(tied(cell) for cell in row) for row in grid)


def _named(table: str, figure: GridCell) -> GridCell:
    """The figure with its cell key, made of the table, its row and, where it has one, its column."""
    row = figure.key
    if [header.key for header in figure.named("row")] != [row]:
        raise FormError(f"数据“{row}”不在它自己的行名旁边或下面")
    columns = [header.key for header in figure.named("head")]
    if len(columns) > 1:
        raise FormError(f"数据“{row}”的一格对着 {len(columns)} 个列名")
    return replace(figure, key=".".join([table, row, *columns]))


# ── what a form file can get wrong ──────────────────────────────────────────────────────────────────


def require_known(where: str, keys: Iterable[str], known: Iterable[str]) -> None:
    for key in keys:
        if key not in known:
            raise FormError(f"{where} 里的“{key}”没有定义")


def require_distinct(where: str, keys: list[str]) -> None:
    for key in keys:
        if keys.count(key) > 1:
            raise FormError(f"{where} 里的“{key}”出现了两次")


def require_same(where: str, found: list[Any], wanted: Iterable[str]) -> None:
    require_known(where, found, wanted)
    require_distinct(where, found)
    for key in wanted:
        if key not in found:
            raise FormError(f"{where} 缺少“{key}”")
