"""The title of a report: which lines are it, which body and which year it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from ..form.model import Form
from . import labels
from .sources.extract import Block

LONGEST_TITLE = 120
_NAMED = re.compile(r"^(?:标题|题目|名称|题名)\s*[:：]\s*")
_TITLE_PARTS = re.compile(r"\s*[_|｜]\s*|\s+[-–—]+\s+|(?<=[^\d])[-–—]+(?=[^\d])")
_BODY = r"[^\d](?:[^\d]|(?<!\d)\d{1,3}(?![\d年月日:：./-])){1,59}?"
"""The name of a body; some have a short number in it: 第12中学."""


def title_of(text: str, form: Form) -> re.Match[str] | None:
    """Match what names a body and a year and ends as a title does; None for what is none."""
    plain = _NAMED.sub("", labels.plain(text))
    ending = "|".join(re.escape(words) for words in _endings(form))
    return _title(ending).fullmatch(plain) if len(plain) <= LONGEST_TITLE else None


@cache
def _title(ending: str) -> re.Pattern[str]:
    """Body and year in either order: 某某局2024年…年度报告, 2024年某某局…年度报告."""
    return re.compile(
        rf"(?P<name>{_BODY})(?P<year>20\d\d)年度?(?:[^\d]{{0,20}})(?:{ending})"
        rf"|(?P<first>20\d\d)年度?(?P<later>{_BODY})(?:政府信息公开|政务公开)[^\d]{{0,12}}(?:{ending})"
    )


def body_and_year(title: str, form: Form) -> tuple[str, int] | None:
    """The body and the year that a title names; None for what is none."""
    match = title_of(title, form)
    return (match["name"] or match["later"], int(match["year"] or match["first"])) if match else None


def _endings(form: Form) -> tuple[str, str]:
    """The last words of a title; many say 年度报告 where the form says 工作年度报告, some 年报."""
    words = labels.plain(form.title[-1])
    return words[-4:], words[-3:-2] + words[-1:] if len(words) > 3 else words


def unnamed(title: str) -> str:
    """A title without the word that some pages put before it: 标题：."""
    return _NAMED.sub("", title)


def find_title(
    blocks: Sequence[Block], titles: Sequence[str], first: int, form: Form
) -> tuple[str, set[int], tuple[str, ...]]:
    """The title nearest above a block, the lines it stands in, and the titles of other reports.

    ``titles`` are those that stand outside of the text, ``first`` is the block of the first heading.
    """
    found: dict[int, tuple[str, int]] = {}
    for i in range(first):
        for length in (1, 2, 3):
            lines = blocks[i : i + length]
            words = [line.strip() for line in lines if isinstance(line, str)]
            if i + length <= first and len(words) == length and all(words) and title_of("".join(words), form):
                found[i + length - 1] = ("".join(words), i)  # the fewest lines that end there
                break
    outside = [
        piece for text in titles for piece in (text, *_TITLE_PARTS.split(text)) if title_of(piece, form)
    ]
    if found:
        shortest = min(
            (text for text, _ in reversed(found.values())), key=lambda text: len(labels.plain(text))
        )
        said = _said(shortest, form)
        own = {
            i
            for end, (text, start) in found.items()
            if _said(text, form) == said
            for i in range(start, end + 1)
        }
        later = [block for block in blocks[first:] if isinstance(block, str) and title_of(block, form)]
        others = {_said(text, form): text for text in (*(text for text, _ in found.values()), *later)}
        return shortest, own, tuple(others.values())
    return min(outside, key=len, default=""), set(), ()


def _said(title: str, form: Form) -> tuple[str, int]:
    """The body and the year of a title; a breadcrumb before it is no other body."""
    name, year = body_and_year(title, form) or ("", 0)
    return name[-6:], year
