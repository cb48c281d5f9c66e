"""The roster (名单): which bodies an area has, and what else is known of them; a TOML file or an Excel workbook.

In a workbook each row is a body, below a row of heads; in TOML each ``[[body]]``. The keys of the one and the heads of
the other are those of :data:`_HEADS`; what is not said is as :class:`~reportgen.collating.area.Body` has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from ..model.findings import Finding, InputError, Severity, unusable
from ..model.language import Language
from ..model.package import Package, PackageError
from ..reading.encoding import source_of
from ..reading.file_bytes import read_bytes
from ..reading.sources.workbook import Sheet, is_workbook, read_workbook
from ..reading.syntax import Parsed, load
from .area import Body
from .names import plain

OWN, TOTAL = "本机关", "汇总"
"""The scopes of a report: the body alone, or with those it includes."""
LONGEST = 300
"""Characters of a name or another item."""
MOST_BODIES = 50_000
MOST_NAMES = 500_000
"""Names and values of a roster in TOML."""
MOST_PROBLEMS = 30
_HEADS: Mapping[str, tuple[str, ...]] = {
    "name": ("单位", "单位名称", "名称", "机关名称", "机关", "行政机关名称"),
    "level": ("层级", "类别", "类型"),
    "scope": ("口径", "范围"),
    "counted": ("计入", "是否计入", "计入汇总", "是否计入汇总"),
    "included_in": ("由谁汇总", "汇总单位", "含在", "included_by"),
    "file": ("文件", "文件名", "报告文件"),
    "address": ("网址", "地址", "链接", "url"),
    "deadline": ("截止日期", "期限", "报送期限", "截止"),
}
"""The keys of a body, and what else they are called."""
_WHOLE = ("year", "area", "deadline", "body")
"""What stands above the bodies: the year, the name of the area, a date for all."""
_YES, _NO = ("是", "计入", "计", "√", "1", "true", "yes"), ("否", "不计入", "不计", "×", "0", "false", "no")
_DATE = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?(?:\s+00:00(?::00)?)?")


@dataclass(frozen=True)
class Roster:
    """The bodies of an area, in their order."""

    bodies: tuple[Body, ...]
    year: int | None = None
    area: str = ""
    remarks: tuple[str, ...] = ()
    """What was taken in some way, in Chinese: a body that stands twice, a 汇总 that is not counted."""


def read_roster(path: Path) -> Roster:
    """Read a roster.

    Raises:
        InputError: the file cannot be used; it holds all its problems.
    """
    data = read_bytes(path)
    if data.startswith(b"PK"):
        return _from_workbook(path, data)
    return _from_toml(path, source_of(data, path).normal)


def _from_toml(path: Path, text: str) -> Roster:
    loaded = load(text, Language.TOML, MOST_NAMES)
    reading = _Reading(path, loaded)
    if loaded.data or not loaded.problems:
        reading.known("", loaded.data, _WHOLE)
        listed = loaded.data.get("body", [])
        if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
            reading.problem("body", "单位要一个一个写，每个前面写一行 [[body]]。")
            listed = []
        elif not listed:
            reading.problem("", '名单里没有单位。请每个单位写一节：[[body]]，下面写 name = "单位名称"。')
        for i, written in enumerate(listed[: MOST_BODIES + 1]):
            reading.body(f"body.{i}", written, f"第 {i + 1} 个单位")
    year = loaded.data.get("year")
    if year is not None and (isinstance(year, bool) or not isinstance(year, int) or not 2008 <= year <= 2100):
        reading.problem("year", "年份要写四位数字，例如 year = 2025。")
    return reading.roster(
        year if isinstance(year, int) else None,
        reading.text("area", loaded.data.get("area", ""), "area"),
        reading.day("deadline", loaded.data.get("deadline"), "deadline"),
    )


def _from_workbook(path: Path, data: bytes) -> Roster:
    try:
        package = Package.of(data)
        if not is_workbook(package):
            raise unusable(path, "名单不是 Excel 工作簿。", "名单可以是 .toml 或 .xlsx 文件。")
        sheets = [sheet for sheet in read_workbook(package).sheets if not sheet.is_hidden and sheet.values]
    except PackageError as error:
        raise unusable(
            path, error.message.replace("Word 文件", "Excel 工作簿"), "请另存为不加密的 .xlsx。"
        ) from None
    reading = _Reading(path, Parsed())
    for sheet in sheets:
        rows = _rows(sheet)
        at = next((i for i, (_, row) in enumerate(rows) if _columns(row).get("name") is not None), None)
        if at is None:
            continue
        columns = _columns(rows[at][1])
        for number, row in rows[at + 1 :]:
            written = {key: row.get(column, "") for key, column in columns.items()}
            if any(written.values()):
                reading.line = number + 1
                reading.body(
                    "", {key: value for key, value in written.items() if value}, f"第 {number + 1} 行"
                )
        return reading.roster(None, "", None)
    raise unusable(
        path, "名单里没有找到“单位名称”这一列。", "请在第一行写上表头：单位名称，下面每行一个单位。"
    )


def _rows(sheet: Sheet) -> list[tuple[int, dict[int, str]]]:
    rows: dict[int, dict[int, str]] = {}
    for (row, column), value in sorted(sheet.values.items()):
        rows.setdefault(row, {})[column] = value.text.strip()
    return sorted(rows.items())


def _columns(row: Mapping[int, str]) -> dict[str, int]:
    """The column of each key, by the heads in a row."""
    found: dict[str, int] = {}
    for column, text in sorted(row.items()):
        key = _key(text)
        if key:
            found.setdefault(key, column)
    return found


def _key(written: str) -> str | None:
    """The key that a head or a key of the file means."""
    bare = plain(written)
    return next((key for key, heads in _HEADS.items() if written == key or bare in map(plain, heads)), None)


class _Reading:
    """One roster being read; all its problems come at once."""

    def __init__(self, path: Path, loaded: Parsed) -> None:
        self.path = path
        self.places = loaded.places
        self.problems = list(loaded.problems)
        self.line: int | None = None
        self.bodies: list[Body] = []
        self.unsaid: set[str] = set()
        """The bodies of which is not said whether they are counted."""
        self.remarks: list[str] = []

    def problem(self, key: str, message: str) -> None:
        line = self.line
        while line is None and key:
            line = self.places[key].line if key in self.places else None
            key = key.rpartition(".")[0]
        self.problems.append(Finding("I04", Severity.ERROR, message, line=line))

    def known(self, prefix: str, found: Iterable[str], known: Sequence[str]) -> None:
        for key in found:
            if key not in known and not (prefix and _key(key)):
                near = get_close_matches(key[:60], known, n=1)
                advice = f"是不是“{near[0]}”？" if near else "这里可以写：" + "、".join(known) + "。"
                self.problem(f"{prefix}.{key}".strip("."), f"不认识“{key[:40]}”。{advice}")

    def body(self, prefix: str, written: Mapping[str, Any], place: str) -> None:
        """Read one body."""
        self.known(prefix, written, tuple(_HEADS))
        said = {key: value for name, value in written.items() if (key := _key(name))}
        texts = {
            key: self.text(f"{prefix}.{key}", said.get(key, ""), f"{place}的 {key}")
            for key in ("name", "level", "scope", "included_in", "file", "address")
        }
        if not plain(texts["name"]):
            if not isinstance(said.get("name"), str) and "name" in said:
                return
            self.problem(prefix, f"{place}没有写单位名称（name）。")
            return
        if texts["scope"] not in ("", OWN, TOTAL):
            self.problem(
                f"{prefix}.scope",
                f"{place}的口径（scope）写的是“{texts['scope']}”，只能写 {OWN} 或 {TOTAL}。",
            )
        if "counted" not in said:
            self.unsaid.add(texts["name"])
        self.bodies.append(
            Body(
                texts["name"],
                level=texts["level"],
                is_total=texts["scope"] == TOTAL,
                counted=self.yes(f"{prefix}.counted", said.get("counted", True), place),
                included_in=texts["included_in"],
                file=texts["file"].replace("\\", "/").removeprefix("./"),
                address=texts["address"],
                deadline=self.day(f"{prefix}.deadline", said.get("deadline"), place),
            )
        )

    def text(self, key: str, value: Any, what: str) -> str:
        if (
            isinstance(value, str)
            and len(value) <= LONGEST
            and (value.isprintable() or key.endswith(".file"))  # a file may have any name
        ):
            return value.strip()
        if not isinstance(value, str):
            self.problem(key, f"{what} 要写成文字，放在引号里。")
        elif len(value) > LONGEST:
            self.problem(key, f"{what} 有 {len(value)} 字，太长，最多 {LONGEST} 字。")
        else:
            self.problem(key, f"{what} 里有看不见的字符或换行，请删去后重打。")
        return ""

    def yes(self, key: str, value: Any, place: str) -> bool:
        if isinstance(value, bool):
            return value
        word = str(value).strip().lower()
        if word in _YES or word in _NO:
            return word in _YES
        self.problem(
            key, f"{place}是否计入（counted）写的是“{word[:20]}”，请写 true 或 false（表格里写“是”或“否”）。"
        )
        return True

    def day(self, key: str, value: Any, place: str) -> date | None:
        if value is None or value == "":
            return None
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        found = _DATE.fullmatch(value.strip()) if isinstance(value, str) else None
        try:
            if found:
                return date(*map(int, found.groups()))
        except ValueError:
            pass
        self.problem(key, f"{place}的日期写的是“{str(value)[:20]}”，请写成 2026-01-31 这样。")
        return None

    def roster(self, year: int | None, area: str, deadline: date | None) -> Roster:
        """All bodies together.

        Raises:
            InputError: anything of the roster cannot be used.
        """
        if len(self.bodies) > MOST_BODIES:
            self.problem("", f"名单里的单位超过 {MOST_BODIES} 个。")
        if not self.bodies and not self.problems:
            self.problem("", "名单里没有单位。")
        bodies = {plain(body.name): body for body in reversed(self.bodies)}
        bodies = {plain(body.name): bodies[plain(body.name)] for body in self.bodies}
        twice = {body.name: None for body in self.bodies if body is not bodies[plain(body.name)]}
        self.remarks += [f"名单里“{name}”写了不止一次，只算一次，以第一次写的为准。" for name in twice]
        for body in bodies.values():
            if body.included_in and plain(body.included_in) not in bodies:
                self.problem(
                    "", f"“{body.name}”含在“{body.included_in}”里，而名单里没有“{body.included_in}”。"
                )
            elif body.included_in and plain(body.included_in) == plain(body.name):
                self.problem("", f"“{body.name}”的 included_in 写的是它自己，请写汇总它的单位。")
        for body in bodies.values():
            if _is_in_a_ring(body, bodies):
                self.problem("", f"“{body.name}”的 included_in 绕成了一圈，请核对谁汇总谁。")
                break
        if self.problems:
            raise InputError(self.path, self.problems[:MOST_PROBLEMS])
        including = {plain(body.included_in) for body in bodies.values() if body.included_in}
        found = [
            self._settled(replace(body, deadline=body.deadline or deadline), including)
            for body in bodies.values()
        ]
        return Roster(tuple(found), year, area, tuple(self.remarks))

    def _settled(self, body: Body, including: set[str]) -> Body:
        """A body with what follows from the others: a 汇总 of bodies nobody names would be added to its own parts."""
        if not body.is_total or body.name not in self.unsaid or plain(body.name) in including:
            return body
        self.remarks.append(
            f"“{body.name}”是汇总的报告，名单里没有写它包含哪些单位，没有计入。"
            "要计入的，给它写 counted = true，给它包含的单位写 included_in。"
        )
        return replace(body, counted=False)


def _is_in_a_ring(body: Body, bodies: Mapping[str, Body]) -> bool:
    seen = {plain(body.name)}
    while body.included_in:
        name = plain(body.included_in)
        if name in seen:
            return True
        seen.add(name)
        if name not in bodies:
            return False
        body = bodies[name]
    return False
