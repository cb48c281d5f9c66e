"""Figures and texts put into an input file in whatever way it is written; the rest stays byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.model.report import Report, printed
from reportgen.reading import parse_input
from reportgen.reading.rewriting import rewrite

HEAD = 'format = "2021"\nyear = 2025\n[agency]\nname = "某局"  # 全称\n'


def report(text: str, suffix: str = ".toml") -> Report:
    return parse_input(text.replace("\r\n", "\n"), Path(f"input{suffix}"))


def rewritten(body: str, figures: dict[str, str | None] | None = None, **sources: str) -> str:
    """The body of a TOML input rewritten; what it then says is checked by reading it again."""
    text = rewrite(HEAD + body, report(HEAD + body), figures or {}, sources)
    assert text.startswith(HEAD)
    again = report(text)
    now = {cell: printed(figure) for cell, figure in again.figures.items()}
    assert {cell: now.get(cell) for cell in figures or {}} == (figures or {})
    assert {part: again.narrative[part].source for part in sources} == sources
    return text[len(HEAD) :]


ROW = "requests.granted"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("granted = [6,0,0,0,0,0,6]", "granted = [7,0,0,0,0,0,6]"),
        ("granted = [ 6, 0, 0, 0, 0, 0 ] # 说明 [1]", "granted = [ 7, 0, 0, 0, 0, 0 ] # 说明 [1]"),
        ('granted = [ "６", 0, 0, 0, 0, 0, "6" ]', 'granted = [ 7, 0, 0, 0, 0, 0, "6" ]'),
        ('granted = [ "", 0, 0, 0, 0, 0, 6 ]', "granted = [ 7, 0, 0, 0, 0, 0, 6 ]"),
        ("granted = [\n  6,  # 自然人，6 件\n  0, 0, 0, 0, 0,\n  6,\n]", "granted = [\n  7,  # 自然人，6 件\n  0, 0, 0, 0, 0,\n  6,\n]"),
        ("granted = { natural = 6, total = 6 }", 'granted = [ 7, "", "", "", "", "", 6 ]'),
        ("granted.natural = 6\ngranted.total = 6", "granted.natural = 7\ngranted.total = 6"),
        ("granted = 0 # 没有", "granted = [ 7, 0, 0, 0, 0, 0, 0 ] # 没有"),
    ],
)  # fmt: skip
def test_a_row_is_rewritten_in_its_own_way(row: str, expected: str) -> None:
    body = f"[requests]\n{row}\ncarried_over = 0\n"
    assert rewritten(body, {f"{ROW}.natural": "7"}) == f"[requests]\n{expected}\ncarried_over = 0\n"


def test_a_row_in_a_table_of_its_own_is_rewritten_there() -> None:
    body = "[requests.granted]\nnatural = 6 # 六\ntotal = 6\n"
    assert rewritten(body, {f"{ROW}.natural": "7"}) == "[requests.granted]\nnatural = 7 # 六\ntotal = 6\n"


def test_an_amount_keeps_the_decimals_it_was_given() -> None:
    body = "[active_disclosure]\nfees = 7730.28  # 万元\n"
    assert rewritten(body, {"active_disclosure.fees": "7730.280"}) == body.replace("7730.28 ", "7730.280 ")


def test_a_new_row_follows_the_nearest_row_before_it() -> None:
    body = "[requests]\nnew_received = 0\n\n# 结尾\ncarried_forward = 0\n[narrative]\n"
    figures = dict.fromkeys((f"{ROW}.{column}" for column in ("natural", "total")), "1")
    assert rewritten(body, figures).splitlines()[1:3] == [
        "new_received = 0",
        'granted = [ 1, "", "", "", "", "", 1 ]',
    ]


def test_windows_line_ends_stay() -> None:
    text = f"{HEAD}[requests]\r\ngranted = 0\r\n[narrative]\r\nproblems = '''\r\n一。\r\n二。\r\n'''\r\n"
    text = text.replace("\r\n", "\n").replace("\n", "\r\n")
    after = rewrite(
        text, report(text), {f"{ROW}.natural": "7"}, {"problems": "一。\n新。\n二。", "overview": "总。"}
    )
    assert "\n" not in after.replace("\r\n", "")
    assert report(after).narrative["problems"].source == "一。\n新。\n二。"
    assert report(after).narrative["overview"].source == "总。"


@pytest.mark.parametrize(
    ("written", "source", "expected"),
    [
        ("'''\n旧。\n'''", "新。\n第二段。", "'''\n新。\n第二段。\n'''"),
        ("'''旧。'''", "新。", "'''新。'''"),
        ("'''\n\n旧。\n\n'''", "新。", "'''\n\n新。\n\n'''"),
        ("'旧。'", "新“了”。", '"新“了”。"'),
        ('"旧。"', '新"了\\。', r'"新\"了\\。"'),
        ('"""\n旧\\u3002\n"""', '新\\"""了。', '"""\n新\\\\""\\"了。\n"""'),
        ("'''\n旧。\n'''", "三个'''引号。", "\"三个'''引号。\""),
    ],
)
def test_a_text_is_rewritten_in_its_own_quotes(written: str, source: str, expected: str) -> None:
    body = f"[narrative] # 文字\nproblems = {written}  # 说明\n"
    assert rewritten(body, problems=source) == f"[narrative] # 文字\nproblems = {expected}  # 说明\n"


def test_a_text_that_is_gone_leaves_its_quotes() -> None:
    body = "[narrative]\nproblems = '''\n旧。\n'''\n"
    text = rewrite(HEAD + body, report(HEAD + body), {}, {"problems": ""})
    assert "problems" not in report(text).narrative


def test_a_new_text_stands_in_the_order_of_the_form() -> None:
    body = "[narrative]\noverview = '总。'\nother_matters = '无。'\n"
    assert rewritten(body, problems="问题。").splitlines() == [
        "[narrative]",
        "overview = '总。'",
        "problems = '''",
        "问题。",
        "'''",
        "other_matters = '无。'",
    ]


@pytest.mark.parametrize("tables", ["", '"requests": {}, "narrative": {}', '"requests": {"carried_over": 0}'])
def test_all_that_a_json_file_lacks_is_put_in_at_once(tables: str) -> None:
    text = f'{{"format": "2021", "year": 2025, "agency": {{"name": "某局"}}{"," * bool(tables)} {tables}}}'
    read = report(text, ".json")
    rows = ("granted", "new_received", "total_processed")
    figures = {f"requests.{row}.{column}": "3" for row in rows for column in ("natural", "other")}
    again = report(rewrite(text, read, figures, {"overview": "甲。", "problems": "乙。"}), ".json")
    assert {
        key: printed(figure) for key, figure in again.figures.items() if printed(figure) != "0"
    } == figures
    assert {key: narrative.source for key, narrative in again.narrative.items()} == {
        "overview": "甲。",
        "problems": "乙。",
    }


def test_rows_that_a_file_lacks_stand_in_the_order_of_the_form_under_one_head() -> None:
    figures = {f"requests.{row}.natural": "3" for row in ("new_received", "granted", "carried_forward")}
    for body in ("", "[requests]\n", "[requests]\ncarried_over = 0\n"):
        lines = rewritten(body, figures).split("\n")
        keys = [line.split(" = ")[0] for line in lines if " = " in line]
        assert keys == [
            key for key in ("new_received", "carried_over", "granted", "carried_forward") if key in keys
        ]
        assert len(keys) == 3 + ("carried_over" in body)
        assert lines.count("[requests]") == 1


def test_a_new_row_does_not_disturb_one_that_waits_at_the_same_place() -> None:
    body = "[requests]\nnew_received = 0\n# granted = [ , , , , , , ]\n"
    figures = {"requests.granted.natural": "3", "requests.partially_granted.natural": "4"}
    assert "# granted" not in rewritten(body, figures)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (
            "[agency]\nname = \"某局\"  # 全称\nphone = '1'\n",
            '[agency]\nname = "某局"  # 全称\nphone = "2\\"3"\n',
        ),
        ('[agency]\nname = "某局"\n', '[agency]\nname = "某局"\nphone = "2\\"3"\n'),
    ],
)
def test_words_are_rewritten_where_they_stand_or_get_a_line(written: str, expected: str) -> None:
    text = f'format = "2021"\nyear = 2022\n{written}'
    report = parse_input(text, Path("x.toml"))
    now = rewrite(text, report, {}, {}, {("agency", "phone"): '2"3'})
    assert now == f'format = "2021"\nyear = 2022\n{expected}'


def test_the_year_stays_a_number() -> None:
    text = 'format = "2021"\nyear = 2022   # 年\n[agency]\nname = "某局"\n'
    report = parse_input(text, Path("x.toml"))
    assert rewrite(text, report, {}, {}, {("year", ""): "2023"}) == text.replace("2022", "2023")


WAITING = """[requests]
#           自然人
# granted                 = [  ,  ,  ,  ,  ,  ,  ]   # （一）予以公开    上年：整行 0
# partially_granted       = [  ,  ,  ,  ,  ,  ,  ]   # （二）部分公开
# carried_over = 0   # 上年结转，核对后删去行首的“#”
# granted 一行还没有报上来
[narrative]
overview = '''
# granted = 1
'''
"""


def test_a_row_takes_the_place_of_the_line_that_waits_for_it() -> None:
    now = rewritten(WAITING, {"requests.granted.natural": "3", "requests.carried_over.natural": "2"})
    lines = now.split("\n")
    assert (
        lines[2]
        == 'granted                   = [ 3, "", "", "", "", "", "" ]   # （一）予以公开    上年：整行 0'
    )
    assert lines[4] == 'carried_over   = [ 2, "", "", "", "", "", "" ]   # 上年结转，核对后删去行首的“#”'
    unchanged = WAITING.split("\n")
    assert [line for n, line in enumerate(lines) if n not in (2, 4)] == [
        line for n, line in enumerate(unchanged) if n not in (2, 4)
    ]


def test_a_line_that_waits_keeps_its_windows_end() -> None:
    text = (HEAD + "[requests]\n# granted = [ , , ]\n").replace("\n", "\r\n")
    now = rewrite(text, report(text), {"requests.granted.natural": "1"}, {})
    assert now == text.replace("# granted = [ , , ]", 'granted   = [ 1, "", "", "", "", "", "" ]')


def test_new_rows_stand_in_the_order_of_the_form_among_themselves() -> None:
    figures: dict[str, str | None] = {
        "review_litigation.suit_after_review.total": "1",
        "review_litigation.review.total": "2",
        "review_litigation.direct_suit.total": "3",
    }
    now = rewritten("[review_litigation]\n", figures)
    assert [line.split(" ")[0] for line in now.split("\n")[1:4]] == [
        "review",
        "direct_suit",
        "suit_after_review",
    ]


def test_words_take_the_place_of_the_line_that_waits_for_them() -> None:
    text = HEAD + '# phone    = ""   # 电话\n'
    now = rewrite(text, report(text), {}, {}, {("agency", "phone"): "1"})
    assert now == HEAD + 'phone      = "1"  # 电话\n'
