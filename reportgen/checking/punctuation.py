"""Rules on punctuation, brackets, spaces and the style of numbering in the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from ..model.chinese import CLAUSE_ENDS
from ..model.findings import Finding, Remark, Severity
from ..patterns import regex
from .emptied import mask_kept
from .passages import MOST_KEPT, Place, excerpt, places
from .rule import Case, Faults, rule
from .typography import (
    Fault,
    document_numbers,
    doubled_punctuation,
    half_width,
    mask_addresses,
    nested_titles,
    numbering_style,
    spaces,
    straight_quotes,
)

PUNCTUATION = "GB/T 15834—2011 标点符号用法"
OFFICIAL_TEXTS = "GB/T 9704—2012 党政机关公文格式"
REPAIR = "可以用 reportgen fix 一次改好。"


def _findings(case: Case, code: str, faults: Faults, what: str, advice: str) -> Iterator[Finding]:
    """One finding for each paragraph: how many places, and the first of them in its words."""
    kind = _Kind(code, what, advice, faults)
    return filter(None, (_finding(place, kind) for place in places(case.document)))


@dataclass(frozen=True)
class _Kind:
    """Faults of one rule."""

    code: str
    what: str
    advice: str
    faults: Faults = field(compare=False)


@lru_cache(maxsize=8 * MOST_KEPT)
def _finding(place: Place, kind: _Kind) -> Finding | None:
    """What one paragraph gives."""
    found = sorted(kind.faults(mask_kept(place.text)), key=lambda fault: fault.start)
    if not found:
        return None
    first = found[0]
    count = f"有 {len(found)} 处{kind.what}，例如" if len(found) > 1 else f"有{kind.what}："
    message = f"{place.name}{count}{excerpt(place.text, first.start, first.end)}。"
    how = REPAIR if all(fault.right is not None for fault in found) else ""
    return place.finding(kind.code, Severity.WARNING, message, kind.advice, first.start, first.end, how)


@rule("W01", "半角标点", Severity.WARNING, PUNCTUATION, repair=half_width)
def half_width_punctuation(case: Case) -> Iterator[Finding | Remark]:
    """中文里的逗号、分号、冒号、问号、叹号和括号用全角；数字里的 1,234、10:30 和网址、邮箱里的不算。

    错：2022年,我局收到申请19件(含网上申请)。
    对：2022年，我局收到申请19件（含网上申请）。
    """

    def faults(text: str) -> Iterator[Fault]:
        years = list(document_numbers(text))
        for fault in half_width(text):
            if not any(year.start <= fault.start < year.end for year in years):
                yield fault

    return _findings(case, "W01", faults, "半角标点", "请改为全角标点。")


@rule("W02", "直引号", Severity.WARNING, PUNCTUATION, repair=straight_quotes)
def quotes_that_are_straight(case: Case) -> Iterator[Finding | Remark]:
    """中文里的引号用“ ”，引号里再用引号时用‘ ’，不用直引号。

    错：实现"一网通办"。
    对：实现“一网通办”。
    """
    return _findings(case, "W02", straight_quotes, "直引号", "请改为中文引号“ ”。")


_BRACKETS = {"《": "》", "〈": "〉", "“": "”", "（": "）", "【": "】", "〔": "〕"}
_BRACKET = regex(f"[{''.join(_BRACKETS)}{''.join(_BRACKETS.values())}()]")
_LIST_MARK = regex(rf"(?:^|[{CLAUSE_ENDS}、\s])[\da-zA-Z]{{1,2}}$")


@rule("W03", "不成对的括号、引号、书名号", Severity.WARNING, PUNCTUATION)
def unbalanced_brackets(case: Case) -> Iterator[Finding | Remark]:
    """《》、〈〉、“”、（）、【】、〔〕要成对，前后不能交叉，也不能前后都写成同一半。

    错：按照《政府信息公开条例要求，建立“一网通办“平台。
    对：按照《政府信息公开条例》要求，建立“一网通办”平台。
    """
    for place in places(case.document):
        if fault := _unbalanced(mask_addresses(place.text)):
            at, what = fault
            message = f"{place.name}的{what}：{excerpt(place.text, at, at + 1)}。"
            yield place.finding("W03", Severity.WARNING, message, "请补上或改正另一半。", at, at + 1)


def _unbalanced(text: str) -> tuple[int, str] | None:
    """The first bracket that has no other half, and what is wrong with it."""
    opened: list[tuple[str, int]] = []
    for match in _BRACKET.finditer(text):
        mark = {"(": "（", ")": "）"}.get(match[0], match[0])
        at = match.start()
        if mark in _BRACKETS:
            if mark == "“" and opened and opened[-1][0] == "“" and text.find("”", at) < 0:
                return at, "引号“ ”前后是同一半"
            opened.append((mark, at))
        elif opened and _BRACKETS[opened[-1][0]] == mark:
            opened.pop()
        elif mark == "）" and _LIST_MARK.search(text, max(0, at - 4), at):
            continue
        elif opened and mark in [_BRACKETS[other] for other, _ in opened]:
            before, where = opened[-1]
            return where, f"“{before}”没有对应的“{_BRACKETS[before]}”"
        else:
            before = next(key for key, value in _BRACKETS.items() if value == mark)
            return at, f"“{mark}”前面没有对应的“{before}”"
    if opened:
        before, where = opened[-1]
        return where, f"“{before}”没有对应的“{_BRACKETS[before]}”"
    return None


@rule("W04", "发文字号的年份", Severity.WARNING, OFFICIAL_TEXTS + " 7.2.5", repair=document_numbers)
def years_of_document_numbers(case: Case) -> Iterator[Finding | Remark]:
    """发文字号里的年份用六角括号〔〕括起来，不用方括号、圆括号或形近的括号。

    错：国办函[2020]109号、国办函（2020）109号
    对：国办函〔2020〕109号
    """
    return _findings(case, "W04", document_numbers, "不规范的发文字号", "年份请用六角括号〔〕。")


@rule("W05", "书名号里再用书名号", Severity.WARNING, PUNCTUATION + " 4.15.3.4", repair=nested_titles)
def titles_within_titles(case: Case) -> Iterator[Finding | Remark]:
    """书名号里面还要用书名号时，外面用《》，里面用〈〉。

    错：《关于贯彻《条例》的通知》
    对：《关于贯彻〈条例〉的通知》
    """
    return _findings(case, "W05", nested_titles, "书名号里的书名号", "里面一层请用单书名号〈〉。")


@rule("W06", "文字中间的空格", Severity.WARNING, "通行做法", repair=spaces)
def spaces_in_the_text(case: Case) -> Iterator[Finding | Remark]:
    """汉字之间、汉字与标点之间不空格；引号里口号中间的空格不算。

    错：我局 积极推进政务公开， 成效明显。
    对：我局积极推进政务公开，成效明显。
    """
    return _findings(case, "W06", spaces, "多余的空格", "请删去空格。")


@rule("W07", "重复的标点", Severity.WARNING, PUNCTUATION, repair=doubled_punctuation)
def punctuation_twice(case: Case) -> Iterator[Finding | Remark]:
    """逗号、句号、分号、冒号、顿号不连着用。

    错：各项工作有序开展。。
    对：各项工作有序开展。
    """
    return _findings(case, "W07", doubled_punctuation, "连用的标点", "请只留一个。")


@rule("W08", "编号的写法", Severity.WARNING, OFFICIAL_TEXTS + " 7.3.3", repair=numbering_style)
def style_of_numbering(case: Case) -> Iterator[Finding | Remark]:
    """结构层次序数依次用“一、”“（一）”“1.”“（1）”：数字后面是圆点，不是顿号；括号后面不再加标点。

    错：1、完善制度。 （一）、主动公开。
    对：1.完善制度。 （一）主动公开。
    """
    return _findings(case, "W08", numbering_style, "不规范的编号", "请写成“1.”“（一）”。")
