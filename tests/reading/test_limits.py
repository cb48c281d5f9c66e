"""What an input file may hold is counted before it is parsed: each limit is named, with its line, and soon."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from reportgen.model.document import compose
from reportgen.model.narrative import LONGEST_TEXT
from reportgen.reading.limits import (
    DEEPEST_BRACKETS,
    DEEPEST_NAME,
    LONGEST_NUMBER,
    MOST_BRACKETS,
    MOST_LINES,
    MOST_NAMES,
)

from ..hostile import child
from .test_input_file import JSON, TEXT, Desk, changed, line_of
from .test_input_file import desk as desk

NAMES = f"文件里的名称超过 {MOST_NAMES} 个"
DOTS = f"名称里的点超过 {DEEPEST_NAME - 1} 个"
NUMBER = f"这个数太长，最多 {LONGEST_NUMBER} 个字符"
DEPTH = f"括号套了 {DEEPEST_BRACKETS} 层以上"
LINES = f"文件超过 {MOST_LINES} 行"
BRACKETS = f"文件里的括号超过 {MOST_BRACKETS} 个"
MANY = "文件里这样的错误太多，后面的没有再读"
TEXT_LENGTH = f"最多 {LONGEST_TEXT} 字"
HEAD = 'format = "2021"\nyear = 2022\n'
END = line_of("zzz", TEXT + "zzz")
GRANTED = line_of("granted             =")

HOSTILE = {
    "dots.toml": ("a" + ".a" * 50_000 + "=1", 1, DOTS),
    "dots of a table.toml": (HEAD + "[" + "a." * 50_000 + "a]", 3, DOTS),
    "dots of quoted names.toml": (HEAD + "x = {" + '"\\"" . "a".' * 20_000 + "a = 1}", 3, DOTS),
    "digits.toml": (HEAD + "[requests]\ngranted = [" + "1" * 100_000 + "]", 4, NUMBER),
    "digits with full width.toml": (HEAD + "[requests]\ngranted = " + "１" * 100_000, 4, NUMBER),
    "hexadecimal year.toml": (changed(("= 2022", "= 0x" + "f" * 4000)), line_of("year"), NUMBER),
    "digits.json": (JSON.replace("2022,", "1" * 100_000 + ",", 1), 3, NUMBER),
    "quotes.toml": ("“”“\n" * 3000, None, MANY),
    "backslashes.toml": (HEAD + '"""\n\\' * 40_000, None, MANY),
    "blanks.toml": (HEAD + "a = 1,111" + " " * 1_000_000 + "x", 3, "这一行的后面多了内容"),
    "equals.toml": ("=" * 1_000_000, 1, NAMES),
    "doubled.toml": ("a=1\n" * 100_000, MOST_NAMES + 1, NAMES),
    "doubled few.toml": ("a=1\n" * 4_000, None, MANY),
    "doubled.json": ("{" + '"a":1,' * 300_000 + '"a":1}', 1, NAMES),
    "doubled few.json": (
        "{\n" + ",\n".join(f'"a{i}":1, "a{i}":1' for i in range(2000)) + "}",
        None,
        MANY,
    ),
    "tables.toml": (TEXT + "[[waivers]]\n" * 100_000, None, BRACKETS),
    "lists.toml": (HEAD + "a = " + "[" * 100_000, 3, DEPTH),
    "objects.json": ('{"a":' * 900 + "1" + "}" * 900, 1, DEPTH),
    "settings.toml": (TEXT + "[checks]\n" + "".join(f"k{i}=1\n" for i in range(4000)), END + 1, "k0"),
    "lines.toml": (HEAD + "x\n" * 600_000, MOST_LINES + 1, LINES),
    "empty lines.toml": (TEXT + "\n" * 1_900_000 + "x", MOST_LINES + 1, LINES),
    "wrong lines.toml": (HEAD + "x\n" * 90_000, None, MANY),
    "texts.toml": (HEAD + "[narrative]\n" + "overview = '''\n" * 100_000, None, NAMES),
    "text.toml": (changed(("overview = '''\n", "overview = '''\n" + "甲" * 200_000)), line_of("overview ="), TEXT_LENGTH),
    "texts together.toml": (
        changed(*((f"{part} = '''\n", f"{part} = '''\n{'甲' * 40_000}") for part in ("overview", "problems")))
        .replace("other_matters = '''\n", "other_matters = '''\n" + "甲" * 40_000),
        line_of("[narrative]"),
        TEXT_LENGTH,
    ),
    "printed.toml": (
        changed(('address  = "', 'address  = "' + "甲" * 150), ("'''\n（一）", "'''\n" + "{{ 地址 }}" * 1000)),
        None,
        TEXT_LENGTH,
    ),
}  # fmt: skip


@pytest.mark.skipif(sys.platform != "linux", reason="limits of a child process are set as Linux has them")
@pytest.mark.parametrize("name", HOSTILE)
def test_a_limit_is_named_with_its_line_and_soon(name: str, tmp_path: Path) -> None:
    text, line, told = HOSTILE[name]
    file = f"input{Path(name).suffix}"
    folder = tmp_path / "f"
    folder.mkdir()
    (folder / file).write_text(text, encoding="utf-8")
    child.warm()
    outcome = child.run(("check", file), folder)
    assert (outcome.wrong, outcome.status) == ("", 2)
    assert told in outcome.err
    assert f"第 {line} 行：" in outcome.err or line is None
    assert len(outcome.err.splitlines()) < 5000


@pytest.mark.parametrize("command", [("fix",), ("fix", "--write"), ("names",)])
def test_other_commands_are_as_soon_at_their_end(command: tuple[str, ...], tmp_path: Path) -> None:
    folder = tmp_path / "f"
    folder.mkdir()
    (folder / "input.toml").write_text("“”“\n" * 60_000, encoding="utf-8")
    child.warm()
    outcome = child.run((*command, "input.toml"), folder)
    assert (outcome.wrong, outcome.status) == ("", 2)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("1e9999999999999999999999", "不是数字"),
        ("1e99999999", "超过 12 位"),
        ("-1e99999999", "是负数"),
        ("1e-99999999", "小数超过 8 位"),
        ("1e3", "不要用 e 的写法"),
    ],
)
@pytest.mark.parametrize("suffix", [".toml", ".json"])
def test_a_number_with_an_exponent_is_told(desk: Desk, written: str, told: str, suffix: str) -> None:
    text = TEXT if suffix == ".toml" else JSON
    old = "fees                = 0" if suffix == ".toml" else '"fees": 0'
    ((line, message),) = desk.problems(changed((old, f"{old[:-1]}{written}"), text=text), suffix)
    assert line == line_of(old, text)
    assert told in message


def test_an_address_in_two_lines_is_printed_in_one(desk: Desk) -> None:
    report = desk.read(changed(('"莆田市荔城区', "'''莆田市\n荔城区"), ('2006号"', "2006号'''")))
    preface = compose(report).sections[0].paragraphs[-1]
    assert "莆田市 荔城区" in preface.text


@pytest.mark.parametrize("quote", ["“", "“”", '"', "'", '\\"', "'''", '"""', "‘", "„”"])
def test_a_line_of_quotes_costs_time_that_grows_with_its_length(desk: Desk, quote: str) -> None:
    assert desk.problems(HEAD + "a = " + quote * 15_000 + "x")


def test_many_unknown_names_are_told_one_by_one_up_to_a_number(desk: Desk) -> None:
    rows = "".join(f"k{i} = 1\n" for i in range(3000))
    found = desk.problems(changed(("[agency]", f"[agency]\n{rows}")))
    assert len(found) == 30


def test_half_a_character_in_a_value_is_told_and_shown(tmp_path: Path) -> None:
    """JSON can name one; no terminal can show it."""
    folder = tmp_path / "f"
    folder.mkdir()
    (folder / "in.json").write_text(JSON.replace('"fees": 0', '"fees": "\\ud800"'), encoding="utf-8")
    child.warm()
    outcome = child.run(("fix", "in.json"), folder)
    assert (outcome.wrong, outcome.status) == ("", 2)
    assert "“\\ud800”不是数字" in outcome.err
