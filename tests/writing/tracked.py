"""Tracked changes accepted or rejected by plain XML, as Word does it; knows nothing of this project.

Source: ECMA-376 part 1, 17.13.5.
"""

from __future__ import annotations

import io
import re
import zipfile

from lxml import etree

from .ooxml import W


def settled(data: bytes, *, accept: bool) -> etree._Element:
    """The body of a Word file once all its changes are accepted, or rejected."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    away, here = ("del", "moveFrom"), ("ins", "moveTo")
    gone, kept = (away, here) if accept else (here, away)
    for paragraph in list(root.iter(f"{W}p")):
        for change in [node for tag in gone for node in paragraph.findall(f"{W}{tag}")]:
            paragraph.remove(change)
        for change in [node for tag in kept for node in paragraph.findall(f"{W}{tag}")]:
            index = paragraph.index(change)
            paragraph[index : index + 1] = list(change)
    for text in root.iter(f"{W}delText"):
        text.tag = f"{W}t"
    for place in [
        node for node in root.iter() if re.search("move(?:From|To)Range(?:Start|End)$", str(node.tag))
    ]:
        place.getparent().remove(place)
    for paragraph in list(root.iter(f"{W}p")):
        if any(paragraph.find(f"{W}pPr/{W}rPr/{W}{tag}") is not None for tag in gone):
            _merge_with_next(paragraph)
    return root


def _merge_with_next(paragraph: etree._Element) -> None:
    """A paragraph whose mark goes gives its runs to the next one, which keeps its own properties."""
    following = paragraph.getnext()
    assert following is not None, "the last mark of a document cannot go"
    assert following.tag == f"{W}p", "a mark before a table cannot go"
    runs = [node for node in paragraph if node.tag != f"{W}pPr"]
    place = 1 if following.find(f"{W}pPr") is not None else 0
    following[place:place] = runs
    paragraph.getparent().remove(paragraph)


def lines(root: etree._Element) -> list[str]:
    """The text of every paragraph, those in cells too."""
    return [
        "".join(
            "\n" if node.tag == f"{W}br" else node.text or "" for node in paragraph.iter(f"{W}t", f"{W}br")
        )
        for paragraph in root.iter(f"{W}p")
    ]


def body_lines(data: bytes) -> list[str]:
    """The paragraphs of a Word file without tracked changes."""
    return lines(settled(data, accept=True))
