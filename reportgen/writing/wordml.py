"""Pieces of WordprocessingML as text: runs, paragraphs and lengths.

Written as text and parsed once, a whole report takes a few milliseconds; built element by element it takes
ten times as long.
"""

from __future__ import annotations

import re
from html import escape

TWIPS_PER_MM = 1440 / 25.4
NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

_FORBIDDEN = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
"""What XML 1.0 does not allow (section 2.2). The reader refuses such text; here it cannot break the file."""


def twips(mm: float) -> int:
    """Millimetres as twips, 1/20 of a point."""
    return round(mm * TWIPS_PER_MM)


def allowed(text: str) -> str:
    """Text without what XML does not allow."""
    return text if text.isprintable() else re.sub(_FORBIDDEN, "\ufffd", text)


def text_xml(text: str) -> str:
    """Text as XML character data."""
    return escape(allowed(text).replace("\t", " "), quote=False)


def attribute(text: str) -> str:
    """Text as the value of an XML attribute, with its quotation marks."""
    return f'"{escape(text)}"'


def run(text: str, style: str = "", properties: str = "") -> str:
    """A run in a character style, the paragraph's own where none is given.

    The hint keeps “ ” … —, which Latin and Chinese fonts both have, in the Chinese font.
    """
    named = f'<w:rStyle w:val="{style}"/>' if style else ""
    return (
        f'<w:r><w:rPr>{named}<w:rFonts w:hint="eastAsia"/>{properties}</w:rPr>'
        f'<w:t xml:space="preserve">{text_xml(text)}</w:t></w:r>'
    )


LINE_BREAK = "<w:r><w:br/></w:r>"


def paragraph(style: str, runs: str, properties: str = "") -> str:
    """A paragraph in a paragraph style."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{runs}</w:p>'
