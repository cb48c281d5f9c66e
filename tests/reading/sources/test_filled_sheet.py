"""The workbook of ``reportgen sheet`` read back, whoever filled it in and whatever saved it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportgen.form.form_file import load_form
from reportgen.form.model import Form
from reportgen.model.findings import Figure
from reportgen.model.package import Package
from reportgen.model.report import Report, printed
from reportgen.model.workbook import YEAR, address, name_of, place_of, totals
from reportgen.reading import read
from reportgen.reading.sources.extract import Extract, Grid
from reportgen.reading.sources.sheet import extract
from reportgen.reading.sources.workbook import MOST_CELLS, read_workbook
from reportgen.writing.sheet import workbook

from ...writing.calc import changed, saved_by_libreoffice, without_results

ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "inputs" / "putian-psb-2022.toml"
FORMS = [load_form("2021"), load_form("2019")]
by_format = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.format)
PATH = Path("填报表.xlsx")
NATURAL = "requests.new_received.natural"
TOTAL = "requests.new_received.total"
Change = Callable[[str, str], str | None]


@pytest.fixture(scope="module")
def example() -> Report:
    return read(EXAMPLE)


@pytest.fixture(scope="module")
def made(example: Report) -> bytes:
    return workbook(example.form, example)


def said(found: Extract) -> str:
    return "\n".join([*found.doubts, *found.remarks])


def figures(report: Report) -> dict[str, str]:
    return {key: printed(figure) for key, figure in report.figures.items()}


def number_of(made: bytes, key: str) -> tuple[int, str]:
    """The number of the sheet that a cell stands in, and its address."""
    book = read_workbook(Package.of(made))
    name, place = book.names[name_of(key)]
    return [sheet.name for sheet in book.sheets].index(name) + 1, address(place)


def in_sheet(number: int, change: Callable[[str], str]) -> Change:
    return lambda name, text: (
        change(text) if name.endswith(f"sheet{number}.xml") and "worksheets/sheet" in name else text
    )


def with_cell(made: bytes, key: str, content: str, kind: str = "") -> bytes:
    """The workbook with something else in a cell: the inside of its ``c``, and its type."""
    number, at = number_of(made, key)

    def change(text: str) -> str:
        pattern = rf'<c r="{at}"( s="\d+")?[^>/]*(?:/>|>.*?</c>)'
        assert re.search(pattern, text)
        attribute = f' t="{kind}"' if kind else ""
        return re.sub(
            pattern, lambda found: f'<c r="{at}"{found[1] or ""}{attribute}>{content}</c>', text, count=1
        )

    return changed(made, in_sheet(number, change))


def typed(made: bytes, key: str, text: str) -> bytes:
    return with_cell(made, key, f"<is><t>{text}</t></is>", "inlineStr")


# ── the same report comes back ──────────────────────────────────────────────────────────────────────


def test_all_of_the_example_comes_back(made: bytes, example: Report) -> None:
    found = extract(PATH, made)
    assert found.known == figures(example)
    assert (found.format, found.year, found.agency) == ("2021", 2022, example.agency)
    assert {key: "\n".join(lines) for key, lines in found.texts.items()} == {
        key: "\n".join(line for line in narrative.source.split("\n") if line.strip())
        for key, narrative in example.narrative.items()
    }
    assert found.remarks == ()
    assert found.blocks[0] == "莆田市公安局2022年政府信息公开工作年度报告"
    headings = [
        block for block in found.blocks if isinstance(block, str) and re.match("[一二三四五六]、", block)
    ]
    assert headings == [part.heading for part in example.form.parts if part.heading]


def test_the_blocks_hold_the_tables_as_they_are_printed(made: bytes, example: Report) -> None:
    grids = [block for block in extract(PATH, made).blocks if isinstance(block, Grid)]
    for grid, table in zip(grids, example.form.tables.values(), strict=True):
        assert [(spot.text, spot.row, spot.column, spot.rows, spot.columns) for spot in grid.spots] == [
            (
                printed(example.figures[cell.key]) if cell.kind == "figure" else cell.label,
                cell.row,
                cell.column,
                cell.rows,
                cell.columns,
            )
            for row in table.grid
            for cell in row
        ]


def any_report(form: Form, random: Random) -> Report:
    """A report with any figures that the input takes, some not filled in, totals right or not."""
    found: dict[str, Figure] = {}
    for key, cell in form.cells.items():
        if random.random() < random.choice((0.5, 0.95, 1)):
            number = random.randrange(10 ** random.randint(1, 10)) * (
                -1 if cell.signed and random.random() < 0.5 else 1
            )
            found[key] = Decimal(number).scaleb(-random.randint(0, 8)) if cell.decimal else number
    for key, sum_ in [(key, sum_) for t in form.tables.values() for key, sum_ in totals(t).items()]:
        if random.random() < 0.8:
            found.pop(key, None)
            total = sum(int(found[part]) for part in sum_.right.cells if part in found)
            if all(part in found for part in sum_.right.cells) and total < 10**12:
                found[key] = total
    return Report(form, Path("x.toml"), random.randint(2008, 2099), {"name": "某某局"}, found, {})


def wanted(report: Report) -> dict[str, str]:
    """The figures with the totals that the workbook adds up itself."""
    found = dict(report.figures)
    for table in report.form.tables.values():
        sums = totals(table)
        for _ in sums:
            for key, sum_ in sums.items():
                if key not in found and all(part in found for part in sum_.right.cells):
                    found[key] = sum(int(found[part]) for part in sum_.right.cells)
    return {key: printed(figure) for key, figure in found.items()}


@by_format
@given(seed=st.integers(0, 10**9))
@settings(max_examples=8)
def test_any_figures_come_back_as_they_were(form: Form, seed: int) -> None:
    report = any_report(form, Random(seed))
    found = extract(PATH, workbook(form, report))
    assert found.known == wanted(report)
    assert found.year == report.year


@pytest.mark.parametrize("amount", ["0.00000000", "0.00000070", "7.30", "0.10", "0", "12.5"])
def test_an_amount_keeps_its_last_zeros(amount: str, example: Report) -> None:
    report = replace(example, figures={**example.figures, "active_disclosure.fees": Decimal(amount)})
    assert extract(PATH, workbook(report.form, report)).known["active_disclosure.fees"] == amount


def test_figures_come_back_after_libreoffice_saved_them(tmp_path: Path, example: Report) -> None:
    """A few real conversions: sums that hold, sums that fail, cells not filled in, amounts, negative changes, text."""
    many: dict[str, Report] = {"example": replace(example, year=2023)}
    for form in FORMS:
        for seed in (1, 2):
            found: dict[str, Figure] = {}
            for i, (key, cell) in enumerate(form.cells.items()):
                if (i * seed) % 7 != 3:
                    number = (i * 7919 * seed) % (12 if seed == 1 else 999_999_999)
                    found[key] = (
                        Decimal(number).scaleb(-4) if cell.decimal else -number if cell.signed else number
                    )
            many[f"{form.format}-{seed}"] = Report(form, Path("x.toml"), 2022, {"name": "某某局"}, found, {})
    books = {name: workbook(report.form, report) for name, report in many.items()}
    books["bare"] = without_results(books["example"])
    many["bare"] = many["example"]
    for name, data in saved_by_libreoffice(books, tmp_path).items():
        found_there = extract(PATH, data)
        assert found_there.known == wanted(many[name]), name
        assert found_there.format == many[name].form.format
        assert found_there.agency == {k: v for k, v in many[name].agency.items() if v}
        assert {k: "\n".join(v) for k, v in found_there.texts.items()} == {
            k: n.source.strip("\n") for k, n in many[name].narrative.items()
        }


# ── totals ──────────────────────────────────────────────────────────────────────────────────────────


def test_totals_without_results_are_added_up(made: bytes, example: Report) -> None:
    found = extract(PATH, without_results(made))
    assert found.known == figures(example)
    assert found.remarks == ()


def test_a_total_that_is_old_is_added_up_anew_and_that_is_said(made: bytes) -> None:
    found = extract(PATH, with_cell(made, NATURAL, "<v>25</v>"))
    assert found.known[NATURAL] == found.known[TOTAL] == "25"
    assert "表三·一、本年新收政府信息公开申请数量·总计的合计是旧的，已经重新相加。" in said(found)


def test_a_formula_that_was_typed_over_is_said_and_read_as_it_stands(made: bytes) -> None:
    found = extract(PATH, with_cell(made, TOTAL, "<v>21</v>"))
    assert found.known[TOTAL] == "21"
    assert "表三·一、本年新收政府信息公开申请数量·总计不是公式，是直接填的数，照填的读。" in said(found)


def test_a_formula_of_the_clerks_own_counts_as_it_is_shown(made: bytes) -> None:
    found = extract(PATH, with_cell(made, TOTAL, "<f>D7+1</f><v>20</v>"))
    assert found.known[TOTAL] == "20"
    assert "公式改过" in said(found)
    found = extract(PATH, with_cell(made, NATURAL, "<f>12+7</f><v>19</v>"))
    assert (found.known[NATURAL], found.remarks) == ("19", ())


def test_a_formula_without_a_result_is_not_guessed(made: bytes) -> None:
    found = extract(PATH, with_cell(made, NATURAL, "<f>12+7</f>"))
    assert NATURAL not in found.known
    assert TOTAL not in found.known
    assert "没有它的结果" in said(found)


def test_blank_stays_blank_and_no_total_is_made_of_it(made: bytes) -> None:
    found = extract(PATH, with_cell(made, NATURAL, ""))
    assert NATURAL not in found.known
    assert TOTAL not in found.known
    assert len(found.known) == 198
    grid = [block for block in found.blocks if isinstance(block, Grid)][1]
    assert [spot.text for spot in grid.spots if spot.row == 3][-7:] == ["", "0", "0", "0", "0", "0", ""]
    assert extract(PATH, workbook(FORMS[0])).known == {}


# ── what stands in the cells ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "figure"), [("19", "19"), ("１９件", "19"), ("1,234", "1234"), ("/", None), ("—", None)]
)
def test_text_that_certainly_writes_a_figure_is_one(made: bytes, text: str, figure: str | None) -> None:
    found = extract(PATH, typed(made, NATURAL, text))
    assert found.known.get(NATURAL) == figure
    assert "不是这一格能填的数" not in said(found)


@pytest.mark.parametrize(
    "text", ["约12", "12（其中3件）", "十九", "1.5", "-3", "12万元", "1234567890123", "9" * 5000]
)
def test_what_is_no_figure_of_the_cell_is_said_and_not_read(made: bytes, text: str) -> None:
    found = extract(PATH, typed(made, NATURAL, text))
    assert NATURAL not in found.known
    assert "表三·一、本年新收政府信息公开申请数量·自然人写的不是这一格能填的数，当作未填。" in said(found)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("<v>1.5</v>", ""),
        ("<v>-1</v>", ""),
        ("<v>1</v>", "b"),
        ("<v>#DIV/0!</v>", "e"),
        ("<v>2022-01-01</v>", "d"),
        ("<v>1e300</v>", ""),
    ],
)
def test_numbers_that_the_form_does_not_take_are_said(made: bytes, content: str, kind: str) -> None:
    found = extract(PATH, with_cell(made, NATURAL, content, kind))
    assert NATURAL not in found.known
    assert "写的不是这一格能填的数" in said(found)


def test_amounts_keep_their_digits(made: bytes) -> None:
    for written, read_as in (
        ("0.30000000000000004", "0.3"),
        ("24252.311082", "24252.311082"),
        ("12.0", "12"),
    ):
        assert (
            extract(PATH, with_cell(made, "active_disclosure.fees", f"<v>{written}</v>")).known[
                "active_disclosure.fees"
            ]
            == read_as
        )


# ── names and labels ────────────────────────────────────────────────────────────────────────────────


def without_names(name: str, text: str) -> str:
    return re.sub(r"<definedName .*?</definedName>", "", text) if name == "xl/workbook.xml" else text


@by_format
def test_where_names_are_lost_the_labels_tell(form: Form) -> None:
    report = _numbered(form)
    found = extract(PATH, changed(_numbered_book(form.format), without_names))
    assert found.known == wanted(report)
    assert found.agency == {"name": "某某局"}


@cache
def _numbered_book(format: str) -> bytes:
    report = _numbered(next(form for form in FORMS if form.format == format))
    return workbook(report.form, report)


def _numbered(form: Form) -> Report:
    """A report in which no two figures are equal."""
    return Report(
        form,
        Path("x.toml"),
        2022,
        {"name": "某某局"},
        {key: 1001 + i for i, key in enumerate(form.cells)},
        {},
    )


@by_format
def test_where_labels_are_reworded_the_names_tell(form: Form) -> None:
    report = _numbered(form)
    labels = {
        cell.label
        for table in form.tables.values()
        for row in table.grid
        for cell in row
        if cell.kind == "row"
    }

    def reword(name: str, text: str) -> str:
        for label in labels if name == "xl/sharedStrings.xml" else ():
            text = text.replace(f">{label}<", f">改{label}<")
        return text

    found = extract(PATH, changed(_numbered_book(form.format), reword))
    assert found.known == wanted(report)


def test_where_both_are_lost_nothing_is_read_and_that_is_said(example: Report, made: bytes) -> None:
    label = example.form.tables["requests"].rows["granted"].label.rpartition(" ")[2].partition("·")[2]

    def spoil(name: str, text: str) -> str:
        return without_names(name, text.replace(f">{label}<", ">什么<"))

    found = extract(PATH, changed(made, spoil))
    assert not [key for key in found.known if key.startswith("requests.granted.")]
    assert "表头、行名改过" in said(found)
    assert len(found.known) == 200 - 7
    assert "（七）总计·自然人、" in said(found)
    assert "不能重新相加，照显示的读" in said(found)


@given(data=st.data())
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_cell_that_was_cut_and_pasted_is_read_where_it_stands(data: st.DataObject) -> None:
    """Excel takes the name of a cell along when it is cut and pasted: the labels are right."""
    report = _numbered(FORMS[0])
    made = _numbered_book(report.form.format)
    table = report.form.tables["requests"]
    keys = [cell.key for cell in table.cells if cell.key not in totals(table)]
    one, other = data.draw(st.sampled_from(keys)), data.draw(st.sampled_from(keys))
    (_, start), (_, end) = number_of(made, one), number_of(made, other)
    if one == other:
        return
    moved = with_cell(with_cell(made, other, f"<v>{report.figures[one]}</v>"), one, "")

    def rename(name: str, text: str) -> str:
        if name != "xl/workbook.xml":
            return text
        text = text.replace(f'name="{other}">{_absolute(end)}<', f'name="{other}">#REF!<')
        return text.replace(f'name="{one}">{_absolute(start)}<', f'name="{one}">{_absolute(end)}<')

    found = extract(PATH, changed(moved, rename))
    assert one not in found.known
    assert found.known[other] == str(report.figures[one])
    assert "被移动过，按表头和行名读" in said(found)


def test_of_a_cell_that_was_moved_and_is_not_certain_only_that_is_said(made: bytes) -> None:
    """A program that inserts a row and leaves merged cells and names where they were."""
    spans = re.compile(r'(?<= r=")([A-Z]*)(\d+)(?=")')
    number, _ = number_of(made, "requests.granted.natural")

    def insert(text: str) -> str:
        return spans.sub(lambda found: f"{found[1]}{int(found[2]) + (int(found[2]) >= 9)}", text)

    remarks = extract(PATH, changed(made, in_sheet(number, insert))).remarks
    assert [remark for remark in remarks if "不能确定是哪一格" in remark]
    assert "".join(remarks).count("（一）予以公开·自然人") == 1


def _absolute(at: str) -> str:
    return re.sub(r"([A-Z]+)(\d+)", r"'表三'!$\1$\2", at)


@by_format
@given(data=st.data())
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_rows_and_columns_that_were_put_in_change_nothing(form: Form, data: st.DataObject) -> None:
    report = _numbered(form)
    made = _numbered_book(form.format)
    number = data.draw(st.integers(1, len(form.tables)))
    axis, at = data.draw(st.sampled_from([0, 1])), data.draw(st.integers(0, 12))
    keep_names = data.draw(st.booleans())
    sheet = list(form.tables.values())[number - 1].name
    made = changed(made, lambda name, text: _put_in(name, text, number, sheet, axis, at))
    found = extract(PATH, made if keep_names else changed(made, without_names))
    right = wanted(report)
    assert {key: figure for key, figure in found.known.items() if figure != right[key]} == {}
    if keep_names:
        assert found.known == right


def _put_in(name: str, text: str, number: int, sheet: str, axis: int, at: int) -> str:
    """A row or a column put into a sheet before the one numbered ``at``; merged cells around it grow."""

    def moved(ref: str) -> str:
        place = place_of(ref)
        assert place
        row, column = (index + (i == axis and index >= at) for i, index in enumerate(place))
        return address((row, column))

    if name.endswith(f"worksheets/sheet{number}.xml"):
        text = re.sub(r'(<c r=")([A-Z]+\d+)', lambda m: m[1] + moved(m[2]), text)
        text = re.sub(r'(<mergeCell ref=")(\w+):(\w+)', lambda m: f"{m[1]}{moved(m[2])}:{moved(m[3])}", text)
        if not axis:
            text = re.sub(r'(<row r=")(\d+)', lambda m: m[1] + str(int(m[2]) + (int(m[2]) > at)), text)
    elif name == "xl/workbook.xml":
        text = re.sub(
            rf"({sheet}'!)\$([A-Z]+)\$(\d+)<",
            lambda m: m[1] + re.sub(r"([A-Z]+)(\d+)", r"$\1$\2", moved(m[2] + m[3])) + "<",
            text,
        )
    return text


def test_a_sheet_that_was_copied_is_told_and_not_mixed_up(made: bytes, example: Report) -> None:
    """Excel gives a copied sheet names of its own; those of the workbook stay with the first one."""
    copied = changed(made, _with_a_copy_of_sheet_two)
    found = extract(PATH, copied)
    assert found.known == figures(example)
    assert "另有“表三 (2)”等 1 页" in said(found)
    lost = extract(PATH, changed(copied, without_names))
    assert not [key for key in lost.known if key.startswith("requests.")]
    assert "表三：有几页都像是这张表，没有读。" in said(lost)


def _with_a_copy_of_sheet_two(name: str, text: str) -> str:
    if name == "xl/workbook.xml":
        return text.replace("</sheets>", '<sheet name="表三 (2)" sheetId="77" r:id="rId2"/></sheets>')
    return text


# ── the body, the year, the text ────────────────────────────────────────────────────────────────────


def test_another_year_body_or_version_is_said(made: bytes) -> None:
    found = extract(PATH, with_cell(made, YEAR, "<v>2023</v>"))
    assert found.year == 2023
    assert "是为 2022 年生成的，里面写的是 2023 年" in said(found)
    found = extract(PATH, typed(made, "agency.name", "某某局"))
    assert found.agency["name"] == "某某局"
    assert "是为“莆田市公安局”生成的，里面写的是“某某局”" in said(found)
    found = extract(PATH, typed(made, "reportgen.version", "9"))
    assert "另一个版本的程序" in said(found)
    assert len(found.known) == 200


def test_a_format_without_templates_is_said_and_the_tables_are_read_as_any_others(made: bytes) -> None:
    found = extract(PATH, typed(made, "reportgen.format", "../../etc"))
    assert "没有这个格式的模板" in said(found)
    assert found.known == {}
    assert sum(isinstance(block, Grid) for block in found.blocks) >= 3


def test_a_sheet_that_is_far_too_large_is_named_and_its_table_left_out(made: bytes) -> None:
    rows = "".join(f'<row r="{r}"><c r="A{r}"><v>1</v></c></row>' for r in range(100, 100 + MOST_CELLS))
    found = extract(
        PATH, changed(made, in_sheet(2, lambda text: text.replace("</sheetData>", f"{rows}</sheetData>")))
    )
    assert found.remarks == ("表三：“表三”页太大或已经损坏，没有读。",)
    assert len(found.known) == 25


def test_a_year_that_is_none_is_said(made: bytes) -> None:
    for year in (2007, 2100):
        found = extract(PATH, with_cell(made, YEAR, f"<v>{year}</v>"))
        assert (found.year, f"“{year}”不是年份" in said(found)) == (None, True)
    assert "“二二”不是年份" in said(extract(PATH, typed(made, YEAR, "二二年")))
    assert extract(PATH, workbook(FORMS[0])).year is None


def test_lines_within_a_cell_are_paragraphs_and_words_beside_are_told(made: bytes) -> None:
    book = read_workbook(Package.of(made))
    row = book.names["narrative.problems"][1][0] + 2

    def write(text: str) -> str:
        cell = rf'<c r="B{row}"( s="\d+")?.*?</c>'
        new = f'<c r="B{row}" t="inlineStr"><is><t>第一段。\n\n 第二段。</t></is></c><c r="D{row}" t="inlineStr"><is><t>批注</t></is></c>'
        return re.sub(cell, new, text, count=1)

    found = extract(PATH, changed(made, in_sheet(4, write)))
    assert found.texts["problems"][:2] == ("第一段。", "第二段。")
    assert f"“文字”页第 {row} 行在文字的格以外还写了字，没有读。" in found.remarks


def test_hidden_rows_of_the_tables_are_read_and_told(made: bytes, example: Report) -> None:
    hidden = changed(made, in_sheet(2, lambda text: text.replace('<row r="7"', '<row r="7" hidden="1"')))
    found = extract(PATH, hidden)
    assert found.known == figures(example)
    assert "“表三”页的第 7 行等是隐藏的，照样读了。" in found.remarks


def test_a_workbook_without_the_sheet_of_the_text_is_read_as_far_as_it_goes(
    made: bytes, example: Report
) -> None:
    def rename(name: str, text: str) -> str:
        text = text.replace('<sheet name="文字"', '<sheet name="别的"') if name == "xl/workbook.xml" else text
        return without_names(name, text)

    found = extract(PATH, changed(made, rename))
    assert found.known == figures(example)
    assert "没有找到“文字”页" in said(found)


def test_a_workbook_without_its_year_says_where_to_write_it(made: bytes) -> None:
    found = extract(PATH, with_cell(made, YEAR, ""))
    assert found.year is None
    _, at = number_of(made, YEAR)
    assert f"“文字”页 {at} 格" in found.year_advice
