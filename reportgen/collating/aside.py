"""Bytes that need not be in memory while a run lasts: on the disk, in a file without a name that goes with the run."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import IO


@dataclass(frozen=True)
class Kept:
    """Some bytes, wherever they are."""

    data: bytes = b""
    file: IO[bytes] | None = None
    """Where they lie instead, as long as it is open."""
    start: int = 0
    length: int = 0

    def read(self) -> bytes:
        """The bytes."""
        if self.file is None:
            return self.data
        self.file.seek(self.start)
        return self.file.read(self.length)

    def __iter__(self) -> Iterator[bytes]:
        """As they are written piece by piece: in one."""
        yield self.read()


class Aside:
    """Where bytes are put; in memory where the disk takes no more."""

    def __init__(self, file: IO[bytes] | None) -> None:
        self._file = file

    def put(self, data: bytes) -> Kept:
        """Put some bytes aside."""
        if self._file is None:
            return Kept(data)
        try:
            start = self._file.seek(0, os.SEEK_END)
            if self._file.write(data) == len(data):
                return Kept(b"", self._file, start, len(data))
        except OSError:
            pass
        return Kept(data)


@contextmanager
def aside() -> Iterator[Aside]:
    """A place for bytes, to the end of the block."""
    with ExitStack() as stack:
        try:
            file = stack.enter_context(tempfile.TemporaryFile(buffering=0))
        except OSError:
            file = None
        yield Aside(file)
