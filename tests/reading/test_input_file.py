"""What the clerk may write, and what each mistake gets: a file, a line, and the cure; all of them in one run."""

from __future__ import annotations

import json
import os
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from reportgen.model.findings import InputError
from reportgen.model.report import Report
from reportgen.reading import read

EXAMPLE = Path(__file__).parents[2] / "inputs" / "putian-psb-2022.toml"
TEXT = EXAMPLE.read_text(encoding="utf-8")
JSON = json.dumps(tomllib.loads(TEXT), ensure_ascii=False, indent=1)


class Desk:
    """Writes a changed example to a file and reads it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, text: str | bytes, suffix: str = ".toml") -> Report:
        path = self.folder / f"input{suffix}"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read(path)

    def problems(self, text: str | bytes, suffix: str = ".toml") -> list[tuple[int | None, str]]:
        with pytest.raises(InputError) as caught:
            self.read(text, suffix)
        return [(finding.line, finding.text) for finding in caught.value.findings]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def changed(*changes: tuple[str, str], text: str = TEXT) -> str:
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def line_of(part: str, text: str = TEXT) -> int:
    return text[: text.index(part)].count("\n") + 1


# ── what must be read ───────────────────────────────────────────────────────────────────────────────


def test_the_example_is_read_whole(desk: Desk) -> None:
    report = desk.read(TEXT)
    assert len(report.figures) == 200
    assert report.figures["requests.unavailable_not_held.natural"] == 11
    assert report.figures["active_disclosure.licensing"] == 335873
    assert report.figures["requests.carried_over.other"] == 0, "one 0 is the whole row"
    assert report.line_of("requests.granted.natural") == line_of("granted             =")
    assert report.notes == ()


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.encode("gb18030"),
        TEXT.replace("\n", "\r\n").encode(),
        b"\xff\xfe" + TEXT.encode("utf-16-le"),
    ],
    ids=["utf-8", "BOM", "GB18030", "CRLF", "Notepad's Unicode"],
)
def test_every_way_notepad_saves_is_read(desk: Desk, data: bytes) -> None:
    report = desk.read(data)
    assert report.agency["name"] == "莆田市公安局"
    assert report.figures == read(EXAMPLE).figures
    assert report.narrative["overview"].source == read(EXAMPLE).narrative["overview"].source


@pytest.mark.parametrize("suffix", [".json", ".JSON", ".txt", ".toml"])
def test_json_with_the_same_keys_gives_the_same_report(suffix: str, desk: Desk) -> None:
    report = desk.read(JSON, suffix)
    assert report.figures == read(EXAMPLE).figures
    assert report.line_of("requests.granted") == line_of('"granted"', JSON)


def test_a_missing_row_or_cell_is_unfilled_and_never_zero(desk: Desk) -> None:
    text = changed(
        ("coercion            = 140 ", "# coercion  "), ("[ 6,        0,        26 ]", '[ 6, "", 26 ]')
    )
    assert desk.read(text).unfilled == [
        "active_disclosure.normative_documents.repealed",
        "active_disclosure.coercion",
    ]


def test_a_row_may_be_written_by_column(desk: Desk) -> None:
    report = desk.read(changed(("[ 6,        0,        26 ]", "{ in_force = 26, issued = 6 }")))
    assert report.figures["active_disclosure.normative_documents.issued"] == 6
    assert report.unfilled == ["active_disclosure.normative_documents.repealed"]


def test_a_total_that_is_left_out_is_computed_with_a_note(desk: Desk) -> None:
    report = desk.read(changed(("0,   19 ]   # 一", "0 ]   # 一")))
    assert report.figures["requests.new_received.total"] == 19
    assert report.computed == {"requests.new_received.total"}
    (note,) = report.notes
    assert (note.line, note.text) == (
        line_of("new_received"),
        "表三·一、本年新收政府信息公开申请数量·总计：没有写，按各格相加填 19。",
    )


def test_a_total_that_is_given_is_not_replaced(desk: Desk) -> None:
    report = desk.read(changed(("0,   19 ]   # 一", "0, 20 ]   # 一")))
    assert report.figures["requests.new_received.total"] == 20


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("0", "0"),
        ("7545", "7545"),
        ("7730.28", "7730.28"),
        ("96171.6", "96171.6"),
        ("24252.311082", "24252.311082"),
        ('"7730.280"', "7730.280"),
        ("1.10", "1.10"),
    ],
)
def test_fees_are_exact_decimals_as_given(desk: Desk, written: str, value: str) -> None:
    report = desk.read(changed(("fees                = 0", f"fees = {written}")))
    fees = report.figures["active_disclosure.fees"]
    assert isinstance(fees, Decimal)
    assert format(fees, "f") == value


@pytest.mark.parametrize(
    "written", ["３３５８７３", "335,873", '"335873"', '"３３５，８７３"', '"335,873"', "33５873"]
)
def test_digits_whose_meaning_is_certain_are_read_with_a_note(desk: Desk, written: str) -> None:
    report = desk.read(changed(("= 335873", f"= {written}")))
    assert report.figures["active_disclosure.licensing"] == 335873
    (note,) = report.notes
    assert note.line == line_of("licensing")
    assert "335873" in note.text


def test_full_width_digits_in_a_row_are_read_with_a_note(desk: Desk) -> None:
    report = desk.read(changed(("[ 19,    0, ", "[ １９,    ０, ")))
    assert report.figures["requests.new_received.natural"] == 19
    assert [note.line for note in report.notes] == [line_of("new_received")]


@pytest.mark.parametrize("written", ['""', '"/"', '"-"', '"—"', '" "'])
def test_an_empty_cell_as_forms_show_it_is_unfilled_with_a_note(desk: Desk, written: str) -> None:
    report = desk.read(changed(("= 335873", f"= {written}")))
    assert report.unfilled == ["active_disclosure.licensing"]
    assert "当作未填，不当作 0" in report.notes[0].text


@pytest.mark.parametrize("written", ['"2022"', '"2022年"'])
def test_a_quoted_year_is_read_with_a_note(desk: Desk, written: str) -> None:
    report = desk.read(changed(("= 2022", f"= {written}")))
    assert report.year == 2022
    assert len(report.notes) == 1


def test_lines_of_a_narrative_are_lines_of_the_file(desk: Desk) -> None:
    report = desk.read(TEXT)
    first = line_of("（一）主动公开情况")
    assert report.narrative["overview"].lines[1] == first


# ── faults of the text ──────────────────────────────────────────────────────────────────────────────


def shown(written: str, corrected: str) -> str:
    return f"\n    原文：{written}\n    改为：{corrected}"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('name     = "莆田市公安局"', 'name     ＝ "莆田市公安局"'),
        ('name     = "莆田市公安局"', "name     = “莆田市公安局”"),
        ('name     = "莆田市公安局"', 'name     = "莆田市公安局”'),
        ('name     = "莆田市公安局"', "name     = 莆田市公安局"),
        ("coercion            = 140", "coercion            ＝ 140"),
        ("[agency]", "［agency］"),
        ("[agency]", "【agency】"),
        ("[agency]", "[agency"),
    ],
)
def test_a_line_with_chinese_punctuation_is_refused_with_the_corrected_line(
    desk: Desk, old: str, new: str
) -> None:
    ((line, message),) = desk.problems(changed((old, new)))
    assert line == line_of(old)
    whole = next(row for row in TEXT.split("\n") if old in row)
    assert message.endswith(shown(whole.replace(old, new).strip(), whole.strip()))


def test_chinese_commas_and_brackets_in_a_row_are_refused_with_the_corrected_line(desk: Desk) -> None:
    text = changed(("[ 6,        0,        26 ]", "［ 6，        0，        26 ］"))
    ((line, message),) = desk.problems(text)
    assert line == line_of("normative_documents")
    assert message.endswith("改为：normative_documents = [ 6,        0,        26 ]   # 行政规范性文件")


def test_chinese_quotation_marks_around_a_text_of_many_lines_are_refused_at_both_ends(desk: Desk) -> None:
    body = TEXT[TEXT.index("preface = '''") : TEXT.index("overview = '''")]
    text = TEXT.replace(body, body.replace("'''", "‘’‘"))
    assert [line for line, _ in desk.problems(text)] == [line_of("preface ="), line_of("overview =") - 2]


def test_all_problems_come_in_one_run(desk: Desk) -> None:
    text = changed(
        ('name     = "莆田市公安局"', "name     = “莆田市公安局”"),
        ("= 335873", "＝ 335873"),
        ("= 235627", "= true"),
        ("= 140", "= -140"),
        ("granted             =", "grantd             ="),
        ("{{ year }}年，我局把", "{{ yaer }}年，我局把"),
    )
    assert [line for line, _ in desk.problems(text)] == [
        line_of("name  "),
        line_of("licensing"),
        line_of("penalties"),
        line_of("coercion"),
        line_of("granted   "),
        line_of("{{ year }}年，我局把"),
    ]


def test_a_key_that_is_written_twice_is_refused_with_both_lines(desk: Desk) -> None:
    ((line, message),) = desk.problems(changed(("penalties   ", "licensing   ")))
    assert line == line_of("penalties")
    assert message == (
        f"“active_disclosure.licensing”写了两次，第 {line_of('licensing')} 行和第 {line} 行。"
        "请核对哪一处是对的，删去另一处。"
    )


def test_a_table_that_a_dotted_key_already_made_is_refused(desk: Desk) -> None:
    ((line, message),) = desk.problems('format = "2021"\nagency.name = "甲"\n[agency]\nphone = "1"\n')
    assert line == 3
    assert message == "同一个名称或 [表名] 写了两次。\n    原文：[agency]"


def test_a_table_that_is_written_twice_is_refused(desk: Desk) -> None:
    ((line, message),) = desk.problems(changed(("[requests]", "[agency]")))
    assert line == line_of("[requests]")
    assert message.startswith("“agency”写了两次")


def test_a_key_that_is_written_twice_in_json_is_refused(desk: Desk) -> None:
    ((line, message),) = desk.problems(JSON.replace('"penalties"', '"licensing"'), ".json")
    assert line == line_of('"penalties"', JSON)
    assert message.startswith("“active_disclosure.licensing”写了两次")


@pytest.mark.parametrize(
    ("old", "new", "corrected"),
    [
        ('"year": 2022', '"year"：2022', '"year":2022,'),
        ('"year": 2022', "“year”: 2022", '"year": 2022,'),
        ('"coercion": 140,', '"coercion": 140', '"coercion": 140,'),
        ('"fees": 0', '"fees": 0,', '"fees": 0'),
    ],
)
def test_a_broken_line_of_json_is_refused_with_the_corrected_line(
    desk: Desk, old: str, new: str, corrected: str
) -> None:
    ((line, message),) = desk.problems(changed((old, new), text=JSON), ".json")
    assert line == line_of(old, JSON)
    assert message.endswith(f"改为：{corrected}")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("[1, 2]", "最外面要是一对花括号"),
        ('"text"', "最外面要是一对花括号"),
        (JSON[:400], "少了"),
        ("{", "这里要写带英文双引号的名称"),
        (JSON + "}", "后面多了内容"),
    ],
)
def test_broken_json_is_refused_with_its_line(desk: Desk, text: str, part: str) -> None:
    (_, message), *_ = desk.problems(text, ".json")
    assert part in message or "缺少" in message


@pytest.mark.parametrize(
    ("old", "new", "line", "part"),
    [
        ("= 335873", "= 335 873", "licensing", "数字里不要有空格"),
        ("= 335873", "335873", "licensing", "缺少等号"),
        ("[ 6, ", "[ 06, ", "normative", "不要以 0 开头"),
        ("coercion   ", "\x01coercion   ", "coercion", "控制字符"),
        ("（一）主动公开情况", "（一）主动\x0b公开情况", "（一）主动公开情况", "控制字符"),
    ],
)
def test_a_fault_without_a_sure_correction_names_line_and_cause(
    desk: Desk, old: str, new: str, line: str, part: str
) -> None:
    ((found, message),) = desk.problems(changed((old, new)))
    assert found == line_of(line)
    assert part in message
    assert "原文：" in message


def test_a_text_without_its_opening_quotes_is_one_problem_not_twenty(desk: Desk) -> None:
    problems = desk.problems(changed(("overview = '''\n", "overview = \n")))
    assert len(problems) <= 3
    assert any("文字要放在一对 ''' 之间" in message for _, message in problems)


@pytest.mark.parametrize("text", ["a = " + "[" * 60000, '{"a": ' * 60000, "a = " + "{b = " * 30000])
@pytest.mark.parametrize("suffix", [".toml", ".json"])
def test_brackets_nested_without_end_are_refused(desk: Desk, text: str, suffix: str) -> None:
    assert desk.problems(text, suffix)


def test_a_number_of_thousands_of_digits_is_refused_with_its_line(desk: Desk) -> None:
    ((line, message),) = desk.problems(changed(("= 335873", "= " + "9" * 5000)))
    assert line == line_of("licensing")
    assert message.startswith("这个数太长")


def test_a_file_of_nothing_but_faults_ends_soon(desk: Desk) -> None:
    assert len(desk.problems("a ＝ ＝\n" * 100 + "[[[\n" * 50)) <= 40


# ── keys and values ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("granted             =", "grantd =", "不认识[requests] 里的“grantd”。是不是“granted”？"),
        ("[narrative]", "[narative]", "不认识“narative”。是不是“narrative”？"),
        ("postcode", "postcod", "不认识[agency] 里的“postcod”。是不是“postcode”？"),
        ("overview = ", "overviw = ", "不认识[narrative] 里的“overviw”。是不是“overview”？"),
        ('format = "2021"', 'formt = "2021"', "不认识“formt”。是不是“format”？"),
    ],
)
def test_an_unknown_key_is_refused_with_the_nearest_known_one(
    desk: Desk, old: str, new: str, message: str
) -> None:
    assert (line_of(old), message) in desk.problems(changed((old, new)))


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("true", "true 不是数字，请写数字，没有就写 0"),
        ("nan", "“NaN”不是数字，请写数字，没有就写 0"),
        ("inf", "“Infinity”不是数字，请写数字，没有就写 0"),
        ("-inf", "“-Infinity”不是数字，请写数字，没有就写 0"),
        ("2022-01-01", "“2022-01-01”不是数字，请写数字，没有就写 0"),
        ("[[1]]", "只有一个数"),
        ("{ a = 1 }", "只有一个数"),
        ('"很多"', "“很多”不是数字，请写数字，没有就写 0"),
        ('"12,34"', "“12,34”不是数字，请写数字，没有就写 0"),
        ('"1.2.3"', "“1.2.3”不是数字，请写数字，没有就写 0"),
        ("-1", "-1 是负数，请写 0 或正数"),
        ("3.5", "3.5 不是整数，件数要写整数"),
        ("3.0", "3.0 带小数点，件数要写整数，例如 3"),
        ("1e3", "1E+3 带小数点，件数要写整数，例如 1000"),
        ("9999999999999", "这个数超过 12 位，请核对是不是多打了数字"),
    ],
)
def test_a_value_that_is_no_count_is_refused(desk: Desk, written: str, reason: str) -> None:
    ((line, message),) = desk.problems(changed(("= 335873", f"= {written}")))
    assert line == line_of("licensing")
    assert message.startswith("表二·行政许可")
    assert reason in message


@pytest.mark.parametrize("written", ["1e99", "1e999999999", "nan", "-0.5", "0.123456789", "1e5"])
def test_an_amount_that_cannot_be_printed_as_given_is_refused(desk: Desk, written: str) -> None:
    ((line, message),) = desk.problems(changed(("fees                = 0", f"fees = {written}")))
    assert line == line_of("fees")
    assert message.startswith("表二·行政事业性收费：")


@pytest.mark.parametrize("row", ["[ 19 ]", "[ 1, 2, 3, 4, 5 ]", "[ 1,019, 0, 0, 0, 0, 0, 0 ]", "[]"])
def test_a_row_of_the_wrong_length_is_refused(desk: Desk, row: str) -> None:
    text = changed(("[ 6,     0,      0,      0,          0,          0,   6  ]", row.replace("019", "19")))
    ((line, message),) = desk.problems(text)
    assert line == line_of("granted             =")
    assert message.startswith("表三·（一）予以公开要写 7 个数（或不写总计，6 个），现在有")


@pytest.mark.parametrize("written", ["19", "true", '"一行"', "1.5", "0.5"])
def test_one_value_for_a_whole_row_is_refused_unless_it_is_zero(desk: Desk, written: str) -> None:
    ((line, message),) = desk.problems(changed(("carried_over        = 0", f"carried_over = {written}")))
    assert line == line_of("carried_over")
    assert "要写 7 个数" in message


def test_nested_lists_in_a_row_are_refused(desk: Desk) -> None:
    problems = desk.problems(changed(("[ 6,        0,        26 ]", "[ [6], [0], [26] ]")))
    assert [message for _, message in problems] == [
        f"表二·行政规范性文件·{head}：“[{value}]”不是数字，请写数字，没有就写 0。"
        for head, value in [("本年制发件数", 6), ("本年废止件数", 0), ("现行有效件数", 26)]
    ]


@pytest.mark.parametrize(
    "written", ["22", "20222", "2022.0", "true", '"二〇二二"', "1949", "[2022]", "2022-01-01"]
)
def test_a_year_that_is_no_year_is_refused(desk: Desk, written: str) -> None:
    ((line, message),) = desk.problems(changed(("= 2022", f"= {written}")))
    assert line == line_of("year")
    assert "不是年份。请写四位数字，例如 year = 2025。" in message


@pytest.mark.parametrize("written", ['"2017"', "true", "[]", '"../2021"', '""'])
def test_an_unknown_format_is_refused_with_the_known_ones(desk: Desk, written: str) -> None:
    ((line, message),) = desk.problems(changed(('= "2021"', f"= {written}")))
    assert line == line_of("format")
    assert message.endswith('现在有："2021"、"2019"。')


def test_format_year_and_name_must_be_there(desk: Desk) -> None:
    assert {message for _, message in desk.problems('[agency]\nphone = "1"')} == {
        '缺少格式。请在文件开头写 format = "2021"。',
        "缺少年份。请在文件开头写报告的年份，例如 year = 2025。",
        '缺少机关名称。请在 [agency] 下面写 name = "…"，用机关的全称。',
    }


@pytest.mark.parametrize("written", [f'"{"长" * 61}"', '"莆田\\u0001公安局"', "2022-01-01", "true"])
def test_a_name_that_cannot_be_used_is_not_told_to_be_missing_too(desk: Desk, written: str) -> None:
    ((line, message),) = desk.problems(changed(('"莆田市公安局"', written)))
    assert line == line_of("name")
    assert message.startswith("机关名称")


@pytest.mark.parametrize(("old", "new"), [('"351100"', "351100"), ("'''\n（一）存在", "['''\n（一）存在")])
def test_what_must_be_text_is_refused_when_it_is_not(desk: Desk, old: str, new: str) -> None:
    assert desk.problems(changed((old, new)))


@pytest.mark.parametrize("table", ["agency", "requests", "narrative", "publication"])
def test_a_table_that_is_no_table_is_refused(desk: Desk, table: str) -> None:
    data = {**json.loads(JSON), table: 5}
    problems = desk.problems(json.dumps(data), ".json")
    assert any(f"“{table}”要写成单独的一节" in message for _, message in problems)


@pytest.mark.parametrize("bad", ["\\u0001", "\\ud800", "\\uffff", "\\ufdd0"])
def test_characters_that_no_document_can_hold_are_refused(desk: Desk, bad: str) -> None:
    text = JSON.replace("我局把政府信息公开", f"我局把{bad}政府信息公开")
    ((line, message),) = desk.problems(text, ".json")
    assert line == line_of('"overview"', JSON)
    assert "控制字符" in message
    assert "我局把" in message


@pytest.mark.parametrize(
    ("item", "part"),
    [
        ('url = "javascript:alert(1)"', "不是网址"),
        ('url = "gaj.putian.gov.cn"', "不是网址"),
        ('date = "去年"', "不是日期"),
        ("date = 5", "要写成文字"),
    ],
)
def test_a_publication_that_cannot_be_is_refused(desk: Desk, item: str, part: str) -> None:
    ((_, message),) = desk.problems(TEXT + f"\n[publication]\n{item}\n")
    assert part in message


def test_a_publication_is_read(desk: Desk) -> None:
    publication = (
        '\n[publication]\ndate = 2023-01-18\nurl = "https://gaj.putian.gov.cn/a.htm"\npdf = "a.pdf"\n'
    )
    report = desk.read(TEXT + publication)
    assert (report.publication.date, report.publication.pdf) == ("2023-01-18", "a.pdf")


# ── templates in the text ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("{{ yaer }}", "总体情况：不认识“yaer”，是不是“year”？"),
        ("{{ requests.grantd.total }}", "不认识“requests.grantd.total”，是不是“requests.granted.total”？"),
        ("{{ requests.granted }}", "“requests.granted”不是一个数据，后面还要写到哪一格"),
        ("{% for i in range(10**9) %}x{% endfor %}", "这里的写法不能用"),
        ("{{ 9**9**9 }}", "这里的写法不能用"),
        ("{{ 'x' * 99999999 }}", "这里的写法不能用"),
        ("{{ ''.__class__.__mro__ }}", "不认识"),
        ("{{ year | upper }}", "不认识“| upper”"),
        ("{{ year", "写法不对"),
        ("{% if year %}", "{% if %} 没有用 {% endif %} 结束"),
    ],
)
def test_what_a_text_may_not_do_is_refused_with_its_line(desk: Desk, written: str, message: str) -> None:
    ((line, found),) = desk.problems(changed(("{{ year }}年，我局把", f"{written}年，我局把")))
    assert line == line_of("{{ year }}年，我局把")
    assert message in found


# ── files that are none ─────────────────────────────────────────────────────────────────────────────


def test_an_empty_file_is_refused(desk: Desk) -> None:
    assert desk.problems("") == [(None, "文件是空的。请打开备份，或从示例重新填写。")]
    assert desk.problems(" \n\n") == [(None, "文件是空的。请打开备份，或从示例重新填写。")]


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04\x14\x00\x06\x00", bytes(range(256)) * 20, b"\x89PNG\r\n\x1a\n\x00\x00"]
)
def test_a_binary_file_is_refused(desk: Desk, data: bytes) -> None:
    ((_, message),) = desk.problems(data)
    assert message.startswith(("这不是文本文件。", "文件的编码认不出来。"))


def test_a_file_cut_in_the_middle_of_a_character_is_refused_with_its_line(desk: Desk) -> None:
    data = TEXT.encode()
    cut = data.index("存在的主要问题。对照".encode()) + 1
    ((line, message),) = desk.problems(data[:cut])
    assert line == line_of("存在的主要问题。对照")
    assert "损坏" in message


def test_a_file_cut_within_a_text_is_refused(desk: Desk) -> None:
    problems = desk.problems(TEXT[: TEXT.index("二是丰富解读方式")])
    assert any("'''" in message for _, message in problems)


def test_a_file_of_many_megabytes_is_refused(desk: Desk) -> None:
    ((_, message),) = desk.problems("#" * 5_000_000)
    assert message.startswith("文件有 4.8 MB，超过 2 MB")


def test_a_folder_a_missing_file_and_a_device_are_refused(tmp_path: Path) -> None:
    for path, part in [
        (tmp_path, "文件夹"),
        (tmp_path / "no.toml", "没有这个文件"),
        (Path("/dev/zero"), "不是普通文件"),
    ]:
        if path == Path("/dev/zero") and not path.exists():
            continue
        with pytest.raises(InputError, match=part):
            read(path)


@pytest.mark.skipif(os.name == "nt", reason="permissions work otherwise on Windows")
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "input.toml"
    path.write_text(TEXT, encoding="utf-8")

    def denied(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", denied)
    with pytest.raises(InputError, match="文件读不出来"):
        read(path)
