"""The report as a Word document, in the styles of the base document ``report.docx`` (see :mod:`.base_document`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..model.content import Content
from ..model.document import Document
from ..model.findings import Finding
from ..model.opinions import Opinion
from ..model.provenance import Origin
from .base_document import BaseDocument
from .body import AROUND_TABLE, Body
from .check_sheet import Sheet, sheet_view
from .check_sheet_word import SheetBody
from .comments import CommentedBody, Comments
from .paper import too_long
from .revisions import RevisedBody

SHEET_MARGIN, SHEET_OUTER = 16.0, 8.0
"""Of the check sheet, in mm: it is no official paper, and has to get on one page."""


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
    base = BaseDocument.open(document.form.file("report.docx"))
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
    base = BaseDocument.open(document.form.file("report.docx"))
    base.fill(RevisedBody(document, base.styles, old, opinions).xml())
    base.set_headers(header)
    return base.finished(document, origin)


def render_check_sheet(document: Document, sheet: Sheet, origin: Origin | None = None) -> bytes:
    """The check sheet of a report.

    Raises:
        TemplateError: the base document cannot be read or lacks a style.
    """
    base = BaseDocument.open(document.form.file("report.docx"))
    base.set_margins(SHEET_MARGIN, SHEET_OUTER)
    styles = replace(base.styles, paper=base.paper())
    base.fill(SheetBody(document, styles, sheet_view(document, sheet)).xml())
    # It is not the report itself: nothing can be taken back from it into the input file.
    return base.finished(document, replace(origin, draft=None) if origin else None)


def too_long_tables(document: Document) -> list[str]:
    """The names of the tables that the base document's styles make longer than a page.

    Raises:
        TemplateError: the base document cannot be read or lacks a style.
    """
    styles = BaseDocument.open(document.form.file("report.docx")).styles
    heading = styles.paper.pitch + AROUND_TABLE
    tables = document.form.tables.values()
    return [
        table.name for table in tables if too_long(table, styles.paper, styles.of_table(table.name), heading)
    ]
