"""Many files examined at once by processes of their own, each within its time.

A worker that takes too long for one file, or ends over it, is replaced; the file is told, and the others go on.
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from .area import Submission
from .last_year import LastYear
from .packing import unpacked
from .worker import READY, receive, send

LONGEST = 30
"""Seconds for one file; a report takes less than one."""
STARTING = 120
"""Seconds for a worker to start, which are not the file's."""
LONGEST_IN_OFFICE = 200
"""The same for a file that LibreOffice has to read; it gives up by itself before."""
_PATIENCE = 2.0
"""Seconds for a worker to end when it is asked to."""
_PROGRAM = "import sys; sys.path[:] = {path!r}; from reportgen.collating.worker import serve; serve()"


class Task(NamedTuple):
    """One file to be examined."""

    file: str
    """Relative to the folder."""
    in_office: bool = False
    """Whether LibreOffice has to read it: one at a time, it takes a whole core and much memory."""


class Done(NamedTuple):
    """A file that was examined: what it is, and the same as bytes for the cache; none where it was not to be done."""

    submission: Submission
    data: bytes


@dataclass
class _Worker:
    """A process, and the file it has in hand."""

    process: subprocess.Popen[bytes]
    task: Task | None = None
    until: float = field(default=0.0)
    is_ready: bool = False
    """Whether it has started."""


class Workers:
    """As many processes as there are cores, or files."""

    def __init__(self, folder: Path, last: LastYear, templates: Path | None, longest: int = LONGEST) -> None:
        self._start = json.dumps(
            {
                "folder": os.fsencode(folder).hex(),
                "last": last.as_json(),
                "templates": str(templates) if templates else "",
            }
        ).encode()
        self._longest = longest
        self._answers: queue.SimpleQueue[tuple[_Worker, bytes | None]] = queue.SimpleQueue()
        self._workers: list[_Worker] = []

    def examine(self, tasks: Sequence[Task]) -> Iterator[Done]:
        """Examine files, those that take longest first; the answers come as they are done."""
        waiting = deque(sorted(tasks, key=lambda task: not task.in_office))
        try:
            for _ in range(min(os.cpu_count() or 1, len(waiting))):
                self._begin(self._new(), waiting)
            while any(worker.task for worker in self._workers):
                yield self._next(waiting)
        finally:
            self.end()

    def _next(self, waiting: deque[Task]) -> Done:
        """The next answer, or what is said of a file that has none."""
        while True:
            busy = [worker for worker in self._workers if worker.task]
            soonest = min(worker.until for worker in busy)
            try:
                worker, data = self._answers.get(timeout=max(0.0, soonest - time.monotonic()))
            except queue.Empty:
                late = next((worker for worker in busy if time.monotonic() >= worker.until), None)
                if late is None:
                    continue
                seconds = self._seconds(late.task)
                reason = (
                    f"{seconds} 秒内没有读完，不再读它。请核对是不是选错了文件，或者另存为 Word 文件再试。"
                )
                return self._replaced(late, waiting, reason)
            if worker not in self._workers or worker.task is None:
                continue  # it was replaced meanwhile
            if data == READY:
                worker.is_ready = True
                worker.until = time.monotonic() + self._seconds(worker.task)
                continue
            if data is None:
                return self._replaced(
                    worker, waiting, "读这个文件时程序出错了，没有读。请另存为 Word 文件再试。"
                )
            worker.task = None
            self._begin(worker, waiting)
            return Done(unpacked(data), data)

    def _replaced(self, worker: _Worker, waiting: deque[Task], reason: str) -> Done:
        """End a worker over its file, and let another go on."""
        task = worker.task
        assert task
        self._workers.remove(worker)
        _end([worker.process])
        if waiting:
            self._begin(self._new(), waiting)
        return Done(Submission(task.file, reason=reason), b"")

    def _new(self) -> _Worker:
        process = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM.format(path=sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        worker = _Worker(process)
        self._workers.append(worker)
        threading.Thread(target=self._listen, args=(worker,), daemon=True).start()
        _tell(worker, self._start)
        return worker

    def _listen(self, worker: _Worker) -> None:
        assert worker.process.stdout
        while (data := receive(worker.process.stdout)) is not None:
            self._answers.put((worker, data))
        worker.process.stdout.close()
        self._answers.put((worker, None))

    def _begin(self, worker: _Worker, waiting: deque[Task]) -> None:
        """Give a worker the next file it may have."""
        if not waiting:
            return
        in_office = any(other.task and other.task.in_office for other in self._workers)
        at = next((i for i, task in enumerate(waiting) if not (task.in_office and in_office)), 0)
        task = waiting[at]
        del waiting[at]
        worker.task = task
        seconds = self._seconds(task)
        worker.until = time.monotonic() + seconds + (0 if worker.is_ready else STARTING)
        _tell(worker, json.dumps([seconds, os.fsencode(task.file).hex()]).encode())

    def _seconds(self, task: Task | None) -> int:
        return LONGEST_IN_OFFICE if task and task.in_office else self._longest

    def end(self) -> None:
        """End all of them."""
        ending, self._workers = self._workers, []
        _end([worker.process for worker in ending])


def _tell(worker: _Worker, data: bytes) -> None:
    """Write to a worker; one that has ended says so by its silence."""
    assert worker.process.stdin
    with suppress(OSError):
        send(worker.process.stdin, data)


def _end(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    """End processes: in order where they can, so that a LibreOffice ends with them."""
    for process in processes:
        process.terminate()
    until = time.monotonic() + _PATIENCE
    for process in processes:
        try:
            process.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdin:
            with suppress(OSError):
                process.stdin.close()
