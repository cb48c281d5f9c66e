"""The files of one report: the numbered drafts (送审稿) and the final, Word and HTML beside each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..document import Document
from ..finding import Finding
from . import html, pdf, word
from .files import file_name, save


@dataclass(frozen=True)
class Extras:
    """What is written beside Word and HTML when the clerk asks for it."""

    fragment: bool = False
    pdf: bool = False


@dataclass(frozen=True)
class Written:
    """The files of a build, written or already there."""

    files: list[Path]
    missing_fonts: list[str]
    """Fonts that the PDF had to do without."""


def write(
    document: Document, findings: Sequence[Finding], folder: Path, *, final: bool, extras: Extras
) -> Written:
    """Write the next draft, or the final, into ``folder``.

    A draft gets a new number only when it differs from the last one; no draft is ever overwritten.

    Raises:
        OutputError: the files cannot be written.
        TemplateError: a template cannot be used.
        PdfError: no PDF could be made; Word and HTML are written.
    """
    if final:
        files = _files(document, (), folder, None)
    else:
        number = max(_numbers(document, folder), default=1)
        files = _files(document, findings, folder, number)
        if any(path.exists() and path.read_bytes() != data for path, data in files.items()):
            files = _files(document, findings, folder, number + 1)
    word_file = next(iter(files))
    if extras.fragment:
        files[word_file.with_name(f"{word_file.stem}（网页粘贴）.html")] = html.fragment(document).encode()
    save(files)
    if extras.pdf:
        made = {word_file.with_suffix(".pdf"): pdf.convert(files[word_file])}
        save(made)
        files |= made
    return Written(list(files), pdf.missing_fonts(files[word_file]) if extras.pdf else [])


def _files(
    document: Document, findings: Sequence[Finding], folder: Path, number: int | None
) -> dict[Path, bytes]:
    draft = None if number is None else f"送审稿{number}"
    name = file_name(document.name + (f"（{draft}）" if draft else ""))
    return {
        folder / f"{name}.docx": word.render(document, draft=draft),
        folder / f"{name}.html": html.render(document, draft=draft, findings=findings).encode(),
    }


def _numbers(document: Document, folder: Path) -> list[int]:
    """The numbers of the drafts that lie in ``folder``."""
    pattern = re.compile(re.escape(file_name(document.name)) + r"（送审稿(\d{1,4})）\.(?:docx|html)")
    if not folder.is_dir():
        return []
    return [int(match[1]) for path in folder.iterdir() if (match := pattern.fullmatch(path.name))]
