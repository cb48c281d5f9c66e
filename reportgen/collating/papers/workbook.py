"""汇总核对.xlsx: an area's figures body by body, its sums as formulas over them, and what is to be told beside them.

Whoever checks the sums sees how they come about: a sum is the formula over the figures in its row, a figure of the
overview is a reference to its cell. Text is written as text, whatever it begins with.
"""

from __future__ import annotations

import datetime
import io
import zipfile

from xlsxwriter import Workbook

from ...model.package import PROPERTIES
from ...model.provenance import SEAL, seal_of_parts
from ...writing.package import stored
from ...writing.properties import custom_xml
from ...writing.wordml import allowed
from ..area import Area
from . import naming
from .keeping import Made, properties
from .workbook_figures import SHEET, FigureSheet
from .workbook_lists import write_alike, write_findings, write_overview, write_published, write_sources
from .workbook_style import OVERVIEW, styles_of

PAPER = "汇总核对"
SOURCES, FINDINGS, ALIKE, PUBLISHED = "合计和来源", "问题", "雷同", "与公布的比较"
"""Names of the sheets beside those of the bodies and of their figures."""


def workbook(area: Area) -> Made:
    """The workbook; the same area gives the same bytes."""
    made = io.BytesIO()
    book = Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    # No author, no clock: the same area gives the same bytes.
    book.set_properties(
        {"created": datetime.datetime(1980, 1, 1), "title": allowed(naming.title(area, PAPER))}
    )
    book.set_custom_property("reportgen", "")  # makes room for the part that is written below
    book.set_calc_mode("auto")
    styles = styles_of(book)
    overview = book.add_worksheet(OVERVIEW)
    figures = FigureSheet(book.add_worksheet(SHEET), styles, area)
    figures.write(naming.title(area, PAPER))
    write_overview(overview, styles, area, figures)
    write_sources(book.add_worksheet(SOURCES), styles, area, figures)
    write_findings(book.add_worksheet(FINDINGS), styles, area)
    if area.alike:
        write_alike(book.add_worksheet(ALIKE), styles, area)
    if area.published is not None:
        write_published(book.add_worksheet(PUBLISHED), styles, area, figures)
    book.close()
    with zipfile.ZipFile(made) as archive:
        parts = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    content = seal_of_parts(parts)
    parts[PROPERTIES] = custom_xml({**properties(content), SEAL: content})
    return Made(stored(parts), content)
