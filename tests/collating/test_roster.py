"""The roster, as a clerk writes it: in TOML or as a workbook; all its problems in one run."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from reportgen.collating.area import Area, Body, Outside, Standing, State, Submission
from reportgen.collating.roster import read_roster
from reportgen.collating.roster_text import roster_text
from reportgen.form.form_file import load_form
from reportgen.model.findings import InputError


def written(folder: Path, text: str) -> Path:
    path = folder / "名单.toml"
    path.write_text(text, encoding="utf-8")
    return path


def workbook(folder: Path, rows: list[list[object]]) -> Path:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(r, c, value, day)
            else:
                sheet.write(r, c, value)
    book.close()
    path = folder / "名单.xlsx"
    path.write_bytes(out.getvalue())
    return path


def test_everything_that_is_known_of_a_body(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        """
        year = 2025
        deadline = 2026-01-31
        [[body]]
        name = "甲区公安局"
        level = "区级部门"
        scope = "汇总"
        [[body]]
        name = "甲区交警大队"
        included_in = "甲区公安局"
        counted = false
        file = 'b\\交警.docx'
        address = "https://www.example.gov.cn/"
        deadline = 2026-01-15
        """,
    )
    found = read_roster(path)
    assert found.year == 2025
    assert found.bodies == (
        Body("甲区公安局", "区级部门", is_total=True, deadline=date(2026, 1, 31)),
        Body(
            "甲区交警大队",
            counted=False,
            included_in="甲区公安局",
            file="b/交警.docx",
            address="https://www.example.gov.cn/",
            deadline=date(2026, 1, 15),
        ),
    )


def test_a_workbook_with_a_title_above_its_heads(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        [
            ["2025年度报送名单"],
            ["序号", "单位名称", "层级", "是否计入", "截止日期", "联系人"],
            [1, "甲区民政局", "部门", "是", date(2026, 1, 31), "张三"],
            [2, "甲区水利局", "", "否", "2026年2月1日", ""],
            ["", "", "", "", "", ""],
        ],
    )
    assert read_roster(path).bodies == (
        Body("甲区民政局", "部门", deadline=date(2026, 1, 31)),
        Body("甲区水利局", counted=False, deadline=date(2026, 2, 1)),
    )


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('[[body]]\nnome = "甲"', 2, "name"),
        ("[[body]]\nname = 3", 2, "引号"),
        ('[[body]]\nname = ""', 1, "没有写单位名称"),
        ('[[body]]\nname = "甲"\nscope = "全部"', 3, "本机关"),
        ('[[body]]\nname = "甲"\ncounted = "也许"', 3, "true"),
        ('[[body]]\nname = "甲"\ndeadline = "一月底"', 3, "2026-01-31"),
        ('[[body]]\nname = "甲"\nincluded_in = "乙"', None, "没有“乙”"),
        ('[[body]]\nname = "甲"\nincluded_in = "甲"', None, "它自己"),
        ('year = "今年"\n[[body]]\nname = "甲"', 1, "四位"),
        ("", None, "空的"),
        ("year = 2025", None, "没有单位"),
        ('body = "甲"', 1, "[[body]]"),
        ('[[body]]\nname = "' + "长" * 301 + '"', 2, "太长"),
        ('[[body]]\nname ＝ "甲"', 2, "="),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text: str, line: int | None, words: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_roster(written(tmp_path, text))
    assert any(words in finding.text and finding.line == line for finding in caught.value.findings), (
        caught.value.findings
    )


def test_all_problems_come_in_one_run(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_roster(written(tmp_path, '[[body]]\nnome = "甲"\n[[body]]\nname = "乙"\nscope = "?"\n'))
    assert len(caught.value.findings) == 3


def test_bodies_that_include_each_other_in_a_ring_are_refused(tmp_path: Path) -> None:
    text = "".join(f'[[body]]\nname = "{a}"\nincluded_in = "{b}"\n' for a, b in ("甲乙", "乙丙", "丙甲"))
    with pytest.raises(InputError, match="绕成了一圈"):
        read_roster(written(tmp_path, text))


def test_a_body_that_stands_twice_is_one_and_that_is_said(tmp_path: Path) -> None:
    found = read_roster(
        written(tmp_path, '[[body]]\nname = "甲局"\n[[body]]\nname = "甲 局"\nlevel = "镇"\n')
    )
    assert found.bodies == (Body("甲局"),)
    assert len(found.remarks) == 1


def test_a_total_of_bodies_nobody_names_is_not_added_to_its_parts_unless_it_is_said_so(
    tmp_path: Path,
) -> None:
    text = '[[body]]\nname = "甲区政府"\nscope = "汇总"\n'
    found = read_roster(written(tmp_path, text))
    assert not found.bodies[0].counted
    assert len(found.remarks) == 1
    assert read_roster(written(tmp_path, text + "counted = true\n")).bodies[0].counted


def test_a_file_that_is_neither_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "名单.xlsx"
    path.write_bytes(b"PK\x03\x04nothing")
    with pytest.raises(InputError):
        read_roster(path)
    with pytest.raises(InputError):
        read_roster(workbook(tmp_path, [["联系人"], ["张三"]]))


def test_a_roster_that_is_written_can_be_read_again(tmp_path: Path) -> None:
    area = Area(
        tmp_path,
        2025,
        load_form("2021"),
        (
            Standing(Body('甲"局'), State.OK, Submission("a\n.docx"), ("b.docx",)),
            Standing(Body("甲区政府", is_total=True, counted=False), State.OK, Submission("c")),
            Standing(Body("乙局"), State.MISSING),
        ),
        {},
        outside=(Outside("通知.docx", "不是报告。"),),
        unplaced=(Submission("坏\n.pdf", reason="打不开。\n"),),
    )
    found = read_roster(written(tmp_path, roster_text(area, "名单.toml")))
    assert found.year == 2025
    assert found.bodies == (
        Body('甲"局', file="a\n.docx"),
        Body("甲区政府", is_total=True, counted=False),
    )
