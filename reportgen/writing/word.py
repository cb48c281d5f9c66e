"""The report as a Word document, in the styles of the base document ``report.docx``.

The base document holds page, styles, fonts and page numbers (GB/T 9704—2012); a clerk changes them in Word. Here
stands only which paragraph has which style.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..document import Document, Section
from ..paragraphs import GAP, Paragraph
from . import TemplateError
from .package import package_bytes
from .word_tables import TableStyles, table_xml
from .wordml import LINE_BREAK, NAMESPACE, paragraph, run

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

TITLE, BODY, LEAD, UNFILLED, HEADER = "Title", "Body Text", "段内小标题", "未填", "Header"
HEADINGS = {level: f"Heading {level}" for level in (1, 2, 3, 4)}
TABLE, LABEL, HEAD, FIGURE = "年报表格", "表格文字", "表格表头", "表格数字"
STYLES = (TITLE, BODY, *HEADINGS.values(), LEAD, UNFILLED, HEADER, TABLE, LABEL, HEAD, FIGURE)
"""The styles a base document must have, by the names python-docx gives them."""

MM_PER_POINT = 25.4 / 72


def render(document: Document, *, draft: str | None = None) -> bytes:
    """The Word file of a report; ``draft`` is the name of a draft such as 送审稿1, None for the final.

    Raises:
        TemplateError: the base document cannot be read or lacks a style.
    """
    base = _Base.open(document.form.folder / "report.docx")
    base.fill("".join(_body(document, base)))
    if draft:
        base.set_headers(draft)
    properties = base.word.core_properties
    properties.title, properties.author, properties.language = document.name, document.agency["name"], "zh-CN"
    return package_bytes(base.word.part.package)


@dataclass(frozen=True)
class _Base:
    """The base document and the ids of its styles by name."""

    word: WordDocument
    ids: dict[str, str]

    @classmethod
    def open(cls, path: Path) -> _Base:
        import docx
        from docx.opc.exceptions import PackageNotFoundError

        try:
            word = docx.Document(str(path))
        except (PackageNotFoundError, OSError, KeyError, ValueError, SyntaxError) as error:
            raise TemplateError(f"{path} 读不出来（{error}）。请从原来的模板再复制一份。") from None
        ids = {str(style.name): style.style_id for style in word.styles}
        missing = [name for name in STYLES if name not in ids]
        if missing:
            raise TemplateError(
                f"{path} 里缺少样式：{'、'.join(missing)}。请在 Word 里补上，或从原来的模板再复制一份。"
            )
        return cls(word, ids)

    def fill(self, body: str) -> None:
        """Put the paragraphs and tables in place of what the base document shows."""
        from docx.oxml import parse_xml

        old = self.word.element.body
        new = parse_xml(f'<w:body xmlns:w="{NAMESPACE}">{body}</w:body>')
        new.append(old.sectPr)
        self.word.element.replace(old, new)

    def set_headers(self, text: str) -> None:
        """Write the draft's name above every page."""
        for section in self.word.sections:
            for header in (section.header, section.even_page_header):
                header.paragraphs[0].text = text

    def size(self, name: str) -> float:
        """The size of a style's text in mm."""
        style = self.word.styles[name]
        while style.font.size is None and style.base_style is not None:
            style = style.base_style
        return style.font.size.mm if style.font.size else 16 * MM_PER_POINT

    @property
    def text_width(self) -> float:
        """Width of the text area in mm."""
        section = self.word.sections[0]
        width, *margins = (
            length.mm if length else 0.0
            for length in (section.page_width, section.left_margin, section.right_margin)
        )
        return width - sum(margins)

    def table_styles(self) -> TableStyles:
        """The ids of the styles of tables, and the size of their text."""
        table, label, head, figure, unfilled = (self.ids[s] for s in (TABLE, LABEL, HEAD, FIGURE, UNFILLED))
        return TableStyles(table, label, head, figure, unfilled, self.size(FIGURE))


def _body(document: Document, base: _Base) -> Iterator[str]:
    yield paragraph(base.ids[TITLE], _title(document, base))
    tables = base.table_styles()
    for section in document.sections:
        yield from _section(section, document, base, tables)


def _title(document: Document, base: _Base) -> str:
    """The title on one line, or broken after the body's name where it does not fit."""
    length = sum(0.5 if char.isascii() else 1 for char in document.name) * base.size(TITLE)
    pieces = [document.name] if length <= base.text_width else document.title
    return LINE_BREAK.join(run(piece) for piece in pieces)


def _section(section: Section, document: Document, base: _Base, tables: TableStyles) -> Iterator[str]:
    if section.part.heading:
        yield paragraph(base.ids[HEADINGS[1]], run(section.part.heading))
    if section.table:
        yield table_xml(section.table, section.part.name, document.figures, tables)
    elif section.missing:
        yield paragraph(base.ids[BODY], run(GAP, base.ids[UNFILLED]))
    for text in section.paragraphs:
        yield _paragraph(text, base)


def _paragraph(text: Paragraph, base: _Base) -> str:
    style = HEADINGS[text.level] if text.heading else BODY
    runs = (
        run(part.text, base.ids[UNFILLED] if part.gap else base.ids[LEAD] if part.lead else "")
        for part in text.runs
    )
    return paragraph(base.ids[style], "".join(runs))
