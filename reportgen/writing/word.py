"""The report as a Word document, in the styles of the base document ``report.docx``.

The base document holds page, styles, fonts and page numbers (GB/T 9704—2012); a clerk changes them in Word.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..model.content import Content
from ..model.document import Document
from ..model.findings import Finding
from ..model.opinions import Opinion
from ..model.provenance import Origin
from . import TemplateError
from .body import (
    ANY_TABLE,
    AROUND_TABLE,
    BODY,
    FIGURE,
    HEAD,
    LABEL,
    STYLES,
    TABLE,
    TITLE,
    UNFILLED,
    Body,
    Styles,
)
from .check_sheet import Sheet, sheet_view
from .check_sheet_word import SheetBody
from .comments import CommentedBody, Comments
from .package import package_bytes
from .paper import LINE, Paper, too_long
from .properties import add_made_from, add_properties, properties_of
from .revisions import RevisedBody
from .watermark import DRAFT, watermark_xml
from .word_tables import BORDER, TableStyles
from .wordml import NAMESPACE, TWIPS_PER_MM, allowed

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

MM_PER_POINT = 25.4 / 72
LONGEST_PROPERTY = 255
"""Characters of a property; python-docx refuses longer ones."""
SHEET_MARGIN, SHEET_OUTER = 16.0, 8.0
"""Of the check sheet, in mm: it is no official paper, and has to get on one page."""
SHOWN = {"Title": "标题", "Body Text": "正文文本", "Heading": "标题", "Header": "页眉"}
"""What Word and WPS in Chinese call their built-in styles."""
KINDS = {"CHARACTER": "（字符样式）", "TABLE": "（表格样式）"}


def render(
    document: Document,
    *,
    draft: str | None = None,
    findings: Sequence[Finding] = (),
    opinions: Sequence[Opinion] = (),
    origin: Origin | None = None,
) -> bytes:
    """The Word file of a report.

    ``draft`` is the name of a draft such as 送审稿1: then it has a watermark, and ``findings`` and the ``opinions``
    that wait for an answer as comments. None: the final, without any of it. With ``origin`` the file says what it was made from, and is sealed.

    Raises:
        TemplateError: the base document cannot be read or lacks a style.
    """
    base = _Base.open(document.form.file("report.docx"))
    if draft is None:
        base.fill(Body(document, base.styles).xml())
    else:
        comments = Comments.about(document, findings, opinions)
        base.fill(CommentedBody(document, base.styles, comments).xml())
        if comments.notes:
            base.add_comments(comments.xml(base.styles.ids))
        base.set_headers(draft)
    return base.finished(document, origin)


def render_changes(
    document: Document,
    old: Content,
    *,
    header: str,
    opinions: Sequence[Opinion] = (),
    origin: Origin | None = None,
) -> bytes:
    """The draft with what changed since the draft that said ``old`` as tracked changes.

    Those that reviewers wanted, by the ``opinions``, bear their names.

    Raises:
        TemplateError: the base document cannot be read or lacks a style.
    """
    base = _Base.open(document.form.file("report.docx"))
    base.fill(RevisedBody(document, base.styles, old, opinions).xml())
    base.set_headers(header)
    return base.finished(document, origin)


def render_check_sheet(document: Document, sheet: Sheet, origin: Origin | None = None) -> bytes:
    """The check sheet of a report.

    Raises:
        TemplateError: the base document cannot be read or lacks a style.
    """
    base = _Base.open(document.form.file("report.docx"))
    base.set_margins(SHEET_MARGIN, SHEET_OUTER)
    styles = replace(base.styles, paper=_paper(base.word))
    base.fill(SheetBody(document, styles, sheet_view(document, sheet)).xml())
    # It is not the report itself: nothing can be taken back from it into the input file.
    return base.finished(document, replace(origin, draft=None) if origin else None)


@dataclass(frozen=True)
class _Base:
    """The base document, to be filled."""

    word: WordDocument
    styles: Styles

    @classmethod
    def open(cls, path: Path) -> _Base:
        import docx

        if not path.is_file():
            raise TemplateError(f"{path} 读不出来（没有这个文件）。请从原来的模板再复制一份。")
        try:
            word = docx.Document(str(path))
            found = {(str(style.name), style.type.name): style.style_id for style in word.styles}
            paper = _paper(word)
        except OSError as error:
            raise TemplateError(
                f"{path} 读不出来（没有读它的权限，或者别的程序正占着它）。请关闭别的程序，再运行一次。"
            ) from error
        except Exception as error:  # zipfile, lxml and python-docx raise nearly anything on a damaged file
            raise TemplateError(
                f"{path} 读不出来（不是 .docx 文件，或者已经损坏、加了密码）。请从原来的模板再复制一份。"
            ) from error
        missing = [_shown(name, kind) for name, kind in STYLES.items() if (name, kind) not in found]
        if missing:
            raise TemplateError(
                f"{path} 里缺少样式：{'、'.join(missing)}。请在 Word 里补上，或从原来的模板再复制一份。"
            )
        # Of two styles of one name the one of the right kind counts.
        ids = {name: id for (name, kind), id in found.items() if STYLES.get(name, kind) == kind}
        own = {name.removesuffix(FIGURE[-2:]) for name in ids if name.endswith(FIGURE[-2:])}
        tables = {name: _table_styles(word, ids, name) for name in own}
        return cls(word, Styles(ids, tables, paper, _size(word, TITLE)))

    def fill(self, body: str) -> None:
        """Put the paragraphs and tables in place of what the base document shows; its comments go too."""
        from docx.oxml import parse_xml

        relations = self.word.part.rels
        for key in [key for key, rel in relations.items() if "/comments" in rel.reltype]:
            del relations[key]

        old = self.word.element.body
        new = parse_xml(f'<w:body xmlns:w="{NAMESPACE}">{body}</w:body>')
        new.append(old.sectPr)
        self.word.element.replace(old, new)

    def set_margins(self, margin: float, outer: float) -> None:
        """Leave ``margin`` mm at all sides, ``outer`` of them beyond header and page number."""
        from docx.shared import Mm

        for section in self.word.sections:
            section.left_margin = section.right_margin = Mm(margin)
            section.top_margin = section.bottom_margin = Mm(margin)
            section.header_distance = section.footer_distance = Mm(outer)

    def set_headers(self, text: str) -> None:
        """Write the draft's name above every page, and its watermark behind the text."""
        from docx.oxml import parse_xml

        number = 0
        for section in self.word.sections:
            headers = [section.header, section.even_page_header]
            if section.different_first_page_header_footer:
                headers.append(section.first_page_header)
            for header in headers:
                number += 1
                header.paragraphs[0].text = text
                header.paragraphs[0]._p.append(parse_xml(watermark_xml(DRAFT, number)))

    def add_comments(self, xml: str) -> None:
        """Add the part with the comments."""
        from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        uri = PackURI("/word/comments.xml")
        part = Part(uri, CONTENT_TYPE.WML_COMMENTS, xml.encode(), self.word.part.package)
        self.word.part.relate_to(part, RELATIONSHIP_TYPE.COMMENTS)

    def finished(self, document: Document, origin: Origin | None) -> bytes:
        """The file, with the properties that tell what it is."""
        core = self.word.core_properties
        core.title, core.author, core.language = (
            allowed(text)[:LONGEST_PROPERTY] for text in (document.name, document.agency["name"], "zh-CN")
        )
        package = self.word.part.package
        if origin is None:
            return package_bytes(package)
        content = document.content
        add_properties(package)
        if origin.draft is not None:
            add_made_from(package, content, origin)
        return package_bytes(package, properties_of(content, origin))


def _shown(name: str, kind: str) -> str:
    """A style in the words the clerk sees."""
    base, _, level = name.partition(" ")
    shown = SHOWN.get(name) or (f"{SHOWN[base]} {level}" if base in SHOWN else name)
    return shown + KINDS.get(kind, "")


def _table_styles(word: WordDocument, ids: Mapping[str, str], name: str) -> TableStyles:
    """The styles of one table: its own, where the base document has them."""
    label, head, figure = (
        own if (own := style.replace(ANY_TABLE, name)) in ids else style for style in (LABEL, HEAD, FIGURE)
    )
    beside, above = (_margins(word, *sides) + BORDER for sides in (("left", "right"), ("top", "bottom")))
    return TableStyles(
        ids[TABLE], ids[label], ids[head], ids[figure], ids[UNFILLED], _size(word, figure), beside, above
    )


def _margins(word: WordDocument, *sides: str) -> float:
    """The margins of a table's cells on some sides, together, in mm."""
    margins = word.styles[TABLE].element.find(".//{*}tblCellMar")
    found = [] if margins is None else [margins.find(f"{{*}}{side}") for side in sides]
    return sum(int(side.get(f"{{{NAMESPACE}}}w", 0)) for side in found if side is not None) / TWIPS_PER_MM


def _size(word: WordDocument, name: str) -> float:
    """The size of a style's text in mm."""
    style = word.styles[name]
    while style.font.size is None and style.base_style is not None:
        style = style.base_style
    return style.font.size.mm if style.font.size else 16 * MM_PER_POINT


def _paper(word: WordDocument) -> Paper:
    """The text area and the text of the body."""
    section = word.sections[0]
    width, left, right, height, top, bottom = (
        length.mm if length else 0.0
        for length in (
            section.page_width,
            section.left_margin,
            section.right_margin,
            section.page_height,
            section.top_margin,
            section.bottom_margin,
        )
    )
    size = _size(word, BODY) + _between(word)
    return Paper(width - left - right, height - top - bottom, _pitch(word) or LINE * size, size)


def _between(word: WordDocument) -> float:
    """The space between the characters of the body's text in mm; less than 0 where they are set closer."""
    style = word.styles[BODY]
    while (spacing := style.element.find("{*}rPr/{*}spacing")) is None and style.base_style is not None:
        style = style.base_style
    return 0.0 if spacing is None else int(spacing.get(f"{{{NAMESPACE}}}val", 0)) / TWIPS_PER_MM


def _pitch(word: WordDocument) -> float:
    """From line to line of the body's text in mm; 0 where it follows from the characters."""
    style = word.styles[BODY]
    while style.paragraph_format.line_spacing is None and style.base_style is not None:
        style = style.base_style
    spacing = style.paragraph_format.line_spacing
    return float(getattr(spacing, "mm", 0.0))


def too_long_tables(document: Document) -> list[str]:
    """The names of the tables that the base document's styles make longer than a page.

    Raises:
        TemplateError: the base document cannot be read or lacks a style.
    """
    styles = _Base.open(document.form.file("report.docx")).styles
    heading = styles.paper.pitch + AROUND_TABLE
    tables = document.form.tables.values()
    return [
        table.name for table in tables if too_long(table, styles.paper, styles.of_table(table.name), heading)
    ]
