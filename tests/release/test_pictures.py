"""The README begins with three pictures, which one command makes anew."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from release.pictures import DOCS, DRAFT, SCREEN, SHEET, WEB_PAGE, WINDOW, WORKBENCH, main

ROOT = Path(__file__).parents[2]
LARGEST = 120_000
"""Bytes of a picture; the repository is not their album."""
SIZES = {DRAFT: SHEET, WEB_PAGE: WINDOW, WORKBENCH: SCREEN}


def size(data: bytes) -> dict[str, int]:
    """Width and height of a WebP picture, as its first block tells them (``VP8X``, three bytes each, less one)."""
    assert (data[:4], data[8:12], data[12:16]) == (b"RIFF", b"WEBP", b"VP8X")
    assert int.from_bytes(data[4:8], "little") + 8 == len(data)
    return {
        "width": int.from_bytes(data[24:27], "little") + 1,
        "height": int.from_bytes(data[27:30], "little") + 1,
    }


def test_the_readme_begins_with_the_three() -> None:
    beginning = (ROOT / "README.md").read_text(encoding="utf-8").split("```")[0]
    shown = re.findall(r'<img src="([^"]+)" width="\d+%" alt="[^"]{20,}">', beginning)
    assert shown == [f"docs/{name}" for name in SIZES]
    assert {path.name for path in DOCS.iterdir()} == set(SIZES)


@pytest.mark.parametrize("name", SIZES)
def test_each_is_whole_and_small(name: str) -> None:
    data = (DOCS / name).read_bytes()
    assert size(data) == SIZES[name]
    assert 10_000 < len(data) <= LARGEST


def test_the_command_makes_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", "")
    main(tmp_path)
    for name, wanted in SIZES.items():
        data = (tmp_path / name).read_bytes()
        assert size(data) == wanted
        assert len(data) <= LARGEST
