"""The comments of a Word file: who said what, of which figure or sentence, and what was answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ..form.model import Form
from ..model.chinese import sentences
from ..model.opinions import NAMELESS, PROGRAM
from .printed import Place, Printed
from .word_elements import value
from .word_lines import Line
from .word_runs import Runs
from .word_text import Grid, lines_of

if TYPE_CHECKING:
    from lxml.etree import _Element

COMMENTS, THREADS = "word/comments.xml", "word/commentsExtended.xml"
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


def read_comments(
    found: Sequence[Line | Grid],
    written: _Element | None,
    threads: _Element | None,
    printed: Printed,
    form: Form,
) -> tuple[Comment, ...]:
    """The comments of reviewers in the order of their places; ``written`` and ``threads`` are the parts they are in."""
    return tuple(_threaded(_comments(found, written, printed, form), threads))


def _comments(
    found: Sequence[Line | Grid], written: _Element | None, printed: Printed, form: Form
) -> Iterator[tuple[str, Comment]]:
    """The comments in the order of their places, each with the id of its last paragraph; those without a place last."""
    if written is None:
        return
    told = {value(comment, "id"): comment for comment in written.iterfind("{*}comment")}
    for place, line in lines_of(found):
        for id in dict.fromkeys((*line.starts, *line.ends)):
            if id in told:
                at = printed.cells.get(place) or printed.parts.get(place, "")
                yield _comment(told.pop(id), *_place(place, line, id, found, printed, form), at)
    for comment in told.values():
        yield _comment(comment)


def _comment(comment: _Element, place: str = "", passage: str = "", at: str = "") -> tuple[str, Comment]:
    *_, last = ("", *(value(paragraph, "paraId") for paragraph in comment.iterfind(".//{*}p")))
    return last, Comment(value(comment, "author"), _text(comment), place, passage, at)


def _threaded(comments: Iterable[tuple[str, Comment]], threads: _Element | None) -> Iterator[Comment]:
    """The comments of reviewers, those that answer another one as its replies ([MS-DOCX] 2.5.1, commentEx)."""
    found = list(comments)
    told = () if threads is None else threads.iterfind("{*}commentEx")
    thread = {value(each, "paraId"): each for each in told}
    reviewers = {id for id, comment in found if id and comment.author not in OWN_AUTHORS}
    parents = {id: value(each, "paraIdParent") for id, each in thread.items()}
    replies: dict[str, list[str]] = {}
    for id, reply in found:
        if id and parents.get(id):
            replies.setdefault(parents[id], []).append(f"{reply.author or NAMELESS}：{reply.text}")
    for id, comment in found:
        if comment.author in OWN_AUTHORS or (id and parents.get(id) in reviewers):
            continue
        is_done = id in thread and value(thread[id], "done") in ("1", "true")
        yield replace(comment, replies=tuple(replies.get(id, ())), is_done=is_done)


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


def _text(comment: _Element) -> str:
    """The text of a comment, one line a paragraph; what is no text in it is named."""
    runs = Runs()
    lines = []
    for paragraph in comment.iterfind(".//{*}p"):
        runs.paragraph(paragraph)
        line = runs.taken()
        told = "".join(f"〔{what}〕" for what in sorted(line.foreign))
        lines.append("".join(text for text, _ in line.pieces) + told)
    return "\n".join(line for line in lines if line.strip())
