"""What was found in an input file or a report: which rule, how bad, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, NamedTuple

from ..errors import ReportgenError

if TYPE_CHECKING:
    from .report import Report

Figure = int | Decimal
"""A figure of the report: a count, or an exact amount in 万元."""
UNFILLED = "未填"
"""What is read where there is none."""


LONGEST_SHOWN = 160
"""Characters of a line that messages show."""


class Severity(StrEnum):
    """How bad a finding is, worst first."""

    ERROR = "error"
    """Blocks the final."""
    WARNING = "warning"
    NOTE = "note"

    @property
    def label(self) -> str:
        return {"error": "错误", "warning": "提醒", "note": "说明"}[self.value]


class Fix(NamedTuple):
    """A correction of one cell that is certain."""

    cell: str
    old: Figure
    new: Figure


class Correction(NamedTuple):
    """The one right form of what stands in one line of the input file."""

    line: int
    """In the input file, from 1."""
    written: str
    """The line, or what of it is wrong."""
    corrected: str
    """What has to stand there instead; more than one line where one is missing."""

    @property
    def shown(self) -> str:
        """The two of them below each other, for a message."""
        return f"\n    原文：{cut(self.written)}\n    改为：{cut(self.corrected)}"


def cut(line: str) -> str:
    """A line of the input as messages show it."""
    line = line.strip()
    return line if len(line) <= LONGEST_SHOWN else line[:LONGEST_SHOWN] + "…"


class Passage(NamedTuple):
    """A passage of the narrative as it is printed: characters ``start`` to ``end`` of one paragraph."""

    part: str
    """The key of the narrative, such as ``overview``."""
    paragraph: int
    """Counted from 0 within the part."""
    start: int
    end: int


@dataclass(frozen=True)
class Finding:
    """One finding. ``message`` says in Chinese what is wrong and where; ``advice`` what to do.

    Both are said for whoever reads the report, and go on papers: they name nothing of the input file and no command.
    """

    rule: str
    severity: Severity
    message: str
    advice: str = ""
    cells: tuple[str, ...] = ()
    """Dotted keys of the cells it is about."""
    line: int | None = None
    """Line in the input file, from 1: the row of figures or the sentence it is about."""
    expected: Figure | None = None
    actual: Figure | None = None
    fix: Fix | None = None
    passage: Passage | None = None
    correction: Correction | None = None
    """What ``reportgen fix`` makes of the line it is about, where there is one right form."""
    how: str = ""
    """How the clerk does it, in the words of the input file and of the commands: for the terminal, never on paper."""

    @property
    def text(self) -> str:
        """What papers say of it."""
        return f"{self.message}{self.advice}"

    @property
    def cure(self) -> str:
        """What the clerk does about it."""
        return f"{self.advice}{self.how}"


@dataclass(frozen=True)
class Remark:
    """What a check covered, or could not cover; the run's last lines are made of these."""

    checked: bool
    """True: this was checked; False: this was not, and somebody has to look."""
    text: str
    how: str = ""
    """How the clerk can look or mend it: for the terminal, never on paper."""
    cells: tuple[str, ...] = ()
    """The cells to be looked at one by one."""
    passages: tuple[Passage, ...] = ()
    """The words to be looked at one by one, in the order of the text."""


@dataclass(frozen=True)
class Waiver:
    """One finding excused: which rule, where, why, and who decided."""

    rule: str
    mark: str
    """Made of the figures or the sentence the finding spoke of."""
    place: str
    reason: str
    by: str
    line: int | None
    """Line in the input file."""


class Outcome(NamedTuple):
    """What the checks found, excused, covered and did not cover."""

    findings: tuple[Finding, ...]
    """The reader's notes first, then in the order of the rules."""
    waived: tuple[tuple[Finding, Waiver], ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def blocks_final(self) -> bool:
        return any(finding.severity is Severity.ERROR for finding in self.findings)


def count(findings: Iterable[Finding]) -> dict[Severity, int]:
    """How many findings there are of each severity."""
    found = list(findings)
    return {severity: sum(f.severity is severity for f in found) for severity in Severity}


class InputError(ReportgenError):
    """An input file that cannot be used; ``findings`` are all its problems, in the order of their lines.

    ``read`` is what of the report could be read all the same, where that is known: for whoever mends the file.
    """

    def __init__(self, path: object, findings: Iterable[Finding], read: Report | None = None) -> None:
        self.path = path
        self.read = read
        self.findings = sorted(findings, key=lambda finding: finding.line or 0)
        super().__init__("\n".join(finding.text for finding in self.findings))


class NoReportError(InputError):
    """A file that can be read, and is no report: a notice, a picture, an archive of other files."""


class UntoldError(InputError):
    """A published report that does not say its ``year``, or the name of its ``agency``: whoever has it is to say so."""

    def __init__(self, path: object, untold: Literal["year", "agency"], advice: str) -> None:
        self.untold = untold
        message = "没有找到报告的年份。" if untold == "year" else "没有找到机关名称。"
        super().__init__(path, [Finding("I01", Severity.ERROR, message, advice)])


def no_report(path: object, message: str, advice: str) -> NoReportError:
    """The error of a file that is something else than a report."""
    return NoReportError(path, [Finding("I01", Severity.ERROR, message, advice)])


def unusable(path: object, message: str, advice: str, line: int | None = None) -> InputError:
    """The error of a file that cannot be used for what it was given for."""
    return InputError(path, [Finding("I01", Severity.ERROR, message, advice, line=line)])
