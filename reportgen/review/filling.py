"""What stands in the places that expressions print, in a text where everything else is known.

Nothing is tried twice, so that a text of many expressions is read as quickly as one of few.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

LONGEST_PRINTED = 500
"""Characters one expression prints at most."""
MOST_TRIED = 100_000
"""So many places are looked at before a text counts as not understood."""


@dataclass(frozen=True)
class Stretch:
    """A stretch of a text: what was typed, or the place of an expression."""

    text: str
    """What was typed; of an expression what it prints now."""
    expression: str = ""
    likely: Collection[str] = ()
    """What may well stand in the place of the expression."""


def filled(stretches: Sequence[Stretch], text: str) -> list[str] | None:
    """What stands in ``text`` in the place of each expression, in order; None where it is not made of the stretches.

    What is likely is tried first, then what is shortest.

    >>> filled([Stretch("收到"), Stretch("19", "a"), Stretch("件")], "收到18件")
    ['18']
    >>> filled([Stretch("收到")], "收到18件") is None
    True
    """
    failed = set[tuple[int, int]]()
    ends = [0]
    tries: list[Iterator[int]] = [_ends(stretches, 0, text, 0)]
    for _ in range(MOST_TRIED):
        end = next(tries[-1], None)
        if end is None:
            failed.add((len(tries) - 1, ends[-1]))
            tries.pop()
            ends.pop()
            if not tries:
                return None
        elif len(tries) > len(stretches):
            places = zip(stretches, ends, ends[1:], strict=False)
            return [text[a:b] for stretch, a, b in places if stretch.expression]
        elif (len(tries), end) not in failed:
            ends.append(end)
            tries.append(_ends(stretches, len(tries), text, end))
    return None


def _ends(stretches: Sequence[Stretch], index: int, text: str, at: int) -> Iterator[int]:
    """Where a stretch that begins at a place of the text may end."""
    if index == len(stretches):
        if at == len(text):
            yield at
        return
    stretch = stretches[index]
    if not stretch.expression:
        if text.startswith(stretch.text, at):
            yield at + len(stretch.text)
        return
    for likely in dict.fromkeys((stretch.text, *stretch.likely)):
        if text.startswith(likely, at):
            yield at + len(likely)
    last = min(len(text), at + LONGEST_PRINTED)
    after = stretches[index + 1] if index + 1 < len(stretches) else None
    if after is None or after.expression:
        yield from range(at, last + 1) if after else [len(text)] * (len(text) <= last)
        return
    found = text.find(after.text, at, last + len(after.text))
    while found >= 0:
        yield found
        found = text.find(after.text, found + 1, last + len(after.text))
