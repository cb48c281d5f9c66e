"""A published report of any make is read: its figures with their proofs, its title, its text, and what was not read."""

from __future__ import annotations

import base64
import quopri
import re
from dataclasses import replace
from pathlib import Path

import pytest

from reportgen import job
from reportgen.model.findings import InputError
from reportgen.reading.published import Published, as_report, read_published
from reportgen.writing import html, word

EXAMPLE = Path(__file__).parents[2] / "inputs" / "putian-psb-2022.toml"
WORK = job.composed(job.load(EXAMPLE))
PAGE = html.render(WORK.document)
WORD = word.render(WORK.document)
FIGURES = dict(WORK.document.content.figures)

SITE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>莆田市公安局2022年政府信息公开工作年度报告_政府信息公开年报_莆田市公安局</title></head>
<body><div class="top"><a>首页</a> <a>政务公开</a></div><div>来源：办公室 时间：2023-01-18</div>
<div id="zoom">{body}</div><div><p>附件下载</p><p>版权所有：某某网站</p><p>建议使用某某浏览器浏览本站，版本不低于九点零。</p></div></body></html>"""
"""A page of a web site around a report."""


def body() -> str:
    """The report as a web site shows it: without the marks, classes and ids of this project's page."""
    import re

    main = PAGE[PAGE.index("<main") : PAGE.index("</main>")]
    return re.sub(
        r"<(\w+)[^>]*?((?:\s(?:row|col)span=\"?\d+\"?)*)[^>]*>", lambda m: f"<{m[1]}{_spans(m[0])}>", main
    )


def _spans(tag: str) -> str:
    import re

    return "".join(f" {found}" for found in re.findall(r"(?:row|col)span=\"?\d+\"?", tag))


def read(folder: Path, content: str | bytes, name: str = "report.html") -> Published:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_published(path)


def told(folder: Path, content: str | bytes, name: str = "report.html") -> str:
    with pytest.raises(InputError) as error:
        read(folder, content, name)
    return str(error.value)


def test_a_page_of_a_web_site_is_read_whole(tmp_path: Path) -> None:
    found = read(tmp_path, SITE.format(body=body()))
    assert found.figures == FIGURES
    assert not found.unread
    assert (found.year, found.agency["name"], found.form.format) == (2022, "莆田市公安局", "2021")
    assert dict(found.texts) == {key: text for key, text in WORK.document.content.texts.items() if text}
    assert not found.as_written
    assert {"附件下载", "版权所有：某某网站"} <= set(found.left_out)


def test_a_table_that_is_none_of_the_forms_is_listed(tmp_path: Path) -> None:
    table = "<table><tr><td>科室</td><td>电话</td></tr><tr><td>办公室</td><td>2212345</td></tr></table>"
    found = read(tmp_path, SITE.format(body=body().replace("<h2>五、", f"{table}<h2>五、")))
    assert found.figures == FIGURES
    assert [line for line in found.left_out if "2212345" in line] == ["一张表：科室 电话 办公室 2212345"]


def test_whatever_stands_above_the_title_is_listed(tmp_path: Path) -> None:
    """However near: only the lines of the title itself are of the report."""
    above = "<p>各科室请于月底前报送材料。</p><p>联系人在办公室。</p>"
    found = read(tmp_path, SITE.format(body=above + body()))
    assert {"各科室请于月底前报送材料。", "联系人在办公室。"} <= set(found.left_out)
    assert found.title not in found.left_out


def test_navigation_and_footer_are_listed(tmp_path: Path) -> None:
    around = "<nav><ul><li>机构职能</li></ul></nav>{}<footer><table><tr><td>主办</td><td>甲市</td></tr></table></footer>"
    found = read(tmp_path, SITE.format(body=around.format(body())))
    assert {"机构职能", "主办", "甲市"} <= set(found.left_out)
    assert found.figures == FIGURES
    assert dict(found.texts) == {key: text for key, text in WORK.document.content.texts.items() if text}


def test_contacts_are_taken_from_the_text(tmp_path: Path) -> None:
    agency = read(tmp_path, SITE.format(body=body())).agency
    assert agency["address"] == "莆田市荔城区拱辰街道东圳东路2006号"
    assert (agency["postcode"], agency["phone"], agency["fax"]) == ("351100", "0594-2772776", "0594-2772537")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-8-sig", "utf-16"])
def test_whatever_the_encoding(encoding: str, tmp_path: Path) -> None:
    page = SITE.format(body=body()).replace('charset="utf-8"', f'charset="{encoding}"')
    assert read(tmp_path, page.encode(encoding)).figures == FIGURES


def test_a_page_that_names_another_encoding_than_it_has(tmp_path: Path) -> None:
    page = SITE.format(body=body()).replace('charset="utf-8"', 'charset="gb2312"')
    assert read(tmp_path, page.encode()).figures == FIGURES


@pytest.mark.parametrize("name", ["report.html", "report.doc", "report", "报告.txt"])
def test_what_a_file_is_does_not_depend_on_its_name(name: str, tmp_path: Path) -> None:
    assert read(tmp_path, SITE.format(body=body()), name).figures == FIGURES
    assert read(tmp_path, WORD, name).figures == FIGURES


def test_a_web_archive(tmp_path: Path) -> None:
    page = SITE.format(body=body()).encode()
    archive = (
        b'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n'
        b"--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        + quopri.encodestring(page)
        + b"\r\n--b\r\nContent-Type: image/png\r\n\r\nx\r\n--b--\r\n"
    )
    assert read(tmp_path, archive, "report.mht").figures == FIGURES


def test_a_web_archive_whose_page_is_packed(tmp_path: Path) -> None:
    packed = base64.encodebytes(SITE.format(body=body()).encode("gb18030")).decode()
    archive = (
        'From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary="x"\r\n\r\n'
        "--x\r\nContent-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        f"{packed}\r\n--x--\r\n"
    )
    assert read(tmp_path, archive, "report.mht").figures == FIGURES


def test_a_heading_that_is_set_as_a_picture(tmp_path: Path) -> None:
    page = SITE.format(body=body())
    heading = "五、存在的主要问题及改进情况"
    assert heading in page
    found = read(tmp_path, page.replace(heading, f'<img src="5.png" alt="{heading}">'))
    assert found.texts == read(tmp_path, page).texts
    assert found.headings["problems"] == heading


def test_a_page_around_which_a_table_sets_the_layout(tmp_path: Path) -> None:
    page = SITE.format(body=f"<table><tr><td>{body()}</td><td>栏目导航</td></tr></table>")
    assert read(tmp_path, page).figures == FIGURES


def test_what_the_page_hides_is_not_read(tmp_path: Path) -> None:
    hidden = f'<div style="display: none">{body().replace("335873", "1")}</div>'
    assert read(tmp_path, SITE.format(body=hidden + body())).figures == FIGURES


def test_a_word_file_is_read_whole(tmp_path: Path) -> None:
    found = read(tmp_path, WORD, "report.docx")
    assert found.figures == FIGURES
    assert found.kind == "Word 文件"
    assert found.year == 2022


def test_texts_first_and_tables_after_with_numbers_that_begin_again(tmp_path: Path) -> None:
    whole = body()
    tables = re.findall(r"<table.*?</table>", whole, re.DOTALL)
    assert len(tables) == 3
    text = "<h1>莆田市公安局2022年政府信息公开工作年度报告</h1>" + "".join(
        f"<p>{line}</p>"
        for line in (
            "一、总体情况", "全年工作平稳有序。", "二、主动公开政府信息情况", "公开了一批信息。",
            "三、存在的主要问题及改进情况", "问题是解读不够。", "四、其他需要报告的事项", "没有收取信息处理费。",
            "一、主动公开政府信息情况",
        )
    )  # fmt: skip
    page = (
        text + tables[0] + "<p>二、收到和处理政府信息公开申请情况</p>" + tables[1]
        + "<p>三、政府信息公开行政复议、行政诉讼情况</p>" + tables[2]
    )  # fmt: skip
    found = read(tmp_path, SITE.format(body=page))
    assert found.figures == FIGURES
    assert found.texts["overview"][0] == "全年工作平稳有序。"
    assert found.texts["problems"] == ("问题是解读不够。",)
    assert found.texts["other_matters"] == ("没有收取信息处理费。",)


def test_a_signature_is_left_out_and_told(tmp_path: Path) -> None:
    found = read(tmp_path, SITE.format(body=body() + "<p>莆田市公安局</p><p>2023年1月18日</p>"))
    assert {"莆田市公安局", "2023年1月18日"} <= set(found.left_out)
    assert dict(found.texts) == {key: text for key, text in WORK.document.content.texts.items() if text}


def test_an_empty_shell_is_refused_with_what_to_do(tmp_path: Path) -> None:
    page = (
        "<html><head><script src=app.js></script></head><body><div id=app></div><p>正在加载</p></body></html>"
    )
    assert "另存为" in told(tmp_path, page)


def test_two_reports_in_one_file_are_refused(tmp_path: Path) -> None:
    other = body().replace("2022年", "2021年").replace("335873", "9")
    message = told(tmp_path, SITE.format(body=body() + other))
    assert "不止一份报告" in message


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空的"),
        (b"PK\x03\x04 nothing", "损坏"),
        (b"\x00\x01\x02\x03" * 100, "认不出"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "这是图片，图片和扫描件读不了"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "请找报告的 Word 或网页的版本"),
        ("会议通知：请于周五前报送材料。", "请核对是不是选错了文件"),
        ("会议通知：请各单位于周五前报送材料。" * 30, "不像是"),
        (
            "<html><body><table><tr><td>姓名</td><td>工资</td></tr><tr><td>甲</td><td>3</td></tr></table></body></html>",
            "不像是",
        ),
    ],
)
def test_what_is_no_report_is_refused(content: str | bytes, words: str, tmp_path: Path) -> None:
    assert words in told(tmp_path, content)


def test_the_format_is_told_by_what_is_read(tmp_path: Path) -> None:
    from reportgen.form.form_file import load_form

    from .foreign import numbers, printed

    old = load_form("2019")
    made = []
    for table in old.tables.values():
        rows = printed(table, numbers(old)).rows
        cells = ("".join(f"<td rowspan={r} colspan={c}>{words}</td>" for words, r, c in row) for row in rows)
        made.append("<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>")
    found = read(tmp_path, "<html><body><h1>某某区2020年政府信息公开工作年度报告</h1>" + "".join(made))
    assert found.form.format == "2019"
    assert found.figures == numbers(old)


def test_what_says_neither_its_year_nor_its_body_is_no_report_of_another_year(tmp_path: Path) -> None:
    found = read(tmp_path, PAGE)
    assert (as_report(found).year, as_report(found).agency["name"]) == (2022, "莆田市公安局")
    for lacking, message in (
        (replace(found, year=None), "没有找到报告的年份"),
        (replace(found, agency={}), "没有找到机关名称"),
    ):
        with pytest.raises(InputError, match=message):
            as_report(lacking)


def test_a_text_written_for_an_input_file_that_cannot_be_printed_is_told_by_its_part(tmp_path: Path) -> None:
    found = replace(read(tmp_path, PAGE), texts={}, sources={"overview": "收到{{ 不存在 }}件。"})
    with pytest.raises(InputError) as error:
        as_report(found)
    assert "总体情况：不认识“不存在”" in str(error.value)


def test_what_is_blank_is_told_from_what_is_not_there(tmp_path: Path) -> None:
    blank = read(tmp_path, SITE.format(body=body().replace(">335873<", "><")))
    assert (blank.unread, blank.blank) == (
        {"active_disclosure.licensing": ""},
        {"active_disclosure.licensing"},
    )
    assert read(tmp_path, SITE.format(body=body())).blank == frozenset()
    without = re.sub(r"<tr[^>]*>(?:(?!</tr>).)*（一）予以公开.*?</tr>", "", body(), flags=re.DOTALL)
    assert without != body()
    found = read(tmp_path, SITE.format(body=without))
    assert not found.blank
    assert "requests.granted.total" in found.unread


def test_a_row_with_a_cell_too_many_is_left_with_the_reason(tmp_path: Path) -> None:
    page = re.sub(r"(（一）予以公开\s*</th>)", r"\1<td>8</td>", body())
    assert page != body()
    found = read(tmp_path, SITE.format(body=page))
    assert found.reasons["requests.granted.total"] == "这一行有 8 格，应当是 7 格，不能确定哪个数在哪一列"
    assert "requests.granted.total" not in found.figures


RUN_TOGETHER = (
    "当前位置： 首页政务公开 莆田市公安局2022年政府信息公开工作年度报告 来源：某网站 时间：2023-01-18 微信 附件下载 --> "
    "根据有关规定，本局编制了 2022 年度报告。报告由六个部分组成。一、总体情况全年工作平稳。（一）主动公开方面。公开了"
    "一批信息。（二）监督保障方面。按规定考核。二、主动公开政府信息情况三、收到和处理政府信息公开申请情况"
    "四、政府信息公开行政复议、行政诉讼情况五、存在的主要问题及改进情况（一）问题：解读不够。（二）改进：加强解读。"
    "六、其他需要报告的事项没有收取信息处理费。" + "没有其他事项。" * 10
)


def test_a_page_copied_as_one_line_has_its_paragraphs_and_no_navigation(tmp_path: Path) -> None:
    path = tmp_path / "年报.txt"
    path.write_text(f"标题: 莆田市公安局2022年政府信息公开工作年度报告\n{RUN_TOGETHER}\n", encoding="utf-8")
    found = read_published(path)
    assert found.texts["preface"] == ("根据有关规定，本局编制了 2022 年度报告。报告由六个部分组成。",)
    assert found.texts["overview"] == (
        "全年工作平稳。",
        "（一）主动公开方面。公开了一批信息。",
        "（二）监督保障方面。按规定考核。",
    )
    assert found.texts["problems"] == ("（一）问题：解读不够。", "（二）改进：加强解读。")
    (head,) = [line for line in found.left_out if "当前位置" in line]
    assert head.endswith("-->")


def test_a_line_of_the_preface_that_was_broken_off_is_kept(tmp_path: Path) -> None:
    broken = "根据有关法律法规和上级机关关于编制年度报告的通知要"
    start = "<p>政府信息公开年报</p>" + f"<p>{broken}</p><p>求，编制了这份报告。</p>"
    found = read(tmp_path, SITE.format(body=body().replace("</h1>", f"</h1>{start}", 1)))
    assert found.texts["preface"][:2] == (broken, "求，编制了这份报告。")
    assert "政府信息公开年报" in found.left_out
