"""``templates/<format>/vocabulary.toml`` -> :class:`Lexicon`: how texts speak of the figures of a form.

Refused is whatever the claim reader would not understand: a misspelt key, flag, table, row, column or kind of words.
A lost word would be a check lost without a word.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from .grid import FormError
from .model import Form, Table

Rows = tuple[str, ...]
"""Rows of one table that are added up."""

KINDS = frozenset(
    [
        "fill",
        "matters",
        "documents",
        "openness",
        "vague",
        "foreign",
        "scope",
        "subset",
        "channel",
        "channels",
        "publish",
        "decide",
        "share",
        "compare",
        "up",
        "down",
        "reach",
        "same",
        "rate",
        "whole",
        "done",
        "pending",
        "rest",
        "legal",
        "deciding",
        "respective",
        "each",
        "this",
        "last",
        "elsewhen",
        "if",
        "negation",
    ]
)
"""The kinds of words that are not about one table: the keys of ``[words]``."""
FLAGS = ("generic", "part", "weak", "soft", "plain", "attribute", "rest")
KEYS = ("words", "table", "rows", "or", "doubtful", "columns", *FLAGS)
_ENTRY = re.compile(r"\s*\[\[\s*term\s*\]\]")


@dataclass(frozen=True)
class Term:
    """What one word says of the tables. ``rows`` are alternatives that are equally usual; no rows: any."""

    table: str
    rows: tuple[Rows, ...] = ()
    doubtful: tuple[Rows, ...] = ()
    columns: tuple[str, ...] = ()
    generic: bool = False
    part: bool = False
    weak: bool = False
    soft: bool = False
    plain: bool = False
    """Such as 申请, which may be an application for something else."""
    attribute: bool = False
    """Such as 依申请公开, which may also be the attribute of an official document."""
    rest: bool = False
    """其他 at the end of a list."""

    @property
    def subject(self) -> bool:
        """Whether it names what is counted, not what became of it."""
        return not self.generic and not self.columns


@dataclass(frozen=True)
class Lexicon:
    """The words of one form; ``{last}``, ``{year}`` and ``{next}`` in them stand for years."""

    terms: tuple[tuple[str, Term], ...]
    words: tuple[tuple[str, str], ...]
    """Word and kind."""


def load_lexicon(form: Form) -> Lexicon:
    """Read the words of ``form``; read once for each state of the file.

    Raises:
        FormError: the file is not there, cannot be read, or names what the form does not have.
    """
    path = form.folder / "vocabulary.toml"
    try:
        text = path.read_text(encoding="utf-8-sig")
        data = _parsed(text)
    except FileNotFoundError:
        raise FormError(
            f"{path}：没有这个文件，文字里的数就不能和表格核对。请从原来的模板再复制一份。"
        ) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise FormError(f"{path}：读不出来：{error}") from None
    try:
        return _Reader(form, data, text.splitlines()).lexicon()
    except FormError as error:
        raise FormError(f"{path}：{error}") from None


@lru_cache(maxsize=4)
def _parsed(text: str) -> Mapping[str, Any]:
    return tomllib.loads(text)


@dataclass(frozen=True)
class _Reader:
    form: Form
    data: Mapping[str, Any]
    lines: list[str]

    def lexicon(self) -> Lexicon:
        self._known("", self.data, ("term", "words"))
        entries, kinds = self.data.get("term", []), self.data.get("words", {})
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise FormError("term 要写成一条一条的 [[term]]")
        if not isinstance(kinds, dict):
            raise FormError("words 要写成单独的一节 [words]")
        self._known("[words] ", kinds, KINDS)
        return Lexicon(
            tuple(pair for i, entry in enumerate(entries) for pair in self._terms(i, entry)),
            tuple(
                (word, kind)
                for kind, words in kinds.items()
                for word in _texts(f"{self._line_of(kind)}{kind}", words)
            ),
        )

    def _terms(self, index: int, entry: Mapping[str, Any]) -> Iterator[tuple[str, Term]]:
        place = self._place(index)
        self._known(place, entry, KEYS)
        key = entry.get("table")
        if not isinstance(key, str) or key not in self.form.tables:
            raise FormError(f"{place}的 table 要写 {'、'.join(self.form.tables)} 中的一个{_instead(key)}")
        table = self.form.tables[key]
        for flag in FLAGS:
            if not isinstance(entry.get(flag, False), bool):
                raise FormError(f"{place}的 {flag} 只能写 true 或 false{_instead(entry[flag])}")
        alternatives = [entry["rows"]] if "rows" in entry else []
        columns = _texts(f"{place}的 columns", entry.get("columns", ()), may_be_empty=True)
        self._known(f"{place}的 columns ", columns, table.heads)
        term = Term(
            table.key,
            self._rows(f"{place}的 rows、or", table, [*alternatives, *_list(place, "or", entry)]),
            self._rows(f"{place}的 doubtful", table, _list(place, "doubtful", entry)),
            columns,
            **{flag: entry.get(flag, False) for flag in FLAGS},
        )
        yield from ((word, term) for word in _texts(f"{place}的 words", entry.get("words")))

    def _rows(self, place: str, table: Table, alternatives: Iterable[Any]) -> tuple[Rows, ...]:
        found = []
        for names in alternatives:
            named = _texts(place, names)
            self._known(f"{place} ", named, (*table.rows, *table.groups))
            found.append(tuple(row for name in named for row in table.groups.get(name, (name,))))
        return tuple(found)

    def _known(self, place: str, names: Iterable[str], known: Iterable[str]) -> None:
        known = list(known)
        for name in names:
            if name not in known:
                near = get_close_matches(name, known, n=1)
                cure = f"是不是“{near[0]}”" if near else f"可以写：{'、'.join(sorted(known))}"
                raise FormError(f"{place}里的“{name}”不认识，{cure}")

    def _place(self, index: int) -> str:
        numbers = [number for number, line in enumerate(self.lines, 1) if _ENTRY.match(line)]
        line = f"（第 {numbers[index]} 行起）" if index < len(numbers) else ""
        return f"第 {index + 1} 条 [[term]]{line}"

    def _line_of(self, kind: str) -> str:
        pattern = re.compile(rf"\s*{re.escape(kind)}\s*=")
        found = (number for number, line in enumerate(self.lines, 1) if pattern.match(line))
        return next((f"第 {number} 行 [words] 的 " for number in found), "[words] 的 ")


def _texts(place: str, written: Any, *, may_be_empty: bool = False) -> tuple[str, ...]:
    """A list of words.

    Raises:
        FormError: it is none, or holds something else, or an empty word.
    """
    if not isinstance(written, list | tuple) or not (written or may_be_empty):
        raise FormError(f'{place}要写成 ["…", "…"] 这样的一组')
    for word in written:
        if not isinstance(word, str) or not word.strip():
            raise FormError(f"{place}里有一项不是文字，或是空的")
    return tuple(written)


def _list(place: str, key: str, entry: Mapping[str, Any]) -> list[Any]:
    written = entry.get(key, [])
    if not isinstance(written, list):
        raise FormError(f'{place}的 {key} 要写成 [["…"]] 这样的一组')
    return written


def _instead(written: Any) -> str:
    return "" if written is None else f"，不能是“{written}”"
