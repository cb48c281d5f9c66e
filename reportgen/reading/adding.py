"""An entry of a list of tables in the clerk's input file, such as a waiver, put at its end or taken out; all else stays."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from ..model.language import Language, quoted
from .places import json_members, json_spans, toml_members

_LONE_CR = re.compile(r"\r(?!\n)")
_GAP = re.compile(r"(?:\A|(?<=\n))[ \t]*\r?\n\Z")
"""The blank line before an entry."""
_REST = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)?")
_COMMA_AFTER, _COMMA_BEFORE = re.compile(r"\s*,\s*"), re.compile(r",\s*\Z")


def with_entry(text: str, path: Path, table: str, values: Mapping[str, str]) -> str:
    """The text of an input file with one more entry of ``[[table]]``."""
    line_end = "\r\n" if "\r\n" in text else "\n" if "\n" in text or "\r" not in text else "\r"
    if Language.of(text, path) is Language.JSON:
        return _in_json(text, table, values, line_end)
    width = max(map(len, values))
    lines = [f"[[{table}]]", *(f"{key:<{width}} = {quoted(value)}" for key, value in values.items())]
    gap = "" if not text or text.endswith(("\n", "\r")) else line_end
    return text + gap + line_end + line_end.join(lines) + line_end


def without_entry(text: str, path: Path, table: str, number: int) -> str:
    """The text of an input file without one entry of ``[[table]]``, which are counted from 0."""
    plain = _LONE_CR.sub("\n", text)
    is_json = Language.of(text, path) is Language.JSON
    start, end = (json_members if is_json else toml_members)(plain, table)[number]
    if text[start] == "[":
        start = plain.rfind("\n", 0, start) + 1
        gap = _GAP.search(plain, 0, start)
        rest = _REST.match(text, end)
        return text[: gap.start() if gap else start] + text[rest.end() if rest else end :]
    if after := _COMMA_AFTER.match(text, end):
        return text[:start] + text[after.end() :]
    before = _COMMA_BEFORE.search(text, 0, start)
    return text[: before.start() if before else start] + text[end:]


def _in_json(text: str, table: str, values: Mapping[str, str], line_end: str) -> str:
    entry = "{ " + ", ".join(f"{quoted(key)}: {quoted(value)}" for key, value in values.items()) + " }"
    spans = json_spans(_LONE_CR.sub("\n", text))
    if table in spans:
        end = spans[table][1] - 1
        inside = text[spans[table][0] + 1 : end]
        at = spans[table][0] + 1 + len(inside.rstrip())
        return f"{text[:at]}{',' if inside.strip() else ''}{line_end}  {entry}{text[at:]}"
    end = spans[""][1] - 1
    inside = text[spans[""][0] + 1 : end]
    at = spans[""][0] + 1 + len(inside.rstrip())
    comma = "," if inside.strip() else ""
    return f"{text[:at]}{comma}{line_end}  {quoted(table)}: [ {entry} ]{text[at:]}"
