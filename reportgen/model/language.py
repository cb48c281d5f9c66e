"""The languages of an input file: which one it is written in, and how a text stands in it."""

from __future__ import annotations

import json
import re
from enum import StrEnum
from pathlib import Path

FORBIDDEN = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
"""What neither Word nor a web page can hold, and no input file: control characters, halves of characters, and the like."""


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


def printable(text: str) -> str:
    r"""The text without what no input file can hold; the line ends of other systems become line feeds.

    >>> printable("甲\x07乙\r\n丙\u2028丁")
    '甲乙\n丙\n丁'
    """
    lines = re.sub("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", "\n", text)
    return lines if lines.isprintable() else re.sub(FORBIDDEN, "", lines)


def one_line(text: str) -> str:
    r"""The same on one line, its words a blank apart.

    >>> one_line(" 甲\x07乙\r\n\u3000丙 ")
    '甲乙 丙'
    """
    return " ".join(printable(text).split())
