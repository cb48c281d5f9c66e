"""What the parts of collating exchange: bodies, what they sent in, where they stand, and the sums of the area.

Everything but :class:`Area` is made of plain values, so that it can be sent between processes and kept in a cache.
A *cell* is named by its dotted key, as everywhere (see :mod:`reportgen.form.model`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from ..form.model import Form
from ..model.findings import Severity


class State(StrEnum):
    """Where a body stands."""

    OK = "ok"
    """Its report is there and without errors; there may be warnings."""
    ERRORS = "errors"
    """Its report has errors, is of another year, or is there in two versions that differ."""
    UNREADABLE = "unreadable"
    """There is a file, and it cannot be used."""
    MISSING = "missing"
    """There is none."""

    @property
    def label(self) -> str:
        return {"ok": "正常", "errors": "有错误", "unreadable": "读不出", "missing": "未交"}[self.value]


@dataclass(frozen=True)
class Body:
    """One body of the roster (名单)."""

    name: str
    level: str = ""
    """层级 in free words: 区级部门, 镇街 …"""
    is_total: bool = False
    """汇总: its report adds up those of other bodies."""
    counted: bool = True
    """Whether its figures belong into the area's sums; see :attr:`is_added_up`."""
    included_in: str = ""
    """The name of the body whose 汇总 report includes it; "" where it stands for itself."""
    file: str = ""
    """The file of its report, relative to the folder, as a posix path; "" where it is found by its title."""
    address: str = ""
    """Where its report is published; for the reader, nothing is fetched."""
    deadline: date | None = None

    @property
    def is_added_up(self) -> bool:
        """Whether the area's sums need its figures: never those of a body that another one's report includes."""
        return self.counted and not self.included_in


class Told(NamedTuple):
    """One finding about a report, as papers and programs need it."""

    rule: str
    severity: Severity
    text: str
    """What is wrong and what to do, in Chinese; names no command and nothing of an input file."""
    cells: tuple[str, ...] = ()
    place: str = ""
    """Where, in the reader's terms: 表三·… or 一、总体情况第2段; "" where it is about the whole."""
    expected: str = ""
    """The figure as it should be, where that is certain."""
    actual: str = ""
    words: str = ""
    """The words of the text that it is about."""


class Sentence(NamedTuple):
    """A sentence of a report's text, as it is compared (see :mod:`reportgen.checking.similarity`)."""

    part: str
    """The key of its part, such as ``overview``."""
    text: str
    bare: str
    """Without numbering, numbers, blanks and punctuation: what two sentences are compared by."""


@dataclass(frozen=True)
class Submission:
    """One file of the folder, read and checked."""

    file: str
    """Relative to the folder, as a posix path."""
    digest: str = ""
    """SHA-256 of its bytes in hexadecimal."""
    kind: str = ""
    """In the clerk's words: 网页, Word 文件 …; 输入文件."""
    modified: float = 0.0
    """When the file was last changed, in seconds since 1970."""
    name: str = ""
    """Of the body, as the report's title says it."""
    year: int | None = None
    format: str = ""
    figures: Mapping[str, str] = field(default_factory=dict)
    """By cell, in the order of the form, as printed (digits only); a cell that is not in it was not read or is 未填:
    it is never 0."""
    unread: Mapping[str, str] = field(default_factory=dict)
    """The other cells, with the words that stand there; "" where nothing does."""
    told: tuple[Told, ...] = ()
    """Errors, then warnings."""
    sentences: Sequence[Sentence] = ()
    reason: str = ""
    """Why it cannot be used, in Chinese, with the cure; the figures are empty then."""
    is_report: bool = True
    """False: it is something else (a notice, a picture); it is listed and nobody's error."""
    proofs: Mapping[str, str] = field(default_factory=dict)
    """What proves each figure, by cell (see :mod:`reportgen.reading.proving`): grid, count, order, sums, name; an input
    file names its cells."""

    @property
    def errors(self) -> tuple[Told, ...]:
        return tuple(told for told in self.told if told.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Told, ...]:
        return tuple(told for told in self.told if told.severity is Severity.WARNING)


@dataclass(frozen=True)
class Standing:
    """One body and what it sent in."""

    body: Body
    state: State
    submission: Submission | None = None
    """The report that stands for it; None where there is none, or two that differ."""
    other_files: tuple[str, ...] = ()
    """Its further files: the same report once more, or versions that differ."""
    remark: str = ""
    """What else is to be said of it, in Chinese: another year, two files, not counted and why."""
    is_added: bool = False
    """Whether its figures are in the area's sums."""
    is_late: bool = False
    corrected: tuple[str, ...] = ()
    """What the last run told of it and is no more so: the texts of its errors and warnings."""
    still: tuple[str, ...] = ()
    """The errors that the last run told of too."""

    @property
    def name(self) -> str:
        return self.body.name

    @property
    def files(self) -> tuple[str, ...]:
        """All its files, the one that stands for it first."""
        return (*((self.submission.file,) if self.submission else ()), *self.other_files)

    @property
    def is_lacking(self) -> bool:
        """Whether the sums need its figures and do not have them: one of the 缺 N 个单位."""
        return self.body.is_added_up and not self.is_added


@dataclass(frozen=True)
class Total:
    """The sum of one cell over the area."""

    cell: str
    figure: str
    """Exact, in digits; "" where no body has a figure here."""
    contributors: Mapping[str, str]
    """The figure of each body that is added, by its name; bodies without one are not in it."""
    lacking: tuple[str, ...] = ()
    """The bodies whose figure is missing here: their report is not there, or the cell is not filled or not read."""


@dataclass(frozen=True)
class Alike:
    """Two bodies whose texts are alike (雷同)."""

    a: str
    b: str
    share: float
    """0 to 1, of the shorter text."""
    sentences: tuple[str, ...]
    """Those they have in common, in the words of ``a``."""
    with_last: bool = False
    """Whether ``b`` is the body's report of last year."""
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By sentence: the names of the other bodies that have it too."""


@dataclass(frozen=True)
class Difference:
    """A cell of the published report of the area that is not the sum."""

    cell: str
    published: str
    """"" where it is not filled in or not read."""
    sum: str
    explanations: tuple[str, ...] = ()
    """What would explain it, in Chinese: 漏了X, X加了两次, X的12抄成了21."""


@dataclass(frozen=True)
class Outside:
    """A file of the folder that is no report."""

    file: str
    why: str
    """In Chinese."""


@dataclass(frozen=True)
class Area:
    """The reports of an area, all that is known of them."""

    folder: Path
    year: int | None
    """None where no report says its year."""
    form: Form
    standings: tuple[Standing, ...]
    """In the order of the roster; without one, of the names."""
    totals: Mapping[str, Total]
    """Every cell of the form, in its order."""
    has_roster: bool = False
    outside: tuple[Outside, ...] = ()
    unplaced: tuple[Submission, ...] = ()
    """Reports of bodies that are not on the roster, and files that cannot be used and are nobody's for sure; none of
    them is added up."""
    places: frozenset[str] = frozenset()
    """What the names of its bodies have in common: 某市, 某区."""
    questions: tuple[str, ...] = ()
    """What somebody has to decide, in Chinese: names that are nearly the same, two files that differ …"""
    previous: Area | None = None
    """Last year's, where its folder was given."""
    alike: tuple[Alike, ...] = ()
    published: tuple[Difference, ...] | None = None
    """None where there is nothing to compare with."""
    name: str = ""
    """As the roster calls it; "" where it does not."""

    @cached_property
    def lacking(self) -> tuple[str, ...]:
        """The names of the bodies that the sums lack: 缺 N 个单位."""
        return tuple(standing.name for standing in self.standings if standing.is_lacking)

    @property
    def unread(self) -> tuple[Submission, ...]:
        """The files that cannot be used, and whose they are is not known."""
        return tuple(submission for submission in self.unplaced if submission.reason)

    @property
    def shortfall(self) -> str:
        """What every sum has to say of itself: 缺 3 个单位; "" where no body is lacking.

        Without a roster nobody knows whose a file is that cannot be used: it may be a body that is lacking.
        """
        said = f"缺 {len(self.lacking)} 个单位" if self.lacking else ""
        if self.unread and not self.has_roster:
            said += f"{'，另' if said else ''}有 {len(self.unread)} 个文件读不出"
        return said

    @property
    def is_judged(self) -> bool:
        """Whether a difference to the published report can be judged: no body is lacking."""
        return not self.shortfall

    @property
    def is_something_to_do(self) -> bool:
        """Whether anything is missing, wrong, to be decided or to be explained."""
        return bool(
            self.shortfall
            or self.unread
            or self.questions
            or self.alike
            or self.published
            or any(standing.state is not State.OK for standing in self.standings)
        )

    @property
    def added(self) -> tuple[Standing, ...]:
        """Those whose figures are in the sums."""
        return tuple(standing for standing in self.standings if standing.is_added)
