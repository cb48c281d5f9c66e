"""What was typed and is asked is kept until it is answered, whatever becomes of the program."""

from __future__ import annotations

import multiprocessing
import os
import signal
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from reportgen.reading import read
from reportgen.workbench import asked
from reportgen.workbench.folder import overview
from reportgen.writing.files import OutputError

from ..conftest import Run
from .bench import Bench, Refused, example
from .test_merging import elsewhere

CELL = "active_disclosure.coercion"
OLD, MINE, THEIRS = "140", "142", "141"


def clashing(path: Path) -> Bench:
    """A page that typed a figure, and a sentence, at places that another editor has changed meanwhile."""
    bench = Bench(path)
    bench.change("text", part="problems", source="甲说一句话。乙说一句话。")
    elsewhere(path, "coercion            = 140", "coercion            = 141")
    elsewhere(path, "甲说一句话。", "甲说两句话。")
    base = bench.report["hash"]
    bench.type(active_disclosure__coercion=MINE)
    bench.call(
        "text", id=bench.report["id"], hash=base, part="problems", source="甲说“三”句话。\n乙说一句话。"
    )
    return bench


def pending(path: Path) -> Path:
    return path.with_name("本局-2022.待定.toml")


def items(bench: Bench) -> list[tuple[str, str, str]]:
    conflict = bench.report["conflict"] or {"items": []}
    return [(each["base"], each["ours"], each["theirs"]) for each in conflict["items"]]


def answer(bench: Bench, which: int, take: str) -> bool:
    question = bench.report["conflict"]["items"][which]["question"]
    bench.report = bench.call("resolve", id=bench.report["id"], question=question, take=take)
    return bool(bench.report["settled"])


ASKED = [
    (OLD, MINE, THEIRS),
    ("甲说一句话。", "甲说“三”句话。\n", "甲说两句话。"),
]


def clash_and_die(path: Path, pipe: Connection) -> None:
    clashing(path)
    pipe.send("answered")
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the program is started by forking")
def test_what_is_asked_outlives_a_program_that_is_killed(tmp_path: Path) -> None:
    path = example(tmp_path)
    here, there = multiprocessing.get_context("fork").Pipe()
    process = multiprocessing.get_context("fork").Process(target=clash_and_die, args=(path, there))
    process.start()
    assert here.recv() == "answered"
    process.join(30)
    assert process.exitcode == -signal.SIGKILL
    bench = Bench(path)
    assert items(bench) == ASKED
    assert read(path).figures[CELL] == int(THEIRS)
    assert answer(bench, 0, "ours")
    assert read(path).figures[CELL] == int(MINE)
    assert items(bench) == ASKED[1:]
    assert answer(bench, 0, "ours")
    assert bench.source("problems") == "甲说“三”句话。\n乙说一句话。"
    assert items(bench) == []
    assert not pending(path).exists()


def test_the_file_of_what_is_asked_is_none_of_the_reports(tmp_path: Path, run: Run) -> None:
    bench = clashing(example(tmp_path))
    path = tmp_path / "本局-2022.toml"
    assert "reportgen open" in pending(path).read_text(encoding="utf-8").split("\n")[0]
    bench.desk.single = None
    assert [each["file"] for each in overview(bench.desk)["reports"]] == [path.name]
    _, said = run("check", tmp_path)
    assert "待定" not in said


def test_the_other_side_is_taken_by_leaving_the_file_as_it_is(tmp_path: Path) -> None:
    path = example(tmp_path)
    bench = clashing(path)
    bench.open(bench.report["id"])
    before = path.read_bytes()
    assert answer(bench, 0, "theirs")
    assert answer(bench, 0, "theirs")
    assert path.read_bytes() == before
    assert not pending(path).exists()


def test_a_question_goes_with_the_file(tmp_path: Path) -> None:
    """The answer is to what the clerk saw: what moved on meanwhile is shown anew."""
    path = example(tmp_path)
    bench = clashing(path)
    bench.open(bench.report["id"])
    elsewhere(path, "coercion            = 141", "coercion            = 1411")
    assert not answer(bench, 0, "ours")
    assert read(path).figures[CELL] == 1411
    assert items(bench)[0] == (OLD, MINE, "1411")
    assert answer(bench, 0, "ours")
    assert read(path).figures[CELL] == int(MINE)


def test_a_sentence_whose_place_is_gone_comes_last(tmp_path: Path) -> None:
    path = example(tmp_path)
    bench = clashing(path)
    elsewhere(path, "甲说两句话。乙说一句话。", "丁说一句话。")
    bench.open(bench.report["id"])
    assert items(bench)[1] == ("甲说一句话。", "甲说“三”句话。\n", "")
    assert answer(bench, 1, "ours")
    assert bench.source("problems") == "丁说一句话。\n甲说“三”句话。"


def test_what_the_file_says_by_now_is_asked_no_more(tmp_path: Path) -> None:
    path = example(tmp_path)
    bench = clashing(path)
    elsewhere(path, "coercion            = 141", "coercion            = 142")
    bench.open(bench.report["id"])
    assert items(bench) == ASKED[1:]
    bench.call("poll", id=bench.report["id"])
    assert MINE not in pending(path).read_text(encoding="utf-8")


def test_two_programs_ask_the_same_and_one_answer_is_enough(tmp_path: Path) -> None:
    path = example(tmp_path)
    one = clashing(path)
    other = Bench(path)
    one.open(one.report["id"])
    assert items(one) == items(other) == ASKED
    assert answer(other, 0, "theirs")
    assert not answer(one, 0, "ours"), "the other has answered"
    assert items(one) == ASKED[1:]
    assert read(path).figures[CELL] == int(THEIRS)


def test_a_final_waits_for_the_answers(tmp_path: Path) -> None:
    bench = clashing(example(tmp_path))
    said = bench.call("final", id=bench.report["id"], despite_open=True)
    assert any("两边都改了" in each for each in said["refused"])


def test_questions_wait_while_lines_have_to_be_mended(tmp_path: Path) -> None:
    path = example(tmp_path)
    bench = clashing(path)
    elsewhere(path, "fees                = 0", "fees                ＝ 0")
    bench.open(bench.report["id"])
    assert bench.report["conflict"] is None
    bench.change("mend_syntax")
    assert items(bench) == ASKED


def test_questions_that_cannot_be_kept_are_said_to_be_unsaved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = example(tmp_path)
    real = asked.rewrite

    def full(*files: object, **more: object) -> None:
        raise OutputError("磁盘满了。")

    monkeypatch.setattr(asked, "rewrite", full)
    bench = clashing(path)
    bench.open(bench.report["id"])
    assert items(bench) == ASKED
    assert not bench.report["saved"]
    assert bench.report["trouble"].startswith("磁盘满了。")
    assert not bench.desk.is_saved()
    (rescued,) = bench.desk.rescue()
    assert MINE in rescued.read_text(encoding="utf-8")
    monkeypatch.setattr(asked, "rewrite", real)
    assert bench.desk.is_saved()
    assert not rescued.exists()
    assert items(Bench(path)) == ASKED


@pytest.mark.parametrize(
    "data", [b"\xff\xfe", b"[[pending]]\nours = [", b"pending = 1", b"[[pending]]\nx = 1\n", b"x = " + b"[" * 5000]
)  # fmt: skip
def test_a_file_of_questions_that_somebody_spoilt_is_left_alone(data: bytes, tmp_path: Path) -> None:
    path = example(tmp_path)
    pending(path).write_bytes(data)
    bench = clashing(path)
    bench.open(bench.report["id"])
    assert items(bench) == ASKED
    assert "读不出来" in bench.report["trouble"]
    assert answer(bench, 1, "theirs")
    bench.change("figures", cells={CELL: "1425"}, was={CELL: MINE})
    assert items(bench) == [(OLD, "1425", THEIRS)]
    bench.change("figures", cells={CELL: MINE}, was={CELL: "1425"})
    assert pending(path).read_bytes() == data
    pending(path).unlink()
    assert bench.desk.is_saved()
    assert items(Bench(path)) == ASKED[:1]


def test_an_answer_to_nothing_changes_nothing(tmp_path: Path) -> None:
    path = example(tmp_path)
    bench = clashing(path)
    before = path.read_bytes(), pending(path).read_bytes()
    assert not bench.call("resolve", id=bench.report["id"], question="x", take="ours")["settled"]
    question = bench.report["conflict"]["items"][0]["question"] if bench.report["conflict"] else "x"
    with pytest.raises(Refused) as refused:
        bench.call("resolve", id=bench.report["id"], question=question, take="mine")
    assert refused.value.status == 400
    assert (path.read_bytes(), pending(path).read_bytes()) == before
