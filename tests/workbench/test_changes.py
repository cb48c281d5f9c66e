"""A change on the page is in the file at once, in the file's own words; everything else stays byte for byte."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from reportgen.reading import read
from reportgen.workbench import session
from reportgen.writing.files import OutputError

from .bench import Bench, Refused, example


def test_a_figure_typed_is_in_the_file_and_nothing_else_is(tmp_path: Path) -> None:
    path = example(tmp_path)
    before = path.read_text(encoding="utf-8")
    bench = Bench(path)
    said = bench.type(requests__granted__natural="5")
    was, now = (
        [line for line in text.split("\n") if line.startswith("granted ")]
        for text in (before, path.read_text(encoding="utf-8"))
    )
    assert now == [was[0].replace("[ 6,", "[ 5,")]
    assert path.read_text(encoding="utf-8") == before.replace(was[0], now[0])
    assert said["figures"]["requests.granted.natural"] == "5"
    assert "tables" not in said, "what did not change is not sent again"


def test_the_whole_state_names_each_of_the_200_figures(tmp_path: Path) -> None:
    bench = Bench(example(tmp_path))
    in_tables = [
        cell["cell"]
        for table in bench.report["tables"]
        for row in table["rows"]
        for cell in row["cells"]
        if cell["cell"]
    ]
    assert len(in_tables) == len(set(in_tables)) == 200
    assert set(in_tables) == set(bench.report["figures"]) == set(bench.report["help"])


@pytest.mark.parametrize(
    ("encoding", "ends"), [("utf-8", "\n"), ("utf-8-sig", "\r\n"), ("gb18030", "\r\n"), ("utf-16", "\n")]
)
def test_encoding_and_line_ends_stay(encoding: str, ends: str, tmp_path: Path) -> None:
    path = example(tmp_path)
    text = path.read_text(encoding="utf-8").replace("\n", ends)
    path.write_bytes(text.encode(encoding))
    bench = Bench(path)
    bench.type(active_disclosure__licensing="12")
    bench.change("text", part="problems", source="第一句。\n第二句。")
    now = path.read_bytes().decode(encoding)
    assert now.count("\n") == now.count(ends)
    assert "licensing           = 12 " in now
    assert f"{ends}第一句。{ends}第二句。{ends}" in now
    assert path.read_bytes()[:3] == text.encode(encoding)[:3]


def test_a_json_file_is_one_too(tmp_path: Path) -> None:
    path = tmp_path / "本局-2022.json"
    data = {"format": "2021", "year": 2022, "agency": {"name": "某局"}, "requests": {"granted": 0}}
    path.write_text(json.dumps(data, ensure_ascii=False, indent=2), encoding="utf-8")
    bench = Bench(path)
    bench.type(requests__granted__natural="3", active_disclosure__fees="1.50")
    bench.change("text", part="overview", source='他说“好”，"行"。')
    bench.change("agency", key="phone", value="0594-1")
    now = json.loads(path.read_text(encoding="utf-8"))
    assert now["requests"]["granted"][0] == 3
    assert now["narrative"] == {"overview": '他说“好”，"行"。'}
    assert now["agency"] == {"name": "某局", "phone": "0594-1"}
    assert bench.report["figures"]["active_disclosure.fees"] == "1.50"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_a_json_file_stays_as_it_was_written(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "本局-2022.json"
    text = """{"format": "2021", "year": 2022,
    "agency": {"name": "某局"},
    "requests": {"granted": [1,  2, 0,0,0, 0,   3]}, "narrative": {"overview": "甲。"}}
""".replace("\n", "\r\n")
    path.write_bytes(text.encode(encoding))
    bench = Bench(path)
    bench.type(requests__granted__natural="5")
    bench.change("text", part="overview", source="乙。")
    assert path.read_bytes() == text.replace("[1, ", "[5, ").replace("甲", "乙").encode(encoding)


@pytest.mark.parametrize(
    ("typed", "written"),
    [("１９", "19"), ("1,234", "1234"), (" 7 ", "7"), ("8件", "8"), ("", ""), ("/", "")],
)
def test_figures_are_typed_as_people_type(typed: str, written: str, tmp_path: Path) -> None:
    bench = Bench(example(tmp_path))
    bench.type(requests__granted__natural=typed)
    assert bench.report["figures"]["requests.granted.natural"] == written


def test_what_is_no_figure_is_refused_and_named_and_nothing_is_written(tmp_path: Path) -> None:
    path = example(tmp_path)
    before = path.read_bytes()
    bench = Bench(path)
    with pytest.raises(Refused) as refused:
        bench.type(
            requests__granted__natural="六", requests__granted__other="1.5", requests__granted__total="7"
        )
    assert refused.value.status == 422
    assert set(refused.value.said["cells"]) == {"requests.granted.natural", "requests.granted.other"}
    assert path.read_bytes() == before


def test_a_wrong_cell_is_marked_with_its_right_value(tmp_path: Path) -> None:
    bench = Bench(example(tmp_path))
    bench.type(requests__granted__natural="7")
    assert bench.report["wrong"] == {"requests.granted.natural": "6"}
    assert bench.report["expected"]["requests.granted.total"] == "7"
    failed = [each for each in bench.report["sums"] if each["holds"] is False]
    assert len(failed) == 2
    finding = bench.findings("T01")[0]
    assert finding["cells"][0] == "requests.granted.natural"
    bench.change("fix", finding=finding["id"])
    assert bench.report["findings"] == []


def test_a_total_that_is_left_out_is_shown_and_stays_left_out(tmp_path: Path) -> None:
    path = tmp_path / "本局-2022.toml"
    path.write_text(
        'format = "2021"\nyear = 2022\n[agency]\nname = "某局"\n[requests]\ngranted = [1, 0, 0, 0, 0, 0]\n',
        encoding="utf-8",
    )
    bench = Bench(path)
    assert bench.report["computed"] == ["requests.granted.total"]
    bench.type(requests__granted__natural="4")
    assert bench.report["figures"]["requests.granted.total"] == "4"
    assert "granted = [4, 0, 0, 0, 0, 0]" in path.read_text(encoding="utf-8")


def test_undo_goes_back_to_the_first_byte_and_redo_forth_again(tmp_path: Path) -> None:
    path = example(tmp_path)
    first = path.read_bytes()
    bench = Bench(path)
    for number in range(30):
        bench.type(requests__granted__natural=str(number))
    bench.change("text", part="overview", source="另一段。")
    last = path.read_bytes()
    for _ in range(31):
        assert bench.report["can_undo"]
        bench.change("undo")
    assert path.read_bytes() == first
    assert not bench.report["can_undo"]
    with pytest.raises(Refused):
        bench.change("undo")
    for _ in range(31):
        bench.change("redo")
    assert path.read_bytes() == last
    assert not bench.report["can_redo"]


def test_one_backup_a_session(tmp_path: Path) -> None:
    path = example(tmp_path)
    first = path.read_bytes()
    bench = Bench(path)
    for number in range(5):
        bench.type(requests__granted__natural=str(number))
    (backup,) = tmp_path.glob("*备份*")
    assert backup.read_bytes() == first


def test_an_expression_that_is_wrong_is_kept_as_it_was_typed(tmp_path: Path) -> None:
    path = example(tmp_path)
    bench = Bench(path)
    typed = "今年收到{{ requests.new_receivd.total }}件。"
    bench.change("text", part="overview", source=typed)
    assert typed in path.read_text(encoding="utf-8")
    assert bench.source("overview") == typed
    (finding,) = (each for each in bench.report["findings"] if each["severity"] == "error")
    assert finding["rule"] == "I05"
    bench.type(requests__granted__natural="7")
    assert bench.report["figures"]["requests.granted.natural"] == "7"
    bench.change("text", part="overview", source=typed.replace("receivd", "received"))
    assert not bench.findings("I05")


def test_what_was_not_read_is_not_written_over(tmp_path: Path) -> None:
    path = example(tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace("全年", "全\x07年"), encoding="utf-8")
    before = path.read_bytes()
    bench = Bench(path)
    assert bench.report["syntax"] or not next(
        each["editable"] for each in bench.report["parts"] if each["key"] == "overview"
    )
    with pytest.raises(Refused):
        bench.change("text", part="overview", source="新的。")
    assert path.read_bytes() == before


def test_a_file_written_in_a_rare_way_is_left_alone_where_it_cannot_be_changed(tmp_path: Path) -> None:
    path = tmp_path / "本局-2022.toml"
    path.write_text('format = "2021"\nyear = 2022\nagency.name = "某局"\n', encoding="utf-8")
    before = path.read_bytes()
    bench = Bench(path)
    with pytest.raises(Refused) as refused:
        bench.change("agency", key="phone", value="1")
    assert "写法特殊" in refused.value.said["error"]
    assert path.read_bytes() == before
    bench.type(requests__granted__natural="1")
    assert read(path).figures["requests.granted.natural"] == 1


def test_a_text_that_is_too_long_is_refused_for_what_it_is(tmp_path: Path) -> None:
    path = example(tmp_path)
    before = path.read_bytes()
    bench = Bench(path)
    with pytest.raises(Refused) as refused:
        bench.change("text", part="overview", source="字" * 150_000)
    assert "太长" in refused.value.said["error"]
    assert path.read_bytes() == before


def test_a_finding_is_waived_with_reason_and_name(tmp_path: Path) -> None:
    path = example(tmp_path)
    bench = Bench(path)
    bench.change("text", part="problems", source="全年收到政府信息公开申请20件。")
    (finding,) = bench.findings("X01")
    with pytest.raises(Refused):
        bench.change("waive", finding=finding["id"], reason=" ", by="张三")
    bench.change("waive", finding=finding["id"], reason='口径"不同"\n[x]', by="张三")
    assert not bench.findings("X01")
    (waived,) = bench.report["waived"]
    assert (waived["rule"], waived["reason"], waived["by"]) == ("X01", '口径"不同" [x]', "张三")
    assert read(path).settings["waivers"][0]["reason"] == '口径"不同" [x]'


def test_a_waiver_that_excuses_nothing_any_more_is_deleted_by_one_click(tmp_path: Path) -> None:
    path = example(tmp_path)
    bench = Bench(path)
    bench.change("text", part="problems", source="全年收到政府信息公开申请20件。")
    bench.change("waive", finding=bench.findings("X01")[0]["id"], reason="口径不同", by="张三")
    bench.change("text", part="problems", source="全年收到政府信息公开申请19件。")
    (finding,) = bench.findings("C01")
    assert finding["fix"]["label"] == "删去这条说明"
    bench.change("fix", finding=finding["id"])
    assert not bench.findings("C01")
    assert "waivers" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("twice", [False, True])
def test_a_waiver_is_taken_back_and_the_finding_stands_again(tmp_path: Path, twice: bool) -> None:
    path = example(tmp_path)
    bench = Bench(path)
    bench.change("text", part="problems", source="全年收到政府信息公开申请20件。")
    before = path.read_bytes()
    (finding,) = bench.findings("X01")
    bench.change("waive", finding=finding["id"], reason="口径不同", by="张三")
    with_it = path.read_bytes()
    if twice:  # a clerk pasted it twice
        path.write_bytes(with_it + with_it[len(before) :])
        bench.open(bench.report["id"])
    (waived,) = bench.report["waived"]
    bench.change("unwaive", rule=waived["rule"], mark=waived["mark"])
    assert path.read_bytes() == before
    assert bench.findings("X01")
    assert bench.report["waived"] == []
    with pytest.raises(Refused, match="没有这一条"):
        bench.change("unwaive", rule=waived["rule"], mark=waived["mark"])
    bench.change("undo")
    assert bench.report["waived"]


def test_a_click_binds_a_number_to_its_cell(tmp_path: Path) -> None:
    bench = Bench(example(tmp_path))
    bench.change("text", part="problems", source="𠮷全年收到政府信息公开申请19件。")
    part = next(each for each in bench.report["parts"] if each["key"] == "problems")
    (span,) = part["paragraphs"][0]["spans"]
    text = part["paragraphs"][0]["text"].encode("utf-16-le")
    assert text[2 * span["start"] : 2 * span["end"]].decode("utf-16-le").startswith("19")
    assert span["state"] == "agrees"
    cell = "requests.new_received.total"
    assert cell in span["candidates"]
    bench.change("bind", part="problems", paragraph=0, start=span["start"], end=span["end"], cell=cell)
    assert bench.source("problems") == "𠮷全年收到政府信息公开申请{{ 本年新收政府信息公开申请数量.总计 }}件。"
    part = next(each for each in bench.report["parts"] if each["key"] == "problems")
    assert part["paragraphs"][0]["text"] == "𠮷全年收到政府信息公开申请19件。"
    assert part["paragraphs"][0]["spans"][0]["state"] == "bound"


def test_typography_with_one_right_form_is_mended_by_a_click(tmp_path: Path) -> None:
    bench = Bench(example(tmp_path))
    bench.change("text", part="problems", source="一是不足,二是不够。\n三是不强;四是不广。")
    found = bench.findings("W01")
    assert [each["fix"] is not None for each in found] == [True, True]
    bench.change("fix", finding=found[0]["id"])
    assert bench.source("problems") == "一是不足，二是不够。\n三是不强;四是不广。"
    assert bench.change("fix_all")["fixed"] == 1
    assert bench.source("problems") == "一是不足，二是不够。\n三是不强；四是不广。"


def test_lines_that_cannot_be_read_are_shown_and_mended(tmp_path: Path) -> None:
    path = example(tmp_path)
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("fees                = 0", "fees ＝ 0").replace("year   = 2022", "year 2022 x"),
        encoding="utf-8",
    )
    bench = Bench(path)
    syntax = bench.report["syntax"]
    assert [each["corrected"] is not None for each in syntax["lines"]] == [False, True]
    with pytest.raises(Refused):
        bench.type(requests__granted__natural="7")
    bench.change("mend_syntax", lines=[syntax["lines"][1]["line"]])
    (line,) = bench.report["syntax"]["lines"]
    bench.change("set_line", line=line["line"], was=line["text"], text="year   = 2022")
    assert bench.report["syntax"] is None
    assert path.read_text(encoding="utf-8") == text.replace("fees                = 0", "fees = 0")


def test_a_line_that_is_mended_in_steps_is_shown_once_as_it_will_be(tmp_path: Path) -> None:
    path = example(tmp_path)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("coercion            = 140", "coercion = ［１４０，"), encoding="utf-8")
    bench = Bench(path)
    (line,) = bench.report["syntax"]["lines"]
    bench.change("mend_syntax")
    assert line["corrected"] in path.read_text(encoding="utf-8").split("\n")


def test_what_cannot_be_written_is_kept_and_written_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = example(tmp_path)
    before = path.read_bytes()
    bench = Bench(path)
    real = session.rewrite

    def full(*files: object, **more: object) -> None:
        raise OutputError("磁盘满了。")

    monkeypatch.setattr(session, "rewrite", full)
    bench.type(requests__granted__natural="7")
    bench.type(requests__granted__natural="8", requests__granted__total="8")
    assert not bench.report["saved"]
    assert bench.report["trouble"].startswith("磁盘满了。")
    assert bench.report["figures"]["requests.granted.natural"] == "8"
    assert path.read_bytes() == before
    assert not bench.desk.is_saved()
    monkeypatch.setattr(session, "rewrite", real)
    assert bench.call("poll", id=bench.report["id"], hash=bench.report["hash"]) == {
        "hash": bench.report["hash"],
        "changed": False,
        "saved": True,
    }
    assert read(path).figures["requests.granted.natural"] == 8


def test_what_can_never_be_written_is_saved_beside_at_the_end(tmp_path: Path) -> None:
    path = example(tmp_path)
    bench = Bench(path)
    path.unlink()
    bench.type(requests__granted__natural="7")
    assert not bench.report["saved"]
    (rescued,) = bench.desk.rescue()
    assert read(rescued).figures["requests.granted.natural"] == 7
    assert os.listdir(tmp_path) == [rescued.name]
