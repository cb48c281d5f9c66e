"""A published file held against the report, last year's chosen, where the files are: in a browser."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen import job
from reportgen.writing import html

from .browser import CHOOSE, DROP, Page, in_base64, serving


def as_page(text: str, folder: Path) -> Path:
    """The web page of an input file."""
    source = folder / "公布-2022.toml"
    source.write_text(text, encoding="utf-8")
    made = folder / "公布.html"
    made.write_text(html.render(job.start(source).document), encoding="utf-8")
    return made


def test_a_published_page_is_held_against_the_report(
    page: Page, example: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Dropped: two figures and words differ; each is listed, marked and gone to; one is put right."""
    text = example.read_text(encoding="utf-8")
    for old, new in (("335873", "335999"), ("= 140 ", "= 141 "), ("三级审签", "三审三校")):
        assert old in text
        text = text.replace(old, new)
    published = as_page(text, tmp_path_factory.mktemp("published"))
    heads, focused, notes = page.do(
        DROP
        + """await drop('核对', given.name, given.content);
        await page.waitForSelector('#pane-published [data-difference]');
        return [await page.locator('[data-difference] b').allInnerTexts(),
          await page.evaluate(() => document.activeElement.textContent),
          await page.locator('.figure .other:not(:empty)').allInnerTexts()];""",
        name=published.name,
        content=in_base64(published),
    )
    assert heads == ["表二·行政许可", "表二·行政强制", "一、总体情况"]
    assert focused == "有 3 处不同"
    assert notes == ["公布 335999", "公布 141"]
    at, help, marked, paragraph = page.do(
        """const go = (words) => page.locator('[data-difference]', { hasText: words }).locator('[data-do=go]').click();
        await go('行政强制'); const at = await page.evaluate(() => document.activeElement.dataset.cell);
        const help = await page.locator('#help').innerText();
        const marked = await page.locator('[data-difference] mark').allInnerTexts();
        await go('总体情况');
        return [at, help, marked, await page.locator('[data-paragraph].flash').innerText()];"""
    )
    assert at == "active_disclosure.coercion"
    assert "公布 141" in help
    assert marked == ["级审签", "审三校"]
    assert "三级审签" in paragraph
    done, notes, heads = page.do(
        """await field('active_disclosure.coercion').click(); await page.keyboard.type('141'); await saved();
        const done = await page.locator('.change.done').innerText();
        const notes = await page.locator('.figure .other:not(:empty)').allInnerTexts();
        await page.getByRole('button', { name: '再核对一次' }).click();
        await page.getByText('有 2 处不同').waitFor();
        return [done, notes, await page.locator('[data-difference] b').allInnerTexts()];"""
    )
    assert "现在一致了" in done
    assert notes == ["公布 335999"]
    assert heads == ["表二·行政许可", "一、总体情况"]
    left = page.do(
        """await page.getByRole('button', { name: '不再标出' }).click();
        return [await page.locator('[data-other], [data-difference]').count(), await page.evaluate(() => document.activeElement.id)];"""
    )
    assert left == [0, "tab-published"]


def test_a_published_page_that_says_the_same_and_one_that_is_none(
    page: Page, example: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("published")
    same = as_page(example.read_text(encoding="utf-8"), folder)
    other = folder / "别的.html"
    other.write_text("<p>1</p>", encoding="utf-8")
    title, told = page.do(
        CHOOSE
        + """await choose(() => page.locator('#verify').click(), given.same);
        await page.waitForSelector('#published-title'); const title = await page.locator('#published-title').innerText();
        await choose(() => page.locator('#pane-published button').nth(1).click(), given.other);
        await page.getByRole('heading', { name: '没有核对成' }).waitFor();
        return [title, await page.locator('dialog').innerText()];""",
        same=str(same),
        other=str(other),
    )
    assert title == "完全一致"
    assert "选错了文件" in told


@pytest.mark.parametrize("how", ["chosen", "dropped"])
def test_last_years_report_is_taken_where_there_is_none_and_is_there_ever_after(
    how: str, page: Page, example: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    text = example.read_text(encoding="utf-8").replace("2022", "2021").replace("335873", "1000")
    last = as_page(text, tmp_path_factory.mktemp("last"))
    example.with_name("示例局-2021.toml").unlink()
    taken = (
        "await page.locator('#tab-last').click(); await choose(() => page.locator('#choose-last').click(), given.path);"
        if how == "chosen"
        else "await drop('上一年', given.name, given.content);"
    )
    told = page.do(
        CHOOSE
        + DROP
        + """await page.reload(); await page.waitForSelector('input[data-cell]');
        if (await page.locator('.last:not(:empty)').count()) throw new Error('last year is there already');"""
        + taken
        + """await page.getByRole('heading', { name: '上一年的报告读进来了' }).waitFor();
        const told = await page.locator('dialog').innerText(); await page.keyboard.press('Enter');
        return told;""",
        path=str(last),
        name=last.name,
        content=in_base64(last),
    )
    assert "示例局-2021.toml" in told
    assert "读出 200 个数" in told
    seen = """await page.locator('#tab-last').click();
        const cell = page.locator('td', { has: field('active_disclosure.licensing') });
        return [await cell.locator('.last').innerText(), await page.locator('#pane-last').innerText()];"""
    below, pane = page.do(seen)
    assert below == "上年 1000"
    assert "增加 334873" in pane
    with serving(example) as address:
        again = Page(page.browser, address)
        again.open()
        below, pane = again.do("await page.waitForSelector('input[data-cell]');" + seen)
    assert below == "上年 1000"
    assert "来自 示例局-2021.toml" in pane


def test_where_no_window_opens_the_page_says_where_the_files_are(page: Page, example: Path) -> None:
    said = page.do(
        """await page.locator('#show-folder').click();
        await page.waitForSelector('dialog'); return page.locator('dialog').innerText();"""
    )
    assert str(example.parent.resolve()) in said
