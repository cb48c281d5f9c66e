"""Report -> findings. One module a family of rules; :mod:`.registry` knows them all."""

from __future__ import annotations

from dataclasses import replace

from ..model.content import Final
from ..model.document import Document
from ..model.findings import Finding, Outcome, Remark, Waiver
from ..model.report import Report
from .claims.reader import read
from .claims.readings import Reading
from .memory import Memory
from .own_templates import missing_checks
from .registry import RULES
from .report_year import YEAR
from .rule import GROUPS, Case, Rule
from .settings import mark, read_settings, waiver_text

__all__ = ["GROUPS", "RULES", "Memory", "Reading", "Rule", "check", "mark", "readings", "waiver_text"]


def readings(
    report: Report, document: Document, last: Report | None = None, memory: Memory | None = None
) -> tuple[Reading, ...]:
    """Every number of the narrative, and what it was taken for."""
    return read(Case(report, document, last, blocks=memory.blocks if memory else None))


def check(
    report: Report,
    document: Document,
    last: Report | None = None,
    last_document: Document | None = None,
    finals: tuple[Final, ...] = (),
    memory: Memory | None = None,
) -> Outcome:
    """Run all rules over a report, as the clerk's settings want it; ``last`` is last year's report.

    ``finals`` are those of the same body that lie where this report's will be. Whoever checks one report again and
    again gives the same ``memory`` each time.

    Raises:
        InputError: the settings cannot be used.
    """
    settings = read_settings(report)
    waivers = {(waiver.rule, waiver.mark): waiver for waiver in settings.waivers}
    sure = settings.off(YEAR) or any(waiver.rule == YEAR for waiver in settings.waivers)
    blocks = memory.blocks if memory else None
    case = Case(report, document, last, last_document, settings.limits, finals, sure, blocks=blocks)
    if memory:
        memory.begin(case)
    found: list[Finding] = [*report.notes, *missing_checks(report.form)]
    waived: list[tuple[Finding, Waiver]] = []
    remarks: list[Remark] = []
    for rule in RULES.values():
        if settings.off(rule.code):
            continue
        if rule.code.startswith("C"):  # the last: they need to know which waivers excused something
            used = [waiver for _, waiver in waived]
            case = replace(case, idle_waivers=tuple(w for w in settings.waivers if w not in used))
        for result in memory.results(rule, case) if memory else rule.check(case):
            if isinstance(result, Remark):
                remarks.append(result)
            elif waiver := waivers.get((result.rule, mark(result, report, document))):
                waived.append((result, waiver))
            else:
                found.append(settings.graded(result))
    remarks += settings.changes()
    return Outcome(tuple(found), tuple(waived), tuple(remarks))
