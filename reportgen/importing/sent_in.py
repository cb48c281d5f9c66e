"""What departments sent in -> the figures and texts that go into the input file which is there already.

Every file says what is filled in in it; a blank says nothing. What two files say differently is not taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from ..model.differences import Changes, compare
from ..model.document import Document, compose
from ..model.findings import Figure, InputError, unusable
from ..model.narrative import as_typed
from ..model.report import AGENCY, Report, printed
from ..model.three_way import merge_texts
from ..model.workbook import added_up
from ..reading import Source, parse_input
from ..reading.published import Published
from ..reading.rewriting import rewrite
from ..reading.sources.extract import SHEET
from .taking_in import of_another_year, read_with_year


@dataclass(frozen=True)
class Disagreement:
    """A cell, or a part of the text, of which two files say different things."""

    place: str
    """In the clerk's words."""
    said: Mapping[str, str]
    """By the name of the file."""


@dataclass(frozen=True)
class SentIn:
    """The input file with what came in, and what has to be looked at."""

    files: tuple[Published, ...]
    report: Report
    """As the input file is."""
    text: str
    """Of the input file as it is to be; as it is where nothing changes."""
    changes: Changes
    """What that changes in the report."""
    agency: Mapping[str, str]
    """What the input did not say of the body and says now, by the keys of ``[agency]``."""
    added_up: tuple[str, ...]
    """Totals that no file holds and that are the sum of what is there now, by cell key."""
    disagreements: tuple[Disagreement, ...]
    doubts: tuple[str, ...]
    """Why a file may be the wrong one, in Chinese."""
    remarks: tuple[str, ...]
    """What was read in the files and is not taken, or is to be known, in Chinese."""
    unread: tuple[str, ...]
    """Words that stand where figures should, in Chinese."""

    @property
    def is_clear(self) -> bool:
        """Whether all that came in was read and taken."""
        return not (self.disagreements or self.doubts or self.unread)


def file_sent_in(path: Path, report: Report, templates: Path | None, year: int | None = None) -> Published:
    """Read a file that is to go into ``report``; ``year`` is for one that does not say its own.

    Raises:
        InputError: the file cannot be used, or is of another body, year or format.
    """
    if year and year != report.year:
        raise unusable(
            path, f"输入文件是 {report.year} 年的，--year 写的是 {year}。", "写了 --into 的，不用写 --year。"
        )
    found, of_year = read_with_year(path, templates, year)
    own, name = report.agency["name"], found.agency.get("name", "")
    if of_year != report.year or (name and _bare(name) != _bare(own)):
        raise unusable(
            path,
            f"里面是{name} {of_year} 年的报告，{report.path.name} 是{own} {report.year} 年的。",
            "请核对是不是拿错了文件；名称或年份只是写错了的，先改好再运行一次。",
        )
    if found.form.format != report.form.format:
        raise unusable(
            path,
            f"里面是 {found.form.format} 年格式的报告，{report.path.name} 是 {report.form.format} 年格式。",
            "请核对是不是拿错了文件。",
        )
    return found


def sent_in(files: Sequence[Published], source: Source, report: Report, last: Report | None) -> SentIn:
    """Put what the files say into the input file of ``report``, whose text is ``source``; nothing is written.

    Raises:
        InputError: the text of the input cannot be printed, or has no place for what is to be put into it.
    """
    return _SentIn(files, report, last).into(source)


class _SentIn:
    """Files held against one input file."""

    def __init__(self, files: Sequence[Published], report: Report, last: Report | None) -> None:
        self.files = files
        self.report, self.form, self.last = report, report.form, last
        names = [file.path.name for file in files]
        self.names = [
            name if names.count(name) == 1 else str(file.path)
            for name, file in zip(names, files, strict=True)
        ]
        self.disagreements: list[Disagreement] = []

    def into(self, source: Source) -> SentIn:
        """All that comes of them."""
        figures = dict(self.figures())
        added_up = dict(self.added_up(figures))
        sources, agency = dict(self.sources()), dict(self.agency())
        text, changes = source.text, Changes()
        if figures or added_up or sources or agency:
            words = {("agency", key): value for key, value in agency.items()}
            text = rewrite(source.text, self.report, {**figures, **added_up}, sources, words)
            after = self.read_again(replace(source, text=text), {**figures, **added_up}, sources, agency)
            changes = compare(self.document.content, compose(after, self.last).content)
        return SentIn(
            files=tuple(self.files),
            report=self.report,
            text=text,
            changes=changes,
            agency=agency,
            added_up=tuple(added_up),
            disagreements=tuple(self.disagreements),
            doubts=(
                *of_another_year(self.report.path, self.report.year),
                *self.about(file.doubts for file in self.files),
            ),
            remarks=tuple(self.about([*file.remarks, *self.of_the_body(file)] for file in self.files)),
            unread=tuple(self.about(file.unknown for file in self.files)),
        )

    @cached_property
    def document(self) -> Document:
        """The input file as it prints."""
        return compose(self.report, self.last)

    def read_again(
        self,
        source: Source,
        figures: Mapping[str, str],
        sources: Mapping[str, str],
        agency: Mapping[str, str],
    ) -> Report:
        """The report the rewritten input file says.

        Raises:
            InputError: it cannot be read any more, or does not say what was put into it.
        """
        path = self.report.path
        try:
            after = parse_input(source.normal, path, self.form.folder.parent)
        except InputError as error:
            why = "；".join(found.message + found.cure for found in error.findings[:3])
            raise unusable(
                path, f"收进来以后输入文件不能用：{why.rstrip('。')}。", "什么也没有写，请手工改。"
            ) from None
        now = {key: printed(figure) for key, figure in after.figures.items()}
        texts = {key: narrative.source.strip() for key, narrative in after.narrative.items()}
        if any(
            said.get(key, "") != value
            for said, wanted in ((now, figures), (texts, sources), (after.agency, agency))
            for key, value in wanted.items()
        ):
            raise unusable(path, "输入文件的写法特殊，数放不进去。", "什么也没有写，请手工填写。")
        return after

    # ── figures ─────────────────────────────────────────────────────────────────────────────────────

    def figures(self) -> Iterator[tuple[str, str]]:
        """The cells that get another figure; where two files disagree, none."""
        for key, cell in self.form.cells.items():
            said = {
                name: file.figures[key]
                for name, file in zip(self.names, self.files, strict=True)
                if key in file.figures
            }
            values = {Decimal(figure) for figure in said.values()}
            if len(values) > 1:
                self.disagreements.append(Disagreement(cell.label, said))
            elif values and self.report.figures.get(key) not in values:
                yield key, next(iter(said.values()))

    def added_up(self, figures: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """Totals that are not filled in and of which all parts are now."""
        known: dict[str, Figure] = {**self.report.figures}
        known |= {key: Decimal(figure) for key, figure in figures.items()}
        unsure = {each.place for each in self.disagreements}
        unread = {key for file in self.files for key, words in file.unread.items() if words}
        for table in self.form.tables.values() if figures else ():
            for key, figure in added_up(table, known).items():
                if key not in unread and self.form.cells[key].label not in unsure:
                    yield key, printed(figure)

    # ── the text ────────────────────────────────────────────────────────────────────────────────────

    def sources(self) -> Iterator[tuple[str, str]]:
        """The parts of the text that become others: what each file changed, where no two changed the same."""
        for part in self.form.parts:
            if not part.text or part.signature:
                continue
            own = self.report.narrative.get(part.text)
            base = "\n".join(_lines(own.source if own else ""))
            merged, before = base, ""
            for name, file in zip(self.names, self.files, strict=True):
                text = self.source_of(file, part.text)
                if not text or text == base:
                    continue
                both, clashes = merge_texts(base, text, merged)
                if merged != base and (clashes or not base) and text != merged:
                    shown = (clashes[0].theirs, clashes[0].mine) if clashes else (text, merged)
                    said = dict(zip((name, before), map(str.strip, shown), strict=True))
                    self.disagreements.append(Disagreement(part.name, said))
                    merged = base
                    break
                merged, before = both if merged != base else text, name
            if merged != base:
                yield part.text, merged

    def source_of(self, file: Published, part: str) -> str:
        """A part of the text as the input file would have it; what prints as it does now keeps its expressions."""
        if part in file.sources:
            return "\n".join(_lines(file.sources[part]))
        own = self.report.narrative.get(part)
        lines = _lines(own.source) if own else []
        shown = self.document.content.texts.get(part, ())
        kept = dict(zip(map(_bare, shown), lines, strict=True)) if len(lines) == len(shown) else {}
        return "\n".join(kept.get(_bare(text), as_typed(text)) for text in file.texts.get(part, ()))

    # ── the body ────────────────────────────────────────────────────────────────────────────────────

    def agency(self) -> Iterator[tuple[str, str]]:
        """What workbooks say of the body and the input does not; where two disagree, nothing."""
        for key, label in AGENCY.items():
            said = {
                name: file.agency[key]
                for name, file in zip(self.names, self.files, strict=True)
                if file.kind == SHEET and key in file.agency
            }
            if key in self.report.agency or not said:
                continue
            if len({*said.values()}) > 1:
                self.disagreements.append(Disagreement(label, said))
            else:
                yield key, next(iter(said.values()))

    # ── what is to be known ─────────────────────────────────────────────────────────────────────────

    def of_the_body(self, file: Published) -> Iterator[str]:
        """What a workbook says of the body otherwise than the input file; that is not taken."""
        own = self.report.agency
        if "name" not in file.agency:
            yield f"没有写机关名称，当作{own['name']}的收了。"
        for key, said in file.agency.items() if file.kind == SHEET else ():
            if key != "name" and own.get(key, said) != said:
                yield f"{AGENCY[key]}是“{said}”，输入文件里是“{own[key]}”，没有收；要改请改 [agency] 的 {key}。"

    def about(self, said: Iterable[Iterable[str]]) -> Iterator[str]:
        """What is said of the files, with their names; the same of several once."""
        found: dict[str, list[str]] = {}
        for name, texts in zip(self.names, said, strict=True):
            for text in texts:
                found.setdefault(text, []).append(name)
        yield from (f"{'、'.join(names)}：{text}" for text, names in found.items())


def _lines(source: str) -> list[str]:
    return [line.strip() for line in source.split("\n") if line.strip()]


def _bare(text: str) -> str:
    return "".join(text.split())
