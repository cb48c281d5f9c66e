"""The lines and tables of a printed report -> its content: the same for a Word file and for a web page.

Parts are found by their headings and figures by the labels of their rows, in the cells as they stand in the file:
programs add columns to a grid when they save it, but no cells between a label and its figures. A file may mark by
itself where its parts and figures stand; then nothing but the report is in it, and all that differs is told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product

from ..form.model import Form, Part, Table
from ..model.chinese import numbering
from ..model.content import Content
from ..model.paragraphs import GAP
from ..model.signature import read_signature
from . import labels

TITLE = ""
"""The mark of the title, where a file marks its parts."""
LONGEST_HEADING = 40
LONGEST_TITLE = 300
SHOWN = 30
"""Characters of a text shown in a message."""

_YEAR = re.compile(r"\d{4}年")

Row = tuple[str, ...]
Place = tuple[int, ...]
"""A line by its number among the blocks; a cell of a table by the table's, its row's and its own, from 0."""


@dataclass(frozen=True)
class Printed:
    """What a printed report says, and what could not be understood."""

    content: Content
    missing: frozenset[str] = frozenset()
    """Cells and parts of the text that were not found, which is not the same as empty."""
    unknown: tuple[str, ...] = ()
    """What could not be understood, in Chinese."""
    remarks: tuple[str, ...] = ()
    """What was understood though it is worded otherwise than the form words it, in Chinese."""
    cells: Mapping[Place, str] = field(default_factory=dict)
    """Where the figures stand."""
    parts: Mapping[Place, str] = field(default_factory=dict)
    """Where the lines of the text stand, by narrative key."""


def read_printed(
    blocks: Sequence[str | Sequence[Row]],
    form: Form,
    *,
    titled: bool = True,
    marks: Mapping[Place, str] | None = None,
) -> Printed:
    """Read the lines and tables of a file in their order; a line is one paragraph.

    ``titled`` says whether it has its title; what is pasted into a web site has none.
    ``marks`` gives, where the file itself says so, the key of the part that each line and table belongs to, or
    :data:`TITLE`, and the key of the figure in a cell.
    """
    return _Printed(blocks, form, titled, marks or {}).read()


def is_title(text: str, form: Form) -> bool:
    """Whether it names a body and a year and ends as the form's title does."""
    if len(text) > LONGEST_TITLE:
        return False
    text, ending = labels.plain(text), labels.plain(form.title[-1])[-4:]
    return text.endswith(ending) and bool(_YEAR.search(text, 2, len(text) - len(ending)))


class _Printed:
    """One file being read."""

    def __init__(
        self,
        blocks: Sequence[str | Sequence[Row]],
        form: Form,
        titled: bool,
        marks: Mapping[Place, str],
    ) -> None:
        self.form = form
        self.titled = titled
        self.marks = marks
        self.lines = {i: block.strip() for i, block in enumerate(blocks) if isinstance(block, str)}
        self.tables = {i: block for i, block in enumerate(blocks) if not isinstance(block, str)}
        self.unknown: list[str] = []
        self.remarks: list[str] = []
        self.missing: set[str] = set()
        self.figures: dict[str, str] = {}
        self.cells: dict[Place, str] = {}
        self.parts: dict[Place, str] = {}

    def read(self) -> Printed:
        title, parts = self.marked() if self.marks else self.found()
        self.find_signature(parts)
        texts = self.texts(parts)
        self.read_tables()
        order = [cell for cell in self.form.cells if cell in self.figures]
        return Printed(
            content=Content(title, {cell: self.figures[cell] for cell in order}, texts),
            missing=frozenset(self.missing),
            unknown=tuple(dict.fromkeys(self.unknown)),
            remarks=tuple(dict.fromkeys(self.remarks)),
            cells=self.cells,
            parts=self.parts,
        )

    # ── headings and text ───────────────────────────────────────────────────────────────────────────

    def marked(self) -> tuple[str, dict[int, Part]]:
        """The title, and the part of each line of text, as the file marks them."""
        title = "".join(line for i, line in self.lines.items() if self.marks[(i,)] == TITLE)
        parts: dict[int, Part] = {}
        for part in self.form.parts:
            lines = [i for i in self.lines if self.marks[(i,)] == part.key]
            if part.heading and lines and _rating(self.lines[lines[0]], part.heading):
                self.reworded(part.heading, self.lines[lines.pop(0)])
            elif part.heading and part.key in self.marks.values():
                self.unknown.append(f"没有找到标题“{part.heading}”。")
            parts.update(dict.fromkeys(lines, part))
        return title, parts

    def found(self) -> tuple[str, dict[int, Part]]:
        """The title, and the part of each line of text: that of the heading above it."""
        headings = self.headings()
        first = min(headings, default=len(self.lines) + len(self.tables))
        title, after = self.title(first) if self.titled else ("", 0)
        parts: dict[int, Part] = {}
        part = next((part for part in self.form.parts if not part.heading), None)
        for i, line in self.lines.items():
            if i in headings:
                part = headings[i]
            elif line and i >= after and part is not None:
                parts[i] = part
        return title, parts

    def find_signature(self, parts: dict[int, Part]) -> None:
        """Take a name and a date that stand below the text for the signature, and print the date as it should be."""
        signature = self.form.signature
        last = [i for i in parts if self.lines[i]][-2:]
        if signature is None or not last or last[-1] < max(self.tables, default=-1):
            return
        for length in (2, 1):
            found = read_signature([self.lines[i] for i in last[-length:]])
            if found and len(last) >= length:
                lines = found if length == 2 else ["\n".join(found)]
                for i, line in zip(last[-length:], lines, strict=True):
                    parts[i] = signature
                    self.lines[i] = line
                return

    def headings(self) -> dict[int, Part]:
        """The line of each part's heading; a list of contents before the text does not count."""
        found: dict[int, Part] = {}
        after = -1
        before = next((part for part in self.form.parts if not part.heading), None)
        for part, heading in [(part, part.heading) for part in self.form.parts if part.heading]:
            rated = [(rating, i) for i, line in self.lines.items() if (rating := _rating(line, heading))]
            best = max(rated, default=None)
            if best is None or best[1] < after:
                self.lost(part, before, "没有找到标题" if best is None else "标题的次序不对")
                continue
            after, before = best[1], part
            found[after] = part
            self.reworded(heading, self.lines[after])
        return found

    def reworded(self, heading: str, line: str) -> None:
        if said := labels.reworded(heading, line):
            self.remarks.append(said)

    def lost(self, part: Part, before: Part | None, why: str) -> None:
        """Without its heading a text cannot be told from the one before it."""
        lost = [other.text for other in (part, before) if part.text and other and other.text]
        self.missing.update(lost)
        self.unknown.append(f"{why}“{part.heading}”" + ("，它前后的文字没有读。" if lost else "。"))

    def title(self, first: int) -> tuple[str, int]:
        """The title, which may stand on several lines, and the number of the line after it."""
        lines = [(i, line) for i, line in self.lines.items() if i < first and line]
        for length, at in product((1, 2, 3), range(len(lines))):
            pieces = lines[at : at + length]
            joined = "".join(line for _, line in pieces)
            if is_title(joined, self.form):
                self.unknown += [f"标题前面多了文字：{cut(line)}" for _, line in lines[:at]]
                return joined, pieces[-1][0] + 1
        self.unknown.append("没有找到报告的标题。")
        return "", 0

    def texts(self, parts: Mapping[int, Part]) -> dict[str, tuple[str, ...]]:
        texts: dict[str, list[str]] = {}
        for i, part in parts.items():
            line = self.lines[i]
            if not part.text:
                self.unknown.append(f"“{part.heading}”下面多了文字：{cut(line)}")
            elif part.text not in self.missing and line != GAP:
                texts.setdefault(part.text, []).extend(line.split("\n"))
                self.parts[(i,)] = part.text
        return {key: tuple(lines) for key, lines in texts.items()}

    # ── tables ──────────────────────────────────────────────────────────────────────────────────────

    def read_tables(self) -> None:
        rows: dict[str, list[tuple[Place, Row]]] = {key: [] for key in self.form.tables}
        for i, printed in self.tables.items():
            table = self.form.tables.get(self.marks[(i,)]) if self.marks else _which(printed, self.form)
            if table is None:
                text = next((cell.strip() for row in printed for cell in row if cell.strip()), "")
                self.unknown.append(f"多了一张表，第一格是：{cut(text)}")
                continue
            rows[table.key] += [((i, r), row) for r, row in enumerate(printed)]
        for key, found in rows.items():
            _TableReader(self, self.form.tables[key], found).read()


class _TableReader:
    """The rows of one table of the form, as printed in one table or in several."""

    def __init__(self, printed: _Printed, table: Table, rows: list[tuple[Place, Row]]) -> None:
        self.printed = printed
        self.table = table
        self.rows = rows
        self.read_rows: set[Place] = set()
        self.keys = {_row_label(table, key): cells for key, cells in _figure_rows(table)}
        self.known = {labels.bare(label): label for label in _labels(table)}

    def read(self) -> None:
        if not self.rows:
            self.printed.unknown.append(f"没有找到{self.table.name}。")
            self.printed.missing.update(cell.key for cell in self.table.cells)
            return
        if self.marked():
            return
        left = {label: cells for label, cells in self.keys.items() if label}
        for exact, worded in ((True, False), (False, False), (True, True)):
            for place, row in self.rows:
                if place not in self.read_rows:
                    self.labelled(place, row, left, exact=exact, worded=worded)
        if "" in self.keys:
            self.unlabelled(self.keys[""])
        for label, cells in left.items():
            self.printed.unknown.append(f"{self.table.name}缺少一行，或这一行的格数不对：{label}")
            self.printed.missing.update(cells)
        self.others()

    def marked(self) -> bool:
        """Take the figures by the keys of their cells, if all labels stand around them as in the form."""
        marks = self.printed.marks
        shown = [
            [marks.get((*place, c)) or labels.plain(cell) for c, cell in enumerate(row)]
            for place, row in self.rows
        ]
        wanted = [
            [cell.key if cell.kind == "figure" else labels.plain(cell.label) for cell in row]
            for row in self.table.grid
        ]
        if shown != wanted:
            return False
        for place, row in self.rows:
            for c, cell in enumerate(row):
                if (*place, c) in marks:
                    self.take_cell((*place, c), cell, marks[(*place, c)])
        return True

    def labelled(
        self, place: Place, row: Row, left: dict[str, tuple[str, ...]], *, exact: bool, worded: bool
    ) -> None:
        """Read a row whose figures follow their label; ``worded``: words may stand in place of figures."""
        for at in range(len(row) - 2, -1, -1):
            if not row[at].strip() or (not exact and labels.is_figure(row[at])):
                continue
            named = {labels.bare(label): label for label in left}
            label = named.get(labels.bare(row[at])) if exact else labels.nearest(row[at], left)
            if label is None or not self.fits(row, at + 1, len(left[label]), worded=worded):
                continue
            if not exact:
                self.printed.remarks.append(f"{self.table.name}的“{label}”写成了“{row[at].strip()}”。")
            self.take(place, row, at + 1, left.pop(label))
            return

    def unlabelled(self, cells: tuple[str, ...]) -> None:
        """Read the row of figures that stands under its labels."""
        fitting = [(place, row) for place, row in self.rows if self.fits(row, 0, len(cells))]
        filled = [(place, row) for place, row in fitting if any(cell.strip() for cell in row)]
        worded = [(place, row) for place, row in self.rows if self.fits(row, 0, len(cells), worded=True)]
        for place, row in (*filled, *fitting, *worded)[:1]:
            self.take(place, row, 0, cells)
            return
        self.printed.unknown.append(f"没有找到{self.table.name}的数据，或格数不对。")
        self.printed.missing.update(cells)

    def fits(self, row: Row, start: int, count: int, *, worded: bool = False) -> bool:
        """Whether just ``count`` figures stand there, or words that are no label; empty cells after do not count."""
        figures, rest = row[start : start + count], row[start + count :]
        return (
            len(figures) == count
            and all(
                labels.is_figure(cell) or (labels.bare(cell) not in self.known if worded else _is_noise(cell))
                for cell in figures
            )
            and not any(cell.strip() for cell in rest)
        )

    def take(self, place: Place, row: Row, start: int, cells: tuple[str, ...]) -> None:
        self.read_rows.add(place)
        for c, key in enumerate(cells, start):
            self.take_cell((*place, c), row[c], key)

    def take_cell(self, place: Place, text: str, key: str) -> None:
        self.printed.cells[place] = key
        value, unit, note = labels.figure(text)
        cell = self.printed.form.cells[key]
        label = cell.label
        if value is None and note:
            self.printed.figures[key] = note
            return
        if note:
            self.printed.remarks.append(f"{label}：数字后面还写了“{note}”。")
        if unit not in ("", cell.unit):
            self.printed.unknown.append(f"{label}：数字后面写的单位是“{unit}”，规定的是{cell.unit}。")
        if value is not None:
            self.printed.figures[key] = value

    def others(self) -> None:
        """What stands in the table and is neither a figure that was read nor a label of the form."""
        if (self.printed.marks and self.is_other()) or self.is_disordered():
            self.printed.unknown.append(f"{self.table.name}的表头、行名或它们的次序和规定的不同。")
        for place, row in self.rows:
            strange = [
                (c, cell.strip())
                for c, cell in enumerate(row)
                if cell.strip()
                and (*place, c) not in self.printed.cells
                and labels.bare(cell) not in self.known
            ]
            if place not in self.read_rows and any(labels.is_figure(cell) for _, cell in strange):
                row_text = "、".join(cell for _, cell in strange[:3])
                self.printed.unknown.append(f"{self.table.name}有一行认不出来：{cut(row_text)}")
                continue
            for _, cell in strange:
                label = labels.nearest(cell, self.known.values())
                if label is None:
                    self.printed.unknown.append(f"{self.table.name}里有不认识的文字：{cut(cell)}")
                elif labels.bare(label) != labels.bare(cell):
                    self.printed.remarks.append(f"{self.table.name}的“{label}”写成了“{cell}”。")

    def is_disordered(self) -> bool:
        """Whether labels stand in another order than in the form, so that figures stand below other heads.

        Where a table was split, some are repeated, and only the first of each count.
        """
        wanted, shown = self.wanted_and_shown
        if len(shown) == len(wanted):
            return shown != wanted
        found = {*shown}
        return [*dict.fromkeys(shown)] != [label for label in dict.fromkeys(wanted) if label in found]

    def is_other(self) -> bool:
        """Whether a label is wanting or stands elsewhere."""
        wanted, shown = self.wanted_and_shown
        return self.is_disordered() or bool(Counter(wanted) - Counter(shown))

    @cached_property
    def wanted_and_shown(self) -> tuple[list[str], list[str]]:
        """The labels of the form and those of them that stand here, in their order."""
        wanted = [labels.plain(label) for label in _labels(self.table)]
        known = {*wanted}
        return wanted, [
            label for _, row in self.rows for cell in row if (label := labels.plain(cell)) in known
        ]


def _which(printed: Sequence[Row], form: Form) -> Table | None:
    """The form's table that shares most labels with a printed one, whole or a part of it."""
    texts = {labels.bare(cell) for row in printed for cell in row} - {""}
    shared = {
        key: len(texts & {labels.bare(label) for label in _labels(table)})
        for key, table in form.tables.items()
    }
    best = max(shared, key=lambda key: shared[key])
    return form.tables[best] if shared[best] >= 2 else None


def _figure_rows(table: Table) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each printed row of figures: the key of the row label beside it, "" for none, and its cells."""
    for row in table.grid:
        cells = tuple(cell.key for cell in row if cell.kind == "figure")
        if cells:
            yield next((cell.key for cell in row if cell.kind == "row"), ""), cells


def _row_label(table: Table, key: str) -> str:
    return next(
        (cell.label for row in table.grid for cell in row if (cell.kind, cell.key) == ("row", key)), ""
    )


def _labels(table: Table) -> list[str]:
    return [cell.label for row in table.grid for cell in row if cell.kind != "figure"]


def _is_noise(cell: str) -> bool:
    """Whether a cell of a row of figures holds a few words instead: 约20."""
    return len(cell.strip()) <= 12 and bool(re.search(r"\d", cell))


def _rating(line: str, heading: str) -> float:
    """How surely a line is a heading: 0 for not at all."""
    if len(line) > LONGEST_HEADING:
        return 0.0
    alike = labels.likeness(line, heading)
    least = 0.6 if numbering(labels.plain(line)) == numbering(labels.plain(heading)) else 0.9
    return alike if line and alike >= least else 0.0


def cut(text: str) -> str:
    return f"“{text}”" if len(text) <= SHOWN else f"“{text[:SHOWN]}…”"
