"""The official form: its parts, its tables and its sums.

What a form holds comes from ``templates/<format>/form.toml`` (see :mod:`.form_file`); nothing else in the project
knows a label, a key, a span or a sum. A *cell* is one of the figures, named by its
dotted key such as ``requests.granted.natural``.

Source of the 2021 form: 国办公开办函〔2021〕30号.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from .completeness import Lacking, lacking
from .grid import Grid, GridCell
from .years import YearRelation

__all__ = [
    "Cell",
    "Form",
    "GridCell",
    "Part",
    "Row",
    "Side",
    "Sum",
    "Superseded",
    "Table",
    "YearRelation",
]


class Cell(NamedTuple):
    """One figure of the form."""

    key: str
    table: str
    row: str
    column: str
    """Empty where the row is a single figure, such as ``active_disclosure.licensing``."""
    label: str
    """The place in the clerk's terms: 表三·（四）无法提供 1.本机关不掌握相关政府信息·自然人."""
    unit: str
    decimal: bool
    """Whether the figure may have decimals (an amount in 万元); all others are whole numbers."""
    signed: bool = False
    """Whether the figure may be negative (本年增/减)."""
    adds_up: bool = True
    """Whether the figures of several bodies add up to that of their area. Documents do not: one may be of several
    bodies, and be counted by each."""


class Row(NamedTuple):
    """One row of figures as the input file writes it."""

    key: str
    label: str
    cells: tuple[Cell, ...]
    total: Cell | None
    """The cell that is the sum of the others and may be left out of the input."""

    @property
    def is_single(self) -> bool:
        return not self.cells[0].column


class Side(NamedTuple):
    """One side of a sum: its name in the clerk's words and the cells that are added up."""

    name: str
    cells: tuple[str, ...]


class Sum(NamedTuple):
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

    def __hash__(self) -> int:
        return hash(self.key)

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


class Part(NamedTuple):
    """One part of the report in its order: a narrative or a table, under a heading or none."""

    name: str
    heading: str | None
    text: str
    """The key of its narrative; empty where it is a table."""
    table: str
    """The key of its table; empty where it is a narrative."""
    optional: bool
    signature: bool = False
    """Whether it is the name of the body and the date below the text; the input has a table of its own for it."""
    aspects: tuple[tuple[str, ...], ...] = ()
    """What the text has to treat: the name of each aspect, then other words headings have for it."""

    @property
    def key(self) -> str:
        """The key of its text or of its table."""
        return self.text or self.table


class Superseded(NamedTuple):
    """A legal basis that no longer holds: how it is written, and what holds ``now``.

    A sentence that names ``beside`` too tells its history, and is right.
    """

    written: tuple[str, ...]
    now: str
    beside: str


ROLES = ("overview", "problems", "fee", "regulations", "decisions")
"""What the checks have to recognise in a form: the first three are parts of the text, the others rows."""


@dataclass(frozen=True, eq=False)
class Form:
    """The whole official form of one format; one that was read from the same file is the same object."""

    format: str
    source: str
    title_words: tuple[tuple[str, ...], ...]
    """The lines of the title, each in the words between which a narrow screen may break it."""
    parts: tuple[Part, ...]
    tables: Mapping[str, Table]
    cells: Mapping[str, Cell]
    sums: tuple[Sum, ...]
    years: tuple[YearRelation, ...]
    superseded: tuple[Superseded, ...]
    roles: Mapping[str, tuple[str, ...]]
    """The keys of the parts and rows that play each of :data:`ROLES`; a form may have none for a role."""
    folder: Path
    base: Path | None = None
    """The folder of the format that has the templates this one lacks."""
    from_year: int = 0
    to_year: int | None = None
    """The reports of these years are made in it; None: up to now."""
    project: Form | None = None
    """The project's form of the same name, where this one is of another folder of templates."""

    @cached_property
    def lacking(self) -> Lacking:
        """What it has less than the project's form of the same name."""
        return lacking(self, self.project) if self.project else Lacking()

    def is_of(self, year: int) -> bool:
        """Whether the report of ``year`` is made in this form."""
        return self.from_year <= year and (self.to_year is None or year <= self.to_year)

    @property
    def years_of_use(self) -> str:
        """The years of its reports in Chinese: 2019年至2020年, or 2021年起."""
        return f"{self.from_year}年" + ("起" if self.to_year is None else f"至{self.to_year}年")

    @cached_property
    def title(self) -> tuple[str, ...]:
        """The title in the pieces between which it may be broken on paper."""
        return tuple(map("".join, self.title_words))

    def file(self, name: str) -> Path:
        """Where the template ``name`` is: in the form's own folder, or in that of its base."""
        own = self.folder / name
        return self.base / name if self.base and not own.is_file() else own

    def playing(self, role: str) -> tuple[Cell, ...]:
        """The cells of the rows that play ``role``."""
        rows = self.roles[role]
        return tuple(cell for cell in self.cells.values() if f"{cell.table}.{cell.row}" in rows)

    @cached_property
    def signature(self) -> Part | None:
        """The part that is the signature; None where the form knows none."""
        return next((part for part in self.parts if part.signature), None)

    @cached_property
    def text_names(self) -> Mapping[str, str]:
        """What each narrative part is called, by its key, in the order of the parts: ``overview`` → 一、总体情况."""
        return {part.text: part.name for part in self.parts if part.text}

    def quantities(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Every name a narrative may use for a number, with the cells it adds up: cells and sums of groups."""
        for cell in self.cells.values():
            yield cell.key, (cell.key,)
        for table in self.tables.values():
            for group, rows in table.groups.items():
                for column in table.heads:
                    cells = tuple(f"{table.key}.{row}.{column}" for row in rows)
                    if self.cells.keys() >= set(cells):
                        yield f"{table.key}.{group}.{column}", cells

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
            heads = "、".join(self.tables[table].heads[cell.column] for cell in members)
            whole = len(members) == len(found.cells)
            places.append(found.label + ("（全行）" if whole else f"·{heads}"))
        return "；".join(places)
