"""A figure of a foreign table is read where its place is certain, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from random import Random

import pytest

from reportgen.form.form_file import load_form
from reportgen.form.model import Form
from reportgen.reading.proving import Proved, contradictions, proved
from reportgen.reading.sources.extract import Block, Grid
from reportgen.reading.table_figures import read_grids

from .foreign import Printed, numbers, printed, sound

FORM = load_form("2021")
FIGURES = numbers(FORM)
REQUESTS = "requests"


def read(tables: dict[str, Printed], form: Form = FORM) -> Proved:
    return proved(read_grids([table.grid() for table in tables.values()], form))


def tables(form: Form = FORM) -> dict[str, Printed]:
    return {key: printed(table, numbers(form)) for key, table in form.tables.items()}


def wrong(found: Proved, form: Form = FORM) -> dict[str, str]:
    """What was read and is not so."""
    right = numbers(form)
    return {key: figure for key, figure in found.figures.items() if right[key] != figure}


@pytest.mark.parametrize("format", ["2021", "2019"])
def test_the_official_tables_are_read_whole(format: str) -> None:
    form = load_form(format)
    found = read(tables(form), form)
    assert found.figures == numbers(form)
    assert set(found.proofs.values()) <= {"grid", "count"}
    assert not found.unread


def test_columns_exchanged_with_their_heads_are_read_by_their_heads() -> None:
    changed = tables()
    rows = changed[REQUESTS].rows
    rows[1][0], rows[1][2] = rows[1][2], rows[1][0]  # 总计 first
    for row in rows[3:]:
        row[-7], row[-1] = row[-1], row[-7]
    found = read(changed)
    assert not wrong(found)
    assert len(found.figures) == len(FIGURES)


def test_issued_and_repealed_exchanged_with_their_heads() -> None:
    changed = tables()
    for row in changed["active_disclosure"].rows[1:4]:
        row[1], row[2] = row[2], row[1]
    assert read(changed).figures == FIGURES


def test_the_groups_of_review_and_suits_exchanged() -> None:
    changed = tables()
    rows = changed["review_litigation"].rows
    rows[0].reverse()
    rows[1] = [*rows[1][5:], *rows[1][:5]]
    rows[3] = [*rows[3][5:], *rows[3][:5]]
    found = read(changed)
    assert not wrong(found)
    assert len(found.figures) == len(FIGURES)


@pytest.mark.parametrize("blank", ["", "—", "/", "\xa0"])
def test_a_blank_is_never_zero(blank: str) -> None:
    changed = tables()
    row = changed[REQUESTS].rows[3]
    row[1:] = [("5", 1, 1), (blank, 1, 1), *[("0", 1, 1)] * 4, ("5", 1, 1)]
    found = read(changed)
    assert found.unread == {"requests.new_received.commercial": ""}
    assert found.figures["requests.new_received.total"] == "5"


def test_of_a_blank_nothing_is_said_to_stand_there() -> None:
    changed = tables()
    rows = changed["active_disclosure"].rows
    rows[6][1] = ("", 1, 3)
    assert read(changed).unread == {"active_disclosure.licensing": ""}


def test_a_row_with_a_blank_that_does_not_add_up_may_be_shifted_and_is_not_read() -> None:
    changed = tables()
    row = changed[REQUESTS].rows[3]
    del row[2]
    row.insert(4, ("", 1, 1))
    found = read(changed)
    assert not wrong(found)
    assert len(found.figures) == len(FIGURES) - 7


@pytest.mark.parametrize("words", ["约20", "2O", "1 2 3", "见附件", "12.5", "12元", "1e3", "-3"])
def test_words_that_are_no_whole_number_are_left_with_the_words(words: str) -> None:
    changed = tables()
    changed[REQUESTS].rows[3][2] = (words, 1, 1)
    found = read(changed)
    assert not wrong(found)
    assert words.replace(" ", "") in found.unread["requests.new_received.commercial"].replace(" ", "")


@pytest.mark.parametrize(
    ("words", "figure"),
    [("１，２３４", "1234"), ("1,234", "1234"), ("22（其中修订16件）", "22"), ("7件", "7")],
)
def test_a_number_as_people_write_it(words: str, figure: str) -> None:
    changed = tables()
    changed[REQUESTS].rows[3][2] = (words, 1, 1)
    assert read(changed).figures["requests.new_received.commercial"] == figure


def test_a_fee_in_yuan_is_not_taken_for_one_in_ten_thousand() -> None:
    changed = tables()
    head = changed["active_disclosure"].rows[12]
    assert "万元" in head[1][0]
    head[1] = (head[1][0].replace("万元", "元"), 1, 3)
    found = read(changed)
    assert "active_disclosure.fees" in found.unread


def test_last_years_table_beside_this_years_leaves_what_differs_unread() -> None:
    ours, other = tables(), tables()
    other[REQUESTS].rows[3][1] = ("9", 1, 1)
    found = proved(read_grids([t.grid() for t in (*ours.values(), *other.values())], FORM))
    assert set(found.unread) == {"requests.new_received.natural"}
    assert not wrong(found)


def test_a_row_that_stands_twice_with_other_figures_is_not_read() -> None:
    changed = tables()
    row = [
        (words.replace("10", "77") if words.isdigit() else words, r, c)
        for words, r, c in changed[REQUESTS].rows[3]
    ]
    changed[REQUESTS].rows.insert(4, row)
    found = read(changed)
    assert not wrong(found)
    assert "requests.new_received.natural" in found.unread


def test_a_group_in_one_row_says_zero_only_where_all_is_zero() -> None:
    for figure, expected in (("0", "0"), ("4", None)):
        changed = tables()
        rows = changed[REQUESTS].rows
        at = next(i for i, row in enumerate(rows) if "其他处理" in row[0][0])
        rows[at : at + 3] = [[("（六）其他处理", 1, 2), *[(figure, 1, 1)] * 7]]
        found = read(changed)
        assert found.figures.get("requests.other_other.natural") == expected
        assert ("4" in found.unread.get("requests.other_other.natural", "")) == (expected is None)
        told = [remark for remark in found.remarks if "“（六）其他处理”只有一行，都是 0" in remark]
        assert len(told) == (expected == "0")
        assert ("requests.other_other.natural" in found.reasons) == (expected is None)


def test_a_figure_beside_two_labels_is_not_read_for_one_of_them() -> None:
    """One cell that spans the rows of two matters says nothing certain of either."""
    changed = tables()
    rows = changed["active_disclosure"].rows
    single = [i for i, row in enumerate(rows) if len(row) == 2 and row[1][0].isdigit()]
    one, other = next((a, b) for a, b in pairwise(single) if b == a + 1)
    rows[one] = [rows[one][0], (rows[one][1][0], 2, rows[one][1][2])]
    rows[other] = rows[other][:1]
    found = read(changed)
    assert not wrong(found)
    assert len(found.figures) == len(FIGURES) - 2


def test_the_old_second_table_does_not_become_the_new_one() -> None:
    old = load_form("2019")
    found = proved(read_grids([printed(t, numbers(old)).grid() for t in old.tables.values()], FORM))
    assert not [key for key in found.figures if key.startswith("active_disclosure")]


def test_sums_that_fail_are_told_as_they_stand() -> None:
    figures = dict.fromkeys(FORM.cells, "0") | {"requests.granted.total": "5"}
    told = list(contradictions(figures, FORM))
    assert len(told) == 2  # the row itself, and the column of totals
    assert all("5" in line for line in told)


# ── whatever is done to the tables, nothing wrong is read ───────────────────────────────────────────


def spacer(rows: list[list[tuple[str, int, int]]], random: Random) -> None:
    """An empty cell put into some rows, or all."""
    at, share = random.randrange(9), random.choice((0.05, 0.5, 1.0))
    for row in rows:
        if random.random() < share:
            row.insert(min(at, len(row)), ("", 1, 1))


def lost(rows: list[list[tuple[str, int, int]]], random: Random) -> None:
    """A cell left out."""
    row = random.choice(rows)
    if row:
        del row[random.randrange(len(row))]


def gone(rows: list[list[tuple[str, int, int]]], random: Random) -> None:
    """A row left out."""
    del rows[random.randrange(len(rows))]


def moved(rows: list[list[tuple[str, int, int]]], random: Random) -> None:
    """A row put elsewhere."""
    rows.insert(random.randrange(len(rows)), rows.pop(random.randrange(len(rows))))


def split(rows: list[list[tuple[str, int, int]]], random: Random) -> None:
    """A number split over two cells, or a cell made wider or higher."""
    row = random.choice(rows)
    at = random.randrange(len(row)) if row else 0
    if row and random.random() < 0.5 and row[at][0].isdigit():
        words = row[at][0]
        row[at : at + 1] = [(words[:2], 1, 1), (words[2:], 1, 1)]
    elif row:
        words, r, c = row[at]
        row[at] = (words, random.choice((1, r + 1)), random.choice((1, c + 1)))


def emptied(rows: list[list[tuple[str, int, int]]], random: Random) -> None:
    """The totals or some cells left blank."""
    for row in rows:
        for at, (words, r, c) in enumerate(row):
            if words.isdigit() and random.random() < 0.3:
                row[at] = ("", r, c)


def flat(rows: list[list[tuple[str, int, int]]], random: Random) -> None:
    """The spans lost, as an editor loses them."""
    for row in rows:
        row[:] = [
            (words, 1 if random.random() < 0.7 else r, 1 if random.random() < 0.7 else c)
            for words, r, c in row
        ]


CHANGES: tuple[Callable[[list[list[tuple[str, int, int]]], Random], None], ...] = (
    spacer, lost, gone, moved, split, emptied, flat,
)  # fmt: skip


@pytest.mark.parametrize("format", ["2021", "2019"])
@pytest.mark.parametrize("seed", range(40))
def test_nothing_wrong_is_read_of_a_table_that_was_spoiled(seed: int, format: str) -> None:
    form, random = load_form(format), Random(seed)
    for _ in range(10):
        changed = tables(form)
        done = random.choices(CHANGES, k=random.choice((1, 1, 2, 3)))
        key = random.choice(list(changed))
        if {lost, spacer} <= set(done) and key == "active_disclosure":
            continue  # a row of this table adds up to nothing: one cell less and one more cannot be seen
        table = changed[key]
        for change in done:
            if table.rows:
                change(table.rows, random)
        found = read(changed, form)
        assert not wrong(found, form), [change.__name__ for change in done]


def test_every_column_moved_with_its_head_is_still_read_right() -> None:
    for a in range(5):
        for b in range(5):
            changed = tables()
            rows = changed[REQUESTS].rows
            rows[2][a], rows[2][b] = rows[2][b], rows[2][a]
            for row in rows[3:]:
                row[a - 6], row[b - 6] = row[b - 6], row[a - 6]
            found = read(changed)
            assert found.figures == FIGURES


def test_a_table_in_two_pieces_without_heads_on_the_second_is_read_by_count() -> None:
    changed = tables()
    rows = changed[REQUESTS].rows
    second = Printed(rows[16:])
    blocks: list[Block] = [
        Printed(rows[:16]).grid(),
        second.grid(),
        *(changed[key].grid() for key in changed if key != REQUESTS),
    ]
    assert all(isinstance(block, Grid) for block in blocks)
    found = proved(read_grids(blocks, FORM))
    assert not wrong(found)
    assert len(found.figures) == len(FIGURES)
    assert "count" in found.proofs.values()


# ── spans that were lost or miscounted, and what stands beside the figures ──────────────────────────

SOUND = sound(FORM, Random(7))
"""Figures that add up."""


def sound_tables() -> dict[str, Printed]:
    return {key: printed(table, SOUND) for key, table in FORM.tables.items()}


def misread(found: Proved) -> dict[str, str]:
    return {key: figure for key, figure in found.figures.items() if SOUND[key] != figure}


def without_spans(rows: list[list[tuple[str, int, int]]], rowspans: bool, columnspans: bool) -> None:
    for row in rows:
        row[:] = [(words, r if rowspans else 1, c if columnspans else 1) for words, r, c in row]


@pytest.mark.parametrize("kept", [(False, False), (True, False), (False, True)])
def test_where_spans_were_lost_heads_in_order_and_sums_that_hold_tell_the_columns(
    kept: tuple[bool, bool],
) -> None:
    changed = sound_tables()
    for table in changed.values():
        without_spans(table.rows, *kept)
    found = read(changed)
    assert found.figures == SOUND
    assert "order" in found.proofs.values()


def test_where_spans_were_lost_a_row_that_does_not_add_up_is_left() -> None:
    changed = sound_tables()
    without_spans(changed[REQUESTS].rows, False, False)
    row = changed[REQUESTS].rows[3]
    row[-1] = (str(int(row[-1][0]) + 1), 1, 1)
    found = read(changed)
    assert "requests.new_received.natural" in found.unread
    assert len(found.figures) == len(SOUND) - 7


def test_where_spans_were_lost_columns_in_another_order_are_left() -> None:
    changed = sound_tables()
    rows = changed[REQUESTS].rows
    rows[2][0], rows[2][1] = rows[2][1], rows[2][0]
    for row in rows[3:]:
        row[-6], row[-5] = row[-5], row[-6]
    without_spans(rows, False, False)
    assert not [key for key in read(changed).figures if key.startswith(REQUESTS)]


def test_a_span_that_is_counted_too_long_moves_no_figure() -> None:
    changed = sound_tables()
    rows = changed[REQUESTS].rows
    for row in rows:
        row[:] = [(words, r + 1 if r == 3 and "（" in words else r, c) for words, r, c in row]
    rows[0][0] = (rows[0][0][0], 3, 2)
    found = read(changed)
    assert found.figures == SOUND


def test_a_column_left_out_under_a_label_that_is_too_wide_is_not_read() -> None:
    changed = sound_tables()
    for row in changed[REQUESTS].rows[3:]:
        at = len(row) - 8
        row[at] = (row[at][0], row[at][1], row[at][2] + 1)
        del row[-6]  # 商业企业
    assert not misread(read(changed))


def test_heads_that_stand_again_in_the_middle_of_a_table() -> None:
    changed = sound_tables()
    rows = changed[REQUESTS].rows
    rows[5][0] = (rows[5][0][0], 10, 1)
    rows[15].insert(0, ("三、本年度办理结果", 12, 1))
    rows[15:15] = rows[:3]
    assert read(changed).figures == SOUND


@pytest.mark.parametrize("beside", ["", "0"])
def test_a_column_behind_the_last_one_that_says_nothing_or_zero(beside: str) -> None:
    changed = sound_tables()
    for row in changed[REQUESTS].rows[3:]:
        row.append((beside, 1, 1))
    assert read(changed).figures == SOUND


def test_a_column_behind_the_last_one_that_holds_numbers_is_left() -> None:
    changed = sound_tables()
    for row in changed[REQUESTS].rows[3:]:
        row.append(("7", 1, 1))
    assert not [key for key in read(changed).figures if key.startswith(REQUESTS)]


def test_numbers_behind_an_empty_column_belong_to_something_else() -> None:
    changed = sound_tables()
    for table in changed.values():
        for row in table.rows:
            if any(words.isdigit() for words, *_ in row):
                row += [("", 1, 1), ("7", 1, 1)]
    assert read(changed).figures == SOUND


def test_where_no_heads_are_seen_a_row_must_add_up() -> None:
    changed = sound_tables()
    del changed[REQUESTS].rows[:3]
    assert read(changed).figures == SOUND
    for row in changed[REQUESTS].rows:
        row.insert(len(row) - 7, row.pop())  # the total first
    found = read(changed)
    assert not misread(found)
    assert "requests.total_processed.natural" in found.unread


def test_three_tables_that_follow_each_other_in_one() -> None:
    rows = [row for table in sound_tables().values() for row in table.rows]
    assert proved(read_grids([Printed(rows).grid()], FORM)).figures == SOUND


def test_a_figure_of_several_columns_that_stands_in_each_of_them() -> None:
    changed = sound_tables()
    rows = changed["active_disclosure"].rows
    for row in rows:
        row[:] = [(words, r, 1) for words, r, c in row for _ in range(c)]
    assert read(changed).figures == SOUND
    rows[6][-1] = ("987654", 1, 1)
    assert "active_disclosure.licensing" in read(changed).unread


def test_a_blank_in_a_draft_beside_the_final_is_not_filled_from_it() -> None:
    draft, final = sound_tables()[REQUESTS], sound_tables()[REQUESTS]
    final.rows[3][-7] = (str(int(final.rows[3][-7][0]) + 1), 1, 1)
    final.rows[4][-7:] = [("", 1, 1)] * 7
    found = proved(read_grids([draft.grid(), final.grid()], FORM))
    assert "requests.carried_over.natural" in found.unread
    assert "requests.granted.natural" in found.figures


def test_a_row_whose_own_label_says_nothing_keeps_no_other_of_its_group_from_being_read() -> None:
    changed = sound_tables()
    rows = changed[REQUESTS].rows
    at = next(r for r, row in enumerate(rows) if any(words.startswith("3.危及") for words, *_ in row))
    rows[at] = [("其" if words.startswith("3.危及") else words, r, c) for words, r, c in rows[at]]
    found = read(changed)
    assert len(found.figures) == len(SOUND) - 7
    assert not misread(found)
    rows[at] = [*rows[at][:-8], ("", 1, 1), *rows[at][-7:]]
    found = read(changed)
    assert len(found.figures) == len(SOUND) - 7
    assert not misread(found)
