"""The corrections of a draft that came back, merged with the input file as it is now.

Three versions meet: what the draft was made from (``base``), what came back (``theirs``), and the input as it is now
(``mine``). What only one side changed is taken; what both changed, and not alike, is a conflict for the clerk.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..form.model import Form
from ..model.content import Content, spaced
from ..model.differences import Changes, FigureChange, compare
from ..model.document import Document, compose
from ..model.edits import Edit, edited
from ..model.expressions import parse
from ..model.findings import UNFILLED, Figure, InputError
from ..model.names import names
from ..model.narrative import NarrativeError
from ..model.report import Report, printed
from ..model.three_way import merge_texts
from ..reading.figures import FigureError, read_figure
from .filling import Stretch, filled
from .origins import Word, printed_words
from .tracing import Rebound, Traced, Unclear, cuts_a_tag, traced


@dataclass(frozen=True)
class Reviewed:
    """What came back; of what was not found nothing is known."""

    content: Content
    missing: frozenset[str] = frozenset()
    made: Content | None = None
    """What the draft said when it was made, where it tells."""


@dataclass(frozen=True)
class Conflict:
    """A correction that is not taken in, because it is not sure what it should become."""

    place: str
    """In the clerk's words."""
    base: str
    theirs: str
    mine: str
    """What the input says; "" where that does not matter."""
    why: str
    """In Chinese, and what to do."""


@dataclass
class Merge:
    """All corrections, and what the input file has to become."""

    corrections: Changes = field(default_factory=Changes)
    """What the reviewer changed in the draft."""
    made: Content = field(default_factory=lambda: Content("", {}, {}))
    theirs: Content = field(default_factory=lambda: Content("", {}, {}))
    """What the draft said, and what it says now; what was not found in it is as it was."""
    from_text: list[FigureChange] = field(default_factory=list)
    """Cells without a figure that got theirs through the text, which prints it."""
    figures: dict[str, str | None] = field(default_factory=dict)
    """The cells to be written; None for 未填."""
    sources: dict[str, str] = field(default_factory=dict)
    """The parts of the text to be written, as templates."""
    conflicts: list[Conflict] = field(default_factory=list)


def merge(base: Report, draft: Document, mine: Report, reviewed: Reviewed, last: Report | None) -> Merge:
    """Merge what came back of the ``draft`` of ``base`` into ``mine``; ``last`` is last year's report, if any."""
    made = draft.content
    theirs = _settled(reviewed, made)
    result = Merge(compare(made, theirs), made, theirs)
    words = printed_words(draft, base)
    found = {
        part: traced(words.get(part, ()), "\n".join(theirs.texts.get(part, ())))
        for part in base.form.text_names
        if theirs.texts.get(part, ()) != made.texts.get(part, ())
    }
    changes = {part: changed for part, (changed, _) in found.items()}
    cells = _cells(result, made, changes, mine)
    sources = _sources(result, base, changes)
    clear = {part: text for part, (_, text) in found.items()}
    narrative = {part: written for part, written in base.narrative.items() if part in clear}
    corrected = _corrected(replace(base, narrative=narrative), cells, sources)
    for part in _misprinted(result, corrected, last, words, clear, changes):
        sources.pop(part, None)
    _merge_figures(result, cells, made, mine)
    _merge_sources(result, sources, base, mine)
    return result


def _settled(reviewed: Reviewed, base: Content) -> Content:
    """What came back, with what was not found, or not touched since the draft was made, as the base has it."""
    content, made = reviewed.content, reviewed.made or base
    figures = {
        cell: figure
        for cell in dict.fromkeys((*base.figures, *content.figures))
        if (
            figure := base.figures.get(cell)
            if cell in reviewed.missing or content.figures.get(cell) == made.figures.get(cell)
            else content.figures.get(cell)
        )
        is not None
    }
    texts = {
        part: base.texts.get(part, ())
        if part in reviewed.missing or content.texts.get(part, ()) == spaced(made.texts.get(part, ()))
        else content.texts.get(part, ())
        for part in dict.fromkeys((*base.texts, *content.texts))
    }
    return Content(content.title or base.title, figures, {part: text for part, text in texts.items() if text})


# ── what the reviewer meant ─────────────────────────────────────────────────────────────────────────


def _cells(
    result: Merge, made: Content, changes: Mapping[str, Sequence[Traced]], mine: Report
) -> dict[str, str | None]:
    """The corrected cells; where the text says another figure than the table of the same draft, the clerk decides."""
    form = mine.form
    cells: dict[str, str | None] = {}
    for found_change in result.corrections.figures:
        cell, new = found_change.cell, found_change.new
        if new is None or _figure(new, cell, form) is not None:
            cells[cell] = new
        else:
            why = f"{_not_a_figure(new, cell, form)}。请核对以后改输入文件。"
            result.conflicts.append(
                Conflict(form.cells[cell].label, found_change.old or UNFILLED, new, "", why)
            )
    rebounds: dict[str, list[str]] = {}
    for change in (change for found in changes.values() for change in found if isinstance(change, Rebound)):
        if _cell_of(change, form):
            rebounds.setdefault(change.bound.cells[0], []).append(change.written)
    for cell, written in rebounds.items():
        old = made.figures.get(cell)
        in_table = cells.get(cell, old)
        shown = "、".join(dict.fromkeys(written))
        if shown == in_table:
            continue
        if cell in mine.figures and shown == printed(mine.figures[cell]):  # the clerk has decided
            cells[cell] = shown
            continue
        if in_table is old is None and len(set(written)) == 1:
            cells[cell] = shown
            result.from_text.append(FigureChange(cell, old, shown))
            continue
        cells.pop(cell, None)
        why = f"表里是 {in_table or UNFILLED}，文字里是 {shown}，以哪个为准请核对：表里错了的，改输入文件的这一格；文字另有所指的，改写这一句。"
        result.conflicts.append(Conflict(form.cells[cell].label, old or UNFILLED, shown, "", why))
    return cells


def _cell_of(change: Rebound, form: Form) -> bool:
    """Whether the expression prints one cell, as it is, and what was written instead can be its figure."""
    cells = change.bound.cells
    if len(cells) != 1 or cells[0] not in form.cells or not re.fullmatch(r"[\w.]+", change.bound.expression):
        return False
    return _figure(change.written, cells[0], form) is not None


def _figure(text: str, cell: str, form: Form) -> Figure | None:
    try:
        return read_figure(text, form.cells[cell])[0]
    except FigureError:
        return None


def _not_a_figure(text: str, cell: str, form: Form) -> str:
    try:
        read_figure(text, form.cells[cell])
    except FigureError as error:
        return str(error)
    return f"“{text}”不是数字"


def _sources(result: Merge, base: Report, changes: Mapping[str, Sequence[Traced]]) -> dict[str, str]:
    """The corrected sources; what has no sure place in them becomes a conflict."""
    names = base.form.text_names
    sources = {}
    for part, found in changes.items():
        for unclear in (change for change in found if isinstance(change, Unclear)):
            result.conflicts.append(Conflict(names[part], unclear.old, unclear.new, "", _advice(unclear)))
        source = base.narrative[part].source if part in base.narrative else ""
        edits = [change for change in found if isinstance(change, Edit)]
        if cuts_a_tag(source, edits):
            result.conflicts.append(_by_hand(part, base.form, "改动牵涉到 {% if %}"))
        else:
            sources[part] = edited(source, edits)
    return sources


def _advice(unclear: Unclear) -> str:
    if not unclear.bounds:
        return "改动里有 {{ 或牵涉到 {% if %}，不能自动改，请手工改输入文件。"
    shown = "、".join(f"{{{{ {bound.expression} }}}}" for bound in unclear.bounds)
    return f"这里由 {shown} 填入，请在输入文件里改这一项，或改写这一句。"


def _by_hand(part: str, form: Form, cause: str) -> Conflict:
    why = f"{cause}，这一部分的文字没有带回，请对照送审稿手工改输入文件。"
    return Conflict(form.text_names[part], "", "", "", why)


def _corrected(base: Report, cells: Mapping[str, str | None], sources: Mapping[str, str]) -> Report:
    """The base with all sure corrections, as if nobody had changed the input since."""
    figures = dict(base.figures)
    for cell, text in cells.items():
        figure = _figure(text, cell, base.form) if text is not None else None
        if figure is None:
            figures.pop(cell, None)
        else:
            figures[cell] = figure
    known = names(base.form)
    narrative = dict(base.narrative)
    for part, source in sources.items():
        try:
            narrative[part] = parse(source, range(1, source.count("\n") + 2), known)
        except NarrativeError:
            narrative.pop(part, None)
    return replace(base, figures=figures, narrative=narrative)


def _misprinted(
    result: Merge,
    corrected: Report,
    last: Report | None,
    before: Mapping[str, Sequence[Word]],
    clear: Mapping[str, str],
    changes: Mapping[str, Sequence[Traced]],
) -> Iterator[str]:
    """The parts whose corrected source does not print what the reviewer wrote: they are not taken in.

    A number that an expression prints may follow a corrected cell; where the reviewer wrote another number than is
    computed now, that is a conflict.
    """
    try:
        words = printed_words(compose(corrected, last), corrected)
    except InputError:
        words = {}
    for part in [part for part in clear if part in corrected.narrative or clear[part]]:
        was = {expression: text for text, expression in _groups(before.get(part, ())) if expression}
        written = {
            (change.bound.expression, change.written): change
            for change in changes[part]
            if isinstance(change, Rebound)
        }
        likely: dict[str, list[str]] = {expression: [text] for expression, text in was.items()}
        for expression, text in written:
            likely.setdefault(expression, []).append(text)
        stretches = [
            Stretch(text, expression, likely.get(expression, ()))
            for text, expression in _groups(words.get(part, ()))
        ]
        places = filled(stretches, clear[part])
        if places is None:
            if not any(conflict.place == corrected.form.text_names[part] for conflict in result.conflicts):
                result.conflicts.append(_by_hand(part, corrected.form, "改动在输入文件里的位置不能确定"))
            yield part
            continue
        now = [(stretch.text, stretch.expression) for stretch in stretches if stretch.expression]
        for (text, expression), found in zip(now, places, strict=True):
            rebound = written.pop((expression, found), None)
            follows = rebound is None and found == was.get(expression, found)
            if text == found or follows or (rebound and _is_listed(result, rebound, corrected.form)):
                continue
            why = f"这里由 {{{{ {expression} }}}} 算出，现在是 {text}；请核对表里的数，或改写这一句。"
            place = corrected.form.text_names[part]
            result.conflicts.append(Conflict(place, was.get(expression, ""), found, "", why))


def _is_listed(result: Merge, rebound: Rebound, form: Form) -> bool:
    label = form.cells[rebound.bound.cells[0]].label if _cell_of(rebound, form) else ""
    return any(conflict.place == label for conflict in result.conflicts)


def _groups(words: Sequence[Word]) -> list[tuple[str, str]]:
    """The printed text in stretches: what was typed, with "", and what an expression printed, with it."""
    groups: list[tuple[str, str]] = []
    before: Word | None = None
    for word in words:
        expression = word.bound.expression if word.bound else ""
        if before is not None and before.bound is word.bound:
            groups[-1] = (groups[-1][0] + word.text, expression)
        else:
            groups.append((word.text, expression))
        before = word
    return groups


# ── the input as it is now ──────────────────────────────────────────────────────────────────────────


def _merge_figures(result: Merge, cells: Mapping[str, str | None], made: Content, mine: Report) -> None:
    for cell, theirs in cells.items():
        old = made.figures.get(cell)
        now = printed(mine.figures[cell]) if cell in mine.figures else None
        if now == theirs:
            continue
        if now == old or cell in mine.computed:
            result.figures[cell] = theirs
            continue
        why = "送审以后输入文件也改了这个数，请核对以后改输入文件。"
        was, wanted, has = (text or UNFILLED for text in (old, theirs, now))
        result.conflicts.append(Conflict(mine.form.cells[cell].label, was, wanted, has, why))


def _merge_sources(result: Merge, sources: Mapping[str, str], base: Report, mine: Report) -> None:
    for part, theirs in sources.items():
        was, now = (
            report.narrative[part].source if part in report.narrative else "" for report in (base, mine)
        )
        merged, clashes = merge_texts(was, theirs, now)
        if merged != now:
            result.sources[part] = merged
        for clash in clashes:
            why = "送审以后输入文件也改了这里，请核对以后改输入文件。"
            result.conflicts.append(
                Conflict(
                    base.form.text_names[part],
                    clash.base.strip(),
                    clash.theirs.strip(),
                    clash.mine.strip(),
                    why,
                )
            )
