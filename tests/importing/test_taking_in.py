"""A published report becomes an input file that says the same; what was not read is said, and never guessed."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from reportgen import job
from reportgen.console.commands import commands
from reportgen.importing.taking_in import take_in
from reportgen.model.findings import InputError
from reportgen.reading import parse_input
from reportgen.writing import word

from ..reading.test_published import EXAMPLE, SITE, WORK, body

PAGE = SITE.format(body=body())


def page(folder: Path, content: str = PAGE, name: str = "2022年报.html") -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(commands, list(map(str, arguments)), standalone_mode=False)


def test_the_input_file_says_what_the_page_said(tmp_path: Path) -> None:
    made = take_in(page(tmp_path))
    path = tmp_path / "in.toml"
    path.write_text(made.text, encoding="utf-8")
    again = job.composed(job.load(path)).document.content
    assert made.is_whole
    assert again.figures == WORK.document.content.figures
    assert again.texts == {key: text for key, text in WORK.document.content.texts.items() if text}
    assert again.title == WORK.document.content.title


def test_bound_numbers_print_the_same_text(tmp_path: Path) -> None:
    made = take_in(page(tmp_path), binds=True)
    path = tmp_path / "in.toml"
    path.write_text(made.text, encoding="utf-8")
    assert made.bound >= 3
    assert job.composed(job.load(path)).document.content.texts == {
        key: text for key, text in WORK.document.content.texts.items() if text
    }


def test_numbers_are_bound_in_a_report_that_does_not_name_its_body(tmp_path: Path) -> None:
    nameless = page(tmp_path, PAGE.replace("莆田市<wbr>公安局", "").replace("莆田市公安局", ""))
    made = take_in(nameless, year=2022, binds=True)
    assert "name" not in made.published.agency
    assert made.bound is not None
    assert made.bound >= 3
    assert "本机关" not in made.text.split("[active_disclosure]")[0]
    result = run("import", nameless, "-o", tmp_path / "a.toml", "--bind", "--year", "2022")
    assert f"{made.bound} 个数改成了引用数据" in result.output


def test_another_year_than_the_reports_own_is_refused(tmp_path: Path) -> None:
    assert take_in(page(tmp_path), year=2022).year == 2022
    with pytest.raises(InputError, match="报告里写的是 2022 年，--year 写的是 2023"):
        take_in(page(tmp_path), year=2023)


def test_what_was_not_read_stands_beside_its_place(tmp_path: Path) -> None:
    made = take_in(page(tmp_path, PAGE.replace(">335873<", ">约33万<")))
    assert made.published.unread == {"active_disclosure.licensing": "约33万"}
    assert not made.is_whole
    line = next(line for line in made.text.split("\n") if "licensing" in line)
    assert line.startswith("#")
    assert "约33万" in line
    assert "active_disclosure.licensing" not in parse_input(made.text, tmp_path / "in.toml").figures


def test_the_command_writes_the_file_and_says_what_it_read(tmp_path: Path) -> None:
    result = run("import", page(tmp_path), "--bind")
    assert result.return_value == 0
    assert (tmp_path / "莆田市公安局-2022.toml").is_file()
    assert "读出 200 个" in result.output
    assert "没有读 0 个" in result.output
    assert run("check", tmp_path / "莆田市公安局-2022.toml").return_value == 0


def test_exit_1_where_something_is_left_to_the_clerk(tmp_path: Path) -> None:
    result = run("import", page(tmp_path, PAGE.replace(">335873<", "><")))
    assert result.return_value == 1
    assert "表二·行政许可" in result.output


def test_sums_that_fail_are_said_to_be_the_originals(tmp_path: Path) -> None:
    result = run("import", page(tmp_path, PAGE.replace(">11<", ">12<", 1)))
    assert result.return_value == 1
    assert "原文如此" in result.output


def test_a_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    target = tmp_path / "莆田市公安局-2022.toml"
    target.write_text("mine", encoding="utf-8")
    assert "已经有了" in str(run("import", page(tmp_path)).exception)
    assert target.read_text(encoding="utf-8") == "mine"


def test_several_files_each_get_their_own(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    other = page(tmp_path, "<html><body>开会了</body></html>", "notice.html")
    result = run("import", page(tmp_path), other, "-o", tmp_path / "out")
    assert result.return_value == 2
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["莆田市公安局-2022.toml"]


def test_an_input_file_needs_no_import(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="已经是输入文件"):
        take_in(EXAMPLE)


def test_how_each_figure_was_read_is_explained(tmp_path: Path) -> None:
    result = run("import", page(tmp_path), "--explain")
    assert "表二·行政许可：335873（按行名和表头）" in result.output


# ── the same loader for every command that compares ─────────────────────────────────────────────────


def test_last_years_page_serves_as_the_previous_year(tmp_path: Path) -> None:
    """It carried nothing forward; a 1 that is said to be carried over cannot be."""
    this = tmp_path / "in.toml"
    text = EXAMPLE.read_text(encoding="utf-8").replace("2022", "2023")
    this.write_text(
        text.replace("carried_over        = 0", "carried_over        = [1,0,0,0,0,0,1]"), encoding="utf-8"
    )
    before = run("check", this)
    assert "没有上一年" in before.output
    after = run("check", this, "--previous", page(tmp_path))
    assert "没有上一年" not in after.output
    assert "是 1，而上年（2022年）报告的表三·四、结转下年度继续办理·总计是 0" in after.output


def test_verify_takes_what_import_takes(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(PAGE, encoding="utf-8")
    assert "完全一致" in run("verify", path, EXAMPLE).output
    path.write_text(PAGE.replace(">335873<", ">335874<"), encoding="utf-8")
    result = run("verify", path, EXAMPLE)
    assert result.return_value == 1
    assert "335874" in result.output


def test_verify_does_not_call_the_same_what_was_not_read(tmp_path: Path) -> None:
    result = run("verify", page(tmp_path, PAGE.replace(">335873<", ">约33万<")), EXAMPLE)
    assert result.return_value == 1
    assert "约33万" in result.output


def test_exchanged_heads_are_seen_by_verify(tmp_path: Path) -> None:
    """The figures in the order of the form, below heads in another: what is published says something else."""
    changed = (
        PAGE.replace("本年制发件数", "X").replace("本年废止件数", "本年制发件数").replace("X", "本年废止件数")
    )
    assert run("verify", page(tmp_path, changed), EXAMPLE).return_value == 1


def test_exchanged_heads_of_a_word_file_are_seen_by_verify(tmp_path: Path) -> None:
    import docx

    document = docx.Document(io.BytesIO(word.render(WORK.document)))
    one, other = document.tables[1].rows[2].cells[-1], document.tables[1].rows[2].cells[-2]
    path = tmp_path / "report.docx"
    document.save(str(path))
    assert run("verify", path, EXAMPLE).return_value == 0
    first, second = one.text, other.text
    assert (first, second) == ("总计", "其他")
    for cell, text in ((one, second), (other, first)):
        runs = cell.paragraphs[0].runs
        runs[0].text = text
        for left in runs[1:]:
            left.text = ""
    document.save(str(path))
    result = run("verify", path, EXAMPLE)
    assert result.return_value == 1
    assert "它们的次序和规定的不同" in result.output


def test_a_word_file_of_any_name_is_verified_as_one(tmp_path: Path) -> None:
    """WPS gives its own files, which are .docx inside, another ending."""
    path = tmp_path / "report.wps"
    path.write_bytes(word.render(WORK.document))
    assert run("verify", path, EXAMPLE).return_value == 0


def test_diff_of_a_page_and_a_word_file(tmp_path: Path) -> None:
    other = tmp_path / "report.docx"
    other.write_bytes(word.render(WORK.document))
    assert run("diff", page(tmp_path), other).return_value == 0


def test_a_new_year_from_last_years_page(tmp_path: Path) -> None:
    result = run("new", "--from", page(tmp_path), "-o", tmp_path / "in.toml")
    assert result.return_value == 0
    assert "year   = 2023" in (tmp_path / "in.toml").read_text(encoding="utf-8")


# ── struck out ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "struck",
    ["<s>335872</s>", "<del>335872</del>", '<span style="text-decoration: line-through">335872</span>'],
)
def test_what_a_page_strikes_through_is_never_joined_with_what_stands_beside_it(
    struck: str, tmp_path: Path
) -> None:
    path = page(tmp_path, PAGE.replace(">335873<", f">{struck}335873<"))
    made = take_in(path)
    assert made.published.unread == {"active_disclosure.licensing": "〔划掉：335872〕335873"}
    verified = run("verify", path, EXAMPLE)
    assert verified.return_value == 1
    assert "〔划掉：335872〕335873" in verified.output


def test_a_figure_that_is_only_struck_through_is_not_read(tmp_path: Path) -> None:
    made = take_in(page(tmp_path, PAGE.replace(">335873<", "><s>335873</s><")))
    assert set(made.published.unread) == {"active_disclosure.licensing"}


def test_what_a_word_file_strikes_through_is_told(tmp_path: Path) -> None:
    import docx

    document = docx.Document(io.BytesIO(word.render(WORK.document)))
    cell = next(c for r in document.tables[0].rows for c in r.cells if c.text.strip() == "335873")
    cell.paragraphs[0].runs[0].font.strike = True
    cell.paragraphs[0].add_run("335874")
    path = tmp_path / "report.docx"
    document.save(str(path))
    made = take_in(path)
    assert made.published.figures["active_disclosure.licensing"] == "335874"
    assert any("划了删除线的文字“335873”" in remark for remark in made.published.remarks)


def test_who_has_no_name_is_asked_for_it_first(tmp_path: Path) -> None:
    nameless = page(tmp_path, PAGE.replace("莆田市<wbr>公安局", "").replace("莆田市公安局", ""))
    result = run("import", nameless, "--year", "2022")
    assert "下一步：先在 [agency] 下面写上机关名称" in result.output
    assert (tmp_path / "2022年报.toml").is_file()
    assert "先在 [agency]" not in run("import", page(tmp_path), "-o", tmp_path / "b.toml").output
