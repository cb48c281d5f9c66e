"""A published file held against the input, and two files of any kind compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from .. import job
from ..form.form_file import known_formats, load_form
from ..form.model import Form
from ..model.content import Content, content_of
from ..model.differences import Changes, compare
from ..model.findings import Finding, InputError, Severity
from ..reading.web_page import read_page
from ..reading.word_file import read_word

WORD, PAGES = (".docx", ".docm"), (".html", ".htm")


@dataclass(frozen=True)
class Compared:
    """Two files compared, whatever they are."""

    form: Form
    changes: Changes
    unknown: tuple[str, ...] = ()
    """What was not understood in one of them, in Chinese."""


@dataclass(frozen=True)
class Verified:
    """A file held against the input."""

    form: Form
    changes: Changes
    """From the input to the file."""
    missing: tuple[str, ...]
    """What was not found in the file, in the clerk's words."""
    unknown: tuple[str, ...]
    remarks: tuple[str, ...]
    figures: int
    """How many figures were compared."""
    paragraphs: int

    @property
    def is_same(self) -> bool:
        return not (self.changes or self.missing or self.unknown)


def verify(file: Path, input: Path, previous: Path | None = None, templates: Path | None = None) -> Verified:
    """Read a Word file or web page back and compare it with the input.

    Raises:
        InputError: a file cannot be used.
    """
    work = job.start(input, previous, templates)
    form = work.report.form
    if file.suffix.lower() not in (*WORD, *PAGES):
        raise unusable(file, "只能核对 Word 文件（.docx）和网页（.html）。", "请核对文件名。")
    is_page = file.suffix.lower() in PAGES
    found = read_page(file, form) if is_page else read_word(file, form)
    expected = content_of(work.document)
    names = {part.text: part.name for part in form.parts if part.text}
    missing = [
        names.get(key) or form.cells[key].label for key in (*form.cells, *names) if key in found.missing
    ]
    return Verified(
        form=form,
        changes=compare(_comparable(expected, found.missing), _comparable(found.content, found.missing)),
        missing=tuple(str(name) for name in missing),
        unknown=() if is_page else found.unknown,
        remarks=(*found.remarks, *(found.unknown if is_page else ())),
        figures=len(set(form.cells) - found.missing),
        paragraphs=sum(len(text) for part, text in expected.texts.items() if part not in found.missing),
    )


def _comparable(content: Content, missing: frozenset[str]) -> Content:
    """The content without what was not found, and without blanks, which files and browsers set as they like."""
    return Content(
        title=re.sub(r"\s", "", content.title),
        figures={cell: figure for cell, figure in content.figures.items() if cell not in missing},
        texts={
            part: tuple(re.sub(r"\s", "", paragraph) for paragraph in text)
            for part, text in content.texts.items()
            if part not in missing
        },
    )


def compare_files(old: Path, new: Path, templates: Path | None = None) -> Compared:
    """Compare what two files say, each an input file, a Word file or a web page.

    Raises:
        InputError: a file cannot be used.
    """
    form = load_form(known_formats(templates)[0], templates)
    (before, *lost), (after, *found) = (_content(path, form, templates) for path in (old, new))
    return Compared(form, compare(before, after), (*lost, *found))


def _content(path: Path, form: Form, templates: Path | None) -> tuple[Content, *tuple[str, ...]]:
    suffix = path.suffix.lower()
    if suffix not in (*WORD, *PAGES):
        return (content_of(job.start(path, None, templates).document),)
    found = read_page(path, form) if suffix in PAGES else read_word(path, form)
    return (found.content, *found.unknown)


def unusable(path: Path, message: str, advice: str) -> InputError:
    """The error of a file that cannot be used for what it was given for."""
    return InputError(path, [Finding("I01", Severity.ERROR, message, advice)])
