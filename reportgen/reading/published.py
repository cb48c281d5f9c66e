"""A published report of any kind -> what it says, with a proof for every figure and a word on all that is not read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..form.form_file import known_formats, load_form
from ..form.model import Form
from ..model.content import Content
from ..model.expressions import parse
from ..model.findings import Finding, InputError, UntoldError, no_report, unusable
from ..model.names import names
from ..model.narrative import Narrative, NarrativeError
from ..model.report import Report
from ..model.signature import read_signature
from . import labels, sources
from .contacts import contacts
from .figures import read_figure
from .outline import Outline, outline
from .part_headings import parted_at_headings
from .proving import NAME, Candidates, Proved, contradictions, proved
from .report_title import body_and_year
from .running import read_running
from .sources.extract import PAGE, Extract, Grid
from .table_figures import read_grids

FEWEST = 8
"""Figures of a report; a file with fewer, and without its headings, is something else."""


@dataclass(frozen=True)
class Published:
    """What a report says that was published, or sent in."""

    form: Form
    path: Path
    kind: str
    """Of its file, in the clerk's words."""
    title: str
    year: int | None
    agency: Mapping[str, str]
    """By the keys of ``[agency]``; the name as the title says it."""
    figures: Mapping[str, str]
    """By cell key, in the order of the form, as printed; only those that are proved."""
    proofs: Mapping[str, str]
    """What proves each of them: grid, count, order, sums, name."""
    unread: Mapping[str, str]
    """The other cells, with the words that stand where they should; "" where nothing was found."""
    blank: frozenset[str]
    """Of those: cells whose place was found, with nothing in it."""
    reasons: Mapping[str, str]
    """Of those: why words that stand there are not read, by cell key, where that does not show in them; in Chinese."""
    texts: Mapping[str, tuple[str, ...]]
    """By narrative key."""
    left_out: tuple[str, ...] = ()
    """Lines that are no part of the report."""
    beside: tuple[str, ...] = ()
    """What stands within the report and is none of it: some of those lines, what a page hides, pictures."""
    signature: tuple[str, ...] = ()
    """The lines of its 落款, as they stand; they are among those that are left out."""
    as_written: tuple[str, ...] = ()
    """Sums that do not hold among the figures as they stand (原文如此)."""
    remarks: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    """Why it may be the wrong file, in Chinese."""
    year_advice: str = ""
    """Where in the file its year is to be written, in Chinese; "" where it has no place for it."""
    sources: Mapping[str, str] = field(default_factory=dict)
    """By narrative key: texts that were written for an input file, with their ``{{ }}``, as our workbook holds them."""
    headings: Mapping[str, str] = field(default_factory=dict)
    """By the key of its part: the heading as the file words it."""

    @property
    def content(self) -> Content:
        """What it says, to be compared; without :attr:`sources`, which are not printed yet."""
        part, signed = self.form.signature, read_signature(self.signature)
        return Content(
            self.title, self.figures, {**self.texts, **({part.text: signed} if part and signed else {})}
        )

    @property
    def unknown(self) -> tuple[str, ...]:
        """The words that stand where figures should and are none, or not certainly, in Chinese."""
        said: dict[str, list[str]] = {}
        for key, words in self.unread.items():
            if words:
                said.setdefault(words, []).append(key)
        return tuple(f"{self.form.describe(keys)}：写的是“{words}”，没有读。" for words, keys in said.items())

    @property
    def missing(self) -> frozenset[str]:
        """Cells and parts of the text that were not found or not read, which is not the same as empty."""
        lost = {part.text for part in self.form.parts if part.heading and part.key not in self.headings}
        wanted = {part.text for part in self.form.parts if part.text and not part.optional} & lost
        return frozenset({*self.unread.keys() - self.blank, *(wanted - {*self.texts, *self.sources})})

    @property
    def reworded(self) -> tuple[str, ...]:
        """The headings that the file words otherwise than the form, in Chinese."""
        said = ((part.heading or "", self.headings.get(part.key, "")) for part in self.form.parts)
        return tuple(filter(None, (labels.reworded(*each) for each in said if all(each))))


def read_published(path: Path, templates: Path | None = None, data: bytes | None = None) -> Published:
    """Read a report of any kind and make, in the format it is written in; its ``data`` where it is at hand.

    Raises:
        NoReportError: it is something else.
        InputError: the file cannot be used: a scan, an empty page, two reports.
        FormError: there are no templates, or a form file is broken.
    """
    extract = sources.extracted(path, templates, data)
    extract, form, candidates, read = _form(extract, templates)
    found = outline(extract, form, candidates.tables)
    result = _with_known(read, extract, form)
    _require_report(path, extract, found, result, candidates.conflicts)
    own_sources = {key: "\n".join(text) for key, text in extract.texts.items() if text}
    texts = {key: text for key, text in found.texts.items() if key not in own_sources}
    agency = ({"name": found.name} if found.name else {}) | dict(
        contacts([line for text in texts.values() for line in text])
    )
    return Published(
        form=form,
        path=path,
        kind=extract.kind,
        title=found.title,
        year=extract.year or found.year,
        agency={**agency, **extract.agency},
        sources=own_sources,
        figures=result.figures,
        proofs=result.proofs,
        unread=result.unread,
        blank=result.blank,
        reasons=result.reasons,
        texts=texts,
        left_out=tuple(_without_labels(found.left_out, form)),
        beside=found.beside,
        signature=found.signature,
        as_written=tuple(contradictions(result.figures, form)),
        remarks=(*extract.remarks, *result.remarks, *_headings(found, extract, form)),
        headings=found.headings,
        doubts=extract.doubts,
        year_advice=extract.year_advice,
    )


def as_report(published: Published) -> Report:
    """A published report as any other: its figures, its text as it stands, and what it holds with ``{{ }}``.

    Raises:
        UntoldError: it does not say of which year or of which body it is.
        InputError: a text in it cannot be printed.
    """
    if published.year is None:
        raise UntoldError(
            published.path,
            "year",
            "请先用 reportgen import --year 年份 把它导入成输入文件，再用那个文件。",
        )
    if not published.agency.get("name"):
        raise UntoldError(
            published.path,
            "agency",
            "请先用 reportgen import 把它导入成输入文件，写上机关名称，再用那个文件。",
        )
    cells = published.form.cells
    read = {key: read_figure(value, cells[key])[0] for key, value in published.figures.items()}
    return Report(
        form=published.form,
        path=published.path,
        year=published.year,
        agency=published.agency,
        figures={key: figure for key, figure in read.items() if figure is not None},
        narrative={
            **{
                key: Narrative("\n".join(text), range(1, len(text) + 1), None, (), {})
                for key, text in published.texts.items()
                if text
            },
            **_with_expressions(published),
        },
    )


def _with_expressions(published: Published) -> dict[str, Narrative]:
    """The texts that were written for an input file.

    Raises:
        InputError: one of them cannot be printed.
    """
    if not published.sources:
        return {}
    known = names(published.form)
    narratives: dict[str, Narrative] = {}
    problems: list[Finding] = []
    for key, text in published.sources.items():
        try:
            narratives[key] = parse(text, range(1, text.count("\n") + 2), known)
        except NarrativeError as error:
            found = error.findings(published.form.text_names[key])
            problems += [replace(each, line=None, correction=None) for each in found]
    if problems:
        raise InputError(published.path, problems)
    return narratives


def _form(extract: Extract, templates: Path | None) -> tuple[Extract, Form, Candidates, Proved]:
    """The format a report is written in: that of its year, if as much can be read in it as in any other.

    With what the file holds, its lines cut at the headings of that format.
    """
    formats = known_formats(templates)
    read: list[tuple[int, bool, Extract, Form, Candidates, Proved]] = []
    forms = [
        load_form(format, templates)
        for format in ([extract.format] if extract.format in formats else formats)
    ]
    for form in forms:
        parted = parted_at_headings(extract, form)
        candidates = read_grids(parted.blocks, form)
        read_running(parted.blocks, form, candidates)
        lines = [block for block in parted.blocks if isinstance(block, str)]
        named = next(
            (said for text in (*lines[:400], *extract.titles) if (said := body_and_year(text, form))), None
        )
        found = proved(candidates)
        is_of_year = bool(named and form.is_of(named[1]))
        read.append((len(found.figures), is_of_year, parted, form, candidates, found))
        if (is_of_year or not named) and all(len(found.figures) >= len(other.cells) for other in forms):
            break  # no other can be the one
    most = max(count for count, *_ in read)
    best = max(read, key=lambda each: (each[1] and each[0] >= 0.8 * most, each[0]))
    return best[2:]


def _with_known(found: Proved, extract: Extract, form: Form) -> Proved:
    """With the figures that the file names by cell key, which need no other proof."""
    if not extract.known:
        return found
    known = {key: value for key, value in extract.known.items() if key in form.cells}
    figures = {
        key: known.get(key, found.figures.get(key, ""))
        for key in form.cells
        if key in known or key in found.figures
    }
    return Proved(
        figures,
        {**found.proofs, **dict.fromkeys(known, NAME)},
        {key: words for key, words in found.unread.items() if key not in known},
        found.remarks,
        found.blank - known.keys(),
        {key: reason for key, reason in found.reasons.items() if key not in known},
    )


def _require_report(path: Path, extract: Extract, found: Outline, result: Proved, conflicts: int) -> None:
    """Refuse what is no report, or more than one."""
    if len(found.titles) > 1 and conflicts:
        shown = "、".join(f"“{title}”" for title in found.titles[:3])
        raise unusable(
            path,
            f"这个{extract.kind}里有不止一份报告：{shown}。",
            "请把要用的那一份单独存成一个文件，再导入。",
        )
    if extract.format or len(result.figures) >= FEWEST or len(found.headings) >= 3:
        return
    characters = sum(len(block) for block in extract.blocks if isinstance(block, str))
    has_tables = any(isinstance(block, Grid) for block in extract.blocks)
    if extract.kind == PAGE and characters < 200 and not has_tables:
        raise unusable(
            path,
            f"{extract.kind}里没有表格，也几乎没有文字，内容可能是打开以后才装进去的。",
            "请用浏览器打开原来的网页，等内容出来以后另存为“网页，全部”；或把正文复制到 Word，存为 .docx。",
        )
    raise no_report(
        path,
        f"这个{extract.kind}不像是政府信息公开工作年度报告：没有找到报告的标题和表格。",
        "请核对是不是选错了文件。",
    )


def _without_labels(lines: Sequence[str], form: Form) -> Iterator[str]:
    """Lines without those that are a label of a table, as where a row has nothing else."""
    known = {
        labels.plain(cell.label)
        for table in form.tables.values()
        for row in table.grid
        for cell in row
        if cell.label
    }
    return (line for line in lines if labels.plain(line) not in known)


def _headings(found: Outline, extract: Extract, form: Form) -> tuple[str, ...]:
    """The headings that were not found."""
    if not found.headings or extract.format:
        return ()
    lost = [part.heading for part in form.parts if part.heading and part.key not in found.headings]
    told = [f"没有找到标题“{heading}”。" for heading in lost]
    return tuple(told)
