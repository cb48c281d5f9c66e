"""A block from Excel, WPS or Word lands where it belongs."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.form.model import Form
from reportgen.model.report import printed
from reportgen.reading import read
from reportgen.workbench.edits import EditError
from reportgen.workbench.pasting import pasted

from .bench import EXAMPLE, Bench, Refused, example

FIGURES = {key: printed(figure) for key, figure in read(EXAMPLE).figures.items()}


def block(form: Form, table: str) -> list[list[str]]:
    """The figures of a table, row by row as the input has them."""
    return [[FIGURES[cell.key] for cell in row.cells] for row in form.tables[table].rows.values()]


def tabs(rows: list[list[str]], end: str = "\n") -> str:
    """As a clipboard has them."""
    return end.join("\t".join(row) for row in rows) + end


def of(form: Form, table: str) -> dict[str, str]:
    return {cell.key: FIGURES[cell.key] for cell in form.tables[table].cells}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("at", ["requests.new_received.natural", "requests.denied_repeat.other"])
def test_a_whole_table_without_heads(end: str, at: str, form: Form) -> None:
    at = at if at in form.cells else "requests.granted.other"
    assert pasted(form, at, tabs(block(form, "requests"), end)).cells == of(form, "requests")


def test_a_whole_table_with_its_heads_and_labels(form: Form) -> None:
    table = form.tables["requests"]
    rows = [["某局2023年统计表"], ["", *table.heads.values()]] + [
        [row.label.removeprefix(f"{table.name}·"), *figures]
        for row, figures in zip(table.rows.values(), block(form, "requests"), strict=True)
    ]
    found = pasted(form, "requests.new_received.natural", tabs(rows))
    assert found.cells == of(form, "requests")
    assert found.left_out == ("某局2023年统计表",), "what the table prints itself is nothing that is missing"


def test_labels_say_where_rows_belong_whatever_cell_was_pasted_into(form: Form) -> None:
    table = form.tables["requests"]
    printed_labels = [cell.label for row in table.grid for cell in row if cell.kind == "row"]
    rows = [
        [label, *figures] for label, figures in zip(printed_labels, block(form, "requests"), strict=True)
    ][3:9]
    found = pasted(form, "requests.new_received.natural", tabs(rows))
    assert set(found.cells) == {cell.key for row in list(table.rows.values())[3:9] for cell in row.cells}


def test_labels_of_other_rows_are_not_passed_over(form: Form) -> None:
    with pytest.raises(EditError):
        pasted(form, "requests.new_received.natural", "不知何物\t1\t2\n（一）予以公开\t1\t0\t0\t0\t0\t0\t1\n")


def test_the_table_of_three_groups_is_one_printed_row_or_three(form: Form) -> None:
    rows = block(form, "review_litigation")
    at = next(form.tables["review_litigation"].cells).key
    one_line = [[figure for row in rows for figure in row]]
    assert pasted(form, at, tabs(rows)).cells == of(form, "review_litigation")
    assert pasted(form, at, tabs(one_line)).cells == of(form, "review_litigation")


def test_the_table_of_unequal_rows_with_blanks_at_their_ends(form: Form) -> None:
    rows = [[*row, *[""] * (3 - len(row))] for row in block(form, "active_disclosure")]
    at = next(form.tables["active_disclosure"].cells).key
    assert pasted(form, at, tabs(rows)).cells == of(form, "active_disclosure")


def test_a_part_of_a_row_a_column_and_a_row_without_its_total(form: Form) -> None:
    assert pasted(form, "requests.granted.research", "1\t2\n").cells == {
        "requests.granted.research": "1",
        "requests.granted.public_welfare": "2",
    }
    rows = list(form.tables["requests"].rows)
    start = rows.index("granted")
    column = pasted(form, "requests.granted.other", "1\n2\n3\n").cells
    assert list(column) == [f"requests.{row}.other" for row in rows[start : start + 3]]
    assert len(pasted(form, "requests.granted.natural", "1\t2\t3\t4\t5\t6").cells) == 6


def test_figures_as_people_write_them(tmp_path: Path) -> None:
    bench = Bench(example(tmp_path))
    bench.change("paste", at="requests.granted.natural", text="１，２３４\t1,234\t 5 \t/\t\t7件\t2480\r\n")
    row = [bench.report["figures"][f"requests.granted.{column}"] for column in (
        "natural", "commercial", "research", "public_welfare", "legal_service", "other", "total"
    )]  # fmt: skip
    assert row == ["1234", "1234", "5", "", "", "7", "2480"]
    assert bench.report["pasted"]["said"] == "粘贴了 7 格，其中 2 格是空的，算未填。"


@pytest.mark.parametrize("text", ["", "\n\t\n", "甲\t乙", "1\t2\t3\t4\t5\t6\t7\t8"])
def test_what_does_not_fit_or_is_none_is_refused(text: str, form: Form) -> None:
    with pytest.raises(EditError):
        pasted(form, "requests.granted.natural", text)


def test_a_block_with_one_cell_that_is_no_figure_changes_nothing(tmp_path: Path) -> None:
    path = example(tmp_path)
    before = path.read_bytes()
    with pytest.raises(Refused) as refused:
        Bench(path).change("paste", at="requests.granted.natural", text="1\t约2\t3")
    assert refused.value.status == 422
    assert path.read_bytes() == before
