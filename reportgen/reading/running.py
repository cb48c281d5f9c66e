"""Figures in running text: cells one a line, parted by blanks, or run together, as text copied from a page has them.

The labels of a table must stand in the text in the order of the form, and nothing but figures between those of two
rows. Where the figures are parted there must be just as many as the row has (*count*). Where digits run together, a
row is read if they can be cut in one way only and into no fewer figures, as if a cell were blank (*order*), or if the
sums of the table leave one way (*sums*); that is believed only where every figure stands in two sums, as in table
three. Everything else is left with its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from ..form.model import Form, GridCell, Table
from . import labels
from .proving import COUNT, NONE, ORDER, SUMS, Candidates
from .sources.extract import Block

MOST_WAYS = 5_000
"""Of cutting the digits of one row; a row with more is left."""
MOST_STEPS = 200_000
"""Of looking for ways that fit together."""
LONGEST = 400_000
"""Characters of text looked at; a report has about ten thousand."""
WIDEST = 300
"""Characters between two labels of one table."""
MOST_DIGITS = 9
_AROUND = " “”‘’\"'"


class _Row(NamedTuple):
    """The words that stand where the figures of a row should."""

    cells: tuple[str, ...]
    words: str


def read_running(blocks: Sequence[Block], form: Form, candidates: Candidates) -> None:
    """Look in the lines of a file for the tables of the form that stand in none of its tables."""
    found = {key for keys in candidates.tables.values() for key in keys}
    text = re.sub(r"\s+", " ", "\n".join(block for block in blocks if isinstance(block, str))[:LONGEST])
    for key, table in form.tables.items():
        if key not in found:
            rows = list(_rows(table, text))
            if rows:
                _read(table, rows, candidates)


# ── where the rows stand ────────────────────────────────────────────────────────────────────────────


def _rows(table: Table, text: str) -> Iterator[_Row]:
    """The rows of figures of a table that stands in a text with all its labels in their order; none where it does not."""
    grid = [cell for row in table.grid for cell in row if cell.kind != "note"]
    spans = _places([cell for cell in grid if cell.kind != "figure"], text)
    if spans is None:
        return
    figures: list[str] = []
    begin = end = 0
    for cell in grid:
        if cell.kind == "figure":
            figures.append(cell.key)
            continue
        span = spans.pop(0)
        if span is None:
            continue
        if figures:
            yield _Row(tuple(figures), text[end : span[0]].strip(_AROUND))
            figures = []
        begin, end = span
    tail = re.compile(r"[“”‘’\"'\s\d,.，．|｜/—-]*").match(text, end)
    if figures and tail and begin < end:
        yield _Row(tuple(figures), tail[0].strip(_AROUND))


def _places(wanted: Sequence[GridCell], text: str) -> list[tuple[int, int] | None] | None:
    """Where the labels stand one after the other; None where rows or heads are missing or too far apart.

    Names of groups and fixed words may be missing.
    """
    patterns = [(re.compile(labels.pattern(cell.label)), cell.kind in ("row", "head")) for cell in wanted]
    first = next(i for i, (_, is_required) in enumerate(patterns) if is_required)
    for start in islice(patterns[first][0].finditer(text), 50):
        at = max(0, start.start() - WIDEST)
        found: list[tuple[int, int] | None] = []
        for i, (pattern, is_required) in enumerate(patterns):
            limit = start.end() if i <= first else at + WIDEST
            place = pattern.search(text, at, limit)
            if place is not None and not is_required:
                following = next(
                    (p.search(text, at, at + WIDEST) for p, needed in patterns[i + 1 :] if needed), None
                )
                place = place if following is None or place.end() <= following.start() or i < first else None
            if place is None and is_required:
                break
            found.append(place.span() if place else None)
            at = place.end() if place else at
        else:
            return found
    return None


# ── what they say ───────────────────────────────────────────────────────────────────────────────────


def _read(table: Table, rows: Sequence[_Row], candidates: Candidates) -> None:
    ways: list[list[tuple[str, ...]]] = []
    proofs: list[str] = []
    for row in rows:
        parted = [word for word in re.split(r"[\s|｜]+", row.words.strip()) if word]
        if len(parted) == len(row.cells) and all(labels.is_figure(word) for word in parted):
            ways.append([tuple(parted)])
            proofs.append(COUNT)
        else:
            found = list(islice(_cut(parted, len(row.cells)), MOST_WAYS + 1))
            ways.append(found)
            proofs.append(ORDER if len(found) == 1 and _fewest(parted) == len(row.cells) else NONE)
    if NONE in proofs and _is_held_twice(table):
        fitting = _fitting(table, rows, ways)
        ways = [each if proof else fit for proof, each, fit in zip(proofs, ways, fitting, strict=True)]
        proofs = [proof or SUMS for proof in proofs]
    for row, each, proof in zip(rows, ways, proofs, strict=True):
        for i, key in enumerate(row.cells):
            if len(each) == 1 and proof:
                candidates.add(key, each[0][i], proof)
            else:
                why = "数字连在一起，有不止一种分法，或有的格是空的" if each else ""
                candidates.add(key, row.words.strip(), NONE, why)


def _cut(parted: Sequence[str], count: int) -> Iterator[tuple[str, ...]]:
    """Every way to cut words of digits into so many whole numbers without leading zeros; a blank always cuts."""
    if not parted or not all(word.isascii() and word.isdigit() for word in parted):
        return
    yield from _cut_from("|".join(parted), count)


def _cut_from(rest: str, count: int) -> Iterator[tuple[str, ...]]:
    if count == 0:
        if not rest:
            yield ()
        return
    longest = len(rest.partition("|")[0])
    for length in range(1, min(longest, MOST_DIGITS) + 1):
        if length > 1 and rest[0] == "0":
            return
        if len(rest) - length >= count - 1:
            for others in _cut_from(rest[length:].removeprefix("|"), count - 1):
                yield (rest[:length], *others)


def _fewest(parted: Sequence[str]) -> int:
    """How many figures words of digits hold at least: as many as there are if cells are blank, which does not show."""
    rests = [word.lstrip("0") for word in parted]
    return sum(
        len(word) - len(rest) + -(-len(rest) // MOST_DIGITS) for word, rest in zip(parted, rests, strict=True)
    )


def _is_held_twice(table: Table) -> bool:
    """Whether every figure stands in at least two sums; with fewer, a slip can make a wrong reading fit."""
    return all(sum(key.key in sum_.cells for sum_ in table.sums) >= 2 for key in table.cells)


def _adding_up(table: Table, row: _Row, ways: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The ways of cutting a row that satisfy the sums within it."""
    places = {key: i for i, key in enumerate(row.cells)}
    sums = [
        ([places[key] for key in sum_.left.cells], [places[key] for key in sum_.right.cells])
        for sum_ in table.sums
        if places.keys() >= set(sum_.cells)
    ]
    return [
        way
        for way in ways
        if all(sum(int(way[i]) for i in left) == sum(int(way[i]) for i in right) for left, right in sums)
    ]


def _fitting(
    table: Table, rows: Sequence[_Row], ways: Sequence[list[tuple[str, ...]]]
) -> list[list[tuple[str, ...]]]:
    """The ways that fit together in all sums of the table: for a row more than one where it is not certain."""
    if max(map(len, ways)) > MOST_WAYS:
        return [[] for _ in rows]
    ways = [_adding_up(table, row, each) for row, each in zip(rows, ways, strict=True)]
    order = sorted(range(len(rows)), key=lambda i: len(ways[i]))
    known: dict[str, int] = {}
    found: list[list[tuple[str, ...]]] = [[] for _ in rows]
    steps = 0

    def holds(cells: Sequence[str]) -> bool:
        touched = [sum_ for sum_ in table.sums if not set(cells).isdisjoint(sum_.cells)]
        return all(
            sum(known[key] for key in sum_.left.cells) == sum(known[key] for key in sum_.right.cells)
            for sum_ in touched
            if known.keys() >= set(sum_.cells)
        )

    chosen: list[tuple[str, ...]] = [()] * len(rows)

    def try_from(depth: int) -> None:
        nonlocal steps
        if depth == len(order):
            for i, way in enumerate(chosen):
                if way not in found[i]:
                    found[i].append(way)
            return
        i = order[depth]
        for way in ways[i]:
            steps += 1
            if steps > MOST_STEPS:
                return
            known.update((key, int(word)) for key, word in zip(rows[i].cells, way, strict=True))
            if holds(rows[i].cells):
                chosen[i] = way
                try_from(depth + 1)
            for key in rows[i].cells:
                del known[key]

    try_from(0)
    return found if steps <= MOST_STEPS else [[] for _ in rows]
