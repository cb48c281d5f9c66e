"""A reviewed draft taken in: its corrections merged with the input file; nothing is written here."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from .. import job
from ..form.model import Form
from ..job import Job
from ..model.content import Content
from ..model.differences import Changes
from ..model.document import Document, compose
from ..model.findings import Finding, InputError, unusable
from ..model.opinions import Opinion
from ..model.package import Package
from ..model.provenance import CONTENT, DRAFT, VERSION, Provenance
from ..model.report import Report, printed
from ..reading import Source, parse_input, read_source
from ..reading.file_bytes import read_bytes
from ..reading.opinions_file import OpinionsFile, read_opinions
from ..reading.rewriting import rewrite
from ..reading.word_file import DOCUMENT, WordFile, read_word
from ..writing.files import is_open
from ..writing.properties import properties_of
from .choosing import with_chosen
from .folder import SHEET_IN_WORD
from .merge import Conflict, Merge, Reviewed, merge
from .new_findings import Effect, effect_on_findings
from .open_corrections import not_taken_in
from .opinions import Returned, filled
from .verify import PAGES

FINAL, PLAIN = "定稿，不是送审稿", "不带输入文件的送审稿（--plain-draft）"
"""What does not carry the input it was made from."""
SHEET_NAME = SHEET_IN_WORD.removesuffix(".docx")
"""Of a check sheet; it begins with it, too."""


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
    before: Job
    """The input file as it is, checked."""
    after: Job
    """The input file as it will be, checked."""
    findings: Effect
    """What the checks will find in it, held against what they find now."""
    is_open: bool
    """Whether Word or WPS still has the draft open: what is not saved there is not seen here."""

    ledger: OpinionsFile
    """The opinions known before."""

    def opinions(self, *, written: bool) -> tuple[Opinion, ...]:
        """All opinions, with those of the draft; ``written``: the corrections are in the input."""
        content = (self.after if written else self.before).document.content
        found = Returned(self.name, self.file, self.merge.corrections, self.open(content))
        return filled(self.ledger.opinions, self.ledger.last, found, content, self.form)

    def open(self, content: Content) -> Changes:
        """The corrections that a content of the input does not have."""
        return not_taken_in(self.merge.made, self.merge.theirs, [content])

    @cached_property
    def open_now(self) -> Changes:
        """The corrections that the input does not have as it is."""
        return self.open(self.before.document.content)

    @property
    def name(self) -> str:
        """What came back: 送审稿3, or 定稿."""
        return f"送审稿{self.draft}" if self.draft else "定稿"

    @property
    def new_findings(self) -> tuple[Finding, ...]:
        """What the checks will find in the input file and do not find now."""
        return self.findings.new

    @property
    def form(self) -> Form:
        return self.after.report.form

    @property
    def is_clear(self) -> bool:
        """Whether all that came back was seen and understood, agrees with the input and leaves no error in it."""
        left = self.merge.conflicts or self.file.unknown or self.merge.corrections.title
        return not left and not self.is_open and not self.after.outcome.blocks_final

    @property
    def is_new(self) -> bool:
        """Whether there is anything to be written."""
        return self.text != self.source.text


def pull(
    reviewed: Path,
    input: Path,
    previous: Path | None = None,
    templates: Path | None = None,
    chosen: Collection[str] | None = None,
) -> Pulled:
    """Read a reviewed draft and merge its corrections with the input file; nothing is written.

    Of the corrections only those are taken in that were ``chosen`` (see :mod:`.choosing`); all where None is given.

    Raises:
        InputError: the draft or an input file cannot be used, or they are of different reports.
    """
    if reviewed.suffix.lower() in PAGES:
        if reviewed.stem.endswith(SHEET_NAME):
            raise _is_sheet(reviewed)
        raise unusable(
            reviewed, "这是网页。", "请给出改过的 Word 送审稿（.docx）；网页可以用 reportgen verify 核对。"
        )
    source = read_source(input)
    ledger = read_opinions(input)
    mine = job.checked(job.composed(job.load(input, previous, templates, source=source)))
    made = Provenance(read_bytes(reviewed))
    file = read_word(reviewed, mine.report.form, made, made.content or mine.document.content)
    base, draft = _base(reviewed, file, mine, templates)
    found = Reviewed(file.content, file.missing, file.made.content)
    merged = merge(base, draft, mine.report, found, mine.last)
    if chosen is not None:
        some = Reviewed(with_chosen(merged.made, merged.theirs, chosen))
        part = merge(base, draft, mine.report, some, mine.last)
        merged = replace(part, corrections=merged.corrections, theirs=merged.theirs)
    text, after = _written(source, mine, merged, previous, templates)
    return Pulled(
        file.properties.get(DRAFT, ""),
        file,
        merged,
        source,
        text,
        mine,
        after,
        effect_on_findings(mine, after),
        is_open(reviewed),
        ledger,
    )


def _base(reviewed: Path, file: WordFile, work: Job, templates: Path | None) -> tuple[Report, Document]:
    """What the draft was made from, as it is written in it, and the document that this makes.

    Raises:
        InputError: the draft does not tell, or is of another report.
    """
    written, mine = file.made.source, work.report
    is_draft = DRAFT in file.properties
    if written is None and not is_draft and _begins_as_sheet(file.made):
        raise _is_sheet(reviewed)
    if written is None and is_draft and file.made.content is None:
        version = file.properties.get(VERSION, "不明")
        why = (
            "存成过 .doc、.odt 等别的格式再存回 .docx，里面记下的输入文件丢了"
            if version == properties_of(work.document.content, work.origin)[VERSION]
            else f"由别的版本（{version}）生成，里面没有记下当时的输入文件"
        )
        raise unusable(
            reviewed,
            f"这一稿{why}，不能自动带回改动。",
            "请用 reportgen diff 和送审的那一稿比较，再手工改输入文件。",
        )
    if written is None and CONTENT in file.properties:
        _check_not_carried(reviewed, file, work, PLAIN if is_draft else FINAL)
        return mine, work.document
    if written is None:
        raise unusable(
            reviewed,
            "这不是本程序生成的送审稿，不知道改之前是什么样，不能自动带回改动。",
            "请用 reportgen verify 和输入文件对照，再手工改。",
        )
    if written == work.origin.source:  # nobody changed the input since
        return mine, work.document
    try:
        base = parse_input(Source(written, "utf-8").normal, reviewed, templates)
        draft = compose(base, work.last)
    except InputError:
        raise unusable(
            reviewed,
            "送审稿里记下的输入文件不能用，可能是别的版本生成的，或被改过。",
            "请用 reportgen diff 和送审的那一稿比较，再手工改输入文件。",
        ) from None
    if (base.agency["name"], base.year, base.form.format) != (
        mine.agency["name"],
        mine.year,
        mine.form.format,
    ):
        raise unusable(
            reviewed,
            f"这是{base.agency['name']} {base.year} 年的送审稿，输入文件是{mine.agency['name']} {mine.year} 年的。",
            "请核对是不是选错了文件。",
        )
    return base, draft


def _is_sheet(path: Path) -> InputError:
    return unusable(
        path,
        f"这是{SHEET_NAME}，不是稿子。",
        f"请给出改过的 Word 送审稿（.docx）；{SHEET_NAME}上写的意见，请照着在报告里改。",
    )


def _begins_as_sheet(made: Provenance) -> bool:
    """Whether a Word file begins as a check sheet does, whatever it is called and whoever saved it anew."""
    root = Package.of(made.data).xml(DOCUMENT)
    paragraphs = () if root is None else root.iter("{*}p")
    texts = ("".join(map(str, each.itertext())).strip() for each in paragraphs)
    return next(filter(None, texts), "") == SHEET_NAME


def _check_not_carried(reviewed: Path, file: WordFile, work: Job, kind: str) -> None:
    """Refuse a file without the input it was made from, unless that is this one: as long as it still says the same.

    Raises:
        InputError: the input says something else by now, or is of another report.
    """
    now, then = work.document.content.fingerprint, file.properties[CONTENT]
    taken_in = not file.missing and file.content.fingerprint == now
    if then == now or taken_in:
        return
    if file.made.is_untouched:
        raise unusable(
            reviewed,
            f"这是{kind}；生成以后没有改过，没有要带回的改动。",
            "要看它和输入文件哪里不同，请用 reportgen verify。",
        )
    raise unusable(
        reviewed,
        f"这是{kind}，生成以后被改过。里面没有带着当时的输入文件，而输入文件现在的内容和它生成时不同"
        "（后来改过，或者不是同一份报告），分不清哪些是在它里面改的，不能自动带回改动。",
        "请用 reportgen verify 逐处对照，再手工改输入文件。",
    )


def _written(
    source: Source, mine: Job, merged: Merge, previous: Path | None, templates: Path | None
) -> tuple[str, Job]:
    """The text of the input file with the corrections in it, read again and checked; as it is where that fails."""
    if not merged.figures and not merged.sources:
        return source.text, mine
    text = rewrite(source.text, mine.report, merged.figures, merged.sources)
    try:
        loaded = job.load(mine.report.path, previous, templates, source=replace(source, text=text))
        after = job.checked(job.composed(loaded))
        if _holds(after.report, merged):
            return text, after
        cause = "输入文件的写法特殊，改动放不进去"
    except InputError as error:
        cause = "改动写进去以后输入文件不能用：" + "；".join(
            finding.message + finding.cure for finding in error.findings
        )
    merged.conflicts.append(Conflict("输入文件", "", "", "", f"{cause.rstrip('。')}；没有写入，请手工改。"))
    return source.text, mine


def _holds(report: Report, merged: Merge) -> bool:
    """Whether the report says what was to be written."""
    figures = {cell: printed(figure) for cell, figure in report.figures.items()}
    sources = {part: narrative.source for part, narrative in report.narrative.items()}
    return all(figures.get(cell) == text for cell, text in merged.figures.items()) and all(
        sources.get(part, "").strip() == text.strip() for part, text in merged.sources.items()
    )
