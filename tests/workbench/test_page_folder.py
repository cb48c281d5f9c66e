"""A folder in the page, in a browser: its reports with their state, the new year, and all by keyboard."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportgen import job
from reportgen.writing import html

from .browser import CHOOSE, Browser, Page, serving
from .test_files import yearless


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


def test_what_a_published_page_leaves_unsaid_is_asked_by_keyboard(
    folder: Page, example: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Escape gives up; a year that is none is refused; then the new year is made, and its body asked for, too."""
    published = yearless(tmp_path_factory.mktemp("elsewhere"))
    before = {path.name for path in example.parent.iterdir()}
    refused = folder.do(
        CHOOSE
        + """await page.locator('#take-in').focus();
        await choose(() => page.keyboard.press('Enter'), given.path);
        const asked = page.getByRole('heading', { name: '报告的年份' });
        await asked.waitFor(); await page.keyboard.press('Escape');
        await page.waitForFunction(() => !document.querySelector('dialog'));
        const back = await page.evaluate(() => document.activeElement.id);
        await choose(() => page.keyboard.press('Enter'), given.path);
        await asked.waitFor(); const first = await page.locator('dialog').innerText();
        await page.keyboard.type('202'); await page.keyboard.press('Enter');
        await page.getByText('2008 到 2099').waitFor();
        await page.waitForFunction(() => document.querySelectorAll('dialog').length === 1);
        return [back, first];""",
        path=str(published),
    )
    assert refused[0] == "take-in"
    assert "没有找到报告的年份。请写明年份。" in refused[1]
    assert "--" not in refused[1]
    assert {path.name for path in example.parent.iterdir()} == before
    folder.do(
        """await page.keyboard.type('２０１８'); await page.keyboard.press('Enter');
        await page.getByRole('heading', { name: '读进来了' }).waitFor(); await page.keyboard.press('Enter');
        await page.waitForSelector('body[data-view=report] input[data-cell]');"""
    )
    (name,) = {path.name for path in example.parent.glob("*.toml")} - before
    assert tomllib.loads(example.with_name(name).read_text(encoding="utf-8"))["year"] == 2018
    folder.do(
        CHOOSE
        + """await page.locator('#back').click(); await page.locator('#new-year').click();
        await choose(() => page.locator('dialog').getByRole('button', { name: '选别处的文件' }).click(), given.path);
        await page.getByRole('heading', { name: '报告的年份' }).waitFor();
        await page.keyboard.type('2023'); await page.keyboard.press('Enter');
        await page.getByRole('heading', { name: '机关名称' }).waitFor();
        await page.keyboard.type('甲局'); await page.keyboard.press('Enter');
        await page.waitForSelector('body[data-view=report] input[data-cell]');""",
        path=str(published),
    )
    made = tomllib.loads(example.with_name("甲局-2024.toml").read_text(encoding="utf-8"))
    assert (made["year"], made["agency"]["name"]) == (2024, "甲局")
