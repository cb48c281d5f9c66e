"""The guide of the README becomes a page that can be read anywhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html

from release.offline.guide import page
from release.offline.platforms import PLATFORMS

README = (Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")
WINDOWS, LINUX = PLATFORMS["win_amd64"], PLATFORMS["manylinux_2_17_x86_64"]


def test_the_page_has_every_chapter_and_the_tables_of_the_guide() -> None:
    guide = README.split("\n# 使用说明\n")[1]
    chapters = [line.removeprefix("## ") for line in guide.splitlines() if line.startswith("## ")]
    assert len(chapters) > 5
    root = html.fromstring(page(README, WINDOWS))
    assert [each.text_content() for each in root.iter("h1")] == ["使用说明"]
    assert [each.text_content() for each in root.iter("h2")] == chapters
    assert len(list(root.iter("table"))) >= 1
    assert "What it does" not in root.text_content()


def test_lines_of_the_readme_leave_no_blanks_among_chinese_characters() -> None:
    for element in html.fromstring(page(README, WINDOWS)).iter("p", "li"):
        for text in element.xpath("text()"):
            assert not re.search(r"[^\x00-\x7f]\n[^\x00-\x7f]", text), text


def test_the_page_loads_nothing() -> None:
    text = page(README, LINUX)
    root = html.fromstring(text)
    assert not [each for each in root.iter() if "src" in each.attrib]
    assert not list(root.iter("link", "script", "iframe", "object", "embed"))
    assert not [each.get("href") for each in root.iter("a") if not each.get("href", "").startswith("#")]
    assert "url(" not in text
    assert "@import" not in text


def test_commands_stand_there_as_they_are_typed_in_the_folder() -> None:
    for platform, command in ((WINDOWS, "reportgen check"), (LINUX, "./reportgen check")):
        text = html.fromstring(page(README, platform)).text_content()
        assert f"\n{command} " in text
        assert ".venv" not in text


def test_how_to_install_otherwise_is_left_out() -> None:
    text = html.fromstring(page(README, WINDOWS)).text_content()
    assert "离线文件夹" in text
    assert "pip install" not in text


@pytest.mark.parametrize("readme", ["# reportgen\n", "# 使用说明\n\n## 一、安装\n"])
def test_a_readme_without_the_guide_is_refused(readme: str) -> None:
    with pytest.raises(ValueError, match="the "):
        page(readme, WINDOWS)
