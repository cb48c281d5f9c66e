"""The base document ``report.docx``, opened and filled: page, styles, fonts and page numbers (GB/T 9704—2012).

A clerk changes them in Word, and may have it from elsewhere: what is taken of it is decided in :mod:`.base_parts`.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import ReportgenError
from ..form.templates import AGAIN, read_template
from ..model.document import Document
from ..model.opinions import DRAFT
from ..model.package import PackageError
from ..model.provenance import Origin
from . import TemplateError
from .base_parts import LARGEST_FILE, base_package
from .body import ANY_TABLE, BODY, FIGURE, HEAD, LABEL, STYLES, TABLE, TITLE, UNFILLED, Styles
from .package import package_bytes
from .paper import LINE, Paper
from .properties import add_made_from, add_properties, properties_of
from .watermark import watermark_xml
from .word_tables import BORDER, TableStyles
from .wordml import NAMESPACE, TWIPS_PER_MM, allowed

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

MM_PER_POINT = 25.4 / 72
LONGEST_PROPERTY = 255
"""Characters of a property; python-docx refuses longer ones."""
LEAST_AREA, WIDEST_PAGE = 60.0, 600.0
"""In mm: less does not hold a table, and Word knows no wider pages."""
SMALLEST, LARGEST = 1.0, 40.0
"""Of characters and lines, in mm."""
WIDEST_MARGIN = 5.0
"""Of a cell, both sides together, in mm: a column of figures is 10 wide."""
SHOWN = {"Title": "标题", "Body Text": "正文文本", "Heading": "标题", "Header": "页眉"}
"""What Word and WPS in Chinese call their built-in styles."""
KINDS = {"CHARACTER": "（字符样式）", "TABLE": "（表格样式）"}


@dataclass(frozen=True)
class BaseDocument:
    """The base document, to be filled."""

    word: WordDocument
    styles: Styles

    @classmethod
    def open(cls, path: Path) -> BaseDocument:
        """Open the base document at ``path``.

        Raises:
            TemplateError: it cannot be read, lacks a style, or nothing can be printed in its measures.
            FormError: it is too large, or no file.
        """
        import docx

        if not path.is_file():
            raise TemplateError(f"{path} 读不出来（没有这个文件）。{AGAIN}")
        try:
            word = docx.Document(io.BytesIO(base_package(read_template(path, LARGEST_FILE))))
            found = {(str(style.name), style.type.name): style.style_id for style in word.styles}
            missing = [_shown(name, kind) for name, kind in STYLES.items() if (name, kind) not in found]
            if missing:
                raise TemplateError(
                    f"{path} 里缺少样式：{'、'.join(missing)}。请在 Word 里补上，或从原来的模板再复制一份。"
                )
            # Of two styles of one name the one of the right kind counts.
            ids = {name: id for (name, kind), id in found.items() if STYLES.get(name, kind) == kind}
            own = {name.removesuffix(FIGURE[-2:]) for name in ids if name.endswith(FIGURE[-2:])}
            tables = {name: _table_styles(word, ids, name) for name in own}
            styles = Styles(ids, tables, _paper(word), _size(word, TITLE))
            _check_measures(path, styles)
        except OSError as error:
            raise TemplateError(
                f"{path} 读不出来（没有读它的权限，或者别的程序正占着它）。请关闭别的程序，再运行一次。"
            ) from error
        except PackageError as error:
            raise TemplateError(f"{path} 读不出来：{error.message}{AGAIN}") from error
        except ReportgenError:
            raise
        except Exception as error:  # lxml and python-docx raise nearly anything on a damaged file
            raise TemplateError(
                f"{path} 读不出来（不是 .docx 文件，或者已经损坏、加了密码）。{AGAIN}"
            ) from error
        return cls(word, styles)

    def paper(self) -> Paper:
        """The text area and the text of the body as they are now."""
        return _paper(self.word)

    def fill(self, body: str) -> None:
        """Put the paragraphs and tables on the pages."""
        from docx.oxml import parse_xml

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
                paragraph = header.paragraphs[0] if header.paragraphs else header.add_paragraph()
                paragraph.text = text
                paragraph._p.append(parse_xml(watermark_xml(DRAFT, number)))

    def add_comments(self, xml: str) -> None:
        """Add the part with the comments."""
        from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        uri = PackURI("/word/comments.xml")
        part = Part(uri, CONTENT_TYPE.WML_COMMENTS, xml.encode(), self.word.part.package)
        self.word.part.relate_to(part, RELATIONSHIP_TYPE.COMMENTS)

    def finished(self, document: Document, origin: Origin | None) -> bytes:
        """The file of a report, with the properties that tell what it is."""
        if origin is None:
            return self.named(document.name, document.agency["name"])
        content = document.content
        if origin.draft is not None:
            add_made_from(self.word.part.package, content, origin)
        return self.named(document.name, document.agency["name"], properties_of(content, origin))

    def named(self, title: str, author: str, properties: Mapping[str, str] | None = None) -> bytes:
        """The file of any paper; with ``properties`` that tell what it is, it is sealed."""
        core = self.word.core_properties
        core.title, core.author, core.language = (
            allowed(text)[:LONGEST_PROPERTY] for text in (title, author, "zh-CN")
        )
        package = self.word.part.package
        if properties:
            add_properties(package)
        return package_bytes(package, properties)


def _check_measures(path: Path, styles: Styles) -> None:
    """Refuse measures in which nothing can be printed."""
    paper = styles.paper
    if not all(LEAST_AREA <= side <= WIDEST_PAGE for side in (paper.width, paper.height)):
        raise TemplateError(
            f"{path} 里的版心是 {paper.width:.0f}×{paper.height:.0f} 毫米，放不下一张表。请在 Word 里核对纸张和页边距。"
        )
    sizes = [paper.size, paper.pitch, styles.title_size, *(table.size for table in styles.tables.values())]
    if not all(SMALLEST <= size <= LARGEST for size in sizes):
        raise TemplateError(
            f"{path} 里有的样式字号或行距太大、太小，印不出来。请在 Word 里核对各种样式的字号和行距。"
        )
    margins = [side for table in styles.tables.values() for side in (table.padding, table.margin)]
    if not all(0 <= margin <= WIDEST_MARGIN for margin in margins):
        raise TemplateError(f"{path} 里表格的单元格边距太宽。请在 Word 里核对表格样式“{TABLE}”。")


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
    size = _inherited(word, name, lambda style: style.font.size)
    return 16 * MM_PER_POINT if size is None else size.mm


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
    spacing = _inherited(word, BODY, lambda style: style.element.find("{*}rPr/{*}spacing"))
    return 0.0 if spacing is None else int(spacing.get(f"{{{NAMESPACE}}}val", 0)) / TWIPS_PER_MM


def _pitch(word: WordDocument) -> float:
    """From line to line of the body's text in mm; 0 where it follows from the characters."""
    spacing = _inherited(word, BODY, lambda style: style.paragraph_format.line_spacing)
    return float(getattr(spacing, "mm", 0.0))


def _inherited(word: WordDocument, name: str, of: Callable[[Any], Any]) -> Any:
    """What a style says, or the nearest of those it is based on that does; None where none does."""
    style = word.styles[name]
    while (found := of(style)) is None and style.base_style is not None:
        style = style.base_style
    return found
