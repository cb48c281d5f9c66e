"""Drafts, finals, drafts that came back, new years: the same as by commands, byte for byte."""

from __future__ import annotations

import base64
import os
import re
import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document as word_document

from reportgen import job
from reportgen.reading import read
from reportgen.workbench import making
from reportgen.writing import html

from ..conftest import Run
from .bench import BASE, Bench, Refused, example


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.startswith(".")}


def content(path: Path) -> str:
    return base64.b64encode(path.read_bytes()).decode()


def replaced(path: Path, old: str, new: str) -> None:
    """Somebody changes words in a Word file."""
    document = word_document(str(path))
    paragraphs = [*document.paragraphs]
    paragraphs += [
        p for t in document.tables for row in t.rows for cell in row.cells for p in cell.paragraphs
    ]
    for paragraph in paragraphs:
        if old in paragraph.text:
            text = paragraph.text.replace(old, new)
            for run in paragraph.runs[1:]:
                run.text = ""
            paragraph.runs[0].text = text
            break
    else:
        raise AssertionError(old)
    document.save(str(path))


def test_drafts_and_the_final_are_those_of_the_commands(run: Run, tmp_path: Path) -> None:
    page, shell = tmp_path / "page", tmp_path / "shell"
    page.mkdir()
    shell.mkdir()
    bench = Bench(example(page))
    said = bench.call("draft", id=bench.report["id"], fragment=True)
    assert said["said"] == ["送审稿1已生成。"]
    assert set(said["files"]) < set(files_of(page))
    bench.type(requests__granted__natural="5", requests__granted__commercial="1")
    bench.call("draft", id=bench.report["id"])
    bench.change("undo")
    final = bench.call("final", id=bench.report["id"])
    assert final["refused"] is None

    path = example(shell)
    run("build", path, "--fragment")
    shutil.copy(path, shell / "keep")
    text = path.read_text(encoding="utf-8")
    row = next(line for line in text.split("\n") if line.startswith("granted "))
    path.write_text(text.replace(row, row.replace("[ 6,     0", "[ 5,     1")), encoding="utf-8")
    run("build", path)
    shutil.move(shell / "keep", path)
    run("build", path, "--final")
    of_page = {name: data for name, data in files_of(page).items() if "备份" not in name}
    assert of_page.keys() == files_of(shell).keys()
    assert [name for name, data in files_of(shell).items() if of_page[name] != data] == []


def test_a_final_is_refused_while_an_error_stands(tmp_path: Path) -> None:
    bench = Bench(example(tmp_path))
    bench.type(requests__granted__natural="7")
    said = bench.call("final", id=bench.report["id"])
    assert said["files"] == []
    assert "还有错误" in said["refused"][0]


def test_a_draft_that_came_back_is_taken_in_change_by_change(tmp_path: Path) -> None:
    path = example(tmp_path)
    bench = Bench(path)
    draft = tmp_path / bench.call("draft", id=bench.report["id"])["files"][0]
    replaced(draft, "全年编发检查通报12期", "全年编发检查通报15期")
    replaced(draft, "各项工作平稳有序", "各项工作有序开展")
    replaced(draft, "335873", "335874")
    said = bench.call("returned", id=bench.report["id"], name="退回.docx", content=content(draft))
    assert said["draft"] == "送审稿1"
    by_kind = {each["kind"]: each for each in said["changes"]}
    assert len(said["changes"]) == 3
    assert by_kind["figure"]["old"] == "335873"
    assert by_kind["figure"]["new"] == "335874"
    assert {each["state"] for each in said["changes"]} == {"未收进"}
    assert len(said["report"]["opinions"]) == 3
    bench.report = said["report"]
    chosen = [each["id"] for each in said["changes"] if each["kind"] == "figure" or "15期" in each["new"]]
    assert bench.change("take", token=said["token"], changes=chosen)["taken"] == 2
    text = path.read_text(encoding="utf-8")
    assert "检查通报15期" in text
    assert "各项工作平稳有序" in text
    assert read(path).figures["active_disclosure.licensing"] == 335874
    states = {each["said"][-8:]: each["state"] for each in bench.report["opinions"]}
    assert sorted(states.values()) == ["已采纳", "已采纳", "未处理"]
    (left,) = (each for each in bench.report["opinions"] if each["open"])
    with pytest.raises(Refused):
        bench.call("answer", id=bench.report["id"], comment=left["number"], answer="refuse", reason="")
    bench.report = bench.call(
        "answer", id=bench.report["id"], comment=left["number"], answer="refuse", reason="原来的准确"
    )
    assert not [each for each in bench.report["opinions"] if each["open"]]
    bench.change("undo")
    assert read(path).figures["active_disclosure.licensing"] == 335873


def test_all_changes_taken_give_what_pull_writes(run: Run, tmp_path: Path) -> None:
    page, shell = tmp_path / "page", tmp_path / "shell"
    page.mkdir()
    bench = Bench(example(page))
    draft = page / bench.call("draft", id=bench.report["id"])["files"][0]
    replaced(draft, "各项工作平稳有序", "各项工作有序开展")
    replaced(draft, "335873", "335874")
    shutil.copytree(page, shell)
    said = bench.call("returned", id=bench.report["id"], name=draft.name, content=content(draft))
    bench.report = said["report"]
    bench.change("take", token=said["token"], changes=[each["id"] for each in said["changes"]])
    run("pull", shell / draft.name, shell / "本局-2022.toml", "--write")
    assert (page / "本局-2022.toml").read_bytes() == (shell / "本局-2022.toml").read_bytes()
    assert (page / "本局-2022.意见.toml").read_bytes() == (shell / "本局-2022.意见.toml").read_bytes()


def test_a_published_file_is_verified(tmp_path: Path) -> None:
    bench = Bench(example(tmp_path))
    page = tmp_path / bench.call("draft", id=bench.report["id"])["files"][1]
    said = bench.call("verify", id=bench.report["id"], name="网页.html", content=content(page))
    assert said["same"]
    bench.type(active_disclosure__coercion="141")
    said = bench.call("verify", id=bench.report["id"], name="网页.html", content=content(page))
    (difference,) = said["differences"]
    assert (difference["cell"], difference["old"], difference["new"]) == (
        "active_disclosure.coercion",
        "141",
        "140",
    )


def test_of_a_published_page_that_lacks_much_some_is_named(tmp_path: Path) -> None:
    bench = Bench(example(tmp_path))
    page = tmp_path / bench.call("draft", id=bench.report["id"])["files"][1]
    text = page.read_text(encoding="utf-8")
    page.write_text(text[: text.index("<table")] + text[text.rindex("</table>") :], encoding="utf-8")
    said = bench.call("verify", id=bench.report["id"], name="网页.html", content=content(page))
    assert not said["same"]
    missing = [line for line in said["said"] if line.startswith("文件里没有找到")]
    assert len(missing) == 21
    assert "没有列出" in missing[-1]


def test_a_file_of_another_kind_is_refused_in_words(tmp_path: Path) -> None:
    bench = Bench(example(tmp_path))
    nothing = base64.b64encode(b"PK\x03\x04 nothing").decode()
    for name in ("returned", "verify"):
        with pytest.raises(Refused) as refused:
            bench.call(name, id=bench.report["id"], name="坏.docx", content=nothing)
        assert refused.value.status == 422
    with pytest.raises(Refused) as refused:
        bench.call("verify", id=bench.report["id"], name="坏.docx", content="不是")
    assert refused.value.status == 400


def test_a_new_year_begins_from_a_page_in_an_empty_folder(tmp_path: Path) -> None:
    made, empty = tmp_path / "made", tmp_path / "empty"
    made.mkdir()
    empty.mkdir()
    bench = Bench(example(made))
    page = made / bench.call("draft", id=bench.report["id"])["files"][1]
    fresh = Bench(empty)
    assert fresh.call("folder")["reports"] == []
    begun = fresh.call("new", name="去年.html", content=content(page))
    id = begun["id"]
    assert "莆田市公安局-2022.toml" in "".join(begun["said"])
    report = fresh.open(id)
    assert (report["year"], report["agency"], report["summary"]["unfilled"]) == (2023, "莆田市公安局", 200)
    assert (report["last_year"], report["last_file"]) == (2022, "莆田市公安局-2022.toml")
    assert report["last"]["active_disclosure.licensing"] == "335873"
    listed, last = fresh.call("folder")["reports"]
    assert (listed["id"], listed["year"], listed["unfilled"]) == (id, 2023, 200)
    assert last["year"] == 2022
    restarted = Bench(empty / "莆田市公安局-2023.toml")
    assert restarted.report["last"]["active_disclosure.licensing"] == "335873"
    with pytest.raises(Refused) as refused:
        fresh.call("new", name="去年.html", content=content(page))
    assert "已经有了" in refused.value.said["error"]
    other = fresh.call("new", agency="某局", year=2024)["id"]
    assert fresh.open(other)["agency"] == "某局"
    (empty / "莆田市公安局-2022.toml").unlink()
    same = fresh.call("take_in", name="今年.html", content=content(page))
    assert fresh.open(same["id"])["figures"]["active_disclosure.licensing"] == "335873"


def test_last_years_input_that_is_there_is_not_made_again(tmp_path: Path) -> None:
    made, folder = tmp_path / "made", tmp_path / "folder"
    made.mkdir()
    folder.mkdir()
    bench = Bench(example(made))
    page = made / bench.call("draft", id=bench.report["id"])["files"][1]
    shutil.copy(page, folder / "公布.html")
    mine = example(folder, "莆田市公安局-2022.toml")
    before = mine.read_bytes()
    fresh = Bench(folder)
    (published,) = fresh.call("folder")["others"]
    begun = fresh.call("new", from_id=published["id"], with_text=True)
    assert begun["said"] == []
    assert mine.read_bytes() == before
    assert fresh.open(begun["id"])["last_year"] == 2022


def lone(folder: Path, name: str, year: int = 2022) -> Bench:
    """An input file without last year's beside it, open."""
    folder.mkdir()
    path = example(folder, name)
    path.write_text(path.read_text(encoding="utf-8").replace("= 2022", f"= {year}"), encoding="utf-8")
    bench = Bench(path)
    assert bench.report["last_year"] is None
    return bench


@pytest.mark.parametrize("name", ["本局-2022.toml", "年报.toml"])
def test_last_years_page_is_read_in_beside_and_found_again(tmp_path: Path, name: str) -> None:
    made = lone(tmp_path / "made", "去年.toml", 2021)
    page = tmp_path / "made" / made.call("draft", id=made.report["id"])["files"][1]
    bench = lone(tmp_path / "now", name)
    before = (tmp_path / "now" / name).read_bytes()
    said = bench.call("last_year", id=bench.report["id"], name="公布.html", content=content(page))
    last = "本局-2021.toml" if "2022" in name else "年报-2021.toml"
    assert last in said["said"][0]
    assert "读出 200 个数" in said["said"][1]
    assert (said["report"]["last_year"], said["report"]["last_file"]) == (2021, last)
    assert said["report"]["last"]["active_disclosure.licensing"] == "335873"
    assert (tmp_path / "now" / name).read_bytes() == before
    assert Bench(tmp_path / "now" / name).report["last_file"] == last
    with pytest.raises(Refused, match="已经有了：" + last):
        bench.call("last_year", id=bench.report["id"], name="公布.html", content=content(page))


def test_last_years_input_is_laid_beside_as_it_is(tmp_path: Path) -> None:
    other = lone(tmp_path / "made", "别的名字.toml", 2021).desk.target
    other.write_bytes(other.read_bytes().replace(b"\n", b"\r\n") + "# 说明".encode())
    bench = lone(tmp_path / "now", "本局-2022.toml")
    said = bench.call("last_year", id=bench.report["id"], name=other.name, content=content(other))
    assert (tmp_path / "now" / "本局-2021.toml").read_bytes() == other.read_bytes()
    assert said["report"]["last_year"] == 2021


def test_what_is_not_last_years_is_not_laid_beside(tmp_path: Path) -> None:
    bench = lone(tmp_path / "now", "本局-2022.toml")
    earlier = lone(tmp_path / "made", "前年.toml", 2020).desk.target
    before = files_of(tmp_path / "now")
    for name, data, why in (
        (earlier.name, content(earlier), "2020 年的报告，上一年是 2021 年"),
        ("照片.html", base64.b64encode(b"<p>1</p>").decode(), "没有表格"),
        ("坏.toml", base64.b64encode(b"a = 1").decode(), "a"),
    ):
        with pytest.raises(Refused, match=why):
            bench.call("last_year", id=bench.report["id"], name=name, content=data)
    assert files_of(tmp_path / "now") == before
    copied = lone(tmp_path / "copied", "本局-2023.toml")
    with pytest.raises(Refused, match="不是同一年"):
        copied.call(
            "last_year",
            id=copied.report["id"],
            name="去年.toml",
            content=base64.b64encode(earlier.read_bytes().replace(b"= 2020", b"= 2021")).decode(),
        )


def test_a_folder_tells_how_far_each_report_is(tmp_path: Path) -> None:
    bench = Bench(example(tmp_path))
    bench.call("draft", id=bench.report["id"])
    bench.type(requests__granted__natural="")
    (tmp_path / "本局-2021.toml").write_text('format = "2021"\nyear ＝ 2021\n', encoding="utf-8")
    (tmp_path / "别的.toml").write_text("a = 1\n", encoding="utf-8")
    (tmp_path / "去年公布的.pdf").write_bytes(b"%PDF-1.4")
    found = Bench(tmp_path).call("folder")
    assert found["single"] is None
    assert [each["file"] for each in found["reports"]] == ["本局-2022.toml", "本局-2021.toml"]
    this = found["reports"][0]
    assert (this["unfilled"], this["draft"], this["final"], this["problem"]) == (1, 1, False, None)
    assert this["errors"] > 0
    assert found["reports"][1]["problem"]
    assert [each["file"] for each in found["others"]] == ["去年公布的.pdf"]


def test_the_offices_own_finals_are_no_published_files_to_begin_from(tmp_path: Path) -> None:
    """The final of an input that lies there begins nothing that the input does not, nor does one it replaced."""
    bench = Bench(example(tmp_path))
    bench.call("final", id=bench.report["id"], fragment=True)
    bench.type(active_disclosure__coercion="141")
    said = bench.call("final", id=bench.report["id"], fragment=True)
    assert any("改名保留" in line for line in said["said"])
    shutil.copy(tmp_path / said["files"][0], tmp_path / "某局2021年政府信息公开工作年度报告.docx")
    found = Bench(tmp_path).call("folder")
    assert [each["file"] for each in found["others"]] == ["某局2021年政府信息公开工作年度报告.docx"]
    assert found["reports"][0]["final"]


def test_last_years_report_stands_beside(tmp_path: Path) -> None:
    example(tmp_path, "本局-2021.toml")
    path = tmp_path / "本局-2021.toml"
    text = (
        path.read_text(encoding="utf-8").replace("year   = 2022", "year   = 2021").replace("335873", "300000")
    )
    path.write_text(text, encoding="utf-8")
    bench = Bench(example(tmp_path))
    assert (bench.report["last_year"], bench.report["last_file"]) == (2021, "本局-2021.toml")
    assert bench.report["last"]["active_disclosure.licensing"] == "300000"
    (most,) = bench.report["changed_most"]
    assert (most["cell"], most["difference"]) == ("active_disclosure.licensing", "35873")
    assert bench.report["last_texts"]["overview"]
    path.write_text("year = ", encoding="utf-8")
    bench.open(bench.report["id"])
    assert bench.report["last"] is None
    assert "本局-2021.toml" in bench.report["findings"][0]["advice"]


def test_previews_show_what_was_typed(tmp_path: Path) -> None:
    bench = Bench(example(tmp_path))
    bench.type(active_disclosure__licensing="424242")
    for kind in ("page", "word"):
        answer = bench.client.get(f"/preview/{bench.report['id']}/{kind}", base_url=BASE)
        assert answer.status_code == 200
        assert "424242" in answer.text
    assert "@media print" not in answer.text
    assert bench.client.get(f"/preview/{bench.report['id']}/pdf", base_url=BASE).status_code == 404


@pytest.fixture
def desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """A Linux desktop whose file manager runs these lines; what it was told to open is in the file."""
    opened = tmp_path / "opened"

    def begin(lines: str) -> Path:
        program = tmp_path / "bin" / "xdg-open"
        program.parent.mkdir()
        program.write_text(f'#!/bin/sh\nprintf %s "$*" > "{opened}"\n{lines}\n')
        program.chmod(0o755)
        monkeypatch.setenv("PATH", str(program.parent), prepend=os.pathsep)
        return opened

    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(making.sys, "platform", "linux")
    return begin


@pytest.mark.parametrize("lines", ["", "sleep 1 > /dev/null"])
def test_the_folder_of_the_file_is_opened_and_no_other(
    lines: str, tmp_path: Path, desktop: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "SOON", 0.3)
    opened = desktop(lines)
    folder = tmp_path / "年报"
    folder.mkdir()
    bench = Bench(example(folder))
    bench.call("show_folder", id=bench.report["id"])
    assert opened.read_text(encoding="utf-8") == str(folder.resolve())


@pytest.mark.parametrize("lack", ["screen", "program", "file manager"])
def test_a_machine_without_a_desktop_says_where_the_folder_is(
    lack: str, tmp_path: Path, desktop: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    desktop("exit 3" if lack == "file manager" else "")
    if lack == "screen":
        monkeypatch.delenv("DISPLAY")
        monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    if lack == "program":
        monkeypatch.setenv("PATH", "")
    bench = Bench(example(tmp_path))
    with pytest.raises(Refused) as refused:
        bench.call("show_folder", id=bench.report["id"])
    assert str(tmp_path.resolve()) in refused.value.said["error"]


def test_the_folder_is_collated_beside_it(tmp_path: Path) -> None:
    folder = tmp_path / "年报"
    folder.mkdir()
    example(folder)
    other = example(folder, "某局-2022.toml")
    other.write_text(
        other.read_text(encoding="utf-8").replace('"莆田市公安局"', '"莆田市财政局"'), encoding="utf-8"
    )
    bench = Bench(folder)
    assert bench.call("folder")["can_collate"]
    said = bench.call("collate")
    assert said["said"][0].startswith("2 个单位")
    assert said["files"]
    assert set(said["files"]) <= {path.name for path in (tmp_path / "年报-汇总").rglob("*")}


def yearless(folder: Path, year: int = 2022) -> Path:
    """The web page of the example as a site without our marks prints it, with no year in its title."""
    path = folder / "没有年份.html"
    made = lone(folder / "made", "甲.toml", year)
    text = html.render(job.start(made.desk.target).document)
    text = re.sub(r" data-(report|title|part)(=\"[^\"]*\")?|<meta[^>]*>", "", text)
    path.write_text(
        f"<meta charset=utf-8>{text.replace(f'{year}年', '').replace(str(year), '')}", encoding="utf-8"
    )
    return path


def test_the_year_of_a_report_that_names_none_is_asked_and_told(tmp_path: Path) -> None:
    """Read in, and the year after begun: both ask, refuse what is no year, and go on with one."""
    published = yearless(tmp_path)
    given = {"name": published.name, "content": content(published)}
    for number, (asked, years) in enumerate({"take_in": [2022], "new": [2022, 2023]}.items()):
        folder = tmp_path / f"年报{number}"
        folder.mkdir()
        bench = Bench(folder)
        with pytest.raises(Refused, match="没有找到报告的年份。请写明年份。") as refused:
            bench.call(asked, **given)
        assert refused.value.said["code"] == "no_year"
        for wrong in (0, 22, 1999, 2100):
            with pytest.raises(Refused, match="2008 到 2099") as refused:
                bench.call(asked, **given, year=wrong)
        assert files_of(folder) == {}
        if asked == "new":
            with pytest.raises(Refused, match="没有找到机关名称。请写明机关的全称。") as refused:
                bench.call(asked, **given, year=2022, agency=" ")
            assert refused.value.said["code"] == "no_agency"
        bench.call(asked, **given, year=2022, **({"agency": "甲局"} if asked == "new" else {}))
        made = [tomllib.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.toml")]
        assert sorted(each["year"] for each in made) == years


def test_another_year_than_the_reports_own_is_refused_in_the_words_of_the_page(tmp_path: Path) -> None:
    made = lone(tmp_path / "made", "甲.toml")
    page = tmp_path / "made" / made.call("draft", id=made.report["id"])["files"][1]
    for asked in ("take_in", "new"):
        with pytest.raises(Refused, match=r"报告里写的是 2022 年，填的是 2023。.*不用填年份"):
            made.call(asked, name="公布.html", content=content(page), year=2023)


def test_last_years_report_that_names_no_year_is_said_to_be_taken_for_it(tmp_path: Path) -> None:
    published = yearless(tmp_path, 2021)
    bench = lone(tmp_path / "now", "本局-2022.toml")
    said = bench.call("last_year", id=bench.report["id"], name=published.name, content=content(published))
    assert "没有写明机关名称和年份，当作本机关 2021 年的" in said["said"][0]
    assert said["report"]["last_year"] == 2021
