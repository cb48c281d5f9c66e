"""Rules on words and dates in the text."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from ..model.chinese import IDEOGRAPHS, NUMERAL, read_number
from ..model.findings import Finding, Remark, Severity
from ..patterns import regex
from .passages import excerpt, places
from .rule import Case, rule
from .typography import mask_addresses

# Words that never stand twice in a row: not nouns such as 政府 or 规范 (区政府政府信息公开, 规范规范性文件).
_WORDS = (
    "进行|开展|加强|推进|落实|做好|完善|提高|提升|建立|强化|深化|严格|切实|积极|认真|及时|不断|持续|全面|有序"
    "|我局|我委|我办|我厅|我县|我市|我区|我镇|本局|本机关|按照|根据|通过|存在|由于|因此|同时|以及|对于|关于"
    "|其中|包括|已经|应当|可以|没有|共计|共有|围绕|依托|依照|确保|实现|达到|取得|坚持|着力|目前|截至|继续"
    "|努力|需要|得到|针对|随着|为了|并且|或者|但是|如果"
)
_WORD_TWICE = regex(f"({_WORDS})\\1")
# What comes before is looked at last, so that the search goes by the first character.
_CHARACTER_TWICE = regex(
    "的的(?<![目标有]的的)(?!确|士)|了了(?<![为除]了了)(?![解结却断望])"
    "|在在(?<![存现正实内外潜所旨自好]在在)(?![线职校编建岗册场押逃读籍])|是是(?<![于但可若凡正]是是)(?![否非])"
    "|及及|被被|并并(?<![合归兼吞]并并)|我我|们们|由由(?<![理自事缘]由由)"
)
# The group is lazy and starts at three characters, so that each place is tried a bounded number of times.
_PHRASE_TWICE = regex(f"(?P<phrase>[{IDEOGRAPHS}]{{3,8}}?)(?P=phrase)")


@rule("W09", "重复的字词", Severity.WARNING, "通行做法")
def words_twice(case: Case) -> Iterator[Finding | Remark]:
    """同一个词语不连着写两遍；“常常”“一件一件”等本来就重叠的词不算。

    错：我局对网站进行进行了升级，群众的的满意度提高。
    对：我局对网站进行了升级，群众的满意度提高。
    """
    for place in places(case.document):
        found = [
            *_WORD_TWICE.finditer(place.text),
            *_CHARACTER_TWICE.finditer(place.text),
            *_phrases_twice(place.text),
        ]
        if not found:
            continue
        first = min(found, key=lambda match: match.start())
        words = "、".join(dict.fromkeys(f"“{match[0]}”" for match in found))
        message = f"{place.name}有重复的字词{words}：{excerpt(place.text, *first.span())}。"
        yield place.finding("W09", Severity.WARNING, message, "请删去多余的。", *first.span())


def _phrases_twice(text: str) -> Iterator[re.Match[str]]:
    for match in _PHRASE_TWICE.finditer(text):
        if match["phrase"][0] not in "一的" and not _WORD_TWICE.search(match[0]):
            yield match


_SPOKEN = regex(r"(\d\d?)月(?:(\d{1,2})日)?")
_YEAR_BEFORE = regex(r"((?:19|20)\d\d)年$")
_WRITTEN = regex(r"(20\d\d)([-./])(\d{1,2})\2(\d{1,2})(?![\d.\-/])")
_CHINESE = regex(f"({NUMERAL})月({NUMERAL})日")


@rule("W10", "不存在的日期", Severity.ERROR, "历法")
def dates_that_do_not_exist(case: Case) -> Iterator[Finding | Remark]:
    """月份是 1 到 12，日期不超过当月的天数；没有写年份的 2 月 29 日，按报告年度和下一年度看。

    错：2022年2月30日、13月5日
    对：2022年2月28日、12月5日
    """
    for place in places(case.document):
        for start, end, fault in _impossible_dates(mask_addresses(place.text), case.document.year):
            message = f"{place.name}的日期“{place.text[start:end]}”不存在：{fault}。"
            yield place.finding("W10", Severity.ERROR, message, "请核对日期。", start, end)


def _impossible_dates(text: str, year: int) -> Iterator[tuple[int, int, str]]:
    """Where a date stands that does not exist, and why; one without a year is of ``year`` or the next."""
    for match in _SPOKEN.finditer(text):
        if text[max(0, match.start() - 1) : match.start()].isdigit():
            continue
        given = _YEAR_BEFORE.search(text, max(0, match.start() - 5), match.start())
        years = [int(given[1])] if given else [year, year + 1]
        if fault := _date_fault(years, int(match[1]), int(match[2]) if match[2] else None):
            yield given.start() if given else match.start(), match.end(), fault
    for match in _WRITTEN.finditer(text):
        before = text[max(0, match.start() - 1) : match.start()]
        fault = _date_fault([int(match[1])], int(match[3]), int(match[4]))
        if fault and (not before or not before.isascii()):
            yield *match.span(), fault
    for match in _CHINESE.finditer(text):
        month, day = read_number(match[1]), read_number(match[2])
        if month and day and (fault := _date_fault([year, year + 1], month, day)):
            yield *match.span(), fault


def _date_fault(years: list[int], month: int, day: int | None) -> str | None:
    if not 1 <= month <= 12:
        return f"没有{month}月"
    if day is not None and not any(_exists(year, month, day) for year in years):
        return f"{month}月没有{day}日"
    return None


def _exists(year: int, month: int, day: int) -> bool:
    try:
        datetime.date(year, month, day)
    except ValueError:
        return False
    return True
