"""Plain text: lines that a page broke are joined, and no others."""

from __future__ import annotations

from pathlib import Path

from reportgen.reading.sources.plain import extract

PATH = Path("年报.txt")
WRAPPED = """某某局2024年政府信息公开工作年度报告
根据有关规定的要求，本局编制了 2024 年度报
告，报告全文包括总体情况和主动公开的情况、
收到和处理申请的情况以及其他需要报告的事项
等六个部分，数据统计的期限为 2024 年 1 月 1
日至 12 月 31 日。

一、总体情况
全年各项工作平稳有序，办理的各项申请都在规
定的期限以内答复，没有一件因为超过期限被纠
错。
"""


def lines(text: str) -> list[str]:
    return [block for block in extract(PATH, text.encode()).blocks if isinstance(block, str) and block]


def test_paragraphs_that_a_page_broke_are_whole_again() -> None:
    assert lines(WRAPPED) == [
        "某某局2024年政府信息公开工作年度报告",
        "根据有关规定的要求，本局编制了 2024 年度报告，报告全文包括总体情况和主动公开的情况、收到和处理申请的情况"
        "以及其他需要报告的事项等六个部分，数据统计的期限为 2024 年 1 月 1日至 12 月 31 日。",
        "一、总体情况",
        "全年各项工作平稳有序，办理的各项申请都在规定的期限以内答复，没有一件因为超过期限被纠错。",
    ]


def test_they_are_so_beside_the_remains_of_tables() -> None:
    table = "\n".join(f"第{n}条第一项" for n in range(15)) + "\n| 规章 | 0 | 0 | 0 |\n|---|---|---|---|\n"
    found = lines(WRAPPED + table)
    assert found[:4] == lines(WRAPPED)


def test_paragraphs_that_end_as_paragraphs_do_are_left() -> None:
    text = "".join(f"第{n}项工作在全年里进展得都很顺利，没有问题。\n" for n in "一二三四五六七八")
    assert lines(text) == text.split()


def test_cells_one_a_line_are_not_put_behind_their_label() -> None:
    label = "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"
    text = "".join(f"{label}\n0\n0\n" for _ in range(8))
    assert lines(text) == text.split()
