"""The layers of the project: what must not know of each other does not import each other."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import reportgen

PACKAGE = Path(reportgen.__file__).parent
BELOW = {
    "disk": {"disk"},
    "patterns": {"patterns"},
    "locks": {"locks"},
    "libreoffice": {"disk", "errors", "libreoffice", "locks"},
    "errors": {"errors"},
    "form": {"patterns", "disk", "errors", "form"},
    "model": {"patterns", "disk", "errors", "form", "model"},
    "reading": {"patterns", "disk", "form", "libreoffice", "model", "reading"},
    "checking": {"patterns", "form", "model", "checking"},
    "writing": {
        "patterns",
        "disk",
        "errors",
        "form",
        "libreoffice",
        "locks",
        "model",
        "writing",
        "__version__",
    },
    "importing": {"patterns", "disk", "form", "model", "reading", "checking", "writing", "importing"},
    "job": {"patterns", "form", "model", "reading", "checking"},
    "review": {
        "patterns",
        "disk",
        "errors",
        "form",
        "model",
        "reading",
        "checking",
        "writing",
        "job",
        "review",
    },
    "collating": {
        "__version__",
        "patterns",
        "disk",
        "errors",
        "locks",
        "form",
        "model",
        "reading",
        "checking",
        "writing",
        "job",
        "collating",
    },
    "workbench": {
        "patterns",
        "disk",
        "errors",
        "form",
        "locks",
        "model",
        "reading",
        "checking",
        "writing",
        "importing",
        "job",
        "review",
        "collating",
        "workbench",
    },
    "console": {
        "disk",
        "errors",
        "form",
        "model",
        "reading",
        "checking",
        "writing",
        "importing",
        "job",
        "review",
        "collating",
        "workbench",
        "console",
        "__version__",
    },
}
"""What each room may import; the commands may import all."""


def imported(path: Path, package: Path) -> set[str]:
    """The first names below the package that a module imports, wherever in it and for whatever purpose."""
    depth = len(path.relative_to(package).parts)
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level == depth:
            found |= {node.module} if node.module else {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found |= {_below(f"{node.module}.{alias.name}") for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {_below(alias.name) for alias in node.names}
    return {name.split(".")[0] for name in found if name}


def _below(module: str) -> str:
    """The name of a module within the package; "" where it is of another."""
    package, _, name = module.partition(".")
    return name if package == "reportgen" else ""


def breaches(package: Path) -> list[str]:
    """Each import that reaches where it must not: ``reading/figures.py imports checking``."""
    return [
        f"{path.relative_to(package).as_posix()} imports {name}"
        for path in sorted(package.rglob("*.py"))
        if (room := path.relative_to(package).parts[0].removesuffix(".py")) in BELOW
        for name in sorted(imported(path, package) - BELOW[room])
    ]


def test_every_room_knows_only_what_lies_below_it() -> None:
    assert breaches(PACKAGE) == []


def test_nothing_knows_the_workbench_but_its_command() -> None:
    """The commands work without it, and so do machines on which its libraries are missing."""
    knows = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if path.parent.name != "workbench" and "workbench" in imported(path, PACKAGE)
    }
    assert knows == {"console/commands/opening.py"}


def test_every_room_has_its_place_among_the_layers() -> None:
    rooms = {
        path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()
    }
    assert rooms - {"__init__", "__main__", "cli"} == set(BELOW)


@pytest.mark.parametrize(
    "line",
    [
        "from ..checking import check",
        "def f():\n    from ..writing.word import render",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from ..job import Job",
        "from .. import job",
        "from reportgen.checking import check",
        "from reportgen import checking",
        "import reportgen.checking",
        "import reportgen.checking.registry as registry",
    ],
)
def test_the_guard_sees_every_way_to_reach_up(line: str, tmp_path: Path) -> None:
    (tmp_path / "reading").mkdir()
    (tmp_path / "reading" / "figures.py").write_text(f"{line}\n", encoding="utf-8")
    (found,) = breaches(tmp_path)
    assert found.startswith("reading/figures.py imports ")


@pytest.mark.parametrize(
    "line", ["from reportgen import form", "import reportgen.form.grid", "from ..form import grid"]
)
def test_the_guard_lets_pass_what_lies_below(line: str, tmp_path: Path) -> None:
    (tmp_path / "reading").mkdir()
    (tmp_path / "reading" / "figures.py").write_text(f"{line}\n", encoding="utf-8")
    assert breaches(tmp_path) == []


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
