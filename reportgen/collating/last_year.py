"""Last year's figures of each body, to check this year's against, in a file of the run: every worker reads those it needs."""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from .. import disk
from ..form.form_file import load_form
from ..model.findings import unusable
from ..model.report import Report
from ..reading.figures import read_figure
from .area import Area
from .names import core


@dataclass(frozen=True)
class LastYear:
    """Last year's reports, without their texts; none where there is no file."""

    path: Path | None = None
    found: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """By the core of the body's name: where its report begins in the file, and how many bytes it has."""
    places: frozenset[str] = frozenset()
    """The places that cores leave out."""
    digest: str = ""
    """Changes when anything of it does."""

    def of(self, name: str, path: Path, templates: Path | None) -> Report | None:
        """Last year's report of a body, as if it were that file.

        Raises:
            FormError: the templates cannot be used.
        """
        key = core(name, self.places)
        if self.path is None or key not in self.found:
            return None
        start, length = self.found[key]
        with self.path.open("rb") as file:
            file.seek(start)
            year, format, figures = json.loads(zlib.decompress(file.read(length)))
        form = load_form(format, templates)
        read = {key: read_figure(value, form.cells[key])[0] for key, value in figures.items()}
        return Report(form, path, year, {"name": name}, {k: v for k, v in read.items() if v is not None}, {})

    def as_json(self) -> Any:
        """What a worker has to be told of it."""
        return {
            "path": os.fsencode(self.path).hex() if self.path else "",
            "found": dict(self.found),
            "places": sorted(self.places),
        }


def from_json(said: Any) -> LastYear:
    """What a worker was told."""
    path = Path(os.fsdecode(bytes.fromhex(said["path"]))) if said["path"] else None
    found = {key: (int(start), int(length)) for key, (start, length) in said["found"].items()}
    return LastYear(path, found, frozenset(said["places"]))


@contextmanager
def last_year(area: Area) -> Iterator[LastYear]:
    """Last year's area as this year's reports are checked against it, to the end of the block.

    Raises:
        InputError: the disk takes no more.
    """
    with ExitStack() as stack:
        try:
            work = stack.enter_context(TemporaryDirectory(prefix="reportgen-", ignore_cleanup_errors=True))
            written = _written(area, Path(work, "last-year"))
        except OSError as error:
            raise unusable(
                area.folder,
                f"去年的数写不进临时文件夹（{disk.why(error)}）。",
                "请腾出磁盘空间，再运行一次。",
            ) from None
        yield written


def _written(area: Area, path: Path) -> LastYear:
    found = {}
    made = hashlib.sha256(json.dumps(sorted(area.places)).encode("utf-8", "surrogatepass"))
    with path.open("wb") as file:
        for standing in area.standings:
            sent = standing.submission
            if sent and sent.year:
                name = core(standing.name, area.places)
                said = json.dumps([sent.year, sent.format, dict(sent.figures)])
                made.update(f"{name}\0{said}\0".encode("utf-8", "surrogatepass"))
                data = zlib.compress(said.encode(), 1)
                found[name] = (file.tell(), file.write(data))
    return LastYear(path, found, area.places, made.hexdigest())
