"""What the narrative says against what the tables say: counts, shares, parts, changes, and what there was none of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from ...model.findings import Figure, Finding, Remark, Severity
from ...model.names import names
from ...model.report import printed
from ..passages import shortened
from ..rule import Case, rule
from .readings import Reading, Statement, Verdict

_SOURCE = "文字与表格不一致，是公布的报告里最常见的差错"
_BOTH = "请核对文字和表格哪一个错了，改正错的一个"
_SEVERITY = {Verdict.DISAGREES: Severity.ERROR, Verdict.DOUBTFUL: Severity.WARNING}
_QUOTED = 60


@rule("X01", "文字里的数量与表格一致", Severity.ERROR, _SOURCE)
def counts(case: Case) -> Iterator[Finding | Remark]:
    """文字里说到的数量，与三张表里的数一致。

    收到、办结、结转、各种办理结果、各类申请人、行政复议和行政诉讼及其结果、规范性文件和规章、行政许可、行政处罚、行政强制、
    收费金额，都逐个核对；“收到”可以含上年结转，也可以不含。汉字数字、万、余、近、以上、几至几都能看懂。
    引用表里的数不会不一致。说法有两种可能，或者说的是全市、全区、本级等另一个范围时，只提醒。
    只凭一个词还不能肯定说的是表里的事（没有写明因政府信息公开引起的复议、诉讼等），同一句又没有别的数与表格相符时，不核对。

    错：表三本年新收 19 件，文中写“收到政府信息公开申请20件”。
    对：表三本年新收 19 件，文中写“收到政府信息公开申请19件”。
    """
    for reading in explain(case):
        if reading.kind is Statement.COUNT and not reading.last and reading.verdict in _SEVERITY:
            yield _finding(case, "X01", reading)
    yield from _coverage(explain(case))


@rule("X02", "占比算得对", Severity.ERROR, _SOURCE)
def shares(case: Case) -> Iterator[Finding | Remark]:
    """“占31.58%”这样的比例，按文中写出的小数位数四舍五入后正确。

    总数可以是办结的、新收的、新收加上年结转的，也可以是句中写明的总数；都算不出这个比例才报告。

    错：予以公开 6 件、共办结 19 件，文中写“占32.58%”。
    对：予以公开 6 件、共办结 19 件，文中写“占31.58%”或“占31.6%”。
    """
    for reading in explain(case):
        if reading.kind is Statement.SHARE and reading.verdict in _SEVERITY:
            yield _finding(case, "X02", reading)


@rule("X03", "分项之和等于总数", Severity.WARNING, _SOURCE)
def parts(case: Case) -> Iterator[Finding | Remark]:
    """一句话里写了总数，又把它分成几项，各项加起来等于总数。

    错：共接受各类诉求262件，已办结256件，正在办理5件。
    对：共接受各类诉求262件，已办结257件，正在办理5件。
    """
    for reading in explain(case):
        if reading.kind is Statement.WHOLE and reading.verdict in _SEVERITY:
            yield _finding(case, "X03", reading)


@rule("X04", "与上一年的比较正确", Severity.ERROR, _SOURCE)
def changes(case: Case) -> Iterator[Finding | Remark]:
    """“同比增长”“比上年减少”“与上年持平”，以及文字里写出的上一年的数，与上一年报告的数据一致。

    要有上一年的输入文件，或公布的网页、Word、PDF，才能核对。

    错：上年新收 10 件，本年新收 12 件，文中写“同比增长25%”。
    对：上年新收 10 件，本年新收 12 件，文中写“同比增长20%”。
    """
    unchecked = 0
    for reading in explain(case):
        if reading.kind is not Statement.CHANGE and not reading.last:
            continue
        if reading.verdict in _SEVERITY:
            yield _finding(case, "X04", reading)
        unchecked += reading.verdict is Verdict.NO_LAST
    if unchecked:
        yield Remark(False, f"文字里有 {unchecked} 处说到上一年或与上一年相比，没有上一年的数据，没有核对")


@rule("X05", "文字说没有的，表里是 0", Severity.ERROR, _SOURCE)
def negations(case: Case) -> Iterator[Finding | Remark]:
    """“未收到”“未发生”“没有”“无”所说的，表里是 0；“均已审结”“全部办结”“均为自然人”以外的，也是 0。

    只看整个的说法；“未发生行政诉讼败诉案件”“其余均已办结”这样另有限定的不算，“均按期办结”没有说到期以前的。

    错：表四行政复议总计 2 件，文中写“未发生行政复议案件”。
    对：表四行政复议总计 0 件，文中写“未发生行政复议案件”。
    """
    for reading in explain(case):
        if reading.kind is Statement.NEGATION and not reading.last and reading.verdict in _SEVERITY:
            yield _finding(case, "X05", reading)


def explain(case: Case) -> tuple[Reading, ...]:
    """Every number of the narrative with what it was taken for and how it compares, in the order of the text."""
    from .reader import (
        read,  # only a check reads the text, and importing it takes longer than all other rules
    )

    return read(case)


# ── findings ────────────────────────────────────────────────────────────────────────────────────────


def _finding(case: Case, code: str, reading: Reading) -> Finding:
    severity = _SEVERITY[reading.verdict]
    return Finding(
        code,
        severity,
        f"“{shortened(reading.clause, _QUOTED)}”，{_says(case, reading)}。",
        _advice(reading),
        how=_how(case, reading),
        cells=() if reading.last else reading.cells,
        line=reading.line,
        expected=reading.expected,
        actual=_figure(reading),
        passage=reading.passage,
    )


def _says(case: Case, reading: Reading) -> str:
    expected = _shown(reading.expected)
    match reading.kind:
        case Statement.NEGATION:
            return f"但{_year(reading)}{reading.meaning}是 {expected}"
        case Statement.SHARE:
            return f"但按数据算，{reading.meaning}是 {expected}%"
        case Statement.WHOLE:
            return f"总数写的是 {reading.written}，后面各项加起来是 {expected}"
        case Statement.CHANGE if reading.number is None:
            change = Decimal(reading.expected or 0)
            truth = (
                "没有变化" if not change else f"{'增加' if change > 0 else '减少'}了 {_shown(abs(change))}"
            )
            return f"但{reading.meaning}是{truth}"
        case Statement.CHANGE:
            unit = "%" if reading.number and reading.number.percent else ""
            return f"但按数据算，{reading.meaning}是 {expected}{unit}"
    unit = case.report.form.cells[reading.cells[0]].unit
    return f"文中写的是 {reading.written}，{_year(reading)}{reading.meaning}是 {expected} {unit}"


def _year(reading: Reading) -> str:
    return "上一年的" if reading.last else ""


def _advice(reading: Reading) -> str:
    if reading.kind is Statement.WHOLE:
        return "请核对总数和各项，改正错的一个；各项本来不全的，可以不改。"
    if _is_doubtful(reading):
        return f"{reading.doubt}；如果说的确实不是一回事，可以不改，否则{_BOTH}。"
    return f"{_BOTH}。"


def _how(case: Case, reading: Reading) -> str:
    """How the clerk makes the two agree for good."""
    if reading.kind is not Statement.COUNT or reading.last or _is_doubtful(reading):
        return ""
    name = next((name for name, cells in case.report.form.quantities() if cells == reading.cells), None)
    name = names(case.report.form).chinese(name) if name else None
    return f"在文中改用 {{{{ {name} }}}}，以后就不会不一致。" if name else ""


def _is_doubtful(reading: Reading) -> bool:
    return reading.verdict is Verdict.DOUBTFUL and bool(reading.doubt)


def _figure(reading: Reading) -> Figure | None:
    if reading.number is None:
        return None
    value = reading.number.amount
    return int(value) if value == value.to_integral_value() else value


def _shown(figure: Figure | None) -> str:
    if isinstance(figure, Decimal):
        text = printed(figure)
        return text.rstrip("0").rstrip(".") if "." in text else text
    return "" if figure is None else str(figure)


def _coverage(readings: tuple[Reading, ...]) -> Iterator[Remark]:
    """How many numbers were compared, and how many were not."""
    numbers = [reading for reading in readings if reading.recognised or reading.number]
    verdicts = Counter(reading.verdict for reading in numbers)
    if verdicts[Verdict.AGREES]:
        yield Remark(True, f"文字里有 {verdicts[Verdict.AGREES]} 个数与数据核对一致。")
    if verdicts[Verdict.BOUND]:
        yield Remark(True, f"文字里有 {verdicts[Verdict.BOUND]} 个数引用数据，不会与表格不一致。")
    if verdicts[Verdict.UNFILLED]:
        yield Remark(False, f"文字里有 {verdicts[Verdict.UNFILLED]} 个数，表里对应的格还没有填，没有核对。")
    if unread := [reading.passage for reading in numbers if reading.verdict is Verdict.UNKNOWN]:
        yield Remark(
            False,
            f"文字里有 {len(unread)} 个数说的不是表里的事，或者看不出是什么，没有核对",
            how="用 check --explain 可以逐个查看。",
            passages=tuple(unread),
        )
