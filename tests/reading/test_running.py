"""Figures that run together in a text are read only where one reading is left."""

from __future__ import annotations

from random import Random

import pytest

from reportgen.form.form_file import load_form
from reportgen.form.model import Form
from reportgen.reading.proving import Candidates, Proved, proved
from reportgen.reading.running import read_running

from .foreign import sound

FORM = load_form("2021")


def text(form: Form, figures: dict[str, str], between: str) -> str:
    """All tables as text is copied from a page, figures parted by ``between``."""
    words = []
    for table in form.tables.values():
        for row in table.grid:
            cells = [(cell.kind, figures[cell.key] if cell.kind == "figure" else cell.label) for cell in row]
            for (kind, word), (before, _) in zip(cells, [("", ""), *cells], strict=False):
                words.append((between if kind == before == "figure" else "") + word)
    return "".join(words)


def read(content: str) -> Proved:
    candidates = Candidates(FORM)
    read_running(content.split("\n"), FORM, candidates)
    return proved(candidates)


@pytest.mark.parametrize("between", ["\n", " ", "\t", " | "])
def test_parted_figures_are_read_by_their_count(between: str) -> None:
    figures = sound(FORM, Random(1))
    found = read(text(FORM, figures, between))
    assert found.figures == figures
    assert set(found.proofs.values()) <= {"count"}


@pytest.mark.parametrize("seed", range(12))
def test_what_is_read_of_figures_run_together_is_right(seed: int) -> None:
    figures = sound(FORM, Random(seed), 400)
    found = read(text(FORM, figures, ""))
    assert {key: value for key, value in found.figures.items() if figures[key] != value} == {}
    assert [key for key in found.figures if key.startswith("requests")]
    assert set(found.proofs.values()) <= {"count", "order", "sums"}


def test_digits_with_several_readings_are_left_with_their_words() -> None:
    figures = sound(FORM, Random(2)) | {
        "active_disclosure.normative_documents.issued": "6",
        "active_disclosure.normative_documents.repealed": "233",
        "active_disclosure.normative_documents.in_force": "440",
    }
    assert read(text(FORM, figures, "")).unread["active_disclosure.normative_documents.issued"] == "6233440"


def test_a_row_with_a_figure_too_few_is_left() -> None:
    figures = sound(FORM, Random(3))
    content = text(FORM, figures, "\n").replace(
        "予以公开" + figures["requests.granted.natural"] + "\n", "予以公开"
    )
    found = read(content)
    assert "requests.granted.natural" in found.unread
    assert {key: value for key, value in found.figures.items() if figures[key] != value} == {}


def test_rows_in_another_order_are_not_read() -> None:
    figures = sound(FORM, Random(4))
    content = (
        text(FORM, figures, " ")
        .replace("规章", "X")
        .replace("行政规范性文件", "规章")
        .replace("X", "行政规范性文件")
    )
    assert not [key for key in read(content).figures if key.startswith("active_disclosure")]


@pytest.mark.parametrize("between", [" ", "\n"])
def test_where_a_figure_is_missing_no_other_is_cut_in_two_for_it(between: str) -> None:
    row = dict.fromkeys((cell.key for cell in FORM.tables["requests"].rows["carried_over"].cells), "0") | {
        "requests.carried_over.natural": "2",
        "requests.carried_over.other": "11",
        "requests.carried_over.total": "13",
    }
    whole = text(FORM, sound(FORM, Random(5)) | row, between)
    written = between.join(row.values())
    assert written in whole
    found = read(whole.replace(written, written.removesuffix(f"{between}13")))
    assert not found.figures.keys() & row.keys()


def test_digits_in_which_a_cell_may_be_blank_are_left() -> None:
    figures = sound(FORM, Random(6)) | {
        "active_disclosure.normative_documents.issued": "0",
        "active_disclosure.normative_documents.repealed": "",
        "active_disclosure.normative_documents.in_force": "12",
        "active_disclosure.regulations.issued": "0",
        "active_disclosure.regulations.repealed": "0",
        "active_disclosure.regulations.in_force": "12",
    }
    found = read(text(FORM, figures, ""))
    assert found.unread["active_disclosure.normative_documents.in_force"] == "012"
    assert found.figures["active_disclosure.regulations.in_force"] == "12"
