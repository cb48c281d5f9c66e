"""Rows that stand in an input file as comments: where they are, and how they are filled in."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.reading import parse_input
from reportgen.reading.commented import commented_rows
from reportgen.reading.rewriting import rewrite

HEAD = 'format = "2021"\nyear = 2025\n[agency]\nname = "某局"\n'
ROWS = """\
[requests]   # granted = 9
#            自然人 商业企业 其他 总计
# granted  = [       ,       ,       ,         ,         ,      ,      ]   # （一）予以公开    上年：整行 0
new_received = 0
# other_fee_ = 1
# 说明：denied_repeat = 0 的写法
[review_litigation]
# granted = 3
"""


def lines(body: str) -> dict[str, int]:
    return dict(parse_input(HEAD + body, Path("本局.toml")).lines)


def test_a_row_of_its_table_is_found_and_nothing_else() -> None:
    found = commented_rows(ROWS, ROWS.index("]") + 1, {"granted", "denied_repeat", "new_received"})
    assert list(found) == ["granted"]
    assert lines(ROWS)["requests.granted"] == 4 + 3
    assert "review_litigation.granted" not in lines(ROWS)


def test_what_is_written_counts_and_not_a_comment_beside_it() -> None:
    assert lines("[requests]\n# granted = 0\ngranted = 0\n")["requests.granted"] == 4 + 3


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_row_is_filled_in_where_it_stands_in_its_columns(line_end: str) -> None:
    text = (HEAD + ROWS).replace("\n", line_end)
    report = parse_input(text.replace("\r\n", "\n"), Path("本局.toml"))
    keys = [cell.key for cell in report.form.tables["requests"].rows["granted"].cells]
    new = rewrite(text, report, dict(zip(keys, "1234567", strict=True)), {})
    expected = (
        "granted    = [ 1,      2,      3,      4,        5,        6,     7    ]"
        "   # （一）予以公开    上年：整行 0"
    )
    assert new == text.replace(text.split(line_end)[6], expected)
    assert len(expected) == len(text.split(line_end)[6])


def test_a_row_of_which_one_figure_is_known_says_that_the_others_are_not() -> None:
    text = HEAD + ROWS
    report = parse_input(text, Path("本局.toml"))
    new = rewrite(text, report, {"requests.granted.natural": "1234567"}, {})
    again = parse_input(new, Path("本局.toml"))
    assert {key: figure for key, figure in again.figures.items() if "granted" in key} == {
        "requests.granted.natural": 1234567
    }
