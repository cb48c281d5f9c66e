"""The text of last year's report as this year's begins: its headings, or itself with its numbers bound or taken out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from ..form.model import Form
from ..model.document import Document, compose, values_of
from ..model.expressions import parse
from ..model.names import names
from ..model.narrative import as_typed, namespace
from ..model.paragraphs import GAP as UNFILLED
from ..model.paragraphs import Paragraph, Run
from ..model.report import Report
from ..patterns import regex
from ..writing.input_text import TO_WRITE
from .binding import bind, year_before
from .rewording import GAP, SHORTEST_KEPT, Reworded, reworded

_COLON = regex("[:：]|(?<=方面)[，,]")
"""Where the words of a heading end and its text begins: （一）存在的问题：解读不够。"""


@dataclass(frozen=True)
class Texts:
    """The narratives of the new file."""

    sources: Mapping[str, str]
    headings: int = 0
    bound: int = 0
    reworded: Mapping[str, Reworded] = field(default_factory=dict)


def texts_from(last: Report, before: Report | None, form: Form, *, with_text: bool) -> Texts:
    """The headings of last year's text; or the text itself, its certain numbers bound, the others gaps.

    Raises:
        InputError: last year's text cannot be printed.
    """
    known_before = year_before(last, before)
    document = compose(last, known_before)
    into = form if last.form.format != form.format else None
    if into or all(narrative.template is None for narrative in last.narrative.values()):
        last = _plain(last, document)
    signature = last.form.signature.text if last.form.signature else ""
    parts = {
        part.text: part for part in last.form.parts if part.text in form.text_names and part.text != signature
    }
    binding = bind(last, before, into) if with_text else None
    kept = [text for text in last.agency.values() if len(text) >= SHORTEST_KEPT]
    sources = binding.sources if binding else {key: each.source for key, each in last.narrative.items()}
    found = {
        key: reworded(source, last.year, kept, is_preface=parts[key].heading is None)
        for key, source in sources.items()
        if key in parts
    }
    if binding:
        return Texts({key: each.source for key, each in found.items()}, bound=binding.count, reworded=found)
    headings = {key: list(_headings(last, known_before, key, each.source)) for key, each in found.items()}
    return Texts(
        {key: "\n".join(lines) for key, lines in headings.items()},
        sum(TO_WRITE in line for lines in headings.values() for line in lines),
    )


def _plain(report: Report, document: Document) -> Report:
    """The report with its text as it was printed, without expressions; braces that a published text has print themselves."""
    texts = {
        section.part.text: [
            as_typed(paragraph.text.replace(UNFILLED, GAP)) for paragraph in section.paragraphs
        ]
        for section in document.sections
        if section.paragraphs
    }
    known = names(report.form)
    return replace(
        report,
        narrative={
            key: parse("\n".join(lines), range(1, len(lines) + 1), known) for key, lines in texts.items()
        },
    )


def _headings(report: Report, before: Report, key: str, source: str) -> Iterator[str]:
    """The headings of a narrative, each with a place for the text that belongs to it."""
    narrative = parse(source, report.narrative[key].lines, names(report.form))
    printed_ = narrative.render(namespace(values_of(report, before)))
    found = [(paragraph, runs) for paragraph in printed_ if (runs := _heading(paragraph))]
    levels = [paragraph.level for paragraph, _ in found]
    for (paragraph, runs), following in zip(found, [*levels, 0][1:], strict=True):
        line = "".join(
            f"{{{{ {run.bound.expression} }}}}" if run.bound else as_typed(run.text) for run in runs
        )
        if sum(len(run.text) for run in runs) < len(paragraph.text):
            yield f"{line}{TO_WRITE}"
            continue
        yield line
        if following <= paragraph.level:
            yield TO_WRITE


def _heading(paragraph: Paragraph) -> tuple[Run, ...]:
    """What of a paragraph is a heading: its line or its run-in phrase, up to the colon where the text begins."""
    runs = paragraph.runs if paragraph.heading else tuple(run for run in paragraph.runs if run.lead)
    kept: list[Run] = []
    for run in runs:
        colon = None if run.bound else _COLON.search(run.text)
        if colon:
            return (*kept, replace(run, text=run.text[: colon.end()], places=run.places[: colon.end()]))
        kept.append(run)
    return tuple(kept)
