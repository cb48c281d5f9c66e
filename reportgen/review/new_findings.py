"""Which findings a correction brought, which it removed, and which stood before: told apart when paragraphs moved too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from ..job import Job
from ..model.findings import Finding, Severity
from ..patterns import regex

_AROUND = 8
"""Characters on each side of a passage that tell it from others."""


@dataclass(frozen=True)
class Effect:
    """What corrections do to the findings of an input."""

    new: tuple[Finding, ...]
    stayed: tuple[Finding, ...]
    """Without the notes, as :attr:`gone`."""
    gone: tuple[Finding, ...]


def effect_on_findings(before: Job, after: Job) -> Effect:
    """Match what was found before with what is found now: first by its words, then by what it is about."""
    old, new, stayed = list(before.outcome.findings), list(after.outcome.findings), list[Finding]()
    for key in (_words, _subject):
        known = defaultdict[Hashable, list[Finding]](list)
        for finding in old:
            known[key(finding, before)].append(finding)
        left = list[Finding]()
        for finding in new:
            same = known[key(finding, after)]
            (stayed if same else left).append(finding)
            if same:
                old.remove(same.pop(0))
        new = left
    return Effect(
        tuple(new), *(tuple(f for f in group if f.severity is not Severity.NOTE) for group in (stayed, old))
    )


_Key = Callable[[Finding, Job], Hashable]
_PARAGRAPH = regex(r"第\d+段")


def _words(finding: Finding, work: Job) -> Hashable:
    """What it says, wherever its paragraph stands now."""
    part = finding.passage.part if finding.passage else ""
    return finding.rule, part, finding.cells, _PARAGRAPH.sub("", finding.message)


def _subject(finding: Finding, work: Job) -> Hashable:
    """What it is about, whatever figures it names; its own words where these tell it from others of its rule."""
    passage = finding.passage
    if passage is None:
        return finding.rule, finding.cells
    section = next(each for each in work.document.sections if each.part.text == passage.part)
    text = section.paragraphs[passage.paragraph].text
    if (passage.start, passage.end) == (0, len(text)):  # the whole part
        return finding.rule, passage.part, finding.cells
    if finding.cells:
        around = text[max(0, passage.start - _AROUND) : passage.end + _AROUND]
        return finding.rule, passage.part, finding.cells, around
    return _words(finding, work)
