"""A published report -> an input file that says the same, with what was not read beside its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from ..model.findings import UntoldError, unusable
from ..model.report import years_in
from ..reading import parse_input
from ..reading.published import Published, read_published
from ..reading.sources import is_input
from ..writing.input_text import Notes, input_text
from .binding import bind

_NAMELESS = "本机关"
"""Stands for a name that was not found, while numbers are bound: what is bound does not name it."""


@dataclass(frozen=True)
class TakenIn:
    """An input file made of a published report."""

    published: Published
    year: int
    text: str
    """Of the input file."""
    doubts: tuple[str, ...] = ()
    """Why it may be the wrong file, in Chinese; they stand in the input file, too."""
    bound: int | None = None
    """How many numbers of the text became ``{{ }}``; None where none was to."""

    @property
    def proofs(self) -> Mapping[str, int]:
        """How many figures each kind of proof has proved."""
        return Counter(self.published.proofs.values())

    @property
    def is_whole(self) -> bool:
        """Whether every figure, the title and all parts of the text were read, and all sums hold."""
        read = self.published
        return not (
            self.doubts or read.unread or read.as_written or self.lacking or not (read.title or read.sources)
        )

    @property
    def lacking(self) -> tuple[str, ...]:
        """The names of the parts of the text that were not found."""
        read = self.published
        said = {*read.texts, *read.sources}
        wanted = (part for part in read.form.parts if part.text and not part.optional)
        return tuple(part.name for part in wanted if part.text not in said)


def take_in(
    path: Path,
    templates: Path | None = None,
    *,
    year: int | None = None,
    binds: bool = False,
    target: Path | None = None,
) -> TakenIn:
    """Make an input file of a report of any kind; ``year`` is for one that does not say its own.

    ``target`` is the name the clerk gave the input file, which may tell of another year. With ``binds``
    the numbers of the text that certainly tell a figure become expressions.

    Raises:
        InputError: the file cannot be used, the year is not known or another one, or a text of a workbook cannot
            be printed.
    """
    return taken_in(*read_with_year(path, templates, year), path, templates, binds=binds, target=target)


def taken_in(
    published: Published,
    of_year: int,
    path: Path,
    templates: Path | None = None,
    *,
    binds: bool = False,
    target: Path | None = None,
) -> TakenIn:
    """The same of a report that was read, in the file ``path``.

    Raises:
        InputError: a text of a workbook cannot be printed.
    """
    doubts = (*published.doubts, *of_another_year(target, of_year))
    notes = Notes(
        beside={key: words for key, words in published.unread.items() if words},
        head=tuple(f"注意：{doubt}" for doubt in doubts),
    )
    if not binds:
        return TakenIn(published, of_year, _text(published, of_year, notes), doubts)
    named = published if "name" in published.agency else replace(published, agency={"name": _NAMELESS})
    binding = bind(parse_input(_text(named, of_year, notes), path, templates))
    return TakenIn(
        published, of_year, _text(published, of_year, notes, binding.sources), doubts, binding.count
    )


def read_with_year(path: Path, templates: Path | None, year: int | None) -> tuple[Published, int]:
    """A published report and the year it is of: its own, or ``year`` for one that does not say.

    Raises:
        InputError: the file cannot be used, or its year is another one.
        UntoldError: the year is not known.
    """
    if is_input(path):
        raise unusable(
            path,
            "这已经是输入文件，不用导入。",
            f'直接用它：reportgen check "{path.name}"。要做下一年的，用 reportgen new --from。',
        )
    published = read_published(path, templates)
    if year and published.year and year != published.year:
        said = f"报告里写的是 {published.year} 年，--year 写的是 {year}。"
        raise unusable(path, said, "请核对是不是选错了文件；报告里写明了年份的，不用写 --year。")
    of_year = year or published.year
    if of_year is None:
        own = published.year_advice
        advice = f"{own}；或者用 --year 写明年份。" if own else "请用 --year 写明年份，例如 --year 2024。"
        raise UntoldError(path, "year", advice)
    return published, of_year


def of_another_year(target: Path | None, year: int) -> tuple[str, ...]:
    """That a file is named for another year than the report in it is of; nothing where it is not."""
    named = years_in(target.stem) if target else frozenset()
    if not target or not named or year in named:
        return ()
    said = "、".join(map(str, sorted(named)))
    return (f"“{target.name}”是 {said} 年的文件名，里面是 {year} 年的报告，请核对是不是拿错了文件。",)


def _text(published: Published, year: int, notes: Notes, sources: Mapping[str, str] | None = None) -> str:
    return input_text(
        published.form,
        year,
        published.agency,
        published.figures,
        published.texts,
        notes,
        sources={**published.sources, **(sources or {})},
    )
