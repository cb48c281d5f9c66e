"""The workbook to fill in: what its cells are called and how its totals are written, for writing it and reading it back.

Places are rows and columns counted from 0; addresses are those of Excel: the first cell is A1.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ..form.model import Sum, Table
from ..patterns import regex
from .findings import Figure
from .report import added

Place = tuple[int, int]
"""Row and column, from 0."""

LAYOUT = "1"
"""The version of the workbook's layout; another one may be laid out otherwise."""
FORMAT, VERSION, MADE_YEAR, MADE_BODY = (
    f"reportgen.{name}" for name in ("format", "version", "year", "body")
)
"""Names of the cells of the hidden sheet: the format, the version of the layout, and what it was made for."""
HIDDEN, TEXTS = "reportgen", "文字"
"""Names of the hidden sheet and of the sheet with the text."""
YEAR = "report.year"
"""Name of the cell of the year; the others are named as the input file names them: ``agency.name``."""

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
"""Of a sheet of Excel."""
LONGEST_TEXT = 32_767
"""Characters that a cell of Excel holds, those beyond the basic plane counted twice."""

_ADDRESS = regex(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_NOT_A_NAME = regex(r"[^\w.]")


def name_of(key: str) -> str:
    """The defined name of the cell of a dotted key; Excel takes letters, digits, ``_`` and dots.

    >>> name_of("requests.granted.total"), name_of("requests.new-received.total")
    ('requests.granted.total', 'requests.new_2D_received.total')
    """
    return _NOT_A_NAME.sub(lambda found: f"_{ord(found[0]):X}_", key)


def address(place: Place) -> str:
    """The address of a cell.

    >>> address((3, 0)), address((0, 27))
    ('A4', 'AB1')
    """
    row, column = place
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def place_of(address: str) -> Place | None:
    """The place of an address, absolute or not; None where it is none, or is beyond the last cell of a sheet.

    >>> place_of("$AB$1"), place_of("XFE1")
    ((0, 27), None)
    """
    match = _ADDRESS.fullmatch(address)
    if not match:
        return None
    column = 0
    for letter in match[1]:
        column = 26 * column + ord(letter) - ord("A") + 1
    row = int(match[2])
    return (row - 1, column - 1) if 1 <= row <= MOST_ROWS and column <= MOST_COLUMNS else None


def ranges(places: Iterable[Place]) -> str:
    """The cells as the arguments of a function, those beside or below each other as one range.

    >>> ranges([(3, 1), (3, 2), (3, 3), (5, 1)])
    'B4:D4,B6'
    """
    runs: list[list[Place]] = []
    for row, column in places:
        if runs:
            run = runs[-1]
            first, last = run[0], run[-1]
            beside = first[0] == row and last == (row, column - 1)
            below = first[1] == column and last == (row - 1, column)
            if beside or below:
                run.append((row, column))
                continue
        runs.append([(row, column)])
    return ",".join(
        address(run[0]) if len(run) == 1 else f"{address(run[0])}:{address(run[-1])}" for run in runs
    )


def total_formula(parts: Sequence[Place]) -> str:
    """The formula of a total: empty until all its parts are filled in."""
    cells = ranges(parts)
    return f'IF(COUNT({cells})<{len(parts)},"",SUM({cells}))'


def totals(table: Table) -> Mapping[str, Sum]:
    """The cells that the workbook adds up itself, each with the sum that says of what."""
    found: dict[str, Sum] = {}
    for sum_ in table.sums:
        key, *others = sum_.left.cells
        if not others and key not in found and not _rests_on(sum_.right.cells, key, found):
            found[key] = sum_
    return found


def added_up(table: Table, figures: Mapping[str, Figure]) -> dict[str, Figure]:
    """The totals that are not filled in and of which all parts are, or are such totals themselves."""
    waiting = {key: sum_.right.cells for key, sum_ in totals(table).items() if key not in figures}
    known = dict(figures)
    while ready := [key for key, parts in waiting.items() if all(part in known for part in parts)]:
        known |= {key: added(known, waiting.pop(key)) for key in ready}
    return {key: known[key] for key in totals(table) if key in known and key not in figures}


def _rests_on(cells: Iterable[str], key: str, found: Mapping[str, Sum]) -> bool:
    """Whether one of the cells is ``key``, or is added up of cells that are."""
    waiting, seen = list(cells), set[str]()
    while waiting:
        cell = waiting.pop()
        if cell == key:
            return True
        if cell in found and cell not in seen:
            waiting.extend(found[cell].right.cells)
        seen.add(cell)
    return False
