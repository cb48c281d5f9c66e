"""A folder on the workbench: its reports by year with their state, and the files a new year may start from."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .. import disk
from ..errors import ReportgenError
from ..model.document import Document
from ..model.findings import InputError, Severity, count
from ..model.language import Language
from ..model.opinions import DRAFT
from ..reading.folders import PENDING
from ..reading.opinions_file import ENDING
from ..reading.sources import is_input
from ..review.finals import SUPERSEDED
from ..review.folder import SHEET, SHEET_IN_WORD
from .desk import Desk
from .session import GoneError
from .words import for_page

MOST = 60
"""Files of each kind that are shown; a body has one report a year."""
PUBLISHED = {
    ".docx": "Word", ".doc": "Word", ".wps": "Word", ".html": "网页", ".htm": "网页", ".mht": "网页", ".mhtml": "网页",
    ".pdf": "PDF", ".xlsx": "Excel", ".xls": "Excel", ".et": "Excel",
}  # fmt: skip
"""Endings of the files that may be a published report, and what they are to the clerk."""
_OWN = re.compile(rf"（{DRAFT}\d+）|修订对照|（网页粘贴）|（备份\d+）|^[~.]")


def overview(desk: Desk) -> dict[str, Any]:
    """What the page shows of the folder."""
    titles: set[str] = set()
    reports = [_report(desk, path, titles) for path in _inputs(desk)]
    reports.sort(key=lambda each: (-(each["year"] or 0), each["file"]))
    return {
        "folder": desk.folder.resolve().name or str(desk.folder.resolve()),
        "single": desk.name(desk.single) if desk.single else None,
        "reports": reports,
        "can_collate": desk.single is None,
        "others": [
            {"id": desk.name(path), "file": path.name, "kind": PUBLISHED[path.suffix.lower()]}
            for path in _others(desk.folder)
            if path.stem not in titles and not SUPERSEDED.search(path.name)
        ],
    }


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.is_file())
    except OSError as error:
        raise GoneError(f"{folder.name} 读不出来（{disk.why(error)}）。请核对这个文件夹。") from None


def _inputs(desk: Desk) -> Iterator[Path]:
    found = [path for path in _files(desk.folder) if path.suffix.lower() in {*Language} and _may_be(path)]
    if desk.single and not any(os.path.samefile(path, desk.single) for path in found if desk.single.exists()):
        found.append(desk.single)
    yield from found[:MOST]


def _may_be(path: Path) -> bool:
    return not path.name.endswith((ENDING, PENDING)) and not _OWN.search(path.name) and is_input(path)


def _others(folder: Path) -> list[Path]:
    return [
        path
        for path in _files(folder)
        if path.suffix.lower() in PUBLISHED
        and not _OWN.search(path.name)
        and not path.name.endswith((SHEET, SHEET_IN_WORD))
    ][:MOST]


def _report(desk: Desk, path: Path, titles: set[str]) -> dict[str, Any]:
    """What is told of an input file; what its final is called goes to ``titles``: a year begins from the input itself."""
    id = desk.name(path)
    found: dict[str, Any] = {
        "id": id, "file": path.name, "agency": "", "year": None, "format": "", "unfilled": None, "errors": 0,
        "warnings": 0, "draft": None, "final": False, "problem": None,
    }  # fmt: skip
    try:
        state = desk.file(id).state
    except ReportgenError as error:
        return {**found, "problem": for_page(str(error))}
    counted = count([*state.problems, *state.outcome.findings])
    found |= {"errors": counted[Severity.ERROR], "warnings": counted[Severity.WARNING]}
    if state.problems:
        found["problem"] = for_page(str(InputError(path, state.problems)).split("\n")[0])
    if state.report is not None:
        found |= {
            "agency": state.report.agency.get("name", ""),
            "year": state.report.year or None,
            "format": state.report.form.format,
            "unfilled": len(state.report.unfilled),
        }
    if state.document is not None and state.report and state.report.agency.get("name"):
        titles.add(state.document.file_title)
        found |= _made(state.document, path.parent)
    return found


def _made(document: Document, folder: Path) -> dict[str, Any]:
    """The last draft that lies there, and whether a final does, by the names of the files."""
    pattern = re.compile(
        rf"{re.escape(document.file_title)}（{DRAFT}([1-9]\d{{0,8}})）\.(?:docx|html)", re.IGNORECASE
    )
    numbers = [int(found[1]) for path in _files(folder) if (found := pattern.fullmatch(path.name))]
    return {"draft": max(numbers, default=None), "final": (folder / f"{document.file_title}.docx").is_file()}
