"""Pages held against axe-core in a browser and against the checker of the HTML standard: nothing to report."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from reportgen.form.model import Form
from reportgen.model.findings import Finding, Outcome, Passage, Remark, Severity
from reportgen.writing import html
from reportgen.writing.check_sheet import Before, Sheet, check_sheet

from .documents import empty, extreme, whole
from .tools import node_modules, program

FINDINGS = [
    Finding("X01", Severity.ERROR, "合计不符。", "请核对。", cells=("requests.granted.natural",)),
    Finding("X02", Severity.WARNING, "文中与表不符。", passage=Passage("overview", 1, 3, 7)),
    Finding("X03", Severity.NOTE, "表二没有勾稽关系。"),
]
SHEET = Sheet(
    "送审稿1",
    Outcome(tuple(FINDINGS), remarks=(Remark(False, "表二。"),)),
    "c0" * 32,
    "1d" * 32,
    Before("", None),
)


def pasted(fragment: str) -> str:
    """A fragment as the body of a bare page, below the title the web site prints."""
    return (
        '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>年报</title></head>'
        f"<body><main><h1>年报</h1>{fragment}</main></body></html>"
    )


@pytest.fixture(scope="module")
def pages(form: Form, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("pages")
    texts = {
        "whole": html.render(whole(form)),
        "draft": html.render(whole(form), draft="送审稿2", findings=FINDINGS),
        "empty-draft": html.render(empty(form), draft="送审稿1"),
        "extreme": html.render(extreme(form)),
        "check-sheet": check_sheet(whole(form), SHEET),
        "fragment-whole": pasted(html.fragment(whole(form))),
        "fragment-extreme": pasted(html.fragment(extreme(form))),
    }
    for name, text in texts.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return [folder / f"{name}.html" for name in texts]


@pytest.fixture(scope="module")
def barriers(pages: list[Path]) -> list[dict[str, Any]]:
    """What axe-core finds at 320, 768 and 1280 px, in light and dark."""
    node, browser, modules = program("node"), program("chromium"), node_modules("axe-core")
    node_modules("playwright-core")
    script = Path(__file__).with_name("axe.js")
    run = subprocess.run([node, script, modules, browser, *pages], capture_output=True, text=True, check=True)
    found: list[dict[str, Any]] = json.loads(run.stdout)
    return found


def test_no_page_has_a_barrier_on_any_screen(barriers: list[dict[str, Any]]) -> None:
    assert [b for b in barriers if not b["page"].startswith("fragment")] == []


def test_a_pasted_fragment_has_no_barrier_but_the_frames_that_cannot_be_marked_focusable(
    barriers: list[dict[str, Any]],
) -> None:
    # A frame is made focusable by an attribute that is neither a style nor a table's, and that content
    # management systems strip. Browsers give the focus to frames that scroll without being told.
    found = {b["rule"] for b in barriers if b["page"].startswith("fragment")}
    assert found <= {"scrollable-region-focusable"}


def messages(pages: list[Path]) -> list[str]:
    jar = node_modules("vnu-jar") / "vnu-jar" / "build" / "dist" / "vnu.jar"
    run = subprocess.run(
        [program("java"), "-jar", jar, "--format", "json", "--exit-zero-always", *pages],
        capture_output=True,
        text=True,
        check=True,
    )
    return [f"{Path(m['url']).name}: {m['message']}" for m in json.loads(run.stderr)["messages"]]


def test_no_page_has_an_error_or_a_warning_of_the_standard(pages: list[Path]) -> None:
    assert messages([page for page in pages if not page.name.startswith("fragment")]) == []


def test_a_fragment_has_none_but_the_old_table_attributes_it_is_made_of(pages: list[Path]) -> None:
    fragments = [page for page in pages if page.name.startswith("fragment")]
    old = [f"“{name}” attribute" for name in ("border", "cellspacing", "cellpadding", "width", "align")]
    assert [
        message
        for message in messages(fragments)
        if not ("is obsolete" in message and any(name in message for name in old))
    ] == []
