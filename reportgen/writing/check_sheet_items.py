"""What 核对单 says, item by item: findings, figures to tick off, numbers that were not read, changes, opinions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Literal

from ..model.alignment import pieces
from ..model.chinese import sentences
from ..model.differences import Changes, FigureChange
from ..model.document import Document
from ..model.findings import UNFILLED, Finding, Passage, Severity
from ..model.opinions import Opinion, State

UNSEEN = "（没有经过送审）"
"""Beside a change of a final that stood in no draft."""
LONGEST_SENTENCE = 100
"""Characters of a changed sentence; around the change a longer one is cut."""
LONGEST_UNREAD, AROUND = 72, 16
"""The same of a sentence with numbers to be looked at, and the characters left on each side of one."""

Kind = Literal["same", "insert", "delete", "number"]
Pieces = list[tuple[Kind, str]]
"""A text in pieces: what stayed, what was put in or left out, a number to be looked at."""


@dataclass(frozen=True)
class FoundView:
    """The findings of one rule: how many, and those there is room for in words."""

    severity: str
    label: str
    rule: str
    number: int
    texts: tuple[str, ...]

    @property
    def text(self) -> str:
        """The first of them."""
        return self.texts[0]

    @property
    def counted(self) -> str:
        """The rule with the number of its findings."""
        return f"{self.rule}（{self.number} 处）" if self.number > 1 else self.rule

    @property
    def more(self) -> str:
        """The number of all findings, where not each is shown."""
        return f"等 {self.number} 处" if self.number > len(self.texts) else ""


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
    note: str = ""
    """What is said besides, in Chinese."""


def found(findings: Sequence[Finding]) -> Iterator[FoundView]:
    """The findings of each rule together, the worst first, each with all its texts."""
    ranks = list(Severity)
    ordered = sorted(findings, key=lambda finding: (ranks.index(finding.severity), finding.rule))
    for (severity, rule), group in groupby(ordered, key=lambda finding: (finding.severity, finding.rule)):
        members = list(group)
        texts = dict.fromkeys(member.text.replace("\n", "") for member in members)
        yield FoundView(severity.value, severity.label, rule, len(members), tuple(texts))


def boxes(keys: Sequence[str], document: Document) -> list[BoxRow]:
    """The figures row by row as in their table; neighbouring rows of one figure are put together."""
    form, rows = document.form, list[BoxRow]()
    for key in keys:
        cell = form.cells[key]
        table = form.tables[cell.table]
        row = table.rows[cell.row].label.removeprefix(f"{table.name}·")
        label, name = (row, table.heads[cell.column]) if cell.column else ("", row)
        if not rows or rows[-1].label != label:
            rows.append(BoxRow(label, []))
        figure = document.figures.get(key)
        rows[-1].figures.append((name, UNFILLED if figure is None else f"{figure} {cell.unit}"))
    return rows


def unread(passages: Sequence[Passage], document: Document) -> Iterator[PlacedText]:
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


def changed(changes: Changes, document: Document, unseen: Changes) -> list[PlacedText]:
    """Figures first, in the order of the form, then the text sentence by sentence; what was ``unseen`` is marked."""
    found = []
    new = {*unseen.figures, *unseen.texts, *unseen.rearranged}

    def marked(text: PlacedText, *, is_unseen: bool) -> PlacedText:
        return replace(text, note=UNSEEN) if is_unseen else text

    if changes.title:
        title = PlacedText("标题", [*pieces(*changes.title)])
        found.append(marked(title, is_unseen=changes.title == unseen.title))
    order = {cell: place for place, cell in enumerate(document.form.cells)}
    for change in sorted(changes.figures, key=lambda change: order.get(change.cell, len(order))):
        found.append(marked(_figure(change, document), is_unseen=change in new))
    for moved in changes.rearranged:
        place = document.form.text_names.get(moved.part, moved.part)
        found.append(marked(PlacedText(place, [("same", moved.text)]), is_unseen=moved in new))
    for text in changes.texts:
        index = text.old_paragraph if text.new_paragraph is None else text.new_paragraph
        shown = _cut([*pieces(text.old, text.new)], 12, LONGEST_SENTENCE)
        placed = PlacedText(_named(document, text.part, index or 0), shown)
        found.append(marked(placed, is_unseen=text in new))
    return found


def heard(opinions: Sequence[Opinion]) -> Iterator[str]:
    """Each in one line, those that wait for an answer first; corrections that were taken in are only counted."""
    taken = [o for o in opinions if not o.is_comment and o.state is State.TAKEN]
    if taken:
        yield f"修改 {len(taken)} 处已采纳"
    listed = (opinion for opinion in opinions if opinion not in taken)
    for opinion in sorted(listed, key=lambda opinion: not opinion.is_open):
        place = f"{opinion.place}：" if opinion.place else ""
        text = _inner(opinion.text.replace("\n", " "), LONGEST_SENTENCE // 2)
        reason = f"（{opinion.reason}）" if opinion.reason else ""
        yield f"{opinion.number}. {opinion.origin}　{place}{text}　{opinion.state}{reason}"


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
