"""The lines of a foreign file -> its title and its parts, in whatever order texts and tables stand in it.

A part begins below its heading and ends at the next heading or table. Lines that are no part of the report (navigation,
source and date, downloads, the foot of a page, a signature) are left out, and said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..form.model import Form, Part
from . import labels
from .part_headings import Headings
from .printed import cut
from .report_title import body_and_year, find_title, unnamed
from .site_lines import without_site_lines
from .sources.extract import HIDDEN, UNREAD, Extract, Grid


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
    signature: tuple[str, ...]
    """The lines of the 落款 among those that are left out."""
    titles: tuple[str, ...]
    """Every title in the file that names another body or another year; links to other reports have them too."""


def outline(extract: Extract, form: Form, tables: Mapping[int, Iterable[str]]) -> Outline:
    """Find the title and the parts of a file; ``tables`` says which of its tables hold those of the form."""
    return _Outline(extract, form, tables).read()


class _Outline:
    """One file being read."""

    def __init__(self, extract: Extract, form: Form, tables: Mapping[int, Iterable[str]]) -> None:
        self.form = form
        self.extract = extract
        self.blocks = extract.blocks
        self.tables = {i: frozenset(keys) for i, keys in tables.items()}
        self.left: dict[int, str] = {}

    def read(self) -> Outline:
        headings = Headings(self.blocks, self.form, self.tables)
        chosen = headings.chosen
        highest = min(chosen, default=len(self.blocks))
        title, own, others = find_title(self.blocks, self.extract.titles, highest, self.form)
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
            elif block.strip() and i not in headings.skipped and not self.is_said_again(block, part):
                following = next((chosen[j] for j in sorted(chosen) if j > i), None)
                if (
                    part is None
                    or not part.text
                    or self.is_said_again(block, following, is_listed=not part.heading)
                ):
                    self.left[i] = block.strip()
                else:
                    lines.setdefault(part.text, []).append((i, block.strip()))
        signature: tuple[str, ...] = ()
        for part in self.form.parts:
            if part.text in lines:
                text, left, signed = without_site_lines(lines[part.text], is_preface=not part.heading)
                texts[part.text], signature = text, signed or signature
                self.left |= dict(left)
        name, year = body_and_year(title, self.form) or ("", None)
        within = range(first if own or not chosen else highest, end)
        seen = [aside.text for aside in self.extract.beside if aside.text and not aside.is_hidden]
        return Outline(
            unnamed(title),
            year,
            name,
            {key: text for key, text in texts.items() if text},
            {part.key: headings.heading(i) for i, part in chosen.items()},
            tuple(dict.fromkeys([*(self.left[i] for i in sorted(self.left)), *seen])),
            self.beside(within, innermost),
            signature,
            others,
        )

    def is_said_again(self, line: str, part: Part | None, *, is_listed: bool = False) -> bool:
        """Whether a line is the heading of a part once more, as a caption, or any part's, as in a list of contents."""
        parts = self.form.parts if is_listed else [part] if part else []
        return labels.plain(line) in {labels.plain(each.heading) for each in parts if each.heading}

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
