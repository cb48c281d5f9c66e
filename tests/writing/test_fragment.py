"""The fragment for content management systems: what they strip, it does not need."""

from __future__ import annotations

import re

import lxml.html
import nh3
import pytest

from reportgen.form.model import Form
from reportgen.model.document import Document
from reportgen.writing import html

from .documents import HOSTILE, empty, extreme, whole
from .grids import read_figures
from .test_read_back import expected, html_tables

TABLE_ATTRIBUTES = {
    "table": {"border", "cellspacing", "cellpadding", "width", "align"},
    "col": {"width"},
    "tr": {"align"},
    "th": {"colspan", "rowspan", "scope"},
    "td": {"colspan", "rowspan"},
}
STYLES = {
    "border",
    "border-collapse",
    "font-family",
    "font-size",
    "font-weight",
    "line-height",
    "margin",
    "min-width",
    "overflow-x",
    "overflow-wrap",
    "padding",
    "text-align",
    "text-indent",
    "vertical-align",
    "white-space",
    "width",
    "word-break",
}


def strict(text: str) -> str:
    """What a strict system keeps: table attributes and inline styles of text and tables."""
    attributes = {**TABLE_ATTRIBUTES, "*": {"style"}}
    return nh3.clean(text, attributes=attributes, filter_style_properties=STYLES, link_rel=None)


def harsh(text: str) -> str:
    """What a system keeps that allows no styles, and no table attributes but borders and spans."""
    return nh3.clean(
        text, attributes={"table": {"border"}, "th": {"colspan", "rowspan"}, "td": {"colspan", "rowspan"}}
    )


@pytest.fixture(scope="module")
def document(form: Form) -> Document:
    return whole(form, "suqian-city-2024")


@pytest.mark.parametrize("sanitize", [strict, harsh])
def test_all_figures_and_spans_survive_a_sanitizer(document: Document, sanitize: object) -> None:
    assert callable(sanitize)
    cleaned = sanitize(html.fragment(document))
    assert read_figures(html_tables(f"<div>{cleaned}</div>")) == expected("suqian-city-2024")


def test_a_strict_sanitizer_finds_nothing_to_remove(document: Document) -> None:
    def elements(text: str) -> list[tuple[str, dict[str, str], str]]:
        return [
            (
                str(element.tag),
                {**element.attrib, "style": re.sub(r"\s|;$", "", element.get("style", ""))},
                element.text or "",
            )
            for element in lxml.html.fromstring(f"<div>{text}</div>").iter()
        ]

    fragment = html.fragment(document)
    assert elements(strict(fragment)) == elements(fragment)


def test_borders_survive_without_styles(document: Document) -> None:
    tables = lxml.html.fromstring(f"<div>{harsh(html.fragment(document))}</div>").findall(".//table")
    assert [table.get("border") for table in tables] == ["1", "1", "1"]


def test_every_cell_has_its_own_border_where_a_site_resets_tables(document: Document) -> None:
    cells = lxml.html.fromstring(f"<div>{html.fragment(document)}</div>").xpath("//td|//th")
    assert all("border:1px solid" in cell.get("style") for cell in cells)


def test_it_uses_inline_styles_and_table_attributes_only(document: Document) -> None:
    for element in lxml.html.fromstring(f"<div>{html.fragment(document)}</div>").iterdescendants():
        allowed = TABLE_ATTRIBUTES.get(str(element.tag), set()) | {"style"}
        assert set(element.attrib) <= allowed, lxml.html.tostring(element)
        assert element.tag not in ("style", "script", "link", "head", "body", "svg", "h1")


def test_hostile_text_stays_text(form: Form) -> None:
    fragment = html.fragment(extreme(form))
    assert "<script" not in fragment
    text = lxml.html.fromstring(f"<div>{fragment}</div>").text_content()
    assert text.count(HOSTILE) == 4
    assert strict(fragment).count("alert(1)") == fragment.count("alert(1)")


def test_what_is_not_filled_in_cannot_be_published_unseen(form: Form) -> None:
    cells = lxml.html.fromstring(f"<div>{html.fragment(empty(form))}</div>").xpath("//td")
    assert sum(cell.text_content() == "【未填】" for cell in cells) == 200
