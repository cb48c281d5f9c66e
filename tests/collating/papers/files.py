"""What stands in the files that were made, read without the code that made them."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from lxml import etree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return archive.read(name).decode()


def words(data: bytes) -> list[str]:
    """The paragraphs of a Word file."""
    root = etree.fromstring(part(data, "word/document.xml").encode())
    return ["".join(paragraph.itertext("{*}t")) for paragraph in root.iter("{*}p")]


def text(data: bytes) -> str:
    return "\n".join(words(data))


def sheet_names(data: bytes) -> list[str]:
    root = etree.fromstring(part(data, "xl/workbook.xml").encode())
    return [str(sheet.get("name")) for sheet in root.iter(f"{MAIN}sheet")]


def cells(data: bytes, sheet: str) -> dict[str, str]:
    """The values of a sheet by address; an empty cell is not in it."""
    root = etree.fromstring(part(data, _path(data, sheet)).encode())
    strings = etree.fromstring(part(data, "xl/sharedStrings.xml").encode())
    texts = ["".join(item.itertext(f"{MAIN}t")) for item in strings.iter(f"{MAIN}si")]
    found = {}
    for cell in root.iter(f"{MAIN}c"):
        value = cell.findtext(f"{MAIN}v") or "".join(cell.itertext(f"{MAIN}t"))
        if value:
            found[str(cell.get("r"))] = texts[int(value)] if cell.get("t") == "s" else value
    return found


def formulas(data: bytes, sheet: str) -> dict[str, str]:
    root = etree.fromstring(part(data, _path(data, sheet)).encode())
    return {
        str(cell.get("r")): formula
        for cell in root.iter(f"{MAIN}c")
        if (formula := cell.findtext(f"{MAIN}f"))
    }


def heights(data: bytes, sheet: str) -> list[float]:
    """How high each row is in points; 0 where the file does not say it."""
    rows = re.findall(r"<row [^>]*>", part(data, _path(data, sheet)))
    return [float(found[1]) if (found := re.search(r' ht="([\d.]+)"', row)) else 0.0 for row in rows]


def column(data: bytes, sheet: str, letters: str) -> dict[int, str]:
    """The values of a column by row, from 1."""
    found = {}
    for address, value in cells(data, sheet).items():
        match = re.fullmatch(r"([A-Z]+)(\d+)", address)
        if match and match[1] == letters:
            found[int(match[2])] = value
    return found


def _path(data: bytes, sheet: str) -> str:
    return f"xl/worksheets/sheet{sheet_names(data).index(sheet) + 1}.xml"
