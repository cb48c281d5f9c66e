"""JSON as the language of an input file: how it is parsed, and the slips of the hand in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from .figures import exact
from .grammar import Fault, Grammar
from .keyboard import plain_digits, plain_marks
from .limits import code, excess
from .places import JSON_TEXT, json_places

_FAULTS = {
    "Expecting property name": "这里要写带英文双引号的名称；如果上一行末尾多了逗号，请删去。",
    "Illegal trailing comma": "最后一项后面多了逗号，请删去。",
    "Expecting ',' delimiter": "这里或上一行的末尾少了逗号，或数字里有空格、逗号。",
    "Expecting ':' delimiter": "名称后面缺少冒号 :。",
    "Expecting value": "这里缺少一个值，或文字没有放在英文双引号里。",
    "Unterminated string": "双引号没有成对。",
    "Invalid control character": "文字里不能直接换行或有控制字符，换行要写成 \\n。",
    "Invalid \\": "反斜杠 \\ 要写两个。",
    "Extra data": "文件在这里已经结束，后面多了内容。",
}


def _parse(text: str, most_names: int) -> dict[str, Any] | Fault:
    if fault := excess(code(text, re.compile(JSON_TEXT, re.DOTALL)), ":", most_names):
        return fault
    try:
        data = json.loads(text, parse_float=exact, parse_constant=exact)
    except json.JSONDecodeError as error:
        known = (message for begin, message in _FAULTS.items() if error.msg.startswith(begin))
        last = text.rstrip().count("\n") + 1
        return Fault(min(error.lineno, last), next(known, "这一行不合 JSON 的写法。"))
    return data if isinstance(data, dict) else Fault(1, "文件最外面要是一对花括号 { }。")


def _corrections(line: str, _: str) -> Iterator[tuple[str, str]]:
    """The line with sure corrections, the mildest first."""
    yield plain_digits(line), ""
    yield plain_digits(plain_marks(line)), ""
    yield f"{line.rstrip()},", ""
    yield line.rstrip().removesuffix(","), ""


def _suspects(lines: list[str], at: int) -> Iterator[int]:
    """The line before, where a comma may be missing or one too many."""
    yield from [before for before in range(at) if lines[before].strip()][-1:]


GRAMMAR = Grammar(_parse, json_places, _corrections, lambda _: None, _suspects, by_line=False)
