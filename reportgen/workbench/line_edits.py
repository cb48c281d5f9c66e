"""Any other change of the input file, line by line: undoing, waiving, mending."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from ..model.three_way import chunks, taken
from .checked import Checked
from .edits import Clash, Edit, EditError


@dataclass(frozen=True)
class Lines:
    """A change of some lines."""

    before: str
    """The text it was made in."""
    after: str
    sure: Callable[[Checked], bool] | None = None
    """Whether a file says what was wanted; None: it does in any case."""

    def on(self, now: Checked) -> str:
        if now.source.text == self.before:
            return self.after
        merged = merge_lines(self.before, self.after, now.source.text)
        if merged is None:
            raise EditError("这几行刚刚在别处改过，没有动。请看一看现在的内容，再做一次。")
        return merged

    def merged(self, base: Checked, now: Checked) -> tuple[Edit | None, list[Clash]]:
        return self, []

    def holds(self, now: Checked) -> bool:
        return self.sure is None or self.sure(now)


_LINE = re.compile("[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


def merge_lines(base: str, ours: str, theirs: str) -> str | None:
    """Two changes of one text, line by line; None where both changed the same lines, and not alike."""
    merged: list[str] = []
    for b, o, t in chunks(*(_LINE.findall(text) for text in (base, ours, theirs))):
        found = taken(b, t, o)
        if found is None and len(b) == len(o) == len(t):  # lines beside each other, each changed by one side
            lines = [taken([x], [z], [y]) for x, y, z in zip(b, o, t, strict=True)]
            found = None if None in lines else [line for each in lines if each for line in each]
        if found is None:
            return None
        merged += found
    return "".join(merged)
