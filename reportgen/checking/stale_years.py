"""The rule on an earlier year that was left standing in the text where the report speaks of its own year."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model.chinese import SENTENCE_ENDS, sentences
from ..model.findings import Finding, Remark, Severity
from .passages import places, shortened
from .patterns import regex
from .rule import Case, rule
from .similarity import read_sentences
from .years import PRACTICE, previous

FARTHEST = 3
"""Years back; an older year is history."""

_TITLE = regex("《[^《》]*》|“[^“”]*”|[〔（(][^〔〕（）()]*[〕）)]")
_YEAR = regex(r"(?<!\d)((?:19|20)\d\d)年")
_HISTORY = regex(
    "以来|[自从]|[年月日底末]起|至今|同比|环比|相比|较(?![好多大为高快少强])|(?<![占百分])比(?![例重])|上一?年|去年|前一年|往年|历年|近[两三几]年|此前|之前|以前"
    "|增长|下降|增加|减少|上升|结转|延续|连续|印发|出台|修订|施行|颁布|公布的|制发的|被评|获评|荣获|规划"
)
_OF_ITS_YEAR = (
    "年度?[，,]?(?:我[局委办厅院县市区镇乡街部处省校]|本[局机单委市县区镇乡厅办省]|全[市县区局省系年镇乡委]|共|累计"
    "|主动公开|主要|政务公开|政府信息公开(?!(?:工作)?(?:年度)?报告)|收到|受理|办理|新收|依申请公开|未收到|未发生|各[级部单区县])"
)
_PLANS = regex(
    "年?(?:度)?[，,]?[^，。；]{0,12}将(?:进一步|继续|持续|着力|不断|重点|努力|认真|严格|切实|积极|围绕|采取|坚持)"
)


@rule("Y08", "旧的年份没有改", Severity.ERROR, PRACTICE)
def earlier_year_left(case: Case) -> Iterator[Finding | Remark]:
    """说本年工作的句子里，年份要是报告年度。文号〔2021〕、文件名称、“2021年以来”“较2021年”等不算。

    与上年报告一字不差、又写着上年日期的句子，和写着报告年度的下一步打算，只提醒。

    错：year = 2022，写“2021年，我局收到政府信息公开申请19件”
    对：year = 2022，写“2022年，我局收到政府信息公开申请19件”
    """
    year = case.report.year
    earlier = "|".join(str(year - back) for back in range(1, FARTHEST + 1))
    body = re.escape(case.report.agency.get("name", "") or "我局")
    own_year = re.compile(
        rf"(?:(?:^|[，：；）＿.。])\s*在?(?P<year>{earlier})(?:{_OF_ITS_YEAR}|年度?[，,]?{body})|截至(?P<end>{earlier})年(?:年?底|年?末|12月31日))"
    )
    found: set[tuple[str, int, int]] = set()
    any_earlier = re.compile(earlier)
    for place in places(case.document):
        if not any_earlier.search(place.text):
            continue
        for start, end in _claims(place.text, year):
            sentence = place.text[start:end]
            for match in own_year.finditer(_TITLE.sub(lambda title: "＿" * len(title[0]), sentence)):
                written = match["year"] or match["end"]
                at = start + (match.start("year") if match["year"] else match.start("end"))
                found.add((place.name, start, end))
                message = f"{place.name}说本年的工作，年份却是{written}年：“{shortened(sentence.strip().rstrip(SENTENCE_ENDS))}”。"
                advice = f"请改为{year}年；确是说{written}年的，请写明与{year}年的关系。"
                yield place.finding("Y08", Severity.ERROR, message, advice, at, at + 5)
    yield from _copied_dates(case, found)
    yield from _old_plans(case)


def _claims(text: str, year: int) -> Iterator[tuple[int, int]]:
    """The sentences that speak of one year alone, and not of its history or of a comparison."""
    for match in sentences(text):
        sentence = match[0]
        years = set(_YEAR.findall(sentence))
        if (
            len(years) == 1
            and not _HISTORY.search(sentence)
            and not text.startswith(f"{year}年", match.end())
        ):
            yield match.span()


def _copied_dates(case: Case, found: set[tuple[str, int, int]]) -> Iterator[Finding]:
    """Sentences of last year's that stand again word for word, with a date of last year."""
    if previous(case) is None or case.last_document is None:
        return
    year = case.report.year
    dated = (s for s in read_sentences(case.document) if str(year - 1) in s.text)
    last = frozenset(s.exact for s in read_sentences(case.last_document) if str(year - 1) in s.text)
    for sentence in dated:
        text = _TITLE.sub("", sentence.text)
        years = set(_YEAR.findall(text))
        if sentence.exact not in last or years != {str(year - 1)} or _HISTORY.search(text):
            continue
        if any(name == sentence.place.name and start <= sentence.start < end for name, start, end in found):
            continue
        message = f"{sentence.place.name}这一句与上年报告一字不差，写的还是{year - 1}年：“{shortened(sentence.text)}”。"
        advice = "请核对年份，按今年的情况改写。"
        yield sentence.place.finding("Y08", Severity.WARNING, message, advice, sentence.start, sentence.end)


def _old_plans(case: Case) -> Iterator[Finding]:
    """Plans for the year that the report says is over: they were next year's in last year's report."""
    year = case.report.year
    for place in places(case.document, "problems"):
        for match in re.finditer(rf"(?<!\d){year}", place.text):
            if plan := _PLANS.match(place.text, match.end()):
                message = f"{place.name}把{year}年写成下一步：“{match[0]}{shortened(plan[0])}”。"
                advice = f"报告年度{year}年已经过去，下一步应是{year + 1}年，请核对。"
                yield place.finding("Y08", Severity.WARNING, message, advice, match.start(), plan.end())
