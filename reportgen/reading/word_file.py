"""A Word file -> what it says: a draft that came back, from Word, WPS or LibreOffice, or any report like it."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from ..form.model import Form
from ..model.alignment import aligned
from ..model.chinese import sentences
from ..model.content import Content
from ..model.findings import unusable
from ..model.package import AS_WORD, Package, PackageError
from ..model.provenance import Provenance
from . import sizes
from .file_bytes import read_bytes
from .printed import Place, Printed, cut, read_printed
from .word_comments import COMMENTS, THREADS, Comment, read_comments
from .word_elements import DELETED, INSERTED, local_name
from .word_intent import judged, unjudged
from .word_lines import Line
from .word_margins import written_in_margins
from .word_styles import NUMBERING, STYLES, Styles
from .word_text import Grid, blocks, lines_of

if TYPE_CHECKING:
    from lxml.etree import _Element

DOCUMENT, MIMETYPE = "word/document.xml", "mimetype"
_LIMITS: Mapping[sizes.Limit, Iterable[str]] = {
    sizes.PARAGRAPHS: ("p",),
    sizes.TABLES: ("tbl",),
    sizes.CELLS: ("tc",),
    sizes.BREAKS: ("br", "cr"),
    sizes.RUNS: ("r",),
    sizes.CHANGES: (*INSERTED, *DELETED),
}
"""What is counted by its elements."""


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


def read_word(
    path: Path, form: Form, made: Provenance | None = None, before: Content | None = None
) -> WordFile:
    """Read a Word file by the labels and headings of ``form``; ``made`` is the file where it was opened before.

    ``before`` is what it said before somebody corrected it: words that are struck out by their look are then a
    deletion, or left as they were (see :mod:`.word_intent`). Without it such words are no text, and told.

    Raises:
        InputError: the file cannot be used.
    """
    made = made or Provenance(read_bytes(path))
    try:
        package = made.package
        document, written, properties = package.xml(DOCUMENT), package.xml(COMMENTS), package.properties
        threads = package.xml(THREADS)
        styles = Styles.of(package.xml(STYLES), package.xml(NUMBERING))
    except PackageError as error:
        raise unusable(path, error.message, error.advice) from None
    if document is None:
        raise _no_word_file(path, package)
    hold(path, document, written)
    body = document.find("{*}body")
    found = [] if body is None else blocks(body, styles)
    sizes.hold(
        path, sizes.CHARACTERS, sum(len(text) for _, line in lines_of(found) for text, _ in line.pieces)
    )
    printed = _printed(found, form)
    told = list(_unjudged(found, printed, form))
    if told and before is not None:
        found, told = _judged(found, printed, form, before)
        printed = _printed(found, form)
    comments = read_comments(found, written, threads, printed, form)
    unknown = [*printed.unknown, *told, *_foreign(found), *_beside(document, package, form)]
    return WordFile(
        content=printed.content,
        made=made,
        properties=properties,
        comments=comments,
        missing=printed.missing,
        unknown=tuple(unknown),
        remarks=printed.remarks,
        edits=tuple(_edits(found, printed)),
    )


def _no_word_file(path: Path, package: Package) -> Exception:
    if b"opendocument" in package.parts.get(MIMETYPE, b""):
        return unusable(path, "这是 .odt 格式，不是 .docx。", AS_WORD)
    return unusable(path, "这不是 Word 文件。", "请给出 .docx 文件。")


def hold(path: Path, document: _Element, comments: _Element | None) -> None:
    """Refuse a file with more in it than any report has, before it is read.

    Raises:
        InputError: it has.
    """
    counts: Counter[str] = Counter()
    for tag, count in Counter(map(attrgetter("tag"), document.iter())).items():
        counts[local_name(tag)] += count
    for limit, kinds in _LIMITS.items():
        sizes.hold(path, limit, sum(counts[kind] for kind in kinds))
    if comments is not None:
        sizes.hold(path, sizes.COMMENTS, len(comments))
        sizes.hold(path, sizes.CHARACTERS, sum(len(text) for text in map(str, comments.itertext())))


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


# ── what is no text ─────────────────────────────────────────────────────────────────────────────────


def _judged(
    found: Sequence[Line | Grid], printed: Printed, form: Form, before: Content
) -> tuple[list[Line | Grid], list[str]]:
    """The lines and tables with what is no deletion put back, and what is to be told of the rest."""
    lines = dict(lines_of(found))
    texts = [before.title]
    for part in form.parts:
        texts += [part.heading or "", *before.texts.get(part.text or "", ())]
    wholes = {
        place: "".join(text for text, _ in line.pieces) for place, line in lines.items() if len(place) == 1
    }
    places = list(wholes)
    said: dict[Place, str] = {
        places[new]: texts[old]
        for old, new in aligned(texts, list(wholes.values()))
        if old is not None and new is not None
    }
    told: list[str] = []
    for place, line in lines.items():
        if not line.withheld:
            continue
        if key := printed.cells.get(place):
            said[place] = before.figures.get(key, "")
        elif len(place) > 1 and not line.text.strip():  # a label, or a row whose label is struck out too
            said[place] = "".join(text for text, _ in line.pieces)
        lines[place], left = judged(line, said.get(place, ""))
        told += [_at(what, place, lines[place], printed, form) for what in left]
    return [
        lines[(i,)]
        if isinstance(block, Line)
        else Grid(
            [[lines[(i, r, c)] for c in range(len(row))] for r, row in enumerate(block.rows)], block.foreign
        )
        for i, block in enumerate(found)
    ], told


def _unjudged(found: Sequence[Line | Grid], printed: Printed, form: Form) -> Iterator[str]:
    for place, line in lines_of(found):
        for what in unjudged(line):
            yield _at(what, place, line, printed, form)


def _at(what: str, place: Place, line: Line, printed: Printed, form: Form) -> str:
    if key := printed.cells.get(place):
        return f"{form.cells[key].label}：有{what}。"
    return f"有{what}{_in(line)}。"


def _in(line: Line) -> str:
    text = line.text.strip()
    return f"，在这一段：{cut(text)}" if text else ""


def _foreign(found: Sequence[Line | Grid]) -> Iterator[str]:
    for block in found:
        for what in sorted(block.foreign) if isinstance(block, Grid) else ():
            yield f"表格的行和格之间有{what}，带不回来。"
    for _, line in lines_of(found):
        for what in sorted(line.foreign):
            yield f"有{what}，带不回来{_in(line)}。"


def _beside(document: _Element, package: Package, form: Form) -> Iterator[str]:
    """What a file has that no paragraph of its text shows."""
    yield from written_in_margins(package, form)
    if any(part.lower().endswith("vbaproject.bin") for part in package.parts):
        yield "文件里有宏，没有运行，也没有读。"
    for binding in document.iter("{*}dataBinding"):
        control = next(binding.iterancestors("{*}sdt"), binding)
        shown = cut("".join(text.text or "" for text in control.iter("{*}t")))
        yield f"有内容控件{shown}，它显示的内容另存在文件别处，可能和这里不同，请核对。"


# ── tracked changes ─────────────────────────────────────────────────────────────────────────────────


def _edits(found: Sequence[Line | Grid], printed: Printed) -> Iterator[Edited]:
    for place, line in lines_of(found):
        at = printed.cells.get(place) or printed.parts.get(place, "")
        spans = list(sentences(line.text)) if len(place) == 1 and line.edits else []
        begins = [sentence.start() for sentence in spans]
        text = line.text.strip()
        for edit in line.edits:
            is_whole = edit.start <= 0 and edit.end >= len(line.text) > 0
            if (edit.moves or is_whole) and len(place) == 1:
                yield Edited(edit.author, at, text, edit.deleted, is_whole=True)
            first = max(0, bisect_right(begins, edit.start) - 1)
            for sentence in spans[first : bisect_right(begins, edit.end)]:
                if edit.start < sentence.end() and sentence.start() <= edit.end:
                    yield Edited(edit.author, at, sentence[0].strip(), edit.deleted)
            if len(place) > 1 or not line.text or edit.start >= len(line.text):
                yield Edited(edit.author, at, text if len(place) > 1 else "", edit.deleted)
