"""What ``collate`` says on the terminal of texts that are alike, of a published report, and of its papers."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.collating.area import Alike, Difference
from reportgen.collating.papers import workbook_figures
from reportgen.collating.papers.folder import Written, write
from reportgen.console.collating import say_area, say_written

from ..collating import areas


def said(capsys: pytest.CaptureFixture[str]) -> str:
    return " ".join(capsys.readouterr().out.split())


def test_texts_that_are_alike_are_named_with_their_share(capsys: pytest.CaptureFixture[str]) -> None:
    pairs = (Alike("甲局", "乙局", 0.834, ("一。", "二。")), Alike("丙局", "丙局", 1.0, ("三。",), True))
    say_area(areas.area(areas.sound(), alike=pairs))
    told = said(capsys)
    assert "文字雷同的（2）" in told
    assert "甲局 和 乙局：83%，2 句相同。" in told
    assert "丙局 和 丙局 上年的报告：100%，1 句相同。" in told


def test_a_difference_to_the_published_report_is_told_with_what_explains_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    cell = "active_disclosure.licensing"
    say_area(areas.area(areas.sound(), published=(Difference(cell, "12", "21", ("漏了甲局",)),)))
    assert "表二·行政许可：公布的是 12，合计是 21。可能的原因：漏了甲局。" in said(capsys)
    say_area(areas.troubled())
    assert "和公布的报告不同的格，缺 3 个单位，不能判断是不是差错（2）" in said(capsys)
    say_area(areas.area(areas.sound(), published=()))
    assert "公布的报告：各格都和合计相同。" in said(capsys)
    say_area(areas.area(areas.sound()))
    assert "公布" not in said(capsys)


def test_papers_are_listed_and_what_was_left_alone_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    out = Path("汇总")
    edited, letter = out / "收齐表.docx", out / "退回意见" / "甲局退回意见.docx"
    say_written(
        Written(
            (out / "收齐表（2）.docx", out / "汇总.toml"),
            (letter, letter),
            {edited: out / "收齐表（2）.docx", out / "概览.html": None},
            (out / "退回意见" / "已改正" / "乙局退回意见.docx",),
        )
    )
    told = said(capsys)
    assert "汇总/退回意见（2 份退回意见）" in told.replace("\\", "/")
    assert "改正以后收起来的退回意见（1）" in told
    assert "有人改过的文件，没有覆盖（2）" in told
    assert "收齐表.docx；新的写在 收齐表（2）.docx" in told
    assert "概览.html；内容没有变化" in told


def test_without_papers_nothing_is_said_of_them(capsys: pytest.CaptureFixture[str]) -> None:
    say_written(Written((), (), {}))
    assert said(capsys) == ""


def test_what_the_workbook_has_no_room_for_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(workbook_figures, "MOST_BODIES", 4)
    say_written(write(areas.area(areas.sound()), tmp_path))
    assert "汇总核对.xlsx：单位有 5 个，超过 4 个" in said(capsys)
    monkeypatch.setattr(workbook_figures, "MOST_BODIES", 5)
    say_written(write(areas.area(areas.sound()), tmp_path))
    assert "超过" not in said(capsys)
