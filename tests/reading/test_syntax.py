"""How the clerk types and pastes: what is read with a note, and what each slip is told."""

from __future__ import annotations

import pytest

from .test_input_file import TEXT, Desk, changed, line_of, shown
from .test_input_file import desk as desk

ROW = "[ 6,     0,      0,      0,          0,          0,   6  ]"
"""Of 予以公开."""
PHONE = 'phone    = "0594-2772776"'
POSTCODE = 'postcode = "351100"'


# ── quotes ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("new", ["\nproblems", "\n\n# ── 五 ──\nproblems"])
def test_a_text_whose_closing_quotes_are_missing_is_told_where_it_begins(desk: Desk, new: str) -> None:
    ((line, message),) = desk.problems(changed(("'''\n\nproblems", new)))
    assert line == line_of("overview = ")
    last = line_of("（五）监督保障情况")
    assert f"后面没有用 ''' 结束。请在第 {last} 行的末尾加上 '''。\n    原文：（五）监督保障情况。" in message
    assert message.endswith("'''")


def test_the_last_text_of_a_file_without_its_closing_quotes_is_told_where_it_begins(desk: Desk) -> None:
    ((line, message),) = desk.problems(TEXT.rstrip().removesuffix("'''"))
    assert line == line_of("other_matters = ")
    assert "后面没有用 ''' 结束" in message


@pytest.mark.parametrize("written", ["overview =", "overview = ''", "overview = '"])
def test_a_text_whose_opening_quotes_are_missing_is_told_so(desk: Desk, written: str) -> None:
    ((line, message),) = desk.problems(changed(("overview = '''\n", f"{written}\n")))
    assert line == line_of("overview = ")
    assert message == "文字要放在一对 ''' 之间，开头的 ''' 没有写。" + shown(written, "overview = '''")


@pytest.mark.parametrize(
    ("old", "written"),
    [
        (PHONE, "0594-2772776"),
        (PHONE, "2772776转8001"),
        (PHONE, "（0594）2772776"),
        (PHONE, "2772776"),
        (PHONE, "2772776 2772777"),
        (POSTCODE, "051100"),
    ],
)
def test_a_phone_or_postcode_without_quotes_is_told_so(desk: Desk, old: str, written: str) -> None:
    key = old.partition("=")[0]
    ((line, message),) = desk.problems(changed((old, f"{key}= {written}")))
    assert line == line_of(old)
    assert "引号里" in message
    assert message.endswith(shown(f"{key}= {written}", f'{key}= "{written}"'))


# ── pasted rows ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("6\t0\t0\t0\t0\t0\t6", "“6 0 0 0 0 0 6”，按 6、0、0、0、0、0、6"),
        ("[ 6 0 0 0 0 0 ]", "“6 0 0 0 0 0”，按 6、0、0、0、0、0"),
        ("6件 0 0 0 0 0 6件", "“6件 0 0 0 0 0 6件”，按 6、0、0、0、0、0、6"),
    ],
)
def test_a_pasted_row_is_read_with_a_note(desk: Desk, written: str, read: str) -> None:
    report = desk.read(changed((ROW, written)))
    assert report.figures == desk.read(TEXT).figures
    note = report.notes[0]
    assert (note.rule, note.line) == ("I06", line_of("granted             ="))
    assert note.text == f"表三·（一）予以公开：写的是{read} 读入。"


def test_a_pasted_sign_of_an_empty_cell_is_unfilled_and_never_zero(desk: Desk) -> None:
    report = desk.read(changed((ROW, "6 / — 0 0 0 6"), ("= 335873", "= /")))
    assert report.unfilled == [
        "active_disclosure.licensing",
        "requests.granted.commercial",
        "requests.granted.research",
    ]
    assert "没有数的格子当作未填，不当作 0" in report.notes[-1].text


@pytest.mark.parametrize("written", ["335873件", "335,873件", "335，873", "３３５８７３件"])
def test_a_single_figure_with_its_unit_is_read_with_a_note(desk: Desk, written: str) -> None:
    report = desk.read(changed(("= 335873", f"= {written}")))
    assert report.figures["active_disclosure.licensing"] == 335873
    assert len(report.notes) == 1


def test_a_pasted_row_that_may_be_two_is_refused_with_both(desk: Desk) -> None:
    ((line, message),) = desk.problems(changed((ROW, "1 234 0 0 0 0 0")))
    assert line == line_of("granted             =")
    assert message == (
        "表三·（一）予以公开：“1 234”看不出是一个数还是两个数。\n"
        "    原文：granted             = 1 234 0 0 0 0 0   # （一）予以公开\n"
        "    数字里不要有空格和逗号。对照底表，写成：\n"
        "    granted = [ 1, 234, 0, 0, 0, 0, 0 ]\n"
        "    granted = [ 1234, 0, 0, 0, 0, 0 ]"
    )


def test_a_whole_table_that_is_pasted_is_read(desk: Desk) -> None:
    rows = TEXT[TEXT.index("new_received") : TEXT.index("[review_litigation]")]
    pasted = "\n".join(
        line.split("#")[0].translate({ord(","): "\t", ord("["): "", ord("]"): ""})
        for line in rows.split("\n")
    )
    report = desk.read(TEXT.replace(rows, f"{pasted}\n"))
    assert report.figures == desk.read(TEXT).figures
    assert len(report.notes) > 5


# ── lines ───────────────────────────────────────────────────────────────────────────────────────────


def test_a_line_without_its_equals_sign_is_refused_with_the_corrected_line(desk: Desk) -> None:
    ((line, message),) = desk.problems(
        changed(("licensing           = 335873", "licensing             335873"))
    )
    assert line == line_of("licensing")
    assert "改为：licensing           = 335873" in message


@pytest.mark.parametrize(
    ("head", "first", "more"),
    [
        ("[requests]", "new_received", "等 25 行"),
        ("[active_disclosure]", "regulations", "等 6 行"),
        ("[agency]", "name", "等 7 行"),
        ("[narrative]", "preface", "等 4 行"),
    ],
)
def test_a_missing_head_of_a_table_is_one_message(desk: Desk, head: str, first: str, more: str) -> None:
    ((line, message),) = desk.problems(changed((f"{head}\n", "")))
    assert line == line_of(f"\n{first} ")
    assert message == f"“{first}”{more}的前面缺少一行 {head}。请在这一行的前面加一行：{head}"
