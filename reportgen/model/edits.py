"""Places of a text that become another text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Edit:
    """Characters ``start`` to ``end`` of a text become ``text``."""

    start: int
    end: int
    text: str


def edited(source: str, edits: Iterable[Edit]) -> str:
    """The text with the edits made.

    >>> edited("2022年5件", [Edit(5, 6, "6"), Edit(0, 4, "2023")])
    '2023年6件'
    """
    found, end = [], 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        found += [source[end : edit.start], edit.text]
        end = max(end, edit.end)
    return "".join([*found, source[end:]])
