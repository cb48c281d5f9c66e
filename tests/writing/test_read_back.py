"""The published figures are the input's figures: read back by readers that know only the official form."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from typing import Any

import lxml.html
import pytest

from reportgen.form.model import Form
from reportgen.model.document import compose
from reportgen.writing import html

from ..conftest import PUBLISHED_NAMES, make_report, published
from .grids import APPLICANTS, ROWS, Table, read_figures
from .tools import program


def expected(name: str) -> dict[str, list[str]]:
    """The rows of a published report as text."""
    data = published(name)
    return {
        f"{table}.{row}": [str(figure) for figure in (figures if isinstance(figures, list) else [figures])]
        for table in ("active_disclosure", "requests", "review_litigation")
        for row, figures in data[table].items()
    }


def html_tables(text: str) -> Iterator[Table]:
    for table in lxml.html.fromstring(text).iter("table"):
        yield Table(
            [
                (cell.text_content(), int(cell.get("colspan", "1")), int(cell.get("rowspan", "1")))
                for cell in row.iterchildren("td", "th")
            ]
            for row in table.iter("tr")
        )


def pandoc_tables(text: str | bytes, source: str) -> Iterator[Table]:
    """The tables of a document as pandoc reads them (https://hackage.haskell.org/package/pandoc-types)."""
    run = subprocess.run(
        [program("pandoc"), "--from", source, "--to", "json"],
        input=text.encode() if isinstance(text, str) else text,
        capture_output=True,
        check=True,
    )
    for table in _elements(json.loads(run.stdout)["blocks"], "Table"):
        _, _, _, head, bodies, foot = table["c"]
        rows = [*head[1], *(row for body in bodies for row in (*body[2], *body[3])), *foot[1]]
        yield Table(
            [(_text(blocks), columns, spanned) for _, _, spanned, columns, blocks in cells]
            for _, cells in rows
        )


def _elements(node: Any, kind: str) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict) and node.get("t") == kind:
        yield node
    elif isinstance(node, (dict, list)):
        for child in node.values() if isinstance(node, dict) else node:
            yield from _elements(child, kind)


def _text(node: Any) -> str:
    return "".join(string["c"] for string in _elements(node, "Str"))


@pytest.mark.parametrize("name", PUBLISHED_NAMES)
def test_every_figure_of_the_page_is_the_inputs(name: str, form: Form) -> None:
    page = html.render(compose(make_report(published(name), form)))
    assert read_figures(html_tables(page)) == expected(name)


@pytest.mark.parametrize("name", PUBLISHED_NAMES)
def test_every_figure_of_the_fragment_is_the_inputs(name: str, form: Form) -> None:
    fragment = html.fragment(compose(make_report(published(name), form)))
    assert read_figures(html_tables(f"<div>{fragment}</div>")) == expected(name)


@pytest.mark.parametrize("name", PUBLISHED_NAMES)
def test_pandoc_reads_the_same_figures_from_the_page(name: str, form: Form) -> None:
    page = html.render(compose(make_report(published(name), form)))
    tables = list(pandoc_tables(page, "html"))
    # pandoc 2 cuts a row header's span to the row headers of other rows, so its columns are not the page's:
    # table three is read by what follows each label.
    requests = {f"requests.{key}": tables[1].following(label, len(APPLICANTS)) for label, key in ROWS.items()}
    assert {**read_figures(tables), **requests} == expected(name)
