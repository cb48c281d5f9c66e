"""The files of one report in a folder: the numbered drafts (送审稿) and the final.

A draft is a Word file and a web page, a check sheet (核对单), and from the second on its changes since the one before
(修订对照). What a folder holds is read from the files themselves (see :mod:`reportgen.model.provenance`); nothing else is kept.
A file that was edited after it was made is never written over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from ..model.content import Content, content_of
from ..model.differences import compare
from ..model.document import Document
from ..model.findings import Outcome
from ..model.provenance import CONTENT, Origin, content_in, is_untouched, properties_in, sealed_page
from ..writing import html, pdf, word
from ..writing.check_sheet import Before, Sheet, check_sheet
from ..writing.files import OutputError, TakenError, file_name, save
from ..writing.properties import properties_of
from ..writing.watermark import DRAFT
from .open_corrections import not_taken_in

SHEET, CHANGES, FRAGMENT = "核对单.html", "修订对照.docx", "（网页粘贴）.html"
ATTEMPTS = 50
"""So often another build may be quicker before this one gives up."""


@dataclass(frozen=True)
class Extras:
    """What is written beside Word and HTML when the clerk asks for it."""

    fragment: bool = False
    pdf: bool = False


class Work(Protocol):
    """What the files are made of: the report, what the checks found, and the input it was read from."""

    @property
    def document(self) -> Document: ...
    @property
    def outcome(self) -> Outcome: ...
    @property
    def origin(self) -> Origin: ...


Reread = Callable[[Path], Content | None]
"""What a Word file says now, after somebody edited it; None where that cannot be told."""


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


def write(work: Work, folder: Path, reread: Reread, *, final: bool, extras: Extras) -> Written:
    """Write the next draft, or the final, into ``folder``.

    A draft gets a new number only when its content differs from the last one's, or when that was edited since;
    ``reread`` then tells which of its corrections are still to be taken in.

    Raises:
        OutputError: the files cannot be written, or the final was edited after it was made.
        TemplateError: a template cannot be used.
        PdfError: no PDF could be made; Word and HTML are written.
    """
    written = _write_final(work, folder, extras) if final else _write_draft(work, folder, reread, extras)
    if not extras.pdf:
        return written
    word_file = next(path for path in written.files if path.suffix == ".docx")
    data = word_file.read_bytes()
    made = word_file.with_suffix(".pdf")
    save({made: pdf.convert(data)})
    missing = pdf.missing_fonts(data)
    return replace(
        written, files=[*written.files, made], missing_fonts=None if missing is None else tuple(missing)
    )


# ── the final ───────────────────────────────────────────────────────────────────────────────────────


def _write_final(work: Work, folder: Path, extras: Extras) -> Written:
    document, origin = work.document, work.origin
    base = folder / file_name(document.name)
    properties = properties_of(content_of(work.document), origin)
    files = {
        _beside(base, ".docx"): word.render(document, origin=origin),
        _beside(base, ".html"): sealed_page(html.render(document), properties),
    }
    if extras.fragment:
        files[_beside(base, FRAGMENT)] = sealed_page(html.fragment(document), properties)
    for path in files:
        if _was_edited(path):
            raise OutputError(
                f"{path} 生成以后被改过，或不是本程序生成的，没有动它，也没有生成定稿。"
                "请先核对其中的改动；要重新生成，请把它改名或移到别处，再运行一次。"
            )
    save(files)
    return Written(list(files))


# ── drafts ──────────────────────────────────────────────────────────────────────────────────────────


def _write_draft(work: Work, folder: Path, reread: Reread, extras: Extras) -> Written:
    for _ in range(ATTEMPTS - 1):
        with suppress(TakenError):
            return _try_draft(work, folder, reread, extras)
    return _try_draft(work, folder, reread, extras)


def _try_draft(work: Work, folder: Path, reread: Reread, extras: Extras) -> Written:
    """Write the draft whose number is next as the folder is now.

    Raises:
        TakenError: another build took the number meanwhile; nothing was written.
    """
    content = content_of(work.document)
    there = _drafts(work.document, folder)
    newest = max(there, default=0)
    is_new = not newest or not _says(content, there[newest])
    number = newest + 1 if is_new else newest
    files = _draft_files(work, folder, number, _before(there, number, reread), extras)
    kept = [path for path in files if _was_edited(path)]
    save(
        {path: data for path, data in files.items() if path not in kept},
        new=next(iter(files)) if is_new else None,
    )
    edited = {each.path: each for each in _edited(there, content, reread)}
    others = (Edited(path) for path in kept if path not in edited)
    return Written(list(files), f"{DRAFT}{number}", is_new, (*edited.values(), *others))


def _draft_files(
    work: Work, folder: Path, number: int, before: tuple[str, Content | None], extras: Extras
) -> dict[Path, bytes]:
    """All files of a draft, the Word file first."""
    document, content = work.document, content_of(work.document)
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
    name, old = before
    changes = compare(old, content) if old else None
    sheet = Sheet(draft, work.outcome, content.fingerprint, origin.input, Before(name, changes))
    files[_beside(base, SHEET)] = sealed_page(check_sheet(document, sheet), properties)
    if old and changes:
        header = f"{draft}（与{name}对照）"
        revised = word.render_changes(document, old, header=header, origin=origin)
        files[_beside(base, CHANGES)] = revised
    if extras.fragment:
        files[_beside(base, FRAGMENT)] = sealed_page(html.fragment(document), properties)
    return files


def _drafts(document: Document, folder: Path) -> dict[int, list[Path]]:
    """The drafts that lie in ``folder`` by number: the Word file first, then the web page."""
    pattern = re.compile(
        re.escape(file_name(document.name)) + rf"（{DRAFT}([1-9]\d{{0,3}})）\.(?:docx|html)", re.IGNORECASE
    )
    found: dict[int, list[Path]] = {}
    try:
        names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    except OSError as error:
        raise OutputError(f"{folder} 读不出来（{error.strerror}）。请用 -o 换一个文件夹。") from None
    for name in names:
        if match := pattern.fullmatch(name):
            found.setdefault(int(match[1]), []).append(folder / name)
    return found


def _says(content: Content, draft: list[Path]) -> bool:
    """Whether a draft was made of the same content and is still as it was made."""
    files = [_read(path) for path in draft]
    return all(
        is_untouched(data) and properties_in(data).get(CONTENT) == content.fingerprint for data in files
    )


def _edited(there: Mapping[int, list[Path]], content: Content, reread: Reread) -> Iterator[Edited]:
    """The drafts that were edited: the newest in any case, older ones while corrections in them are open.

    Whoever accepts and rejects changes in 修订对照 edits the draft too.
    """
    for number, paths in sorted(there.items()):
        for path in (*paths, _beside(paths[0].with_suffix(""), CHANGES)):
            if not _was_edited(path):
                continue
            data = _read(path)
            made, now = content_in(data), reread(path) if path.suffix == ".docx" else None
            if made is None or now is None:
                found = Edited(path)
            else:
                later = [known for n in there if n > number for known in _told(there[n])]
                left = not_taken_in(made, now, [*later, content])
                found = Edited(path, bool(left.title) + len(left.figures) + len(left.texts))
            if number == max(there) or found.open:
                yield found


def _told(draft: list[Path]) -> list[Content]:
    """What a draft said when it was made, where it tells."""
    return [content for path in draft if (content := content_in(_read(path)))]


def _before(there: Mapping[int, list[Path]], number: int, reread: Reread) -> tuple[str, Content | None]:
    """The name of the last draft before ``number``, and what it said.

    A draft of an older version does not tell what it said when it was made; then what it says now counts. None
    where that cannot be told either.
    """
    earlier = max((n for n in there if n < number), default=0)
    if not earlier:
        return "", None
    now = (reread(path) for path in there[earlier] if path.suffix == ".docx")
    return f"{DRAFT}{earlier}", next(iter(_told(there[earlier])), None) or next(now, None)


def _was_edited(path: Path) -> bool:
    """Whether there is such a file, and it is not as this program made it."""
    return path.exists() and not is_untouched(_read(path))


def _beside(base: Path, ending: str) -> Path:
    return base.with_name(base.name + ending)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise OutputError(
            f"{path} 读不出来（{error.strerror}）。请关闭正在使用它的程序，再运行一次。"
        ) from None
