"""The oldest browser that offices have, Chromium 69 of 2018: the page and what is written for it do there what they do today.

Tests of the page are run once more, in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reportgen.collating.papers.page import page as overview

from ..collating import areas
from .browser import Browser
from .test_end_to_end import test_a_year_in_the_page_gives_the_files_that_the_commands_give
from .test_page_papers import (
    test_the_previews_follow_what_is_typed,
    test_what_somebody_else_writes_is_kept_and_the_same_place_is_asked,
)
from .test_page_text import (
    test_a_click_into_the_text_begins_there_and_enter_makes_a_paragraph,
    test_a_number_is_bound_to_its_cell_by_a_click_and_follows_the_table,
)

__all__ = [
    "test_a_click_into_the_text_begins_there_and_enter_makes_a_paragraph",
    "test_a_number_is_bound_to_its_cell_by_a_click_and_follows_the_table",
    "test_a_year_in_the_page_gives_the_files_that_the_commands_give",
    "test_the_previews_follow_what_is_typed",
    "test_what_somebody_else_writes_is_kept_and_the_same_place_is_asked",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """In the place of today's."""
    driven = Browser(old=True)
    yield driven
    driven.close()


def test_it_is_the_browser_of_2018(browser: Browser) -> None:
    browser.do("await open({});")
    assert "Chrome/69." in browser.do("return page.evaluate(() => navigator.userAgent);")


def test_the_overview_of_an_area_sorts_and_keeps_its_boxes_apart(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "概览.html"
    path.write_bytes(overview(areas.troubled()).data)
    browser.do("await open({});")
    first, gaps, complaints = browser.do(
        """await page.goto(given.address);
        await page.locator('.bodies thead button', { hasText: '本年新收' }).first().click();
        const first = await page.locator('.bodies tbody th').first().innerText();
        const gaps = await page.evaluate(() => [...document.querySelectorAll('.counts li')].slice(1)
          .map((one) => one.getBoundingClientRect().left - one.previousElementSibling.getBoundingClientRect().right));
        return [first, gaps, complaints];""",
        address=path.as_uri(),
    )
    assert first.startswith("安河县城北街道办事处")
    assert min(gaps) > 0
    assert complaints == []
