"""Rules that compare the figures with last year's report. How two years follow from each other is in the form."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ..form.model import Row, YearRelation
from ..model.findings import Figure, Finding, Remark, Severity
from ..model.report import Report, added, printed
from .report_year import year_meant
from .rule import Case, Limit, rule

PRACTICE = "评估和审核的通行做法"


def previous(case: Case) -> Report | None:
    """Last year's report, where there is one and it is of the year before: others are not compared with."""
    last = case.last
    return last if last is not None and last.year == case.report.year - 1 else None


def _in_another_form(case: Case) -> bool:
    """Whether last year's report is in another format: then other things are counted, but for what was carried."""
    return case.last is not None and case.last.form.format != case.report.form.format


def _relations(case: Case, kind: str) -> Iterator[tuple[YearRelation, Report]]:
    """The form's relations of one kind, with last year's report, where all the figures are filled in."""
    last = previous(case)
    if last is None or (kind != "carried" and _in_another_form(case)):
        return
    for relation in case.report.form.years:
        now = (relation.this, *relation.plus, *relation.minus)
        if (
            relation.kind == kind
            and relation.last in last.figures
            and all(k in case.report.figures for k in now)
        ):
            yield relation, last


# ── the file itself ─────────────────────────────────────────────────────────────────────────────────


@rule("Y01", "上年的文件", Severity.ERROR, PRACTICE)
def last_years_file(case: Case) -> Iterator[Finding | Remark]:
    """与上年比较用的文件，要是同一个机关、前一年的报告；年份不对就不比较，机关名称不同时提醒。

    错：2022 年度报告用 2020 年的文件比较
    对：2022 年度报告用 2021 年的文件比较
    """
    year, last = case.report.year, case.last
    if last is None:
        text = f"没有上一年（{year - 1}年）的数据，结转、现行有效件数、雷同等没有与上年比较"
        yield Remark(
            checked=False,
            text=text,
            how="有上一年的输入文件，或公布的网页、Word、PDF 的，请加 --previous 文件。",
        )
        return
    if last.year != year - 1:
        if year_meant(case) != str(last.year + 1):
            yield _of_a_wrong_year(last, year)
        return
    now, before = case.report.agency.get("name", ""), last.agency.get("name", "")
    if now != before:
        message = f"用来比较的上年报告的机关是“{before}”，本报告的机关是“{now}”。"
        advice = "机关改名的可以不理会；拿错报告的，与上年的比较都不算数，请换成本机关的。"
        how = f"上年的文件是 {last.path.name}。"
        yield Finding("Y01", Severity.WARNING, message, advice, how=how)
    texts = (
        "和文字"
        if case.last_document is not None and last.narrative
        else "，没有比较文字（上年的报告没有可用的文字）"
    )
    if _in_another_form(case):
        carried = sum(1 for _ in _relations(case, "carried"))
        text = (
            f"上一年（{last.year}年）的报告是 {last.form.format} 年格式，与本年的 {case.report.form.format} 年格式口径不同，"
            f"数据只比较了结转（{carried} 个数）{texts}"
        )
        yield Remark(checked=True, text=text)
        return
    yield Remark(checked=True, text=f"与上一年（{last.year}年）比较了数据{texts}")


def _of_a_wrong_year(last: Report, year: int) -> Finding:
    what = "同一年" if last.year == year else "后面一年" if last.year > year else "更早一年"
    message = f"用来比较的是{last.year}年（{what}）的报告，不是上一年（{year - 1}年）的，没有比较。"
    how = (
        f"上年的文件是“{last.path.name}”：文件名里写的是{year - 1}年，请核对那个文件里的 year。"
        if last.years_named == {year - 1}
        else f"上年的文件是“{last.path.name}”：请在 --previous 后面给出{year - 1}年的文件；本报告的年份写错了的，请改 year。"
    )
    return Finding("Y01", Severity.ERROR, message, f"请用{year - 1}年的报告比较。", how=how)


# ── relations of the form ───────────────────────────────────────────────────────────────────────────


@rule("Y02", "上年结转", Severity.ERROR, "表三；上年报告的结转下年度继续办理")
def carried_over(case: Case) -> Iterator[Finding | Remark]:
    """今年的“上年结转”等于上年报告的“结转下年度继续办理”，每一列都要相等。总计不等是错误；只有某一类申请人不等是提醒（可能改了分类）。

    错：上年结转下年度 121 件，今年写上年结转 112 件
    对：上年结转下年度 121 件，今年写上年结转 121 件
    """
    totals = {
        row.total.key
        for table in case.report.form.tables.values()
        for row in table.rows.values()
        if row.total
    }
    for relation, last in _relations(case, "carried"):
        now, before = case.report.figures[relation.this], last.figures[relation.last]
        if now == before:
            continue
        severity = Severity.ERROR if relation.this in totals else Severity.WARNING
        cells = case.report.form.cells
        message = (
            f"{cells[relation.this].label}是 {printed(now)}，"
            f"而上年（{last.year}年）报告的{_label(relation.last, last)}是 {printed(before)}。"
        )
        advice = (
            "请与上年公布的报告核对。"
            if severity is Severity.ERROR
            else "改了申请人分类的可以不理会，请核对。"
        )
        yield _finding("Y02", severity, message, advice, case, relation, before, now)


@rule("Y03", "现行有效件数", Severity.WARNING, "表二；上年报告的现行有效件数")
def in_force(case: Case) -> Iterator[Finding | Remark]:
    """现行有效＝上年现行有效＋本年制发－本年废止。文件到期失效等会使它不等，所以只提醒。

    错：上年现行有效 20 件，本年制发 6 件、废止 0 件，现行有效写 24 件
    对：上年现行有效 20 件，本年制发 6 件、废止 0 件，现行有效写 26 件
    """
    for relation, last in _relations(case, "stock"):
        figures = case.report.figures
        before, now = last.figures[relation.last], figures[relation.this]
        expected = added(figures, relation.plus) + before - added(figures, relation.minus)
        if now == expected:
            continue
        terms = [f"上年 {printed(before)}"]
        terms += [f"＋{_column(case, key)} {printed(figures[key])}" for key in relation.plus]
        terms += [f"－{_column(case, key)} {printed(figures[key])}" for key in relation.minus]
        label = case.report.form.cells[relation.this].label
        message = f"{label}是 {printed(now)}，按{''.join(terms)}，应是 {printed(expected)}。"
        advice = "有到期失效、清理或划转的请核对后不理会；否则请改正。"
        yield _finding("Y03", Severity.WARNING, message, advice, case, relation, expected, now)


@rule("Y04", "上年尚未审结的案件", Severity.NOTE, "表四；上年报告的尚未审结")
def pending_cases(case: Case) -> Iterator[Finding | Remark]:
    """上年尚未审结的复议、诉讼，今年要么审结，要么仍未审结，都在今年的总计里；今年的总计更少，就有案件不见了。

    错：上年行政复议尚未审结 6 件，今年行政复议总计 2 件
    对：上年行政复议尚未审结 6 件，今年行政复议总计 9 件
    """
    for relation, last in _relations(case, "pending"):
        now, before = case.report.figures[relation.this], last.figures[relation.last]
        if now >= before:
            continue
        label = case.report.form.cells[relation.this].label
        message = f"上年（{last.year}年）{_label(relation.last, last)}有 {printed(before)} 件，今年{label}只有 {printed(now)} 件。"
        advice = "上年没有审结的案件，请核对今年有没有计入。"
        yield _finding("Y04", Severity.NOTE, message, advice, case, relation, None, now)


def _finding(
    code: str,
    severity: Severity,
    message: str,
    advice: str,
    case: Case,
    relation: YearRelation,
    expected: Figure | None,
    actual: Figure,
) -> Finding:
    return Finding(
        code,
        severity,
        message,
        advice,
        cells=(relation.this, *relation.plus, *relation.minus),
        line=case.report.line_of(relation.this),
        expected=expected,
        actual=actual,
    )


def _label(key: str, report: Report) -> str:
    return report.form.cells[key].label


def _column(case: Case, key: str) -> str:
    cell = case.report.form.cells[key]
    return case.report.form.tables[cell.table].heads[cell.column]


# ── large jumps ─────────────────────────────────────────────────────────────────────────────────────


@rule(
    "Y05",
    "比上年大增大减",
    Severity.NOTE,
    PRACTICE,
    jump=Limit(3, "比上年增减到几倍时提示（倍）"),
    jump_from=Limit(100, "两年中较大的数达到多少才提示大增大减"),
)
def large_jumps(case: Case) -> Iterator[Finding | Remark]:
    """各行的总计和表二的各项，比上年增减到几倍以上时提示，请核对单位和口径；小的数不看。

    错：上年行政处罚 2300 件，今年写 23000 件（多写了一个 0）
    对：上年行政处罚 2300 件，今年写 2410 件
    """
    last = previous(case)
    if last is None or _in_another_form(case):
        return
    for table in case.report.form.tables.values():
        for row in table.rows.values():
            for key in _compared(row):
                now, before = case.report.figures.get(key), last.figures.get(key)
                if now is None or before is None or not _is_jump(now, before, case):
                    continue
                cell = case.report.form.cells[key]
                message = (
                    f"{cell.label}今年是 {printed(now)}，上年是 {printed(before)}，{_times(now, before)}。"
                )
                advice = "请核对单位、口径有没有变，并准备说明原因。"
                line = case.report.line_of(key)
                yield Finding("Y05", Severity.NOTE, message, advice, cells=(key,), line=line, actual=now)


def _compared(row: Row) -> list[str]:
    """The total of a row; its figures where it has no total."""
    return [row.total.key] if row.total else [cell.key for cell in row.cells]


def _is_jump(now: Figure, before: Figure, case: Case) -> bool:
    small, large = sorted((Decimal(now), Decimal(before)))
    limits = case.limits
    return large >= Decimal(limits["jump_from"]) and large >= small * Decimal(limits["jump"])


def _times(now: Figure, before: Figure) -> str:
    if not now or not before:
        return "一年有一年没有"
    ratio = Decimal(now) / Decimal(before)
    return f"是上年的 {ratio:.1f} 倍" if ratio > 1 else f"只有上年的 {ratio:.0%}"
