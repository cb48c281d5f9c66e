"""修订对照: a draft with all that changed since an earlier one as tracked changes.

Word and WPS accept or reject them one by one. Accepting all gives the new draft, rejecting all the old one: in a
figure's cell, in the words of a paragraph, and in whole paragraphs, where the paragraph's mark changes too. The
changes have no date: the same two drafts give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Literal

from ..model.content import Content
from ..model.differences import aligned, pieces
from ..model.document import Document, Section
from ..model.paragraphs import GAP, Bound, Paragraph, Run, mark, paragraphs
from .body import Body, Styles
from .word_tables import Show
from .wordml import paragraph, run

AUTHOR = "经办人"
"""Who made the changes: whoever changed the input."""

_UNWRITTEN = Paragraph((Run(GAP, bound=Bound("", 0, ())),), 0)
"""What stands where a part is still to be written."""


@dataclass(frozen=True)
class _Row:
    """A paragraph: what it was, what it is, and whether its mark was put in or taken out."""

    old: Paragraph | None
    new: tuple[int, Paragraph] | None
    """With its place in its part."""
    mark: Literal["ins", "del"] | None


class RevisedBody(Body):
    """The body with the changes from an ``old`` content tracked."""

    def __init__(self, document: Document, styles: Styles, old: Content) -> None:
        super().__init__(document, styles)
        self.old = old
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
        return show(new) if old == new else self.deleted(show(old)) + self.inserted(show(new))

    def text(self, section: Section) -> Iterator[str]:
        """The paragraphs of a part, changed, put in and taken out."""
        part = section.part
        unwritten = () if part.optional else (_UNWRITTEN,)
        new = section.paragraphs or unwritten
        old = tuple(_read(text) for text in self.old.texts.get(part.text, ())) or unwritten
        is_last = part == self.document.form.parts[-1]
        for row in _rows(old, new, is_last=is_last):
            yield self.row(part.text, row)

    def row(self, part: str, row: _Row) -> str:
        """One paragraph with its changes."""
        mark = f"<w:rPr><w:{row.mark} {self.who()}/></w:rPr>" if row.mark else ""
        if row.new is None:
            assert row.old is not None
            return paragraph(self.style(row.old), self.deleted(self.cut(row.old)), mark)
        index, new = row.new
        if row.old is None:
            return paragraph(self.style(new), self.inserted(self.runs(part, index, new)), mark)
        style, before = self.style(new), self.style(row.old)
        if style != before:
            mark += f'<w:pPrChange {self.who()}><w:pPr><w:pStyle w:val="{before}"/></w:pPr></w:pPrChange>'
        runs = self.runs(part, index, new) if row.old.text == new.text else self.changed(row.old, new)
        return paragraph(style, runs, mark)

    def changed(self, old: Paragraph, new: Paragraph) -> str:
        """The runs of a paragraph, word by word."""
        runs, before, after = [], 0, 0
        for kind, text in pieces(old.text, new.text):
            length = len(text)
            if kind == "delete":
                runs.append(self.deleted(self.cut(old, before, before + length)))
            else:
                shown = self.cut(new, after, after + length)
                runs.append(shown if kind == "same" else self.inserted(shown))
            before += length if kind != "insert" else 0
            after += length if kind != "delete" else 0
        return "".join(runs)

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
        return f"<w:ins {self.who()}>{runs}</w:ins>"

    def deleted(self, runs: str) -> str:
        """Runs as taken out: their text has an element of its own."""
        text = runs.replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>")
        return f"<w:del {self.who()}>{text}</w:del>"

    def who(self) -> str:
        """The attributes of a change."""
        return f'w:id="{next(self.ids)}" w:author="{AUTHOR}"'


def _read(text: str) -> Paragraph:
    """A paragraph of the old draft with its numbering and its run-in phrase found again."""
    found = next(paragraphs(mark(text, 0), (), lambda _: 0), None)
    return found if found and found.text == text else Paragraph((Run(text),), 0)


def _rows(old: Sequence[Paragraph], new: Sequence[Paragraph], *, is_last: bool) -> list[_Row]:
    """The paragraphs side by side, with the marks that changed."""
    texts = [each.text for each in old], [each.text for each in new]
    rows = []
    for i, j in aligned(*texts):
        mark: Literal["ins", "del"] | None = "ins" if i is None else "del" if j is None else None
        rows.append(_Row(None if i is None else old[i], None if j is None else (j, new[j]), mark))
    return _with_last_mark_kept(rows) if is_last else rows


def _with_last_mark_kept(rows: list[_Row]) -> list[_Row]:
    """The last mark of a document belongs to no change: where its paragraph does, the marks before it change.

    What was taken out and what was put in at the end become one changed paragraph; of several taken out (or put
    in) the mark of each stands one paragraph earlier.
    """
    kept = next((i for i in range(len(rows), 0, -1) if rows[i - 1].mark is None), 0)
    head, tail = rows[:kept], rows[kept:]
    gone = [row for row in tail if row.mark == "del"]
    come = [row for row in tail if row.mark == "ins"]
    if gone and come:
        return [*head, *gone[:-1], *come[:-1], _Row(gone[-1].old, come[-1].new, None)]
    if not tail or not head:
        return rows
    mark = tail[0].mark
    moved = [_Row(head[-1].old, head[-1].new, mark), *tail[:-1], _Row(tail[-1].old, tail[-1].new, None)]
    return [*head[:-1], *moved]
