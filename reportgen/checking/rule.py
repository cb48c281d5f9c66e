"""A rule: a small function with a code, a title, a severity and a source; its docstring is its text.

Codes are stable and grouped by their letter: T totals, Y years, X text against tables, S structure, W wording.
A rule yields findings, and remarks on what it could and could not check. Where a fault has one right form, the
rule names the repair beside its check.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ..model.content import Final
from ..model.document import Document
from ..model.findings import Finding, Remark, Severity, Waiver
from ..model.report import Report
from .typography import Fault

GROUPS = {
    "T": "勾稽关系",
    "Y": "年度之间",
    "X": "文字与表格",
    "S": "结构",
    "W": "文字规范",
    "C": "检查的设置",
}


Blocks = dict[Hashable, Any]
"""What stretches of the text were found to claim, kept from one check to the next (see :mod:`.memory`)."""


class Limit(NamedTuple):
    """A number a rule goes by that the clerk may set in ``[checks]``."""

    default: float | None
    """None: there is none unless the clerk sets one, and the rule looks at nothing."""
    meaning: str
    """In Chinese, with the unit."""


@dataclass(frozen=True, eq=False)
class Case:
    """What the rules look at: this year's report as written and as printed, and last year's where there is one."""

    report: Report
    document: Document
    last: Report | None = None
    last_document: Document | None = None
    """Last year's report as printed; None also where last year's narrative cannot be printed."""
    limits: Mapping[str, float] = field(default_factory=dict)
    """The limits in force, by name; see :attr:`Rule.limits`. One without a default is here only where it is set."""
    finals: tuple[Final, ...] = ()
    """The finals of the same body that lie where this year's will be."""
    year_is_sure: bool = False
    """Whether the clerk excused what speaks against the report's year, so that it is the others that are wrong."""
    idle_waivers: tuple[Waiver, ...] = ()
    """The waivers that excused nothing, known once all other rules have been run."""
    blocks: Blocks | None = None
    """What is known of the text's claims from a check before this one; None: nothing is kept."""


Check = Callable[[Case], Iterator[Finding | Remark]]
Faults = Callable[[str], Iterator[Fault]]


@dataclass(frozen=True)
class Rule:
    """A rule. ``severity`` is that of its worst finding; a finding may be milder."""

    code: str
    title: str
    severity: Severity
    source: str
    """The clause or the practice it comes from, in Chinese."""
    check: Check
    limits: Mapping[str, Limit]
    repair: Faults | None = None
    """The faults of a paragraph that ``reportgen fix`` puts right, those that have one right form."""

    @property
    def text(self) -> str:
        """The rule in the clerk's words, with a wrong and a right example."""
        from inspect import getdoc

        return getdoc(self.check) or ""


def rule(
    code: str, title: str, severity: Severity, source: str, *, repair: Faults | None = None, **limits: Limit
) -> Callable[[Check], Rule]:
    """Make a rule of its check, whose docstring (Chinese) says what it checks, then “错：…” and “对：…”."""
    return lambda check: Rule(code, title, severity, source, check, limits, repair)
