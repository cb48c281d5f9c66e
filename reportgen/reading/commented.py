"""Rows of an input file that stand there as comments, to be filled in: ``# granted = [ , , ]   # （一）予以公开``."""

from __future__ import annotations

from collections.abc import Container
from typing import NamedTuple

from ..patterns import regex

_ROW = regex(
    r"""(?m)^[ \t]*(?P<mark>#)[ \t]*(?P<key>[\w-]+)[ \t]*(?P<is>=)(?P<value>[ \t\d.,\[\]"'-]*)(?=#|\r?$)"""
)
_HEAD = regex(r"(?m)^[ \t]*\[[^\n\]]*\][ \t]*(?:#[^\n]*)?$")


class Commented(NamedTuple):
    """One such row, and where in the text it stands."""

    key: str
    start: int
    """Of its mark."""
    equals: int
    end: int
    """Of the place for its figures; what follows are its label and notes."""

    def filled(self, text: str, figures: str) -> str:
        """What takes the place from ``start`` to ``end`` so that the row says ``figures``, in the same columns."""
        place = text[self.equals + 1 : self.end]
        written = f" {_aligned(place, figures)}"
        if text[self.end : self.end + 1] == "#":
            written = written.ljust(len(place)) if len(written) < len(place) else f"{written}   "
        return f"{self.key.ljust(self.equals - self.start)}={written}"


def commented_rows(text: str, head_end: int, keys: Container[str]) -> dict[str, Commented]:
    """The commented rows of a table whose head ends there, by their keys; of two with one key the first."""
    head = _HEAD.search(text, head_end)
    found: dict[str, Commented] = {}
    for row in _ROW.finditer(text, head_end, head.start() if head else len(text)):
        key = row["key"]
        if key in keys:
            found.setdefault(key, Commented(key, row.start("mark"), row.start("is"), row.end("value")))
    return found


def _aligned(place: str, figures: str) -> str:
    """The figures of a row below its heads, as far apart as the places to fill in are."""
    place, values = place.strip(), figures.strip("[] ").split(",")
    gaps = place.strip("[]").split(",")
    if len(gaps) != len(values) or not place.startswith("[") or not figures.startswith("["):
        return figures
    *cells, (last, width) = zip((value.strip() for value in values), map(len, gaps), strict=True)
    before = "".join(f"{value}, ".ljust(room + 1) for value, room in cells)
    return f"[ {before}{last.ljust(width - 2)} ]"
