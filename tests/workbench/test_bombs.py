"""Files that are made to burst come in from the page: each is refused in words, and the server goes on."""

from __future__ import annotations

import base64
import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from .bench import Bench, Refused, example


def packed(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return made.getvalue()


def of_draft(change: Callable[[bytes], bytes], draft: bytes, **more: bytes) -> bytes:
    """A draft with another body, and more parts."""
    with zipfile.ZipFile(io.BytesIO(draft)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    return packed({**parts, "word/document.xml": change(parts["word/document.xml"]), **more})


def body(more: bytes) -> Callable[[bytes], bytes]:
    return lambda xml: xml.replace(b"</w:body>", more + b"</w:body>")


def doctype(said: bytes, word: bytes) -> Callable[[bytes], bytes]:
    paragraph = b"<w:p><w:r><w:t>" + word + b"</w:t></w:r></w:p></w:body>"
    return lambda xml: xml.replace(b"<w:document", b"<!DOCTYPE a [" + said + b"]><w:document", 1).replace(
        b"</w:body>", paragraph
    )


LAUGHS = b"".join(
    b'<!ENTITY %c "%s">' % (char, (b"&%c;" % (char - 1)) * 100 if char > ord("a") else b"ha")
    for char in b"abcdef"
)
BOMBS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "a body of 300 MB": ("x.docx", lambda draft: of_draft(body(b"<w:p/>" * 50_000_000), draft)),
    "a billion laughs": ("x.docx", lambda draft: of_draft(doctype(LAUGHS, b"&f;"), draft)),
    "a file of this computer": (
        "x.docx",
        lambda draft: of_draft(doctype(b'<!ENTITY x SYSTEM "file:///etc/passwd">', b"&x;"), draft),
    ),
    "a deep nest": (
        "x.docx",
        lambda draft: of_draft(
            body(b"<w:sdt><w:sdtContent>" * 20_000 + b"</w:sdtContent></w:sdt>" * 20_000), draft
        ),
    ),
    "many parts": (
        "x.docx",
        lambda draft: of_draft(bytes, draft, **{f"x/{number}.xml": b"" for number in range(20_000)}),
    ),
    "a workbook of 400 MB": ("x.xlsx", lambda _: packed({"xl/workbook.xml": bytes(400_000_000)})),
    "a page of tags": ("x.html", lambda _: b"<div>" * 500_000),
    "a page of cells": (
        "x.html",
        lambda _: (
            "<title>某局2022年政府信息公开工作年度报告</title><table><tr>".encode()
            + b"<td colspan=1000 rowspan=60000>1</td>" * 2000
        ),
    ),
    "a text without end": ("x.txt", lambda _: "收到申请19件。\n".encode() * 1_000_000),
    "brackets": ("x.toml", lambda _: b'format = "2021"\nyear = 2022\na = ' + b"[" * 300_000),
    "nothing": ("x.docx", lambda _: b""),
}


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    bench = Bench(path := example(tmp_path_factory.mktemp("draft")))
    return (path.parent / bench.call("draft", id=bench.report["id"])["files"][0]).read_bytes()


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_in_words_wherever_it_comes_in(name: str, draft: bytes, tmp_path: Path) -> None:
    file, made = BOMBS[name]
    given = {"name": file, "content": base64.b64encode(made(draft)).decode()}
    path = example(tmp_path)
    before = path.read_bytes()
    bench = Bench(path)
    for question, more in {
        "returned": {"id": bench.report["id"]},
        "verify": {"id": bench.report["id"]},
        "take_in": {},
        "new": {},
    }.items():
        with pytest.raises(Refused) as refused:
            bench.call(question, **given, **more)
        assert refused.value.status in (409, 422)
        assert "root:" not in str(refused.value.said)
    assert os.listdir(tmp_path) == [path.name]
    assert path.read_bytes() == before


def test_a_part_that_would_lie_elsewhere_lies_nowhere(draft: bytes, tmp_path: Path) -> None:
    path = example(tmp_path)
    bench = Bench(path)
    data = of_draft(bytes, draft, **{"../../../../tmp/evil-of-reportgen": b"x", "..\\evil": b"x"})
    content = base64.b64encode(data).decode()
    assert bench.call("verify", id=bench.report["id"], name="x.docx", content=content)["same"]
    assert os.listdir(tmp_path) == [path.name]
    assert not os.path.exists("/tmp/evil-of-reportgen")
