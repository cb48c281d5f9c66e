"""The header cells of a data cell as the HTML standard computes them, written from the standard's own text.

https://html.spec.whatwg.org/multipage/tables.html#algorithm-for-assigning-header-cells. Row groups and column
groups as scopes are not part of it: a table that uses them is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, eq=False)
class Cell:
    """A ``td`` or ``th``, anchored at a slot."""

    element: Any
    x: int
    y: int
    width: int
    height: int

    @property
    def is_header(self) -> bool:
        return bool(self.element.tag == "th")

    @property
    def text(self) -> str:
        return "".join(self.element.itertext()).strip()


class HtmlTable:
    """The table model: which cell covers which slot."""

    def __init__(self, table: Any) -> None:
        self.cells: list[Cell] = []
        self.slots: dict[tuple[int, int], list[Cell]] = {}
        for y, row in enumerate(table.iter("tr")):
            x = 0
            for element in row.iterchildren("td", "th"):
                assert element.get("scope") in (None, "row", "col"), "rowgroup and colgroup are not supported"
                while (x, y) in self.slots:
                    x += 1
                cell = Cell(element, x, y, int(element.get("colspan", "1")), int(element.get("rowspan", "1")))
                self.cells.append(cell)
                for i in range(cell.width):
                    for j in range(cell.height):
                        self.slots.setdefault((x + i, y + j), []).append(cell)

    def header_cells(self, principal: Cell) -> list[Cell]:
        """The header cells assigned to ``principal``, by its ``headers`` attribute or by the scopes."""
        found: list[Cell] = []
        if principal.element.get("headers") is not None:
            for token in principal.element.get("headers").split():
                found += [c for c in self.cells if c.element.get("id") == token and c is not principal][:1]
        else:
            for y in range(principal.y, principal.y + principal.height):
                self._scan(principal, found, principal.x, y, -1, 0)
            for x in range(principal.x, principal.x + principal.width):
                self._scan(principal, found, x, principal.y, 0, -1)
        return [cell for cell in dict.fromkeys(found) if cell.text and cell is not principal]

    def _scan(self, principal: Cell, found: list[Cell], x: int, y: int, dx: int, dy: int) -> None:
        """The internal algorithm for scanning and assigning header cells."""
        opaque: list[Cell] = []
        in_block = principal.is_header
        block = [principal] if in_block else []
        while True:
            x, y = x + dx, y + dy
            if x < 0 or y < 0:
                return
            covering = self.slots.get((x, y), [])
            if len(covering) != 1:
                continue
            (current,) = covering
            if current.is_header:
                in_block = True
                block.append(current)
                if dx == 0:
                    blocked = any((o.x, o.width) == (current.x, current.width) for o in opaque)
                    blocked = blocked or not self._is_column_header(current)
                else:
                    blocked = any((o.y, o.height) == (current.y, current.height) for o in opaque)
                    blocked = blocked or not self._is_row_header(current)
                if not blocked:
                    found.append(current)
            elif in_block:
                in_block = False
                opaque += block
                block = []

    def _is_column_header(self, cell: Cell) -> bool:
        if cell.element.get("scope"):
            return bool(cell.element.get("scope") == "col")
        return not any(
            not other.is_header
            for (_, y), covering in self.slots.items()
            for other in covering
            if cell.y <= y < cell.y + cell.height
        )

    def _is_row_header(self, cell: Cell) -> bool:
        if cell.element.get("scope"):
            return bool(cell.element.get("scope") == "row")
        return not self._is_column_header(cell) and not any(
            not other.is_header
            for (x, _), covering in self.slots.items()
            for other in covering
            if cell.x <= x < cell.x + cell.width
        )
