"""The files of one report in a folder: the numbered drafts (送审稿) and the final.

A draft is a Word file and a web page, a check sheet (核对单), and from the second on its changes since the one before
(修订对照). What a folder holds is read from the files themselves (see :mod:`reportgen.model.provenance`), each once; nothing else is kept.
A file that was edited after it was made is never written over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from ..form.model import Form
from ..job import Job
from ..model.content import Content
from ..model.differences import compare
from ..model.document import Document, file_name
from ..model.findings import InputError
from ..model.provenance import CONTENT, Provenance, sealed_page
from ..writing import html, word
from ..writing.check_sheet import Before, Sheet, check_sheet
from ..writing.files import OutputError, TakenError, save
from ..writing.properties import properties_of
from ..writing.watermark import DRAFT
from .open_corrections import not_taken_in

SHEET, SHEET_IN_WORD = "核对单.html", "核对单.docx"
CHANGES, FRAGMENT = "修订对照.docx", "（网页粘贴）.html"
ATTEMPTS = 50
"""So often another build may be quicker before this one gives up."""


@dataclass(frozen=True)
class Extras:
    """What is written beside Word and HTML when the clerk asks for it."""

    fragment: bool = False
    pdf: bool = False


@dataclass(frozen=True)
class Edited:
    """A file that somebody changed after it was made, or that is not this program's; it was left alone."""

    path: Path
    open: int | None = None
    """How many of its corrections the input file has not taken in; None where that cannot be told."""


@dataclass(frozen=True)
class Written:
    """The files of a build, written or already there."""

    files: list[Path]
    draft: str = ""
    """The name of the draft such as 送审稿1; empty for the final."""
    is_new: bool = True
    """Whether the draft's number is new."""
    edited: tuple[Edited, ...] = ()
    missing_fonts: tuple[str, ...] | None = ()
    """Fonts that the PDF had to do without; None where that cannot be told."""


def write(work: Job, folder: Path, *, final: bool, extras: Extras) -> Written:
    """Write the next draft, or the final, into ``folder``.

    A draft gets a new number only when its content differs from the last one's, or when that was edited since.

    Raises:
        OutputError: the files cannot be written, or the final was edited after it was made.
        TemplateError: a template cannot be used.
        PdfError: no PDF could be made; Word and HTML are written.
    """
    written = _write_final(work, folder, extras) if final else _write_draft(work, folder, extras)
    if not extras.pdf:
        return written
    word_file = next(path for path in written.files if path.suffix == ".docx")
    data = word_file.read_bytes()
    from ..writing import pdf

    made = word_file.with_suffix(".pdf")
    save({made: pdf.convert(data)})
    missing = pdf.missing_fonts(data)
    return replace(
        written, files=[*written.files, made], missing_fonts=None if missing is None else tuple(missing)
    )


# ── the final ───────────────────────────────────────────────────────────────────────────────────────


def _write_final(work: Job, folder: Path, extras: Extras) -> Written:
    document, origin = work.document, work.origin
    base = folder / file_name(document.name)
    properties = properties_of(work.document.content, origin)
    files = {
        _beside(base, ".docx"): word.render(document, origin=origin),
        _beside(base, ".html"): sealed_page(html.render(document), properties),
    }
    if extras.fragment:
        files[_beside(base, FRAGMENT)] = sealed_page(html.fragment(document), properties)
    for path in files:
        if (there := _There.at(path, document.form)) and there.was_edited:
            raise OutputError(
                f"{path} 生成以后被改过，或不是本程序生成的，没有动它，也没有生成定稿。"
                "请先核对其中的改动；要重新生成，请把它改名或移到别处，再运行一次。"
            )
    save(files)
    return Written(list(files))


# ── drafts ──────────────────────────────────────────────────────────────────────────────────────────


def _write_draft(work: Job, folder: Path, extras: Extras) -> Written:
    for _ in range(ATTEMPTS - 1):
        with suppress(TakenError):
            return _try_draft(work, folder, extras)
    return _try_draft(work, folder, extras)


def _try_draft(work: Job, folder: Path, extras: Extras) -> Written:
    """Write the draft whose number is next as the folder is now.

    Raises:
        TakenError: another build took the number meanwhile; nothing was written.
    """
    content = work.document.content
    drafts = _drafts(work.document, folder)
    last = drafts[-1] if drafts else None
    is_new = last is None or not last.says(content)
    number = (last.number if last else 0) + is_new
    files = _draft_files(work, folder, number, [draft for draft in drafts if draft.number < number], extras)
    there = {each.path: each for draft in drafts for each in draft.files}
    kept = [
        path
        for path in files
        if (each := there.get(path) or _There.at(path, work.document.form)) and each.was_edited
    ]
    save(
        {path: data for path, data in files.items() if path not in kept},
        new=next(iter(files)) if is_new else None,
    )
    edited = {each.path: each for each in _edited(drafts, content)}
    others = (Edited(path) for path in kept if path not in edited)
    return Written(list(files), f"{DRAFT}{number}", is_new, (*edited.values(), *others))


def _draft_files(
    work: Job, folder: Path, number: int, earlier: Sequence[_Draft], extras: Extras
) -> dict[Path, bytes]:
    """All files of a draft, the Word file first; with its changes since the last ``earlier`` one."""
    document, content = work.document, work.document.content
    origin = replace(work.origin, draft=number)
    properties = properties_of(content, origin)
    draft = f"{DRAFT}{number}"
    base = folder / file_name(f"{document.name}（{draft}）")
    findings = work.outcome.findings
    page = html.render(document, draft=draft, findings=findings)
    files = {
        _beside(base, ".docx"): word.render(document, draft=draft, findings=findings, origin=origin),
        _beside(base, ".html"): sealed_page(page, properties),
    }
    name, old = (earlier[-1].name, earlier[-1].content) if earlier else ("", None)
    changes = compare(old, content) if old else None
    sheet = Sheet(draft, work.outcome, content.fingerprint, origin.input, Before(name, changes))
    files[_beside(base, SHEET)] = sealed_page(check_sheet(document, sheet), properties)
    files[_beside(base, SHEET_IN_WORD)] = word.render_check_sheet(document, sheet, origin)
    if old and changes:
        header = f"{draft}（与{name}对照）"
        revised = word.render_changes(document, old, header=header, origin=origin)
        files[_beside(base, CHANGES)] = revised
    if extras.fragment:
        files[_beside(base, FRAGMENT)] = sealed_page(html.fragment(document), properties)
    return files


@dataclass(frozen=True, eq=False)
class _There:
    """A file that lies in the folder, read once."""

    path: Path
    form: Form
    made: Provenance

    @classmethod
    def at(cls, path: Path, form: Form) -> _There | None:
        """The file at a path; None where there is none.

        Raises:
            OutputError: it cannot be read.
        """
        try:
            return cls(path, form, Provenance(path.read_bytes()))
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise OutputError(
                f"{path} 读不出来（{error.strerror}）。请关闭正在使用它的程序，再运行一次。"
            ) from None

    @property
    def was_edited(self) -> bool:
        """Whether it is not, or not any more, as this program made it."""
        return not self.made.is_untouched

    @cached_property
    def now(self) -> Content | None:
        """What a Word file says now; None where it cannot be read, or not all of it."""
        from ..reading.word_file import read_word

        if self.path.suffix.lower() != ".docx":
            return None
        try:
            found = read_word(self.path, self.form, self.made)
        except InputError:
            return None
        return None if found.missing else found.content


@dataclass(frozen=True, eq=False)
class _Draft:
    """A draft that lies in the folder, with the files that go with it."""

    number: int
    versions: tuple[_There, ...]
    """The Word file and the web page, or the one that is there."""
    changes: _There | None
    """Its 修订对照, where it has one."""

    @property
    def name(self) -> str:
        return f"{DRAFT}{self.number}"

    @property
    def files(self) -> tuple[_There, ...]:
        return (*self.versions, self.changes) if self.changes else self.versions

    @cached_property
    def told(self) -> Content | None:
        """What it said when it was made, where it tells."""
        return next((content for each in self.versions if (content := each.made.content)), None)

    @property
    def content(self) -> Content | None:
        """What it said when it was made; what it says now where an older version did not write that down."""
        return self.told or next((content for each in self.versions if (content := each.now)), None)

    def says(self, content: Content) -> bool:
        """Whether it was made of this content and is still as it was made."""
        return all(
            not each.was_edited and each.made.properties.get(CONTENT) == content.fingerprint
            for each in self.versions
        )


def _drafts(document: Document, folder: Path) -> list[_Draft]:
    """The drafts that lie in ``folder`` by number.

    Raises:
        OutputError: the folder, or a file in it, cannot be read.
    """
    pattern = re.compile(
        re.escape(file_name(document.name)) + rf"（{DRAFT}([1-9]\d{{0,3}})）\.(?:docx|html)", re.IGNORECASE
    )
    try:
        names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    except OSError as error:
        raise OutputError(f"{folder} 读不出来（{error.strerror}）。请用 -o 换一个文件夹。") from None
    found: dict[int, list[Path]] = {}
    for name in names:
        if match := pattern.fullmatch(name):
            found.setdefault(int(match[1]), []).append(folder / name)

    return [
        _Draft(
            number,
            tuple(each for path in paths if (each := _There.at(path, document.form))),
            _There.at(_beside(paths[0].with_suffix(""), CHANGES), document.form),
        )
        for number, paths in sorted(found.items())
    ]


def _edited(drafts: Sequence[_Draft], content: Content) -> Iterator[Edited]:
    """The drafts that were edited: the newest in any case, older ones while corrections in them are open.

    Whoever accepts and rejects changes in 修订对照 edits the draft too.
    """
    for i, draft in enumerate(drafts):
        for each in draft.files:
            if not each.was_edited:
                continue
            made, now = each.made.content, each.now
            if made is None or now is None:
                found = Edited(each.path)
            else:
                later = [told for other in drafts[i + 1 :] if (told := other.told)]
                left = not_taken_in(made, now, [*later, content])
                found = Edited(each.path, bool(left.title) + len(left.figures) + len(left.texts))
            if draft is drafts[-1] or found.open:
                yield found


def _beside(base: Path, ending: str) -> Path:
    return base.with_name(base.name + ending)
