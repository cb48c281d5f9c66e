"""One rule run over a report made of a few lines: what the tests of structure, wording and years share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from reportgen.checking import RULES
from reportgen.checking.rule import Case
from reportgen.form.form_file import load_form
from reportgen.model.document import compose
from reportgen.model.findings import Figure, Finding, Remark
from reportgen.model.report import Publication, Report

from ..conftest import make_report, published

FORM = load_form("2021")

# A text in the manner of published reports that no rule has anything to say about.
SOUND = {
    "preface": (
        "根据《中华人民共和国政府信息公开条例》（国务院令第711号，以下简称《条例》）和《国务院办公厅政府信息与政务公开办公室"
        "关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》（国办公开办函〔2021〕30号）要求，现公布莆田市公安局"
        "2022年政府信息公开工作年度报告。本报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、"
        "政府信息公开行政复议、行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项六个部分组成，"
        "所列数据的统计期限自2022年1月1日起至2022年12月31日止。电子版可在莆田市公安局网站（http://gaj.putian.gov.cn）"
        "“政府信息公开年报”栏目下载。如有疑问，请与莆田市公安局办公室联系（地址：莆田市荔城区东圳东路2006号，"
        "邮编：351100，电话：0594-2772776，传真：0594-2772537，邮箱：bgs@putian.gov.cn）。"
    ),
    "overview": (
        "2022年，我局常常对照《条例》逐项检查，各项工作平稳有序，收到申请1,234件，办理时间是8:30至17:30。\n"
        "（一）主动公开情况。2021年以来，我局坚持“以公开为常态、不公开为例外”，落实《2021年政务公开工作要点》"
        "（国办发〔2021〕12号），发布信息801条，较2021年增长3.5%；实现“党建引领 夯基惠民”。\n"
        "（二）依申请公开情况。2022年收到申请19件，2021年收到17件。依据《条例》第二十条第（一）项办理。\n"
        "（三）政府信息管理情况。一是落实三级审签；二是按月移交档案；三是清理文件。\n"
        "（四）政府信息公开平台建设情况。门户网站支持互联网协议第6版（IPv6），7×24小时运行，每月5日、20日更新。\n"
        "（五）监督保障情况。区政府政府信息公开办全年通报12期，截至2022年12月31日全部整改。"
    ),
    "problems": (
        "（一）存在的主要问题。一是网站检索不够便捷；二是政策解读形式单一；三是部分信息发布不够及时。\n"
        "（二）改进情况。2023年，我局将进一步优化检索，丰富解读方式，健全发布提醒机制。"
    ),
    "other_matters": "本年度没有收取信息处理费，没有其他需要报告的事项。",
}


def report(
    narrative: Mapping[str, str] | None = None,
    *,
    year: int = 2022,
    agency: Mapping[str, str] | None = None,
    figures: Mapping[str, Figure] | None = None,
    source: str = "putian-psb-2022",
    date: str = "",
) -> Report:
    """A report with a published one's figures, some of them replaced, and the given text."""
    data: dict[str, Any] = published(source)
    data |= {"year": year, "agency": {"name": "莆田市公安局", **(agency or {})}}
    made = make_report(data, FORM, narrative or {})
    return replace(made, figures={**made.figures, **(figures or {})}, publication=Publication(date=date))


def results(
    code: str, this: Report, last: Report | None = None, limits: Mapping[str, float] | None = None
) -> list[Finding | Remark]:
    """What one rule says of a report."""
    rule = RULES[code]
    in_force = {
        name: limit.default for name, limit in rule.limits.items() if limit.default is not None
    } | dict(limits or {})
    case = Case(this, compose(this, last), last, compose(last) if last else None, in_force)
    return list(rule.check(case))


def findings(code: str, this: Report, last: Report | None = None, **limits: float) -> list[Finding]:
    """The findings of one rule, without its remarks."""
    return [result for result in results(code, this, last, limits) if isinstance(result, Finding)]


def found_in(code: str, text: str, part: str = "overview", **options: Any) -> list[Finding]:
    """The findings of one rule on a text in one part."""
    return findings(code, report({part: text}, **options))


def passages(code: str, text: str, part: str = "overview", **options: Any) -> list[str]:
    """The very words of ``text`` that a rule points at."""
    lines = text.split("\n")
    return [
        lines[finding.passage.paragraph][finding.passage.start : finding.passage.end]
        for finding in found_in(code, text, part, **options)
        if finding.passage
    ]
