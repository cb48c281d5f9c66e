"""Runs one command, or one piece of work, in a child process of its own, with limits, and says what became of it.

The child is a fork of this process, so that a run costs what the command does and no start-up. Linux only.
"""

from __future__ import annotations

import io
import os
import resource
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

SECONDS, MEGABYTES = 5, 500
"""What no file up to 20 MB may exceed: of processor time, and of memory above what the program itself takes."""

_TRACEBACK = 70  # exit status of the child: an exception that nobody caught
_STOPPED = (
    -signal.SIGXCPU,
    -signal.SIGALRM,
    -signal.SIGKILL,
)  # by a limit: of processor time, of waiting, of both


@dataclass(frozen=True)
class Outcome:
    """What a run did: its exit status, what it printed, what it took, and what is wrong with that."""

    status: int
    out: str
    err: str
    seconds: float
    megabytes: float

    @property
    def crashed(self) -> bool:
        """Whether an exception came up to the top, or a signal ended the process."""
        return self.status not in (0, 1, 2, *_STOPPED)

    @property
    def over(self) -> bool:
        """Whether it took more time or memory than any file may."""
        return self.status in _STOPPED or self.seconds > SECONDS or self.megabytes > MEGABYTES

    @property
    def wrong(self) -> str:
        """The last line of a traceback, the limit that was exceeded, or nothing."""
        if self.crashed:
            return (self.err.strip().splitlines() or [f"status {self.status}"])[-1]
        return f"{self.seconds:.1f} s, {self.megabytes:.0f} MB" if self.over else ""


def run(arguments: tuple[str, ...], folder: Path) -> Outcome:
    """Run the command line in ``folder``."""

    def command() -> int:
        from reportgen import cli

        return cli.run(list(arguments))

    return call(command, folder)


def call(work: Callable[[], int], folder: Path) -> Outcome:
    """Do some work in ``folder``, its value the exit status; output goes to files beside it, so that a long one does not block."""
    out, err = folder.with_suffix(".out"), folder.with_suffix(".err")
    child = os.fork()
    if not child:
        _become(work, folder, out, err)
    _, status, used = os.wait4(child, 0)
    return Outcome(
        os.waitstatus_to_exitcode(status),
        out.read_text(encoding="utf-8", errors="replace"),
        err.read_text(encoding="utf-8", errors="replace"),
        used.ru_utime + used.ru_stime,
        max(0, used.ru_maxrss - _resident()) / 1024,
    )


def _become(work: Callable[[], int], folder: Path, out: Path, err: Path) -> None:
    """In the child: work and exit, whatever happens."""
    status = _TRACEBACK
    try:
        os.chdir(folder)
        for number, path in ((1, out), (2, err)):
            os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), number)
        sys.stdout, sys.stderr = (
            io.TextIOWrapper(io.FileIO(number, "w", closefd=False), "utf-8") for number in (1, 2)
        )
        signal.alarm(20 * SECONDS)
        resource.setrlimit(resource.RLIMIT_CPU, (4 * SECONDS, 4 * SECONDS + 2))
        resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
        status = work()
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _resident() -> float:
    """The kilobytes this process held at its largest: a fork starts with what is resident now, not more."""
    with open("/proc/self/statm", encoding="ascii") as text:
        return int(text.read().split()[1]) * resource.getpagesize() / 1024


def warm() -> None:
    """Load what commands load, once, so that no child pays for it."""
    import reportgen.checking
    import reportgen.job
    import reportgen.review.pull
    import reportgen.review.verify
    import reportgen.writing.check_sheet
    import reportgen.writing.html
    import reportgen.writing.word  # noqa: F401
