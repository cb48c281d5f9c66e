"""Reading the narrative, sentence by sentence: every number is given a :class:`Reading`."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import lru_cache

from ...model.chinese import SEMICOLONS, STATEMENT_ENDS
from ...model.document import Document
from ...model.findings import Figure
from ..passages import Place, places
from ..rule import Blocks, Case
from ..years import previous
from .claim import Cells, Topic
from .counts import counts
from .headings import Heading
from .lists import respective
from .mentions import foresee, mention
from .negations import negations
from .readings import Figures, Reading
from .relations import relate
from .sentence import Sentence, shortened
from .totality import totality
from .vocabulary import Token, vocabulary


@lru_cache(maxsize=1)
def read(case: Case) -> tuple[Reading, ...]:
    """Every number of the narrative, and every negation, in the order of the text."""
    report = case.report
    last = previous(case)
    last_figures = last.figures if last else None
    own = shortened(report.agency.get("name", ""))
    used: Blocks = {}
    found: list[Reading] = []
    for block in _blocks(case.document):
        about = (report.form, report.year, own, last is None, tuple(map(_shown, block)))
        known = (case.blocks or {}).get(about)
        if known is None or not known.holds(Figures(report.form, report.figures, last_figures)):
            figures = Figures(report.form, report.figures, last_figures)
            words = vocabulary(report.form, report.year)
            tokens = known.tokens if known else [words.tokens(place.text) for place in block]
            readings = tuple(_read(block, tokens, figures, report.year, own))
            known = _Block(block, tokens, readings, figures.asked)
        used[about] = known
        found += known.readings_at(block)
    if case.blocks is not None:
        case.blocks.clear()
        case.blocks.update(used)
    return tuple(found)


def _blocks(document: Document) -> Iterator[list[Place]]:
    """The paragraphs together that may speak of one matter; what is said in one block tells nothing of another."""
    block: list[Place] = []
    for place in places(document):
        if block and (place.index == 0 or place.paragraph.level == 2):
            yield block
            block = []
        block.append(place)
    if block:
        yield block


def _shown(place: Place) -> Hashable:
    """All of a paragraph that its reading depends on, but for the figures."""
    return place.part.text, place.text, tuple(place.bound)


@dataclass(frozen=True)
class _Block:
    """A block that was read, and the figures that were looked at."""

    places: list[Place]
    tokens: list[list[Token]]
    """Of each paragraph."""
    readings: tuple[Reading, ...]
    asked: Mapping[tuple[Cells, bool], Figure | None]

    def holds(self, figures: Figures) -> bool:
        """Whether it would be read in the same way with these figures; 7.3 and 7.30 are not the same."""
        return all(
            str(figures.total(cells, last=last)) == str(value) for (cells, last), value in self.asked.items()
        )

    def readings_at(self, block: list[Place]) -> Iterable[Reading]:
        """Its readings where the block stands now."""
        if block == self.places:
            return self.readings
        first = self.places[0].index
        now = {old.index: new for old, new in zip(self.places, block, strict=True)}
        return (
            reading._replace(
                line=now[reading.passage.paragraph].paragraph.line,
                passage=reading.passage._replace(
                    paragraph=reading.passage.paragraph - first + block[0].index
                ),
            )
            for reading in self.readings
        )


def _read(
    block: Sequence[Place], cut: Sequence[list[Token]], figures: Figures, year: int, own: str
) -> Iterator[Reading]:
    """The readings of one block, whose paragraphs are ``cut`` into tokens."""
    topic = Topic()
    for place, tokens in zip(block, cut, strict=True):
        time = ""
        for first, end in _sentences(tokens):
            # After a semicolon the time and the table spoken of still hold.
            if first and tokens[first - 1].text not in SEMICOLONS and not tokens[first].of("whole"):
                time = ""
                topic.pause(figures.form)
            sentence = Sentence(place, figures, tokens, first, end, topic, year, own, time)
            yield from _readings(sentence)
            time = sentence.time


_LONGEST = 400
"""Tokens after which a sentence that does not end is cut at the next clause, or at twice as many without any clause,
so that time grows with length."""


def _sentences(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    start = 0
    for index, token in enumerate(tokens):
        length = index - start
        if token.text in STATEMENT_ENDS or (length > _LONGEST and token.mark) or length > 2 * _LONGEST:
            yield start, index + 1
            start = index + 1
    if start < len(tokens):
        yield start, len(tokens)


def _readings(sentence: Sentence) -> list[Reading]:
    given: dict[int, Heading] = {}
    if any(token.number for token in sentence.tokens[sentence.first : sentence.end]):
        foresee(sentence)
        given = dict(respective(sentence))
    found: list[Reading] = []
    outside: tuple[str, Topic] | None = None
    for index in range(sentence.first, sentence.end):
        token = sentence.tokens[index]
        if token.number is not None:
            found += counts(sentence, index, given.get(index), found)
        elif token.kinds or token.terms or token.year:
            mention(sentence, index)
            if token.of("negation"):
                found += negations(sentence, index)
            if token.of("all"):
                found += totality(sentence, index, found)
        elif token.text in "（(":
            outside = sentence.time, copy(sentence.topic)
            counted = bool(found and found[-1].number and found[-1].at == index - 1)
            sentence.bracketed = sentence.topic.table or "" if counted else None
        elif token.text in "）)" and outside:
            sentence.time, sentence.bracketed = outside[0], None
            sentence.topic.close(outside[1])
    return sorted(relate(sentence, found), key=lambda reading: reading.at)
