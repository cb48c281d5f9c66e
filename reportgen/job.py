"""One input file taken through: read, composed, checked, together with last year's where there is one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from .model.document import Document, compose
from .model.findings import InputError, Outcome
from .model.language import Language
from .model.provenance import Origin
from .model.report import Report
from .reading import Source, parse_input, read, read_source


@dataclass(frozen=True)
class Loaded:
    """An input file as it was read, and last year's where there is one."""

    report: Report
    last: Report | None
    origin: Origin
    """The input as it was read."""


@dataclass(frozen=True)
class Composed(Loaded):
    """The same, composed for printing."""

    document: Document


@dataclass(frozen=True)
class Job(Composed):
    """An input file and all that is known about it."""

    outcome: Outcome


def start(path: Path, previous: Path | None = None, templates: Path | None = None) -> Job:
    """Read, compose and check an input file; last year's is ``previous`` or found beside it.

    Raises:
        InputError: an input file cannot be used.
        FormError: the form file is broken.
    """
    return checked(composed(load(path, previous, templates)))


def load(
    path: Path,
    previous: Path | None = None,
    templates: Path | None = None,
    *,
    source: Source | None = None,
) -> Loaded:
    """The first step: read an input file, or its ``source`` where that is at hand, and last year's.

    Raises:
        InputError: an input file cannot be used.
        FormError: the form file is broken.
    """
    source = source or read_source(path)
    report = parse_input(source.normal, path, templates)
    found = previous or _found_beside(report)
    origin = Origin(source.text, hashlib.sha256(source.encode(source.text)).hexdigest())
    return Loaded(report, read(found, templates) if found else None, origin)


def composed(loaded: Loaded) -> Composed:
    """The second step: compose the report for printing.

    Raises:
        InputError: its text cannot be printed.
    """
    return Composed(loaded.report, loaded.last, loaded.origin, compose(loaded.report, loaded.last))


def checked(work: Composed) -> Job:
    """The last step: run the checks over what was composed.

    Raises:
        InputError: the clerk's settings of the checks cannot be used.
        FormError: the form's words cannot be used.
    """
    from .checking import check  # whoever only reads and compares does without the checks

    outcome = check(work.report, work.document, work.last, _printed(work.last))
    return Job(work.report, work.last, work.origin, work.document, outcome)


def _found_beside(report: Report) -> Path | None:
    """Last year's input, when it lies beside this year's and is named for the year before."""
    year, stem = str(report.year), report.path.stem
    if year not in stem:
        return None
    last_stem = stem.replace(year, str(report.year - 1))
    names = [report.path.with_name(last_stem + suffix) for suffix in (report.path.suffix, *Language)]
    return next((path for path in names if path.is_file()), None)


def _printed(last: Report | None) -> Document | None:
    """Last year's report as printed; None where its text needs the year before it."""
    try:
        return compose(last) if last else None
    except InputError:
        return None
