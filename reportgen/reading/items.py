"""What stands in an input file, item by item: in which line, and what is wrong with it, in the clerk's words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from ..model.findings import Correction, Finding, Severity, cut
from ..model.language import FORBIDDEN
from .keyboard import as_written_text
from .syntax import Parsed

LONGEST_NAME = 60
MOST_UNKNOWN = 30
"""Names in one table that nobody knows are told one by one; more are no slip of the hand."""


class Items:
    """The items of one file as they were parsed, and the problems and notes so far."""

    def __init__(self, parsed: Parsed) -> None:
        self.data = parsed.data
        self.places = parsed.places
        self.lines = parsed.lines
        self.whole = parsed.whole
        self.problems = parsed.problems
        self.notes = parsed.notes

    def problem(self, rule: str, key: str, message: str, advice: str = "") -> None:
        self.problems.append(Finding(rule, Severity.ERROR, message, advice, line=self.line(key)))

    def note(self, key: str, message: str, cells: tuple[str, ...] = ()) -> None:
        self.notes.append(Finding("I06", Severity.NOTE, message, cells=cells, line=self.line(key)))

    def line(self, key: str) -> int | None:
        while key and key not in self.places:
            key = key.rpartition(".")[0]
        return self.places[key].line if key else None

    def known(self, prefix: str, found: Iterable[str], known: Iterable[str]) -> None:
        """Every key must be known; a misspelt one gets the nearest."""
        known = list(known)
        for key in [key for key in found if key not in known][:MOST_UNKNOWN]:
            near = get_close_matches(key, known, n=1) if len(key) <= LONGEST_NAME else []
            where = f"[{prefix}] 里的" if prefix else ""
            advice = f"是不是“{near[0]}”？" if near else "这里可以写：" + "、".join(known[:12]) + "。"
            self.problem("I03", f"{prefix}.{key}".strip("."), f"不认识{where}“{shortened(key)}”。", advice)

    def table(self, key: str) -> Mapping[str, Any]:
        value = self.data.get(key, {})
        if isinstance(value, dict):
            return value
        self.problem("I04", key, f"“{key}”要写成单独的一节。", f"请另起一行写 [{key}]，下面逐行写各项。")
        return {}

    def text(self, key: str, value: Any, what: str, longest: int) -> str:
        """A value that must be plain text; "" where it is not."""
        if not isinstance(value, str):
            self.not_text(key, what)
            return ""
        bad = None if value.isprintable() else re.search(FORBIDDEN, value)
        if bad:
            place = self.places.get(key)
            line = value.count("\n", 0, bad.start()) + 1
            where = "" if place and place.last_line > place.line else f"第 {line} 段"
            self.problems.append(
                Finding(
                    "I04",
                    Severity.ERROR,
                    f"{what}{where}里有看不见的控制字符（U+{ord(bad[0]):04X}），在“{_before(value, bad.start())}”之后。",
                    "请删去后重打这几个字。",
                    line=self.text_lines(key, value)[line - 1],
                )
            )
            return ""
        if len(value) > longest:
            self.problem(
                "I04", key, f"{what}有 {len(value)} 字，太长，最多 {longest} 字。", "请核对是不是贴错了内容。"
            )
            return ""
        return value.strip("\n") if "\n" in value else value.strip()

    def text_lines(self, key: str, value: str) -> list[int]:
        """The line in the file of each line of a text."""
        place = self.places.get(key)
        count = value.count("\n") + 1
        if place is None:
            return [1] * count
        if place.last_line - place.text_line + 1 == count:
            return [place.text_line + i for i in range(count)]
        return [place.line] * count

    def not_text(self, key: str, what: str) -> None:
        message = f"{what}要写成文字，放在引号里。"
        line = self.line(key) or 0
        written = self.lines[line - 1] if line else ""
        corrected = as_written_text(written)
        if corrected == written:
            self.problem("I04", key, message, f'例如：{key.rpartition(".")[2]} = "…"')
            return
        correction = Correction(line, written, corrected)
        self.problems.append(
            Finding("I04", Severity.ERROR, message, correction.shown, line=line, correction=correction)
        )

    def shown(self, key: str) -> str:
        """The line of a key, for a message."""
        line = self.line(key)
        return f"\n    原文：{cut(self.lines[line - 1])}" if line else ""


def shortened(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 40 else text[:40] + "…"


def _before(text: str, at: int) -> str:
    return text[max(0, at - 8) : at].replace("\n", " ") or "开头"
