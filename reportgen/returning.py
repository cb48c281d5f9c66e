"""What came back: a reviewed draft taken in, a published file held against the input, two versions compared."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from . import job
from .comparing import Changes, compare
from .content import Content, content_of
from .finding import Finding, InputError, Severity
from .form import Form
from .form_file import known_formats, load_form
from .job import Job
from .merging import Conflict, Merge, Reviewed, merge, rewrite
from .reading import Source, parse_input, read_source
from .reading.web_page import read_page
from .reading.word_file import WordFile, read_word
from .report import Report, printed
from .sealing import DRAFT, VERSION, content_in, source_in

WORD, PAGES = (".docx", ".docm"), (".html", ".htm")


@dataclass(frozen=True)
class Pulled:
    """A reviewed draft held against the input file."""

    draft: str
    """The draft's number; "" where it does not tell."""
    file: WordFile
    merge: Merge
    source: Source
    """The input file as it is."""
    text: str
    """The text the input file should have; as it is where nothing is to be written."""
    after: Job
    """The input file as it will be, checked."""
    new_findings: tuple[Finding, ...]
    """What the checks will find in it and do not find now."""

    @property
    def form(self) -> Form:
        return self.after.report.form

    @property
    def is_clear(self) -> bool:
        """Whether all that came back was understood, agrees with the input and leaves no error in it."""
        left = self.merge.conflicts or self.file.unknown or self.merge.corrections.title
        return not left and not self.after.outcome.blocks_final

    @property
    def is_new(self) -> bool:
        """Whether there is anything to be written."""
        return self.text != self.source.text


def pull(reviewed: Path, input: Path, previous: Path | None = None, templates: Path | None = None) -> Pulled:
    """Read a reviewed draft and merge its corrections with the input file; nothing is written.

    Raises:
        InputError: the draft or an input file cannot be used, or they are of different reports.
    """
    if reviewed.suffix.lower() in PAGES:
        raise _unusable(
            reviewed, "这是网页。", "请给出改过的 Word 送审稿（.docx）；网页可以用 reportgen verify 核对。"
        )
    source = read_source(input)
    mine = job.prepare(source, input, previous, templates)
    file = read_word(reviewed, mine.report.form)
    base = _base(reviewed, file, mine.report, templates)
    found = Reviewed(file.content, file.missing, content_in(reviewed.read_bytes()))
    merged = merge(base, mine.report, found, mine.last)
    text, after = _written(source, mine, merged, previous, templates)
    known = {(finding.rule, finding.message) for finding in mine.outcome.findings}
    new = (f for f in after.outcome.findings if (f.rule, f.message) not in known)
    return Pulled(file.properties.get(DRAFT, ""), file, merged, source, text, after, tuple(new))


def _base(reviewed: Path, file: WordFile, mine: Report, templates: Path | None) -> Report:
    """What the draft was made from.

    Raises:
        InputError: the draft does not tell, or is of another report.
    """
    written = source_in(reviewed.read_bytes())
    if written is None and DRAFT in file.properties:
        raise _unusable(
            reviewed,
            f"这一稿由别的版本（{file.properties.get(VERSION, '不明')}）生成，里面没有记下当时的输入文件，不能自动带回改动。",
            "请用 reportgen diff 比较，再手工改输入文件。",
        )
    if written is None:
        raise _unusable(
            reviewed,
            "这不是本程序生成的送审稿，不知道改之前是什么样，不能自动带回改动。",
            "请用 reportgen verify 和输入文件对照，再手工改。",
        )
    suffix = ".json" if written.lstrip("\ufeff \t\r\n").startswith("{") else ".toml"
    try:
        base = parse_input(Source(written, "utf-8").normal, reviewed.with_suffix(suffix), templates)
    except InputError:
        raise _unusable(
            reviewed,
            "送审稿里记下的输入文件读不出来，可能是别的版本生成的。",
            "请用 reportgen diff 比较，再手工改输入文件。",
        ) from None
    if (base.agency["name"], base.year, base.form.format) != (
        mine.agency["name"],
        mine.year,
        mine.form.format,
    ):
        raise _unusable(
            reviewed,
            f"这是{base.agency['name']} {base.year} 年的送审稿，输入文件是{mine.agency['name']} {mine.year} 年的。",
            "请核对是不是选错了文件。",
        )
    return base


def _written(
    source: Source, mine: Job, merged: Merge, previous: Path | None, templates: Path | None
) -> tuple[str, Job]:
    """The text of the input file with the corrections in it, read again and checked; as it is where that fails."""
    if not merged.figures and not merged.sources:
        return source.text, mine
    text = rewrite(source.text, mine.report, merged.figures, merged.sources)
    try:
        after = job.prepare(replace(source, text=text), mine.report.path, previous, templates)
        if _holds(after.report, merged):
            return text, after
        cause = "输入文件的写法特殊，改动放不进去"
    except InputError as error:
        cause = "改动写进去以后输入文件不能用：" + "；".join(finding.text for finding in error.findings)
    merged.conflicts.append(Conflict("输入文件", "", "", "", f"{cause.rstrip('。')}；没有写入，请手工改。"))
    return source.text, mine


def _holds(report: Report, merged: Merge) -> bool:
    """Whether the report says what was to be written."""
    figures = {cell: printed(figure) for cell, figure in report.figures.items()}
    sources = {part: narrative.source for part, narrative in report.narrative.items()}
    return all(figures.get(cell) == text for cell, text in merged.figures.items()) and all(
        sources.get(part, "").strip() == text.strip() for part, text in merged.sources.items()
    )


# ── comparing files ─────────────────────────────────────────────────────────────────────────────────


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
        raise _unusable(file, "只能核对 Word 文件（.docx）和网页（.html）。", "请核对文件名。")
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


def _unusable(path: Path, message: str, advice: str) -> InputError:
    return InputError(path, [Finding("I01", Severity.ERROR, message, advice)])
