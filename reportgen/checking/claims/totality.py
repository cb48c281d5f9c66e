"""What the text says of all of them: 均已审结, 全部办结, 均为自然人. Then there is nothing of the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ...form.model import Table
from ...form.vocabulary_file import Term
from .claim import Cells, Claim
from .numbers import NOTHING
from .readings import Reading, Statement, Verdict
from .sentence import CLAUSE_END, Sentence
from .vocabulary import CONNECTORS

_LEFT = "这样说的时候，有的没有算上结转下年度的"


def totality(sentence: Sentence, index: int, found: Sequence[Reading]) -> list[Reading]:
    """The reading of the word at ``index`` where it says that all of what was told are of one kind.

    Compared is the rest, which must be nothing: none pending (均已审结), none carried forward (全部办结), no other
    applicants (均为自然人). 其余均已办结 says nothing of the whole, and 均按期办结 nothing of those not yet due.
    """
    clause = sentence.clause(index)
    if sentence.time == "else" or sentence.said("rest", clause) or not _says_whole(sentence, clause):
        return []
    told = _predicate(sentence, index)
    if not told:
        return []
    table = sentence.figures.form.tables[told[0].table]
    if told[0].rows and sentence.said("due", (*clause, *_after(sentence, index))):
        return []
    whole = _whole(sentence, table, found)
    rest = _rest(table, whole, told) if whole else ()
    if not rest:
        return []
    weak = _LEFT if told[0].rows else ""
    claim_ = Claim(table.key, (rest,), weak=weak, last=sentence.time == "last")
    verdict, expected, _, doubt = sentence.figures.compare(claim_, NOTHING)
    return [
        sentence.reading(index, Statement.NEGATION, verdict)._replace(
            meaning=sentence.figures.describe(rest),
            cells=rest,
            last=claim_.last,
            expected=expected,
            doubt=doubt,
            claim=claim_,
        )
    ]


def _says_whole(sentence: Sentence, clause: range) -> bool:
    """Whether nothing in the clause before the word takes only some of them."""
    tokens = [sentence.tokens[i] for i in clause]
    return not any(token.unknown or token.kinds & _SOME for token in tokens) and not any(
        term.rows or term.columns for token in tokens if not token.number for term in token.terms
    )


_SOME = frozenset(["matters", "documents", "foreign", "channel", "subset", "whole"])
"""Kinds of words for other things, or for a part of those told."""


def _after(sentence: Sentence, index: int) -> range:
    """The tokens from ``index`` to the end of its clause."""
    end = next((i for i in sentence.after(index) if sentence.tokens[i].text in CLAUSE_END), sentence.end)
    return range(index + 1, end)


def _predicate(sentence: Sentence, index: int) -> tuple[Term, ...]:
    """What is said of all of them: one word of the table spoken of, or several that are joined."""
    told: list[Term] = []
    joins = False
    for i in _after(sentence, index):
        token = sentence.tokens[i]
        if token.number or token.kinds & _NOT_SAID:
            return ()
        here = [t for t in token.terms if t.table == sentence.topic.table and (t.rows or t.columns)]
        if here and not told:
            told = here[:1]
        elif here and joins and bool(here[0].columns) == bool(told[0].columns):
            told.append(here[0])
        elif not told and token.unknown:
            return ()
        joins = token.text in CONNECTORS
    return () if any(t.weak or t.soft or t.rest or (t.rows and t.part) for t in told) else tuple(told)


_NOT_SAID = frozenset(["negation", "foreign", "matters", "documents", "channel", "channels", "scope"])


def _whole(sentence: Sentence, table: Table, found: Sequence[Reading]) -> tuple[str, ...]:
    """The rows of all that is spoken of: those of the total told last, or of what the text speaks of."""
    numbers = [reading for reading in found if reading.number and not reading.number.percent]
    if not numbers:
        return table.balance[:1] or (sentence.topic.rows[0] if sentence.topic.rows else ())
    rows: list[str] = []
    for reading in reversed(numbers):
        if not _is_total(sentence, reading, table):
            break
        rows += [sentence.figures.form.cells[cell].row for cell in reading.cells]
        if table.balance:
            break
    return tuple(dict.fromkeys(rows))


def _is_total(sentence: Sentence, reading: Reading, table: Table) -> bool:
    cells = [sentence.figures.form.cells[cell] for cell in reading.cells]
    return (
        reading.kind is Statement.COUNT
        and reading.verdict in (Verdict.AGREES, Verdict.BOUND)
        and reading.last == (sentence.time == "last")
        and all(cell.table == table.key and cell.column in table.total_columns for cell in cells)
    )


def _rest(table: Table, whole: Sequence[str], told: Sequence[Term]) -> Cells:
    """The cells of ``whole`` that what is told of all leaves nothing for."""
    if told[0].columns:
        spared = {*table.total_columns, *(column for term in told for column in term.columns)}
        return tuple(cell.key for row in whole for cell in table.rows[row].cells if cell.column not in spared)
    if not table.balance or table.balance[0] not in whole:
        return ()
    rows = {row for term in told for row in term.rows[0]}
    if rows == {table.balance[2]}:
        return tuple(_totals(table, table.balance[3:]))
    if rows & set(table.balance):
        return ()
    return tuple(_totals(table, (row for row in table.rows if row not in rows and row not in table.balance)))


def _totals(table: Table, rows: Iterable[str]) -> Iterator[str]:
    yield from (total.key for row in rows if (total := table.rows[row].total))
