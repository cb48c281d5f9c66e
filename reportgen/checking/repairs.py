"""What ``reportgen fix`` does: put right what has exactly one right form, in the text of the input file itself.

Only lines of the narrative are touched, and in them only punctuation, quotes, brackets, blanks and the style of
numbering; expressions, addresses and figures stay. Comments and layout of the file stay byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from ..model.language import quoted
from ..model.report import Report
from ..patterns import regex
from .emptied import mask_kept
from .registry import RULES
from .rule import Faults, Rule
from .typography import apply_faults, mask_template

ORDER = ("W04", "W05", "W01", "W02", "W08", "W06", "W07")
"""Brackets of document numbers before other brackets; doubled marks after half-width ones; any other rule after."""


def in_order(rules: Iterable[Rule]) -> list[tuple[str, Faults]]:
    """The repairs that the rules name, in the order in which they are made."""
    named = [(rule.code, rule.repair) for rule in rules if rule.repair]
    return sorted(named, key=lambda pair: (*ORDER, pair[0]).index(pair[0]))


_KINDS = in_order(RULES.values())
_MOST_ROUNDS = 20
"""One repair can make room for another (a blank between two commas); what is not settled by then, such as a long row
of marks, is left to the clerk as it is, so that a second repair finds nothing that the first left half done."""


CONTEXT = 6
"""Characters shown on each side of a change."""


@dataclass(frozen=True)
class Repair:
    """One paragraph of the narrative to be replaced in the input file."""

    line: int
    """In the input file, from 1."""
    before: str
    after: str
    rules: tuple[str, ...]
    """The codes of the rules it satisfies."""

    @property
    def changes(self) -> list[tuple[str, str]]:
        """Each changed passage with a few characters on both sides, before and after."""
        matcher = SequenceMatcher(None, self.before, self.after, autojunk=False)
        return [
            (_around(self.before, a, b), _around(self.after, c, d))
            for group in matcher.get_grouped_opcodes(CONTEXT)
            for a, b, c, d in [(group[0][1], group[-1][2], group[0][3], group[-1][4])]
        ]


def _around(text: str, start: int, end: int) -> str:
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"


def repairs(report: Report) -> list[Repair]:
    """The paragraphs that have faults with one right form, in the order of the input file."""
    found: dict[tuple[int, str], Repair] = {}
    parts = [part.text for part in report.form.parts if part.text in report.narrative and not part.signature]
    for narrative in map(report.narrative.__getitem__, parts):
        lines = narrative.source.split("\n")
        masks = mask_template(narrative.source).split("\n")
        for line, before, mask in zip(narrative.lines, lines, masks, strict=True):
            after, rules = _repaired(before, mask)
            if after != before:
                found[line, before] = Repair(line, before, after, rules)
    return sorted(found.values(), key=lambda repair: repair.line)


@lru_cache(maxsize=1000)
def _repaired(text: str, mask: str) -> tuple[str, tuple[str, ...]]:
    """The paragraph put right, and the rules that asked for it; ``mask`` hides its expressions."""
    rules: list[str] = []
    now = text
    for _ in range(_MOST_ROUNDS):
        start = now
        for code, faults in _KINDS:
            found = [fault for fault in faults(mask_kept(mask)) if fault.right is not None]
            if found:
                rules.append(code)
                now, mask = apply_faults(now, found), apply_faults(mask, found)
        if now == start:
            return now, tuple(dict.fromkeys(rules))
    return text, ()


# ── in the file ─────────────────────────────────────────────────────────────────────────────────────

# How a paragraph may stand in the file: as it is, or with the escapes of a JSON or TOML string.
_WAYS: tuple[Callable[[str], str], ...] = (
    lambda text: text,
    lambda text: quoted(text)[1:-1],
    lambda text: quoted(text, ascii=True)[1:-1],
)
_LINE = regex("[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
"""A line with its end, counted as the reader counts lines."""
_BEFORE = r"(?:^|(?<=['\"\s])|(?<=\\n)|(?<=\\r))"
_AFTER = r"(?=\s*$|\s*['\"]|\\n|\\r)"


def apply(raw_text: str, found: Iterable[Repair]) -> str:
    """The text of the input file with the repairs made; those of :func:`unplaced` are left out."""
    lines = _LINE.findall(raw_text)
    for repair in found:
        placed = _placed(lines, repair)
        if placed is not None:
            lines[repair.line - 1] = placed
    return "".join(lines)


def unplaced(raw_text: str, found: Iterable[Repair]) -> list[Repair]:
    """The repairs whose paragraph is not found in its line of the file, for example because of rare escapes."""
    lines = _LINE.findall(raw_text)
    return [repair for repair in found if _placed(lines, repair) is None]


def _placed(lines: list[str], repair: Repair) -> str | None:
    """Its line of the file with the repair made; None where the paragraph does not stand in it as a whole."""
    if repair.line > len(lines):
        return None
    line = lines[repair.line - 1]
    for way in _WAYS:
        pieces = re.split(_BEFORE + re.escape(way(repair.before)) + _AFTER, line)
        if len(pieces) > 1:
            return way(repair.after).join(pieces)
    return None
