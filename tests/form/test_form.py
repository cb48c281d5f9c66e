"""The form as data: held against the official form, and broken in every way a maintainer could break it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from reportgen.form.form_file import FormError, known_formats, load_form, templates_folder
from reportgen.form.model import Form

APPLICANTS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
RESULTS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]


def test_there_are_200_figures_and_42_sums(form: Form) -> None:
    assert len(form.cells) == 200
    assert len(form.sums) == 42
    assert {key: len(list(table.cells)) for key, table in form.tables.items()} == {
        "active_disclosure": 10,
        "requests": 175,
        "review_litigation": 15,
    }


def test_the_headings_are_the_official_ones_in_their_order(form: Form) -> None:
    assert [part.heading for part in form.parts if not part.signature] == [
        None,
        "一、总体情况",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
        "五、存在的主要问题及改进情况",
        "六、其他需要报告的事项",
    ]


def printed_rows(form: Form, table: str) -> list[list[tuple[str, int, int]]]:
    """Every row of the grid: label (figures as …), columns, rows."""
    return [
        [("…" if cell.kind == "figure" else cell.label, cell.columns, cell.rows) for cell in row]
        for row in form.tables[table].grid
    ]


def test_table_two_is_printed_as_the_official_form(form: Form) -> None:
    figures = [("…", 1, 1)] * 3
    assert printed_rows(form, "active_disclosure") == [
        [("第二十条第（一）项", 4, 1)],
        [("信息内容", 1, 1), ("本年制发件数", 1, 1), ("本年废止件数", 1, 1), ("现行有效件数", 1, 1)],
        [("规章", 1, 1), *figures],
        [("行政规范性文件", 1, 1), *figures],
        [("第二十条第（五）项", 4, 1)],
        [("信息内容", 1, 1), ("本年处理决定数量", 3, 1)],
        [("行政许可", 1, 1), ("…", 3, 1)],
        [("第二十条第（六）项", 4, 1)],
        [("信息内容", 1, 1), ("本年处理决定数量", 3, 1)],
        [("行政处罚", 1, 1), ("…", 3, 1)],
        [("行政强制", 1, 1), ("…", 3, 1)],
        [("第二十条第（八）项", 4, 1)],
        [("信息内容", 1, 1), ("本年收费金额（单位：万元）", 3, 1)],
        [("行政事业性收费", 1, 1), ("…", 3, 1)],
    ]


def test_table_three_is_printed_as_the_official_form(form: Form) -> None:
    rows = printed_rows(form, "requests")
    assert rows[:3] == [
        [
            ("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", 3, 3),
            ("申请人情况", 7, 1),
        ],
        [("自然人", 1, 2), ("法人或其他组织", 5, 1), ("总计", 1, 2)],
        [(label, 1, 1) for label in APPLICANTS[1:6]],
    ]
    assert [[label for label in row if label[0] != "…"] for row in rows[3:]] == [
        [("一、本年新收政府信息公开申请数量", 3, 1)],
        [("二、上年结转政府信息公开申请数量", 3, 1)],
        [("三、本年度办理结果", 1, 22), ("（一）予以公开", 2, 1)],
        [("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", 2, 1)],
        [("（三）不予公开", 1, 8), ("1.属于国家秘密", 1, 1)],
        [("2.其他法律行政法规禁止公开", 1, 1)],
        [("3.危及“三安全一稳定”", 1, 1)],
        [("4.保护第三方合法权益", 1, 1)],
        [("5.属于三类内部事务信息", 1, 1)],
        [("6.属于四类过程性信息", 1, 1)],
        [("7.属于行政执法案卷", 1, 1)],
        [("8.属于行政查询事项", 1, 1)],
        [("（四）无法提供", 1, 3), ("1.本机关不掌握相关政府信息", 1, 1)],
        [("2.没有现成信息需要另行制作", 1, 1)],
        [("3.补正后申请内容仍不明确", 1, 1)],
        [("（五）不予处理", 1, 5), ("1.信访举报投诉类申请", 1, 1)],
        [("2.重复申请", 1, 1)],
        [("3.要求提供公开出版物", 1, 1)],
        [("4.无正当理由大量反复申请", 1, 1)],
        [("5.要求行政机关确认或重新出具已获取信息", 1, 1)],
        [
            ("（六）其他处理", 1, 3),
            ("1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", 1, 1),
        ],
        [("2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", 1, 1)],
        [("3.其他", 1, 1)],
        [("（七）总计", 2, 1)],
        [("四、结转下年度继续办理", 3, 1)],
    ]
    assert all(len([cell for cell in row if cell[0] == "…"]) == 7 for row in rows[3:])


def test_table_four_is_printed_as_the_official_form(form: Form) -> None:
    assert printed_rows(form, "review_litigation") == [
        [("行政复议", 5, 1), ("行政诉讼", 10, 1)],
        [*[(label, 1, 2) for label in RESULTS], ("未经复议直接起诉", 5, 1), ("复议后起诉", 5, 1)],
        [(label, 1, 1) for label in RESULTS * 2],
        [("…", 1, 1)] * 15,
    ]


@pytest.mark.parametrize(
    ("cell", "label"),
    [
        ("active_disclosure.licensing", "表二·行政许可"),
        ("active_disclosure.normative_documents.in_force", "表二·行政规范性文件·现行有效件数"),
        ("requests.new_received.total", "表三·一、本年新收政府信息公开申请数量·总计"),
        ("requests.unavailable_not_held.natural", "表三·（四）无法提供 1.本机关不掌握相关政府信息·自然人"),
        ("review_litigation.review.total", "表四·行政复议·总计"),
        ("review_litigation.direct_suit.upheld", "表四·行政诉讼 未经复议直接起诉·结果维持"),
    ],
)
def test_a_cell_is_called_as_the_clerk_calls_it(form: Form, cell: str, label: str) -> None:
    assert form.cells[cell].label == label


def test_only_fees_are_an_amount_with_decimals_in_ten_thousand_yuan(form: Form) -> None:
    assert [key for key, cell in form.cells.items() if cell.decimal] == ["active_disclosure.fees"]
    assert [key for key, cell in form.cells.items() if cell.unit == "万元"] == ["active_disclosure.fees"]


def test_documents_of_several_bodies_do_not_add_up_and_all_else_does(form: Form) -> None:
    rows = {(cell.table, cell.row) for cell in form.cells.values() if not cell.adds_up}
    assert rows == {("active_disclosure", "regulations"), ("active_disclosure", "normative_documents")}
    assert sum(not cell.adds_up for cell in form.cells.values()) == 6


def test_the_groups_are_sums_a_text_can_name(form: Form) -> None:
    named = dict(form.quantities())
    assert len(named["requests.denied.total"]) == 8
    assert len(named["requests.unavailable.total"]) == 3
    assert len(named["requests.declined.total"]) == 5
    assert len(named["requests.other.total"]) == 3
    assert named["review_litigation.suits.total"] == (
        "review_litigation.direct_suit.total",
        "review_litigation.suit_after_review.total",
    )


def test_the_sum_of_the_results_has_21_parts_in_each_column(form: Form) -> None:
    sums = [sum_ for sum_ in form.sums if sum_.left.name == "（七）总计"]
    assert [len(sum_.right.cells) for sum_ in sums] == [21] * 7


def test_every_table_fits_the_text_area_of_156_mm(form: Form) -> None:
    assert all(sum(table.widths) <= 156.001 for table in form.tables.values())


# ── a broken form file ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            '{ text = "申请人情况", columns = 7 }',
            '{ text = "申请人情况", columns = 6 }',
            "表三（tables.requests）：grid 第 1 行没有填满：第 10 列是空的（共 10 列）",
        ),
        (
            '{ text = "申请人情况", columns = 7 }',
            '{ text = "申请人情况", columns = 8 }',
            "grid 第 1 行的“申请人情况”超出了表的 10 列",
        ),
        ('{ group = "denied", rows = 8 }', '{ group = "denied", rows = 9 }', "grid 第 16 行"),
        (
            '{ text = "三、本年度办理结果", rows = 22 }',
            '{ text = "三、本年度办理结果", rows = 40 }',
            "超出了表的 28 行",
        ),
        (
            '"legal_service", "other"] }\n\n',
            '"legal_servce", "other"] }\n\n',
            "sums 里的列 里的“legal_servce”没有定义",
        ),
        ('of = ["total_processed"]', 'of = ["total_procesed"]', "sums 里的行 里的“total_procesed”没有定义"),
        ("rows.granted           = ", "rows.new_received      = ", "格式文件读不出来"),
        (
            '{ row = "carried_over", columns = 3 }',
            '{ row = "new_received", columns = 3 }',
            "不在它自己的行名旁边或下面",
        ),
        (
            '{ figures = "granted", count = 7 }',
            '{ figures = "grant", count = 7 }',
            "figures 里的“grant”没有定义",
        ),
        ('{ figures = "carried_over", count = 7 }', '{ figures = "carried_over", count = 6 }', "没有填满"),
        ('{ head = "natural", rows = 2 }', '{ hd = "natural", rows = 2 }', "看不懂 grid 里的这一格"),
        ('{ head = "natural", rows = 2 }', '{ head = "natural", rows = 0 }', "跨行、跨列至少是 1"),
        ('in_each = "row"\nleft', 'in_each = "rows"\nleft', "in_each 只能是 row 或 column，不能是“rows”"),
        ("groups.denied      = ", "groups.granted     = ", "rows 和 groups 里的“granted”出现了两次"),
        ('table   = "requests"', 'table   = "request"', "parts 里的表 里的“request”没有定义"),
        ("from_year = 2021", 'from_year = "2021年"', "from_year 要写成年份"),
        ('name   = "表三"', 'nam   = "表三"', "tables.requests 里的“nam”不认识，是不是“name”"),
        ('decimals = ["fees"]', 'decimals = ["fee"]', "decimals 里的“fee”没有定义"),
        ('not_added = ["reg', 'not_added = ["leg', "not_added 里的“legulations”没有定义"),
        (
            '[ { row = "coercion" },  { figures = "coercion", columns = 3 } ],\n',
            "",
            "grid 里的 row 缺少“coercion”",
        ),
    ],
)
def test_a_broken_form_file_says_what_is_wrong_in_it(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    shutil.copytree(templates_folder() / "2021", tmp_path / "2021")
    path = tmp_path / "2021" / "form.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(FormError) as caught:
        load_form("2021", tmp_path)
    assert str(caught.value).startswith(f"{path}：")
    assert message in str(caught.value)


def test_a_missing_form_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FormError, match=r"form\.toml：格式文件读不出来"):
        load_form("2021", tmp_path)


def test_the_formats_are_the_folders_with_a_form(tmp_path: Path) -> None:
    assert known_formats() == ["2021", "2019"]
    for name in ("2021", "2027"):
        shutil.copytree(templates_folder() / "2021", tmp_path / name)
    assert known_formats(tmp_path) == ["2027", "2021"]
