"""What a paragraph or a table cell of a Word file holds: its text, and all that stands in it besides."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import accumulate


@dataclass(frozen=True)
class Edit:
    """A tracked change: its author, the place in the text it was made at, and what it deleted there."""

    author: str
    start: int
    end: int
    deleted: str = ""
    moves: bool = False
    """Whether a whole paragraph moved by it, or was split off or joined: a mark of a paragraph changed."""


@dataclass(frozen=True)
class Withheld:
    """What stands in the file and is not taken for text: struck out by its look, or hidden."""

    at: int
    """The place in the text."""
    text: str
    is_hidden: bool = False
    author: str = ""
    """Who struck it out, where that was tracked."""


@dataclass
class Line:
    """One paragraph, or what a table cell holds."""

    text: str = ""
    starts: dict[str, int] = field(default_factory=dict)
    """Where the range of each comment begins, by the comment's id."""
    ends: dict[str, int] = field(default_factory=dict)
    foreign: set[str] = field(default_factory=set)
    """What stands in it besides text, in Chinese."""
    edits: list[Edit] = field(default_factory=list)
    """Who changed it, where changes were tracked."""
    withheld: list[Withheld] = field(default_factory=list)
    """In the order of the text."""
    columns: int = 1
    """Of a cell: how many columns of the table it takes."""
    skipped: int = 0
    """Of a cell: the columns left free before it, at the beginning of its row."""
    goes_on: bool = False
    """Whether a cell is the lower part of one that begins in a row above."""

    @property
    def pieces(self) -> Iterator[tuple[str, int | None]]:
        """The whole of it in stretches: text, with None, and what is withheld, with its number."""
        at = 0
        for number, each in enumerate(self.withheld):
            yield self.text[at : each.at], None
            yield each.text, number
            at = each.at
        yield self.text[at:], None

    def with_back(self, numbers: Collection[int]) -> Line:
        """The line with some of what is withheld put back into the text."""
        back = sorted(numbers)
        at = [self.withheld[number].at for number in back]
        added = [0, *accumulate(len(self.withheld[number].text) for number in back)]
        return replace(
            self,
            text="".join(text for text, number in self.pieces if number is None or number in numbers),
            starts={id: place + added[bisect_left(at, place)] for id, place in self.starts.items()},
            ends={id: place + added[bisect_right(at, place)] for id, place in self.ends.items()},
            edits=[
                replace(
                    edit,
                    start=edit.start + added[bisect_left(at, edit.start)],
                    end=edit.end + added[bisect_right(at, edit.end)],
                )
                for edit in self.edits
            ],
            withheld=[
                replace(each, at=each.at + added[bisect_left(back, number)])
                for number, each in enumerate(self.withheld)
                if number not in numbers
            ],
        )

    def split(self) -> list[Line]:
        """A line for each that a manual line break makes."""
        if "\n" not in self.text:
            return [self]
        texts = self.text.split("\n")
        begins = [0, *accumulate(len(text) + 1 for text in texts[:-1])]
        lines = [Line(text) for text in texts]
        lines[0].foreign = self.foreign

        def on(start: int, end: int) -> Iterable[tuple[Line, int]]:
            for number in range(bisect_right(begins, start) - 1, bisect_right(begins, end)):
                yield lines[number], begins[number]

        for places, of in ((self.starts, "starts"), (self.ends, "ends")):
            for id, place in places.items():
                for line, begin in on(place, place):
                    getattr(line, of)[id] = place - begin
        for edit in self.edits:
            for line, begin in on(edit.start, edit.end):
                line.edits.append(replace(edit, start=edit.start - begin, end=edit.end - begin))
        for each in self.withheld:
            for line, begin in on(each.at, each.at):
                line.withheld.append(replace(each, at=each.at - begin))
        return lines

    def append(self, other: Line) -> None:
        """Put another line behind this one, without a break."""
        at = len(self.text)
        self.starts |= {id: at + start for id, start in other.starts.items()}
        self.ends |= {id: at + end for id, end in other.ends.items()}
        self.foreign |= other.foreign
        self.edits += [replace(edit, start=edit.start + at, end=edit.end + at) for edit in other.edits]
        self.withheld += [replace(each, at=each.at + at) for each in other.withheld]
        self.text += other.text
