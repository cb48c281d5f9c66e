"""Repairing what has one right form: in the text, and in the file with everything else byte for byte."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.checking import RULES
from reportgen.checking.emptied import emptied
from reportgen.checking.repairs import apply, in_order, repairs, unplaced
from reportgen.model.expressions import parse
from reportgen.model.names import Names
from reportgen.model.report import Report
from reportgen.reading.input_file import read

from ..conftest import Run
from .cases import FORM, SOUND, findings, report

EXAMPLE = Path(__file__).parents[2] / "inputs" / "putian-psb-2022.toml"


def repaired(text: str) -> str:
    """The text of a part after its repair."""
    found = repairs(report({"overview": text}))
    lines = text.split("\n")
    for repair in found:
        assert lines[repair.line - 1] == repair.before
        lines[repair.line - 1] = repair.after
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("2022年,我局(含分局)收到申请:19件;办结?", "2022年，我局（含分局）收到申请：19件；办结？"),
        ('实现"一网通办",做到"应公开尽公开"。', "实现“一网通办”，做到“应公开尽公开”。"),
        ("1、加强管理", "1.加强管理"),
        ("(一)、主动公开", "（一）主动公开"),
        (
            "国办发[2021]12号、莆公﹝2022﹞2号、莆政(2022)3号",
            "国办发〔2021〕12号、莆公〔2022〕2号、莆政〔2022〕3号",
        ),
        ("《关于贯彻《条例》的通知》", "《关于贯彻〈条例〉的通知》"),
        ("《关于印发<办法>的通知》", "《关于印发〈办法〉的通知》"),
        ("我局 积极 推进", "我局积极推进"),
        ("有序开展。。", "有序开展。"),
        ("甲, ,乙", "甲，乙"),
        (
            "收到{{ requests.new_received.total }}件,占{{ requests.granted.total | share(requests.total_processed.total) }},全部办结",
            None,
        ),
    ],
)
def test_each_fault_gets_its_one_right_form(before: str, after: str | None) -> None:
    assert repaired(before) == (after or before.replace("件,", "件，").replace("},全", "}，全"))


@pytest.mark.parametrize(
    "emptied",
    ["电话：      ）", "电话:  )", "传真：，", "联系电话：", "电话：    邮编：351100", "（    ）", "2022年  月  日", "申请      件，", "〔  〕5号", "审核人：    。", "申请 件，"],
)  # fmt: skip
@pytest.mark.parametrize(
    ("before", "after"), [("", ""), ("我局 积极,", "我局积极，"), ("（一）、", "（一）")]
)
def test_a_place_that_lost_its_value_is_never_tidied_away(before: str, after: str, emptied: str) -> None:
    assert repaired(before + emptied) == after + emptied
    assert repaired(f"{emptied}\n{before}办公。") == f"{emptied}\n{after}办公。"


@given(
    st.lists(
        st.sampled_from(
            [
                "电话：",
                "传真:",
                "邮编",
                " ",
                "  ",
                "\u3000",
                "）",
                "(",
                "（",
                ",",
                "，",
                "。",
                "351100",
                "我局",
                "件",
                "年",
                "月",
                "：",
            ]
        ),
        max_size=14,
    )
)
def test_a_repair_leaves_as_many_emptied_places_as_there_were(pieces: list[str]) -> None:
    text = "".join(["我", *pieces, "局"])
    assert len(list(emptied(repaired(text)))) >= len(list(emptied(text)))


@pytest.mark.parametrize(
    "text",
    [
        *SOUND.values(),
        "共1,234件，10:30，比例3:1",
        "http://a.gov.cn/x,y?z=1;w",
        "邮箱a,b@c.gov.cn",
        "{% if requests.granted.total > 0 %}有{% else %}无{% endif %}",
        '一个"引号',
        "等等。。。",
        "甲，。乙",
        "《一《二《三》》》",
        "融入“党建引领 夯基惠民”工程",
        '5"的管道、6"的管道',
    ],
)
def test_what_is_right_or_has_no_one_right_form_is_left(text: str) -> None:
    assert repaired(text) == text


PIECES = st.sampled_from(
    [
        *"，。；：、,;:?!()（）\"'“”《》〈〉<>[]〔〕. 　\n",
        "我局", "（一）", "(二)", "1、", "2.", "公开", "收到", "IPv6", "[2021]12号", "国办发(2021)3号", "http://a.gov.cn/b,c",
        "{{ requests.granted.total }}", "{{ year }}", "{% if year > 1 %}", "{% endif %}", "1,234", "10:30", "件",
    ]
)  # fmt: skip


def text_of(pieces: list[str]) -> str:
    """The pieces as a text whose conditions are closed."""
    opened, kept = 0, []
    for piece in pieces:
        if piece == "{% endif %}" and not opened:
            continue
        opened += {"{% if year > 1 %}": 1, "{% endif %}": -1}.get(piece, 0)
        kept.append(piece)
    return "甲" + "".join(kept) + "{% endif %}" * opened


@given(st.lists(PIECES, max_size=30).map(text_of))
def test_figures_and_expressions_stay_and_a_second_repair_changes_nothing(text: str) -> None:
    once = repaired(text)
    tags, digits = r"\{\{.*?\}\}|\{%.*?%\}", r"\d+"
    assert re.findall(tags, once) == re.findall(tags, text)
    assert re.findall(digits, once) == re.findall(digits, text)
    assert [*filter(str.isalnum, once)] == [*filter(str.isalnum, text)]
    assert repaired(once) == once
    parse(once, range(1, once.count("\n") + 2), Names({"year": (), "requests.granted.total": ()}, {}))


@pytest.mark.parametrize("marks", [",", ", ", ",;:", "，,"])
@pytest.mark.parametrize("times", [1, 2, 6, 7, 30, 2000])
def test_a_row_of_marks_is_settled_by_one_repair_or_left_to_the_clerk(marks: str, times: int) -> None:
    for text in (f"甲{marks * times}", f"{marks * times}甲", f"甲{marks * times}乙"):
        assert repaired(repaired(text)) == repaired(text)


@given(st.lists(PIECES, max_size=30).map(text_of))
def test_a_repair_cites_rules_there_are_and_leaves_them_less_to_find(text: str) -> None:
    for repair in repairs(report({"overview": text})):
        assert set(repair.rules) <= set(RULES)
        assert repair.before != repair.after


def test_after_a_repair_its_rules_are_silent() -> None:
    text = '2022年,我局(含分局)实现"一网通办"。。\n1、国办发[2021]12号\n《关于《条例》的通知》 我局'
    after = report({"overview": repaired(text)})
    for code in ("W01", "W02", "W04", "W05", "W06", "W07", "W08"):
        assert findings(code, report({"overview": text}))
        assert findings(code, after) == []


def test_every_rule_that_promises_a_repair_names_it() -> None:
    promising = {code for code, rule in RULES.items() if rule.repair}
    assert promising == {"W01", "W02", "W04", "W05", "W06", "W07", "W08"}


def test_a_new_rule_with_a_repair_is_repaired_after_the_others() -> None:
    new = replace(RULES["W01"], code="A01")
    assert [code for code, _ in in_order([new, *RULES.values()])] == [
        *("W04", "W05", "W01", "W02", "W08", "W06", "W07"),
        "A01",
    ]


def test_the_changes_are_shown_with_their_surroundings() -> None:
    (repair,) = repairs(report({"overview": "我局认真贯彻落实条例的各项规定,积极推进政府信息公开的各项工作"}))
    assert repair.changes == [("…例的各项规定,积极推进政府…", "…例的各项规定，积极推进政府…")]


# ── in the file ─────────────────────────────────────────────────────────────────────────────────────

FAULTY = {
    "overview": '2022年,我局实现"一网通办"。\n(一)主动公开情况。发布信息{{ year }}条,办结。',
    "problems": "公开不够及时,将加强督办。",
    "other_matters": "没有收取信息处理费。",
}
HEAD = 'format = "2021"  # 格式,勿改\nyear = 2022\n[agency]\nname = "莆田市公安局"\n[checks]\n'


def written_toml(quotes: str) -> str:
    parts = (f"{key} = {quotes}\n{text}\n{quotes}  # 说明,不印\n" for key, text in FAULTY.items())
    return f"{HEAD}\n[narrative]\n# 一行一段,照抄\n{''.join(parts)}"


def read_again(tmp_path: Path, name: str, text: str) -> Report:
    path = tmp_path / name
    path.write_bytes(text.encode())
    return read(path)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("quotes", ["'''", '"""'])
def test_only_the_faulty_lines_of_a_toml_file_change(tmp_path: Path, quotes: str, end: str) -> None:
    before = written_toml(quotes).replace("\n", end)
    found = repairs(read_again(tmp_path, "a.toml", before))
    after = apply(before, found)
    assert unplaced(before, found) == []
    changed = [
        i for i, (a, b) in enumerate(zip(before.split(end), after.split(end), strict=True), 1) if a != b
    ]
    assert changed == [repair.line for repair in found]
    assert "# 格式,勿改" in after
    assert "# 说明,不印" in after
    assert repairs(read_again(tmp_path, "a.toml", after)) == []
    assert "2022年，我局实现“一网通办”。" in tomllib.loads(after)["narrative"]["overview"]


@pytest.mark.parametrize(
    "style", [{"ensure_ascii": False, "indent": 2}, {"ensure_ascii": True}, {"ensure_ascii": False}]
)
def test_a_json_file_stays_json_with_the_same_escapes(tmp_path: Path, style: dict[str, object]) -> None:
    data = tomllib.loads(written_toml("'''"))
    before = json.dumps(data, **style)  # type: ignore[arg-type]
    found = repairs(read_again(tmp_path, "a.json", before))
    after = apply(before, found)
    assert unplaced(before, found) == []
    assert repairs(read_again(tmp_path, "a.json", after)) == []
    assert json.dumps(json.loads(after), **style) == after  # type: ignore[arg-type]
    rest = {key: value for key, value in json.loads(after).items() if key != "narrative"}
    assert rest == {key: value for key, value in data.items() if key != "narrative"}


def test_a_text_on_the_line_of_its_key_is_repaired_there(tmp_path: Path) -> None:
    before = f'{HEAD}[narrative]\nproblems = "公开不够及时,将加强督办。" # 甲,乙\n'
    after = apply(before, repairs(read_again(tmp_path, "a.toml", before)))
    assert after == before.replace("及时,将", "及时，将")


def test_a_paragraph_with_escapes_of_another_kind_is_named_and_left(tmp_path: Path) -> None:
    before = f'{HEAD}[narrative]\nproblems = "\\u516C开不够及时,将加强督办。"\n'
    found = repairs(read_again(tmp_path, "a.toml", before))
    assert unplaced(before, found) == found != []
    assert apply(before, found) == before


def test_a_report_without_faults_needs_no_repair() -> None:
    assert repairs(report(SOUND)) == []
    assert repairs(report({})) == []
    assert FORM.format


def test_an_emptied_field_stays_and_no_final_goes_out_with_it(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "2022.toml"
    text = EXAMPLE.read_text(encoding="utf-8")
    emptied = text.replace("电话：{{ agency.phone }}", "电话：      ", 1)
    assert emptied != text
    path.write_text(emptied, encoding="utf-8")
    assert "没有可以自动改正的地方" in run("fix", path, "--write")[1]
    assert path.read_text(encoding="utf-8") == emptied
    status, said = run("build", path, "--final")
    assert status == 1
    assert "空着没有填的地方" in said
    assert not list(tmp_path.glob("*.docx"))
