"""Where the parts of a report begin: its headings among the lines of a file, however they are worded.

Where a heading stands more than once, in a list of contents or once with the text and once with the table, the one is
taken below which what belongs to it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from ..form.model import Form, Part
from ..model.chinese import numbering
from . import labels
from .site_lines import is_statement
from .sources.extract import Block, Extract, Grid

LONGEST_HEADING = 40
LONG = 300
"""Characters: a line that is longer may be a whole page run together."""
_PART = re.compile(r"^\s*第([一二三四五六七八九十])部分[\s、：:，,]*")
"""第一部分 总体情况 is what others number 一、."""
_NUMBERED = re.compile(r"(?<=[。；！？])\s*(?=[（(][一二三四五六七八九十]{1,3}[）)])")
_PARTS_TEXT = r"(?=\s|[。：:]\s*[^\s。：:])"
"""What parts a heading from text behind it in the same paragraph."""


def parted_at_headings(extract: Extract, form: Form) -> Extract:
    """The lines of a file, cut behind each heading of the form that text follows in the same line.

    A line that holds several headings, as where a whole page was run together, is cut before each of them too, and
    before each （一）.
    """
    words = "|".join(labels.pattern(part.heading) for part in form.parts if part.heading)
    first, any_ = re.compile(rf"\s*({words}){_PARTS_TEXT}[。：:]?"), re.compile(words)
    blocks: list[Block] = []
    homes: list[tuple[int, ...]] = []
    last = {-1: -1}
    for i, block in enumerate(extract.blocks):
        pieces = [block] if isinstance(block, Grid) else list(_pieces(block, first, any_))
        blocks += pieces
        homes += extract.homes[i : i + 1] * len(pieces)
        last[i] = len(blocks) - 1
    beside = tuple(aside._replace(after=last[aside.after]) for aside in extract.beside)
    return replace(extract, blocks=tuple(blocks), homes=tuple(homes), beside=beside)


def _pieces(line: str, first: re.Pattern[str], any_: re.Pattern[str]) -> Iterator[str]:
    places = list(any_.finditer(line)) if len(line) > LONG else []
    if len(places) > 1:
        at = 0
        for place in places:
            yield from _paragraphs(line[at : place.start()])
            yield place[0]
            at = place.end()
        yield from _paragraphs(line[at:].lstrip("。："))
        return
    found = first.match(line)
    rest = line[found.end() :].strip() if found else ""
    if found and rest and not _is_part_heading(rest):
        yield from (found[1], rest)
    else:
        yield line


def _paragraphs(text: str) -> list[str]:
    """What stands between two headings in one line, cut before each （一） that follows a sentence."""
    return [piece.strip() for piece in _NUMBERED.split(text)]


class Headings:
    """The headings of one file; ``tables`` says which of its blocks hold which tables of the form."""

    def __init__(self, blocks: Sequence[Block], form: Form, tables: Mapping[int, frozenset[str]]) -> None:
        self.blocks = blocks
        self.form = form
        self.tables = tables
        self.joined = _joined_headings(blocks)
        self.chosen = self._chosen()
        """The line where each part begins."""
        self.joined = {i: self.joined[i] for i, part in self.chosen.items() if self.is_cut(i, part)}

    def heading(self, i: int) -> str:
        """A heading as it is worded, from all its lines."""
        return self.joined.get(i, str(self.blocks[i])).strip()

    @property
    def skipped(self) -> set[int]:
        """The second lines of headings that were cut in two."""
        return {i + 1 for i in self.chosen if i in self.joined}

    def is_cut(self, i: int, part: Part) -> bool:
        """Whether a heading goes on in the next line, and is more like that of the part with it."""
        heading = part.heading or ""
        return i in self.joined and _alike(self.joined[i], heading) > _alike(str(self.blocks[i]), heading)

    def _chosen(self) -> dict[int, Part]:
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
        return dict(sorted((chosen | self._by_number(chosen)).items()))

    def _by_number(self, chosen: Mapping[int, Part]) -> dict[int, Part]:
        """The headings of parts not found by their words: the one line with their number between their neighbours."""
        parts = [part for part in self.form.parts if part.heading]
        places = {part.key: i for i, part in chosen.items()}
        found: dict[int, Part] = {}
        for at, part in enumerate(parts):
            before = [places[each.key] for each in parts[:at] if each.key in places]
            after = [places[each.key] for each in parts[at + 1 :] if each.key in places]
            if part.key in places or not after:
                continue
            own = numbering(labels.plain(part.heading or ""))
            lines = [
                i
                for i in range(max(before, default=-1) + 1, min(after))
                if isinstance(block := self.blocks[i], str)
                and _is_part_heading(block)
                and not is_statement(block)
                and own
                and numbering(_numbered(block)) == own
            ]
            if len(lines) == 1:
                found[lines[0]] = part
        return found

    def rating(self, i: int, part: Part) -> float:
        """How surely a line is the heading of a part: by its words, and by what stands below it."""
        heading = part.heading or ""
        words = max(_alike(str(self.blocks[i]), heading), _alike(self.joined.get(i, ""), heading))
        if not words:
            return 0.0
        below = self.beside(i + self.is_cut(i, part), 1)
        if part.table:
            table = next(self.until_heading(i + 1, part), None)
            return words + (1 if table is not None and part.table in self.tables[table] else 0)
        above = self.beside(i, -1)
        is_contents = (
            below is None
            or (isinstance(below, str) and _is_part_heading(below))
            or (isinstance(above, str) and _is_part_heading(above))
        )
        return words + (0 if is_contents or isinstance(below, Grid) else 1)

    def beside(self, i: int, step: int) -> Block | None:
        """The nearest block after (``step`` 1) or before (-1) another one that is not blank; None where there is none."""
        i += step
        while 0 <= i < len(self.blocks):
            block = self.blocks[i]
            if not isinstance(block, str) or block.strip():
                return block
            i += step
        return None

    def until_heading(self, start: int, part: Part) -> Iterator[int]:
        """The tables of the form before the next heading of another part."""
        for j in range(start, len(self.blocks)):
            block = self.blocks[j]
            if isinstance(block, str) and _is_part_heading(block) and not _alike(block, part.heading or ""):
                return
            if j in self.tables:
                yield j


def _alike(line: str, heading: str) -> float:
    """How alike a line and a heading are; 0 where it is another one."""
    line = _numbered(line.rstrip("：:。 "))
    if not line or len(line) > LONGEST_HEADING:
        return 0.0
    alike = labels.likeness(line, heading)
    own, theirs = numbering(line), numbering(labels.plain(heading))
    if own and own.level != 1:
        return 0.0
    least = 0.6 if own and theirs and own.written == theirs.written else 0.75 if own else 0.9
    return alike if alike >= least else 0.0


def _is_part_heading(line: str) -> bool:
    found = numbering(_numbered(line)) if len(line) <= LONGEST_HEADING else None
    return found is not None and found.level == 1


def _numbered(line: str) -> str:
    """A plain line, numbered as the form numbers its parts."""
    return labels.plain(_PART.sub(r"\1、", line))


def _joined_headings(blocks: Sequence[Block]) -> dict[int, str]:
    """Numbered short lines that end open, joined with the next: a heading that was cut in two."""
    found = {}
    for i, (one, other) in enumerate(pairwise(blocks)):
        if isinstance(one, str) and isinstance(other, str) and _is_part_heading(one) and _may_end_one(other):
            found[i] = one.strip() + other.strip()
    return found


def _may_end_one(line: str) -> bool:
    """Whether a line may be the rest of a heading."""
    return len(line) <= 20 and not numbering(labels.plain(line)) and not is_statement(line)
