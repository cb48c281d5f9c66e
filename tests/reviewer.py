"""Somebody who corrects a Word draft: figures, words, tracked changes, comments, rows and headings.

Works on the XML with lxml and with python-docx, never with this project's reader. Cells are found by their place in
the official form.
"""

from __future__ import annotations

import copy
import io
from collections.abc import Sequence
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml import etree

from reportgen.form.model import Form, Table


class Reviewer:
    """A draft open in Word."""

    def __init__(self, data: bytes, form: Form) -> None:
        self.word = docx.Document(io.BytesIO(data))
        self.form = form

    @property
    def body(self) -> Any:
        return self.word.element.body

    def saved(self) -> bytes:
        out = io.BytesIO()
        self.word.save(out)
        return out.getvalue()

    # ── tables ──────────────────────────────────────────────────────────────────────────────────────

    def table(self, key: str) -> Any:
        return self.body.findall(qn("w:tbl"))[list(self.form.tables).index(key)]

    def row(self, key: str) -> Any:
        """The printed row of a cell."""
        table, place = self._place(key)
        return self.table(table.key).findall(qn("w:tr"))[place[0]]

    def cell(self, key: str) -> Any:
        _, (_, column) = self._place(key)
        at = 0
        for cell in self.row(key).findall(qn("w:tc")):
            span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
            if at == column:
                return cell
            at += int(span.get(qn("w:val"))) if span is not None else 1
        raise AssertionError(f"no cell {key}")

    def write(self, key: str, figure: str) -> None:
        """Type another figure into a cell."""
        first, *others = self.cell(key).iter(qn("w:t"))
        first.text = figure
        for other in others:
            other.text = ""

    def delete_row(self, key: str, *, tracked: bool = False) -> None:
        row = self.row(key)
        if not tracked:
            row.getparent().remove(row)
            return
        row.get_or_add_trPr().append(_revision("w:del"))

    def _place(self, key: str) -> tuple[Table, tuple[int, int]]:
        table = self.form.tables[key.partition(".")[0]]
        places = {c.key: (c.row, c.column) for row in table.grid for c in row if c.kind == "figure"}
        return table, places[key]

    # ── text ────────────────────────────────────────────────────────────────────────────────────────

    def paragraph(self, containing: str) -> Any:
        return next(p for p in self.body.iterchildren(qn("w:p")) if containing in _text(p))

    def replace(self, old: str, new: str) -> None:
        """Type ``new`` over ``old``, which may reach over several runs."""
        for run in self._runs(self.paragraph(old), old):
            run.find(qn("w:t")).text = new
            new = ""

    def track(self, old: str, new: str, insert_only: bool = False) -> None:
        """The same with tracked changes; ``old`` stays where only something is inserted after it."""
        runs = self._runs(self.paragraph(old), old)
        last = runs[-1]
        if new:
            inserted = _revision("w:ins")
            added = copy.deepcopy(last)
            added.find(qn("w:t")).text = new
            inserted.append(added)
            last.addnext(inserted)
        for run in [] if insert_only else runs:
            deleted = _revision("w:del")
            run.addprevious(deleted)
            deleted.append(run)
            for text in run.findall(qn("w:t")):
                text.tag = qn("w:delText")

    def mark(self, on: str, new: str = "", look: str = "w:strike") -> None:
        """Give words, or what a cell by its key holds, another look by hand, and type ``new`` behind them."""
        if on in self.form.cells:
            runs = self.cell(on).find(qn("w:p")).findall(qn("w:r"))
        else:
            runs = list(self._runs(self.paragraph(on), on))
        if new:
            added = copy.deepcopy(runs[-1])
            added.find(qn("w:t")).text = new
            runs[-1].addnext(added)
        for run in runs:
            run.get_or_add_rPr().append(OxmlElement(look))

    def track_paragraph(self, after: str, text: str) -> None:
        """A new paragraph, its mark tracked too."""
        paragraph = self.paragraph(after)
        new = copy.deepcopy(paragraph)
        for child in list(new)[1:]:
            new.remove(child)
        run = OxmlElement("w:r")
        content = OxmlElement("w:t")
        content.text = text
        run.append(content)
        inserted = _revision("w:ins")
        inserted.append(run)
        new.append(inserted)
        _mark(new, "w:ins")
        paragraph.addnext(new)

    def untrack_paragraph(self, containing: str) -> None:
        """A paragraph deleted with its mark, tracked."""
        paragraph = self.paragraph(containing)
        self.track(_text(paragraph), "")
        _mark(paragraph, "w:del")

    def delete_mark(self, containing: str) -> None:
        """The end of a paragraph deleted, tracked: it goes on in the next one."""
        _mark(self.paragraph(containing), "w:del")

    def delete_paragraph(self, containing: str) -> None:
        paragraph = self.paragraph(containing)
        paragraph.getparent().remove(paragraph)

    def insert_paragraph(self, after: str, text: str) -> None:
        paragraph = self.paragraph(after)
        new = copy.deepcopy(paragraph)
        first, *others = new.iter(qn("w:t"))
        first.text = text
        for other in others:
            other.text = ""
        paragraph.addnext(new)

    # ── comments ────────────────────────────────────────────────────────────────────────────────────

    def comment(self, on: str, text: str, author: str = "张局长") -> None:
        """Comment on words of the text, or on a cell by its key."""
        if on in self.form.cells:
            paragraph = self.cell(on).find(qn("w:p"))
            runs = paragraph.findall(qn("w:r"))
        else:
            paragraph = self.paragraph(on)
            runs = self._runs(paragraph, on)
        wrapped = docx.text.paragraph.Paragraph(paragraph, self.word._body).runs
        chosen = [run for run in wrapped if run._r in runs]
        self.word.add_comment(chosen, text=text, author=author, initials="")

    def _runs(self, paragraph: Any, text: str) -> Sequence[Any]:
        """The runs that hold just ``text``; runs at its ends are cut in two."""
        start = _text(paragraph).index(text)
        end = start + len(text)
        for edge in (start, end):
            at = 0
            for run in paragraph.findall(qn("w:r")):
                content = run.find(qn("w:t"))
                length = len(content.text or "") if content is not None else 0
                if at < edge < at + length:
                    rest = copy.deepcopy(run)
                    rest.find(qn("w:t")).text = content.text[edge - at :]
                    content.text = content.text[: edge - at]
                    for part in (run, rest):
                        part.find(qn("w:t")).set(qn("xml:space"), "preserve")
                    run.addnext(rest)
                at += length
        found, at = [], 0
        for run in paragraph.findall(qn("w:r")):
            content = run.find(qn("w:t"))
            length = len(content.text or "") if content is not None else 0
            if length and start <= at < end:
                found.append(run)
            at += length
        return found


def _text(paragraph: etree._Element) -> str:
    return "".join(t.text or "" for run in paragraph.findall(qn("w:r")) for t in run.findall(qn("w:t")))


def _revision(tag: str) -> Any:
    element = OxmlElement(tag)
    element.set(qn("w:id"), "9000")
    element.set(qn("w:author"), "张局长")
    element.set(qn("w:date"), "2023-01-10T09:00:00Z")
    return element


def _mark(paragraph: Any, tag: str) -> None:
    """Track the paragraph's mark."""
    properties = OxmlElement("w:rPr")
    properties.append(_revision(tag))
    paragraph.get_or_add_pPr().append(properties)
