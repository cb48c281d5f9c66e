"""核对单: one page to print and sign beside a report. What was checked and found, what was not, what changed since.

What it says is decided here, once for the page and for Word. The page has room for so many lines: where there is
more to say it counts the rest. What a final says otherwise than the last draft is never left out, and comes first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..form.form_file import known_formats, load_form
from ..model.differences import Changes
from ..model.document import Document
from ..model.findings import Outcome, Waiver, count
from ..model.opinions import Opinion
from . import check_sheet_items as items
from . import html
from .check_sheet_items import BoxRow, FoundView, PlacedText
from .room import Part, Shortened, lines, shared_rooms

TEMPLATE = "check-sheet.html"
SIGNATURES = ("经办人", "审核人", "负责人")
FINAL = "定稿"
"""What the sheet of a final calls it, in place of a draft's name."""

COLUMNS = 46
"""Chinese characters on a line beside the number of a rule."""
LIST_COLUMNS = 52
"""On a line of a list."""
PLACE_COLUMNS, CHANGE_COLUMNS, WAIVER_COLUMNS = 19, 28, 20
"""Of them in the two columns of the changes, and in each of those of the waivers."""
PAGE_LINES = 37
"""Lines of a page of A4 beside its headings and the signatures."""
ROW = 0.25
"""What the lines around a row of a table take, in lines of text."""
FINDING_LINES, UNREAD_LINES, UNCHECKED_LINES, WAIVER_LINES, CHANGE_LINES = 8, 5, 6, 3, 5
OPINION_LINES = 4
"""What each part gets in any case; what others leave over goes to the findings first, then to the next."""
LEFT_OUT = "另有 00 条规则发现问题，见送审稿的批注："
NOTHING = Changes()


@dataclass(frozen=True)
class Before:
    """The draft before this one; no name: there is none. No changes: it does not tell what it said."""

    draft: str
    changes: Changes | None
    unseen: Changes = NOTHING
    """Of the changes to a final, those that stood in no draft."""


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
    said: tuple[str, ...] = ()
    """Of a final: how it stands to the drafts, and what was left open."""
    opinions: Sequence[Opinion] = ()
    """What reviewers said of this draft and those before it, answered or not."""


@dataclass(frozen=True)
class SheetView:
    """All that the sheet says, in its order."""

    draft: str
    counted: list[tuple[str, int]]
    """The findings of each severity."""
    found: Shortened[FoundView]
    checked: list[str]
    unchecked: Shortened[str]
    boxes: list[BoxRow]
    unread: Shortened[PlacedText]
    """The sentences with numbers that were compared with nothing."""
    waived: Shortened[Waiver]
    said: list[str]
    before: str
    compared: bool
    changes: Shortened[PlacedText]
    opinions: Shortened[str]
    """What reviewers said, what waits for an answer first."""
    content: str
    input: str
    signatures: tuple[str, ...] = SIGNATURES

    @property
    def heading(self) -> str:
        """What stands over the changes."""
        if not self.before:
            return "定稿和送审稿" if self.said else "改动"
        return f"定稿和{self.before}相比" if self.said else f"和{self.before}相比的改动"


def check_sheet(document: Document, sheet: Sheet) -> str:
    """The page.

    Raises:
        TemplateError: the template fails.
    """
    own = document.form.file(TEMPLATE)
    # Templates a clerk copied before there was a check sheet lack it.
    folder = (own if own.is_file() else load_form(known_formats()[0]).file(TEMPLATE)).parent
    view = sheet_view(document, sheet)
    return html.print_template(document, folder, TEMPLATE, heading=view.heading, **vars(view))


def sheet_view(document: Document, sheet: Sheet) -> SheetView:
    """What the sheet says, as much of it as a page holds."""
    outcome = sheet.outcome
    checked = [remark.text.rstrip("。") for remark in outcome.remarks if remark.checked]
    remarks = [remark for remark in outcome.remarks if not remark.checked]
    boxes = items.boxes([key for remark in remarks for key in remark.cells], document)
    passages = [passage for remark in remarks for passage in remark.passages]
    heads = bool(boxes) + bool(passages) + 2 * bool(sheet.opinions)
    heads += sum(lines(text, LIST_COLUMNS) for text in sheet.said)
    room: float = (
        PAGE_LINES - lines("；".join(checked), LIST_COLUMNS) - sum(map(_lines_of_boxes, boxes)) - heads
    )

    rules = list(items.found(outcome.findings))
    firsts = [replace(rule, texts=rule.texts[:1]) for rule in rules]
    others = [(place, text) for place, rule in enumerate(rules) for text in rule.texts[1:]]
    before = sheet.before
    changes = items.changed(before.changes, document, before.unseen) if before.changes else []
    if sheet.said:
        room -= sum(map(_lines_of_change, changes))
    parts: list[Part[Any]] = [
        Part(firsts, FINDING_LINES, _lines_of_found, _lines_of_rules),
        Part(list(items.unread(passages, document)), UNREAD_LINES, _lines_of_unread),
        Part([] if sheet.said else changes, CHANGE_LINES, _lines_of_change),
        Part([waiver for _, waiver in outcome.waived], WAIVER_LINES, _lines_of_waiver),
        Part([remark.text.rstrip("。") for remark in remarks], UNCHECKED_LINES, _lines_of_remark),
        Part([*items.heard(sheet.opinions)], OPINION_LINES, _lines_of_remark),
        Part(others, 0, _lines_of_other, lambda _: 0, at_least=0),
    ]
    found, unread, changed, waived, unchecked, heard, more = (
        part.within(given) for part, given in zip(parts, shared_rooms(room, parts), strict=True)
    )
    return SheetView(
        draft=sheet.draft,
        counted=[(severity.label, number) for severity, number in count(outcome.findings).items()],
        found=Shortened([_with(rule, i, more.shown) for i, rule in enumerate(found.shown)], found.rest),
        checked=checked,
        unchecked=unchecked,
        boxes=boxes,
        unread=unread,
        waived=waived,
        said=list(sheet.said),
        before=before.draft,
        compared=before.changes is not None,
        changes=Shortened(changes, []) if sheet.said else changed,
        opinions=heard,
        content=sheet.content,
        input=sheet.input,
    )


def _with(rule: FoundView, place: int, others: Sequence[tuple[int, str]]) -> FoundView:
    """The findings of the rule at a place with those that there is room for besides the first."""
    return replace(rule, texts=(*rule.texts, *(text for at, text in others if at == place)))


# ── how many lines each takes ───────────────────────────────────────────────────────────────────────


def _lines_of_found(view: FoundView) -> float:
    return lines(view.text, COLUMNS) + ROW


def _lines_of_other(other: tuple[int, str]) -> float:
    return lines(other[1], COLUMNS)


def _lines_of_rules(rest: list[FoundView]) -> int:
    return lines(LEFT_OUT + "、".join(view.counted for view in rest), LIST_COLUMNS) if rest else 0


def _lines_of_remark(text: str) -> int:
    return lines(text, LIST_COLUMNS)


def _lines_of_boxes(row: BoxRow) -> int:
    return lines(row.label + "".join(f"　□{name} {figure}　" for name, figure in row.figures), LIST_COLUMNS)


def _lines_of_unread(text: PlacedText) -> int:
    return lines(f"□{text.place}　" + "".join(piece for _, piece in text.pieces), LIST_COLUMNS)


def _lines_of_waiver(waiver: Waiver) -> float:
    return max(lines(text, WAIVER_COLUMNS) for text in (waiver.place, waiver.reason)) + ROW


def _lines_of_change(change: PlacedText) -> float:
    text = "".join(text for _, text in change.pieces) + change.note
    return max(lines(change.place, PLACE_COLUMNS), lines(text, CHANGE_COLUMNS)) + ROW
