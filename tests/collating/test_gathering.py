"""A folder as it comes: files of every kind, files that break, hang or change, and what is passed over."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reportgen.collating import worker, workers
from reportgen.collating.area import Submission
from reportgen.collating.aside import aside
from reportgen.collating.cache import NAME, Cache
from reportgen.collating.examining import examined
from reportgen.collating.gathering import Gathered, gathered
from reportgen.collating.last_year import LastYear
from reportgen.collating.packing import packed, unpacked
from reportgen.collating.workers import Workers
from reportgen.reading.folders import files_in

from .area_of_sixty import bomb
from .made import as_input, as_page, as_word, as_workbook, made_report


class Silent:
    """Counts what was read."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def begin(self, count: int) -> None:
        """Nothing is shown."""

    def done(self, submission: Submission) -> None:
        self.read.append(submission.file)


def gather(
    folder: Path, keep: Path | None = None, longest: int = 30
) -> tuple[dict[str, Submission], list[str]]:
    """What the files of a folder are, and which of them were read now."""
    progress = Silent()
    with Cache(keep, None) as cache:
        cache.against(LastYear())
        found = gathered(folder, Workers(folder, LastYear(), None, longest), cache, progress)
    assert found.unsteady == ()
    return {each.file: each for each in found.submissions}, sorted(progress.read)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in" / "镇").mkdir(parents=True)
    return tmp_path / "in"


KINDS: dict[str, Callable[..., bytes]] = {
    "a.html": as_page,
    "镇/b.docx": as_word,
    "c.toml": as_input,
    "d.xlsx": as_workbook,
}


def test_every_kind_of_file_says_the_same(folder: Path) -> None:
    report = made_report("某市甲区民政局", 1)
    for name, make in KINDS.items():
        (folder / name).write_bytes(make(report))
    found, read = gather(folder)
    assert read == sorted(KINDS)
    for name in KINDS:
        assert (found[name].name, found[name].year) == ("某市甲区民政局", 2025), found[name]
        assert {key: str(value) for key, value in report.figures.items()} == dict(found[name].figures.items())
        assert found[name].errors == ()
        assert len(found[name].sentences) > 50
        assert found[name].sentences[0] == found["a.html"].sentences[0]


def test_what_breaks_one_file_does_not_stop_the_others(folder: Path) -> None:
    page = as_page(made_report("某市甲区民政局", 1))
    (folder / "民政局.html").write_bytes(page)
    (folder / "坏.docx").write_bytes(as_word(made_report("某市甲区水利局", 2))[:2000])
    (folder / "空.docx").write_bytes(b"")
    (folder / "假.pdf").write_bytes(b"%PDF-1.7\n" + os.urandom(3000))
    (folder / "深.html").write_bytes(b"<html>" + b"<div>" * 5000 + page)
    (folder / "通知.docx").write_bytes(_notice())
    (folder / "照片.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(2000))
    (folder / "说明.txt").write_text("请于月底前报送。", encoding="utf-8")
    (folder / "打包.zip").write_bytes(b"PK\x05\x06" + bytes(18))
    (folder / "写错.toml").write_text("year = 2025\nformat = 2021 2021\n", encoding="utf-8")
    (folder / ("长" * 80 + ".html")).write_bytes(page)
    os.mkfifo(folder / "管道.html")
    os.symlink(folder / "没有.html", folder / "断链.html")
    os.symlink(folder, folder / "镇" / "圈")
    found, _ = gather(folder)
    assert found["民政局.html"].figures
    assert found["长" * 80 + ".html"].figures
    unreadable = {file for file, each in found.items() if each.reason and each.is_report}
    assert unreadable >= {"坏.docx", "空.docx", "假.pdf", "深.html", "写错.toml", "断链.html"}
    others = {file for file, each in found.items() if not each.is_report}
    assert others == {"通知.docx", "照片.jpg", "说明.txt", "打包.zip", "管道.html"}
    assert all(each.reason.endswith(("。", "）")) for each in found.values() if each.reason)


def _notice() -> bytes:
    import io

    import docx

    document = docx.Document()
    document.add_paragraph("关于报送年度报告的通知")
    document.add_paragraph("各单位：请于一月底前报送。" * 40)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_what_programs_leave_behind_and_what_is_no_part_of_the_folder_is_passed_over(folder: Path) -> None:
    for name in (
        "~$年报.docx",
        ".~lock.年报.docx#",
        ".DS_Store",
        "Thumbs.db",
        "desktop.ini",
        "本局-2025.意见.toml",
        "年报.html",
    ):
        (folder / name).write_bytes(b"x")
    (folder / ".git").mkdir()
    (folder / ".git" / "x.html").write_bytes(b"x")
    (folder / "输出").mkdir()
    (folder / "输出" / "收齐表.docx").write_bytes(b"x")
    (folder / "名单.toml").write_bytes(b"x")
    assert list(files_in(folder, [folder / "输出", folder / "名单.toml"])) == ["年报.html"]


def test_a_file_that_takes_too_long_is_told_and_the_others_go_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "_PROGRAM", _SLOW + workers._PROGRAM)
    for name in ("a", "慢", "c", "d"):
        (folder / f"{name}.html").write_bytes(as_page(made_report(f"某市甲区{name}局", 1)))
    found, _ = gather(folder, longest=10)
    assert "10 秒内没有读完" in found["慢.html"].reason
    assert all(found[f"{name}.html"].figures for name in "acd")


def test_the_start_of_a_worker_is_not_the_time_of_its_first_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "_PROGRAM", "import time; time.sleep(8)\n" + workers._PROGRAM)
    (folder / "a.html").write_bytes(as_page(made_report("某市甲区a局", 1)))
    found, _ = gather(folder, longest=7)
    assert found["a.html"].figures


def test_a_file_that_ends_its_worker_is_told_and_the_others_go_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        workers, "_PROGRAM", _SLOW.replace("time.sleep(600)", "os._exit(1)") + workers._PROGRAM
    )
    for name in ("a", "慢", "c", "d"):
        (folder / f"{name}.html").write_bytes(as_page(made_report(f"某市甲区{name}局", 1)))
    found, _ = gather(folder)
    assert "出错" in found["慢.html"].reason
    assert all(found[f"{name}.html"].figures for name in "acd")


_SLOW = """
import sys, os, time
sys.path[:] = {path!r}
import reportgen.collating.examining as examining
_own = examining.examined
def _slow(path, file, *others):
    if "慢" in file:
        time.sleep(600)
    return _own(path, file, *others)
examining.examined = _slow
"""
"""Makes a worker that never comes to the end of one file."""


def test_a_second_run_reads_what_has_changed_only(folder: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (folder / f"{name}.html").write_bytes(as_page(made_report(f"某市甲区{name}局", 1)))
    first, read = gather(folder, tmp_path / "out")
    assert read == ["a.html", "b.html"]
    (folder / "b.html").write_bytes(as_page(made_report("某市甲区b局", 2)))
    os.utime(folder / "a.html", (1, 1))
    second, read = gather(folder, tmp_path / "out")
    assert read == ["b.html"]
    assert second["a.html"].modified == 1
    assert (second["a.html"].figures, second["a.html"].told) == (
        first["a.html"].figures,
        first["a.html"].told,
    )
    assert second["a.html"].sentences == first["a.html"].sentences
    assert second["b.html"].figures != first["b.html"].figures


@pytest.mark.parametrize("spoilt", [b"", b"no database at all" * 100, None])
def test_the_cache_may_be_deleted_or_broken(spoilt: bytes | None, folder: Path, tmp_path: Path) -> None:
    (folder / "a.html").write_bytes(as_page(made_report("某市甲区a局", 1)))
    gather(folder, tmp_path / "out")
    cache = tmp_path / "out" / NAME
    cache.unlink() if spoilt is None else cache.write_bytes(spoilt)
    found, read = gather(folder, tmp_path / "out")
    assert read == ["a.html"]
    assert found["a.html"].figures
    assert gather(folder, tmp_path / "out")[1] == []


def test_a_cache_that_somebody_wrote_into_is_not_believed(folder: Path, tmp_path: Path) -> None:
    import sqlite3

    (folder / "a.html").write_bytes(as_page(made_report("某市甲区a局", 1)))
    gather(folder, tmp_path / "out")
    base = sqlite3.connect(tmp_path / "out" / NAME)
    base.execute("update reports set data = ?", (b"cos\nsystem\n(S'true'\ntR.",))
    base.commit()
    base.close()
    found, read = gather(folder, tmp_path / "out")
    assert read == ["a.html"]
    assert found["a.html"].figures


def test_where_no_cache_can_be_kept_all_is_read(folder: Path, tmp_path: Path) -> None:
    (folder / "a.html").write_bytes(as_page(made_report("某市甲区a局", 1)))
    (tmp_path / "file").write_bytes(b"x")
    assert gather(folder, tmp_path / "file" / "out")[1] == ["a.html"]


class Changing(Silent):
    """Changes a file each time one was read."""

    def __init__(self, path: Path, pages: Iterator[bytes]) -> None:
        super().__init__()
        self.path, self.pages = path, pages

    def done(self, submission: Submission) -> None:
        super().done(submission)
        if page := next(self.pages, None):
            self.path.write_bytes(page)
            os.utime(self.path, ns=(0, time.time_ns() + len(self.read) * 10**9))


def changing(folder: Path, times: int) -> tuple[Gathered, list[str]]:
    path = folder / "a.html"
    pages = [as_page(made_report("某市甲区a局", seed)) for seed in range(times + 1)]
    path.write_bytes(pages[0])
    progress = Changing(path, iter(pages[1:]))
    with Cache(None, None) as cache:
        cache.against(LastYear())
        return gathered(folder, Workers(folder, LastYear(), None), cache, progress), progress.read


def test_a_file_that_changes_while_it_is_read_is_read_again(folder: Path) -> None:
    found, read = changing(folder, 1)
    assert (len(read), found.unsteady) == (2, ())
    assert found.submissions[0].figures == examined(folder / "a.html", "a.html").figures


def test_a_file_that_changes_each_time_is_told(folder: Path) -> None:
    found, read = changing(folder, 9)
    assert (len(read), found.unsteady) == (3, ("a.html",))


def test_a_submission_comes_back_from_its_bytes_as_it_was() -> None:
    from reportgen.collating.area import Sentence, Told
    from reportgen.model.findings import Severity

    report = Submission(
        "目录/a\udcff.html",
        "00",
        "网页",
        1.5,
        "某局",
        2025,
        "2021",
        {"a.b": "1"},
        {"a.c": "约20"},
        (Told("T01", Severity.ERROR, "说", ("a.b",), "处", "1", "2", "词"),),
        (Sentence("overview", "一句。", "一句"), Sentence("overview", "二句。", "二句")),
    )
    assert unpacked(packed(report)) == report
    for data in (b"", b"00000001", packed(report)[:-30], b"x" * 100):
        try:
            again = unpacked(data)
        except ValueError:
            continue
        with pytest.raises(Exception):  # noqa: B017, PT011
            list(again.sentences)


def test_frames_end_where_the_stream_ends(tmp_path: Path) -> None:
    with (tmp_path / "f").open("w+b") as stream:
        worker.send(stream, b"abc")
        stream.write(b"\0\0\0\x09short")
        stream.seek(0)
        assert worker.receive(stream) == b"abc"
        assert worker.receive(stream) is None


def test_texts_are_put_aside_whether_a_file_was_read_now_or_before(tmp_path: Path) -> None:
    folder = tmp_path / "年报"
    folder.mkdir()
    (folder / "a.html").write_bytes(as_page(made_report("某市甲区民政局", 1)))
    for _ in range(2):
        with Cache(tmp_path / "出", None) as cache, aside() as room:
            cache.against(LastYear())
            found = gathered(folder, Workers(folder, LastYear(), None), cache, Silent(), aside=room)
            (report,) = found.submissions
            kept = vars(report.sentences)["_data"]
            assert (kept.data, len(list(report.sentences)) > 50) == (b"", True)


def test_why_a_file_cannot_be_used_is_said_for_the_body_that_sent_it(folder: Path) -> None:
    """A body sends in again; it runs nothing."""
    (folder / "b.docx").write_bytes(bomb())
    reason = gather(folder)[0]["b.docx"].reason
    assert "运行" not in reason
    assert "另存为不加密的 .docx，再交。" in reason
