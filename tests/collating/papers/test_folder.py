"""The papers in their folder: all or none, the same every time, and never over what somebody edited."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from reportgen.collating.area import Alike, Area, Outside, State
from reportgen.collating.papers.folder import write
from reportgen.writing.files import OutputError

from .. import areas


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def edited(data: bytes) -> bytes:
    """A Word file or workbook as another program saves it: another byte in it, its properties kept."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name in ("word/document.xml", "xl/workbook.xml"):
                part = part.replace(b"?>", b"?><!-- edited -->", 1)
            new.writestr(name, part)
    return out.getvalue()


def sound() -> Area:
    return areas.area(areas.sound())


def test_every_paper_is_written(tmp_path: Path) -> None:
    written = write(areas.troubled(), tmp_path)
    assert [path.relative_to(tmp_path).as_posix() for path in written.files[:4]] == [
        "收齐表.docx",
        "汇总核对.xlsx",
        "概览.html",
        "汇总.toml",
    ]
    assert all(path.is_file() for path in (*written.files, *written.letters))
    assert len(written.letters) == 6
    assert len(list((tmp_path / "退回意见").iterdir())) == 6


def test_the_same_area_gives_the_same_bytes(tmp_path: Path) -> None:
    write(areas.troubled(), tmp_path / "a", tmp_path / "a" / "表.csv")
    write(areas.troubled(), tmp_path / "b", tmp_path / "b" / "表.csv")
    assert files(tmp_path / "a") == files(tmp_path / "b")


def test_a_second_run_writes_nothing_anew(tmp_path: Path) -> None:
    write(areas.troubled(), tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    written = write(areas.troubled(), tmp_path)
    assert written.kept == {}
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()} == before


def test_papers_nobody_touched_are_written_anew_when_the_area_changes(tmp_path: Path) -> None:
    write(areas.troubled(), tmp_path)
    before = files(tmp_path)
    assert write(sound(), tmp_path).kept == {}
    assert all(
        files(tmp_path)[name] != before[name]
        for name in ("收齐表.docx", "汇总核对.xlsx", "概览.html", "汇总.toml")
    )


@pytest.mark.parametrize("name", ["退回意见/安河县教育局退回意见.docx", "收齐表.docx", "汇总核对.xlsx"])
def test_what_was_edited_is_never_overwritten(tmp_path: Path, name: str) -> None:
    """The new paper goes beside it; what was edited of the same paper needs none."""
    write(areas.troubled(), tmp_path)
    path = tmp_path / name
    path.write_bytes(edited(path.read_bytes()))
    was = path.read_bytes()
    assert write(areas.troubled(), tmp_path).kept == {path: None}
    assert path.read_bytes() == was
    changed = areas.troubled()
    changed = replace(
        changed,
        standings=(changed.standings[0], *(replace(each, remark="说明") for each in changed.standings[1:])),
    )
    sent = areas.submission("安河县教育局", areas.NAMES[1], told=(areas.told("另一个错误。"),))
    changed = replace(
        changed,
        standings=tuple(
            replace(each, submission=sent) if each.name == "安河县教育局" else each
            for each in changed.standings
        ),
    )
    beside = path.with_name(f"{path.stem}（2）{path.suffix}")
    for _ in range(2):  # the one beside it is ours, and is written anew
        written = write(changed, tmp_path)
        assert written.kept == {path: beside}
        assert beside in (*written.files, *written.letters)
        assert path.read_bytes() == was
        assert beside.is_file()
        changed = areas.troubled(year=2024)


@pytest.mark.parametrize("name", ["汇总.toml", "概览.html"])
def test_an_edited_text_is_never_overwritten(tmp_path: Path, name: str) -> None:
    write(areas.troubled(), tmp_path)
    path = tmp_path / name
    path.write_text(path.read_text(encoding="utf-8").replace("2025", "2025 ", 1), encoding="utf-8")
    was = path.read_bytes()
    assert write(sound(), tmp_path).kept == {path: path.with_name(f"{path.stem}（2）{path.suffix}")}
    assert path.read_bytes() == was


def test_a_file_of_somebody_elses_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "收齐表.docx").write_bytes(b"mine")
    (tmp_path / "汇总.toml").write_bytes(b"")
    written = write(sound(), tmp_path)
    assert set(written.kept) == {tmp_path / "收齐表.docx", tmp_path / "汇总.toml"}
    assert (tmp_path / "收齐表.docx").read_bytes() == b"mine"
    assert (tmp_path / "汇总.toml").read_bytes() == b""


def test_a_letter_to_whoever_has_corrected_everything_is_put_aside(tmp_path: Path) -> None:
    troubled = areas.troubled(alike=())
    write(troubled, tmp_path)
    name = "安河县教育局退回意见.docx"
    was = (tmp_path / "退回意见" / name).read_bytes()
    corrected = [
        areas.standing(each.name, areas.NAMES[1]) if each.name == "安河县教育局" else each
        for each in troubled.standings
    ]
    written = write(areas.area(corrected), tmp_path)
    assert written.done == (tmp_path / "退回意见" / "已改正" / name,)
    assert not (tmp_path / "退回意见" / name).exists()
    assert written.done[0].read_bytes() == was
    assert len(written.letters) == 2
    assert write(areas.area(corrected), tmp_path).done == ()


def test_an_edited_letter_is_not_put_aside(tmp_path: Path) -> None:
    write(areas.troubled(alike=()), tmp_path)
    path = tmp_path / "退回意见" / "安河县教育局退回意见.docx"
    path.write_bytes(edited(path.read_bytes()))
    assert write(areas.area(areas.sound()), tmp_path).done != ()
    assert path.is_file()


def test_letters_of_bodies_that_are_missing_now_stay(tmp_path: Path) -> None:
    troubled = areas.troubled(alike=())
    write(troubled, tmp_path)
    gone = [
        replace(each, state=State.MISSING, submission=None, is_added=False) for each in troubled.standings
    ]
    assert write(areas.area(gone), tmp_path).done == ()
    assert len(list((tmp_path / "退回意见").glob("*.docx"))) == 3


def test_while_one_paper_is_open_none_is_written(tmp_path: Path) -> None:
    write(areas.troubled(), tmp_path)
    before = files(tmp_path)
    (tmp_path / "~$收齐表.docx").touch()
    with pytest.raises(OutputError, match=r"收齐表.*正在 Word 或 WPS 里打开"):
        write(sound(), tmp_path)
    (tmp_path / "~$收齐表.docx").unlink()
    assert files(tmp_path) == before


def test_a_table_takes_the_place_of_a_table_and_of_nothing_else(tmp_path: Path) -> None:
    table = tmp_path / "表.csv"
    write(areas.troubled(), tmp_path, table)
    write(sound(), tmp_path, table)
    other = tmp_path / "别的.csv"
    other.write_text("body,year\n甲,1\n", encoding="utf-8")
    with pytest.raises(OutputError, match=r"别的\.csv 已经有了"):
        write(sound(), tmp_path, other)
    assert other.read_text(encoding="utf-8") == "body,year\n甲,1\n"


def test_without_a_folder_there_is_the_table_or_nothing(tmp_path: Path) -> None:
    assert write(sound(), None).files == ()
    assert write(sound(), None, tmp_path / "表.csv").files == (tmp_path / "表.csv",)
    assert [path.name for path in tmp_path.iterdir() if not path.name.startswith(".")] == ["表.csv"]


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "占用").write_bytes(b"")
    with pytest.raises(OutputError, match="占用"):
        write(sound(), tmp_path / "占用")


@pytest.mark.parametrize("name", ["a\udcff.html", "\x07响.docx", "\u202e倒.docx", "=1.docx", "\ufffe.docx"])
def test_whatever_a_file_is_called_the_papers_are_written(tmp_path: Path, name: str) -> None:
    first, second, *others = areas.sound()
    assert first.submission
    wrong = areas.submission(second.name, areas.NAMES[1], file=name, told=(areas.told(name, words=name),))
    area = areas.area(
        [
            replace(first, submission=replace(first.submission, file=name), remark=name),
            replace(second, submission=wrong, state=State.ERRORS),
            *others,
        ],
        questions=(name,),
        outside=(Outside(name, name),),
        alike=(Alike(first.name, second.name, 0.9, (name,)),),
    )
    written = write(area, tmp_path, tmp_path / "表.csv")
    assert len(written.files) == 5
    assert write(area, tmp_path, tmp_path / "表.csv").kept == {}
