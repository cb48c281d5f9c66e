"""Tools from outside Python that some tests need, or the reason to skip without them."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CHROMIUM: list[str] = json.loads((ROOT / "tests" / "chromium.json").read_text(encoding="utf-8"))
"""How every browser of the tests is started: without a screen, a network of its own or shared memory (a container has little)."""


def program(name: str) -> str:
    """The path of a program."""
    return shutil.which(name) or pytest.skip(f"{name} is not installed")


def node_modules(package: str) -> Path:
    """The folder with npm packages, ``package`` among them: $REPORTGEN_NODE_MODULES, or beside the project."""
    folder = Path(os.environ.get("REPORTGEN_NODE_MODULES", ROOT / "node_modules"))
    if not (folder / package).is_dir():
        pytest.skip(f"npm package {package} is not in {folder} (npm install, or set REPORTGEN_NODE_MODULES)")
    return folder
