"""Numbers that a text has in digits -> ``{{ }}``, where it is certain of which figures they are.

Certain is what ``check --explain`` calls 相符, where the figure is printed digit by digit as it stands in the text.
What is printed stays the same, byte for byte; a number for which it would not is left as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, groupby

from ..checking import Reading, readings
from ..checking.claims.readings import Statement, Verdict
from ..form.model import Form
from ..model.chinese import sentences
from ..model.document import Document, compose, values_of
from ..model.edits import Edit, edited
from ..model.expressions import parse
from ..model.names import Names, names
from ..model.narrative import Narrative, NarrativeError, namespace
from ..model.paragraphs import Paragraph
from ..model.report import Report, added, printed
from ..model.values import MOST_DECIMALS, Share, settled, share

MOST_TERMS = 6
"""Figures that an expression adds up at most."""
_DIGITS = re.compile(r"\d+(?:\.\d+)?%?")


@dataclass(frozen=True)
class Binding:
    """The narratives of a report with their certain numbers bound."""

    sources: Mapping[str, str]
    count: int
    """How many numbers were bound."""


@dataclass(frozen=True)
class _Number:
    """A number of a paragraph in digits, and the figures it prints."""

    start: int
    end: int
    written: str
    expression: str
    share: Share | None = None

    @property
    def decimals(self) -> int:
        return len(self.written.rstrip("%").partition(".")[2])


def bind(report: Report, before: Report | None = None, into: Form | None = None) -> Binding:
    """The narratives of ``report``; ``before`` is the report of the year before it, where there is one.

    ``into`` is the form in which the text will be used, where it is another: what that does not count is not bound.

    Raises:
        InputError: the text cannot be printed.
    """
    last = year_before(report, before)
    document = compose(report, last)
    known, values = names(report.form), namespace(values_of(report, last))
    spelling = _Spelling(report.form, known, into)
    edits = _edits(report, document, before, spelling)
    kept = {
        part: _kept(narrative, edits.get(part, []), known, values)
        for part, narrative in report.narrative.items()
    }
    return Binding(
        {part: edited(narrative.source, kept[part]) for part, narrative in report.narrative.items()},
        sum(map(len, kept.values())),
    )


def year_before(report: Report, before: Report | None) -> Report:
    """``before``, or where it is not there a report of that year of which nothing is known."""
    return before or replace(report, year=report.year - 1, figures={}, narrative={})


# ── which numbers are certain ───────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class _Spelling:
    """How an expression names figures."""

    form: Form
    known: Names
    into: Form | None

    @cached_property
    def names_there(self) -> Names | None:
        return names(self.into) if self.into else None

    def of(self, cells: Sequence[str], *, last: bool = False) -> str | None:
        """An expression that adds up ``cells``; None where there is none short enough."""
        left, terms = set(cells), []
        for name, added_up in sorted(self.form.quantities(), key=lambda each: -len(each[1])):
            if left.issuperset(added_up):
                left -= set(added_up)
                terms.append((cells.index(added_up[0]), name))
        if left or not cells or len(terms) > MOST_TERMS or not all(map(self.is_counted, cells)):
            return None
        return " + ".join(self.name(f"last.{name}" if last else name) for _, name in sorted(terms))

    def is_counted(self, cell: str) -> bool:
        """Whether the form in which the text will be used counts the same in this cell."""
        there = self.into.cells.get(cell) if self.into else self.form.cells[cell]
        return there is not None and there.label == self.form.cells[cell].label

    def name(self, key: str) -> str:
        """The Chinese name of a key, where it means the same in both forms."""
        chinese = self.known.chinese(key)
        is_same = self.names_there is None or self.names_there.meant(chinese) == (key,)
        return chinese if is_same else key


def _edits(
    report: Report, document: Document, before: Report | None, spelling: _Spelling
) -> dict[str, list[Edit]]:
    """The edits of each part, in the order of its text."""
    found: dict[str, list[Edit]] = {}
    paragraphs = {
        (section.part.text, index): paragraph
        for section in document.sections
        for index, paragraph in enumerate(section.paragraphs)
    }
    said = [reading for reading in readings(report, document, before) if reading.number is not None]
    times = Counter(reading.passage for reading in said)
    for place, group in groupby(said, key=lambda reading: (reading.passage.part, reading.passage.paragraph)):
        paragraph = paragraphs[place]
        once = (reading for reading in group if times[reading.passage] == 1)  # of 各1件 there are several
        numbers = filter(
            None, (_number(reading, paragraph.text, report, before, spelling) for reading in once)
        )
        for number in _with_decimals(list(numbers), paragraph.text):
            found.setdefault(place[0], []).extend(_edit(number, paragraph))
    return found


def _number(
    reading: Reading, text: str, report: Report, before: Report | None, spelling: _Spelling
) -> _Number | None:
    """The number of a reading, where it is certain and prints its figures digit by digit."""
    number, figures = reading.number, (before.figures if before and reading.last else report.figures)
    if reading.verdict is not Verdict.AGREES or number is None or not reading.cells:
        return None
    whole_cells = reading.wholes[0] if len(reading.wholes) == 1 else ()
    if not figures.keys() >= {*reading.cells, *whole_cells}:
        return None
    digits = list(_DIGITS.finditer(text, reading.passage.start, reading.passage.end))
    if len(digits) != 1 or number.manner or number.high:
        return None
    span, written = digits[0].span(), digits[0][0]
    unit = text[span[1] : reading.passage.end].strip()
    is_plain = unit == report.form.cells[reading.cells[0]].unit if number.money else not number.scaled
    if not is_plain:
        return None
    named = spelling.of(reading.cells, last=reading.last)
    if named is None:
        return None
    if reading.kind is Statement.COUNT:
        is_printed = printed(added(figures, reading.cells)) == written
        return _Number(*span, written, named) if is_printed else None
    if reading.kind is not Statement.SHARE or len(reading.wholes) != 1:
        return None
    whole = spelling.of(reading.wholes[0], last=reading.last)
    if whole is None:
        return None
    one = share(added(figures, reading.cells), added(figures, reading.wholes[0]))
    part = f"({named})" if " " in named else named
    return _Number(*span, written, f"{part} | share({whole})", one) if isinstance(one, Share) else None


def _with_decimals(numbers: Sequence[_Number], text: str) -> Iterator[_Number]:
    """The numbers, of which the shares of a sentence ask for their decimals where they would be printed otherwise."""
    yield from (number for number in numbers if number.share is None)
    for sentence in sentences(text):
        shares = [
            (number, number.share)
            for number in numbers
            if number.share is not None and sentence.start() <= number.start < sentence.end()
        ]
        by_themselves = settled("\n".join(one.marked for _, one in shares)).split("\n")
        if by_themselves == [number.written for number, _ in shares]:
            yield from (number for number, _ in shares)
            continue
        for number, one in shares:
            asked = number.decimals
            if asked <= MOST_DECIMALS and Share(one.exact, asked) == number.written:
                yield replace(number, expression=f"{number.expression[:-1]}, {asked})")


def _edit(number: _Number, paragraph: Paragraph) -> Iterator[Edit]:
    """The edit of the source, where all of the number was typed there, in one piece."""
    typed = (run.places or (-1,) * len(run.text) for run in paragraph.runs)
    places = list(chain.from_iterable(typed))[number.start : number.end]
    if places[0] >= 0 and places == list(range(places[0], places[0] + len(places))):
        yield Edit(places[0], places[-1] + 1, f"{{{{ {number.expression} }}}}")


# ── what is printed stays the same ──────────────────────────────────────────────────────────────────


def _kept(
    narrative: Narrative, edits: Sequence[Edit], known: Names, values: Mapping[str, object]
) -> list[Edit]:
    """The edits with which the narrative prints just what it printed."""

    def prints(edits: Sequence[Edit]) -> list[str] | None:
        try:
            now = parse(edited(narrative.source, edits), narrative.lines, known)
            return [paragraph.text for paragraph in now.render(values)]
        except NarrativeError:
            return None

    as_before = prints([])
    if as_before is None:
        return []

    def kept(edits: Sequence[Edit], sure: list[Edit]) -> list[Edit]:
        """``sure`` and those of ``edits`` that may be made with them; halves are tried, for few are in the way."""
        if not edits or prints([*sure, *edits]) == as_before:
            return [*sure, *edits]
        if len(edits) == 1:
            return sure
        half = len(edits) // 2
        return kept(edits[half:], kept(edits[:half], sure))

    return kept(edits, [])
