"""Word files gone wrong: a draft with every run, field and object in it, cut, doubled, grown, lied about and broken."""

from __future__ import annotations

import io
import json
import re
import struct
import tempfile
import warnings
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random
from xml.sax.saxutils import escape

from .case import Case
from .inputs import EXAMPLE
from .word_pieces import NAMESPACES, PIECES, WORDLESS, W

Parts = dict[str, bytes]
DOCUMENT, MADE, PROPERTIES = "word/document.xml", "customXml/item1.xml", "docProps/custom.xml"
NAME = "莆田市公安局2022年政府信息公开工作年度报告（送审稿1）"
WORDS = (
    *(
        "140",
        "141",
        "１９",
        "1,234",
        "-5",
        "9" * 5000,
        "0.1",
        "1e9",
        "约20",
        "件",
        "",
        " ",
        "/",
        "【未填】",
        "无",
    ),
    *("{{ year }}", "{% if x %}", "}}", "'''", '"', "\\", "\u202e", "\u2028", "\ufeff", "\t", "&#13;", "😀"),
    *(
        "一、总体情况",
        "二、主动公开政府信息情况",
        "（一）",
        "2022年1月18日",
        "全年工作平稳有序。",
        "予以公开",
    ),
)
LARGEST = 2_000_000
"""Characters to which a document is made to grow by repeating pieces of it."""
PARAGRAPH = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"


@cache
def draft() -> Parts:
    """The parts of the example's first draft."""
    from reportgen import job
    from reportgen.writing import word

    work = job.start(EXAMPLE)
    data = word.render(work.document, draft="送审稿1", origin=replace(work.origin, draft=1))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    root = _text(parts)
    new = " ".join(each for each in NAMESPACES.split() if each.partition("=")[0] not in root[:3000])
    return parts | {DOCUMENT: root.replace("<w:document ", f"<w:document {new} ", 1).encode()}


def cases(random: Random) -> Iterator[Case]:
    """Yield cases without end."""
    while True:
        (kind,) = random.choices(list(_KINDS), list(_KINDS.values()))
        parts, text = dict(draft()), EXAMPLE.read_text(encoding="utf-8")
        data = kind(parts, random)
        if isinstance(data, str):
            text = data
        packed = data if isinstance(data, bytes) else zipped(parts)
        files = {"r.docx": packed, "in.toml": text.encode()}
        command = random.choice(("pull", "pull", "pull", "verify", "verify", "diff", "build"))
        arguments: tuple[str, ...] = (command, "r.docx", "in.toml")
        if command == "pull" and random.random() < 0.5:
            arguments = (*arguments, "--write")
        if command == "build":
            files = {f"o/{NAME}.docx": packed, "in.toml": text.encode()}
            arguments = (command, "in.toml", "-o", "o")
        yield Case(f"{command} {kind.__name__[1:]}", arguments, files)


def zipped(parts: Parts, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The parts as a Word file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


# ── what stands in the text ─────────────────────────────────────────────────────────────────────────


def _pieces(parts: Parts, random: Random) -> None:
    """Runs, fields and objects of all kinds where runs stand, with words that stood there or others."""
    xml = _text(parts)
    for _ in range(random.choice((1, 1, 2, 5, 40))):
        name = random.choice([*PIECES, *WORDLESS])
        piece = PIECES[name][0] if name in PIECES else WORDLESS[name]
        start, end = random.choice(_spans(xml, r"<w:r>.*?</w:r>"))
        old = "".join(re.findall(r"<w:t[^>]*>([^<]*)", xml[start:end]))
        word = old if random.random() < 0.4 else _word(random)
        keep = random.choice(("", xml[start:end]))
        xml = xml[:start] + piece.replace("§", word) + keep + xml[end:]
    parts[DOCUMENT] = xml.encode()


def _words(parts: Parts, random: Random) -> None:
    """Other words and figures."""
    xml = _text(parts)
    for _ in range(random.choice((1, 2, 10))):
        start, end = random.choice(_spans(xml, r"(?<=>)[^<>]+(?=</w:t>)"))
        xml = xml[:start] + _word(random) * random.choice((1, 1, 1, 30)) + xml[end:]
    parts[DOCUMENT] = xml.encode()


def _structure(parts: Parts, random: Random) -> None:
    """Rows, cells, paragraphs and tables left out, doubled, moved and put into each other."""
    xml = _text(parts)
    for _ in range(random.choice((1, 1, 3, 10))):
        tag = random.choice(("tr", "tc", "p", "tbl", "r", "pPr", "tcPr"))
        found = _spans(xml, rf"<w:{tag}>.*?</w:{tag}>")
        if not found:
            continue
        start, end = random.choice(found)
        at = random.choice(found)[random.randrange(2)]
        whole = xml[start:end]
        match random.randrange(4):
            case 0:
                xml = xml[:start] + xml[end:]
            case 1:
                xml = xml[:at] + whole + xml[at:]
            case 2:
                mark = random.choice(
                    ("w:ins", "w:del", "w:moveTo", "w:sdt", "w:smartTag", "w:nobody", "w:tbl")
                )
                xml = f"{xml[:start]}<{mark}>{whole}</{mark}>{xml[end:]}"
            case _ if len(xml) < LARGEST:
                more = LARGEST // (len(whole) + 1)
                xml = xml[:end] + whole * min(more, random.choice((1, 5, 200))) + xml[end:]
    parts[DOCUMENT] = xml.encode()


def _broken(parts: Parts, random: Random) -> None:
    """Characters of the XML put in, taken out and changed."""
    name = random.choice(list(parts))
    data = bytearray(parts[name])
    for _ in range(random.choice((1, 1, 5))):
        at = random.randrange(len(data))
        data[at : at + random.randrange(3)] = random.choice(
            (b"<", b"&", b">", b'"', b"\0", b"\xff", b"", b"</w:t>")
        )
    parts[name] = bytes(data)


def _comments(parts: Parts, random: Random) -> None:
    """Comments and answers to them, in odd places, of odd authors."""
    number = random.choice((1, 3, 30, 900, 1100))
    xml = _text(parts)
    at = [start for start, _ in _spans(xml, r"<w:r>")]
    comments, threads = [], []
    for id in range(number):
        author = escape(
            random.choice(("张局长", "reportgen", "", "\u202ex", "a\nb", "<&>")),
            {'"': "&quot;", "\n": "&#10;"},
        )
        name, (piece, _) = random.choice(list(PIECES.items()))
        inner = piece.replace("§", _word(random)) if name != "deleted" else ""
        comments.append(
            f'<w:comment w:id="{id}" w:author="{author}"><w:p w14:paraId="{id:08X}">{inner}</w:p></w:comment>'
        )
        if random.random() < 0.3:
            threads.append(
                f'<w:commentEx w:paraId="{id:08X}" w:paraIdParent="{random.randrange(number):08X}" w:done="1"/>'
            )
        if number < 100:
            place = random.choice(at)
            mark = random.choice(("commentRangeStart", "commentRangeEnd", "commentReference"))
            xml = f'{xml[:place]}<w:{mark} w:id="{id}"/>{xml[place:]}'
            at = [start for start, _ in _spans(xml, r"<w:r>")]
    parts[DOCUMENT] = xml.encode()
    parts["word/comments.xml"] = f"<w:comments {NAMESPACES}>{''.join(comments)}</w:comments>".encode()
    parts["word/commentsExtended.xml"] = f"<w:x {NAMESPACES}>{''.join(threads)}</w:x>".encode()


def _large(parts: Parts, random: Random) -> None:
    """Much of one thing, near the limits and far over them."""
    many = random.choice((100, 1_000, 5_000, 20_000, 100_000, 400_000))
    cell = f"<w:tc>{PARAGRAPH.format('1')}</w:tc>"
    few = max(1, many // 20)
    body: Callable[[], str] = random.choice(
        (
            lambda: PARAGRAPH.format("一") * many,
            lambda: "".join(PARAGRAPH.format(f"全年收到申请{i}件。") for i in range(min(many, 50_000))),
            lambda: f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>" * few,
            lambda: f"<w:tbl>{f'<w:tr>{cell * 10}</w:tr>' * few}</w:tbl>",
            lambda: f"<w:p><w:r>{'<w:br/>' * many}</w:r></w:p>",
            lambda: f"<w:p>{'<w:r><w:t>一</w:t></w:r>' * many}</w:p>",
            lambda: PARAGRAPH.format("一二三四五六七八九十" * few),
            lambda: PARAGRAPH.format(
                "".join(f"{chr(0x4E00 + i % 20_000)}的" for i in range(min(many, 60_000)))
            ),
            lambda: f"<w:p>{'<w:ins/><w:del><w:r><w:delText>一</w:delText></w:r></w:del>' * few}</w:p>",
            lambda: (
                f"<w:p>{'<w:r><w:rPr><w:strike/></w:rPr><w:t>一</w:t></w:r><w:r><w:t>二</w:t></w:r>' * few}</w:p>"
            ),
            lambda: (
                "<w:sdt><w:sdtContent>" * min(many, 120)
                + "<w:p/>"
                + "</w:sdtContent></w:sdt>" * min(many, 120)
            ),
            lambda: PARAGRAPH.format("一、总体情况") * few,
        )
    )
    xml = _text(parts)
    at = random.choice([start for start, _ in _spans(xml, r"<w:p>.*?</w:p>(?=<w:p>)")])
    xml = xml[:at] + body() + xml[at:]
    parts[DOCUMENT] = xml.encode()


def _rewritten(parts: Parts, random: Random) -> None:
    """All paragraphs of the text written anew with words of a few kinds: hard to compare."""
    alphabet = random.choice(("的一", "的一是在", "".join(chr(0x4E00 + i) for i in range(3000))))
    length = random.choice((50, 1000, 4000))

    def other(found: re.Match[str]) -> str:
        if random.random() < 0.8:
            return found[0]
        made = "".join(random.choice(alphabet) + random.choice(("", "。", "的")) for _ in range(length))
        return f"{found[1]}{made[: random.choice((3, length))]}</w:t>"

    parts[DOCUMENT] = re.sub(r"(<w:t[^>]*>)[^<]{6,}</w:t>", other, _text(parts)).encode()


# ── what stands around it ───────────────────────────────────────────────────────────────────────────


def _made(parts: Parts, random: Random) -> None:
    """What the draft says it was made from: other texts, other types, without end."""
    found = (
        re.sub(r"<[^>]*>", "", parts[MADE].decode())
        .replace("&lt;", "<")
        .replace("&amp;", "&")
        .replace("&gt;", ">")
    )
    said = json.loads(found)
    match random.randrange(7):
        case 0:
            said["input"] = random.choice(("", "x", 7, None, "format = '2021'", "a." * 5000 + "b = 1"))
        case 1:
            line = random.choice(said["input"].split("\n"))
            said["input"] = said["input"].replace(line, _word(random), 1)
        case 2:
            said["content"] = random.choice((None, [], {}, {"title": 1, "figures": [], "texts": {}}, "x"))
        case 3:
            said["content"]["texts"] = {"overview": ["一"] * random.choice((3, 50_000)), "x": 3}
        case 4:
            said = random.choice(([], None, 7, "x"))
        case 5:
            said["content"]["figures"] = dict.fromkeys(said["content"]["figures"], "9" * 5000)
    text = json.dumps(said, ensure_ascii=False)
    if random.random() < 0.15:
        text = random.choice(("[" * 100_000, "9" * 100_000, "{" * 500, '{"a":' * 50_000, "[[],[]," * 100_000))
    parts[MADE] = f'<made xmlns="urn:reportgen:made-from">{escape(text)}</made>'.encode()


def _properties(parts: Parts, random: Random) -> None:
    """What the draft says it is."""
    xml = parts[PROPERTIES].decode()
    start, end = random.choice(_spans(xml, r"(?<=lpwstr>)[^<]*"))
    said = random.choice(("", "0", "-1", "99999", "9" * 9000, "x", "1.5", "&#10;", "１"))
    parts[PROPERTIES] = (xml[:start] + said + xml[end:]).encode()


def _missing(parts: Parts, random: Random) -> None:
    """Parts left out, exchanged, added."""
    names = list(parts)
    for _ in range(random.choice((1, 2, 6))):
        one, other = random.choice(names), random.choice(names)
        match random.randrange(3):
            case 0:
                parts.pop(one, None)
            case 1 if one in parts and other in parts:
                parts[one], parts[other] = parts[other], parts[one]
            case _:
                parts[random.choice(("word/vbaProject.bin", "x" * 3000, "../x", "/etc/x", "word/x.xml"))] = (
                    b"\0"
                )


def _zip(parts: Parts, random: Random) -> bytes:
    """The bytes of the package cut, changed, and lying about themselves."""
    method = random.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA))
    if random.random() < 0.2:
        parts[DOCUMENT] += b" " * random.choice((30_000_000, 70_000_000))
    if random.random() < 0.2:
        parts |= {f"x{i}": b"" for i in range(random.choice((100, 2500, 30_000)))}
    data = bytearray(zipped(parts, method))
    heads = [found.start() for found in re.finditer(rb"PK\x01\x02", data)]
    for _ in range(random.choice((0, 1, 3, 30))):
        match random.randrange(5):
            case 0:
                data[random.randrange(len(data))] ^= 1 << random.randrange(8)
            case 1:
                del data[random.randrange(len(data)) :]
            case 2:
                data[0:0] = b"x" * random.choice((1, 5000))
            case _ if heads:
                at = random.choice(heads) + random.choice((8, 10, 16, 20, 24, 28, 42))
                data[at : at + 4] = struct.pack("<I", random.choice((0, 1, 1000, 1 << 31, 0xFFFFFFFF)))
        if len(data) < 100:
            break
    return bytes(data)


def _flood(parts: Parts, random: Random) -> None:
    """XML that is made to be slow: attributes, names, levels, entities, encodings."""
    many = random.choice((1000, 100_000, 1_000_000))
    xml: Callable[[], str] = random.choice(
        (
            lambda: "<a " + " ".join(f'b{i}=""' for i in range(many)) + "/>",
            lambda: f"<a>{'<b/>' * many}</a>",
            lambda: f"<a>{'<b>' * 300}{'</b>' * 300}</a>",
            lambda: f"<{'a' * many}/>",
            lambda: '<!DOCTYPE a [<!ENTITY x "x">]><a>&x;</a>',
            lambda: "<a>&nobody;</a>",
            lambda: f"<a>{'&#38;' * many}</a>",
            lambda: f"<a><!--{'x' * many}--><![CDATA[{'<' * many}]]></a>",
            lambda: (
                f'<w:styles xmlns:w="{W}">'
                + "".join(
                    f'<w:style w:styleId="{i}"><w:basedOn w:val="{i + 1}"/></w:style>'
                    for i in range(min(many, 50_000))
                )
                + "</w:styles>"
            ),
        )
    )
    name = random.choice(
        (DOCUMENT, "word/comments.xml", "word/styles.xml", "word/numbering.xml", MADE, PROPERTIES)
    )
    encoding = random.choice(("utf-8", "utf-8", "utf-16", "utf-7", "cp037"))
    parts[name] = f'<?xml version="1.0" encoding="{encoding}"?>{xml()}'.encode(encoding)


def _expressions(parts: Parts, random: Random) -> str:
    """A text of many bound figures, corrected so that it does not fit its input."""
    from reportgen import job
    from reportgen.writing import word

    text = EXAMPLE.read_text(encoding="utf-8")
    start = text.index("overview = '''\n") + len("overview = '''\n")
    bound = random.choice(("{{ year }}件、", "{{ year }}{{ 予以公开.总计 }}、", "{{ 总计.总计 }}"))
    made = (
        bound * random.choice((5, 34, 400))
        + "{% if requests.other_other.total %}甲{% else %}乙{% endif %}。\n"
    )
    text = text[:start] + made + text[text.index("'''", start) :]
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch, "in.toml")
        path.write_text(text, encoding="utf-8")
        work = job.start(path)
    data = word.render(work.document, draft="送审稿1", origin=replace(work.origin, draft=1))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts.update({name: archive.read(name) for name in archive.namelist()})
    xml = _text(parts).replace("甲", "甲的").replace("乙", "乙的")
    at = xml.find("3.其他")
    xml = xml[:at] + xml[at:].replace(">1</w:t>", ">0</w:t>", 2)
    parts[DOCUMENT] = xml.encode()
    return text


_KINDS: dict[Callable[[Parts, Random], bytes | str | None], int] = {
    _pieces: 8, _words: 4, _structure: 5, _broken: 2, _comments: 2, _large: 3, _rewritten: 2,
    _made: 3, _properties: 1, _missing: 1, _zip: 3, _flood: 1, _expressions: 1,
}  # fmt: skip
"""How much of each kind is made."""


def _text(parts: Parts) -> str:
    return parts[DOCUMENT].decode()


def _spans(xml: str, pattern: str) -> list[tuple[int, int]]:
    return [found.span() for found in re.finditer(pattern, xml, re.DOTALL)] or [(0, 0)]


def _word(random: Random) -> str:
    word = random.choice(WORDS)
    return word if word.startswith("&#") else escape(word)
