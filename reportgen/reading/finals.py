"""A folder -> the finals of one body that lie in it, of whatever year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from .. import disk
from ..form.model import Form
from ..model.content import Content, Final
from ..model.document import Document, file_title
from ..model.findings import InputError
from ..model.package import LARGEST_FILE
from ..model.provenance import CONTENT, Provenance

_YEAR = "0000"
"""Stands for the year while the name is made."""


def finals_in(folder: Path, document: Document) -> tuple[Final, ...]:
    """The finals of the document's body by year; only one of the document's own year is read."""
    title = file_title(document.form, document.agency["name"], _YEAR)
    before, _, after = map(re.escape, title.rpartition(_YEAR))
    name = rf"{before}((?:19|20)\d\d){after}"
    return tuple(_finals(folder, re.compile(rf"{name}\.docx", re.IGNORECASE), document))


def _finals(folder: Path, name: re.Pattern[str], document: Document) -> Iterator[Final]:
    try:
        paths = sorted(folder.iterdir())
    except OSError:  # there is no such folder yet, or whoever writes into it will say why not
        return
    for path in paths:
        if match := name.fullmatch(path.name):
            year = int(match[1])
            own = year == document.year
            yield Final(path.name, year, _content(path, document.content, document.form) if own else None)


def _content(path: Path, content: Content, form: Form) -> Content | None:
    """What a final says; None where it cannot be read. One of this very content is not taken apart."""
    from .word_file import read_word

    try:
        made = Provenance(disk.read(path, LARGEST_FILE))
        if made.is_untouched and made.properties.get(CONTENT) == content.fingerprint:
            return content
        return read_word(path, form, made).content
    except (OSError, InputError):
        return None
