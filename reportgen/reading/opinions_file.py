"""意见台账 as a file: a TOML beside the input file, read, and rewritten in place with the clerk's words kept."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeGuard

from ..disk import beside
from ..model.findings import Finding, InputError, Severity, unusable
from ..model.language import Language, quoted
from ..model.opinions import Kind, Opinion, State
from .encoding import LARGEST, Source, read_source
from .limits import MOST_IN_LEDGER
from .places import toml_spans
from .syntax import Parsed, load

ENDING = ".意见.toml"
"""The ledger of 本局-2025.toml is 本局-2025.意见.toml."""
TABLE, LAST = "opinions", "last"
"""The opinions; the highest number that was ever given to one, which is never given again."""
MOST_PROBLEMS = 100
"""After so many the rest of a ledger is not read."""
HEAD = """\
# 意见台账：审核的人写的批注、作的修改，由 reportgen pull 记在这里。
# 处理以后，改 state（处理情况）：未处理、已采纳、不采纳。写“不采纳”的，在 reason 里写明理由。
# 未处理的，会写进下一稿的批注；其他各行不要改。可以加自己的说明，前面写 #。

"""
LAST_MEANS = "用过的最大的号：删去的意见，号不再用"
_KEYS = ("number", "draft", "author", "kind", "place", "words", "said", "replies", "state", "reason", "at")
_WIDTH = max(map(len, _KEYS))


@dataclass(frozen=True)
class OpinionsFile:
    """The ledger of one input file, and the text it was read from; None where there is no ledger yet."""

    path: Path
    opinions: tuple[Opinion, ...] = ()
    source: Source | None = None
    last: int = 0
    """The highest number that was ever given."""

    @property
    def data(self) -> bytes | None:
        """What was read; None where there is no ledger yet."""
        return self.source.encode(self.source.text) if self.source else None

    def with_opinions(self, opinions: Sequence[Opinion]) -> bytes:
        """The file with other opinions: changed values are changed in place, new opinions come last.

        Raises:
            InputError: it would become too large to be read again.
        """
        source = self.source or Source(HEAD, "utf-8")
        text = source.text
        ends = "\r\n" if "\r\n" in text else "\n"
        if not text.endswith("\n"):
            text += ends
        spans = toml_spans(text)
        changes = []
        for index, (before, now) in enumerate(zip(self.opinions, opinions, strict=False)):
            for key in ("state", "reason", "replies"):
                if getattr(before, key) == getattr(now, key):
                    continue
                value, path = _written(getattr(now, key)), f"{TABLE}.{index}.{key}"
                if path in spans:
                    changes.append((*spans[path], value))
                else:
                    own = f"{TABLE}.{index}."
                    last = max(end for name, (_, end) in spans.items() if f"{name}.".startswith(own))
                    at = re.compile(r"\r?$", re.MULTILINE).search(text, last)
                    assert at
                    changes.append((at.start(), at.start(), f"{ends}{key:{_WIDTH}} = {value}"))
        highest = max([self.last, *(opinion.number for opinion in opinions)])
        if highest > self.last:
            first, _ = spans.get(f"{TABLE}.0", (len(text), None))
            gap = ends if first < len(text) else ""
            new = (first, first, f"{LAST} = {highest}   # {LAST_MEANS}{ends}{gap}")
            changes.append((*spans[LAST], str(highest)) if LAST in spans else new)
        for start, end, value in sorted(changes, reverse=True):
            text = text[:start] + value + text[end:]
        added = "".join(f"\n{_entry(opinion)}" for opinion in opinions[len(self.opinions) :])
        data = source.encode(text + added.replace("\n", ends))
        if len(data) > LARGEST:
            message = f"意见太多，台账会超过 {LARGEST // 1024 // 1024} MB，没有写入。"
            raise unusable(self.path, message, "请核对送审稿；以前的意见都处理完了的，把台账改名存档。")
        return data


def opinions_path(input: Path) -> Path:
    """Where the ledger of an input file lies; whoever gives the ledger itself means it."""
    return input if input.name.endswith(ENDING) else beside(input, ENDING)


def is_ledger(data: Mapping[str, Any]) -> bool:
    """Whether what was read is a ledger and no input file."""
    return TABLE in data and not {"format", "year", "agency"} & set(data)


def read_opinions(input: Path) -> OpinionsFile:
    """The ledger of an input file; without opinions where there is none.

    Raises:
        InputError: it cannot be used; it holds all problems of the file.
    """
    path = opinions_path(input)
    if not path.exists() and not path.is_symlink():
        return OpinionsFile(path)
    if path.is_file() and not path.stat().st_size:
        return OpinionsFile(path)
    source = read_source(path)
    parsed = load(source.normal, Language.TOML, MOST_IN_LEDGER)
    reader = _Ledger(parsed)
    opinions, last = reader.opinions(), reader.last()
    if reader.problems:
        raise InputError(path, reader.problems)
    return OpinionsFile(path, opinions, source, last)


class _Ledger:
    """A ledger being read: its data, and the problems so far."""

    def __init__(self, parsed: Parsed) -> None:
        self.data = parsed.data
        self.places = parsed.places
        self.problems = parsed.problems

    def opinions(self) -> tuple[Opinion, ...]:
        for key in self.data:
            if key not in (TABLE, LAST):
                self.problem(key, f"不认识“{key}”。", f"每条意见以 [[{TABLE}]] 开头，请核对或删去。")
        items = self.data.get(TABLE, [])
        if (
            TABLE in self.places
            or not isinstance(items, list)
            or not all(isinstance(item, dict) for item in items)
        ):
            self.problem(TABLE, f"“{TABLE}”的写法不对。", f"每条意见以 [[{TABLE}]] 单独一行开头。")
            return ()
        found = []
        for index, item in enumerate(items):
            found.append(self.opinion(f"{TABLE}.{index}", item))
            if len(self.problems) > MOST_PROBLEMS:
                self.problem(f"{TABLE}.{index}", "台账里的错误太多，后面的没有再读。", "请先改正前面的。")
                return ()
        numbers: dict[int, int] = {}
        for index, opinion in enumerate(found):
            first = numbers.setdefault(opinion.number, index)
            if first != index and opinion.number:
                message = f"number {opinion.number} 写了两次。"
                self.problem(f"{TABLE}.{index}.number", message, "请给后面的一条换一个没有用过的号。")
        return tuple(found)

    def last(self) -> int:
        """The highest number that was given; one that was given above it counts too."""
        value = self.data.get(LAST, 0)
        if _is_number(value, least=0):
            return value
        self.problem(LAST, f"{LAST}（用过的最大的号）写成了“{value}”。", f"请写成数，例如：{LAST} = 9")
        return 0

    def opinion(self, path: str, item: Mapping[str, Any]) -> Opinion:
        for key in item:
            if key not in _KEYS:
                near = get_close_matches(key, _KEYS, n=1)
                advice = f"是不是“{near[0]}”？" if near else "自己的说明请写在 # 后面。"
                self.problem(f"{path}.{key}", f"不认识“{key}”。", advice)
        number = item.get("number")
        if not _is_number(number):
            self.problem(
                f"{path}.number",
                "这条意见没有 number（号），或不是数。",
                "请写一个没有用过的号，例如：number = 9",
            )
            number = 0
        return Opinion(
            number=number,
            kind=Kind(self.one_of(path, item, "kind", list(Kind), Kind.COMMENT)),
            state=State(self.one_of(path, item, "state", list(State), State.OPEN)),
            replies=self.replies(path, item),
            **{
                key: self.text(path, item, key)
                for key in ("draft", "author", "place", "words", "said", "reason", "at")
            },
        )

    def one_of(self, path: str, item: Mapping[str, Any], key: str, known: Sequence[str], default: str) -> str:
        value = item.get(key, default)
        if isinstance(value, str) and value.strip() in known:
            return value.strip()
        shown = "、".join(known)
        self.problem(
            f"{path}.{key}", f"{key} 写成了“{value}”。", f"只能写：{shown}。例如：{key} = {quoted(known[0])}"
        )
        return default

    def replies(self, path: str, item: Mapping[str, Any]) -> tuple[str, ...]:
        value = item.get("replies", [])
        if isinstance(value, list) and all(isinstance(reply, str) for reply in value):
            return tuple(value)
        self.problem(
            f"{path}.replies",
            "replies（回复）的写法不对。",
            '每条放在引号里，例如：replies = ["王科长：已核对。"]',
        )
        return ()

    def text(self, path: str, item: Mapping[str, Any], key: str) -> str:
        value = item.get(key, "")
        if isinstance(value, str):
            return value
        self.problem(f"{path}.{key}", f"{key} 要写成文字，放在引号里。", f'例如：{key} = "…"')
        return ""

    def problem(self, key: str, message: str, advice: str) -> None:
        key = key if key in self.places else f"{key}.0"
        while key and key not in self.places:
            key = key.rpartition(".")[0]
        line = self.places[key].line if key else None
        self.problems.append(Finding("I03", Severity.ERROR, message, advice, line=line))


def _is_number(value: Any, least: int = 1) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value < 1_000_000


def _entry(opinion: Opinion) -> str:
    lines = (
        f"{key:{_WIDTH}} = {_written(value)}\n"
        for key in _KEYS
        if (value := getattr(opinion, key)) or key not in ("replies", "at")
    )
    return f"[[{TABLE}]]\n{''.join(lines)}"


def _written(value: int | str | Sequence[str]) -> str:
    if isinstance(value, int):
        return str(value)
    return quoted(value) if isinstance(value, str) else f"[{', '.join(map(quoted, value))}]"
