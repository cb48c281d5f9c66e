"""What a reviewer writes into a header or footer is told; what was there when the file was made is not."""

from __future__ import annotations

import io
import shutil
from pathlib import Path
from typing import Any

import docx
import pytest

from reportgen import job
from reportgen.form.form_file import templates_folder
from reportgen.reading.word_file import read_word
from reportgen.writing import word

EXAMPLE = Path(__file__).parents[2] / "inputs" / "putian-psb-2022.toml"


def made(templates: Path | None = None, draft: str | None = None) -> tuple[job.Composed, bytes]:
    work = job.composed(job.load(EXAMPLE, None, templates))
    return work, word.render(work.document, draft=draft)


def changed(data: bytes, change: Any) -> bytes:
    document = docx.Document(io.BytesIO(data))
    change(document.sections[0])
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def told(folder: Path, data: bytes, work: job.Composed) -> tuple[str, ...]:
    path = folder / "report.docx"
    path.write_bytes(data)
    return read_word(path, work.report.form).unknown


@pytest.mark.parametrize("draft", [None, "送审稿1"])
def test_nothing_is_told_of_what_was_there_when_it_was_made(draft: str | None, tmp_path: Path) -> None:
    work, data = made(draft=draft)
    assert told(tmp_path, data, work) == ()


@pytest.mark.parametrize("draft", [None, "送审稿1"])
@pytest.mark.parametrize("where", ["header", "footer", "even_page_header"])
def test_what_somebody_wrote_there_is_told(where: str, draft: str | None, tmp_path: Path) -> None:
    work, data = made(draft=draft)
    written = changed(data, lambda section: getattr(section, where).add_paragraph("同意，请办公室修改后印发"))
    (said,) = told(tmp_path, written, work)
    assert said == "页眉或页脚里写着“同意，请办公室修改后印发”，没有核对，也带不回来。"


def test_words_beside_the_name_of_the_draft_are_told(tmp_path: Path) -> None:
    work, data = made(draft="送审稿1")
    written = changed(data, lambda section: section.header.paragraphs[0].add_run("　不同意"))
    assert told(tmp_path, written, work) == ("页眉或页脚里写着“送审稿1　不同意”，没有核对，也带不回来。",)


def test_the_letterhead_of_the_offices_own_template_is_its_own(tmp_path: Path) -> None:
    shutil.copytree(templates_folder(), tmp_path / "templates")
    base = tmp_path / "templates" / "2021" / "report.docx"
    base.write_bytes(changed(base.read_bytes(), lambda section: section.header.add_paragraph("莆田市公安局")))
    work, data = made(tmp_path / "templates")
    assert told(tmp_path, data, work) == ()
    written = changed(data, lambda section: section.header.add_paragraph("阅"))
    assert len(told(tmp_path, written, work)) == 1
