"""What the page shows of a report: all of it as plain values, by names of cells and parts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from ..checking import RULES, Memory, Rule, readings
from ..checking.claims.readings import Reading, Verdict
from ..model.document import Document, Section
from ..model.findings import Finding, InputError, Severity, count
from ..model.input_codes import CODES, Code
from ..model.paragraphs import Paragraph
from ..model.report import Report, added, printed
from .checked import Checked
from .edits import is_editable, source_of
from .fixes import faulty_lines, label_of_fix
from .pieces import pieces
from .tables import labels_and_help, tables
from .words import for_page

Shown = dict[str, Any]
Alike = Mapping[Decimal, list[str]]
"""The cells that hold a figure, by the figure."""
MOST_CHANGED = 12
"""Of the figures that changed most since last year."""
MOST_CANDIDATES = 8
"""Cells that are offered for a number of the text."""

_STATES = {
    Verdict.AGREES: "agrees",
    Verdict.BOUND: "bound",
    Verdict.DISAGREES: "differs",
    Verdict.DOUBTFUL: "differs",
}


def shown(state: Checked, memory: Memory) -> Shown:
    """A report as the page has it; the same state gives the same values."""
    report, document = state.report, state.document
    found: Shown = {
        "hash": state.hash,
        "syntax": faulty_lines(state),
        "summary": _summary(state),
    }
    if report is None or document is None:
        return found
    form = report.form
    return {
        **found,
        "agency": report.agency["name"],
        "year": report.year,
        "format": form.format,
        "title": document.name,
        "tables": tables(form),
        **labels_and_help(form),
        "figures": {cell: document.figures.get(cell, "") for cell in form.cells},
        "computed": sorted(report.computed),
        "expected": dict(_expected(report)),
        "wrong": {each.fix.cell: printed(each.fix.new) for each in state.outcome.findings if each.fix},
        "sums": list(_sums(report)),
        **_last(state),
        "changed_most": _changed_most(state),
        "parts": list(_parts(state, memory)),
        "findings": list(_findings(state)),
        "waived": [
            {
                "rule": waiver.rule,
                "mark": waiver.mark,
                "text": finding.text,
                "place": waiver.place,
                "reason": waiver.reason,
                "by": waiver.by,
                "line": waiver.line,
            }
            for finding, waiver in state.outcome.waived
        ],
        "remarks": [
            {"checked": remark.checked, "text": remark.text, "cells": list(remark.cells)}
            for remark in state.outcome.remarks
        ],
        "rules": _rules(),
    }


def _summary(state: Checked) -> Shown:
    counted = count([*state.problems, *state.outcome.findings])
    unfilled = len(state.report.unfilled) if state.report else 0
    return {**{severity.value: number for severity, number in counted.items()}, "unfilled": unfilled}


# ── figures ─────────────────────────────────────────────────────────────────────────────────────────


def _expected(report: Report) -> Iterator[tuple[str, str]]:
    """What each total has to be, where all its parts are filled in: that of its row first."""
    figures = report.figures
    told = set()
    for sum_ in sorted(
        report.form.sums, key=lambda each: len({cell.rpartition(".")[0] for cell in each.cells})
    ):
        for one, other in ((sum_.left, sum_.right), (sum_.right, sum_.left)):
            if len(one.cells) == 1 and one.cells[0] not in told and all(c in figures for c in other.cells):
                told.add(one.cells[0])
                yield one.cells[0], printed(added(figures, other.cells))


def _sums(report: Report) -> Iterator[Shown]:
    figures = report.figures
    for sum_ in report.form.sums:
        holds, text = None, ""
        if all(cell in figures for cell in sum_.cells):
            left, right = added(figures, sum_.left.cells), added(figures, sum_.right.cells)
            holds = left == right
            if not holds:
                more = "多" if left > right else "少"
                text = (
                    f"{sum_.label}：{sum_.left.name}是 {printed(left)}，{sum_.right.name}是 {printed(right)}，"
                    f"前者{more} {printed(abs(Decimal(left) - Decimal(right)))}。"
                )
        yield {
            "label": sum_.label,
            "left": list(sum_.left.cells),
            "right": list(sum_.right.cells),
            "holds": holds,
            "text": text,
        }


def _last(state: Checked) -> Shown:
    last, document = state.last, state.last_document
    if last is None:
        return {"last": None, "last_year": None, "last_file": None, "last_texts": None}
    return {
        "last": {cell: printed(figure) for cell, figure in last.figures.items()},
        "last_year": last.year,
        "last_file": last.path.name,
        "last_texts": {
            section.part.text: [paragraph.text for paragraph in section.paragraphs]
            for section in (document.sections if document else ())
            if section.part.text
        },
    }


def _changed_most(state: Checked) -> list[Shown]:
    """The figures that differ most from last year's: the totals, and those that stand alone."""
    report, last = state.report, state.last
    if report is None or last is None or last.form.format != report.form.format:
        return []
    rows = [row for table in report.form.tables.values() for row in table.rows.values()]
    cells = [row.total or row.cells[0] for row in rows if row.total or row.is_single]
    found = [
        (abs(Decimal(report.figures[cell.key]) - Decimal(last.figures[cell.key])), cell)
        for cell in cells
        if cell.key in report.figures and cell.key in last.figures
    ]
    most = sorted((each for each in found if each[0]), key=lambda each: -each[0])[:MOST_CHANGED]
    return [
        {
            "cell": cell.key,
            "label": cell.label,
            "last": printed(last.figures[cell.key]),
            "now": printed(report.figures[cell.key]),
            "difference": printed(_difference(report, last, cell.key)),
        }
        for _, cell in most
    ]


def _difference(report: Report, last: Report, cell: str) -> Decimal:
    return Decimal(report.figures[cell]) - Decimal(last.figures[cell])


# ── text ────────────────────────────────────────────────────────────────────────────────────────────


def _parts(state: Checked, memory: Memory) -> Iterator[Shown]:
    report, document = state.report, state.document
    assert report
    assert document
    try:
        found = readings(report, document, state.last, memory)
    except InputError:
        found = ()
    alike: dict[Decimal, list[str]] = {}
    for cell, figure in report.figures.items():
        if figure:
            alike.setdefault(Decimal(figure), []).append(cell)
    at: dict[tuple[str, int], list[Reading]] = {}
    for reading in found:
        at.setdefault((reading.passage.part, reading.passage.paragraph), []).append(reading)
    printed_parts = {section.part.text: section for section in document.sections if section.part.text}
    for part in report.form.parts:
        if not part.text:
            yield {"key": part.table, "table": part.table, "name": part.name, "heading": part.heading}
            continue
        section = printed_parts.get(part.text)
        yield {
            "key": part.text,
            "table": None,
            "name": part.name,
            "heading": part.heading,
            "source": source_of(report, part.text),
            "editable": is_editable(state, part.text),
            "pieces": pieces(report, part.text, _paragraphs_of(section)),
            "paragraphs": [
                _paragraph(paragraph, at.get((part.text, index), []), alike)
                for index, paragraph in enumerate(_paragraphs_of(section))
            ],
        }


def _paragraphs_of(section: Section | None) -> tuple[Paragraph, ...]:
    return section.paragraphs if section else ()


def _paragraph(paragraph: Paragraph, found: list[Reading], alike: Alike) -> Shown:
    text = paragraph.text
    lead = 0
    for run in paragraph.runs:
        if not run.lead:
            break
        lead += len(run.text)
    spans = []
    end = 0
    for reading in sorted(found, key=lambda each: (each.passage.start, -each.passage.end)):
        if reading.number is None and reading.verdict not in (Verdict.DISAGREES, Verdict.DOUBTFUL):
            continue
        if reading.passage.start < end:
            continue
        end = reading.passage.end
        spans.append(_span(reading, text, alike))
    return {
        "kind": "heading" if paragraph.heading else "text",
        "level": paragraph.level,
        "text": text,
        "line": paragraph.line,
        "leads": units(text, lead),
        "spans": spans,
    }


def _span(reading: Reading, text: str, alike: Alike) -> Shown:
    state = _STATES.get(reading.verdict, "unread")
    year = "上一年的" if reading.last and reading.cells else ""
    meaning = f"{year}{reading.meaning}" if reading.meaning else ""
    expected = "" if reading.expected is None or state != "differs" else f"，应为 {printed(reading.expected)}"
    says = f"{meaning}：{reading.verdict}{expected}" if meaning else str(reading.verdict)
    return {
        "start": units(text, reading.passage.start),
        "end": units(text, reading.passage.end),
        "state": state,
        "cells": [] if reading.last else list(reading.cells),
        "says": says,
        "candidates": [] if state == "bound" else _candidates(reading, alike),
    }


def _candidates(reading: Reading, alike: Alike) -> list[str]:
    """The cells a number of the text may be: the one it was taken for, then those that say the same."""
    number = reading.number
    first = [] if reading.last or len(reading.cells) != 1 else list(reading.cells)
    if number is None or number.percent:
        return first
    return list(dict.fromkeys([*first, *alike.get(Decimal(number.value), ())]))[:MOST_CANDIDATES]


def units(text: str, at: int) -> int:
    """A place in a text, as the page counts: in units of UTF-16."""
    return at if _is_plain(text) else at + sum(char > "\uffff" for char in text[:at])


@lru_cache(maxsize=2000)
def _is_plain(text: str) -> bool:
    """Whether every character of a text is one unit."""
    return not text or max(text) <= "\uffff"


def characters(text: str, at: int) -> int:
    """The place in a text that the page calls ``at``."""
    return len(text.encode("utf-16-le", "surrogatepass")[: 2 * at].decode("utf-16-le", "ignore"))


# ── findings ────────────────────────────────────────────────────────────────────────────────────────


def all_findings(state: Checked) -> Iterator[tuple[str, Finding]]:
    """Everything that was found, the worst first, each with a name that stays while it stands."""
    ranked = sorted(
        [*state.problems, *state.outcome.findings], key=lambda each: list(Severity).index(each.severity)
    )
    seen: dict[str, int] = {}
    for each in ranked:
        passage = each.passage
        about = "|".join(each.cells) or (f"{passage.part}|{passage.paragraph}" if passage else each.message)
        mark = hashlib.sha256(about.encode("utf-8", "surrogatepass")).hexdigest()[:8]
        name = f"{each.rule}-{mark}"
        seen[name] = seen.get(name, 0) + 1
        yield f"{name}-{seen[name]}", each


def _findings(state: Checked) -> Iterator[Shown]:
    for id, each in all_findings(state):
        fix = label_of_fix(each, state)
        rule = RULES.get(each.rule)
        yield {
            "id": id,
            "rule": each.rule,
            "title": (rule or CODES[each.rule]).title,
            "severity": each.severity.value,
            "text": for_page(each.message),
            "advice": for_page(each.advice or each.how),
            "cells": list(dict.fromkeys([*([each.fix.cell] if each.fix else []), *each.cells])),
            **_place(each, state.document),
            "line": each.line,
            "fix": {"label": fix} if fix else None,
            "can_waive": rule is not None and each.severity is not Severity.NOTE,
        }


def _place(finding: Finding, document: Document | None) -> Shown:
    passage = finding.passage
    if passage is None or document is None:
        return {"part": None, "paragraph": None, "start": None, "end": None}
    section = next((each for each in document.sections if each.part.text == passage.part), None)
    text = section.paragraphs[passage.paragraph].text if section else ""
    return {
        "part": passage.part,
        "paragraph": passage.paragraph,
        "start": units(text, passage.start),
        "end": units(text, passage.end),
    }


_EXPLAINED: dict[str, Shown] = {}


def _rules() -> Mapping[str, Shown]:
    """Every rule in the clerk's words."""
    if not _EXPLAINED:
        known: list[Code | Rule] = [*CODES.values(), *RULES.values()]
        for each in known:
            _EXPLAINED[each.code] = {"title": each.title, "text": each.text, "source": each.source}
    return _EXPLAINED
