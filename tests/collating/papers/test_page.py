"""The overview page: what it says, that it is safe, and that it sorts without a library."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from reportgen.collating.area import Body, Outside
from reportgen.collating.papers import page as module
from reportgen.collating.papers.page import outcomes_of, page
from reportgen.form.form_file import load_form

from ...writing.tools import CHROMIUM, program
from .. import areas


def text(area: object) -> str:
    return page(area).data.decode()  # type: ignore[arg-type]


def test_it_names_every_body_with_its_state_and_says_what_is_lacking() -> None:
    made = text(areas.troubled())
    for name in (*areas.BODIES, "安河县水利局", "安河县城南街道办事处"):
        assert f'<th scope="row">{name}' in made
    assert '<span class="state missing">未交</span>' in made
    assert "<b>缺 3 个单位</b>" in made
    assert "各项合计（缺 3 个单位）" in made
    assert "下面的不同不能判断是不是差错" in made
    assert "缺 " not in text(areas.area(areas.sound()))


def test_bars_are_as_long_as_the_figures() -> None:
    """3525 is the most that one body received; 3119 is 88.5 % of it, 19 is 0.5 %."""
    made = text(areas.troubled())
    for figure, percent in (("3525", "100.0"), ("3119", "88.5"), ("19", "0.5")):
        assert (
            f'data-value="{figure}"><span class="figure">{figure}</span><span class="bar"><i class="" style="width:{percent}%">'
            in made
        )
    assert (
        '<td data-value="0"><span class="figure">0</span><span class="bar"><i class="" style="width:0%">'
        in made
    )


def test_a_body_without_a_figure_has_no_bar() -> None:
    made = text(areas.troubled())
    row = re.search(r'<th scope="row">安河县城南街道办事处.*?</tr>', made, re.DOTALL)
    assert row
    assert "bar" not in row[0]
    assert 'data-value="-1"' in row[0]


def test_outcomes_are_those_of_the_form() -> None:
    assert [outcome.name for outcome in outcomes_of(load_form("2021"))] == [
        *("予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他处理"),
    ]
    assert sum(len(outcome.cells) for outcome in outcomes_of(load_form("2021"))) == 21
    assert len(outcomes_of(load_form("2019"))) == 6


def test_the_change_on_last_year_is_that_of_the_same_body() -> None:
    """公安局 19 after 21; 城北街道 3525 after 3511."""
    made = text(areas.troubled())
    assert 'data-value="-2"><span class="figure">－2</span>' in made
    assert 'data-value="14"><span class="figure">＋14</span>' in made
    assert "2024年（2 个单位）" in made
    assert "比上年" not in text(areas.area(areas.sound()))


def test_last_years_figures_of_another_form_are_not_compared() -> None:
    old = replace(areas.area(areas.sound()), form=load_form("2019"), year=2020)
    assert "比上年" not in text(areas.area(areas.sound(), previous=old))


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}"])
def test_names_and_words_of_others_are_text(name: str) -> None:
    first, *others = areas.sound()
    area = areas.area(
        [replace(first, body=Body(name, level=name), remark=name), *others],
        questions=(name,),
        outside=(Outside(name, name),),
    )
    made = text(area)
    assert made.count("<script>") == 1
    assert "<img" not in made
    assert ("{{ 7*7 }}" in made) == (name == "{{ 7*7 }}")


def test_it_needs_nothing_from_outside() -> None:
    made = text(areas.troubled())
    assert not re.search(r"(?:src|href)=|url\(|@import|https?:", made)


def test_of_very_many_bodies_some_are_shown_and_the_others_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_BODIES", 3)
    made = text(areas.area(areas.sound()))
    assert "另有 2 个单位，见汇总核对.xlsx" in made


def test_of_very_many_other_files_some_are_shown_and_the_others_counted() -> None:
    others = tuple(Outside(f"{number}.jpg", "是图片。") for number in range(5000))
    made = text(areas.area(areas.sound(), outside=others, questions=("问",) * 300))
    assert "另有 4800 个文件" in made
    assert "另有 100 条" in made
    assert "200.jpg" not in made


def test_an_area_without_a_body_has_a_page() -> None:
    assert "概览" in text(areas.area([], year=None))


def test_a_click_on_a_head_sorts_the_bodies(tmp_path: Path) -> None:
    chromium = program("chromium")
    for column, times, first in (
        (5, 1, "安河县城北街道办事处"),
        (5, 2, "安河县河东镇人民政府"),
        (2, 1, "安河县水利局"),
    ):
        made = text(areas.troubled())
        click = f"document.querySelectorAll('.sortable thead button')[{column}].click();" * times
        path = tmp_path / "page.html"
        path.write_text(made.replace("</body>", f"<script>{click}</script></body>"), encoding="utf-8")
        command = [
            chromium,
            *CHROMIUM,
            f"--user-data-dir={tmp_path / 'profile'}",
            "--dump-dom",
            path.as_uri(),
        ]
        seen = subprocess.run(command, capture_output=True, check=True, timeout=120).stdout.decode()
        body = seen.partition('class="sortable')[2].partition("<tbody>")[2]
        shown = re.search(r'<th scope="row">([^<]*)', body)
        assert shown
        assert shown[1] == first, (column, times)
        assert 'aria-sort="' in seen.partition('class="sortable')[2].partition("</thead>")[0]
