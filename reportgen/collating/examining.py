"""One file of the folder -> a :class:`~reportgen.collating.area.Submission`: read, checked, and made plain values.

Whatever the file is, there is an answer: what cannot be used has its reason, in Chinese.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from ..checking import check
from ..checking.own_templates import OF_TEMPLATES
from ..checking.passages import places
from ..checking.similarity import read_sentences
from ..disk import why
from ..form.model import Form
from ..model.document import Document, compose
from ..model.findings import Finding, InputError, NoReportError, Severity
from ..model.language import Language
from ..model.report import Report, printed
from ..patterns import regex
from ..reading import parse_input
from ..reading.encoding import source_of
from ..reading.file_bytes import read_bytes
from ..reading.published import Published, as_report, read_published
from ..reading.sources import holds_input
from .area import Sentence, Submission, Told
from .last_year import LastYear

INPUT = "输入文件"
"""The kind of a file that is an input file of this program."""
KINDS = frozenset(
    {
        *(".docx", ".docm", ".doc", ".wps", ".odt", ".rtf", ".xlsx", ".xlsm", ".xls", ".et", ".ods"),
        *(".pdf", ".html", ".htm", ".mht", ".mhtml"),
        *Language,
    }
)
"""How files are called that hold reports; one of another name that cannot be read is no report."""
MOST_SAID = 3
"""Problems of a file that its reason names."""
_AGAIN = regex("再导入|(保存以后)?再运行一次")
"""What whoever reads one file has to do; here it is for the body that sent it."""
_NOT_READ = "I09"
"""The code of what stands in place of a figure and is none."""


def examined(
    path: Path, file: str, last: LastYear | None = None, templates: Path | None = None
) -> Submission:
    """Read and check one file; ``file`` is what the area calls it.

    Raises:
        FormError: the templates cannot be used.
    """
    empty = Submission(file)
    try:
        about = path.stat()
        empty = replace(empty, modified=about.st_mtime)
        data = read_bytes(path)
        empty = replace(empty, digest=hashlib.sha256(data).hexdigest())
        return _read(path, data, last or LastYear(), templates, empty)
    except NoReportError as error:
        return replace(empty, reason=_reason(error), is_report=False)
    except InputError as error:
        return replace(empty, reason=_reason(error), is_report=path.suffix.lower() in KINDS)
    except OSError as error:
        return replace(
            empty, reason=f"文件读不出来（{why(error)}）。", is_report=path.suffix.lower() in KINDS
        )
    except MemoryError:
        return replace(empty, reason="读这个文件内存不够，没有读。请核对是不是选错了文件。")


def _reason(error: InputError) -> str:
    said = [
        (f"第 {finding.line} 行：" if finding.line else "") + finding.text.partition("\n")[0]
        for finding in error.findings
    ]
    more = f"（共 {len(said)} 处）" if len(said) > MOST_SAID else ""
    return _AGAIN.sub("再交", "".join(said[:MOST_SAID])) + more


def _read(path: Path, data: bytes, last: LastYear, templates: Path | None, empty: Submission) -> Submission:
    if holds_input(data):
        report = parse_input(source_of(data, path).normal, path, templates)
        return _checked(report, last, templates, replace(empty, kind=INPUT))
    published = read_published(path, templates, data)
    found = replace(
        empty,
        kind=published.kind,
        name=published.agency.get("name", ""),
        format=published.form.format,
        figures=published.figures,
        proofs=published.proofs,
        unread=published.unread,
        told=tuple(_unread(published)),
    )
    if not published.figures and not found.name:
        return replace(
            empty,
            reason="这是一份空白的表，没有单位名称，也没有数。请核对是不是选错了文件。",
            is_report=False,
        )
    if published.year is None or not found.name:
        return replace(found, year=published.year)
    return _checked(as_report(published), last, templates, found)


def _unread(published: Published) -> Iterator[Told]:
    """What stands where figures should and is none, or not for certain; the same words once."""
    cells: dict[str, list[str]] = {}
    for key, words in published.unread.items():
        if words:
            cells.setdefault(words, []).append(key)
    for words, keys in cells.items():
        place = published.form.describe(keys)
        text = f"{place}：写的是“{words}”，认不出是什么数。请写清楚，没有的写 0。"
        yield Told(_NOT_READ, Severity.ERROR, text, tuple(keys), place, actual=words)


def _checked(report: Report, last: LastYear, templates: Path | None, found: Submission) -> Submission:
    """With what the checks find and the sentences of the text."""
    name = report.agency["name"]
    before = last.of(name, report.path, templates)
    if before is not None and before.year != report.year - 1:
        before = None
    document = compose(report, before)
    outcome = check(report, document, before, compose(before) if before else None)
    worst = [
        finding
        for finding in outcome.findings
        if finding.severity is not Severity.NOTE and finding.rule != OF_TEMPLATES
    ]
    named = {(place.part.text, place.index): place.name for place in places(document)}
    unread = {cell for told in found.told for cell in told.cells}
    return replace(
        found,
        name=name,
        year=report.year,
        format=report.form.format,
        figures={key: printed(report.figures[key]) for key in report.form.cells if key in report.figures},
        unread=found.unread or {key: "" for key in report.form.cells if key not in report.figures},
        told=tuple(
            sorted(
                (
                    *found.told,
                    *(
                        _told(finding, document, named)
                        for finding in worst
                        if not (finding.cells and unread.issuperset(finding.cells))
                    ),
                ),
                key=lambda told: told.severity is not Severity.ERROR,
            )
        ),
        sentences=tuple(
            Sentence(sentence.place.part.text, sentence.text, sentence.figureless)
            for sentence in read_sentences(document)
        ),
    )


def _told(finding: Finding, document: Document, named: Mapping[tuple[str, int], str]) -> Told:
    """A finding as plain values; its place in the reader's terms."""
    place, words = _place(document.form, finding.cells), ""
    if finding.passage:
        part, index, start, end = finding.passage
        place = named.get((part, index), place)
        section = next((s for s in document.sections if s.part.text == part), None)
        words = section.paragraphs[index].text[start:end] if section else ""
    return Told(
        finding.rule,
        finding.severity,
        finding.text,
        finding.cells,
        place,
        "" if finding.expected is None else printed(finding.expected),
        "" if finding.actual is None else printed(finding.actual),
        words,
    )


def _place(form: Form, cells: tuple[str, ...]) -> str:
    """Where cells stand; of those in several rows, as of a sum over rows, the first."""
    rows = {(form.cells[cell].table, form.cells[cell].row) for cell in cells}
    return form.describe(cells if len(rows) < 2 else cells[:1])
