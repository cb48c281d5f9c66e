"""TOML or JSON text -> data, with the place of every key, and every fault of the text in one run.

The parsers of the standard library stop at the first fault. Here a faulty line is put right where one sure
correction exists (Chinese punctuation ＝ “ ” ， ［ ］, a missing bracket) and left out otherwise, and the text is
parsed again, until it can be read: so one run names all faults, each with the line and the corrected line.
Only full-width digits and 1,234, which have one meaning, are read with a note instead of being refused; and a row as it
is pasted becomes a text, which whoever knows the form can read.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from ..model.chinese import IDEOGRAPHS
from ..model.findings import Correction, Finding, Severity, cut
from ..model.language import Language
from .pasted import as_text
from .places import KeyPlace, json_places, toml_places

MOST_FAULTS = 30
"""After so many faults a text is no input file, and the rest of it is not read."""
MOST_ROUNDS = 150
"""So often it is read again, also for what is no fault."""

TEXT_TABLES = ("agency", "publication")
"""Tables of the input in which every value is a text."""


@dataclass
class Parsed:
    """A text as data."""

    data: dict[str, Any] = field(default_factory=dict)
    places: Mapping[str, KeyPlace] = field(default_factory=dict)
    problems: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    """Of the text, as they are written."""
    left_out: set[int] = field(default_factory=set)
    """Lines that could not be read; if there are any, a missing key means nothing."""

    @property
    def whole(self) -> bool:
        return not self.left_out


@dataclass(frozen=True)
class _Fault:
    """The first fault a parser met, at a line counted from 1; the message is Chinese."""

    line: int
    message: str
    is_double: bool = False
    """Whether a key is written twice."""


@dataclass(frozen=True)
class _Syntax:
    """How one language of input files is read, and how a fault in one is found and mended."""

    parse: Callable[[str], dict[str, Any] | _Fault]
    places: Callable[[str], list[KeyPlace]]
    corrections: Callable[[str, str], Iterator[tuple[str, str]]]
    """A line, and the table it stands in -> the line with sure corrections, the mildest first; and what was wrong,
    where that is known better than from the parser."""
    unended: Callable[[list[str]], tuple[int, int] | None]
    """Where a text begins whose closing quotes are missing, and its last line; counted from 0."""
    suspects: Callable[[list[str], int], Iterator[int]]
    """Where the cause of a fault may stand, counted from 0, other than in the line of the fault itself."""
    by_line: bool
    """Whether a line can be left out and the rest still has its meaning."""


def load(text: str, language: Language) -> Parsed:
    """The data of a text."""
    syntax = _SYNTAXES[language]
    lines = text.split("\n")
    loaded = Parsed(lines=lines)
    for _ in range(MOST_ROUNDS):
        if len(loaded.problems) > MOST_FAULTS:
            break
        found = syntax.parse("\n".join(lines))
        if not isinstance(found, _Fault):
            loaded.data = found
            places = syntax.places("\n".join(lines))
            loaded.places = {place.path: place for place in reversed(places)}
            loaded.problems += _doubles(places)
            return loaded
        mended = _mended(lines, found, syntax, loaded)
        if mended is None:
            return loaded
        lines = mended
    loaded.problems.append(_problem(None, "文件里这样的错误太多，后面的没有再读。"))
    return loaded


def _mended(lines: list[str], fault: _Fault, syntax: _Syntax, loaded: Parsed) -> list[str] | None:
    """The lines without the fault: its line put right, else left out. None where reading cannot go on."""
    if fault.is_double and (single := _without_doubles(lines, syntax, loaded)) != lines:
        return single
    faulty = fault.line - 1

    def without(at: int, corrected: str) -> list[str] | None:
        mended = [*lines[:at], corrected, *lines[at + 1 :]]
        again = syntax.parse("\n".join(mended)) if corrected != lines[at] else fault
        return mended if not isinstance(again, _Fault) or again.line > fault.line else None

    if (text := syntax.unended(lines)) and (mended := without(text[1], f"{lines[text[1]]}'''")):
        _report_unended(*text, lines, loaded)
        return mended
    for at in (faulty, *syntax.suspects(lines, faulty)):
        for corrected, why in syntax.corrections(lines[at], _table(lines, at)):
            if mended := without(at, corrected):
                told = replace(fault, message=why or fault.message)
                _report_correction(at + 1, lines[at], corrected, told, loaded)
                return mended
    written = lines[faulty]
    _report_left_out(fault, written, loaded)
    if not syntax.by_line or not written.strip() or written.lstrip().startswith("["):
        return None  # without the head of a table nobody knows whose the keys below it are
    return [*lines[:faulty], "", *lines[faulty + 1 :]]


def _table(lines: list[str], at: int) -> str:
    """The table a line stands in."""
    heads = (re.fullmatch(r"\s*\[\s*([\w.]+)\s*\]\s*(?:#.*)?", line) for line in reversed(lines[:at]))
    return next((head[1] for head in heads if head), "")


def _report_unended(begin: int, end: int, lines: list[str], loaded: Parsed) -> None:
    correction = Correction(end + 1, lines[end], f"{lines[end]}'''")
    message = f"文字从这一行的 ''' 开始，后面没有用 ''' 结束。请在第 {end + 1} 行的末尾加上 '''。"
    loaded.problems.append(_corrected(begin + 1, message, correction))


def _report_left_out(fault: _Fault, written: str, loaded: Parsed) -> None:
    if re.search(_CONTROL, written):
        fault = replace(fault, message="这一行有看不见的控制字符，请删去重打。")
    before = loaded.problems[-1] if loaded.problems else None
    goes_on = before and before.message == fault.message and fault.line - 1 in loaded.left_out
    loaded.left_out.add(fault.line)
    if goes_on:  # a text without its quotation marks is one problem, not twenty
        return
    loaded.problems.append(
        _problem(fault.line, fault.message, f"\n    原文：{cut(written)}" if written.strip() else "")
    )


def _report_correction(line: int, written: str, corrected: str, fault: _Fault, loaded: Parsed) -> None:
    if corrected == _plain_digits(written):
        note = f"“{cut(written)}”里的数字按“{cut(corrected)}”读入。"
        loaded.notes.append(Finding("I06", Severity.NOTE, note, line=line))
    elif corrected != as_text(written):  # of a pasted row the reader speaks who knows the form
        loaded.problems.append(_corrected(line, fault.message, Correction(line, written, corrected)))


def _without_doubles(lines: list[str], syntax: _Syntax, loaded: Parsed) -> list[str] | None:
    """The lines without the second of two equal keys; None where a whole table is doubled."""
    seen: dict[str, KeyPlace] = {}
    for place in syntax.places("\n".join(lines)):
        first = seen.setdefault(place.path, place)
        if first is place:
            continue
        loaded.problems += _doubles([first, place])
        loaded.left_out.add(place.line)
        if lines[place.line - 1].lstrip().startswith("["):
            return None
        blank = [""] * (place.last_line - place.line + 1)
        lines = [*lines[: place.line - 1], *blank, *lines[place.last_line :]]
    return lines


def _doubles(places: list[KeyPlace]) -> list[Finding]:
    """A problem for each path that is written twice."""
    return [
        _problem(
            last.line,
            f"“{path}”写了两次，第 {first.line} 行和第 {last.line} 行。",
            "请核对哪一处是对的，删去另一处。",
        )
        for path, times in Counter(place.path for place in places).items()
        if times > 1
        for first, *_, last in [[place for place in places if place.path == path]]
    ]


_CONTROL = "[\x00-\x08\x0b-\x1f\x7f]"


def _problem(line: int | None, message: str, advice: str = "") -> Finding:
    return Finding("I02", Severity.ERROR, message, advice, line=line)


def as_written_text(line: str) -> str:
    """The line of a key with its bare value in quotes."""
    return re.sub(r"""^(\s*["\w.\-]+\s*[=:]\s*)([^\s"'#,\[{]+)(\s*,?\s*(?:#.*)?)$""", r'\1"\2"\3', line)


def _corrected(line: int, message: str, correction: Correction) -> Finding:
    return Finding("I02", Severity.ERROR, message, correction.shown, line=line, correction=correction)


# ── TOML ────────────────────────────────────────────────────────────────────────────────────────────

_TOML_FAULTS = {
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


def _parse_toml(text: str) -> dict[str, Any] | _Fault:
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\(at line (\d+), column \d+\)", str(error))
        line = int(place[1]) if place else text.rstrip().count("\n") + 1
        known = (message for begin, message in _TOML_FAULTS.items() if str(error).startswith(begin))
        return _Fault(line, next(known, "这一行不合 TOML 的写法。"), str(error).startswith("Cannot"))
    except RecursionError:
        return _Fault(1, "括号套得太深，不是输入文件。")
    except ValueError:
        return _too_long(text)


_FULL_WIDTH = {
    "＝": "=", "，": ",", "、": ",", "：": ":", "．": ".", "＃": "#", "－": "-", "＿": "_", "＋": "+",
    "［": "[", "］": "]", "【": "[", "】": "]", "｛": "{", "｝": "}",
    "\u3000": " ", "\u00a0": " ", "\u200b": "", "\ufeff": "",
}  # fmt: skip
_QUOTES = {"“": '"', "”": '"', "„": '"', "＂": '"', "‘": "'", "’": "'", "＇": "'"}
_DIGITS = {chr(ord("０") + digit): str(digit) for digit in range(10)}
_OUTSIDE = r"""("(?:\\.|[^"\\])*"|'[^']*'|\#.*)"""
_GROUPED = r"([=:]\s*)(\d{1,3}(?:,\d{3})+)(\s*,?\s*(?:#.*)?)$"
_OPENS_LIST = r"\s*[\w.]+\s*=\s*\[[^\]]*$"
_CURLY_LINE = "[“”‘’＂＇]{3}"
_BARE_TEXT = r"(\s*[\w.]+\s*=\s*)([^\s\"'\[{#\d][^\"'#]*?)(\s*(?:#.*)?)$"


_BARE_KEY = r"(\s*[\w\-]+ *?)[ \t]{1,3}(?=[\[\d])"
_BARE_VALUE = r"(\s*[\w.\-]+\s*=\s*)([^\s\"'“”‘’\[{#][^\"'“”‘’#]*?)(\s*(?:#.*)?)$"
_OPENS_TEXT = r"(\s*[\w\-]+\s*=)\s*(?:''?|\"\"?)?\s*"
_STATEMENT = re.compile(
    r"""\s*(?:\[\[?[\w.]+\]\]?|[\w.\-]+\s*=\s*(?:\[.*|'''.*|"[^"]*"|'[^']*'|-?\d[\d.]*))\s*(?:\#.*)?"""
)


def _toml_corrections(line: str, table: str) -> Iterator[tuple[str, str]]:
    """The line with sure corrections, the mildest first."""
    yield _plain_digits(line), ""
    if table not in TEXT_TABLES and (pasted := as_text(line)):
        yield pasted, ""
    punctuated = _plain_digits(_plain_marks(line))
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


def _toml_unended(lines: list[str]) -> tuple[int, int] | None:
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


def _toml_suspects(lines: list[str], at: int) -> Iterator[int]:
    """Where a text or a list began, or Chinese quotation marks stand for ''' on a line of their own."""
    begun = [before for before in range(at) if lines[before].strip()][-1:]
    yield from (before for before in begun if re.fullmatch(_OPENS_TEXT, lines[before]))
    for before in range(at - 1, max(-1, at - 40), -1):
        if re.match(_OPENS_LIST, lines[before]):
            yield before
    marks = [line for line, text in enumerate(lines) if re.fullmatch(_CURLY_LINE, text.strip())]
    yield from sorted(marks, key=lambda line: abs(line - at))


def _plain_digits(line: str) -> str:
    """The line with full-width digits and 1,234 outside of texts written plainly."""
    parts = re.split(_OUTSIDE, line)
    parts[::2] = ["".join(_DIGITS.get(char, char) for char in part) for part in parts[::2]]
    return re.sub(_GROUPED, lambda found: found[1] + found[2].replace(",", "") + found[3], "".join(parts))


def _plain_marks(line: str) -> str:
    """The line with Chinese punctuation outside of texts, and Chinese quotation marks around them, put right."""
    written = []
    closing = ""
    for i, char in enumerate(line):
        plain = _QUOTES.get(char, char)
        if closing:
            ends = char == closing or (plain == closing[0] and closing not in line[i:])
            written.append(plain if ends else char)
            closing = "" if ends else closing
        elif plain in "\"'":
            closing = plain if char == plain else {"“": "”", "‘": "’"}.get(char, char)
            closing = closing if closing in line[i + 1 :] else plain
            written.append(plain)
        elif char in "#＃":
            return "".join(written) + "#" + line[i + 1 :]
        else:
            written.append(_FULL_WIDTH.get(char, char))
    return "".join(written)


def _too_long(text: str) -> _Fault:
    number = re.search(r"\d{300,}", text)
    line = text.count("\n", 0, number.start()) + 1 if number else 1
    return _Fault(line, "这个数太长，请核对。")


# ── JSON ────────────────────────────────────────────────────────────────────────────────────────────

_JSON_FAULTS = {
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


def _parse_json(text: str) -> dict[str, Any] | _Fault:
    try:
        data = json.loads(text, parse_float=Decimal, parse_constant=Decimal)
    except json.JSONDecodeError as error:
        known = (message for begin, message in _JSON_FAULTS.items() if error.msg.startswith(begin))
        last = text.rstrip().count("\n") + 1
        return _Fault(min(error.lineno, last), next(known, "这一行不合 JSON 的写法。"))
    except RecursionError:
        return _Fault(1, "括号套得太深，不是输入文件。")
    except ValueError:
        return _too_long(text)
    return data if isinstance(data, dict) else _Fault(1, "文件最外面要是一对花括号 { }。")


def _json_corrections(line: str, _: str) -> Iterator[tuple[str, str]]:
    """The line with sure corrections, the mildest first."""
    yield _plain_digits(line), ""
    yield _plain_digits(_plain_marks(line)), ""
    yield f"{line.rstrip()},", ""
    yield line.rstrip().removesuffix(","), ""


def _json_suspects(lines: list[str], at: int) -> Iterator[int]:
    """The line before, where a comma may be missing or one too many."""
    yield from [before for before in range(at) if lines[before].strip()][-1:]


_SYNTAXES = {
    Language.TOML: _Syntax(
        _parse_toml, toml_places, _toml_corrections, _toml_unended, _toml_suspects, by_line=True
    ),
    Language.JSON: _Syntax(
        _parse_json, json_places, _json_corrections, lambda _: None, _json_suspects, by_line=False
    ),
}
