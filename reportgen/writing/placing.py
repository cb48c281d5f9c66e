"""Bytes -> files, so that a file is always the old one or the new one, whole, and of several files all or none.

The bytes go to new files beside their places first. One run at a time does so in a folder: what lies there of an
earlier run was left by one that was killed, and goes.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path

from .. import disk
from ..locks import Lock, lock, uninterrupted

PATIENCE = 10.0
"""Seconds to wait for another run that writes into the folder; after that nothing is cleared away."""
LOCK = ".reportgen.lock"
_TEMPORARY = ".reportgen-{mark}.tmp"


class Placing:
    """Files on the way to their places."""

    def __init__(self) -> None:
        self.path = Path()
        """The file that is being worked on."""
        self.placed: list[Path] = []
        self._waiting: dict[Path, Path] = {}
        self._aside: list[Path] = []
        self._undo: list[Callable[[], object]] = []

    def write(self, path: Path, data: bytes | Iterable[bytes], like: Path | None = None) -> None:
        """Write a file beside its place, whole or piece by piece, with the mode and the owner of another where that can be."""
        self.path = path
        self._waiting[path] = _new(path)
        _write(self._waiting[path], data, private=like is not None)
        if like:
            _liken(self._waiting[path], like)

    def put(self, path: Path) -> None:
        """Put a file that was written in its place, whatever lies there."""
        self.path = path
        undo = self._set_aside(path) if os.path.lexists(path) else path.unlink
        self._waiting[path].replace(path)
        self._undo.append(undo)
        self.placed.append(path)

    def put_new(self, path: Path) -> None:
        """The same where nothing lies there.

        Raises:
            FileExistsError: something does.
        """
        self.path = path
        _place(self._waiting[path], path)
        self._undo.append(path.unlink)
        self.placed.append(path)

    def keep(self, path: Path, name: Path, *, replaced: bool) -> None:
        """Give what lies at ``path`` another name; it loses its own, at once where nothing is put in its place.

        Raises:
            FileExistsError: something has that name.
        """
        self.path = path
        if not name.exists() or disk.read(name) != disk.read(path):  # as a run that was killed has left it
            _place(path, name)
            self._undo.append(partial(_take_back, path, name))
        if not replaced:
            path.unlink(missing_ok=True)

    def rewrite(self, path: Path, data: bytes, was: bytes) -> None:
        """Give a file that lies there other bytes; its mode, its owner and the links to it stay.

        Where another file cannot have them all, its own bytes are written over.
        """
        target = Path(os.path.realpath(path))
        self.path = path
        if target.stat().st_nlink == 1:
            self._waiting[target] = whole = _new(target)
            _write(whole, data, private=True)
            if _liken(whole, target):
                undo = self._set_aside(target)
                whole.replace(target)
                self._undo.append(undo)
                self.placed.append(path)
                return
        self._undo.append(partial(_overwrite, target, was))
        _overwrite(target, data)
        self.placed.append(path)

    def _set_aside(self, path: Path) -> Callable[[], object]:
        """Keep what lies at a path until all is done; returns what puts it back."""
        aside = _new(path)
        try:
            os.link(path, aside, follow_symlinks=False)
        except (OSError, NotImplementedError):  # a file system or a system without such links
            return partial(_restore, path, disk.read(path))
        self._aside.append(aside)
        return partial(aside.replace, path)

    def undo(self) -> None:
        """Make everything as it was, the last first."""
        for step in reversed(self._undo):
            with suppress(OSError):
                step()

    def clear(self) -> None:
        """Remove what has not come to its place."""
        for whole in (*self._waiting.values(), *self._aside):
            with suppress(OSError):
                whole.unlink(missing_ok=True)


@contextmanager
def placing(folders: Iterable[Path]) -> Iterator[Placing]:
    """Place files in these folders; an error undoes all that was done, an interruption waits."""
    with ExitStack() as stack:
        for folder in sorted({Path(os.path.realpath(folder)) for folder in folders}):
            if stack.enter_context(lock(folder / LOCK, PATIENCE)) is Lock.HELD:
                clear_away(folder)
        stack.enter_context(uninterrupted())
        work = Placing()
        try:
            yield work
        except BaseException:
            work.undo()
            raise
        else:
            disk.written.extend(work.placed)
        finally:
            work.clear()


def clear_away(folder: Path) -> None:
    """Remove what runs that were killed have left; whoever calls it has the folder to itself."""
    with suppress(OSError):
        for path in folder.glob(_TEMPORARY.format(mark="*")):
            path.unlink(missing_ok=True)


def _new(path: Path) -> Path:
    return path.with_name(_TEMPORARY.format(mark=os.urandom(6).hex()))


def _write(path: Path, data: bytes | Iterable[bytes], *, private: bool = False) -> None:
    """Write a new file; ``private``: what others may do with it is decided later."""
    mode = 0o600 if private else 0o666
    with open(path, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
        file.writelines([data] if isinstance(data, bytes) else data)
        file.flush()
        os.fsync(file.fileno())


def _liken(path: Path, other: Path) -> bool:
    """Give a file the mode, the owner and the further attributes of another; False where it cannot have its owner."""
    theirs, own = other.stat(), path.stat()
    same = True
    if hasattr(os, "chown") and (theirs.st_uid, theirs.st_gid) != (own.st_uid, own.st_gid):
        try:
            os.chown(path, theirs.st_uid, theirs.st_gid)
        except OSError:
            same = False
    shutil.copystat(other, path)
    os.utime(path)
    return same


def _place(whole: Path, path: Path) -> None:
    """Give a file a name, unless there is a file of that name: then another process has taken it."""
    try:
        os.link(whole, path)
    except (FileExistsError, FileNotFoundError):
        raise
    except OSError:  # a file system without links, such as that of a USB stick: an empty file holds the name
        path.touch(exist_ok=False)
        whole.replace(path)


def _restore(path: Path, data: bytes) -> None:
    whole = _new(path)
    _write(whole, data, private=True)
    _liken(whole, path)
    whole.replace(path)


def _overwrite(path: Path, data: bytes) -> None:
    with path.open("r+b") as file:
        file.write(data)
        file.truncate()
        file.flush()
        os.fsync(file.fileno())


def _take_back(path: Path, name: Path) -> None:
    if path.exists():
        name.unlink(missing_ok=True)
    else:
        name.replace(path)
