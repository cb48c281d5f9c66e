"""The narrative: plain text, one paragraph a line, with expressions over the figures (see :mod:`.expressions`)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from .paragraphs import GAP, Bound, Paragraph, mark, paragraphs

if TYPE_CHECKING:
    from jinja2 import Template

Names = Mapping[str, tuple[str, ...]]
"""The names a narrative may use, each with the keys of the cells it stands for (none for words such as year)."""

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
"""An expression, a condition or a comment, as it is written."""


class NarrativeError(Exception):
    """A narrative that cannot be printed; ``problems`` are (line in the input file, message) pairs."""

    def __init__(self, problems: list[tuple[int, str]]) -> None:
        self.problems = problems
        super().__init__("\n".join(message for _, message in problems))


class NoWhole(ZeroDivisionError):
    """A share of a whole that is zero was to be printed by the expression ``index``."""

    def __init__(self, index: int) -> None:
        self.index = index
        super().__init__(index)


@dataclass(frozen=True)
class Narrative:
    """One part of the text as the clerk wrote it, checked and ready to be printed."""

    source: str
    lines: Sequence[int]
    """The line in the input file of each line of ``source``."""
    template: Template | None
    """Prints it; None where it has no expressions."""
    bounds: tuple[Bound, ...]
    of_last: Mapping[str, int]
    """The names of last year's it uses, without ``last.``, and the line of each in the input file."""

    def render(self, values: Mapping[str, Any]) -> list[Paragraph]:
        """Print the text with ``values`` (see :func:`namespace`) and recognise its numbering.

        Raises:
            NarrativeError: a share of a whole that is zero.
        """
        try:
            marked = self.template.render(values) if self.template else mark(self.source, 0)
        except NoWhole as error:
            message = "占比的总数是 0，算不出占比；请改写这一句"
            raise NarrativeError([(self.bounds[error.index].line, message)]) from None
        starts = [0, *accumulate(len(line) + 1 for line in self.source.split("\n"))]
        return list(paragraphs(marked, self.bounds, lambda at: self.lines[bisect_right(starts, at) - 1]))


def namespace(values: Mapping[str, Any]) -> dict[str, Any]:
    """Turn values by dotted name into what a template can look up: ``requests.granted.total``."""
    tree: dict[str, Any] = {}
    for name, value in values.items():
        *path, last = name.split(".")
        node = tree
        for step in path:
            node = node.setdefault(step, {})
        node[last] = value

    def spaces(node: Any) -> Any:
        return SimpleNamespace(**{k: spaces(v) for k, v in node.items()}) if isinstance(node, dict) else node

    return {name: spaces(node) for name, node in tree.items()}


class Unfilled:
    """The value of a figure that is not filled in: whatever is computed from it is not filled in either."""

    def _same(self, *_: object) -> Unfilled:
        return self

    __add__ = __radd__ = __sub__ = __rsub__ = __neg__ = __pos__ = _same

    def _false(self, *_: object) -> bool:
        return False

    __bool__ = __lt__ = __le__ = __gt__ = __ge__ = _false

    def __str__(self) -> str:
        return GAP
