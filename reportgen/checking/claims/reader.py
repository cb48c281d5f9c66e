"""Reading the narrative, sentence by sentence: every number is given a :class:`Reading`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from functools import lru_cache

from ...model.chinese import SEMICOLONS, STATEMENT_ENDS
from ..passages import places
from ..rule import Case
from ..years import previous
from .claim import Topic
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
    figures = Figures(report.form, report.figures, last.figures if last else None)
    words = vocabulary(report.form, report.year)
    own = shortened(report.agency.get("name", ""))
    found: list[Reading] = []
    topic = Topic()
    for place in places(case.document):
        if place.index == 0 or place.paragraph.level == 2:
            topic = Topic()
        tokens = words.tokens(place.text)
        time = ""
        for first, end in _sentences(tokens):
            # After a semicolon the time and the table spoken of still hold.
            if first and tokens[first - 1].text not in SEMICOLONS and not tokens[first].of("whole"):
                time = ""
                topic.pause(report.form)
            sentence = Sentence(place, figures, tokens, first, end, topic, report.year, own, time)
            found += _readings(sentence)
            time = sentence.time
    return tuple(found)


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
