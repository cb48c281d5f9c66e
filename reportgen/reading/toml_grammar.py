"""TOML as the language of an input file: how it is parsed, and the slips of the hand in it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from heapq import nsmallest
from typing import Any

from ..model.chinese import IDEOGRAPHS
from .figures import exact
from .grammar import Fault, Grammar
from .keyboard import plain_digits, plain_marks
from .limits import code, excess
from .pasted import as_text
from .places import TOML_TEXT, toml_places

TEXT_TABLES = ("agency", "publication")
"""Tables of the input in which every value is a text."""
MOST_MARKS = 8
"""Lines of Chinese quotation marks that are tried in the place of ''', the nearest first."""

_TEXTS = re.compile(rf"{TOML_TEXT} | \#[^\n]*+", re.VERBOSE | re.DOTALL)

_FAULTS = {
    "Expected '=' after a key": "名称后面缺少等号 =。",
    "Invalid value": "等号后面写得不对：文字要放在英文引号里，数字直接写。",
    "Invalid initial character for a key": "等号后面写得不对，或这一行不是“名称 = 值”。",
    "Invalid statement": "这一行不是“名称 = 值”，也不是 [表名]；文字要放在一对 ''' 之间。",
    "Unclosed array": "方括号 [ 没有用 ] 结束，或数字写法不对：不要以 0 开头，不要有逗号、空格和汉字。",
    "Unclosed inline table": "花括号 { 没有用 } 结束。",
    "Unterminated string": "引号没有成对。",
    "Illegal character '\\n'": "引号没有成对，或名称后面缺少等号 =。",
    "Expected newline or end of document": "这一行的后面多了内容；数字里不要有空格、逗号和汉字。",
    "Expected ']'": "方括号 [ 没有用 ] 结束。",
    'Expected "': "三个引号 ''' 没有用 ''' 结束。",
    "Cannot": "同一个名称或 [表名] 写了两次。",
    "Unescaped": "双引号里的反斜杠 \\ 要写两个，或改用单引号。",
}


def _parse(text: str, most_names: int) -> dict[str, Any] | Fault:
    if fault := excess(code(text, _TEXTS), "=", most_names):
        return fault
    try:
        return tomllib.loads(text, parse_float=exact)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\(at line (\d+), column \d+\)", str(error))
        line = int(place[1]) if place else text.rstrip().count("\n") + 1
        known = (message for begin, message in _FAULTS.items() if str(error).startswith(begin))
        return Fault(line, next(known, "这一行不合 TOML 的写法。"), str(error).startswith("Cannot"))


_OPENS_LIST = r"\s*[\w.]+\s*=\s*\[[^\]]*$"
_CURLY_LINE = "[“”‘’＂＇]{3}"
_BARE_TEXT = r"^(\s*+[\w.]++\s*+=\s*+)([^\s\"'\[{#\d](?:[^\"'#]*[^\s\"'#])?)(\s*(?:#.*)?)$"
_BARE_KEY = r"^(\s*+[\w.\-]++ *?)[ \t]{1,3}(?=[\[\d])"
_BARE_VALUE = r"^(\s*+[\w.\-]++\s*+=\s*+)([^\s\"'“”‘’\[{#](?:[^\"'“”‘’#]*[^\s\"'“”‘’#])?)(\s*(?:#.*)?)$"
_OPENS_TEXT = r"(\s*+[\w\-]++\s*+=)\s*+(?:''?|\"\"?)?\s*+"
_STATEMENT = re.compile(
    r"""\s*(?:\[\[?[\w.]+\]\]?|[\w.\-]+\s*=\s*(?:\[.*|'''.*|"[^"]*"|'[^']*'|-?\d[\d.]*))\s*(?:\#.*)?"""
)


def _corrections(line: str, table: str) -> Iterator[tuple[str, str]]:
    """The line with sure corrections, the mildest first."""
    yield plain_digits(line), ""
    if table not in TEXT_TABLES and (pasted := as_text(line)):
        yield pasted, ""
    punctuated = plain_digits(plain_marks(line))
    if punctuated != line:
        yield punctuated, ""
    if table in TEXT_TABLES:
        bare = re.sub(_BARE_VALUE, r'\1"\2"\3', line.replace("＝", "=", 1))
        yield bare, "电话、邮编等文字要放在英文引号里。"
    yield re.sub(_BARE_KEY, r"\1 = ", line), "名称后面缺少等号 =。"
    if re.fullmatch(_OPENS_TEXT, line):
        yield re.sub(_OPENS_TEXT, r"\1 '''", line), "文字要放在一对 ''' 之间，开头的 ''' 没有写。"
    code, hash_, comment = (
        punctuated.partition("#") if "'" not in line and '"' not in line else (punctuated, "", "")
    )
    if code.count("[") == code.count("]") + 1:
        yield f"{code.rstrip().rstrip(',')}]" + (f"  {hash_}{comment}" if hash_ else ""), ""
    if re.search(f"[{IDEOGRAPHS}]", line):
        yield re.sub(_BARE_TEXT, r'\1"\2"\3', line), ""


def _unended(lines: list[str]) -> tuple[int, int] | None:
    """The text in ''' whose end is missing: the next key, or the end of the file, comes before it."""
    begin = None
    for at, line in enumerate(lines):
        opened = re.match(r"\s*[\w.\-]+\s*=\s*'''", line)
        if begin is None:
            begin = at if opened and "'''" not in line[opened.end() :] else None
        elif _STATEMENT.fullmatch(line):
            return begin, _last_of(lines, begin, at)
        elif "'''" in line or re.fullmatch(_CURLY_LINE, line.strip()):
            begin = None
    return None if begin is None else (begin, _last_of(lines, begin, len(lines)))


def _last_of(lines: list[str], begin: int, end: int) -> int:
    """The last line of a text: neither empty nor a comment on what comes next."""
    own = (at for at in range(end - 1, begin, -1) if lines[at].strip() and not lines[at].startswith("#"))
    return next(own, begin)


def _suspects(lines: list[str], at: int) -> Iterator[int]:
    """Where a text or a list began, or Chinese quotation marks stand for ''' on a line of their own."""
    begun = [before for before in range(at) if lines[before].strip()][-1:]
    yield from (before for before in begun if re.fullmatch(_OPENS_TEXT, lines[before]))
    for before in range(at - 1, max(-1, at - 40), -1):
        if re.match(_OPENS_LIST, lines[before]):
            yield before
    marks = (line for line, text in enumerate(lines) if re.fullmatch(_CURLY_LINE, text.strip()))
    yield from nsmallest(MOST_MARKS, marks, key=lambda line: abs(line - at))


GRAMMAR = Grammar(_parse, toml_places, _corrections, _unended, _suspects, by_line=True)
