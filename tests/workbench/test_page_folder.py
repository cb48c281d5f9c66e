"""A folder in the page, in a browser: its reports with their state, the new year, and all by keyboard."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportgen import job
from reportgen.writing import html

from .browser import CHOOSE, Browser, Page, serving


@pytest.fixture
def folder(browser: Browser, example: Path) -> Iterator[Page]:
    with serving(example.parent) as address:
        opened = Page(browser, address)
        opened.open()
        yield opened
        assert opened.complaints == []


def test_the_folder_shows_its_reports_by_year_with_their_state(folder: Page, example: Path) -> None:
    shown = folder.do(
        "await page.waitForSelector('.reports li'); return page.locator('.reports li').allInnerTexts();"
    )
    assert len(shown) == 2
    assert "2022年" in shown[0]
    assert "2021年" in shown[1]
    assert example.name in shown[0]


def test_a_report_is_opened_and_left_by_keyboard(folder: Page) -> None:
    seen = folder.do(
        """await page.waitForSelector('.reports li');
        const first = await page.evaluate(() => document.activeElement.className);
        await page.keyboard.press('Enter'); await page.waitForSelector('body[data-view=report] input[data-cell]');
        await page.locator('#back').focus(); await page.keyboard.press('Enter');
        await page.waitForSelector('body[data-view=folder] .reports li');
        return first;"""
    )
    assert seen == "report-name"


def test_the_new_year_is_made_from_last_years_and_opens(folder: Page, example: Path) -> None:
    folder.do(
        """await page.locator('#new-year').click();
        await page.locator('dialog').getByRole('button', { name: '新建', exact: true }).click();
        await page.waitForSelector('body[data-view=report] input[data-cell]');
        if (!(await page.locator('.title').innerText()).includes('2023')) throw new Error('not the year after');"""
    )
    made = [path for path in example.parent.glob("*.toml") if "2023" in path.name]
    assert len(made) == 1
    assert tomllib.loads(made[0].read_text(encoding="utf-8"))["year"] == 2023


def test_a_published_page_from_elsewhere_is_read_in_by_keyboard(
    folder: Page, example: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    published = tmp_path_factory.mktemp("elsewhere") / "公布.html"
    published.write_text(html.render(job.start(example).document), encoding="utf-8")
    example.unlink()
    folder.do(
        CHOOSE
        + """await page.reload(); await page.locator('#take-in').focus();
        await choose(() => page.keyboard.press('Enter'), given.path);
        await page.getByRole('heading', { name: '读进来了' }).waitFor(); await page.keyboard.press('Enter');
        await page.waitForSelector('body[data-view=report] input[data-cell]');""",
        path=str(published),
    )
    made = example.with_name("莆田市公安局-2022.toml")
    assert tomllib.loads(made.read_text(encoding="utf-8"))["active_disclosure"]["licensing"] == 335873


def test_a_file_that_another_program_holds_is_said_to_be(folder: Page, example: Path) -> None:
    said = folder.do(
        """await page.evaluate(() => {
          FileReader.prototype.readAsDataURL = function () { this.dispatchEvent(new ProgressEvent('error')); };
        });
        await page.locator('#new-year').click();
        const [chooser] = await Promise.all([page.waitForEvent('filechooser'),
          page.locator('dialog').getByRole('button', { name: '选别处的文件' }).click()]);
        await chooser.setFiles(given.path);
        await page.waitForSelector('#said.problem:not(:empty)'); return said();""",
        path=str(example),
    )
    assert said.startswith(f"“{example.name}”读不出来")


def test_an_empty_folder_says_how_to_begin_and_takes_a_published_page(
    browser: Browser, example: Path, tmp_path: Path
) -> None:
    published = tmp_path / "公布.html"
    published.write_text(html.render(job.start(example).document), encoding="utf-8")
    empty = tmp_path / "年报"
    empty.mkdir()
    with serving(empty) as address:
        page = Page(browser, address)
        page.open()
        assert "新的一年" in page.do("return page.locator('#folder .nothing').innerText();")
        page.do(
            """await page.locator('#new-year').click();
            const [chooser] = await Promise.all([page.waitForEvent('filechooser'),
              page.locator('dialog').getByRole('button', { name: '选别处的文件' }).click()]);
            await chooser.setFiles(given.path);
            await page.waitForSelector('body[data-view=report] input[data-cell]');""",
            path=str(published),
        )
        last, made = sorted(empty.glob("*.toml"))
        assert "335873" in last.read_text(encoding="utf-8")
        assert tomllib.loads(made.read_text(encoding="utf-8"))["year"] == 2023
        assert page.do("return field('active_disclosure.licensing').inputValue();") == ""
