"""``templates/<format>/form.toml`` -> :class:`~reportgen.form.model.Form`; a file that contradicts itself is refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from ..disk import why
from .grid import (
    FormError,
    Grid,
    Labels,
    build_grid,
    members,
    require_distinct,
    require_known,
    require_same,
)
from .model import ROLES, Cell, Form, Part, Row, Side, Sum, Superseded, Table
from .shape import check_shape
from .templates import AGAIN, parsed, read_toml, templates_folder
from .years import year_relations

__all__ = ["FormError", "formats_of", "known_formats", "load_form", "templates_folder"]

FILE = "form.toml"
MOST_FORMATS = 30
"""Folders of formats in a folder of templates."""
MOST_FIGURES = 5000
"""Of one form; the official one has 200."""


def known_formats(root: Path | None = None) -> list[str]:
    """The formats there are templates for, newest first.

    Raises:
        FormError: there are none, or more than anybody has.
    """
    folder = root or templates_folder()
    found = sorted((path.parent.name for path in folder.glob(f"*/{FILE}")), reverse=True)
    if not found:
        raise FormError(
            f"{folder} 里没有模板（例如 2021/form.toml）。请用 reportgen templates --copy 复制一份。"
        )
    if len(found) > MOST_FORMATS:
        raise FormError(f"{folder} 里有 {len(found)} 个格式，最多 {MOST_FORMATS} 个。请给出模板文件夹本身。")
    return found


def formats_of(year: int, root: Path | None = None) -> list[str]:
    """The formats in which the report of a year is made, newest first.

    Raises:
        FormError: a form file is broken.
    """
    return [format for format in known_formats(root) if load_form(format, root).is_of(year)]


def load_form(format: str, root: Path | None = None) -> Form:
    """Read the form of ``format``.

    Raises:
        FormError: the file cannot be read, or contradicts itself.
    """
    path = (root or templates_folder()) / format / FILE
    try:
        text, _ = read_toml(path, "格式文件")
    except OSError as error:
        raise FormError(f"{path}：格式文件读不出来（{why(error)}）。{AGAIN}") from None
    try:
        form = _built(text, path.parent)
    except FormError as error:
        raise FormError(f"{path}：{error}") from None
    return replace(form, project=_of_the_same_name(form.folder, form.format)) if root else form


@lru_cache(maxsize=8)
def _built(text: str, folder: Path) -> Form:
    """The form of a file's text; it takes a third of the time in which a report is read."""
    return _form(parsed(text), folder)


def _of_the_same_name(folder: Path, format: str) -> Form | None:
    """The project's form of the same name."""
    return next((load_form(name) for name in (folder.name, format) if name in known_formats()), None)


# ── building ────────────────────────────────────────────────────────────────────────────────────────


def _form(data: Mapping[str, Any], folder: Path) -> Form:
    check_shape(data)
    tables = {
        key: _table(key, _with_not_added(key, table, data["format"], folder), data["unit"])
        for key, table in data["tables"].items()
    }
    parts = tuple(
        Part(
            name=part.get("heading") or part["name"],
            heading=part.get("heading"),
            text=part.get("text", ""),
            table=part.get("table", ""),
            optional=part.get("optional", False),
            signature=part.get("signs", False),
            aspects=tuple(tuple(words) for words in part.get("aspects", ())),
        )
        for part in data["parts"]
    )
    figures = sum(len(row.cells) for table in tables.values() for row in table.rows.values())
    if figures > MOST_FIGURES:
        raise FormError(f"数据太多，有 {figures} 个，最多 {MOST_FIGURES} 个")
    placed = [part.table for part in parts if part.table]
    for part in parts:
        if bool(part.text) == bool(part.table):
            raise FormError(f"“{part.name}”要么是文字（text），要么是表（table）")
    require_same("parts 里的表", placed, tables)
    texts = [part.text for part in parts if part.text]
    require_distinct("parts 里的文字", texts)
    rows = [f"{table.key}.{row}" for table in tables.values() for row in table.rows]
    if "roles" not in data:
        raise FormError("缺少 [roles] 这一节。请从原来的模板再复制一份。")
    require_same("roles", list(data["roles"]), ROLES)
    for role, keys in data["roles"].items():
        require_known(f"roles 的 {role}", keys, [*texts, *rows])
    return Form(
        format=data["format"],
        source=data["source"],
        title_words=tuple(tuple(line.split("|")) for line in data["title"]),
        parts=parts,
        tables=tables,
        cells={cell.key: cell for table in tables.values() for cell in table.cells},
        sums=tuple(sum_ for table in tables.values() for sum_ in table.sums),
        years=tuple(relation for table in tables.values() for relation in table.years),
        superseded=tuple(
            Superseded(tuple(entry["written"]), entry["now"], entry["beside"])
            for entry in data.get("superseded", ())
        ),
        roles={role: tuple(keys) for role, keys in data["roles"].items()},
        folder=folder,
        base=_base(data.get("base"), folder),
        from_year=data.get("from_year", 0),
        to_year=data.get("to_year"),
    )


def _base(format: str | None, folder: Path) -> Path | None:
    """The folder of the format that has the templates this one lacks, beside its own."""
    if format is None:
        return None
    if format == folder.name or format not in known_formats(folder.parent):
        raise FormError(f"base 要写另一个格式的文件夹名，没有“{format}”这个格式")
    return folder.parent / format


def _with_not_added(key: str, data: dict[str, Any], format: str, folder: Path) -> dict[str, Any]:
    """A table of a form copied before forms said what does not add up: it does not add up what the project's does not."""
    if "not_added" in data or folder.parent == templates_folder():
        return data
    project = _of_the_same_name(folder, format)
    known = project.tables.get(key) if project else None
    names = (
        [f"{cell.row}.{cell.column}".strip(".") for cell in known.cells if not cell.adds_up] if known else []
    )
    return {
        **data,
        "not_added": [name for name in names if name in _places(data["rows"], data.get("heads", ()))],
    }


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
        for field in ("units", "decimals", "signed", "not_added"):
            require_known(field, data.get(field, ()), _places(labels, heads))
        rows = _rows(key, data, grid, unit)
        sums = [
            sum_
            for family in data.get("sums", ())
            for sum_ in _sums(key, name, family, rows, groups, _plain(heads))
        ]
        columns = {row.key: [cell.column for cell in row.cells] for row in rows.values()}
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
        rows={row.key: row._replace(total=_total(row, sums)) for row in rows.values()},
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


def _places(rows: Iterable[str], heads: Iterable[str]) -> list[str]:
    """How ``units``, ``decimals``, ``signed`` and ``not_added`` name figures: a row, a column, or one figure as ``row.column``."""
    heads = list(heads)
    return [*(name for row in rows for name in (row, *(f"{row}.{head}" for head in heads))), *heads]


def _rows(table: str, data: dict[str, Any], grid: Grid, unit: str) -> dict[str, Row]:
    """The rows in the order of ``rows``; each figure of the grid becomes a cell."""
    found: dict[str, list[Cell]] = {key: [] for key in data["rows"]}
    labels = {}
    for figure in (cell for row in grid for cell in row if cell.kind == "figure"):
        (head,) = figure.named("row")
        row = head.key
        columns = figure.named("head")
        column = columns[0].key if columns else ""
        names = (f"{row}.{column}", row, column)
        labels[row] = data["name"] + "·" + " ".join(h.label for h in (*figure.named("group"), head))
        found[row].append(
            Cell(
                key=figure.key,
                table=table,
                row=row,
                column=column,
                label="·".join([labels[row], *(column.label for column in columns)]),
                unit=next((data["units"][name] for name in names if name in data.get("units", {})), unit),
                decimal=any(name in data.get("decimals", ()) for name in names),
                signed=any(name in data.get("signed", ()) for name in names),
                adds_up=not any(name in data.get("not_added", ()) for name in names),
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
        added = [(n, [row for key in keys for row in groups.get(key, (key,))]) for n, keys in sides]
        known = {cell.key for row in rows.values() for cell in row.cells}
        for column, head in heads.items():
            left, right = (Side(n, tuple(f"{table}.{row}.{column}" for row in named)) for n, named in added)
            if known.issuperset(left.cells + right.cells):
                yield Sum(table, f"{name}·{head}", left, right)
    else:
        raise FormError(f"sums 的 in_each 只能是 row 或 column，不能是“{family['in_each']}”")
