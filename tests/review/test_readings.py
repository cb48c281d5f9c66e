"""A folder of many edited drafts: each is read once, and what was kept of that is never wrong."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reportgen import job
from reportgen.form.model import Form
from reportgen.job import Job
from reportgen.reading import word_file
from reportgen.review import folder as drafts
from reportgen.review import readings
from reportgen.writing import word

from ..reviewer import Reviewer

EXAMPLE = Path(__file__).parents[2] / "inputs" / "putian-psb-2022.toml"


@pytest.fixture(scope="module")
def work() -> Job:
    return job.start(EXAMPLE)


@pytest.fixture(scope="module")
def many(work: Job, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of edited drafts: each has a correction, a tracked change and a comment of its own."""
    folder = tmp_path_factory.mktemp("many")
    for number in range(1, readings.MANY + 1):
        origin = replace(work.origin, draft=number)
        leader = Reviewer(
            word.render(work.document, draft=f"送审稿{number}", origin=origin), work.report.form
        )
        leader.write("active_disclosure.licensing", str(335880 + number))
        leader.comment("平稳", f"再斟酌 {number}。")
        (folder / f"{work.document.file_title}（送审稿{number}）.docx").write_bytes(leader.saved())
    return folder


@pytest.fixture
def folder(many: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(many, tmp_path / "many"))


def found(folder: Path, work: Job) -> list[tuple[drafts.Edited, object]]:
    """What the folder is found to hold, with all that stands in each file."""
    document = work.document
    listed = drafts.edited(
        drafts.drafts_in(document, folder), drafts.returned_in(document, folder), document.content
    )
    return [(each, each.word and (each.left, each.word.comments, each.word.content)) for each in listed]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are read."""
    names: list[str] = []
    whole: Callable[..., Any] = word_file.read_word
    monkeypatch.setattr(
        word_file, "read_word", lambda path, *args: (names.append(path.name), whole(path, *args))[1]
    )
    return names


def test_a_second_look_reads_nothing_and_finds_the_same(folder: Path, work: Job, read: list[str]) -> None:
    first = found(folder, work)
    assert len(read) == len(first) == readings.MANY
    read.clear()
    assert found(folder, work) == first
    assert read == []


def test_only_what_changed_is_read_again(folder: Path, work: Job, read: list[str]) -> None:
    found(folder, work)
    read.clear()
    path = max(folder.glob("*.docx"))
    leader = Reviewer(path.read_bytes(), work.report.form)
    leader.write("active_disclosure.licensing", "1")
    about = path.stat()
    path.write_bytes(leader.saved())
    os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))
    now = found(folder, work)
    assert read == [path.name]
    (folder / readings.FILE).unlink()
    assert found(folder, work) == now


def test_few_edited_drafts_leave_no_file(folder: Path, work: Job) -> None:
    next(folder.glob("*.docx")).unlink()
    found(folder, work)
    assert not (folder / readings.FILE).exists()


@pytest.mark.parametrize(
    "spoilt",
    [
        b"",
        b"\xff",
        b"[" * 100_000,
        b"[]",
        b'{"by": 1, "readings": {}}',
        lambda kept: {**kept, "by": "another program"},
        lambda kept: {**kept, "readings": []},
        lambda kept: {**kept, "readings": {k: [] for k in kept["readings"]}},
        lambda kept: {**kept, "readings": {k: {"content": 1} for k in kept["readings"]}},
        lambda kept: {**kept, "readings": {k: {**v, "comments": [1]} for k, v in kept["readings"].items()}},
        lambda kept: {**kept, "readings": {k: {**v, "unknown": [1]} for k, v in kept["readings"].items()}},
        lambda kept: {**kept, "readings": {k: {**v, "more": 1} for k, v in kept["readings"].items()}},
    ],
)
def test_a_file_that_is_spoilt_is_as_none(
    spoilt: bytes | Callable[[dict[str, Any]], object], folder: Path, work: Job, read: list[str]
) -> None:
    first = found(folder, work)
    read.clear()
    path = folder / readings.FILE
    path.write_bytes(
        spoilt if isinstance(spoilt, bytes) else json.dumps(spoilt(json.loads(path.read_bytes()))).encode()
    )
    assert found(folder, work) == first
    assert len(read) == readings.MANY
    read.clear()
    assert found(folder, work) == first
    assert read == []


def test_another_form_reads_anew(folder: Path, work: Job, form: Form, tmp_path: Path) -> None:
    other = Path(shutil.copytree(form.folder, tmp_path / "t"))
    before = readings._reader(form)
    assert before == readings._reader(replace(form, folder=other))
    (other / "form.toml").write_text("# another", encoding="utf-8")
    assert before != readings._reader(replace(form, folder=other))


def test_a_folder_that_cannot_be_written_to_is_read_every_time(
    folder: Path, work: Job, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "write_text", refused)
    first = found(folder, work)
    assert found(folder, work) == first
    assert len(read) == 2 * readings.MANY
    assert len(list(folder.iterdir())) == readings.MANY
