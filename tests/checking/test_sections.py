"""What each part of the text has to say."""

from __future__ import annotations

import pytest

from reportgen.model.findings import Severity

from .cases import SOUND, findings, found_in, passages, report

ASPECTS = ["主动公开", "依申请公开", "政府信息管理", "政府信息公开平台建设", "监督保障"]


@pytest.mark.parametrize("nothing", ["无", "无。", "略", "/", "暂无。", "没有。"])
@pytest.mark.parametrize("part", ["overview", "problems"])
def test_a_part_that_says_nothing_is_an_error(part: str, nothing: str) -> None:
    (finding,) = found_in("S06", nothing, part)
    assert finding.severity is Severity.ERROR


def test_other_matters_may_be_short() -> None:
    assert found_in("S06", "无", "other_matters") == []
    assert found_in("S06", "无障碍浏览不够完善。", "problems") == []


@pytest.mark.parametrize("left_out", range(5))
def test_an_aspect_without_its_heading_is_found(left_out: int) -> None:
    numerals = "一二三四五"
    kept = [aspect for i, aspect in enumerate(ASPECTS) if i != left_out]
    text = "\n".join(
        f"（{numerals[i]}）{aspect}情况。通过网站等平台公开，加强监督和管理。"
        for i, aspect in enumerate(kept)
    )
    (finding,) = found_in("S07", text)
    assert ASPECTS[left_out] in finding.message


@pytest.mark.parametrize(
    "text",
    [
        SOUND["overview"],
        "2022年，我局主动公开信息801条，办理依申请公开19件，落实信息管理制度，办好门户网站，加强监督考核。",
        "（一）加强重点领域公开\n（二）规范依申请办理\n（三）抓好信息管理和新媒体建设\n（四）强化考核评议",
    ],
)
def test_all_aspects_treated_in_whatever_form_is_right(text: str) -> None:
    assert found_in("S07", text) == []


def test_the_length_of_the_overview_has_a_limit_the_clerk_sets() -> None:
    this = report({"overview": "公开" * 400 + "2022 IPv6"})
    assert findings("S08", this, overview_length=801)[0].severity is Severity.WARNING
    assert findings("S08", this, overview_length=802) == []


def test_the_length_of_the_overview_is_nothing_where_no_limit_is_set() -> None:
    assert findings("S08", report({"overview": "公开" * 4000})) == []


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("一是公开内容不够及时。二是解读形式单一。", "改进情况"),
        ("公开的深度有待进一步加强，培训需要继续加强。", "改进情况"),
        ("加强业务培训，完善制度，优化网站。", "存在的主要问题"),
        ("针对存在的问题，我局将进一步完善制度。", "存在的主要问题"),
    ],
)
def test_problems_without_measures_and_measures_without_problems_are_found(text: str, lacking: str) -> None:
    (finding,) = found_in("S09", text, "problems")
    assert lacking in finding.message


@pytest.mark.parametrize(
    "text",
    [
        SOUND["problems"],
        "存在的问题：解读形式单一。下一步，丰富解读形式。",
        "公开不够及时。针对上述问题，我局建立了督办制度。",
        "（一）存在的主要问题\n人员力量紧张。\n（二）改进情况\n配齐人员，开展培训。",
        "虽然取得了成绩，但仍存在一些不足。今后将加强学习。",
    ],
)
def test_problems_with_measures_are_right(text: str) -> None:
    assert found_in("S09", text, "problems") == []


def test_other_matters_have_to_speak_of_the_fee() -> None:
    assert found_in("S10", "无其他需要报告的事项。", "other_matters")
    assert found_in("S10", "无", "other_matters")
    for text in ("本年度没有收取信息处理费。", "没有收费事项。", "收取信息处理费380元。"):
        assert found_in("S10", text, "other_matters") == []


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("收到申请XX件", "XX"),
        ("收到申请××件", "××"),
        ("收到申请xx件", "xx"),
        ("收到申请X件", "X"),
        ("收到申请____件", "____"),
        ("（文字描述）", "（文字描述）"),
        ("（此处填写主动公开情况）", "（此处填写主动公开情况）"),
        ("（请根据实际填写）", "（请根据实际填写）"),
        ("TODO补充", "TODO"),
        ("占比待填", "待填"),
        ("收到{申请数}件", "{申请数}"),
        ("收到｛申请数", "｛"),
        ("填写说明：本部分写五个方面", "填写说明"),
        ("某某局", "某某"),
        ("○○局", "○○"),
        ("增长???", "???"),
        ("合计#REF!件", "#REF!"),
    ],
)
def test_what_was_never_filled_in_is_an_error(text: str, left: str) -> None:
    assert passages("S11", text) == [left]


@pytest.mark.parametrize(
    "text",
    [
        "网址http://xxgk.putian.gov.cn/xx/",
        "邮箱xxgk@putian.gov.cn",
        "7×24小时值班",
        "3×2件套",
        "138****5678",
        "（试行）、（请扫码查看）",
        "优化申请表填写说明和办事指南",
        "对待核实的线索逐一办理",
        "规格XXL",
        "X射线检查",
        "申请人王某某不服答复",
        "二〇二二年",
        "（略有增长）",
    ],
)
def test_what_only_looks_like_a_blank_is_left(text: str) -> None:
    assert found_in("S11", text) == []


def test_a_figure_that_is_not_filled_in_is_no_blank_of_the_text() -> None:
    this = report({"overview": "收到{{ requests.new_received.total }}件"})
    figures = {key: value for key, value in this.figures.items() if key != "requests.new_received.total"}
    assert findings("S11", type(this)(**{**vars(this), "figures": figures})) == []


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("（地址：荔城区，电话：      ）", "电话：      "),
        ("（电话：）", "电话："),
        ("（电话:   )", "电话:   "),
        ("传真：，邮编：351100", "传真："),
        ("办公电话：", "电话："),
        ("联系人：   联系电话：0594-2772776", "联系人：   "),
        ("电话：    邮编：351100", "电话：    "),
        ("电子邮箱：。", "邮箱："),
        ("E-mail：）", "E-mail："),
        ("邮政编码：\u3000\u3000；", "邮政编码：\u3000\u3000"),
        ("咨询电话（传真）：  ）", "电话（传真）：  "),
        ("联系电话为     ，", "电话为     "),
        ("办公地址：\t。", "办公地址：\t"),
        ("审核人：    。", "审核人：    "),
        ("审核人： 。", "审核人： "),
        ("电话：0594-      ）", "      "),
        ("东圳东路      号，", "      号"),
        ("在我局网站      ，公众可下载", "      "),
        ("收到申请      件，", "      件"),
        ("收到申请\u3000件。", "\u3000件"),
        ("截至2022年  月  日", "年  月  日"),
        ("截至    年12月31日", "    年"),
        ("国办函〔2020〕  号", "  号"),
        ("第  条规定", "第  条"),
        ("请与我局联系（    ）", "（    ）"),
        ("按照《》要求", "《》"),
        ("闽政〔  〕5号", "〔  〕"),
    ],
)
def test_what_lost_its_value_is_an_error_and_no_rule_of_punctuation_speaks_of_it(
    text: str, left: str
) -> None:
    assert passages("S11", text) == [left]
    assert not [code for code in ("W06", "W07", "W08") if found_in(code, text)]


@pytest.mark.parametrize(
    "text",
    [
        "电话：0594-2772776）",
        "地址：荔城区东圳东路  邮编：351100",
        "具体情况如下：",
        "联系方式：",
        "通过信函、传真：均可",
        "各项工作 平稳有序",
        "收到申请19 件，",
        "开展培训两 次，",
        "主要措施：  一是加强督促。",
        "5月5 日",
        "按 月通报",
        "数据（单位：件）",
    ],
)
def test_a_blank_that_hides_nothing_is_no_emptied_place(text: str) -> None:
    assert found_in("S11", text) == []
