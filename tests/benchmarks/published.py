"""Published files read back, by kind: figures read right, wrong and not at all, paragraphs, time beside parsing alone.

The example as each kind of file, and real files where they lie beside the checkout. Nothing wrong may be read.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from reportgen import job, libreoffice
from reportgen.form.model import Form
from reportgen.model.findings import InputError
from reportgen.reading import sources
from reportgen.reading.published import read_published
from reportgen.writing import html, pdf, sheet, word

from .clock import medians

EXAMPLE = Path(__file__).parents[2] / "inputs" / "putian-psb-2022.toml"
SHARED = Path(__file__).parents[3] / "shared"
REAL = {
    "pingtan-2021.html": "pingtan-2021",
    "pingtan-2024.gb2312.html": "pingtan-2024",
    "shuyang-drc-2023.html": "shuyang-drc-2023",
    "pingtan-2020-oldform.html": "pingtan-2020",
    "wps-form-suqian-city-2024.docx": "suqian-city-2024",
    "lo-sydrc.doc": "shuyang-drc-2023",
    "hzq2023_working.pdf": "hongze-district-2023",
    "pasted-pingtan-2021.xlsx": "pingtan-2021",
    "pingtan-2021.page.txt": "pingtan-2021",
    "kewei-2024.pdftext.md": "shanghai-stcsm-2024",
}
"""Real files, and the reports whose figures were taken from them by hand."""
Truth = Callable[[Form], Mapping[str, str]]


def main() -> None:
    print(
        f"  {'file':<34}{'right':>6}{'wrong':>6}{'left':>6}{'paragraphs':>12}{'ms':>8}{'× parsing':>11}   proofs"
    )
    with tempfile.TemporaryDirectory() as name:
        for path, truth in (*_own(Path(name)), *_real()):
            _show(path, truth)


def _show(path: Path, truth: Truth) -> None:
    try:
        found = read_published(path)
    except InputError as error:
        print(f"  {path.name:<34}{error}")
        return
    right = truth(found.form)
    wrong = [key for key, figure in found.figures.items() if right.get(key, figure) != figure]
    times = medians({"all": lambda: read_published(path), "parsed": lambda: sources.extracted(path)}, runs=5)
    paragraphs = sum(map(len, found.texts.values())) + sum(
        text.count("\n") + 1 for text in found.sources.values()
    )
    print(
        f"  {path.name:<34}{len(found.figures) - len(wrong):>6}{len(wrong):>6}{len(found.unread):>6}{paragraphs:>12}"
        f"{times['all']:>8.0f}{times['all'] / times['parsed']:>11.2f}   {', '.join(sorted({*found.proofs.values()}))}"
    )
    for key in wrong[:5]:
        print(f"    {key}: {found.figures[key]}, {right.get(key)}")


def _own(folder: Path) -> Iterator[tuple[Path, Truth]]:
    """The example as every kind of file that is made of it."""
    work = job.composed(job.load(EXAMPLE))
    as_word = word.render(work.document)
    page = html.render(work.document)
    figures = work.document.content.figures
    files = {
        "own.html": page.encode(),
        "own.gb18030.html": page.replace('charset="utf-8"', 'charset="gb18030"').encode("gb18030"),
        "own.docx": as_word,
        "own.xlsx": sheet.workbook(work.report.form, work.report),
    }
    try:
        files["own.pdf"] = pdf.convert(as_word)
        files |= {
            f"own.{suffix}": libreoffice.convert(as_word, ".docx", to, f".{suffix}")
            for suffix, to in (("doc", "doc"), ("odt", "odt"), ("rtf", "rtf"))
        }
    except libreoffice.LibreOfficeError as error:
        print(f"  {error}")
    for name, data in files.items():
        path = folder / name
        path.write_bytes(data)
        yield path, lambda _: figures


def _real() -> Iterator[tuple[Path, Truth]]:
    for name, report in REAL.items():
        if (path := SHARED / "published" / name).is_file():
            data = json.loads((SHARED / "reports" / f"{report}.json").read_text(encoding="utf-8"))
            yield path, lambda form, data=data: _figures(data, form)


def _figures(data: Mapping[str, object], form: Form) -> dict[str, str]:
    """The figures of a report as they stand in its file: rows as lists, by column, or as one figure."""
    found: dict[str, str] = {}
    for table in form.tables.values():
        rows = data.get(table.key, data.get(f"{table.key}_{form.format}"))
        assert isinstance(rows, dict)
        for key, row in table.rows.items():
            if (value := rows.get(key)) is None:
                continue  # not taken by hand: it cannot be judged
            by_column = value if isinstance(value, dict) else {}
            listed = value if isinstance(value, list) else [value] * len(row.cells)
            for cell, figure in zip(row.cells, listed, strict=True):
                found[cell.key] = str(by_column.get(cell.column, figure))
    return found
