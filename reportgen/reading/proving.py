"""What the places of a file say -> figures, each with its proof; what is not proved is left unread, with its words.

A figure is taken where its place is certain, and all places that say something of its cell say the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from ..form.model import Cell, Form
from . import labels
from .figures import FigureError, read_figure

GRID, COUNT, ORDER, SUMS, NAME, NONE = "grid", "count", "order", "sums", "name", ""
"""What proves a place; NONE is for words whose place is not certain."""
_PARTED = re.compile(r"\d\s+\d")


@dataclass
class Candidates:
    """What the places of a file say for each cell, before one of them is believed."""

    form: Form
    found: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """By cell key: the words in each of its places, with the proof of the place."""
    tables: dict[int, set[str]] = field(default_factory=dict)
    """The tables of the form that a block of the file holds, by the block's number."""
    remarks: list[str] = field(default_factory=list)
    """What is to be known of figures that are read, in Chinese."""
    headed: set[str] = field(default_factory=set)
    """The tables of the form whose heads were seen, all of them and in order."""
    disordered: set[str] = field(default_factory=set)
    """The tables of the form whose heads stand in another order, or of which some cannot be read."""
    reasons: dict[str, str] = field(default_factory=dict)
    """By cell key: why words that stand where its figure should do not count, in Chinese."""

    @property
    def conflicts(self) -> int:
        """How many cells have places that say different figures."""
        return len(self._unlike())

    @property
    def contested(self) -> set[str]:
        """The tables of the form of which two places say different figures."""
        return {self.form.cells[key].table for key in self._unlike()}

    def _unlike(self) -> list[str]:
        said = {
            key: {labels.figure(words)[0] for words, proof in places if proof}
            for key, places in self.found.items()
        }
        return [key for key, figures in said.items() if len(figures - {None}) > 1]

    def add(self, key: str, words: str, proof: str, reason: str = "") -> None:
        self.found.setdefault(key, []).append((words.strip(), proof))
        if reason:
            self.reasons.setdefault(key, reason)


@dataclass(frozen=True)
class Proved:
    """The figures that are certain, and the words that stand where none is."""

    figures: Mapping[str, str]
    proofs: Mapping[str, str]
    unread: Mapping[str, str]
    remarks: tuple[str, ...]
    blank: frozenset[str] = frozenset()
    """Cells whose place was found, with nothing in it."""
    reasons: Mapping[str, str] = field(default_factory=dict)
    """Why words of :attr:`unread` are not read, by cell key, where that does not show in them; in Chinese."""


def proved(candidates: Candidates) -> Proved:
    """Believe each cell whose places all say the same.

    Where a table stands more than once and not alike, as a draft and a final do, a blank in one of them counts too.
    """
    figures: dict[str, str] = {}
    proofs: dict[str, str] = {}
    unread: dict[str, str] = {}
    remarks = list(dict.fromkeys(candidates.remarks))
    blank: set[str] = set()
    reasons: dict[str, str] = {}
    contested = candidates.contested
    for key, cell in candidates.form.cells.items():
        places = candidates.found.get(key, ())
        said = [(words, proof) for words, proof in places if not _is_blank(words)]
        readings = {_value(words, cell) if proof else None for words, proof in said}
        is_contested = cell.table in contested and 0 < len(said) < len(places)
        if len(readings) != 1 or None in readings or is_contested:
            unread[key] = "、".join(dict.fromkeys(words for words, _ in said))
            if not said and key in candidates.found:
                blank.add(key)
            elif reason := candidates.reasons.get(key) or (
                _UNLIKE if len(readings) > 1 or is_contested else ""
            ):
                reasons[key] = reason
            continue
        ((value, note),) = ((reading[0], reading[1]) for reading in readings if reading)
        figures[key], proofs[key] = value, min((proof for _, proof in said), key=_STRONGEST.index)
        if note:
            remarks.append(f"{cell.label}：数字后面还写了“{note}”，只取 {value}。")
    return Proved(figures, proofs, unread, tuple(remarks), frozenset(blank), reasons)


_UNLIKE = "几处写的不一样"
_STRONGEST = (GRID, COUNT, ORDER, SUMS, NAME)


def _value(words: str, cell: Cell) -> tuple[str, str] | None:
    """The figure that words certainly are, and what else they say; None where they are none."""
    value, unit, note = labels.figure(words)
    if value is None or unit not in ("", cell.unit) or _PARTED.search(words):
        return None
    try:
        read_figure(value, cell)
    except FigureError:
        return None
    return value, note


def _is_blank(words: str) -> bool:
    return labels.is_figure(words) and labels.figure(words)[0] is None


def contradictions(figures: Mapping[str, str], form: Form) -> Iterator[str]:
    """The sums of the form that do not hold among the figures of a file, in Chinese."""
    for sum_ in form.sums:
        if all(key in figures for key in sum_.cells):
            left, right = (
                sum((Decimal(figures[key]) for key in side.cells), Decimal(0))
                for side in (sum_.left, sum_.right)
            )
            if left != right:
                yield f"{sum_.label}：{sum_.left.name}是 {left}，{sum_.right.name}是 {right}。"
