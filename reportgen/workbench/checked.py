"""The text of an input file -> all that is known of it, as far as that goes; what has not changed is not done again."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from .. import job
from ..checking import Memory, check
from ..form.form_file import FormError
from ..model.content import Final
from ..model.document import Document, compose
from ..model.findings import Finding, InputError, Outcome, Severity
from ..model.report import Report
from ..reading import Source, parse_input
from ..reading.finals import finals_in

SYNTAX = ("I01", "I02")
"""The codes of problems with which the places in a file are not certain: nothing but its lines can be changed."""
UNREAD = "I04"
"""The code of what is not read, such as a text that is too long."""
NOTHING = Outcome(())


@dataclass(frozen=True)
class Checked:
    """An input file as it stands."""

    source: Source
    hash: str
    """SHA-256 of its bytes."""
    problems: tuple[Finding, ...] = ()
    """Why it, or a part of it, cannot be used; empty where all can."""
    report: Report | None = None
    """What could be read of it; without what has a problem."""
    last: Report | None = None
    last_document: Document | None = None
    document: Document | None = None
    outcome: Outcome = NOTHING

    @cached_property
    def syntax(self) -> tuple[Finding, ...]:
        """The faults of its lines; while there is one, no figure and no sentence has a certain place."""
        found = tuple(each for each in self.problems if each.rule in SYNTAX)
        return found or (self.problems if self.report is None else ())

    @property
    def unread(self) -> Finding | None:
        """The first thing in it that was not read."""
        return next((each for each in self.problems if each.rule == UNREAD), None)


def hash_of(data: bytes) -> str:
    """By which the page and the server tell which state of a file they speak of."""
    return hashlib.sha256(data).hexdigest()


class Checker:
    """Reads and checks one input file over and over."""

    def __init__(self, path: Path, previous: Path | None = None, templates: Path | None = None) -> None:
        self.path = path
        self.previous = previous
        self.templates = templates
        self.memory = Memory()
        self._last: tuple[object, Report | None, Document | None, Finding | None] = (None, None, None, None)
        self._finals: tuple[object, tuple[Final, ...]] = (None, ())

    def check(self, source: Source) -> Checked:
        """All that is known of the file with this text."""
        hash = hash_of(source.data)
        problems: list[Finding] = []
        try:
            report: Report | None = parse_input(source.normal, self.path, self.templates)
        except InputError as error:
            report, problems = error.read, list(error.findings)
        except FormError as error:
            report, problems = None, [Finding("I07", Severity.ERROR, str(error))]
        if report is None or any(each.rule in SYNTAX for each in problems):
            return Checked(source, hash, tuple(problems), report)
        if "name" not in report.agency:
            report = replace(report, agency={"name": "", **report.agency})
        last, last_document, trouble = self._last_of(report)
        document, unprinted = _composed(report, last)
        problems += unprinted
        outcome = NOTHING
        if report.year and report.agency["name"]:
            try:
                finals = self._finals_of(document)
                outcome = check(report, document, last, last_document, finals, self.memory)
            except InputError as error:
                problems += error.findings
            except FormError as error:
                problems.append(Finding("I07", Severity.ERROR, str(error)))
        if broken := {part for part, text in report.narrative.items() if text.is_raw}:
            said = (each for each in outcome.findings if not (each.passage and each.passage.part in broken))
            outcome = outcome._replace(findings=tuple(said))
        if trouble:
            outcome = outcome._replace(findings=(trouble, *outcome.findings))
        return Checked(source, hash, tuple(problems), report, last, last_document, document, outcome)

    def is_current(self, state: Checked) -> bool:
        """Whether last year's report and the finals that lie there are still those it was checked with."""
        report, document = state.report, state.document
        if report is None or document is None:
            return True
        return self._last_key(report) == self._last[0] and self._finals[0] in (
            None,
            self._finals_key(document),
        )

    def _last_key(self, report: Report) -> object:
        found = self.previous or job.found_beside(report.path, report.year)
        return (found, _stamp(found)) if found else None

    def _finals_key(self, document: Document) -> object:
        return document.file_title, tuple(_files(self.path.parent))

    def _last_of(self, report: Report) -> tuple[Report | None, Document | None, Finding | None]:
        """Last year's report, as read and as printed; or what is said of a file that cannot be read."""
        key = self._last_key(report)
        if key != self._last[0]:
            found = self.previous or job.found_beside(report.path, report.year)
            last, document, trouble = None, None, None
            if found:
                try:
                    last = job.read_last(found, self.templates)
                    document = job.as_printed(last)
                except (InputError, FormError) as error:
                    how = f"文件 {found.name}：{str(error).partition(chr(10))[0]}"
                    trouble = Finding(
                        "I01", Severity.WARNING, "上一年的报告打不开，没有和上年比较。", how=how
                    )
            self._last = key, last, document, trouble
        return self._last[1:]

    def _finals_of(self, document: Document) -> tuple[Final, ...]:
        """The finals that lie beside the file; they are read when something changed in the folder."""
        key = self._finals_key(document)
        if key != self._finals[0]:
            self._finals = key, finals_in(self.path.parent, document)
        return self._finals[1]


def _composed(report: Report, last: Report | None) -> tuple[Document, list[Finding]]:
    """The report for printing, without the parts of its text that cannot be printed."""
    try:
        return compose(report, last), []
    except InputError as error:
        problems = error.findings
    kept = {}
    for part, narrative in report.narrative.items():
        try:
            compose(replace(report, narrative={part: narrative}), last)
        except InputError:
            continue
        kept[part] = narrative
    try:
        return compose(replace(report, narrative=kept), last), problems
    except InputError:  # the parts are too long together
        return compose(replace(report, narrative={}), last), problems


def _stamp(path: Path) -> tuple[int, int]:
    try:
        about = path.stat()
    except OSError:
        return 0, 0
    return about.st_mtime_ns, about.st_size


def _files(folder: Path) -> Iterator[tuple[str, int, int]]:
    """What lies in a folder that a final may be, with when it was changed."""
    try:
        with os.scandir(folder) as found:
            for each in found:
                if each.name.lower().endswith(".docx"):
                    about = each.stat()
                    yield each.name, about.st_mtime_ns, about.st_size
    except OSError:
        return
