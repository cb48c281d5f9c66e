"""What the checks found of a report, for whoever checks it again after each change: the same question is not asked twice.

What is kept holds as long as all it was made from is the same, so that nobody can tell the difference but by the time.
"""

from __future__ import annotations

from typing import Any

from ..model.findings import Finding, Remark
from .registry import OF_TEXT
from .rule import Blocks, Case, Rule


class Memory:
    """The checks of one report, again and again."""

    def __init__(self) -> None:
        self.blocks: Blocks = {}
        """What the text was found to claim (see :mod:`.claims.reader`)."""
        self._about: tuple[Any, ...] = ()
        self._said: dict[str, tuple[Finding | Remark, ...]] = {}

    def begin(self, case: Case) -> None:
        """Forget what rules said of a text that is not the one of ``case`` any more."""
        report, document = case.report, case.document
        about = (
            document.sections,
            document.title,
            report.form,
            report.year,
            report.agency,
            report.publication,
            report.narrative,
            report.lines,
            report.notes,
            report.settings,
            case.last,
            case.last_document,
            case.limits,
            case.finals,
            case.year_is_sure,
        )
        if about != self._about:
            self._about = about
            self._said.clear()

    def results(self, rule: Rule, case: Case) -> tuple[Finding | Remark, ...]:
        """What a rule says of a case."""
        if rule.code not in OF_TEXT:
            return tuple(rule.check(case))
        if rule.code not in self._said:
            self._said[rule.code] = tuple(rule.check(case))
        return self._said[rule.code]
