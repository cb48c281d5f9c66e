"""What a leader cannot be expected to understand on a paper: the input file, its keys, the commands, English."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from reportgen.model.findings import Finding, Remark, Severity

_FOREIGN = re.compile(
    r"[{}]{2}|\[[^\]]*\]|--|'''|\.(?:toml|json|html|docx)|(?<![A-Za-z.])(?!https?:)[a-z][a-z_.]+"
)
"""Any word in small Latin letters is one: keys, commands, options and endings of files all are."""


def foreign(text: str) -> list[str]:
    """What of a message is not in the leader's language; what it quotes from the report is the report's."""
    own, depth = [], 0
    for char in text:
        depth += (char == "“") - (char == "”" and depth > 0)
        own.append(char if not depth else " ")
    return _FOREIGN.findall("".join(own))


@contextmanager
def only_the_leaders_language() -> Iterator[None]:
    """Refuse every finding and remark the program makes that papers could not print."""

    def checked(kind: type[Any]) -> Any:
        made = kind.__init__

        def init(self: Any, *arguments: Any, **options: Any) -> None:
            made(self, *arguments, **options)
            by = str(sys._getframe(1).f_globals.get("__name__"))
            if by.startswith("reportgen.") and _is_printed(self):
                assert not foreign(self.text), f"{self.text} goes on papers: {foreign(self.text)}"

        kind.__init__ = init
        return made

    before = {kind: checked(kind) for kind in (Finding, Remark)}
    try:
        yield
    finally:
        for kind, made in before.items():
            kind.__init__ = made


def _is_printed(result: Finding | Remark) -> bool:
    """An input that cannot be used makes no paper; all else does."""
    is_refusal = isinstance(result, Finding) and result.severity is Severity.ERROR
    return not (is_refusal and result.rule.startswith("I"))
