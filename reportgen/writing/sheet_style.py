"""How the workbook looks: its fonts, colours and borders, and what a protected sheet still allows."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

FONT, TITLE_FONT = "宋体", "黑体"
SIZE = 10
"""Of the tables, in points; printed they come out smaller, as wide as the page."""
SCALE = 1.25
"""How much larger the table is on the screen than on the printed page."""
PIXELS, POINTS = 96 / 25.4, 72 / 25.4
"""In a mm."""
GREY, LIGHT, LINES = "#E7E6E6", "#F2F2F2", "#7F7F7F"
WRONG, WRONG_FILL = "#9C0006", "#FFC7CE"

ALLOWED = {"format_columns": True, "format_rows": True}
"""What may be done in a protected sheet besides filling in."""

_BORDER = {"border": 1, "border_color": LINES}
_LABEL = {**_BORDER, "align": "center", "valign": "vcenter", "text_wrap": True, "bg_color": LIGHT}
_FIGURE = {**_BORDER, "align": "center", "valign": "vcenter", "shrink": True}
_STYLES: dict[str, dict[str, Any]] = {
    "title": {"font_name": TITLE_FONT, "font_size": 14, "align": "center", "valign": "vcenter"},
    "heading": {"font_name": TITLE_FONT, "font_size": 11, "valign": "vcenter"},
    "status": {"font_size": 9, "valign": "vcenter", "text_wrap": True, "font_color": "#595959"},
    "label": _LABEL,
    "label left": {**_LABEL, "align": "left"},
    "figure": {**_FIGURE, "locked": False},
    "computed": {**_FIGURE, "bg_color": GREY},
    "check": {"font_size": 9, "indent": 1, "valign": "vcenter", "font_color": "#595959", "shrink": True},
    "check label": {"font_size": 9, "align": "right", "valign": "vcenter", "font_color": "#595959", "text_wrap": True},
    "check below": {"font_size": 9, "align": "center", "valign": "vcenter", "font_color": "#595959", "shrink": True},
    "part": {**_LABEL, "align": "left", "bold": True, "bg_color": GREY},
    "text": {**_BORDER, "align": "left", "valign": "top", "text_wrap": True, "locked": False},
    "given": {**_BORDER, "align": "left", "valign": "top", "text_wrap": True, "bg_color": GREY},
    "wrong": {"font_color": WRONG, "bg_color": WRONG_FILL},
}  # fmt: skip


class Styles:
    """The formats of one workbook by name, made when they are first used.

    ``conditional`` are the names of those that change only what they name.
    """

    def __init__(
        self,
        book: Workbook,
        styles: Mapping[str, Mapping[str, Any]] = _STYLES,
        conditional: Collection[str] = ("wrong",),
    ) -> None:
        self._book = book
        self._styles = styles
        self._conditional = conditional
        self._made: dict[tuple[str, str], Format] = {}

    def __getitem__(self, name: str) -> Format:
        return self.numbered(name, "")

    def numbered(self, name: str, number: str) -> Format:
        """A format that shows numbers in a certain way, such as ``0.00``; "" as Excel does without being told."""
        if (name, number) not in self._made:
            base = {} if name in self._conditional else {"font_name": FONT, "font_size": SIZE}
            how = {"num_format": number} if number else {}
            self._made[name, number] = self._book.add_format({**base, **self._styles[name], **how})
        return self._made[name, number]


def length(text: str) -> float:
    """The width of a text in mm on the screen; a Latin character takes half of a Chinese one."""
    return sum(0.5 if char.isascii() else 1 for char in text) * SIZE / POINTS
