"""What is made of the report and comes back, in a browser: drafts, finals, previews, returned files, faults."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportgen.form.model import Form
from reportgen.reading.word_file import read_word

from ..reviewer import Reviewer
from ..writing.tools import ROOT
from .browser import CHOOSE, DROP, Browser, Page, in_base64, serving


def drafts(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*送审稿*.docx") if "核对单" not in path.name)


def make_draft(page: Page) -> str:
    """Make the next draft by its button; what the page says of it."""
    said: str = page.do(
        """await page.locator('#make-draft').click(); await page.locator('dialog button.main').click();
        await page.getByRole('heading', { name: '送审稿已生成' }).waitFor();
        const said = await page.locator('dialog').innerText();
        await page.getByRole('button', { name: '知道了' }).click(); return said;"""
    )
    return said


def test_a_draft_is_made_by_its_button_and_the_page_says_which_files(page: Page, example: Path) -> None:
    said = make_draft(page)
    (draft,) = drafts(example.parent)
    assert draft.name in said
    assert "送审稿1" in draft.name


def test_a_draft_of_what_was_typed_just_now_has_it(page: Page, example: Path, form: Form) -> None:
    page.do("await field('active_disclosure.licensing').click(); await page.keyboard.type('4711');")
    make_draft(page)
    (draft,) = drafts(example.parent)
    assert read_word(draft, form).content.figures["active_disclosure.licensing"] == "4711"


def test_the_previews_follow_what_is_typed(page: Page) -> None:
    seen = page.do(
        """await page.locator('#tab-page').click();
        await field('active_disclosure.licensing').click(); await page.keyboard.type('47110');
        await saved();
        const shown = [];
        for (const kind of ['page', 'word']) {
          await page.locator('#tab-' + kind).click();
          const frame = page.frameLocator('#pane-' + kind + ' iframe:not(.coming)');
          await frame.getByText('47110', { exact: true }).first().waitFor();
          shown.push(await frame.locator('table').count());
        }
        return shown;"""
    )
    assert seen[0] == 3
    assert seen[1] >= 3


@pytest.fixture
def returned(page: Page, example: Path, form: Form, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first draft as it comes back: a figure and words changed, a comment."""
    make_draft(page)
    leader = Reviewer(drafts(example.parent)[0].read_bytes(), form)
    leader.write("active_disclosure.licensing", "335880")
    leader.track("三级审签", "三审三校", insert_only=False)
    leader.comment("requests.granted.natural", "请与信访科核对。")
    path = tmp_path_factory.mktemp("back") / "退回.docx"
    path.write_bytes(leader.saved())
    return path


def test_a_returned_files_changes_are_taken_one_by_one_and_its_comment_answered(
    page: Page, example: Path, returned: Path
) -> None:
    count = page.do(
        CHOOSE
        + """await choose(() => page.locator('#take-returned').click(), given.path);
        await page.waitForSelector('#pane-returned [data-change]');
        return page.locator('#pane-returned [data-change]').count();""",
        path=str(returned),
    )
    assert count == 2
    page.do(
        """await page.locator('[data-change]', { hasText: '335880' }).locator('[data-do=take]').click(); await saved();
        await page.waitForFunction(() => document.querySelectorAll('[data-change]').length === 1);"""
    )
    text = example.read_text(encoding="utf-8")
    assert tomllib.loads(text)["active_disclosure"]["licensing"] == 335880
    assert "三级审签" in text
    page.do(
        """const one = page.locator('[data-change]');
        await one.locator('[data-do=leave]').click(); await one.locator('.problem:not(:empty)').waitFor();
        await one.locator('input').fill('原来的说法是对的。'); await one.locator('[data-do=leave]').click();
        await page.waitForSelector('[data-change]', { state: 'detached' });"""
    )
    assert "三级审签" in example.read_text(encoding="utf-8")
    open_comments = page.do(
        """const one = page.locator('[data-opinion]', { hasText: '请与信访科核对。' });
        await one.locator('input').fill('已核对，无误。');
        await one.getByRole('button', { name: '不采纳' }).click(); await saved();
        await page.waitForFunction(() => ![...document.querySelectorAll('[data-opinion] input')].length);
        return page.locator('[data-opinion] input').count();"""
    )
    assert open_comments == 0


def test_what_was_decided_stays_below_what_was_not_and_the_ledger_shows_the_same_cards(
    page: Page, returned: Path
) -> None:
    page.do(
        CHOOSE
        + """await choose(() => page.locator('#take-returned').click(), given.path);
        await page.waitForSelector('#pane-returned [data-change]');""",
        path=str(returned),
    )
    taken, refused, order = page.do(
        """await page.locator('[data-change]', { hasText: '335880' }).locator('[data-do=take]').click(); await saved();
        const taken = page.locator('[data-decided]', { hasText: '335880' }); await taken.waitFor();
        const order = await page.locator('[data-change],[data-decided]').evaluateAll((all) => all.map((one) => 'change' in one.dataset));
        const left = page.locator('[data-change]');
        await left.locator('input').fill('原来的说法是对的。'); await left.locator('[data-do=leave]').click();
        const refused = page.locator('[data-decided]', { hasText: '不采纳（原来的说法是对的。）' }); await refused.waitFor();
        return [await taken.innerText(), await refused.innerText(), order];"""
    )
    assert "已采纳" in taken
    assert "不采纳（原来的说法是对的。）" in refused
    assert order == [True, False]


def test_a_correction_of_the_ledger_has_old_and_new_and_a_label_for_the_reason(
    page: Page, returned: Path
) -> None:
    page.do(
        CHOOSE
        + """await choose(() => page.locator('#take-returned').click(), given.path);
        await page.waitForSelector('#pane-returned [data-change]'); await page.reload();
        await page.waitForSelector('body[data-view=report]'); await page.locator('#tab-returned').click();""",
        path=str(returned),
    )
    gone, come, labels, head = page.do(
        """const one = page.locator('[data-opinion],[data-change]', { hasText: '335880' });
        await one.waitFor();
        return [await one.locator('del').innerText(), await one.locator('ins').innerText(),
          await page.locator('#pane-returned .change .labelled span').allInnerTexts(),
          await one.locator('p').first().innerText()];"""
    )
    assert (gone, come) == ("335873", "335880")
    assert labels.count("不采纳的理由") == 2
    assert not head.startswith("没有留名")


def test_a_page_loaded_again_offers_the_same_changes_and_writes_them(
    page: Page, example: Path, returned: Path
) -> None:
    page.do(
        CHOOSE
        + """await choose(() => page.locator('#take-returned').click(), given.path);
        await page.waitForSelector('#pane-returned [data-change]');""",
        path=str(returned),
    )
    count = page.do(
        """await page.reload(); await page.waitForSelector('input[data-cell]');
        await page.locator('#tab-returned').click();
        const count = await page.locator('#pane-returned [data-change]').count();
        await page.locator('[data-change]', { hasText: '335880' }).locator('[data-do=take]').click(); await saved();
        await page.waitForFunction(() => document.querySelectorAll('[data-change]').length === 1);
        return count;"""
    )
    assert count == 2
    text = example.read_text(encoding="utf-8")
    assert tomllib.loads(text)["active_disclosure"]["licensing"] == 335880


def test_a_returned_file_may_be_dropped(page: Page, returned: Path) -> None:
    count = page.do(
        DROP
        + """await drop('退回', given.name, given.content);
        await page.waitForSelector('#pane-returned [data-change]');
        return page.locator('#pane-returned [data-change]').count();""",
        name=returned.name,
        content=in_base64(returned),
    )
    assert count == 2


def test_a_final_is_refused_with_its_reasons_and_the_way_to_the_first_error(
    page: Page, example: Path
) -> None:
    page.do("await field('requests.granted.natural').click(); await page.keyboard.type('7'); await saved();")
    said, inside, gone, pane, at = page.do(
        """await page.locator('#tab-last').click();
        await page.locator('#make-final').click(); await page.locator('dialog button.main').click();
        await page.getByRole('heading', { name: '还不能出定稿' }).waitFor();
        const said = await page.locator('dialog').innerText();
        const inside = await page.locator('dialog li').first().evaluate((line) =>
          parseFloat(getComputedStyle(line.parentElement).paddingLeft) >= 16 || getComputedStyle(line).listStyleType === 'none');
        await page.getByRole('button', { name: '先不出' }).click();
        await page.waitForFunction(() => !document.querySelector('dialog'));
        return [said, inside, await page.locator('dialog').count(), await page.locator('body').getAttribute('data-pane'),
          await page.evaluate(() => { const at = document.activeElement.closest('.finding'); return at && at.className; })];"""
    )
    assert "右边" in said
    assert inside
    assert (gone, pane) == (0, "findings")
    assert "error" in (at or "")
    assert not [path for path in example.parent.glob("*.docx") if "送审稿" not in path.name]


# ── faults, and somebody else ─────────────────────────────────────────────────────────────────────


@pytest.fixture
def broken(browser: Browser, example: Path) -> Iterator[Page]:
    """Two lines that cannot be read: one has one right form, the other has to be looked at."""
    text = example.read_text(encoding="utf-8")
    text = text.replace('column   = "政府信息公开年报"', "column   = 政府信息公开年报")
    text = text.replace('website  = "http', "website  = http")
    example.write_text(text, encoding="utf-8")
    with serving(example) as address:
        opened = Page(browser, address)
        opened.open()
        yield opened


def test_a_file_with_faults_shows_their_lines_and_is_mended_in_the_page(broken: Page, example: Path) -> None:
    lines = example.read_text(encoding="utf-8").split("\n")
    mended, by_hand = (
        next(n for n, line in enumerate(lines, 1) if line.startswith(key)) for key in ("column", "website")
    )
    said = broken.do(
        "await page.waitForSelector('#syntax:not([hidden])'); return page.locator('#syntax').innerText();"
    )
    assert f"第 {mended} 行" in said
    assert f"第 {by_hand} 行" in said
    broken.do(
        """await page.locator('#mend-syntax').click(); await page.waitForSelector('#mend-syntax', { state: 'detached' });
        const line = page.locator('#syntax input.line');
        await line.fill('website  = "http://gaj.putian.gov.cn"'); await page.keyboard.press('Enter');
        await page.waitForSelector('#syntax', { state: 'hidden' }); await saved();
        if (await page.locator('input[data-cell]').count() !== 200) throw new Error('not the whole report');"""
    )
    assert example.read_text(encoding="utf-8") == (ROOT / "inputs" / "putian-psb-2022.toml").read_text(
        encoding="utf-8"
    )


def test_what_somebody_else_writes_is_kept_and_the_same_place_is_asked(page: Page, example: Path) -> None:
    def other(old: str, new: str) -> None:
        text = example.read_text(encoding="utf-8")
        assert old in text
        example.write_text(text.replace(old, new), encoding="utf-8")

    other("coercion            = 140", "coercion            = 141")
    page.do(
        "await page.waitForFunction(() => document.querySelector('[data-cell=\"active_disclosure.coercion\"]').value === '141');"
    )
    other("penalties           = 235627", "penalties           = 5")
    page.do(
        "await field('active_disclosure.licensing').click(); await page.keyboard.type('3'); await saved();"
    )
    data = tomllib.loads(example.read_text(encoding="utf-8"))["active_disclosure"]
    assert (data["licensing"], data["penalties"]) == (3, 5)
    other("licensing           = 3 ", "licensing           = 77")
    asked = page.do(
        """await field('active_disclosure.coercion').click(); await field('active_disclosure.licensing').click();
        await page.keyboard.type('4');
        await page.getByRole('heading', { name: '同一处，两边都改了' }).waitFor();
        const asked = await page.locator('dialog').innerText();
        await page.getByRole('button', { name: '用工作台里填的' }).click(); await saved();
        await page.waitForSelector('dialog', { state: 'detached' }); return asked;"""
    )
    assert "77" in asked
    assert tomllib.loads(example.read_text(encoding="utf-8"))["active_disclosure"]["licensing"] == 4


def test_what_was_typed_while_the_file_could_not_be_read_is_written_when_it_can_be(
    page: Page, example: Path
) -> None:
    text = example.read_text(encoding="utf-8")
    example.write_text(text.replace('website  = "http', "website  = http"), encoding="utf-8")
    page.do(
        """await field('active_disclosure.licensing').click(); await page.keyboard.type('42');
        await page.waitForSelector('#syntax:not([hidden])');"""
    )
    assert "licensing           = 335873" in example.read_text(encoding="utf-8")
    example.write_text(text, encoding="utf-8")
    page.do(
        """await page.waitForSelector('#syntax', { state: 'hidden' });
        await page.waitForFunction(() => !document.querySelector('[data-unreadable], [data-unsaved]')); await saved();"""
    )
    assert tomllib.loads(example.read_text(encoding="utf-8"))["active_disclosure"]["licensing"] == 42
