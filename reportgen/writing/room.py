"""What there is room for on a page that has room for so many lines: items that may be too many share it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Shortened(Generic[T]):
    """What there is room for, and what was left out."""

    shown: list[T]
    rest: list[T]

    @property
    def left(self) -> int:
        return len(self.rest)


@dataclass(frozen=True)
class Part(Generic[T]):
    """Items that may be too many: they get ``least`` lines in any case."""

    items: list[T]
    least: int
    lines: Callable[[T], float]
    """How many lines an item takes."""
    counting: Callable[[list[T]], int] = lambda rest: bool(rest)
    """How many lines it takes to count those left out."""
    at_least: int = 1
    """So many of the items are shown whether there is room or not."""

    @property
    def need(self) -> float:
        return sum(map(self.lines, self.items))

    def within(self, room: float) -> Shortened[T]:
        """As many of the items as there is room for, and ``at_least`` so many."""
        last = 0
        while last < len(self.items) and (last < self.at_least or self.lines(self.items[last]) <= room):
            room -= self.lines(self.items[last])
            last += 1
        return Shortened(self.items[:last], self.items[last:])


def shared_rooms(room: float, parts: Sequence[Part[Any]]) -> list[float]:
    """The lines of each part, with room to count what each leaves out."""
    left_out, rooms = 0, list[float]()
    for _ in parts:
        rooms = _shared(room - left_out, parts)
        counted = sum(
            part.counting(part.within(given).rest) for part, given in zip(parts, rooms, strict=True)
        )
        if counted <= left_out:
            break
        left_out = counted
    return rooms


def _shared(room: float, parts: Sequence[Part[Any]]) -> list[float]:
    """The lines of each part: what one leaves over goes to the first that needs more."""
    rooms, left = list[float](), max(0, room)
    for part in parts:
        rooms.append(min(part.need, part.least, left))
        left -= rooms[-1]
    for i, part in enumerate(parts):
        more = min(left, part.need - rooms[i])
        rooms[i] += more
        left -= more
    return rooms


def lines(text: str, columns: int) -> int:
    """How many lines a text takes."""
    length = sum(0.5 if char.isascii() else 1 for char in text)
    return 1 + int(length // columns)
