"""What the HTML templates print: the document as plain values, so that the templates stay short.

Nothing here makes markup; tags and attributes are the templates' business, except the few that the standard
prescribes from the content (heading levels, ``scope`` and ``headers`` of cells).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from ..form.model import GridCell, Table
from ..model.document import Document, Section
from ..model.findings import Finding, Passage, Severity
from ..model.opinions import Opinion, anchor
from ..model.paragraphs import Paragraph

WORST_FIRST = tuple(Severity)

WIDE = 6
"""A table of more columns does not fit a phone; it scrolls within its frame."""

_PHONE = re.compile(r"(?<![\d-])\d{2,5}-\d{3,8}(?:-\d{1,6})?(?![\d-])")
"""A telephone number, which stays on one line."""


@dataclass(frozen=True)
class CellView:
    """One cell of a table."""

    kind: str
    id: str
    rows: int
    columns: int
    pieces: tuple[str, ...] = ()
    """The label, in the pieces between which a line may be broken."""
    before: str = ""
    """Of a cell in the columns of labels: where in them it begins, as a share of their width; else empty."""
    scope: str = ""
    """``row`` or ``col`` for a header cell, else empty."""
    headers: str = ""
    """Of a figure: the ids of its header cells."""
    figure: str = ""
    """Empty: 未填."""
    mark: str = ""
    """The severity of the worst finding about it."""


@dataclass(frozen=True)
class TableView:
    """One table: the rows of its head, which repeat on every printed page, and the others."""

    key: str
    head: list[list[CellView]]
    body: list[list[CellView]]
    widths: list[str]
    """Column widths in percent."""
    stubs: list[str]
    """The widths of the columns of labels at the left, as shares of their common width."""
    digits: int
    """The characters of its longest figure."""
    wide: bool


@dataclass(frozen=True)
class Stretch:
    """A stretch of text of one look."""

    text: str
    lead: bool = False
    phone: bool = False
    """Whether it is a telephone number."""
    mark: str = ""
    """``gap`` for what is not filled in, or the severity of a finding about it."""


@dataclass(frozen=True)
class ParagraphView:
    """A paragraph or, when ``heading`` is not 0, a heading of that HTML level."""

    id: str
    level: int
    heading: int
    right: float | None
    """Of a line of the signature: its distance from the right in characters."""
    first: bool
    stretches: list[Stretch]


@dataclass(frozen=True)
class SectionView:
    """One part of the report."""

    heading: str | None
    name: str
    id: str
    paragraphs: list[ParagraphView]
    table: TableView | None
    missing: bool


@dataclass(frozen=True)
class FindingView:
    """One finding, and the id of the place it speaks of (empty: none)."""

    mark: str
    label: str
    message: str
    advice: str
    target: str


def sections(document: Document, findings: Sequence[Finding]) -> list[SectionView]:
    """The parts of the report; what ``findings`` speak of is marked."""
    marks = _marked_cells(findings)
    return [_section(section, document, findings, marks) for section in document.sections]


def listed(findings: Sequence[Finding], places: Sequence[SectionView]) -> list[FindingView]:
    """The findings, worst first, each with the place to look at."""
    ids = set(_ids(places))
    worst_first = sorted(findings, key=lambda finding: WORST_FIRST.index(finding.severity))
    return [
        FindingView(
            mark=finding.severity.value,
            label=finding.severity.label,
            message=finding.message,
            advice=finding.advice,
            target=next((place for place in _places(finding) if place in ids), ""),
        )
        for finding in worst_first
    ]


def opinions_listed(
    opinions: Sequence[Opinion], document: Document, places: Sequence[SectionView]
) -> list[FindingView]:
    """The opinions on earlier drafts, each with the place to look at."""
    ids = set(_ids(places))
    found = []
    for opinion in opinions:
        at = anchor(opinion, document)
        target = _paragraph_id(at.part, at.paragraph) if isinstance(at, Passage) else at or ""
        label = f"意见{opinion.number}　{opinion.origin}"
        message = f"{opinion.place}：{opinion.text}" if opinion.place else opinion.text
        shown = target if target in ids else ""
        found.append(FindingView("note", label, message, "　".join(opinion.replies), shown))
    return found


def _ids(places: Sequence[SectionView]) -> Iterator[str]:
    for section in places:
        yield section.id
        yield from (paragraph.id for paragraph in section.paragraphs)
        if section.table:
            yield from (cell.id for row in (*section.table.head, *section.table.body) for cell in row)


def _places(finding: Finding) -> Iterator[str]:
    """The ids a finding may lead to, best first."""
    if finding.fix:
        yield finding.fix.cell
    if finding.passage:
        yield _paragraph_id(finding.passage.part, finding.passage.paragraph)
        yield finding.passage.part
    yield from finding.cells


def _paragraph_id(part: str, index: int) -> str:
    return f"{part}-{index + 1}"


def _marked_cells(findings: Sequence[Finding]) -> Mapping[str, str]:
    """The severity of the worst finding about each cell; where one cell alone is to blame, only that one."""
    marks: dict[str, str] = {}
    for severity in reversed(Severity):
        for finding in findings:
            if finding.severity is severity:
                cells = (finding.fix.cell,) if finding.fix else finding.cells
                marks.update(dict.fromkeys(cells, severity.value))
    return marks


def _section(
    section: Section, document: Document, findings: Sequence[Finding], marks: Mapping[str, str]
) -> SectionView:
    part = section.part
    return SectionView(
        heading=part.heading,
        name=part.name,
        id=part.key,
        paragraphs=list(_paragraphs(section, findings)),
        table=_table(section.table, document.figures, marks) if section.table else None,
        missing=section.missing,
    )


# ── tables ──────────────────────────────────────────────────────────────────────────────────────────


def _table(table: Table, figures: Mapping[str, str], marks: Mapping[str, str]) -> TableView:
    figured = [cell.column for row in table.grid for cell in row if cell.kind == "figure"]
    stubs = _edges(table.widths[: min(figured)])
    rows = [[_cell(table, cell, figures, marks, stubs) for cell in row] for row in table.grid]
    whole = sum(table.widths)
    return TableView(
        key=table.key,
        head=rows[: table.head_rows],
        body=rows[table.head_rows :],
        widths=[f"{100 * width / whole:.4g}" for width in table.widths],
        stubs=[f"{right - left:.3g}" for left, right in pairwise(stubs)],
        digits=max(len(cell.figure) for row in rows for cell in row),
        wide=len(table.widths) > WIDE,
    )


def _edges(widths: Sequence[float]) -> list[float]:
    """Where columns begin, and where the last one ends, as shares of their common width."""
    return [edge / (sum(widths) or 1) for edge in accumulate(widths, initial=0.0)]


def _cell(
    table: Table,
    cell: GridCell,
    figures: Mapping[str, str],
    marks: Mapping[str, str],
    stubs: Sequence[float],
) -> CellView:
    span = cell.rows, cell.columns
    if cell.kind != "figure":
        scope = _scope(table, cell) if cell.is_header else ""
        before = f"{stubs[cell.column]:.3g}" if cell.column + 1 < len(stubs) else ""
        return CellView(
            cell.kind, _header_id(table, cell), *span, pieces=cell.pieces, before=before, scope=scope
        )
    key = cell.key
    headers = " ".join(_header_id(table, header) for header in cell.headers)
    figure = f"{figures[key]}{cell.unit}" if key in figures else ""
    return CellView(cell.kind, key, *span, headers=headers, figure=figure, mark=marks.get(key, ""))


def _header_id(table: Table, cell: GridCell) -> str:
    return f"{table.key}-{cell.id}"


def _scope(table: Table, cell: GridCell) -> str:
    """A header cell beside figures speaks of its rows, any other of its columns."""
    return "row" if any(other.kind == "figure" for other in table.grid[cell.row]) else "col"


# ── text ────────────────────────────────────────────────────────────────────────────────────────────


def _paragraphs(section: Section, findings: Sequence[Finding]) -> Iterator[ParagraphView]:
    """The paragraphs; a heading is never more than one level below the heading before it."""
    part = section.part.text
    above = 2 if section.part.heading else 1
    for index, paragraph in enumerate(section.paragraphs):
        heading = min(paragraph.level + 1, above + 1) if paragraph.heading else 0
        above = heading or above
        marks = [
            (finding.passage.start, finding.passage.end, finding.severity)
            for finding in findings
            if finding.passage and (finding.passage.part, finding.passage.paragraph) == (part, index)
        ]
        yield ParagraphView(
            _paragraph_id(part, index),
            paragraph.level,
            heading,
            paragraph.right,
            not index,
            list(_stretches(paragraph, marks)),
        )


def _stretches(paragraph: Paragraph, marks: Sequence[tuple[int, int, Severity]]) -> Iterator[Stretch]:
    """The text cut where its look changes: at its runs, at telephone numbers, and where a marked passage begins or ends."""
    phones = [match.span() for match in _PHONE.finditer(paragraph.text)]
    spans = [*phones, *((start, end) for start, end, _ in marks)]
    cuts = sorted({place for span in spans for place in span})
    start = 0
    for run in paragraph.runs:
        end = start + len(run.text)
        places = [start, *(cut for cut in cuts if start < cut < end), end]
        for a, b in pairwise(places):
            covering = [severity for first, last, severity in marks if first <= a and b <= last]
            mark = "gap" if run.gap else min(covering, key=WORST_FIRST.index, default="")
            phone = any(first <= a and b <= last for first, last in phones)
            yield Stretch(paragraph.text[a:b], run.lead, phone, mark)
        start = end
