"""A real browser on a real ``reportgen open``: what a test tells it to do is done as a person would do it."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportgen.workbench import meeting

from ..writing.tools import ROOT, node_modules, program

DRIVER = Path(__file__).with_name("driver.js")


class Browser:
    """Chromium, driven line by line through ``driver.js``; the oldest that offices have if ``old``."""

    def __init__(self, *, old: bool = False) -> None:
        if old:
            node_modules("puppeteer-core")
            command = [program("node"), DRIVER, node_modules("chrome-aws-lambda")]
        else:
            command = [program("node"), DRIVER, node_modules("playwright-core"), program("chromium")]
        self._node = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def do(self, code: str, **given: Any) -> Any:
        """Run JavaScript that has ``page``, and what is ``given``; its value.

        Raises:
            AssertionError: the code failed; the message is that of the browser.
        """
        assert self._node.stdin
        assert self._node.stdout
        self._node.stdin.write(json.dumps({"code": code, "given": given}) + "\n")
        self._node.stdin.flush()
        answer = json.loads(self._node.stdout.readline())
        assert "error" not in answer, answer["error"]
        return answer["value"]

    def close(self) -> None:
        assert self._node.stdin
        assert self._node.stdout
        self._node.stdin.close()
        self._node.wait(30)
        self._node.stdout.close()


@contextmanager
def serving(path: Path) -> Iterator[str]:
    """A running ``reportgen open`` of a file or folder; its address with the secret."""
    server = subprocess.Popen(
        [sys.executable, "-m", "reportgen", "open", str(path), "--no-browser"],
        cwd=path if path.is_dir() else path.parent,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        assert server.stdout
        address = server.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:"), address
        yield address
    finally:
        server.kill()
        server.wait()
        if server.stdout:
            server.stdout.close()


# What the tests of the page share, put before the code of each step.
STEPS = """
const field = (cell) => page.locator(`input[data-cell="${cell}"]`);
const saved = () => page.waitForSelector("#saved.saved, #saved.refused");
const said = () => page.locator("#said").innerText();
const finding = (rule) => page.locator(`#findings [data-rule="${rule}"]`);
"""


# A file is chosen after a button was pressed.
CHOOSE = """
const choose = async (press, path) => {
  const chosen = page.waitForEvent('filechooser');
  await page.evaluate(() => 1);  // a key is quicker than the browser is told who chooses
  const [chooser] = await Promise.all([chosen, press()]);
  await chooser.setFiles(path);
};
"""

# A file is dragged over the page and let go at the place with these words.
DROP = """
const drop = (place, name, content) => page.evaluate(([place, name, content]) => {
  const bytes = Uint8Array.from(atob(content), (c) => c.charCodeAt(0));
  const data = new DataTransfer();
  data.items.add(new File([bytes], name));
  const fire = (target, type) => target.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
  fire(document.body, 'dragover');
  const places = Array.from(document.querySelectorAll('.drop-place'));
  fire(places.find((one) => one.textContent.includes(place)), 'drop');
  return places.length;
}, [place, name, content]);
"""


def in_base64(path: Path) -> str:
    return base64.b64encode(path.read_bytes()).decode()


@dataclass
class Page:
    """The workbench open in the browser."""

    browser: Browser
    address: str

    def do(self, code: str, **given: Any) -> Any:
        """Do steps in the page, then wait until everything is saved; their value.

        ``field(cell)``, ``finding(rule)``, ``saved()`` and ``said()`` are at hand.
        """
        return self.browser.do(f"{STEPS}{{{code}}}", **given)

    def open(self, **options: Any) -> None:
        """Open the workbench in a fresh window, by the page with which ``open`` starts a browser."""
        options.setdefault("viewport", {"width": 1093, "height": 614})
        way_in = meeting.way_in(self.address)
        assert way_in
        self.browser.do("await open(given.options);", options=options)
        self.browser.do(
            "await page.goto(given.way_in);await page.waitForSelector('body[data-view]:not([data-view=start])');",
            way_in=way_in.resolve().as_uri(),
        )

    @property
    def complaints(self) -> list[str]:
        """What the page complained of in the browser's console."""
        found: list[str] = self.browser.do("return complaints;")
        return found
