"""One table of our workbook, as somebody filled it in -> its figures.

A figure stands below its heads and beside its labels; its name tells where it was made. Where the two say different
places, cells were moved, and the labels are right. Totals are added up anew: what a program has stored beside a formula
may be old.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from ...form.model import Form, GridCell, Table
from ...model.report import added, printed
from ...model.workbook import Place, name_of, total_formula, totals
from ..figures import FigureError, read_figure
from ..labels import figure, plain
from .extract import Grid, Spot
from .label_places import LabelPlaces
from .workbook import Book, Sheet
from .workbook_cells import Value

_SHOWN = 3
"""Cells that a remark names."""


@dataclass(frozen=True)
class _Found:
    """What stands where a figure belongs."""

    place: Place
    value: Value


class FilledTable:
    """Reads one table of a workbook of ours."""

    def __init__(self, book: Book, form: Form, table: Table) -> None:
        self.book, self.form, self.table = book, form, table
        self.remarks: list[str] = []
        self.printed = {cell.key: cell for row in table.grid for cell in row if cell.kind == "figure"}
        self.names = {key: place for key in self.printed if (place := book.names.get(name_of(key).lower()))}
        self.sheet = self._sheet()
        self.found = dict(self._places()) if self.sheet and not self.sheet.is_unread else {}
        self.totals = totals(table)
        self.figures: dict[str, str] = {}
        """The figures, as printed; a cell that is not filled in is missing."""
        self._read()

    def grid(self) -> Grid:
        """The table as it is printed, with what stands in its cells."""
        return Grid(
            tuple(
                Spot(self._text(cell), cell.row, cell.column, cell.rows, cell.columns)
                for row in self.table.grid
                for cell in row
            )
        )

    def _text(self, cell: GridCell) -> str:
        """A label, a figure, or what stands where one belongs; of a total that cannot be added up, nothing."""
        if cell.kind != "figure" or cell.key in self.figures:
            return self.figures.get(cell.key, cell.label)
        found = self.found.get(cell.key)
        is_added_up = cell.key in self.totals and found is not None and found.value.formula is not None
        return found.value.text if found and not is_added_up else ""

    # ── where the figures stand ─────────────────────────────────────────────────────────────────────

    def _sheet(self) -> Sheet | None:
        """The sheet with the table: that of its names, or the only one with its labels."""
        named = {name for name, _ in self.names.values()}
        sheets = [sheet for sheet in self.book.sheets if sheet.name in named]
        if len(sheets) != 1:
            wanted = {
                plain(cell.label) for row in self.table.grid for cell in row if cell.kind in ("head", "row")
            }
            sheets = [
                sheet
                for sheet in self.book.sheets
                if len(wanted & {plain(value.text) for value in sheet.values.values()}) > len(wanted) / 2
            ]
        if len(sheets) != 1:
            what = "有几页都像是这张表" if sheets else "没有找到这张表"
            self.remarks.append(f"{self.table.name}：{what}，没有读。")
            return None
        if sheets[0].is_unread:
            self.remarks.append(f"{self.table.name}：“{sheets[0].name}”页太大或已经损坏，没有读。")
        return sheets[0]

    def _places(self) -> Iterator[tuple[str, _Found]]:
        """Each figure with its place, as certain as it can be."""
        assert self.sheet is not None
        labelled = LabelPlaces(self.sheet)
        by_label = {key: place for key, cell in self.printed.items() if (place := labelled.place(cell))}
        by_name = {key: place for key, (name, place) in self.names.items() if name == self.sheet.name}
        in_order = self._in_order(by_name)
        moved = [key for key, place in by_name.items() if by_label.get(key, place) != place]
        places = {
            key: by_label[key] if key in by_label else by_name[key]
            for key in self.printed
            if key in by_label or (key in by_name and in_order)
        }
        taken = list(places.values())
        lost = [key for key in self.printed if key not in places or taken.count(places[key]) > 1]
        self._say([key for key in moved if key not in lost], "被移动过，按表头和行名读")
        self._say(lost, "的位置动过，或者表头、行名改过，不能确定是哪一格，没有读")
        for key, place in places.items():
            if key not in lost:
                yield key, _Found(place, self.sheet.values.get(place, Value("")))

    def _in_order(self, by_name: Mapping[str, Place]) -> bool:
        """Whether all names of the table are there and stand to each other as the form has them."""
        if by_name.keys() != self.printed.keys():
            return False
        for axis in (0, 1):
            lines: dict[int, set[int]] = {}
            for key, cell in self.printed.items():
                lines.setdefault((cell.row, cell.column)[axis], set()).add(by_name[key][axis])
            found = [lines[line] for line in sorted(lines)]
            if any(len(line) > 1 for line in found) or any(max(a) >= min(b) for a, b in pairwise(found)):
                return False
        return True

    # ── what they are ───────────────────────────────────────────────────────────────────────────────

    def _read(self) -> None:
        own = {
            key for key, found in self.found.items() if key in self.totals and found.value.formula is not None
        }
        wrong: list[str] = []
        bare: list[str] = []
        for key, found in self.found.items():
            if key not in own:
                figure, is_wrong = self._figure(key, found.value)
                if figure is not None:
                    self.figures[key] = figure
                if is_wrong:
                    wrong.append(key)
                elif found.value.formula is not None and not found.value.text:
                    bare.append(key)
        self._say(wrong, "写的不是这一格能填的数，当作未填")
        self._say(bare, "是公式，文件里没有它的结果，当作未填；请在 Excel 或 WPS 里打开，保存一次")
        self._add_up(own)

    def _figure(self, key: str, value: Value) -> tuple[str | None, bool]:
        """The figure in a cell; whether something else stands there."""
        text = printed(value.number) if value.number is not None else value.text
        if not text:
            return None, False
        shown, unit, note = figure(text)
        cell = self.form.cells[key]
        if shown is None or note or unit not in ("", cell.unit):
            return None, bool(note or unit or shown)
        if value.number is not None and cell.decimal:
            zeros = figure(value.text)[0] or shown
            shown = zeros if Decimal(zeros) == Decimal(shown) else shown  # with the zeros at its end
        try:
            read_figure(Decimal(shown) if cell.decimal else int(shown), cell)
        except (FigureError, ValueError):
            return None, True
        return shown, False

    def _add_up(self, own: set[str]) -> None:
        """Compute the totals, and say which are not as they were made."""
        typed, stale, changed, unsure = (list[str]() for _ in range(4))
        for key in self._totals_first_to_last():
            parts = self.totals[key].right.cells
            whole = all(part in self.figures for part in parts)
            total = (
                printed(added({part: Decimal(self.figures[part]) for part in parts}, parts))
                if whole
                else None
            )
            if key not in own:
                if key in self.figures:
                    typed.append(key)
                continue
            value = self.found[key].value
            shown = self._figure(key, value)[0] if value.text else None
            is_ours = self._is_ours(key, value.formula or "")
            if is_ours or shown is None or shown == total:
                if total is not None:
                    self.figures[key] = total
                if total != shown and (shown is not None or value.number is not None):
                    stale.append(key)
            else:
                (changed if self.found.keys() >= set(parts) else unsure).append(key)
                self.figures[key] = shown
        self._say(typed, "不是公式，是直接填的数，照填的读")
        self._say(stale, "的合计是旧的，已经重新相加")
        self._say(unsure, "有的格没有找到，不能重新相加，照显示的读")
        self._say(changed, "的公式改过，结果和各格相加不同，照显示的读")

    def _totals_first_to_last(self) -> Iterator[str]:
        """The totals that were found, each after those it is added up of."""
        waiting = [key for key in self.totals if key in self.found]
        while waiting:
            ready = [key for key in waiting if not set(waiting) & set(self.totals[key].right.cells)]
            yield from ready
            waiting = [key for key in waiting if key not in ready]

    def _is_ours(self, key: str, formula: str) -> bool:
        parts = self.totals[key].right.cells
        if not formula:
            return True  # told in another cell that has the same
        places = [self.found[part].place for part in parts if part in self.found]
        return formula.replace("$", "").replace(" ", "").lstrip("=").upper() == total_formula(places).upper()

    def _say(self, keys: list[str], what: str) -> None:
        """Add a remark on some cells."""
        if keys:
            names = "、".join(self.form.cells[key].label for key in keys[:_SHOWN])
            more = f"等 {len(keys)} 格" if len(keys) > _SHOWN else ""
            self.remarks.append(f"{names}{more}{what}。")
