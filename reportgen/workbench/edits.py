"""What one changes on the page -> the text of the input file: names of cells and parts, never places in the file.

Each edit knows what it wants to say, so that it can be made in a file that somebody else has changed meanwhile, as
``pull`` merges a draft: what only one side changed is taken, the same place is asked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from ..errors import ReportgenError
from ..model.findings import Figure
from ..model.language import one_line, printable
from ..model.report import Report, printed
from ..model.three_way import merge_texts
from ..reading.figures import FigureError, read_figure
from ..reading.input_file import LONGEST_ITEM
from ..reading.items import LONGEST_NAME
from ..reading.rewriting import rewrite
from .checked import UNREAD, Checked

UNREADABLE = "输入文件有写法不对的地方，没有写进去。请先照提示改正那几行。"

UNPLACED = "输入文件的写法特殊，这个改动放不进去，没有动它。请用记事本改。"


class EditError(ReportgenError):
    """An edit that cannot be made; the message says why (in Chinese). ``cells`` says it cell by cell."""

    def __init__(self, message: str, cells: Mapping[str, str] | None = None) -> None:
        self.cells = dict(cells or {})
        super().__init__(message)


@dataclass(frozen=True)
class Clash:
    """A place that both the page and the file changed, and not alike."""

    place: str
    """In the clerk's words."""
    base: str
    ours: str
    """What the page wants."""
    theirs: str
    """What stands in the file."""
    cell: str = ""
    part: str = ""
    item: str = ""

    def is_continued_by(self, other: Clash) -> bool:
        """Whether somebody typed on where this is asked."""
        places = ((each.cell, each.part, each.item) for each in (self, other))
        return len({*places}) == 1 and other.base == self.ours


class Edit(Protocol):
    """A change."""

    def on(self, now: Checked) -> str:
        """The text of the file with the change made in it.

        Raises:
            EditError: it cannot be made.
        """
        ...

    def merged(self, base: Checked, now: Checked) -> tuple[Edit | None, list[Clash]]:
        """The change as it is to be made where the file is ``now`` and the page knew ``base``; and what is to be asked.

        An edit that goes on with what was typed says what that was (``was``): whoever typed it knows no other state,
        while ``base`` may hold what others wrote there.

        Raises:
            EditError: it cannot be made.
        """
        ...

    def holds(self, now: Checked) -> bool:
        """Whether the file says what was wanted."""
        ...


def report_of(state: Checked) -> Report:
    """What edits are made by.

    Raises:
        EditError: the places in the file are not certain.
    """
    if state.report is None or state.syntax:
        raise EditError(UNREADABLE)
    return state.report


def said(report: Report, cell: str) -> str:
    """A figure as the page shows it; a total that the file leaves out is not said."""
    return printed(report.figures[cell]) if cell in report.figures and cell not in report.computed else ""


def figure_of(report: Report, cell: str, typed: str) -> Figure | None:
    """What somebody typed into a cell; None for 未填.

    Raises:
        EditError: it is no figure.
    """
    known = report.form.cells.get(cell)
    if known is None:
        raise EditError("这个格不在这份报告里。请刷新页面。")
    try:
        return read_figure(re.sub(r"[\s\u3000]+", "", typed), known)[0]
    except FigureError as error:
        raise EditError(f"{known.label}：{error}。", {cell: f"{error}。"}) from None


@dataclass(frozen=True)
class Figures:
    """Figures typed or pasted, by cell; "" is 未填."""

    cells: Mapping[str, str]
    was: Mapping[str, str] = field(default_factory=dict)
    """What was typed into some of them before, and answered."""

    def typed(self, report: Report) -> dict[str, str | None]:
        """Each as the file writes it.

        Raises:
            EditError: some are no figures; it names all of them.
        """
        found: dict[str, str | None] = {}
        wrong: dict[str, str] = {}
        for cell, typed in self.cells.items():
            try:
                figure = figure_of(report, cell, typed)
            except EditError as error:
                wrong |= error.cells or {cell: str(error)}
                continue
            found[cell] = None if figure is None else printed(figure)
        if wrong:
            raise EditError("；".join(wrong.values()), wrong)
        return found

    def on(self, now: Checked) -> str:
        report = report_of(now)
        found = {
            cell: text for cell, text in self.typed(report).items() if (text or "") != said(report, cell)
        }
        return rewrite(now.source.text, report, found, {}) if found else now.source.text

    def merged(self, base: Checked, now: Checked) -> tuple[Edit | None, list[Clash]]:
        known, has = report_of(base), report_of(now)
        was = Figures({cell: text for cell, text in self.was.items() if cell in self.cells}).typed(has)
        taken: dict[str, str] = {}
        clashes = []
        for cell, text in self.typed(has).items():
            before = (was[cell] or "") if cell in was else said(known, cell)
            ours, theirs = text or "", said(has, cell)
            if theirs in (before, ours):
                taken[cell] = ours
            elif ours != before:
                clashes.append(Clash(has.form.cells[cell].label, before, ours, theirs, cell=cell))
        return (Figures(taken) if taken else None), clashes

    def holds(self, now: Checked) -> bool:
        if now.report is None:
            return False
        wanted = self.typed(now.report)
        return all(
            said(now.report, cell) == (text or "")
            or (cell in now.report.computed and text in (None, printed(now.report.figures[cell])))
            for cell, text in wanted.items()
        )


@dataclass(frozen=True)
class Text:
    """One part of the text, as it is written."""

    part: str
    source: str
    was: str | None = None
    """What was typed there before, and answered."""

    @property
    def wanted(self) -> str:
        return _plain(self.source)

    def known(self, report: Report) -> Report:
        if self.part not in report.form.text_names:
            raise EditError("报告里没有这一部分。请刷新页面。")
        return report

    def on(self, now: Checked) -> str:
        report = self.known(report_of(now))
        signature = report.form.signature
        wanted = self.wanted
        if signature and self.part == signature.text and wanted:
            lines = [line.strip() for line in wanted.split("\n") if line.strip()]
            if len(lines) != 2:
                raise EditError(f"{signature.name}写两行：一行机关名称，一行日期。")
            wanted = "\n".join(lines)
        if not is_editable(now, self.part):
            raise EditError("这一部分文字读不出来，没有动它。请用记事本打开输入文件，照提示改正。")
        if wanted == source_of(report, self.part):
            return now.source.text
        return rewrite(now.source.text, report, {}, {self.part: wanted})

    def merged(self, base: Checked, now: Checked) -> tuple[Edit | None, list[Clash]]:
        was, has = self.known(report_of(base)), self.known(report_of(now))
        before = source_of(was, self.part) if self.was is None else _plain(self.was)
        theirs = source_of(has, self.part)
        if _plain(theirs) == _plain(before):
            return replace(self, was=None), []
        text, found = merge_texts(before, self.wanted, theirs)
        place = has.form.text_names[self.part]
        clashes = [Clash(place, each.base, each.theirs, each.mine, part=self.part) for each in found]
        return (Text(self.part, text) if text != theirs else None), clashes

    def holds(self, now: Checked) -> bool:
        return now.report is not None and source_of(now.report, self.part).strip() == self.wanted.strip()


def _plain(source: str) -> str:
    """A text as it can be written; line ends around it make no difference."""
    return printable(source).strip("\n")


def source_of(report: Report, part: str) -> str:
    """A part of the text as it is written; "" where there is none."""
    return report.narrative[part].source if part in report.narrative else ""


def is_editable(state: Checked, part: str) -> bool:
    """Whether what stands in the file for a part of the text was read: what was not must not be written over."""
    if state.report is None or part in state.report.narrative:
        return True
    line = state.report.lines.get(f"narrative.{part}")
    return not any(
        problem.line is not None and line is not None and problem.line >= line and problem.rule == UNREAD
        for problem in state.problems
    )


@dataclass(frozen=True)
class Item:
    """An item of a table of words, such as the body's telephone number."""

    path: str
    """Its dotted key."""
    name: str
    """In the clerk's words."""
    value: str
    was: str | None = None
    """What was typed there before, and answered."""

    @property
    def wanted(self) -> str:
        return one_line(self.value)

    def on(self, now: Checked) -> str:
        report = report_of(now)
        table, _, key = self.path.partition(".")
        if self.wanted == item_of(report, self.path):
            return now.source.text
        longest = LONGEST_NAME if key == "name" else LONGEST_ITEM
        if len(self.wanted) > longest:
            raise EditError(f"{self.name}有 {len(self.wanted)} 字，太长，最多 {longest} 字。")
        return rewrite(now.source.text, report, {}, {}, {(table, key): self.wanted})

    def merged(self, base: Checked, now: Checked) -> tuple[Edit | None, list[Clash]]:
        before = item_of(report_of(base), self.path) if self.was is None else one_line(self.was)
        ours, theirs = self.wanted, item_of(report_of(now), self.path)
        if theirs in (before, ours):
            return replace(self, was=None), []
        return None, ([Clash(self.name, before, ours, theirs, item=self.path)] if ours != before else [])

    def holds(self, now: Checked) -> bool:
        return now.report is not None and item_of(now.report, self.path) == self.wanted


def item_of(report: Report, path: str) -> str:
    """What the file says for an item; "" where it says nothing."""
    table, _, key = path.partition(".")
    if not key:
        return str(getattr(report, table))
    values = report.agency if table == "agency" else vars(report.publication)
    return values.get(key, "")
