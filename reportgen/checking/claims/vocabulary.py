"""How texts speak of the figures: the words of ``templates/<format>/vocabulary.toml`` and of the form itself.

A text is cut into tokens: words that are known, numbers, marks, and the stretches between them that are not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from ...form.model import Form, Table
from ...form.vocabulary_file import KINDS, Labels, Term, load_lexicon
from ...model.chinese import STATEMENT_ENDS, unnumbered
from ...patterns import regex
from .numbers import Number, find_numbers

MARKS = frozenset("，,。！？!?；;：:、（）()《》“”‘’\"'【】[]…—\n")
QUOTES = frozenset("“”\"‘’'")
CONNECTORS = frozenset(["和", "及", "与", "以及", "或", "或者", "、", "/", "并"])


_NO_KINDS: frozenset[str] = frozenset()


class Token(NamedTuple):
    """A stretch of the text: a number, a word with its meanings, a mark, or something that is not known."""

    start: int
    end: int
    text: str
    kinds: frozenset[str] = _NO_KINDS
    terms: tuple[Term, ...] = ()
    number: Number | None = None
    year: int | None = None

    @property
    def mark(self) -> bool:
        return self.text in MARKS

    @property
    def blank(self) -> bool:
        return self.text.isspace()

    @property
    def unknown(self) -> bool:
        """Whether it says something that no word of the vocabulary says."""
        return (
            not (self.kinds or self.terms or self.number or self.year or self.mark or self.blank)
            and self.text not in CONNECTORS
        )

    def of(self, kind: str) -> bool:
        return kind in self.kinds


Meaning = tuple[frozenset[str], tuple[Term, ...]]
"""What a word says: its kinds, and its terms."""


class Vocabulary(NamedTuple):
    """The words known for one form and one year."""

    words: Mapping[str, Meaning]
    lengths: Mapping[str, tuple[int, ...]]
    """How long the words are that begin with two characters, the longest first."""
    telling: re.Pattern[str]
    """The words by which a sentence without a number may say something of the tables."""

    def tokens(self, text: str) -> list[Token]:
        """Cut ``text`` into tokens without gaps. A long sentence that can claim nothing stays in one piece."""
        numbers = find_numbers(text)
        found: list[Token] = []
        next_number = start = 0
        while start < len(text):
            stop = _STOP.search(text, start)
            end = stop.end() if stop else len(text)
            first = next_number
            while next_number < len(numbers) and numbers[next_number].start < end:
                next_number += 1
            if next_number > first or end - start < _SHORT or self.telling.search(text, start, end):
                self._cut(text, start, end, numbers[first:next_number], found)
            else:
                found.append(Token(start, end - 1, text[start : end - 1]))
                found.append(Token(end - 1, end, text[end - 1 : end]))
            start = end
        return found

    def _cut(self, text: str, start: int, end: int, numbers: list[Number], found: list[Token]) -> None:
        for number in numbers:
            self._words(text, start, number.start, found)
            written = text[number.start : number.end]
            opens = not found or found[-1].mark
            if opens and number.bare and _YEAR.fullmatch(written):
                found.append(Token(number.start, number.end, written, year=int(written)))
            else:
                found.append(Token(number.start, number.end, written, number=number))
            start = number.end
        self._words(text, start, end, found)

    def _words(self, text: str, start: int, end: int, found: list[Token]) -> None:
        """Cut a stretch without numbers: at every place the longest word, or else the date, that begins there."""
        words, lengths = self.words, self.lengths
        place = start
        while place < end:
            token = None
            for length in lengths.get(text[place : place + 2], _ALONE):
                word = text[place : place + length]
                if word in words and place + length <= end:
                    token = Token(place, place + length, word, *words[word])
                    break
            else:
                token = _date(text, place, end) if text[place] in _DIGITS else None
            if token is None:
                place += 1
                continue
            if start < place:
                found.append(Token(start, place, text[start:place]))
            found.append(token)
            start = place = token.end
        if start < end:
            found.append(Token(start, end, text[start:end]))


_ALONE = (1,)
_DIGITS = frozenset("0123456789０１２３４５６７８９")


def _date(text: str, start: int, end: int) -> Token | None:
    match = _DATE.match(text, start, end)
    if match is None:
        return None
    kinds = _of_date(match["until"]) if match["until"] else _NO_KINDS
    year = int(match["year"]) if match["year"] else None
    return Token(start, match.end(), match[0], kinds, year=year)


_DATE = regex(
    r"(?:\d{1,2}月(?:\d{1,2}日)?\s?(?:至|到|-|—|–|起至)\s?)?(?:20\d\d年)?(?P<until>\d{1,2})月(?:底|末|份|\d{1,2}日)?"
    r"|(?P<year>20\d\d)\s?年度?"
)
_YEAR = regex(r"20\d\d")
"""A year without 年 at the beginning of a clause: 2024共收到."""
_STOP = regex(f"[{STATEMENT_ENDS}]")
_SHORT = 60
"""A sentence without a number that is shorter may still be the heading of what follows."""
_TELLING = ("negation", "compare", "same", "all")
"""The kinds of words by which a sentence without a number may say something: none, all, or more than last year."""


def _of_date(month: str) -> frozenset[str]:
    """A date in December means the whole year, any other a part of it."""
    return frozenset(["fill" if int(month) == 12 else "elsewhen"])


_CACHE: dict[tuple[Path, int], Vocabulary] = {}


def vocabulary(form: Form, year: int) -> Vocabulary:
    """The vocabulary of ``form`` for a report of ``year``; the last one asked for is kept.

    Raises:
        FormError: ``vocabulary.toml`` is not there or cannot be used.
    """
    key = (form.folder, year)
    if key not in _CACHE:
        _CACHE.clear()
        _CACHE[key] = _build(form, year)
    return _CACHE[key]


# ── building ────────────────────────────────────────────────────────────────────────────────────────


def _build(form: Form, year: int) -> Vocabulary:
    lexicon = load_lexicon(form)
    years = {"{last}": str(year - 1), "{year}": str(year), "{next}": str(year + 1)}
    terms: dict[str, tuple[Term, ...]] = {}
    for word, term in (*_of_labels(form, lexicon.labels or Labels()), *lexicon.terms):
        word = _with_years(word, years) if "{" in word else word
        told = terms.get(word, ())
        if word and term not in told:  # a label that is nothing but its number names nothing
            terms[word] = (*told, term)
    kinds: dict[str, frozenset[str]] = {}
    alone = {kind: frozenset([kind]) for kind in KINDS} | {"own": frozenset(["own", "fill"])}
    for word, kind in lexicon.words:
        word = _with_years(word, years) if "{" in word else word
        kinds[word] = kinds.get(word, _NO_KINDS) | alone[kind]
    about = [word for word, said in kinds.items() if "disclosure" in said]
    for each in about:
        for word in [word for word in (*terms, *kinds) if each in word]:
            kinds[word] = kinds.get(word, _NO_KINDS) | alone["disclosure"]
    words: dict[str, Meaning] = dict.fromkeys((*CONNECTORS, *MARKS, *_BLANKS), (_NO_KINDS, ()))
    words |= {word: (_NO_KINDS, told) for word, told in terms.items()}
    words |= {word: (said, terms.get(word, ())) for word, said in kinds.items()}
    telling = _shortest(word for word, said in kinds.items() if not said.isdisjoint(_TELLING))
    pattern = re.compile("|".join(map(re.escape, telling)) or "(?!)")
    return Vocabulary(words, _lengths(words), pattern)


_BLANKS = " \t\r\u3000\u00a0"


def _shortest(words: Iterable[str]) -> list[str]:
    """The words that hold none of the others, in a fixed order: whoever finds these finds all."""
    found: list[str] = []
    for word in sorted(words, key=lambda word: (len(word), word)):
        if not any(shorter in word for shorter in found):
            found.append(word)
    return found


def _lengths(words: Iterable[str]) -> dict[str, tuple[int, ...]]:
    found: dict[str, set[int]] = {}
    for word in words:
        found.setdefault(word[:2], {1}).add(len(word))
    return {pair: tuple(sorted(lengths, reverse=True)) for pair, lengths in found.items()}


def _with_years(word: str, years: Mapping[str, str]) -> str:
    for name, value in years.items():
        word = word.replace(name, value)
    return word


_NOTE = regex(r"（[^（）]*）$")


def _of_labels(form: Form, said: Labels) -> Iterator[tuple[str, Term]]:
    """The labels of rows, groups and columns, without their numbering and notes."""
    for table in form.tables.values():
        single = {key for key, row in table.rows.items() if row.is_single}
        labels = {(row,): _plain(table, row) for row in table.rows} | {
            rows: _bare(table.labels[group]) for group, rows in table.groups.items()
        }
        for rows, label in labels.items():
            if label in said.silent:
                continue
            term = Term(table.key, (tuple(rows),), weak=bool(single.intersection(rows)))
            yield from ((word, term) for word in _shorter(label, said))
        for column, head in table.heads.items():
            if head not in said.silent:
                yield head, Term(table.key, columns=(column,), generic=table.key not in said.alone)


def _plain(table: Table, row: str) -> str:
    (label,) = {cell.label for line in table.grid for cell in line if cell.kind == "row" and cell.key == row}
    return _bare(label)


def _bare(label: str) -> str:
    return unnumbered(_NOTE.sub("", label))


def _shorter(label: str, said: Labels) -> Iterator[str]:
    """The label, and without the words at either end that texts leave out."""
    yield label
    yield from (label.removeprefix(start) for start in said.starts if label.startswith(start))
    for end in said.ends:
        if label.endswith(end) and len(label) > 2 * len(end):
            yield label.removesuffix(end)
