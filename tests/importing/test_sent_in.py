"""What departments fill in goes into the input file that is there, and nothing else in it changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from reportgen.importing.new import empty
from reportgen.reading import parse_input, read
from reportgen.writing.sheet import workbook

from ..conftest import Run

EXAMPLE = Path(__file__).parents[2] / "inputs" / "putian-psb-2022.toml"
Filled = Callable[..., Path]


def written(folder: Path, *changes: tuple[str, str], name: str = "本局-2022.toml") -> Path:
    """The example with other lines."""
    text = EXAMPLE.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    """An input file as ``new`` makes it, with nothing filled in."""
    path = tmp_path / "本局-2022.toml"
    path.write_text(empty("莆田市公安局", 2022).text, encoding="utf-8")
    return path


@pytest.fixture
def sheet(tmp_path: Path) -> Filled:
    """Makes the workbook of a department: the example's figures of some rows only, and of the text what is given."""

    def sheet(name: str, *rows: str, year: int = 2022, text: str = "", body: str = "") -> Path:
        source = EXAMPLE.read_text(encoding="utf-8")
        head, _, rest = source.partition("[active_disclosure]")
        tables, _, _ = ("[active_disclosure]" + rest).partition("[narrative]")
        kept = [
            line for line in tables.split("\n") if line.startswith("[") or line.split("=")[0].strip() in rows
        ]
        head = head.replace("year   = 2022", f"year   = {year}")
        head = head.replace("莆田市公安局", body) if body else head
        made = "\n".join([head, *kept, "[narrative]", text])
        report = parse_input(made, tmp_path / "科室.toml")
        path = tmp_path / name
        path.write_bytes(workbook(report.form, report))
        return path

    return sheet


def test_what_two_departments_filled_in_is_put_into_the_rows_that_wait_for_it(
    run: Run, blank: Path, sheet: Filled
) -> None:
    before = blank.read_text(encoding="utf-8")
    one, other = sheet("甲.xlsx", "licensing", "granted"), sheet("乙.xlsx", "penalties", "review")
    status, said = run("import", one, other, "--into", blank)
    after = blank.read_text(encoding="utf-8")
    assert status == 0, said
    assert "表二·行政许可  未填 → 335873" in said
    assert "表三·（一）予以公开·总计  未填 → 6" in said
    assert "表二·行政处罚  未填 → 235627" in said
    found, example = read(blank), read(EXAMPLE)
    taken = {"licensing", "granted", "penalties", "review"}
    assert found.figures == {
        key: figure for key, figure in example.figures.items() if key.split(".")[1] in taken
    }
    changed = [(a, b) for a, b in zip(before.split("\n"), after.split("\n"), strict=True) if a != b]
    assert len(changed) == 4 + len(example.agency) - 1  # the name was there
    assert all(old.partition("   #")[2] == new.partition("   #")[2] for old, new in changed)
    backup = blank.with_name("本局-2022（备份1）.toml")
    assert backup.read_text(encoding="utf-8") == before
    assert f"原来的文件在 {backup}" in said


def test_the_second_time_there_is_nothing_to_take_in(run: Run, blank: Path, sheet: Filled) -> None:
    one = sheet("甲.xlsx", "licensing", "granted")
    run("import", one, "--into", blank)
    before, files = blank.read_bytes(), sorted(blank.parent.iterdir())
    status, said = run("import", one, "--into", blank)
    assert (status, "没有要收进" in said) == (0, True), said
    assert (blank.read_bytes(), sorted(blank.parent.iterdir())) == (before, files)


def test_a_blank_changes_nothing_and_comments_and_settings_stay(
    run: Run, tmp_path: Path, sheet: Filled
) -> None:
    path = written(tmp_path, ("335873 ", "335870 "))
    path.write_text(path.read_text("utf-8") + '\n[checks]\nW03 = "off"   # 说过了\n', encoding="utf-8")
    before = path.read_text(encoding="utf-8")
    status, said = run("import", sheet("甲.xlsx", "licensing"), "--into", path)
    assert (status, said.count("→")) == (0, 1), said
    assert "表二·行政许可  335870 → 335873" in said
    assert path.read_text(encoding="utf-8") == before.replace("335870 ", "335873 ")


def test_of_two_files_that_disagree_neither_is_taken_and_both_are_named(
    run: Run, tmp_path: Path, blank: Path, sheet: Filled
) -> None:
    other = tmp_path / "乙.xlsx"
    report = read(written(tmp_path, ("335873 ", "335874 "), name="别的.toml"))
    other.write_bytes(workbook(report.form, report))
    status, said = run("import", sheet("甲.xlsx", "licensing", "penalties"), other, "--into", blank)
    assert status == 1
    assert "说的不一样，1 处都没有收" in said
    assert "表二·行政许可：甲.xlsx 是“335873”；乙.xlsx 是“335874”" in said
    figures = read(blank).figures
    assert "active_disclosure.licensing" not in figures
    assert figures["active_disclosure.penalties"] == 235627


def test_totals_that_no_department_can_add_up_are_added_up_when_all_is_there(
    run: Run, blank: Path, sheet: Filled
) -> None:
    rows = [key for key in read(EXAMPLE).form.tables["requests"].rows if key != "total_processed"]
    status, said = run("import", sheet("甲.xlsx", *rows[:9]), sheet("乙.xlsx", *rows[9:]), "--into", blank)
    assert status == 0, said
    assert "7 个总计文件里没有，由程序相加：表三·（七）总计（全行）" in said
    wanted = {key: each for key, each in read(EXAMPLE).figures.items() if key.startswith("requests.")}
    assert read(blank).figures == wanted


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"year": 2021}, "里面是莆田市公安局 2021 年的报告，本局-2022.toml 是莆田市公安局 2022 年的。"),
        ({"body": "莆田市财政局"}, "里面是莆田市财政局 2022 年的报告"),
    ],
)
def test_another_year_or_body_is_refused_before_anything_is_written(
    run: Run, blank: Path, sheet: Filled, other: dict[str, str], why: str
) -> None:
    good = sheet("甲.xlsx", "licensing")
    wrong = sheet("乙.xlsx", "penalties", **other)
    before, files = blank.read_bytes(), sorted(blank.parent.iterdir())
    status, said = run("import", good, wrong, "--into", blank)
    assert status == 2
    assert why in said
    assert (blank.read_bytes(), sorted(blank.parent.iterdir())) == (before, files)


def test_texts_that_two_departments_changed_in_different_places_are_merged(
    run: Run, tmp_path: Path, sheet: Filled
) -> None:
    base = "overview = '''\n（一）主动公开方面。（待填写）\n（二）监督保障方面。（待填写）\n'''\n"
    head = EXAMPLE.read_text(encoding="utf-8").partition("[active_disclosure]")[0]
    path = tmp_path / "本局-2022.toml"
    path.write_text(f"{head}[narrative]\n{base}", encoding="utf-8")
    one = sheet("甲.xlsx", text=base.replace("公开方面。（待填写）", "公开方面。办了三件事。"))
    two = sheet("乙.xlsx", text=base.replace("保障方面。（待填写）", "保障方面。开了两次会。"))
    status, said = run("import", one, two, "--into", path)
    assert status == 0, said
    both = "（一）主动公开方面。办了三件事。\n（二）监督保障方面。开了两次会。"
    assert read(path).narrative["overview"].source.strip() == both
    three = sheet("丙.xlsx", text=base.replace("公开方面。（待填写）", "公开方面。办了四件事。"))
    path.write_text(f"{head}[narrative]\n{base}", encoding="utf-8")
    before = path.read_bytes()
    status, said = run("import", one, three, "--into", path)
    assert (status, path.read_bytes()) == (1, before)
    assert "甲.xlsx" in said.split("总体情况：")[1]
    assert "丙.xlsx" in said.split("总体情况：")[1]


def test_a_published_page_of_the_report_goes_in_too_and_expressions_stay(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "稿"
    source = written(tmp_path, name="源-2022.toml")
    assert run("build", source, "-o", out)[0] == 0
    page = next(path for path in out.iterdir() if path.suffix == ".docx" and "核对单" not in path.name)
    path = written(tmp_path, ("335873 ", "335870 "))
    before = path.read_text(encoding="utf-8")
    status, said = run("import", page, "--into", path)
    assert status == 0, said
    assert path.read_text(encoding="utf-8") == before.replace("335870 ", "335873 ")


def test_an_input_that_is_there_is_not_a_dead_end(run: Run, blank: Path, sheet: Filled) -> None:
    book = sheet("甲.xlsx", "licensing")
    status, said = run("import", book, "-o", blank)
    assert status == 2
    assert f'请运行 reportgen import "{book}" --into "{blank}"' in said


def test_a_workbook_that_is_of_another_year_than_the_name_says_is_told_first(
    run: Run, tmp_path: Path, sheet: Filled
) -> None:
    target = tmp_path / "本局-2023.toml"
    status, said = run("import", sheet("甲.xlsx", "licensing"), "-o", target)
    assert status == 1
    first = "注意：“本局-2023.toml”是 2023 年的文件名，里面是 2022 年的报告"
    assert said.startswith(first)
    assert f"# {first}" in target.read_text(encoding="utf-8")


@pytest.mark.parametrize("options", [["-o", "甲.toml"], ["--bind"], ["--explain"]])
def test_what_has_no_place_beside_it_is_refused(
    run: Run, blank: Path, sheet: Filled, options: list[str]
) -> None:
    status, said = run("import", sheet("甲.xlsx", "licensing"), "--into", blank, *options)
    assert (status, "写了 --into" in said) == (2, True)


def test_the_line_of_what_is_missing_is_that_of_the_row_that_waits(
    run: Run, blank: Path, sheet: Filled
) -> None:
    run("import", sheet("甲.xlsx", "new_received"), "--into", blank)
    lines = blank.read_text(encoding="utf-8").split("\n")
    line = next(i for i, text in enumerate(lines, 1) if text.startswith("# total_processed"))
    assert f"第 {line} 行  表三·（七）总计" in run("check", blank)[1]


def test_what_the_input_does_not_say_of_the_body_is_taken_and_what_it_says_stays(
    run: Run, blank: Path, sheet: Filled
) -> None:
    example = read(EXAMPLE).agency
    book = sheet("甲.xlsx", "licensing")
    status, said = run("import", book, "--into", blank)
    assert (status, f"电话  没有写 → {example['phone']}" in said) == (0, True), said
    assert read(blank).agency == example
    text = blank.read_text(encoding="utf-8")
    assert f'phone      = "{example["phone"]}"   # 电话\n' in text
    blank.write_text(text.replace(example["phone"], "0594-1"), encoding="utf-8")
    before = blank.read_bytes()
    assert (
        f"电话是“{example['phone']}”，输入文件里是“0594-1”，没有收" in run("import", book, "--into", blank)[1]
    )
    assert blank.read_bytes() == before


def test_a_json_input_takes_it_in_too(run: Run, tmp_path: Path, sheet: Filled) -> None:
    path = tmp_path / "本局-2022.json"
    path.write_text('{"format": "2021", "year": 2022, "agency": {"name": "莆田市公安局"}}', encoding="utf-8")
    status, said = run("import", sheet("甲.xlsx", "licensing", "granted", "review"), "--into", path)
    assert status == 0, said
    found, example = read(path), read(EXAMPLE)
    assert found.agency == example.agency
    assert len(found.figures) == 1 + 7 + 5
    assert all(found.figures[key] == example.figures[key] for key in found.figures)
