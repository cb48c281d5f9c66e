"""收齐表: which reports have come, which are missing, late, unreadable or to be corrected; to be printed and filed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...model.chinese import numeral
from ..area import Area, Standing, State
from . import naming
from .keeping import Made
from .returning import Return, other_of, returns
from .word import Pages

PAPER = "收齐表"
MARGIN, OUTER = 20.0, 10.0
NUMBER, STATE, COUNT = 11.0, 18.0, 14.0
"""Widths of columns in mm."""
MOST_BODIES, MOST_OTHERS, MOST_LACKING = 1000, 200, 400
"""Lines of a list, and names in one; the workbook has them all."""

MOST_PAIRS = 3
"""Texts that are named beside the one that is like them; its letter has them all."""
_WORST = (State.UNREADABLE, State.ERRORS, State.OK, State.MISSING)


def receipt(area: Area) -> Made:
    """The paper.

    Raises:
        TemplateError: the base document cannot be used.
    """
    pages = Pages(area.form, MARGIN, OUTER)
    name = naming.title(area, PAPER)
    pages.title(name)
    pages.line(_summary(area))
    if area.shortfall:
        names = f"：{naming.named(area.lacking, MOST_LACKING)}" if area.lacking else ""
        pages.line(f"合计{area.shortfall}{names}。收齐以前，各项合计都不是全部。")
    missing = naming.in_state(area, State.MISSING)
    levels = () if naming.has_levels(area) else (1,)
    if missing:
        pages.heading(f"一、没有报送的（{len(missing)} 个）")
        heads = ("单位", "层级", "期限", "催办情况")
        _table(pages, heads, (48, 24, 36, 0), map(_missing, missing[:MOST_BODIES]), without=levels)
        _say_left(pages, len(missing) - MOST_BODIES, "个单位")
    wrong = sorted(returns(area), key=lambda each: _WORST.index(each.standing.state))
    if wrong:
        pages.heading(f"{numeral(1 + bool(missing))}、要退回改正的（{len(wrong)} 个）")
        _table(
            pages,
            ("单位", "状态", "错误", "提醒", "说明"),
            (48, STATE, COUNT, COUNT, 0),
            map(_wrong, wrong[:MOST_BODIES]),
            centred=(2, 3, 4),
        )
        _say_left(pages, len(wrong) - MOST_BODIES, "个单位")
    pages.heading(f"{numeral(1 + bool(missing) + bool(wrong))}、全部单位（{len(area.standings)} 个）")
    _table(
        pages,
        ("单位", "层级", "状态", "计入合计", "文件"),
        (46, 24, STATE, 18, 0),
        map(_row, area.standings[:MOST_BODIES]),
        centred=(3, 4),
        without=levels,
    )
    _say_left(pages, len(area.standings) - MOST_BODIES, "个单位")
    others = naming.others(area)
    if others:
        pages.heading(f"{numeral(2 + bool(missing) + bool(wrong))}、文件夹里的其他文件（{len(others)} 个）")
        pages.table((70, pages.width - 70), ("文件", "说明"), others[:MOST_OTHERS])
        _say_left(pages, len(others) - MOST_OTHERS, "个文件")
    if area.questions:
        pages.heading("要请核对的")
        for question in area.questions[:MOST_OTHERS]:
            pages.line(f"· {question}")
        _say_left(pages, len(area.questions) - MOST_OTHERS, "条")
    pages.gap()
    third = pages.width / 3
    pages.table((third,) * 3, (), [("经办人（签字）：", "审核人（签字）：", "日期：")], heights=(14,))
    return pages.made(name, naming.government(area))


def _say_left(pages: Pages, left: int, what: str) -> None:
    if left > 0:
        pages.line(f"另有 {left} {what}，见汇总核对.xlsx。")


def _summary(area: Area) -> str:
    expected = "应报" if area.has_roster else "共"
    counted = "，".join(
        f"{state.label} {number} 个"
        for state in (State.OK, State.ERRORS, State.UNREADABLE, State.MISSING)
        if (number := len(naming.in_state(area, state)))
    )
    late = [standing.name for standing in area.standings if standing.is_late]
    said = f"{expected} {len(area.standings)} 个单位：{counted or '没有单位'}。"
    return said + (f"逾期 {len(late)} 个：{naming.named(late, MOST_LACKING)}。" if late else "")


def _table(
    pages: Pages,
    heads: Sequence[str],
    widths: Sequence[float],
    rows: Iterable[Sequence[str]],
    centred: Sequence[int] = (),
    without: Sequence[int] = (),
) -> None:
    """A numbered table; the width of 0 takes what is left of the page, the columns ``without`` are left out."""
    kept = [at for at in range(len(heads)) if at not in without]
    left = pages.width - NUMBER - sum(widths[at] for at in kept)
    pages.table(
        (NUMBER, *(widths[at] or left for at in kept)),
        ("序号", *(heads[at] for at in kept)),
        ((str(number), *(row[at] for at in kept)) for number, row in enumerate(rows, 1)),
        centred=(0, *(at + 1 for at, column in enumerate(kept) if column + 1 in centred)),
    )


def _missing(standing: Standing) -> Sequence[str]:
    deadline = standing.body.deadline
    when = f"{deadline.year}年{deadline.month}月{deadline.day}日" if deadline else ""
    return (standing.name, standing.body.level, when, naming.said_of(standing))


def _wrong(found: Return) -> Sequence[str]:
    """A body that a letter goes to."""
    standing = found.standing
    sent = standing.submission
    counts = (str(len(sent.errors)), str(len(sent.warnings))) if sent and not sent.reason else ("", "")
    alike = "".join(
        f"文字与{other_of(pair, standing.name)}雷同（{pair.share:.0%}）。"
        for pair in found.alike[:MOST_PAIRS]
    )
    state = standing.state.label if standing.state is not State.OK else "雷同"
    return (standing.name, state, *counts, naming.said_of(standing) + alike or "见退回意见")


def _row(standing: Standing) -> Sequence[str]:
    return (
        standing.name,
        standing.body.level,
        standing.state.label + ("（逾期）" if standing.is_late and standing.submission else ""),
        "√" if standing.is_added else "—" if not standing.body.is_added_up else "缺",
        "\n".join(standing.files),
    )
