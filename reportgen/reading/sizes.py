"""How much a report that comes in may hold, whatever kind of file it is in: counted before it is read further.

A report of a province has about 200 paragraphs, 450 cells and 20,000 characters. What is far beyond that is another
document, or was made to take time and memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..model.findings import unusable


@dataclass(frozen=True)
class Limit:
    """So many of something are read."""

    most: int
    what: str
    """In Chinese, with its measure word before it: 个段落."""


PARAGRAPHS = Limit(6_000, "个段落")
TABLES = Limit(300, "张表格")
CELLS = Limit(6_000, "个单元格")
CHARACTERS = Limit(120_000, "个字")
COMMENTS = Limit(1_000, "条批注")
CHANGES = Limit(10_000, "处修订")
BREAKS = Limit(6_000, "个换行符")
RUNS = Limit(100_000, "段格式")


def hold(path: Path, limit: Limit, number: int) -> None:
    """Refuse a file that holds more than that.

    Raises:
        InputError: it does; the message names the limit.
    """
    if number > limit.most:
        raise unusable(
            path,
            f"文件里有 {number} {limit.what}，超过 {limit.most} {limit.what[0]}，不像是年度报告，没有读。",
            "请核对是不是选错了文件；多出来的内容请删去，再运行一次。",
        )
