"""TOML or JSON text -> data, with the place of every key, and every fault of the text in one run.

The parsers of the standard library stop at the first fault. Here a faulty line is put right where one sure
correction exists (Chinese punctuation ＝ “ ” ， ［ ］, a missing bracket) and left out otherwise, and the text is
parsed again, until it can be read: so one run names all faults, each with the line and the corrected line.
Only full-width digits and 1,234, which have one meaning, are read with a note instead of being refused; and a row as it
is pasted becomes a text, which whoever knows the form can read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ..model.findings import Correction, Finding, Severity, cut
from ..model.language import Language
from .grammar import Fault, Grammar
from .keyboard import plain_digits
from .limits import MOST_NAMES
from .pasted import as_text
from .places import KeyPlace

MOST_FAULTS = 30
"""After so many faults a text is no input file, and the rest of it is not read."""
MOST_EFFORT = 4_000_000
"""Characters that are parsed and searched for one text, in all: so often is it read again, also for what is no fault."""
LONGEST_MENDED = 20_000
"""Characters of a line; in a longer one nothing is put right."""


@dataclass
class Parsed:
    """A text as data."""

    data: dict[str, Any] = field(default_factory=dict)
    places: Mapping[str, KeyPlace] = field(default_factory=dict)
    problems: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    """Of the text, as they are written."""
    left_out: set[int] = field(default_factory=set)
    """Lines that could not be read; if there are any, a missing key means nothing."""

    @property
    def whole(self) -> bool:
        return not self.left_out


def load(text: str, language: Language, most_names: int = MOST_NAMES) -> Parsed:
    """The data of a text that has no more than so many names."""
    return _Loader(text, _grammar(language), most_names).load()


def _grammar(language: Language) -> Grammar:
    if language is Language.JSON:
        from .json_grammar import GRAMMAR
    else:
        from .toml_grammar import GRAMMAR
    return GRAMMAR


class _Loader:
    """One text being read, again and again until it has no fault."""

    def __init__(self, text: str, grammar: Grammar, most_names: int) -> None:
        self.grammar = grammar
        self.most_names = most_names
        self.lines = text.split("\n")
        self.loaded = Parsed(lines=self.lines)
        self.effort = 0

    def load(self) -> Parsed:
        loaded = self.loaded
        while len(loaded.problems) <= MOST_FAULTS and self.effort <= MOST_EFFORT:
            found = self.parse(self.lines)
            if not isinstance(found, Fault):
                loaded.data = found
                places = self.grammar.places("\n".join(self.lines))
                loaded.places = {place.path: place for place in reversed(places)}
                loaded.problems += _doubles(places)
                return loaded
            mended = self.mended(found)
            if mended is None:
                return loaded
            self.lines = mended
        loaded.problems.append(_too_many())
        return loaded

    def parse(self, lines: list[str]) -> dict[str, Any] | Fault:
        text = "\n".join(lines)
        self.effort += len(text)
        return self.grammar.parse(text, self.most_names)

    def mended(self, fault: Fault) -> list[str] | None:
        """The lines without the fault: its line put right, else left out. None where reading cannot go on."""
        lines, loaded = self.lines, self.loaded
        if fault.is_final:
            loaded.left_out.add(fault.line)
            loaded.problems.append(_problem(fault.line, fault.message, "请核对是不是选错了文件。"))
            return None
        if fault.is_double and (single := self.without_doubles()) != lines:
            return single
        self.effort += sum(map(len, lines))  # what is searched below
        if (text := self.grammar.unended(lines)) and (
            mended := self.without(fault, text[1], f"{lines[text[1]]}'''")
        ):
            _report_unended(*text, lines, loaded)
            return mended
        faulty = fault.line - 1
        for at in (faulty, *self.grammar.suspects(lines, faulty)):
            if len(lines[at]) > LONGEST_MENDED:
                continue
            for corrected, why in self.grammar.corrections(lines[at], _table(lines, at)):
                if mended := self.without(fault, at, corrected):
                    told = replace(fault, message=why or fault.message)
                    _report_correction(at + 1, lines[at], corrected, told, loaded)
                    return mended
        written = lines[faulty]
        _report_left_out(fault, written, loaded)
        if not self.grammar.by_line or not written.strip() or written.lstrip().startswith("["):
            return None  # without the head of a table nobody knows whose the keys below it are
        return [*lines[:faulty], "", *lines[faulty + 1 :]]

    def without(self, fault: Fault, at: int, corrected: str) -> list[str] | None:
        """The lines with one of them corrected, if they are then without the fault; and not for ever."""
        if corrected == self.lines[at] or self.effort > MOST_EFFORT:
            return None
        mended = [*self.lines[:at], corrected, *self.lines[at + 1 :]]
        again = self.parse(mended)
        return mended if not isinstance(again, Fault) or again.line > fault.line else None

    def without_doubles(self) -> list[str] | None:
        """The lines without the second of two equal keys; None where a whole table is doubled."""
        lines, loaded = list(self.lines), self.loaded
        seen: dict[str, KeyPlace] = {}
        for place in self.grammar.places("\n".join(lines)):
            first = seen.setdefault(place.path, place)
            if first is place:
                continue
            loaded.problems += _doubles([first, place])
            loaded.left_out.add(place.line)
            if lines[place.line - 1].lstrip().startswith("["):
                return None
            if len(loaded.problems) > MOST_FAULTS:
                loaded.problems.append(_too_many())
                return None
            lines[place.line - 1 : place.last_line] = [""] * (place.last_line - place.line + 1)
        return lines


def _table(lines: list[str], at: int) -> str:
    """The table a line stands in."""
    heads = (re.fullmatch(r"\s*\[\s*([\w.]+)\s*\]\s*(?:#.*)?", line) for line in reversed(lines[:at]))
    return next((head[1] for head in heads if head), "")


def _report_unended(begin: int, end: int, lines: list[str], loaded: Parsed) -> None:
    correction = Correction(end + 1, lines[end], f"{lines[end]}'''")
    message = f"文字从这一行的 ''' 开始，后面没有用 ''' 结束。请在第 {end + 1} 行的末尾加上 '''。"
    loaded.problems.append(_corrected(begin + 1, message, correction))


def _report_left_out(fault: Fault, written: str, loaded: Parsed) -> None:
    if re.search(_CONTROL, written):
        fault = replace(fault, message="这一行有看不见的控制字符，请删去重打。")
    before = loaded.problems[-1] if loaded.problems else None
    goes_on = before and before.message == fault.message and fault.line - 1 in loaded.left_out
    loaded.left_out.add(fault.line)
    if goes_on:  # a text without its quotation marks is one problem, not twenty
        return
    loaded.problems.append(
        _problem(fault.line, fault.message, f"\n    原文：{cut(written)}" if written.strip() else "")
    )


def _report_correction(line: int, written: str, corrected: str, fault: Fault, loaded: Parsed) -> None:
    if corrected == plain_digits(written):
        note = f"“{cut(written)}”里的数字按“{cut(corrected)}”读入。"
        loaded.notes.append(Finding("I06", Severity.NOTE, note, line=line))
    elif corrected != as_text(written):  # of a pasted row the reader speaks who knows the form
        loaded.problems.append(_corrected(line, fault.message, Correction(line, written, corrected)))


def _doubles(places: list[KeyPlace]) -> list[Finding]:
    """A problem for each path that is written twice, up to so many."""
    by_path: dict[str, list[KeyPlace]] = {}
    for place in places:
        by_path.setdefault(place.path, []).append(place)
    found = [
        _problem(
            same[-1].line,
            f"“{cut(path)}”写了两次，第 {same[0].line} 行和第 {same[-1].line} 行。",
            "请核对哪一处是对的，删去另一处。",
        )
        for path, same in by_path.items()
        if len(same) > 1
    ]
    return found if len(found) <= MOST_FAULTS else [*found[:MOST_FAULTS], _too_many()]


_CONTROL = "[\x00-\x08\x0b-\x1f\x7f]"


def _too_many() -> Finding:
    return _problem(None, "文件里这样的错误太多，后面的没有再读。")


def _problem(line: int | None, message: str, advice: str = "") -> Finding:
    return Finding("I02", Severity.ERROR, message, advice, line=line)


def _corrected(line: int, message: str, correction: Correction) -> Finding:
    return Finding("I02", Severity.ERROR, message, correction.shown, line=line, correction=correction)
