"""A clerk's own form may look otherwise and have more; what it checks less is said in every result."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reportgen.form.form_file import load_form

from ..conftest import Run
from .own import own_form

EXAMPLE = Path(__file__).parents[2] / "inputs" / "putian-psb-2022.toml"
SUMS_OF_ROWS = """[[tables.requests.sums]]
in_each = "row"
left    = { name = "总计", of = ["total"] }
right   = { name = "六类申请人之和", of = ["natural", "commercial", "research", "public_welfare", "legal_service", "other"] }
"""
FEES = (
    '  [ { text = "第二十条第（八）项", columns = 4 } ],\n'
    '  [ { text = "信息内容" }, { text = "本年收费金额（单位：万元）", columns = 3 } ],\n'
    '  [ { row = "fees" }, { figures = "fees", columns = 3 } ],\n'
)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (SUMS_OF_ROWS, "", "勾稽关系 25 项"),
        ('left    = { name = "总计", of = ["total"] }', 'left = { name = "总计", of = ["natural"] }', "勾稽关系 25 项"),
        ('kind    = "carried"', 'kind    = "pending"', "与上一年的关系 7 项"),
        ('heading = "六、其他需要报告的事项"\n', 'heading = "六、其他需要报告的事项"\noptional = true\n', "必须有的部分“六、其他需要报告的事项”"),
        ('  ["监督保障", "监督", "保障", "考核", "评议", "培训", "组织领导"],\n', "", "“一、总体情况”应当写到的方面 1 个"),
        ('fee         = ["other_matters"]', "fee = []", "检查要认得的部分和行 1 个"),
        ('"第492号国务院令"]', "]", "已经不用的依据 1 种"),
        ('not_added = ["regulations", "normative_documents"]', "not_added = []", "汇总时不能相加的数据 6 个"),
    ],
)  # fmt: skip
def test_what_a_form_has_less_than_the_projects_is_known(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    own_form(tmp_path, old, new)
    assert str(load_form("2021", tmp_path).lacking) == said


def test_what_does_not_add_up_is_known_of_a_form_that_was_copied_before_forms_said_it(tmp_path: Path) -> None:
    own_form(tmp_path, 'not_added = ["regulations", "normative_documents"]', "")
    own, known = load_form("2021", tmp_path), load_form("2021")
    assert {key for key, cell in own.cells.items() if not cell.adds_up} == {
        key for key, cell in known.cells.items() if not cell.adds_up
    }
    assert not own.lacking


def test_a_form_may_look_otherwise_and_have_more(tmp_path: Path) -> None:
    path = own_form(tmp_path, 'heads.natural        = "自然人"', 'heads.natural        = "公民"')
    text = path.read_text(encoding="utf-8").replace("row_height = 6", "row_height = 7")
    path.write_text(
        text + '\n[[superseded]]\nwritten=["旧文"]\nnow="新文"\nbeside="新文"\n', encoding="utf-8"
    )
    form = load_form("2021", tmp_path)
    assert (form.project, bool(form.lacking)) == (load_form("2021"), False)
    assert load_form("2021").project is None


def test_a_form_under_another_name_is_held_against_the_one_it_says_it_is(tmp_path: Path) -> None:
    path = own_form(tmp_path, SUMS_OF_ROWS, "")
    path.parent.rename(tmp_path / "本局")
    assert load_form("本局", tmp_path).lacking.sums == 25


def without_fees(tmp_path: Path) -> None:
    """A form without sums of rows in table three, and without one figure of table two."""
    path = own_form(tmp_path, SUMS_OF_ROWS, "")
    text = path.read_text(encoding="utf-8")
    gone = (
        FEES,
        'rows.fees                = "行政事业性收费"\n',
        'decimals = ["fees"]\n',
        'units    = { fees = "万元" }\n',
    )
    for each in gone:
        assert each in text
        text = text.replace(each, "")
    path.write_text(text, encoding="utf-8")
    words = path.with_name("vocabulary.toml")
    terms = words.read_text(encoding="utf-8").split("[[term]]")
    words.write_text("[[term]]".join(term for term in terms if '["fees"]' not in term), encoding="utf-8")


def test_that_less_is_checked_is_said_in_every_result(tmp_path: Path, run: Run) -> None:
    without_fees(tmp_path)
    input = tmp_path / "本局-2022.toml"
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    input.write_text("\n".join(line for line in lines if not line.startswith("fees")), encoding="utf-8")
    templates = ("--templates", tmp_path)
    less = "这次用的模板比原来的 2021 年格式少了数据 1 个、勾稽关系 25 项"
    said = run("check", input, *templates)[1]
    assert less in said
    assert "勾稽关系 17 项（比原来的格式少 25 项），全部成立" in said
    assert "数据 199 个（比原来的格式少 1 个），已填 199 个" in said
    assert "提醒 1" in said
    (finding,) = [
        f for f in json.loads(run("check", input, *templates, "--json")[1])["findings"] if f["rule"] == "I08"
    ]
    assert less in finding["message"]
    for kind in ((), ("--final",)):
        status, said = run("build", input, *templates, *kind, "-o", tmp_path / "out")
        assert (status, less in said) == (0, True), said
    sheets = list((tmp_path / "out").glob("*核对单.html"))
    assert len(sheets) == 2
    for sheet in sheets:
        page = sheet.read_text(encoding="utf-8")
        assert less in page
        assert "勾稽关系 17 项（比原来的格式少 25 项），全部成立" in page
    final = next(path for path in (tmp_path / "out").glob("*报告.html"))
    assert less in run("verify", final, input, *templates)[1]
    assert less in run("diff", final, input, *templates)[1]
    assert "少了" not in run("check", EXAMPLE)[1]
