"""Slips of the hand in typing ``{{ }}``, and the one right form of their line.

A Chinese keyboard types ｛｛ ｝｝ and （ ） ｜ ．; a name pasted from the form brings its numbering and its quotes; and a
``}}`` is forgotten.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from ..patterns import regex
from .chinese import IDEOGRAPHS, NUMERAL
from .findings import Correction, cut
from .names import Names
from .narrative import Problem

_OPENING, _CLOSING = regex("[{｛][ 　]?[{｛]"), regex("[}｝][ 　]?[}｝]")
_CONDITION = regex("[{｛] ?[%％]|[%％] ?[}｝]")
_TAG = regex(r"(\{\{|\{%)([^{}]*)(\}\}|%\})")
_WIDE = str.maketrans(
    {
        **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
        "。": ".",
        "　": " ",
        "“": "",
        "”": "",
        "、": "",
    }
)
_NUMBERING = rf"(?<!\w)(?:[（(]{NUMERAL}[)）]|{NUMERAL}[、.．]|\d{{1,2}}[.．、])(?=[{IDEOGRAPHS}])"
_NOTE = rf"(?<=[{IDEOGRAPHS}])（[^（）]*）"
_STROKE = rf"(?<=[{IDEOGRAPHS}])[/／](?=[{IDEOGRAPHS}])"
_NAME = regex(r"\{\{\s*(\w+(?:\.\w+)*)")
_NEXT = regex(r"\}\}|\{\{|\{%")

MOST_SLIPS = 30
"""In one part of the text; after so many the rest of it is not read."""
LONGEST_NAME = 100
"""Longer than any name; no name is looked for in what is longer."""


def slips(source: str, lines: Sequence[int], names: Names) -> tuple[str, list[Problem]]:
    """The source without its slips, and what was wrong in it; ``lines`` are those of the input file."""
    problems: list[Problem] = []
    mended = source.split("\n")
    after = _marks_after(mended)
    for at, written in enumerate(mended):
        if "{" not in written and "｛" not in written:
            continue
        if len(problems) >= MOST_SLIPS:
            problems.append(Problem(lines[at], "{{ }} 的写法不对的地方太多，从这里起没有读"))
            return "\n".join(mended[:at]), problems
        right = _with_plain_marks(_with_braces(written))
        message = "{{ }} 里的括号和标点要用半角的，只写数据名，不写编号" if right != written else ""
        unclosed = list(islice(_unclosed(right, after[at]), MOST_SLIPS + 1))
        if len(unclosed) > MOST_SLIPS:
            problems.append(Problem(lines[at], f"这一行有 {MOST_SLIPS} 个以上的 {{{{ 没有用 }}}} 结束"))
            mended[at] = ""
            continue
        for start in reversed(unclosed):
            message = f"“{cut(right[start : start + 20])}”的写法不对：{{{{ 没有用 }}}} 结束"
            closed = _closed(right[start:], names)
            if closed is None:
                problems.append(Problem(lines[at], message))
                mended[at] = right[:start] + "  " + right[start + 2 :]
                break
            right = right[:start] + closed
        else:
            mended[at] = right
            if right != written:
                problems.append(Problem(lines[at], message, Correction(lines[at], written, right)))
    return "\n".join(mended), problems


def _with_braces(line: str) -> str:
    """The line with the braces of its tags as they have to be."""

    def plain(found: re.Match[str]) -> str:
        written = found[0]
        is_wide = any(mark in written for mark in "｛｝％")
        return "".join(written.translate(_WIDE).split()) if is_wide else written

    for pattern in (_OPENING, _CLOSING, _CONDITION):
        line = pattern.sub(plain, line)
    return line


def _with_plain_marks(line: str) -> str:
    """The line with half-width marks, and names without numbering, within its tags."""

    def plain(tag: re.Match[str]) -> str:
        inside = tag[2]
        if "'" in inside or '"' in inside:
            return tag[0]
        if inside.isascii():
            return tag[0]  # what is dropped stands beside Chinese
        for extra in (_NUMBERING, _NOTE, _STROKE):
            inside = re.sub(extra, "", inside)
        return tag[1] + inside.translate(_WIDE) + tag[3]

    return _TAG.sub(plain, line)


def _marks_after(lines: Sequence[str]) -> list[str]:
    """The first mark of a tag in the lines after each line; "" where there is none."""
    after = [""]
    for line in reversed(lines[1:]):
        found = _NEXT.search(line)
        after.append(found[0] if found else after[-1])
    return after[::-1]


def _unclosed(line: str, after: str) -> Iterator[int]:
    """Where a tag opens that is closed neither before the next one nor by the mark in the lines ``after``."""
    start = line.find("{{")
    while start >= 0:
        ends = _NEXT.search(line, start + 2)
        if (ends[0] if ends else after) != "}}":
            yield start
        start = line.find("{{", start + 2)


def _closed(opened: str, names: Names) -> str | None:
    """A text that begins with an unclosed tag, closed behind its name; None where that is not sure."""
    found = _NAME.match(opened)
    written = found[1] if found else ""
    known = next(
        (n for n in range(min(len(written), LONGEST_NAME), 0, -1) if len(names.meant(written[:n])) == 1), 0
    )
    rest = opened[(found.start(1) if found else 0) + known :]
    if not known or re.match(r"\s*[|+\-*/(\[.]", rest):
        return None
    return f"{{{{ {written[:known]} }}}}{re.sub(r'^ *[}｝]?', '', rest)}"
