"""The files of the page: typed, small, and nothing from elsewhere (that an old browser reads them: ``test_old_browsers.py``)."""

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
