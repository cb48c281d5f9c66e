"""Whatever a reader sees on a page is read or told, in whatever it stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reportgen.form.model import Form
from reportgen.reading.html_blocks import Block, blocks
from reportgen.reading.html_roles import Role
from reportgen.reading.html_source import parsed
from reportgen.reading.sources.extract import UNREAD, Grid
from reportgen.writing import html

from ..writing.documents import whole
from .test_web_page import Read, unmarked
from .test_web_page import read as read

ADDED = "另有 500 件没有公开。"


@pytest.fixture
def stripped(form: Form) -> str:
    """The page as a site publishes it that strips the marks, without what the page says besides the report."""
    return re.sub(
        '<p class="(?:about|hint)".*?</p>|<footer.*?</footer>',
        "",
        unmarked(html.render(whole(form))),
        flags=re.DOTALL,
    )


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


@pytest.mark.parametrize(
    "added",
    [
        "<aside>{}</aside>",
        "<header><p>{}</p></header>",
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


@pytest.mark.parametrize("tag", ["nav", "footer", "button"])
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


# ── lines and tables ────────────────────────────────────────────────────────────────────────────────


def shown(page: str) -> list[Block]:
    return blocks(Path("page.html"), parsed(Path("page.html"), f"<html><body>{page}"))


def lines(page: str, role: Role = Role.TEXT) -> list[str | Grid]:
    return [block.content for block in shown(page) if block.role is role]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<p>甲<span>乙<b>丙</b></span>丁</p>", ["甲乙丙丁"]),
        ("<p>甲<span>乙<script>1</script><!-- x -->丙</span>丁</p>", ["甲乙丙丁"]),
        ("<b>甲<i><div>乙</div></i></b>丙", ["甲", "乙", "丙"]),
        ("<p>甲<br>乙<font>丙<br>丁</font></p>", ["甲", "乙丙", "丁"]),
        ("<div>甲<nav>乙</nav>丙</div>", ["甲", "丙"]),
        ("<div>甲<span hidden><p>乙</p></span>丙<button>丁</button>戊</div>", ["甲丙戊"]),
        ("<p>甲</p><p style='text-decoration:line-through'>乙</p><p><s>丙</s>丁</p>", ["甲", "〔划掉：乙〕", "〔划掉：丙〕丁"]),
        ("<table><tr><td>甲</td></tr></table>", ["甲"]),
        ("<table><tr><td>甲<table><tr><td>乙</table><td>丙</table>", ["甲", "乙", "丙"]),
        ("\u3000\u3000甲&nbsp; 乙\ufeff\n丙", ["甲 乙 丙"]),
    ],
)  # fmt: skip
def test_a_line_goes_as_far_as_a_reader_sees_one(page: str, expected: list[str]) -> None:
    assert lines(page) == expected


def test_what_is_no_text_is_told_behind_the_line_it_stands_in() -> None:
    page = shown(
        "<p>甲<button>乙</button><i hidden>丙<b>丁</b></i></p><footer>戊<i hidden>己</i><p>庚<p>辛</footer>"
    )
    assert [(block.content, block.role.value) for block in page] == [
        ("甲", "text"), ("乙", "site"), ("丙丁", "hidden"), ("戊", "site"), ("庚", "site"), ("辛", "site"),
    ]  # fmt: skip


def test_a_cell_that_is_struck_through_stays_a_cell_and_a_hidden_one_is_none() -> None:
    struck = "style='text-decoration: line-through'"
    (table, *hidden) = shown(
        f"<table><tr><td id=a>1<td {struck}>2<td hidden>3<td>4<tfoot><tr><td>9<td>9<td>9</tfoot>"
        f"<tr {struck}><td>5<td colspan=2>6<tr style='display:none'><td>7<td>8</table>"
    )
    assert isinstance(table.content, Grid)
    assert [[spot.text for spot in row] for row in table.content.rows] == [
        ["1", "〔划掉：2〕", "4"], ["〔划掉：5〕", "〔划掉：6〕"], ["9", "9", "9"],
    ]  # fmt: skip
    assert [spot.name for spot in table.content.spots if spot.name] == ["a"]
    assert [(each.content, each.role) for each in hidden] == [(words, Role.HIDDEN) for words in "378"]


def test_marks_go_down_to_what_stands_within_and_pictures_are_counted() -> None:
    (one, two) = shown("<div data-part=a data-x><p>甲</p><p data-part=b><img><svg><text>乙</svg></p></div>")
    assert (one.content, dict(one.marks), one.pictures) == ("甲", {"data-part": "a", "data-x": ""}, 0)
    assert (two.content, dict(two.marks), two.pictures) == ("", {"data-part": "b", "data-x": ""}, 2)
    assert one.home[:-1] == two.home[:-1]
    assert one.home[-1] < two.home[-1]
