"""核对单: one page to print and sign beside a draft. What was checked and found, what was not, what changed since.

The page has room for so many lines; where there is more to say it names how much more, and where to look.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Generic, TypeVar

from ..form.form_file import known_formats, load_form
from ..model.differences import Changes, FigureChange, Operation, TextChange, pieces
from ..model.document import Document
from ..model.findings import Finding, Outcome, Severity, Waiver, count
from . import html

TEMPLATE = "check-sheet.html"
SIGNATURES = ("经办人", "审核人", "负责人")
UNFILLED = "未填"

COLUMNS = 46
"""Chinese characters on a line beside the number of a rule."""
LIST_COLUMNS = 52
"""On a line of the list of what was not checked."""
PLACE_COLUMNS, CHANGE_COLUMNS, WAIVER_COLUMNS = 19, 28, 20
"""Of them in the two columns of the changes, and in each of those of the waivers."""
FINDING_LINES, WAIVER_LINES, UNCHECKED_LINES, CHANGE_LINES = 8, 4, 10, 8
"""What each part may take of a page of A4; what others leave over goes to the changes."""
LONGEST_SENTENCE = 100
"""Characters of a changed sentence; around the change a longer one is cut."""

T = TypeVar("T")


@dataclass(frozen=True)
class Before:
    """The draft before this one; no name: there is none. No changes: it does not tell what it said."""

    draft: str
    changes: Changes | None


@dataclass(frozen=True)
class Sheet:
    """What the check sheet of a draft speaks of."""

    draft: str
    outcome: Outcome
    content: str
    """The fingerprint of the content."""
    input: str
    """SHA-256 of the input file."""
    before: Before


@dataclass(frozen=True)
class FoundView:
    """The findings of one rule: how many, and the first of them in words."""

    severity: str
    label: str
    rule: str
    number: int
    text: str


@dataclass(frozen=True)
class ChangeView:
    """One change: where, and its pieces, each ``same``, ``insert`` or ``delete``."""

    place: str
    pieces: list[tuple[Operation, str]]


@dataclass(frozen=True)
class Shortened(Generic[T]):
    """What there is room for, and how many there are beyond it."""

    shown: list[T]
    left: int
    room: int
    """The lines left over."""


def check_sheet(document: Document, sheet: Sheet) -> str:
    """The page.

    Raises:
        TemplateError: the template fails.
    """
    outcome = sheet.outcome
    not_checked = [remark.text.rstrip("。") for remark in outcome.remarks if not remark.checked]
    waivers = [waiver for _, waiver in outcome.waived]
    found = _shortened(list(_found(outcome.findings)), FINDING_LINES, _lines_of_found)
    waived = _shortened(waivers, WAIVER_LINES, _lines_of_waiver)
    unchecked = _shortened(not_checked, UNCHECKED_LINES, _lines_of_remark)
    changes = _changes(sheet.before.changes, document) if sheet.before.changes else []
    room = CHANGE_LINES + sum(part.room for part in (found, waived, unchecked))
    own = document.form.file(TEMPLATE)
    return html.print_template(
        document,
        # Templates a clerk copied before there was a check sheet lack it.
        (own if own.is_file() else load_form(known_formats()[0]).file(TEMPLATE)).parent,
        TEMPLATE,
        draft=sheet.draft,
        counted=[(severity.label, number) for severity, number in count(outcome.findings).items()],
        checked=[remark.text.rstrip("。") for remark in outcome.remarks if remark.checked],
        unchecked=unchecked,
        found=found,
        waived=waived,
        before=sheet.before.draft,
        compared=sheet.before.changes is not None,
        changes=_shortened(changes, room, _lines_of_change),
        content=sheet.content,
        input=sheet.input,
        signatures=SIGNATURES,
    )


def _found(findings: Sequence[Finding]) -> Iterator[FoundView]:
    """The findings of each rule together, the worst first."""
    ranks = list(Severity)
    ordered = sorted(findings, key=lambda finding: (ranks.index(finding.severity), finding.rule))
    for (severity, rule), group in groupby(ordered, key=lambda finding: (finding.severity, finding.rule)):
        members = list(group)
        yield FoundView(severity.value, severity.label, rule, len(members), members[0].text.replace("\n", ""))


def _changes(changes: Changes, document: Document) -> list[ChangeView]:
    """Figures first, in the order of the form, then the text sentence by sentence."""
    found = []
    if changes.title:
        found.append(ChangeView("标题", pieces(*changes.title)))
    order = {cell: place for place, cell in enumerate(document.form.cells)}
    for change in sorted(changes.figures, key=lambda change: order.get(change.cell, len(order))):
        found.append(_figure(change, document))
    names = document.form.text_names
    for text in changes.texts:
        found.append(
            ChangeView(_place(text, names.get(text.part, text.part)), _cut(pieces(text.old, text.new)))
        )
    return found


def _figure(change: FigureChange, document: Document) -> ChangeView:
    cell = document.form.cells.get(change.cell)
    old, new = (UNFILLED if figure is None else figure for figure in (change.old, change.new))
    return ChangeView(cell.label if cell else change.cell, [("delete", old), ("insert", new)])


def _place(change: TextChange, name: str) -> str:
    index = change.old_paragraph if change.new_paragraph is None else change.new_paragraph
    return f"{name}·第 {(index or 0) + 1} 段"


def _cut(found: list[tuple[Operation, str]]) -> list[tuple[Operation, str]]:
    """The changed words with a few around them, where the sentence is long."""
    if sum(len(text) for _, text in found) <= LONGEST_SENTENCE:
        return found
    return [(kind, _inner(text, 12 if kind == "same" else LONGEST_SENTENCE // 2)) for kind, text in found]


def _inner(text: str, room: int) -> str:
    """Both ends of a text that is longer than them."""
    return text if len(text) <= 2 * room + 1 else f"{text[:room]}…{text[-room:]}"


def _shortened(items: Sequence[T], room: int, lines: Callable[[T], int]) -> Shortened[T]:
    """As many of the items as there is room for, at least one."""
    shown: list[T] = []
    for item in items:
        if shown and lines(item) > room:
            break
        room -= lines(item)
        shown.append(item)
    return Shortened(shown, len(items) - len(shown), max(0, room))


def _lines(text: str, columns: int = COLUMNS) -> int:
    """How many lines a text takes."""
    length = sum(0.5 if char.isascii() else 1 for char in text)
    return 1 + int(length // columns)


def _lines_of_found(view: FoundView) -> int:
    return _lines(view.text)


def _lines_of_remark(text: str) -> int:
    return _lines(text, LIST_COLUMNS)


def _lines_of_waiver(waiver: Waiver) -> int:
    return max(_lines(text, WAIVER_COLUMNS) for text in (waiver.place, waiver.reason))


def _lines_of_change(change: ChangeView) -> int:
    text = "".join(text for _, text in change.pieces)
    return max(_lines(change.place, PLACE_COLUMNS), _lines(text, CHANGE_COLUMNS))
