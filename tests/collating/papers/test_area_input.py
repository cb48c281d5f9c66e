"""汇总.toml: the sums as an input file that the program reads, each with the figures it is made of."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from reportgen.collating.area import Area, Body
from reportgen.collating.papers.area_input import area_input
from reportgen.model.report import Report
from reportgen.reading import read

from .. import areas

COERCION = "active_disclosure.coercion"


def written(area: Area, tmp_path: Path) -> tuple[str, Report]:
    path = tmp_path / "汇总.toml"
    path.write_bytes(area_input(area).data)
    return path.read_text(encoding="utf-8"), read(path)


def test_it_is_read_back_as_the_sums(tmp_path: Path) -> None:
    area = areas.area(areas.sound())
    _, report = written(area, tmp_path)
    form = areas.the_form()
    assert {key: Decimal(figure) for key, figure in report.figures.items()} == {
        key: sum(Decimal(areas.figures(of)[key]) for of in areas.NAMES)
        for key, cell in form.cells.items()
        if cell.adds_up
    }
    assert (report.year, report.agency["name"]) == (2025, "安河县人民政府")
    assert not report.notes


def test_documents_are_left_open_with_the_sums_beside_them(tmp_path: Path) -> None:
    text, report = written(areas.area(areas.sound()), tmp_path)
    assert set(report.unfilled) == {key for key, cell in areas.the_form().cells.items() if not cell.adds_up}
    in_force = sum(
        int(areas.figures(of)["active_disclosure.normative_documents.in_force"]) for of in areas.NAMES
    )
    (line,) = (line for line in text.splitlines() if line.startswith("# normative_documents"))
    assert f"现行有效件数 {in_force}" in line
    assert "各单位的和" in line
    assert "规章、行政规范性文件不能由各单位相加" in text


def test_above_each_sum_stands_what_it_is_made_of(tmp_path: Path) -> None:
    text, _ = written(areas.area(areas.sound()), tmp_path)
    lines = text.splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("coercion"))
    above = "".join(line.lstrip("# ") for line in lines[at - 3 : at])
    figures = {name: areas.figures(of)[COERCION] for name, of in zip(areas.BODIES, areas.NAMES, strict=True)}
    assert all(f"{name} {figure}" in above for name, figure in figures.items() if figure != "0")


def test_while_a_body_is_missing_every_sum_says_so(tmp_path: Path) -> None:
    text, _ = written(areas.troubled(), tmp_path)
    assert (
        "# 缺 3 个单位，下面的数都不是全部：安河县河东镇人民政府、安河县水利局、安河县城南街道办事处" in text
    )
    assert text.count("（缺 3 个单位） = ") > 50
    whole, _ = written(areas.area(areas.sound()), tmp_path)
    assert "缺" not in whole


def test_the_text_is_a_skeleton(tmp_path: Path) -> None:
    _, report = written(areas.area(areas.sound()), tmp_path)
    assert report.narrative["overview"].source.count("（待填写）") == 5


def test_a_body_whose_report_lacks_a_figure_is_named_above_the_row(tmp_path: Path) -> None:
    first, *others = areas.sound()
    assert first.submission
    figures = {key: figure for key, figure in first.submission.figures.items() if key != COERCION}
    text, _ = written(
        areas.area([replace(first, submission=replace(first.submission, figures=figures)), *others]), tmp_path
    )
    assert "没有这一行的数：安河县公安局" in text


def test_the_body_that_adds_up_the_others_gives_its_name(tmp_path: Path) -> None:
    total = areas.standing(
        "安河县人民政府办公室",
        areas.NAMES[2],
        body=Body("安河县人民政府办公室", is_total=True, counted=False),
        is_added=False,
    )
    text, report = written(areas.area([*areas.sound(), total]), tmp_path)
    assert report.agency["name"] == "安河县人民政府办公室"
    assert "推出来" not in text


def test_the_roster_may_name_the_area(tmp_path: Path) -> None:
    for name in ("某市安河县", "某市安河县人民政府"):
        text, report = written(areas.area(areas.sound(), name=name), tmp_path)
        assert report.agency["name"] == "某市安河县人民政府"
        assert "推出来" not in text


def test_names_of_others_cannot_break_the_file(tmp_path: Path) -> None:
    names = ('坏"""名', "换\n行", "'''", "[agency]", "局\\", "\u202e倒")
    standings = [
        replace(each, body=Body(name))
        for each, name in zip([*areas.sound(), areas.sound()[0]], names, strict=True)
    ]
    area = areas.area(standings)
    path = tmp_path / "汇总.toml"
    path.write_bytes(area_input(area).data.replace(b'# name     = ""', b'name = "x"'))
    assert {key: str(figure) for key, figure in read(path).figures.items()} == {
        key: total.figure for key, total in area.totals.items() if areas.the_form().cells[key].adds_up
    }


def test_an_area_without_a_sum_leaves_all_open(tmp_path: Path) -> None:
    path = tmp_path / "汇总.toml"
    path.write_bytes(area_input(areas.area([])).data.replace(b'# name     = ""', b'name = "x"'))
    assert read(path).figures == {}
