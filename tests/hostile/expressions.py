"""What a narrative may say between braces, and what it may not: grown from a small grammar, nested, joined and spoilt."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from .case import Case
from .inputs import EXAMPLE

NAMES = (
    *("year", "年份", "agency.name", "机关名称", "agency.fax", "requests.granted.total", "予以公开.总计"),
    *(
        "active_disclosure.fees",
        "last.year",
        "上年.予以公开.总计",
        "requests.unavailable.total",
        "不予公开.总计",
    ),
    *(
        "requests",
        "requests.granted",
        "总计",
        "nope",
        "self",
        "loop",
        "range",
        "year.real",
        "agency.name.upper",
    ),
    *("予以公开.总计.", "requests['granted']['total']", "requests[year]", "agency.name[0]", "x" * 60),
)
SOUND = (
    "year",
    "年份",
    "requests.granted.total",
    "予以公开.总计",
    "active_disclosure.fees",
    "agency.name",
    "1",
    "'甲'",
)
CONSTANTS = (
    *(
        "0",
        "1",
        "19",
        "1.5",
        "0.00000001",
        "1e999",
        "1e-9",
        "0x10",
        "0b1",
        "0o7",
        "1_0",
        "007",
        "9" * 12,
        "9" * 13,
    ),
    *(
        "9" * 400,
        "9" * 5000,
        "none",
        "None",
        "true",
        "False",
        "'甲'",
        '"乙"',
        "''",
        '"a\\nb"',
        '"\\ud800"',
        '"\\x"',
    ),
    *(
        '"\\u0000"',
        '"\\N{DIGIT ONE}"',
        "'\ufdd0'",
        "'}}'",
        "'{%'",
        "'第一行\n第二行'",
        "[1, 2]",
        "(1, 2)",
        "{'a': 1}",
    ),
)
FILTERS = (
    "share",
    "share(19)",
    "share(0)",
    "share(总计.总计)",
    "upper",
    "int",
    "default('x')",
    "join",
    "attr('x')",
)
JOINTS = (
    " + ",
    " - ",
    " * ",
    " / ",
    " ~ ",
    " ** ",
    " // ",
    " % ",
    " and ",
    " or ",
    " == ",
    " != ",
    " > ",
    " <= ",
)
OPERATORS = (*JOINTS, " in ", " not in ", " is ", " if ")
TESTS = ("defined", "none", "number", "divisibleby(2)")
STATEMENTS = (
    *(
        "for x in (1, 2)",
        "endfor",
        "set x = 1",
        "macro m()",
        "endmacro",
        "include 'x'",
        "import 'os' as o",
        "raw",
    ),
    *(
        "endraw",
        "autoescape true",
        "endautoescape",
        "block b",
        "endblock",
        "extends 'x'",
        "filter upper",
        "call m()",
    ),
    *(
        "endfilter",
        "endcall",
        "do x",
        "continue",
        "debug",
        "trans",
        "with x = 1",
        "endwith",
        "else",
        "elif year",
    ),
)
SCRAPS = (
    *"{}%#|.,()[]'\"\\｛｝％（）｜．“”、。",
    "{{",
    "}}",
    "{%",
    "%}",
    "{#",
    "#}",
    "{{-",
    "-}}",
    "\n",
    "{{ year }",
)
LARGE = 200_000
"""Characters a part of the text may have."""


def cases(random: Random) -> Iterator[Case]:
    """Yield cases without end."""
    example = EXAMPLE.read_text(encoding="utf-8")
    begin = example.index("overview = '''")
    end = example.index("'''", begin + 14)
    while True:
        make = random.choices((_text, _spoilt, _enormous), (12, 6, 1))[0]
        written = make(random).replace("'''", "''")
        text = f"{example[:begin]}overview = '''\n{written}\n{example[end:]}"
        command = random.choice(("check", "check", "build", "fix", "check --explain"))
        yield Case(
            f"{command} {make.__name__}",
            (*command.split(), "in.toml"),
            {"in.toml": text.encode("utf-8", "replace")},
        )


def _text(random: Random) -> str:
    return "".join(
        random.choice((_typed, _printed, _printed, _printed, _chosen, _other))(random)
        for _ in range(random.randrange(1, 6))
    )


def _typed(random: Random) -> str:
    return random.choice(("本局收到申请", "件，", "。\n", "（一）主动公开。", "占", "比上年增长", "\n　　"))


def _printed(random: Random) -> str:
    dash = random.choice(("", "", "", "-", "+"))
    return f"{{{{{dash} {_expression(random, 3)} {dash}}}}}"


def _chosen(random: Random) -> str:
    parts = "".join(f"{{% elif {_expression(random, 2)} %}}乙" for _ in range(random.choice((0, 0, 1))))
    otherwise = random.choice(("", "{% else %}" + _printed(random)))
    return f"{{% if {_expression(random, 3)} %}}{_printed(random)}{parts}{otherwise}{{% endif %}}"


def _other(random: Random) -> str:
    return random.choice(
        ("{% " + random.choice(STATEMENTS) + " %}", "{# 说明 #}", "{% raw %}{{ x }}{% endraw %}")
    )


def _expression(random: Random, depth: int) -> str:
    def inner() -> str:
        return _expression(random, depth - 1)

    if not depth:
        return random.choice(random.choice((SOUND, SOUND, SOUND, SOUND, NAMES, CONSTANTS)))
    shapes: tuple[Callable[[], str], ...] = (
        inner,
        inner,
        lambda: inner() + random.choice(OPERATORS) + inner(),
        lambda: inner() + random.choice(OPERATORS) + inner(),
        lambda: f"{inner()} | {random.choice(FILTERS)}",
        lambda: f"{inner()} | share({inner()})",
        lambda: f"{inner()} | share({inner()}, {inner()})",
        lambda: f"{inner()} | share(*{inner()}, **{inner()})",
        lambda: f"({inner()})",
        lambda: f"not {inner()}",
        lambda: f"-{inner()}",
        lambda: f"{inner()} if {inner()} else {inner()}",
        lambda: f"{inner()} if {inner()}",
        lambda: f"{inner()} is {random.choice(TESTS)}",
        lambda: f"{inner()}({inner()})",
        lambda: f"{inner()}[{inner()}]",
    )
    return random.choice(shapes)()


def _spoilt(random: Random) -> str:
    """A text with something put in or taken out anywhere."""
    text = _text(random)
    for _ in range(random.randrange(1, 4)):
        at = random.randrange(len(text) + 1)
        text = text[:at] + random.choice((*SCRAPS, "")) + text[at + random.randrange(3) :]
    return text


def _enormous(random: Random) -> str:
    """One thing again and again, up to what a part of the text may hold, and sometimes beyond."""
    unit = random.choice(
        (
            *SCRAPS,
            *("{{ year }}", "{{ yaer }}", "{{ 予以公 }}\n", "{{\n", "{{ year\n", "｛｛ year ｝｝", "{{ （一）予以公开.总计 }}"),
            *("{% if year %}", "{% if year %}甲{% endif %}", "{% elif year %}", "{{ year + ", "(", "{# 甲 #}", "{{ '", "甲"),
            *("公开{{ 予以公开.总计 | share(总计.总计) }}，", "1", "1_", "1.", "予以公开.", "year | share(year) | "),
        )
    )  # fmt: skip
    opening = random.choice(("", "", "{{ ", "{% if year %}", "{{ year + "))
    closing = random.choice(("", "", " }}", "{% endif %}"))
    return opening + unit * (random.choice((100, 2001, LARGE, LARGE + 1)) // len(unit)) + closing
