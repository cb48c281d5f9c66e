"""The lines of a foreign file -> its title and its parts, in whatever order texts and tables stand in it.

A part begins below its heading and ends at the next heading or table. Where a heading stands more than once, in a list
of contents or once with the text and once with the table, the one is taken below which what belongs to it stands.
Lines that are no part of the report (navigation, source and date, downloads, the foot of a page, a signature) are left
out, and said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from ..form.model import Form, Part
from ..model.chinese import CLOSING, STATEMENT_ENDS, numbering
from ..model.signature import official_date, read_signature
from . import labels
from .printed import cut
from .sources.extract import HIDDEN, UNREAD, Block, Extract, Grid

LONGEST_HEADING, LONGEST_TITLE = 40, 120
SHORTEST_BROKEN = 18
"""Characters of a line of text that was broken off at its end."""
_FOOT = re.compile(
    "附件|附表|相关(?:链接|附件|文档|信息)|上一[篇条]|下一[篇条]|扫一扫|分享到|打印本?页|关闭窗口|版权所有|主办单位|承办单位"
    "|技术支持|网站标识码|公安备案|公网安备|ICP备|网站地图|责任编辑|信息来源|浏览次数|友情链接|联系我们"
)
"""How lines begin, or short lines read, that web sites put below an article."""
_HEAD = re.compile(
    "来源|时间|日期|发布|作者|字号|字体|浏览|点击|阅读|打印|分享|收藏|索引号|文号|当前位置|首页|下载"
)
"""What stands in the short lines that web sites put above an article."""
_NAMED = re.compile(r"^(?:标题|题目|名称|题名)\s*[:：]\s*")
_TITLE_PARTS = re.compile(r"\s*[_|｜]\s*|\s+[-–—]+\s+|(?<=[^\d])[-–—]+(?=[^\d])")
_BODY = r"[^\d](?:[^\d]|(?<!\d)\d{1,3}(?![\d年月日:：./-])){1,59}?"
"""The name of a body; some have a short number in it: 第12中学."""
_CONTACTS = {
    "address": r"(?:联系|通讯|办公|单位)?地\s*址",
    "postcode": r"邮\s*编|邮政编码",
    "phone": r"(?:联系|咨询|办公)?电\s*话|联系方式",
    "fax": r"传\s*真",
    "email": r"(?:电子)?邮\s*箱|电子邮件|[Ee]-?mail",
}
"""How a text names what ``[agency]`` may hold."""


@dataclass(frozen=True)
class Outline:
    """What the lines of a file are."""

    title: str
    year: int | None
    name: str
    """Of the body, as the title names it."""
    texts: Mapping[str, tuple[str, ...]]
    """By narrative key."""
    headings: Mapping[str, str]
    """The headings that were found, by the key of their part, as the file words them."""
    left_out: tuple[str, ...]
    """The lines that are no part of the report."""
    beside: tuple[str, ...]
    """What stands among its lines and tables and is none of it: some of those lines, what is hidden, pictures."""
    titles: tuple[str, ...]
    """Every title in the file that names another body or another year; links to other reports have them too."""


def outline(extract: Extract, form: Form, tables: Mapping[int, Iterable[str]]) -> Outline:
    """Find the title and the parts of a file; ``tables`` says which of its tables hold those of the form."""
    return _Outline(extract, form, tables).read()


def title_of(text: str, form: Form) -> re.Match[str] | None:
    """Match what names a body and a year and ends as a title does; None for what is none."""
    plain = _NAMED.sub("", labels.plain(text))
    ending = "|".join(re.escape(words) for words in _endings(form))
    return _title(ending).fullmatch(plain) if len(plain) <= LONGEST_TITLE else None


@cache
def _title(ending: str) -> re.Pattern[str]:
    """Body and year in either order: 某某局2024年…年度报告, 2024年某某局…年度报告."""
    return re.compile(
        rf"(?P<name>{_BODY})(?P<year>20\d\d)年度?(?:[^\d]{{0,20}})(?:{ending})"
        rf"|(?P<first>20\d\d)年度?(?P<later>{_BODY})(?:政府信息公开|政务公开)[^\d]{{0,12}}(?:{ending})"
    )


def body_and_year(title: str, form: Form) -> tuple[str, int] | None:
    """The body and the year that a title names; None for what is none."""
    match = title_of(title, form)
    return (match["name"] or match["later"], int(match["year"] or match["first"])) if match else None


def _endings(form: Form) -> tuple[str, str]:
    """The last words of a title; many say 年度报告 where the form says 工作年度报告, some 年报."""
    words = labels.plain(form.title[-1])
    return words[-4:], words[-3:-2] + words[-1:] if len(words) > 3 else words


class _Outline:
    """One file being read."""

    def __init__(self, extract: Extract, form: Form, tables: Mapping[int, Iterable[str]]) -> None:
        self.form = form
        self.extract = extract
        self.blocks = extract.blocks
        self.tables = {i: frozenset(keys) for i, keys in tables.items()}
        self.left: dict[int, str] = {}

    def read(self) -> Outline:
        self.joined = _joined_headings(self.blocks)
        chosen = self.headings()
        self.joined = {i: self.joined[i] for i, part in chosen.items() if self.is_cut(i, part)}
        title, own, others = self.title(min(chosen, default=len(self.blocks)))
        first, (end, innermost) = max(own, default=-1) + 1, self.end(chosen)
        texts: dict[str, tuple[str, ...]] = {}
        part = next((part for part in self.form.parts if not part.heading), None)
        lines: dict[str, list[tuple[int, str]]] = {}
        for i, block in enumerate(self.blocks):
            if i < first or i >= end:
                if isinstance(block, str) and block.strip() and i not in own:
                    self.left[i] = block.strip()
            elif i in chosen:
                part = chosen[i]
            elif i in self.tables:
                part = None
            elif isinstance(block, Grid):
                self.left[i] = f"一张表：{' '.join(spot.text for spot in block.spots).strip()}"
            elif block.strip() and i not in self.skipped(chosen) and not self.is_said_again(block, part):
                if part is None or not part.text:
                    self.left[i] = block.strip()
                else:
                    lines.setdefault(part.text, []).append((i, block.strip()))
        for part in self.form.parts:
            if part.text in lines:
                texts[part.text] = self.cleaned(lines[part.text], is_preface=not part.heading)
        name, year = body_and_year(title, self.form) or ("", None)
        within = range(first if own else min(chosen, default=first), end)
        seen = [aside.text for aside in self.extract.beside if aside.text and not aside.is_hidden]
        return Outline(
            _NAMED.sub("", title),
            year,
            name,
            {key: text for key, text in texts.items() if text},
            {part.key: self.heading(i) for i, part in chosen.items()},
            tuple(dict.fromkeys([*(self.left[i] for i in sorted(self.left)), *seen])),
            self.beside(within, innermost),
            others,
        )

    # ── headings ────────────────────────────────────────────────────────────────────────────────────

    def heading(self, i: int) -> str:
        """A heading as it is worded, from all its lines."""
        return self.joined.get(i, str(self.blocks[i])).strip()

    def is_said_again(self, line: str, part: Part | None) -> bool:
        """Whether a line is the heading it stands under once more, as a caption of the table."""
        return (
            part is not None and bool(part.heading) and labels.plain(line) == labels.plain(part.heading or "")
        )

    def skipped(self, chosen: Mapping[int, Part]) -> set[int]:
        """The second lines of headings that were cut in two."""
        return {i + 1 for i in chosen if i in self.joined}

    def is_cut(self, i: int, part: Part) -> bool:
        """Whether a heading goes on in the next line, and is more like that of the part with it."""
        heading = part.heading or ""
        return i in self.joined and _alike(self.joined[i], heading) > _alike(str(self.blocks[i]), heading)

    def headings(self) -> dict[int, Part]:
        """The line where each part begins."""
        rated: dict[str, list[tuple[float, int]]] = {}
        for i, block in enumerate(self.blocks):
            if isinstance(block, str) and 2 < len(block.strip()) <= LONGEST_HEADING:
                for part in self.form.parts:
                    if part.heading and (rating := self.rating(i, part)):
                        rated.setdefault(part.key, []).append((rating, i))
        chosen: dict[int, Part] = {}
        for part in self.form.parts:
            found = [(rating, i) for rating, i in rated.get(part.key, ()) if i not in chosen]
            if found:
                chosen[max(found, key=lambda each: (each[0], -each[1]))[1]] = part
        return dict(sorted(chosen.items()))

    def rating(self, i: int, part: Part) -> float:
        """How surely a line is the heading of a part: by its words, and by what stands below it."""
        heading = part.heading or ""
        words = max(_alike(str(self.blocks[i]), heading), _alike(self.joined.get(i, ""), heading))
        if not words:
            return 0.0
        below = next(
            (
                block
                for block in self.blocks[i + 1 + self.is_cut(i, part) :]
                if not isinstance(block, str) or block.strip()
            ),
            None,
        )
        if part.table:
            table = next(self.until_heading(i + 1, part), None)
            return words + (1 if table is not None and part.table in self.tables[table] else 0)
        is_contents = below is None or (isinstance(below, str) and _is_part_heading(below))
        return words + (0 if is_contents or isinstance(below, Grid) else 1)

    def until_heading(self, start: int, part: Part) -> Iterator[int]:
        """The tables of the form before the next heading of another part."""
        for j in range(start, len(self.blocks)):
            block = self.blocks[j]
            if isinstance(block, str) and _is_part_heading(block) and not _alike(block, part.heading or ""):
                return
            if j in self.tables:
                yield j

    # ── the title ───────────────────────────────────────────────────────────────────────────────────

    def title(self, first: int) -> tuple[str, set[int], tuple[str, ...]]:
        """The title nearest above the text, the lines it stands in, and the titles of other reports."""
        found: dict[int, tuple[str, int]] = {}
        for i in range(first):
            for length in (1, 2, 3):
                lines = self.blocks[i : i + length]
                words = [line.strip() for line in lines if isinstance(line, str)]
                if (
                    i + length <= first
                    and len(words) == length
                    and all(words)
                    and title_of("".join(words), self.form)
                ):
                    found[i + length - 1] = ("".join(words), i)  # the fewest lines that end there
                    break
        outside = [
            piece
            for text in self.extract.titles
            for piece in (text, *_TITLE_PARTS.split(text))
            if title_of(piece, self.form)
        ]
        if found:
            shortest = min(
                (text for text, _ in reversed(found.values())), key=lambda text: len(labels.plain(text))
            )
            said = _said(shortest, self.form)
            own = {
                i
                for end, (text, start) in found.items()
                if _said(text, self.form) == said
                for i in range(start, end + 1)
            }
            later = [
                block
                for block in self.blocks[first:]
                if isinstance(block, str) and title_of(block, self.form)
            ]
            others = {
                _said(text, self.form): text for text in (*(text for text, _ in found.values()), *later)
            }
            return shortest, own, tuple(others.values())
        return min(outside, key=len, default=""), set(), ()

    # ── where the report ends ───────────────────────────────────────────────────────────────────────

    def end(self, chosen: Mapping[int, Part]) -> tuple[int, int | None]:
        """The block after the last of the report, and the element that holds it: what stands outside is the site's."""
        inside = [*chosen, *self.tables]
        homes = self.extract.homes
        shared = set.intersection(*(set(homes[i]) for i in inside)) if homes and inside else set[int]()
        if not shared:
            return len(self.blocks), None
        innermost = max(shared)
        return max(i for i, home in enumerate(homes) if innermost in home) + 1, innermost

    def beside(self, within: range, innermost: int | None) -> tuple[str, ...]:
        """What stands within the report and was left out; above its first line there may be anything."""
        told = [(i, cut(line)) for i, line in self.left.items() if i in within]
        unread = 0
        for aside in self.extract.beside:
            if within.start - 1 <= aside.after < within.stop and innermost in (None, *aside.home):
                unread += not aside.text
                if aside.text:
                    said = cut(aside.text)
                    told.append((aside.after, HIDDEN.format(said) if aside.is_hidden else said))
        lines = [line for _, line in sorted(told)]
        return tuple(dict.fromkeys([*lines, UNREAD.format(unread)] if unread else lines))

    def cleaned(self, lines: Sequence[tuple[int, str]], *, is_preface: bool) -> tuple[str, ...]:
        """The paragraphs of a part without the lines of a web site before or after them, and without a signature."""
        kept = list(lines)
        if is_preface:
            while kept and not _is_statement(kept[0][1]) and not _may_go_on(kept[0][1]):
                self.drop(kept, 0)
            before = [(0, ""), *kept]
            for each in [
                each
                for (_, line), each in zip(before, kept, strict=False)
                if not _may_go_on(line) and not _is_statement(each[1]) and _HEAD.search(each[1])
            ]:
                self.drop(kept, kept.index(each))
            if kept and (head := _head_of(kept[0][1])):
                i, line = kept[0]
                kept[0] = (i, line[len(head) :].lstrip())
                self.left[i] = head.strip()
        if kept and (foot := _foot_of(kept[-1][1])):
            i, line = kept[-1]
            kept[-1] = (i, line[: -len(foot)].rstrip())
            self.left[i] = foot
        for at, (_, line) in enumerate(kept):
            if _FOOT.match(line) or (
                len(line) < LONGEST_HEADING and not _is_statement(line) and _FOOT.search(line)
            ):
                while len(kept) > at:
                    self.drop(kept, len(kept) - 1)
                break
        for length in (2, 1):
            if len(kept) > length and read_signature([line for _, line in kept[-length:]]):
                for _ in range(length):
                    self.drop(kept, len(kept) - 1)
        while kept and official_date(kept[-1][1]):
            self.drop(kept, len(kept) - 1)
        return tuple(line for _, line in kept)

    def drop(self, kept: list[tuple[int, str]], at: int) -> None:
        """Leave a line out, and remember it."""
        i, line = kept.pop(at)
        self.left[i] = line


def _alike(line: str, heading: str) -> float:
    """How alike a line and a heading are; 0 where it is another one."""
    line = line.strip().rstrip("：:。")
    if not line or len(line) > LONGEST_HEADING:
        return 0.0
    alike = labels.likeness(line, heading)
    own, theirs = numbering(labels.plain(line)), numbering(labels.plain(heading))
    if own and own.level != 1:
        return 0.0
    least = 0.6 if own and theirs and own.written == theirs.written else 0.75 if own else 0.9
    return alike if alike >= least else 0.0


def _is_part_heading(line: str) -> bool:
    found = numbering(labels.plain(line))
    return len(line) <= LONGEST_HEADING and found is not None and found.level == 1


def _is_statement(line: str) -> bool:
    """Whether a line is written as text is: with a stop at its end, or long and with commas."""
    line = line.rstrip()
    return bool(line) and (
        line.rstrip(CLOSING)[-1:] in STATEMENT_ENDS or (len(line) > LONGEST_HEADING and "，" in line)
    )


def _joined_headings(blocks: Sequence[Block]) -> dict[int, str]:
    """Numbered short lines that end open, joined with the next: a heading that was cut in two."""
    found = {}
    for i, (one, other) in enumerate(pairwise(blocks)):
        if isinstance(one, str) and isinstance(other, str) and _is_part_heading(one) and _may_end_one(other):
            found[i] = one.strip() + other.strip()
    return found


def _may_end_one(line: str) -> bool:
    """Whether a line may be the rest of a heading."""
    return len(line) <= 20 and not numbering(labels.plain(line)) and not _is_statement(line)


def _may_go_on(line: str) -> bool:
    """Whether a line that does not end as text does may be text that was broken off: long, and none of a web site's."""
    foreign = len(re.findall(r"[ -~]", line))  # addresses, file names, menus with blanks
    return (
        len(line) >= SHORTEST_BROKEN
        and foreign <= 0.2 * len(line)
        and len(re.findall(r"(?<=[^ -~])\s+(?=[^ -~])", line)) < 2
        and not _is_statement(line)
        and not _HEAD.search(line)
    )


def _head_of(line: str) -> str:
    """What stands before the first sentence of a line in the same line and belongs to the web site; "" where nothing does."""
    first = re.match(r"[^。！？]*", line)
    words = list(re.finditer(r"\S+", first[0])) if first else []
    short = [
        word for word in words[:-1] if len(word[0]) <= LONGEST_HEADING and not re.search("[，、；]", word[0])
    ]
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
    return rest if rest != line and len(rest) <= LONGEST_HEADING and _FOOT.match(rest) else ""


def _said(title: str, form: Form) -> tuple[str, int]:
    """The body and the year of a title; a breadcrumb before it is no other body."""
    name, year = body_and_year(title, form) or ("", 0)
    return name[-6:], year


def contacts(texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What a text says of the body's address, phone and the like, by the keys of ``[agency]``."""
    names = "|".join(_CONTACTS.values())
    for key, name in _CONTACTS.items():
        for text in texts:
            found = re.search(
                rf"(?:{name})(?:号码)?\s*(?:为|是)?\s*[：:]\s*(.+?)\s*(?=[，,；;。）)、\n]|(?:{names})|$)",
                text,
            )
            if found and found[1].strip("：: "):
                yield key, found[1].strip()
                break
