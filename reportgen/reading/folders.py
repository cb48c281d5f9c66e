"""The files of a folder that somebody put there: not what office programs and systems leave behind."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from pathlib import Path

from .. import disk
from ..model.findings import unusable
from .opinions_file import ENDING

PENDING = ".待定.toml"
"""What is still asked of 本局-2025.toml on the workbench lies in 本局-2025.待定.toml."""
MOST_FILES = 100_000
"""In one folder; a province has perhaps 20,000 bodies."""
_LEFT_BEHIND = ("~$", ".", "Thumbs.db", "desktop.ini")
"""How the names of files begin that programs leave behind."""


def files_in(folder: Path, others: Collection[Path] = ()) -> Iterator[str]:
    """The files of a folder and of those in it, relative to it, as posix paths, in the order of their names.

    ``others`` are files and folders that are none of it; links to folders are not followed, and what the
    program itself keeps beside input files, such as the ledger of opinions, is passed over.

    Raises:
        InputError: the folder cannot be read, or has far too many files.
    """
    left_out = {os.path.realpath(path) for path in others}
    count = 0

    def refused(error: OSError) -> None:
        if Path(error.filename) == folder:
            raise unusable(folder, f"文件夹打不开（{disk.why(error)}）。", "请核对文件夹的名称和权限。")

    for name, folders, files in os.walk(folder, onerror=refused):
        folders[:] = sorted(
            each
            for each in folders
            if not each.startswith(".") and os.path.realpath(os.path.join(name, each)) not in left_out
        )
        for file in sorted(files):
            path = os.path.join(name, file)
            if (
                file.startswith(_LEFT_BEHIND)
                or file.endswith((ENDING, PENDING))
                or os.path.realpath(path) in left_out
            ):
                continue
            count += 1
            if count > MOST_FILES:
                message = f"文件夹里的文件超过 {MOST_FILES} 个。"
                raise unusable(folder, message, "请只把要用的文件放进一个文件夹。")
            yield Path(path).relative_to(folder).as_posix()
