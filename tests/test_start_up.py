"""A command loads what it needs and no more: help is there at once."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from reportgen.patterns import regex

EXAMPLE = Path(__file__).parents[1] / "inputs" / "putian-psb-2022.toml"
WRITERS = {
    "docx",
    "lxml",
    "segno",
    "xlsxwriter",
    "reportgen.writing.word",
    "reportgen.writing.html",
    "reportgen.writing.pdf",
}
CHECKS = {"reportgen.checking", "reportgen.reading", "reportgen.job"}


def loaded(*arguments: str) -> set[str]:
    """The modules that are there once the command has run, in a process of its own."""
    program = (
        "import sys; from reportgen import cli\n"
        f"assert cli.run({list(arguments)!r}) == 0\n"
        "sys.stderr.write(' '.join(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    return set(run.stderr.decode().split())


@pytest.mark.parametrize("arguments", [["--help"], ["build", "--help"], ["--version"], ["templates"]])
def test_help_loads_no_checks_and_no_writers(arguments: list[str]) -> None:
    assert loaded(*arguments) & {*WRITERS, *CHECKS, "jinja2"} == set()


@pytest.mark.parametrize("arguments", [["rules"], ["rules", "T01"]])
def test_the_rules_are_told_without_what_reads_and_writes(arguments: list[str]) -> None:
    assert loaded(*arguments) & {*WRITERS, "jinja2", "reportgen.reading", "reportgen.job"} == set()


def test_a_pattern_of_the_rules_is_compiled_when_it_is_first_used() -> None:
    broken = regex("(")
    with pytest.raises(re.error):
        broken.search("甲")
    assert regex("[乙甲]").sub("丙", "甲。") == "丙。"


def test_only_the_workbench_loads_a_server(tmp_path: Path) -> None:
    found = loaded("build", str(EXAMPLE), "-o", str(tmp_path)) | loaded("open", "--help")
    assert not [name for name in found if name.split(".")[0] in ("flask", "werkzeug", "waitress")]
    assert not [name for name in found if name.startswith("reportgen.workbench")]


def test_a_check_loads_no_writers() -> None:
    assert loaded("check", str(EXAMPLE)) & WRITERS == set()


def test_a_build_without_a_pdf_does_not_load_what_makes_one(tmp_path: Path) -> None:
    assert "reportgen.writing.pdf" not in loaded("build", str(EXAMPLE), "-o", str(tmp_path))


def test_a_check_compiles_few_patterns() -> None:
    """Of about 190 that its modules name; half a millisecond each is a third of a check."""
    program = (
        "import re._compiler as c; made = []; compile = c.compile\n"
        "c.compile = lambda source, flags=0: made.append(source) or compile(source, flags)\n"
        "import sys; from reportgen import cli\n"
        f"assert cli.run(['check', {str(EXAMPLE)!r}]) == 0\n"
        "sys.stderr.write(str(len(made)))"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert int(run.stderr) < 165
