"""Which of a body's files is its report: the one the roster names, or the one of the year; else they must agree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .area import Submission

MOST_NAMED = 3
"""Files, or bodies, that a remark names."""


def some(names: Sequence[str]) -> str:
    """The first names of a message, and 等 where there are more."""
    return "、".join(names[:MOST_NAMED]) + ("等" if len(names) > MOST_NAMED else "")


class Choice(NamedTuple):
    """Which of a body's files stands for it."""

    submission: Submission | None
    others: tuple[str, ...]
    remark: str


def chosen(files: Sequence[Submission], given: Submission | None, year: int | None) -> Choice:
    """Which of a body's files is its report: that of the roster, or the one of the year; else they must agree."""
    if given is not None:
        others = tuple(each.file for each in files if each is not given)
        remark = f"另有 {len(others)} 个文件，以名单里写明的为准。" if others else ""
        return Choice(given, others, remark)
    usable = [each for each in files if each.year == year and each.figures] or list(files)
    best = max(usable, key=lambda each: (not each.reason, len(each.figures), -len(each.errors)))
    others = tuple(each.file for each in files if each is not best)
    if not others:
        return Choice(best, (), "")
    if any(_differ(best, each) for each in usable):
        shown = some([each.file for each in usable])
        remark = (
            f"有 {len(usable)} 份内容不同的报告：{shown}，不知道以哪一份为准，没有计入。"
            "请核对以后只留一份，或者在名单的“文件”（file）里写明。"
        )
        return Choice(None, tuple(each.file for each in files), remark)
    others_of = sorted({each.year for each in files if each.year and each.year != best.year})
    if len(usable) < len(files):
        told = "、".join(f"{each}年" for each in others_of)
        remark = f"另有{told}的报告，没有用。" if told else f"另有 {len(others)} 个文件，没有用。"
        return Choice(best, others, remark)
    return Choice(best, others, f"交了 {len(files)} 个文件，数据相同，只计一次。")


def _differ(one: Submission, other: Submission) -> bool:
    """Whether two reports say different figures for a cell, or are of different years."""
    if one.year != other.year or one.format != other.format or bool(one.reason) != bool(other.reason):
        return True
    return any(other.figures.get(cell, figure) != figure for cell, figure in one.figures.items())
