"""``reportgen new``: an input file to begin with, which is never in the place of another."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reportgen.reading import read

from ..conftest import PUBLISHED, Run

EXAMPLE = Path(__file__).parents[2] / "inputs" / "putian-psb-2022.toml"


@pytest.fixture
def last(tmp_path: Path) -> Path:
    path = tmp_path / "本局-2022.toml"
    path.write_bytes(EXAMPLE.read_bytes())
    return path


def test_it_lies_beside_last_years_and_is_named_for_its_year(last: Path, run: Run) -> None:
    status, said = run("new", "--from", last)
    made = last.with_name("本局-2023.toml")
    assert status == 0
    assert f"已新建 {made}：莆田市公安局 2023 年，格式 2021（国办公开办函〔2021〕30号）。" in said
    assert "200 个数都未填，上年的数写在旁边" in said
    assert "表三·二、上年结转政府信息公开申请数量（全行）：照上年结转下来的数写好了" in said
    assert "有 9 处待填写；要带上上年的文字，加 --with-text" in said
    assert read(made).year == 2023
    assert last.read_bytes() == EXAMPLE.read_bytes()


def test_with_the_text_it_says_what_became_of_its_numbers(last: Path, run: Run) -> None:
    status, said = run("new", "--from", last, "--with-text")
    assert status == 0
    assert "6 处别的数空着（___）" in said
    assert "加 --with-text" not in said


def test_a_file_that_is_there_is_never_overwritten(last: Path, run: Run) -> None:
    made = last.with_name("本局-2023.toml")
    run("new", "--from", last)
    before = made.read_bytes()
    for arguments in (
        ("new", "--from", last),
        ("new", "--from", last, "--with-text"),
        ("new", "--from", last, "-o", last),
    ):
        status, said = run(*arguments)
        assert status == 2
        assert "已经有了，没有动它。请用 -o 换一个文件名" in said
    assert (made.read_bytes(), last.read_bytes()) == (before, EXAMPLE.read_bytes())
    assert sorted(path.name for path in last.parent.iterdir()) == [last.name, made.name]


def test_it_is_written_where_the_clerk_says_with_the_same_bytes(last: Path, run: Run) -> None:
    folder = last.parent / "2023年"
    folder.mkdir()
    for target in (folder, folder / "甲.toml", last.parent / "新" / "乙.TOML"):
        assert run("new", "--from", last, "-o", target)[0] == 0
    written = [path.read_bytes() for path in sorted(last.parent.glob("*/*"))]
    assert len(written) == 3
    assert len(set(written)) == 1


@pytest.mark.parametrize(
    ("encoding", "line_end", "mark"),
    [("gb18030", "\r\n", b""), ("utf-8-sig", "\r\n", b"\xef\xbb\xbf"), ("utf-8", "\n", b"")],
)
def test_it_is_saved_as_last_years_file_was(
    last: Path, run: Run, encoding: str, line_end: str, mark: bytes
) -> None:
    last.write_bytes(EXAMPLE.read_text("utf-8").replace("\n", line_end).encode(encoding))
    assert run("new", "--from", last, "--with-text")[0] == 0
    data = last.with_name("本局-2023.toml").read_bytes()
    text = data.decode(encoding)
    assert data.startswith(mark)
    assert text.count("\n") == text.count(line_end)
    assert read(last.with_name("本局-2023.toml")).year == 2023


def test_of_a_json_file_a_toml_file_is_made_and_what_has_no_place_is_told(tmp_path: Path, run: Run) -> None:
    data = json.loads((PUBLISHED / "2019" / "pingtan-2020.json").read_text(encoding="utf-8"))
    path = tmp_path / "本区-2020.json"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    status, said = run("new", "--from", path)
    assert status == 0
    assert "格式 2021（国办公开办函〔2021〕30号）" in said
    assert "个不是 0 的数在格式 2021 里没有对应的格，没有写在旁边：表二·" in said
    assert read(tmp_path / "本区-2021.toml").form.format == "2021"


def test_an_empty_one_is_made_of_a_name_and_a_year(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("new", "甲县某/局", "2025年")[0] == 0
    (made,) = tmp_path.iterdir()
    assert made.name == "甲县某_局-2025.toml"
    assert read(made).agency == {"name": "甲县某/局"}
    assert run("new", "甲县某/局", "2025")[0] == 2


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "请写机关名称和年份"),
        (["甲局"], "请写机关名称和年份"),
        (["2025", "甲局"], "请写机关名称和年份"),
        (["甲局", "25"], "请写机关名称和年份"),
        ([" \n", "2025"], "请写机关名称和年份"),
        (["2024", "2025"], "先写机关名称，再写年份"),
        (["甲局", "1999"], "先写机关名称，再写年份"),
        (["甲局", "2010"], "没有 2010 年的报告用的格式"),
        (["甲局", "2025", "--with-text"], "--with-text 要和 --from 一起用"),
        (["甲局", "2025", "--from", EXAMPLE], "写了 --from"),
        (["甲局", "2025", "-o", "甲.json"], "新文件的名称要以 .toml 结尾，例如 -o 甲.toml"),
        (["--from", EXAMPLE, "-o", "甲.docx"], "新文件的名称要以 .toml 结尾"),
        (["--from", "没有.toml"], "没有这个文件"),
    ],
)
def test_what_cannot_be_made_is_told_and_nothing_is_written(
    arguments: list[object], told: str, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    status, said = run("new", *arguments)
    assert status == 2
    assert told in said
    assert list(tmp_path.iterdir()) == []


def test_a_year_goes_from_new_to_the_draft(last: Path, run: Run) -> None:
    """As a clerk would: new, confirm what was carried over, fill in, write, check, build."""
    run("new", "--from", last)
    made = last.with_name("本局-2023.toml")
    text = made.read_text("utf-8").replace("# carried_over", "carried_over")
    status, said = run("check", made)
    assert status == 1
    assert "表二：10 个数都未填" in said
    for key, value in {
        "normative_documents": "[ 2, 1, 27 ]", "licensing": "350000", "penalties": "240000", "coercion": "150", "fees": "0",
        "new_received": "[ 20, 0, 0, 0, 0, 0 ]", "granted": "8 0 0 0 0 0 8", "unavailable_not_held": "[ 12, 0, 0, 0, 0, 0, 12 ]",
        "total_processed": "[ 20, 0, 0, 0, 0, 0, 20 ]",
    }.items():  # fmt: skip
        (line,) = [line for line in text.split("\n") if line.startswith(f"# {key} ")]
        text = text.replace(line, f"{key} = {value}")
    lines = [
        f"{line[2:].split('=')[0]}= 0" if line.startswith("# ") and " = [ " in line else line
        for line in text.split("\n")
    ]
    written = "\n".join(lines)
    for place in (
        "主动公开情况。",
        "依申请公开情况。",
        "政府信息管理情况。",
        "政府信息公开平台建设情况。",
        "监督保障情况。",
    ):
        written = written.replace(f"{place}（待填写）", f"{place}今年按{place[:4]}的要求办理。")
    written = written.replace("存在的主要问题。（待填写）", "存在的主要问题。公开还不够及时。")
    written = written.replace("改进情况。（待填写）", "改进情况。将按月督办。")
    written = written.replace("收取情况。（待填写）", "收取情况。没有收取信息处理费。").replace(
        "工作。（待填写）", "工作。按时办结信件。"
    )
    made.write_text(written, encoding="utf-8")
    status, said = run("check", made)
    assert (status, "错误 0" in said) == (0, True), said
    status, said = run("build", made)
    assert status == 0, said
    assert "莆田市公安局2023年政府信息公开工作年度报告（送审稿1）.docx" in said


def test_last_years_page_is_named_wherever_it_is_needed_again(last: Path, run: Run, tmp_path: Path) -> None:
    out = tmp_path / "稿"
    assert run("build", last, "-o", out)[0] == 0
    page = next(path for path in out.iterdir() if path.suffix == ".html" and "核对单" not in path.name)
    made = tmp_path / "别处" / "本局-2023.toml"
    made.parent.mkdir()
    said = run("new", "--from", page, "-o", made)[1]
    assert f'reportgen check "{made}" --previous "{page}"' in said
    assert f'reportgen sheet "{made}" --previous "{page}"' in said
    assert "没有找到上一年（2022年）的数据" in run("sheet", made)[1]
    status, said = run("sheet", made, "--previous", page, "-o", tmp_path / "表.xlsx")
    assert (status, f"取自 {page}" in said) == (0, True), said


def test_last_years_input_beside_it_need_not_be_named(last: Path, run: Run) -> None:
    assert "--previous" not in run("new", "--from", last)[1]
    made = last.with_name("本局-2023.toml")
    assert f"取自 {last}" in run("sheet", made)[1]
