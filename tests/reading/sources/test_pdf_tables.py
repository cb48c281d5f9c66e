"""The tables of a PDF, however their lines are drawn and wherever a page ends; paragraphs; characters of browsers."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from reportgen.reading.sources.extract import Grid, Spot, grid_of
from reportgen.reading.sources.pdf import _at_edges
from reportgen.reading.sources.pdf_drawing import Drawing
from reportgen.reading.sources.pdf_lines import Line, Piece, paragraphs
from reportgen.reading.sources.pdf_tables import Table, joined, tables_of
from reportgen.reading.sources.radicals import with_characters
from reportgen.reading.sources.ruled import Ruled, Segment

AS_IS = (1, 0, 0, 1, 0, 0)


def drawn(operations: Sequence[tuple[bytes, Sequence[float]]]) -> list[Segment]:
    drawing = Drawing()
    for operator, operands in operations:
        drawing.on(operator, operands, AS_IS)
    return drawing.segments


def test_a_border_with_slanting_ends_is_a_line() -> None:
    """As browsers draw the borders of ``<table border=1>``."""
    corners = ((10, 10), (10, 33), (11, 32), (11, 10))
    shape = [(b"m" if corner == corners[0] else b"l", corner) for corner in corners]
    assert drawn([*shape, (b"f", ())]) == [Segment(10.5, 10, 10.5, 33)]


def test_a_shape_that_is_no_line() -> None:
    corners = ((10, 10), (10, 33), (40, 32), (40, 10))
    assert drawn([*((b"l", corner) for corner in corners), (b"f", ())]) == []


@pytest.mark.parametrize(("gap", "lines"), [(2, 1), (20, 0)])
def test_a_row_of_dots_is_a_line(gap: int, lines: int) -> None:
    dots = [(b"re", (10 + gap * i, 50, 1, 1)) for i in range(30)]
    found = drawn([step for dot in dots for step in (dot, (b"f", ()))])
    assert len(found) == lines
    assert all(segment.is_across for segment in found)


LEFT, MIDDLE, RIGHT = 50.0, 150.0, 250.0


def table(*rows: list[str], columns: tuple[float, ...] = (LEFT, MIDDLE, RIGHT)) -> Table:
    return Table(grid_of(rows), columns)


def texts(whole: Table | None) -> list[list[str]]:
    assert whole is not None
    rows: dict[int, list[str]] = {}
    for spot in sorted(whole.grid.spots, key=lambda spot: (spot.row, spot.column)):
        rows.setdefault(spot.row, []).append(spot.text)
    return list(rows.values())


def test_a_table_that_goes_on_on_the_next_page_is_one() -> None:
    assert texts(joined(table(["1.属于国家秘密", "4"]), table(["2.重复申请", "5"]))) == [
        ["1.属于国家秘密", "4"],
        ["2.重复申请", "5"],
    ]


def test_tables_with_other_columns_are_two() -> None:
    assert joined(table(["规章", "4"]), table(["许可", "5"], columns=(LEFT, 170.0, RIGHT))) is None
    assert joined(table(["规章", "4"]), "一行文字") is None


def test_a_row_that_the_end_of_the_page_cut_is_one_row() -> None:
    rows = [["1.没有现成信息", "4"]], [["需要另行制作", ""], ["2.重复申请", "5"]]
    assert texts(joined(table(*rows[0]), table(*rows[1]))) == [
        ["1.没有现成信息需要另行制作", "4"],
        ["2.重复申请", "5"],
    ]


def test_a_figure_that_stands_on_the_next_page_belongs_to_its_label() -> None:
    assert texts(joined(table(["四、结转下年度", ""]), table(["", "7"], ["备注", ""]))) == [
        ["四、结转下年度", "7"],
        ["备注", ""],
    ]


@pytest.mark.parametrize("below", [["2.重复申请", ""], ["", "5"], ["许可", "5"]])
def test_rows_of_their_own_stay_so(below: list[str]) -> None:
    assert len(texts(joined(table(["1.属于国家秘密", "4"]), table(below)))) == 2


def test_a_head_above_the_end_of_the_page_spans_the_columns_below_it() -> None:
    head = Table(Grid((Spot("行政复议", 0, 0),)), (LEFT, RIGHT))
    whole = joined(head, table(["结果维持", "结果纠正"]))
    assert whole is not None
    assert whole.grid.spots[0] == Spot("行政复议", 0, 0, 1, 2)


def test_text_in_a_frame_around_a_table_is_text() -> None:
    ys = (400.0, 300.0, 280.0, 260.0)
    lines = [Segment(LEFT, y, RIGHT, y) for y in ys]
    lines += [Segment(x, 260.0, x, 400.0) for x in (LEFT, RIGHT)] + [Segment(MIDDLE, 260.0, MIDDLE, 300.0)]
    frame = [Piece(60, 380, 10, "第一行，"), Piece(60, 360, 10, "第二行。")]
    cells = {(1, 0): "规章", (1, 1): "4", (2, 0): "行政许可", (2, 1): "5"}
    inside = {place: [Piece(60, 290, 10, text)] for place, text in cells.items()} | {(0, 0): frame}
    ((top, found),), framed = tables_of(Ruled(lines), inside)
    assert top == 300.0
    assert texts(found) == [["规章", "4"], ["行政许可", "5"]]
    assert framed == frame


def test_what_stands_at_the_top_of_most_pages_is_no_text() -> None:
    pages = [
        [
            Line(50, 800, 300, 10, f"某某局年度报告 第{page}页"),
            Line(50, 700, 300, 10, f"正文{'，再续' * page}。"),
            table(),
        ]
        for page in (1, 2, 3)
    ]
    assert _at_edges(pages) == ["某某局年度报告 第1页", "某某局年度报告 第2页", "某某局年度报告 第3页"]


def test_a_line_that_ended_early_for_a_number_goes_on() -> None:
    full = [Line(50, 700 - 20 * i, 500, 10, "全年各项工作按要求有序推进，") for i in range(3)]
    short = [Line(50, 640, 450, 10, "咨询电话：0123-"), Line(50, 620, 200, 10, "4567890123，工作日接听。")]
    assert list(paragraphs([*full, *short])) == [
        "全年各项工作按要求有序推进，" * 3 + "咨询电话：0123-4567890123，工作日接听。"
    ]


def test_radicals_that_browsers_print_are_characters() -> None:
    assert with_characters("⼀⼈⺠⻔⼾⻚⼯⾏") == "一人民门户页工行"
    assert with_characters("一丁，12") == "一丁，12"
    assert with_characters("\u2329格式\u232a") == "〈格式〉"
