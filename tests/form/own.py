"""A clerk's own copy of the templates, changed."""

from __future__ import annotations

import shutil
from pathlib import Path

from reportgen.form.form_file import templates_folder


def own_form(tmp_path: Path, old: str, new: str) -> Path:
    """A clerk's own copy of the templates, with one change in the form."""
    shutil.copytree(templates_folder() / "2021", tmp_path / "2021")
    path = tmp_path / "2021" / "form.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path
