"""A folder of drafts: numbered by their content, told by the files themselves, and never written over."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

import pytest

from reportgen import job
from reportgen.form.model import Form
from reportgen.job import Job
from reportgen.model import provenance
from reportgen.model.content import Content
from reportgen.model.document import Document, compose
from reportgen.model.findings import Finding, Outcome, Severity
from reportgen.model.package import Package
from reportgen.model.provenance import Origin
from reportgen.model.report import Report
from reportgen.review import drafts, finals
from reportgen.review.drafts import Extras, Written
from reportgen.review.finals import Standing
from reportgen.review.folder import Edited
from reportgen.review.pull import pull
from reportgen.writing import files, html, word
from reportgen.writing.files import OutputError

from ..conftest import make_report, published
from ..writing.documents import NARRATIVE
from ..writing.office import REJECT, saved_by_libreoffice
from ..writing.ooxml import problems
from ..writing.tracked import body_lines, lines, settled

NAME = "莆田市公安局2022年政府信息公开工作年度报告"
INPUT = Path(__file__).parents[2] / "inputs" / "putian-psb-2022.toml"


@dataclass(frozen=True)
class Work:
    report: Report
    document: Document
    outcome: Outcome
    origin: Origin


@pytest.fixture
def work(form: Form) -> Work:
    return made(form)


def made(form: Form, findings: tuple[Finding, ...] = (), source: str = "一\r\n二", **texts: str) -> Work:
    report = make_report(published("putian-psb-2022"), form, {**NARRATIVE, **texts})
    report = replace(report, path=Path("nowhere") / "input.toml")
    return Work(report, compose(report), Outcome(findings), Origin(source, "ab" * 32))


def draft(work: Work, folder: Path, **extras: bool) -> Written:
    return drafts.write(cast(Job, work), folder, Extras(**extras))


def stands(work: Work, folder: Path) -> Standing:
    return finals.standing(cast(Job, work), folder)


def final(work: Work, folder: Path, **extras: bool) -> Written:
    return finals.write(cast(Job, work), folder, stands(work, folder), Extras(**extras))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name.removeprefix(NAME): path.read_bytes() for path in folder.iterdir()}


def edit(path: Path, old: str = "没有收取", new: str = "未收取") -> bytes:
    """A Word file or page with some words changed, as somebody would who opens it, changes it and saves it."""
    if path.suffix == ".html":
        path.write_bytes(path.read_bytes().replace(old.encode(), new.encode()))
        return path.read_bytes()
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["word/document.xml"] = parts["word/document.xml"].replace(old.encode(), new.encode())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return path.read_bytes()


def word_file(folder: Path, number: int) -> Path:
    return folder / f"{NAME}（送审稿{number}）.docx"


# ── numbers ─────────────────────────────────────────────────────────────────────────────────────────


def test_the_first_draft_is_a_word_file_a_page_and_a_check_sheet(work: Work, tmp_path: Path) -> None:
    written = draft(work, tmp_path)
    assert (written.draft, written.is_new, written.edited) == ("送审稿1", True, ())
    assert sorted(contents(tmp_path)) == [
        "（送审稿1）.docx",
        "（送审稿1）.html",
        "（送审稿1）核对单.docx",
        "（送审稿1）核对单.html",
    ]
    assert [path.name.removeprefix(NAME) for path in written.files] == [
        "（送审稿1）.docx",
        "（送审稿1）.html",
        "（送审稿1）核对单.html",
        "（送审稿1）核对单.docx",
    ]


def test_the_same_content_writes_the_same_files_again(work: Work, tmp_path: Path) -> None:
    draft(work, tmp_path)
    before = contents(tmp_path)
    written = draft(work, tmp_path)
    assert (written.draft, written.is_new) == ("送审稿1", False)
    assert contents(tmp_path) == before


def test_changed_content_gets_the_next_number_and_the_old_draft_stays(
    work: Work, form: Form, tmp_path: Path
) -> None:
    draft(work, tmp_path)
    before = contents(tmp_path)
    written = draft(made(form, other_matters="无。"), tmp_path)
    assert (written.draft, written.is_new) == ("送审稿2", True)
    after = contents(tmp_path)
    assert {name: after[name] for name in before} == before
    assert sorted(set(after) - set(before)) == [
        "（送审稿2）.docx",
        "（送审稿2）.html",
        "（送审稿2）修订对照.docx",
        "（送审稿2）核对单.docx",
        "（送审稿2）核对单.html",
    ]


def test_other_findings_on_the_same_content_are_no_new_draft(work: Work, form: Form, tmp_path: Path) -> None:
    draft(work, tmp_path)
    finding = Finding("T01", Severity.ERROR, "总计不对。", "请改正。", cells=("requests.granted.total",))
    written = draft(made(form, (finding,)), tmp_path)
    assert (written.draft, written.is_new) == ("送审稿1", False)
    with zipfile.ZipFile(word_file(tmp_path, 1)) as package:
        assert "总计不对。请改正。" in package.read("word/comments.xml").decode()
    assert "总计不对。" in contents(tmp_path)["（送审稿1）.html"].decode()


def test_another_comment_in_the_input_is_no_new_draft_but_travels_with_it(
    work: Work, form: Form, tmp_path: Path
) -> None:
    draft(work, tmp_path)
    assert draft(made(form, source="# 新的说明"), tmp_path).draft == "送审稿1"
    assert provenance.Provenance(word_file(tmp_path, 1).read_bytes()).source == "# 新的说明"


def test_content_that_comes_back_to_an_older_draft_is_new_all_the_same(
    work: Work, form: Form, tmp_path: Path
) -> None:
    draft(work, tmp_path)
    draft(made(form, other_matters="无。"), tmp_path)
    assert draft(work, tmp_path).draft == "送审稿3"


def test_a_draft_whose_page_or_sheet_was_deleted_is_completed(work: Work, tmp_path: Path) -> None:
    draft(work, tmp_path)
    before = contents(tmp_path)
    for path in list(tmp_path.iterdir()):
        if path.suffix == ".html":
            path.unlink()
    assert draft(work, tmp_path).draft == "送审稿1"
    assert contents(tmp_path) == before


def test_a_page_alone_still_tells_which_draft_it_is(work: Work, form: Form, tmp_path: Path) -> None:
    draft(work, tmp_path)
    word_file(tmp_path, 1).unlink()
    assert draft(work, tmp_path).draft == "送审稿1"
    word_file(tmp_path, 1).unlink()
    assert draft(made(form, other_matters="无。"), tmp_path).draft == "送审稿2"


def test_drafts_of_another_body_or_year_are_not_counted(work: Work, tmp_path: Path) -> None:
    for name in ("乙县公安局2022年", "莆田市公安局2021年"):
        (tmp_path / f"{name}政府信息公开工作年度报告（送审稿7）.docx").write_bytes(b"other")
    assert draft(work, tmp_path).draft == "送审稿1"


def test_a_file_explains_itself(work: Work, tmp_path: Path) -> None:
    draft(work, tmp_path)
    for name in ("（送审稿1）.docx", "（送审稿1）.html", "（送审稿1）核对单.html"):
        said = provenance.Provenance(contents(tmp_path)[name]).properties
        assert said[provenance.DRAFT] == "1"
        assert said[provenance.INPUT] == "ab" * 32
        assert said[provenance.CONTENT] == work.document.content.fingerprint
        assert provenance.Provenance(contents(tmp_path)[name]).is_untouched
    data = word_file(tmp_path, 1).read_bytes()
    assert provenance.Provenance(data).source == "一\r\n二"
    assert provenance.Provenance(data).content == work.document.content


# ── what was edited ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("suffix", [".docx", ".html"])
def test_a_draft_edited_since_is_named_and_left_alone_and_the_next_number_taken(
    suffix: str, work: Work, tmp_path: Path
) -> None:
    draft(work, tmp_path)
    path = word_file(tmp_path, 1).with_suffix(suffix)
    edited = edit(path)
    written = draft(work, tmp_path)
    assert (written.draft, written.edited) == ("送审稿2", (Edited(path, 1),))
    assert path.read_bytes() == edited
    assert draft(work, tmp_path).draft == "送审稿2"


def test_what_was_corrected_in_a_page_that_has_lost_its_marks_is_counted(work: Work, tmp_path: Path) -> None:
    draft(work, tmp_path)
    path = word_file(tmp_path, 1).with_suffix(".html")
    edit(path, " data-", " x-")
    assert draft(work, tmp_path).edited == (Edited(path, 0),)
    edit(path)
    assert draft(work, tmp_path).edited == (Edited(path, 1),)


def test_corrections_still_open_are_counted_in_older_drafts_too_until_they_are_taken_in(
    work: Work, form: Form, tmp_path: Path
) -> None:
    draft(work, tmp_path)
    edit(word_file(tmp_path, 1), "没有收取信息处理费", "未收取信息处理费")
    edit(word_file(tmp_path, 1), "多用图表", "多用图表和短片")
    assert draft(work, tmp_path).edited == (Edited(word_file(tmp_path, 1), 2),)
    one = made(form, other_matters="未收取信息处理费。")
    assert draft(one, tmp_path).edited == (Edited(word_file(tmp_path, 1), 1),)
    both = made(
        form, other_matters="未收取信息处理费。", problems=NARRATIVE["problems"].replace("图表", "图表和短片")
    )
    assert draft(both, tmp_path).edited == ()
    later = made(
        form,
        other_matters="今年未收取信息处理费。",
        problems="（一）问题。解读单一。\n（二）改进情况。多用图片。",
    )
    assert draft(later, tmp_path).edited == (), "taken in once, then written anew"


def test_the_newest_draft_is_named_even_when_all_its_corrections_are_taken_in(
    work: Work, form: Form, tmp_path: Path
) -> None:
    draft(work, tmp_path)
    edit(word_file(tmp_path, 1), "没有收取信息处理费", "未收取信息处理费")
    written = draft(made(form, other_matters="未收取信息处理费。"), tmp_path)
    assert (written.draft, written.edited) == ("送审稿2", (Edited(word_file(tmp_path, 1), 0),))


def test_a_draft_saved_anew_by_libreoffice_is_left_alone(work: Work, form: Form, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    draft(work, folder)
    saved = saved_by_libreoffice(word_file(folder, 1).read_bytes(), tmp_path)
    word_file(folder, 1).write_bytes(saved)
    written = draft(made(form, other_matters="无。"), folder)
    assert (written.draft, written.edited) == ("送审稿2", (Edited(word_file(folder, 1), 0),))
    assert word_file(folder, 1).read_bytes() == saved
    assert provenance.Provenance(saved).source == "一\r\n二"
    assert provenance.Provenance(saved).content == work.document.content
    assert provenance.Provenance(saved).properties[provenance.DRAFT] == "1"


@pytest.mark.parametrize("data", [b"", b"no zip at all", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0encrypted"])
def test_a_foreign_or_damaged_file_under_the_name_of_a_draft_is_left_alone(
    data: bytes, work: Work, tmp_path: Path
) -> None:
    word_file(tmp_path, 3).write_bytes(data)
    written = draft(work, tmp_path)
    assert (written.draft, written.edited) == ("送审稿4", (Edited(word_file(tmp_path, 3)),))
    assert word_file(tmp_path, 3).read_bytes() == data
    sheet = contents(tmp_path)["（送审稿4）核对单.html"].decode()
    assert "送审稿3没有记下当时的内容，没有比较。" in sheet


def test_notes_written_into_a_check_sheet_stay(work: Work, tmp_path: Path) -> None:
    written = draft(work, tmp_path)
    edited = edit(written.files[2], "核对单", "核对单（已核）")
    again = draft(work, tmp_path)
    assert (again.draft, again.edited) == ("送审稿1", (Edited(written.files[2]),))
    assert written.files[2].read_bytes() == edited


def test_a_fragment_says_nothing_of_its_making_and_is_known_by_its_page(work: Work, tmp_path: Path) -> None:
    written = draft(work, tmp_path)
    (path,) = set(draft(work, tmp_path, fragment=True).files) - set(written.files)
    assert path.read_text(encoding="utf-8") == html.fragment(work.document)
    assert "<!--" not in path.read_text(encoding="utf-8")
    assert draft(work, tmp_path, fragment=True).edited == ()
    assert path.read_text(encoding="utf-8") == html.fragment(work.document)


def test_a_fragment_of_other_words_is_made_anew_and_one_without_its_page_is_left_alone(
    work: Work, form: Form, tmp_path: Path
) -> None:
    page, fragment = (
        path
        for path in draft(work, tmp_path, fragment=True).files
        if path.suffix == ".html" and "核对单" not in path.name
    )
    page.unlink()
    written = draft(work, tmp_path, fragment=True)
    assert written.edited == (Edited(fragment),), "nothing tells whose it is"
    fragment.unlink()
    draft(work, tmp_path, fragment=True)
    page.write_bytes(page.read_bytes().replace(b"font-size", b"font-size "))
    assert Edited(fragment) not in draft(work, tmp_path).edited, "an edited page still vouches for it"


def test_a_fragment_edited_since_stays(work: Work, tmp_path: Path) -> None:
    written = draft(work, tmp_path, fragment=True)
    path = written.files[-1]
    assert path.name == f"{NAME}（送审稿1）（网页粘贴）.html"
    edited = edit(path)
    again = draft(work, tmp_path, fragment=True)
    assert (again.draft, again.edited) == ("送审稿1", (Edited(path),))
    assert path.read_bytes() == edited


@pytest.mark.parametrize("suffix", [".docx", ".html"])
def test_a_final_edited_since_is_not_written_over(
    suffix: str, work: Work, form: Form, tmp_path: Path
) -> None:
    final(work, tmp_path)
    edit(tmp_path / f"{NAME}{suffix}")
    before = contents(tmp_path)
    with pytest.raises(OutputError, match="生成以后被改过，没有动它"):
        final(made(form, other_matters="无。"), tmp_path)
    assert contents(tmp_path) == before


def test_a_final_as_it_was_made_is_made_anew(work: Work, form: Form, tmp_path: Path) -> None:
    final(work, tmp_path)
    changed = made(form, other_matters="无。")
    final(changed, tmp_path)
    data = contents(tmp_path)[".docx"]
    assert provenance.Provenance(data).properties[provenance.CONTENT] == changed.document.content.fingerprint


def test_a_final_carries_neither_number_nor_input_nor_anything_of_a_draft(form: Form, tmp_path: Path) -> None:
    finding = Finding("W01", Severity.WARNING, "请核对措辞。", cells=("requests.granted.total",))
    final(made(form, (finding,)), tmp_path)
    data = contents(tmp_path)[".docx"]
    assert provenance.DRAFT not in provenance.Provenance(data).properties
    assert provenance.Provenance(data).source is None
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        whole = b"".join(package.read(name) for name in package.namelist()).decode(errors="replace")
    page = contents(tmp_path)[".html"].decode()
    assert not any(word in whole for word in ("送审稿", "请核对措辞", "<w:comment"))
    assert not any(word in page for word in ("送审稿1", "请核对措辞"))
    assert sorted(contents(tmp_path)) == [".docx", ".html", "核对单.docx", "核对单.html"]


# ── what changed ────────────────────────────────────────────────────────────────────────────────────


def test_the_changes_go_from_the_draft_before_to_this_one(work: Work, form: Form, tmp_path: Path) -> None:
    draft(work, tmp_path)
    draft(made(form, other_matters="没有收取任何费用。"), tmp_path)
    data = contents(tmp_path)["（送审稿2）修订对照.docx"]
    assert lines(settled(data, accept=True)) == body_lines(word_file(tmp_path, 2).read_bytes())
    assert lines(settled(data, accept=False)) == body_lines(word_file(tmp_path, 1).read_bytes())
    assert problems(data) == []
    assert provenance.Provenance(data).is_untouched


def test_they_start_from_what_the_draft_before_said_when_it_was_made(
    work: Work, form: Form, tmp_path: Path
) -> None:
    """The leader edits draft 1 in its place; the clerk takes the edits over: draft 2 shows them as changes."""
    draft(work, tmp_path)
    made_so = body_lines(word_file(tmp_path, 1).read_bytes())
    edit(word_file(tmp_path, 1), "没有收取信息处理费", "未收取信息处理费")
    draft(made(form, other_matters="未收取信息处理费。"), tmp_path)
    data = contents(tmp_path)["（送审稿2）修订对照.docx"]
    assert lines(settled(data, accept=False)) == made_so
    sheet = contents(tmp_path)["（送审稿2）核对单.html"].decode()
    assert "<del>没有</del>" in sheet


def test_changes_rejected_in_the_revisions_are_corrections_too(
    work: Work, form: Form, tmp_path: Path
) -> None:
    """The leader rejects all in 修订对照 of draft 2, that is, wants draft 1 back; the clerk goes on regardless."""
    folder = tmp_path / "out"
    draft(work, folder)
    draft(made(form, other_matters="没有收取任何费用。"), folder)
    path = folder / f"{NAME}（送审稿2）修订对照.docx"
    path.write_bytes(saved_by_libreoffice(path.read_bytes(), tmp_path, REJECT))
    rejected = path.read_bytes()
    for other in ("没有收取任何费用。", "今年没有收取任何费用。", "近年没有收取任何费用。"):
        assert draft(made(form, other_matters=other), folder).edited == (Edited(path, 1),)
    assert path.read_bytes() == rejected
    assert draft(work, folder).edited == (), "taken in"


def test_a_draft_of_an_older_version_is_compared_as_it_is_now(work: Work, form: Form, tmp_path: Path) -> None:
    """It has neither properties nor what it was made from."""
    old = word.render(work.document, draft="送审稿1")
    word_file(tmp_path, 1).write_bytes(old)
    draft(made(form, other_matters="没有收取任何费用。"), tmp_path)
    data = contents(tmp_path)["（送审稿2）修订对照.docx"]
    assert lines(settled(data, accept=False)) == body_lines(old)


# ── bad days ────────────────────────────────────────────────────────────────────────────────────────


def test_a_draft_open_in_word_is_said_so_when_it_has_to_be_written(
    work: Work, form: Form, tmp_path: Path
) -> None:
    draft(work, tmp_path)
    path = word_file(tmp_path, 1)
    path.with_name(f"~${path.name[2:]}").touch()
    assert draft(work, tmp_path).draft == "送审稿1", "nothing to write"
    before = contents(tmp_path)
    finding = Finding("T01", Severity.ERROR, "总计不对。", cells=("requests.granted.total",))
    with pytest.raises(OutputError, match="正在 Word 或 WPS 里打开。请关闭它，再运行一次。"):
        draft(made(form, (finding,)), tmp_path)
    assert contents(tmp_path) == before
    assert draft(made(form, other_matters="无。"), tmp_path).draft == "送审稿2"


def test_a_number_taken_by_another_build_meanwhile_is_left_to_it(
    work: Work, form: Form, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = made(form, other_matters="另一个人写的。")
    save = drafts.save
    raced = False

    def slower(changed: Mapping[Path, bytes], *, new: Path | None = None) -> list[Path]:
        nonlocal raced
        if not raced:
            raced = True
            draft(other, tmp_path)
        return save(changed, new=new)

    monkeypatch.setattr(drafts, "save", slower)
    assert draft(work, tmp_path).draft == "送审稿2"
    said = [
        provenance.Provenance(word_file(tmp_path, number).read_bytes()).properties[provenance.CONTENT]
        for number in (1, 2)
    ]
    assert said == [each.document.content.fingerprint for each in (other, work)]
    assert (
        provenance.Provenance(contents(tmp_path)["（送审稿1）.html"]).properties[provenance.CONTENT]
        == said[0]
    )


def test_a_file_system_without_links_takes_numbers_too(
    work: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(files.os, "link", refuse)
    assert draft(work, tmp_path).draft == "送审稿1"
    assert provenance.Provenance(word_file(tmp_path, 1).read_bytes()).is_untouched
    with pytest.raises(files.TakenError):
        files.save({word_file(tmp_path, 1): b"other"}, new=word_file(tmp_path, 1))
    assert provenance.Provenance(word_file(tmp_path, 1).read_bytes()).is_untouched


def test_many_builds_at_once_lose_and_tear_nothing(tmp_path: Path) -> None:
    """Six processes with six contents in one folder: six numbers, each draft whole and in agreement with itself."""
    text = INPUT.read_text(encoding="utf-8")
    processes = []
    for number in range(6):
        path = tmp_path / f"input-{number}.toml"
        path.write_text(text.replace("801条", f"{900 + number}条"), encoding="utf-8")
        command = [sys.executable, "-m", "reportgen", "build", path, "-o", tmp_path / "out"]
        processes.append(subprocess.Popen(command, stdout=subprocess.DEVNULL))
    assert [process.wait() for process in processes] == [0] * 6
    found = contents(tmp_path / "out")
    numbers = range(1, 7)
    said = {
        number: {
            provenance.Provenance(found[f"（送审稿{number}）{ending}"]).properties[provenance.CONTENT]
            for ending in (".docx", ".html", "核对单.html")
        }
        for number in numbers
    }
    assert all(len(each) == 1 for each in said.values())
    assert len(set.union(*said.values())) == 6
    assert all(provenance.Provenance(data).is_untouched for data in found.values())
    assert not any("tmp" in name for name in found)


def test_a_build_killed_half_way_is_completed_by_the_next(
    work: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The Word file has its name, the page and the check sheet do not."""
    draft(work, tmp_path / "whole")

    if not (child := os.fork()):
        monkeypatch.setattr(Path, "replace", lambda *_: os._exit(9))
        draft(work, tmp_path / "out")
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    assert [name for name in contents(tmp_path / "out") if "reportgen" not in name] == ["（送审稿1）.docx"]
    assert draft(work, tmp_path / "out").draft == "送审稿1"
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


def test_after_9999_comes_10000(work: Work, form: Form, tmp_path: Path) -> None:
    draft(work, tmp_path)
    for path in list(tmp_path.iterdir()):
        path.rename(path.with_name(path.name.replace("送审稿1）", "送审稿9999）")))
    assert draft(made(form, other_matters="甲。"), tmp_path).draft == "送审稿10000"
    assert draft(made(form, other_matters="甲。"), tmp_path).draft == "送审稿10000"
    assert draft(made(form, other_matters="乙。"), tmp_path).draft == "送审稿10001"


def test_a_name_that_can_never_be_taken_ends_in_a_message(
    work: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def taken(*_: object, **__: object) -> None:
        raise files.TakenError("已经有了。请再运行一次。")

    monkeypatch.setattr(drafts, "save", taken)
    with pytest.raises(OutputError, match="已经有了。请再运行一次。"):
        draft(work, tmp_path)


def test_a_folder_under_the_name_of_a_draft_ends_in_a_message(work: Work, tmp_path: Path) -> None:
    word_file(tmp_path, 1).mkdir()
    with pytest.raises(OutputError, match="读不出来"):
        draft(work, tmp_path)


def test_a_folder_that_cannot_be_written_is_said_so(work: Work, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    with pytest.raises(OutputError, match="不是文件夹"):
        draft(work, tmp_path / "file")


@pytest.mark.parametrize("number", [1, 2])
def test_every_word_file_of_a_draft_is_sound_and_the_same_again(
    number: int, work: Work, form: Form, tmp_path: Path
) -> None:
    for folder in (tmp_path / "a", tmp_path / "b"):
        draft(work, folder)
        if number == 2:
            draft(made(form, other_matters="无。"), folder, fragment=True)
    assert contents(tmp_path / "a") == contents(tmp_path / "b")
    for name, data in contents(tmp_path / "a").items():
        if name.endswith(".docx"):
            assert problems(data) == []


def test_the_pieces_of_a_draft_named_by_hostile_bodies_stay_in_their_folder(
    work: Work, tmp_path: Path
) -> None:
    document = replace(work.document, title=("../../甲/局", "2022年报告"))
    written = draft(replace(work, document=document), tmp_path / "out")
    assert {path.parent for path in written.files} == {tmp_path / "out"}


def test_every_file_of_the_folder_is_read_and_unpacked_once(
    work: Work, form: Form, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for i in range(4):
        draft(made(form, preface=f"第{i}次。"), tmp_path)
        word_file(tmp_path, i + 1).write_bytes(saved_again(word_file(tmp_path, i + 1).read_bytes()))
    read, unpacked = opened(monkeypatch)
    draft(work, tmp_path)
    ours = [name for name in read if "送审稿" in name and "（送审稿5）" not in name]
    assert len(ours) == len(set(ours)) >= 8
    assert len(unpacked) == len(set(unpacked)) >= 4


def test_what_the_report_says_and_its_fingerprint_are_worked_out_once(
    work: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = list[Content]()
    init = Content.__init__

    def counted(content: Content, *args: Any, **named: Any) -> None:
        found.append(content)
        init(content, *args, **named)

    monkeypatch.setattr(Content, "__init__", counted)
    draft(work, tmp_path)
    draft(work, tmp_path)
    (content,) = found
    assert content.fingerprint is content.fingerprint


def test_pull_reads_and_unpacks_a_draft_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    input = tmp_path / INPUT.name
    input.write_bytes(INPUT.read_bytes())
    drafts.write(job.start(input), tmp_path, Extras())
    edit(word_file(tmp_path, 1))
    read, unpacked = opened(monkeypatch)
    assert pull(word_file(tmp_path, 1), input).is_new
    assert (read.count(word_file(tmp_path, 1).name), len(unpacked)) == (1, 1)


def opened(monkeypatch: pytest.MonkeyPatch) -> tuple[list[str], list[int]]:
    """What is read from now on by name, and what is unpacked by its hash."""
    read, unpacked = list[str](), list[int]()
    read_bytes, unpack = Path.read_bytes, Package.of
    monkeypatch.setattr(Path, "read_bytes", lambda path: (read.append(path.name), read_bytes(path))[1])
    monkeypatch.setattr(Package, "of", lambda data: (unpacked.append(hash(data)), unpack(data))[1])
    return read, unpacked


def saved_again(data: bytes) -> bytes:
    """A Word file saved by another program: the same parts, another seal."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, part + b"\n" if name == "word/document.xml" else part)
    return out.getvalue()
