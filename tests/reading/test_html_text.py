"""Whatever a reader sees on a page is read or told, in whatever it stands; and no page takes long."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from reportgen.form.model import Form
from reportgen.reading.html_source import DEEPEST, LARGEST_PAGE, MOST_ATTRIBUTES, MOST_CELLS, MOST_TAGS
from reportgen.reading.html_text import MOST_LINES
from reportgen.reading.web_page import UNREAD
from reportgen.writing import html

from ..hostile import child
from ..writing.documents import whole
from .test_input_file import TEXT
from .test_web_page import Read, unmarked
from .test_web_page import read as read

ADDED = "另有 500 件没有公开。"


@pytest.fixture
def stripped(form: Form) -> str:
    return unmarked(html.render(whole(form)))


def inside(page: str, added: str) -> str:
    """The page with something among the paragraphs of its last part but one."""
    at = page.index("</p>", page.index("五、存在的主要问题")) + 4
    return page[:at] + added + page[at:]


@pytest.mark.parametrize("tag", ["form", "aside", "header", "footer", "figure", "button"])
def test_a_page_that_stands_in_whatever_element_is_read(
    tag: str, stripped: str, form: Form, read: Read
) -> None:
    wrapped = stripped.replace("<main>", f"<{tag}><main>").replace("</main>", f"</main></{tag}>")
    found = read(wrapped)
    assert found.content == whole(form).content
    assert found.missing == frozenset()


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


@pytest.mark.parametrize(
    "added",
    [
        "<aside>{}</aside>",
        "<header><p>{}</p></header>",
        "<footer>{}</footer>",
        "<form><p>{}</p></form>",
        "<figure><figcaption>{}</figcaption></figure>",
        '<p class="hint">{}</p>',
        '<p class="about">{}</p>',
        '<div class="downloads">{}</div>',
        '<p class="draft">{}</p>',
        '<section class="findings"><p>{}</p></section>',
    ],
)
def test_what_is_shown_within_the_report_is_its_text(added: str, stripped: str, read: Read) -> None:
    found = read(inside(stripped, added.format(ADDED)))
    assert ADDED in found.content.texts["problems"]


@pytest.mark.parametrize("tag", ["nav", "button"])
def test_a_list_of_links_or_a_button_within_the_report_is_told(
    tag: str, stripped: str, form: Form, read: Read
) -> None:
    found = read(inside(stripped, f"<{tag}>打印本页</{tag}>"))
    assert found.content == whole(form).content
    assert found.beside == ("“打印本页”",)


@pytest.mark.parametrize(
    "added",
    [
        '<img src="a.png" alt="">',
        "<svg><text>500</text></svg>",
        '<iframe src="a.html"></iframe>',
        '<object data="a.pdf"></object>',
        '<input value="500">',
        "<textarea>500</textarea>",
        "<select><option>500</option></select>",
        '<p>一<img src="a.png">二</p>',
    ],
)
def test_what_cannot_be_read_is_told(added: str, stripped: str, form: Form, read: Read) -> None:
    told = UNREAD.format(1)
    assert told in read(inside(stripped, added)).beside
    assert told in read(inside(html.render(whole(form)), added)).unknown
    assert told in read(inside(html.fragment(whole(form)), added)).unknown


@pytest.mark.parametrize(
    "sign", ["\x01", "\x1b", "\x7f", "\x9f", "\ufffe", "\U0010ffff", "&#27;", "&#xd800;", "\x0c", "\0"]
)
@pytest.mark.parametrize(
    "before", ['<img src="a.png">', "<script>1</script>", "<!-- -->", '<p class="hint">x</p>']
)
def test_a_sign_that_no_element_can_hold_is_no_fault(
    sign: str, before: str, stripped: str, read: Read
) -> None:
    found = read(inside(stripped, f"<p>{before}{sign}{ADDED}</p>{before}{sign}"))
    assert any(line.endswith(ADDED) for line in found.content.texts["problems"])


def test_a_picture_in_a_table_is_told(stripped: str, form: Form, read: Read) -> None:
    found = read(stripped.replace(">335873<", '>335873<img src="a.png"><'))
    assert found.content == whole(form).content
    assert found.beside == (UNREAD.format(1),)


def test_a_hidden_field_is_nothing_to_be_told(stripped: str, read: Read) -> None:
    assert read(inside(stripped, '<input type="hidden" value="x">')).beside == ()


def test_a_caption_that_says_more_than_the_name_of_its_table_is_told(form: Form, read: Read) -> None:
    page = html.render(whole(form))
    assert "<caption>" in page
    at = page.index("</caption>")
    found = read(f"{page[:at]}{ADDED}{page[at:]}")
    assert any(ADDED in line for line in found.unknown)


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
