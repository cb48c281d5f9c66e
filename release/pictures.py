"""``python -m release.pictures``: makes the pictures of the README anew, from the example, as a person sees it.

A page of the Word draft (LibreOffice prints it), the web page and the workbench with a finding (Chromium shows them), as
WebP in ``docs/``. Needs what the tests of the pages need: LibreOffice, Poppler, Chromium, node with playwright-core
($REPORTGEN_NODE_MODULES), and the Fandol fonts ($REPORTGEN_FONTS), which stand in for the fonts of an office.
"""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.workbench.browser import Browser, Page, serving
from tests.writing.pages import environment, printed
from tests.writing.tools import ROOT, program

EXAMPLE = ROOT / "inputs" / "putian-psb-2022.toml"
DOCS = ROOT / "docs"
SHEET = {"width": 794, "height": 1123}
"""A page of A4 in pixels of a screen."""
WINDOW = {"width": 1000, "height": 1414}
"""A window of the same shape that shows the title of the web page and its first table."""
SCREEN = {"width": 1366, "height": 768}
"""The screen of an office computer."""
QUALITY = 70
DRAFT, WEB_PAGE, WORKBENCH = "draft.webp", "page.webp", "workbench.webp"
PAGE_OF_DRAFT = 4
"""The page that is shown: the one with the largest table."""

_TAKE = """
const devtools = await context.newCDPSession(page);
for (let left = 9; ; left -= 1) {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  try {
    const { data } = await devtools.send("Page.captureScreenshot", { format: "webp", quality: given.quality });
    return data;
  } catch (error) {
    if (!left) throw error;
    await page.waitForTimeout(1000);
  }
}
"""
"""Takes a picture of what has been drawn; a busy machine may have no frame to copy at once, so it is asked again."""
_MISTAKE = """
const total = field("requests.granted.total");
await total.fill("16");
await total.press("Enter");
await saved();
const jump = finding("T01").first().locator("button").first();
await jump.waitFor();
await jump.click();
await page.waitForTimeout(3000);
"""


def main(into: Path = DOCS) -> None:
    """Make all three, into a folder."""
    into.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ.update(environment(folder))
        example = Path(shutil.copy(EXAMPLE, folder))
        (word,) = _made(example, folder / "draft", "*（送审稿1）.docx")
        (web_page,) = _made(example, folder / "final", "*年度报告.html", "--final")
        browser = Browser()
        try:
            _write(into / DRAFT, _seen(browser, _printed_page(word, folder), SHEET))
            _write(into / WEB_PAGE, _seen(browser, web_page, WINDOW))
            _write(into / WORKBENCH, _workbench(browser, example))
        finally:
            browser.close()


def _made(example: Path, folder: Path, pattern: str, *options: str) -> list[Path]:
    """The files of one pattern that ``build`` makes."""
    command = [sys.executable, "-m", "reportgen", "build", str(example), "-o", str(folder), *options]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return [*folder.glob(pattern)]


def _printed_page(word: Path, folder: Path) -> Path:
    """A picture of a page of a Word file."""
    pdf, number = printed(word.read_bytes(), folder), str(PAGE_OF_DRAFT)
    command = [program("pdftoppm"), "-png", "-singlefile", "-f", number, "-scale-to-x", str(SHEET["width"])]
    subprocess.run([*command, "-scale-to-y", str(SHEET["height"]), pdf, folder / "sheet"], check=True)
    (folder / "sheet.html").write_text(
        '<body style="margin:0"><img src="sheet.png"></body>', encoding="utf-8"
    )
    return folder / "sheet.html"


def _seen(browser: Browser, path: Path, size: dict[str, int]) -> bytes:
    """A page in a window of a size."""
    browser.do("await open({ viewport: given.size });", size=size)
    browser.do("await page.goto(given.address);", address=path.as_uri())
    return base64.b64decode(browser.do(_TAKE, quality=QUALITY))


def _workbench(browser: Browser, example: Path) -> bytes:
    """The workbench after somebody mistyped a total."""
    with serving(example) as address:
        page = Page(browser, address)
        page.open(viewport=SCREEN)
        page.do(_MISTAKE)
        return base64.b64decode(browser.do(_TAKE, quality=QUALITY))


def _write(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    print(f"{path}  {len(data) / 1000:.0f} KB")


if __name__ == "__main__":
    try:
        main()
    except pytest.skip.Exception as missing:
        sys.exit(str(missing))
