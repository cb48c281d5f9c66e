"""Workbooks gone wrong: a filled-in one whose parts are changed, cut and doubled, and ones grown beyond any report."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random

from reportgen.reading import read
from reportgen.writing.sheet import workbook

from .case import Case

EXAMPLE = Path(__file__).parents[2] / "inputs" / "putian-psb-2022.toml"
READ = re.compile(
    r"xl/(?:worksheets/sheet\d+|workbook|sharedStrings|styles|_rels/workbook)\.xml(?:\.rels)?|_rels/\.rels"
)
SCRAPS = (
    *(
        "",
        "0",
        "-1",
        "9" * 30,
        "1e309",
        "nan",
        "1.5",
        "XFD1048576",
        "A1:XFD1048576",
        "true",
        "s",
        "str",
        "b",
        "d",
        "e",
    ),
    *(
        "inlineStr",
        "#REF!",
        "'",
        "!",
        "$",
        "../../x",
        "文字",
        "2019",
        "../..",
        "&#x0;",
        "]]>",
        "<v/>",
        "<f/>",
        "<c/>",
    ),
    *("<row/>", "<is><r/></is>", "\u202e", "１９", "<!DOCTYPE a [<!ENTITY b 'c'>]>", "&b;"),
)
_PLACE = re.compile(r'="([^"]*)"|>([^<]+)<')
_ELEMENT = re.compile(r"<\w+[^>]*/>|<(c|row|mergeCell|si|f|v|definedName|sheet|xf)\b[^>]*>.*?</\1>")


def cases(random: Random) -> Iterator[Case]:
    """Yield cases without end."""
    report = read(EXAMPLE)
    whole = zipfile.ZipFile(io.BytesIO(workbook(report.form, report)))
    parts = {name: whole.read(name).decode() for name in whole.namelist()}
    while True:
        changed = dict(parts)
        for _ in range(random.choice((1, 1, 2, 3, 10, 40))):
            name = random.choice([name for name in parts if READ.fullmatch(name)])
            changed[name] = _change(changed[name], random)
        data = _packed(changed)
        if not random.randrange(20):
            data = data[: random.randrange(len(data))]
        arguments = random.choice((("import", "x.xlsx", "-o", "y.toml"), ("diff", "x.xlsx", "x.xlsx")))
        yield Case(arguments[0], arguments, {"x.xlsx": data})


def _change(text: str, random: Random) -> str:
    """Change, take out, double or grow something of a part."""
    match random.randrange(8):
        case 0 | 1 | 2:
            places = list(_PLACE.finditer(text))
            found = random.choice(places)
            group = 1 if found[1] is not None else 2
            scrap = random.choice(SCRAPS) if random.random() < 0.6 else random.choice(places)[group] or ""
            return text[: found.start(group)] + scrap + text[found.end(group) :]
        case 3 | 4:
            element = random.choice(list(_ELEMENT.finditer(text)) or list(_PLACE.finditer(text)))
            return text[: element.start()] + text[element.end() :]
        case 5:
            element = random.choice(list(_ELEMENT.finditer(text)) or list(_PLACE.finditer(text)))
            return (
                text[: element.end()] + element[0] * random.choice((1, 1, 50, 20_000)) + text[element.end() :]
            )
        case _:
            at = random.randrange(len(text))
            return text[:at] + random.choice(SCRAPS) + text[at + random.randrange(3) :]


def _packed(parts: Mapping[str, str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return made.getvalue()
