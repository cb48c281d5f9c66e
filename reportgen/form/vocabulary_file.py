"""``templates/<format>/vocabulary.toml`` -> :class:`Lexicon`: how texts speak of the figures of a form.

Refused is whatever the claim reader would not understand: a misspelt key, flag, table, row, column or kind of words.
A lost word would be a check lost without a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice, product
from math import prod
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from ..disk import why
from ..patterns import regex
from .grid import FormError
from .model import Form, Table
from .shape import instead_of, is_unprintable, shown
from .templates import AGAIN, read_toml

T = TypeVar("T")
FILE = "vocabulary.toml"
Words = tuple[str, ...]
Rows = tuple[str, ...]
"""Rows of one table that are added up."""

KINDS = frozenset([
    "fill", "matters", "documents", "openness", "vague", "foreign", "scope", "subset", "channel",
    "channels", "publish", "decide", "share", "compare", "up", "down", "reach", "same", "rate",
    "whole", "done", "pending", "rest", "legal", "deciding", "respective", "each", "this", "last",
    "elsewhen", "if", "negation", "all", "due", "cause", "except", "manner", "judge", "ordinary",
    "disclosure", "basis", "sort", "own", "sum", "etc", "within", "some",
])  # fmt: skip
"""The kinds of words that are not about one table: the keys of ``[words]``."""
FLAGS = ("generic", "part", "weak", "soft", "plain", "attribute", "rest")
KEYS = ("words", "table", "rows", "or", "doubtful", "columns", *FLAGS)
_ENTRY = regex(r"\s*\[\[\s*term\s*\]\]")


class Term(NamedTuple):
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


class Labels(NamedTuple):
    """How the labels of the form itself are said in a text."""

    silent: Words = ()
    """Those that say nothing by themselves, such as 其他."""
    starts: Words = ()
    """What texts leave out at the start of the label of a row, such as 属于."""
    ends: Words = ()
    """What they leave out at its end."""
    alone: Words = ()
    """The tables whose columns are known by their heads alone; of others, the text must be about the table."""


@dataclass(frozen=True)
class Lexicon:
    """The words of one form; ``{last}``, ``{year}`` and ``{next}`` in them stand for years."""

    terms: tuple[tuple[str, Term], ...]
    words: tuple[tuple[str, str], ...]
    """Word and kind."""
    labels: Labels | None
    parts: Mapping[str, tuple[Words, ...]] = field(default_factory=dict)
    """What prefaces call each part where they list them, by its key: the words for each of its sides, such as
    复议 and 诉讼. One side names the part; a side named in two items names it twice."""

    def over(self, base: Lexicon) -> Lexicon:
        """These words and those of ``base``; what is said here of a word and a table, or of a part, counts."""
        own = {(word, term.table) for word, term in self.terms}
        inherited = tuple((word, term) for word, term in base.terms if (word, term.table) not in own)
        return Lexicon(
            inherited + self.terms,
            base.words + self.words,
            self.labels or base.labels,
            {**base.parts, **self.parts},
        )


def load_lexicon(form: Form) -> Lexicon:
    """Read the words of ``form``; read once for each state of the file.

    A form with a base speaks as the base does, as far as both have the same rows and columns.

    Raises:
        FormError: the file is not there, cannot be read, or names what the form does not have.
    """
    lexicon = _read(form, form.folder / FILE)
    if form.base:
        lexicon = lexicon.over(_read(form, form.base / FILE, inherited=True))
    if lexicon.labels is None:
        raise FormError(
            f"{(form.base or form.folder) / FILE}：缺少 [labels] 这一节。请从原来的模板再复制一份。"
        )
    return lexicon


def _read(form: Form, path: Path, *, inherited: bool = False) -> Lexicon:
    try:
        text, data = read_toml(path)
    except FileNotFoundError:
        raise FormError(f"{path}：没有这个文件，文字里的数就不能和表格核对。{AGAIN}") from None
    except OSError as error:
        raise FormError(f"{path}：读不出来（{why(error)}）。{AGAIN}") from None
    kept = _KEPT.get((path, inherited))
    if kept and kept[0] is form and kept[1] == text:
        return kept[2]
    try:
        lexicon = _Reader(form, data, text.splitlines(), inherited).lexicon()
    except FormError as error:
        raise FormError(f"{path}：{error}") from None
    if len(_KEPT) == MOST_KEPT:
        _KEPT.clear()
    _KEPT[path, inherited] = form, text, lexicon
    return lexicon


MOST_KEPT = 4
_KEPT: dict[tuple[Path, bool], tuple[Form, str, Lexicon]] = {}
"""What was read last, of a form's own words and of its base's: several checks of one report ask for them."""


def words_lacking(form: Form, lexicon: Lexicon) -> int:
    """How many words of the project's form of the same name are not in a form's own ``lexicon``."""
    if form.project is None:
        return 0
    known = load_lexicon(form.project)
    own = {*lexicon.words, *((word, term.table) for word, term in lexicon.terms)}
    wanted = {*known.words, *((word, term.table) for word, term in known.terms)}
    return len(wanted - own) + len(known.parts.keys() - lexicon.parts.keys())


@dataclass(frozen=True)
class _Reader:
    """The words of one file being read."""

    form: Form
    data: Mapping[str, Any]
    lines: list[str]
    inherited: bool
    """Whether these are the words of the form's base: then what this form does not have is passed over."""

    def lexicon(self) -> Lexicon:
        self._known("", self.data, ("term", "words", "labels", "parts"))
        entries = self.data.get("term", [])
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise FormError("term 要写成一条一条的 [[term]]")
        kinds = self._section("words", KINDS)
        return Lexicon(
            _bounded(pair for i, entry in enumerate(entries) for pair in self._terms(i, entry)),
            _bounded(
                (word, kind)
                for kind, words in kinds.items()
                for word in _spelt(f"{self._line_of('words', kind)}{kind}", words)
            ),
            self._labels() if "labels" in self.data else None,
            dict(self._parts()),
        )

    def _section(self, name: str, known: Iterable[str]) -> Mapping[str, Any]:
        found = self.data.get(name, {})
        if not isinstance(found, dict):
            raise FormError(f"{name} 要写成单独的一节 [{name}]")
        self._known(f"[{name}] ", found, known)
        return found

    def _labels(self) -> Labels:
        known = Labels._fields
        found = {
            key: _texts(f"{self._line_of('labels', key)}{key}", words, may_be_empty=True)
            for key, words in self._section("labels", known).items()
        }
        if not self.inherited:
            self._known("[labels] 的 alone ", found.get("alone", ()), self.form.tables)
        return Labels(**found)

    def _parts(self) -> Iterator[tuple[str, tuple[Words, ...]]]:
        known = [part.key for part in self.form.parts if part.heading]
        names = self.data.get("parts", ()) if self.inherited else known
        for key, sides in self._section("parts", names).items():
            if key in known:
                place = f"{self._line_of('parts', key)}{key}"
                if not isinstance(sides, list) or not sides:
                    raise FormError(f'{place}要写成 [["…"]] 这样的一组')
                yield key, tuple(_texts(place, words) for words in sides)

    def _terms(self, index: int, entry: Mapping[str, Any]) -> Iterator[tuple[str, Term]]:
        place = self._place(index)
        self._known(place, entry, KEYS)
        key = entry.get("table")
        if self.inherited and isinstance(key, str) and key not in self.form.tables:
            return
        if not isinstance(key, str) or key not in self.form.tables:
            raise FormError(f"{place}的 table 要写 {'、'.join(self.form.tables)} 中的一个{_instead(key)}")
        table = self.form.tables[key]
        for flag in FLAGS:
            if not isinstance(entry.get(flag, False), bool):
                raise FormError(f"{place}的 {flag} 只能写 true 或 false{_instead(entry[flag])}")
        alternatives = [entry["rows"]] if "rows" in entry else []
        columns = _texts(f"{place}的 columns", entry.get("columns", ()), may_be_empty=True)
        rows = self._rows(f"{place}的 rows、or", table, [*alternatives, *_list(place, "or", entry)])
        if self.inherited and (not set(columns) <= set(table.heads) or ("rows" in entry and not rows)):
            return
        self._known(f"{place}的 columns ", columns, table.heads)
        term = Term(
            table.key,
            rows,
            self._rows(f"{place}的 doubtful", table, _list(place, "doubtful", entry)),
            columns,
            **{flag: entry.get(flag, False) for flag in FLAGS},
        )
        yield from ((word, term) for word in _spelt(f"{place}的 words", entry.get("words")))

    def _rows(self, place: str, table: Table, alternatives: Iterable[Any]) -> tuple[Rows, ...]:
        found = []
        for names in alternatives:
            named = _texts(place, names)
            if self.inherited and not {*table.rows, *table.groups}.issuperset(named):
                continue
            self._known(f"{place} ", named, (*table.rows, *table.groups))
            found.append(tuple(row for name in named for row in table.groups.get(name, (name,))))
        return tuple(found)

    def _known(self, place: str, names: Iterable[str], known: Iterable[str]) -> None:
        known = list(known)
        for name in names:
            if name not in known:
                raise FormError(f"{place}里的“{shown(name)}”不认识，{instead_of(name, sorted(known))}")

    @cached_property
    def _entries(self) -> list[int]:
        """The lines at which the terms begin."""
        return [number for number, line in enumerate(self.lines, 1) if _ENTRY.match(line)]

    @cached_property
    def _keys(self) -> Mapping[tuple[str, str], int]:
        """The line of each key of a section."""
        section, found = "", dict[tuple[str, str], int]()
        for number, line in enumerate(self.lines, 1):
            if line.lstrip().startswith("["):
                section = line.partition("]")[0].strip(" \t[")
            elif "=" in line:
                found.setdefault((section, line.partition("=")[0].strip()), number)
        return found

    def _place(self, index: int) -> str:
        line = f"（第 {self._entries[index]} 行起）" if index < len(self._entries) else ""
        return f"第 {index + 1} 条 [[term]]{line}"

    def _line_of(self, section: str, key: str) -> str:
        line = self._keys.get((section, key))
        return f"第 {line} 行 [{section}] 的 " if line else f"[{section}] 的 "


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
        if len(word) > _LONGEST:
            raise FormError(f"{place}里有一项太长，最多 {_LONGEST} 字")
        if is_unprintable(word):
            raise FormError(f"{place}里有看不见的控制字符，请删去重新输入")
    return tuple(written)


_CHOICE = regex(r"\{((?:[^{}]|\{\w+\})*\|(?:[^{}]|\{\w+\})*)\}")
_YEARS = regex(r"\{(?:last|year|next)\}")
_MOST = 5000
"""Spellings of one word at most."""
_MOST_ALL = 50_000
"""Of all words of a form; the project's own have 3,000."""
_LONGEST = 400
"""Characters of a word as it is written, with all its spellings."""


def _spelt(place: str, written: Any) -> Iterator[str]:
    """All spellings of a list of words: {收到|受理}{并|}答复 are four."""
    words = _texts(place, written)
    together = "".join(words)
    if "{" not in together and "}" not in together:
        yield from words
        return
    for word in words:
        if "{" not in word and "}" not in word:
            yield word
            continue
        pieces = _CHOICE.split(word)
        choices = [piece.split("|") if i % 2 else [piece] for i, piece in enumerate(pieces)]
        if any(mark in _YEARS.sub("", "".join(pieces[::2])) for mark in "{|}"):
            raise FormError(f"{place}里的“{word}”看不懂，可选的写法要写成 {{甲|乙}}")
        if prod(map(len, choices)) > _MOST:
            raise FormError(f"{place}里“{word}”的写法太多，超过 {_MOST} 种")
        for spelling in product(*choices):
            if not "".join(spelling).strip():
                raise FormError(f"{place}里的“{word}”可以什么都不写，请去掉一处空的写法")
            yield "".join(spelling)


def _list(place: str, key: str, entry: Mapping[str, Any]) -> list[Any]:
    written = entry.get(key, [])
    if not isinstance(written, list):
        raise FormError(f'{place}的 {key} 要写成 [["…"]] 这样的一组')
    return written


def _instead(written: Any) -> str:
    return "" if written is None else f"，不能是“{shown(written)}”"


def _bounded(spelt: Iterable[T]) -> tuple[T, ...]:
    found = tuple(islice(spelt, _MOST_ALL + 1))
    if len(found) > _MOST_ALL:
        raise FormError(f"说法太多，连同各种写法超过 {_MOST_ALL} 种")
    return found
