"""A new entry at the end of a list of tables in the clerk's input file, such as a waiver; all else stays as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from ..model.language import Language, quoted
from .places import json_spans

_LONE_CR = re.compile(r"\r(?!\n)")


def with_entry(text: str, path: Path, table: str, values: Mapping[str, str]) -> str:
    """The text of an input file with one more entry of ``[[table]]``."""
    line_end = "\r\n" if "\r\n" in text else "\n" if "\n" in text or "\r" not in text else "\r"
    if Language.of(text, path) is Language.JSON:
        return _in_json(text, table, values, line_end)
    width = max(map(len, values))
    lines = [f"[[{table}]]", *(f"{key:<{width}} = {quoted(value)}" for key, value in values.items())]
    gap = "" if not text or text.endswith(("\n", "\r")) else line_end
    return text + gap + line_end + line_end.join(lines) + line_end


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
