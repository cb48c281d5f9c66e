"""Rules on the year of the report: what the file's name, the text, last year's file and the finals beside it say of it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from ..form.form_file import formats_of
from ..model.content import Final
from ..model.findings import Finding, Remark, Severity
from ..patterns import regex
from .own_year import claims, own_names, periods
from .passages import excerpt
from .rule import Case, rule

YEAR = "Y09"
"""The rule on the report's year."""
FARTHEST = 3
"""Years ahead in which the text may say that its work was done."""
MOST_CHANGED = 0.5
"""Of the figures that are not 0: where more differ from a final of the same year, it is another year's report."""
FEWEST = 10
"""With fewer figures that are not 0 nothing can be said."""

_HOW = "年份写在输入文件的 year = 后面。"
AHEAD = regex("将|拟|计划|下一步|力争|打算|目标")


FILE_NAME, LAST_FILE, TEXT = "文件名", "上年的文件", "文字"


class Witness(NamedTuple):
    """What says of itself of which year the report is."""

    what: str
    said: str
    """In Chinese: 文件名是“本局-2023.toml”."""
    year: int
    is_told: bool = False
    """Whether another rule finds fault with it where it contradicts ``year``."""


@lru_cache(maxsize=1)
def witnesses(case: Case) -> list[Witness]:
    """Everything beside ``year`` that tells the report's year; what ``{{ year }}`` printed tells nothing."""
    report, last = case.report, case.last
    named = {report.year} if report.year in report.years_named else report.years_named
    found = [Witness(FILE_NAME, f"文件名是“{report.path.stem}”", year) for year in sorted(named)]
    if last is not None:
        found.append(Witness(LAST_FILE, f"上年的文件“{last.path.stem}”是{last.year}年的", last.year + 1))
    return found + list(_texts(case))


def _texts(case: Case) -> Iterator[Witness]:
    """The years the text gives as its own, each with the first passage that says so."""
    year = case.report.year
    later = claims(case.document, range(year + 1, year + 1 + FARTHEST))
    named = [
        *own_names(case.document),
        *(period for period in periods(case.document) if period.is_named and period.is_whole_year),
    ]
    done = [claim for claim in later if not AHEAD.search(claim.text)]
    told = set[int]()
    for saying in (*named, *done):
        if saying.is_typed and len(saying.years) == 1 and (said := int(*saying.years)) not in told:
            told.add(said)
            words = excerpt(saying.place.text, saying.at, saying.at + 5)
            yield Witness(TEXT, f"{saying.place.name}写的是{words}", said, saying in named)


def year_meant(case: Case) -> str:
    """The year that all who tell it say, where ``year`` is the one that is wrong; "" where that cannot be said.

    What was left as it was is the earlier of two: a later year that stands alone against ``year`` is the right one,
    an earlier one only where another witness says it too. A clerk who excused Y09 holds ``year`` to be right.
    """
    return "" if case.year_is_sure else _meant(case)


def _meant(case: Case) -> str:
    found = witnesses(case)
    years = {witness.year for witness in found}
    if len(years) != 1 or case.report.year in years:
        return ""
    (meant,) = years
    is_left = meant > case.report.year and found[0].what != LAST_FILE
    return str(meant) if is_left or len(found) > 1 else ""


@rule(YEAR, "报告年度", Severity.ERROR, "通行做法")
def the_year_of_the_report(case: Case) -> Iterator[Finding | Remark]:
    """报告的年份、文件名里的年份、文字里的年份、上年的文件和文件夹里已有的定稿，说的要是同一年的报告。

    用去年的文件改成今年的，最容易漏改的就是年份。

    错：文件名是“本局-2023.toml”，里面报告的年份还是 2022
    对：文件名是“本局-2023.toml”，里面报告的年份是 2023
    """
    year = case.report.year
    line = case.report.line_of("year")
    found = witnesses(case)
    against = [witness for witness in found if witness.year != year]
    agreeing = [witness.said for witness in found if witness.year == year]
    meant = _meant(case)
    # An earlier year in the text alone is S01's, S04's and Y08's, another year of last year's file alone Y01's.
    later = [w for w in against if w.what == TEXT and w.year > year and not (w.is_told and agreeing)]
    if meant or later or any(witness.what == FILE_NAME for witness in against):
        message = f"年份写的是{year}年，而{'，'.join(witness.said for witness in against)}。"
        if agreeing:
            message += f"（{'，'.join(agreeing)}，与{year}年相符。）"
        yield Finding(YEAR, Severity.ERROR, message, _advice(against, meant, year), line=line, how=_HOW)
    for final in case.finals:
        yield from _beside(final, case)


def _advice(against: list[Witness], meant: str, year: int) -> str:
    what = "、".join(dict.fromkeys(witness.what for witness in against))
    if meant:
        otherwise = "" if len(against) > 1 else f"；年份没有写错的，请改{what}"
        return f"请把年份改成 {meant}{otherwise}。"
    others = "、".join(dict.fromkeys(f"{witness.year}年" for witness in against))
    return f"请核对：是{year}年的报告，请改{what}；是{others}的，请改年份。"


def _beside(final: Final, case: Case) -> Iterator[Finding]:
    """What a final that lies in the folder tells."""
    year = case.report.year
    line = case.report.line_of("year")
    if final.year > year:
        message = f"年份写的是{year}年，而文件夹里已经有{final.year}年的定稿“{Path(final.name).stem}”。"
        advice = f"请核对年份；确是补做{year}年的报告，不用理会。"
        yield Finding(YEAR, Severity.WARNING, message, advice, line=line, how=_HOW)
    elif final.year == year and final.content is not None:
        now, before = case.document.figures, final.content.figures
        told = [
            cell for cell in case.report.form.cells if {now.get(cell, "0"), before.get(cell, "0")} != {"0"}
        ]
        changed = sum(now.get(cell) != before.get(cell) for cell in told)
        if len(told) >= FEWEST and changed > len(told) * MOST_CHANGED:
            message = (
                f"文件夹里已经有{year}年的定稿“{Path(final.name).stem}”，不是 0 的 {len(told)} 个数里有 {changed} 个"
                f"和这一份不同，像是两个年度的报告，而这一份的年份写的也是{year}年。"
            )
            advice = f"请核对年份；确要重做{year}年的定稿，请先把旧的定稿移到别处。"
            yield Finding(YEAR, Severity.ERROR, message, advice, line=line, how=_HOW)


@rule("Y10", "格式和年份", Severity.ERROR, "国办公开办函〔2019〕60号、国办公开办函〔2021〕30号")
def the_format_of_the_year(case: Case) -> Iterator[Finding | Remark]:
    """每种格式有用它的年份：2019年格式用于2019年、2020年的报告，2021年格式用于2021年起的报告。

    错：2023 年的报告用 2019 年格式
    对：2023 年的报告用 2021 年格式
    """
    form, year = case.report.form, int(year_meant(case) or case.report.year)
    if form.is_of(year):
        return
    message = f"“{form.format}”格式用于{form.years_of_use}的报告，这一份是{year}年的。"
    others = formats_of(year, form.folder.parent)
    advice = f"请改用“{others[0]}”格式，并核对年份。" if others else f"没有{year}年的格式，请核对年份。"
    how = f'请写 format = "{others[0]}"。' if others else ""
    yield Finding("Y10", Severity.ERROR, message, advice, line=case.report.line_of("format"), how=how)
