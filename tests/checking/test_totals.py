"""The 42 sums, held against published reports and against every slip of the hand."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.checking import totals
from reportgen.checking.rule import Case
from reportgen.form.form_file import load_form
from reportgen.form.model import Form
from reportgen.model.document import compose
from reportgen.model.findings import Figure, Finding, Passage, Remark

from ..conftest import PUBLISHED_NAMES, figures_of, make_report, published

FORM = load_form("2021")
sums, unfilled = totals.sums.check, totals.unfilled.check
PUTIAN = figures_of(published("putian-psb-2022"), FORM)
SOUND = [name for name in PUBLISHED_NAMES if not name.startswith("hongze")]
TEXTS = {"overview": "总体情况。", "problems": "问题。", "other_matters": "事项。"}


def results(figures: Mapping[str, Figure], computed: frozenset[str] = frozenset()) -> list[Finding | Remark]:
    report = make_report(published("putian-psb-2022"), FORM, TEXTS, figures=figures)
    report = type(report)(**{**vars(report), "computed": computed})
    return list(sums(Case(report, compose(report))))


def findings(figures: Mapping[str, Figure], computed: frozenset[str] = frozenset()) -> list[Finding]:
    return [result for result in results(figures, computed) if isinstance(result, Finding)]


@pytest.mark.parametrize("name", SOUND)
def test_a_published_report_without_a_slip_is_not_accused(name: str) -> None:
    assert findings(figures_of(published(name), FORM)) == []


def test_the_two_published_errors_of_hongze_2023_are_found_and_nothing_else() -> None:
    found = findings(figures_of(published("hongze-district-2023"), FORM))
    assert [(f.expected, f.actual) for f in found] == [(11, 0), (5, 0)]
    assert found[0].message.startswith("表四·行政复议：总计是 0，四种结果之和是 11")
    assert found[1].message.startswith("表四·行政诉讼 复议后起诉：总计是 0，四种结果之和是 5")
    assert all(f.fix is None for f in found), "one sum cannot name the cell"


@pytest.mark.parametrize("cell", [cell.key for cell in FORM.tables["requests"].cells])
def test_one_wrong_cell_of_table_three_is_named_with_its_right_value(cell: str) -> None:
    found = findings({**PUTIAN, cell: PUTIAN[cell] + 1})
    assert found
    for finding in found:
        assert finding.fix is not None
        assert (finding.fix.cell, finding.fix.old, finding.fix.new) == (cell, PUTIAN[cell] + 1, PUTIAN[cell])


def test_the_advice_reads_as_the_clerk_needs_it() -> None:
    (finding, _) = findings({**PUTIAN, "requests.unavailable_not_held.natural": 12})
    assert finding.advice == (
        "只需把 表三·（四）无法提供 1.本机关不掌握相关政府信息·自然人 由 12 改为 11，全部勾稽关系即成立。"
    )
    assert finding.message == (
        "表三·（四）无法提供 1.本机关不掌握相关政府信息：总计是 11，六类申请人之和是 12，前者少 1。"
    )


@pytest.mark.parametrize("cell", [cell.key for cell in FORM.tables["review_litigation"].cells])
def test_one_wrong_cell_of_table_four_is_found_in_its_group(cell: str) -> None:
    (finding,) = findings({**PUTIAN, cell: 1})
    group = cell.rpartition(".")[0]
    assert all(key.startswith(group) for key in finding.cells)
    assert finding.fix is None


def slips(figures: Mapping[str, Figure]) -> st.SearchStrategy[tuple[str, int]]:
    """One digit of one figure of tables three and four typed wrong."""

    def typed(cell: str) -> st.SearchStrategy[tuple[str, int]]:
        digits = str(figures[cell])
        return st.tuples(st.integers(0, len(digits) - 1), st.sampled_from("0123456789")).map(
            lambda slip: (cell, int(digits[: slip[0]] + slip[1] + digits[slip[0] + 1 :]))
        )

    cells = [key for key in figures if not key.startswith("active_disclosure")]
    return st.sampled_from(cells).flatmap(typed)


@pytest.mark.parametrize("name", SOUND)
@settings(max_examples=250)
@given(data=st.data())
def test_no_slip_of_one_digit_escapes(name: str, data: st.DataObject) -> None:
    figures = figures_of(published(name), FORM)
    cell, wrong = data.draw(slips(figures))
    found = findings({**figures, cell: wrong})
    if wrong == figures[cell]:
        assert found == []
    elif cell.startswith("requests."):
        assert {finding.fix.cell for finding in found if finding.fix} == {cell}
        assert {finding.fix.new for finding in found if finding.fix} == {figures[cell]}
    else:
        assert len(found) == 1
        assert cell in found[0].cells


def advice_for(**changes: int) -> set[str]:
    figures = {**PUTIAN, **{key.replace("__", "."): value for key, value in changes.items()}}
    found = findings(figures)
    assert all(finding.fix is None for finding in found)
    return {finding.advice for finding in found}


def test_a_figure_filed_under_the_wrong_applicant_is_suggested_as_a_guess() -> None:
    (advice,) = advice_for(requests__granted__natural=0, requests__granted__commercial=6)
    assert advice == (
        "可能是同一行里记错了列（这是猜测，请对照底表）：把 表三·（一）予以公开·自然人 由 0 改为 6，"
        "表三·（一）予以公开·商业企业 由 6 改为 0，全部勾稽关系即成立。"
    )


def test_a_figure_filed_under_the_wrong_result_is_suggested_as_a_guess() -> None:
    (advice,) = advice_for(requests__other_other__natural=0, requests__partially_granted__natural=1)
    assert "可能是同一列里记错了行（这是猜测，请对照底表）" in advice
    assert "表三·（六）其他处理 3.其他·自然人 由 0 改为 1" in advice


def test_swapped_digits_in_two_cells_are_suggested_as_a_guess() -> None:
    figures = figures_of(published("suqian-city-2024"), FORM)
    wrong = {"requests.granted.natural": 1480, "requests.carried_over.natural": 811}
    (advice,) = {finding.advice for finding in findings({**figures, **wrong})}
    assert advice.startswith("可能是两格的数字顺序颠倒（这是猜测，请对照底表）：")
    assert "由 811 改为 118" in advice
    assert "由 1480 改为 1408" in advice


def test_a_row_entered_one_line_too_low_is_suggested_as_a_guess() -> None:
    figures = dict(figures_of(published("suqian-city-2024"), FORM))
    table = FORM.tables["requests"]
    for total, forward in zip(
        table.rows["total_processed"].cells, table.rows["carried_forward"].cells, strict=True
    ):
        figures[total.key], figures[forward.key] = figures[forward.key], figures[total.key]
    (advice,) = {finding.advice for finding in findings(figures)}
    assert advice == (
        "可能是相邻两行的数写颠倒了，或写低了一行（这是猜测，请对照底表）：把 “表三·（七）总计”"
        "和“表三·四、结转下年度继续办理”两行的数对调，全部勾稽关系即成立。"
    )


def test_where_several_explanations_are_equally_good_none_is_guessed() -> None:
    figures = figures_of(published("suqian-city-2024"), FORM)
    wrong = {
        "requests.granted.natural": 1418,
        "requests.granted.commercial": 11,
    }  # could be in any of three rows
    (advice,) = {finding.advice for finding in findings({**figures, **wrong})}
    assert advice == "不止一格有误，无法断定是哪几格，请先对照底表核对：表三·自然人、表三·商业企业。"


@pytest.mark.parametrize("rows", [["requests.granted"], ["requests.granted", "requests.new_received"]])
def test_a_total_that_is_written_first_is_told_so(rows: list[str]) -> None:
    figures = dict(PUTIAN)
    for row in rows:
        table, key = row.split(".")
        cells = [cell.key for cell in FORM.tables[table].rows[key].cells]
        figures |= dict(zip(cells, [PUTIAN[cell] for cell in (cells[-1], *cells[:-1])], strict=True))
    told = [finding for finding in findings(figures) if "总计写在了最前面" in finding.advice]
    assert {finding.cells[0] for finding in told} == {f"{row}.total" for row in rows}
    whole = {finding.how for finding in told}
    assert "总计要写在最后，应写成 granted = [ 6, 0, 0, 0, 0, 0, 6 ]。" in whole


def test_a_wrong_total_is_not_taken_for_a_row_that_begins_with_it() -> None:
    figures = {**PUTIAN, "review_litigation.review.upheld": 2, "review_litigation.review.total": 5}
    assert not any("写在了最前面" in finding.advice for finding in findings(figures))


def test_a_sum_with_an_unfilled_cell_is_not_checked_and_nothing_counts_as_zero() -> None:
    figures = {key: value for key, value in PUTIAN.items() if key != "requests.granted.natural"}
    assert findings(figures) == []
    remarks = [result.text for result in results(figures) if isinstance(result, Remark)]
    assert "2 项勾稽关系有未填的数，没有查" in remarks


def test_computed_totals_are_no_evidence() -> None:
    totals = {row.total.key for row in FORM.tables["requests"].rows.values() if row.total}
    figures = {**PUTIAN, "requests.granted.natural": 7, "requests.granted.total": 7}
    found = findings(figures, frozenset(totals))
    assert found
    assert all(finding.fix is None for finding in found), "any row could hold the slip"
    remarks = [result.text for result in results(figures, frozenset(totals)) if isinstance(result, Remark)]
    assert "25 个总计没有写，由程序相加，这些行是否抄错查不出" in remarks


def test_the_output_says_that_table_two_is_not_covered() -> None:
    remarks = [result for result in results(PUTIAN) if isinstance(result, Remark) and not result.checked]
    assert [remark.text for remark in remarks] == [
        "表二的 10 个数没有勾稽关系，抄错了查不出，请对照底表再核对一遍"
    ]


# ── unfilled ────────────────────────────────────────────────────────────────────────────────────────


def gaps(figures: Mapping[str, Figure], texts: Mapping[str, str] = TEXTS, form: Form = FORM) -> list[Finding]:
    report = make_report(published("putian-psb-2022"), form, texts, figures=figures)
    return [result for result in unfilled(Case(report, compose(report))) if isinstance(result, Finding)]


def test_unfilled_cells_are_reported_by_row_or_by_table() -> None:
    figures = {key: value for key, value in PUTIAN.items() if not key.startswith("active_disclosure")}
    del figures["requests.granted.natural"]
    for column in ("natural", "total"):
        del figures[f"requests.carried_over.{column}"]
    for cell in FORM.tables["requests"].rows["partially_granted"].cells:
        del figures[cell.key]
    assert [finding.message for finding in gaps(figures)] == [
        "表二：10 个数都未填。",
        "表三·二、上年结转政府信息公开申请数量·自然人、总计：2 个数未填。",
        "表三·（一）予以公开·自然人：未填。",
        "表三·（二）部分公开（区分处理的，只计这一情形，不计其他情形）（全行）：7 个数都未填。",
    ]


def test_a_part_without_text_and_an_agency_item_without_value_are_reported() -> None:
    texts = {"overview": "联系电话：{{ agency.fax }}。", "problems": "问题。"}
    found = gaps(PUTIAN, texts)
    assert [finding.text for finding in found] == [
        "六、其他需要报告的事项：文字未填。",
        "一、总体情况第1段有没有填的内容：“联系电话：【未填】。”。",
    ]
    assert [finding.how for finding in found] == [
        "请在 [narrative] 里写 other_matters = '''…'''。",
        "请填写后再生成：{{ agency.fax }}。",
    ]
    assert found[1].passage == Passage("overview", 0, 5, 9)


def test_a_full_report_has_no_gap() -> None:
    assert gaps(PUTIAN) == []
    assert Decimal(0) in PUTIAN.values(), "zero is filled in"


def unfilled_without(*keys: str) -> list[Finding]:
    """The findings of the example without cells, rows or columns: ``.natural`` is a column."""
    figures = {
        key: figure
        for key, figure in PUTIAN.items()
        if not any(f"{key}.".startswith(f"{one}.") or (one[0] == "." and key.endswith(one)) for one in keys)
    }
    return gaps(figures)


def test_of_totals_that_are_not_filled_in_their_figures_are_told() -> None:
    (found,) = unfilled_without("requests.total_processed")
    row = ", ".join(str(PUTIAN[cell.key]) for cell in FORM.tables["requests"].rows["total_processed"].cells)
    assert f"应写成 total_processed = [ {row} ]" in found.cure
    (found,) = unfilled_without("requests.granted.total")
    assert f"应写成 granted = [ 6, 0, 0, 0, 0, 0, {PUTIAN['requests.granted.total']} ]" in found.cure
    assert "写 0" not in found.cure


def test_nobody_is_told_to_write_0_for_a_total_whose_parts_are_not_filled_in() -> None:
    part, total = unfilled_without("requests.granted", "requests.total_processed")
    assert "没有就写 0" in part.cure
    assert "先填好别的数" in total.cure
    assert "写 0" not in total.cure


def test_rows_and_columns_that_are_blank_come_together() -> None:
    denied = [f"requests.{row}" for row in FORM.tables["requests"].rows if row.startswith("denied")]
    (found,) = unfilled_without(*denied)
    assert len(found.cells) == 7 * len(denied) == 56
    assert "8 行的 56 个数都未填" in found.message
    found = unfilled_without(".natural")
    assert [len(each.cells) for each in found] == [24, 1]  # the row of totals is told by itself
    assert "“自然人”有 24 行未填" in found[0].message
    (found,) = unfilled_without(".upheld")
    assert "“结果维持”整列 3 个数都未填" in found.message
