"""What the words between the numbers say of the time and of the matter the text speaks of."""

from __future__ import annotations

from dataclasses import replace

from .claim import is_result
from .sentence import Sentence
from .vocabulary import CONNECTORS


def mention(sentence: Sentence, index: int) -> None:
    """Note what the word at ``index`` says of the time or of the matter from here on."""
    token = sentence.tokens[index]
    if token.year is not None:
        sentence.time = _year(sentence, index, token.year)
    elif token.kinds.isdisjoint(_TELLING):
        _turn(sentence, index)
    elif token.of("this") or token.of("reach"):
        sentence.time = ""
    elif token.of("last"):
        sentence.time = "last"
    elif token.of("elsewhen"):
        sentence.time = "else"
    elif token.of("matters"):
        sentence.topic.leave("matters")
    elif token.of("documents"):
        sentence.topic.leave("documents")


_TELLING = frozenset(["this", "reach", "last", "elsewhen", "matters", "documents"])
"""Kinds of words that tell the time, or another matter."""


def _year(sentence: Sentence, index: int, year: int) -> str:
    """The time of a year that is named; several years are no single one (2021、2022年)."""
    listed = index - 1 > sentence.first and sentence.tokens[index - 2].year
    if listed and sentence.tokens[index - 1].text in CONNECTORS:
        return "else"
    return {0: "", 1: "last"}.get(sentence.year - year, "else")


def foresee(sentence: Sentence) -> None:
    """Where nothing is spoken of yet, results that follow tell it: 作出答复43件，其中不予公开6件."""
    if sentence.topic.table is not None or sentence.topic.foreign:
        return
    for token in sentence.tokens[sentence.first : sentence.end]:
        for term in token.terms:
            if term.subject and not (term.part or term.weak) and is_result(sentence.figures.form, term):
                sentence.topic.turn(replace(term, rows=()))
                return


def _turn(sentence: Sentence, index: int) -> None:
    topic = sentence.topic
    token = sentence.tokens[index]
    topic.disclosed = topic.disclosed or "信息公开" in token.text or "依申请" in token.text
    for term in token.terms:
        if not term.subject or is_result(sentence.figures.form, term):
            continue
        after_unknown = index > sentence.first and sentence.tokens[index - 1].unknown
        unsure = term.plain and (topic.table is not None or after_unknown)
        if not unsure and not (term.attribute and _heads_number(sentence, index)):
            topic.turn(term)
        return


def _heads_number(sentence: Sentence, index: int) -> bool:
    for i in sentence.after(index):
        token = sentence.tokens[i]
        if not (token.blank or token.of("fill")):
            return token.number is not None
    return False
