"""What a page template may spend before it is refused: so no template takes long or becomes large."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sized
from time import process_time
from typing import Any

MOST_WORK = 20_000_000
"""What one page may spend: characters that are made, rounds of loops, calls. A report spends 500,000."""
MOST_SECONDS = 1.5
"""Of the processor."""
BETWEEN_LOOKS = 20_000
"""The work after which the clock is looked at again, which takes longer than the work itself."""


class Refused(Exception):
    """What a template may not do, in Chinese."""


class Work:
    """What one page after the other has spent."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """A new page: nothing is spent yet."""
        self._left, self._look, self._end = MOST_WORK, MOST_WORK, process_time() + MOST_SECONDS

    def spend(self, work: int) -> None:
        """Count some work.

        Raises:
            Refused: it is too much.
        """
        self._left -= work
        if self._left > self._look:
            return
        self._look = self._left - BETWEEN_LOOKS
        if self._left < 0 or process_time() > self._end:
            raise Refused(
                f"要印、要算的太多，超过了一页的限度（{MOST_WORK // 10_000} 万字，{MOST_SECONDS:g} 秒）"
            )

    def rounds(self, items: Iterable[Any], work: int) -> Iterable[Any]:
        """The items of a loop whose every round is so much work; short loops are counted at once."""
        if isinstance(items, Sized) and len(items) * work < BETWEEN_LOOKS:
            self.spend(len(items) * work)
            return items
        return (
            _Rounds(items, work, self.spend)
            if isinstance(items, Sized)
            else _one_by_one(items, work, self.spend)
        )


class _Rounds:
    """The items of a loop that count one by one."""

    def __init__(self, items: Any, work: int, spend: Callable[[int], None]) -> None:
        self.items, self.work, self.spend = items, work, spend

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[Any]:
        return _one_by_one(self.items, self.work, self.spend)


def _one_by_one(items: Iterable[Any], work: int, spend: Callable[[int], None]) -> Iterator[Any]:
    for item in items:
        spend(work)
        yield item
