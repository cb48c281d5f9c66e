"""Rules on what the law lets a body do, and by when: who makes rules (规章), what is counted, when it is published."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from ..model.findings import Finding, Remark, Severity
from ..patterns import regex
from .report_year import year_meant
from .rule import Case, rule

_NO_LAWMAKER = regex(
    "(?:[局委办厅队所院]|中心|[县区旗镇乡]人民政府|[县区旗镇乡]政府|街道办事处|街道|委员会|办公室)$"
)
_LAWMAKER = regex(
    "(?:国家|国务院|中国|中华人民共和国)|.*(?:省|自治区|自治州|[市州盟])(?:人民)?政府(?:办公厅|办公室|办)?$"
)
"""Central bodies; governments down to that of a city (whether it has districts its name does not tell), and their
offices, which report what the government issued."""


@rule("S14", "规章数量", Severity.WARNING, "立法法第九十一条、第九十三条")
def regulations_of_bodies_that_make_none(case: Case) -> Iterator[Finding | Remark]:
    """规章只由国务院部门、省级政府、设区的市和自治州政府制定（由其办公厅、办公室填报的也算）；其他部门、县级政府、乡镇街道的规章数一般是 0。

    错：某县人民政府的规章本年制发件数填 3
    对：某县人民政府的规章填 0，自己制定的文件算行政规范性文件
    """
    name = case.report.agency.get("name", "")
    if not _NO_LAWMAKER.search(name) or _LAWMAKER.match(name):
        return
    rows = case.report.form.playing("regulations")
    cells = [cell.key for cell in rows if case.report.figures.get(cell.key)]
    if cells:
        figures = "、".join(case.document.figures[key] for key in cells)
        message = f"{case.report.form.describe(cells)}填了 {figures}，而“{name}”一般不制定规章。"
        advice = "自己制定的规范性文件不是规章，请填在下一行；确实是规章的，请说明。"
        line = case.report.line_of(cells[0])
        yield Finding("S14", Severity.WARNING, message, advice, cells=tuple(cells), line=line)


@rule("S15", "处理决定数量的口径", Severity.NOTE, "政府信息公开条例第二十条")
def decisions_count_all(case: Case) -> Iterator[Finding | Remark]:
    """行政许可、行政处罚、行政强制填全年作出的全部处理决定，不论是否公开；数据对不对无从核对，只在最后提醒一句。

    错：行政处罚填网上公示的 120 件
    对：行政处罚填全年作出的 235 件
    """
    filled = [cell for cell in case.report.form.playing("decisions") if cell.key in case.report.figures]
    if filled:
        rows = "、".join(cell.label for cell in filled)
        text = f"{rows}是不是全年作出的全部处理决定（不论是否公开），没有数据可以核对，请向业务科室核实。"
        yield Remark(checked=False, text=text)


@rule("S16", "发布日期", Severity.WARNING, "政府信息公开条例第四十九条")
def publication_in_time(case: Case) -> Iterator[Finding | Remark]:
    """部门的报告在次年 1 月 31 日前公布，政府的报告在次年 3 月 31 日前公布；各地可以要求更早。

    错：2022 年度报告 2023 年 2 月 10 日发布（部门）
    对：2022 年度报告 2023 年 1 月 18 日发布
    """
    written = case.report.publication.date
    if not written or year_meant(case):
        return
    date = datetime.date.fromisoformat(written[:10])
    year = case.report.year + 1
    government = case.report.agency.get("name", "").endswith("政府")
    last = datetime.date(year, 3, 31) if government else datetime.date(year, 1, 31)
    line = case.report.line_of("publication.date")
    if date > last:
        who = "政府" if government else "部门"
        message = f"发布日期是{_said(date)}，{who}的{case.report.year}年度报告应在{_said(last)}前公布。"
        yield Finding("S16", Severity.WARNING, message, "请按期发布；已经晚的请核对日期。", line=line)
    elif date.year < year:
        message = f"发布日期是{_said(date)}，报告年度{case.report.year}年还没有结束。"
        yield Finding("S16", Severity.WARNING, message, "请核对日期。", line=line)


def _said(date: datetime.date) -> str:
    return f"{date.year}年{date.month}月{date.day}日"
