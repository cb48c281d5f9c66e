"""One input file taken through: read, composed, checked, together with last year's where there is one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from .checking import check
from .model.document import Document, compose
from .model.findings import InputError, Outcome
from .model.provenance import Origin
from .model.report import Report
from .reading import Source, parse_input, read, read_source


@dataclass(frozen=True)
class Job:
    """An input file and all that is known about it."""

    report: Report
    document: Document
    outcome: Outcome
    last: Report | None
    origin: Origin
    """The input as it was read."""


def start(path: Path, previous: Path | None = None, templates: Path | None = None) -> Job:
    """Read, compose and check an input file; last year's is ``previous`` or found beside it.

    Raises:
        InputError: an input file cannot be used.
        FormError: the form file is broken.
    """
    return prepare(read_source(path), path, previous, templates)


def prepare(source: Source, path: Path, previous: Path | None = None, templates: Path | None = None) -> Job:
    """Compose and check an input file whose text is at hand; see :func:`start`."""
    report = parse_input(source.normal, path, templates)
    found = previous or _found_beside(report)
    last = read(found, templates) if found else None
    document = compose(report, last)
    outcome = check(report, document, last, _composed(last))
    origin = Origin(source.text, hashlib.sha256(source.encode(source.text)).hexdigest())
    return Job(report, document, outcome, last, origin)


def _found_beside(report: Report) -> Path | None:
    """Last year's input, when it lies beside this year's and is named for the year before."""
    year, stem = str(report.year), report.path.stem
    if year not in stem:
        return None
    last_stem = stem.replace(year, str(report.year - 1))
    names = [report.path.with_name(last_stem + suffix) for suffix in (report.path.suffix, ".toml", ".json")]
    return next((path for path in names if path.is_file()), None)


def _composed(last: Report | None) -> Document | None:
    """Last year's report as printed; None where its text needs the year before it."""
    try:
        return compose(last) if last else None
    except InputError:
        return None
