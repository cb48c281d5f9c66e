"""Where each word of a printed text stands in the narrative as the clerk wrote it.

What a reviewer changes is the printed text: 收到19件. What has to change is its source:
收到{{ requests.new_received.total }}件. To know which character came from where, the narrative is printed once more
with marks in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..model.chinese import NUMBER
from ..model.differences import words
from ..model.document import compose, names
from ..model.expressions import parse
from ..model.narrative import TAG
from ..model.paragraphs import GAP, Bound, Run
from ..model.report import Report

AT, END = "\ufdd4", "\ufdd5"
"""Around an offset in the source; Unicode promises that no text contains these code points."""
_MARK = re.compile(f"{AT}(\\d+){END}")


@dataclass(frozen=True)
class Word:
    """A word of the printed text and the stretch of the source it came from."""

    text: str
    start: int
    end: int
    bound: Bound | None = None
    """The expression that printed it, if one did; ``start`` and ``end`` are then the expression's."""

    @property
    def is_number(self) -> bool:
        """Whether it is one, or the mark where one is missing."""
        return bool(re.fullmatch(NUMBER, self.text)) or (self.bound is not None and self.text == GAP)


def printed_words(report: Report, last: Report | None) -> dict[str, list[Word]]:
    """The words of each part of the text, each with its place in the source; a new paragraph is a word of its own.

    Raises:
        InputError: a narrative cannot be printed.
    """
    known = names(report.form)
    marked = {}
    for key, narrative in report.narrative.items():
        source = _marked(narrative.source)
        marked[key] = parse(source, range(source.count("\n") + 1), known)
    document = compose(replace(report, narrative=marked), last)
    return {
        section.part.text: list(
            _joined(
                [
                    list(_words(paragraph.runs, report.narrative[section.part.text].source))
                    for paragraph in section.paragraphs
                ],
                report.narrative[section.part.text].source,
            )
        )
        for section in document.sections
        if section.paragraphs
    }


# ── marks ───────────────────────────────────────────────────────────────────────────────────────────


def _marked(source: str) -> str:
    """The source with its own offsets in it: before each expression and at the start of each stretch and line."""
    found, end = [], 0
    for tag in TAG.finditer(source):
        found += [_offsets(source[end : tag.start()], end), f"{AT}{tag.start()}{END}", tag[0]]
        end = tag.end()
    return "".join([*found, _offsets(source[end:], end)])


def _offsets(text: str, start: int) -> str:
    marked = []
    for line in text.split("\n"):
        marked.append(f"{AT}{start}{END}{line}" if line else "")
        start += len(line) + 1
    return "\n".join(marked)


def _words(runs: Sequence[Run], source: str) -> Iterator[Word]:
    """The words of one paragraph, without the blanks around it."""
    found: list[Word] = []
    at = 0
    for run in runs:
        if run.bound is not None:
            tag = TAG.match(source, at)
            end = tag.end() if tag else at
            found += [Word(text, at, end, run.bound) for text in words(run.text)]
            at = end
            continue
        for i, text in enumerate(_MARK.split(run.text)):
            if i % 2:
                at = int(text)
                continue
            for word in words(text):
                found.append(Word(word, at, at + len(word)))
                at += len(word)
    while found and found[0].bound is None and not found[0].text.strip():
        del found[0]
    while found and found[-1].bound is None and not found[-1].text.strip():
        del found[-1]
    yield from found


def _joined(paragraphs: Sequence[list[Word]], source: str) -> Iterator[Word]:
    """All words of a part, with a line break between two paragraphs."""
    plain = TAG.sub(lambda tag: "\ufffc" * len(tag[0]), source)
    end = None
    for paragraph in paragraphs:
        if not paragraph:
            continue
        if end is not None:
            line_end = max(end, plain.find("\n", end))
            yield Word("\n", end if plain[end:line_end].isspace() else line_end, paragraph[0].start)
        yield from paragraph
        end = paragraph[-1].end
