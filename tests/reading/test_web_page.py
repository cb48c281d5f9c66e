"""A web page is read back whole: this project's own, and those of other sites with all their habits."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from reportgen.form.model import Form
from reportgen.model.content import Content, content_of
from reportgen.model.document import compose
from reportgen.model.findings import InputError
from reportgen.reading.web_page import WebPage, read_page
from reportgen.writing import html

from ..conftest import PUBLISHED_NAMES, make_report, published
from ..writing.documents import NARRATIVE, empty, extreme, whole

Read = Callable[[str | bytes], WebPage]


@pytest.fixture
def read(form: Form, tmp_path: Path) -> Read:
    def read(page: str | bytes) -> WebPage:
        path = tmp_path / "page.html"
        path.write_bytes(page if isinstance(page, bytes) else page.encode())
        return read_page(path, form)

    return read


@pytest.fixture
def page(form: Form) -> str:
    return html.render(whole(form))


def squeezed(content: Content) -> Content:
    """Without blanks, of which HTML keeps at most one."""
    texts = {key: tuple(re.sub(r"\s+", " ", text) for text in texts) for key, texts in content.texts.items()}
    return Content(re.sub(r"\s+", " ", content.title), content.figures, texts)


@pytest.mark.parametrize("name", PUBLISHED_NAMES)
def test_every_figure_and_word_is_read_back(name: str, form: Form, read: Read) -> None:
    document = compose(make_report(published(name), form, NARRATIVE))
    found = read(html.render(document))
    assert found.content == content_of(document)
    assert len(found.content.figures) == 200
    assert found.unknown == found.remarks == ()
    assert found.missing == frozenset()


def test_a_draft_with_its_banner_and_findings_says_the_same(form: Form, read: Read) -> None:
    assert read(html.render(whole(form), draft="送审稿1")).content == content_of(whole(form))


def test_the_fragment_for_a_web_site_says_the_same_but_has_no_title(form: Form, read: Read) -> None:
    found = read(f"<h1>{whole(form).name}</h1>{html.fragment(whole(form))}")
    assert found.content == content_of(whole(form))


def test_hostile_text_is_read_back_to_the_letter(form: Form, read: Read) -> None:
    document = extreme(form)
    found = squeezed(read(html.render(document)).content)
    assert found.figures == content_of(document).figures
    assert found.texts == squeezed(content_of(document)).texts


def test_nothing_filled_in_is_read_as_nothing_and_not_as_zero(form: Form, read: Read) -> None:
    found = read(html.render(empty(form)))
    assert found.content.figures == found.content.texts == {}
    assert found.missing == frozenset()


# ── pages of other sites (see how published pages differ) ───────────────────────────────────────────


def figures(form: Form) -> dict[str, str]:
    return dict(content_of(whole(form)).figures)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (">0</td>", ">&nbsp;0</td>"),
        (">0</td>", "><p><span>0</span><o:p></o:p></p></td>"),
        (">19</td>", "><span>1</span><span>9</span></td>"),
        (">行政规范性文件<", ">规范性文件<"),
        (">现行有效件数<", ">现行有效件<"),
        (">自然人<", "><p>自</p><p>然</p><p>人</p><"),
        (">规章<", ">规&nbsp;&nbsp;章<"),
        ("1.属于国家秘密", "1、属于国家秘密"),
        ("（", "("),
        ("）", ")"),
        ("“三安全一稳定”", '"三安全一稳定"'),
        ("5.属于三类内部事务信息", "5.属于三类内部<br>事务信息"),
        ("3.其他<", "3 . 其 他<"),
    ],
)  # fmt: skip
def test_habits_of_other_sites_do_not_hide_a_figure(
    old: str, new: str, page: str, form: Form, read: Read
) -> None:
    body = page.index("<body")
    assert old in page[body:]
    found = read(page[:body] + page[body:].replace(old, new))
    assert found.content.figures == figures(form)
    assert found.missing == frozenset()


@pytest.mark.parametrize("empty", ["", "&nbsp;", "/", "<o:p></o:p>", "—", "<p><br></p>"])
def test_an_empty_cell_is_not_filled_in(empty: str, page: str, form: Form, read: Read) -> None:
    found = read(page.replace(">335873</td>", f">{empty}</td>"))
    assert found.content.figures == {
        cell: figure for cell, figure in figures(form).items() if cell != "active_disclosure.licensing"
    }
    assert found.missing == frozenset()


def test_a_table_that_is_split_is_read_as_one(page: str, form: Form, read: Read) -> None:
    start = page.index("无法提供", page.index("<table"))
    row = page.rindex("<tr>", 0, start)
    between = '</tbody></table><p></p><table><tbody><tr><td rowspan="14">三、本年度办理结果</td>'
    found = read(page[:row] + between + page[row + len("<tr>") :])
    assert found.content.figures == figures(form)
    assert found.unknown == ()


def test_a_note_beside_a_figure_is_told_and_the_figure_read(page: str, form: Form, read: Read) -> None:
    found = read(page.replace(">26</td>", ">26（其中修订 16 件）</td>"))
    assert found.content.figures == figures(form)
    assert any("其中修订16件" in remark for remark in found.remarks)


def test_a_reworded_heading_is_still_its_parts(page: str, form: Form, read: Read) -> None:
    found = read(page.replace("五、存在的主要问题及改进情况</h2>", "五、存在问题及改进情况</h2>"))
    assert found.content.texts == content_of(whole(form)).texts
    assert any("存在问题及改进情况" in remark for remark in found.remarks)


def test_what_stands_around_the_report_is_not_its_text(page: str, form: Form, read: Read) -> None:
    around = page.replace("<main>", "<nav><a>首页</a></nav><p>您的位置：首页</p><main>")
    around = around.replace("</main>", "</main><div>主办单位：某市公安局　<a>网站地图</a></div>")
    assert read(around).content == content_of(whole(form))


def test_paragraphs_parted_by_line_breaks_are_paragraphs(form: Form, read: Read) -> None:
    text = "<br>　　".join(
        f"<span>{heading}</span>"
        for heading in ("一、总体情况", "第一段。", "第二段。", "二、主动公开政府信息情况")
    )
    found = read(f"<h1>某市2022年政府信息公开工作年度报告</h1><div>　　{text}</div>")
    assert found.content.texts["overview"] == ("第一段。", "第二段。")


def test_a_page_in_gb18030_is_read(page: str, form: Form, read: Read) -> None:
    chinese = page.replace('charset="utf-8"', 'charset="gb2312"')
    assert read(chinese.encode("gb18030")).content == content_of(whole(form))


@pytest.mark.parametrize("nothing", [b"", b"   "])
def test_an_empty_file_is_told(nothing: bytes, read: Read) -> None:
    with pytest.raises(InputError, match="不是网页"):
        read(nothing)


def test_in_a_picture_nothing_is_found(read: Read, form: Form) -> None:
    found = read(b"\x89PNG\r\n\x1a\n\0\0")
    assert found.missing == {*form.cells, *NARRATIVE}
    assert "没有找到表三。" in found.unknown


def test_a_page_that_is_not_there_is_told(form: Form, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="没有这个文件"):
        read_page(tmp_path / "nothing.html", form)
