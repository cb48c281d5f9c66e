"""The files of the page: what an office's browser of 2018 can read, typed, small, and nothing from elsewhere."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

import reportgen

from ..writing.tools import node_modules, program

STATIC = Path(reportgen.__file__).parent / "workbench" / "static"
MODULES = sorted(STATIC.glob("*.js"))
STYLES = sorted(STATIC.glob("*.css"))

LATER = {
    # what Chromium 69 does not have, that the parser and the library of ES2019 let pass
    r"\.replaceChildren\(": 86,
    r"\bObject\.fromEntries\b": 73,
    r"\.matchAll\(": 73,
    r"\bglobalThis\b": 71,
    r"\bqueueMicrotask\b": 71,
    r"\bstructuredClone\b": 98,
    r"\brandomUUID\b": 92,
    r"\.(arrayBuffer|stream)\(\)": 76,
    r"\bsubmitter\b": 81,
    r"\brequestSubmit\b": 76,
    r"\bshowPicker\b": 99,
    r"\.inert\b": 102,
    r"\.(at|findLast|toSorted|replaceAll)\(": 92,
    r"\bnew (ResizeObserverEntry|Highlight|WeakRef|CSSStyleSheet)\b": 73,
    r"\bonbeforematch\b|\bpopover\b": 114,
}
LATER_STYLE = {
    r"(?<![\w-])(min|max|clamp)\(": 79,
    r":(is|where|has|focus-visible)\b": 86,
    r"(?<![\w-])inset(-\w+)?\s*:": 87,
    r"(?<!grid-)(?<![\w-])(row-|column-)?gap\s*:": 84,
    r"\baspect-ratio\s*:": 88,
    r"overflow-wrap\s*:\s*anywhere": 80,
    r"\b(margin|padding)-(inline|block)\s*:": 87,
    r"@layer|@container|\bcolor-mix\(|accent-color": 99,
}


def test_every_module_is_es2019() -> None:
    script = Path(__file__).with_name("gate.js")
    run = subprocess.run(
        [program("node"), script, node_modules("acorn"), *MODULES], capture_output=True, text=True, check=True
    )
    assert run.stdout == ""
    assert len(MODULES) > 10


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_no_module_uses_what_chromium_69_lacks(module: Path) -> None:
    text = module.read_text(encoding="utf-8")
    assert {word: since for word, since in LATER.items() if re.search(word, text)} == {}


@pytest.mark.parametrize("style", STYLES, ids=lambda path: path.name)
def test_no_style_uses_what_chromium_69_lacks(style: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", style.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert {word: since for word, since in LATER_STYLE.items() if re.search(word, text)} == {}


def test_the_types_of_the_modules_hold(tmp_path: Path) -> None:
    modules = node_modules("typescript")
    options = {
        "allowJs": True,
        "checkJs": True,
        "noEmit": True,
        "strict": True,
        "noUnusedLocals": True,
        "target": "ES2019",
        "lib": ["ES2019", "DOM", "DOM.Iterable"],
        "module": "es2015",
        "moduleResolution": "bundler",
        "types": [],
    }
    project = tmp_path / "tsconfig.json"
    project.write_text(json.dumps({"compilerOptions": options, "include": [f"{STATIC}/*.js"]}))
    run = subprocess.run(
        [program("node"), modules / "typescript" / "bin" / "tsc", "-p", project],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.stdout, run.returncode) == ("", 0)


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_a_module_is_small_and_says_what_it_is_for(module: Path) -> None:
    text = module.read_text(encoding="utf-8")
    assert text.count("\n") < 300
    assert text.startswith("/**")


@pytest.mark.parametrize("file", [*MODULES, *STYLES, STATIC / "page.html"], ids=lambda path: path.name)
def test_nothing_comes_from_elsewhere_and_nothing_is_read_as_html(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert not re.search(
        r"(?:https?:)?//[a-z]|@import|@font-face", re.sub(r"^.*?http://www\.w3\.org.*$", "", text)
    )
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", text
    )


def test_the_page_has_no_script_or_style_of_its_own() -> None:
    page = (STATIC / "page.html").read_text(encoding="utf-8")
    assert re.findall(r"<script[^>]*>", page) == ['<script type="module" src="/static/main.js" crossorigin>']
    assert not re.search(r"<style|\sstyle=|\son\w+=", page)


def test_the_modules_know_no_key_of_the_form(form: reportgen.form.model.Form) -> None:
    """What a form holds comes with the report, whatever form it is."""
    keys = {part.text for part in form.parts if part.text} | set(form.tables) | set(form.cells)
    for module in MODULES:
        code = re.sub(r"/\*\*.*?\*/", "", module.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert not [key for key in keys if re.search(rf"[\"'`]{re.escape(key)}[\"'`]", code)]
