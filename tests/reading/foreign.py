"""The official tables as other programs print them: every figure another number, so that a misread one is seen."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

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


def sound(form: Form, random: Random, most: int = 60) -> dict[str, str]:
    """Figures whose sums all hold."""
    figures = dict.fromkeys(form.cells, 0)
    for cell in form.cells.values():
        if not cell.column or cell.column != (form.tables[cell.table].rows[cell.row].total or cell).column:
            figures[cell.key] = random.choice((0, 0, 0, random.randrange(most)))
    table = form.tables["requests"]
    for column in table.heads:
        key = f"requests.{{}}.{column}".format
        rows = [
            row
            for row in table.rows
            if row not in ("new_received", "carried_over", "total_processed", "carried_forward")
        ]
        figures[key("total_processed")] = sum(figures[key(row)] for row in rows)
        figures[key("carried_over")] = 0
        figures[key("new_received")] = figures[key("total_processed")] + figures[key("carried_forward")]
    for each in form.tables.values():
        for row in each.rows.values():
            if row.total:
                figures[row.total.key] = sum(figures[cell.key] for cell in row.cells if cell != row.total)
    return {key: str(value) for key, value in figures.items()}
