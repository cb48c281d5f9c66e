"""What was read in earlier runs, by content and version, in one file beside the output that may be deleted at any time.

It also knows what was told of each body's report before it changed, so that a run can say what has been corrected. A
cache that cannot be used is made anew; where none can be made, all is read each time.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from .. import __version__
from ..form.templates import templates_folder
from .area import Submission
from .last_year import LastYear
from .packing import unpacked

TOGETHER = 50
"""Reports that are written to the file at once: what a killed run loses at most."""
NAME = ".reportgen-汇总.cache"
"""The file's name, in the folder of the output."""
_PACKAGE = Path(__file__).parents[1]
_TABLES = """
create table if not exists reports (key text primary key, data blob not null) without rowid;
create table if not exists bodies (name text primary key, digest text not null, told text not null, before text)
    without rowid;
"""


Said = Mapping[str, str]
"""What is told of a body: the texts, by what they are about."""


class Mark(NamedTuple):
    """A body as it is in one run."""

    digest: str
    """Changes when its report does."""
    said: Said


class Cache:
    """The cache of one output folder, or none: then nothing is kept."""

    def __init__(self, folder: Path | None, templates: Path | None) -> None:
        self._program = _version(templates)
        self._version = ""
        self._used: list[str] = []
        self._waiting: list[tuple[str, bytes]] = []
        self._base = _opened(folder / NAME) if folder else None

    def __enter__(self) -> Cache:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._base:
            self._keep()
            with suppress(sqlite3.Error):
                self._base.commit()
            self._base.close()

    def against(self, last: LastYear) -> None:
        """From now on reports are those that were checked against these of last year."""
        self._version = hashlib.sha256((self._program + last.digest).encode()).hexdigest()

    def get(self, file: str, digest: str) -> Submission | None:
        """What is known of a file of this name and content."""
        if self._base is None:
            return None
        key = self._key(file, digest)
        try:
            found = self._base.execute("select data from reports where key = ?", (key,)).fetchone()
            if found is None:
                return None
            self._used.append(key)
            return unpacked(found[0])
        except (sqlite3.Error, ValueError, TypeError):
            return None

    def put(self, file: str, digest: str, data: bytes) -> None:
        """Keep what a file is."""
        if self._base is None or not data:
            return
        key = self._key(file, digest)
        self._used.append(key)
        self._waiting.append((key, data))
        if len(self._waiting) >= TOGETHER:
            self._keep()

    def _keep(self) -> None:
        """Write what is waiting, in a moment: another run may want to write too."""
        waiting, self._waiting = self._waiting, []
        if self._base and waiting:
            with suppress(sqlite3.Error), self._base:
                self._base.executemany("insert or replace into reports values (?, ?)", waiting)

    def before(self, name: str, mark: Mark) -> Said | None:
        """What was said of a body before its report changed the last time; remembers what is said of it now.

        Two runs over the same reports give the same.
        """
        if self._base is None:
            return None
        try:
            known = self._base.execute(
                "select digest, told, before from bodies where name = ?", (name,)
            ).fetchone()
            was, said, earlier = known or (mark.digest, None, None)
            if was != mark.digest:
                earlier = said
            found = (
                None
                if earlier is None
                else {str(key): str(text) for key, text in json.loads(earlier).items()}
            )
            now = json.dumps(dict(mark.said), ensure_ascii=False)
            self._base.execute(
                "insert or replace into bodies values (?, ?, ?, ?)", (name, mark.digest, now, earlier)
            )
        except (sqlite3.Error, ValueError, TypeError, AttributeError):
            return None
        return found

    def forget_others(self) -> None:
        """Drop what no file of this run is."""
        if self._base is None:
            return
        with suppress(sqlite3.Error):
            self._base.execute("create temp table used (key text primary key)")
            self._base.executemany("insert or ignore into used values (?)", ((key,) for key in self._used))
            self._base.execute("delete from reports where key not in (select key from used)")

    def _key(self, file: str, digest: str) -> str:
        """The name counts too: the checks look at the year in it, and at its ending."""
        written = f"{self._version}\0{Path(file).name}\0{digest}"
        return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()


def _opened(path: Path) -> sqlite3.Connection | None:
    """The cache in a file; a file that is none is replaced."""
    for _ in range(2):
        base = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            base = sqlite3.connect(path, timeout=5)
            base.execute("pragma synchronous = off")  # what is lost is read again
            base.executescript(_TABLES)
            base.execute("select key, data from reports limit 1").fetchone()
            base.execute("select name, digest, told, before from bodies limit 1").fetchone()
            return base
        except sqlite3.DatabaseError as error:
            if base:
                base.close()
            if isinstance(error, sqlite3.OperationalError) and "no such column" not in str(error):
                return None
            with suppress(OSError):
                path.unlink()
        except OSError:
            return None
    return None


def _version(templates: Path | None) -> str:
    """Changes with whatever decides what a file is read as: the program and the templates."""
    made = hashlib.sha256(__version__.encode())
    for folder, pattern in ((_PACKAGE, "**/*.py"), (templates or templates_folder(), "*/*.toml")):
        made.update("\n".join(_stamps(folder, pattern)).encode("utf-8", "surrogatepass"))
    return made.hexdigest()


def _stamps(folder: Path, pattern: str) -> list[str]:
    """Each file below a folder with its size and time; what vanishes meanwhile is not told."""
    stamps = []
    with suppress(OSError):
        for path in folder.glob(pattern):
            about = path.stat()
            stamps.append(f"{path.relative_to(folder).as_posix()} {about.st_size} {about.st_mtime_ns}")
    return sorted(stamps)
