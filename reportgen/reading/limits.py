"""How much an input file may hold, counted before it is parsed: far more than any report has.

The parsers of the standard library take time and memory that grow with the square of a name's steps or of a number's
digits; what is counted here cannot come so far.
"""

from __future__ import annotations

import re

from ..patterns import regex
from .grammar import Fault

MOST_NAMES = 5_000
"""Names with a value; a report whose every cell has a line of its own has three hundred."""
MOST_IN_LEDGER = 100_000
"""The same for a ledger of opinions, each of which has eleven."""
MOST_LINES = 100_000
MOST_BRACKETS = 100_000
DEEPEST_NAME = 10
"""Steps of a name: ``requests.granted.total`` has three."""
DEEPEST_BRACKETS = 50
"""More than a file has whose every row lacks its closing bracket."""
LONGEST_NUMBER = 100
"""Characters; the largest figure has twelve digits."""

_NUMBER = regex(rf"(?<![\w.+-])[+-]?\d[\w.+-]{{{LONGEST_NUMBER}}}")
_NAME = regex(rf"""(?<![A-Za-z0-9_"-])(?:[A-Za-z0-9_"-]++[ \t]*+\.[ \t]*+){{{DEEPEST_NAME}}}""")
_BRACKET = regex(r"[\[{]+|[\]}]+")


def code(text: str, texts: re.Pattern[str]) -> str:
    """A text with its lines, but ``""`` for every piece of text in it, and nothing for a comment."""
    return texts.sub(lambda found: ('""' if found[0][0] != "#" else "") + "\n" * found[0].count("\n"), text)


def excess(code: str, sign: str, most_names: int) -> Fault | None:
    """What is too much in the code of a text, in which ``sign`` stands between a name and its value."""
    if code.count(sign) > most_names:
        return _too_much(code, _nth(code, sign, most_names), f"文件里的名称超过 {most_names} 个")
    if found := _NAME.search(code):
        return _too_much(code, found.start(), f"名称里的点超过 {DEEPEST_NAME - 1} 个")
    if found := _NUMBER.search(code):
        return Fault(_line(code, found.start()), f"这个数太长，最多 {LONGEST_NUMBER} 个字符，请核对。")
    depth = count = 0
    for found in _BRACKET.finditer(code):
        count += len(found[0])
        depth += len(found[0]) if found[0][0] in "[{" else -len(found[0])
        if depth > DEEPEST_BRACKETS:
            return _too_much(code, found.start(), f"括号套了 {DEEPEST_BRACKETS} 层以上")
        if count > MOST_BRACKETS:
            return _too_much(code, found.start(), f"文件里的括号超过 {MOST_BRACKETS} 个")
    if code.count("\n") > MOST_LINES:
        return _too_much(code, _nth(code, "\n", MOST_LINES), f"文件超过 {MOST_LINES} 行")
    return None


def _too_much(code: str, at: int, what: str) -> Fault:
    return Fault(_line(code, at), f"到这一行，{what}，不像是输入文件。", is_final=True)


def _line(code: str, at: int) -> int:
    return code.count("\n", 0, at) + 1


def _nth(code: str, sign: str, number: int) -> int:
    """Where the sign stands for that time, counted from 0."""
    return next(found.start() for at, found in enumerate(re.finditer(re.escape(sign), code)) if at == number)
