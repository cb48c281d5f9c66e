"""What lies open on the workbench: one file or a folder; the page knows files by names that it was given, never by paths."""

from __future__ import annotations

import hashlib
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

from ..errors import ReportgenError
from .session import OpenFile


class UnknownError(ReportgenError):
    """A name that this program has not given."""


class Desk:
    """The files that are open, and those of the folder that may be opened."""

    def __init__(
        self,
        target: Path,
        previous: Path | None = None,
        templates: Path | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.target = target
        self.previous = previous
        self.templates = templates
        self.lock = threading.RLock()
        self.single = None if target.is_dir() else target
        self.folder = target if target.is_dir() else target.parent
        self._clock = clock
        self._salt = os.urandom(16)
        self._paths: dict[str, Path] = {}
        self._open: dict[str, OpenFile] = {}
        self.last_heard = clock()
        """When a page was heard of last, in seconds of the clock."""

    def name(self, path: Path) -> str:
        """The name by which the page knows a file."""
        real = os.path.realpath(path)
        id = hashlib.sha256(self._salt + os.fsencode(real)).hexdigest()[:16]
        with self.lock:
            self._paths.setdefault(id, path)
        return id

    def path(self, id: str) -> Path:
        """The file the page means.

        Raises:
            UnknownError: it was never told of it.
        """
        with self.lock:
            if id not in self._paths:
                raise UnknownError("没有这个文件，或者页面打开得太早。请刷新页面。")
            return self._paths[id]

    def file(self, id: str) -> OpenFile:
        """A file, opened where it is not yet.

        Raises:
            UnknownError: the page was never told of it.
        """
        path = self.path(id)
        with self.lock:
            if id not in self._open:
                previous = self.previous if self.single else None
                self._open[id] = OpenFile(path, previous, self.templates)
            return self._open[id]

    def hear(self) -> None:
        """Note that a page is there."""
        self.last_heard = self._clock()

    @property
    def silence(self) -> float:
        """Seconds since a page was heard of."""
        return self._clock() - self.last_heard

    def is_saved(self) -> bool:
        """Whether all changes are in their files; what is not is tried once more."""
        with self.lock:
            files = list(self._open.values())
        left = [file for file in files if not file.is_saved()]
        return not left

    def rescue(self) -> list[Path]:
        """Put what could not be written into files of its own, at the very end; those files."""
        with self.lock:
            files = list(self._open.values())
        return [path for file in files for path in file.rescue()]
