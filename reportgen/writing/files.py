"""Bytes -> files, so that a file is always the old one or the new one, whole."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from ..disk import why
from ..errors import ReportgenError


class OutputError(ReportgenError):
    """A file that could not be written; nothing was lost, and the message says what to do."""


class TakenError(OutputError):
    """A file that was to be new is there: another build was quicker."""


def save(
    files: Mapping[Path, bytes], *, new: Path | None = None, kept: Mapping[Path, Path] | None = None
) -> list[Path]:
    """Write all files or none; a file that already has these bytes is left alone. Returns those written.

    The bytes go to new files beside their targets first and then take their places, so that a full disk or a
    crash leaves the old files. ``new`` takes its place first, and only where there is no such file yet. What lies
    at a path of ``kept`` is given the other name before; it loses its own.

    Raises:
        TakenError: ``new`` is there, with other bytes; nothing was written.
        OutputError: the folder or a target cannot be written.
    """
    kept = kept or {}
    changed = {path: data for path, data in files.items() if path in kept or _bytes_of(path) != data}
    for path in (*changed, *kept):
        _refuse_open(path)
    waiting: dict[Path, Path] = {}
    try:
        for path, data in changed.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            waiting[path] = path.with_name(f".reportgen-{os.urandom(6).hex()}.tmp")
            _write(waiting[path], data)
        for path, name in kept.items():
            _place(path, name)
            if path not in changed:
                path.unlink(missing_ok=True)
        if new in waiting:
            path = new
            _place(waiting[new], new)
        for path, whole in waiting.items():
            if path != new:
                whole.replace(path)
    except OSError as error:
        raise OutputError(_explain(error, path)) from None
    finally:
        for whole in waiting.values():
            with suppress(OSError):
                whole.unlink(missing_ok=True)
    return list(changed)


def replace_keeping_backup(path: Path, data: bytes) -> Path:
    """Write a file of the clerk's anew, and keep what it was beside it; returns the backup.

    Raises:
        OutputError: one of them cannot be written; the file is then as it was.
    """
    numbers = itertools.count(1)
    backup = next(
        p for n in numbers if not (p := path.with_name(f"{path.stem}（备份{n}）{path.suffix}")).exists()
    )
    try:
        save({backup: path.read_bytes()})
    except OSError as error:
        raise OutputError(_explain(error, path)) from None
    save({path: data})
    return backup


def copy_folder(source: Path, target: Path) -> None:
    """Copy a folder to a new place; an existing folder with anything in it is left alone.

    Raises:
        OutputError: there is something at ``target``, or it cannot be written.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise OutputError(f"{target} 已经有内容，没有复制。请换一个新的文件夹名。")
    try:
        shutil.copytree(source, target, dirs_exist_ok=True)
    except (OSError, shutil.Error) as error:
        raise OutputError(f"{target} 写不进去（{error}）。请换一个文件夹。") from None


def _bytes_of(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _write(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _place(whole: Path, path: Path) -> None:
    """Give a written file its name, unless there is a file of that name: then another process has taken it."""
    try:
        try:
            os.link(whole, path)
        except (FileExistsError, FileNotFoundError):
            raise
        except (
            OSError
        ):  # a file system without links, such as that of a USB stick: an empty file holds the name
            path.touch(exist_ok=False)
            whole.replace(path)
    except FileExistsError:
        raise TakenError(f"{path} 已经有了。请再运行一次。") from None


def is_open(path: Path) -> bool:
    """Whether Word, WPS or LibreOffice has the file open, which their lock files tell.

    Word leaves out up to two characters at the start of the name, fewer of a short one.
    """
    locks = (*(f"~${path.name[cut:]}" for cut in range(3)), f".~{path.name}", f".~lock.{path.name}#")
    return any(path.with_name(lock).exists() for lock in locks)


def _refuse_open(path: Path) -> None:
    """Refuse to replace a file that is open."""
    if path.exists() and is_open(path):
        raise OutputError(f"{path} 正在 Word 或 WPS 里打开。请关闭它，再运行一次。")


def _explain(error: OSError, path: Path) -> str:
    if isinstance(error, PermissionError):
        return f"{path} 写不进去：它可能正在 Word 或 WPS 里打开，或文件夹是只读的。请关闭文件或换一个文件夹（-o）。"
    if isinstance(error, (FileExistsError, NotADirectoryError)):
        return f"{path.parent} 不是文件夹，不能在里面写文件。请用 -o 换一个文件夹。"
    if error.errno == 28:
        return f"{path.parent} 所在的磁盘满了，文件没有写。请清出空间，再运行一次；原来的文件没有动。"
    return f"{path} 写不进去（{why(error)}）。请用 -o 换一个文件夹；原来的文件没有动。"
