"""Sixty bodies, end to end: everything that was planted is found, and nobody else is accused."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from reportgen import cli
from reportgen.form.form_file import load_form
from reportgen.reading import read

from ..writing.calc import saved_by_libreoffice, without_results
from . import area_of_sixty as planted
from .area_of_sixty import (
    BODIES,
    COPIED,
    COPIER,
    HOSTILE,
    LAST_YEARS,
    MISSING,
    TWICE,
    TWO_VERSIONS,
    WRONG,
    Sixty,
)
from .made import as_page
from .papers import files


@dataclass(frozen=True)
class Run:
    """What one run of the command gave."""

    sixty: Sixty
    output: Path
    status: int
    said: Mapping[str, Any]

    def states(self) -> dict[str, str]:
        return {body["name"]: body["state"] for body in self.said["bodies"]}


def run(sixty: Sixty, output: Path, capsys: pytest.CaptureFixture[str], *more: object) -> Run:
    arguments = ["collate", sixty.folder, "--roster", sixty.roster, "-o", output, "--json", *more]
    status = cli.run([str(argument) for argument in arguments])
    return Run(sixty, output, status, json.loads(capsys.readouterr().out))


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The first run over the folder; those that only look at it share it."""
    import contextlib
    import io

    folder = tmp_path_factory.mktemp("sixty")
    sixty = planted.made(folder / "年报")
    out = io.StringIO()
    table = folder / "表.csv"
    command = [
        "collate",
        sixty.folder,
        "--roster",
        sixty.roster,
        "-o",
        folder / "汇总",
        "--json",
        "--table",
        table,
    ]
    with contextlib.redirect_stdout(out):
        status = cli.run([str(argument) for argument in command])
    return Run(sixty, folder / "汇总", status, json.loads(out.getvalue()))


def test_sixty_bodies_sent_files_of_four_or_five_kinds(first: Run) -> None:
    assert len(set(BODIES)) == 60
    assert (
        {".docx", ".html", ".toml", ".xlsx"}
        <= first.sixty.kinds
        <= {".docx", ".html", ".toml", ".xlsx", ".pdf", ".jpg"}
    )


def test_every_body_stands_where_it_was_planted_and_nobody_else_is_accused(first: Run) -> None:
    expected = dict.fromkeys(BODIES, "ok")
    expected |= dict.fromkeys((*WRONG, LAST_YEARS, TWO_VERSIONS), "errors")
    expected |= dict.fromkeys(MISSING, "missing") | {HOSTILE: "unreadable"}
    assert first.states() == expected
    assert first.status == 1
    assert first.said["missing"] == sorted(MISSING, key=BODIES.index)
    assert {each["name"] for each in first.said["twice"]} == {TWICE, TWO_VERSIONS}
    assert [each["file"] for each in first.said["unreadable"]] == [f"{HOSTILE}.docx"]
    assert {each["file"] for each in first.said["not_reports"]} == {planted.NOTICE, planted.PICTURE}
    assert first.said["questions"] == []
    assert {body["name"]: body["year"] for body in first.said["bodies"] if body["year"] == 2024} == {
        LAST_YEARS: 2024
    }


def test_the_wrong_sums_are_told_of_those_bodies_alone(first: Run) -> None:
    assert {body["name"] for body in first.said["bodies"] if body["errors"]} == set(WRONG)


def test_the_sums_are_those_of_the_reports_that_count(first: Run) -> None:
    names = set(BODIES) - first.sixty.lacking
    expected = planted.sums(first.sixty.reports, names)
    assert {cell: Decimal(figure) for cell, figure in first.said["sums"].items()} == {
        cell: Decimal(figure) for cell, figure in expected.items()
    }
    assert set(first.said["uncounted"]) == first.sixty.lacking
    assert all(set(names) == first.sixty.lacking for names in first.said["lacking"].values())
    assert len(first.said["lacking"]) == 200


def test_one_pair_copied_and_one_pair_is_told(first: Run) -> None:
    (pair,) = first.said["alike"]
    assert {pair["a"], pair["b"]} == {COPIED, COPIER}
    assert 0.5 < pair["share"] < 1
    sources = "".join(text.source for text in first.sixty.reports[COPIED].narrative.values())
    assert len(pair["sentences"]) > 20
    assert all(sentence.rstrip("。；") in sources for sentence in pair["sentences"])


def test_letters_go_to_those_who_have_something_to_correct(first: Run) -> None:
    names = {path.name.removesuffix("退回意见.docx") for path in (first.output / "退回意见").iterdir()}
    assert names - {".reportgen.lock"} == {*WRONG, LAST_YEARS, TWO_VERSIONS, HOSTILE, COPIED, COPIER}
    for name in WRONG:
        said = files.text((first.output / "退回意见" / f"{name}退回意见.docx").read_bytes())
        assert "处要改正" in said
        assert "勾稽" in said or "之和" in said


def test_the_receipt_names_them_all(first: Run) -> None:
    said = files.text((first.output / "收齐表.docx").read_bytes())
    assert "应报 60 个单位：正常 50 个，有错误 6 个，读不出 1 个，未交 3 个。" in said
    assert "缺 6 个单位" in said
    assert all(name in said for name in BODIES)


def test_the_workbook_recomputed_equals_the_sums(first: Run, tmp_path: Path) -> None:
    data = (first.output / "汇总核对.xlsx").read_bytes()
    book = saved_by_libreoffice({"book": without_results(data)}, tmp_path)["book"]
    values = files.column(book, "数据", "E")
    form = load_form("2021")
    found = {cell: values[6 + at] for at, cell in enumerate(form.cells)}
    assert {cell: float(value) for cell, value in found.items()} == pytest.approx(
        {cell: float(figure) for cell, figure in first.said["sums"].items()}, rel=1e-12
    )
    assert all(
        Decimal(found[cell]) == Decimal(first.said["sums"][cell])
        for cell in form.cells
        if not form.cells[cell].decimal
    )


def test_the_input_file_says_the_sums_and_what_is_lacking(first: Run) -> None:
    report = read(first.output / "汇总.toml")
    form = load_form("2021")
    assert {key: str(figure) for key, figure in report.figures.items()} == {
        key: figure for key, figure in first.said["sums"].items() if form.cells[key].adds_up
    }
    assert "缺 6 个单位" in (first.output / "汇总.toml").read_text(encoding="utf-8")


def test_the_table_has_every_figure_with_its_proof(first: Run) -> None:
    lines = (first.output.parent / "表.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "body,year,cell,label,value,proof,unit,counted,level,file"
    assert len(lines) == 1 + 200 * (60 - len({*MISSING, TWO_VERSIONS, HOSTILE}))
    assert {re.split(",", line)[5] for line in lines[1:]} <= {
        "grid",
        "count",
        "order",
        "sums",
        "name",
        "input",
    }


def test_when_everything_is_corrected_nothing_is_left_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sixty = planted.made(tmp_path / "年报")
    before = run(sixty, tmp_path / "汇总", capsys)
    letters = {path.name for path in (tmp_path / "汇总" / "退回意见").glob("*.docx")}
    assert len(letters) == 9
    mended = planted.corrected(sixty)
    after = run(mended, tmp_path / "汇总", capsys)
    assert after.states() == dict.fromkeys(BODIES, "ok")
    assert (after.status, after.said["alike"], after.said["questions"], after.said["lacking"]) == (
        0,
        [],
        [],
        {},
    )
    corrected = {body["name"] for body in after.said["bodies"] if body["corrected"]}
    assert corrected >= {*WRONG, LAST_YEARS, HOSTILE}
    assert {cell: Decimal(figure) for cell, figure in after.said["sums"].items()} == {
        cell: Decimal(figure) for cell, figure in planted.sums(mended.reports, set(BODIES)).items()
    }
    assert not list((tmp_path / "汇总" / "退回意见").glob("*.docx"))
    assert {path.name for path in (tmp_path / "汇总" / "退回意见" / "已改正").glob("*.docx")} == letters
    assert before.status == 1

    # The government's own report, in which one body was left out.
    left_out = BODIES[3]
    figures = {
        key: Decimal(figure) for key, figure in planted.sums(mended.reports, {*BODIES} - {left_out}).items()
    }
    form = load_form("2021")
    whole = {key: figure if form.cells[key].decimal else int(figure) for key, figure in figures.items()}
    published = tmp_path / "公布.html"
    published.write_bytes(as_page(planted.made_report("某市甲区人民政府", 1, changed=whole)))
    judged = run(mended, tmp_path / "汇总", capsys, "--published", published)
    assert judged.status == 1
    assert len(judged.said["published"]) > 50
    assert {tuple(each["explanations"]) for each in judged.said["published"]} == {(f"漏了{left_out}",)}
    assert "漏了" in "".join(
        files.cells((tmp_path / "汇总" / "汇总核对.xlsx").read_bytes(), "与公布的比较").values()
    )
