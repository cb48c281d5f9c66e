"""How much work a piece of code does, counted instead of timed: the same on every machine and under every load."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def steps(action: Callable[[], object]) -> int:
    """The lines of Python that ``action`` runs, every turn of a loop anew.

    What a C function does within one line (a regular expression, a slice) is not seen; its growth is printed by
    ``python -m tests.benchmarks``.
    """
    counted = 0

    def trace(_: FrameType, event: str, __: Any) -> Any:
        nonlocal counted
        counted += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        action()
    finally:
        sys.settrace(before)
    return counted
