"""One run: a folder of reports -> the area, all that is known of it."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from ..checking.own_templates import missing_checks
from ..form.form_file import formats_of, known_formats, load_form
from ..form.model import Form
from ..model.findings import unusable
from .area import Area, Standing, State, Told
from .aside import Aside, aside
from .cache import Cache, Mark, Said
from .comparing import against_published, alike_in
from .gathering import Progress, gathered
from .last_year import LastYear, last_year
from .matching import Matched, matched
from .roster import Roster, read_roster
from .sums import totals
from .workers import LONGEST, Workers


@dataclass(frozen=True)
class Order:
    """What a run is asked to do."""

    folder: Path
    roster: Path | None = None
    output: Path | None = None
    """Where the output goes, and the cache; None: nothing is kept."""
    previous: Path | None = None
    """The folder of last year's reports."""
    published: Path | None = None
    """The area's published report."""
    year: int | None = None
    templates: Path | None = None
    longest: int = LONGEST
    """Seconds for one file."""
    others: tuple[Path, ...] = field(default=())
    """Further files and folders that are none of the reports, wherever they lie."""


def beside(folder: Path) -> Path:
    """The folder for the output of a folder: 年报 → 年报-汇总, beside it."""
    whole = folder.resolve()
    return whole.with_name(f"{whole.name}-汇总") if whole.name else Path("汇总")


def collated(order: Order, progress: Progress) -> Area:
    """Collect, check and add up the reports of a folder, last year's before where there are any.

    Raises:
        InputError: a folder, the roster or the published report cannot be used.
        FormError: the templates cannot be used.
    """
    for format in known_formats(order.templates):
        load_form(format, order.templates)  # what is wrong with a form is told before anything is read
    roster = read_roster(order.roster) if order.roster else None
    _require_folder(order.folder)
    if order.output and order.output.exists() and order.output.samefile(order.folder):
        raise unusable(
            order.output, "生成的文件不能放在报告的文件夹里，会当作报告来读。", "请用 -o 换一个文件夹。"
        )
    if order.previous:
        _require_folder(order.previous)
        if order.previous.samefile(order.folder):
            raise unusable(order.previous, "--previous 给的就是今年的文件夹。", "请给出放去年报告的文件夹。")
    named = (order.roster, order.output, order.previous, order.published, *order.others)
    others = [path for path in named if path]
    with ExitStack() as stack:
        texts = stack.enter_context(aside())
        with Cache(order.output, order.templates) as cache:
            run = _Run(cache, progress, texts)
            previous, last = None, LastYear()
            if order.previous:
                before = replace(order, folder=order.previous, year=order.year - 1 if order.year else None)
                previous = _area(before, None, last, [*others[1:], order.folder], run)
                last = stack.enter_context(last_year(previous))
            area = _area(order, roster, last, others, run)
            cache.forget_others()
            if previous:
                _require_last_year(previous, area)
            area = replace(_with_corrections(area, cache), previous=previous)
        published = against_published(area, order.published, order.templates) if order.published else None
        return replace(area, alike=alike_in(area), published=published)


class _Run(NamedTuple):
    """What both years of a run share."""

    cache: Cache
    progress: Progress
    texts: Aside


def _area(
    order: Order,
    roster: Roster | None,
    last: LastYear,
    others: Collection[Path],
    run: _Run,
) -> Area:
    """The area of one folder, without what is told against others."""
    run.cache.against(last)
    workers = Workers(order.folder, last, order.templates, order.longest)
    outside = [path for path in others if path.resolve() != order.folder.resolve()]
    found = gathered(order.folder, workers, run.cache, run.progress, outside, run.texts)
    match = matched(found.submissions, roster, order.year, found.unsteady)
    form = _form(match, order.templates)
    return Area(
        folder=order.folder,
        year=match.year,
        form=form,
        standings=match.standings,
        totals=totals(match.standings, form),
        has_roster=roster is not None,
        outside=match.outside,
        unplaced=match.unplaced,
        questions=(*match.questions, *(f"{said.text}{said.how}" for said in missing_checks(form))),
        places=match.places,
        name=roster.area if roster else "",
    )


def _require_folder(folder: Path) -> None:
    try:
        is_folder = folder.is_dir()
    except (OSError, ValueError):
        is_folder = False
    if not is_folder:
        what = "这不是文件夹。" if folder.exists() else "没有这个文件夹。"
        raise unusable(folder, what, "请给出放各单位报告的文件夹。")


def _require_last_year(previous: Area, area: Area) -> None:
    """Refuse a folder of other years: what is copied within one year would be told as copied from last year's.

    Raises:
        InputError: no report in it is of the year before.
    """
    years = {standing.submission.year for standing in previous.standings if standing.submission}
    if area.year and area.year - 1 not in years:
        known = "、".join(f"{year}年" for year in sorted(year for year in years if year))
        what = f"里面是{known}的报告，没有{area.year - 1}年的。" if known else "里面没有读出报告。"
        raise unusable(previous.folder, what, f"请给出放{area.year - 1}年报告的文件夹。")


def _form(match: Matched, templates: Path | None) -> Form:
    """The form of the reports, else that of the year, else the newest.

    Raises:
        FormError: there are no templates, or they cannot be used.
    """
    known = [match.format] if match.format else formats_of(match.year, templates) if match.year else []
    return load_form((known or known_formats(templates))[0], templates)


# ── what has been corrected ─────────────────────────────────────────────────────────────────────────


def _with_corrections(area: Area, cache: Cache) -> Area:
    """With what was said of each body before its report changed the last time."""
    standings = []
    for standing in area.standings:
        mark = _mark(standing)
        standings.append(_compared(standing, mark, cache.before(standing.name, mark)))
    return replace(area, standings=tuple(standings))


def _mark(standing: Standing) -> Mark:
    submission = standing.submission
    said = {_about(told): told.text for told in (submission.told if submission else ())}
    if standing.state in (State.MISSING, State.UNREADABLE) or (
        standing.body.is_added_up and not standing.is_added
    ):
        said[f"state {standing.state}"] = standing.remark or "没有收到报告。"
    return Mark(f"{standing.state} {submission.digest if submission else ''}", said)


def _about(told: Told) -> str:
    """What a finding is about: it stays the same when only the figures in its words change."""
    return f"{told.rule} {' '.join(told.cells) or told.words or told.place}"


def _compared(standing: Standing, mark: Mark, before: Said | None) -> Standing:
    if before is None:
        return standing
    errors = {_about(told) for told in standing.submission.errors} if standing.submission else set()
    return replace(
        standing,
        corrected=tuple(text for about, text in before.items() if about not in mark.said),
        still=tuple(text for about, text in mark.said.items() if about in before and about in errors),
    )
