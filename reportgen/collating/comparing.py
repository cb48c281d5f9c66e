"""An area held against other texts and against the report its government published."""

from __future__ import annotations

from pathlib import Path

from ..model.findings import unusable
from .against import differences
from .area import Alike, Area, Difference, Standing
from .examining import examined
from .likeness import Text, alike
from .names import core


def alike_in(area: Area) -> tuple[Alike, ...]:
    """The texts that are alike, of this year's reports and of this year's and last year's."""
    texts = [
        Text(standing.name, standing.submission.sentences)
        for standing in area.standings
        if standing.submission and standing.submission.year == area.year
    ]
    return alike(texts, _last(area))


def _last(area: Area) -> list[Text]:
    """Last year's texts, under the names their bodies have this year."""
    previous = area.previous
    if previous is None:
        return []
    now = {core(standing.name, previous.places): standing.name for standing in area.standings}
    return [
        Text(_name(standing, now, previous), standing.submission.sentences, is_last=True)
        for standing in previous.standings
        if standing.submission and standing.submission.year == previous.year
    ]


def _name(standing: Standing, now: dict[str, str], previous: Area) -> str:
    return now.get(core(standing.name, previous.places), standing.name)


def against_published(area: Area, path: Path, templates: Path | None = None) -> tuple[Difference, ...]:
    """The cells in which a published report is not the sum; ``path`` may be a file of any kind that is read.

    Raises:
        InputError: it cannot be used, or is of another year or form than the area.
        FormError: the templates cannot be used.
    """
    found = examined(path, path.name, templates=templates)
    if found.reason or not found.figures:
        raise unusable(path, found.reason or "里面没有读出数据。", "请给出本级政府公布的报告。")
    if found.year != area.year and found.year and area.year:
        raise unusable(
            path,
            f"这是{found.year}年的报告，收到的是{area.year}年的。",
            "请给出同一年的报告，或者用 --year 写明年份。",
        )
    if found.format != area.form.format:
        raise unusable(path, f"用的是{found.format}年格式的表，和各单位的不同。", "请给出同一种格式的报告。")
    return differences(found.figures, area.totals, area.form, is_judged=area.is_judged)
