"""The clerk's own files written anew: the input and the ledger beside it.

Their mode, their owner and the links to them stay; what another program wrote there meanwhile is never lost.
"""

from __future__ import annotations

import hashlib
import itertools
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..disk import beside
from ..locks import Lock, lock
from .files import OutputError, bytes_of, explain, refuse_busy
from .placing import LOCK, clear_away, placing

PATIENCE = 30.0
"""Seconds to wait for another run that has the same input in hand."""
_INSTEAD = "核对文件和文件夹能不能写，再运行一次"
"""These files have one place; no option names another."""


def _real(path: Path) -> Path:
    """Where the file lies that a link leads to."""
    return Path(os.path.realpath(path))


@dataclass(frozen=True)
class Rewritten:
    """A file of the clerk's that gets other bytes."""

    path: Path
    was: bytes | None
    """As it was read; None where there was none."""
    now: bytes


@contextmanager
def in_hand(path: Path) -> Iterator[None]:
    """Hold a file from reading it to writing it anew: another run of a command that does so waits.

    Raises:
        OutputError: the other run does not end.
    """
    if not os.path.isfile(path):  # whoever reads it says what is wrong
        yield
        return
    target = _real(path)
    mark = hashlib.sha256(target.name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    with lock(target.with_name(f".reportgen-{mark}.lock"), PATIENCE) as found:
        if found is Lock.TAKEN:
            raise OutputError(f"{path} 正由另一个 reportgen 命令改写，没有动它。请等它结束，再运行一次。")
        with lock(target.with_name(LOCK), 0) as alone:
            if alone is Lock.HELD:
                clear_away(target.parent)
        yield


def rewrite(*files: Rewritten, backup_of: Path | None = None) -> Path | None:
    """Write files anew, all or none, and keep what ``backup_of`` was beside it; returns that backup.

    Raises:
        OutputError: one of them was changed since it was read, or cannot be written; all are then as they were.
    """
    for each in files:
        refuse_busy(each.path)
    backed = next((each for each in files if each.path == backup_of), None)
    backup, is_new = _backup(backed) if backed and backed.was is not None else (None, False)
    with placing(folder for each in files for folder in (each.path.parent, _real(each.path).parent)) as work:
        try:
            if backup and is_new and backed and backed.was is not None:
                work.write(backup, backed.was, like=backed.path)
                work.put_new(backup)
            for each in files:
                now = bytes_of(each.path)
                if (now or None) != (each.was or None):
                    raise OutputError(_changed(each.path))
                if now is None:
                    work.write(each.path, each.now)
                    work.put_new(each.path)
                else:
                    work.rewrite(each.path, each.now, now)
        except FileExistsError:
            raise OutputError(_changed(work.path)) from None
        except OSError as error:
            raise OutputError(explain(error, work.path, _INSTEAD)) from None
    return backup


def _changed(path: Path) -> str:
    return f"{path} 刚刚被别的程序改过，没有写进去，什么也没有动。请再运行一次。"


def _backup(file: Rewritten) -> tuple[Path, bool]:
    """Where the backup of a file lies or will lie, and whether it is still to be written."""
    last = None
    for number in itertools.count(1):
        path = beside(file.path, f"（备份{number}）{file.path.suffix}")
        if not path.exists():
            return (last, False) if last and bytes_of(last) == file.was else (path, True)
        last = path
    raise AssertionError
