"""Input files gone wrong: characters and lines of the example changed, cut, doubled and grown."""

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


def cases(random: Random) -> Iterator[Case]:
    """Yield cases without end."""
    text = EXAMPLE.read_text(encoding="utf-8")
    as_json = json.dumps(tomllib.loads(text), ensure_ascii=False, indent=1)
    while True:
        suffix = random.choice((".toml", ".toml", ".json"))
        changed = text if suffix == ".toml" else as_json
        for _ in range(random.choice((1, 1, 1, 2, 3, 8))):
            changed = _change(changed, random)
        content = changed.encode(
            random.choice(("utf-8", "utf-8", "utf-8-sig", "gb18030", "utf-16")), "replace"
        )
        if not random.randrange(20):
            content = content[: random.randrange(len(content))]
        command = random.choice(("check", "check", "build", "fix", "names"))
        arguments = (command, f"in{suffix}", *(("--write",) if command == "fix" else ()))
        yield Case(f"{command} {suffix}", arguments, {f"in{suffix}": content})


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
