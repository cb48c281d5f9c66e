"""The final: held against the drafts and the corrections in them, never written over, with a check sheet of its own."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from reportgen.form.model import Form
from reportgen.model import provenance
from reportgen.model.provenance import Provenance
from reportgen.review.folder import Edited
from reportgen.writing import pdf
from reportgen.writing.files import OutputError

from ..writing.documents import NARRATIVE
from .test_drafts import NAME, Work, contents, draft, edit, final, made, stands, word_file

FREE, OTHER = "没有收取信息处理费。", "没有收取任何费用。"
PDF = b"%PDF-1.7\nbody\nxref\ntrailer\nstartxref\n9\n%%EOF\n"


@pytest.fixture
def work(form: Form) -> Work:
    return made(form)


def dated(path: Path, moment: str) -> None:
    seconds = time.mktime(time.strptime(moment, "%Y-%m-%d %H%M"))
    os.utime(path, (seconds, seconds))


def sheet(folder: Path) -> str:
    return contents(folder)["核对单.html"].decode()


# ── how it stands to the drafts ─────────────────────────────────────────────────────────────────────


def test_it_says_which_draft_it_equals(work: Work, form: Form, tmp_path: Path) -> None:
    draft(made(form, other_matters=OTHER), tmp_path)
    draft(work, tmp_path)
    found = stands(work, tmp_path)
    assert (found.draft, found.equal, found.open) == ("送审稿2", "送审稿2", ())
    assert not found.changes
    assert found.fingerprint == work.document.content.fingerprint


def test_what_differs_from_the_last_draft_is_told_and_what_stood_in_none(
    work: Work, form: Form, tmp_path: Path
) -> None:
    draft(work, tmp_path)
    draft(made(form, other_matters=OTHER), tmp_path)
    text = NARRATIVE["problems"].replace("多用图表", "多用短片")
    found = stands(made(form, problems=text), tmp_path)
    assert (found.draft, found.equal) == ("送审稿2", "")
    assert [change.part for change in found.changes.texts] == ["problems", "other_matters"]
    assert [change.part for change in found.unseen.texts] == ["problems"], "the other stood in draft 1"


def test_a_figure_that_stood_in_no_draft_is_told(work: Work, tmp_path: Path) -> None:
    draft(work, tmp_path)
    figures = {**work.document.figures, "active_disclosure.licensing": "1"}
    changed = replace(work, document=replace(work.document, figures=figures))
    assert [change.new for change in stands(changed, tmp_path).unseen.figures] == ["1"]


def test_it_may_equal_an_older_draft(work: Work, form: Form, tmp_path: Path) -> None:
    draft(work, tmp_path)
    draft(made(form, other_matters=OTHER), tmp_path)
    found = stands(work, tmp_path)
    assert (found.draft, found.equal, found.changes.number, found.unseen.number) == (
        "送审稿2",
        "送审稿1",
        1,
        0,
    )


def test_a_page_alone_tells_that_it_is_the_same(work: Work, form: Form, tmp_path: Path) -> None:
    draft(work, tmp_path)
    word_file(tmp_path, 1).unlink()
    found = stands(work, tmp_path)
    assert (found.draft, found.equal, found.fingerprint) == (
        "送审稿1",
        "送审稿1",
        work.document.content.fingerprint,
    )
    differs = stands(made(form, other_matters=OTHER), tmp_path)
    assert (differs.draft, differs.changes.number) == ("送审稿1", 1), "and what differs is read in it"


def test_of_two_equal_drafts_the_last_is_named(work: Work, form: Form, tmp_path: Path) -> None:
    for each in (work, made(form, other_matters=OTHER), work):
        draft(each, tmp_path)
    assert stands(work, tmp_path).equal == "送审稿3"


def test_it_may_equal_a_draft_as_it_came_back(work: Work, form: Form, tmp_path: Path) -> None:
    draft(work, tmp_path)
    edit(word_file(tmp_path, 1), "没有收取信息处理费", "未收取信息处理费")
    found = stands(made(form, other_matters="未收取信息处理费。"), tmp_path)
    assert (found.draft, found.equal, found.returned, found.open) == ("送审稿1", "", "送审稿1", ())
    assert (found.changes.number, found.unseen.number) == (1, 0)


def test_without_drafts_there_is_nothing_to_hold_it_against(work: Work, tmp_path: Path) -> None:
    for name in ("乙县公安局2022年", "莆田市公安局2021年"):
        (tmp_path / f"{name}政府信息公开工作年度报告（送审稿7）.docx").write_bytes(b"other")
    found = stands(work, tmp_path)
    assert (found.draft, found.equal, found.open) == ("", "", ())


def test_drafts_beside_the_input_count_when_the_final_goes_elsewhere(work: Work, tmp_path: Path) -> None:
    here = replace(work, report=replace(work.report, path=tmp_path / "本局-2022.toml"))
    draft(here, tmp_path)
    edit(word_file(tmp_path, 1))
    found = stands(here, tmp_path / "定稿")
    assert (found.draft, found.equal) == ("送审稿1", "送审稿1")
    assert found.open == (Edited(word_file(tmp_path, 1), 1),)
    (tmp_path / "定稿").mkdir()
    for folder in (tmp_path, tmp_path / "定稿" / ".."):
        assert len(stands(here, folder).open) == 1, "one folder is looked at once"


# ── corrections that are open ───────────────────────────────────────────────────────────────────────


def test_a_correction_not_taken_in_is_open_and_named(work: Work, form: Form, tmp_path: Path) -> None:
    draft(work, tmp_path)
    edit(word_file(tmp_path, 1), "没有收取信息处理费", "未收取信息处理费")
    draft(made(form, other_matters=OTHER), tmp_path)
    (left,) = stands(made(form, other_matters=OTHER), tmp_path).open
    assert (left.path, left.open) == (word_file(tmp_path, 1), 1)
    assert left.left.texts[0].new == "未收取信息处理费。"
    assert stands(made(form, other_matters="未收取信息处理费。"), tmp_path).open == ()


@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize("data", [b"", b"\xd0\xcf\x11\xe0encrypted"])
def test_a_draft_that_cannot_be_read_is_open_however_old(
    data: bytes, number: int, work: Work, form: Form, tmp_path: Path
) -> None:
    draft(made(form, other_matters=OTHER), tmp_path)
    draft(work, tmp_path)
    word_file(tmp_path, number).write_bytes(data)
    found = stands(work, tmp_path)
    assert found.open == (Edited(word_file(tmp_path, number)),)
    assert found.draft == "送审稿2", "its page tells what it said"


@pytest.mark.parametrize(
    "name", ["退回.docx", f"{NAME}（送审稿1）-张局改.docx", f"{NAME}（送审稿1）(1).DOCX"]
)
def test_a_draft_that_came_back_under_another_name_is_looked_at_too(
    name: str, work: Work, form: Form, tmp_path: Path
) -> None:
    draft(work, tmp_path)
    (tmp_path / name).write_bytes(word_file(tmp_path, 1).read_bytes())
    assert stands(work, tmp_path).open == (), "a copy that nobody edited"
    edit(tmp_path / name, "没有收取信息处理费", "未收取信息处理费")
    assert stands(work, tmp_path).open == (Edited(tmp_path / name, 1),)
    assert draft(work, tmp_path).edited == (Edited(tmp_path / name, 1),)
    assert stands(made(form, other_matters="未收取信息处理费。"), tmp_path).open == ()


def test_edited_drafts_of_other_reports_and_other_files_are_not(work: Work, tmp_path: Path) -> None:
    other = replace(work.document, title=("乙县公安局", "2022年政府信息公开工作年度报告"))
    draft(replace(work, document=other), tmp_path)
    edit(next(tmp_path.glob("*.docx")))
    for name in ("通知.docx", "~$退回.docx", ".~lock.退回.docx#"):
        (tmp_path / name).write_bytes(b"PK docProps/custom.xml")
    (tmp_path / "文件夹.docx").mkdir()
    assert stands(work, tmp_path).open == ()


# ── an older final ──────────────────────────────────────────────────────────────────────────────────


def test_a_final_of_other_content_is_kept_under_the_time_it_was_made(
    work: Work, form: Form, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "convert", lambda _: PDF)
    monkeypatch.setattr(pdf, "missing_fonts", lambda _: [])
    final(work, tmp_path, fragment=True, pdf=True)
    before = contents(tmp_path)
    assert sorted(before) == [".docx", ".html", ".pdf", "核对单.docx", "核对单.html", "（网页粘贴）.html"]
    dated(tmp_path / f"{NAME}.docx", "2026-01-08 1432")
    written = final(made(form, other_matters=OTHER), tmp_path)
    after = contents(tmp_path)
    older = {f"（2026-01-08 1432 定稿）{name}": data for name, data in before.items()}
    assert {name: after.get(name) for name in older} == older
    assert sorted(set(after) - set(older)) == [".docx", ".html", "核对单.docx", "核对单.html"], (
        "no old page to paste is left"
    )
    assert {path.name.removeprefix(NAME) for path in written.kept} == set(older)


def test_one_of_the_same_content_is_made_anew_in_its_place(work: Work, form: Form, tmp_path: Path) -> None:
    final(work, tmp_path)
    before = contents(tmp_path)
    assert final(work, tmp_path).kept == ()
    assert contents(tmp_path) == before
    assert final(made(form, source="# 新的说明"), tmp_path).kept == ()
    assert sorted(contents(tmp_path)) == sorted(before)


def test_of_two_made_in_one_minute_both_are_kept(work: Work, form: Form, tmp_path: Path) -> None:
    for text in (FREE, OTHER, "无。"):
        final(made(form, other_matters=text), tmp_path)
        dated(tmp_path / f"{NAME}.docx", "2026-01-08 1432")
    names = sorted(contents(tmp_path))
    assert [name for name in names if name.endswith(".docx") and "核对单" not in name] == [
        ".docx",
        "（2026-01-08 1432 定稿2）.docx",
        "（2026-01-08 1432 定稿）.docx",
    ]


def test_a_build_that_fails_loses_no_final(
    work: Work, form: Form, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    final(work, tmp_path)
    before = contents(tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", full)
        with pytest.raises(OutputError, match="磁盘满了"):
            final(made(form, other_matters=OTHER), tmp_path)
    assert set(before.values()) <= set(contents(tmp_path).values())


@pytest.mark.parametrize("ending", [".docx", "（网页粘贴）.html"])
def test_one_open_in_word_is_neither_moved_nor_written_over(
    ending: str, work: Work, form: Form, tmp_path: Path
) -> None:
    final(work, tmp_path, fragment=True)
    (tmp_path / f".~lock.{NAME}{ending}#").write_bytes(b"")
    before = contents(tmp_path)
    with pytest.raises(OutputError, match="正在 Word 或 WPS 里打开"):
        final(made(form, other_matters=OTHER), tmp_path)
    assert contents(tmp_path) == before


@pytest.mark.parametrize("ending", ["核对单.html", "核对单.docx"])
def test_notes_in_the_check_sheet_of_a_final_stay(
    ending: str, work: Work, form: Form, tmp_path: Path
) -> None:
    final(work, tmp_path)
    path = tmp_path / f"{NAME}{ending}"
    noted = edit(path, "核对单", "核对单（已核）")
    assert final(work, tmp_path).edited == (Edited(path),)
    assert path.read_bytes() == noted
    (kept,) = (p for p in final(made(form, other_matters=OTHER), tmp_path).kept if p.name.endswith(ending))
    assert kept.read_bytes() == noted


def test_an_edited_fragment_of_an_older_final_is_kept_too(work: Work, form: Form, tmp_path: Path) -> None:
    final(work, tmp_path, fragment=True)
    path = tmp_path / f"{NAME}（网页粘贴）.html"
    noted = path.read_bytes() + "<p>附注</p>".encode()
    path.write_bytes(noted)
    final(made(form, other_matters=OTHER), tmp_path)
    assert not path.exists()
    assert noted in contents(tmp_path).values()


def test_a_fragment_that_was_edited_is_not_written_over(work: Work, tmp_path: Path) -> None:
    final(work, tmp_path, fragment=True)
    path = tmp_path / f"{NAME}（网页粘贴）.html"
    noted = path.read_bytes().replace("没有收取".encode(), "未收取".encode())
    path.write_bytes(noted)
    with pytest.raises(OutputError, match="生成以后被改过"):
        final(work, tmp_path, fragment=True)
    assert path.read_bytes() == noted


# ── its PDF ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_pdf_tells_what_it_was_made_from_and_whether_it_is_untouched() -> None:
    data = provenance.sealed_pdf(PDF, {provenance.CONTENT: "abc"})
    made_so = Provenance(data)
    assert made_so.is_untouched
    assert made_so.properties[provenance.CONTENT] == "abc"
    assert data.endswith(b"startxref\n9\n%%EOF\n"), "the offset it names still holds"
    assert not Provenance(data + b"signed").is_untouched
    assert not Provenance(data.replace(b"body", b"BODY")).is_untouched
    assert not Provenance(PDF).is_untouched
    assert provenance.sealed_pdf(b"none", {}) == b"none"


def test_a_scan_under_the_name_of_the_pdf_is_not_written_over(
    work: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "convert", lambda _: PDF)
    monkeypatch.setattr(pdf, "missing_fonts", lambda _: [])
    scan = tmp_path / f"{NAME}.pdf"
    scan.write_bytes(b"%PDF-1.4 scan")
    with pytest.raises(OutputError, match="不是本程序生成的"):
        final(work, tmp_path, pdf=True)
    assert sorted(contents(tmp_path)) == [".pdf"]
    final(work, tmp_path)
    assert scan.read_bytes() == b"%PDF-1.4 scan"


def test_a_draft_that_was_annotated_as_pdf_is_left_alone(
    work: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "convert", lambda _: PDF)
    monkeypatch.setattr(pdf, "missing_fonts", lambda _: [])
    path = draft(work, tmp_path, pdf=True).files[-1]
    path.write_bytes(path.read_bytes() + b"annotated")
    assert draft(work, tmp_path, pdf=True).edited == (Edited(path),)
    assert path.read_bytes().endswith(b"annotated")


# ── its check sheet ─────────────────────────────────────────────────────────────────────────────────


def test_the_check_sheet_names_the_draft_and_its_fingerprint(work: Work, tmp_path: Path) -> None:
    draft(work, tmp_path)
    final(work, tmp_path)
    page = sheet(tmp_path)
    assert f"{NAME}（定稿）" in page
    assert "定稿与送审稿1一致。" in page
    assert f"送审稿1的内容指纹是 {work.document.content.fingerprint}。" in page
    assert "数据和文字都没有改动。" in page


def test_it_says_what_no_draft_had_and_what_was_left_open(work: Work, form: Form, tmp_path: Path) -> None:
    draft(work, tmp_path)
    edit(word_file(tmp_path, 1), "没有收取信息处理费", "未收取信息处理费")
    final(made(form, other_matters=OTHER), tmp_path)
    page = sheet(tmp_path)
    assert "定稿与最后的送审稿1有 1 处不同。" in page
    assert "其中 1 处没有在任何一稿里出现过。" in page
    assert f"{word_file(tmp_path, 1).name}：还有 1 处改动没有收进，经办人决定照此定稿。" in page
    assert "<ins>任何</ins>" in page


def test_of_an_older_draft_that_it_equals_the_fingerprint_is_given(
    work: Work, form: Form, tmp_path: Path
) -> None:
    draft(work, tmp_path)
    draft(made(form, other_matters=OTHER), tmp_path)
    final(work, tmp_path)
    page = sheet(tmp_path)
    assert "定稿与送审稿1一致。" in page
    assert "定稿与最后的送审稿2有 1 处不同。" in page
    assert f"送审稿1的内容指纹是 {work.document.content.fingerprint}。" in page


def test_without_a_draft_it_says_so_and_nothing_of_a_first_draft(work: Work, tmp_path: Path) -> None:
    final(work, tmp_path)
    assert "没有送审稿可以对照" in sheet(tmp_path)
    assert "这是第一稿" not in sheet(tmp_path)


def test_extras_of_a_final_are_written_when_asked_for(work: Work, tmp_path: Path) -> None:
    names = [path.name.removeprefix(NAME) for path in final(work, tmp_path, fragment=True).files]
    assert names == [".docx", ".html", "（网页粘贴）.html", "核对单.html", "核对单.docx"]
