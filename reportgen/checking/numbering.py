"""Rules on the numbers of headings and items, and on headings that do not belong into the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model.findings import Finding, Remark, Severity
from .numerals import NUMERALS, chinese
from .passages import Place, excerpt, places, shortened
from .registry import Case, rule

_LEVELS = {
    2: (re.compile("[（(]([一二三四五六七八九十]+)[)）]"), "（{}）"),
    3: (re.compile(r"(\d{1,2})[.．、](?!\d)"), "{}."),
    4: (re.compile(r"[（(](\d{1,2})[)）]"), "（{}）"),
}
_INTRODUCES = re.compile("[：:]$|如下|以下|措施|下一步|下步|今后|问题")

_INLINE = (
    (re.compile(r"(?:^|(?<=[。；：，、\s]))([一二三四五六七八九十]{1,3})是"), "{}是"),
    (re.compile("(?:^|(?<=[。；：]))第([一二三四五六七八九十]{1,2})[，、]"), "第{}"),
    (re.compile(r"(?:^|(?<=[。；：，\s]))[（(](\d{1,2})[)）]"), "（{}）"),
)


@rule("S12", "编号跳号或重号", Severity.WARNING, "GB/T 9704—2012 党政机关公文格式 7.3.3")
def numbering(case: Case) -> Iterator[Finding | Remark]:
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
        if place.paragraph.level in _LEVELS:
            yield from _in_sequence(place, last, bridged)
            bridged = False
        else:
            bridged = bridged or bool(_INTRODUCES.search(place.text) or not place.text.endswith("。"))
        yield from _inline(place)


def _in_sequence(place: Place, last: dict[int, int], bridged: bool) -> Iterator[Finding]:
    """Compare a numbered paragraph with the one before it on its level, and note its number in ``last``."""
    level = place.paragraph.level
    pattern, style = _LEVELS[level]
    match = pattern.match(place.text)
    number = _number(match[1]) if match else None
    if match is None or number is None:
        return
    before = last.get(level, 0)
    restarts = number == 1 and bridged
    if number != before + 1 and not restarts:
        yield _finding(place, match, style, before, number)
    last[level] = number
    for deeper in [key for key in last if key > level]:
        del last[deeper]


def _inline(place: Place) -> Iterator[Finding]:
    """一是 … 二是 … within a paragraph; a list starts with its first number, what comes before is none."""
    for pattern, style in _INLINE:
        before = 0
        for match in pattern.finditer(place.text):
            number = _number(match[1])
            if number is None or (match.start() == 0 and place.paragraph.level in _LEVELS):
                continue
            if before and number not in (1, before + 1):
                yield _finding(place, match, style, before, number)
            if before or number == 1:
                before = number


def _number(written: str) -> int | None:
    return int(written) if written.isdigit() else NUMERALS.get(written)


def _finding(place: Place, match: re.Match[str], style: str, before: int, number: int) -> Finding:
    def written(value: int) -> str:
        return style.format(value if match[1].isdigit() else chinese(value))

    here = excerpt(place.text, *match.span())
    if number == before:
        message = f"{place.name}的编号“{written(number)}”与前一个重复：{here}。"
    elif before:
        message = f"{place.name}的编号从“{written(before)}”跳到“{written(number)}”：{here}。"
    else:
        message = f"{place.name}的编号从“{written(number)}”开始，前面没有“{written(1)}”：{here}。"
    advice = f"这里应是“{written(before + 1)}”，请核对编号，或补上缺的一段。"
    return place.finding("S12", Severity.WARNING, message, advice, *match.span())


_TOP_LEVEL = re.compile("([一二三四五六七八九十]{1,3})[、.．]")
_LONGEST_HEADING = 40


@rule("S13", "文字里另有标题", Severity.ERROR, "国办公开办函〔2021〕30号")
def headings_in_the_text(case: Case) -> Iterator[Finding | Remark]:
    """报告的标题和各部分的标题由程序加上，文字里不再写，否则会印两遍；“一、二、”只用于各部分，里面的层次从（一）编起。

    错：overview 的第一行写“一、总体情况”
    对：overview 从正文写起
    """
    title = _plain(case.document.name)
    headings = {_plain(part.heading): part.heading for part in case.document.form.parts if part.heading}
    for place in places(case.document):
        plain = _plain(place.text)
        match = _TOP_LEVEL.match(place.text)
        if len(place.text) > _LONGEST_HEADING + len(title):
            continue
        span = (0, len(place.text))
        if plain == title:
            message = f"{place.name}写了报告的标题，印出来会有两遍。"
            yield place.finding("S13", Severity.ERROR, message, "请删去这一行。", *span)
        elif plain in headings and (match or place.part.heading == headings[plain]):
            message = f"{place.name}写了标题“{shortened(place.text)}”，印出来会有两遍。"
            yield place.finding("S13", Severity.ERROR, message, "请删去这一行，标题由程序加上。", *span)
        elif match and len(place.text) <= _LONGEST_HEADING and not place.text.endswith(("。", "；", "：")):
            message = f"{place.name}“{shortened(place.text)}”用了各部分的编号，报告看上去会多出一个部分。"
            advice = "部分里面的标题请从“（一）”编起；要另加部分是不行的，格式只有规定的几个部分。"
            yield place.finding("S13", Severity.WARNING, message, advice, *span)


def _plain(text: str) -> str:
    """A heading without its number, blanks and stops, for comparing."""
    return re.sub(r"\s|[。：:]$", "", _TOP_LEVEL.sub("", text.strip(), count=1))
