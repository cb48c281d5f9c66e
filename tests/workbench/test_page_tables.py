"""The tables of the page, in a browser: fields, keys, sums, blocks that are pasted, undo."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from reportgen.form.form_file import load_form
from reportgen.form.model import Form

from .browser import Browser, Page, serving

NEW = "requests.new_received"


def row(path: Path, key: str) -> Any:
    """A row of the file as it stands now."""
    table, name = key.split(".")
    return tomllib.loads(path.read_text(encoding="utf-8"))[table][name]


def test_every_figure_of_the_form_has_a_field_and_it_shows_the_figure(
    page: Page, form: Form, example: Path
) -> None:
    fields = page.do(
        "return page.$$eval('input[data-cell]', (all) => all.map((one) => [one.dataset.cell, one.value]))"
    )
    assert sorted(cell for cell, _ in fields) == sorted(form.cells)
    assert len(fields) == 200
    shown = dict(fields)
    assert [shown[f"{NEW}.{column}"] for column in form.tables["requests"].heads] == ["19", *["0"] * 5, "19"]


def test_what_is_typed_is_in_the_file_and_all_else_stays_as_it_was(page: Page, example: Path) -> None:
    before = example.read_text(encoding="utf-8")
    page.do(
        "const f = field('requests.new_received.natural'); await f.click(); await page.keyboard.type('2１'); await saved();"
    )
    after = example.read_text(encoding="utf-8")
    assert row(example, NEW) == [21, 0, 0, 0, 0, 0, 19]
    changed = [
        (old, new) for old, new in zip(before.split("\n"), after.split("\n"), strict=True) if old != new
    ]
    assert len(changed) == 1
    assert changed[0][1].endswith("# 一、本年新收")


def test_a_total_shows_what_it_should_be_while_one_types_and_one_click_takes_it(
    page: Page, example: Path
) -> None:
    shown = page.do(
        """await field('requests.new_received.natural').click(); await page.keyboard.type('21'); await saved();
        const total = field('requests.new_received.total');
        const should = total.locator('xpath=..').locator('.should');
        const seen = [await should.innerText(), await total.getAttribute('class')];
        await should.click(); await saved();
        return [...seen, await total.inputValue(), await should.isVisible()];"""
    )
    assert shown == ["相加 21", "differs", "21", False]
    assert row(example, NEW) == [21, 0, 0, 0, 0, 0, 21]


def test_the_one_wrong_cell_is_marked_with_its_right_value(page: Page, example: Path) -> None:
    """19 were new, as the total, the balance and what was done with them say; 21 is typed."""
    shown = page.do(
        """const f = field('requests.new_received.natural');
        await f.click(); await page.keyboard.type('21'); await saved();
        const should = f.locator('xpath=..').locator('.should');
        const seen = [await should.innerText(), await f.getAttribute('class')];
        await should.click(); await saved();
        return [...seen, await f.inputValue(), await page.locator('.figure input.wrong, .figure input.differs').count()];"""
    )
    assert shown == ["应为 19", "wrong", "19", 0]
    assert row(example, NEW)[0] == 19


def test_enter_tab_and_arrows_go_from_field_to_field(page: Page) -> None:
    went = page.do(
        """await field('requests.new_received.natural').click();
        const seen = [];
        for (const key of ['Enter', 'ArrowRight', 'ArrowUp', 'Tab', 'Shift+Tab', 'ArrowLeft', 'ArrowDown', 'Shift+Enter']) {
          await page.keyboard.press(key);
          seen.push(await page.evaluate(() => document.activeElement.dataset.cell));
        }
        return seen;"""
    )
    assert went == [
        "requests.carried_over.natural",
        "requests.carried_over.commercial",
        "requests.new_received.commercial",
        "requests.new_received.research",
        "requests.new_received.commercial",
        "requests.new_received.natural",
        "requests.carried_over.natural",
        "requests.new_received.natural",
    ]


def test_enter_goes_along_the_only_row_of_a_table(page: Page) -> None:
    went = page.do(
        """await field('review_litigation.review.upheld').click(); await page.keyboard.press('Enter');
        return page.evaluate(() => document.activeElement.dataset.cell);"""
    )
    assert went == "review_litigation.review.corrected"


PASTE = """
await field(given.at).click();
await page.evaluate((text) => {
  const data = new DataTransfer();
  data.setData('text/plain', text);
  document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
}, given.text);
await saved();
return said();
"""


def test_a_pasted_row_lands_where_it_belongs(page: Page, example: Path) -> None:
    page.do(PASTE, at=f"{NEW}.natural", text="１２\t1,003\t\t0\t0\t0\t1015\r\n")
    # A blank cell of a filled row is left as it is or is said: it is never guessed.
    assert row(example, NEW)[:2] == [12, 1003]
    assert row(example, NEW)[6] == 1015


def test_the_field_with_the_focus_shows_at_once_what_a_block_put_into_it(page: Page, example: Path) -> None:
    at = f"{NEW}.natural"
    page.do(PASTE, at=at, text="12\t1003\t0\t0\t0\t0\t1015\n")
    assert page.do("return field(given.at).inputValue()", at=at) == "12"
    page.do("await page.keyboard.type('7一'); await saved();")
    page.do(PASTE, at=at, text="13\t1003\t0\t0\t0\t0\t1016\n")
    assert page.do(
        "return [await field(given.at).inputValue(), await field(given.at).getAttribute('data-unreadable')]",
        at=at,
    ) == ["13", None]
    assert row(example, NEW)[0] == 13


def test_a_pasted_table_with_its_labels_fills_every_row(page: Page, form: Form, example: Path) -> None:
    rows = list(form.tables["requests"].rows.values())
    lines = [
        f"{line.label}\t" + "\t".join(str(number * 10 + at) for at in range(7))
        for number, line in enumerate(rows)
    ]
    page.do(PASTE, at=f"{NEW}.natural", text="\n".join(lines) + "\n")
    for number, line in enumerate(rows):
        assert row(example, f"requests.{line.key}") == [number * 10 + at for at in range(7)], line.key


def test_one_value_that_is_pasted_is_typed_into_its_field(page: Page, example: Path) -> None:
    page.do(
        """await field('active_disclosure.licensing').click();
        await page.evaluate(() => navigator.clipboard.writeText('3,456\\n'));
        await page.keyboard.press('Control+V'); await saved();"""
    )
    assert row(example, "active_disclosure.licensing") == 3456


def test_undo_and_redo_go_back_and_forth_a_visit_of_a_field_at_a_time(page: Page, example: Path) -> None:
    start = example.read_bytes()
    page.do(
        """await field('requests.granted.natural').click(); await page.keyboard.type('123'); await page.keyboard.press('Enter');
        await page.keyboard.type('45'); await saved();"""
    )
    done = example.read_bytes()
    page.do(
        "await page.keyboard.press('Control+Z'); await saved(); await page.keyboard.press('Control+Z'); await saved();"
    )
    assert example.read_bytes() == start
    shown = page.do(
        """const seen = [await field('requests.granted.natural').inputValue(), await field('requests.partially_granted.natural').inputValue()];
        await page.keyboard.press('Control+Y'); await saved(); await page.keyboard.press('Control+Y'); await saved(); return seen;"""
    )
    assert shown == ["6", "0"]
    assert example.read_bytes() == done


def test_undo_says_what_it_undid_and_an_old_message_goes_with_the_next_click(page: Page) -> None:
    undone, later = page.do(
        """await field('active_disclosure.licensing').click(); await page.keyboard.type('42'); await saved();
        await page.keyboard.press('Control+Z'); await page.waitForFunction(() => document.querySelector('#said').textContent);
        const undone = await said();
        await page.locator('#tab-last').click();
        return [undone, await said()];"""
    )
    assert "行政许可" in undone
    assert "335873" in undone
    assert later == ""


def test_a_cell_is_coloured_as_a_whole_and_a_click_beside_its_field_is_one_into_it(page: Page) -> None:
    whole, field, at = page.do(
        """const f = field('requests.new_received.natural'); await f.click(); await page.keyboard.type('21'); await saved();
        await page.locator('#tab-last').click();
        const whole = await f.evaluate((one) => getComputedStyle(one.parentElement).backgroundColor);
        const own = await f.evaluate((one) => getComputedStyle(one).backgroundColor);
        await field('requests.granted.natural').evaluate((one) =>
          one.parentElement.dispatchEvent(new MouseEvent('mousedown', { bubbles: true, cancelable: true })));
        return [whole, own, await page.evaluate(() => document.activeElement.dataset.cell)];"""
    )
    assert whole != "rgba(0, 0, 0, 0)"
    assert field == "rgba(0, 0, 0, 0)"
    assert at == "requests.granted.natural"


def test_what_is_no_figure_stays_in_its_field_and_out_of_the_file(page: Page, example: Path) -> None:
    before = example.read_bytes()
    seen = page.do(
        """const f = field('requests.granted.natural'); await f.click(); await page.keyboard.type('六件'); await saved();
        await page.keyboard.press('Tab');
        return [await f.inputValue(), await f.getAttribute('data-unreadable') !== null, await said()];"""
    )
    assert seen[:2] == ["六件", True]
    assert "还没有保存" in seen[2]
    assert example.read_bytes() == before
    page.do("await field('requests.granted.natural').click(); await page.keyboard.type('7'); await saved();")
    assert row(example, "requests.granted")[0] == 7


def test_what_was_refused_is_said_above_and_before_a_paper_is_made(page: Page, example: Path) -> None:
    seen = page.do(
        """const cell = field('requests.granted.natural'); const seen = [];
        await cell.click(); await page.keyboard.type('13一千10'); await saved(); await page.keyboard.press('Tab');
        seen.push(await page.locator('#saved').innerText());
        for (const which of ['draft', 'final']) {
          await page.locator('#make-' + which).click();
          seen.push(await page.locator('dialog .problem').allInnerTexts());
          await page.getByRole('button', { name: '取消' }).click();
        }
        await cell.fill('6'); await page.waitForSelector('#saved.saved');
        return [...seen, await page.locator('#saved').innerText()];"""
    )
    above, draft, final, at_last = seen
    assert above == "1 格没有保存"
    assert any("1 格没有保存" in line for line in draft)
    assert any("1 格没有保存" in line for line in final)
    assert at_last == "已保存"


def test_an_input_method_sends_what_it_settled_on(page: Page, example: Path) -> None:
    """What is still being composed is nobody's figure."""
    before = example.read_bytes()
    seen = page.do(
        """const tool = await context.newCDPSession(page);
        await field('requests.granted.natural').click();
        await tool.send('Input.imeSetComposition', { text: 'shi', selectionStart: 3, selectionEnd: 3 });
        const composing = [await page.locator('#saved').innerText(), await field('requests.granted.natural').inputValue()];
        await tool.send('Input.insertText', { text: '１２' }); await saved();
        return composing;"""
    )
    assert seen == ["已保存", "shi"]
    assert row(example, "requests.granted")[0] == 12
    assert example.read_bytes() != before


def test_the_help_line_says_where_one_is_and_last_years_figure(page: Page) -> None:
    line = page.do(
        "await field('active_disclosure.licensing').click(); return page.locator('#help').innerText();"
    )
    assert "行政许可" in line
    assert "上年 1000" in line


def test_a_form_of_another_format_is_drawn_too(browser: Browser, tmp_path: Path, example: Path) -> None:
    """Nothing of the page knows which form it shows."""
    path = tmp_path / "另一局-2020.toml"
    text = 'format = "2019"\nyear = 2020\n\n[agency]\nname = "示例局"\n'
    path.write_text(text, encoding="utf-8")
    with serving(path) as address:
        opened = Page(browser, address)
        opened.open()
        assert opened.do("return page.locator('input[data-cell]').count()") == len(load_form("2019").cells)
