"""The sums of the form (勾稽关系), and cells and texts that are not filled in."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ..form.model import Form, Row, Side, Sum, Table
from ..model.findings import Finding, Fix, Remark, Severity
from ..model.report import Report, added, printed
from ..model.workbook import added_up, totals
from .passages import excerpt, places
from .rule import Case, rule
from .slips import Explanation, Ledger, ledgers

MOST_TERMS = 6
"""A side with more cells is named by its total alone."""
MOST_PLACES = 6


@rule("T01", "勾稽关系", Severity.ERROR, "国办公开办函〔2021〕30号，表三的填表说明和表三、表四的总计")
def sums(case: Case) -> Iterator[Finding | Remark]:
    """表三、表四的 42 项勾稽关系都要成立。

    表三每一行：总计等于六类申请人之和。表三每一列：（七）总计等于（一）至（六）各行之和；
    第一项加第二项之和，等于第三项加第四项之和。表四每一组：总计等于四种结果之和。
    只错一格时，指出是哪一格、应是多少。表二没有勾稽关系，查不出错。

    错：本年新收 19 件，上年结转 0 件，（七）总计 20 件，结转下年度 0 件。
    对：本年新收 19 件，上年结转 0 件，（七）总计 19 件，结转下年度 0 件。
    """
    report = case.report
    found = ledgers(report.form, report.figures, report.computed)
    failed = sum(len(ledger.failed) for ledger in found)
    for ledger in found:
        if ledger.failed:
            yield from _failures(report, ledger, alone=failed == len(ledger.failed))
    yield from _coverage(report, checked=sum(len(ledger.sums) for ledger in found), failed=failed)


def _failures(report: Report, ledger: Ledger, alone: bool) -> Iterator[Finding]:
    """A finding for each sum that does not hold, each with what is known about the cause."""
    explanations = ledger.explanations()
    advice = _advice(report.form, ledger, explanations, alone)
    fix = explanations[0].fixes[0] if len(explanations) == 1 and explanations[0].certain else None
    for i in ledger.failed:
        sum_ = ledger.sums[i]
        left, right = added(report.figures, sum_.left.cells), added(report.figures, sum_.right.cells)
        more = "多" if left > right else "少"
        row = None if fix else _with_total_first(report, sum_)
        yield Finding(
            "T01",
            Severity.ERROR,
            f"{sum_.label}：{_side(report, sum_, sum_.left)}，{_side(report, sum_, sum_.right)}，"
            f"前者{more} {printed(abs(Decimal(left) - Decimal(right)))}。",
            "这一行像是把总计写在了最前面，其余各格依次后移了一格。" if row else advice,
            cells=sum_.cells,
            line=report.line_of(fix.cell if fix and fix.cell in sum_.cells else sum_.left.cells[0]),
            expected=right,
            actual=left,
            fix=fix,
            how=_moved_back(report, row) if row else "",
        )


def _with_total_first(report: Report, sum_: Sum) -> Row | None:
    """The row of a sum, where its first figure is the sum of all that follow it, as if it were the total."""
    for row in report.form.tables[sum_.table].rows.values():
        if row.total is row.cells[-1] and {cell.key for cell in row.cells} == set(sum_.cells):
            first, *others = (cell.key for cell in row.cells)
            is_total = report.figures[first] and report.figures[first] == added(report.figures, others)
            return row if is_total else None
    return None


def _moved_back(report: Report, row: Row) -> str:
    first, *others = (printed(report.figures[cell.key]) for cell in row.cells)
    return f"总计要写在最后，应写成 {row.key} = [ {', '.join([*others, first])} ]。"


def _side(report: Report, sum_: Sum, side: Side) -> str:
    """One side of a sum in words: its name, its value and, where they are few, its terms."""
    total = added(report.figures, side.cells)
    terms = [cell for cell in side.cells if report.figures[cell]]
    shown = ""
    if 1 < len(side.cells) <= MOST_TERMS and len(terms) > 1:
        in_row = len({cell.rpartition(".")[0] for cell in sum_.cells}) == 1
        shown = (
            "（" + " + ".join(f"{_term(report.form, c, in_row)} {report.figures[c]}" for c in terms) + "）"
        )
    return f"{side.name}是 {printed(total)}{shown}"


def _term(form: Form, key: str, in_row: bool) -> str:
    cell = form.cells[key]
    table = form.tables[cell.table]
    return table.heads[cell.column] if in_row else table.rows[cell.row].label.removeprefix(f"{table.name}·")


def _advice(form: Form, ledger: Ledger, explanations: list[Explanation], alone: bool) -> str:
    """What the clerk is told about the cause: certain, a guess, or only where to look."""
    table = ledger.table
    if len(explanations) == 1:
        (explanation,) = explanations
        scope = "全部勾稽关系" if alone else f"{table.name}的勾稽关系"
        steps = "，".join(_step(form, fix) for fix in explanation.fixes)
        if explanation.certain:
            return f"只需把 {steps}，{scope}即成立。"
        if explanation.rows:
            steps = "和".join(f"“{row.label}”" for row in explanation.rows) + "两行的数对调"
        slip = f"是{explanation.slip}" if explanation.slip else "只有一格有误"
        return f"可能{slip}（这是猜测，请对照底表）：把 {steps}，{scope}即成立。"
    cells = dict.fromkeys(fix.cell for explanation in explanations for fix in explanation.fixes)
    if 0 < len(cells) <= 2 * MOST_PLACES:
        return f"有几种可能，无法断定是哪一格，请对照底表核对：{form.describe(cells)}。"
    return _crossing(ledger)


def _step(form: Form, fix: Fix) -> str:
    return f"{form.cells[fix.cell].label} 由 {printed(fix.old)} 改为 {printed(fix.new)}"


def _crossing(ledger: Ledger) -> str:
    """Where to look when nothing explains the failures: the rows and columns whose sums fail."""
    labels = list(dict.fromkeys(ledger.sums[i].label for i in ledger.failed))
    shown = "、".join(labels[:MOST_PLACES]) + ("等" if len(labels) > MOST_PLACES else "")
    return f"不止一格有误，无法断定是哪几格，请先对照底表核对：{shown}。"


def _coverage(report: Report, checked: int, failed: int) -> Iterator[Remark]:
    total = len(report.form.sums)
    outcome = f"{failed} 项不成立" if failed else "全部成立"
    lacking = _lacking(report.form.lacking.sums, "项")
    yield Remark(True, f"勾稽关系 {checked} 项{lacking}" + (f"，{outcome}" if checked else ""))
    if checked < total:
        yield Remark(False, f"{total - checked} 项勾稽关系有未填的数，没有查")
    if report.computed:
        yield Remark(False, f"{len(report.computed)} 个总计没有写，由程序相加，这些行是否抄错查不出")
    summed = {cell for sum_ in report.form.sums for cell in sum_.cells}
    for table in report.form.tables.values():
        if alone := tuple(cell.key for cell in table.cells if cell.key not in summed):
            text = f"{table.name}的 {len(alone)} 个数没有勾稽关系，抄错了查不出，请对照底表再核对一遍"
            yield Remark(False, text, cells=alone)


@rule("T02", "未填", Severity.ERROR, "表格各格均须填写，没有的填 0；空格、“/”、“-”都不是 0")
def unfilled(case: Case) -> Iterator[Finding | Remark]:
    """各表的数和各部分文字都要填，没有的数填 0。

    错：“予以公开”一行空着，或者写成“/”。
    对：没有的写 0。
    """
    report = case.report
    for table in report.form.tables.values():
        yield from _unfilled_rows(report, table)
    missing = [section.part for section in case.document.sections if section.missing]
    for part in missing:
        how = f"请在 [narrative] 里写 {part.text} = '''…'''。"
        line = report.line_of("narrative")
        yield Finding("T02", Severity.ERROR, f"{part.name}：文字未填。", line=line, how=how)
    for place in places(case.document):
        start = 0
        for run in place.paragraph.runs:
            end = start + len(run.text)
            if run.gap and run.bound and not run.bound.cells:
                message = f"{place.name}有没有填的内容：{excerpt(place.text, start, end)}。"
                how = f"请填写后再生成：{{{{ {run.bound.expression} }}}}。"
                yield place.finding("T02", Severity.ERROR, message, "", start, end, how)
            start = end
    filled = len(report.form.cells) - len(report.unfilled)
    lacking = _lacking(report.form.lacking.figures, "个")
    yield Remark(True, f"数据 {len(report.form.cells)} 个{lacking}，已填 {filled} 个")


def _lacking(number: int, unit: str) -> str:
    """What a clerk's own form has less, beside the number it has."""
    return f"（比原来的格式少 {number} {unit}）" if number else ""


def _unfilled_rows(report: Report, table: Table) -> Iterator[Finding]:
    rows = {
        row: [cell.key for cell in row.cells if cell.key not in report.figures] for row in table.rows.values()
    }
    if all(len(cells) == len(row.cells) for row, cells in rows.items()):
        cells = tuple(cell.key for cell in table.cells)
        message = f"{table.name}：{len(cells)} 个数都未填。"
        line, how = report.line_of(table.key), f"请填写 [{table.key}] 一节。"
        yield Finding("T02", Severity.ERROR, message, cells=cells, line=line, how=how)
        return
    alike: dict[tuple[str, ...], list[Row]] = {}
    added = [row for row, missing in rows.items() if missing and set(missing) <= totals(table).keys()]
    for row, missing in rows.items():
        if missing and row not in added:
            is_whole = len(missing) == len(row.cells)
            columns = () if is_whole else tuple(report.form.cells[key].column for key in missing)
            alike.setdefault(columns, []).append(row)
    for columns, group in alike.items():
        cells = tuple(key for row in group for key in rows[row])
        yield Finding(
            "T02",
            Severity.ERROR,
            _lacking_rows(report, table, columns, group, cells),
            cells=cells,
            line=report.line_of(cells[0]),
            how=_how_to_fill(table, group),
        )
    yield from (_unfilled_total(report, table, row, rows[row]) for row in added)


def _lacking_rows(
    report: Report, table: Table, columns: tuple[str, ...], rows: list[Row], cells: tuple[str, ...]
) -> str:
    """Which figures are missing: those of one row, of whole rows, or the same columns of several."""
    if len(rows) == 1:
        return f"{report.form.describe(cells)}：{_how_many(rows[0], cells)}未填。"
    labels = [row.label.removeprefix(f"{table.name}·") for row in rows]
    shown = "、".join(labels[:MOST_PLACES]) + ("等" if len(labels) > MOST_PLACES else "")
    if not columns:
        return f"{table.name}：{shown} {len(rows)} 行的 {len(cells)} 个数都未填。"
    heads = "、".join(f"“{table.heads[column]}”" for column in columns)
    whole = sum({*columns} <= {cell.column for cell in row.cells} for row in table.rows.values())
    if len(rows) == whole:
        return f"{table.name}：{heads}整列 {len(cells)} 个数都未填。"
    return f"{table.name}：{heads}有 {len(rows)} 行未填：{shown}。"


def _how_many(row: Row, missing: tuple[str, ...]) -> str:
    """How many figures of a row are missing, where it is more than one."""
    if len(missing) == 1:
        return ""
    return f"{len(missing)} 个数" + ("都" if len(missing) == len(row.cells) else "")


def _how_to_fill(table: Table, rows: list[Row]) -> str:
    if len(rows) > 1:
        return f"请在 [{table.key}] 里逐行填写；没有的写 0。"
    return f"请在 [{table.key}] 里填写 {_as_written(rows[0])}；没有就写 0。"


def _as_written(row: Row, figures: str = "…") -> str:
    """A row as the input file has it."""
    return row.key if row.is_single else f"{row.key} = [ {figures} ]"


def _unfilled_total(report: Report, table: Table, row: Row, missing: list[str]) -> Finding:
    """Totals that are missing: what they are added up of is filled in, so their figures are known, or it is not yet."""
    sums = {**report.figures, **added_up(table, report.figures)}
    if all(cell.key in sums for cell in row.cells):
        written = _as_written(row, ", ".join(printed(sums[cell.key]) for cell in row.cells))
        how = f"各数相加，应写成 {written}，请核对后写在 [{table.key}] 里。"
    else:
        how = f"它由别的数相加得来：先填好别的数，再填 [{table.key}] 里的 {_as_written(row)}。"
    message = f"{report.form.describe(missing)}：{_how_many(row, tuple(missing))}未填。"
    return Finding(
        "T02", Severity.ERROR, message, cells=tuple(missing), line=report.line_of(missing[0]), how=how
    )
