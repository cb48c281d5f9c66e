"""``collate`` on the terminal and as one object for other programs."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from ..collating.area import Alike, Area, Standing, State, Submission
from ..errors import ReportgenError
from ..model.findings import InputError
from . import as_json
from .terminal import say, show, visible

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

    from ..collating.papers.folder import Written

PER_LIST = 20
"""Bodies, files or questions of one kind that a terminal shows; the papers have them all."""
_WIDTH = 20
"""Characters of a body's name beside the bar."""


class Bar:
    """How far the reading is: how many of how many, the last body, and the time that is left; on a terminal only."""

    def __init__(self) -> None:
        self._bar: ProgressBar[Submission] | None = None

    def begin(self, count: int) -> None:
        """So many files are to be read."""
        self.end()
        if count and sys.stderr.isatty():
            self._bar = click.progressbar(
                length=count,
                label="读报告",
                show_pos=True,
                show_percent=False,
                show_eta=True,
                item_show_func=_named,
                file=sys.stderr,
            )
            self._bar.render_progress()

    def done(self, submission: Submission) -> None:
        """One of them was read."""
        if self._bar:
            self._bar.update(1, submission)

    def end(self) -> None:
        """Leave the line of the bar."""
        if self._bar:
            self._bar.render_finish()
            self._bar = None


@contextmanager
def progress() -> Iterator[Bar]:
    """A bar that ends with the block, however that ends."""
    bar = Bar()
    try:
        yield bar
    finally:
        bar.end()


def _named(submission: Submission | None) -> str:
    name = visible(submission.name or submission.file) if submission else ""
    return name if len(name) <= _WIDTH else name[: _WIDTH - 1] + "…"


# ── for other programs ──────────────────────────────────────────────────────────────────────────────


def say_json(area: Area) -> None:
    """Print all that is known as one object."""
    as_json.say(as_object(area))


def say_unusable(error: ReportgenError) -> None:
    """Print as one object why nothing could be collated."""
    where = f"{error.path}：" if isinstance(error, InputError) else ""
    as_json.say({"error": f"{where}{error}"})


def as_object(area: Area) -> dict[str, Any]:
    """The area as ``--json`` prints it; see README."""
    return {
        "folder": str(area.folder),
        "year": area.year,
        "format": area.form.format,
        "bodies": [_body(standing) for standing in area.standings],
        "missing": [standing.name for standing in area.standings if standing.state is State.MISSING],
        "twice": [
            {"name": standing.name, "files": list(standing.files)}
            for standing in area.standings
            if standing.other_files
        ],
        "unreadable": [{"file": each.file, "reason": each.reason} for each in _unreadable(area)],
        "not_reports": [{"file": each.file, "reason": each.why} for each in area.outside],
        "questions": list(area.questions),
        "late": [standing.name for standing in area.standings if standing.is_late],
        "uncounted": list(area.lacking),
        "sums": {cell: total.figure for cell, total in area.totals.items() if total.figure},
        "lacking": {cell: list(total.lacking) for cell, total in area.totals.items() if total.lacking},
        "alike": [
            {
                "a": each.a,
                "b": each.b,
                "share": each.share,
                "sentences": list(each.sentences),
                "with_last": each.with_last,
            }
            for each in area.alike
        ],
        "published": None
        if area.published is None
        else [
            {
                "cell": each.cell,
                "published": each.published,
                "sum": each.sum,
                "explanations": list(each.explanations),
            }
            for each in area.published
        ],
    }


def _body(standing: Standing) -> dict[str, Any]:
    submission = standing.submission
    return {
        "name": standing.name,
        "year": submission.year if submission else None,
        "file": standing.files[0] if standing.files else None,
        "state": standing.state.value,
        "errors": len(submission.errors) if submission else 0,
        "warnings": len(submission.warnings) if submission else 0,
        "counted": standing.is_added,
        "remark": standing.remark,
        "corrected": list(standing.corrected),
        "still": list(standing.still),
    }


def _unreadable(area: Area) -> Iterator[Submission]:
    for standing in area.standings:
        if standing.state is State.UNREADABLE and standing.submission:
            yield standing.submission
    yield from area.unread


# ── for the clerk ───────────────────────────────────────────────────────────────────────────────────


def say_area(area: Area) -> None:
    """Print what was collected, what is to be done, and what was added up."""
    by_state = {state: [s for s in area.standings if s.state is state] for state in State}
    here = len(area.standings) - len(by_state[State.MISSING])
    year = f" {area.year} 年" if area.year else ""
    said = (
        f"应交 {len(area.standings)} 个单位，收到 {here} 个"
        if area.has_roster
        else f"收到 {here} 个单位的报告"
    )
    say(f"{area.folder}{year}：{said}，其中 {len(by_state[State.OK])} 个没有错误。")
    _say_list("没有交的", [standing.name for standing in by_state[State.MISSING]])
    _say_list("交晚了的", [standing.name for standing in area.standings if standing.is_late])
    _say_list("读不出的文件", [f"{each.file}：{each.reason}" for each in _unreadable(area)])
    _say_list("有错误的", [_told(standing) for standing in by_state[State.ERRORS]])
    _say_list(
        "另外说明",
        [f"{s.name}：{s.remark}" for s in area.standings if s.state is State.OK and s.remark],
    )
    _say_list("请核对", area.questions)
    _say_list(
        "和上次比，已经改正的",
        [f"{s.name}：{_counted(s.corrected)}" for s in area.standings if s.corrected],
    )
    _say_list("和上次比，还没有改的", [f"{s.name}：{_counted(s.still)}" for s in area.standings if s.still])
    _say_list("文字雷同的", map(_alike, area.alike))
    if area.published is not None:
        _say_published(area)
    _say_list("不是报告的文件（没有用）", [f"{each.file}：{each.why}" for each in area.outside])
    added = len(area.added)
    short = f"；{area.shortfall}，合计还不全" if area.shortfall else ""
    say(f"\n合计：加了 {added} 个单位的数{short}。")


def _alike(pair: Alike) -> str:
    other = f"{pair.b} 上年的报告" if pair.with_last else pair.b
    return f"{pair.a} 和 {other}：{pair.share:.0%}，{len(pair.sentences)} 句相同。"


def _say_published(area: Area) -> None:
    """Print where the published report says otherwise; while a body is lacking nothing follows from that."""
    found = area.published or ()
    if not found:
        show("\n公布的报告：各格都和合计相同。")
        return
    unjudged = "" if area.is_judged else f"，{area.shortfall}，不能判断是不是差错"
    _say_list(
        f"和公布的报告不同的格{unjudged}",
        [
            f"{area.form.cells[each.cell].label}：公布的是 {each.published or '空白'}，合计是 {each.sum or '空白'}。"
            + (f"可能的原因：{'；'.join(each.explanations)}。" if each.explanations else "")
            for each in found
        ],
    )


def say_written(written: Written) -> None:
    """Print where the papers lie, and what was left as it is."""
    if not written.files:
        return
    show("\n文件：")
    for path in written.files:
        say(str(path), "  ", "    ")
    if written.letters:
        say(f"{written.letters[0].parent}（{len(written.letters)} 份退回意见）", "  ", "    ")
    if written.left_out:
        say(f"汇总核对.xlsx：{written.left_out}")
    _say_list("改正以后收起来的退回意见", map(str, written.done))
    _say_list(
        "有人改过的文件，没有覆盖",
        [
            f"{path}" + (f"；新的写在 {new.name}" if new else "；内容没有变化")
            for path, new in written.kept.items()
        ],
    )


def _told(standing: Standing) -> str:
    submission = standing.submission
    errors = [told.text for told in submission.errors] if submission else []
    said = f"{len(errors)} 个错误。" if errors else ""
    first = f"例如：{errors[0]}" if errors else ""
    return f"{standing.name}：{said}{standing.remark}{first}"


def _counted(texts: Sequence[str]) -> str:
    return f"{len(texts)} 处，例如：{texts[0]}"


def _say_list(title: str, lines: Iterable[str]) -> None:
    lines = list(lines)
    if not lines:
        return
    show(f"\n{title}（{len(lines)}）")
    for line in lines[:PER_LIST]:
        say(line, "  · ", "    ")
    if len(lines) > PER_LIST:
        show(f"  …还有 {len(lines) - PER_LIST} 个")
