"""What every paper says of the area in the same words: its name, its bodies, the figures one looks at first."""

from __future__ import annotations

from collections.abc import Iterable

from ...form.model import Form
from ...model.chinese import after_places, unnumbered
from ..area import Area, Standing, State

GOVERNMENT = "人民政府"
MOST_NAMED = 12
"""Names in a line of a message; the papers have room for all."""


def place(area: Area) -> str:
    """The place that all bodies are of, as the roster calls it or their names begin: 安河县; "" where neither tells."""
    if area.name:
        return area.name.removesuffix(GOVERNMENT)
    names = [standing.name for standing in area.standings if not standing.body.is_total]
    pieces = [after_places(name)[:-1] for name in names] or [()]
    same = 0
    while all(same < len(each) and each[same] == pieces[0][same] for each in pieces):
        same += 1
    return "".join(pieces[0][:same])


def government(area: Area) -> str:
    """The body whose report adds up the others: the roster says it, or it is the government of their place."""
    total = next((standing.name for standing in area.standings if standing.body.is_total), "")
    return total or (f"{found}{GOVERNMENT}" if (found := place(area)) else "")


def document(area: Area, agency: str = "") -> str:
    """What the reports are called, as the form has it: 2025年政府信息公开工作年度报告, after the name of a body."""
    title = "".join(area.form.title).replace("{agency}", agency)
    return title.replace("{year}", str(area.year)) if area.year else title.replace("{year}年", "")


def title(area: Area, paper: str) -> str:
    """The title of a paper: 安河县2025年政府信息公开工作年度报告收齐表."""
    return document(area, place(area)) + paper


def named(names: Iterable[str], most: int = MOST_NAMED) -> str:
    """Names in a sentence: as many as there is room for, and how many they are."""
    found = list(names)
    return "、".join(found[:most]) + (f"等 {len(found)} 个" if len(found) > most else "")


def in_state(area: Area, state: State) -> list[Standing]:
    return [standing for standing in area.standings if standing.state is state]


def others(area: Area) -> list[tuple[str, str]]:
    """The files that are no report of a body of the area, and why."""
    unplaced = [(sent.file, sent.reason or f"“{sent.name}”不在名单里，没有计入。") for sent in area.unplaced]
    return [*unplaced, *((each.file, each.why) for each in area.outside)]


def has_levels(area: Area) -> bool:
    """Whether the roster says of any body of what level it is."""
    return any(standing.body.level for standing in area.standings)


def said_of(standing: Standing) -> str:
    """What is to be said of a body beside its state: the remark, why its file cannot be used."""
    late = "逾期报送。" if standing.is_late and standing.submission else ""
    return standing.remark + late


def key_cells(form: Form) -> dict[str, str]:
    """The figures one looks at first, each with a short label: the totals of what came in and what became of it.

    They are the cells that balance in the form, of the column that adds up the others. A label names what stands
    beside its row too: 本年度办理结果总计.
    """
    found = {}
    for table in form.tables.values():
        places = {cell.key: cell for line in table.grid for cell in line if cell.kind == "figure"}
        for column in table.total_columns:
            for row in table.balance:
                key = f"{table.key}.{row}.{column}"
                if key in places:
                    at = places[key].row
                    beside = [
                        header.label
                        for header in places[key].headers
                        if header.kind in ("text", "row") and header.row <= at < header.row + header.rows
                    ]
                    found[key] = "".join(map(unnumbered, beside))
    return found
