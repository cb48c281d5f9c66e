"""The files of one report: the numbered drafts (送审稿) and the final, Word and HTML beside each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from ..document import Document
from ..finding import Finding
from . import html, word
from .files import file_name, save


def write(document: Document, findings: Sequence[Finding], folder: Path, *, final: bool) -> list[Path]:
    """Write the next draft, or the final, into ``folder``; returns the files, written or already there.

    A draft gets a new number only when it differs from the last one; no draft is ever overwritten.

    Raises:
        OutputError: the files cannot be written.
        TemplateError: a template cannot be used.
    """
    if final:
        files = _files(document, (), folder, None)
    else:
        number = max(_numbers(document, folder), default=1)
        files = _files(document, findings, folder, number)
        if any(path.exists() and path.read_bytes() != data for path, data in files.items()):
            files = _files(document, findings, folder, number + 1)
    save(files)
    return list(files)


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
