"""概览: the area on one page to look at in a browser or to print: bars by body, outcomes, the change on last year.

What it says is decided here; how it looks is in the template beside the form, which a clerk may copy and change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ...form.form_file import known_formats, load_form
from ...form.model import Form
from ...model.chinese import unnumbered
from ...model.provenance import sealed_page
from ...writing.html import print_page
from ...writing.wordml import allowed
from ..area import Area, Standing, State
from ..names import core
from . import naming
from .keeping import Made, fingerprint, properties

PAPER = "概览"
TEMPLATE = "overview.html"
MOST_BODIES = 1000
"""Bodies that the page shows one by one; the workbook has them all."""
MOST_PAIRS, MOST_OTHERS = 100, 200
NEXT_TO_NOTHING = Decimal("0.5")
"""Percent of a bar below which it would not be seen."""


@dataclass(frozen=True)
class Bar:
    """A figure and how long its bar is."""

    text: str
    """As printed; "" where there is none."""
    value: str
    """By which it is sorted."""
    percent: str


@dataclass(frozen=True)
class Slice:
    """One outcome of a body, as a part of its bar."""

    name: str
    text: str
    percent: str
    number: int
    """Of the outcome, from 1: its colour."""


@dataclass(frozen=True)
class Change:
    """A figure beside last year's."""

    text: str
    """＋3, －2, 持平; "" where it cannot be compared."""
    value: str
    before: str
    percent: str
    """Of the bar: the greatest change of the page is 100."""
    is_less: bool


@dataclass(frozen=True)
class Row:
    """One body."""

    name: str
    level: str
    state: str
    label: str
    added: str
    errors: str
    warnings: str
    bars: Sequence[Bar]
    slices: Sequence[Slice]
    outcomes: str
    """By which the outcomes are sorted: how many there are."""
    change: Change
    said: str


@dataclass(frozen=True)
class SumRow:
    """One sum of the area."""

    table: str
    label: str
    bar: Bar
    change: Change
    is_open: bool
    """Whether it is the sum of what does not add up."""


@dataclass(frozen=True)
class Pair:
    """Two texts that are alike."""

    a: str
    b: str
    share: str
    sentences: Sequence[tuple[str, str]]
    """Each with the names of those who have it too."""


@dataclass(frozen=True)
class Outcome:
    """One of the outcomes of requests, and the cells it adds up."""

    name: str
    cells: Sequence[str]


def page(area: Area) -> Made:
    """The page.

    Raises:
        TemplateError: the template fails.
    """
    own = area.form.file(TEMPLATE)
    # Templates a clerk copied before there was such a page lack it.
    folder = (own if own.is_file() else load_form(known_formats()[0]).file(TEMPLATE)).parent
    text = allowed(print_page(folder, TEMPLATE, **_view(area)))
    content = fingerprint(text)
    return Made(sealed_page(text, properties(content)), content)


def _view(area: Area) -> Mapping[str, object]:
    form, standings = area.form, area.standings[:MOST_BODIES]
    keys, outcomes = naming.key_cells(form), outcomes_of(form)
    last = _last(area)
    return {
        "title": naming.title(area, PAPER),
        "year": area.year or "",
        "year_before": _last_year(area),
        "counts": [
            ("应报" if area.has_roster else "单位", len(area.standings), ""),
            *((state.label, len(naming.in_state(area, state)), state.value) for state in State),
            ("逾期", sum(each.is_late for each in area.standings), "late"),
            ("计入合计", len(area.added), ""),
        ],
        "shortfall": area.shortfall,
        "lacking": list(area.lacking),
        "has_levels": naming.has_levels(area),
        "heads": list(keys.values()),
        "outcomes": [outcome.name for outcome in outcomes],
        "rows": _rows(standings, list(keys), outcomes, last),
        "left": len(area.standings) - len(standings),
        "is_compared": bool(last),
        "sums": list(_sums(area)),
        "area_slices": _slices({key: total.figure for key, total in area.totals.items()}, outcomes),
        "pairs": [
            Pair(
                pair.a,
                f"{pair.b}（上年）" if pair.with_last else pair.b,
                f"{pair.share:.0%}",
                [(text, "、".join(pair.also.get(text, ()))) for text in pair.sentences],
            )
            for pair in area.alike[:MOST_PAIRS]
        ],
        "pairs_left": max(0, len(area.alike) - MOST_PAIRS),
        "is_published": area.published is not None,
        "differences": [
            (
                form.cells[each.cell].label,
                each.published or "没有填",
                each.sum or "没有",
                "；".join(each.explanations),
            )
            for each in area.published or ()
        ],
        "questions": list(area.questions[:MOST_OTHERS]),
        "questions_left": max(0, len(area.questions) - MOST_OTHERS),
        "others": naming.others(area)[:MOST_OTHERS],
        "others_left": max(0, len(naming.others(area)) - MOST_OTHERS),
    }


# ── the bodies ──────────────────────────────────────────────────────────────────────────────────────


def outcomes_of(form: Form) -> list[Outcome]:
    """What may become of a request, by the form: the rows and groups of rows that its results add up, in the total."""
    for table in form.tables.values():
        groups = {row: group for group, rows in table.groups.items() for row in rows}
        for sum_ in table.sums:
            left = form.cells[sum_.left.cells[0]]
            if len(sum_.left.cells) == 1 and left.row in table.balance and left.column in table.total_columns:
                found: dict[str, list[str]] = {}
                for key in sum_.right.cells:
                    row = form.cells[key].row
                    label = table.labels[groups[row]] if row in groups else table.rows[row].label
                    found.setdefault(_short(label.removeprefix(f"{table.name}·")), []).append(key)
                if len(found) > 1:
                    return [Outcome(name, cells) for name, cells in found.items()]
    return []


def _short(label: str) -> str:
    """A label without its number and what it explains in brackets."""
    return unnumbered(label).partition("（")[0]


def _last(area: Area) -> Mapping[str, Mapping[str, str]]:
    """Last year's figures of each body, where they can be compared."""
    previous = area.previous
    if previous is None or previous.form.format != area.form.format:
        return {}
    old = {
        core(each.name, previous.places): each.submission.figures
        for each in previous.standings
        if each.submission
    }
    found = {each.name: old.get(core(each.name, previous.places)) for each in area.standings}
    return {name: figures for name, figures in found.items() if figures}


def _last_year(area: Area) -> str:
    """What stands over last year's sums: of how many bodies they are, for they can be others."""
    previous = area.previous
    if previous is None or previous.form.format != area.form.format:
        return ""
    return f"{f'{previous.year}年' if previous.year else '上年'}（{len(previous.added)} 个单位）"


def _rows(
    standings: Sequence[Standing],
    keys: Sequence[str],
    outcomes: Sequence[Outcome],
    last: Mapping[str, Mapping[str, str]],
) -> list[Row]:
    figures = {
        each.name: each.submission.figures if each.submission and each.is_added else {} for each in standings
    }
    greatest = {
        key: max((abs(Decimal(found[key])) for found in figures.values() if key in found), default=Decimal(0))
        for key in keys
    }
    first = keys[0] if keys else ""
    changes = {name: _difference(figures[name], old, first) for name, old in last.items() if name in figures}
    most = max((abs(change) for change in changes.values() if change is not None), default=Decimal(0))
    return [
        Row(
            name=each.name,
            level=each.body.level,
            state=each.state.value,
            label=each.state.label + ("（逾期）" if each.is_late and each.submission else ""),
            added="是" if each.is_added else "缺" if each.is_lacking else "否",
            errors=str(len(each.submission.errors)) if each.submission and not each.submission.reason else "",
            warnings=str(len(each.submission.warnings))
            if each.submission and not each.submission.reason
            else "",
            bars=[_bar(figures[each.name].get(key, ""), greatest[key]) for key in keys],
            slices=_slices(figures[each.name], outcomes),
            outcomes=str(
                sum((_added(figures[each.name], outcome.cells) for outcome in outcomes), Decimal(0))
            ),
            change=_change(changes.get(each.name), last.get(each.name, {}).get(first, ""), most),
            said=naming.said_of(each),
        )
        for each in standings
    ]


def _bar(figure: str, greatest: Decimal) -> Bar:
    if not figure:
        return Bar("", "-1", "0")
    return Bar(figure, figure, _percent(abs(Decimal(figure)), greatest))


def _percent(part: Decimal, whole: Decimal) -> str:
    """A share in percent with one decimal; nothing but 0 is too short to be seen."""
    if not part or not whole:
        return "0"
    return format(max(100 * part / whole, NEXT_TO_NOTHING), ".1f")


def _added(figures: Mapping[str, str], cells: Sequence[str]) -> Decimal:
    """The sum of the cells that have a figure."""
    return sum((Decimal(figures[key]) for key in cells if figures.get(key)), Decimal(0))


def _slices(figures: Mapping[str, str], outcomes: Sequence[Outcome]) -> list[Slice]:
    """The outcomes that are not 0, as parts of a whole bar."""
    added = [(number, outcome, _added(figures, outcome.cells)) for number, outcome in enumerate(outcomes, 1)]
    whole = sum((figure for _, _, figure in added), Decimal(0))
    return [
        Slice(outcome.name, str(figure), format(100 * figure / whole, ".1f"), number)
        for number, outcome, figure in added
        if figure > 0
    ]


def _difference(figures: Mapping[str, str], last: Mapping[str, str], key: str) -> Decimal | None:
    if not figures.get(key) or not last.get(key):
        return None
    return Decimal(figures[key]) - Decimal(last[key])


def _change(change: Decimal | None, before: str, most: Decimal) -> Change:
    if change is None:
        return Change("", "", before, "0", False)
    text = f"＋{change}" if change > 0 else f"－{-change}" if change else "持平"
    return Change(text, str(change), before, _percent(abs(change), most), change < 0)


# ── the sums ────────────────────────────────────────────────────────────────────────────────────────


def _sums(area: Area) -> Iterator[SumRow]:
    """The sums one looks at: single figures, and of a row with a total the total."""
    form = area.form
    shown = [
        cell
        for table in form.tables.values()
        for row in table.rows.values()
        for cell in ([row.total] if row.total else row.cells)
    ]
    totals = {key: total.figure for key, total in area.totals.items()}
    previous = area.previous if area.previous and area.previous.form.format == form.format else None
    last = {key: total.figure for key, total in previous.totals.items()} if previous else {}
    for table in form.tables.values():
        cells = [cell for cell in shown if cell.table == table.key]
        # Amounts in another unit than most have no bar of their own scale.
        unit = max((cell.unit for cell in cells), key=[cell.unit for cell in cells].count, default="")
        figures = [Decimal(totals[cell.key]) for cell in cells if totals[cell.key] and cell.unit == unit]
        greatest = max((abs(figure) for figure in figures), default=Decimal(0))
        for cell in cells:
            change = _difference(totals, last, cell.key)
            label = cell.label.removeprefix(f"{table.name}·")
            if table.rows[cell.row].total:
                label = label.removesuffix(f"·{table.heads.get(cell.column, '')}")
            yield SumRow(
                table=table.name,
                label=label + (f"（{cell.unit}）" if cell.unit != unit else ""),
                bar=_bar(totals[cell.key], greatest if cell.unit == unit else Decimal(0)),
                change=_change(change, last.get(cell.key, ""), Decimal(0)),
                is_open=not cell.adds_up,
            )
