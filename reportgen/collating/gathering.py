"""The folder -> what each of its files is: from the cache where it is known, else examined.

Files that office programs and systems leave behind are passed over; so are links to folders, and what the caller names
(the output, the roster, other files of the run that lie in the folder).
"""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, Protocol

from .. import disk
from ..model.package import LARGEST_FILE
from ..reading.folders import files_in
from ..reading.sources import is_of_office
from .area import Submission
from .aside import Aside
from .cache import Cache
from .examining import KINDS
from .packing import Sentences
from .workers import Task, Workers

MOST_AGAIN = 2
"""Times that a file is read again because it changed meanwhile."""


class Progress(Protocol):
    """Whoever is told how far it is."""

    def begin(self, count: int) -> None:
        """So many files are to be read."""

    def done(self, submission: Submission) -> None:
        """One of them was read."""


class Stamp(NamedTuple):
    """How a file was when it was looked at."""

    size: int
    modified: int
    """In nanoseconds since 1970."""


class Gathered(NamedTuple):
    """What a folder holds."""

    submissions: tuple[Submission, ...]
    """Every file, in the order of their names."""
    unsteady: tuple[str, ...]
    """Files that changed while they were read, each time."""


def gathered(
    folder: Path,
    workers: Workers,
    cache: Cache,
    progress: Progress,
    others: Collection[Path] = (),
    aside: Aside | None = None,
) -> Gathered:
    """Examine every file of a folder, in its folders too; ``others`` are files and folders that are none of it.

    Their texts are put ``aside``; without such a place they stay in memory.

    Raises:
        InputError: the folder cannot be read, or has far too many files.
    """
    found: dict[str, Submission] = {}
    files = list(files_in(folder, others))
    for attempt in range(MOST_AGAIN + 1):
        stamps = _examine(folder, files, found, workers, cache, progress, aside or Aside(None))
        changed = [file for file in files if stamps.get(file) != _stamp(Path(folder, file))]
        if not changed or attempt == MOST_AGAIN:
            break
        files = changed
    return Gathered(
        tuple(replace(found[file], file=_shown(file)) for file in sorted(found)), tuple(map(_shown, changed))
    )


def _shown(file: str) -> str:
    """The name of a file as papers can hold it: with a mark for control characters and what is no character."""
    return "".join(char if char.isprintable() else "\ufffd" for char in file)


def _examine(
    folder: Path,
    files: Collection[str],
    found: dict[str, Submission],
    workers: Workers,
    cache: Cache,
    progress: Progress,
    aside: Aside,
) -> dict[str, Stamp | None]:
    """Add what each of the files is; returns how each was before it was read."""
    stamps: dict[str, Stamp | None] = {}
    tasks: list[Task] = []
    for file in files:
        path = Path(folder, file)
        stamps[file] = _stamp(path)
        try:
            data = disk.read(path, LARGEST_FILE)
        except OSError as error:
            is_report = path.suffix.lower() in KINDS and not stat.S_ISFIFO(_mode(path))
            reason = f"文件读不出来（{disk.why(error)}）。请核对文件，关闭正在使用它的程序，再运行一次。"
            found[file] = Submission(file, reason=reason, is_report=is_report)
            continue
        known = cache.get(file, hashlib.sha256(data).hexdigest())
        if known is not None:
            stamp = stamps[file]
            modified = stamp.modified / 1e9 if stamp else known.modified
            found[file] = replace(_put_aside(known, aside), file=file, modified=modified)
        else:
            tasks.append(Task(file, is_of_office(data)))
    progress.begin(len(tasks))
    for done in workers.examine(tasks):
        submission = done.submission
        found[submission.file] = _put_aside(submission, aside)
        cache.put(submission.file, submission.digest, done.data)
        progress.done(submission)
    return stamps


def _put_aside(submission: Submission, aside: Aside) -> Submission:
    """The same without its text in memory."""
    sentences = submission.sentences
    return (
        replace(submission, sentences=sentences.put(aside))
        if isinstance(sentences, Sentences)
        else submission
    )


def _stamp(path: Path) -> Stamp | None:
    try:
        about = path.stat()
    except OSError:
        return None
    return Stamp(about.st_size, about.st_mtime_ns)


def _mode(path: Path) -> int:
    try:
        return path.stat().st_mode
    except OSError:
        return 0
