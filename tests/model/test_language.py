"""Which language an input file is written in is told in one place: by its name, or by how it begins."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import reportgen
from reportgen.model.language import Language


@pytest.mark.parametrize(
    ("text", "name", "language"),
    [
        ('format = "2021"', "本局.toml", Language.TOML),
        ('format = "2021"', "本局.txt", Language.TOML),
        ('{"format": "2021"}', "本局.json", Language.JSON),
        ("format: 2021", "本局.JSON", Language.JSON),
        ('\ufeff\r\n {"format": "2021"}', "改过的送审稿.docx", Language.JSON),
        ('{"format": "2021"}', "本局.txt", Language.JSON),
        ("", "本局.toml", Language.TOML),
    ],
)
def test_the_name_tells_and_else_the_brace_of_an_object(text: str, name: str, language: Language) -> None:
    assert Language.of(text, Path(name)) is language


def test_no_other_module_asks_for_the_ending_of_an_input_file() -> None:
    for path in Path(reportgen.__file__).parent.rglob("*.py"):
        constants = {
            node.value
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Constant)
        }
        assert path.name == "language.py" or not constants & set(map(str, Language)), path
