"""An input file from last year's report, or an empty one: nothing that is only last year's counts as the new year's.

Every figure is 未填 with last year's beside it; what follows from last year's (``[[tables.….years]]`` of the form) is
proposed. The text is its headings, or last year's with a gap for every number that is no figure of the tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from ..disk import file_name
from ..form.form_file import FormError, formats_of, known_formats, load_form
from ..form.model import Form
from ..form.years import YearRelation
from ..model.language import Language, quoted
from ..model.report import Publication, Report, printed, years_in
from ..writing.input_text import Notes, Setting, input_text, skeleton
from .last_text import texts_from
from .rewording import Reworded

SETTINGS, WAIVERS = "checks", "waivers"
"""Tables of the input: the settings hold for the next year too, the waivers were given for one year's findings."""


@dataclass(frozen=True)
class New:
    """An input file for a new year, and what the clerk should know of it."""

    form: Form
    year: int
    name: str
    """Of the body."""
    text: str
    proposed: tuple[str, ...] = ()
    """Cells whose figure follows from last year's and has only to be confirmed."""
    without_place: tuple[str, ...] = ()
    """Last year's figures other than 0 for which this year's form has no cell, with their labels."""
    headings: int = 0
    """In the text, where it is headings only."""
    bound: int = 0
    reworded: Mapping[str, Reworded] = field(default_factory=dict)
    """The parts of last year's text that were taken, by their keys."""
    lost_texts: tuple[str, ...] = ()
    """Parts of last year's text that this year's form does not have."""
    unknown: int = 0
    """How many figures last year's report lacks, or could not be read in it."""
    waivers: int = 0
    """Of last year's, which do not hold any more."""


def named_for(name: str, year: int, last: Path | None = None, last_year: int = 0) -> str:
    """The name of the new file: that of last year's with the year moved on, or made of the body, or what stands for it, and the year."""
    stem = last.stem if last else ""
    own = name if year in years_in(name) else f"{name}-{year}"
    stem = stem.replace(str(last_year), str(year)) if str(last_year) in stem else own
    return file_name(stem) + Language.TOML


def empty(name: str, year: int, root: Path | None = None) -> New:
    """An input file without a figure; the text has the aspects that the form asks for as headings.

    Raises:
        FormError: no form is in use in that year, or a form file is broken.
    """
    form = form_of(year, root)
    texts = skeleton(form)
    text = input_text(form, year, {"name": name}, {}, texts)
    return New(form, year, name, text, headings=sum(map(len, texts.values())))


def form_of(year: int, root: Path | None = None, liked: Form | None = None) -> Form:
    """The form of the report of a year: ``liked`` where it is in use, else the newest.

    Raises:
        FormError: no form is in use in that year, or a form file is broken.
    """
    if liked is not None and liked.is_of(year):
        return liked
    found = formats_of(year, root)
    if not found:
        known = "、".join(f"{name}（{load_form(name, root).years_of_use}）" for name in known_formats(root))
        raise FormError(f"没有 {year} 年的报告用的格式。现在有：{known}。")
    return load_form(found[0], root)


def from_last(
    last: Report, before: Report | None = None, *, with_text: bool = False, root: Path | None = None
) -> New:
    """The input of the year after ``last``; ``before`` is the report of the year before that, where there is one.

    Raises:
        InputError: last year's text cannot be printed.
        FormError: no form is in use in that year, or a form file is broken.
    """
    year = last.year + 1
    form = form_of(year, root, last.form)
    same = frozenset(
        key
        for key, cell in form.cells.items()
        if key in last.form.cells and last.form.cells[key].label == cell.label
    )
    texts = texts_from(last, before, form, with_text=with_text)
    notes = _notes(last, form, same)
    text = input_text(
        form,
        year,
        last.agency,
        {},
        {},
        notes,
        sources=texts.sources,
        checks=_settings(last.settings.get(SETTINGS)),
        after=_after(last),
    )
    return New(
        form,
        year,
        last.agency["name"],
        text,
        proposed=tuple(notes.proposed),
        without_place=tuple(
            f"{last.form.cells[key].label} {printed(figure)}"
            for key, figure in last.figures.items()
            if figure and key not in same
        ),
        headings=texts.headings,
        bound=texts.bound,
        reworded=texts.reworded,
        lost_texts=tuple(
            name
            for key, name in last.form.text_names.items()
            if key in last.narrative and key not in form.text_names
        ),
        unknown=len(last.unfilled),
        waivers=len(last.settings.get(WAIVERS) or ()),
    )


# ── figures ─────────────────────────────────────────────────────────────────────────────────────────


def _notes(last: Report, form: Form, same: frozenset[str]) -> Notes:
    """Last year's figures beside this year's cells, and what follows from them.

    Where the form is another one, other things are counted, but for what was carried over.
    """
    figures = {key: printed(figure) for key, figure in last.figures.items()}
    is_same_form = last.form.format == form.format
    relations = [
        relation
        for relation in form.years
        if relation.last in figures and (is_same_form or relation.kind == "carried")
    ]
    proposed = {each.this: figures[each.last] for each in relations if each.kind == "carried"}
    rows: dict[str, list[str]] = {}
    for relation in relations:
        cell = form.cells[relation.this]
        said = rows.setdefault(f"{cell.table}.{cell.row}", [])
        said += [told for told in [_follows(relation, form, figures)] if told not in ("", *said)]
    return Notes(
        {key: figures[key] for key in form.cells if key in same and key in figures and key not in proposed},
        "上年",
        proposed,
        {row: "；".join(said) for row, said in rows.items() if said},
    )


def _follows(relation: YearRelation, form: Form, figures: Mapping[str, str]) -> str:
    """What is said of a row of which a figure follows from last year's; "" where it says nothing."""
    cell, before = form.cells[relation.this], figures[relation.last]

    def head(key: str) -> str:
        return form.tables[cell.table].heads[form.cells[key].column]

    if relation.kind == "carried":
        last = form.cells[relation.last]
        row = form.tables[last.table].rows[last.row].label.removeprefix(f"{form.tables[last.table].name}·")
        return f"这是上年的“{row}”，核对后删去行首的“#”"
    if relation.kind == "stock":
        terms = [f"上年 {before}", *(f"＋{head(key)}" for key in relation.plus)]
        terms += [f"－{head(key)}" for key in relation.minus]
        return f"{head(relation.this)}＝{''.join(terms)}，请核对"
    return (
        f"上年有 {before} 件{head(relation.last)}，今年的{head(relation.this)}里要有" if before != "0" else ""
    )


# ── what stands around ──────────────────────────────────────────────────────────────────────────────


def _settings(written: object) -> dict[str, Setting]:
    """The settings of the checks, which hold for the next year too."""
    settings = written if isinstance(written, dict) else {}
    return {key: value for key, value in settings.items() if isinstance(value, (str, int, Decimal))}


def _after(last: Report) -> str:
    """The tables for publication and signature: what changes every year is a comment."""
    tables = []
    if last.publication != Publication():
        items = [
            f"{key} = {quoted(value)}\n" if key == "column" else f"# {key} =    # 上年：{value}\n"
            for key, value in vars(last.publication).items()
            if value
        ]
        tables.append("[publication]\n" + "".join(items))
    signature = last.form.signature
    if signature and signature.text in last.narrative:
        body, _, date = last.narrative[signature.text].source.partition("\n")
        tables.append(f"# [{signature.text}]\n# body = {quoted(body)}\n# date =    # 上年：{date}\n")
    return "\n".join(tables)
