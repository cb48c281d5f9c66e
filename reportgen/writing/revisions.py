"""修订对照: a draft with all that changed since an earlier one as tracked changes.

Word and WPS accept or reject them one by one. Accepting all gives the new draft, rejecting all the old one: in a
figure's cell, in the words of a paragraph, and in whole paragraphs, where the paragraph's mark changes too. The
changes have no date: the same two drafts give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import unescape
from itertools import count

from ..model.alignment import Operation, pieces
from ..model.content import Content
from ..model.document import Document, Section
from ..model.opinions import Kind, Opinion
from ..model.paragraphs import GAP, Bound, Paragraph, Run, mark, paragraphs
from ..model.rearrangement import rearranged
from .body import Body, Styles, signature
from .word_tables import Show
from .wordml import allowed, attribute, paragraph, run

AUTHOR = "经办人"
"""Who made the changes: whoever changed the input."""

MARK = "\n"
"""The end of a paragraph, among its words."""
NO_DATE = "1980-01-01T00:00:00Z"
"""Where the schema wants a date, though no program shows it."""
MARKS: dict[Operation, str] = {"insert": "ins", "delete": "del"}

_UNWRITTEN = Paragraph((Run(GAP, bound=Bound("", 0, ())),), 0)
"""What stands where a part is still to be written."""


_TAG = re.compile("<[^>]*>")


@dataclass(frozen=True)
class _Row:
    """Paragraphs that became others: what they were, what they are, and what became of the last one's mark."""

    old: tuple[Paragraph, ...]
    new: tuple[Paragraph, ...]
    end: Operation
    move: int | None = None


class _Reader:
    """Paragraphs read from their beginning, with a mark between two of them."""

    def __init__(self, texts: Sequence[Paragraph]) -> None:
        self.texts = texts
        self.text = MARK.join(text.text for text in texts)
        self.index = self.start = 0

    def taken(self, piece: str) -> tuple[Paragraph, int, int]:
        """The stretch of a paragraph that comes next."""
        start, self.start = self.start, self.start + len(piece)
        return self.texts[self.index], start, self.start

    def next(self, is_there: bool) -> None:
        """Go on to the next paragraph, where there is one on this side."""
        if is_there:
            self.index, self.start = self.index + 1, 0

    def place(self) -> str:
        """The properties of the paragraph that is read: where a line of a signature stands."""
        return signature(self.texts[self.index], first=not self.index) if self.texts else ""

    def style_of(self, body: Body) -> str:
        """The id of the style of the paragraph that is read; empty where there is none."""
        return body.style(self.texts[self.index]) if self.texts else ""


class RevisedBody(Body):
    """The body with the changes from an ``old`` content tracked."""

    def __init__(
        self, document: Document, styles: Styles, old: Content, opinions: Sequence[Opinion] = ()
    ) -> None:
        super().__init__(document, styles)
        self.old = old
        self.corrections = [o for o in opinions if o.kind is Kind.CORRECTION and o.author]
        self.moves = [o for o in opinions if o.kind is Kind.MOVE and o.author]
        self.here: list[Opinion] = []
        """The corrections of reviewers that may have been made where the body is being written."""
        self.ids = count(1)

    def sections(self) -> Iterator[Section]:
        """Also the parts that the old draft had and the new one leaves out."""
        there = {section.part: section for section in self.document.sections}
        for part in self.document.form.parts:
            if part in there or part.text in self.old.texts:
                yield there.get(part, Section(part))

    def title(self) -> str:
        """The title, old and new one whole where they differ."""
        new = super().title()
        if self.old.title == self.document.name:
            return new
        return self.deleted(run(self.old.title)) + self.inserted(new)

    def figure(self, cell: str, show: Show) -> str:
        """The figure, the old one deleted before it where it differs."""
        old, new = self.old.figures.get(cell), self.document.figures.get(cell)
        self.here = [opinion for opinion in self.corrections if opinion.at == cell]
        return show(new) if old == new else self.deleted(show(old)) + self.inserted(show(new))

    def text(self, section: Section) -> Iterator[str]:
        """The paragraphs of a part, changed, put in and taken out."""
        part = section.part
        unwritten = () if part.optional else (_UNWRITTEN,)
        new = section.paragraphs or unwritten
        old = tuple(_read(text) for text in self.old.texts.get(part.text, ())) or unwritten
        rows = list(_rows(self.set_right(part, old), self.set_right(part, new)))
        if part == [*self.sections()][-1].part:
            rows = _with_last_mark_kept(rows)
        moved = [
            {row.move: side[0] for row in rows if row.move and (side := getattr(row, name))}
            for name in ("old", "new")
        ]
        for row in rows:
            self.here = [opinion for opinion in self.corrections if _is_in(opinion, part.text, row)]
            if row.move:
                name = f"{part.text}{row.move}"
                yield self.half(row, moved[0][row.move], moved[1][row.move], name)
            else:
                yield from self.paragraphs(row)

    def paragraphs(self, row: _Row) -> Iterator[str]:
        """Some paragraphs with the changes in their words and of their marks."""
        before, after = _Reader(row.old), _Reader(row.new)
        runs: list[str] = []
        for kind, text in pieces(before.text, after.text):
            for n, piece in enumerate(text.split(MARK)):
                if n:
                    yield self.ended(kind, before, after, runs)
                    runs = []
                    before.next(kind != "insert")
                    after.next(kind != "delete")
                if piece:
                    gone = before.taken(piece) if kind != "insert" else None
                    come = after.taken(piece) if kind != "delete" else None
                    shown = self.cut(*(come or gone or ()))
                    runs.append(self.tracked(kind, shown))
        yield self.ended(row.end, before, after, runs)

    def ended(self, kind: Operation, before: _Reader, after: _Reader, runs: Sequence[str]) -> str:
        """A paragraph with its mark; where the mark stayed, with the style it had."""
        old, new = before.style_of(self), after.style_of(self)
        change = f"<w:rPr><w:{MARKS[kind]} {self.who()}/></w:rPr>" if kind != "same" else ""
        if kind == "same" and old and new and old != new:
            change = f'<w:pPrChange {self.who()}><w:pPr><w:pStyle w:val="{old}"/></w:pPr></w:pPrChange>'
        style = (old or new) if kind == "delete" else (new or old)
        return paragraph(style, "".join(runs), (after.place() or before.place()) + change)

    def half(self, row: _Row, old: Paragraph, new: Paragraph, name: str) -> str:
        """A paragraph that moved, at the place it stood at or the one it stands at; with what changed in it."""
        source = bool(row.old)
        mover = next((o.author for o in reversed(self.moves) if old.text in o.words.split("\n")), AUTHOR)
        tag, left_out = ("moveFrom", "insert") if source else ("moveTo", "delete")
        reader, runs = _Reader([old if source else new]), []
        for kind, text in pieces(old.text, new.text):
            if kind != left_out:
                shown = self.cut(*reader.taken(text))
                is_moved = kind == "same"
                runs.append(
                    f"<w:{tag} {self.who(mover)}>{shown}</w:{tag}>" if is_moved else self.tracked(kind, shown)
                )
        mark = f"<w:rPr><w:{tag} {self.who(mover)}/></w:rPr>"
        place = f'w:id="{next(self.ids)}"'
        author = f'w:author={attribute(allowed(mover))} w:date="{NO_DATE}" w:name={attribute(name)}'
        moved = paragraph(self.style(old if source else new), "".join(runs), mark)
        return f"<w:{tag}RangeStart {place} {author}/>{moved}<w:{tag}RangeEnd {place}/>"

    def tracked(self, kind: Operation, runs: str) -> str:
        """Runs as what became of them."""
        return runs if kind == "same" else self.inserted(runs) if kind == "insert" else self.deleted(runs)

    def cut(self, text: Paragraph, start: int = 0, end: int | None = None) -> str:
        """The runs of a stretch of a paragraph."""
        runs, first = [], 0
        for each in text.runs:
            last = first + len(each.text)
            stretch = each.text[
                max(start - first, 0) : max(min(end if end is not None else last, last) - first, 0)
            ]
            if stretch:
                runs.append(run(stretch, self.run_style(each)))
            first = last
        return "".join(runs)

    def inserted(self, runs: str) -> str:
        """Runs as put in."""
        return f"<w:ins {self.who(self.reviewer('insert', runs))}>{runs}</w:ins>"

    def deleted(self, runs: str) -> str:
        """Runs as taken out: their text has an element of its own."""
        text = runs.replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>")
        return f"<w:del {self.who(self.reviewer('delete', runs))}>{text}</w:del>"

    def who(self, author: str = "") -> str:
        """The attributes of a change."""
        return f'w:id="{next(self.ids)}" w:author={attribute(allowed(author or AUTHOR))}'

    def reviewer(self, kind: Operation, runs: str) -> str:
        """Whose correction it is that some runs were put in or left out here; "" where no reviewer wanted it."""
        text = unescape(_TAG.sub("", runs))
        for opinion in reversed(self.here):
            whole = opinion.said if kind == "insert" else opinion.words
            if (kind, text) in pieces(opinion.words, opinion.said) or (
                whole and whole in text and 2 * len(whole) >= len(text)
            ):
                return opinion.author
        return ""


def _read(text: str) -> Paragraph:
    """A paragraph of the old draft with its numbering and its run-in phrase found again."""
    found = next(paragraphs(mark(text, 0), (), lambda _: 0), None)
    return found if found and found.text == text else Paragraph((Run(text),), 0)


def _rows(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> Iterator[_Row]:
    """The paragraphs side by side; one that was rewritten is taken out and put in."""
    for step in rearranged([each.text for each in old], [each.text for each in new]):
        before, after = tuple(old[i] for i in step.old), tuple(new[j] for j in step.new)
        if len(before) == len(after) == 1 and not any(
            kind == "same" for kind, _ in pieces(before[0].text, after[0].text)
        ):
            yield _Row(before, (), "delete")
            yield _Row((), after, "insert")
        else:
            yield _Row(
                before, after, "same" if before and after else "delete" if before else "insert", step.move
            )


def _is_in(opinion: Opinion, part: str, row: _Row) -> bool:
    """Whether a correction may have been made in these paragraphs."""
    return opinion.at == part and (
        any(opinion.said and opinion.said in new.text for new in row.new)
        or any(opinion.words and opinion.words in old.text for old in row.old)
    )


def _with_last_mark_kept(rows: list[_Row]) -> list[_Row]:
    """The last mark of a document belongs to no change: where its paragraph does, the marks before it change.

    What was taken out and what was put in at the end become one changed paragraph; of several taken out (or put
    in) the mark of each stands one paragraph earlier.
    """
    kept = next((i for i in range(len(rows), 0, -1) if rows[i - 1].end == "same"), 0)
    at_end = {row.move for row in rows[kept:]}
    rows = [replace(row, move=None) if row.move in at_end else row for row in rows]
    head, tail = rows[:kept], rows[kept:]
    gone = [row for row in tail if row.end == "delete"]
    come = [row for row in tail if row.end == "insert"]
    if gone and come:
        return [*head, *gone[:-1], *come[:-1], _Row(gone[-1].old, come[-1].new, "same")]
    if not tail or not head:
        return rows
    moved = [replace(head[-1], end=tail[0].end), *tail[:-1], replace(tail[-1], end="same")]
    return [*head[:-1], *moved]
