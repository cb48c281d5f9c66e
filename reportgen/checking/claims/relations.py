"""What numbers of one sentence say of each other: shares, changes against last year, parts of a whole."""

from __future__ import annotations

from .changes import change, words_of_change
from .evidence import told
from .parts import apart, closed, completed, remaining, siblings, wholes
from .readings import Reading, Statement, Verdict
from .sentence import Sentence
from .shares import before_list, is_in_brackets, rate, share


def relate(sentence: Sentence, found: list[Reading]) -> list[Reading]:
    """Fill in the readings that depend on others: shares, rates, changes, parts; the rest stay."""
    if not found:
        return list(words_of_change(sentence, found))
    found = closed(sentence, told(sentence, remaining(sentence, completed(sentence, siblings(found)))))
    found = apart(sentence, found)
    for i, reading in enumerate(found):
        if reading.number is None or reading.kind is not Statement.NONE or reading.verdict is Verdict.BOUND:
            continue
        near = before_list(sentence, reading.at) if reading.number.percent else range(0)
        if sentence.said("share", near) or is_in_brackets(sentence, reading.at):
            found[i] = share(sentence, reading, found[:i])
        elif sentence.said("rate", near):
            found[i] = rate(sentence, reading, near)
        else:
            found[i] = change(sentence, reading, found[:i])
    found += words_of_change(sentence, found)
    return wholes(sentence, found)
