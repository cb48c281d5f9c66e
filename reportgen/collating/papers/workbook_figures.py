"""The sheet of all figures: a row for each of the form, a column for each body, and the sum as a formula over the row."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from xlsxwriter.worksheet import Worksheet

from ...form.model import Cell
from ...model.workbook import Place, address
from ...writing.sheet_style import Styles
from ..area import Area, Standing, State, Submission
from .workbook_style import write

LABELS = ("表", "行", "列", "单位", "合计", "有数的单位", "缺的单位", "说明")
TOTAL, COUNT, LACKING, REMARK = 4, 5, 6, 7
FIRST = len(LABELS)
"""The column of the first body."""
TOP = 5
"""The first row of figures: above it the title, what is lacking, the heads, the states and the files."""
DIGITS = 15
"""Significant digits that a number of Excel keeps."""
MOST_BODIES = 2000
"""Columns of bodies; of more, only the sums are in the workbook."""
SHEET = "数据"
NOT_ADDED = "各单位的不能相加，要按底册填写；这里的和只供对照"


class FigureSheet:
    """The sheet; it knows where each figure and each sum stands."""

    def __init__(self, sheet: Worksheet, styles: Styles, area: Area) -> None:
        self.sheet, self.styles, self.area = sheet, styles, area
        self.name = str(sheet.name)
        self.left_out = left_out(area)
        self.counted: Sequence[Standing] = () if self.left_out else _counted(area)
        self.beside: Sequence[Standing] = () if self.left_out else _beside(area)
        """Reports that are not added up, with a free column before them."""
        self.columns = {standing.name: FIRST + at for at, standing in enumerate(self.counted)}
        self.rows = {key: TOP + at for at, key in enumerate(area.form.cells)}
        self.last = FIRST + len(self.counted) - 1
        self.wrong = {
            (standing.name, cell)
            for standing in area.standings
            if standing.submission
            for told in standing.submission.errors
            for cell in told.cells
        }

    def total(self, cell: str) -> str:
        """A formula that is the sum of a cell."""
        return f"='{self.name}'!{_absolute((self.rows[cell], TOTAL))}"

    def figure(self, standing: Standing, cell: str) -> str:
        """A formula that is a body's figure, and empty where it has none; "" where it is not in the sheet."""
        if not standing.is_added or standing.name not in self.columns:
            return ""
        place = f"'{self.name}'!{_absolute((self.rows[cell], self.columns[standing.name]))}"
        return f'=IF(ISNUMBER({place}),{place},"")'

    def write(self, title: str) -> None:
        """Write it all."""
        sheet, styles = self.sheet, self.styles
        write(sheet, 0, 0, title, styles["title"])
        short = self.area.shortfall
        said = f"{short}，合计不是全部。" if short else "应当相加的单位都有了。"
        write(sheet, 1, 0, said + self._how(), styles["short" if short else "note"])
        for column, text in enumerate(LABELS):
            shown = f"合计（{short}）" if short and column == TOTAL else text
            sheet.merge_range(2, column, TOP - 1, column, shown, styles["head"])
        for standing in self.counted:
            self._write_head(self.columns[standing.name], standing, is_added=standing.is_added)
        for at, standing in enumerate(self.beside):
            self._write_head(self.last + 2 + at, standing, is_added=False)
        for cell in self.area.form.cells.values():
            self._write_row(cell)
        self._lay_out()

    def _how(self) -> str:
        if self.left_out:
            return self.left_out
        beside = "隔一列以后是没有计入的报告，只供对照。" if self.beside else ""
        return f"合计是右边各单位的数相加的公式；没有数的格涂黄，不当作 0；有错误的格涂红。{beside}"

    def _write_head(self, column: int, standing: Standing, *, is_added: bool) -> None:
        style = self.styles["body" if is_added else "body lacking"]
        sent = standing.submission
        state = standing.state.label if is_added or standing.state is not State.OK else "不计入"
        for row, text in enumerate((standing.name, state, sent.file if sent else ""), 2):
            write(self.sheet, row, column, text, style)

    def _write_row(self, cell: Cell) -> None:
        row, styles = self.rows[cell.key], self.styles
        table = self.area.form.tables[cell.table]
        label = table.rows[cell.row].label.removeprefix(f"{table.name}·")
        for column, text in enumerate((table.name, label, table.heads.get(cell.column, ""), cell.unit)):
            write(self.sheet, row, column, text, styles["row"])
        self._write_total(cell)
        write(self.sheet, row, REMARK, "" if cell.adds_up else "不能相加，只供对照", styles["row"])
        for standing in self.counted:
            if standing.is_added and standing.submission:
                self._write_figure(cell, self.columns[standing.name], standing, standing.submission)
            else:
                self.sheet.write_blank(row, self.columns[standing.name], None, styles["figure"])
        for at, standing in enumerate(self.beside):
            if standing.submission:
                self._write_figure(cell, self.last + 2 + at, standing, standing.submission)

    def _write_figure(self, cell: Cell, column: int, standing: Standing, sent: Submission) -> None:
        row, figure = self.rows[cell.key], sent.figures.get(cell.key, "")
        if not figure:
            words = sent.unread.get(cell.key, "")
            if words:
                write(self.sheet, row, column, words, self.styles["words"])
            else:
                self.sheet.write_blank(row, column, None, self.styles["figure"])
            return
        style = "wrong figure" if (standing.name, cell.key) in self.wrong else "figure"
        write_figure(self.sheet, (row, column), figure, self.styles, style)

    def _write_total(self, cell: Cell) -> None:
        row, total = self.rows[cell.key], self.area.totals[cell.key]
        style = "sum" if cell.adds_up else "no sum"
        count = len(total.contributors)
        figures = list(total.contributors.values())
        if not self.counted or any(not is_kept(figure) for figure in (*figures, total.figure)):
            if total.figure:
                write_figure(self.sheet, (row, TOTAL), total.figure, self.styles, style)
            else:
                self.sheet.write_blank(row, TOTAL, None, self.styles[style])
            write(self.sheet, row, COUNT, count, self.styles["centred"])
            write(self.sheet, row, LACKING, len(total.lacking), self.styles["centred"])
            return
        cells = f"{address((row, FIRST))}:{address((row, self.last))}"
        added = f"ROUND(SUM({cells}),{decimals(total.figure)})" if decimals(total.figure) else f"SUM({cells})"
        shown: Any = number(total.figure) if total.figure else ""
        look = self.styles.numbered(style, number_format(total.figure))
        self.sheet.write_formula(row, TOTAL, f'=IF(COUNT({cells})=0,"",{added})', look, shown)
        centred = self.styles["centred"]
        self.sheet.write_formula(row, COUNT, f"=COUNT({cells})", centred, count)
        lacking = f"={len(self.counted)}-COUNT({cells})"
        self.sheet.write_formula(row, LACKING, lacking, centred, len(self.counted) - count)

    def _lay_out(self) -> None:
        sheet, bottom = self.sheet, TOP + len(self.rows) - 1
        for column, width in enumerate((6, 44, 13, 6, 13, 8, 8, 18)):
            sheet.set_column(column, column, width)
        if self.counted:
            sheet.set_column(FIRST, self.last, 11)
            block = (TOP, FIRST, bottom, self.last)
            sheet.conditional_format(*block, {"type": "blanks", "format": self.styles["blank"]})
            rule = {"type": "cell", "criteria": "==", "value": 0, "format": self.styles["zero"]}
            sheet.conditional_format(*block, rule)
        if self.beside:
            sheet.set_column(self.last + 1, self.last + 1, 3)
            sheet.set_column(self.last + 2, self.last + 1 + len(self.beside), 11)
        sheet.set_row(2, 54)
        sheet.set_row(4, 30)
        sheet.freeze_panes(TOP, TOTAL + 1)
        sheet.set_landscape()
        sheet.set_paper(8)
        sheet.set_margins(0.4, 0.4, 0.5, 0.5)
        sheet.repeat_rows(2, TOP - 1)
        sheet.repeat_columns(0, TOTAL)
        sheet.set_footer("&C&P / &N")


def left_out(area: Area) -> str:
    """What the workbook says of the figures that it has no room for, and where they are; "" where all are in it."""
    number = len(_counted(area)) + len(_beside(area))
    if number <= MOST_BODIES:
        return ""
    return (
        f"单位有 {number} 个，超过 {MOST_BODIES} 个，“{SHEET}”页只写合计，没有公式，不写各单位的数；"
        "要看各单位的数，请加 --table 写成 CSV 表。"
    )


def _counted(area: Area) -> list[Standing]:
    return [standing for standing in area.standings if standing.body.is_added_up]


def _beside(area: Area) -> list[Standing]:
    """Reports that are not added up."""
    return [
        standing
        for standing in area.standings
        if not standing.is_added and standing.submission and standing.submission.figures
    ]


def write_figure(sheet: Worksheet, place: Place, figure: str, styles: Styles, style: str) -> None:
    """Write a figure as a number; one with more digits than Excel keeps as text, exactly."""
    if is_kept(figure):
        sheet.write_number(*place, number(figure), styles.numbered(style, number_format(figure)))
    else:
        write(sheet, *place, figure, styles[style])


def is_kept(figure: str) -> bool:
    """Whether Excel keeps all digits of a figure."""
    return len(figure) <= DIGITS or len(Decimal(figure).as_tuple().digits) <= DIGITS


def number(figure: str) -> int | float:
    return int(figure) if figure.lstrip("-").isdigit() else float(figure)


def decimals(figure: str) -> int:
    """Digits behind the point.

    >>> decimals("7730.28"), decimals("12")
    (2, 0)
    """
    return len(figure.partition(".")[2])


def number_format(figure: str) -> str:
    """How Excel has to show a figure with all its decimals; "" as it does by itself."""
    return f"0.{'0' * decimals(figure)}" if decimals(figure) else ""


def _absolute(place: Place) -> str:
    row, column = place
    return f"${address((0, column))[:-1]}${row + 1}"
