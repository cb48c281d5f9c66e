"""The workbench of the example, open in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ..writing.tools import ROOT
from .browser import Browser, Page, serving

EXAMPLE = ROOT / "inputs" / "putian-psb-2022.toml"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    driven = Browser()
    yield driven
    driven.close()


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """The example and last year's, in a folder of their own."""
    path = tmp_path / "示例局-2022.toml"
    text = EXAMPLE.read_text(encoding="utf-8")
    path.write_text(text, encoding="utf-8")
    last = text.replace("year   = 2022", "year   = 2021").replace(
        "licensing           = 335873", "licensing = 1000"
    )
    path.with_name("示例局-2021.toml").write_text(last, encoding="utf-8")
    return path


@pytest.fixture
def page(browser: Browser, example: Path) -> Iterator[Page]:
    """The example, open."""
    with serving(example) as address:
        opened = Page(browser, address)
        opened.open()
        yield opened
        assert opened.complaints == []
