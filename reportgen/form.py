"""The official form: its parts, its three tables and its sums, read from ``templates/<format>/form.toml``.

Nothing else in the project knows a label, a key, a span or a sum. A *cell* is one of the figures, named by its
dotted key such as ``requests.granted.natural``.

Source of the 2021 form: 国办公开办函〔2021〕30号.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Any

from .grid import (
    FormError,
    Grid,
    GridCell,
    Labels,
    build_grid,
    members,
    require_distinct,
    require_known,
    require_same,
)
from .year_relation import YearRelation, year_relations

__all__ = [
    "Cell",
    "Form",
    "FormError",
    "GridCell",
    "Part",
    "Row",
    "Side",
    "Sum",
    "Superseded",
    "Table",
    "YearRelation",
    "known_formats",
    "load_form",
    "templates_folder",
]

PACKAGE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Cell:
    """One figure of the form."""

    key: str
    table: str
    row: str
    column: str | None
    """None where the row is a single figure, such as ``active_disclosure.licensing``."""
    label: str
    """The place in the clerk's terms: 表三·（四）无法提供 1.本机关不掌握相关政府信息·自然人."""
    unit: str
    decimal: bool
    """Whether the figure may have decimals (an amount in 万元); all others are whole numbers."""


@dataclass(frozen=True)
class Row:
    """One row of figures as the input file writes it."""

    key: str
    label: str
    cells: tuple[Cell, ...]
    total: Cell | None
    """The cell that is the sum of the others and may be left out of the input."""

    @property
    def is_single(self) -> bool:
        return self.cells[0].column is None


@dataclass(frozen=True)
class Side:
    """One side of a sum: its name in the clerk's words and the cells that are added up."""

    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sum:
    """One 勾稽关系: the cells on the left add up to those on the right."""

    table: str
    label: str
    left: Side
    right: Side

    @property
    def cells(self) -> tuple[str, ...]:
        return self.left.cells + self.right.cells


@dataclass(frozen=True)
class Table:
    """One table: the rows of the input and the grid as it is printed."""

    key: str
    name: str
    heads: Mapping[str, str]
    rows: Mapping[str, Row]
    groups: Mapping[str, tuple[str, ...]]
    """The rows under each group label, so that ``requests.unavailable.total`` has a meaning."""
    labels: Mapping[str, str]
    """The printed labels of groups."""
    grid: Grid
    widths: tuple[float, ...]
    """Column widths in mm."""
    row_height: float
    """The least height of a printed row in mm."""
    head_rows: int
    """How many rows at the top are the head, which is repeated where the table goes on on another page;
    0 where heads also stand between the figures."""
    sums: tuple[Sum, ...]
    years: tuple[YearRelation, ...]
    """How its figures follow from last year's."""

    @cached_property
    def balance(self) -> tuple[str, ...]:
        """The rows that balance in every column: new and carried over, then processed and carried forward."""
        cells = {cell.key: cell for cell in self.cells}
        for sum_ in self.sums:
            if len(sum_.left.cells) > 1 and len({cells[key].column for key in sum_.left.cells}) == 1:
                return tuple(cells[key].row for key in sum_.cells)
        return ()

    @cached_property
    def total_columns(self) -> tuple[str, ...]:
        """The column that adds up the others, where there is one."""
        found = (row.total.column for row in self.rows.values() if row.total)
        return tuple(dict.fromkeys(column for column in found if column))

    @property
    def cells(self) -> Iterator[Cell]:
        for row in self.rows.values():
            yield from row.cells


@dataclass(frozen=True)
class Part:
    """One part of the report in its order: a narrative (``text``) or a table, under a heading or none."""

    name: str
    heading: str | None
    text: str | None
    table: str | None
    optional: bool
    aspects: tuple[tuple[str, ...], ...] = ()
    """What the text has to treat: the name of each aspect, then other words headings have for it."""


@dataclass(frozen=True)
class Superseded:
    """A legal basis that no longer holds: how it is written, and what holds ``now``.

    A sentence that names ``beside`` too tells its history, and is right.
    """

    written: tuple[str, ...]
    now: str
    beside: str


@dataclass(frozen=True)
class Form:
    """The whole official form of one format."""

    format: str
    source: str
    title: tuple[str, ...]
    parts: tuple[Part, ...]
    tables: Mapping[str, Table]
    cells: Mapping[str, Cell]
    sums: tuple[Sum, ...]
    years: tuple[YearRelation, ...]
    superseded: tuple[Superseded, ...]
    folder: Path

    def quantities(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Every name a narrative may use for a number, with the cells it adds up: cells and sums of groups."""
        for cell in self.cells.values():
            yield cell.key, (cell.key,)
        for table in self.tables.values():
            for group, rows in table.groups.items():
                for column in table.heads:
                    yield (
                        f"{table.key}.{group}.{column}",
                        tuple(f"{table.key}.{row}.{column}" for row in rows),
                    )

    def describe(self, cells: Iterable[str]) -> str:
        """The places of ``cells`` in the clerk's words; cells of one row are named together.

        表三·（一）予以公开·自然人、商业企业
        """
        known = [self.cells[key] for key in cells]
        places = []
        for (table, row), group in groupby(known, key=lambda cell: (cell.table, cell.row)):
            members = list(group)
            if len(members) == 1:
                places.append(members[0].label)
                continue
            found = self.tables[table].rows[row]
            heads = "、".join(self.tables[table].heads[str(cell.column)] for cell in members)
            whole = len(members) == len(found.cells)
            places.append(found.label + ("（全行）" if whole else f"·{heads}"))
        return "；".join(places)


def templates_folder() -> Path:
    """The folder with one folder for each format: inside an installed package, or beside it in a checkout."""
    installed = PACKAGE / "templates"
    return installed if installed.is_dir() else PACKAGE.parent / "templates"


def known_formats(root: Path | None = None) -> list[str]:
    """The formats there are templates for, newest first."""
    found = (root or templates_folder()).glob("*/form.toml")
    return sorted((path.parent.name for path in found), reverse=True)


def load_form(format: str, root: Path | None = None) -> Form:
    """Read the form of ``format``.

    Raises:
        FormError: the file cannot be read, or contradicts itself.
    """
    path = (root or templates_folder()) / format / "form.toml"
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise FormError(f"{path}：格式文件读不出来：{error}") from error
    try:
        return _form(data, path.parent)
    except FormError as error:
        raise FormError(f"{path}：{error}") from None
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise FormError(f"{path}：缺少或写错了一项：{error}") from error


# ── building ────────────────────────────────────────────────────────────────────────────────────────


def _form(data: dict[str, Any], folder: Path) -> Form:
    tables = {key: _table(key, table, data["unit"]) for key, table in data["tables"].items()}
    parts = tuple(
        Part(
            name=part.get("heading") or part["name"],
            heading=part.get("heading"),
            text=part.get("text"),
            table=part.get("table"),
            optional=part.get("optional", False),
            aspects=tuple(tuple(words) for words in part.get("aspects", ())),
        )
        for part in data["parts"]
    )
    placed = [part.table for part in parts if part.table]
    for part in parts:
        if (part.text is None) == (part.table is None):
            raise FormError(f"“{part.name}”要么是文字（text），要么是表（table）")
    require_same("parts 里的表", placed, tables)
    require_distinct("parts 里的文字", [part.text for part in parts if part.text])
    return Form(
        format=data["format"],
        source=data["source"],
        title=tuple(data["title"]),
        parts=parts,
        tables=tables,
        cells={cell.key: cell for table in tables.values() for cell in table.cells},
        sums=tuple(sum_ for table in tables.values() for sum_ in table.sums),
        years=tuple(relation for table in tables.values() for relation in table.years),
        superseded=tuple(
            Superseded(tuple(entry["written"]), entry["now"], entry["beside"])
            for entry in data.get("superseded", ())
        ),
        folder=folder,
    )


def _table(key: str, data: dict[str, Any], unit: str) -> Table:
    name = data["name"]
    try:
        heads, labels, group_labels = (_pieces(data.get(part, {})) for part in ("heads", "rows", "groups"))
        require_distinct("rows 和 groups", [*labels, *group_labels])
        known = {"head": heads, "row": labels, "group": group_labels}
        grid = build_grid(key, data["grid"], known, len(data["widths"]))
        groups = members(grid)
        require_same(
            "grid 里的 row", [cell.key for row in grid for cell in row if cell.kind == "row"], labels
        )
        require_same("grid 里的 group", list(groups), group_labels)
        for field in ("units", "decimals"):
            require_known(field, data.get(field, ()), labels)
        rows = _rows(key, data, grid, unit)
        sums = [
            sum_
            for family in data.get("sums", ())
            for sum_ in _sums(key, name, family, rows, groups, _plain(heads))
        ]
        columns = {row.key: [str(cell.column) for cell in row.cells] for row in rows.values()}
        years = [
            relation
            for family in data.get("years", ())
            for relation in year_relations(key, family, columns, heads)
        ]
    except FormError as error:
        raise FormError(f"{name}（tables.{key}）：{error}") from None
    return Table(
        key=key,
        name=name,
        heads=_plain(heads),
        rows={row.key: replace(row, total=_total(row, sums)) for row in rows.values()},
        groups=groups,
        labels=_plain(group_labels),
        grid=grid,
        widths=tuple(data["widths"]),
        row_height=data["row_height"],
        head_rows=_head_rows(grid),
        sums=tuple(sums),
        years=tuple(years),
    )


def _head_rows(grid: Grid) -> int:
    have_figures = [any(cell.kind == "figure" for cell in row) for row in grid]
    first = have_figures.index(True)
    return first if all(have_figures[first:]) else 0


def _total(row: Row, sums: Iterable[Sum]) -> Cell | None:
    """The cell of ``row`` that is, by a sum within the row, the total of its other cells."""
    cells = {cell.key: cell for cell in row.cells}
    for sum_ in sums:
        if len(sum_.left.cells) == 1 and set(sum_.cells) == set(cells):
            return cells[sum_.left.cells[0]]
    return None


def _pieces(labels: Mapping[str, str]) -> Labels:
    return {key: tuple(label.split("|")) for key, label in labels.items()}


def _plain(labels: Labels) -> dict[str, str]:
    return {key: "".join(pieces) for key, pieces in labels.items()}


def _rows(table: str, data: dict[str, Any], grid: Grid, unit: str) -> dict[str, Row]:
    """The rows in the order of ``rows``; each figure of the grid becomes a cell."""
    found: dict[str, list[Cell]] = {key: [] for key in data["rows"]}
    labels = {}
    for figure in (cell for row in grid for cell in row if cell.kind == "figure"):
        (head,) = figure.named("row")
        row = str(head.key)
        columns = figure.named("head")
        labels[row] = data["name"] + "·" + " ".join(h.label for h in (*figure.named("group"), head))
        found[row].append(
            Cell(
                key=str(figure.key),
                table=table,
                row=row,
                column=columns[0].key if columns else None,
                label="·".join([labels[row], *(column.label for column in columns)]),
                unit=data.get("units", {}).get(row, unit),
                decimal=row in data.get("decimals", ()),
            )
        )
    for row, cells in found.items():
        if not cells:
            raise FormError(f"grid 里没有“{row}”的数据")
        require_distinct(f"“{row}”的数据", [cell.key for cell in cells])
    return {row: Row(row, labels[row], tuple(cells), None) for row, cells in found.items()}


def _sums(
    table: str,
    name: str,
    family: dict[str, Any],
    rows: Mapping[str, Row],
    groups: Mapping[str, tuple[str, ...]],
    heads: Mapping[str, str],
) -> Iterator[Sum]:
    """The sums of one family: one for each row, or one for each column."""
    sides = [(side["name"], side["of"]) for side in (family["left"], family["right"])]
    if family["in_each"] == "row":
        for _, keys in sides:
            require_known("sums 里的列", keys, heads)
        for row in rows.values():
            have = {cell.column: cell.key for cell in row.cells}
            if all(key in have for _, keys in sides for key in keys):
                yield Sum(table, row.label, *(Side(n, tuple(have[key] for key in keys)) for n, keys in sides))
    elif family["in_each"] == "column":
        for _, keys in sides:
            require_known("sums 里的行", keys, {**rows, **groups})
        for column, head in heads.items():
            yield Sum(
                table,
                f"{name}·{head}",
                *(
                    Side(
                        n,
                        tuple(f"{table}.{row}.{column}" for key in keys for row in groups.get(key, (key,))),
                    )
                    for n, keys in sides
                ),
            )
    else:
        raise FormError(f"sums 的 in_each 只能是 row 或 column，不能是“{family['in_each']}”")
