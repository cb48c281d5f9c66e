"""What a person does with the pages in a browser: copies the fragment into an editor, scrolls a table on a phone."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reportgen.form.model import Form
from reportgen.writing import html

from .documents import extreme, whole
from .grids import read_figures
from .test_read_back import expected, html_tables
from .tools import node_modules, program


def in_browser(command: str, text: str, folder: Path, *widths: int) -> list[dict[str, Any]]:
    """What the command of ``browser.js`` sees of a page in windows of these widths."""
    node, browser, modules = program("node"), program("chromium"), node_modules("playwright-core")
    page = folder / "page.html"
    page.write_text(text, encoding="utf-8")
    script = Path(__file__).with_name("browser.js")
    run = subprocess.run(
        [node, script, modules, browser, command, page, *map(str, widths)],
        capture_output=True,
        text=True,
        check=True,
    )
    found: list[dict[str, Any]] = json.loads(run.stdout)
    return found


@pytest.fixture(scope="module")
def pasted(form: Form, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """A fragment copied from a narrow and from a wide window into the editing box of a web site."""
    fragment = html.fragment(whole(form, "suqian-city-2024"))
    return in_browser("paste", fragment, tmp_path_factory.mktemp("paste"), 1000, 1900)


def test_pasted_tables_are_as_wide_as_the_box_whatever_window_they_were_copied_from(
    pasted: list[dict[str, Any]],
) -> None:
    for box in pasted:
        assert [table["width"] for table in box["tables"]] == [pytest.approx(760, abs=2)] * 3
        assert [table["hidden"] for table in box["tables"]] == [0, 0, 0]


def test_pasted_tables_have_all_figures_and_spans(pasted: list[dict[str, Any]]) -> None:
    for box in pasted:
        assert read_figures(html_tables(f"<div>{box['html']}</div>")) == expected("suqian-city-2024")


@pytest.fixture(scope="module")
def phone(form: Form, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return in_browser("scroll", html.render(whole(form)), tmp_path_factory.mktemp("phone"), 390)[0]


def test_on_a_phone_the_row_labels_stay_in_sight_while_a_table_scrolls(phone: dict[str, Any]) -> None:
    assert len(phone["labels"]) == 25 + 5 + 1
    for label in phone["labels"]:
        assert label["visible"], label
        assert not label["overflows"], label
        assert label["right"] < 390 / 2, label


def test_on_a_phone_the_title_breaks_between_its_words(phone: dict[str, Any]) -> None:
    assert phone["title"] == ["莆田市公安局", "2022年政府信息公开", "工作年度报告"]


def test_on_a_phone_the_name_of_a_body_breaks_after_a_place(form: Form, tmp_path: Path) -> None:
    name = "某某省某某市某某区人力资源和社会保障局"
    document = replace(whole(form), agency={"name": name}, title=(name, "2022年政府信息公开工作年度报告"))
    title = in_browser("scroll", html.render(document), tmp_path, 390)[0]["title"]
    assert title[:2] == ["某某省某某市某某区", "人力资源和社会保障局"]


def test_on_a_phone_a_telephone_number_stands_on_one_line(phone: dict[str, Any]) -> None:
    assert phone["phones"] == [["0594-0000000"]]


def test_on_a_phone_long_figures_have_room(form: Form, tmp_path: Path) -> None:
    assert in_browser("scroll", html.render(extreme(form)), tmp_path, 390)[0]["overflowing"] == 0
