"""The page: what a reader, a reviewer and a web site's index find in it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from reportgen.form.form_file import load_form
from reportgen.form.model import Form
from reportgen.model.document import Document
from reportgen.model.findings import Finding, Fix, Passage, Severity
from reportgen.model.report import Publication
from reportgen.writing import TemplateError, html

from .documents import HOSTILE, empty, extreme, whole


@pytest.fixture(scope="module")
def document(form: Form) -> Document:
    return whole(form)


def parsed(text: str) -> Any:
    return lxml.html.fromstring(text)


def headings(page: Any) -> list[tuple[str, str]]:
    return [(e.tag, e.text_content()) for e in page.iter("h1", "h2", "h3", "h4", "h5", "h6")]


# ── the page ────────────────────────────────────────────────────────────────────────────────────────


def test_the_headings_follow_the_form_and_the_numbering(document: Document) -> None:
    assert headings(parsed(html.render(document))) == [
        ("h1", "莆田市公安局2022年政府信息公开工作年度报告"),
        ("h2", "一、总体情况"),
        ("h3", "（二）依申请公开"),
        ("h4", "1.收到申请"),
        ("h5", "（1）网上申请"),
        ("h2", "二、主动公开政府信息情况"),
        ("h2", "三、收到和处理政府信息公开申请情况"),
        ("h2", "四、政府信息公开行政复议、行政诉讼情况"),
        ("h2", "五、存在的主要问题及改进情况"),
        ("h2", "六、其他需要报告的事项"),
    ]


def test_a_heading_without_its_parent_skips_no_level(form: Form) -> None:
    levels = [int(tag[1]) for tag, _ in headings(parsed(html.render(extreme(form))))]
    assert levels[:2] == [1, 2]
    assert all(below <= above + 1 for above, below in pairwise(levels))


def test_a_run_in_phrase_is_set_apart(document: Document) -> None:
    leads = [span.text for span in parsed(html.render(document)).find_class("lead")]
    assert leads == ["（一）主动公开情况。", "（一）存在的主要问题。", "（二）改进情况。"]


def test_the_page_says_who_published_it_when_and_where(document: Document) -> None:
    page = parsed(html.render(document))
    assert page.get("lang") == "zh-CN"
    assert page.findtext("head/title") == "莆田市公安局2022年政府信息公开工作年度报告"
    assert {meta.get("name"): meta.get("content") for meta in page.iter("meta") if meta.get("name")} == {
        "viewport": "width=device-width, initial-scale=1",
        "color-scheme": "light dark",
        "ArticleTitle": "莆田市公安局2022年政府信息公开工作年度报告",
        "PubDate": "2023-01-18",
        "ContentSource": "莆田市公安局",
        "ColumnName": "政府信息公开年报",
    }


def test_what_the_input_does_not_say_of_the_publication_is_left_out(document: Document) -> None:
    page = html.render(replace(document, publication=Publication()))
    for absent in ("PubDate", "ColumnName", "<svg", "<footer", "发布日期"):
        assert absent not in page


def test_the_page_needs_nothing_from_elsewhere_and_no_script(document: Document) -> None:
    page = parsed(html.render(document))
    assert not page.xpath("//script|//link|//img|//iframe|//@src")
    assert "@import" not in page.findtext(".//style")
    assert "url(" not in page.findtext(".//style")


def test_every_table_has_a_caption_and_a_frame_the_keyboard_reaches(document: Document) -> None:
    page = parsed(html.render(document))
    assert [table.findtext("caption") for table in page.iter("table")] == [
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
    ]
    for table in page.iter("table"):
        frame = table.getparent()
        assert (frame.get("tabindex"), frame.get("role")) == ("0", "region")
        assert table.findtext("caption") in frame.get("aria-label")


def test_narrow_heads_may_break_only_where_the_form_says(document: Document) -> None:
    assert ">社会公益<wbr>组织</th>" in html.render(document)


def test_downloads_and_the_qr_code_of_the_page(document: Document) -> None:
    page = parsed(html.render(document))
    assert [(a.text, a.get("href")) for a in page.iter("a")] == [
        ("Word 版", "%E5%B9%B4%E5%BA%A6%20%E6%8A%A5%E5%91%8A.docx"),
        ("PDF 版", "https://www.example.gov.cn/report.pdf"),
    ]
    assert page.findtext(".//figcaption") == "扫一扫在手机打开当前页"
    assert page.findtext(".//svg/title") == "https://www.example.gov.cn/zwgk/t20230118.htm"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "JavaScript:alert(1)", "java\tscript:alert(1)", " data:text/html,x"]
)
def test_a_link_that_could_run_code_is_left_out(document: Document, address: str) -> None:
    publication = Publication(url=address, word=address, pdf=address)
    page = parsed(html.render(replace(document, publication=publication)))
    assert not page.xpath("//a|//svg")


def test_hostile_text_stays_text(form: Form) -> None:
    text = html.render(extreme(form))
    assert "<script" not in text
    page = parsed(text)
    assert page.xpath("//h1")[0].text_content().count(HOSTILE) == 1
    assert page.xpath("//main")[0].text_content().count(HOSTILE) == 5


def test_the_same_document_gives_the_same_bytes_in_another_process(document: Document) -> None:
    program = (
        "import sys; from reportgen.form.form_file import load_form; from reportgen.writing import html;"
        "from tests.writing.documents import whole;"
        "sys.stdout.buffer.write(html.render(whole(load_form('2021'))).encode())"
    )
    run = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        check=True,
        cwd=Path(__file__).parents[2],
        env={"PYTHONHASHSEED": "7", "TZ": "Asia/Urumqi", "LC_ALL": "C", "PATH": ""},
    )
    assert run.stdout.decode() == html.render(document)


# ── drafts ──────────────────────────────────────────────────────────────────────────────────────────

FINDINGS = [
    Finding("X04", Severity.NOTE, "表二没有勾稽关系。"),
    Finding(
        "X01",
        Severity.ERROR,
        "合计不符。",
        "请把 12 改为 11。",
        cells=("requests.granted.natural", "requests.granted.total"),
        fix=Fix("requests.granted.total", 12, 11),
    ),
    Finding(
        "X02", Severity.WARNING, "文中“801条”与表不符。", "请核对。", passage=Passage("overview", 1, 16, 20)
    ),
    Finding("X03", Severity.ERROR, "没有写。", passage=Passage("problems", 0, 0, 0)),
]


def test_a_draft_is_marked_and_a_final_is_not(document: Document) -> None:
    draft = html.render(document, draft="送审稿3", findings=FINDINGS)
    assert parsed(draft).findtext("head/title").endswith("（送审稿3）")
    assert parsed(draft).xpath("//header")[0].text_content().startswith("送审稿3")
    final = parsed(html.render(document, findings=FINDINGS))
    assert "送审稿" not in final.text_content().replace(final.findtext(".//style"), "")
    assert not final.xpath("//header|//mark|//section|//*[@class='gap' or @class='error']")


def test_a_draft_lists_its_findings_worst_first_with_links_to_their_places(document: Document) -> None:
    unwritten = [s._replace(paragraphs=()) if s.part.text == "problems" else s for s in document.sections]
    page = parsed(
        html.render(replace(document, sections=tuple(unwritten)), draft="送审稿1", findings=FINDINGS)
    )
    entries = [(li.findtext("span"), li.find("a")) for li in page.iter("li")]
    assert [(label, link is not None and link.get("href")) for label, link in entries] == [
        ("错误", "#requests.granted.total"),
        ("错误", "#problems"),
        ("提醒", "#overview-2"),
        ("说明", False),
    ]
    assert all(page.get_element_by_id(a.get("href")[1:]) is not None for _, a in entries if a is not None)


def test_the_cell_and_the_words_a_finding_speaks_of_are_marked(document: Document) -> None:
    page = parsed(html.render(document, draft="送审稿1", findings=FINDINGS))
    assert [td.get("id") for td in page.xpath("//td[@class='error']")] == ["requests.granted.total"]
    assert [(m.get("class"), m.text) for m in page.iter("mark")] == [("warning", "801条")]


def test_a_mark_may_cross_from_typed_to_bound_text(document: Document) -> None:
    text = document.sections[1].paragraphs[4].text
    whole_sentence = Finding("X", Severity.ERROR, "不符。", passage=Passage("overview", 4, 2, len(text)))
    page = parsed(html.render(document, draft="送审稿1", findings=[whole_sentence]))
    assert "".join(m.text for m in page.iter("mark")) == text[2:]
    assert page.get_element_by_id("overview-5").text_content() == text


def test_a_draft_marks_every_gap_and_a_final_shows_none(form: Form) -> None:
    draft = parsed(html.render(empty(form), draft="送审稿1"))
    assert len(draft.xpath("//td/span[@class='gap']")) == 200
    assert [m.getparent().get("id") for m in draft.iter("mark")] == ["overview", "problems", "other_matters"]
    assert "【未填】" not in html.render(empty(form))


def test_the_page_marks_the_report_its_title_and_its_parts(document: Document) -> None:
    (report,) = parsed(html.render(document)).xpath("//*[@data-report]")
    assert report.get("data-report") == document.form.format
    assert [title.text_content() for title in report.xpath(".//*[@data-title]")] == [document.name]
    parts = {part.get("data-part"): part for part in report.xpath(".//*[@data-part]")}
    assert list(parts) == [part.key for part in document.form.parts if not part.signature]
    for section in document.sections:
        part = parts[section.part.key]
        assert part.findtext("h2") == section.part.heading
        assert len(part.xpath(".//p")) + len(part.xpath(".//h3|.//h4|.//h5")) == len(section.paragraphs)
        keys = [cell.key for cell in section.table.cells] if section.table else []
        assert {cell.get("id") for cell in part.iter("td") if cell.get("id")} == set(keys)
    assert {element.get("class") or element.tag for element in report.xpath(".//*[@data-aside]")} == {
        "about",
        "footer",
    }


def test_a_page_template_is_compiled_once_per_process(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jinja2 import Environment

    compiled = []
    compile = Environment.compile

    def counted(self: Environment, source: Any, name: Any = None, *rest: Any) -> Any:
        compiled.append(name)
        return compile(self, source, name, *rest)

    monkeypatch.setattr(Environment, "compile", counted)
    html._environment.cache_clear()
    for _ in range(3):
        html.render(document)
        html.fragment(document)
    assert sorted(compiled) == ["fonts.html", "fragment.html", "report.html"]


# ── templates of the clerk's ────────────────────────────────────────────────────────────────────────


@pytest.fixture
def copied(tmp_path: Path, form: Form) -> Path:
    shutil.copytree(form.folder, tmp_path / "2021")
    return tmp_path


def edit(copied: Path, old: str, new: str, name: str = "report.html") -> None:
    path = copied / "2021" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def refusal(copied: Path) -> str:
    with pytest.raises(TemplateError) as refused:
        html.render(whole(load_form("2021", copied)))
    return str(refused.value)


def test_a_changed_copy_of_the_template_changes_the_page(copied: Path) -> None:
    edit(copied, "附件下载：", "相关附件：")
    assert "相关附件：" in html.render(whole(load_form("2021", copied)))


@pytest.mark.parametrize("block", ["title", "meta", "draft", "findings", "content"])
def test_a_template_without_a_block_is_refused_with_its_name(copied: Path, block: str) -> None:
    edit(copied, f"{{% block {block} %}}", f"{{% block my_{block} %}}")
    message = refusal(copied)
    assert f"缺少 {{% block {block} %}}" in message
    assert "report.html" in message


def test_a_fragment_template_without_its_block_is_refused(copied: Path) -> None:
    edit(copied, "{% block content %}", "{% block body %}", "fragment.html")
    with pytest.raises(TemplateError, match=r"fragment\.html.*block content"):
        html.fragment(whole(load_form("2021", copied)))


def test_an_unknown_name_is_refused_with_its_line(copied: Path) -> None:
    edit(copied, "附件下载：", "{{ editor }}")
    path = copied / "2021" / "report.html"
    lines = path.read_text(encoding="utf-8").splitlines()
    line = next(n for n, text in enumerate(lines, 1) if "{{ editor }}" in text)
    message = refusal(copied)
    assert f"{path} 第 {line} 行" in message
    assert "editor" in message


def test_broken_jinja_is_refused_with_its_line(copied: Path) -> None:
    edit(copied, "<main>", "{% iff %}")
    path = copied / "2021" / "report.html"
    lines = path.read_text(encoding="utf-8").splitlines()
    line = next(n for n, text in enumerate(lines, 1) if "{% iff %}" in text)
    assert f"{path} 第 {line} 行" in refusal(copied)


def test_a_template_saved_in_another_encoding_is_refused_with_the_cure(copied: Path) -> None:
    path = copied / "2021" / "report.html"
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    assert "UTF-8" in refusal(copied)


def test_a_template_saved_by_notepad_with_a_mark_is_read(copied: Path, document: Document) -> None:
    path = copied / "2021" / "report.html"
    path.write_text(path.read_text(encoding="utf-8"), encoding="utf-8-sig")
    assert html.render(whole(load_form("2021", copied))) == html.render(document)


def test_a_missing_template_is_refused(copied: Path) -> None:
    (copied / "2021" / "report.html").unlink()
    assert "没有这个模板文件" in refusal(copied)
