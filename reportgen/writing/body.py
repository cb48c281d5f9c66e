"""The body of the Word document: its title, headings, paragraphs and tables, each in its style.

Page, fonts and sizes are the base document's. Comments and tracked changes are bodies that show more at some of
these places.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..form.model import Part
from ..model.chinese import after_places
from ..model.document import Document, Section
from ..model.paragraphs import GAP, Paragraph, Run
from ..model.signature import signed
from .paper import Paper, RowHeight, row_heights
from .word_tables import Show, TableStyles, table_xml
from .wordml import LINE_BREAK, paragraph, run, twips

SIGNATURE = "落款"
"""A base document may lack it; the body's style is taken then."""
BESIDE_NUMERALS = 0.25
"""What Word and LibreOffice leave between a Chinese character and a numeral, in characters."""
TITLE, BODY, LEAD, UNFILLED, HEADER = "Title", "Body Text", "段内小标题", "未填", "Header"
HEADINGS = {level: f"Heading {level}" for level in (1, 2, 3, 4)}
TABLE, LABEL, HEAD, FIGURE = "年报表格", "表格文字", "表格表头", "表格数字"
ANY_TABLE = "表格"
"""A style of one table alone is named for it: 表二文字. A base document may lack those."""
AROUND_TABLE = 2.0
"""Space in mm between a table and the headings above and below it."""
STYLES = {
    **dict.fromkeys((TITLE, BODY, *HEADINGS.values(), HEADER, LABEL, HEAD, FIGURE), "PARAGRAPH"),
    **dict.fromkeys((LEAD, UNFILLED), "CHARACTER"),
    TABLE: "TABLE",
}
"""The styles a base document must have, by the names python-docx gives them, and their kinds."""


@dataclass(frozen=True)
class Styles:
    """What the body has to know of the base document; lengths in mm."""

    ids: Mapping[str, str]
    """The ids of the styles by name."""
    tables: Mapping[str, TableStyles]
    """By the names of the tables; :data:`ANY_TABLE` for those without styles of their own."""
    paper: Paper
    title_size: float
    """The size of the title's characters."""

    def of_table(self, name: str) -> TableStyles:
        """The styles of a table: its own, or those of any."""
        return self.tables.get(name) or self.tables[ANY_TABLE]


class Body:
    """A document printed as WordprocessingML."""

    def __init__(self, document: Document, styles: Styles) -> None:
        self.document = document
        self.styles = styles

    def xml(self) -> str:
        """All paragraphs and tables."""
        return "".join(self.blocks())

    def blocks(self) -> Iterator[str]:
        """The title, then part after part."""
        yield paragraph(self.styles.ids[TITLE], self.title())
        heights = self.row_heights()
        after_table = False
        for section in self.sections():
            if section.part.heading:
                around = _spacing(before=after_table, after=section.table is not None)
                yield paragraph(self.styles.ids[HEADINGS[1]], run(section.part.heading), around)
            after_table = section.table is not None
            if section.table:
                styles, rows = self.styles.of_table(section.table.name), heights[section.table.key]
                figures = self.document.figures
                yield table_xml(
                    section.table, section.part.name, figures, styles, self.figure, rows.least, rows.margin
                )
            else:
                yield from self.text(section)

    def row_heights(self) -> Mapping[str, RowHeight]:
        """The height of the rows of each table: closer where that keeps it whole under the text before it."""
        paper = self.styles.paper
        lines = (
            1 if self.fits(self.document.name) else sum(len(self.lines(each)) for each in self.document.title)
        )
        styles = {key: self.styles.of_table(table.name) for key, table in self.document.form.tables.items()}
        above = (lines + 1) * paper.pitch
        return row_heights(self.document.sections, paper, styles, above, AROUND_TABLE)

    def sections(self) -> Iterable[Section]:
        """The parts that are printed."""
        return self.document.sections

    def title(self) -> str:
        """The runs of the title: on one line, or broken after the body's name where it does not fit.

        A name too long for a line of its own is broken after a place, into lines as even as can be (GB/T 9704—2012,
        7.3.1: the lines of a title keep words whole and are symmetrical).
        """
        whole = self.document.name
        lines = (
            [whole]
            if self.fits(whole)
            else [line for piece in self.document.title for line in self.lines(piece)]
        )
        return LINE_BREAK.join(run(line) for line in lines)

    def lines(self, piece: str) -> tuple[str, ...]:
        """A piece of the title on one line, or on two; left to Word where no good break makes both fit."""
        if self.fits(piece):
            return (piece,)
        words = after_places(piece)
        breaks = [("".join(words[:i]), "".join(words[i:])) for i in range(1, len(words))]
        fitting = [lines for lines in breaks if all(map(self.fits, lines))]
        return min(fitting, key=lambda lines: max(map(len, lines)), default=(piece,))

    def fits(self, line: str) -> bool:
        """Whether a line of the title is no wider than the text."""
        length = sum(0.5 if char.isascii() else 1 for char in line) * self.styles.title_size
        return length <= self.styles.paper.width

    def figure(self, cell: str, show: Show) -> str:
        """The runs of one figure; ``show`` prints a figure, or None as not filled in, at its place."""
        return show(self.document.figures.get(cell))

    def text(self, section: Section) -> Iterator[str]:
        """The paragraphs of a part that is text."""
        if section.missing:
            yield self.gap()
        *_, before, last = self.document.sections
        is_before_signature = last.part.signature and section is before
        paragraphs = self.set_right(section.part, section.paragraphs)
        for index, text in enumerate(paragraphs):
            properties = signature(text, first=not index)
            if is_before_signature and text is paragraphs[-1]:
                properties = "<w:keepNext/>"  # a signature does not stand on a page without text
            yield paragraph(self.style(text), self.runs(section.part.text, index, text), properties)

    def set_right(self, part: Part, paragraphs: Sequence[Paragraph]) -> Sequence[Paragraph]:
        """The lines of a signature with their places on paper; those of any other part as they are."""
        return signed(paragraphs, BESIDE_NUMERALS) if part.signature else paragraphs

    def gap(self) -> str:
        """What stands where a part is still to be written."""
        return paragraph(self.styles.ids[BODY], run(GAP, self.styles.ids[UNFILLED]))

    def style(self, text: Paragraph) -> str:
        """The id of a paragraph's style."""
        if text.right is not None and SIGNATURE in self.styles.ids:
            return self.styles.ids[SIGNATURE]
        return self.styles.ids[HEADINGS[text.level] if text.heading else BODY]

    def runs(self, part: str, index: int, text: Paragraph) -> str:
        """The runs of the paragraph ``index`` of a part."""
        return "".join(run(each.text, self.run_style(each)) for each in text.runs)

    def run_style(self, text: Run) -> str:
        """The id of a run's style; empty for the paragraph's own."""
        name = UNFILLED if text.gap else LEAD if text.lead else None
        return self.styles.ids[name] if name else ""


def signature(text: Paragraph, *, first: bool) -> str:
    """The properties of a line of the signature: set right, the first one line below the text; else none."""
    if text.right is None:
        return ""
    together, apart = (
        ("<w:keepNext/>", '<w:spacing w:beforeLines="100" w:before="579"/>') if first else ("", "")
    )
    size = round(text.right * 100)
    indents = (
        f'w:firstLineChars="0" w:firstLine="0" w:rightChars="{size}" w:right="{round(text.right * 320)}"'
    )
    return f'{together}{apart}<w:ind {indents}/><w:jc w:val="right"/>'


def _spacing(*, before: bool, after: bool) -> str:
    """The space of a heading beside a table, as a property of its paragraph."""
    space = twips(AROUND_TABLE)
    sides = "".join(
        f' w:{side}="{space}"' for side, is_there in (("before", before), ("after", after)) if is_there
    )
    return f"<w:spacing{sides}/>" if sides else ""
