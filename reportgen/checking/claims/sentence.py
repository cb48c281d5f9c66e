"""A sentence of the narrative as the readers see it: its tokens, its place, and what the text speaks of there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from ...model.chinese import CLAUSE_ENDS
from ...model.findings import Passage
from ...patterns import regex
from ..passages import Place
from .claim import Topic
from .readings import Figures, Reading, Statement, Verdict
from .vocabulary import CONNECTORS, Token

CLAUSE_END = frozenset(CLAUSE_ENDS + "（(）)\n")
"""Here a bracket holds a clause of its own: it may speak of another time, and tells what is around it nothing."""


def shortened(name: str) -> str:
    """The name of a body in the short form that texts use: 区政府办 for 区人民政府办公室."""
    return (
        name.replace("人民政府", "政府")
        .replace("办公厅", "办")
        .replace("办公室", "办")
        .replace("办事处", "")
        .replace("委员会", "委")
    )


_JOINING = frozenset([*CONNECTORS, "（", "）", "(", ")"])
_KIND = regex("[省市县区州旗盟总]?(局|厅|委|办|院|关)的?$")
_REGION = regex("(省|市|区|县|旗|盟|州|镇|乡|街道)(?:政府)?$")
"""The kind of the region at the end of the name of a government, :func:`shortened`."""


def _abridges(short: str, name: str) -> bool:
    """Whether ``short`` is made of characters of ``name`` in their order and ends as it does: 人社局, 市监局, 卫健委."""
    rest = iter(name)
    return name.endswith(short[-1:]) and all(character in rest for character in short)


@dataclass
class Sentence:
    """Tokens ``first`` to ``end`` of a paragraph, and the state of the reading."""

    place: Place
    figures: Figures
    tokens: list[Token]
    first: int
    end: int
    topic: Topic
    year: int
    own: str
    """The name of the body whose report it is, :func:`shortened`."""
    time: str = ""
    """``last`` after 上年, ``else`` after another time, otherwise this year."""
    bracketed: str | None = None
    """In a bracket right after a number: the table it speaks of, or nothing where that is none."""
    used: int = -1
    """The last token after a number that has told what it is."""
    _texts: dict[int, str] = field(default_factory=dict)
    """The text of each clause by where it begins."""

    def clause(self, index: int) -> range:
        """The tokens of the clause before ``index``; a list with 、 is one clause."""
        return range(self._begins[index - self.first], index)

    @cached_property
    def _begins(self) -> list[int]:
        """Where the clause of each token begins, and that of what comes after them."""
        begins = [self.first]
        for index in range(self.first, self.end):
            begins.append(index + 1 if self.tokens[index].text in CLAUSE_END else begins[-1])
        return begins

    @cached_property
    def comparisons(self) -> tuple[int, ...]:
        """The tokens that compare with another year."""
        return tuple(i for i in range(self.first, self.end) if self.tokens[i].of("compare"))

    def said(self, kind: str, indexes: Iterable[int]) -> str:
        """The first word of ``kind`` among the tokens, or nothing."""
        return next((self.tokens[i].text for i in indexes if self.tokens[i].of(kind)), "")

    def is_own(self, name: str) -> bool:
        """Whether ``name`` is the body's own, in full or in part (县自然资源局) or by its kind (市局)."""
        name = shortened(name.removesuffix("的"))
        kind = _KIND.match(name)
        return bool(name) and (
            name in self.own or _abridges(name, self.own) or bool(kind and self.own.endswith(kind[1]))
        )

    def in_brackets(self, place: int, index: int) -> bool:
        """Whether the token at ``place`` stands in brackets that are closed before ``index``."""
        depth = 0
        for token in self.tokens[place:index]:
            depth += (token.text in "（(") - (token.text in "）)")
        return depth < 0

    def outside(self, index: int) -> int:
        """``index``, or where the bracket begins that is closed right before it."""
        depth, opening = 0, index
        while opening > self.first:
            opening -= 1
            depth += (self.tokens[opening].text in "）)") - (self.tokens[opening].text in "（(")
            if depth <= 0:
                break
        return opening if self.tokens[opening].text in "（(" and not depth else index

    def scope(self, index: int) -> str:
        """The word before ``index`` that says another scope.

        全县 is a county government's own, and so are 全县各部门、各乡镇（街道）.
        """
        region = _REGION.search(self.own)
        own = f"全{region[1]}" if region else ""
        whole, found = False, ""
        for i in range(self.first, index):
            token = self.tokens[i]
            if token.of("scope"):
                whole = whole or token.text == own
                found = "" if whole else found or token.text
            elif not (token.text in _JOINING or self.in_brackets(i, index)):
                whole = False
        return found

    def nearest(self, index: int) -> Token | None:
        """The first token before ``index`` that is no blank and says more than words that only fill."""
        tokens = (self.tokens[i] for i in range(index - 1, self.first - 1, -1))
        return next((token for token in tokens if not (token.blank or token.of("fill"))), None)

    def before(self, index: int) -> range:
        """The tokens before ``index`` that no other number has used, the nearest first."""
        return range(index - 1, max(self.first, self.used + 1) - 1, -1)

    def after(self, index: int) -> range:
        return range(index + 1, self.end)

    def reading(
        self, index: int, kind: Statement = Statement.NONE, verdict: Verdict = Verdict.UNKNOWN
    ) -> Reading:
        """A reading of the token at ``index``, with its place."""
        token = self.tokens[index]
        return Reading(
            passage=Passage(self.place.part.text, self.place.index, token.start, token.end),
            line=self.place.paragraph.line,
            clause=self._clause_text(index),
            written=token.text,
            kind=kind,
            verdict=verdict,
            at=index,
            number=token.number,
        )

    def _clause_text(self, index: int) -> str:
        """The clause around ``index``; a list with 、 is one clause."""
        first = self._begins[index - self.first]
        if first not in self._texts:
            after = range(index + 1, self.end)
            end = next((i for i in after if self.tokens[i].text in CLAUSE_END), self.end)
            self._texts[first] = "".join(token.text for token in self.tokens[first:end]).strip()
        return self._texts[first]
