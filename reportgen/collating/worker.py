"""A process of its own that examines files one after the other: whatever a file does to it, the run goes on.

It is told what to do, and answers, in frames on its standard streams: four bytes of length, then JSON or a packed
submission. It ends when nobody writes to it any more, when it takes far longer than it may, or when it is told to.
"""

from __future__ import annotations

import json
import os
import signal
import struct
import sys
from pathlib import Path
from typing import IO

MOST_MEMORY = 3 * 1024**3
"""Bytes that a worker may have (where the system keeps such a limit): a file that takes more is refused."""
READY = b""
"""What a worker says first, once it has started."""
_LENGTH = struct.Struct(">I")


def send(stream: IO[bytes], data: bytes) -> None:
    """Write one frame."""
    stream.write(_LENGTH.pack(len(data)) + data)
    stream.flush()


def receive(stream: IO[bytes]) -> bytes | None:
    """Read one frame; None at the end."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    data = stream.read(length)
    return data if len(data) == length else None


def serve() -> None:
    """Examine the files that are named, to the end of what is written to it."""
    orders, answers = _own_streams()
    _keep_within_limits()
    from .examining import examined
    from .last_year import from_json
    from .packing import packed

    first = receive(orders)
    if first is None:
        return
    start = json.loads(first)
    last = from_json(start["last"])
    templates = Path(start["templates"]) if start["templates"] else None
    send(answers, READY)
    folder = os.fsdecode(bytes.fromhex(start["folder"]))
    while (order := receive(orders)) is not None:
        seconds, file = json.loads(order)
        if hasattr(signal, "alarm"):
            signal.alarm(2 * seconds)  # whoever should end it may have been killed
        file = os.fsdecode(bytes.fromhex(file))
        submission = examined(Path(folder, file), file, last, templates)
        send(answers, packed(submission))
        if hasattr(signal, "alarm"):
            signal.alarm(0)


def _own_streams() -> tuple[IO[bytes], IO[bytes]]:
    """The streams of orders and answers; whatever else is printed goes nowhere."""
    orders = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    return orders, answers


def _keep_within_limits() -> None:
    """Ctrl-C is for the run, which ends its workers; whoever is asked to end does so in order."""
    import gc

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    gc.set_threshold(20_000)
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    except (ImportError, ValueError, OSError):
        return
