"""The files that are made: all of them or none, none that is open or was made by others meanwhile."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from .. import disk
from ..errors import ReportgenError
from .placing import placing


class OutputError(ReportgenError):
    """A file that could not be written; nothing was lost, and the message says what to do."""


class TakenError(OutputError):
    """A file that was to be new is there: another build was quicker."""


def save(
    files: Mapping[Path, bytes | Iterable[bytes]],
    *,
    new: Path | None = None,
    kept: Mapping[Path, Path] | None = None,
) -> list[Path]:
    """Write all files or none; a file that already has these bytes is left alone. Returns those written.

    What is too large to be held in memory comes piece by piece, and is always written.

    The bytes go to new files beside their targets first and then take their places, so that a full disk or a
    crash leaves the old files. ``new`` takes its place first, and only where there is no such file yet. What lies
    at a path of ``kept`` is given the other name before; it loses its own.

    Raises:
        TakenError: ``new`` is there, with other bytes; nothing was written.
        OutputError: the folder or a target cannot be written.
    """
    kept = kept or {}
    changed = {
        path: data
        for path, data in files.items()
        if path in kept or not isinstance(data, bytes) or bytes_of(path) != data
    }
    for path in (*changed, *kept):
        refuse_busy(path)
    for path in files:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(explain(error, path)) from None
    with placing(path.parent for path in files) as work:
        try:
            for path, data in changed.items():
                work.write(path, data)
            for path, name in kept.items():
                work.keep(path, name, replaced=path in changed)
            if new in changed:
                work.put_new(new)
            for path in changed:
                if path != new:
                    work.put(path)
        except FileExistsError:
            raise TakenError(f"{work.path} 已经有了。请再运行一次。") from None
        except OSError as error:
            raise OutputError(explain(error, work.path)) from None
    return list(changed)


def save_new(path: Path, data: bytes, instead: str = "") -> None:
    """Write a file where there is none; one that is there stays as it is: ``instead`` says what else can be done.

    Raises:
        OutputError: there is one, or it cannot be written.
    """
    taken = OutputError(f"{path} 已经有了，没有动它。{instead}请用 -o 换一个文件名，或者先把它改名。")
    if os.path.lexists(path):
        raise taken
    try:
        save({path: data}, new=path)
    except TakenError:
        raise taken from None


def copy_folder(source: Path, target: Path) -> None:
    """Copy a folder to a new place; an existing folder with anything in it is left alone.

    Raises:
        OutputError: there is something at ``target``, or it cannot be written.
    """
    try:
        is_new = not os.path.lexists(target)
        if not is_new and (not target.is_dir() or any(target.iterdir())):
            raise OutputError(f"{target} 已经有内容，没有复制。请换一个新的文件夹名。")
    except OSError as error:
        raise _uncopied(target, error) from None
    try:
        shutil.copytree(source, target, dirs_exist_ok=True)
    except ValueError:
        raise OutputError(f"{target} 这个名称不能用。请换一个文件夹。") from None
    except OSError as error:
        _empty(target, and_itself=is_new)  # there was nothing in it before
        raise _uncopied(target, error) from None


def _empty(folder: Path, *, and_itself: bool) -> None:
    with suppress(OSError):
        for path in folder.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        if and_itself:
            folder.rmdir()


def _uncopied(target: Path, error: OSError) -> OutputError:
    """That of several files (shutil.Error) holds what each of them said, in English."""
    reason = "有的文件没有复制过去" if isinstance(error, shutil.Error) else disk.why(error)
    return OutputError(f"{target} 写不进去（{reason}）。请换一个文件夹。")


def bytes_of(path: Path) -> bytes | None:
    """What lies there now; None where that is nothing, or no file."""
    try:
        return disk.read(path)
    except OSError:
        return None


def is_open(path: Path) -> bool:
    """Whether Word, WPS or LibreOffice has the file open, which their lock files tell.

    Word leaves out up to two characters at the start of the name, fewer of a short one.
    """
    locks = (*(f"~${path.name[cut:]}" for cut in range(3)), f".~{path.name}", f".~lock.{path.name}#")
    return any(os.path.exists(path.with_name(lock)) for lock in locks)


def refuse_busy(path: Path) -> None:
    """Refuse to replace what is open, or no file.

    Raises:
        OutputError: it is.
    """
    if not os.path.exists(path):
        return
    if not path.is_file():
        what = "是文件夹" if path.is_dir() else "是管道或设备"
        raise OutputError(f"{path} {what}，不是文件，没有动它。请把它改名或移到别处，再运行一次。")
    if is_open(path):
        raise OutputError(f"{path} 正在 Word 或 WPS 里打开。请关闭它，再运行一次。")


def explain(error: OSError, path: Path, instead: str = "用 -o 换一个文件夹") -> str:
    """Why a file could not be written, and what to do; ``instead`` is what helps, where the command has no such option."""
    if isinstance(error, PermissionError):
        return (
            f"{path} 写不进去：它可能正在 Word 或 WPS 里打开，或文件夹是只读的。请关闭文件，或者{instead}。"
        )
    if isinstance(error, (FileExistsError, NotADirectoryError)):
        return f"{path.parent} 不是文件夹，不能在里面写文件。请{instead}。"
    if error.errno == errno.ENOSPC:
        return f"{path.parent} 所在的磁盘满了，文件没有写。请清出空间，再运行一次；原来的文件没有动。"
    return f"{path} 写不进去（{disk.why(error)}）。请{instead}；原来的文件没有动。"
