"""Faults of punctuation, brackets and numbering in Chinese text, and their right form where there is only one.

Every function takes one paragraph and yields the faults of one kind. The rules report them and ``reportgen fix``
repairs them; this is what both know. Sources: GB/T 15834—2011 标点符号用法, GB/T 9704—2012 党政机关公文格式.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..model.chinese import CLAUSE_ENDS, CLOSING, IDEOGRAPHS, NUMERALS, OPENING, numbering
from ..model.narrative import TAG
from ..patterns import regex

_STOPS = "，。；：、！？"
LONGEST_BRACKET = 200
"""Characters; what is further apart does not belong together, and looking further would take too long."""

_CHINESE = regex(f"[{IDEOGRAPHS}{OPENING}{CLOSING}{_STOPS}…—]")
_IDEOGRAPH = regex(f"[{IDEOGRAPHS}]")

ADDRESS = regex(
    r"https?:[A-Za-z0-9\-._~:/?#@$&*+=%]*|www\.[A-Za-z0-9\-._~:/?#@$&*+=%]*|[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9.\-]+"
)
"""A web or e-mail address, well formed or not."""
_TAG_MARK = "\ufffc"
"""Stands for {% %}, which prints nothing: whatever is next to it is not known."""


class Fault(NamedTuple):
    """Characters ``start`` to ``end`` of a paragraph are wrong; ``right`` is the one right form, None if open."""

    start: int
    end: int
    right: str | None


def mask_addresses(text: str) -> str:
    """The text with letters in place of web and e-mail addresses, whose punctuation is their own."""
    if "@" not in text and "www." not in text and "http" not in text:
        return text
    return ADDRESS.sub(lambda match: _filled(match[0], "a"), text)


def mask_template(source: str) -> str:
    """A narrative as written, with digits in place of ``{{ }}`` and marks in place of ``{% %}``."""
    if "{" not in source:
        return source
    return TAG.sub(lambda match: _filled(match[0], "0" if match[0][1] == "{" else _TAG_MARK), source)


def _filled(text: str, char: str) -> str:
    return "".join("\n" if c == "\n" else char for c in text)


def apply_faults(text: str, faults: Iterable[Fault]) -> str:
    """The text with the right forms put in; faults without one, and overlapping ones, stay."""
    pieces, end = [], 0
    for fault in sorted(faults, key=lambda fault: fault.start):
        if fault.right is not None and fault.start >= end:
            pieces += [text[end : fault.start], fault.right]
            end = fault.end
    return "".join([*pieces, text[end:]])


# ── punctuation ─────────────────────────────────────────────────────────────────────────────────────

_HALF = regex("[,;:?!]")
_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
_AREA_CODE = regex(r"\(0\d{2,3}\)(?=[\s\-]?\d)")


def half_width(text: str) -> Iterator[Fault]:
    """, ; : ? ! ( ) beside Chinese, and a dot that ends a Chinese paragraph. 1,234 and 10:30 are right."""
    for match in _HALF.finditer(text):
        at = match.start()
        after = at + 2 if text.startswith(" ", at + 1) else at + 1
        if _is_chinese(text, at - 1) or _is_chinese(text, after):
            yield Fault(at, at + 1, _FULL[match[0]])
    for start, end in _pairs(text):
        if text[start] + text[end] == "（）" or _AREA_CODE.match(text, start):
            continue
        beside = _is_chinese(text, start - 1) or _is_chinese(text, end + 1)
        if beside or _IDEOGRAPH.search(text, start, min(end, start + LONGEST_BRACKET)):
            yield from (Fault(at, at + 1, _FULL[text[at]]) for at in (start, end) if text[at] in "()")
    stripped = text.rstrip()
    if stripped.endswith(".") and re.match(f"[{IDEOGRAPHS}”）》]", stripped[-2:-1]):
        yield Fault(len(stripped) - 1, len(stripped), "。")


def _pairs(text: str) -> Iterator[tuple[int, int]]:
    """Where round brackets open and close, half-width or full-width."""
    opened: list[int] = []
    for match in re.finditer("[()（）]", text):
        if match[0] in "(（":
            opened.append(match.start())
        elif opened:
            yield opened.pop(), match.start()


def _is_chinese(text: str, at: int) -> bool:
    return at >= 0 and bool(_CHINESE.match(text, at))


def straight_quotes(text: str) -> Iterator[Fault]:
    """Straight quotes beside Chinese; in pairs that no curly quotes cross they become “ and ”."""
    double = [match.start() for match in re.finditer('["＂]', text)]
    if any(_beside_chinese(text, at) for at in double):
        paired = len(double) % 2 == 0 and _TAG_MARK not in text and not re.search("[“”]", text)
        pairs = [(double[i], double[i + 1]) for i in range(0, len(double) - 1, 2)]
        paired = paired and all(_quotes_well(text, *pair) for pair in pairs)
        for i, at in enumerate(double):
            yield Fault(at, at + 1, "“”"[i % 2] if paired else None)
    for match in re.finditer("'", text):
        if _beside_chinese(text, match.start()):
            yield Fault(match.start(), match.end(), None)


def _quotes_well(text: str, start: int, end: int) -> bool:
    """Whether two straight quotes hold a passage, rather than being what is left of two pairs."""
    inside = text[start + 1 : end]
    if text[max(0, start - 1) : start].isdigit():  # inches
        return False
    return (
        bool(inside.strip()) and inside[0] not in _STOPS + CLOSING and inside[-1] not in OPENING + "，、；："
    )


def _beside_chinese(text: str, at: int) -> bool:
    return _is_chinese(text, at - 1) or _is_chinese(text, at + 1)


_DOUBLED = regex(f"[{_STOPS}]{{2,}}")


def doubled_punctuation(text: str) -> Iterator[Fault]:
    """。。 or ，。: the same mark twice becomes one; for anything else the clerk has to choose."""
    for match in _DOUBLED.finditer(text):
        marks = match[0]
        if set(marks) <= set("！？"):
            continue
        yield Fault(
            match.start(), match.end(), marks[0] if len(marks) == 2 and marks[0] == marks[1] else None
        )


# ── brackets ────────────────────────────────────────────────────────────────────────────────────────

_NUMBER_YEAR = regex(
    r"([\[(（﹝【［〈<〔])[ ]?((?:19|20)\d\d)[ ]?([\])）﹞】］〉>〕])(?=[ ]?第?[ ]?\d{1,5}[ ]?号)"
)


def document_numbers(text: str) -> Iterator[Fault]:
    """The year of a document number stands in 〔〕: 国办函〔2020〕109号 (GB/T 9704—2012, 7.2.5)."""
    for match in _NUMBER_YEAR.finditer(text):
        if match[1] + match[3] != "〔〕" and match.start() and _IDEOGRAPH.match(text, match.start() - 1):
            yield Fault(match.start(), match.end(), f"〔{match[2]}〕")


def nested_titles(text: str) -> Iterator[Fault]:
    """A title within a title stands in 〈〉 (GB/T 15834—2011, 4.15.3.4)."""
    opened: list[int] = []
    found: list[tuple[int, int, int]] = []
    for match in re.finditer("[《》]", text):
        if match[0] == "《":
            opened.append(match.start())
        elif opened:
            found.append((opened.pop(), match.start(), len(opened)))
        else:
            return
    if opened:
        return
    sure = max((depth for *_, depth in found), default=0) < 2
    for start, end, depth in found:
        if depth == 1:
            yield Fault(start, start + 1, "〈" if sure else None)
            yield Fault(end, end + 1, "〉" if sure else None)
        elif depth == 0 and re.fullmatch("[^<>]*<[^<>]+>[^<>]*", text[start:end]):
            for at in (text.index("<", start), text.index(">", start)):
                yield Fault(at, at + 1, "〈" if text[at] == "<" else "〉")


# ── spaces and numbering ────────────────────────────────────────────────────────────────────────────

_SPACES = regex("[ \t\u3000\u00a0]+")
_LABEL = regex(f"[{IDEOGRAPHS}]{{1,6}}[：:]")
_CHAPTER = regex(f"第[{NUMERALS}]+[章节条编]$")
_PAUSE = regex(f"[{CLAUSE_ENDS}]")
COUNTED_END = rf"(?:件|条|次|篇|份|个|起|宗|期|场|人次|人|万元|元|％|%)(?=[{CLAUSE_ENDS}、）)】〕」』”]|$)"
"""A pattern for what ends a clause after a number."""
_COUNTED = regex(COUNTED_END)
NUMERALS_BEFORE = "0123456789０１２３４５６７８９一二两三四五六七八九十百千万亿几数多余每各半"
_HELD = {"“": "”", "‘": "’", "《": "》", "〈": "〉"}


def spaces(text: str) -> Iterator[Fault]:
    """Blanks between Chinese characters, or beside Chinese punctuation.

    Left alone: slogans in quotes (“党建引领 夯基惠民”), a row of items (地址：… 邮编：…), the gap after a
    heading that goes on in the same line. Where a number may have stood (收到申请 件，) the clerk has to look.
    """
    body = text.strip()
    first = len(text) - len(text.lstrip())
    numbered = numbering(text, first)
    for match in _SPACES.finditer(text, first, first + len(body)):
        start, end = match.span()
        if not (_is_chinese(text, start - 1) and _is_chinese(text, end)):
            continue
        if numbered and start > numbered.end and not _PAUSE.search(text, first, start):
            continue
        if (
            _LABEL.match(text, end)
            or _CHAPTER.search(text, max(0, start - 6), start)
            or _is_held(text, start)
        ):
            continue
        lost = _COUNTED.match(text, end) and text[start - 1] not in NUMERALS_BEFORE
        yield Fault(start, end, None if lost else "")


def _is_held(text: str, at: int) -> bool:
    """Whether a place lies within quotes or a title."""
    first = max(0, at - LONGEST_BRACKET)
    return any(
        text.rfind(opening, first, at) > text.rfind(closing, first, at) for opening, closing in _HELD.items()
    )


def numbering_style(text: str) -> Iterator[Fault]:
    """1. has a dot, and nothing follows （一） or （1） (GB/T 9704—2012, 7.3.3)."""
    found = numbering(text, len(text) - len(text.lstrip()))
    if found is None:
        return
    level, _, end = found
    follows = text[end : end + 1]
    if level == 3 and text[end - 1] in "、．" and follows.strip():
        yield Fault(end - 1, end, ".")
    if level in (2, 4) and follows and follows in "、.．，,":
        yield Fault(end, end + 1, "")
