"""A paper of the office as a Word document, in the styles of the base document of the reports."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...form.model import Form
from ...writing.base_document import BaseDocument
from ...writing.body import BODY, FIGURE, HEAD, HEADINGS, LABEL, TITLE
from ...writing.plain_table import plain_table
from ...writing.wordml import LINE_BREAK, paragraph, run
from .keeping import Made, fingerprint, properties

BASE = "report.docx"
SIZE = 21
"""Of the text of tables and lists, in half points."""
_SINGLE = 'w:line="240" w:lineRule="auto"'
_TITLE = f'<w:snapToGrid w:val="0"/><w:spacing w:after="60" {_SINGLE}/>'
_HEADING = f'<w:keepNext/><w:snapToGrid w:val="0"/><w:spacing w:before="160" w:after="60" {_SINGLE}/><w:ind w:firstLineChars="0" w:firstLine="0"/>'
_CELL = '<w:snapToGrid w:val="0"/><w:spacing w:before="20" w:after="20" w:line="264" w:lineRule="auto"/>'
_AFTER = f'<w:spacing w:after="60" {_SINGLE}/>'


class Pages:
    """A paper that is being written: paragraph after paragraph; lengths in mm."""

    def __init__(self, form: Form, margin: float, outer: float, size: int = SIZE) -> None:
        """Open the base document of ``form``.

        Raises:
            TemplateError: it cannot be used.
        """
        self._base = BaseDocument.open(form.file(BASE))
        self._base.set_margins(margin, outer)
        self.width = self._base.paper().width
        self._ids = self._base.styles.ids
        self._table = self._base.styles.of_table("").table
        self._size = _size(size)
        self._blocks: list[str] = []

    def title(self, text: str, *, size: int = 36) -> None:
        """The title, its size in half points."""
        self._blocks.append(paragraph(self._ids[TITLE], run(text, properties=_size(size)), _TITLE))

    def heading(self, text: str) -> None:
        self._blocks.append(paragraph(self._ids[HEADINGS[1]], run(text, properties=_size(28)), _HEADING))

    def text(self, text: str, properties: str = "") -> None:
        """A paragraph as reports have them."""
        self._blocks.append(paragraph(self._ids[BODY], run(text), properties))

    def line(self, text: str, properties: str = "") -> None:
        """A line of a list."""
        self._blocks.append(self._line(text, properties or _AFTER))

    def table(
        self,
        widths: Sequence[float],
        heads: Sequence[str],
        rows: Iterable[Sequence[str]],
        *,
        centred: Sequence[int] = (),
        heights: Sequence[float] = (),
    ) -> None:
        """A table under its heads, which every page repeats; none where ``heads`` is empty.

        The columns numbered in ``centred`` are set in the middle; a line break in a cell begins a new line.
        """
        written = [[self._cell(text, HEAD) for text in heads]] if heads else []
        written += [
            [self._cell(text, FIGURE if at in centred else LABEL) for at, text in enumerate(row)]
            for row in rows
        ]
        head_rows = 1 if heads else 0
        self._blocks.append(
            plain_table(self._table, widths, written, head_rows=head_rows, heights=heights, margin=57)
        )

    def gap(self) -> None:
        """A line left free."""
        self._blocks.append(self._line(""))

    def _line(self, text: str, properties: str = "", style: str = LABEL) -> str:
        runs = LINE_BREAK.join(run(each, properties=self._size) for each in text.split("\n"))
        return paragraph(self._ids[style], runs, properties)

    def _cell(self, text: str, style: str) -> str:
        return self._line(text, _CELL, style)

    def made(self, title: str, author: str) -> Made:
        """The file, sealed."""
        body = "".join(self._blocks)
        content = fingerprint(f"{title}\n{body}")
        self._base.fill(body)
        return Made(self._base.named(title, author, properties(content)), content)


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'
