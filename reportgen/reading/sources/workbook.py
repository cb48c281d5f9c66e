"""The bytes of an Excel workbook -> its sheets: what stands in each cell, what is merged, what is hidden, what is named.

Nothing is understood yet. A sheet that is far larger than any report is told and left out (ECMA-376 part 1, clause 18).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from ...model.package import Package, PackageError
from ...model.workbook import MOST_COLUMNS, MOST_ROWS, Place, address, place_of
from .workbook_cells import Cells, Value, number_of

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_CELLS = 20_000
"""Of a sheet, with something in them; the tables of a report have about 300."""
MOST_CHARACTERS = 2_000_000
"""Of all cells of a sheet; a report has perhaps 20,000."""
MOST_SHEETS = 100
MOST_MERGED, MOST_COLUMN_RANGES = 5_000, 500
"""Of a sheet."""

_NAMED = re.compile(r"=?(?:'((?:[^']|'')+)'|\$?([^'!]+))!(\$?[A-Z]{1,3}\$?\d{1,7})(?::.*)?")
_ROOT = "_rels/.rels"


@dataclass(frozen=True)
class Merged:
    """Cells that are one: from its first row and column to its last, all counted from 0."""

    row: int
    column: int
    last_row: int
    last_column: int


@dataclass
class Sheet:
    """One sheet."""

    name: str
    is_hidden: bool = False
    values: dict[Place, Value] = field(default_factory=dict)
    """The cells that are not empty."""
    merged: list[Merged] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    """Of the rows with something in them."""
    hidden_columns: set[int] = field(default_factory=set)
    is_unread: bool = False
    """Whether it is damaged, or far larger than any report; then its cells are not all there."""

    @property
    def hidden(self) -> list[str]:
        """What of it is hidden and has something in it, in words: 第 5 行, C 列."""
        columns = sorted({column for _, column in self.values} & self.hidden_columns)
        return [
            *(f"第 {row + 1} 行" for row in sorted(self.hidden_rows)),
            *(f"{address((0, column))[:-1]} 列" for column in columns),
        ]


@dataclass(frozen=True)
class Book:
    """A workbook."""

    sheets: tuple[Sheet, ...]
    names: Mapping[str, tuple[str, Place]]
    """The cells that have a name, by that name in lower case: their sheet, and their place in it."""
    left_out: int = 0
    """How many sheets there are beyond those that are read."""


def is_workbook(package: Package) -> bool:
    """Whether a package is an Excel workbook."""
    try:
        return _part(package) in package.parts
    except PackageError:
        return False


def read_workbook(package: Package) -> Book:
    """Read all sheets.

    Raises:
        PackageError: it cannot be read.
    """
    return _Reader(package).book()


def _part(package: Package) -> str:
    """The name of the part that is the workbook."""
    for relation in _relations(package, _ROOT):
        kind = relation.get("Type", "")
        if kind.endswith("/officeDocument") and "word" not in relation.get("Target", "").lower():
            return _target("", relation.get("Target", ""))
    return "xl/workbook.xml"


def _relations(package: Package, part: str) -> list[_Element]:
    root = package.xml(part)
    return [] if root is None else list(root.iterfind("{*}Relationship"))


def _target(folder: str, target: str) -> str:
    """The name of the part that a relation of a part in ``folder`` leads to."""
    if target.startswith("/"):
        return target[1:]
    steps = [step for step in folder.split("/") if step]
    for step in target.split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps)


class _Reader:
    """Reads one package."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.part = _part(package)
        self.folder = self.part.rpartition("/")[0]

    def book(self) -> Book:
        """The sheets in the order of their tabs."""
        root = self.package.xml(self.part)
        if root is None:
            raise PackageError("这不是 Excel 工作簿。")
        properties = root.find("{*}workbookPr")
        since_1904 = properties is not None and _is_on(properties.get("date1904"))
        self.cells = Cells(self._related, since_1904)
        name = self.part.rpartition("/")[2]
        targets = {
            relation.get("Id"): _target(self.folder, relation.get("Target", ""))
            for relation in _relations(self.package, f"{self.folder}/_rels/{name}.rels".lstrip("/"))
            if relation.get("Type", "").endswith("/worksheet") and relation.get("TargetMode") != "External"
        }
        listed = [
            (element, targets[id])
            for element in root.iterfind("{*}sheets/{*}sheet")
            if (id := next((v for k, v in element.attrib.items() if str(k).endswith("}id")), None)) in targets
        ]
        names = dict(self._names(root))
        sheets = []
        for element, target in listed[:MOST_SHEETS]:
            sheet = Sheet(element.get("name", ""), element.get("state", "visible") != "visible")
            if target in self.package.parts:
                self._read(sheet, target)
                sheets.append(sheet)
        return Book(tuple(sheets), names, max(0, len(listed) - MOST_SHEETS))

    def _names(self, root: _Element) -> Iterator[tuple[str, tuple[str, Place]]]:
        for element in root.iterfind("{*}definedNames/{*}definedName"):
            match = _NAMED.fullmatch((element.text or "").strip())
            place = place_of(match[3]) if match else None
            if match and place and element.get("localSheetId") is None:
                sheet = match[1].replace("''", "'") if match[1] else match[2]
                yield element.get("name", "").lower(), (sheet, place)

    def _related(self, kind: str) -> _Element | None:
        """The root of the part of one kind that belongs to the workbook; None where there is none."""
        name = self.part.rpartition("/")[2]
        for relation in _relations(self.package, f"{self.folder}/_rels/{name}.rels".lstrip("/")):
            target = _target(self.folder, relation.get("Target", ""))
            if relation.get("Type", "").endswith(kind) and target in self.package.parts:
                return self.package.xml(target)
        return None

    # ── sheets ──────────────────────────────────────────────────────────────────────────────────────

    def _read(self, sheet: Sheet, part: str) -> None:
        try:
            root = self.package.xml(part)
        except PackageError:
            sheet.is_unread = True
            return
        if root is None:
            return
        for element in islice(root.iterfind("{*}cols/{*}col"), MOST_COLUMN_RANGES):
            first, last = (number_of(element.get(name), MOST_COLUMNS) for name in ("min", "max"))
            if _is_on(element.get("hidden")):
                sheet.hidden_columns.update(range(max(first, 1) - 1, last))
        for element in islice(root.iterfind("{*}mergeCells/{*}mergeCell"), MOST_MERGED):
            if merged := _merged(element.get("ref", "")):
                sheet.merged.append(merged)
        characters, row = 0, -1
        for element in root.iterfind("{*}sheetData/{*}row"):
            row = number_of(element.get("r"), MOST_ROWS, row + 2) - 1
            before = len(sheet.values)
            for place, value in self._row(element, row):
                characters += len(value.text) + len(value.formula or "")
                if len(sheet.values) >= MOST_CELLS or characters > MOST_CHARACTERS:
                    sheet.is_unread = True
                    return
                sheet.values[place] = value
            if len(sheet.values) > before and _is_on(element.get("hidden")):
                sheet.hidden_rows.add(row)

    def _row(self, element: _Element, row: int) -> Iterator[tuple[Place, Value]]:
        column = -1
        for cell in element.iterfind("{*}c"):
            place = place_of(cell.get("r", "")) or (row, column + 1)
            column = place[1]
            value = self.cells.value(cell)
            if value and column < MOST_COLUMNS:
                yield place, value


def _merged(ref: str) -> Merged | None:
    first, _, last = ref.partition(":")
    start, end = place_of(first), place_of(last)
    if not start or not end or end < start or end[1] < start[1] or start == end:
        return None
    return Merged(*start, *end)


def _is_on(written: str | None) -> bool:
    return written in ("1", "true")
