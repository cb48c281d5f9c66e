"""Rules on the numbers of headings and items, and on headings that do not belong into the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model.chinese import (
    CLAUSE_ENDS,
    LEVELS,
    NUMERAL,
    STATEMENT_ENDS,
    numbering,
    numeral,
    read_number,
    unnumbered,
)
from ..model.findings import Finding, Remark, Severity
from ..patterns import regex
from .passages import Place, excerpt, places, shortened
from .rule import Case, rule

_INTRODUCES = regex("[：:]$|如下|以下|措施|下一步|下步|今后|问题")

_INLINE = (
    (regex(rf"(?:^|(?<=[{CLAUSE_ENDS}、\s]))({NUMERAL})是"), "{}是"),
    (regex(f"(?:^|(?<=[{STATEMENT_ENDS}：:]))第({NUMERAL})[，、]"), "第{}"),
    (regex(rf"(?:^|(?<=[{CLAUSE_ENDS}\s]))[（(](\d{{1,2}})[)）]"), "（{}）"),
)


@rule("S12", "编号跳号或重号", Severity.WARNING, "GB/T 9704—2012 党政机关公文格式 7.3.3")
def numbers_in_sequence(case: Case) -> Iterator[Finding | Remark]:
    """（一）、1.、（1）和“一是”“二是”都从一起连续编号，不跳号，不重号；换了上一级，下一级重新编。

    错：（一）主动公开 （二）依申请公开 （四）监督保障
    对：（一）主动公开 （二）依申请公开 （三）监督保障
    """
    part = None
    last: dict[int, int] = {}
    bridged = False
    for place in places(case.document):
        if place.part is not part:
            part, last, bridged = place.part, {}, False
        if place.paragraph.level:
            yield from _in_sequence(place, last, bridged)
            bridged = False
        else:
            bridged = bridged or bool(_INTRODUCES.search(place.text) or not place.text.endswith("。"))
        yield from _inline(place)


def _in_sequence(place: Place, last: dict[int, int], bridged: bool) -> Iterator[Finding]:
    """Compare a numbered paragraph with the one before it on its level, and note its number in ``last``."""
    found = numbering(place.text)
    number = read_number(found.written) if found else None
    if found is None or number is None:
        return
    level = found.level
    before = last.get(level, 0)
    restarts = number == 1 and bridged
    if number != before + 1 and not restarts:
        yield _finding(place, 0, found.end, LEVELS[level], before, number)
    last[level] = number
    for deeper in [key for key in last if key > level]:
        del last[deeper]


def _inline(place: Place) -> Iterator[Finding]:
    """一是 … 二是 … within a paragraph; a list starts with its first number, what comes before is none."""
    for pattern, style in _INLINE:
        before = 0
        for match in pattern.finditer(place.text):
            number = read_number(match[1])
            if number is None or (match.start() == 0 and place.paragraph.level):
                continue
            if before and number not in (1, before + 1):
                yield _finding(place, *match.span(), style, before, number)
            if before or number == 1:
                before = number


def _finding(place: Place, start: int, end: int, style: str, before: int, number: int) -> Finding:
    in_digits = re.search(r"\d", place.text[start:end])

    def written(value: int) -> str:
        return style.format(value if in_digits else numeral(value))

    here = excerpt(place.text, start, end)
    if number == before:
        message = f"{place.name}的编号“{written(number)}”与前一个重复：{here}。"
    elif before:
        message = f"{place.name}的编号从“{written(before)}”跳到“{written(number)}”：{here}。"
    else:
        message = f"{place.name}的编号从“{written(number)}”开始，前面没有“{written(1)}”：{here}。"
    advice = f"这里应是“{written(before + 1)}”，请核对编号，或补上缺的一段。"
    return place.finding("S12", Severity.WARNING, message, advice, start, end)


_LONGEST_HEADING = 40


@rule("S13", "文字里另有标题", Severity.ERROR, "国办公开办函〔2021〕30号")
def headings_in_the_text(case: Case) -> Iterator[Finding | Remark]:
    """报告的标题和各部分的标题由程序加上，文字里不再写，否则会印两遍；“一、二、”只用于各部分，里面的层次从（一）编起。

    错：总体情况的第一行又写“一、总体情况”
    对：总体情况从正文写起
    """
    title = _plain(case.document.name)
    headings = {_plain(part.heading): part.heading for part in case.document.form.parts if part.heading}
    for place in places(case.document):
        plain = _plain(place.text)
        like_a_part = _numbered_as_a_part(place.text)
        if len(place.text) > _LONGEST_HEADING + len(title):
            continue
        span = (0, len(place.text))
        if plain == title:
            message = f"{place.name}写了报告的标题，印出来会有两遍。"
            yield place.finding("S13", Severity.ERROR, message, "请删去这一行。", *span)
        elif plain in headings and (like_a_part or place.part.heading == headings[plain]):
            message = f"{place.name}写了标题“{shortened(place.text)}”，印出来会有两遍。"
            yield place.finding("S13", Severity.ERROR, message, "请删去这一行，标题由程序加上。", *span)
        elif like_a_part and len(place.text) <= _LONGEST_HEADING and place.text[-1] not in CLAUSE_ENDS:
            message = f"{place.name}“{shortened(place.text)}”用了各部分的编号，报告看上去会多出一个部分。"
            advice = "部分里面的标题请从“（一）”编起；要另加部分是不行的，格式只有规定的几个部分。"
            yield place.finding("S13", Severity.WARNING, message, advice, *span)


def _numbered_as_a_part(text: str) -> bool:
    found = numbering(text)
    return found is not None and found.level == 1


def _plain(text: str) -> str:
    """A heading without the number of a part, blanks and stops, for comparing."""
    text = text.strip()
    return re.sub(r"\s|[。：:]$", "", unnumbered(text) if _numbered_as_a_part(text) else text)
