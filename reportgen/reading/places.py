"""Where each key of a TOML or JSON text stands: the parsers of the standard library do not say.

Both functions take text that the parser has accepted, or nearly so (a key that is written twice), and only find
places; what the values are is for the parser to say. Lines are counted from 1, paths are dotted keys.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

TOML_TEXT = r"""
    \"{3} (?:[^"\\]++|\\.?|"(?!""))*+ (?:"{3,5}|\Z) | '{3} (?:[^']++|'(?!''))*+ (?:'{3,5}|\Z)
    | "(?:[^"\\\n]++|\\[^\n]?)*+"? | '[^'\n]*+'?
"""
JSON_TEXT = r'"(?:[^"\\]++|\\.?)*+"?'
"""A text as it stands in the file; one that does not end goes on to the end of the line or of the file."""
_TOML_TOKEN = re.compile(
    rf"""
      (?P<text> {TOML_TEXT} )
    | (?P<comment> \#[^\n]* )
    | (?P<newline> \n )
    | (?P<mark>   [\[\]{{}}=,.] )
    | (?P<bare>   [^\s\[\]{{}}=,."'\#]+ )
    """,
    re.VERBOSE | re.DOTALL,
)
_JSON_TOKEN = re.compile(JSON_TEXT + r'|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)


@dataclass(frozen=True)
class KeyPlace:
    """Where a key stands, and the lines of its value."""

    path: str
    line: int
    last_line: int
    text_line: int
    """Where the text itself begins: the line after ``'''`` when nothing follows it there."""


def toml_places(text: str) -> list[KeyPlace]:
    """The places of all tables and keys, in their order; a path may come twice in a text with doubled keys."""
    places: list[KeyPlace] = []
    line_of = _lines(text)
    for path, statement, value in _toml_paths(text):
        line, last_line = line_of(statement[0].start()), line_of(statement[-1].end())
        opens_line = value is not None and value[0].startswith(("'''\n", '"""\n'))
        places.append(KeyPlace(path, line, last_line, line + opens_line))
    return places


def _lines(text: str) -> Callable[[int], int]:
    """The line in which a character of the text stands, by its place."""
    ends = [at for at, char in enumerate(text) if char == "\n"]
    return lambda at: bisect_left(ends, at) + 1


def toml_spans(text: str) -> dict[str, tuple[int, int]]:
    """From where to where in the text the value of each key stands, or the head of each table."""
    spans: dict[str, tuple[int, int]] = {}
    for path, statement, value in _toml_paths(text):
        if value is not None or statement[0][0] == "[":
            start = value or statement[0]
            spans.setdefault(path, (start.start(), statement[-1].end()))
    return spans


def _toml_paths(text: str) -> Iterator[tuple[str, list[re.Match[str]], re.Match[str] | None]]:
    """Each table's head and each key by its path, with its tokens and the first of its value.

    The tables of a list, ``[[ ]]``, are numbered from 0.
    """
    tables: dict[str, int] = {}
    prefix: tuple[str, ...] = ()
    for statement in _toml_statements(text):
        words = [match[0] for match in statement]
        if words[0] == "[":
            prefix = tuple(_toml_key(match[0]) for match in statement if match.lastgroup != "mark")
            if words[:2] == ["[", "["]:
                path = ".".join(prefix)
                tables[path] = tables.get(path, -1) + 1
                prefix = (*prefix, str(tables[path]))
            yield ".".join(prefix), statement, None
        elif "=" in words:
            equals = words.index("=")
            keys = tuple(_toml_key(word) for word in words[:equals] if word != ".")
            yield ".".join((*prefix, *keys)), statement, next(iter(statement[equals + 1 :]), None)


def json_spans(text: str) -> dict[str, tuple[int, int]]:
    """From where to where in the text the value of each key stands; "" is the whole."""
    spans: dict[str, tuple[int, int]] = {}
    path: list[str] = []
    opened: list[tuple[int, bool]] = []
    before = key = ""
    for match in _JSON_TOKEN.finditer(text):
        token = match[0]
        if token in ("{", "["):
            opened.append((match.start(), before in (":", "")))
        elif token in ("}", "]"):
            start, is_value = opened.pop()
            if is_value:  # and no member of a list
                spans.setdefault(".".join(path), (start, match.end()))
                path = path[:-1]
        elif token == ":":
            path.append(json.loads(key))
        elif token != ",":
            key = token
            if before == ":":
                spans.setdefault(".".join(path), match.span())
                path.pop()
        before = token
    return spans


def toml_members(text: str, table: str) -> list[tuple[int, int]]:
    """From where to where each member of a list of tables stands: ``[[ ]]`` with its keys, or ``{ }`` in brackets."""
    found: list[tuple[int, int]] = []
    for path, statement, value in _toml_paths(text):
        if path == table and value is not None:
            return _members(statement[statement.index(value) :])
        if path == f"{table}.{len(found)}":
            found.append((statement[0].start(), statement[-1].end()))
        elif path.startswith(f"{table}.") and found:
            found[-1] = found[-1][0], statement[-1].end()
    return found


def json_members(text: str, table: str) -> list[tuple[int, int]]:
    """The same for JSON."""
    start, end = json_spans(text).get(table, (0, 0))
    return _members(_JSON_TOKEN.finditer(text, start, end))


def _members(tokens: Iterable[re.Match[str]]) -> list[tuple[int, int]]:
    """The members of a list, which are tables, by the tokens of the list."""
    found, depth, start = [], 0, 0
    for match in tokens:
        if match[0] in ("[", "{"):
            depth += 1
            start = match.start() if depth == 2 else start
        elif match[0] in ("]", "}"):
            depth -= 1
            if depth == 1:
                found.append((start, match.end()))
    return found


def _toml_statements(text: str) -> Iterator[list[re.Match[str]]]:
    """The tokens of each statement: a table's head, or a key with its value over as many lines as it has."""
    statement: list[re.Match[str]] = []
    depth = 0
    for match in _TOML_TOKEN.finditer(text):
        if match.lastgroup == "comment":
            continue
        if match.lastgroup != "newline":
            statement.append(match)
            depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(match[0], 0)
        elif depth <= 0 and statement:
            yield statement
            statement, depth = [], 0
    if statement:
        yield statement


def _toml_key(word: str) -> str:
    return word[1:-1] if word[0] in "\"'" else word


def json_places(text: str) -> list[KeyPlace]:
    """The places of all keys, in their order; the path of a list's member ends in its number, from 0."""
    places: list[KeyPlace] = []
    path: list[str | int] = []
    awaiting_key = False
    line_of = _lines(text)
    for match in _JSON_TOKEN.finditer(text):
        token = match[0]
        if token in "{[":
            path.append("" if token == "{" else 0)
            awaiting_key = token == "{"
        elif token in "}]":
            path.pop()
            awaiting_key = False
        elif token == ",":
            if isinstance(path[-1], int):
                path[-1] += 1
            else:
                awaiting_key = True
        elif token != ":" and awaiting_key:
            path[-1] = json.loads(token)
            line = line_of(match.start())
            places.append(KeyPlace(".".join(map(str, path)), line, line, line))
            awaiting_key = False
    return places
