"""Two write the same file: what only one side changed is taken, the same place is asked, nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.reading import read

from .bench import Bench, Refused, example


def elsewhere(path: Path, old: str, new: str) -> None:
    """Another editor changes the file."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_other_cells_of_one_row_are_both_taken(tmp_path: Path) -> None:
    path = example(tmp_path)
    bench = Bench(path)
    row = next(line for line in path.read_text(encoding="utf-8").split("\n") if line.startswith("granted "))
    elsewhere(path, row, row.replace("0,   6  ]", "1,   6  ]") + " 我的说明")
    bench.type(requests__granted__natural="5")
    figures = read(path).figures
    assert (figures["requests.granted.natural"], figures["requests.granted.other"]) == (5, 1)
    assert "我的说明" in path.read_text(encoding="utf-8")
    assert bench.report["figures"]["requests.granted.other"] == "1"
    assert bench.report["conflict"] is None


def test_the_same_cell_is_asked_and_nothing_is_written_over(tmp_path: Path) -> None:
    path = example(tmp_path)
    bench = Bench(path)
    elsewhere(path, "coercion            = 140", "coercion            = 141")
    bench.type(active_disclosure__coercion="142", active_disclosure__licensing="7")
    (item,) = bench.report["conflict"]["items"]
    assert (item["base"], item["ours"], item["theirs"]) == ("140", "142", "141")
    assert item["cell"] == "active_disclosure.coercion"
    figures = read(path).figures
    assert (figures["active_disclosure.coercion"], figures["active_disclosure.licensing"]) == (141, 7)
    bench.report |= bench.call("resolve", id=bench.report["id"], question=item["question"], take="ours")
    assert bench.report["conflict"] is None
    assert read(path).figures["active_disclosure.coercion"] == 142


def test_the_other_side_may_be_kept(tmp_path: Path) -> None:
    path = example(tmp_path)
    bench = Bench(path)
    elsewhere(path, "coercion            = 140", "coercion            = 141")
    bench.type(active_disclosure__coercion="142")
    (item,) = bench.report["conflict"]["items"]
    bench.report |= bench.call("resolve", id=bench.report["id"], question=item["question"], take="theirs")
    assert bench.report["conflict"] is None
    assert read(path).figures["active_disclosure.coercion"] == 141


def test_the_same_change_on_both_sides_is_no_conflict(tmp_path: Path) -> None:
    path = example(tmp_path)
    bench = Bench(path)
    elsewhere(path, "coercion            = 140", "coercion            = 141")
    bench.type(active_disclosure__coercion="141")
    assert bench.report["conflict"] is None


def test_two_sentences_of_one_part_are_both_taken(tmp_path: Path) -> None:
    path = example(tmp_path)
    bench = Bench(path)
    bench.change("text", part="problems", source="甲说一句话。乙说一句话。丙说一句话。")
    elsewhere(path, "甲说一句话。", "甲说两句话。")
    bench.change("text", part="problems", source="甲说一句话。乙说一句话。丙说三句话。")
    assert bench.source("problems") == "甲说两句话。乙说一句话。丙说三句话。"
    assert bench.source("problems") in path.read_text(encoding="utf-8")


def test_one_sentence_that_both_changed_is_asked(tmp_path: Path) -> None:
    path = example(tmp_path)
    bench = Bench(path)
    bench.change("text", part="problems", source="甲说一句话。这一句不变。乙说一句话。")
    elsewhere(path, "甲说一句话。", "甲说两句话。")
    bench.change("text", part="problems", source="甲说三句话。这一句不变。乙不说话。")
    (item,) = bench.report["conflict"]["items"]
    assert (item["base"], item["ours"], item["theirs"]) == ("甲说一句话。", "甲说三句话。", "甲说两句话。")
    assert bench.source("problems") == "甲说两句话。这一句不变。乙不说话。"
    bench.report |= bench.call("resolve", id=bench.report["id"], question=item["question"], take="ours")
    assert bench.source("problems") == "甲说三句话。这一句不变。乙不说话。"


def test_typing_on_at_a_place_that_is_asked_writes_nothing_over(tmp_path: Path) -> None:
    """The keys that follow are on their way while the page learns that there is a question."""
    path = example(tmp_path)
    bench = Bench(path)
    elsewhere(path, "coercion            = 140", "coercion            = 141")
    bench.type(active_disclosure__coercion="1")
    cell = "active_disclosure.coercion"
    bench.change("figures", cells={cell: "15"}, was={cell: "1"})
    bench.change("figures", cells={cell: "152"}, was={cell: "15"})
    (item,) = bench.report["conflict"]["items"]
    assert (item["base"], item["ours"], item["theirs"]) == ("140", "152", "141")
    assert read(path).figures[cell] == 141
    bench.change("figures", cells={cell: "140"}, was={cell: "152"})
    assert bench.report["conflict"] is None, "what stood there before is no change"
    assert read(path).figures[cell] == 141


def test_typing_on_in_a_field_writes_nothing_over(tmp_path: Path) -> None:
    path = example(tmp_path)
    bench = Bench(path)
    bench.change("agency", key="phone", value="1")
    (line,) = (each for each in path.read_text(encoding="utf-8").split("\n") if each.startswith("phone"))
    elsewhere(path, line, line.replace('"1"', '"2"'))
    bench.change("agency", key="phone", value="13", was="1")
    bench.change("agency", key="phone", value="135", was="13")
    (item,) = bench.report["conflict"]["items"]
    assert (item["base"], item["ours"], item["theirs"]) == ("1", "135", "2")
    assert read(path).agency["phone"] == "2"


def test_typing_on_in_a_text_keeps_what_others_wrote_into_it(tmp_path: Path) -> None:
    path = example(tmp_path)
    bench = Bench(path)
    first = "甲说一句话。乙说一句话。丙说一句话。"
    bench.change("text", part="problems", source=first)
    elsewhere(path, "甲说一句话。", "甲说两句话。")
    second = first.replace("丙说一", "丙说三")
    bench.change("text", part="problems", source=second, was=first)
    third = second.replace("丙说三", "丙说四")
    bench.change("text", part="problems", source=third, was=second)
    assert bench.source("problems") == "甲说两句话。乙说一句话。丙说四句话。"
    fourth = third.replace("甲说一", "甲说九")
    bench.change("text", part="problems", source=fourth, was=third)
    bench.change("text", part="problems", source=fourth.replace("说九", "说十"), was=fourth)
    (item,) = bench.report["conflict"]["items"]
    assert (item["base"], item["ours"], item["theirs"]) == ("甲说一句话。", "甲说十句话。", "甲说两句话。")
    assert bench.source("problems") == "甲说两句话。乙说一句话。丙说四句话。"


def test_two_workbenches_on_one_file(tmp_path: Path) -> None:
    path = example(tmp_path)
    one, other = Bench(path), Bench(path)
    for number in range(10):
        one.type(requests__granted__natural=str(number))
        other.type(requests__granted__other=str(number), active_disclosure__fees=f"{number}.5")
    figures = read(path).figures
    assert (figures["requests.granted.natural"], figures["requests.granted.other"]) == (9, 9)
    assert one.call("poll", id=one.report["id"], hash=one.report["hash"])["changed"]
    assert one.open(one.report["id"])["figures"] == other.report["figures"]


def test_undoing_leaves_what_others_wrote(tmp_path: Path) -> None:
    path = example(tmp_path)
    bench = Bench(path)
    bench.type(active_disclosure__coercion="1")
    elsewhere(path, "fees                = 0", "fees                = 9")
    bench.change("undo")
    figures = read(path).figures
    assert (figures["active_disclosure.coercion"], figures["active_disclosure.fees"]) == (140, 9)


def test_undoing_what_others_wrote_over_is_refused(tmp_path: Path) -> None:
    path = example(tmp_path)
    bench = Bench(path)
    bench.type(active_disclosure__coercion="1")
    elsewhere(path, "coercion            = 1 ", "coercion            = 2 ")
    with pytest.raises(Refused):
        bench.change("undo")
    assert read(path).figures["active_disclosure.coercion"] == 2


def test_a_file_that_others_broke_is_not_touched(tmp_path: Path) -> None:
    path = example(tmp_path)
    bench = Bench(path)
    elsewhere(path, "coercion            = 140", "coercion            ＝ 140")
    broken = path.read_bytes()
    with pytest.raises(Refused) as refused:
        bench.type(active_disclosure__coercion="1")
    assert refused.value.status == 422
    assert path.read_bytes() == broken
    bench.open(bench.report["id"])
    bench.change("mend_syntax")
    bench.type(active_disclosure__coercion="1")
    assert read(path).figures["active_disclosure.coercion"] == 1


def test_a_page_that_is_older_than_the_server_is_told(tmp_path: Path) -> None:
    bench = Bench(example(tmp_path))
    with pytest.raises(Refused) as refused:
        bench.call("figures", id=bench.report["id"], hash="0" * 64, cells={"active_disclosure.fees": "1"})
    assert refused.value.status == 422
