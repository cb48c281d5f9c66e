"""Lines that web sites put before and behind the text of a report, and the signature below it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..model.chinese import CLOSING, STATEMENT_ENDS
from ..model.signature import official_date, read_signature

SHORT = 40
"""Characters: a line of a site, or a heading, is no longer."""
SHORTEST_BROKEN = 18
"""Characters of a line of text that was broken off at its end."""
_FOOT = re.compile(
    "[（(]?此件(?:公开|主动)|附件|附表|相关(?:链接|附件|文档|信息)|上一[篇条]|下一[篇条]|扫一扫|分享到|打印本?页|关闭窗口|版权所有|主办单位|承办单位"
    "|技术支持|网站标识码|公安备案|公网安备|ICP备|网站地图|责任编辑|信息来源|浏览次数|友情链接|联系我们"
)
"""How lines begin, or short lines read, that web sites put below an article."""
_HEAD = re.compile(
    "来源|时间|日期|发布|作者|字号|字体|浏览|点击|阅读|打印|分享|收藏|索引号|文号|当前位置|首页|下载"
)
"""What stands in the short lines that web sites put above an article."""
Numbered = tuple[int, str]
"""A line, with its number among the blocks."""


def without_site_lines(
    lines: Sequence[Numbered], *, is_preface: bool
) -> tuple[tuple[str, ...], list[Numbered], tuple[str, ...]]:
    """The paragraphs of a part without the lines of a web site before or after them, and without a signature.

    Also what was left out, and the lines of the signature among it.
    """
    kept = list(lines)
    left: list[Numbered] = []
    signature: tuple[str, ...] = ()

    def drop(at: int) -> None:
        left.append(kept.pop(at))

    if is_preface:
        while kept and not is_statement(kept[0][1]) and not _may_go_on(kept[0][1]):
            drop(0)
        before = [(0, ""), *kept]
        for each in [
            each
            for (_, line), each in zip(before, kept, strict=False)
            if not _may_go_on(line) and not is_statement(each[1]) and _HEAD.search(each[1])
        ]:
            drop(kept.index(each))
        if kept and (head := _head_of(kept[0][1])):
            i, line = kept[0]
            kept[0] = (i, line[len(head) :].lstrip())
            left.append((i, head.strip()))
    if kept and (foot := _foot_of(kept[-1][1])):
        i, line = kept[-1]
        kept[-1] = (i, line[: -len(foot)].rstrip())
        left.append((i, foot))
    for at, (_, line) in enumerate(kept):
        if _FOOT.match(line) or (len(line) < SHORT and not is_statement(line) and _FOOT.search(line)):
            while len(kept) > at:
                drop(len(kept) - 1)
            break
    for length in (2, 1):
        if len(kept) > length and read_signature([line for _, line in kept[-length:]]):
            signature = tuple(line for _, line in kept[-length:])
            for _ in range(length):
                drop(len(kept) - 1)
    while kept and official_date(kept[-1][1]):
        drop(len(kept) - 1)
    return tuple(line for _, line in kept), left, signature


def is_statement(line: str) -> bool:
    """Whether a line is written as text is: with a stop at its end, or long and with commas."""
    line = line.rstrip()
    return bool(line) and (
        line.rstrip(CLOSING)[-1:] in STATEMENT_ENDS or (len(line) > SHORT and "，" in line)
    )


def _may_go_on(line: str) -> bool:
    """Whether a line that does not end as text does may be text that was broken off: long, and none of a web site's."""
    foreign = len(re.findall(r"[ -~]", line))  # addresses, file names, menus with blanks
    return (
        len(line) >= SHORTEST_BROKEN
        and foreign <= 0.2 * len(line)
        and len(re.findall(r"(?<=[^ -~])\s+(?=[^ -~])", line)) < 2
        and not is_statement(line)
        and not _HEAD.search(line)
    )


def _head_of(line: str) -> str:
    """What stands before the first sentence of a line in the same line and belongs to the web site; "" where nothing does."""
    first = re.match(r"[^。！？]*", line)
    words = list(re.finditer(r"\S+", first[0])) if first else []
    short = [word for word in words[:-1] if len(word[0]) <= SHORT and not re.search("[，、；]", word[0])]
    own = [
        word
        for word in short
        if _HEAD.search(word[0]) or _FOOT.search(word[0]) or not re.search(r"\w", word[0])
    ]
    if not own or own[0] is not words[0]:
        return ""
    return line[: own[-1].end()]


def _foot_of(line: str) -> str:
    """What stands behind the last full stop of a line and belongs to the web site."""
    rest = line.rpartition("。")[2].strip()
    return rest if rest != line and len(rest) <= SHORT and _FOOT.match(rest) else ""
