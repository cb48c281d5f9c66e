"""The rule on an earlier year that was left standing in the text where the report speaks of its own year."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model.chinese import SENTENCE_ENDS
from ..model.findings import Finding, Remark, Severity
from ..patterns import regex
from .own_year import HISTORY, claims, without_titles, years_in
from .passages import places, shortened
from .report_year import year_meant
from .rule import Case, rule
from .similarity import read_sentences
from .years import PRACTICE, previous

FARTHEST = 3
"""Years back; an older year is history."""

_PLANS = regex(
    "年?(?:度)?[，,]?[^，。；]{0,12}将(?:进一步|继续|持续|着力|不断|重点|努力|认真|严格|切实|积极|围绕|采取|坚持)"
)


@rule("Y08", "旧的年份没有改", Severity.ERROR, PRACTICE)
def earlier_year_left(case: Case) -> Iterator[Finding | Remark]:
    """说本年工作的句子里，年份要是报告年度。文号〔2021〕、文件名称、“2021年以来”“较2021年”等不算。

    与上年报告一字不差、又写着上年日期的句子，和写着报告年度的下一步打算，只提醒。

    错：2022 年的报告，写“2021年，我局收到政府信息公开申请19件”
    对：2022 年的报告，写“2022年，我局收到政府信息公开申请19件”
    """
    if year_meant(case):
        return
    year = case.report.year
    found: set[tuple[str, int, int]] = set()
    for claim in claims(case.document, range(year - FARTHEST, year)):
        (written,) = claim.years
        found.add((claim.place.name, claim.start, claim.end))
        said = shortened(claim.text.strip().rstrip(SENTENCE_ENDS))
        message = f"{claim.place.name}说本年的工作，年份却是{written}年：“{said}”。"
        advice = f"请改为{year}年；确是说{written}年的，请写明与{year}年的关系。"
        yield claim.place.finding("Y08", Severity.ERROR, message, advice, claim.at, claim.at + 5)
    yield from _copied_dates(case, found)
    yield from _old_plans(case)


def _copied_dates(case: Case, found: set[tuple[str, int, int]]) -> Iterator[Finding]:
    """Sentences of last year's that stand again word for word, with a date of last year."""
    if previous(case) is None or case.last_document is None:
        return
    year = case.report.year
    dated = (s for s in read_sentences(case.document) if str(year - 1) in s.text)
    last = frozenset(s.exact for s in read_sentences(case.last_document) if str(year - 1) in s.text)
    for sentence in dated:
        text = without_titles(sentence.text)
        if sentence.exact not in last or years_in(text) != {str(year - 1)} or HISTORY.search(text):
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
