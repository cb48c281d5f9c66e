"""An entry put at the end of a list of tables, or taken out: everything else that stands there stays."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from reportgen.reading.adding import with_entry, without_entry

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


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_what_was_put_into_a_toml_file_is_taken_out_again(end: str) -> None:
    text = f"a = 1   # 说明{end}{end}[b]{end}c = 2{end}"
    path = Path("x.toml")
    one = with_entry(text, path, "waivers", ENTRY)
    two = with_entry(one, path, "waivers", {"rule": "X02", "reason": "[[waivers]]"})
    assert without_entry(two, path, "waivers", 1) == one
    assert without_entry(one, path, "waivers", 0) == text
    left = tomllib.loads(without_entry(two, path, "waivers", 0).replace("\r\n", "\n").replace("\r", "\n"))
    assert left == {"a": 1, "b": {"c": 2}, "waivers": [{"rule": "X02", "reason": "[[waivers]]"}]}


def test_what_stands_around_an_entry_stays() -> None:
    text = """# 头
[[waivers]]
rule = "X01"   # 说明

# 第二条
[[ waivers ]]  # 说明
rule = '''
[[waivers]]'''
[agency]
name = "甲"
"""
    path = Path("x.toml")
    first = without_entry(text, path, "waivers", 0)
    assert first == text.replace('[[waivers]]\nrule = "X01"   # 说明\n', "")
    second = without_entry(text, path, "waivers", 1)
    assert second == text.replace("[[ waivers ]]  # 说明\nrule = '''\n[[waivers]]'''\n", "")


@pytest.mark.parametrize("number", [0, 1, 2])
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x.toml", 'waivers = [ {r = "1"}, {r = "2, ]"},\n  {r = "3"} ]\nz = 1\n'),
        ("x.json", '{"waivers": [{"r": "1"}, {"r": "2, ]"},\n {"r": "3"}], "z": 1}'),
    ],
)
def test_out_of_a_list_in_brackets(name: str, text: str, number: int) -> None:
    parse = json.loads if name.endswith("json") else tomllib.loads
    wanted = parse(text)
    wanted["waivers"].pop(number)
    assert parse(without_entry(text, Path(name), "waivers", number)) == wanted


def test_what_was_put_into_a_json_file_is_taken_out_again() -> None:
    path, text = Path("x.json"), '{\n  "a": 1,\n  "waivers": [\n  { "rule": "S01" }\n  ]\n}\n'
    assert without_entry(with_entry(text, path, "waivers", ENTRY), path, "waivers", 1) == text
