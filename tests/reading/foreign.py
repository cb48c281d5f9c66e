"""The official tables as other programs print them: every figure another number, so that a misread one is seen."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.form.model import Form, Table
from reportgen.reading.sources.extract import Geometry, Grid


@dataclass
class Printed:
    """A table as rows of cells that can be moved about: words, the span in rows and in columns."""

    rows: list[list[tuple[str, int, int]]]

    def grid(self) -> Grid:
        """The cells placed as browsers place them."""
        made = Geometry()
        for row in self.rows:
            made.row()
            for text, rows, columns in row:
                made.cell(text, rows, columns)
        return made.grid()


def numbers(form: Form) -> dict[str, str]:
    """A figure for every cell, none twice; sums do not hold among them."""
    return {key: str(1001 + i) for i, key in enumerate(form.cells)}


def printed(table: Table, figures: dict[str, str]) -> Printed:
    """The table with its official labels and spans."""
    return Printed(
        [
            [
                (figures.get(cell.key, "") if cell.kind == "figure" else cell.label, cell.rows, cell.columns)
                for cell in row
            ]
            for row in table.grid
        ]
    )
