"""The papers of an area written into a folder, all or none; what somebody edited there stays as it is."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ...disk import beside
from ...model.language import Language
from ...model.provenance import Provenance
from ...writing.files import OutputError, bytes_of, explain, save
from ..area import Area, State
from ..aside import aside
from . import area_input, page, receipt, returning, tidy, workbook
from .keeping import Made, places
from .workbook_figures import left_out

DONE = "已改正"
"""The folder for letters to bodies that have corrected everything."""


@dataclass(frozen=True)
class Written:
    """What a run has left in the folder."""

    files: tuple[Path, ...]
    """The papers for the office, whether they were written anew or are as they were."""
    letters: tuple[Path, ...]
    """Those that go back to bodies."""
    kept: Mapping[Path, Path | None]
    """Papers that somebody edited, and where the new one lies; None where it would say the same."""
    done: tuple[Path, ...] = ()
    """Letters to bodies that have corrected everything, where they lie now."""
    left_out: str = ""
    """What the workbook had no room for, in Chinese."""


def write(area: Area, folder: Path | None, table: Path | None = None) -> Written:
    """Write the papers of an area into a folder, if there is one; ``table`` is where its figures go as a tidy table.

    Raises:
        TemplateError: a template or the base document cannot be used.
        OutputError: a file cannot be written, or is open; nothing was written then.
    """
    with aside() as room:
        papers = places(_papers(area, folder) if folder else (), room)
        letters = places(_letters(area, folder / returning.PAPER) if folder else (), room)
        files: dict[Path, bytes | Iterable[bytes]] = {**papers.files, **letters.files}
        kept = {**papers.kept, **letters.kept}
        if table:
            _require_table(table)
            files[table] = tidy.table(area)
        current = {*files, *letters.lying, *kept}
        done = dict(_done(area, folder / returning.PAPER, current)) if folder else {}
        for target in done.values():
            _make(target.parent)
        save(files, kept=done)
    return Written(
        files=papers.lying + ((table,) if table else ()),
        letters=letters.lying,
        kept=kept,
        done=tuple(done.values()),
        left_out=left_out(area) if folder else "",
    )


def _papers(area: Area, folder: Path) -> Iterator[tuple[Path, Made]]:
    """The papers for the office itself."""
    yield folder / f"{receipt.PAPER}.docx", receipt.receipt(area)
    yield folder / f"{workbook.PAPER}.xlsx", workbook.workbook(area)
    yield folder / f"{page.PAPER}.html", page.page(area)
    yield folder / f"{area_input.PAPER}{Language.TOML}", area_input.area_input(area)


def _letters(area: Area, folder: Path) -> Iterator[tuple[Path, Made]]:
    """What goes back to bodies."""
    found = list(returning.returns(area))
    names = returning.file_names(found)
    for each in found:
        yield folder / names[each.standing.name], returning.letter(area, each)


def _require_table(path: Path) -> None:
    """Refuse to put a table where something else lies.

    Raises:
        OutputError: something does.
    """
    try:
        if not os.path.isfile(path):  # what is no file is refused when it is written
            return
        with path.open("rb") as file:
            if file.read(len(tidy.HEAD)) == tidy.HEAD:
                return
    except OSError as error:
        raise OutputError(explain(error, path)) from None
    raise OutputError(f"{path} 已经有了，不是这个命令写的表格，没有动它。请用 --table 换一个文件名。")


def _done(area: Area, letters: Path, current: set[Path]) -> Iterator[tuple[Path, Path]]:
    """The letters of earlier runs to bodies that are sound now, and where they go; none that somebody edited."""
    sound = [standing for standing in area.standings if standing.state is State.OK]
    names = returning.file_names([returning.Return(standing) for standing in sound])
    for name in names.values():
        path = letters / name
        data = bytes_of(path) if path not in current else None
        if data is not None and Provenance(data).is_untouched:
            yield path, _free(letters / DONE / name, data)


def _free(path: Path, data: bytes) -> Path:
    """A name of its own, or that of a file with the same bytes."""
    target, number = path, 1
    while (there := bytes_of(target)) is not None and there != data:
        number += 1
        target = beside(path, f"（{number}）{path.suffix}")
    return target


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(explain(error, folder)) from None
