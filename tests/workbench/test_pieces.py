"""The text is given to the page in pieces, so that a bound number is moved whole; and typing is undone by steps."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .bench import Bench, example


def part(bench: Bench, key: str) -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in bench.report["parts"] if each["key"] == key)
    return found


def test_the_pieces_joined_are_the_source_and_bound_ones_say_what_they_print(tmp_path: Path) -> None:
    bench = Bench(example(tmp_path))
    for key in ("preface", "overview", "problems", "other_matters"):
        one = part(bench, key)
        assert "".join(piece["source"] for piece in one["pieces"]) == one["source"]
    bound = [piece for piece in part(bench, "overview")["pieces"] if piece["bound"]]
    shown = {piece["source"]: (piece["text"], piece["says"]) for piece in bound}
    assert shown["{{ year }}"][0] == "2022"
    assert shown["{{ requests.granted.total }}"] == ("6", "表三·（一）予以公开·总计")
    assert shown["{{ requests.granted.total | share(requests.total_processed.total) }}"][0] == "31.58%"


def test_a_text_of_more_than_numbers_is_given_as_it_is_written(tmp_path: Path) -> None:
    bench = Bench(example(tmp_path))
    bench.change("text", part="problems", source="{% if year == 2022 %}今年。{% endif %}")
    assert part(bench, "problems")["pieces"] is None
    bench.change("text", part="problems", source="没有写完的 {{ requests")
    one = part(bench, "problems")
    assert [(piece["source"], piece["bound"]) for piece in one["pieces"]] == [(one["source"], False)]


def test_keystrokes_of_one_step_are_undone_together(tmp_path: Path) -> None:
    path = example(tmp_path)
    bench = Bench(path)
    start = path.read_bytes()
    for text in ("1", "12", "123"):
        bench.change("figures", cells={"active_disclosure.licensing": text}, step="a")
    one = path.read_bytes()
    for text in ("4", "45"):
        bench.change("figures", cells={"active_disclosure.penalties": text}, step="b")
    bench.change("undo")
    assert path.read_bytes() == one
    bench.change("undo")
    assert path.read_bytes() == start
    bench.change("redo")
    assert path.read_bytes() == one
    bench.change("figures", cells={"active_disclosure.licensing": "9"}, step="a")
    bench.change("undo")
    assert path.read_bytes() == one, "what was typed after a redo is a step of its own"
