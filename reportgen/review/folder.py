"""What a folder holds of one report: its numbered drafts, and which of them somebody edited.

All is read from the files themselves (see :mod:`reportgen.model.provenance`), each once. What many edited ones say is
kept (see :mod:`reportgen.review.readings`), only to be quick.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast

from ..disk import read, why
from ..form.model import Form
from ..model import provenance
from ..model.content import Content
from ..model.differences import Changes
from ..model.document import Document
from ..model.findings import InputError
from ..model.opinions import DRAFT, Opinion
from ..model.package import LARGEST_FILE
from ..model.provenance import CONTENT, Provenance, sealed_page
from ..writing.files import OutputError
from .open_corrections import answers, key, keys, not_taken_in, unanswered

if TYPE_CHECKING:  # a folder without edited drafts is looked at without it
    from ..reading.published import Published
    from ..reading.web_page import WebPage
    from ..reading.word_file import WordFile

SHEET, SHEET_IN_WORD = "核对单.html", "核对单.docx"
CHANGES, FRAGMENT, PDF = "修订对照.docx", "（网页粘贴）.html", ".pdf"
NUMBER = "[1-9][0-9]{0,8}"
"""Of a draft."""


@dataclass(frozen=True)
class Edited:
    """A file that somebody changed after it was made, or that is not this program's; it was left alone."""

    path: Path
    open: int | None = None
    """How much of it the input file has not taken in and the ledger not answered; None where that cannot be told."""
    left: Changes = field(default=Changes(), compare=False)
    """Those corrections."""
    unread: tuple[str, ...] = field(default=(), compare=False)
    """What else came back and waits for an answer: what cannot be taken in, in Chinese."""
    noted: tuple[int, ...] = field(default=(), compare=False)
    """The numbers that the ledger gives to what is open."""
    draft: str = field(default="", compare=False)
    """The draft it is, such as 送审稿1."""
    word: WordFile | None = field(default=None, compare=False)
    """What it holds, where it is a Word file that can be read."""

    @property
    def can_be_pulled(self) -> bool:
        """Whether it is a Word file of the report: nothing is taken back from a page, a PDF or a check sheet."""
        return self.path.suffix.lower() == ".docx" and not self.path.name.endswith(SHEET_IN_WORD)


@dataclass(frozen=True, eq=False)
class There:
    """A file that lies in the folder, read once."""

    path: Path
    form: Form
    made: Provenance

    @classmethod
    def at(cls, path: Path, form: Form) -> There | None:
        """The file at a path; None where there is none.

        Raises:
            OutputError: it cannot be read.
        """
        try:
            page = None
            if path.name.endswith(FRAGMENT):
                there = cls.at(path.with_name(path.name.removesuffix(FRAGMENT) + ".html"), form)
                page = there.made if there else None
            return cls(path, form, Provenance(read(path, LARGEST_FILE), page))
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise OutputError(
                f"{path} 读不出来（{why(error)}）。请关闭正在使用它的程序，再运行一次。"
            ) from None

    @property
    def was_edited(self) -> bool:
        """Whether it is not, or not any more, as this program made it."""
        return not self.made.is_untouched

    @cached_property
    def number(self) -> int:
        """The number of the draft that it says it is; 0 where it is none or does not say."""
        said = self.made.properties.get(provenance.DRAFT, "")
        return int(said) if re.fullmatch(NUMBER, said) else 0

    def is_of(self, title: str) -> bool:
        """Whether it was made as a draft of the report of this title."""
        return self.made.content is not None and self.made.content.title == title

    @cached_property
    def read(self) -> WordFile | WebPage | Published | None:
        """A Word file or web page as it is now; None where it is none, or cannot be read."""
        suffix = self.path.suffix.lower()
        with suppress(InputError):
            if suffix == ".docx":
                from ..reading.word_file import read_word

                return read_word(self.path, self.form, self.made, self.made.content)
            if suffix == ".html":
                from ..reading.web_page import WebPage, read_page

                page = read_page(self.path, self.form, self.form.folder.parent)
                is_of_form = isinstance(page, WebPage) or page.form.format == self.form.format
                return page if is_of_form else None
        return None

    @property
    def word(self) -> WordFile | None:
        """A Word file as it is now."""
        return None if self.path.suffix.lower() == ".html" else cast("WordFile | None", self.read)

    @property
    def can_be_told(self) -> bool:
        """Whether it is known what it says now; of a page that has lost its marks that is not sure."""
        return self.read is not None and (self.word is not None or not self.read.missing)

    @property
    def now(self) -> Content | None:
        """What it says now; None where it cannot be read, or not all of it."""
        return None if self.read is None or self.read.missing else self.read.content


@dataclass(frozen=True, eq=False)
class Draft:
    """A draft that lies in the folder, with the files that go with it."""

    number: int
    versions: tuple[There, ...]
    """The Word file and the web page, or the one that is there."""
    changes: There | None
    """Its 修订对照, where it has one."""

    @property
    def name(self) -> str:
        return f"{DRAFT}{self.number}"

    @property
    def files(self) -> tuple[There, ...]:
        return (*self.versions, self.changes) if self.changes else self.versions

    @cached_property
    def told(self) -> Content | None:
        """What it said when it was made, where it tells."""
        return next((content for each in self.versions if (content := each.made.content)), None)

    @property
    def content(self) -> Content | None:
        """What it said when it was made; what it says now where an older version did not write that down."""
        return self.told or next((content for each in self.versions if (content := each.now)), None)

    def was_made_of(self, content: Content) -> bool:
        """Whether all its files were made of this content, whatever has been edited since."""
        return all(each.made.properties.get(CONTENT) == content.fingerprint for each in self.versions)

    def says(self, content: Content) -> bool:
        """Whether it was made of this content and is still as it was made."""
        return self.was_made_of(content) and not any(each.was_edited for each in self.versions)


def page_with(fragment: bytes, page: str, properties: Mapping[str, str]) -> bytes:
    """A page that tells of its ``fragment``, made or not, so that a changed one is known beside it."""
    told = {**properties, provenance.FRAGMENT: hashlib.sha256(fragment).hexdigest()}
    return sealed_page(page, told)


def drafts_in(document: Document, folder: Path) -> list[Draft]:
    """The drafts that lie in ``folder`` by number.

    Raises:
        OutputError: the folder, or a file in it, cannot be read.
    """
    pattern = _own_name(document, ".docx", ".html")
    found: dict[int, list[Path]] = {}
    for path in _listed(folder):
        if match := pattern.fullmatch(path.name):
            found.setdefault(int(match[1]), []).append(path)

    return [
        Draft(
            number,
            tuple(each for path in paths if (each := There.at(path, document.form))),
            There.at(beside(paths[0].with_suffix(""), CHANGES), document.form),
        )
        for number, paths in sorted(found.items())
    ]


def _own_name(document: Document, *endings: str) -> re.Pattern[str]:
    """What the files of the report's drafts are called; the number is the first group."""
    name = re.escape(document.file_title)
    return re.compile(rf"{name}（{DRAFT}({NUMBER})）(?:{'|'.join(map(re.escape, endings))})", re.IGNORECASE)


def _listed(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir()) if folder.is_dir() else []
    except OSError as error:
        raise OutputError(f"{folder} 读不出来（{why(error)}）。请用 -o 换一个文件夹。") from None


def returned_in(document: Document, folder: Path) -> list[There]:
    """The edited drafts of the report that lie in ``folder`` under other names, as they come back by mail."""
    own = _own_name(document, CHANGES, ".docx")
    found = []
    for path in _listed(folder):
        if path.suffix.lower() != ".docx" or own.fullmatch(path.name):
            continue
        with suppress(OSError, OutputError):
            there = There.at(path, document.form) if path.stat().st_size <= LARGEST_FILE else None
            if there and there.number and there.was_edited and there.is_of(document.name):
                found.append(there)
    return found


def edited(
    drafts: Sequence[Draft], returned: Sequence[There], content: Content, opinions: Sequence[Opinion] = ()
) -> Iterator[Edited]:
    """The drafts that were edited, and what of it is open: neither a later draft nor ``content`` has it.

    What the ``opinions`` answer is not open. Whoever accepts and rejects changes in 修订对照 edits the draft too.
    """
    numbered = {draft.number: draft for draft in drafts}
    files = [(draft.number, each) for draft in drafts for each in draft.files]
    files += [(there.number, there) for there in returned]
    found = [(number, each) for number, each in files if each.was_edited]
    if found:
        from .readings import read_all

        read_all([each for _, each in found if each.path.suffix.lower() == ".docx"])
    for number, each in sorted(found, key=lambda f: f[0]):
        made, name = each.made.content, f"{DRAFT}{number}"
        if made is None and number in numbered:  # a page does not carry what it said
            made = numbered[number].told
        if made is None or not each.can_be_told:
            yield Edited(each.path, draft=name, word=each.word)
            continue
        later = [told for other in drafts if other.number > number and (told := other.told)]
        yield _left(each, name, made, [*later, content], opinions)


def _left(
    each: There, draft: str, made: Content, later: Sequence[Content], opinions: Sequence[Opinion]
) -> Edited:
    """A file that was edited, of what ``made`` was, and what of it none of the ``later`` contents has."""
    assert each.read
    now = each.read.content.completed(each.read.missing, made)
    done = answers(opinions, draft)
    left = unanswered(not_taken_in(made, now, later), done)
    unread = tuple(message for message in each.read.unknown if key(message) not in done)
    known = {o.key: o.number for o in opinions if o.draft == draft and not o.is_comment}
    noted = tuple(known[each] for each in (*keys(left), *map(key, unread)) if each in known)
    return Edited(each.path, left.number + len(unread), left, unread, noted, draft, each.word)


def beside(base: Path, ending: str) -> Path:
    return base.with_name(base.name + ending)
