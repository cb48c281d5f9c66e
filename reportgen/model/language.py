"""The languages of an input file: which one it is written in, and how a text stands in it."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path


class Language(StrEnum):
    """A language; its value is the ending of the file's name."""

    TOML = ".toml"
    JSON = ".json"

    @classmethod
    def of(cls, text: str, path: Path) -> Language:
        """The language of a text: JSON where the file is called so, or begins with the brace of an object."""
        is_json = path.suffix.lower() == cls.JSON or text.lstrip("\ufeff \t\r\n").startswith("{")
        return cls.JSON if is_json else cls.TOML


def quoted(text: str, *, ascii: bool = False) -> str:
    """The text in double quotes on one line, as both languages write it."""
    return json.dumps(text, ensure_ascii=ascii).replace("\x7f", "\\u007f")
