"""Lists of things and of numbers in the same order: 予以公开、部分公开分别为6件和2件."""

from __future__ import annotations

from collections.abc import Iterator

from .headings import Heading
from .sentence import Sentence
from .vocabulary import CONNECTORS, Token


def respective(sentence: Sentence) -> Iterator[tuple[int, Heading]]:
    """予以公开、部分公开分别为6件和2件: the words before 分别 go, in order, with the numbers after it."""
    for index in range(sentence.first, sentence.end):
        if sentence.tokens[index].of("respective"):
            items, numbers = _items(sentence, index), _numbers(sentence, index)
            if len(items) == len(numbers) > 1:
                yield from zip(numbers, items, strict=True)


def _items(sentence: Sentence, index: int) -> list[Heading]:
    """The things listed before ``index``, in order."""
    items: list[list[Token]] = [[]]
    for i in range(index - 1, sentence.first - 1, -1):
        token = sentence.tokens[i]
        if token.text in CONNECTORS:
            items.append([])
        elif token.terms or token.blank or token.of("fill") or token.of("channel"):
            items[-1].append(token)
        else:
            break
    heads = [
        Heading(
            terms=tuple(term for token in item for term in token.terms),
            channel=any(token.of("channel") for token in item),
        )
        for item in reversed(items)
    ]
    return [head for head in heads if head.terms]


def _numbers(sentence: Sentence, index: int) -> list[int]:
    """The numbers listed after ``index``."""
    numbers: list[int] = []
    for i in sentence.after(index):
        token = sentence.tokens[i]
        if token.number and (not numbers or token.number.percent == _percent(sentence, numbers[0])):
            numbers.append(i)
        elif (
            token.number
            or token.of("respective")
            or not (
                token.text in CONNECTORS
                or token.blank
                or token.text in "，,"
                or token.kinds & {"share", "fill"}
            )
        ):
            break
    return numbers


def _percent(sentence: Sentence, index: int) -> bool:
    number = sentence.tokens[index].number
    return bool(number and number.percent)


def enumerated(sentence: Sentence, index: int) -> range:
    """The numbers of the list 9件、1件和3件 that the number at ``index`` stands in, with their connectors."""
    first = last = index
    while first - 2 >= sentence.first and _continues(sentence, first - 1, first - 2):
        first -= 2
    while last + 2 < sentence.end and _continues(sentence, last + 1, last + 2):
        last += 2
    return range(first, last + 1, 2)


def enumerated_after(sentence: Sentence, index: int) -> int | None:
    """The next number of a list in which each stands before its word: 37件行政复议、8件行政诉讼."""
    connected = False
    for i in sentence.after(index):
        token = sentence.tokens[i]
        if token.number:
            return i if connected else None
        connected = token.text in CONNECTORS
        if not (connected or token.terms or token.blank or token.of("fill")):
            return None
    return None


def _continues(sentence: Sentence, connector: int, number: int) -> bool:
    return sentence.tokens[connector].text in CONNECTORS and sentence.tokens[number].number is not None


def listed(sentence: Sentence, index: int) -> list[int]:
    """All numbers of the list with the number at ``index``: 占比分别为31.58%、63.16%和5.26%."""
    found = [index]
    for step in (-1, 1):
        i = index + step
        while sentence.first <= i < sentence.end and (
            _alike(sentence, i, index)
            or sentence.tokens[i].text in CONNECTORS
            or sentence.tokens[i].text in ("，", ",")
        ):
            if sentence.tokens[i].number:
                found.append(i)
            i += step
    return sorted(found)


def _alike(sentence: Sentence, index: int, other: int) -> bool:
    number, another = sentence.tokens[index].number, sentence.tokens[other].number
    return bool(number and another and number.unit == another.unit)
