"""What is written for a browser uses nothing that Chromium 69, the oldest in offices, lacks, by Mozilla's list of what came when."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from .writing.tools import ROOT, node_modules, program

OLDEST = 69
STATIC = ROOT / "reportgen" / "workbench" / "static"
PAGES = [*sorted((ROOT / "templates").glob("*/*.html")), *sorted((ROOT / "release").glob("*/*.html"))]
SCRIPTS = [*sorted(STATIC.glob("*.js")), *PAGES]
STYLES = [*sorted(STATIC.glob("*.css")), *PAGES]

DISPENSABLE = {
    "@media prefers-color-scheme": "the page stays light",
    "color-scheme": "the page stays light",
    "@media prefers-reduced-motion": "what moves for a moment moves",
    ":focus-visible": "the browser draws its own ring",
    "text-wrap": "lines break elsewhere",
    "@page @top-right": "no head on what is printed",
    "@page @bottom-left": "no number on what is printed",
    "@page @bottom-right": "no number on what is printed",
    "print-color-adjust": "stands beside its old name",
}
"""What an old browser may do without, and what it does then."""
OURS = {"changed", "draw", "take"}
"""Names of ours that something newer has, too."""
NAMESAKES = {"arrayBuffer", "matchAll"}
"""Names that something older has, but not what we would use: a Blob, a text."""


@cache
def known() -> dict[str, Any]:
    """Mozilla's data: for each feature of CSS, of the language and of the page since when each browser has it."""
    path = node_modules("@mdn/browser-compat-data") / "@mdn" / "browser-compat-data" / "data.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def since(feature: dict[str, Any] | None) -> float:
    """The version of Chromium that first had it under this name; 0 for what is no feature."""
    if not feature or "__compat" not in feature:
        return 0
    said = feature["__compat"]["support"]["chrome"]
    versions = [
        float(re.sub(r"\D", "", str(each["version_added"])) or "inf")
        for each in (said if isinstance(said, list) else [said])
        if not each.keys() & {"flags", "prefix", "alternative_name"}
    ]
    return min(versions, default=float("inf"))


@cache
def first_of_each_name() -> tuple[dict[str, float], dict[str, float]]:
    """Since when a script may say a name by itself, and since when after a dot: of whatever has it, the oldest."""
    by_itself: dict[str, float] = {}
    after_a_dot: dict[str, float] = {}
    owners = {**known()["api"], **known()["javascript"]["builtins"]}
    for owner, feature in owners.items():
        by_itself[owner] = since(feature)
        for name, member in feature.items():
            if name == "__compat" or "__compat" not in member:
                continue
            name = re.sub(r"^(.*)_event$", r"on\1", name.removesuffix("_static"))
            for names in [after_a_dot] + ([by_itself] if owner == "Window" else []):
                names[name] = min(names.get(name, float("inf")), since(member))
    for name, feature in known()["css"]["properties"].items():  # of an element's style
        name = re.sub("-(.)", lambda found: found[1].upper(), name)
        after_a_dot[name] = min(after_a_dot.get(name, float("inf")), since(feature))
    return by_itself, after_a_dot


def script_of(file: Path) -> str:
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".html":
        text = "\n".join(re.findall(r"(?s)<script>(.*?)</script>", text))
    return text


def style_of(file: Path) -> str:
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".html":
        styles = [*re.findall(r"(?s)<style>(.*?)</style>", text)]
        text = re.sub(r"(?s)\{%.*?%\}|\{#.*?#\}", "", "\n".join(styles)).replace("{{", "").replace("}}", "")
    return re.sub(r"(?s)/\*.*?\*/", "", text)


def later_in_script(text: str) -> set[str]:
    """The names in a script that nothing in the oldest browser has."""
    by_itself, after_a_dot = first_of_each_name()
    code = re.sub(r"(?s)/\*.*?\*/|//[^\n]*|\"[^\"\n]*\"", "", text)
    own_members = {
        name
        for file in SCRIPTS
        for name in re.findall(r"(\w+)\??:|@property \{.*\} \[?(\w+)", script_of(file))
        for name in name
    }
    own = set(re.findall(r"(?:function|class|const|let|import|[{,(]) *(\w+)", code))
    words = {word for word in re.findall(r"(?<![\w.])[A-Za-z]\w+(?!\w*:)", code) if word not in own}
    called = set(re.findall(r"(?<!\.)\.([A-Za-z]\w+)\(", code)) - OURS
    members = called | set(re.findall(r"(?<!\.)\.([A-Za-z]\w+)", code)) - own_members - OURS
    return {word for word in words if by_itself.get(word, 0) > OLDEST} | {
        f".{word}" for word in members if word in NAMESAKES or after_a_dot.get(word, 0) > OLDEST
    }


def later_in_style(text: str) -> Iterator[str]:
    """The features of a style that the oldest browser lacks, but for what stands beside something else for it."""
    css = known()["css"]
    functions = {**css["types"], **css["types"]["color"]}
    provided_for = " ".join(re.findall(r"@supports not ([^{]*)", text))
    for rule, conditions in re.findall(r"@([a-z-]+)([^{;]*)", text):
        feature = css["at-rules"].get(rule)
        if since(feature) > OLDEST:
            yield f"@{rule}"
        yield from (
            f"@{rule} {word}"
            for word in re.findall(r"[a-z-]+", conditions)
            if since((feature or {}).get(word)) > OLDEST
        )
    for margin in re.findall(r"@((?:top|bottom|left|right)-[a-z-]+) *\{", text):
        yield f"@page @{margin}"
    for block in re.split(r"[{}]", text):
        if not re.search(r":\s[^;]*(;|$)", block):
            yield from (
                f":{word}"
                for word in re.findall(r":([a-z-]+)", block)
                if since(css["selectors"].get(word)) > OLDEST
            )
            continue
        before = set()
        for name, value in re.findall(r"(?<![\w-])([a-z-]+):\s([^;]*)", block):
            feature = css["properties"].get(name, {}) if name not in css["at-rules"]["page"] else {}
            contexts = [since(each) for part, each in feature.items() if part.endswith("_context")]
            lacks = [name] if max([since(feature), *contexts]) > OLDEST else []
            words = re.findall(r"(?<![\w-])[a-z-]+(?![\w(-])", value)
            lacks += [f"{name}: {word}" for word in words if since(feature.get(word)) > OLDEST]
            called = [
                word for word in re.findall(r"(?<![\w-])([a-z-]+)\(", value) if word not in provided_for
            ]
            lacks += [f"{word}()" for word in called if since(functions.get(word)) > OLDEST]
            if name not in before:
                yield from lacks
            before.add(name)


def test_every_script_is_es2019(tmp_path: Path) -> None:
    copies = [tmp_path / f"{number}-{file.stem}.js" for number, file in enumerate(SCRIPTS)]
    for file, copy in zip(SCRIPTS, copies, strict=True):
        copy.write_text(script_of(file), encoding="utf-8")
    parser = ROOT / "tests" / "workbench" / "gate.js"
    run = subprocess.run(
        [program("node"), parser, node_modules("acorn"), *copies], capture_output=True, text=True, check=True
    )
    assert run.stdout == ""
    assert len(SCRIPTS) > 10


@pytest.mark.parametrize("file", SCRIPTS, ids=lambda path: path.name)
def test_no_script_uses_what_the_oldest_browser_lacks(file: Path) -> None:
    assert later_in_script(script_of(file)) == set()


@pytest.mark.parametrize("file", STYLES, ids=lambda path: path.name)
def test_no_style_uses_what_the_oldest_browser_lacks(file: Path) -> None:
    assert {
        each for each in later_in_style(style_of(file)) if each.split(": ")[0] not in DISPENSABLE
    } == set()


LATER = [
    *("a.replaceChildren(b)", "Object.fromEntries(a)", "a.matchAll(b)", "globalThis.a", "queueMicrotask(a)"),
    *("structuredClone(a)", "crypto.randomUUID()", "a.arrayBuffer()", "event.submitter", "a.requestSubmit()"),
    *("a.showPicker()", "a.inert = true", "a.at(-1)", "a.findLast(b)", "a.toSorted()", "a.replaceAll(b, c)"),
    *(
        "new Highlight(a)",
        "new WeakRef(a)",
        "a.onbeforematch",
        "a.popover",
        "Promise.allSettled(a)",
        "a.hasOwn(b)",
    ),
]
LATER_STYLE = [
    *(
        "a { width: min(1px, 2px); }",
        "a { width: clamp(1px, 2px, 3px); }",
        ":is(a) {}",
        "a:where(b) {}",
        "a:has(b) {}",
    ),
    *("a { inset: 0; }", "a { inset-inline: 0; }", "a { gap: 1px; }", "a { aspect-ratio: 1; }", "@layer a;"),
    *(
        "a { overflow-wrap: anywhere; }",
        "a { margin-inline: 1px; }",
        "a { padding-block: 1px; }",
        "a { border-block: 0; }",
    ),
    *("@container (width > 1px) { a { color: red; } }", "a { color: color-mix(in srgb, red, blue); }"),
    *(
        "a { accent-color: red; }",
        "a { overflow: clip; }",
        "a { scrollbar-gutter: stable; }",
        "a { translate: 1px; }",
    ),
]


@pytest.mark.parametrize("text", LATER)
def test_what_came_later_is_found_in_a_script(text: str) -> None:
    assert later_in_script(text)


@pytest.mark.parametrize("text", LATER_STYLE)
def test_what_came_later_is_found_in_a_style(text: str) -> None:
    assert set(later_in_style(text)) - set(DISPENSABLE)


def test_what_the_oldest_browser_has_is_let_pass() -> None:
    assert (
        later_in_script(
            "a.flat().flatMap(b); new ResizeObserver(a); a.append(b); navigator.clipboard.writeText(a)"
        )
        == set()
    )
    assert list(later_in_style("a:hover { grid-gap: 1px; left: calc(1px + 2px); position: sticky; }")) == []
    fallback = "a { overflow-wrap: break-word; overflow-wrap: anywhere; } @supports not (width: max(1px, 2px)) { a { width: 1px; } } a { width: max(1px, 2px); }"
    assert list(later_in_style(fallback)) == []
