"""What a form has less than the project's form of the same name: a clerk's own may look otherwise, but not check less."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .model import Form, Sum


@dataclass(frozen=True)
class Lacking:
    """How much less there is."""

    figures: int = 0
    sums: int = 0
    others: tuple[str, ...] = ()
    """What else the checks go by, in Chinese."""

    def __bool__(self) -> bool:
        return bool(self.figures or self.sums or self.others)

    def __str__(self) -> str:
        """数据 7 个、勾稽关系 14 项."""
        counted = (("数据 {} 个", self.figures), ("勾稽关系 {} 项", self.sums))
        return "、".join([*(said.format(number) for said, number in counted if number), *self.others])


def lacking(form: Form, known: Form) -> Lacking:
    """What ``known`` has and ``form`` has not."""
    sums = {_sides(sum_) for sum_ in form.sums}
    return Lacking(
        figures=len(known.cells.keys() - form.cells.keys()),
        sums=sum(_sides(sum_) not in sums for sum_ in known.sums),
        others=tuple(_others(form, known)),
    )


def _sides(sum_: Sum) -> frozenset[frozenset[str]]:
    """A sum, whichever of its sides comes first and in whatever order."""
    return frozenset(map(frozenset, (sum_.left.cells, sum_.right.cells)))


def _others(form: Form, known: Form) -> Iterator[str]:
    years = len(set(known.years) - set(form.years))
    if years:
        yield f"与上一年的关系 {years} 项"
    parts = {part.key: part for part in form.parts}
    for part in known.parts:
        own = parts.get(part.key)
        if not part.optional and (own is None or own.optional):
            yield f"必须有的部分“{part.name}”"
        elif own and len(own.aspects) < len(part.aspects):
            yield f"“{part.name}”应当写到的方面 {len(part.aspects) - len(own.aspects)} 个"
    roles = sum(len(set(keys) - set(form.roles.get(role, ()))) for role, keys in known.roles.items())
    if roles:
        yield f"检查要认得的部分和行 {roles} 个"
    written = {each for superseded in form.superseded for each in superseded.written}
    old = sum(each not in written for superseded in known.superseded for each in superseded.written)
    if old:
        yield f"已经不用的依据 {old} 种"
    own_cells = form.cells
    alone = [key for key, cell in known.cells.items() if not cell.adds_up and key in own_cells]
    if added := sum(own_cells[key].adds_up for key in alone):
        yield f"汇总时不能相加的数据 {added} 个"
