"""Two runs at once: one waits for the other, and an interruption waits until what was begun is done.

The lock is the system's and ends with the process that holds it; the file it hangs on may stay behind a run that was
killed, and then stops nobody.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import Enum
from pathlib import Path

PAUSE = 0.02
"""Seconds between two tries."""


class Lock(Enum):
    """How a try to lock ended."""

    HELD = "held"
    TAKEN = "taken"
    """Another process has it."""
    NONE = "none"
    """There are no locks here: a folder that cannot be written to, some network drives."""


@contextmanager
def lock(path: Path, seconds: float) -> Iterator[Lock]:
    """Hold the lock that hangs on the file ``path``, waiting for it for so long; the file is made and removed."""
    until = time.monotonic() + seconds
    held: list[int] = []
    try:
        while True:
            with uninterrupted():
                found = _tried(path, held)
            if found is not Lock.TAKEN or time.monotonic() >= until:
                break
            time.sleep(PAUSE)
        yield found
    finally:
        with uninterrupted():
            for descriptor in held:
                _release(path, descriptor)


def _tried(path: Path, held: list[int]) -> Lock:
    """Try once to get the lock; the open file it hangs on is then among those ``held``."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except PermissionError:
        return Lock.TAKEN if os.name == "nt" and path.exists() else Lock.NONE
    except OSError:
        return Lock.NONE
    found = _locked(descriptor)
    if found is Lock.HELD and not _is_still(path, descriptor):
        found = Lock.TAKEN  # its holder has removed it meanwhile: what hangs on it is nobody's lock any more
    if found is Lock.HELD:
        held.append(descriptor)
    else:
        os.close(descriptor)
    return found


def _release(path: Path, descriptor: int) -> None:
    """Remove the file while it is still locked; Windows does not remove what is open."""
    is_open_removed = os.name != "nt"
    if is_open_removed:
        with suppress(OSError):
            path.unlink(missing_ok=True)
    os.close(descriptor)
    if not is_open_removed:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _is_still(path: Path, descriptor: int) -> bool:
    """Whether the open file is the one that lies at ``path``."""
    try:
        return os.path.samestat(os.stat(path), os.fstat(descriptor))
    except OSError:
        return False


if sys.platform == "win32":
    import msvcrt

    def _locked(descriptor: int) -> Lock:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return Lock.TAKEN
        return Lock.HELD

else:
    import fcntl

    def _locked(descriptor: int) -> Lock:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return Lock.TAKEN
        except OSError:
            return Lock.NONE
        return Lock.HELD


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Let an interruption (Ctrl-C) wait until what stands in the block is done."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread is interrupted
        return
    came: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: came.append(number)) or signal.SIG_DFL
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        if came:
            signal.raise_signal(signal.SIGINT)
