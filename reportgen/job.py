"""One input file taken through: read, composed, checked, together with last year's where there is one."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from .model.content import Final
from .model.document import Document, compose
from .model.findings import InputError, Outcome, unusable
from .model.language import Language
from .model.provenance import Origin
from .model.report import Report, years_in
from .reading import Source, parse_input, read, read_source
from .reading.finals import finals_in


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


def start(
    path: Path, previous: Path | None = None, templates: Path | None = None, folder: Path | None = None
) -> Job:
    """Read, compose and check an input file; last year's is ``previous`` or found beside it.

    ``folder`` is where its files go, where that is not beside the input file; the finals in both places are looked at.

    Raises:
        InputError: an input file cannot be used.
        FormError: the form file is broken.
    """
    work = composed(load(path, previous, templates))
    folders = {os.path.realpath(each): each for each in (path.parent, folder or path.parent)}.values()
    return checked(work, tuple(final for each in folders for final in finals_in(each, work.document)))


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
    if previous and _is_same(previous, path):
        raise unusable(
            path, "--previous 给的就是输入文件本身。", "请给出上一年的输入文件，或公布的网页、Word、PDF。"
        )
    found = previous or found_beside(path, report.year)
    origin = Origin(source.text, hashlib.sha256(source.encode(source.text)).hexdigest())
    return Loaded(report, read_last(found, templates) if found else None, origin)


def read_last(path: Path, templates: Path | None) -> Report:
    """Last year's report: an input file, or a published one of any kind.

    Raises:
        InputError: it cannot be used.
    """
    if path.suffix.lower() in {*Language} or not path.is_file():
        return read(path, templates)
    from .reading.published import as_report, read_published
    from .reading.sources import is_input

    return read(path, templates) if is_input(path) else as_report(read_published(path, templates))


def composed(loaded: Loaded) -> Composed:
    """The second step: compose the report for printing.

    Raises:
        InputError: its text cannot be printed.
    """
    return Composed(loaded.report, loaded.last, loaded.origin, compose(loaded.report, loaded.last))


def checked(work: Composed, finals: tuple[Final, ...] = ()) -> Job:
    """The last step: run the checks over what was composed; ``finals`` are those that lie where its own will be.

    Raises:
        InputError: the clerk's settings of the checks cannot be used.
        FormError: the form's words cannot be used.
    """
    from .checking import check  # whoever only reads and compares does without the checks

    outcome = check(work.report, work.document, work.last, as_printed(work.last), finals)
    return Job(work.report, work.last, work.origin, work.document, outcome)


def found_beside(path: Path, year: int) -> Path | None:
    """Last year's input, when it lies beside ``path``, the input of ``year``, and is named for the year before."""
    return next((name for name in names_of_last(path, year) if os.path.isfile(name)), None)


def names_of_last(path: Path, year: int) -> list[Path]:
    """Under which names last year's input is looked for beside ``path``, the input of ``year``; none where that is open.

    A file that is named for another year than it says was perhaps copied and its year left as it was.
    """
    stem = path.stem
    named = [year] if str(year) in stem else list(years_in(stem))
    if len(named) > 1 or not (named or year):
        return []
    last_stem = stem.replace(str(named[0]), str(named[0] - 1)) if named else f"{stem}-{year - 1}"
    return [path.with_name(last_stem + suffix) for suffix in dict.fromkeys((path.suffix, *Language))]


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def as_printed(last: Report | None) -> Document | None:
    """Last year's report as printed; None where its text needs the year before it."""
    try:
        return compose(last) if last else None
    except InputError:
        return None
