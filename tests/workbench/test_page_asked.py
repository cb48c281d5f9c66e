"""Typing while somebody else writes the same file: nothing is written over, what is asked outlives the program."""

from __future__ import annotations

import threading
from pathlib import Path

from reportgen.reading import read
from reportgen.writing.own_files import in_hand

from .browser import Browser, Page, serving
from .test_merging import elsewhere

CELL = "active_disclosure.coercion"
QUICKLY = "await field(given.cell).click(); await page.keyboard.type('152'); "
ASKED = "await page.waitForSelector('dialog'); return page.locator('dialog tbody').innerText();"
PARTS = "甲说一句话。乙说一句话。丙说一句话。"
WRITE = """
await page.locator('[data-part="problems"] .tools button').click();
await page.keyboard.press('Control+A');
await page.evaluate((text) => navigator.clipboard.writeText(text), given.text);
await page.keyboard.press('Control+V'); await saved();
"""


def test_a_figure_typed_where_others_wrote_is_asked_even_after_the_program_was_killed(
    browser: Browser, example: Path
) -> None:
    with serving(example) as address:
        page = Page(browser, address)
        page.open()
        elsewhere(example, "coercion            = 140", "coercion            = 141")
        said = page.do(QUICKLY + ASKED, cell=CELL)
        assert "152" in said
        assert "141" in said
        assert read(example).figures[CELL] == 141
    with serving(example) as address:
        page = Page(browser, address)
        page.open()
        assert page.do(ASKED) == said
        page.do(
            "for (let n = 0; n < 3; n++) { await page.keyboard.press('Escape'); await page.waitForTimeout(100); }"
        )
        assert page.do(ASKED) == said, "it is not left unanswered by Escape"
        page.do("await page.getByRole('button', { name: '用工作台里填的' }).click(); await saved();")
        assert page.do("return field(given.cell).inputValue();", cell=CELL) == "152"
        assert read(example).figures[CELL] == 152
        assert page.complaints == []


def test_a_sentence_that_is_asked_shows_what_it_prints(browser: Browser, example: Path) -> None:
    with serving(example) as address:
        page = Page(browser, address)
        page.open()
        page.do(WRITE, text="{{ year }}年收到申请。")
        elsewhere(example, "年收到申请。", "年收到过申请。")
        page.do(
            """for (const key of ['Control+End', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft']) await page.keyboard.press(key);
            await page.keyboard.type('了'); await saved();"""
        )
        asked = page.do(ASKED)
        assert "2022年收到了申请。" in asked
        assert "2022年收到过申请。" in asked
        assert "{{" not in asked


def test_the_file_taken_instead_is_what_the_field_shows(browser: Browser, example: Path) -> None:
    with serving(example) as address:
        page = Page(browser, address)
        page.open()
        elsewhere(example, "coercion            = 140", "coercion            = 141")
        page.do(QUICKLY + ASKED, cell=CELL)
        page.do("await page.getByRole('button', { name: '用文件里的' }).click(); await saved();")
        assert page.do("return field(given.cell).inputValue();", cell=CELL) == "141"
        assert read(example).figures[CELL] == 141


def write_elsewhere(path: Path) -> None:
    """Another workbench writes into the first sentence, again and again."""
    for n in range(1, 20):
        with in_hand(path):
            elsewhere(path, f"甲说{'一' * n}句话", f"甲说{'一' * (n + 1)}句话")


def test_what_others_write_into_a_text_stays_while_it_is_typed(browser: Browser, example: Path) -> None:
    with serving(example) as address:
        page = Page(browser, address)
        page.open()
        page.do(WRITE, text=PARTS)
        other = threading.Thread(target=write_elsewhere, args=(example,))
        other.start()
        page.do("await page.keyboard.press('Control+End'); await page.keyboard.type('abcdefghijklmnopqrstuvwxyz'.repeat(2), { delay: 15 }); await saved();")  # fmt: skip
        other.join()
        page.do("await page.waitForTimeout(6000);")
        typed = "abcdefghijklmnopqrstuvwxyz" * 2
        text = read(example).narrative["problems"].source
        assert text == PARTS.replace("甲说一", "甲说" + "一" * 20) + typed
        assert page.do("return page.locator('.writing').innerText();") == text


def test_a_file_that_is_away_for_a_while_gets_what_was_typed_and_the_page_says_so(
    browser: Browser, example: Path
) -> None:
    with serving(example) as address:
        page = Page(browser, address)
        page.open()
        away = example.rename(example.with_name("别处.bak"))
        said = page.do(
            """await field(given.cell).click(); await page.keyboard.type('159');
            await page.waitForFunction(() => /没有写进去1/.test(document.querySelector('#saved').innerText));
            return page.locator('#saved').innerText();""",
            cell=CELL,
        )
        assert "没有这个文件" in said
        away.rename(example)
        page.do("await page.waitForSelector('#saved.saved');")
        assert read(example).figures[CELL] == 159
        assert not list(example.parent.glob("*没有写进去*"))
        assert page.complaints == []


def test_what_an_earlier_session_could_not_write_is_told_when_the_report_is_opened(
    browser: Browser, example: Path
) -> None:
    left = example.with_name("示例局-2022（没有写进去1）.toml")
    left.write_bytes(example.read_bytes())
    with serving(example) as address:
        page = Page(browser, address)
        page.open()
        assert left.name in page.do("return said();")
