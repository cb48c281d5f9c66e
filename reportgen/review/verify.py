"""A published file held against the input, and two files of any kind compared."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from .. import job
from ..form.form_file import known_formats, load_form
from ..form.model import Form
from ..model.content import Content
from ..model.differences import Changes, compare
from ..model.document import compose
from ..model.findings import unusable
from ..model.language import Language
from ..model.report import Report
from ..reading.printed import cut
from ..reading.published import Published, as_report, read_published
from ..reading.sources import is_input, kind
from ..reading.web_page import WebPage, read_page
from ..reading.word_file import WordFile, read_word

WORD, PAGES = (".docx", ".docm"), (".html", ".htm")

UNTITLED = "这是粘贴用的网页正文，里面没有标题；标题在网站后台单独填写，请自己核对。"


_IN_THE_YEAR = r"(?<=\d{4}年)度"


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
    beside: tuple[str, ...] = ()
    """Lines among the parts of a page's report that belong to none."""

    @property
    def is_same(self) -> bool:
        return not (self.changes or self.missing or self.unknown)


def verify(file: Path, input: Path, previous: Path | None = None, templates: Path | None = None) -> Verified:
    """Read a published file of any kind back and compare it with the input.

    Raises:
        InputError: a file cannot be used.
    """
    work = job.composed(job.load(input, previous, templates))
    form = work.report.form
    if is_input(file):
        raise unusable(file, "这是输入文件，不是公布的文件。", "两个输入文件用 reportgen diff 比较。")
    found = _read(file, form, templates)
    _require_format(file, found, form)
    expected = work.document.content
    if _is_untitled(found):
        expected = replace(expected, title="")
    is_signed = _is_signed(expected, form)
    says = _content(found, work.last, is_signed=is_signed)
    changes = compare(_comparable(expected, found.missing), _comparable(says, found.missing))
    told = _year_said_otherwise(changes)
    names = form.text_names
    missing = [
        names.get(key) or form.cells[key].label for key in (*form.cells, *names) if key in found.missing
    ]
    return Verified(
        form=form,
        changes=replace(changes, title=None) if told else changes,
        missing=tuple(missing),
        unknown=found.unknown,
        remarks=(
            *((UNTITLED,) if _is_untitled(found) else ()),
            *told,
            *((*found.doubts, *found.reworded) if isinstance(found, Published) else ()),
            *found.remarks,
        ),
        figures=len(set(form.cells) - found.missing),
        paragraphs=sum(len(text) for part, text in expected.texts.items() if part not in found.missing),
        beside=_beside(found, is_signed=is_signed),
    )


def _year_said_otherwise(changes: Changes) -> tuple[str, ...]:
    """That two titles differ only in 2021年 and 2021年度, in Chinese; nothing where they are the same or differ in more."""
    if changes.title is None:
        return ()
    old, new = changes.title
    if re.sub(_IN_THE_YEAR, "", old) != re.sub(_IN_THE_YEAR, "", new):
        return ()
    return (f"标题里的年份一个写“年”，一个写“年度”，意思相同：输入文件是“{old}”，这个文件是“{new}”。",)


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


def compare_files(
    old: Path, new: Path, previous: Path | None = None, templates: Path | None = None
) -> Compared:
    """Compare what two files say, each an input file or a published file of any kind.

    ``previous`` is last year's input for texts that speak of its figures. A Word file or page is read by the form
    of the input beside it, of two by the form that finds most in them; any other file by its own.

    Raises:
        InputError: a file cannot be used, or the two are of different formats.
        FormError: there are no templates, or a form file is broken.
    """
    inputs = {
        path: job.composed(job.load(path, previous, templates))
        for path in (old, new)
        if path.suffix.lower() in {*Language} or is_input(path)
    }
    last = next((work.last for work in inputs.values() if work.last), None)
    forms = {work.report.form.format: work.report.form for work in inputs.values()}
    if len(forms) > 1:
        said = "、".join(f"{path.name} 是 {work.report.form.format} 年格式" for path, work in inputs.items())
        raise unusable(new, f"两个文件的格式不同（{said}），不能比较。", "请核对是不是选错了文件。")
    form = next(iter(forms.values()), None) or _form_of(old, new, templates)

    untitled = list[Path]()
    is_signed = any(_is_signed(work.document.content, form) for work in inputs.values())

    def content(path: Path) -> tuple[Content, tuple[str, ...]]:
        if path in inputs:
            return inputs[path].document.content, ()
        found = _read(path, form, templates)
        _require_format(path, found, form)
        untitled.extend([path] * _is_untitled(found))
        return _content(found, last, is_signed=is_signed), (
            *found.unknown,
            *(f"报告各部分以外的文字：{line}" for line in _beside(found, is_signed=is_signed)),
        )

    (before, lost), (after, found) = content(old), content(new)
    if untitled:
        before, after = replace(before, title=""), replace(after, title="")
    return Compared(form, compare(before, after), (*lost, *found))


def _form_of(old: Path, new: Path, templates: Path | None) -> Form:
    """The form of two published files: the one that finds most in them, the newest of equals."""
    formats = known_formats(templates)
    forms = [load_form(format, templates) for format in formats]
    if len(forms) == 1:
        return forms[0]

    def found(form: Form) -> int:
        read = (_read(path, form, templates) for path in (old, new))
        return sum(
            len({*form.cells, *form.text_names} - file.missing)
            for file in read
            if not isinstance(file, Published) or file.form.format == form.format
        )

    return max(forms, key=found)


def _read(path: Path, form: Form, templates: Path | None) -> WordFile | WebPage | Published:
    """What a file says: one of this project's by its marks, any other with proofs.

    Raises:
        InputError: it cannot be used.
    """
    suffix = path.suffix.lower()
    if suffix in WORD or (suffix not in PAGES and kind(path) == "word"):
        return read_word(path, form)
    if suffix in PAGES:
        return read_page(path, form, templates)
    return read_published(path, templates)


def _is_signed(content: Content, form: Form) -> bool:
    """Whether a report has a 落款; where it has none, that of a published file is no part of what is compared."""
    return form.signature is not None and form.signature.text in content.texts


def _content(found: WordFile | WebPage | Published, last: Report | None, *, is_signed: bool) -> Content:
    """What a file says; a text that was written for an input file, as our workbook holds it, as it is printed.

    Raises:
        InputError: that text cannot be printed.
    """
    if not isinstance(found, Published):
        return found.content
    if not found.sources:
        return found.content if is_signed else replace(found.content, texts=found.texts)
    return replace(found.content, texts=compose(as_report(found), last).content.texts)


def _require_format(path: Path, found: WordFile | WebPage | Published, form: Form) -> None:
    """Refuse a report in another format than the one it is held against."""
    if isinstance(found, Published) and found.form.format != form.format:
        said = f"这份报告是 {found.form.format} 年格式，和它比较的是 {form.format} 年格式，不能比较。"
        raise unusable(path, said, "请核对是不是选错了文件。")


def _is_untitled(found: WordFile | WebPage | Published) -> bool:
    return isinstance(found, WebPage) and found.is_fragment


def _beside(found: WordFile | WebPage | Published, *, is_signed: bool) -> tuple[str, ...]:
    """What stands among the parts; of a published file without the 落款, where that is compared."""
    if isinstance(found, WordFile):
        return ()
    signature = found.signature if isinstance(found, Published) and is_signed else ()
    return tuple(line for line in found.beside if line not in {cut(each) for each in signature})
