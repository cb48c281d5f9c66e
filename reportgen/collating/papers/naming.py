"""What every paper says of the area in the same words: its name, who is lacking, where each body stands."""

from __future__ import annotations

from collections.abc import Iterable

from ...model.chinese import after_places
from ..area import Area, Standing, State

GOVERNMENT = "人民政府"
MOST_NAMED = 12
"""Names in a line of a message; the papers have room for all."""


def place(area: Area) -> str:
    """The place that all bodies are of, as their names begin: 安河县; "" where they have none in common."""
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


def lacking(area: Area) -> str:
    """缺 3 个单位; "" where none is lacking."""
    return f"缺 {len(area.lacking)} 个单位" if area.lacking else ""


def named(names: Iterable[str], most: int = MOST_NAMED) -> str:
    """Names in a sentence: as many as there is room for, and how many they are."""
    found = list(names)
    return "、".join(found[:most]) + (f"等 {len(found)} 个" if len(found) > most else "")


def in_state(area: Area, state: State) -> list[Standing]:
    return [standing for standing in area.standings if standing.state is state]


def said_of(standing: Standing) -> str:
    """What is to be said of a body beside its state: the remark, why its file cannot be used."""
    reason = standing.submission.reason if standing.submission else ""
    late = "逾期报送。" if standing.is_late and standing.submission else ""
    return "".join(dict.fromkeys(text for text in (standing.remark, reason, late) if text))


def rows_of(area: Area) -> tuple[Standing, ...]:
    """Every body, those that want something first: missing, unreadable, with errors."""
    order = (State.MISSING, State.UNREADABLE, State.ERRORS, State.OK)
    return tuple(standing for state in order for standing in in_state(area, state))
