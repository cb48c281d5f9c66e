"""The layers of the project: what must not know of each other does not import each other."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import reportgen

PACKAGE = Path(reportgen.__file__).parent
APART = ("reading", "checking", "writing")
EDGES = {"cli", "console", "job", "review"}
"""What may know everything; nothing below may know them."""


def imported(path: Path) -> set[str]:
    """The first names below ``reportgen`` that a module imports."""
    depth = len(path.relative_to(PACKAGE).parts)
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level == depth:
            found |= {node.module.split(".")[0]} if node.module else {alias.name for alias in node.names}
    return found


@pytest.mark.parametrize("layer", APART)
def test_reading_checking_and_writing_do_not_know_each_other(layer: str) -> None:
    for path in (PACKAGE / layer).rglob("*.py"):
        assert imported(path) & (set(APART) - {layer}) == set(), path


def test_nothing_below_knows_the_command_line() -> None:
    for path in PACKAGE.rglob("*.py"):
        if path.relative_to(PACKAGE).parts[0].removesuffix(".py") not in EDGES | {"__main__"}:
            assert imported(path) & EDGES <= (
                {"job"} if "TYPE_CHECKING" in path.read_text("utf-8") else set()
            ), path


def test_no_label_of_the_form_stands_in_code() -> None:
    """Row labels and headings stand in the form file only; words of one or two characters are common words."""
    from reportgen.form.form_file import load_form

    form = load_form("2021")
    labels = {part.heading for part in form.parts if part.heading}
    labels |= {
        row.label.split("·")[1].split(" ")[-1] for t in form.tables.values() for row in t.rows.values()
    }
    labels = {label for label in labels if label and len(label) > 6}
    for path in PACKAGE.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and id(node) not in documentation
            ):
                assert not [label for label in labels if label in node.value], (path, node.lineno)
