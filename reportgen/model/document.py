"""The report composed for printing: its title, its parts in order, every figure as text.

The writers need nothing else: what a part is called, which table stands where and how the narrative reads has
been decided here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from ..disk import LONGEST_NAME, file_name, shortened
from ..form.model import Form, Part, Table
from .chinese import after_places
from .content import Content
from .findings import Finding, InputError, Severity
from .names import names
from .narrative import LONGEST_TEXT, Narrative, NarrativeError, Problem, namespace
from .paragraphs import Paragraph
from .report import AGENCY, Publication, Report, added, printed
from .signature import signed
from .values import Unfilled

LONGEST_TITLE = LONGEST_NAME - 64
"""Bytes of a title in the name of a file: what may follow is as long as （2026-01-08 1432 定稿12）（网页粘贴）.html."""


class Section(NamedTuple):
    """One part of the report: its heading, and either paragraphs or a table. Neither: the text is 未填."""

    part: Part
    paragraphs: tuple[Paragraph, ...] = ()
    table: Table | None = None

    @property
    def missing(self) -> bool:
        """Whether its text is still to be written."""
        return self.table is None and not self.paragraphs


@dataclass(frozen=True)
class Document:
    """The whole report, ready to be written."""

    form: Form
    title: tuple[str, ...]
    """The title in the pieces between which it may be broken."""
    agency: Mapping[str, str]
    year: int
    sections: tuple[Section, ...]
    figures: Mapping[str, str]
    """Every filled cell as it is printed."""
    publication: Publication = field(default_factory=Publication)

    @property
    def name(self) -> str:
        """The title on one line."""
        return "".join(self.title)

    @property
    def file_title(self) -> str:
        """What its files are called, before （送审稿1） and the like."""
        return file_title(self.form, self.agency["name"], str(self.year))

    @property
    def title_words(self) -> tuple[tuple[str, ...], ...]:
        """The pieces of the title, each in the words between which a narrow screen may break it."""
        return tuple(
            tuple(
                part for word in words for part in after_places(_filled(word, self.agency["name"], self.year))
            )
            for words in self.form.title_words
        )

    @cached_property
    def content(self) -> Content:
        """What it says once it is printed."""
        return Content(
            title=self.name,
            figures=dict(self.figures),
            texts={
                section.part.text: tuple(paragraph.text for paragraph in section.paragraphs)
                for section in self.sections
                if section.paragraphs
            },
        )


def file_title(form: Form, agency: str, year: str) -> str:
    """The official title as files are named by it; the name of the body is cut where the whole would be too long."""
    title = "".join(form.title).replace("{year}", year)
    room = LONGEST_TITLE - len(file_name(title.replace("{agency}", "")).encode())
    return shortened(file_name(title.replace("{agency}", shortened(agency, max(room, 0)))), LONGEST_TITLE)


def compose(report: Report, last: Report | None = None) -> Document:
    """Compose the report; ``last`` is last year's, for narratives that speak of it.

    Raises:
        InputError: a narrative cannot be printed.
    """
    values = namespace(values_of(report, last))
    problems: list[Finding] = []
    sections = []
    for part in report.form.parts:
        if part.table:
            sections.append(Section(part, table=report.form.tables[part.table]))
            continue
        paragraphs: list[Paragraph] = []
        try:
            paragraphs = _paragraphs(report.narrative.get(part.text), values, last)
        except NarrativeError as error:
            problems += error.findings(part.name)
        if paragraphs or not part.optional:
            sections.append(Section(part, signed(paragraphs) if part.signature else tuple(paragraphs)))
    length = sum(len(paragraph.text) for section in sections for paragraph in section.paragraphs)
    if length > LONGEST_TEXT:
        message = f"各部分文字印出来共 {length} 字，太长，最多 {LONGEST_TEXT} 字。"
        problems.append(Finding("I05", Severity.ERROR, message, "请核对是不是贴错了内容。"))
    if problems:
        raise InputError(report.path, problems)
    return Document(
        form=report.form,
        title=title(report),
        agency=report.agency,
        year=report.year,
        sections=tuple(sections),
        figures={key: printed(figure) for key, figure in report.figures.items()},
        publication=report.publication,
    )


def _paragraphs(
    narrative: Narrative | None, values: Mapping[str, Any], last: Report | None
) -> list[Paragraph]:
    if narrative is None:
        return []
    if narrative.of_last and last is None:
        message = "文中用到上一年的数据（last），但没有找到上一年的数据；请在命令后面加 --previous 文件，或者在工作台的“上年”里选：上一年的输入文件，或公布的网页、Word、PDF。"
        raise NarrativeError([Problem(narrative.lines[0], message)])
    if last is not None and (lacking := narrative.of_last.keys() - names(last.form).keys()):
        message = f"上一年（{last.year}年）的报告是 {last.form.format} 年格式，没有这个数，请改写这一句"
        raise NarrativeError(
            [Problem(narrative.of_last[name], f"{message}：last.{name}") for name in sorted(lacking)]
        )
    return narrative.render(values)


def title(report: Report) -> tuple[str, ...]:
    """The official title in the pieces between which it may be broken."""
    return tuple(_filled(piece, report.agency["name"], report.year) for piece in report.form.title)


def _filled(piece: str, agency: str, year: int) -> str:
    return piece.replace("{agency}", agency).replace("{year}", str(year))


def _in_one_line(text: str) -> str:
    """An address of several lines as it stands within a sentence."""
    return text.replace("\n", " ")


def values_of(report: Report, last: Report | None = None) -> dict[str, Any]:
    """The values of all names of :func:`names`."""
    values: dict[str, Any] = {"year": report.year}
    values.update({f"agency.{key}": _in_one_line(report.agency.get(key, "")) or Unfilled() for key in AGENCY})
    for name, cells in report.form.quantities():
        filled = all(cell in report.figures for cell in cells)
        values[name] = added(report.figures, cells) if filled else Unfilled()
    if last is not None:
        values.update({f"last.{name}": value for name, value in values_of(last).items()})
    return values
