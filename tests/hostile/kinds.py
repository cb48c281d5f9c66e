"""The kinds of hostile files, by name: each makes cases without end from a source of chance."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from . import expressions, inputs, pages, sheets, sources, templates, word
from .case import Case

KINDS: dict[str, Callable[[Random], Iterator[Case]]] = {
    "inputs": inputs.cases,
    "expressions": expressions.cases,
    "pages": pages.cases,
    "templates": templates.cases,
    "word": word.cases,
    "sources": sources.cases,
    "sheets": sheets.cases,
}
