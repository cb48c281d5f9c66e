"""意见台账: what reviewers said of the drafts of one report, and what became of it.

An opinion is a comment in a draft, or a correction made in it. It stays open until the input says what the correction
wanted, or the clerk has answered it: taken, or refused with a reason.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from ..patterns import regex
from .alignment import likeness
from .content import Content
from .differences import is_met
from .document import Document
from .findings import UNFILLED, Passage

TITLE = "title"
"""Where a correction of the title stands."""
LONGEST = 2000
"""Characters kept of what somebody wrote; the draft has all of it."""
DRAFT = "送审稿"
"""What a draft is called, before its number."""
PROGRAM = "年报核对程序"
"""The author of the comments that say what the checks found."""
SHOWN = 30
"""Characters shown of a paragraph that moved."""
NAMELESS = "没有留名"

_HEADING = regex(r"\s*意见(\d{1,6})（(.*)，未处理）\s*(?:\n|$)")


class State(StrEnum):
    """What became of an opinion, in the words of the ledger."""

    OPEN = "未处理"
    TAKEN = "已采纳"
    REFUSED = "不采纳"


class Kind(StrEnum):
    """What an opinion is, in the words of the ledger."""

    COMMENT = "批注"
    CORRECTION = "修改"
    MOVE = "调整段落"
    """Paragraphs that moved, were split or joined; what became of them is what was said."""
    UNREAD = "没有看懂"
    """What cannot be taken in; nobody but the clerk can answer it."""


@dataclass(frozen=True)
class Opinion:
    """One comment, one correction, or what else came back."""

    number: int
    draft: str
    """The draft it was made in, such as 送审稿1; "" where that did not tell."""
    author: str
    """"" where the correction was not tracked."""
    kind: Kind
    place: str
    """In the clerk's words; "" where it stands nowhere in particular."""
    words: str
    """The figure or the sentence it is about; of a correction what stood there before."""
    said: str
    """The comment; of a correction what is to stand there, "" for nothing."""
    state: State = State.OPEN
    reason: str = ""
    at: str = ""
    """The key of its cell or of its part of the text, or :data:`TITLE`."""
    replies: tuple[str, ...] = ()
    """What was answered in Word, each with its author: ``王科长：已核对。``"""

    @property
    def is_comment(self) -> bool:
        """Whether it is a comment and no correction."""
        return self.kind is Kind.COMMENT

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer; a refusal without a reason is none."""
        return self.state is State.OPEN or (self.state is State.REFUSED and not self.reason.strip())

    @property
    def key(self) -> tuple[str, str, str]:
        """What a correction is known by: its place, what stood there and what is to stand there."""
        return self.at, self.words, self.said

    @property
    def who(self) -> str:
        """Its author, in words where there is none."""
        return self.author or NAMELESS

    @property
    def origin(self) -> str:
        """Who said it, and in which draft."""
        return f"{self.who}（{self.draft or DRAFT}）"

    @property
    def heading(self) -> str:
        """The line a comment begins with that carries it into a later draft."""
        return f"意见{self.number}（{self.draft or DRAFT}，未处理）"

    @property
    def text(self) -> str:
        """What was said, as a sentence for a correction."""
        if self.kind in (Kind.COMMENT, Kind.UNREAD):
            return self.said
        if self.kind is Kind.MOVE:
            return f"{self.said}：“{shortened(self.words, SHOWN)}”"
        if "." in self.at:
            return f"{self.words or UNFILLED} 改为 {self.said or UNFILLED}"
        if self.words and self.said:
            return f"“{self.words}”改为“{self.said}”"
        return f"加上“{self.said}”" if self.said else f"删去“{self.words}”"

    @property
    def carried(self) -> tuple[str, ...]:
        """The lines of a comment that carries it into a later draft, below :attr:`heading`."""
        return (*self.text.split("\n"), *self.replies)

    def is_met_by(self, content: Content) -> bool:
        """Whether a correction stands in a content; of what was not understood that cannot be told."""
        if self.kind in (Kind.COMMENT, Kind.UNREAD):
            return False
        if self.at == TITLE:
            return content.title == self.said
        if "." in self.at:
            return content.figures.get(self.at, "") == self.said
        paragraphs = content.texts.get(self.at, ())
        if self.kind is Kind.MOVE:
            there = [paragraphs[i] for i in self._places if i < len(paragraphs)]
            return "".join(there) == self.words.replace("\n", "")
        return is_met(self.words[:LONGEST], self.said[:LONGEST], "\n".join(paragraphs))

    @property
    def _places(self) -> list[int]:
        """Where the paragraphs of a move are to stand, from 0."""
        found = re.search(r"第 ([\d、]+) 段$", self.said)
        return [int(place) - 1 for place in found[1].split("、")] if found else []


def shortened(text: str, longest: int = LONGEST) -> str:
    """The beginning of a text that is longer."""
    return text if len(text) <= longest else f"{text[:longest]}…"


def is_carried(text: str) -> tuple[int, str] | None:
    r"""The number and the draft of the opinion that a comment carries, by its first line; None for any other comment.

    >>> is_carried("意见3（送审稿1，未处理）\n请核对。"), is_carried("请核对。")
    ((3, '送审稿1'), None)
    """
    found = _HEADING.match(text)
    return (int(found[1]), found[2]) if found else None


def anchor(opinion: Opinion, document: Document) -> str | Passage | None:
    """Where an opinion stands in a later draft: its cell, its sentence, or the paragraph nearest to it; None: the title."""
    if opinion.at in document.form.cells:
        return opinion.at
    paragraphs = next(
        (section.paragraphs for section in document.sections if section.part.text == opinion.at), ()
    )
    if not paragraphs or not opinion.at:
        return None
    for words in filter(None, (opinion.words, "" if opinion.is_comment else opinion.said)):
        for index, paragraph in enumerate(paragraphs):
            if (start := paragraph.text.find(words)) >= 0:
                return Passage(opinion.at, index, start, start + len(words))
    like = [likeness(opinion.words, paragraph.text) for paragraph in paragraphs]
    nearest = like.index(max(like))
    return Passage(opinion.at, nearest, 0, len(paragraphs[nearest].text))
