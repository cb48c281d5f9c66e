"""What stands on the terminal: nothing that a file says steers it, and a terminal that fails is no traceback."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import reportgen
from reportgen.console import terminal

from ..conftest import Run

PACKAGE = Path(reportgen.__file__).parent
EXAMPLE = Path(__file__).parents[2] / "inputs" / "putian-psb-2022.toml"
TEXT = EXAMPLE.read_text(encoding="utf-8")
HOSTILE = "\x1b]0;标题\x07\x1b[2J\x9b31m\u202e\u2066\u200f\x7f\r\b\u2028"
WAIVER = '\n[[waivers]]\nrule = "T01"\nmark = "12345678"\nplace = "甲"\nreason = {reason}\nby = "乙"\n'


def steering(text: str) -> set[str]:
    """The characters in it that a terminal obeys and does not show."""
    return {char for char in text if not char.isprintable() and char not in "\n\t"}


def test_no_character_of_a_file_steers_the_terminal(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "in.toml"
    path.write_text(TEXT + WAIVER.format(reason=json.dumps(HOSTILE)), encoding="utf-8")
    comment = tmp_path / "comment.toml"
    comment.write_text(f'format = "2021"\nyear = 2022\n# {HOSTILE}\n', encoding="utf-8")
    named = tmp_path / "a\x1b[31m\u202e.toml"
    for arguments in (["check", path], ["check", path, "--all"], ["check", comment], ["check", named]):
        assert steering(run(*arguments)[1]) == set(), arguments
    assert steering(run("build", path, "--templates", tmp_path / "b\x1b[31m")[1]) == set()
    assert steering(run("b\x1b[31m\u202e")[1]) == set()


def test_json_keeps_the_meaning_of_what_it_writes_out(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.show(json.dumps({"input": HOSTILE}, ensure_ascii=False))
    said = capsys.readouterr().out
    assert steering(said) == set()
    assert json.loads(said) == {"input": HOSTILE}


def test_a_paragraph_is_freed_of_them_before_it_is_measured(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.say(f"甲{HOSTILE}乙\t丙\n丁")
    said = capsys.readouterr().out
    assert said.startswith("甲\\u001b]0;标题\\u0007")
    assert said.endswith("乙\t丙\n丁\n")


def test_all_that_is_printed_goes_through_the_one_filter() -> None:
    printing = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("print", "click.echo", "click.secho")
    }
    assert printing == {"console/terminal.py", "__main__.py"}  # __main__: words of its own only


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize(
    "command", [["check", EXAMPLE], ["check", EXAMPLE, "--json"], ["rules"], ["check", "no"]]
)
def test_an_output_that_is_full_is_told_and_no_traceback(command: list[object]) -> None:
    with open("/dev/full", "wb") as full:
        result = subprocess.run(
            [sys.executable, "-X", "utf8", "-m", "reportgen", *map(str, command)],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    said = result.stderr.decode()
    assert result.returncode == 2
    assert "Traceback" not in said
    assert ("错误：结果写不出来（磁盘满了）。" in said) == ("no" not in command)


@pytest.mark.skipif(os.name == "nt", reason="closed through the shell of POSIX")
@pytest.mark.parametrize(("closed", "status"), [(">&-", 0), (">&- 2>&-", 0), ("<&- >&- 2>&-", 0)])
def test_an_output_that_is_closed_is_nobodys_and_the_work_is_done(
    closed: str, status: int, tmp_path: Path
) -> None:
    (tmp_path / "in.toml").write_text(TEXT, encoding="utf-8")
    command = f'"{sys.executable}" -m reportgen build in.toml -o out {closed}'
    environment = {**os.environ, "PYTHONPATH": str(PACKAGE.parent)}
    result = subprocess.run(
        command, shell=True, cwd=tmp_path, env=environment, capture_output=True, check=False
    )
    assert (result.returncode, result.stdout, result.stderr) == (status, b"", b"")
    assert len(list((tmp_path / "out").iterdir())) == 4
