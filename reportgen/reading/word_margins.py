"""What stands above and below the text of a Word file's pages, and was not put there when it was made.

A reviewer may write 同意 into a header. Whatever the base document of the form has there, a page number and the name
of the draft are ours; everything else is told, as nothing is taken from there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..form.grid import FormError
from ..form.model import Form
from ..form.templates import read_template
from ..model.opinions import DRAFT
from ..model.package import Package, PackageError
from .printed import cut
from .word_text import blocks, lines_of

_PART = re.compile(r"word/(?:header|footer)[^/]*\.xml")
_NAME_OF_DRAFT = re.compile(rf"{DRAFT}\d+(?:（与{DRAFT}\d+对照）)?")
_PAGE_NUMBER = re.compile(r"[\s\d—–\-.·/第页共]+")
_LARGEST_BASE = 8 * 1024 * 1024


def written_in_margins(package: Package, form: Form) -> Iterator[str]:
    """Each line of a header or footer that is not ours, told in Chinese."""
    lines = _lines(package)
    if lines and (added := [line for line in lines if line not in _own(form)]):
        for line in dict.fromkeys(added):
            yield f"页眉或页脚里写着{cut(line)}，没有核对，也带不回来。"


def _own(form: Form) -> list[str]:
    """What the form's base document has there; it is also said when it cannot be read, by whoever prints with it."""
    try:
        return _lines(Package.of(read_template(form.file("report.docx"), _LARGEST_BASE)))
    except (OSError, PackageError, FormError):
        return []


def _lines(package: Package) -> list[str]:
    found = []
    for part in filter(_PART.fullmatch, package.parts):
        root = package.xml(part)
        for _, line in () if root is None else lines_of(blocks(root)):
            text = line.text.strip()
            if text and not (_PAGE_NUMBER.fullmatch(text) or _NAME_OF_DRAFT.fullmatch(text)):
                found.append(text)
    return found
