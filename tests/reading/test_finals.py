"""The finals of a body that lie in a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen import job
from reportgen.model.document import Document
from reportgen.reading.finals import finals_in
from reportgen.writing import word

INPUT = Path(__file__).parents[2] / "inputs" / "putian-psb-2022.toml"
NAME = "莆田市公安局{}年政府信息公开工作年度报告.docx"


@pytest.fixture
def work() -> job.Job:
    return job.start(INPUT)


@pytest.fixture
def document(work: job.Job) -> Document:
    return work.document


def test_they_are_told_by_their_names(document: Document, tmp_path: Path) -> None:
    for name in (
        NAME.format(2021),
        NAME.format("2023").replace(".docx", ".DOCX"),
        NAME.format(2023).replace(".docx", "（送审稿1）.docx"),
        NAME.format(2023).replace("莆田", "厦门"),
        "~$" + NAME.format(2022),
    ):
        (tmp_path / name).write_bytes(b"whatever")
    assert [(final.year, final.content) for final in finals_in(tmp_path, document)] == [
        (2021, None),
        (2023, None),
    ]


def test_one_of_the_same_year_is_read(document: Document, tmp_path: Path) -> None:
    (tmp_path / NAME.format(2022)).write_bytes(word.render(document))
    (final,) = finals_in(tmp_path, document)
    assert final.content is not None
    assert final.content.figures == document.figures


def test_one_of_this_very_content_is_known_by_its_fingerprint(work: job.Job, tmp_path: Path) -> None:
    (tmp_path / NAME.format(2022)).write_bytes(word.render(work.document, origin=work.origin))
    (final,) = finals_in(tmp_path, work.document)
    assert final.content is work.document.content


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"])
def test_one_that_cannot_be_read_says_nothing(data: bytes, document: Document, tmp_path: Path) -> None:
    (tmp_path / NAME.format(2022)).write_bytes(data)
    (final,) = finals_in(tmp_path, document)
    assert final.content is None


def test_no_folder_has_none(document: Document, tmp_path: Path) -> None:
    assert finals_in(tmp_path / "nowhere", document) == ()
    (tmp_path / NAME.format(2022)).mkdir()
    (final,) = finals_in(tmp_path, document)
    assert final.content is None
