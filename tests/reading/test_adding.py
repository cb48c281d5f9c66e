"""A new entry at the end of a list of tables: everything that stands there stays."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from reportgen.reading.adding import with_entry

ENTRY = {"rule": "X01", "reason": '口径"不同"\\'}


@pytest.mark.parametrize("end", ["", "\n", "\n\n", "\r\n"])
def test_at_the_end_of_a_toml_file(end: str) -> None:
    text = f"a = 1   # 说明{end}"
    now = with_entry(text, Path("x.toml"), "waivers", ENTRY)
    assert now.startswith(text)
    assert now.count("\n") == now.count("\r\n") or "\r" not in end
    again = with_entry(now, Path("x.toml"), "waivers", {"rule": "X02"})
    assert tomllib.loads(again) == {"a": 1, "waivers": [ENTRY, {"rule": "X02"}]}


@pytest.mark.parametrize(
    "text",
    ["{}", '{ "a": 1 }', '{\n  "a": 1,\n  "waivers": []\n}', '{"waivers": [ {"rule": "S01"} ], "a": 1}\n'],
)
def test_in_a_json_file(text: str) -> None:
    before = json.loads(text)
    now = json.loads(with_entry(text, Path("x.json"), "waivers", ENTRY))
    assert now.pop("waivers") == [*before.pop("waivers", []), ENTRY]
    assert now == before
