"""A Word file as LibreOffice prints it: the words of every page with their places in mm.

The office fonts are not free; the Fandol fonts stand in for them under their names. Their Chinese characters are
as wide as they are high, as those of the office fonts are, so lines and pages come out the same.
"""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import etree

from .tools import program

MM = 25.4 / 72
STAND_INS = {
    "仿宋_GB2312": "FandolFang",
    "楷体_GB2312": "FandolKai",
    "黑体": "FandolHei",
    "宋体": "FandolSong",
    "方正小标宋简体": "FandolSong",
    "Times New Roman": "Liberation Serif",
}


@dataclass(frozen=True)
class Line:
    """A line of text; lengths in mm from the upper left corner of the page."""

    text: str
    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True)
class Page:
    """The lines of one page, from top to bottom."""

    lines: list[Line]
    width: float
    height: float

    @property
    def number(self) -> Line:
        """The page number at the foot."""
        return self.lines[-1]

    @property
    def body(self) -> list[Line]:
        return self.lines[:-1]

    @property
    def text(self) -> str:
        return "".join(line.text for line in self.body)


def environment(folder: Path) -> dict[str, str]:
    """The environment in which the Fandol fonts stand in for the office fonts."""
    fonts = Path(os.environ.get("REPORTGEN_FONTS", "/nowhere"))
    if not (fonts / "FandolFang-Regular.otf").is_file():
        pytest.skip("the Fandol fonts are not there (set REPORTGEN_FONTS to their folder)")
    aliases = "".join(
        f'<alias binding="same"><family>{name}</family><prefer><family>{font}</family></prefer></alias>'
        for name, font in STAND_INS.items()
    )
    config = folder / "fonts.conf"
    config.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{fonts}</dir><dir>/usr/share/fonts</dir><cachedir>{folder}/cache</cachedir>{aliases}</fontconfig>",
        encoding="utf-8",
    )
    return {**os.environ, "FONTCONFIG_FILE": str(config)}


def printed(data: bytes, folder: Path) -> Path:
    """The PDF LibreOffice makes of a Word file."""
    soffice = program("soffice")
    env = environment(folder)
    (folder / "report.docx").write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        soffice,
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        folder,
        folder / "report.docx",
    ]
    subprocess.run(command, env=env, capture_output=True, check=True, timeout=300)
    return folder / "report.pdf"


def pages(pdf: Path) -> list[Page]:
    """The pages of a PDF as pdftotext sees them; words at one height are one line."""
    out = subprocess.run(
        [program("pdftotext"), "-bbox-layout", pdf, "-"], capture_output=True, check=True
    ).stdout
    root = etree.fromstring(out, etree.XMLParser(recover=True))
    return [_page(page) for page in root.iter("{*}page")]


def _page(page: etree._Element) -> Page:
    words = sorted(
        page.iter("{*}word"), key=lambda word: (float(word.get("yMin", 0)), float(word.get("xMin", 0)))
    )
    rows: list[list[etree._Element]] = []
    for word in words:
        middle = (float(word.get("yMin", 0)) + float(word.get("yMax", 0))) / 2
        if rows and middle < float(rows[-1][0].get("yMax", 0)) and middle > float(rows[-1][0].get("yMin", 0)):
            rows[-1].append(word)
        else:
            rows.append([word])
    lines = []
    for row in rows:
        row.sort(key=lambda word: float(word.get("xMin", 0)))
        lines.append(
            Line(
                "".join(word.text or "" for word in row),
                left=float(row[0].get("xMin", 0)) * MM,
                right=float(row[-1].get("xMax", 0)) * MM,
                top=min(float(word.get("yMin", 0)) for word in row) * MM,
                bottom=max(float(word.get("yMax", 0)) for word in row) * MM,
            )
        )
    return Page(lines, float(page.get("width", 0)) * MM, float(page.get("height", 0)) * MM)
