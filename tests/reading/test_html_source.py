"""A page is read in whatever encoding it is, and no page takes long, however it was grown."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from reportgen.form.model import Form
from reportgen.reading.html_blocks import MOST_LINES
from reportgen.reading.html_source import DEEPEST, LARGEST_PAGE, MOST_ATTRIBUTES, MOST_CELLS, MOST_TAGS

from ..hostile import child
from ..writing.documents import whole
from .test_html_blocks import inside
from .test_html_blocks import stripped as stripped
from .test_input_file import TEXT
from .test_web_page import Read
from .test_web_page import read as read


@pytest.mark.parametrize("declared", ["utf-8", "gbk", "UTF-16", "undefined"])
def test_a_page_with_an_xml_declaration_is_read(declared: str, stripped: str, form: Form, read: Read) -> None:
    found = read(f'<?xml version="1.0" encoding="{declared}"?>\n{stripped}')
    assert found.content == whole(form).content


@pytest.mark.parametrize(
    "name", ["undefined", "idna", "punycode", "rot13", "hex", "utf-7", "x" * 3000, "cp037"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_page_that_names_no_encoding_of_pages_is_read_as_it_is(
    name: str, encoding: str, stripped: str, form: Form, read: Read
) -> None:
    page = stripped.replace('charset="utf-8"', f'charset="{name}"')
    assert read(page.encode(encoding)).content == whole(form).content


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_page_that_begins_with_a_mark_of_its_encoding_is_read(
    encoding: str, stripped: str, form: Form, read: Read
) -> None:
    assert read(stripped.encode(encoding)).content == whole(form).content


HUGE = {
    "size": (f"网页超过 {LARGEST_PAGE // 1024 // 1024} MB", "<p>" + "甲" * (LARGEST_PAGE // 3)),
    "tags": (f"标签超过 {MOST_TAGS} 个", "<b>x</b>" * MOST_TAGS),
    "attributes": (f"一个标签有 {MOST_ATTRIBUTES} 个以上的属性", "<p " + " ".join(f"a{i}" for i in range(90_000)) + ">x"),
    "attributes after a quote": (
        f"一个标签有 {MOST_ATTRIBUTES} 个以上的属性",
        "<p a='>' \" " + "/".join(f"a{i}" for i in range(90_000)) + ">x",
    ),
    "depth": (f"标签套了 {DEEPEST} 层以上", "<div>" * 1000 + "x"),
    "cells": (f"表格超过 {MOST_CELLS} 格", "<table>" + "<tr><td>予以公开<td>9" * MOST_CELLS),
    "lines": (f"文字超过 {MOST_LINES} 行", "<p>一、总体情况</p>" * (MOST_LINES + 1)),
}  # fmt: skip


@pytest.mark.skipif(sys.platform != "linux", reason="limits of a child process are set as Linux has them")
@pytest.mark.parametrize("name", HUGE)
def test_a_page_beyond_every_measure_is_refused_soon(name: str, tmp_path: Path) -> None:
    told, page = HUGE[name]
    outcome = verified(page, tmp_path)
    assert (outcome.wrong, outcome.status) == ("", 2)
    assert told in outcome.err


@pytest.mark.skipif(sys.platform != "linux", reason="limits of a child process are set as Linux has them")
@pytest.mark.parametrize(
    "grown",
    [
        "<script>" + "<a b " * 300_000,
        "<!-- <p " * 300_000,
        "<h2>五、存在问题及改进</h2>" * 4900,
        "<table><tr><td>予以公开<td>x</table>" * 2400,
        "<span>甲</span>" * 45_000,
        "甲" * 2_000_000,
        "<p a='" * 90_000,
        "<nav>" * 200 + "<span>甲</span>" * 30_000,
        "<s><b hidden>" * 100 + "<span>甲</span>" * 30_000,
        "<b>" * 200 + "<span>甲</span>" * 30_000 + "<p>甲",
        "<div class='hint'>" * 200 + "<span>甲</span>" * 30_000,
        "<button>甲</button>" * 30_000,
    ],
)
def test_a_page_within_the_measure_is_read_soon(grown: str, stripped: str, tmp_path: Path) -> None:
    outcome = verified(inside(stripped, grown), tmp_path)
    assert outcome.wrong == ""
    assert "完全一致" not in outcome.out


def verified(page: str, folder: Path) -> child.Outcome:
    """What comes of holding a page against the example."""
    desk = folder / "f"
    desk.mkdir()
    (desk / "page.html").write_text(page, encoding="utf-8")
    (desk / "in.toml").write_text(TEXT, encoding="utf-8")
    child.warm()
    return child.run(("verify", "page.html", "in.toml"), desk)
