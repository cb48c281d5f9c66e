"""An input file as a careful clerk would have written it, read back as it was given."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.form.form_file import load_form
from reportgen.form.model import Cell, Form
from reportgen.model.document import compose
from reportgen.model.language import printable
from reportgen.model.report import AGENCY, Report, printed
from reportgen.reading import parse_input, read
from reportgen.writing.input_text import Notes, input_text

PATH = Path("input.toml")
EXAMPLE = Path(__file__).parents[2] / "inputs" / "putian-psb-2022.toml"
FORMS = [load_form("2019"), load_form("2021"), load_form("2030", Path(__file__).parents[1] / "form")]

SIGNS = "'\"\\{}#\t\x00\x07\x1b\x7f\x9f\ufdd0\ufdd3\ufffe\ud800\u200b\ufeff\u3000𠮷 件"
WORDS = [
    "'''",
    '"""',
    "\\n",
    "\\u4e00",
    "{{",
    "}}",
    "{%",
    "%}",
    "{#",
    "#}",
    "｛｛",
    "｝｝",
    "％｝",
    "{{ year }}",
]
LINES = ["{{ 不认识 }}", "[agency]", "name = 1", "（一）", "一、", "&nbsp;", "<b>"]
PIECES = st.sampled_from([*SIGNS, *WORDS, *LINES])
TEXTS = st.lists(PIECES | st.text(max_size=4), max_size=12).map("".join)


def content(text: str) -> str:
    """What of a paragraph or a value a file can hold."""
    return printable(text).strip()


def paragraphs(texts: list[str]) -> list[str]:
    """The paragraphs that come back."""
    lines = (line.strip() for text in texts for line in printable(text).split("\n"))
    return [line for line in lines if line]


def figure(cell: Cell) -> st.SearchStrategy[str]:
    """A figure of a cell as it may be printed."""
    whole = st.integers(0, 999_999).map(str) | st.just("0")
    signed = whole | st.integers(-999, -1).map(str) if cell.signed else whole
    tail = st.integers(0, 999_999).map(lambda n: f".{n}") if cell.decimal else st.just("")
    return st.tuples(signed, tail).map("".join)


@st.composite
def contents(draw: st.DrawFn) -> tuple[Form, dict[str, Any]]:
    form = draw(st.sampled_from(FORMS))
    unfilled = draw(st.sets(st.sampled_from(list(form.cells)), max_size=len(form.cells)))
    zeros = draw(st.booleans())
    figures = {
        key: "0" if zeros else draw(figure(cell)) for key, cell in form.cells.items() if key not in unfilled
    }
    agency = {key: draw(TEXTS) for key in draw(st.sets(st.sampled_from(list(AGENCY))))}
    texts = {key: draw(st.lists(TEXTS, max_size=3)) for key in form.text_names if key != "signature"}
    notes = {key: draw(TEXTS) for key in unfilled}
    return form, {"agency": {**agency, "name": "甲局"}, "figures": figures, "texts": texts, "notes": notes}


def texts_of(report: Report) -> dict[str, list[str]]:
    return {
        section.part.text: [paragraph.text for paragraph in section.paragraphs]
        for section in compose(report).sections
        if section.paragraphs
    }


@given(contents())
def test_what_is_written_is_read_back_as_it_was_given(found: tuple[Form, dict[str, Any]]) -> None:
    form, given_ = found
    report = parse_input(input_text(form, 2020, **given_), PATH, form.folder.parent)
    assert {key: printed(value) for key, value in report.figures.items()} == given_["figures"]
    assert not report.computed
    assert report.form.format == form.format
    assert report.year == 2020
    assert report.agency == {k: content(v) for k, v in given_["agency"].items() if content(v)}
    assert texts_of(report) == {k: ps for k, v in given_["texts"].items() if (ps := paragraphs(v))}


def test_the_example_comes_out_as_it_was_written() -> None:
    """Its figures under their heads, its rows with their labels, its narratives with their expressions."""
    example = read(EXAMPLE)
    figures = {key: printed(value) for key, value in example.figures.items()}
    sources = {key: narrative.source for key, narrative in example.narrative.items()}
    text = input_text(example.form, example.year, example.agency, figures, {}, sources=sources)
    again = parse_input(text, PATH)
    assert again.figures == example.figures
    assert again.agency == example.agency
    assert {key: narrative.source for key, narrative in again.narrative.items()} == sources
    written = EXAMPLE.read_text(encoding="utf-8")
    keys = [re.findall(r"^(?:\[\w+\]|\w+ *=)", each, re.MULTILINE) for each in (text, written)]
    assert [key.split()[0] for key in keys[0]] == [key.split()[0] for key in keys[1]]


def column(line: str, at: int) -> int:
    """The column of the screen where a character stands."""
    return sum(1 if char.isascii() else 2 for char in line[:at])


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.format)
@pytest.mark.parametrize("filled", [True, False])
def test_every_figure_stands_under_its_head(form: Form, filled: bool) -> None:
    figures = dict.fromkeys(form.cells, "1234567")
    text = input_text(form, 2020, {}, figures if filled else {}, {}, Notes(proposed=figures))
    heads: list[int] = []
    for line in text.split("\n"):
        if re.match(r"#  +\S", line):
            heads = [column(line, match.start()) for match in re.finditer(r"\S+", line)][1:]
        elif "[ 1" in line:
            assert [column(line, match.start()) for match in re.finditer("1234567", line)] == heads


def test_labels_stand_behind_their_rows_and_groups_above_them(form: Form) -> None:
    lines = input_text(form, 2025, {}, dict.fromkeys(form.cells, "1"), {}).split("\n")
    row = next(line for line in lines if line.startswith("unavailable_not_held"))
    assert row.endswith("# 1.本机关不掌握相关政府信息")
    assert lines[lines.index(row) - 1] == "# （四）无法提供"
    assert next(line for line in lines if line.startswith("direct_suit")).endswith(
        "# 行政诉讼 未经复议直接起诉"
    )
    assert next(line for line in lines if line.startswith("fees")).endswith("（万元，可以有小数）")


def test_a_row_without_a_figure_is_a_comment_with_places_to_fill_in(form: Form) -> None:
    notes = {"requests.granted.natural": "六", "active_disclosure.fees": "一\n二\x07"}
    text = input_text(form, 2025, {"name": "甲局"}, {"requests.granted.total": "6"}, {}, notes)
    lines = text.split("\n")
    granted = next(line for line in lines if line.startswith("granted"))
    assert granted.split("#")[0].split() == ["granted", "=", "[", *['"",'] * 6, "6", "]"]
    assert granted.endswith("原文：自然人 六")
    (fees,) = [line for line in lines if "fees" in line]
    assert fees.startswith("# fees ")
    assert fees.endswith("原文：一 二")
    (new,) = [line for line in lines if "new_received" in line]
    assert new.split("#")[1].split() == ["new_received", "=", "[", *[","] * 6, "]"]
    assert parse_input(text, PATH).unfilled == [key for key in form.cells if key != "requests.granted.total"]


def test_a_commented_row_is_filled_in_by_taking_its_mark_away(form: Form) -> None:
    proposed = {f"requests.carried_over.{column}": "3" for column in form.tables["requests"].heads}
    text = input_text(form, 2025, {"name": "甲局"}, {}, {}, Notes(proposed=proposed))
    filled = parse_input(text.replace("# carried_over", "carried_over"), PATH)
    assert {key: printed(value) for key, value in filled.figures.items()} == proposed


@pytest.mark.parametrize(
    ("beside", "told"),
    [
        (["0"] * 7, "上年：整行 0"),
        (["6", "0", "0", "0", "0", "0", "6"], "上年：自然人 6、总计 6、其余 0"),
        (["6", "", "", "", "", "", "6"], "上年：自然人 6、总计 6"),
        (["1", "2", "3", "4", "5", "6", "21"], "科研机构 3"),
    ],
)
def test_what_is_noted_of_a_row_is_told_by_its_heads(form: Form, beside: list[str], told: str) -> None:
    cells = [cell.key for cell in form.tables["requests"].rows["granted"].cells]
    notes = Notes(dict(zip(cells, beside, strict=True)), "上年")
    (line,) = [line for line in input_text(form, 2025, {}, {}, {}, notes).split("\n") if "granted" in line][
        :1
    ]
    assert told in line


def test_a_figure_stands_as_it_was_printed(form: Form) -> None:
    """Also one that TOML does not write so."""
    given_: Mapping[str, str] = {
        "active_disclosure.fees": "7730.280",
        "active_disclosure.licensing": "007",
        "active_disclosure.penalties": "１２",
    }
    text = input_text(form, 2025, {"name": "甲局"}, given_, {})
    assert "= 7730.280 " in text
    assert '= "007"' in text
    report = parse_input(text, PATH)
    assert report.figures["active_disclosure.fees"] == Decimal("7730.280")
    assert (report.figures["active_disclosure.licensing"], report.figures["active_disclosure.penalties"]) == (
        7,
        12,
    )


def test_settings_of_the_checks_stand_at_the_end(form: Form) -> None:
    checks: dict[str, str | int | Decimal] = {"W03": "off", "overview_length": 1000, "jump": Decimal("2.5")}
    report = parse_input(input_text(form, 2025, {"name": "甲局"}, {}, {}, checks=checks), PATH)
    assert report.settings == {"checks": checks}
