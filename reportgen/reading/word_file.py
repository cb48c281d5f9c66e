"""A Word file -> what it says: a draft that came back, from Word, WPS or LibreOffice, or any report like it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..form.model import Form
from ..model.chinese import sentences
from ..model.content import Content
from ..model.findings import unusable
from ..model.opinions import NAMELESS, PROGRAM
from ..model.package import PackageError
from ..model.provenance import Provenance
from .file_bytes import read_bytes
from .printed import Place, Printed, read_printed
from .word_text import Grid, Line, blocks

if TYPE_CHECKING:
    from lxml.etree import _Element

DOCUMENT, COMMENTS = "word/document.xml", "word/comments.xml"
THREADS = "word/commentsExtended.xml"
OWN_AUTHORS = {PROGRAM, "reportgen"}
"""The author of the comments a draft is made with; what older versions wrote."""


@dataclass(frozen=True)
class Comment:
    """A reviewer's comment."""

    author: str
    text: str
    place: str
    """In the clerk's words: a cell, or a part of the text; "" where it stands nowhere in particular."""
    passage: str = ""
    """The sentence or the figure it speaks of."""
    at: str = field(default="", compare=False)
    """The key of its cell, or of its part of the text."""
    replies: tuple[str, ...] = ()
    """What was answered to it, each with its author: ``王科长：已核对。``"""
    is_done: bool = False
    """Whether it was marked as done."""


@dataclass(frozen=True)
class Edited:
    """A place that a reviewer changed with tracked changes."""

    author: str
    at: str
    """The key of its cell, or of its part of the text."""
    sentence: str
    """The figure or the sentence as it is now; of one that is gone, the one that follows."""
    deleted: str
    is_whole: bool = False
    """Whether it is about a whole paragraph, which is then the sentence: put in, moved, split off or joined."""


@dataclass(frozen=True)
class WordFile:
    """What a Word file says, and what could not be understood in it."""

    content: Content
    """With all tracked changes accepted."""
    made: Provenance
    """What it says of its making."""
    properties: Mapping[str, str]
    """The custom properties; see :mod:`reportgen.model.provenance` for those of a draft."""
    comments: tuple[Comment, ...]
    """Without those the draft was made with."""
    missing: frozenset[str]
    """Cells and parts of the text that were not found; that is not the same as empty."""
    unknown: tuple[str, ...]
    """What could not be understood, in Chinese."""
    remarks: tuple[str, ...] = ()
    """What is worded otherwise than in the form, in Chinese."""
    edits: tuple[Edited, ...] = ()
    """Who made the tracked changes."""


def read_word(path: Path, form: Form, made: Provenance | None = None) -> WordFile:
    """Read a Word file by the labels and headings of ``form``; ``made`` is the file where it was opened before.

    Raises:
        InputError: the file cannot be used.
    """
    made = made or Provenance(read_bytes(path))
    try:
        package = made.package
        document, written, properties = package.xml(DOCUMENT), package.xml(COMMENTS), package.properties
        threads = package.xml(THREADS)
    except PackageError as error:
        raise unusable(path, error.message, error.advice) from None
    if document is None:
        raise unusable(path, "这不是 Word 文件。", "请给出 .docx 文件。")
    body = document.find("{*}body")
    found = [] if body is None else blocks(body)
    printed = _printed(found, form)
    comments = _threaded(_comments(found, written, printed, form), threads)
    unknown = [*printed.unknown, *_foreign(found)]
    if any(name.lower().endswith("vbaproject.bin") for name in package.parts):
        unknown.append("文件里有宏，没有运行，也没有读。")
    return WordFile(
        content=printed.content,
        made=made,
        properties=properties,
        comments=tuple(comments),
        missing=printed.missing,
        unknown=tuple(unknown),
        remarks=printed.remarks,
        edits=tuple(_edits(found, printed)),
    )


def _printed(found: Sequence[Line | Grid], form: Form) -> Printed:
    return read_printed(
        [
            block.text
            if isinstance(block, Line)
            else [tuple(cell.text for cell in row) for row in block.rows]
            for block in found
        ],
        form,
    )


def _lines(found: Sequence[Line | Grid]) -> Iterator[tuple[Place, Line]]:
    """Every line and every cell with its place."""
    for i, block in enumerate(found):
        if isinstance(block, Line):
            yield (i,), block
        else:
            for r, row in enumerate(block.rows):
                for c, cell in enumerate(row):
                    yield (i, r, c), cell


def _foreign(found: Sequence[Line | Grid]) -> Iterator[str]:
    for _, line in _lines(found):
        for what in sorted(line.foreign):
            text = line.text.strip()
            yield f"有{what}，带不回来" + (f"，在这一段：“{text[:30]}…”" if text else "") + "。"


def _edits(found: Sequence[Line | Grid], printed: Printed) -> Iterator[Edited]:
    for place, line in _lines(found):
        at = printed.cells.get(place) or printed.parts.get(place, "")
        text = line.text.strip()
        for edit in line.edits:
            is_whole = edit.start <= 0 and edit.end >= len(line.text) > 0
            if (edit.moves or is_whole) and len(place) == 1:
                yield Edited(edit.author, at, text, edit.deleted, is_whole=True)
            for sentence in sentences(line.text) if len(place) == 1 else ():
                if edit.start < sentence.end() and sentence.start() <= edit.end:
                    yield Edited(edit.author, at, sentence[0].strip(), edit.deleted)
            if len(place) > 1 or not line.text or edit.start >= len(line.text):
                yield Edited(edit.author, at, text if len(place) > 1 else "", edit.deleted)


def _comments(
    found: Sequence[Line | Grid], written: _Element | None, printed: Printed, form: Form
) -> Iterator[tuple[str, Comment]]:
    """The comments in the order of their places, each with the id of its last paragraph; those without a place last."""
    if written is None:
        return
    told = {_attribute(comment, "id"): comment for comment in written.iterfind("{*}comment")}
    for place, line in _lines(found):
        for id in dict.fromkeys((*line.starts, *line.ends)):
            if id in told:
                at = printed.cells.get(place) or printed.parts.get(place, "")
                yield _comment(told.pop(id), *_place(place, line, id, found, printed, form), at)
    for comment in told.values():
        yield _comment(comment)


def _comment(comment: _Element, place: str = "", passage: str = "", at: str = "") -> tuple[str, Comment]:
    *_, last = ("", *(_attribute(paragraph, "paraId") for paragraph in comment.iterfind(".//{*}p")))
    return last, Comment(_attribute(comment, "author"), _text(comment), place, passage, at)


def _threaded(comments: Iterable[tuple[str, Comment]], threads: _Element | None) -> Iterator[Comment]:
    """The comments of reviewers, those that answer another one as its replies ([MS-DOCX] 2.5.1, commentEx)."""
    found = list(comments)
    told = () if threads is None else threads.iterfind("{*}commentEx")
    thread = {_attribute(each, "paraId"): each for each in told}
    reviewers = {id for id, comment in found if id and comment.author not in OWN_AUTHORS}
    parents = {id: _attribute(each, "paraIdParent") for id, each in thread.items()}
    for id, comment in found:
        if comment.author in OWN_AUTHORS or (id and parents.get(id) in reviewers):
            continue
        replies = (other for other_id, other in found if other_id and id and parents.get(other_id) == id)
        is_done = id in thread and _attribute(thread[id], "done") in ("1", "true")
        said = tuple(f"{reply.author or NAMELESS}：{reply.text}" for reply in replies)
        yield replace(comment, replies=said, is_done=is_done)


def _place(
    place: Place, line: Line, id: str, found: Sequence[Line | Grid], printed: Printed, form: Form
) -> tuple[str, str]:
    """Where a comment stands, and the sentence or figure it speaks of."""
    text = line.text.strip()
    if place in printed.cells:
        return form.cells[printed.cells[place]].label, text
    if len(place) > 1:
        row = found[place[0]]
        keys = {
            printed.cells[at].partition(".")[0]
            for at in printed.cells
            if isinstance(row, Grid) and at[0] == place[0]
        }
        return "、".join(form.tables[key].name for key in sorted(keys)), text
    where = form.text_names.get(printed.parts.get(place, ""), "")
    start = line.starts.get(id, line.ends.get(id, 0))
    for sentence in sentences(line.text):
        if start < sentence.end():
            return where, sentence[0].strip()
    return where, text


def _attribute(element: _Element, name: str) -> str:
    return next((str(v) for key, v in element.attrib.items() if str(key).rpartition("}")[2] == name), "")


def _text(comment: _Element) -> str:
    """The text of a comment, one line a paragraph."""
    lines = ("".join(t.text or "" for t in p.iterfind(".//{*}t")) for p in comment.iterfind(".//{*}p"))
    return "\n".join(line for line in lines if line.strip())
