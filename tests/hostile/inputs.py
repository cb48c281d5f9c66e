"""Input files gone wrong: characters and lines of the example changed, cut, doubled, grown, and values of any kind."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from random import Random

from .case import Case

EXAMPLE = Path(__file__).parents[2] / "inputs" / "putian-psb-2022.toml"
SCRAPS = (
    *"＝“”‘’，、。［］【】[]{}'\"\\#=,.:-+eE0x1\t\r\n\x00\x0b\x1b\u202e\ufeff\u2028",
    *("{{", "}}", "{%", "%}", "{#", "'''", '"""', "1e9", "nan", "inf", "true", "１９", "二十", "9" * 400),
    *(
        "[narrative]",
        "[[requests]]",
        "a.b.c = 1",
        "x = {y = {z = 1}}",
        "{{ year / 0 }}",
        "{{ [1] * 99999999 }}",
    ),
)


GROWN = (
    *("a = 1\n", "k{}= 1\n", "[t{}]\n", "[[waivers]]\n", "a.", "[", "{{", '"', "'", "“", "”“", "'''\n", '"""\n', "\\", "#", "="),
    *(" ", "\t", "\n", "1", "１", "1 ", "1,", "1,111", "，", "、", "甲", "甲。\n", "19件，", "（", "［", "x\n", "“”“\n", "- ", "1e"),
    *('"k{}": 1,\n', '"a": [', "{{ year }}", "overview = '''\n", "\u3000", "granted = [ 1\n", "\x0b", "\ud7ff", "\r", "0x1_"),
)  # fmt: skip
"""What is said again and again; {} is another number each time."""
KEYS = (
    *(
        "format",
        "year",
        "agency",
        "agency.name",
        "agency.address",
        "requests",
        "requests.granted",
        "narrative",
    ),
    *(
        "active_disclosure.fees",
        "active_disclosure.licensing",
        "active_disclosure.regulations",
        "narrative.overview",
    ),
    *(
        "review_litigation.review",
        "publication",
        "publication.date",
        "publication.url",
        "checks",
        "checks.X01",
    ),
    *(
        "checks.overview_length",
        "waivers",
        "signature",
        "signature.date",
        "opinions",
        "requests.granted.natural",
    ),
)


def cases(random: Random) -> Iterator[Case]:
    """Yield cases without end."""
    text = EXAMPLE.read_text(encoding="utf-8")
    as_json = json.dumps(tomllib.loads(text), ensure_ascii=False, indent=1)
    while True:
        suffix = random.choice((".toml", ".toml", ".json"))
        changed = text if suffix == ".toml" else as_json
        kind = random.choices(("changed", "grown", "valued"), (6, 2, 2))[0]
        if kind == "grown":
            changed = _grow(changed, random)
        elif kind == "valued":
            suffix, changed = ".json", _valued(text, random)
        else:
            for _ in range(random.choice((1, 1, 1, 2, 3, 8))):
                changed = _change(changed, random)
        content = changed.encode(
            random.choice(("utf-8", "utf-8", "utf-8-sig", "gb18030", "utf-16")), "replace"
        )
        if not random.randrange(20):
            content = content[: random.randrange(len(content))]
        command = random.choice(("check", "check", "build", "fix", "names"))
        arguments = (command, f"in{suffix}", *(("--write",) if command == "fix" else ()))
        yield Case(f"{command} {kind} {suffix}", arguments, {f"in{suffix}": content})


def _change(text: str, random: Random) -> str:
    """Put in, take out, double or move something of a text."""
    at = random.randrange(len(text) + 1)
    scrap = random.choice(SCRAPS)
    lines = text.split("\n")
    line = random.randrange(len(lines))
    match random.randrange(7):
        case 0:
            return text[:at] + scrap + text[at:]
        case 1:
            return text[:at] + scrap * random.choice((2, 50, 3000)) + text[at:]
        case 2:
            return text[:at] + text[at + random.choice((1, 1, 3, 40)) :]
        case 3:
            return text[:at] + scrap + text[at + 1 :]
        case 4:
            lines.insert(random.randrange(len(lines)), lines[line])
        case 5:
            del lines[line]
        case _:
            key, mark, _ = lines[line].partition("=")
            lines[line] = key + mark + scrap
    return "\n".join(lines)


def _grow(text: str, random: Random) -> str:
    """One thing again and again, up to what a file may hold and beyond, anywhere or in the place of a value."""
    unit = random.choice(GROWN)
    times = random.choice((300, 5_000, 100_000, 1_900_000)) // len(unit.encode("utf-8", "replace")) + 1
    grown = "".join(unit.format(i) for i in range(times)) if "{}" in unit else unit * times
    at = random.choice(
        (random.randrange(len(text) + 1), text.rfind("\n", 0, random.randrange(1, len(text))) + 1)
    )
    if not random.randrange(3):
        at = text.find("=", at) + 1 or text.find(":", at) + 1
    return text[:at] + grown + text[at:]


def _valued(text: str, random: Random) -> str:
    """A value of any kind at a key, as JSON."""
    data = tomllib.loads(text)
    for _ in range(random.choice((1, 1, 3))):
        table, _, key = random.choice(KEYS).partition(".")
        value = _value(random, 3)
        if not key:
            data[table] = value
        elif isinstance(data.setdefault(table, {}), dict):
            if isinstance(data[table].get(key), dict) or key.count("."):
                continue
            data[table][key] = value
    return json.dumps(data, ensure_ascii=random.choice((True, False)))


def _value(random: Random, depth: int) -> object:
    plain = (
        *(
            None,
            True,
            False,
            0,
            -1,
            1.5,
            10**15,
            10**99,
            float("nan"),
            float("inf"),
            1e300,
            1e-300,
            "",
            " ",
            "/",
            "—",
        ),
        *(
            "off",
            "error",
            "甲",
            "甲\n乙",
            "2022",
            "2022年",
            "19件",
            "1 234",
            "二十",
            "{{ none }}",
            "{{ year",
            "https://a.cn",
        ),
        *(
            "javascript:x",
            "2026-02-30",
            "\u202e",
            "\x00",
            "\ud800",
            "'''",
            "9" * 400,
            "X01",
            "1" * 13,
            "0x1f",
            "1e5",
        ),
    )
    if depth and not random.randrange(3):
        return [_value(random, depth - 1) for _ in range(random.choice((0, 1, 3, 7, 8)))]
    if depth and not random.randrange(4):
        names = ("rule", "mark", "natural", "total", "name", "k", "", "granted", "X01", "甲.乙")
        return {random.choice(names): _value(random, depth - 1) for _ in range(random.randrange(4))}
    return random.choice(plain)
