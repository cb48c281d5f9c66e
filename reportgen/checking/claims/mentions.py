"""What the words between the numbers say of the time and of the matter the text speaks of."""

from __future__ import annotations

from .claim import is_result
from .sentence import CLAUSE_END, Sentence
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
        told = any(term.table == sentence.topic.table for term in token.terms)
        if not (told or _is_reason(sentence, index) or _is_content(sentence, index)):
            sentence.topic.leave("matters")
    elif token.of("documents"):
        sentence.topic.leave("documents")


def _is_reason(sentence: Sentence, index: int) -> bool:
    """Whether it only tells why requests had a result: 属信访、重复申请等不予处理4件."""
    if sentence.topic.table is None or sentence.topic.foreign:
        return False
    for i in sentence.after(index):
        token = sentence.tokens[i]
        if token.number or token.text in CLAUSE_END:
            return False
        for term in token.terms:
            if term.table == sentence.topic.table and term.subject and is_result(sentence.figures.form, term):
                return True
    return False


def _is_content(sentence: Sentence, index: int) -> bool:
    """Whether it only tells what requests are about: 申请内容主要涉及审批信息."""
    clause = sentence.clause(index)
    named = any(term.table == sentence.topic.table for i in clause for term in sentence.tokens[i].terms)
    return named and bool(sentence.said("subset", clause)) and not sentence.topic.foreign


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
    sentence.topic.disclosed = sentence.topic.disclosed or _is_about_disclosure(sentence)
    if sentence.topic.table is not None or sentence.topic.foreign:
        return
    for token in sentence.tokens[sentence.first : sentence.end]:
        for term in token.terms:
            if term.subject and not (term.part or term.weak) and is_result(sentence.figures.form, term):
                sentence.topic.turn(term._replace(rows=()))
                return


def _is_about_disclosure(sentence: Sentence) -> bool:
    """Whether the sentence says after its cases that they are about disclosure: 11件行政复议涉及政府信息公开."""
    form, cases = sentence.figures.form, False
    for i in range(sentence.first, sentence.end):
        token = sentence.tokens[i]
        if token.text in "（(":
            cases = False  # 受理88件（涉及政府信息公开的9件）
        cases = cases or any(
            t.subject and t.rows and not form.tables[t.table].balance and form.tables[t.table].total_columns
            for t in token.terms
        )
        if cases and token.of("disclosure") and not sentence.said("negation", _clause_after(sentence, i)):
            return True
    return False


def _clause_after(sentence: Sentence, index: int) -> range:
    end = next((i for i in sentence.after(index) if sentence.tokens[i].text in CLAUSE_END), sentence.end)
    return range(index, end)


def _turn(sentence: Sentence, index: int) -> None:
    topic = sentence.topic
    token = sentence.tokens[index]
    topic.disclosed = topic.disclosed or token.of("disclosure")
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
