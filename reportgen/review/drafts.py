"""The numbered drafts (送审稿) of a report, written into a folder.

A draft is a Word file and a web page, a check sheet (核对单), and from the second on its changes since the one before
(修订对照). A file that was edited after it was made is never written over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from ..errors import ReportgenError
from ..job import Job
from ..model.differences import compare
from ..model.opinions import DRAFT, Opinion
from ..model.provenance import sealed_page, sealed_pdf
from ..writing import html, word
from ..writing.check_sheet import Before, Sheet, check_sheet
from ..writing.files import OutputError, TakenError, save
from ..writing.properties import properties_of
from .folder import (
    CHANGES,
    FRAGMENT,
    PDF,
    SHEET,
    SHEET_IN_WORD,
    Draft,
    Edited,
    There,
    beside,
    drafts_in,
    edited,
    page_with,
    returned_in,
)
from .opinions import unheard

ATTEMPTS = 50
"""So often another build may be quicker before this one gives up."""


@dataclass(frozen=True)
class Extras:
    """What is written beside Word and HTML when the clerk asks for it."""

    fragment: bool = False
    pdf: bool = False
    plain: bool = False
    """The draft does not carry the input it was made from."""


@dataclass(frozen=True)
class Written:
    """The files of a build, written or already there."""

    files: list[Path]
    number: int | None = None
    """Of the draft; None for the final."""
    is_new: bool = True
    """Whether the draft's number is new."""
    edited: tuple[Edited, ...] = ()
    unheard: tuple[Opinion, ...] = ()
    """Comments in drafts that came back which the ledger does not know."""
    kept: tuple[Path, ...] = ()
    """Where the files of an older final of other content lie now."""
    failure: ReportgenError | None = None
    """Why there is no PDF."""
    missing_fonts: tuple[str, ...] | None = ()
    """Fonts that the PDF had to do without; None where that cannot be told."""

    @property
    def draft(self) -> str:
        """The name of the draft such as 送审稿1; empty for the final."""
        return f"{DRAFT}{self.number}" if self.number else ""


def write(work: Job, folder: Path, extras: Extras, opinions: Sequence[Opinion] = ()) -> Written:
    """Write the next draft into ``folder``; ``opinions`` are those on the drafts before it.

    It gets a new number only when its content differs from the last one's, or when that was edited since.

    Raises:
        OutputError: the files cannot be written.
        TemplateError: a template cannot be used.
    """
    written = _write(work, folder, extras, opinions)
    return with_pdf(written, work) if extras.pdf else written


def with_pdf(written: Written, work: Job) -> Written:
    """The same with a PDF of its Word file, or why there is none; one that somebody edited, or another's, is left alone."""
    from ..writing import pdf

    word_file = next(path for path in written.files if path.suffix == ".docx")
    made = word_file.with_suffix(PDF)
    properties = properties_of(work.document.content, replace(work.origin, draft=written.number))
    try:
        there = There.at(made, work.document.form)
        if there and there.was_edited:
            return replace(written, edited=(*written.edited, Edited(made)))
        data = word_file.read_bytes()
        save({made: sealed_pdf(pdf.convert(data), properties)})
    except (pdf.PdfError, OutputError) as error:
        return replace(written, failure=error)
    missing = pdf.missing_fonts(data)
    return replace(
        written, files=[*written.files, made], missing_fonts=None if missing is None else tuple(missing)
    )


def _write(work: Job, folder: Path, extras: Extras, opinions: Sequence[Opinion]) -> Written:
    for _ in range(ATTEMPTS - 1):
        with suppress(TakenError):
            return _try_draft(work, folder, extras, opinions)
    return _try_draft(work, folder, extras, opinions)


def _try_draft(work: Job, folder: Path, extras: Extras, opinions: Sequence[Opinion]) -> Written:
    """Write the draft whose number is next as the folder is now.

    Raises:
        TakenError: another build took the number meanwhile; nothing was written.
    """
    content = work.document.content
    drafts = drafts_in(work.document, folder)
    last = drafts[-1] if drafts else None
    is_new = last is None or not last.says(content)
    number = (last.number if last else 0) + is_new
    files = _draft_files(
        work, folder, number, [draft for draft in drafts if draft.number < number], extras, opinions
    )
    there = {each.path: each for draft in drafts for each in draft.files}
    kept = [
        path
        for path in files
        if (each := there.get(path) or There.at(path, work.document.form)) and each.was_edited
    ]
    save(
        {path: data for path, data in files.items() if path not in kept},
        new=next(iter(files)) if is_new else None,
    )
    back = tuple(edited(drafts, returned_in(work.document, folder), content, opinions))
    found = {each.path: each for each in _worth_saying(drafts, back)}
    others = (Edited(path) for path in kept if path not in found)
    new = unheard(opinions, back, content, work.report.form)
    return Written(list(files), number, is_new, (*found.values(), *others), new)


def _worth_saying(drafts: Sequence[Draft], found: Iterable[Edited]) -> Iterator[Edited]:
    """The newest draft in any case, all others while corrections in them are open."""
    newest = [each.path for each in drafts[-1].files] if drafts else []
    return (each for each in found if each.open or each.path in newest)


def _draft_files(
    work: Job,
    folder: Path,
    number: int,
    earlier: Sequence[Draft],
    extras: Extras,
    opinions: Sequence[Opinion],
) -> dict[Path, bytes]:
    """All files of a draft, the Word file first; with its changes since the last ``earlier`` one."""
    document, content = work.document, work.document.content
    origin = replace(work.origin, draft=number, source=None if extras.plain else work.origin.source)
    properties = properties_of(content, origin)
    draft = f"{DRAFT}{number}"
    base = folder / f"{document.file_title}（{draft}）"
    findings = work.outcome.findings
    waiting = [opinion for opinion in opinions if opinion.is_open]
    page = html.render(document, draft=draft, findings=findings, opinions=waiting)
    fragment = html.fragment(document).encode()
    files = {
        beside(base, ".docx"): word.render(
            document, draft=draft, findings=findings, opinions=waiting, origin=origin
        ),
        beside(base, ".html"): page_with(fragment, page, properties),
    }
    name, old = (earlier[-1].name, earlier[-1].content) if earlier else ("", None)
    changes = compare(old, content) if old else None
    sheet = Sheet(
        draft, work.outcome, content.fingerprint, origin.input, Before(name, changes), opinions=opinions
    )
    files[beside(base, SHEET)] = sealed_page(check_sheet(document, sheet), properties)
    files[beside(base, SHEET_IN_WORD)] = word.render_check_sheet(document, sheet, origin)
    if old and changes:
        header = f"{draft}（与{name}对照）"
        revised = word.render_changes(document, old, header=header, opinions=opinions, origin=origin)
        files[beside(base, CHANGES)] = revised
    if extras.fragment:
        files[beside(base, FRAGMENT)] = fragment
    return files
