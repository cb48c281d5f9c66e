"""Changes of a draft that came back stay the same changes: over a reload, a restart, an undo, and before the final."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from docx import Document as word_document

from reportgen.reading import read

from .bench import Bench, Refused, example
from .test_files import content, replaced

CELL, OLD, NEW = "active_disclosure.licensing", 335873, 335874
SENTENCE, NEW_SENTENCE = "全年编发检查通报12期", "全年编发检查通报15期"


def came(tmp_path: Path, *, sentence: bool = False) -> tuple[Path, Bench, dict[str, Any]]:
    """A draft with a figure corrected, and a sentence, that came back from outside the folder."""
    folder = tmp_path / "年报"
    folder.mkdir()
    path = example(folder)
    bench = Bench(path)
    draft = folder / bench.call("draft", id=bench.report["id"])["files"][0]
    back = tmp_path / "退回.docx"
    back.write_bytes(draft.read_bytes())
    replaced(back, str(OLD), str(NEW))
    if sentence:
        replaced(back, SENTENCE, NEW_SENTENCE)
    said = bench.call("returned", id=bench.report["id"], name=back.name, content=content(back))
    bench.report = said["report"]
    return path, bench, said


def open_changes(bench: Bench) -> list[dict[str, Any]]:
    return [
        each for file in bench.report["returned"] for each in file["changes"] if each["state"] == "未收进"
    ]


def states(bench: Bench) -> list[str]:
    return [each["state"] for each in bench.report["opinions"]]


def answer(bench: Bench, number: int, how: str = "accept", reason: str = "") -> None:
    bench.report = bench.call("answer", id=bench.report["id"], comment=number, answer=how, reason=reason)


def test_a_page_that_is_loaded_again_has_the_same_changes(tmp_path: Path) -> None:
    path, bench, said = came(tmp_path, sentence=True)
    bench.open(bench.report["id"])
    (file,) = bench.report["returned"]
    assert (file["name"], file["token"], file["draft"]) == ("退回.docx", said["token"], "送审稿1")
    assert file["changes"] == said["changes"]
    figure, sentence = sorted(open_changes(bench), key=lambda each: str(each["kind"]))
    assert bench.change("take", token=file["token"], changes=[figure["id"]])["taken"] == 1
    assert read(path).figures[CELL] == NEW
    answer(bench, sentence["numbers"][0], "refuse", "原来的准确")
    bench.open(bench.report["id"])
    assert open_changes(bench) == []
    assert {each["state"] for each in bench.report["returned"][0]["changes"]} == {"已收进", "已答复"}


def test_a_correction_accepted_in_the_ledger_is_written(tmp_path: Path) -> None:
    path, bench, _ = came(tmp_path, sentence=True)
    for each in bench.report["opinions"]:
        answer(bench, each["number"])
    assert read(path).figures[CELL] == NEW
    assert NEW_SENTENCE in path.read_text(encoding="utf-8")
    assert states(bench) == ["已采纳", "已采纳"]


def test_a_restarted_program_writes_what_is_accepted(tmp_path: Path) -> None:
    path, _, _ = came(tmp_path, sentence=True)
    bench = Bench(path)
    assert bench.report["returned"] == []
    for each in bench.report["opinions"]:
        answer(bench, each["number"])
    assert read(path).figures[CELL] == NEW
    assert NEW_SENTENCE in path.read_text(encoding="utf-8")
    assert SENTENCE not in path.read_text(encoding="utf-8")
    assert states(bench) == ["已采纳", "已采纳"]
    bench.change("undo")
    bench.change("undo")
    assert read(path).figures[CELL] == OLD


def test_what_cannot_be_written_is_refused_and_stays_open(tmp_path: Path) -> None:
    path, before, _ = came(tmp_path, sentence=True)
    before.type(active_disclosure__licensing="400000")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(SENTENCE, "另写了一句"), encoding="utf-8")
    written = path.read_bytes()
    bench = Bench(path)
    for each in bench.report["opinions"]:
        with pytest.raises(Refused) as refused:
            answer(bench, each["number"])
        assert "没有写进去" in refused.value.said["error"]
    bench.open(bench.report["id"])
    assert states(bench) == ["未处理", "未处理"]
    assert path.read_bytes() == written


def test_no_final_is_made_while_a_change_is_undecided(tmp_path: Path) -> None:
    path, bench, _ = came(tmp_path, sentence=True)
    for page in (bench, Bench(path)):  # the second knows the ledger only
        said = page.call("final", id=page.report["id"])
        assert said["files"] == []
        named = [line for line in said["refused"] if line.startswith("还没有定的改动")]
        assert len(named) == 2
        assert f"{OLD} 改为 {NEW}" in "".join(named)
        assert NEW_SENTENCE in "".join(named)
    assert bench.call("final", id=bench.report["id"], despite_open=True)["refused"] is None
    sheet = next(
        each
        for each in path.parent.iterdir()
        if each.name.endswith("2022年政府信息公开工作年度报告核对单.html")
    )
    assert str(NEW) in sheet.read_text(encoding="utf-8")


def test_a_final_is_made_when_all_changes_are_decided(tmp_path: Path) -> None:
    _, bench, said = came(tmp_path, sentence=True)
    figure, sentence = sorted(open_changes(bench), key=lambda each: str(each["kind"]))
    bench.change("take", token=said["token"], changes=[figure["id"]])
    assert len(bench.call("final", id=bench.report["id"])["refused"]) == 2
    answer(bench, sentence["numbers"][0], "refuse", "原来的准确")
    assert bench.call("final", id=bench.report["id"])["refused"] is None


def test_a_change_that_the_ledger_lost_is_still_undecided(tmp_path: Path) -> None:
    path, bench, _ = came(tmp_path)
    path.with_name("本局-2022.意见.toml").unlink()
    named, _ = bench.call("final", id=bench.report["id"])["refused"]
    assert f"{OLD} 改为 {NEW}" in named


def test_what_is_undone_waits_again_and_what_is_redone_is_taken(tmp_path: Path) -> None:
    path, bench, said = came(tmp_path)
    (change,) = open_changes(bench)
    bench.change("take", token=said["token"], changes=[change["id"]])
    assert (states(bench), open_changes(bench)) == (["已采纳"], [])
    bench.change("undo")
    assert read(path).figures[CELL] == OLD
    assert states(bench) == ["未处理"]
    assert [each["id"] for each in open_changes(bench)] == [change["id"]]
    assert bench.call("final", id=bench.report["id"])["refused"]
    bench.change("redo")
    assert read(path).figures[CELL] == NEW
    assert (states(bench), open_changes(bench)) == (["已采纳"], [])


def test_an_answer_with_a_reason_is_undone_with_its_figure(tmp_path: Path) -> None:
    path, _, _ = came(tmp_path)
    bench = Bench(path)
    (opinion,) = bench.report["opinions"]
    answer(bench, opinion["number"], reason="已核对")
    bench.change("undo")
    assert read(path).figures[CELL] == OLD
    assert states(bench) == ["未处理"]


def test_undoing_something_else_leaves_the_ledger(tmp_path: Path) -> None:
    path, bench, said = came(tmp_path, sentence=True)
    figure, sentence = sorted(open_changes(bench), key=lambda each: str(each["kind"]))
    bench.change("take", token=said["token"], changes=[figure["id"]])
    answer(bench, sentence["numbers"][0], "refuse", "原来的准确")
    bench.type(active_disclosure__licensing="400000")
    ledger = path.with_name("本局-2022.意见.toml").read_bytes()
    bench.type(requests__granted__natural="5")
    bench.change("undo")
    assert path.with_name("本局-2022.意见.toml").read_bytes() == ledger
    assert sorted(states(bench)) == ["不采纳", "已采纳"]


@pytest.mark.parametrize("final", [False, True])
def test_a_check_sheet_is_told_from_a_draft(tmp_path: Path, final: bool) -> None:
    path = example(tmp_path)
    bench = Bench(path)
    bench.call("final" if final else "draft", id=bench.report["id"])
    sheets = [each for each in tmp_path.iterdir() if each.stem.endswith("核对单")]
    assert {each.suffix for each in sheets} == {".docx", ".html"}
    word = next(each for each in sheets if each.suffix == ".docx")
    document = word_document(str(word))
    document.add_paragraph("请核对。")
    document.save(str(tmp_path / "签了字的.docx"))
    for sheet in (*sheets, tmp_path / "签了字的.docx"):
        with pytest.raises(Refused) as refused:
            bench.call("returned", id=bench.report["id"], name=sheet.name, content=content(sheet))
        assert "这是核对单，不是稿子" in refused.value.said["error"]
    assert bench.call("report", id=bench.report["id"])["returned"] == []


@pytest.mark.parametrize(
    ("key", "value"),
    [("at", "active_disclosure.nothing"), ("said", "三十三万"), ("at", "overview"), ("at", "title")],
)
def test_a_ledger_that_says_anything_is_refused_in_words(tmp_path: Path, key: str, value: str) -> None:
    path, _, _ = came(tmp_path)
    ledger = path.with_name("本局-2022.意见.toml")
    text = ledger.read_text(encoding="utf-8")
    (line,) = (line for line in text.split("\n") if line.partition("=")[0].strip() == key)
    text = text.replace(line, f'{key} = "{value}"')
    ledger.write_text(text.replace(f'"{OLD}"', '""') if "nothing" in value else text, encoding="utf-8")
    bench = Bench(path)
    before = path.read_bytes()
    (opinion,) = bench.report["opinions"]
    with pytest.raises(Refused) as refused:
        answer(bench, opinion["number"])
    assert refused.value.status < 500
    bench.open(bench.report["id"])
    assert states(bench) == ["未处理"]
    assert path.read_bytes() == before


def test_what_both_changed_is_named_until_it_is_decided(tmp_path: Path) -> None:
    folder = tmp_path / "年报"
    folder.mkdir()
    bench = Bench(example(folder))
    draft = folder / bench.call("draft", id=bench.report["id"])["files"][0]
    back = tmp_path / "退回.docx"
    back.write_bytes(draft.read_bytes())
    replaced(back, str(OLD), str(NEW))
    bench.type(active_disclosure__licensing="5")
    bench.report = bench.call("returned", id=bench.report["id"], name=back.name, content=content(back))[
        "report"
    ]
    (conflict,) = bench.report["returned"][0]["conflicts"]
    assert (conflict["theirs"], conflict["mine"]) == (str(NEW), "5")
    bench.type(active_disclosure__licensing=str(NEW))
    assert bench.report["returned"][0]["conflicts"] == []
