"""What each number of the narrative claims: which cells of the tables it speaks of, or nothing we know.

A number is read from the words directly before it (收到政府信息公开申请19件) or, failing that, directly after it
(6件予以公开). Words that other matters share (办结, 答复, 维持) count only where the text speaks of the tables'
own matter at that point. A word that is not known next to the number means that it counts something else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from ...form.model import Form
from ...form.vocabulary_file import Rows, Term
from .headings import Heading, narrower
from .numbers import Number

MEANT_OTHERWISE = "这个说法可能另有所指"
"""The doubt that words leave which other matters share (公开15件, 企业4件)."""
Cells = tuple[str, ...]
"""Keys of cells that are added up."""


class Claim(NamedTuple):
    """Cells that a number, or a negation, speaks of."""

    table: str
    usual: tuple[Cells, ...]
    """Readings that are equally usual, the nearest first."""
    doubtful: tuple[Cells, ...] = ()
    """Readings that are possible but not what the words say."""
    part: bool = False
    """Whether it may be only a part of the cells."""
    weak: str = ""
    """Why the wording leaves a doubt, in Chinese; empty where it leaves none."""
    soft: bool = False
    """Whether the words often mean something else, so that only agreement is certain."""
    alone: bool = False
    """Whether a disagreement is told only where another number of the sentence agrees with the same table."""
    last: bool = False
    """Whether it speaks of last year."""

    @property
    def cells(self) -> Cells:
        return self.usual[0]


@dataclass
class Topic:
    """What the text speaks of at one point."""

    table: str | None = None
    rows: tuple[Rows, ...] = ()
    whole: tuple[Rows, ...] = ()
    """The rows that the next numbers may divide: all requests (收到, 办结), all suits."""
    told: Decimal | None = None
    """How many those are, as the text says."""
    unit: str = ""
    """The unit of the last number of the tables."""
    columns: tuple[str, ...] = ()
    foreign: str = ""
    """The kind of another matter that the text speaks of; ``guess`` where that is not certain."""
    disclosed: bool = False
    """Whether it has spoken of the disclosure of information, so that cases are those about it."""
    loose: bool = False
    """Whether it is not certain that the last number was one of the tables'."""
    family: str = ""
    """What the last number told: ``row``, ``column`` or nothing; 其他 joins it."""

    def turn(self, term: Term) -> None:
        """The text names what it speaks of."""
        if self.table != term.table:
            self.columns = self.whole = ()
        self.table, self.rows, self.loose = term.table, term.rows, False
        self.foreign = ""

    def follow(self, form: Form, claim_: Claim, number: Number) -> None:
        """A number was told: from here on the text speaks of its table."""
        if self.table != claim_.table:
            self.whole = ()
        self.unit = number.unit
        cells = [form.cells[cell] for cell in claim_.cells]
        self.columns = tuple(dict.fromkeys(cell.column for cell in cells if cell.column))
        self.rows = tuple(
            tuple(dict.fromkeys(form.cells[cell].row for cell in alternative)) for alternative in claim_.usual
        )
        self.table = claim_.table
        self.foreign = ""
        if self.columns != form.tables[self.table].total_columns:
            self.family = "column"
        elif set(self.rows[0]) <= set(form.tables[claim_.table].balance):
            self.family = ""
            if not self.whole or not set(self.rows[0]) <= set(form.tables[claim_.table].balance[1::2]):
                self.whole, self.told = self.rows, number.value
        else:
            self.family = "row"
            if len(self.rows[0]) > 1 and not form.tables[claim_.table].balance:
                self.whole = self.rows

    def close(self, outside: Topic) -> None:
        """A bracket ends: what was told within it does not change what is divided after it."""
        if outside.table == self.table:
            self.rows, self.whole, self.told = outside.rows, outside.whole, outside.told
            self.columns, self.family = outside.columns, outside.family

    def pause(self, form: Form) -> None:
        """A sentence ends: what holds only within it is forgotten."""
        self.columns = ()
        self.disclosed = self.disclosed and self.table is not None
        if self.table and not form.tables[self.table].total_columns:
            self.table = None
        if self.foreign in (GUESS, "documents"):
            self.foreign = ""

    def leave(self, kind: str = "") -> None:
        """The text speaks of something else: of ``kind``, or of a thing that is not known."""
        if kind in ("matters", "documents"):
            self.foreign = kind
        elif not self.foreign:
            self.foreign = GUESS
        self.family = ""


GUESS = "guess"


def claim(form: Form, head: Heading, topic: Topic) -> Claim | None:
    """The claim of the words of ``head`` where the text speaks of ``topic``; None where they name no cell."""
    meant = _settled(form, head, topic)
    table = _table(meant, topic) if head.terms or topic.foreign else topic.table
    if table is None:
        return None
    terms = [term for term in meant if term.table == table]
    column_terms = [term for term in terms if term.columns]
    columns = _columns(form, table, column_terms, topic, joined=head.joined)
    if not columns and head.published:
        columns = tuple(form.tables[table].heads)[:1]
    rows, used = _rows(form, table, terms, topic, joined=head.joined)
    if head.passive:
        rows = tuple(dict.fromkeys((*_default(form, table), *rows)))
    usual = _cells(form, table, rows, columns)
    if not usual:
        return None
    doubtful = tuple(alternative for term in used for alternative in term.doubtful)
    every = (*used, *column_terms)
    return Claim(
        table=table,
        usual=usual,
        doubtful=_cells(form, table, doubtful, columns),
        part=any(term.part for term in every),
        weak=MEANT_OTHERWISE if any(term.weak for term in every) else "",
        soft=any(term.soft for term in every),
        alone=any(term.weak for term in every),
    )


def _settled(form: Form, head: Heading, topic: Topic) -> list[Term]:
    """The words of ``head`` that mean something here: 其他 only at the end of a list, 申请 only by itself."""
    told = [term for term in head.terms if not term.rest]
    if not told:
        here = [term for term in head.terms if term.table == topic.table]
        return (
            here if len(here) == 1 else [t for t in here if topic.family == ("row" if t.rows else "column")]
        )
    certain = [term for term in told if not term.generic and not term.plain]
    if topic.foreign == "documents":
        certain = [term for term in certain if not term.attribute]
    named = [term for term in certain if term.subject and not is_result(form, term)]
    if topic.foreign and not named and not (topic.foreign == GUESS and certain):
        return []
    if topic.table is None and is_for_another(head):
        return []
    return told


def is_for_another(head: Heading) -> bool:
    """Whether 申请 may be one for something else, named by words that are not known: 低保申请."""
    plain = all(term.generic or term.plain for term in head.terms if not term.rest)
    return plain and bool(head.modifier)


def _table(terms: Sequence[Term], topic: Topic) -> str | None:
    for term in terms:
        if not term.generic and not (term.columns and topic.table not in (None, term.table)):
            return term.table
    if topic.foreign:
        return None
    return next((term.table for term in terms if term.table == topic.table), None)


def _columns(form: Form, table: str, terms: Sequence[Term], topic: Topic, *, joined: bool) -> tuple[str, ...]:
    """The columns that are added up; empty for a row of one figure."""
    if terms:
        chosen = terms if joined else terms[:1]
        return tuple(dict.fromkeys(column for term in chosen for column in term.columns))
    return form.tables[table].total_columns or (topic.columns if topic.table == table else ())


def _rows(
    form: Form, table: str, terms: Sequence[Term], topic: Topic, *, joined: bool
) -> tuple[tuple[Rows, ...], list[Term]]:
    """The rows in question, as alternatives, and the words that named them."""
    named = [term for term in terms if term.rows]
    specific = [term for term in named if not term.generic]
    if specific:
        narrowest = [
            term
            for term in specific
            if not any(narrower(other, term) and not narrower(term, other) for other in specific)
        ]
        if joined and len(narrowest) > 1:
            rows = tuple(dict.fromkeys(row for term in reversed(narrowest) for row in term.rows[0]))
            wider = (term.rows[0] for term in specific if set(rows) < set(term.rows[0]))
            return tuple(dict.fromkeys((*wider, rows))), narrowest
        return narrowest[0].rows, narrowest[:1]
    if named:
        if joined or len(named) > 1:
            return tuple(dict.fromkeys(rows for term in named for rows in term.rows)), named[:1]
        divided = topic.whole if topic.table == table and any(term.columns for term in terms) else ()
        return tuple(dict.fromkeys((*named[0].rows, *divided))), named
    if any(term.columns for term in terms) and topic.table == table:
        inherited = topic.whole or topic.rows
        if not form.tables[table].balance:
            inherited = tuple(dict.fromkeys((*topic.rows, *topic.whole)))
        if inherited:
            return inherited, []
    if topic.table == table and topic.rows and not any(term.subject for term in terms):
        return topic.rows, []
    processed = form.tables[table].balance[2:3]
    by_applicant = processed and any(term.columns for term in terms)
    return (*_default(form, table), *((processed,) if by_applicant else ())), []


def is_result(form: Form, term: Term) -> bool:
    """Whether it is what became of requests: by itself it does not change what the text speaks of."""
    return bool(term.rows and form.tables[term.table].balance)


def _default(form: Form, table: str) -> tuple[Rows, ...]:
    """What 申请 alone means: those received, with or without those carried over (the first of the totals)."""
    rows = form.tables[table].balance[:2]
    return (rows[:1], rows) if rows else ()


def _cells(form: Form, table: str, rows: Iterable[Rows], columns: tuple[str, ...]) -> tuple[Cells, ...]:
    return tuple(
        cells for alternative in rows if (cells := tuple(_cells_of(form, table, alternative, columns)))
    )


def _cells_of(form: Form, table: str, rows: Rows, columns: tuple[str, ...]) -> Iterator[str]:
    for row in rows:
        if form.tables[table].rows[row].is_single:
            yield f"{table}.{row}"
        else:
            yield from (f"{table}.{row}.{column}" for column in columns)
