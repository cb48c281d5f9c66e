"""Last year's text made ready for this year's: the report's year moved on, and a gap for every number that is not bound.

A gap is what S11 reports until it is filled. Years in the names of documents, and those in which something began, stay.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..checking.claims.numbers import find_numbers
from ..checking.own_year import OWN_NAME
from ..checking.passages import excerpt
from ..checking.report_year import AHEAD
from ..model.chinese import NUMERALS, STATEMENT_ENDS
from ..model.edits import Edit, edited
from ..model.names import YEAR
from ..model.narrative import TAG

GAP = "___"
SHORTEST_KEPT = 3
"""Characters of an item of the agency that is looked for in the text: its address and numbers are no figures."""

_TITLE = re.compile("《[^《》]*》|“[^“”]*”")
_YEAR = re.compile(
    r"(?<!\d)(?P<year>20\d\d)\s?年(?:(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?)?(?P<since>起|以来)?"
)
_DATE = re.compile(r"(?<!\d)(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?(?!\d)")
_PERIOD = re.compile(
    r"(?<!\d)1月?(?:1日)?\s*[起始]?[，,]?\s*(?:至|到|[—－\-–~～]+)\s*(?:同年|当年|20\d\d年)?12月(?:31日)?"
)
"""The whole year, which is the statistical period every year."""
_ENDS = re.compile(r"(?<!\d)1月1日|12月31日|12月[底末]")
_COMPARED = re.compile(r"(?:比|较|同|与|和)\s*$")
_CARRIED = re.compile(r"(?:结转|顺延|延)[到至]?\s*$")
_DIGITS = re.compile(r"\d(?:[\d,，.]*\d)?")
_IN_WORDS = re.compile(f"(?!百分之)[{NUMERALS}点]+")

Span = tuple[int, int]


@dataclass(frozen=True)
class Reworded:
    """A narrative made ready for the next year."""

    source: str
    gaps: int = 0
    moved: int = 0
    """Years that moved on."""
    left: tuple[str, ...] = ()
    """Where a year near the report's stayed, in quotes."""


def reworded(source: str, year: int, kept: Iterable[str], *, is_preface: bool) -> Reworded:
    """A narrative of the report of ``year`` for that of the next; ``kept`` are texts in it that are no figures.

    The preface says in numerals of how many parts the report is made, and rightly the same every year.
    """
    plain = TAG.sub(lambda tag: re.sub(r"[^\n]", "＿", tag[0]), source)
    periods = [match.span() for match in _PERIOD.finditer(plain)]
    ends = (match.span() for match in _ENDS.finditer(plain))
    texts = (match.span() for text in kept for match in re.finditer(re.escape(text), plain))
    whole_year, fixed = _Spans(periods), _Spans([*periods, *ends, *texts])
    names = _Spans(match.span() for match in _TITLE.finditer(plain))
    years: list[Edit] = []
    gaps: list[Span] = []
    left: list[str] = []
    for match in _YEAR.finditer(plain):
        is_named = names.meet(match.span()) and not OWN_NAME.match(plain, match.start())
        begins = bool(match["since"]) and not whole_year.meet(match.span())
        moved = None if is_named or begins else _moved(match, plain, year)
        if moved is not None:
            years.append(Edit(*match.span("year"), moved))
            gaps += (match.span(group) for group in ("month", "day") if match[group])
        elif abs(int(match["year"]) - year) <= 1:
            left.append(_shown(plain, *match.span("year")))
    apart = _Spans([*(match.span() for match in _YEAR.finditer(plain)), *names.spans])
    gaps += (span for span in _dates_and_numbers(plain, is_preface=is_preface) if not apart.meet(span))
    edits = [*years, *(Edit(*span, GAP) for span in sorted(set(gaps)) if not fixed.meet(span))]
    return Reworded(edited(source, edits), len(edits) - len(years), len(years), tuple(left))


def _moved(match: re.Match[str], plain: str, year: int) -> str | None:
    """What takes the place of a year: of the report's, of the next in a plan, of the one before in a comparison."""
    written = int(match["year"])
    if written == year:
        return f"{{{{ {YEAR} }}}}"
    if written == year + 1:
        end = re.compile(f"[{STATEMENT_ENDS}\n]|$").search(plain, match.end())
        is_plan = end and AHEAD.search(plain[match.end() : end.start()])
        is_next = _CARRIED.search(plain, max(0, match.start() - 5), match.start())
        return f"{{{{ {YEAR} + 1 }}}}" if is_plan or is_next else None
    is_compared = written == year - 1 and _COMPARED.search(plain, max(0, match.start() - 3), match.start())
    return f"{{{{ {YEAR} - 1 }}}}" if is_compared else None


def _dates_and_numbers(plain: str, *, is_preface: bool) -> Iterator[Span]:
    """Where the digits of each date without a year stand, and those or the numerals of each number that counts."""
    for match in _DATE.finditer(plain):
        yield from (match.span(group) for group in ("month", "day") if match[group])
    for number in find_numbers(plain):
        digits = list(_DIGITS.finditer(plain, number.start, number.end))
        if digits or not is_preface:
            found = digits or _IN_WORDS.finditer(plain, number.start, number.end)
            yield from (match.span() for match in found)


def _shown(plain: str, start: int, end: int) -> str:
    """A passage for a message; what ``{{ }}`` prints is left out."""
    return re.sub("[＿…]+", "…", excerpt(plain, start, end)).replace("\n", " ")


class _Spans:
    """Stretches of a text."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.spans: list[Span] = []
        """In their order, those that meet made one."""
        for start, end in sorted(spans):
            if self.spans and start <= self.spans[-1][1]:
                self.spans[-1] = self.spans[-1][0], max(end, self.spans[-1][1])
            else:
                self.spans.append((start, end))

    def meet(self, span: Span) -> bool:
        """Whether one of them reaches into ``span``."""
        at = bisect_left(self.spans, (span[1],)) - 1
        return at >= 0 and self.spans[at][1] > span[0]
