"""What a Chinese keyboard types between the texts of an input file, put right in one line."""

from __future__ import annotations

import re

_FULL_WIDTH = {
    "＝": "=", "，": ",", "、": ",", "：": ":", "．": ".", "＃": "#", "－": "-", "＿": "_", "＋": "+",
    "［": "[", "］": "]", "【": "[", "】": "]", "｛": "{", "｝": "}",
    "\u3000": " ", "\u00a0": " ", "\u200b": "", "\ufeff": "",
}  # fmt: skip
_QUOTES = {"“": '"', "”": '"', "„": '"', "＂": '"', "‘": "'", "’": "'", "＇": "'"}
_DIGITS = {chr(ord("０") + digit): str(digit) for digit in range(10)}
_OUTSIDE = r"""((?<!\\)"(?:\\.|[^"\\])*+"|'[^']*'|\#.*)"""
_GROUPED = r"([=:]\s*+)(\d{1,3}(?:,\d{3})++)(\s*+,?\s*+(?:#.*)?)$"


def plain_digits(line: str) -> str:
    """The line with full-width digits and 1,234 outside of texts written plainly."""
    parts = re.split(_OUTSIDE, line)
    parts[::2] = ["".join(_DIGITS.get(char, char) for char in part) for part in parts[::2]]
    return re.sub(_GROUPED, lambda found: found[1] + found[2].replace(",", "") + found[3], "".join(parts))


def as_written_text(line: str) -> str:
    """The line of a key with its bare value in quotes."""
    return re.sub(
        r"""^(\s*+["\w.\-]++\s*+[=:]\s*+)([^\s"'#,\[{]++)(\s*+,?\s*+(?:#.*)?)$""", r'\1"\2"\3', line
    )


def plain_marks(line: str) -> str:
    """The line with Chinese punctuation outside of texts, and Chinese quotation marks around them, put right."""
    written = []
    closing = ""
    last = {mark: line.rfind(mark) for mark in (*_QUOTES, *_QUOTES.values())}
    for i, char in enumerate(line):
        plain = _QUOTES.get(char, char)
        if closing:
            ends = char == closing or (plain == closing[0] and last[closing] < i)
            written.append(plain if ends else char)
            closing = "" if ends else closing
        elif plain in "\"'":
            closing = plain if char == plain else {"“": "”", "‘": "’"}.get(char, char)
            closing = closing if last[closing] > i else plain
            written.append(plain)
        elif char in "#＃":
            return "".join(written) + "#" + line[i + 1 :]
        else:
            written.append(_FULL_WIDTH.get(char, char))
    return "".join(written)
