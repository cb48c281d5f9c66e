"""Words that are markup stay words wherever the page shows them; files that are none of ours are refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from .bench import EXAMPLE
from .browser import Browser, Page, serving

NASTY = """<img src=x onerror="window.hurt=1"><b>'"""
QUOTED = NASTY.replace('"', '\\"')
FOLDER = "<img src=x onerror=hurt=1>"
FILE = "<b onclick=hurt()>&局-{year}{ending}"

EVERYWHERE = """
const seen = [];
const look = async () => {
  for (const frame of page.frames()) seen.push(await frame.evaluate(() => [
    window.hurt || 0,
    document.querySelectorAll('img[src=x], b[onclick], [onerror], a[href^="javascript:" i], a[href^="data:" i]').length,
  ]));
};
await look();
await page.locator('.reports button', { hasText: '2022' }).first().click();
await page.waitForSelector('body[data-view=report]');
await page.waitForSelector('dialog'); await look();
await page.getByRole('button', { name: '用文件里的' }).click();
await page.waitForSelector('dialog', { state: 'detached' });
for (const summary of await page.locator('summary').all()) if (await summary.isVisible()) await summary.click();
for (const tab of ['last', 'page', 'word', 'returned', 'findings']) {
  await page.locator('#tab-' + tab).click();
  if (tab === 'page' || tab === 'word') await page.waitForSelector('#pane-' + tab + ' iframe:not(.coming)');
  await look();
}
for (const name of ['onerror', 'onclick']) if (!(await page.content()).includes(name)) seen.push(['not shown', name]);
return seen;
"""


def test_markup_in_every_word_stays_words(browser: Browser, tmp_path: Path) -> None:
    folder = tmp_path / FOLDER
    folder.mkdir()
    text = EXAMPLE.read_text(encoding="utf-8")
    text = re.sub(
        r"(?m)^(address|phone|fax|column)(\s*)= .*$", lambda found: f'{found[1]}{found[2]}= "{QUOTED}"', text
    )
    text = re.sub(r"(?m)^name\s*= .*$", lambda _: f'name = "{QUOTED}局"', text, count=1)
    text = text.replace("overview = '''", f"overview = '''\n{NASTY.removesuffix(chr(39))}收到申请21件。\n")
    text += f'\n[publication]\ncolumn = "{QUOTED}"\nword = "javascript:hurt()"\npdf = "data:text/html,x"\n'
    text += f'[[waivers]]\nrule = "X01"\nmark = "1f3a9c02"\nplace = "{QUOTED}"\nreason = "{QUOTED}"\nby = "{QUOTED}"\n'
    for year in (2021, 2022):
        (folder / FILE.format(year=year, ending=".toml")).write_text(
            text.replace("2022", str(year)), encoding="utf-8"
        )
    ledger = "\n".join(f'{key} = "{QUOTED}"' for key in ("draft", "author", "place", "words", "said"))
    (folder / FILE.format(year=2022, ending=".意见.toml")).write_text(
        f'[[opinions]]\nnumber = 1\nkind = "批注"\nstate = "未处理"\nreplies = ["{QUOTED}"]\n{ledger}\n',
        encoding="utf-8",
    )
    (folder / FILE.format(year=2022, ending=".待定.toml")).write_text(
        f'[[pending]]\nplace = "{QUOTED}"\nbase = "{QUOTED}"\nours = "{QUOTED}二"\ntheirs = "x"\npart = "overview"\n',
        encoding="utf-8",
    )
    with serving(folder) as address:
        page = Page(browser, address)
        page.open()
        seen = page.do(EVERYWHERE)
        assert seen
        assert seen == [[0, 0]] * len(seen)
        assert page.complaints == []


@pytest.mark.parametrize(
    ("button", "heading"), [("take-returned", "这份稿收不进来"), ("verify", "没有核对成")]
)
def test_a_file_that_cannot_be_used_is_refused_and_nothing_is_said_to_go_on(
    button: str, heading: str, page: Page, tmp_path: Path
) -> None:
    wrong = tmp_path / "别的.txt"
    wrong.write_text("会议通知", encoding="utf-8")
    said = page.do(
        """const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.locator('#' + given.button).click()]);
        await chooser.setFiles(given.path);
        await page.getByRole('heading', { name: given.heading }).waitFor(); return said();""",
        button=button,
        heading=heading,
        path=str(wrong),
    )
    assert said == ""
