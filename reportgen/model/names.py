"""The names a text may use in ``{{ }}``: the keys of the input file, and Chinese names as the form prints them.

The words of a Chinese name are the printed labels of the row and its column, without numbering, bracketed notes and
marks: 予以公开.总计, 行政复议.结果维持. The group (不予公开.属于国家秘密.总计) and the table (表三.予以公开.总计) may stand
before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from ..form.model import Form, Row, Table
from .chinese import unnumbered
from .report import AGENCY

YEAR, LAST = "年份", "上年"
"""The Chinese names of the report's year, and of what stands before a name for last year's."""


@dataclass(frozen=True, eq=False)
class Names(Mapping[str, tuple[str, ...]]):
    """The keys of all that a text can print, each with the cells it stands for (none for words such as year).

    Those of one form are one object, and that is what tells them from others.
    """

    __eq__, __hash__ = object.__eq__, object.__hash__  # a mapping would have no hash

    cells: Mapping[str, tuple[str, ...]]
    spellings: Mapping[str, tuple[str, ...]]
    """The Chinese names of each key, the shortest first; one name may fit several keys."""

    def __getitem__(self, key: str) -> tuple[str, ...]:
        return self.cells[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.cells)

    def __len__(self) -> int:
        return len(self.cells)

    @cached_property
    def keys_by_spelling(self) -> Mapping[str, tuple[str, ...]]:
        """The keys that each Chinese name fits."""
        found: dict[str, tuple[str, ...]] = {}
        for key, spellings in self.spellings.items():
            for spelling in spellings:
                found[spelling] = (*found.get(spelling, ()), key)
        return found

    def meant(self, written: str) -> tuple[str, ...]:
        """The keys that a name as it is written may mean; none where nobody knows it."""
        return (written,) if written in self.cells else self.keys_by_spelling.get(written, ())

    def are_words(self, written: str) -> bool:
        """Whether a name as it is written stands for words and not for a figure."""
        (key,) = self.meant(written)
        return key.removeprefix("last.").startswith("agency.")

    def chinese(self, key: str) -> str:
        """The shortest Chinese name that fits this key only; the key itself where there is none."""
        sure = (name for name in self.spellings.get(key, ()) if len(self.keys_by_spelling[name]) == 1)
        return next(sure, key)

    def possible(self, written: str) -> list[str]:
        """The Chinese names a name may be meant for: those in which its words stand in their order."""
        year = [key for key in self.spellings if key.startswith("last.") == written.startswith(f"{LAST}.")]
        keys = self.meant(written) or [
            key for key in year if any(_within(written, way) for way in self.spellings[key])
        ]
        return [self.chinese(key) for key in keys]


@lru_cache(maxsize=4)
def names(form: Form) -> Names:
    """Every name a text may use: this year's, and the same names of ``last``, last year's report."""
    agency = {f"agency.{key}": (word,) for key, word in AGENCY.items()}
    spellings = {"year": (YEAR,), **agency, **_spellings(form)}
    cells = {**dict.fromkeys(["year", *agency], ()), **dict(form.quantities())}
    return Names(
        {**cells, **{f"last.{key}": () for key in cells}},
        {
            **spellings,
            **{f"last.{key}": tuple(f"{LAST}.{way}" for way in ways) for key, ways in spellings.items()},
        },
    )


def word(label: str) -> str:
    """A printed label as one word of a name.

    >>> word("（二）部分公开（只计这一情形）"), word("3.危及“三安全一稳定”")
    ('部分公开', '危及三安全一稳定')
    """
    return re.sub(r"\W|_", "", re.sub("（[^（）]*）", "", unnumbered(label)))


def _spellings(form: Form) -> dict[str, tuple[str, ...]]:
    """The Chinese names of every number of the form."""
    found: dict[str, tuple[str, ...]] = {}
    for table in form.tables.values():
        for row in table.rows.values():
            groups = [group for group, rows in table.groups.items() if row.key in rows]
            above = [word(table.labels[group]) for group in groups]
            own = word(_own_label(table, row, groups))
            for cell in row.cells:
                column = [word(table.heads[cell.column])] if cell.column else []
                found[cell.key] = _ways(table, above, [own, *column])
        for group in table.groups:
            for column_key, head in table.heads.items():
                name = [word(table.labels[group]), word(head)]
                found[f"{table.key}.{group}.{column_key}"] = _ways(table, [], name)
    return {key: found[key] for key, _ in form.quantities()}


def _ways(table: Table, above: list[str], name: list[str]) -> tuple[str, ...]:
    """The ways to write a name, with what may stand before it."""
    ways = [name, [*above, *name], [word(table.name), *name], [word(table.name), *above, *name]]
    written = [".".join(way) for way in ways if all(step.isidentifier() for step in way)]
    return tuple(dict.fromkeys(written))


def _own_label(table: Table, row: Row, groups: list[str]) -> str:
    """The label of the row itself, without those of its table and its groups."""
    label = row.label.removeprefix(f"{table.name}·")
    for group in groups:
        label = label.removeprefix(f"{table.labels[group]} ")
    return label


def _within(short: str, long: str) -> bool:
    """Whether the words of one name begin words of another, in their order: 本年新收.总计 and 本年新收申请数量.总计."""
    steps = iter(long.split("."))
    return all(any(step.startswith(part) for step in steps) for part in short.split(".") if part)
