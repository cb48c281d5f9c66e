"""Two contents compared: figures by cell, the text sentence by sentence.

Whatever the contents were read from: an input file, a draft that came back, a page that was published.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .alignment import aligned
from .chinese import sentences
from .content import Content
from .rearrangement import Step, rearranged


@dataclass(frozen=True)
class FigureChange:
    """One cell that changed; None stands for 未填."""

    cell: str
    old: str | None
    new: str | None


@dataclass(frozen=True)
class TextChange:
    """One sentence that changed; "" where there was none, or is none any more."""

    part: str
    """The narrative key, such as ``overview``."""
    old: str
    new: str
    old_paragraph: int | None
    """The paragraph of the part it stood in, from 0; None where its paragraph is new."""
    new_paragraph: int | None
    """The paragraph it stands in now; None where its paragraph is gone."""

    @property
    def place(self) -> str:
        """Its paragraph, in Chinese."""
        if self.new_paragraph is not None:
            return f"第 {self.new_paragraph + 1} 段"
        return f"原第 {(self.old_paragraph or 0) + 1} 段"


@dataclass(frozen=True)
class Rearrangement:
    """Paragraphs of a part, by their places from 0, that moved, were split or were joined."""

    part: str
    old: tuple[int, ...]
    new: tuple[int, ...]
    words: str = field(default="", compare=False)
    """What they said before, one line a paragraph."""

    @property
    def text(self) -> str:
        """What became of them, in Chinese."""
        verb = "拆成" if len(self.new) > 1 else "合成" if len(self.old) > 1 else "移到"
        old, new = ("、".join(str(place + 1) for place in places) for places in (self.old, self.new))
        return f"原第 {old} 段{verb}第 {new} 段"


@dataclass(frozen=True)
class Changes:
    """What differs between two contents; true where anything does."""

    title: tuple[str, str] | None = None
    """The old and the new title."""
    figures: tuple[FigureChange, ...] = ()
    texts: tuple[TextChange, ...] = ()
    """Part by part, in the order of the text."""
    rearranged: tuple[Rearrangement, ...] = ()

    @property
    def number(self) -> int:
        """How many there are."""
        return bool(self.title) + len(self.figures) + len(self.texts) + len(self.rearranged)

    def __bool__(self) -> bool:
        return self.number > 0


Change = FigureChange | TextChange | Rearrangement


def is_met(old: str, new: str, text: str) -> bool:
    """Whether a text says what a corrected sentence is to say; "" is nothing.

    What is a part of the sentence that stood there is met only beside it: 不予公开6件 to 公开6件.

    >>> is_met("不予公开6件。", "公开6件。", "不予公开6件。"), is_met("收到5件。", "", "收到6件。")
    (False, True)
    """
    old, new = old.strip(), new.strip()
    if old and new in old:
        text = text.replace(old, "\0")
    return new in text if new else "\0" not in text


def compare(old: Content, new: Content) -> Changes:
    """What changed from ``old`` to ``new``."""
    found = [
        change
        for part in dict.fromkeys((*old.texts, *new.texts))
        for change in _text_changes(part, old.texts.get(part, ()), new.texts.get(part, ()))
    ]
    return Changes(
        title=None if old.title == new.title else (old.title, new.title),
        figures=tuple(
            FigureChange(cell, old.figures.get(cell), new.figures.get(cell))
            for cell in dict.fromkeys((*old.figures, *new.figures))
            if old.figures.get(cell) != new.figures.get(cell)
        ),
        texts=tuple(change for change in found if isinstance(change, TextChange)),
        rearranged=tuple(change for change in found if isinstance(change, Rearrangement)),
    )


def _text_changes(part: str, old: Sequence[str], new: Sequence[str]) -> Iterator[TextChange | Rearrangement]:
    steps = rearranged(old, new)
    sources = {step.move: step.old for step in steps if step.move and step.old}
    for step in steps:
        if step.move:
            if step.old:
                continue  # told where the paragraph stands now
            step = Step(sources[step.move], step.new, step.move)
        if step.move or len(step.old) + len(step.new) > 2:
            yield Rearrangement(part, step.old, step.new, "\n".join(old[i] for i in step.old))
        before = [(i, found[0]) for i in step.old for found in sentences(old[i])]
        after = [(j, found[0]) for j in step.new for found in sentences(new[j])]
        first_old, first_new = (places[0] if places else None for places in (step.old, step.new))
        for k, m in aligned([text for _, text in before], [text for _, text in after]):
            i, was = before[k] if k is not None else (first_old, "")
            j, now = after[m] if m is not None else (first_new, "")
            if was != now:
                yield TextChange(part, was, now, i, j)
