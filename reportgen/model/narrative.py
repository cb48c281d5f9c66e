"""The narrative: plain text, one paragraph a line, with expressions over the figures (see :mod:`.expressions`)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

from .findings import Correction, Finding, Severity
from .paragraphs import Bound, Paragraph, mark, paragraphs
from .values import NoWhole, settled

if TYPE_CHECKING:
    from jinja2 import Template

LONGEST_TEXT = 100_000
"""Characters in all parts of the text; the longest published reports have 20,000."""

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
"""An expression, a condition or a comment, as it is written."""

_BRACES = re.compile("[{}｛｝]")


def as_typed(text: str) -> str:
    """How a narrative has to be written so that it prints just ``text``, braces and all.

    >>> as_typed("甲{{乙"), as_typed("甲}乙")
    ("甲{{ '{' }}{{ '{' }}乙", '甲}乙')
    """
    if "{" not in text and "｛" not in text:
        return text
    return _BRACES.sub(lambda brace: f"{{{{ '{brace[0]}' }}}}", text)


class Problem(NamedTuple):
    """Why a narrative cannot be printed."""

    line: int
    """In the input file."""
    message: str
    correction: Correction | None = None


class NarrativeError(Exception):
    """A narrative that cannot be printed."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(problem.message for problem in problems))

    def findings(self, part: str) -> list[Finding]:
        """Its problems as findings; ``part`` is what the part of the text is called."""
        return [
            Finding(
                "I05",
                Severity.ERROR,
                f"{part}：{message}",
                correction.shown if correction else "",
                line=line,
                correction=correction,
            )
            for line, message, correction in self.problems
        ]


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

    @property
    def is_raw(self) -> bool:
        """Whether its expressions are wrong, so that it would be printed as it is typed."""
        return self.template is None and "{" in self.source

    def render(self, values: Mapping[str, Any]) -> list[Paragraph]:
        """Print the text with ``values`` (see :func:`namespace`) and recognise its numbering.

        Raises:
            NarrativeError: a share of a whole that is zero.
        """
        try:
            marked = settled(self.template.render(values)) if self.template else mark(self.source, 0)
        except NoWhole as error:
            message = "占比的总数是 0，算不出占比；请改写这一句"
            raise NarrativeError([Problem(self.bounds[error.index].line, message)]) from None
        starts = [0, *accumulate(len(line) + 1 for line in self.source.split("\n"))]
        known = dict(self._printed)
        self._printed.clear()
        found: list[Paragraph] = []
        for line in marked.split("\n"):
            if line not in known:
                known[line] = tuple(
                    paragraphs(line, self.bounds, lambda at: self.lines[bisect_right(starts, at) - 1])
                )
            self._printed[line] = known[line]
            found += known[line]
        return found

    @cached_property
    def _printed(self) -> dict[str, tuple[Paragraph, ...]]:
        """What each line gave when it was printed last: with another figure only the lines that name it are new."""
        return {}


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
