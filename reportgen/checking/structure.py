"""Rules on the frame of the report: its title and year, what the preface says of it, its legal basis."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model.chinese import (
    IDEOGRAPHS,
    statements,
)
from ..model.findings import Finding, Remark, Severity
from ..patterns import regex
from .own_year import own_names, periods, preface
from .passages import excerpt, places
from .report_year import year_meant
from .rule import Case, rule

FORM_NOTICE = "国办公开办函〔2021〕30号"
REGULATION = "政府信息公开条例"

# ── title and year ──────────────────────────────────────────────────────────────────────────────────

_ANNOUNCED = regex(
    rf"(?:公布|公开|编制|发布|形成)(?:了)?《?([{IDEOGRAPHS}]{{3,30}}?)(?:19|20)\d\d年度?(?:政府)?信息公开"
)
_BODY = regex("(.+[省市县区州盟旗])(.+)")


@rule("S01", "标题、年份和机关名称", Severity.ERROR, FORM_NOTICE)
def title_and_year(case: Case) -> Iterator[Finding | Remark]:
    """标题是“机关名称＋年份＋年政府信息公开工作年度报告”，由机关名称和报告的年份组成；前言里说到本报告时，年份和机关要与标题一致。

    错：2022 年的报告，前言写“现公布莆田市公安局2021年政府信息公开工作年度报告”
    对：2022 年的报告，前言写“现公布莆田市公安局2022年政府信息公开工作年度报告”
    """
    name = case.report.agency.get("name", "")
    year = str(case.document.year)
    if extra := re.search(r"(?:19|20)\d\d年?|政府信息公开|年度报告|报告$", name):
        message = f"机关名称“{name}”里有“{extra[0]}”，标题会重复。"
        advice = "机关名称请只写全称。"
        how = "[agency] 的 name 里不写年份和“政府信息公开工作年度报告”，它们由程序加上。"
        line = case.report.line_of("agency.name")
        yield Finding("S01", Severity.ERROR, message, advice, line=line, how=how)
    meant = year_meant(case)
    for found in own_names(case.document):
        if found.years.isdisjoint({year, meant}):
            message = f"{found.place.name}把本报告写成“{found.text}”，而报告年度是{year}年。"
            advice = f"请改为“{year}年政府信息公开工作年度报告”。"
            yield found.place.finding("S01", Severity.ERROR, message, advice, found.start, found.end)
    for place in preface(case.document):
        for match in _ANNOUNCED.finditer(place.text):
            if _is_another_body(match[1], name):
                message = f"{place.name}写的是“{match[1]}”的报告，而本报告的机关是“{name}”。"
                advice = "请核对是不是从别的机关的报告里抄来的。"
                yield place.finding("S01", Severity.WARNING, message, advice, *match.span(1))


def _is_another_body(written: str, name: str) -> bool:
    """Whether it is the same office of another place: 厦门市公安局 for 莆田市公安局."""
    other, own = _BODY.fullmatch(written), _BODY.fullmatch(name)
    if not other or not own or other[2] != own[2]:
        return False
    return other[1] not in own[1] and own[1] not in other[1]


_YEAR_TWICE = regex(r"(?:19|20)\d\d年度(?:政府)?信息公开(?:工作)?年度报告")


@rule("S02", "“年度”写了两次", Severity.WARNING, FORM_NOTICE)
def year_said_twice(case: Case) -> Iterator[Finding | Remark]:
    """报告的名称里“年度”只在“年度报告”里写一次，前面写“2022年”，不写“2022年度”。

    错：2022年度政府信息公开工作年度报告
    对：2022年政府信息公开工作年度报告
    """
    for place in places(case.document):
        for match in _YEAR_TWICE.finditer(place.text):
            message = f"{place.name}的“{match[0]}”里“年度”写了两次。"
            written = match[0] if place.part.heading else f"{case.document.year}{match[0][4:]}"
            right = written.replace("年度", "年", 1)
            yield place.finding("S02", Severity.WARNING, message, f"请改为“{right}”。", *match.span())


# ── what the preface says ───────────────────────────────────────────────────────────────────────────


@rule("S04", "统计期限", Severity.ERROR, REGULATION + "第四十九条、第五十条")
def statistical_period(case: Case) -> Iterator[Finding | Remark]:
    """数据的统计期限是报告年度的 1 月 1 日至 12 月 31 日。没有写明是统计期限的全年起止日期，年份不对时只提醒。

    错：2022 年的报告，写“统计期限为2021年1月1日至2021年12月31日”
    对：2022 年的报告，写“统计期限为2022年1月1日至2022年12月31日”
    """
    year = str(case.document.year)
    meant = year_meant(case)
    for found in periods(case.document):
        in_preface = found.place.part.heading is None
        is_right = found.is_whole_year and found.years in ({year}, {meant})
        if is_right or not (found.is_whole_year or (found.is_named and in_preface)):
            continue
        severity = Severity.ERROR if found.is_named else Severity.WARNING
        message = f"{found.place.name}的统计期限写成“{found.text}”。"
        advice = f"请改为“{year}年1月1日至{year}年12月31日”。"
        yield found.place.finding("S04", severity, message, advice, found.start, found.end)


# ── legal basis ─────────────────────────────────────────────────────────────────────────────────────

_BRACKETS = str.maketrans("[](（）)﹝﹞【】［］", "〔〕〔〔〕〕〔〕〔〕〔〕")


@rule("S05", "引用的依据已经不用", Severity.WARNING, FORM_NOTICE + "；" + REGULATION + "（2019年修订）")
def superseded_basis(case: Case) -> Iterator[Finding | Remark]:
    """格式依据引用现行的文件，条例引用现行的国务院令；旧的已被代替。同一句里新旧都写明的不算。

    错：国办公开办函〔2019〕60号、国务院令第492号
    对：国办公开办函〔2021〕30号、国务院令第711号
    """
    for place in places(case.document):
        text = place.text.translate(_BRACKETS)
        for basis in case.document.form.superseded:
            for written in basis.written:
                at = text.find(written)
                if at < 0 or any(
                    basis.beside in said[0] for said in statements(text) if said.start() <= at < said.end()
                ):
                    continue
                end = at + len(written)
                message = f"{place.name}引用的{excerpt(place.text, at, end)}已经不用。"
                yield place.finding("S05", Severity.WARNING, message, f"请改为“{basis.now}”。", at, end)
