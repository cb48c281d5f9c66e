"""The page for everyone: axe at three widths, light and dark, in each state; nothing runs off the page sideways."""

from __future__ import annotations

from typing import Any

import pytest

from ..writing.tools import node_modules
from .browser import Page

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
    "last year": ("await page.locator('#tab-last').click();", "aside", ""),
    "preview": (
        "await page.locator('#tab-page').click(); await page.waitForSelector('#pane-page iframe:not(.coming)');",
        "aside",
        "",
    ),
    "returned": ("await page.locator('#tab-returned').click();", "aside", ""),
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
def test_axe_finds_nothing_in_any_state(page: Page, scheme: str) -> None:
    node_modules("axe-core")
    found: dict[str, Any] = {}
    for width in (360, 1093, 1600):
        page.open(viewport={"width": width, "height": 614}, colorScheme=scheme)
        page.do("await page.waitForSelector('input[data-cell]');")
        for state, (there, where, back) in STATES.items():
            page.do(there)
            violations = page.do(CHECK, where=where)
            if violations:
                found[f"{state} at {width}"] = violations
            page.do(back)
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
