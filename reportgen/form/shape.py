"""The shape of ``form.toml``: which keys there are, what each of them holds, and how much of it.

A form may come from another office. What has the right shape can only contradict itself, which :mod:`.form_file` finds;
what has not is refused here, with the place: no number of the wrong kind and no text that cannot be printed goes further.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from difflib import get_close_matches
from typing import Any

from .grid import FormError

Check = Callable[[str, Any], None]
"""Refuses a value that has not its shape; the place in the file comes first."""

LONGEST = 200
"""Characters of a text; the longest label of an official form has 34."""
LONGEST_KEY = 60
LONGEST_SHOWN = 40
MOST_PARTS, MOST_TABLES, MOST_ROWS, MOST_COLUMNS, MOST_WORDS = 40, 10, 60, 30, 60
MOST_FAMILIES = 12
"""Kinds of sums, and of relations between years, of one table."""
MOST_LINES = MOST_ROWS + 40
"""Of a printed table."""
HIGHEST, WIDEST = 100.0, 500.0
"""In mm: of a row, and of a table; Word knows no wider ones."""
NARROWEST = 4.0
"""Of a column in mm: less has no room for a figure between the lines."""
RESERVED = frozenset(
    [
        *("format", "year", "agency", "narrative", "publication", "checks", "waivers", "last"),
        *("true", "false", "none", "not", "and", "or", "in", "is", "if", "else"),
    ]
)
"""What the input file and the expressions in it mean something else by."""

_UNPRINTABLE = "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff0-\uffff]"
"""Characters of control and direction, and what is no character."""


def check_shape(data: Mapping[str, Any]) -> None:
    """Refuse what no form can hold.

    Raises:
        FormError: a key is unknown or missing, or holds something else than it should.
    """
    _FORM("", data)


# ── what a value may be ─────────────────────────────────────────────────────────────────────────────


def is_unprintable(text: str) -> bool:
    """Whether there are characters in it that no page can hold."""
    return not text.isprintable() and bool(re.search(_UNPRINTABLE, text))


def shown(value: Any) -> str:
    """A value in a message, whatever it is."""
    said = value if isinstance(value, str) else f"{value!r}"
    return re.sub(_UNPRINTABLE, "□", said if len(said) <= LONGEST_SHOWN else f"{said[:LONGEST_SHOWN]}…")


def instead_of(name: str, known: Collection[str]) -> str:
    """What a name that nobody knows was meant for."""
    near = get_close_matches(name[:LONGEST], known, n=1)
    return f"是不是“{near[0]}”" if near else f"可以写：{'、'.join(known)}"


def _refuse(place: str, what: str, value: Any) -> None:
    raise FormError(f"{place} 要写成{what}，不能是“{shown(value)}”")


def text(longest: int = LONGEST) -> Check:
    """A text that can be printed on one line, and is not empty."""

    def check(place: str, value: Any) -> None:
        if not isinstance(value, str):
            _refuse(place, '文字 "…"', value)
        if not value.replace("|", "").strip():
            raise FormError(f"{place} 是空的")
        if len(value) > longest:
            raise FormError(f"{place} 太长，最多 {longest} 字")
        if is_unprintable(value):
            raise FormError(f"{place} 里有看不见的控制字符，请删去重新输入")

    return check


def number(least: float, most: float, unit: str) -> Check:
    """A number between two others, both included."""

    def check(place: str, value: Any) -> None:
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            _refuse(place, f"{least:g} 到 {most:g} 的数（{unit}）", value)

    return check


def whole(most: int) -> Check:
    """A whole number up to another; what is below 1 is told by whoever uses it."""

    def check(place: str, value: Any) -> None:
        if isinstance(value, bool) or not isinstance(value, int) or value > most:
            _refuse(place, f"1 到 {most} 的整数", value)

    return check


def year(place: str, value: Any) -> None:
    """A year of reports."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 9999:
        _refuse(place, "年份，例如 2021", value)


def flag(place: str, value: Any) -> None:
    """Yes or no."""
    if not isinstance(value, bool):
        _refuse(place, " true 或 false", value)


def many(each: Check, most: int, least: int = 1) -> Check:
    """A list."""

    def check(place: str, value: Any) -> None:
        if not isinstance(value, list):
            _refuse(place, "一组 [ … ]", value)
        _count(place, value, least, most)
        for number, item in enumerate(value, 1):
            each(f"{place} 第 {number} 项", item)

    return check


def keyed(each: Check, most: int, least: int = 0, *, is_free: bool = False) -> Check:
    """A table whose keys the form names itself."""

    def check(place: str, value: Any) -> None:
        _table(place, value)
        _count(place, value, least, most)
        for name, item in value.items():
            if not is_free and not _is_key(name):
                _refuse(f"{place} 里的名称", "小写英文字母、数字和下划线，并且不是别处用的名称", name)
            each(_inner(place, name), item)

    return check


def record(needed: Mapping[str, Check], more: Mapping[str, Check] | None = None) -> Check:
    """A table of known keys, of which some may be left out."""
    known = {**needed, **(more or {})}

    def check(place: str, value: Any) -> None:
        _table(place, value)
        _known(place, value, known)
        for name in needed:
            if name not in value:
                raise FormError(f"{place or '文件'} 里缺少“{name}”")
        for name, item in value.items():
            known[name](_inner(place, name), item)

    return check


def _is_key(name: str) -> bool:
    """Whether the input file and the expressions in it can name something so."""
    is_name = name.isascii() and name.isidentifier() and name == name.lower() and name[0] != "_"
    return is_name and len(name) <= LONGEST_KEY and name not in RESERVED


def _table(place: str, value: Any) -> None:
    if not isinstance(value, dict):
        _refuse(place, "单独的一节，或 { … }", value)


def _count(place: str, value: Collection[Any], least: int, most: int) -> None:
    if len(value) < least:
        raise FormError(f"{place} 是空的，至少要有 {least} 项")
    if len(value) > most:
        raise FormError(f"{place} 太多，有 {len(value)} 项，最多 {most} 项")


def _known(place: str, names: Collection[str], known: Collection[str]) -> None:
    for name in names:
        if name not in known:
            raise FormError(f"{place or '文件'} 里的“{shown(name)}”不认识，{instead_of(name, known)}")


def _inner(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name


def _grid_cell(place: str, value: Any) -> None:
    """One cell of a printed table, or several alike."""
    _table(place, value)
    kinds = [kind for kind in _GRID if kind in value]
    if len(kinds) != 1:
        raise FormError(f"看不懂 grid 里的这一格（{place}）：要写 {'、'.join(_GRID)} 中的一个")
    _known(place, value, [*kinds, *_SPANS, *(("count", "unit") if kinds == ["figures"] else ())])
    _GRID[kinds[0]](_inner(place, kinds[0]), value[kinds[0]])
    for name, check in _SPANS.items():
        if name in value:
            check(_inner(place, name), value[name])


# ── the form ────────────────────────────────────────────────────────────────────────────────────────

_NAME = text(60)
_NAMES = many(_NAME, MOST_ROWS)
_GRID: Mapping[str, Check] = {
    **{kind: text() for kind in ("text", "note")},
    **dict.fromkeys(("head", "row", "group", "figures"), _NAME),
    "heads": many(_NAME, MOST_COLUMNS),
}
_SPANS: Mapping[str, Check] = {
    "rows": whole(MOST_LINES),
    "columns": whole(MOST_COLUMNS),
    "count": whole(MOST_COLUMNS),
    "unit": text(20),
}
_SIDE = record({"name": text(60), "of": _NAMES})
_TABLE = record(
    {
        "name": text(60),
        "widths": many(number(NARROWEST, WIDEST, "毫米"), MOST_COLUMNS),
        "row_height": number(1, HIGHEST, "毫米"),
        "rows": keyed(text(), MOST_ROWS, 1),
        "grid": many(many(_grid_cell, MOST_COLUMNS), MOST_LINES),
    },
    {
        "heads": keyed(text(), MOST_COLUMNS),
        "groups": keyed(text(), MOST_ROWS),
        "units": keyed(text(20), MOST_WORDS, is_free=True),
        "decimals": many(_NAME, MOST_WORDS, 0),
        "signed": many(_NAME, MOST_WORDS, 0),
        "not_added": many(_NAME, MOST_WORDS, 0),
        "sums": many(record({"in_each": _NAME, "left": _SIDE, "right": _SIDE}), MOST_FAMILIES, 0),
        "years": many(
            record(
                {"kind": _NAME, "in_each": _NAME, "this": _NAME, "last": _NAME},
                {"plus": many(_NAME, MOST_COLUMNS, 0), "minus": many(_NAME, MOST_COLUMNS, 0)},
            ),
            MOST_FAMILIES,
            0,
        ),
    },
)
_PART = record(
    {},
    {
        "heading": text(),
        "name": text(),
        "text": _NAME,
        "table": _NAME,
        "optional": flag,
        "signs": flag,
        "aspects": many(many(text(), MOST_WORDS), MOST_WORDS, 0),
    },
)


def _part(place: str, value: Any) -> None:
    """One part of the report."""
    _PART(place, value)
    if "heading" not in value and "name" not in value:
        raise FormError(f"{place} 里要写 heading，没有标题的写 name")


_FORM = record(
    {
        "format": _NAME,
        "source": text(),
        "title": many(text(), 4),
        "unit": text(20),
        "parts": many(_part, MOST_PARTS),
        "tables": keyed(_TABLE, MOST_TABLES, 1),
    },
    {
        "from_year": year,
        "to_year": year,
        "base": _NAME,
        "superseded": many(
            record({"written": many(text(), MOST_WORDS), "now": text(), "beside": text()}), MOST_WORDS, 0
        ),
        "roles": keyed(many(_NAME, MOST_ROWS, 0), MOST_WORDS),
    },
)
