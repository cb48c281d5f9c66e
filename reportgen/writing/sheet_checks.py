"""The sums of a table in its sheet, checked while it is filled in: beside it, below it, and in the line above it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil

from xlsxwriter.worksheet import Worksheet

from ..form.model import Sum, Table
from ..model.findings import Figure
from ..model.report import added, printed
from ..model.workbook import Place, address, ranges
from .sheet_style import SCALE, Styles, length

LONGEST_FORMULA = 6000
"""Characters; Excel refuses more than 8192."""
HOLDS = "√"
"""What stands beside a sum that holds; beside one that is not filled in yet, nothing."""


@dataclass(frozen=True)
class Check:
    """A sum, the cell that tells whether it holds, and what that cell says before the difference."""

    sum: Sum
    place: Place
    words: str


class TableChecks:
    """The checks of one table."""

    def __init__(
        self,
        sheet: Worksheet,
        styles: Styles,
        table: Table,
        places: Mapping[str, Place],
        shown: Mapping[str, Figure],
    ) -> None:
        self.sheet, self.styles, self.table = sheet, styles, table
        self.places, self.shown = places, shown
        """Where the figures stand, and what their cells show, by key."""
        self.width = len(table.widths)
        self.last_column = self.width if table.sums else self.width - 1

    def write(self, bottom: int) -> int:
        """Write them all, ``bottom`` being the first row below the table; the last row that holds one, 0 for none."""
        checks = list(self._checks(bottom))
        for check in checks:
            self._write_check(check)
        self._write_status(checks)
        return max((check.place[0] for check in checks), default=0)

    def _checks(self, bottom: int) -> Iterator[Check]:
        """Where each sum is checked: beside its row, below its column, or on a line of its own."""
        below: dict[tuple[str, str], int] = {}
        for sum_ in self.table.sums:
            at = [self.places[key] for key in sum_.cells]
            rows, columns = {row for row, _ in at}, {column for _, column in at}
            words = f"{sum_.left.name}比{sum_.right.name}"
            family = (sum_.left.name, sum_.right.name)
            label_columns = min(column for _, column in self.places.values())
            if len(columns) == 1 and label_columns:
                if family not in below:
                    below[family] = bottom
                    self._write_check_label(bottom, label_columns - 1, f"{sum_.left.name}＝{sum_.right.name}")
                    bottom += 1
                yield Check(sum_, (below[family], columns.pop()), "")
            elif len(rows) == 1 and len([s for s in self.table.sums if self._is_in(s, rows)]) == 1:
                yield Check(sum_, (rows.pop(), self.width), words)
            else:
                self._write_check_label(
                    bottom, self.width - 1, f"{self._name(sum_)}：{sum_.left.name}＝{sum_.right.name}"
                )
                yield Check(sum_, (bottom, self.width), words)
                bottom += 1

    def _is_in(self, sum_: Sum, rows: set[int]) -> bool:
        return {self.places[key][0] for key in sum_.cells} == rows

    def _name(self, sum_: Sum) -> str:
        return sum_.label.removeprefix(f"{self.table.name}·")

    def _write_check_label(self, row: int, last: int, text: str) -> None:
        self.sheet.set_row(
            row, max(18, 13 * ceil(length(text) / (SCALE * sum(self.table.widths[: last + 1]))))
        )
        if last:
            self.sheet.merge_range(row, 0, row, last, text, self.styles["check label"])
        else:
            self.sheet.write_string(row, 0, text, self.styles["check label"])

    def _difference(self, check: Check) -> tuple[str, int]:
        """The difference of the two sides as a formula, and how many cells are in it."""
        left, right = ([self.places[key] for key in side.cells] for side in (check.sum.left, check.sum.right))
        return f"ROUND(SUM({ranges(left)})-SUM({ranges(right)}),8)", len(left) + len(right)

    def _write_check(self, check: Check) -> None:
        difference, number = self._difference(check)
        words = check.words.replace('"', '""')
        wrong = f'"{words}"&IF({difference}>0,"多"&{difference},"少"&-{difference})'
        filled = ranges(self.places[key] for key in check.sum.cells)
        formula = f'=IF(COUNT({filled})<{number},"",IF({difference}=0,"{HOLDS}",{wrong}))'
        style = self.styles["check" if check.words else "check below"]
        self.sheet.write_formula(*check.place, formula, style, self._shown_beside(check))
        cell = address(check.place)
        rule = {
            "type": "formula",
            "criteria": f'=AND({cell}<>"",{cell}<>"{HOLDS}")',
            "format": self.styles["wrong"],
        }
        self.sheet.conditional_format(*check.place, *check.place, rule)

    def _shown_beside(self, check: Check) -> str:
        """What the formula of a check gives."""
        if any(key not in self.shown for key in check.sum.cells):
            return ""
        left, right = (Decimal(added(self.shown, side.cells)) for side in (check.sum.left, check.sum.right))
        if left == right:
            return HOLDS
        return f"{check.words}{'多' if left > right else '少'}{printed(abs(left - right).normalize())}"

    def _write_status(self, checks: Sequence[Check]) -> None:
        """How far the table is filled in, and which of its sums do not hold."""
        figures = ranges(self.places.values())
        number = len(self.places)
        filled = sum(key in self.shown for key in self.places)
        formula = f'"已填 "&COUNT({figures})&" 格，未填 "&({number}-COUNT({figures}))&" 格"'
        shown = f"已填 {filled} 格，未填 {number - filled} 格"
        if checks:
            cells = [address(check.place) for check in checks]
            holding = "+".join(
                f'COUNTIF({run},"{HOLDS}")' for run in ranges(c.place for c in checks).split(",")
            )
            formula += f'&"；勾稽关系 {len(checks)} 项，成立 "&({holding})&" 项"'
            shown += (
                f"；勾稽关系 {len(checks)} 项，成立 {sum(self._shown_beside(c) == HOLDS for c in checks)} 项"
            )
            names = [
                f"{self._name(c.sum)} {c.sum.left.name}≠{c.sum.right.name}".replace('"', "") for c in checks
            ]
            told = "&".join(
                f'IF(OR({cell}="",{cell}="{HOLDS}"),"","；不成立："&"{name}")'
                for cell, name in zip(cells, names, strict=True)
            )
            if len(told) < LONGEST_FORMULA:
                formula += f"&{told}"
                shown += "".join(
                    f"；不成立：{name}"
                    for check, name in zip(checks, names, strict=True)
                    if self._shown_beside(check) not in ("", HOLDS)
                )
        else:
            formula += '&"；这张表没有勾稽关系，请对照底表再核对一遍"'
            shown += "；这张表没有勾稽关系，请对照底表再核对一遍"
        self.sheet.write_formula(2, 0, f"={formula}", self.styles["status"], shown)
        rule = {
            "type": "formula",
            "criteria": '=ISNUMBER(SEARCH("不成立",A3))',
            "format": self.styles["wrong"],
        }
        self.sheet.conditional_format(2, 0, 2, self.last_column, rule)
