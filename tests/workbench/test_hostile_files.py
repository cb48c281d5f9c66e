"""Whatever an input file holds, it opens or is refused in words; what can be changed in it is changed, or left alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import pytest

from reportgen.form.model import Form
from reportgen.workbench.edits import EditError
from reportgen.workbench.pasting import pasted

from ..hostile import expressions, inputs
from .bench import Bench, Refused

KINDS = {"inputs": inputs.cases, "expressions": expressions.cases}
CASES = 12


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_files_open_or_are_refused(kind: str, tmp_path: Path) -> None:
    chance = Random(kind)
    opened = changed = 0
    for number, case in enumerate(islice(KINDS[kind](chance), CASES)):
        folder = tmp_path / str(number)
        folder.mkdir()
        case.write(folder)
        for path in [folder / name for name in case.files if name.endswith((".toml", ".json"))]:
            with suppress(Refused):  # a fault of the program is no refusal: the bench reports it
                bench = Bench(path)
                opened += 1
                for name_, given in _steps(bench):
                    with suppress(Refused):
                        bench.change(name_, **given)
                        changed += 1
            Bench(folder).call("folder")
    assert opened
    assert changed


def _steps(bench: Bench) -> Iterator[tuple[str, dict[str, Any]]]:
    """What a clerk might do next, by what the page knows then."""
    if bench.report["syntax"]:
        yield "mend_syntax", {}
    yield "figures", {"cells": {"requests.granted.natural": "7"}}
    yield "text", {"part": "overview", "source": "一段。"}
    for finding in bench.report.get("findings", [])[:2]:
        yield "waive", {"finding": finding["id"], "reason": "甲", "by": "乙"}
    yield "undo", {}


@pytest.mark.parametrize(
    "text",
    ['"', '"1\t2\n3', "\t" * 5000, "1\n" * 5000, "\x00", "１" * 100, "1" * 100 + "\t2", "=1+1\t=cmd|' /C calc'!A0", "\ud800\t1", "甲" * 100_000],
    ids=range(10),
)  # fmt: skip
def test_hostile_clipboards_are_refused_in_words(text: str, form: Form) -> None:
    with suppress(EditError):
        assert pasted(form, "requests.granted.natural", text).cells.keys() <= form.cells.keys()
