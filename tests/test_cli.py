"""The commands as the clerk meets them: Chinese words, exit statuses, pipes, narrow and GBK consoles."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import docx
import polib
import pytest

import reportgen
from reportgen import cli, console, libreoffice

from .conftest import Run, published

EXAMPLE = Path(__file__).parents[1] / "inputs" / "putian-psb-2022.toml"
TEXT = EXAMPLE.read_text(encoding="utf-8")
LOCALE = Path(reportgen.__file__).parent / "locale" / "zh_CN" / "LC_MESSAGES"
NAME = "莆田市公安局2022年政府信息公开工作年度报告"


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """The example with one wrong figure."""
    path = tmp_path / "wrong.toml"
    path.write_text(TEXT.replace("[ 11,    0,", "[ 12,    0,"), encoding="utf-8")
    return path


# ── exit statuses ───────────────────────────────────────────────────────────────────────────────────


def test_the_example_has_no_error(run: Run) -> None:
    status, said = run("check", EXAMPLE)
    assert status == 0
    assert "已查：" in said
    assert "勾稽关系 42 项，全部成立" in said
    assert "表二的 10 个数没有勾稽关系" in said
    assert "错误 0" in said


def test_a_report_with_errors_gives_status_one_and_the_cure(run: Run, broken: Path) -> None:
    status, said = run("check", broken)
    assert status == 1
    assert said.count("只需把 表三·（四）无法提供 1.本机关不掌握相关政府信息·自然人 由 12 改为 11") == 1, (
        "said once"
    )
    assert "第 " in said


@pytest.mark.parametrize("command", ["check", "build"])
def test_an_input_that_cannot_be_used_gives_status_two_and_all_problems(
    run: Run, tmp_path: Path, command: str
) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(TEXT.replace("= 335873", "＝ 335873").replace("= 235627", "= true"), encoding="utf-8")
    status, said = run(command, path)
    assert status == 2
    nothing = "，没有生成文件" if command == "build" else ""
    assert f"{path} 不能用{nothing}。请改正下面 2 处，再运行一次。" in said
    assert "改为：licensing           = 335873" in said
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    "arguments", [["chek"], ["check"], ["check", "--jsn", "x"], ["check", "a", "b"], ["rules", "Z99"]]
)
def test_a_command_that_cannot_be_used_gives_status_two(run: Run, arguments: list[str]) -> None:
    status, said = run(*arguments)
    assert status == 2
    assert "错误：" in said


@pytest.mark.parametrize(
    "arguments", [["--help"], ["check", "--help"], ["build", "-h"], ["--version"], ["rules"]]
)
def test_help_gives_status_zero(run: Run, arguments: list[str]) -> None:
    assert run(*arguments)[0] == 0


# ── JSON ────────────────────────────────────────────────────────────────────────────────────────────


def test_json_is_one_object_as_designed(run: Run, broken: Path) -> None:
    status, said = run("check", broken, "--json")
    result = json.loads(said)
    assert status == 1
    assert list(result) == ["input", "format", "year", "agency", "summary", "findings"]
    assert (result["format"], result["year"], result["agency"]) == ("2021", 2022, "莆田市公安局")
    assert result["summary"]["error"] == 2
    finding = result["findings"][0]
    assert list(finding) == ["rule", "severity", "message", "cells", "line", "expected", "actual", "fix"]
    assert finding["fix"] == {"cell": "requests.unavailable_not_held.natural", "from": 12, "to": 11}
    assert finding["line"] == TEXT[: TEXT.index("unavailable_not_held")].count("\n") + 1


def test_json_speaks_of_an_unusable_input_too(run: Run, tmp_path: Path) -> None:
    status, said = run("check", tmp_path / "no.toml", "--json")
    result = json.loads(said)
    assert status == 2
    assert (result["format"], result["year"], result["agency"]) == (None, None, None)
    assert result["findings"][0]["message"] == "没有这个文件。请核对文件名和所在的文件夹。"


def test_the_published_errors_of_hongze_come_out_of_the_command(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "hongze.json"
    path.write_text(json.dumps(published("hongze-district-2023"), ensure_ascii=False), encoding="utf-8")
    _, said = run("check", path, "--json")
    errors = [f for f in json.loads(said)["findings"] if f["rule"] == "T01"]
    assert [(f["expected"], f["actual"]) for f in errors] == [(11, 0), (5, 0)]


# ── build ───────────────────────────────────────────────────────────────────────────────────────────


def test_a_draft_is_written_beside_the_input_and_its_files_are_named(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "input.toml"
    path.write_text(TEXT, encoding="utf-8")
    status, said = run("build", path)
    assert status == 0
    for suffix in (".docx", ".html"):
        file = tmp_path / f"{NAME}（送审稿1）{suffix}"
        assert file.is_file()
        assert str(file) in said


def test_a_draft_with_errors_is_written_and_a_final_is_refused(
    run: Run, broken: Path, tmp_path: Path
) -> None:
    assert run("build", broken, "-o", tmp_path / "out")[0] == 1
    assert (tmp_path / "out" / f"{NAME}（送审稿1）.docx").is_file()
    status, said = run("build", broken, "-o", tmp_path / "out", "--final")
    assert status == 1
    assert "没有生成定稿：请先改正上面的错误" in said
    assert not (tmp_path / "out" / f"{NAME}.docx").exists()


def test_a_build_says_which_draft_it_is_and_what_to_do_next(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "input.toml"
    path.write_text(TEXT, encoding="utf-8")
    _, said = run("build", path)
    assert "送审稿1已生成。文件：" in said
    assert "下一步：把 Word 送审稿和核对单送审。" in said
    _, said = run("build", path)
    assert "内容和上一次相同，仍是送审稿1。" in said
    path.write_text(TEXT.replace("801条", "802条"), encoding="utf-8")
    _, said = run("build", path)
    assert "送审稿2已生成。文件：" in said
    assert str(tmp_path / f"{NAME}（送审稿2）修订对照.docx") in said
    _, said = run("build", path, "--final")
    assert "定稿已生成。文件：" in said
    assert "用 reportgen verify 核对" in said


def test_a_build_beside_an_edited_draft_says_how_to_take_its_corrections_in(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "input.toml"
    path.write_text(TEXT, encoding="utf-8")
    run("build", path)
    draft = tmp_path / f"{NAME}（送审稿1）.docx"
    document = docx.Document(str(draft))
    paragraph = next(p for p in document.paragraphs if "801条" in p.text)
    for part in paragraph.runs:
        part.text = part.text.replace("801条", "802条")
    document.save(str(draft))
    edited = draft.read_bytes()
    _, said = run("build", path)
    assert f"{draft} 生成以后被改过，没有动它。其中 1 处改动还没有收进输入文件，请运行：" in said
    assert f'reportgen pull "{draft}" "{path}"' in said
    assert draft.read_bytes() == edited
    assert run("pull", draft, path, "--write")[0] == 0
    _, said = run("build", path)
    assert f"{draft} 生成以后被改过" not in said
    assert "802条" in path.read_text(encoding="utf-8")


def test_a_final_edited_by_hand_is_refused_with_what_to_do(run: Run, tmp_path: Path) -> None:
    assert run("build", EXAMPLE, "-o", tmp_path, "--final")[0] == 0
    page = tmp_path / f"{NAME}.html"
    page.write_bytes(page.read_bytes().replace("801条".encode(), "802条".encode()))
    status, said = run("build", EXAMPLE, "-o", tmp_path, "--final")
    assert status == 2
    assert f"{page} 生成以后被改过" in said
    assert "请把它改名或移到别处，再运行一次" in said


def test_a_final_has_the_official_name(run: Run, tmp_path: Path) -> None:
    assert run("build", EXAMPLE, "-o", tmp_path, "--final")[0] == 0
    assert (tmp_path / f"{NAME}.docx").is_file()
    assert (tmp_path / f"{NAME}.html").is_file()


# ── the final and the drafts ────────────────────────────────────────────────────────────────────────


@pytest.fixture
def reviewed(run: Run, tmp_path: Path) -> Path:
    """An input file whose first draft came back with a correction."""
    path = tmp_path / "input.toml"
    path.write_text(TEXT, encoding="utf-8")
    assert run("build", path)[0] == 0
    draft = tmp_path / f"{NAME}（送审稿1）.docx"
    document = docx.Document(str(draft))
    paragraph = next(p for p in document.paragraphs if "801条" in p.text)
    for part in paragraph.runs:
        part.text = part.text.replace("801条", "802条")
    document.save(str(draft))
    return path


def test_a_final_says_that_it_equals_the_last_draft(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "input.toml"
    path.write_text(TEXT, encoding="utf-8")
    run("build", path)
    for _ in range(2):
        status, said = run("build", path, "--final")
        assert status == 0
        assert "定稿与送审稿1一致。" in said
        assert "没有覆盖" not in said


def test_a_final_without_drafts_says_so(run: Run, tmp_path: Path) -> None:
    status, said = run("build", EXAMPLE, "-o", tmp_path, "--final")
    assert status == 0
    assert "没有送审稿可以对照：定稿的数据和文字没有经过送审。" in said


def test_a_final_lists_what_stood_in_no_draft(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "input.toml"
    path.write_text(TEXT, encoding="utf-8")
    run("build", path)
    path.write_text(TEXT.replace("801条", "803条"), encoding="utf-8")
    run("build", path)
    path.write_text(
        TEXT.replace("62个政务新媒体", "63个政务新媒体").replace(
            "coercion            = 140", "coercion = 141"
        ),
        encoding="utf-8",
    )
    status, said = run("build", path, "--final")
    assert status == 0
    assert "注意：定稿与最后的送审稿2有 3 处不同，其中 2 处没有经过送审：" in said
    lines = said.splitlines()
    for change, is_new in (("〔803→801〕条", 0), ("〔62→63〕个政务新媒体", 1), ("行政强制  140 → 141", 1)):
        (line,) = (line for line in lines if change in line)
        assert line.endswith("（在哪一稿里都没有出现过）") == is_new, "each is told once"
    last = said[said.index("定稿已生成") :]
    assert "这份定稿有 2 处没有经过送审" in last


def test_a_final_is_refused_while_a_correction_is_open_and_nothing_is_written(
    run: Run, reviewed: Path, tmp_path: Path
) -> None:
    draft = tmp_path / f"{NAME}（送审稿1）.docx"
    before = sorted(tmp_path.iterdir())
    status, said = run("build", reviewed, "--final")
    assert status == 1
    assert f"{draft} 里有 1 处改动还没有收进输入文件：" in said
    assert "〔801→802〕条" in said
    assert f'reportgen pull "{draft}" "{reviewed}"' in said
    assert "没有生成定稿：请先把上面的改动收进来，或者核对以后加 --despite-open 照样生成" in said
    assert sorted(tmp_path.iterdir()) == before
    assert run("pull", draft, reviewed, "--write")[0] == 0
    status, said = run("build", reviewed, "--final")
    assert status == 0
    assert "定稿与退回的送审稿1一致。" in said


def test_a_clerk_may_leave_a_correction_open_and_the_check_sheet_says_so(
    run: Run, reviewed: Path, tmp_path: Path
) -> None:
    status, said = run("build", reviewed, "--final", "--despite-open")
    assert status == 0
    assert "里有 1 处改动还没有收进输入文件：" in said
    assert "定稿已生成。" in said
    sheet = (tmp_path / f"{NAME}核对单.html").read_text(encoding="utf-8")
    assert f"{NAME}（送审稿1）.docx：还有 1 处改动没有收进，经办人决定照此定稿。" in sheet


def test_a_draft_that_cannot_be_read_stops_the_final_too(run: Run, reviewed: Path, tmp_path: Path) -> None:
    (tmp_path / f"{NAME}（送审稿1）.docx").write_bytes(b"\xd0\xcf\x11\xe0encrypted")
    status, said = run("build", reviewed, "--final")
    assert status == 1
    assert "里面的改动收进来没有，看不出来" in said
    assert run("build", reviewed, "--final", "--despite-open")[0] == 0


def test_open_corrections_are_left_of_a_final_only(run: Run, reviewed: Path) -> None:
    status, said = run("build", reviewed, "--despite-open")
    assert status == 2
    assert "--despite-open 要和 --final 一起用" in said
    _, said = run("build", "--help")
    assert "送审稿里还有改动没有收进，也生成定稿" in said


def test_an_older_final_is_kept_and_the_terminal_says_where(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "input.toml"
    path.write_text(TEXT, encoding="utf-8")
    run("build", path, "--final")
    old = (tmp_path / f"{NAME}.docx").read_bytes()
    path.write_text(TEXT.replace("801条", "803条"), encoding="utf-8")
    status, said = run("build", path, "--final")
    assert status == 0
    assert "原来的定稿内容不同，没有覆盖，改名保留：" in said
    (kept,) = tmp_path.glob(f"{NAME}（20?? -*定稿）.docx".replace("?? -", "??-"))
    assert str(kept) in said
    assert kept.read_bytes() == old


def test_notes_in_a_check_sheet_are_no_corrections_to_pull(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "input.toml"
    path.write_text(TEXT, encoding="utf-8")
    run("build", path)
    sheet = tmp_path / f"{NAME}（送审稿1）核对单.docx"
    document = docx.Document(str(sheet))
    document.paragraphs[0].add_run("（已核）")
    document.save(str(sheet))
    _, said = run("build", path)
    assert f"{sheet} 生成以后被改过，或不是本程序生成的，没有动它。" in said
    assert "reportgen pull" not in said.replace("用 reportgen pull 收进", "")
    assert run("build", path, "--final")[0] == 0


def test_what_was_written_and_kept_is_said_when_there_is_no_pdf(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "input.toml"
    path.write_text(TEXT, encoding="utf-8")
    run("build", path, "--final")
    path.write_text(TEXT.replace("801条", "803条"), encoding="utf-8")
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(libreoffice, "_PLACES", ())
    status, said = run("build", path, "--final", "--pdf")
    assert status == 2
    assert "原来的定稿内容不同，没有覆盖，改名保留：" in said
    assert said.rstrip().endswith("请用 Word 或 WPS 打开 Word 文件，另存为 PDF。")


# ── last year's file ────────────────────────────────────────────────────────────────────────────────


def test_last_years_file_is_found_beside_the_input(run: Run, tmp_path: Path) -> None:
    this, last = tmp_path / "putian-2022.toml", tmp_path / "putian-2021.toml"
    this.write_text(
        TEXT.replace(
            "我局把政府信息公开", "上年收到{{ last.requests.new_received.total }}件，我局把政府信息公开"
        ),
        encoding="utf-8",
    )
    status, said = run("check", this)
    assert status == 2
    assert "请在命令后面加 --previous 文件" in said
    last.write_text(
        TEXT.replace("= 2022 ", "= 2021 ").replace("year   = 2022", "year = 2021"), encoding="utf-8"
    )
    status, said = run("check", this)
    assert status != 2
    assert f"上一年：{last}" in said


def test_last_years_file_that_cannot_be_used_is_an_error(run: Run, tmp_path: Path) -> None:
    status, said = run("check", EXAMPLE, "--previous", tmp_path / "no.toml")
    assert status == 2
    assert "no.toml" in said


# ── the words ───────────────────────────────────────────────────────────────────────────────────────


MISUSE = [
    ["chek"],
    ["check"],
    ["check", "--jsn"],
    ["check", "a", "b"],
    ["build", "x", "-o"],
    ["build", "--final=1"],
    ["build", "x", "--templates", "/no/folder"],
    ["check", "x", "--templates", __file__],
    ["opinions", "x", "--accept", "一"],
]


@pytest.mark.parametrize(
    "arguments",
    [[], ["rules"], ["--version"], *MISUSE, *([name, "--help"] for name in cli.commands.commands)],
)
def test_every_word_of_help_and_usage_is_chinese(run: Run, arguments: list[str]) -> None:
    _, said = run(*arguments)
    names = [
        "reportgen",
        *cli.commands.commands,
        "Word",
        "Excel",
        "JSON",
        "HTML",
        "PDF",
        "LibreOffice",
        "checks",
        "CMS",
        "CSV",
    ]
    said = re.sub(r"[a-z-]+\.(docx|html|toml)|--?[a-z]+|'[^']*'|\b[A-Z]\d\d\b", "", said)
    assert set(re.findall("[A-Za-z]{2,}", said)) <= set(names)


def test_the_compiled_words_are_those_of_the_po_file() -> None:
    po = {
        entry.msgid: entry.msgstr or entry.msgstr_plural
        for entry in polib.pofile(str(LOCALE / "reportgen.po"))
    }
    mo = {
        entry.msgid: entry.msgstr or entry.msgstr_plural
        for entry in polib.mofile(str(LOCALE / "reportgen.mo"))
    }
    assert po == mo


def test_what_click_can_say_to_a_clerk_is_translated() -> None:
    """Click's messages about usage, as its source has them; other modules of it speak to programmers."""
    known = {entry.msgid for entry in polib.pofile(str(LOCALE / "reportgen.po"))}
    source = Path(click.__file__).with_name("exceptions.py").read_text(encoding="utf-8")
    said = {
        node.args[0].value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("_", "ngettext")
        and isinstance(node.args[0], ast.Constant)
    }
    assert len(said) > 10
    assert said <= known


# ── consoles ────────────────────────────────────────────────────────────────────────────────────────


def process(*arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "reportgen", *map(str, arguments)],
        capture_output=True,
        env={**os.environ, **environment},
        check=False,
    )


def test_python_m_works_too() -> None:
    result = process("check", EXAMPLE, PYTHONIOENCODING="utf-8")
    assert result.returncode == 0
    assert "已查：" in result.stdout.decode()


def test_a_gbk_console_shows_what_it_can_and_nothing_fails(tmp_path: Path) -> None:
    path = tmp_path / "input.toml"
    path.write_text(
        TEXT.replace('name     = "莆田市公安局"', 'name     = "𠀀莆田😀市公安局"'), encoding="utf-8"
    )
    result = process("check", path, PYTHONIOENCODING="gbk")
    assert result.returncode in (0, 1)
    assert "莆田" in result.stdout.decode("gbk")
    data = json.loads(process("check", path, "--json", PYTHONIOENCODING="gbk").stdout.decode("gbk"))
    assert data["agency"] == "𠀀莆田😀市公安局"


def test_a_reader_that_goes_away_is_no_error_message() -> None:
    command = f'"{sys.executable}" -m reportgen rules | head -n 1 >/dev/null'
    result = subprocess.run(command, shell=True, capture_output=True, check=False)
    assert b"Traceback" not in result.stderr


def test_a_narrow_terminal_is_respected(monkeypatch: pytest.MonkeyPatch) -> None:
    wcwidth = pytest.importorskip("wcwidth")
    text = console.wrapped(
        "表三·（一）予以公开：总计是 7，六类申请人之和是 6，前者多 1。" * 4, "  ", "    ", 40
    )
    assert all(wcwidth.wcswidth(line) <= 40 for line in text.split("\n"))
    assert len(text.split("\n")) > 5


def test_a_pipe_gets_one_line_a_finding(run: Run, broken: Path) -> None:
    _, said = run("check", broken)
    assert any(line.startswith("  第 ") and len(line) > 60 for line in said.split("\n"))


# ── the year ────────────────────────────────────────────────────────────────────────────────────────


def test_a_year_left_as_it_was_stops_the_final_and_names_both(run: Run, tmp_path: Path) -> None:
    last, this = tmp_path / "本局-2022.toml", tmp_path / "本局-2023.toml"
    last.write_text(TEXT, encoding="utf-8")
    this.write_text(TEXT, encoding="utf-8")
    status, said = run("build", this, "--final")
    assert status == 1
    assert "年份写的是2022年，而文件名是“本局-2023”，上年的文件“本局-2022”是2022年的。" in said
    assert "请把年份改成 2023。" in said
    assert not list(tmp_path.glob("*.docx"))


def test_finals_in_the_folder_the_build_writes_to_are_looked_at(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "年报.toml"
    path.write_text(TEXT.replace("2022", "2023"), encoding="utf-8")
    assert run("build", path, "--final", "-o", tmp_path / "out")[0] == 0
    path.write_text(TEXT, encoding="utf-8")
    _, said = run("build", path, "-o", tmp_path / "out")
    assert "文件夹里已经有2023年的定稿“莆田市公安局2023年政府信息公开工作年度报告”" in said
    assert "2023年的定稿" not in run("check", path)[1]
    path.rename(tmp_path / "out" / "年报.toml")
    for out in ("out", "elsewhere"):
        _, said = run("build", tmp_path / "out" / "年报.toml", "-o", tmp_path / out)
        assert said.count("文件夹里已经有2023年的定稿") == 1


def test_the_input_itself_is_no_previous_file(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "年报.toml"
    path.write_text(TEXT, encoding="utf-8")
    status, said = run("check", path, "--previous", path)
    assert status == 2
    assert "--previous 给的就是输入文件本身。请给出上一年的输入文件，或公布的网页、Word、PDF。" in said


def test_explain_says_of_which_year_the_figure_is_that_a_number_was_compared_with(
    run: Run, tmp_path: Path
) -> None:
    told = "2021年收到政府信息公开申请7件，2022年收到政府信息公开申请19件。"
    text = TEXT.replace("overview = '''\n", f"overview = '''\n{told}\n")
    (tmp_path / "2022.toml").write_text(text, encoding="utf-8")
    (tmp_path / "2021.toml").write_text(TEXT.replace("2022", "2021"), encoding="utf-8")
    _, said = run("check", tmp_path / "2022.toml", "--explain")
    assert "7件，当作2021年表三·一、本年新收政府信息公开申请数量·总计：不符" in said.replace("\n    ", "")
    assert "19件，当作2022年表三·一、本年新收政府信息公开申请数量·总计：相符" in said.replace("\n    ", "")


# ── names ───────────────────────────────────────────────────────────────────────────────────────────


def test_all_names_are_listed_with_label_value_and_both_spellings(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "unfilled.toml"
    path.write_text(TEXT.replace("coercion ", "# coercion "), encoding="utf-8")
    status, said = run("names", path)
    assert status == 0
    assert "表三·（一）予以公开·总计：6\n  {{ 予以公开.总计 }}  {{ requests.granted.total }}\n" in said
    assert "表四·行政诉讼（各行之和）·总计：0\n  {{ 行政诉讼.总计 }}" in said
    assert "表二·行政强制：未填\n  {{ 行政强制 }}" in said
    assert "机关名称：莆田市公安局\n  {{ 机关名称 }}  {{ agency.name }}" in said


def test_names_are_listed_without_a_file_for_the_newest_form(run: Run) -> None:
    status, said = run("names")
    assert status == 0
    assert "表三·（一）予以公开·总计\n  {{ 予以公开.总计 }}  {{ requests.granted.total }}\n" in said


def test_names_of_a_file_that_cannot_be_read_are_refused(run: Run, tmp_path: Path) -> None:
    assert run("names", tmp_path / "no.toml")[0] == 2
    assert run("names", "--templates", tmp_path)[0] == 2


def test_templates_whose_styles_make_a_table_longer_than_a_page_are_warned_of(
    run: Run, tmp_path: Path
) -> None:
    import docx
    from docx.shared import Pt

    own = tmp_path / "own"
    assert run("templates", "--copy", own)[0] == 0
    assert "一页放不下" not in run("build", EXAMPLE, "-o", tmp_path / "out", "--templates", own)[1]
    base = docx.Document(str(own / "2021" / "report.docx"))
    base.styles["表格文字"].font.size = Pt(14)
    base.save(str(own / "2021" / "report.docx"))
    status, said = run("build", EXAMPLE, "-o", tmp_path / "out", "--templates", own)
    assert status == 0
    assert "表三一页放不下，会断成两页" in said
    assert "字号改小" in said


@pytest.mark.parametrize("command", ["pull", "verify"])
def test_two_files_in_the_wrong_order_are_told_so(command: str, run: Run, tmp_path: Path) -> None:
    status, said = run(command, tmp_path / "本局-2022.toml", tmp_path / "送审稿.docx")
    assert status == 2
    assert "两个文件的次序反了：先写 送审稿.docx，再写输入文件 本局-2022.toml。" in said
