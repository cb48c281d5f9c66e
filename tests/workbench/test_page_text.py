"""The text of the page, in a browser: written in place, its numbers bound, findings beside it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from .browser import Page


def part(path: Path, key: str) -> str:
    text: str = tomllib.loads(path.read_text(encoding="utf-8"))["narrative"][key]
    return text


def test_the_text_stands_as_it_prints_and_its_numbers_say_what_they_were_taken_for(page: Page) -> None:
    seen = page.do(
        """const part = page.locator('[data-part="overview"]');
        return [await part.locator('h2').innerText(), await part.locator('[data-paragraph]').count(),
          await part.locator('button.number.bound').first().getAttribute('aria-label'), await part.innerText()];"""
    )
    assert seen[0] == "一、总体情况"
    assert seen[1] == 6
    assert "引用表里的数" in seen[2]
    assert "{{" not in seen[3]


def test_words_typed_into_a_part_are_in_the_file_and_bound_numbers_stay_bound(
    page: Page, example: Path
) -> None:
    before = part(example, "overview")
    page.do(
        """await page.locator('[data-part="overview"] .tools button').click();
        await page.keyboard.press('End'); await page.keyboard.type('，成效明显。'); await saved();"""
    )
    after = part(example, "overview")
    assert after == before.rstrip("\n") + "，成效明显。\n"
    shown = page.do(
        """await page.keyboard.press('Escape'); await page.waitForSelector('[data-part="overview"] [data-paragraph]');
        return page.locator('[data-part="overview"] [data-paragraph]').last().innerText();"""
    )
    assert shown.endswith("，成效明显。")


def test_a_click_into_the_text_begins_there_and_enter_makes_a_paragraph(page: Page, example: Path) -> None:
    page.do(
        """const p = page.locator('[data-part="problems"] [data-paragraph="1"]');
        await p.click({ position: { x: 3, y: 12 } });
        await page.keyboard.type('新的一段。'); await page.keyboard.press('Enter'); await saved(); await page.keyboard.press('Escape');"""
    )
    lines = part(example, "problems").strip().split("\n")
    assert len(lines) == 3
    assert lines[1] == "新的一段。"
    assert lines[2].startswith("（二）改进情况")


def test_paragraphs_pasted_from_word_are_paragraphs(page: Page, example: Path) -> None:
    page.do(
        """await page.locator('[data-part="problems"] .tools button').click();
        await page.keyboard.press('Control+A');
        await page.evaluate(() => navigator.clipboard.write([new ClipboardItem({
          'text/plain': new Blob(['（一）存在的主要问题。\\r\\n解读少。\\r\\n（二）改进情况。\\r\\n多解读。'], { type: 'text/plain' }),
          'text/html': new Blob(['<p><b>（一）</b></p>'], { type: 'text/html' }) })]));
        await page.keyboard.press('Control+V'); await page.keyboard.type('完。'); await saved(); await page.keyboard.press('Escape');"""
    )
    assert (
        part(example, "problems").strip()
        == "（一）存在的主要问题。\n解读少。\n（二）改进情况。\n多解读。完。"
    )


def test_a_number_is_bound_to_its_cell_by_a_click_and_follows_the_table(page: Page, example: Path) -> None:
    page.do(
        """await page.locator('[data-part="other_matters"] .tools button').click();
        await page.keyboard.press('End'); await page.keyboard.type('全年予以公开6件。'); await saved(); await page.keyboard.press('Escape');
        const number = page.locator('[data-part="other_matters"] button.number', { hasText: '6' }).last();
        await number.click();
        await page.getByRole('button', { name: '到表里选一格' }).click();
        await field('requests.granted.total').click(); await saved();"""
    )
    assert re.search(r"全年予以公开\{\{ [^}]+ \}\}件。", part(example, "other_matters"))
    shown = page.do(
        """await field('requests.granted.total').click(); await page.keyboard.type('8'); await saved();
        return page.locator('[data-part="other_matters"] [data-paragraph]').last().innerText();"""
    )
    assert shown.endswith("全年予以公开8件。")


def test_the_text_being_written_shows_bound_numbers_as_one_piece(page: Page, example: Path) -> None:
    """Backspace takes a bound number away whole, and undo brings it back bound."""
    before = part(example, "overview")
    seen = page.do(
        """await page.locator('[data-part="overview"] .tools button').click();
        const chips = page.locator('[data-part="overview"] .chip');
        const count = await chips.count();
        const first = await chips.nth(0).innerText();
        await page.evaluate(() => { const chip = document.querySelector('[data-part="overview"] .chip'); const range = document.createRange();
          range.setStartAfter(chip); range.collapse(true); const s = getSelection(); s.removeAllRanges(); s.addRange(range); });
        await page.keyboard.press('Backspace'); await saved();
        return [count, first, await chips.count()];"""
    )
    assert seen == [before.count("{{"), "2022", before.count("{{") - 1]
    assert part(example, "overview").count("{{") == before.count("{{") - 1
    page.do("await page.keyboard.press('Control+Z'); await saved();")
    assert part(example, "overview") == before


def test_a_text_that_is_not_finished_is_kept_and_said(page: Page, example: Path) -> None:
    page.do(
        """await page.locator('[data-part="problems"] .tools button').click();
        await page.keyboard.press('End'); await page.keyboard.type('共{{ 没有这个 }}件'); await saved(); await page.keyboard.press('Escape');
        await page.locator('#findings .finding.error', { hasText: '没有这个' }).first().waitFor();
        await page.locator('[data-part="problems"] .tools button').click();
        for (let i = 0; i < 12; i++) await page.keyboard.press('Backspace');
        await page.keyboard.type('完。'); await saved(); await page.keyboard.press('Escape');
        await page.waitForFunction(() => !document.querySelector('#findings .finding.error'));"""
    )
    assert part(example, "problems").strip().endswith("公开的时间。完。")


def test_the_bodys_particulars_are_fields_with_help_and_undo(page: Page, example: Path) -> None:
    def phone() -> str:
        found: str = tomllib.loads(example.read_text(encoding="utf-8"))["agency"]["phone"]
        return found

    seen = page.do(
        """await page.locator('#settings summary').first().click();
        const phone = page.locator('[data-field="phone"]');
        await phone.click(); const help = await page.locator('#help').innerText();
        await page.keyboard.press('Control+A'); await page.keyboard.type('0594-1234567'); await saved();
        return help;"""
    )
    assert "区号" in seen
    assert phone() == "0594-1234567"
    shown = page.do(
        """await page.keyboard.press('Control+Z'); await saved();
        return page.locator('[data-field="phone"]').inputValue();"""
    )
    assert shown == phone() == "0594-2772776"


def test_a_finding_leads_to_its_place_and_its_button_mends_it(page: Page, example: Path) -> None:
    page.do("await field('requests.granted.natural').click(); await page.keyboard.type('7'); await saved();")
    seen = page.do(
        """const error = page.locator('#findings .finding.error').first();
        const rule = await error.getAttribute('data-rule');
        await error.locator('summary').click();
        const why = await error.locator('details .lines').innerText();
        await error.locator('[data-do=go]').click();
        const there = await page.evaluate(() => document.activeElement.dataset.cell);
        await page.locator('#findings .finding.error [data-do=fix]').first().click(); await saved();
        return [rule, why, there, await page.locator('#findings .finding.error').count()];"""
    )
    assert seen[0]
    assert seen[1]
    assert seen[2].startswith("requests.")
    assert seen[3] == 0
    assert tomllib.loads(example.read_text(encoding="utf-8"))["requests"]["granted"][0] == 6


def test_a_finding_is_waived_with_reason_and_name(page: Page, example: Path) -> None:
    page.do(
        """await page.locator('[data-part="problems"] .tools button').click();
        await page.keyboard.press('End'); await page.keyboard.type('全年予以公开99件。'); await saved(); await page.keyboard.press('Escape');"""
    )
    rule = page.do(
        """const one = page.locator('#findings .finding', { has: page.locator('[data-do=waive]') }).first();
        const rule = await one.getAttribute('data-rule');
        await one.locator('[data-do=waive]').click();
        await page.locator('dialog textarea').fill('口径不同，已与业务科核实。');
        await page.locator('dialog input').fill('张三');
        await page.locator('dialog button[type=submit]').click(); await page.waitForSelector('dialog', { state: 'detached' });
        await page.waitForSelector('#waived');
        return rule;"""
    )
    text = example.read_text(encoding="utf-8")
    assert rule in text
    assert "口径不同，已与业务科核实。" in text
    assert "张三" in text
    said, at, undone = page.do(
        """await page.locator('#waived summary').click();
        await page.locator('[data-do=unwaive]').focus(); await page.keyboard.press('Enter'); await saved();
        await page.waitForSelector('#waived', { state: 'detached' }); await finding(given.rule).waitFor();
        const now = [await said(), await page.evaluate(() => document.activeElement.id)];
        await page.locator('#undo').click(); await page.waitForSelector('#waived');
        return [...now, await said()];""",
        rule=rule,
    )
    assert said.startswith("收回了")
    assert at == "findings-title"
    assert undone == "撤销了：“不是问题”的说明又有了。"
    assert example.read_text(encoding="utf-8") == text


def test_undo_says_which_text_and_which_particular_it_changed(page: Page) -> None:
    said = page.do(
        """await page.locator('[data-part="problems"] .tools button').click();
        await page.keyboard.press('End'); await page.keyboard.type('又写一句。'); await page.keyboard.press('Escape');
        await page.locator('#settings summary').first().click();
        const phone = page.locator('[data-field=phone]'); await phone.click(); await phone.fill('0594-1234567'); await saved();
        await page.locator('[data-field=fax]').click();
        const press = async (id, words) => {
          await page.locator('#' + id).click();
          await page.waitForFunction((words) => document.querySelector('#said').textContent.includes(words), words);
          return said();
        };
        return [await press('undo', '电话'), await press('undo', '文字'), await press('redo', '文字')];"""
    )
    assert said == [
        "撤销了：电话现在是 0594-2772776。",
        "撤销了：“五、存在的主要问题及改进情况”的文字。",
        "重做了：“五、存在的主要问题及改进情况”的文字。",
    ]


def test_the_box_of_a_number_goes_along_with_it_and_closes_when_it_is_out_of_sight(page: Page) -> None:
    near, moved, hidden = page.do(
        """const one = page.locator('button.number').nth(3); await one.click();
        const gap = () => page.evaluate(() => {
          const box = document.querySelector('#about-number').getBoundingClientRect();
          const number = document.querySelectorAll('#report button.number')[3].getBoundingClientRect();
          return Math.min(Math.abs(box.top - number.bottom), Math.abs(number.top - box.bottom));
        });
        const scroll = (by) => page.evaluate(async (by) => {
          document.querySelector('#paper').scrollBy(0, by);
          await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
        }, by);
        const near = await gap(); await scroll(40); const moved = await gap(); await scroll(2000);
        return [near, moved, await page.locator('#about-number').isHidden()];"""
    )
    assert near < 10
    assert moved < 10
    assert hidden


def test_no_line_begins_with_the_comma_after_a_number(page: Page) -> None:
    apart, looked_at = page.do(
        """let looked = 0; const apart = [];
        for (let width = 700; width < 760; width += 4) {
          await page.evaluate((width) => { document.querySelector('#report').style.width = width + 'px'; }, width);
          const [count, found] = await page.evaluate(() => {
            const found = []; let count = 0;
            for (const paragraph of document.querySelectorAll('#report [data-paragraph]')) {
              const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
              for (let before = walker.nextNode(), node; (node = walker.nextNode()); before = node) {
                if (!before.parentElement.closest('.number') || !'，。；、'.includes(node.data[0])) continue;
                const range = document.createRange(); range.setStart(node, 0); range.setEnd(node, 1);
                count++;
                if (range.getBoundingClientRect().left < before.parentElement.getBoundingClientRect().left) found.push(before.data);
              }
            }
            return [count, found];
          });
          looked += count; apart.push(...found);
        }
        return [apart, looked];"""
    )
    assert apart == []
    assert looked_at >= 100


def test_the_legend_names_what_the_numbers_of_the_text_look_like(page: Page) -> None:
    """Each label looks as the numbers it speaks of do, and says what a screen reader is told of them."""
    page.do(
        """await page.locator('[data-part="problems"] .tools button').click();
        await page.keyboard.press('End'); await page.keyboard.type('全年收到申请19件，予以公开99件。'); await page.keyboard.press('Escape'); await saved();"""
    )
    legend, numbers = page.do(
        """return page.evaluate(() => {
          const look = (one) => { const { borderBottomColor, borderBottomStyle, backgroundColor } = getComputedStyle(one); return [borderBottomColor, borderBottomStyle, backgroundColor].join(' '); };
          const legend = Array.from(document.querySelectorAll('.legend .number')).map((one) => [one.textContent, look(one)]);
          const numbers = Array.from(document.querySelectorAll('#report .number')).map((one) => [one.getAttribute('aria-label').split('，').pop(), look(one)]);
          return [legend, numbers];
        });"""
    )
    assert len(legend) == 4
    assert {name for name, _ in numbers} == {name for name, _ in legend}
    assert {tuple(each) for each in numbers} == {tuple(each) for each in legend}


def test_the_keyboard_alone_goes_through_the_findings(page: Page) -> None:
    page.do("await field('requests.granted.natural').click(); await page.keyboard.type('7'); await saved();")
    seen = page.do(
        """await page.keyboard.press('F8'); const first = await said(); await page.keyboard.press('F8');
        return [first, await page.evaluate(() => document.activeElement !== document.body)];"""
    )
    assert seen[0].startswith("错误：")
    assert seen[1]


def test_last_years_figures_and_text_stand_beside(page: Page) -> None:
    seen = page.do(
        """await page.locator('#tab-last').click();
        return [await page.locator('.bars li').first().innerText(), await page.locator('.last-text').count(),
          await page.locator('td.figure', { has: field('active_disclosure.licensing') }).locator('.last').innerText()];"""
    )
    assert "行政许可" in seen[0]
    assert "335873" in seen[0]
    assert "1000" in seen[0]
    assert seen[1] == 4
    assert seen[2] == "上年 1000"


def test_no_text_of_the_file_is_run_as_script(page: Page, example: Path) -> None:
    nasty = '<img src=x onerror="window.hurt=1"><script>window.hurt=1</script>'
    page.do(
        """await page.locator('[data-part="problems"] .tools button').click();
        await page.keyboard.press('End'); await page.keyboard.insertText(given.nasty); await saved(); await page.keyboard.press('Escape');
        await page.locator('#settings summary').first().click();
        for (const input of await page.locator('#agency input').all()) { await input.fill(given.nasty); await saved(); }
        await page.locator('#tab-page').click(); await page.waitForSelector('iframe:not(.coming)');
        await page.locator('#tab-word').click(); await page.waitForSelector('#pane-word iframe:not(.coming)');""",
        nasty=nasty,
    )
    hurt = page.do(
        "return [await page.evaluate(() => window.hurt || 0), await page.locator('#report img, #report script, aside img').count()];"
    )
    assert hurt == [0, 0]


def test_a_finding_about_a_particular_leads_to_its_field(page: Page) -> None:
    at = page.do(
        """await page.locator('#settings summary').first().click();
        await page.locator('#agency [data-field=postcode]').fill('35110'); await saved();
        await page.locator('#settings summary').first().click();
        await finding('W11').locator('[data-do=go]').click();
        return page.evaluate(() => [document.activeElement.dataset.field, document.activeElement.offsetHeight > 0]);"""
    )
    assert at == ["postcode", True]
