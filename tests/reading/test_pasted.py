"""Rows as they are pasted: read where the count of the figures proves them, and never by a guess."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.form.form_file import load_form
from reportgen.form.model import Row
from reportgen.reading.pasted import PastedError, as_text, read_pasted, whole_row

FORM = load_form("2021")
ROW = FORM.tables["requests"].rows["granted"]
"""Seven figures, the last their total."""
THREE = FORM.tables["active_disclosure"].rows["normative_documents"]
"""Three figures without a total."""
FEES = FORM.tables["active_disclosure"].rows["fees"]


@pytest.mark.parametrize(
    ("written", "figures"),
    [
        ("6\t0\t0\t0\t0\t0\t6", [6, 0, 0, 0, 0, 0, 6]),
        ("6 0 0 0 0 0 6", [6, 0, 0, 0, 0, 0, 6]),
        ("6 0 0 0 0 0", [6, 0, 0, 0, 0, 0]),
        ("[ 6 0 0 0 0 0 6 ]", [6, 0, 0, 0, 0, 0, 6]),
        ("[ 6 0 0 0 0 0 6", [6, 0, 0, 0, 0, 0, 6]),
        ("6, 0, 0, 0, 0, 0, 6", [6, 0, 0, 0, 0, 0, 6]),
        ("6，0，0，0，0，0，6", [6, 0, 0, 0, 0, 0, 6]),
        ("６　０　０　０　０　０　６", [6, 0, 0, 0, 0, 0, 6]),
        ("6件 0件 0 0 0 0 6件", [6, 0, 0, 0, 0, 0, 6]),
        ("6 / / — - 0 6", [6, None, None, None, None, 0, 6]),
        ("6\t\t0\t0\t0\t0\t6", [6, None, 0, 0, 0, 0, 6]),
        ("1,234\t0\t0\t0\t0\t0\t1,234", [1234, 0, 0, 0, 0, 0, 1234]),
        ("1 234 0 0 0 0 235", [1, 234, 0, 0, 0, 0, 235]),
        ("1  234  0  0  0  0  0", [1, 234, 0, 0, 0, 0, 0]),
    ],
)
def test_a_row_is_read_where_the_count_of_its_figures_proves_it(
    written: str, figures: list[int | None]
) -> None:
    assert as_text(f"granted = {written}  # 予以公开") == f"granted = '{written}'  # 予以公开"
    assert read_pasted(written, ROW) == figures


STATE_SECRET = FORM.tables["requests"].rows["denied_state_secret"]


@pytest.mark.parametrize(
    ("written", "row"),
    [
        ("（一）予以公开\t6\t0\t0\t0\t0\t0\t6", ROW),
        ("三、本年度办理结果\t（一）予以公开\t6\t0\t0\t0\t0\t0\t6", ROW),
        ("\t（一）予以公开\t6\t0\t0\t0\t0\t0\t6", ROW),
        ("(一) 予以公开 6 0 0 0 0 0 6", ROW),
        ("予以公开 6件 0 0 0 0 0 6件", ROW),
        ("1.属于国家秘密 6 0 0 0 0 0 6", STATE_SECRET),
        ("1、属于国家秘密\t6\t0\t0\t0\t0\t0\t6", STATE_SECRET),
        ("（三）不予公开\t1.属于国家秘密\t6\t0\t0\t0\t0\t0\t6", STATE_SECRET),
    ],
)
def test_a_row_may_begin_with_its_label(written: str, row: Row) -> None:
    line = as_text(f"{row.key} = {written}")
    assert line is not None
    assert read_pasted(line.partition("'")[2].removesuffix("'"), row) == [6, 0, 0, 0, 0, 0, 6]


@pytest.mark.parametrize("written", ["（二）部分公开\t6\t0\t0\t0\t0\t0\t6", "合计 6 0 0 0 0 0 6"])
def test_the_label_of_another_row_is_told(written: str) -> None:
    with pytest.raises(PastedError, match="不是这一行的名称，数可能抄错了行") as raised:
        read_pasted(written, ROW)
    assert raised.value.advice == "请核对；是这一行的，删去前面的名称。"


@pytest.mark.parametrize(
    ("line", "right"),
    [
        (
            "granted = [ 1,234, 0, 0, 0, 0, 0, 1,234 ]  # 公开",
            "granted = [ 1234, 0, 0, 0, 0, 0, 1234 ]  # 公开",
        ),
        ("granted = [ 1,234, 0, 0, 0, 0, 0, 1234 ]", "granted = [ 1234, 0, 0, 0, 0, 0, 1234 ]"),
        ("granted = [ 0, 0, 0, 0, 0, 0, 0, 0 ]", "granted = 0"),
        ("granted = [ 0, 0, 0 ]", None),  # perhaps not all is filled in yet
        ("granted = [ 6, 0, 0, 0, 6 ]", None),
        ("granted = [ 1,234, 0, 0, 0, 0, 0, 999 ]", None),
    ],
)
def test_a_row_with_a_wrong_count_is_shown_as_it_has_to_be_where_that_is_sure(
    line: str, right: str | None
) -> None:
    assert whole_row(line, ROW) == right


@pytest.mark.parametrize(
    "written",
    [
        "6 0 0",
        "6 0 0 0 0 0 0 6",
        "6\t0\t0",
        "1 234 0 0 0 0 0",
        "1,234,0,0,0,0,0",
        "1 234 0 0 0 0 0 1234",
        "1\t1 234\t0\t0\t0\t0\t0",
        "6万元 0 0 0 0 0 6",
        "6个 0 0 0 0 0 6",
        "06 0 0 0 0 0 6",
        "六 0 0 0 0 0 6",
        "6.. 0 0 0 0 0 6",
        "",
    ],
)
def test_a_row_that_is_not_sure_is_not_read(written: str) -> None:
    with pytest.raises(PastedError):
        read_pasted(written, ROW)


def test_a_doubtful_number_is_shown_with_the_rows_it_may_be() -> None:
    with pytest.raises(PastedError, match="“1 234”看不出是一个数还是两个数") as caught:
        read_pasted("1 234 0 0 0 0 0", ROW)
    assert caught.value.possible == (
        "granted = [ 1, 234, 0, 0, 0, 0, 0 ]",
        "granted = [ 1234, 0, 0, 0, 0, 0 ]",
    )


def test_one_figure_with_its_own_unit_is_read_and_with_another_is_not() -> None:
    assert read_pasted("9116.36万元", FEES) == [Decimal("9116.36")]
    with pytest.raises(PastedError, match="“9116元”的单位是“元”，这里的单位是“万元”"):
        read_pasted("9116元", FEES)
    with pytest.raises(PastedError):
        read_pasted("9 116", FEES)


@pytest.mark.parametrize(
    "line",
    [
        'name = "6 0"',
        "granted = 0594-2772776",
        "granted = [ 6，0 ]",
        "［6 0］",
        "granted =",
        "a = 06 7",
        "overview = '''6 0'''",
        "granted = 六 0",
    ],
)
def test_what_is_no_pasted_row_is_left_alone(line: str) -> None:
    assert as_text(line) is None


NUMBERS = st.lists(st.integers(0, 10**7), min_size=1, max_size=9)
SEPARATORS = st.sampled_from(["\t", " ", "  ", ",", ", ", "，", "　"])


@given(NUMBERS, SEPARATORS, st.sampled_from([ROW, THREE]))
def test_figures_are_read_as_they_were_or_not_at_all(numbers: list[int], separator: str, row: object) -> None:
    row = ROW if row is ROW else THREE
    written = separator.join(map(str, numbers))
    try:
        read = read_pasted(written, row)
    except PastedError:
        return
    assert read == numbers
    assert len(numbers) in {len(row.cells), len(row.cells) - bool(row.total)}


@given(NUMBERS, st.sampled_from([" ", ","]))
def test_numbers_with_a_blank_between_their_thousands_are_never_read_as_others(
    numbers: list[int], between: str
) -> None:
    """Each written 1 234, all separated by the same blank: read only as two figures that add up, or not at all."""
    written = between.join(f"{number:,}".replace(",", between) for number in numbers)
    try:
        read = read_pasted(written, ROW)
    except PastedError:
        return
    figures = [figure or 0 for figure in read]
    assert read == numbers or sum(figures[:-1]) == figures[-1]
