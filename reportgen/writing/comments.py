"""What the checks found, as Word comments on the very figures and words.

A comment has no date: the same draft has the same bytes whenever it is made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ..form.model import Form
from ..model.document import Document
from ..model.findings import Finding, Passage, Severity
from ..model.opinions import PROGRAM, Opinion, anchor
from ..model.paragraphs import Paragraph
from .body import Body, Styles
from .word_tables import Show
from .wordml import NAMESPACE, allowed, attribute, run, text_xml

INITIALS = "核对"
TEXT, REFERENCE = "annotation text", "annotation reference"
"""Styles of comments; a base document may lack them."""

Anchor = tuple[str, int, int, int]
"""A passage: the key of its narrative, the paragraph, its first character and the one after its last."""
Place = str | Anchor | None
"""A cell, a passage, or the title."""


@dataclass(frozen=True)
class Note:
    """One comment: who says it, and its paragraphs."""

    author: str
    initials: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Comments:
    """All comments in the order of the document: the findings of one place together, and each opinion by itself."""

    notes: tuple[Note, ...] = ()
    """By the number of the comment."""
    places: Mapping[Place, tuple[int, ...]] = field(default_factory=dict)
    """The comments on each place; on the title those that are about no figure and no words."""

    @classmethod
    def about(
        cls, document: Document, findings: Sequence[Finding], opinions: Sequence[Opinion] = ()
    ) -> Comments:
        """Group the findings, the worst of a place first; after them the ``opinions`` on earlier drafts."""
        lines: dict[Place, list[str]] = {}
        ranks = list(Severity)
        for finding in sorted(findings, key=lambda finding: ranks.index(finding.severity)):
            lines.setdefault(_place(finding, document), []).extend(_said(finding))
        found = {place: [Note(PROGRAM, INITIALS, tuple(said))] for place, said in lines.items()}
        for opinion in opinions:
            place = anchor(opinion, document)
            note = Note(opinion.who, "", (opinion.heading, *opinion.carried))
            found.setdefault(_anchor(place, document) if isinstance(place, Passage) else place, []).append(
                note
            )
        ordered = [(place, note) for place in _in_order(document, found) for note in found.get(place, ())]
        places: dict[Place, tuple[int, ...]] = {}
        for number, (at, _) in enumerate(ordered):
            places[at] = (*places.get(at, ()), number)
        return cls(tuple(note for _, note in ordered), places)

    def xml(self, styles: Mapping[str, str]) -> str:
        """The part ``word/comments.xml``; ``styles`` are ids by name."""
        comments = "".join(
            f'<w:comment w:id="{number}" w:author={attribute(allowed(note.author))} w:initials="{note.initials}">'
            f"{''.join(_paragraphs(note.lines, styles))}</w:comment>"
            for number, note in enumerate(self.notes)
        )
        return f'<?xml version="1.0" encoding="UTF-8"?>\n<w:comments xmlns:w="{NAMESPACE}">{comments}</w:comments>'


class CommentedBody(Body):
    """The body with comments anchored in it."""

    def __init__(self, document: Document, styles: Styles, comments: Comments) -> None:
        super().__init__(document, styles)
        self.comments = comments
        self.passages: dict[tuple[str, int], list[tuple[int, int, int]]] = {}
        for place, numbers in comments.places.items():
            if isinstance(place, tuple):
                part, paragraph, start, end = place
                found = self.passages.setdefault((part, paragraph), [])
                found += [(start, end, number) for number in numbers]

    def title(self) -> str:
        """The title; what is about no place of its own is said here."""
        return self._around(super().title(), None)

    def figure(self, cell: str, show: Show) -> str:
        """A figure and the comment on it."""
        return self._around(super().figure(cell, show), cell)

    def runs(self, part: str, index: int, text: Paragraph) -> str:
        """The runs of a paragraph, cut where a comment's words begin or end."""
        passages = self.passages.get((part, index))
        if not passages:
            return super().runs(part, index, text)
        opening: dict[int, str] = {}
        closing: dict[int, str] = {}
        for start, end, number in passages:
            opening[start] = opening.get(start, "") + _start(number)
            closing[end] = closing.get(end, "") + self._end(number)
        pieces, first = [], 0
        for each in text.runs:
            last = first + len(each.text)
            cuts = [first, *sorted(cut for cut in {*opening, *closing} if first < cut < last), last]
            for a, b in pairwise(cuts):
                shown = run(each.text[a - first : b - first], self.run_style(each))
                pieces += [opening.pop(a, ""), shown, closing.pop(b, "")]
            first = last
        return "".join(pieces)

    def _around(self, runs: str, place: Place) -> str:
        numbers = self.comments.places.get(place, ())
        return "".join(map(_start, numbers)) + runs + "".join(map(self._end, numbers))

    def _end(self, number: int) -> str:
        style = self.styles.ids.get(REFERENCE)
        properties = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
        return (
            f'<w:commentRangeEnd w:id="{number}"/>'
            f'<w:r>{properties}<w:commentReference w:id="{number}"/></w:r>'
        )


def _start(number: int) -> str:
    return f'<w:commentRangeStart w:id="{number}"/>'


def _place(finding: Finding, document: Document) -> Place:
    """Where the comment on a finding stands: one cell, a passage, or None for the title.

    The cell to be corrected, where it is certain; else the words; else the total of the row that all its cells
    stand in; else the first of its cells, for a sum the first of its left side.
    """
    if finding.fix:
        return finding.fix.cell
    if finding.passage:
        return _anchor(finding.passage, document)
    cells = [cell for cell in finding.cells if cell in document.form.cells]
    if not cells:
        return None
    return _total(cells, document.form) or cells[0]


def _anchor(passage: Passage, document: Document) -> Anchor | None:
    """A passage, at least one character long and within its paragraph."""
    for section in document.sections:
        if section.part.text == passage.part and passage.paragraph < len(section.paragraphs):
            length = len(section.paragraphs[passage.paragraph].text)
            start = min(passage.start, length - 1)
            return passage.part, passage.paragraph, start, max(start + 1, min(passage.end, length))
    return None


def _total(cells: Sequence[str], form: Form) -> str | None:
    rows = {(form.cells[cell].table, form.cells[cell].row) for cell in cells}
    if len(cells) == 1 or len(rows) > 1:
        return None
    ((table, row),) = rows
    total = form.tables[table].rows[row].total
    return total.key if total and total.key in cells else None


def _in_order(document: Document, places: Mapping[Place, object]) -> Iterator[Place]:
    """All places of ``places``, and cells, as they follow one another in the document."""
    yield None
    passages = sorted(place for place in places if isinstance(place, tuple))
    for section in document.sections:
        if section.table:
            yield from (cell.key for row in section.table.grid for cell in row if cell.kind == "figure")
        yield from (place for place in passages if place[0] == section.part.text)


def _said(finding: Finding) -> list[str]:
    return f"{finding.severity.label} {finding.rule}　{finding.text}".split("\n")


def _paragraphs(lines: Sequence[str], styles: Mapping[str, str]) -> Iterator[str]:
    style = f'<w:pPr><w:pStyle w:val="{styles[TEXT]}"/></w:pPr>' if TEXT in styles else ""
    mark = f'<w:rPr><w:rStyle w:val="{styles[REFERENCE]}"/></w:rPr>' if REFERENCE in styles else ""
    reference = f"<w:r>{mark}<w:annotationRef/></w:r>"
    for line in lines:
        yield (
            f'<w:p>{style}{reference}<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'
            f'<w:t xml:space="preserve">{text_xml(line)}</w:t></w:r></w:p>'
        )
        reference = ""
