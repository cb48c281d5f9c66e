"""Folders of templates from other hands: forms, words, page templates and base documents, changed in what they mean.

Not only characters: values of other kinds, keys moved and doubled, expressions of every sort put into pages, the parts of
the Word file with other measures, relations and elements.
"""

from __future__ import annotations

import copy
import io
import re
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

from lxml import etree

from .case import Case

ROOT = Path(__file__).parents[2]
FILES = {path.name: path.read_bytes() for path in (ROOT / "templates" / "2021").iterdir()}
INPUT = (ROOT / "inputs" / "putian-psb-2022.toml").read_bytes()
SCRAPS = (
    *(
        '"',
        "[",
        "]",
        "{",
        "}",
        "|",
        "=",
        ".",
        ",",
        "#",
        "\\",
        "\n",
        "\x00",
        "\x1b",
        "\u202e",
        "\ufeff",
        "'''",
        "[[",
    ),
    *(
        "nan",
        "inf",
        "-1",
        "0",
        "9" * 5000,
        "1e999",
        "true",
        "2021-01-01",
        "长" * 300,
        "{agency}",
        "{year}",
        "/" * 300,
    ),
)
WORST: tuple[Any, ...] = (
    *(0, -1, 1, 2, 7, 10**9, 10**30, 0.0, -0.5, 1e-9, 1e300, float("nan"), float("inf"), True, False),
    *(
        "",
        " ",
        "|",
        "x",
        "总计",
        "（一）",
        "一、",
        "1.",
        "其他",
        "件",
        "row",
        "column",
        "total",
        "natural",
        "overview",
    ),
    *(
        "\x00",
        "\x1b[31m",
        "\u202e",
        "\n",
        "{agency.__class__}",
        "{year:>99999}",
        "长" * 300,
        "<b>&amp;",
        "{{ 1 }}",
    ),
    *([], {}, [[]], [{}], {"x": 1}, ["total"], [0], ["", ""], ["总计"] * 500, [["x"]] * 300),
)


def cases(random: Random) -> Iterator[Case]:
    """Yield cases without end."""
    makers = (
        _form,
        _form,
        _form,
        _vocabulary,
        _vocabulary,
        _page,
        _page,
        _page,
        _word,
        _word,
        _word,
        _folder,
    )
    while True:
        maker = random.choice(makers)
        files = maker(random)
        kind = maker.__name__.strip("_")
        command = random.choice(_COMMANDS[kind])
        yield Case(
            f"{kind}: {' '.join(command)}",
            (*command, "--templates", "t"),
            {"本局-2022.toml": INPUT, **{f"t/{name}": data for name, data in files.items()}},
        )


_IN = "本局-2022.toml"
_CHECK, _BUILD = ("check", _IN), ("build", _IN, "-o", "out")
_ALL = (*_BUILD, "--fragment")
_COMMANDS = {
    "form": (
        _CHECK,
        _CHECK,
        _BUILD,
        _ALL,
        ("check", _IN, "--json"),
        ("names", _IN),
        ("diff", _IN, _IN),
        ("fix", _IN),
    ),
    "vocabulary": (_CHECK, ("check", _IN, "--explain"), _BUILD),
    "page": (_BUILD, _ALL, (*_ALL, "--final")),
    "word": (_BUILD, (*_BUILD, "--final")),
    "folder": (_CHECK, _ALL, ("names",), ("diff", _IN, _IN), ("verify", _IN, _IN), ("fix", _IN)),
}


def _with(name: str, data: bytes) -> dict[str, bytes]:
    return {f"2021/{each}": kept for each, kept in {**FILES, name: data}.items()}


# ── forms and words ─────────────────────────────────────────────────────────────────────────────────


def _form(random: Random) -> dict[str, bytes]:
    return _with("form.toml", _changed_toml("form.toml", random))


def _vocabulary(random: Random) -> dict[str, bytes]:
    return _with("vocabulary.toml", _changed_toml("vocabulary.toml", random))


def _changed_toml(name: str, random: Random) -> bytes:
    text = FILES[name].decode()
    if random.randrange(2):
        return _slips(text, random).encode("utf-8", "surrogatepass")
    data = tomllib.loads(text)
    change = random.choice((_change_value, _reword, _reword))
    for _ in range(random.choice((1, 1, 1, 2, 3, 10))):
        change(data, random)
    return toml(data).encode("utf-8", "surrogatepass")


def _slips(text: str, random: Random) -> str:
    """Lines and characters gone wrong."""
    for _ in range(random.choice((1, 1, 2, 5))):
        lines = text.split("\n")
        line = random.randrange(len(lines))
        match random.randrange(6):
            case 0:
                del lines[line : line + random.choice((1, 1, 2, 20))]
            case 1:
                lines[line:line] = lines[line : line + random.choice((1, 3))] * random.choice((1, 1, 300))
            case 2:
                other = random.randrange(len(lines))
                lines[line], lines[other] = lines[other], lines[line]
            case 3:
                key, mark, _ = lines[line].partition("=")
                lines[line] = key + mark + random.choice(SCRAPS)
            case 4:
                at = random.randrange(len(lines[line]) + 1)
                lines[line] = (
                    lines[line][:at] + random.choice(SCRAPS) + lines[line][at + random.choice((0, 1)) :]
                )
            case _:
                lines[line] = random.choice(
                    ("x" + ".x" * 20_000 + "=1", "x=" + "[" * 9999, "x" * 9999 + "=1", "[a]")
                )
        text = "\n".join(lines)
    return text


def _change_value(data: Any, random: Random) -> None:
    """Another value, another place or another name for something somewhere in ``data``."""
    holder = random.choice(list(_holders(data)))
    keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
    if not keys:
        return
    key, other = random.choice(keys), random.choice(keys)
    match random.randrange(7):
        case 0 | 1:
            holder[key] = copy.deepcopy(random.choice(WORST))
        case 2:
            del holder[key]
        case 3:
            holder[key], holder[other] = holder[other], holder[key]
        case 4:
            holder[key] = copy.deepcopy(random.choice(list(_holders(data))))
        case 5 if isinstance(holder, list):
            holder *= random.choice((2, 3, 40))
        case _ if isinstance(holder, dict):
            name = random.choice(
                (*"xX", "", "a.b", "class", "__init__", "总计", "total", "last", "year", "x" * 300)
            )
            holder[name] = holder.pop(key) if random.randrange(2) else copy.deepcopy(random.choice(WORST))


def _reword(data: Any, random: Random) -> None:
    """Another text or number that might stand where one stands."""
    holders = [
        each for each in _holders(data) if any(isinstance(inner, str | int | float) for inner in _inner(each))
    ]
    holder = random.choice(holders)
    keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
    key = random.choice([key for key in keys if isinstance(holder[key], str | int | float)])
    texts = [text for each in holders for text in _inner(each) if isinstance(text, str)]
    match holder[key]:
        case bool():
            holder[key] = not holder[key]
        case str():
            own = holder[key]
            holder[key] = random.choice(
                (*_LABELS, random.choice(texts), own * 5, own[:1], own[1:], f"{own}|{own}")
            )
        case _:
            holder[key] = random.choice((1, 1.5, 2, 3, 4, 7, 10, 22, 28, 60, 100, 499.9))


def _inner(holder: Any) -> list[Any]:
    return list(holder.values()) if isinstance(holder, dict) else holder


_LABELS = (
    *(
        "总计",
        "其他",
        "（一）",
        "一、",
        "1.",
        "（本列数据）",
        "属于",
        "申请",
        "0",
        "12",
        "/",
        "—",
        "<b>&",
        "{year}",
        "{{ 1 }}",
    ),
    *(
        "长" * 200,
        "|总|计|",
        "\u3000甲",
        "表三",
        "自然人",
        "x",
        "件",
        "万元",
        "%s",
        "'''",
        "“”",
        ". ",
        ")(",
        "[1]",
        "\\",
    ),
)


def _holders(value: Any) -> Iterator[Any]:
    """Every table and list, the large ones too."""
    if isinstance(value, dict | list):
        yield value
        for inner in list(value.values()) if isinstance(value, dict) else value:
            yield from _holders(inner)


def toml(data: dict[str, Any]) -> str:
    """TOML that reads back as ``data``."""
    return "".join(f"{_quoted(key)} = {_toml(value)}\n" for key, value in data.items())


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_quoted(key)} = {_toml(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return (
        str(value).lower()
        if isinstance(value, bool)
        else _quoted(value)
        if isinstance(value, str)
        else repr(value)
    )


def _quoted(text: str) -> str:
    return '"' + "".join(c if c.isprintable() and c not in '"\\' else f"\\u{ord(c):04x}" for c in text) + '"'


# ── page templates ──────────────────────────────────────────────────────────────────────────────────

_NAMES = (
    *(
        "document",
        "agency",
        "sections",
        "section",
        "cell",
        "publication",
        "draft",
        "gap",
        "wbr",
        "qr",
        "x",
        "ns",
        "m",
    ),
    *(
        "loop",
        "self",
        "caller",
        "range",
        "namespace",
        "dict",
        "lipsum",
        "cycler",
        "joiner",
        "super",
        "none",
        "true",
    ),
)
_ATTRIBUTES = (
    *(
        "form",
        "name",
        "title",
        "year",
        "figures",
        "content",
        "folder",
        "base",
        "tables",
        "cells",
        "parts",
        "sections",
    ),
    *(
        "__class__",
        "__init__",
        "__globals__",
        "__mro__",
        "__subclasses__",
        "_environment",
        "mro",
        "format",
        "items",
    ),
    *(
        "table",
        "head",
        "paragraphs",
        "index",
        "length",
        "cycle",
        "changed",
        "upper",
        "join",
        "encode",
        "fingerprint",
    ),
)
_FILTERS = (
    *(
        "join",
        "length",
        "list",
        "first",
        "last",
        "map(attribute='name')",
        "map('upper')",
        "select",
        "reject",
        "upper",
    ),
    *(
        "safe",
        "replace('a', 'b' * 999)",
        "format(1)",
        "center(10**9)",
        "indent(10**9)",
        "tojson",
        "string",
        "sort",
    ),
    *(
        "sum",
        "unique",
        "reverse",
        "default(x)",
        "batch(1)",
        "slice(2)",
        "attr('__class__')",
        "xmlattr",
        "min",
        "max",
    ),
    *(
        "selectattr('name')",
        "groupby('name')",
        "random",
        "wordwrap(1)",
        "round(10**9)",
        "abs",
        "int",
        "escape",
        "trim",
    ),
)


def _page(random: Random) -> dict[str, bytes]:
    name = random.choice(("report.html", "fragment.html", "check-sheet.html", "fonts.html"))
    text = FILES[name].decode()
    for _ in range(random.choice((1, 1, 2, 4))):
        at = random.choice([i for i, char in enumerate(text) if char == "\n"])
        text = text[:at] + _statement(random, 3) + text[at:]
    if not random.randrange(4):
        text = _slips(text, random)
    return _with(name, text.encode("utf-8", "surrogatepass"))


def _statement(random: Random, depth: int) -> str:
    value, other = _expression(random, depth), _expression(random, depth)
    file = random.choice(("'fonts.html'", "'report.html'", "'../form.toml'", "'x'", value))
    inner = _statement(random, depth - 1) if depth else "长" * random.choice((1, 1, 9999))
    return random.choice(
        (
            f"{{{{ {value} }}}}",
            f"{{% for x in {value} %}}{inner}{{% endfor %}}",
            f"{{% for x in range({random.choice((3, 99, 9999, 10**10))}) %}}{inner}{{% endfor %}}",
            f"{{% for x in range(9999) recursive %}}{{{{ loop({value}) }}}}{{% endfor %}}",
            f"{{% if {value} %}}{inner}{{% elif {other} %}}{inner}{{% endif %}}",
            f"{{% set x = {value} %}}{inner}",
            f"{{% set x %}}{inner}{inner}{{% endset %}}{{{{ x }}}}",
            f"{{% set ns = namespace(x={value}) %}}{{% for i in range(99) %}}{{% set ns.x = ns.x ~ ns.x %}}{{% endfor %}}",
            f"{{% macro m(x) %}}{inner}{{% endmacro %}}{{{{ m({value}) }}}}",
            f"{{% macro m(x) %}}{{{{ m(x) }}}}{inner}{{% endmacro %}}{{{{ m(1) }}}}",
            f"{{% call m({value}) %}}{inner}{{% endcall %}}",
            f"{{% filter {random.choice(_FILTERS)} %}}{inner}{{% endfilter %}}",
            f"{{% autoescape false %}}{inner}{{% endautoescape %}}",
            f"{{% include {file} %}}",
            f"{{% import {file} as m %}}{{{{ m.{random.choice(_ATTRIBUTES)} }}}}",
            f"{{% extends {file} %}}",
            f"{{% block content %}}{inner}{{% endblock %}}",
            f"{{% with x = {value} %}}{inner}{{% endwith %}}",
            f"{{% raw %}}{inner}{{% endraw %}}",
            f"{{# {inner} #}}",
        )
    )


def _expression(random: Random, depth: int) -> str:
    simple = (
        random.choice(_NAMES),
        repr(
            random.choice(
                (0, 1, -1, 9999, 10**10, 1.5, "", "<b>", "%s", "%99999d", "{0.__class__}", "长" * 99)
            )
        ),
        f"{random.choice(_NAMES)}.{random.choice(_ATTRIBUTES)}",
    )
    if not depth or not random.randrange(4):
        return random.choice(simple)
    binary = random.choice(("+", "-", "*", "/", "//", "%", "**", "~", "==", "<", "in", "and", "or", "is"))
    pattern = random.choice(
        (
            f"0.{random.choice(_ATTRIBUTES)}",
            f"0['{random.choice(_ATTRIBUTES)}']",
            f"(0) | {random.choice(_FILTERS)}",
            f"(0 {binary} 0)",
            *("0[0]", "0[:0]", "0(0)", "0()", "[0, 0]", "(0, 0)", "{0: 0}", "(0 if 0 else 0)", "not 0", "-0"),
        )
    )
    return re.sub(r"\b0\b", lambda _: _expression(random, depth - 1), pattern)


# ── base documents ──────────────────────────────────────────────────────────────────────────────────

_VALUES = (
    "",
    "0",
    "-1",
    "1",
    "x",
    "2",
    "57",
    "999",
    "99999",
    "999999999999",
    "1.5",
    "1e9",
    "nan",
    "true",
    "auto",
    "rId1",
    "Title",
)
_TAGS = (
    *(
        "p",
        "r",
        "t",
        "tbl",
        "tc",
        "sdt",
        "ins",
        "del",
        "hyperlink",
        "fldSimple",
        "fldChar",
        "instrText",
        "basedOn",
        "sz",
    ),
    *(
        "sectPr",
        "pgSz",
        "pgMar",
        "headerReference",
        "spacing",
        "tblCellMar",
        "style",
        "name",
        "object",
        "pict",
        "titlePg",
    ),
)


def _word(random: Random) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(FILES["report.docx"])) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(random.choice((1, 1, 2, 4))):
        name = random.choice([name for name in parts if name.endswith((".xml", ".rels"))])
        parts[name] = random.choice(_PART_CHANGES)(parts[name], random)
    if not random.randrange(6):
        name = random.choice(
            (
                "word/media/x.png",
                "word/vbaProject.bin",
                "../../x",
                "word/styles.xml/",
                "x" * 300,
                "word/header1.xml ",
            )
        )
        parts[name] = random.choice((b"", b"\x89PNG", b"<x/>", b"0" * 30_000_000))
    if not random.randrange(10):
        del parts[random.choice(list(parts))]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    data = out.getvalue()
    if not random.randrange(10):
        at = random.randrange(len(data))
        data = (
            data[:at] + random.randbytes(random.choice((0, 1, 20))) + data[at + random.choice((0, 1, 20)) :]
        )
    return _with("report.docx", data)


def _changed_xml(data: bytes, random: Random) -> bytes:
    """Elements with other values, moved, doubled, nested and taken away."""
    try:
        root = etree.fromstring(data)
    except etree.XMLSyntaxError:
        return data
    for _ in range(random.choice((1, 1, 3, 10))):
        elements = [each for each in root.iter("{*}*") if each is not root]
        if not elements:
            break
        each, other = random.choice(elements), random.choice(elements)
        parent = each.getparent()
        match random.randrange(8):
            case 0 | 1 | 2 if each.attrib:
                each.set(random.choice(list(each.attrib)), random.choice(_VALUES))
            case 3:
                parent.remove(each)
            case 4:
                for _ in range(random.choice((1, 2, 1500))):
                    parent.append(copy.deepcopy(each))
            case 5 if each not in other.iterancestors() and each is not other:
                other.append(each)
            case 6:
                each.tag = f"{{{etree.QName(each).namespace}}}{random.choice(_TAGS)}"
            case _:
                name = f"{{{etree.QName(each).namespace}}}{random.choice(_TAGS)}"
                inner = each
                for _ in range(random.choice((1, 3, 300))):
                    inner = etree.SubElement(
                        inner, name, {f"{{{etree.QName(each).namespace}}}val": random.choice(_VALUES)}
                    )
    return etree.tostring(root)


def _changed_text(data: bytes, random: Random) -> bytes:
    """The characters of a part gone wrong."""
    text = data.decode("utf-8", "replace")
    at = random.randrange(len(text) + 1)
    scrap = random.choice(
        (
            '<!DOCTYPE x [<!ENTITY a "b">]>',
            "&a;",
            "<",
            ">",
            "\x00",
            "<!--",
            "]]>",
            'Target="../../../x"',
            "x" * 2_000_000,
        )
    )
    return (text[:at] + scrap + text[at + random.choice((0, 1, 30)) :]).encode()


_PART_CHANGES: tuple[Callable[[bytes, Random], bytes], ...] = (
    _changed_xml,
    _changed_xml,
    _changed_xml,
    _changed_text,
)


# ── folders ─────────────────────────────────────────────────────────────────────────────────────────


def _folder(random: Random) -> dict[str, bytes]:
    """A folder with files missing, empty, doubled, of other kinds, and with too many formats."""
    files = _with("form.toml", FILES["form.toml"])
    for _ in range(random.choice((1, 1, 2, 3))):
        name = random.choice(list(files))
        match random.randrange(6):
            case 0 | 1:
                del files[name]
            case 2:
                files[name] = random.choice(
                    (b"", b"\x00" * 99, b"\xff\xfe", b"x" * 3_000_000, FILES["report.docx"])
                )
            case 3:
                del files[name]
                files[f"{name}/x"] = b""
            case 4:
                for number in range(random.choice((1, 2, 40))):
                    files[f"{number}/form.toml"] = FILES["form.toml"]
            case _:
                files = {
                    each.replace("2021/", random.choice(("2022/", "x/2021/", "", "本局/"))): data
                    for each, data in files.items()
                }
        if not files:
            break
    return files
