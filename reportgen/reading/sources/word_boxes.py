"""Text boxes and tables within tables of a Word file, set out in the body as the paragraphs and tables they hold.

Only what a file says counts here, not how it is set: a table that holds another one, or is a single cell, sets out a
page, as on the web.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..word_elements import name

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_BOXES = 2000
"""Of one file; a report has a handful."""


def set_out(body: _Element) -> None:
    """Move what boxes and layout tables hold into the body, where they stand."""
    for element in list(body.iter("{*}AlternateContent")):
        _one_of(element)
    for box in list(body.iter("{*}txbxContent"))[:MOST_BOXES]:
        if (paragraph := next(box.iterancestors("{*}p"), None)) is not None:
            for child in list(box):
                paragraph.addprevious(child)
            _drop(box)
    for table in list(body.iter("{*}tbl"))[:MOST_BOXES]:
        if table.getparent() is not None and _is_layout(table):
            for cell in [each for each in table.iter("{*}tc") if next(each.iterancestors("{*}tbl")) is table]:
                for child in list(cell):
                    if name(child) in ("p", "tbl", "sdt"):
                        table.addprevious(child)
            _remove(table)


def _one_of(element: _Element) -> None:
    """Keep the first of two ways to say the same that holds a text box."""
    ways = [each for each in element if name(each) in ("Choice", "Fallback")]
    kept = next((each for each in ways if each.find(".//{*}txbxContent") is not None), None)
    for each in ways if kept is not None else ():
        if each is not kept:
            _remove(each)


def _drop(box: _Element) -> None:
    """Take a box out whose text was moved, with the drawing around it, if nothing else stands in that."""
    run = next((each for each in box.iterancestors("{*}r")), None)
    _remove(box)
    if (
        run is not None
        and run.getparent() is not None
        and not any(True for _ in run.iter("{*}txbxContent", "{*}t", "{*}blip"))
    ):
        _remove(run)


def _remove(element: _Element) -> None:
    if (parent := element.getparent()) is not None:
        parent.remove(element)


def _is_layout(table: _Element) -> bool:
    if table.find(".//{*}tbl") is not None:
        return True
    cells = table.iter("{*}tc")
    return next(cells, None) is not None and next(cells, None) is None
