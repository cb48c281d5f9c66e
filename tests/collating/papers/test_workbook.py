"""The workbook: every figure in its place, every sum a formula that gives what the tool added up, text that is text."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from reportgen.collating.area import Body, Submission
from reportgen.collating.papers import workbook_figures
from reportgen.collating.papers.workbook import workbook
from reportgen.model.provenance import Provenance

from ...writing.calc import saved_by_libreoffice, without_results
from .. import areas
from . import files

FEES = "active_disclosure.fees"
TOP, FIRST = 6, "I"
"""The first row of figures, and the column of the first body, as Excel counts."""


def row_of(cell: str) -> int:
    return TOP + list(areas.the_form().cells).index(cell)


def test_it_has_a_sheet_for_every_question() -> None:
    assert files.sheet_names(workbook(areas.troubled()).data) == [
        *("概况", "数据", "合计和来源", "问题", "雷同", "与公布的比较"),
    ]
    assert files.sheet_names(workbook(areas.area(areas.sound())).data) == [
        "概况",
        "数据",
        "合计和来源",
        "问题",
    ]


def test_every_figure_of_every_body_stands_in_its_row_and_column() -> None:
    data = workbook(areas.area(areas.sound())).data
    form = areas.the_form()
    for letters, name, of in zip("IJKLM", areas.BODIES, areas.NAMES, strict=True):
        column = files.column(data, "数据", letters)
        assert column[3] == name
        figures = areas.figures(of)
        assert {cell: float(column[row_of(cell)]) for cell in form.cells} == {
            cell: float(figure) for cell, figure in figures.items()
        }


def test_every_sum_is_a_formula_over_the_bodies() -> None:
    data = workbook(areas.area(areas.sound())).data
    formulas = files.formulas(data, "数据")
    form = areas.the_form()
    assert all(f"I{row_of(cell)}:M{row_of(cell)}" in formulas[f"E{row_of(cell)}"] for cell in form.cells)
    row = row_of("requests.new_received.total")
    assert formulas[f"E{row}"] == f'IF(COUNT(I{row}:M{row})=0,"",SUM(I{row}:M{row}))'
    assert "ROUND(" in formulas[f"E{row_of(FEES)}"]


def test_a_blank_is_an_empty_cell_and_no_zero() -> None:
    cell = "requests.granted.total"
    first, second, *others = areas.sound()
    assert first.submission
    assert second.submission
    figures = {key: figure for key, figure in first.submission.figures.items() if key != cell}
    first = replace(first, submission=replace(first.submission, figures=figures, unread={cell: "见附件"}))
    data = workbook(areas.area([first, second, *others])).data
    values, row = files.cells(data, "数据"), row_of(cell)
    assert values[f"I{row}"] == "见附件"
    assert (values[f"F{row}"], values[f"G{row}"]) == ("4", "1")
    figures = {key: figure for key, figure in second.submission.figures.items() if key != cell}
    second = replace(second, submission=replace(second.submission, figures=figures))
    values = files.cells(workbook(areas.area([first, second, *others])).data, "数据")
    assert f"J{row}" not in values
    assert (values[f"F{row}"], values[f"G{row}"]) == ("3", "2")


def test_what_is_not_added_up_stands_apart_from_the_sum() -> None:
    """The report of another year is beside the sums, one column apart, and no formula reaches it."""
    data = workbook(areas.troubled()).data
    values = files.cells(data, "数据")
    assert [values.get(f"{letters}3") for letters in "IJKLMNOPQ"] == [
        *("安河县公安局", "安河县教育局", "安河县自然资源和规划局", "安河县河东镇人民政府"),
        *("安河县城北街道办事处", "安河县水利局", "安河县城南街道办事处", None, "安河县河东镇人民政府"),
    ]
    row = row_of("requests.new_received.total")
    assert f"L{row}" not in values
    assert values[f"Q{row}"] == "3511"
    assert all("Q" not in formula for formula in files.formulas(data, "数据").values())


def test_while_a_body_is_missing_every_sum_says_so() -> None:
    data = workbook(areas.troubled()).data
    assert files.cells(data, "数据")["E3"] == "合计（缺 3 个单位）"
    assert files.cells(data, "数据")["A2"].startswith("缺 3 个单位，合计不是全部。")
    assert files.cells(data, "合计和来源")["B1"] == "合计（缺 3 个单位）"
    assert "缺 3 个单位，不能判断" in files.cells(data, "与公布的比较")["A1"]
    assert "合计（缺 3 个单位）" in files.column(data, "概况", "A").values()
    whole = workbook(areas.area(areas.sound())).data
    assert not any(
        "缺 " in value for sheet in files.sheet_names(whole) for value in files.cells(whole, sheet).values()
    )


def test_each_sum_names_its_sources_the_greatest_first() -> None:
    data = workbook(areas.area(areas.sound())).data
    row = list(areas.the_form().cells).index("active_disclosure.coercion") + 2
    figures = {
        name: int(areas.figures(of)["active_disclosure.coercion"])
        for name, of in zip(areas.BODIES, areas.NAMES, strict=True)
    }
    named = "、".join(
        f"{name} {figure}" for name, figure in sorted(figures.items(), key=lambda each: -each[1]) if figure
    )
    assert files.cells(data, "合计和来源")[f"D{row}"] == named


def test_findings_stand_with_their_place_and_their_figures() -> None:
    values = files.cells(workbook(areas.troubled()).data, "问题")
    assert [values.get(f"{letters}2") or None for letters in "ABCDEFG"] == [
        *("安河县教育局", "错误", "表三·一、本年新收政府信息公开申请数量·总计"),
        *(
            "表三·一、本年新收政府信息公开申请数量：总计 20 不等于六类申请人之和 21。请把总计改为 21。",
            "20",
            "21",
            None,
        ),
    ]
    assert "水利局.pdf" in values.values()


EVIL = (
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2",
    "@SUM(A1)",
    "{=1}",
    "http://example.com",
    "x" * 300,
    "\t=1",
    "<b>&",
)


def test_a_row_is_as_high_as_what_is_told_in_it() -> None:
    """LibreOffice and WPS show the first line only where a file does not say how high a row is."""
    long = areas.told("表三的总计和各行之和不一致，请对照底表核对。" * 10)  # 440 wide in a column of 70
    sent = areas.submission(areas.BODIES[0], areas.NAMES[0], told=(long, areas.told("短。")))
    standing = areas.standing(areas.BODIES[0], areas.NAMES[0], submission=sent)
    assert files.heights(workbook(areas.area([standing])).data, "问题") == [0, 7 * 15 + 3, 0]


def test_text_is_text_whatever_it_begins_with() -> None:
    standings = [
        replace(
            each,
            body=Body(name, level=name),
            submission=replace(each.submission, file=name, told=(areas.told(name, place=name, words=name),)),
        )
        for each, name in zip(areas.sound() * 2, EVIL, strict=False)
        if isinstance(each.submission, Submission)
    ]
    data = workbook(areas.area(standings, questions=EVIL)).data
    for sheet in files.sheet_names(data):
        assert not any(
            "cmd" in formula or "SUM(A1)" in formula for formula in files.formulas(data, sheet).values()
        )
        assert "<hyperlink" not in files.part(
            data, f"xl/worksheets/sheet{files.sheet_names(data).index(sheet) + 1}.xml"
        )
    assert files.cells(data, "数据")["I3"] == EVIL[0]
    assert files.cells(data, "问题")["D2"] == EVIL[0]


def test_a_text_longer_than_a_cell_holds_is_cut_and_not_lost() -> None:
    sent = areas.submission("甲局", areas.NAMES[0], told=(areas.told("字" * 40_000),))
    data = workbook(areas.area([areas.standing("甲局", areas.NAMES[0], submission=sent)])).data
    assert files.cells(data, "问题")["D2"].startswith("字" * 30_000)


def test_a_figure_of_more_digits_than_excel_keeps_stands_as_text_with_its_exact_sum() -> None:
    long = "12345678901.123456"
    first, *others = areas.sound()
    assert first.submission
    sent = replace(first.submission, figures={**first.submission.figures, FEES: long})
    area = areas.area([replace(first, submission=sent), *others])
    values = files.cells(workbook(area).data, "数据")
    assert values[f"I{row_of(FEES)}"] == long
    expected = Decimal(long) + sum(Decimal(areas.figures(of)[FEES]) for of in areas.NAMES[1:])
    assert Decimal(values[f"E{row_of(FEES)}"]) == expected


def test_it_says_of_itself_that_nobody_touched_it() -> None:
    assert Provenance(workbook(areas.troubled()).data).is_untouched


def test_an_area_without_a_body_has_a_workbook() -> None:
    assert files.sheet_names(workbook(areas.area([])).data)[0] == "概况"


def test_of_more_bodies_than_it_has_room_for_it_says_what_is_not_in_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workbook_figures, "MOST_BODIES", 4)
    area = areas.area(areas.sound())
    data = workbook(area).data
    figures, overview = files.cells(data, "数据"), files.cells(data, "概况")
    said = "单位有 5 个，超过 4 个，“数据”页只写合计"
    assert said in figures["A2"]
    assert said in overview["A4"]
    row = row_of("requests.new_received.total")
    assert Decimal(figures[f"E{row}"]) == Decimal(area.totals["requests.new_received.total"].figure)
    assert "I3" not in figures
    assert overview["A11"] == "合计"
    assert Decimal(overview["G11"]) == Decimal(area.totals["requests.new_received.total"].figure)
    monkeypatch.setattr(workbook_figures, "MOST_BODIES", 5)
    assert "A4" not in files.cells(workbook(area).data, "概况")


def test_recomputed_in_libreoffice_every_sum_is_the_tools(tmp_path: Path) -> None:
    """The results are taken out before, so that what is read is LibreOffice's."""
    found = {"whole": areas.area(areas.sound()), "troubled": areas.troubled()}
    books = {name: without_results(workbook(area).data) for name, area in found.items()}
    for name, data in saved_by_libreoffice(books, tmp_path).items():
        values, form = files.cells(data, "数据"), areas.the_form()
        sums = {cell: Decimal(values[f"E{row_of(cell)}"]) for cell in form.cells}
        assert sums == pytest.approx(
            {cell: Decimal(total.figure) for cell, total in found[name].totals.items()}
        )
        assert all(
            Decimal(values[f"F{row_of(cell)}"]) == len(total.contributors)
            for cell, total in found[name].totals.items()
        )
        sources = files.cells(data, "合计和来源")
        assert [Decimal(sources[f"B{at}"]) for at in range(2, 202)] == list(sums.values())
        overview = files.cells(data, "概况")
        assert overview["A2"] == ("正常 5 个" if name == "whole" else "正常 3 个")
