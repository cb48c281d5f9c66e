"""A web page is read back whole: this project's own, and those of other sites with all their habits."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from reportgen.form.form_file import load_form
from reportgen.form.model import Form
from reportgen.model.content import Content
from reportgen.model.document import compose
from reportgen.model.findings import Finding, InputError, Severity
from reportgen.reading.printed import cut
from reportgen.reading.published import Published
from reportgen.reading.web_page import WebPage, read_page
from reportgen.writing import html

from ..conftest import PUBLISHED_NAMES, make_report, published
from ..writing.documents import NARRATIVE, empty, extreme, whole

Read = Callable[[str | bytes], WebPage | Published]


@pytest.fixture
def read(form: Form, tmp_path: Path) -> Read:
    def read(page: str | bytes) -> WebPage | Published:
        path = tmp_path / "page.html"
        path.write_bytes(page if isinstance(page, bytes) else page.encode())
        return read_page(path, form)

    return read


def unmarked(page: str) -> str:
    """The page as a site publishes it that strips the marks, and as it was before there were any."""
    page = re.sub(r' data-[a-z]+(="[^"]*")?', "", page)
    return page.replace(
        '<div class="frame"', '<p class="hint">表格较宽，请左右滑动查看</p><div class="frame"'
    )


@pytest.fixture(params=["marked", "unmarked"])
def page(request: pytest.FixtureRequest, form: Form) -> str:
    page = html.render(whole(form))
    return page if request.param == "marked" else unmarked(page)


def squeezed(content: Content) -> Content:
    """Without blanks, of which HTML keeps at most one."""
    texts = {key: tuple(re.sub(r"\s+", " ", text) for text in texts) for key, texts in content.texts.items()}
    return Content(re.sub(r"\s+", " ", content.title), content.figures, texts)


@pytest.mark.parametrize("name", PUBLISHED_NAMES)
def test_every_figure_and_word_is_read_back(name: str, form: Form, read: Read) -> None:
    document = compose(make_report(published(name), form, NARRATIVE))
    found = read(html.render(document))
    assert found.content == document.content
    assert len(found.content.figures) == 200
    assert found.unknown == found.remarks == ()
    assert found.missing == frozenset()


@pytest.mark.parametrize("published_as", [str, unmarked])
def test_a_draft_with_its_banner_and_findings_says_the_same(
    published_as: Callable[[str], str], form: Form, read: Read
) -> None:
    finding = Finding("X01", Severity.ERROR, "合计不符。", "请核对。", cells=("requests.granted.natural",))
    found = read(published_as(html.render(whole(form), draft="送审稿1", findings=[finding])))
    assert found.content == whole(form).content
    assert found.unknown == ()
    told = " ".join(found.beside)
    assert ("检查发现 1 处问题" in told) == ("来源：" in told) == (published_as is unmarked)


def test_the_fragment_for_a_web_site_says_the_same_but_has_no_title(form: Form, read: Read) -> None:
    found = read(f"<h1>{whole(form).name}</h1>{html.fragment(whole(form))}")
    assert found.content == whole(form).content


def test_all_that_stands_in_a_fragment_is_the_report(form: Form, read: Read) -> None:
    document = whole(form)
    found = read(html.fragment(document))
    assert isinstance(found, WebPage)
    assert found.is_fragment
    assert found.content == replace(document.content, title="")
    assert found.missing == frozenset()
    assert found.unknown == found.remarks == ()
    added = read(f"<p>加一句话。</p>{html.fragment(document)}")
    assert added.content.texts["preface"][0] == "加一句话。"


def test_hostile_text_is_read_back_to_the_letter(form: Form, read: Read) -> None:
    document = extreme(form)
    found = squeezed(read(html.render(document)).content)
    assert found.figures == document.content.figures
    assert found.texts == squeezed(document.content).texts


def test_nothing_filled_in_is_read_as_nothing_and_not_as_zero(form: Form, read: Read) -> None:
    found = read(html.render(empty(form)))
    assert found.content.figures == found.content.texts == {}
    assert found.missing == frozenset()


# ── the marks of a page of this project ─────────────────────────────────────────────────────────────

OWN = "<section><h2>一、总体情况</h2><p>欢迎扫码关注。</p></section>"
PARTS = (
    "preface",
    "overview",
    "active_disclosure",
    "requests",
    "review_litigation",
    "problems",
    "other_matters",
)


@pytest.fixture
def marked(form: Form) -> str:
    return html.render(whole(form))


@pytest.mark.parametrize(
    ("before", "told"),
    [
        ("<main>", False),
        ("<article", False),
        ("<h1", True),
        ('<p class="about"', True),
        ('<div data-part="preface"', True),
        ('<div data-part="requests"', True),
        ('<div data-part="other_matters"', True),
        ("<footer", True),
        ("</article>", True),
        ("</main>", False),
    ],
)
def test_what_a_template_says_besides_is_no_text_of_the_report_but_told(
    before: str, told: bool, marked: str, form: Form, read: Read
) -> None:
    at = marked.index(before, marked.index("<body"))
    found = read(marked[:at] + OWN + marked[at:])
    assert found.content == whole(form).content
    assert found.unknown == found.remarks == ()
    assert found.missing == frozenset()
    assert found.beside == (("“一、总体情况”", "“欢迎扫码关注。”") if told else ())


def test_what_is_marked_as_besides_is_not_told(marked: str, read: Read) -> None:
    assert read(marked.replace("<footer", f"<div data-aside>{OWN}</div><footer")).beside == ()


def test_a_table_among_the_parts_is_told(marked: str, read: Read) -> None:
    pasted = "<table><tr><td>补充</td><td>5</td></tr></table>"
    assert read(marked.replace('<div data-part="problems"', pasted + '<div data-part="problems"')).beside == (
        "“补充 5”",
    )


@pytest.mark.parametrize(
    "added",
    [
        "<p>{}</p>",
        "<aside>{}</aside>",
        "<header>{}</header>",
        "<p data-aside>{}</p>",
        '<p class="about">{}</p>',
        "<figure><figcaption>{}</figcaption></figure>",
        "{}",
    ],
)
def test_whatever_is_added_within_a_part_is_its_text(added: str, marked: str, read: Read) -> None:
    end = marked.index("</div>", marked.index('data-part="problems"'))
    found = read(marked[:end] + added.format("新增一段。") + marked[end:])
    assert found.content.texts["problems"][-1] == "新增一段。"


@pytest.mark.parametrize("hides", ["hidden", 'style="display: none"', 'style="visibility:hidden"'])
def test_a_paragraph_that_the_page_hides_is_no_text_of_the_report_but_told(
    hides: str, marked: str, form: Form, read: Read
) -> None:
    """Whoever holds the page against the input must learn that nobody sees it."""
    start = marked.index("<p ", marked.index('data-part="problems"'))
    words = whole(form).content.texts["problems"][0]
    found = read(f"{marked[:start]}<p {hides} {marked[start + 3 :]}")
    assert isinstance(found, WebPage)
    assert found.content.texts["problems"] == whole(form).content.texts["problems"][1:]
    assert found.beside == (f"{cut(words)}（网页设为不显示）",)
    fragment = html.fragment(whole(form))
    at = fragment.index("<p ", fragment.index("<h2", fragment.index("五、存在") - 400) + 4)
    assert any(
        "网页设为不显示" in line
        for line in read(f"{fragment[:at]}<p {hides}>多一段。</p>{fragment[at:]}").beside
    )


def test_text_before_a_heading_hides_neither(marked: str, read: Read) -> None:
    found = read(marked.replace("<h2>五、", "<p>新增一段。</p><h2>五、"))
    assert found.content.texts["problems"][:2] == ("新增一段。", "五、存在的主要问题及改进情况")


@pytest.mark.parametrize("key", PARTS[1:])
def test_a_heading_that_is_gone_is_told(key: str, marked: str, form: Form, read: Read) -> None:
    start = marked.index("<h2>", marked.index(f'data-part="{key}"'))
    found = read(marked[:start] + marked[marked.index("</h2>", start) :])
    assert found.content == whole(form).content
    assert len(found.unknown) == 1
    assert "没有找到标题" in found.unknown[0]


def test_a_table_within_a_text_is_told(marked: str, form: Form, read: Read) -> None:
    table = marked[marked.index("<table>") : marked.index("</table>")]
    end = marked.index("</div>", marked.index('data-part="problems"'))
    found = read(f"{marked[:end]}{table.replace('>335873<', '>5<')}</table>{marked[end:]}")
    assert found.content == whole(form).content
    assert found.unknown == ("多了一张表，第一格是：“第二十条第（一）项”",)


def test_a_line_beside_a_table_is_told(marked: str, read: Read) -> None:
    found = read(marked.replace("<table>", "<p>单位：件</p><table>", 1))
    assert found.unknown == ("“二、主动公开政府信息情况”下面多了文字：“单位：件”",)


@pytest.mark.parametrize("mark", ["data-report", "data-title", *(f'data-part="{key}"' for key in PARTS[1:])])
def test_where_a_mark_is_stripped_the_report_is_found_by_its_headings(
    mark: str, marked: str, form: Form, read: Read
) -> None:
    found = read(marked.replace(f" {mark}", ""))
    assert isinstance(found, Published)
    assert found.content == whole(form).content


def test_a_preface_that_lost_its_mark_is_missed_and_told(marked: str, form: Form, read: Read) -> None:
    found = read(marked.replace(' data-part="preface"', ""))
    assert isinstance(found, WebPage)
    assert "preface" not in found.content.texts
    assert len(found.beside) == len(whole(form).content.texts["preface"])


def test_a_report_without_a_preface_is_read_by_its_marks(form: Form, read: Read) -> None:
    document = compose(make_report(published("putian-psb-2022"), form, {**NARRATIVE, "preface": ""}))
    found = read(html.render(document).replace("<h1", f"{OWN}<h1"))
    assert isinstance(found, WebPage)
    assert found.content == document.content


def test_of_a_report_of_another_format_the_marks_are_not_read(marked: str, read: Read) -> None:
    assert isinstance(read(marked.replace('data-report="2021"', 'data-report="2019"')), Published)


def test_ids_that_a_site_strips_hide_no_figure(marked: str, form: Form, read: Read) -> None:
    found = read(re.sub(r' id="[^"]*"', "", marked))
    assert isinstance(found, WebPage)
    assert found.content == whole(form).content
    assert found.unknown == ()


def test_figures_are_where_the_reader_sees_them_and_not_where_their_ids_say(
    marked: str, form: Form, read: Read
) -> None:
    """Labels exchanged: the figures beside them are other rows' now."""
    swapped = (
        marked.replace(">行政许可<", ">?<").replace(">行政处罚<", ">行政许可<").replace(">?<", ">行政处罚<")
    )
    found, expected = read(swapped).content.figures, figures(form)
    assert found["active_disclosure.licensing"] == expected["active_disclosure.penalties"]
    assert found["active_disclosure.penalties"] == expected["active_disclosure.licensing"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (">自然人<(.*?)>总计<", r">总计<\1>自然人<"),
        (">本年制发件数<(.*?)>本年废止件数<", r">本年废止件数<\1>本年制发件数<"),
        (">自然人<", "><"),
        (r'(id="active_disclosure-r13c1"[^>]*>)信息内容', r"\1"),
        (">（四）<wbr>", ">"),
    ],
)
def test_heads_that_do_not_stand_as_in_the_form_are_told(old: str, new: str, marked: str, read: Read) -> None:
    wrong = re.sub(old, new, marked, count=1, flags=re.DOTALL)
    assert wrong != marked
    assert any("表头、行名" in text for text in read(wrong).unknown)


@pytest.mark.parametrize("before", ["<caption>", "<tbody>", "<tr>", "<td", "</tr>", "</table>"])
@pytest.mark.parametrize("added", ["补充一句。", "<p>补充一句。</p>"])
def test_what_stands_between_the_cells_of_a_table_is_told(
    before: str, added: str, marked: str, form: Form, read: Read
) -> None:
    """Browsers show it above the table."""
    at = marked.index(before, marked.index("<table>"))
    found = read(marked[:at] + added + marked[at:])
    assert found.content == whole(form).content
    assert found.unknown == ("“二、主动公开政府信息情况”下面多了文字：“补充一句。”",)


@pytest.mark.parametrize("added", ["补充一句。", "<p>补充一句。</p>"])
def test_wherever_something_is_added_to_a_part_it_is_noticed(
    added: str, marked: str, form: Form, read: Read
) -> None:
    """After every sixteenth tag; a caption is there for screen readers only and says what the heading says."""
    start, end = marked.index('<div data-part="preface"'), marked.index("<footer")
    tags = [match for match in re.finditer("<[^>]+>", marked[start:end]) if match[0] != "<caption>"]
    for tag in tags[::16]:
        at = start + tag.end()
        found = read(marked[:at] + added + marked[at:])
        noticed = found.content != whole(form).content or found.missing or found.unknown or found.beside
        assert noticed, marked[at - 100 : at]


def test_rows_of_one_label_are_told_apart_by_their_keys(tmp_path: Path, read: Read) -> None:
    shutil.copytree(load_form("2021").folder, tmp_path / "2021")
    path = tmp_path / "2021" / "form.toml"
    path.write_text(
        path.read_text(encoding="utf-8").replace('"2.重复申请"', '"1.信访举报投诉类申请"'), encoding="utf-8"
    )
    document = whole(load_form("2021", tmp_path))
    page = tmp_path / "page.html"
    page.write_text(html.render(document), encoding="utf-8")
    assert read_page(page, document.form).content == document.content


# ── pages of other sites (see how published pages differ) ───────────────────────────────────────────


def figures(form: Form) -> dict[str, str]:
    return dict(whole(form).content.figures)


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
    assert found.content.texts == whole(form).content.texts
    said = found.reworded if isinstance(found, Published) else found.remarks
    assert any("存在问题及改进情况" in remark for remark in said)


def test_what_stands_around_the_report_is_not_its_text(page: str, form: Form, read: Read) -> None:
    around = page.replace("<main>", "<nav><a>首页</a></nav><p>您的位置：首页</p><main>")
    around = around.replace("</main>", "</main><div>主办单位：某市公安局　<a>网站地图</a></div>")
    found = read(around)
    assert found.content == whole(form).content
    assert not [line for line in found.beside if "首页" in line or "主办单位" in line]


def test_paragraphs_parted_by_line_breaks_are_paragraphs(form: Form, read: Read) -> None:
    text = "<br>　　".join(
        f"<span>{heading}</span>"
        for heading in (
            "一、总体情况", "第一段。", "第二段。", "二、主动公开政府信息情况", "五、存在的主要问题及改进情况"
        )
    )  # fmt: skip
    found = read(f"<h1>某市2022年政府信息公开工作年度报告</h1><div>　　{text}</div>")
    assert found.content.texts["overview"] == ("第一段。", "第二段。")


def test_a_page_in_gb18030_is_read(page: str, form: Form, read: Read) -> None:
    chinese = page.replace('charset="utf-8"', 'charset="gb2312"')
    assert read(chinese.encode("gb18030")).content == whole(form).content


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
