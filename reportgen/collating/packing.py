"""A submission as bytes, for the pipe from a worker and for the cache; what is large stays packed until it is asked for.

Of ten thousand reports the sentences alone would fill half a gigabyte; packed they lie on the disk while a run lasts. JSON, so that whoever changes a cache can make
the program read other words, and do nothing else.
"""

from __future__ import annotations

import json
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, overload

from ..model.findings import Severity
from .area import Sentence, Submission, Told
from .aside import Aside, Kept

_HEAD = 8
"""Digits before the packed plain part: how long it is."""


class Sentences(Sequence[Sentence]):
    """The sentences of one report, packed."""

    def __init__(self, data: Kept, count: int) -> None:
        self._data = data
        self._count = count

    def put(self, aside: Aside) -> Sentences:
        """The same, put aside."""
        return Sentences(aside.put(self._data.read()), self._count)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Sentence]:
        return iter(self._unpacked())

    @overload
    def __getitem__(self, index: int) -> Sentence: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Sentence]: ...
    def __getitem__(self, index: int | slice) -> Sentence | Sequence[Sentence]:
        return self._unpacked()[index]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def _unpacked(self) -> tuple[Sentence, ...]:
        parts = json.loads(zlib.decompress(self._data.read())) if self._count else []
        return tuple(Sentence(*map(str, each)) for each in parts)


class Figures(Mapping[str, str]):
    """Values by cell, of one report: one short tuple; its keys, and often itself, shared by all reports of a form."""

    def __init__(self, places: Mapping[str, int], values: tuple[str, ...]) -> None:
        self._places = places
        self._values = values

    def __getitem__(self, cell: str) -> str:
        return self._values[self._places[cell]]

    def __contains__(self, cell: object) -> bool:
        return cell in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Mapping) and dict(self) == dict(other)

    def __hash__(self) -> int:
        return hash(self._values)


@lru_cache(maxsize=2_000)
def _places(keys: tuple[str, ...]) -> Mapping[str, int]:
    """Where the value of each cell stands; most reports have the same cells."""
    return {sys.intern(key): i for i, key in enumerate(keys)}


@lru_cache(maxsize=2_000)
def _one_of(values: tuple[str, ...]) -> tuple[str, ...]:
    """The same values once: the proofs of most reports are alike."""
    return values


def packed(submission: Submission) -> bytes:
    """The submission as bytes."""
    head = {
        name: getattr(submission, name)
        for name in ("file", "digest", "kind", "modified", "name", "year", "format", "reason", "is_report")
    }
    head["figures"] = [[*submission.figures], [*submission.figures.values()]]
    head["proofs"] = [submission.proofs.get(key, "") for key in submission.figures if submission.proofs]
    head["unread"] = dict(submission.unread)
    head["told"] = submission.told
    head["count"] = len(submission.sentences)
    first = zlib.compress(json.dumps(head, ensure_ascii=False).encode("utf-8", "surrogatepass"), 1)
    text = json.dumps([*submission.sentences], ensure_ascii=False).encode("utf-8", "surrogatepass")
    return str(len(first)).zfill(_HEAD).encode() + first + zlib.compress(text, 1)


def unpacked(data: bytes) -> Submission:
    """The submission that was packed.

    Raises:
        ValueError: these are not the bytes of one.
    """
    try:
        length = int(data[:_HEAD])
        head: dict[str, Any] = json.loads(zlib.decompress(data[_HEAD : _HEAD + length]))
        keys, values = head.pop("figures")
        proofs = head.pop("proofs")
        if len(proofs) not in (0, len(keys)):
            raise ValueError("proofs of other figures")
        count = int(head.pop("count"))
        told = tuple(_told(each) for each in head.pop("told"))
        unread = dict(head.pop("unread"))
        plain = Submission(**head)
        return replace(
            plain,
            figures=_by_cell(keys, values),
            proofs=_by_cell(keys, proofs) if proofs else {},
            unread=_by_cell(unread, unread.values()),
            told=told,
            sentences=Sentences(Kept(data[_HEAD + length :]), count),
        )
    except (ValueError, KeyError, TypeError, IndexError, zlib.error) as error:
        raise ValueError("no submission") from error


def _by_cell(keys: Iterable[str], values: Iterable[str]) -> Figures:
    return Figures(_places(tuple(keys)), _one_of(tuple(map(sys.intern, values))))


def _told(values: Sequence[Any]) -> Told:
    rule, severity, text, cells, *others = values
    return Told(rule, Severity(severity), text, tuple(map(sys.intern, cells)), *others)
