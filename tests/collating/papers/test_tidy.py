"""``--table``: one row a figure, that other programs read without being told how."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest

from reportgen.collating.area import Area, Body
from reportgen.collating.papers.tidy import COLUMNS
from reportgen.collating.papers.tidy import table as pieces

from .. import areas
from . import examples

NEW = "requests.new_received.total"


def table(area: Area) -> bytes:
    return b"".join(pieces(area))


def rows(area: Area) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table(area).decode("utf-8-sig"), newline="")))


def test_a_row_is_one_figure_of_one_body() -> None:
    first, *others = areas.sound()
    assert first.submission
    first = replace(first, submission=replace(first.submission, proofs={NEW: "grid"}))
    found = rows(areas.area([first, *others]))
    assert len(found) == 5 * 200
    (row,) = (row for row in found if row["body"] == "安河县公安局" and row["cell"] == NEW)
    assert {
        key: row[key]
        for key in ("body", "year", "label", "value", "proof", "unit", "counted", "level", "file")
    } == {
        "body": "安河县公安局",
        "year": "2025",
        "label": "表三·一、本年新收政府信息公开申请数量·总计",
        "value": "19",
        "proof": "grid",
        "unit": "件",
        "counted": "true",
        "level": "县级部门",
        "file": "安河县公安局.docx",
    }


def test_a_blank_has_no_row_and_what_is_not_counted_says_so() -> None:
    first, *others = areas.sound()
    assert first.submission
    figures = {key: figure for key, figure in first.submission.figures.items() if key != NEW}
    first = replace(first, submission=replace(first.submission, figures=figures))
    assert len(rows(areas.area([first, *others]))) == 999
    troubled = rows(areas.troubled())
    assert {row["body"] for row in troubled if row["counted"] == "false"} == {"安河县河东镇人民政府"}
    assert {row["year"] for row in troubled if row["counted"] == "false"} == {"2024"}


def test_names_are_no_formulas_and_stay_on_one_line() -> None:
    first, *others = areas.sound()
    found = rows(areas.area([replace(first, body=Body('=cmd|"\n,x', level="@y")), *others]))
    assert len(found) == 1000
    assert (found[0]["body"], found[0]["level"]) == ("'=cmd|\" ,x", "'@y")


def test_a_figure_without_a_proof_is_that_of_an_input_file() -> None:
    assert {row["proof"] for row in rows(areas.area(areas.sound()))} == {"input"}


def test_duckdb_adds_it_up_as_the_tool_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By README's own example; those of Spark and of a pivot table are run by :mod:`.examples`."""
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed (pip install duckdb)")
    monkeypatch.chdir(tmp_path)
    area = examples.write(tmp_path)
    assert dict(duckdb.sql(examples.example("DuckDB")).fetchall()) == examples.sums(area)
    assert duckdb.sql(f"SELECT * FROM '{examples.NAME}'").columns == list(COLUMNS)


def test_each_program_has_its_example_in_readme() -> None:
    assert "read_csv" not in examples.example("DuckDB")
    assert "spark.read.csv" in examples.example("Spark")
