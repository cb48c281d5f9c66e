"""A web page's bytes -> its text and its elements: whatever its encoding, alone or in a web archive (.mht).

A page is measured before it is parsed: what costs the parser more than its length is counted first.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from ..model.findings import InputError, unusable

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LARGEST_PAGE = 8 * 1024 * 1024
"""Bytes; the largest published page, with its pictures in it, has a fifth of that."""
MOST_TAGS = 100_000
MOST_ATTRIBUTES = 1000
"""Of one element; the parser compares each with all others."""
DEEPEST = 250
"""Elements within each other; the parser drops what stands deeper, and says nothing."""
MOST_CELLS = 5_000
"""Of all tables: a report has four hundred."""
CELLS = ("td", "th")

_NO_TEXT = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
"""What no element can hold; a page that has it shows a mark in its place."""
_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_ENCODINGS = {
    "gb": "gb18030",
    "big5": "big5hkscs",
    "utf-16": "utf-16",
    "utf16": "utf-16",
    "euc-cn": "gb18030",
}
"""What pages in Chinese are written in, by the beginning of the name they give it."""
_MESSAGE = re.compile(
    rb"\s*(?:from|mime-version|subject|date|content-type|snapshot-content-location)\s*:", re.IGNORECASE
)
_OF_PAGES = re.compile(rb"^content-type\s*:\s*(?:multipart/related|text/html)", re.IGNORECASE | re.MULTILINE)


def is_archive(data: bytes) -> bool:
    """Whether a file is a web archive: a page as a message, with its pictures; the page may be packed as base64."""
    return bool(_MESSAGE.match(data) and _OF_PAGES.search(data[:4096]))


def text_of(path: Path, data: bytes) -> str:
    """The source of a page as text: in the encoding it names, UTF-8 or GB18030.

    Raises:
        InputError: it is larger than any page, or its encoding is unknown.
    """
    data = _unpacked(data) if is_archive(data) else data
    if len(data) > LARGEST_PAGE:
        raise too_much(path, f"网页超过 {LARGEST_PAGE // 1024 // 1024} MB")
    return re.sub(_NO_TEXT, "\ufffd", _decoded(path, data).replace("\0", "").replace("\x0c", " "))


def parsed(path: Path, text: str) -> HtmlElement:
    """The elements of a page of this text.

    Raises:
        InputError: it is no page, or is larger than any page.
    """
    import lxml.etree
    import lxml.html

    _measure(path, text)
    try:
        parser = lxml.html.HTMLParser(no_network=True, huge_tree=False, encoding="utf-8")
        root: HtmlElement = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError, ValueError):
        raise unusable(
            path, "这不是网页，或里面没有内容。", "请给出网页文件（.html），或从浏览器另存网页。"
        ) from None
    depth = 0
    for event, _ in lxml.etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            raise too_much(path, f"网页里的标签套了 {DEEPEST} 层以上")
    if sum(1 for _ in root.iter(*CELLS)) > MOST_CELLS:
        raise too_much(path, f"网页里的表格超过 {MOST_CELLS} 格")
    return root


def too_much(path: Path, what: str) -> InputError:
    """The refusal of a page with more of something than any report has."""
    return unusable(path, f"{what}，不像是年度报告。", "请核对是不是选错了文件。")


def _unpacked(data: bytes) -> bytes:
    """The page in a web archive: its largest part of HTML."""
    import email  # most pages are none

    message = email.message_from_bytes(data.lstrip())
    pages = [part for part in message.walk() if part.get_content_type() == "text/html"]
    contents = [content for part in pages if isinstance(content := part.get_payload(decode=True), bytes)]
    return max(contents, key=len, default=b"")


def _decoded(path: Path, data: bytes) -> str:
    named = _CHARSET.search(data[:4096])
    name = named[1].decode("ascii").lower() if named else ""
    known = (encoding for begin, encoding in _ENCODINGS.items() if name.startswith(begin))
    for encoding in ("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", *known, "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeError:
            continue
    raise unusable(path, "网页的编码认不出来。", "请用浏览器打开，另存为 UTF-8 的网页。")


def _measure(path: Path, text: str) -> None:
    """Count what costs the parser more than its length, in the page without its programs and notes."""
    plain = re.sub(r"(?is)<(script|style)\b.*?(?:</\1|\Z)|<!--.*?(?:-->|\Z)", "", text)
    if plain.count("<") > MOST_TAGS:
        raise too_much(path, f"网页里的标签超过 {MOST_TAGS} 个")
    quoted = r"""=\s*+(?:"[^"]*+"?|'[^']*+'?)?"""
    for tag in re.finditer(rf"<[A-Za-z](?:[^>=]++|{quoted})*+", plain):
        if tag.end() - tag.start() > 2 * MOST_ATTRIBUTES:
            names = re.sub(quoted, " ", tag[0]).replace("/", " ").split()
            if len(names) > MOST_ATTRIBUTES:
                raise too_much(path, f"网页里一个标签有 {MOST_ATTRIBUTES} 个以上的属性")
