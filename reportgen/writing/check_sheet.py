"""核对单: one page to print and sign beside a report. What was checked and found, what was not, what changed since.

What it says is decided here, once for the page and for Word. The page has room for so many lines: where there is
more to say it counts the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any, Generic, Literal, TypeVar

from ..form.form_file import known_formats, load_form
from ..model.alignment import pieces
from ..model.chinese import sentences
from ..model.differences import Changes, FigureChange
from ..model.document import Document
from ..model.findings import Finding, Outcome, Passage, Severity, Waiver, count
from ..model.opinions import Opinion, State
from . import html

TEMPLATE = "check-sheet.html"
SIGNATURES = ("经办人", "审核人", "负责人")
UNFILLED = "未填"
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
LONGEST_SENTENCE = 100
"""Characters of a changed sentence; around the change a longer one is cut."""
LONGEST_UNREAD, AROUND = 72, 16
"""The same of a sentence with numbers to be looked at, and the characters left on each side of one."""

LEFT_OUT = "另有 00 条规则发现问题，见送审稿的批注："

T = TypeVar("T")
Kind = Literal["same", "insert", "delete", "number"]
Pieces = list[tuple[Kind, str]]
"""A text in pieces: what stayed, what was put in or left out, a number to be looked at."""


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
    said: tuple[str, ...] = ()
    """Of a final: how it stands to the drafts, and what was left open."""
    opinions: Sequence[Opinion] = ()
    """What reviewers said of this draft and those before it, answered or not."""


@dataclass(frozen=True)
class FoundView:
    """The findings of one rule: how many, and the first of them in words."""

    severity: str
    label: str
    rule: str
    number: int
    text: str

    @property
    def counted(self) -> str:
        """The rule with the number of its findings."""
        return f"{self.rule}（{self.number} 处）" if self.number > 1 else self.rule


@dataclass(frozen=True)
class BoxRow:
    """Figures to be ticked off: those of one row of a table, or of several rows of one figure each."""

    label: str
    figures: list[tuple[str, str]]
    """Each with what it is called in its row."""


@dataclass(frozen=True)
class PlacedText:
    """A place of the report, and a text in its pieces."""

    place: str
    pieces: Pieces


@dataclass(frozen=True)
class Shortened(Generic[T]):
    """What there is room for, and what was left out."""

    shown: list[T]
    rest: list[T]

    @property
    def left(self) -> int:
        return len(self.rest)


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


def check_sheet(document: Document, sheet: Sheet) -> str:
    """The page.

    Raises:
        TemplateError: the template fails.
    """
    own = document.form.file(TEMPLATE)
    # Templates a clerk copied before there was a check sheet lack it.
    folder = (own if own.is_file() else load_form(known_formats()[0]).file(TEMPLATE)).parent
    return html.print_template(document, folder, TEMPLATE, **vars(sheet_view(document, sheet)))


def sheet_view(document: Document, sheet: Sheet) -> SheetView:
    """What the sheet says, as much of it as a page holds."""
    outcome = sheet.outcome
    checked = [remark.text.rstrip("。") for remark in outcome.remarks if remark.checked]
    remarks = [remark for remark in outcome.remarks if not remark.checked]
    boxes = _boxes([key for remark in remarks for key in remark.cells], document)
    passages = [passage for remark in remarks for passage in remark.passages]
    heads = bool(boxes) + bool(passages) + 2 * bool(sheet.opinions)
    heads += sum(_lines(text, LIST_COLUMNS) for text in sheet.said)
    room = PAGE_LINES - _lines("；".join(checked), LIST_COLUMNS) - sum(map(_lines_of_boxes, boxes)) - heads

    found = _Part(list(_found(outcome.findings)), FINDING_LINES, _lines_of_found, _lines_of_rules)
    unread = _Part(list(_unread(passages, document)), UNREAD_LINES, _lines_of_unread)
    changes = _changes(sheet.before.changes, document) if sheet.before.changes else []
    changed = _Part(changes, CHANGE_LINES, _lines_of_change)
    waived = _Part([waiver for _, waiver in outcome.waived], WAIVER_LINES, _lines_of_waiver)
    unchecked = _Part([remark.text.rstrip("。") for remark in remarks], UNCHECKED_LINES, _lines_of_remark)
    heard = _Part([*_opinions(sheet.opinions)], OPINION_LINES, _lines_of_remark)
    rooms = _rooms(room, (found, unread, changed, waived, unchecked, heard))
    return SheetView(
        draft=sheet.draft,
        counted=[(severity.label, number) for severity, number in count(outcome.findings).items()],
        found=found.within(rooms[0]),
        checked=checked,
        unchecked=unchecked.within(rooms[4]),
        boxes=boxes,
        unread=unread.within(rooms[1]),
        waived=waived.within(rooms[3]),
        said=list(sheet.said),
        before=sheet.before.draft,
        compared=sheet.before.changes is not None,
        changes=changed.within(rooms[2]),
        opinions=heard.within(rooms[5]),
        content=sheet.content,
        input=sheet.input,
    )


# ── what it says ────────────────────────────────────────────────────────────────────────────────────


def _found(findings: Sequence[Finding]) -> Iterator[FoundView]:
    """The findings of each rule together, the worst first."""
    ranks = list(Severity)
    ordered = sorted(findings, key=lambda finding: (ranks.index(finding.severity), finding.rule))
    for (severity, rule), group in groupby(ordered, key=lambda finding: (finding.severity, finding.rule)):
        members = list(group)
        yield FoundView(severity.value, severity.label, rule, len(members), members[0].text.replace("\n", ""))


def _boxes(keys: Sequence[str], document: Document) -> list[BoxRow]:
    """The figures row by row as in their table; neighbouring rows of one figure are put together."""
    form, boxes = document.form, list[BoxRow]()
    for key in keys:
        cell = form.cells[key]
        table = form.tables[cell.table]
        row = table.rows[cell.row].label.removeprefix(f"{table.name}·")
        label, name = (row, table.heads[cell.column]) if cell.column else ("", row)
        if not boxes or boxes[-1].label != label:
            boxes.append(BoxRow(label, []))
        figure = document.figures.get(key)
        boxes[-1].figures.append((name, UNFILLED if figure is None else f"{figure} {cell.unit}"))
    return boxes


def _unread(passages: Sequence[Passage], document: Document) -> Iterator[PlacedText]:
    """The sentences of the passages, each once, with the passages in them."""
    paragraphs = {section.part.text: section.paragraphs for section in document.sections}
    for (part, index), group in groupby(passages, key=lambda passage: (passage.part, passage.paragraph)):
        text = paragraphs[part][index].text
        spans = [(passage.start, passage.end) for passage in group]
        for sentence in sentences(text):
            first, last = sentence.span()
            cuts = list[int]()
            for start, end in spans:
                if max([first, *cuts[-1:]]) <= start < last:
                    cuts += [start, min(end, last)]
            if cuts:
                texts = [text[a:b] for a, b in pairwise([first, *cuts, last])]
                kinds: list[Kind] = ["same", "number"]
                shown = [(kinds[i % 2], each) for i, each in enumerate(texts)]
                yield PlacedText(_named(document, part, index), _cut(shown, AROUND, LONGEST_UNREAD))


def _changes(changes: Changes, document: Document) -> list[PlacedText]:
    """Figures first, in the order of the form, then the text sentence by sentence."""
    found = []
    if changes.title:
        found.append(PlacedText("标题", [*pieces(*changes.title)]))
    order = {cell: place for place, cell in enumerate(document.form.cells)}
    for change in sorted(changes.figures, key=lambda change: order.get(change.cell, len(order))):
        found.append(_figure(change, document))
    for moved in changes.rearranged:
        found.append(PlacedText(document.form.text_names.get(moved.part, moved.part), [("same", moved.text)]))
    for text in changes.texts:
        index = text.old_paragraph if text.new_paragraph is None else text.new_paragraph
        shown = _cut([*pieces(text.old, text.new)], 12, LONGEST_SENTENCE)
        found.append(PlacedText(_named(document, text.part, index or 0), shown))
    return found


def _opinions(opinions: Sequence[Opinion]) -> Iterator[str]:
    """Each in one line, those that wait for an answer first; corrections that were taken in are only counted."""
    taken = [o for o in opinions if not o.is_comment and o.state is State.TAKEN]
    if taken:
        yield f"修改 {len(taken)} 处已采纳"
    listed = (opinion for opinion in opinions if opinion not in taken)
    for opinion in sorted(listed, key=lambda opinion: not opinion.is_open):
        place = f"{opinion.place}：" if opinion.place else ""
        text = _inner(opinion.text.replace("\n", " "), LONGEST_SENTENCE // 2)
        reason = f"（{opinion.reason}）" if opinion.reason else ""
        yield f"{opinion.number}. {opinion.who}（{opinion.draft}）　{place}{text}　{opinion.state}{reason}"


def _figure(change: FigureChange, document: Document) -> PlacedText:
    cell = document.form.cells.get(change.cell)
    old, new = (UNFILLED if figure is None else figure for figure in (change.old, change.new))
    return PlacedText(cell.label if cell else change.cell, [("delete", old), ("insert", new)])


def _named(document: Document, part: str, index: int) -> str:
    """A paragraph in words."""
    return f"{document.form.text_names.get(part, part)}·第 {index + 1} 段"


def _cut(found: Pieces, around: int, longest: int) -> Pieces:
    """The marked words with ``around`` characters on each side, where the sentence is longer than ``longest``."""
    if sum(len(text) for _, text in found) <= longest:
        return found
    return [(kind, _inner(text, around if kind == "same" else longest // 2)) for kind, text in found]


def _inner(text: str, room: int) -> str:
    """Both ends of a text that is longer than them."""
    return text if len(text) <= 2 * room + 1 else f"{text[:room]}…{text[-room:]}"


# ── what there is room for ──────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class _Part(Generic[T]):
    """Items that may be too many: they get ``least`` lines in any case."""

    items: list[T]
    least: int
    lines: Callable[[T], float]
    """How many lines an item takes."""
    counting: Callable[[list[T]], int] = lambda rest: bool(rest)
    """How many lines it takes to count those left out."""

    @property
    def need(self) -> float:
        return sum(map(self.lines, self.items))

    def within(self, room: float) -> Shortened[T]:
        """As many of the items as there is room for, at least one."""
        last = 0
        while last < len(self.items) and (not last or self.lines(self.items[last]) <= room):
            room -= self.lines(self.items[last])
            last += 1
        return Shortened(self.items[:last], self.items[last:])


def _rooms(room: float, parts: Sequence[_Part[Any]]) -> list[float]:
    """The lines of each part, with room to count what each leaves out."""
    left_out, rooms = 0, list[float]()
    for _ in parts:
        rooms = _shared(room - left_out, parts)
        counted = sum(
            part.counting(part.within(given).rest) for part, given in zip(parts, rooms, strict=True)
        )
        if counted <= left_out:
            break
        left_out = counted
    return rooms


def _shared(room: float, parts: Sequence[_Part[Any]]) -> list[float]:
    """The lines of each part: what one leaves over goes to the first that needs more."""
    rooms, left = list[float](), max(0, room)
    for part in parts:
        rooms.append(min(part.need, part.least, left))
        left -= rooms[-1]
    for i, part in enumerate(parts):
        more = min(left, part.need - rooms[i])
        rooms[i] += more
        left -= more
    return rooms


def _lines(text: str, columns: int = COLUMNS) -> int:
    """How many lines a text takes."""
    length = sum(0.5 if char.isascii() else 1 for char in text)
    return 1 + int(length // columns)


def _lines_of_found(view: FoundView) -> float:
    return _lines(view.text) + ROW


def _lines_of_rules(rest: list[FoundView]) -> int:
    return _lines(LEFT_OUT + "、".join(view.counted for view in rest), LIST_COLUMNS) if rest else 0


def _lines_of_remark(text: str) -> int:
    return _lines(text, LIST_COLUMNS)


def _lines_of_boxes(row: BoxRow) -> int:
    return _lines(row.label + "".join(f"　□{name} {figure}　" for name, figure in row.figures), LIST_COLUMNS)


def _lines_of_unread(text: PlacedText) -> int:
    return _lines(f"□{text.place}　" + "".join(piece for _, piece in text.pieces), LIST_COLUMNS)


def _lines_of_waiver(waiver: Waiver) -> float:
    return max(_lines(text, WAIVER_COLUMNS) for text in (waiver.place, waiver.reason)) + ROW


def _lines_of_change(change: PlacedText) -> float:
    text = "".join(text for _, text in change.pieces)
    return max(_lines(change.place, PLACE_COLUMNS), _lines(text, CHANGE_COLUMNS)) + ROW
