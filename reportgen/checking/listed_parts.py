"""The rule on what the preface says of the parts of the report: how many they are, and which.

A list is read by the key words of each part (``[parts]`` of the form's vocabulary), so that another wording of a
name is no fault: only a part that is missing, named twice or out of order, and a wrong count are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from ..form.model import Form
from ..form.vocabulary_file import load_lexicon
from ..model.chinese import CLAUSE_ENDS, NUMERAL, read_number, sentences, unnumbered
from ..model.findings import Finding, Remark, Severity
from ..patterns import regex
from .own_year import preface
from .passages import Place
from .rule import Case, rule

FORM_NOTICE = "国办公开办函〔2021〕30号"

_REPORT = regex("报告|全文|年报|总体情况")
_COUNT = rf"(?<!第)(?P<number>{NUMERAL}|\d{{1,2}})(?:个|大)?(?:大)?"
_PARTS_NUMBER = regex(_COUNT + "(?:部分|章)(?!的?(?:公众|群众|内容不|人))")
_ITEMS_NUMBER = regex(_COUNT + "(?:方面|板块|篇章|项)")
"""What counts parts only where it ends a list of them."""
_OPENS = regex("包括|包含|涵盖|由|共|(?<!部)分|如下|[:：]")
_CLOSES = regex(f"{_COUNT}(?:部分|章|方面|板块|篇章|项)|组成|构成")
_STATISTIC = regex(r"\d\s*[条件篇次项份家]")
"""A sentence with such numbers tells of the work, it lists no parts."""
_STOP, _PAUSE = regex(f"[、{CLAUSE_ENDS}]"), regex(f"[{CLAUSE_ENDS}]")
_AND_SO_ON = regex(f"^[^{CLAUSE_ENDS}]*等")


@rule("S03", "前言所列的各部分", Severity.ERROR, FORM_NOTICE)
def parts_named_in_the_preface(case: Case) -> Iterator[Finding | Remark]:
    """前言说报告由几个部分组成、列出各部分时，个数要对，各部分不缺少、不重复，顺序与正文一致；名称的写法可以不同。个数不对是错误，其他是提醒。

    错：本报告由总体情况、主动公开政府信息情况、存在的主要问题及改进情况等七部分组成
    对：本报告由总体情况等六部分组成
    """
    form = case.document.form
    names = {part.key: unnumbered(part.heading) for part in form.parts if part.heading}
    sides: Sides = {}
    for place in preface(case.document):
        for found in sentences(place.text):
            sentence = found[0]
            if not _REPORT.search(sentence):
                continue
            sides = sides or _sides(form, names)
            listed = _list_in(sentence, sides, list(names))
            counts = list(_PARTS_NUMBER.finditer(sentence))
            if listed and (last := _ITEMS_NUMBER.match(sentence, listed.end)):
                counts.append(last)
            for match in counts:
                if read_number(match["number"]) not in (1, len(names)):
                    message = f"{place.name}说有“{match[0]}”，正文是{len(names)}个部分。"
                    at = found.start()
                    span = (at + match.start(), at + match.end())
                    yield place.finding("S03", Severity.ERROR, message, "请改为正文的个数。", *span)
            if listed:
                yield from _faults(place, found.start(), listed, names, counted=bool(counts))


class _Item(NamedTuple):
    """One item of a list and the parts it names, each by one side or more."""

    start: int
    named: frozenset[tuple[str, int]]

    @property
    def parts(self) -> frozenset[str]:
        return frozenset(part for part, _ in self.named)


class _List(NamedTuple):
    start: int
    end: int
    items: tuple[_Item, ...]
    is_open: bool
    """Whether it ends in 等."""

    @property
    def parts(self) -> frozenset[str]:
        return frozenset(part for item in self.items for part in item.parts)


Sides = dict[str, tuple[str, int]]
"""The part a word names, and which side of it."""
_Mention = tuple[int, int, str, int]
"""From, to, the part, and which side of it."""


def _faults(
    place: Place, start: int, listed: _List, names: Mapping[str, str], *, counted: bool
) -> Iterator[Finding]:
    span = (start + listed.start, start + listed.end)
    order = list(names)
    at = [i for i, part in enumerate(order) if part in listed.parts]
    # 等 stands for what follows; where nothing says how many parts there are, the list may also begin later.
    first, last = (0 if counted else at[0], at[-1]) if listed.is_open else (0, len(order) - 1)
    missing = [names[part] for part in order[first : last + 1] if part not in listed.parts]
    clear = [item for item in listed.items if len(item.parts) == 1]
    named = [each for item in clear for each in item.named]
    twice = {part: names[part] for part, side in named if named.count((part, side)) > 1}
    firsts = list(dict.fromkeys(order.index(part) for item in clear for part in item.parts))
    if missing:
        message = f"{place.name}列出的各部分里没有{_quoted(missing)}。"
        yield place.finding("S03", Severity.WARNING, message, "请补上。", *span)
    if twice:
        message = f"{place.name}列出的各部分里，{_quoted(twice.values())}写了两次。"
        yield place.finding("S03", Severity.WARNING, message, "请删去一处，并核对有没有漏写别的部分。", *span)
    elif firsts != sorted(firsts):
        message = f"{place.name}列出的各部分，顺序与正文不一致。"
        yield place.finding("S03", Severity.WARNING, message, "请按正文的顺序写。", *span)


def _quoted(names: Iterable[str]) -> str:
    return "、".join(f"“{name}”" for name in names)


def _list_in(sentence: str, sides: Sides, order: list[str]) -> _List | None:
    """The list of the parts in a sentence: at least half of them, after 包括 or before 组成."""
    mentions = list(_mentions(sentence, sides))
    least = max(2, len(order) // 2)
    openings = [opening.end() for opening in _OPENS.finditer(sentence)]
    after = {at: [mention for mention in mentions if mention[0] >= at] for at in (*openings, 0)}
    # What opens the list is the last word that has most parts after it; words such as 由 stand before the list too.
    start = max(openings, key=lambda at: (len(_named(after[at])), at), default=0)
    if len(_named(after[start])) < least:
        start = 0
    if len(_named(after[start])) < least:
        return None
    end, closes = _end(sentence, after[start], least, order[-1])
    inside = [mention for mention in after[start] if mention[0] < end]
    if _STATISTIC.search(sentence, inside[0][0], end) or not (start or closes):
        return None
    is_open = bool(_AND_SO_ON.search(sentence[inside[-1][1] : end]))
    return _List(inside[0][0], end, tuple(_items(sentence, inside, end)), is_open)


def _named(mentions: Iterable[_Mention]) -> set[str]:
    return {part for *_, part, _ in mentions}


def _sides(form: Form, names: Mapping[str, str]) -> Sides:
    """The words of the form's vocabulary, the longest first; a part without words is known by its heading."""
    known = load_lexicon(form).parts
    words = {
        word: (part, side)
        for part, name in names.items()
        for side, said in enumerate(known.get(part, ((name,),)))
        for word in said
    }
    return dict(sorted(words.items(), key=lambda pair: len(pair[0]), reverse=True))


def _mentions(sentence: str, sides: Sides) -> Iterator[_Mention]:
    for match in re.finditer("|".join(map(re.escape, sides)), sentence):
        yield (*match.span(), *sides[match[0]])


def _end(sentence: str, inside: list[_Mention], least: int, last: str) -> tuple[int, bool]:
    """Where the list ends, and whether 组成, 六个部分 or the like says so."""
    firsts = {part: end for _, end, part, _ in reversed(inside)}
    enough = sorted(firsts.values())[least - 1]
    if closes := _CLOSES.search(sentence, enough):
        return closes.start(), True
    ends = [end for _, end, part, _ in inside if part == last and end > enough]
    stop = _PAUSE.search(sentence, ends[0]) if ends else None
    return (stop.start() if stop else len(sentence.rstrip(CLAUSE_ENDS))), False


def _items(sentence: str, inside: list[_Mention], end: int) -> Iterator[_Item]:
    start = inside[0][0]
    for stop in [*(match.start() for match in _STOP.finditer(sentence, start, end)), end]:
        named = frozenset((part, side) for at, _, part, side in inside if start <= at < stop)
        if named:
            yield _Item(start, named)
        start = stop
