"""The page for everyone: axe at three widths, light and dark, in each state; nothing runs off the page sideways."""

from __future__ import annotations

import base64
import itertools
import shutil
from pathlib import Path
from typing import Any

import pytest

from reportgen import job
from reportgen.writing import html

from ..writing.tools import node_modules
from .browser import DROP, Browser, Page, serving

# What leads to each state, what is new in it, what leads back.
ESCAPE = "await page.keyboard.press('Escape');"
STATES = {
    "report": (
        "await field('requests.granted.natural').click(); await page.keyboard.type('7'); await saved();",
        "html",
        "",
    ),
    "writing": (
        "await page.locator('[data-part=\"overview\"] .tools button').click();",
        "[data-part=overview]",
        ESCAPE,
    ),
    "number": ("await page.locator('button.number').first().click();", "#about-number", ESCAPE),
    "waiver": ("await page.locator('[data-do=waive]').first().click();", "dialog", ESCAPE),
    "waived": (
        """await page.locator('[data-do=waive]').first().click(); await page.locator('dialog textarea').fill('已核实。');
        await page.locator('dialog input').fill('张三'); await page.keyboard.press('Enter'); await page.waitForSelector('#waived');
        await page.locator('#waived summary').click();""",
        "aside",
        "await page.locator('[data-do=unwaive]').click(); await saved();",
    ),
    "last year": ("await page.locator('#tab-last').click();", "aside", ""),
    "preview": (
        "await page.locator('#tab-page').click(); await page.waitForSelector('#pane-page iframe:not(.coming)');",
        "aside",
        "",
    ),
    "returned": ("await page.locator('#tab-returned').click();", "aside", ""),
    "published": (
        DROP
        + "await drop('核对', '公布.html', given.published); await page.waitForSelector('[data-difference]');",
        "html",
        "",
    ),
    "draft": ("await page.locator('#make-draft').click();", "dialog", ESCAPE),
    "keys": ("await page.keyboard.press('F1');", "dialog", ESCAPE),
    "particulars": (
        "for (const one of await page.locator('#settings summary').all()) await one.click();",
        "#settings",
        "",
    ),
}

CHECK = """
if (!(await page.evaluate(() => Boolean(window.axe)))) await page.evaluate(axe());
const found = await page.evaluate((where) => window.axe.run(where, { iframes: false, resultTypes: ['violations'] }), given.where);
const sideways = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
return found.violations.map(({ id, help, nodes }) => [id, help, nodes.map((n) => n.target.join(' ')).slice(0, 3)])
  .concat(sideways ? [['sideways', 'the whole page scrolls sideways', []]] : []);
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_state(page: Page, example: Path, scheme: str) -> None:
    node_modules("axe-core")
    text = html.render(job.start(example).document).replace("335873", "335999")
    published = base64.b64encode(text.encode()).decode()
    found: dict[str, Any] = {}
    for width in (360, 1093, 1600):
        page.open(viewport={"width": width, "height": 614}, colorScheme=scheme)
        page.do("await page.waitForSelector('input[data-cell]');")
        for state, (there, where, back) in STATES.items():
            page.do(there, published=published)
            violations = page.do(CHECK, where=where)
            if violations:
                found[f"{state} at {width}"] = violations
            page.do(back)
    assert found == {}


def faults(example: Path) -> None:
    text = example.read_text(encoding="utf-8")
    example.write_text(
        text.replace("year   = 2022", "year ＝ 2022").replace('"http', "http"), encoding="utf-8"
    )


def elsewhere(example: Path) -> None:
    text = example.read_text(encoding="utf-8")
    example.write_text(text.replace("335873", "77"), encoding="utf-8")


VIEWS = {
    # what the folder holds, what leads to the view, what somebody else does then, what happens
    "folder": (lambda path: shutil.copy(path, path.with_name("公布.html")), "", None, ""),
    "new year": (
        None,
        "await page.locator('#new-year').click(); await page.locator('dialog select').selectOption('');",
        None,
        "",
    ),
    "syntax": (
        faults,
        "await page.locator('.report-name').first().click(); await page.waitForSelector('#syntax:not([hidden])');",
        None,
        "",
    ),
    "conflict": (
        None,
        "await page.locator('.report-name').first().click(); await field('active_disclosure.licensing').click();",
        elsewhere,
        "await page.keyboard.type('4'); await page.waitForSelector('dialog table');",
    ),
    "no last year": (
        lambda path: path.with_name("示例局-2021.toml").unlink(),
        "await page.locator('.report-name').first().click(); await page.locator('#tab-last').click();",
        None,
        "",
    ),
}


@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing_in_any_other_view(browser: Browser, example: Path, view: str) -> None:
    node_modules("axe-core")
    before, there, meanwhile, then = VIEWS[view]
    text = example.read_text(encoding="utf-8")
    if before:
        before(example)
    found: dict[str, Any] = {}
    with serving(example.parent) as address:
        page = Page(browser, address)
        for scheme, width in itertools.product(("light", "dark"), (360, 1093, 1600)):
            page.open(viewport={"width": width, "height": 614}, colorScheme=scheme)
            page.do(f"await page.waitForSelector('.reports li'); {there}")
            if meanwhile:
                meanwhile(example)
            page.do(then)
            violations = page.do(CHECK, where="html")
            if violations:
                found[f"{scheme} at {width}"] = violations
            if meanwhile:
                page.do("await page.getByRole('button', { name: '用文件里的' }).click(); await saved();")
                example.write_text(text, encoding="utf-8")
    assert page.complaints == []
    assert found == {}


def test_everything_is_reached_by_tab_and_nothing_holds_it(page: Page) -> None:
    """Tab goes through the whole page and comes round; each stop can be seen."""
    stops = page.do(
        """await page.locator('#undo').focus();
        const stops = [];
        for (let i = 0; i < 400; i++) {
          await page.keyboard.press('Tab');
          const [name, seen] = await page.evaluate(() => {
            const one = document.activeElement;
            if (!one || one === document.body) return ['', true];
            const { outlineStyle } = getComputedStyle(one);
            return [one.id || one.dataset.cell || one.textContent.slice(0, 10), outlineStyle !== 'none'];
          });
          if (!seen) throw new Error('not seen: ' + name);
          stops.push(name);
          if (name === 'undo') break;
        }
        return stops;"""
    )
    assert "requests.granted.natural" in stops
    assert "make-draft" in stops
    assert "tab-findings" in stops
    assert (
        len([stop for stop in stops if stop.count(".") == 2 or stop.startswith("active_disclosure.")]) >= 190
    )
