"""A plain ``pip install .`` works away from the checkout, and the README's commands are those that are run."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import reportgen

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--wheel-dir",
        str(folder),
        str(ROOT),
    ]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode:
        pytest.skip(f"no wheel could be built (offline?): {run.stderr[-200:]}")
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_every_template_and_the_chinese_words(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    templates = {
        f"reportgen/{path.relative_to(ROOT)}" for path in (ROOT / "templates").rglob("*") if path.is_file()
    }
    assert templates <= names
    assert "reportgen/locale/zh_CN/LC_MESSAGES/reportgen.mo" in names
    assert not any(name.startswith("tests") for name in names)


def test_an_installed_copy_makes_the_example_away_from_the_checkout(wheel: Path, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    example = tmp_path / "input.toml"
    example.write_bytes((ROOT / "inputs" / "putian-psb-2022.toml").read_bytes())
    program = (
        f"import sys; sys.path.insert(0, {str(tmp_path / 'site')!r})\n"
        "import reportgen; from pathlib import Path\n"
        f"assert Path(reportgen.__file__).is_relative_to({str(tmp_path)!r}), reportgen.__file__\n"
        f"from reportgen import cli; sys.exit(cli.run(['build', {str(example)!r}]))\n"
    )
    run = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, check=False)
    assert run.returncode == 0, run.stderr.decode()
    assert len(list(tmp_path.glob("*.docx"))) == 2, "the draft and its check sheet"


def test_the_readme_tells_the_commands_that_are_run() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "pip install -q -e '.[test]' && .venv/bin/python -m tests" in readme
    assert '"$work/venv/bin/python" -m tests' in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert ".venv/bin/reportgen build inputs/putian-psb-2022.toml" in readme


def test_tools_for_tests_are_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert all("==" in requirement for requirement in project["optional-dependencies"]["test"])
    assert project["requires-python"] == ">=3.11"
    assert reportgen.__version__ in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_readme_shows_what_the_example_prints(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "reportgen", "build", "inputs/putian-psb-2022.toml", "-o", str(tmp_path)]
    env = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, env=env).stdout.decode()
    assert printed.strip().replace(f"{tmp_path}{os.sep}", "out/") in (ROOT / "README.md").read_text(
        encoding="utf-8"
    )


def test_every_place_the_readme_names_is_there() -> None:
    import re

    named = re.findall(
        r"`((?:docs|reportgen|release|templates|tests|inputs)/[\w./-]*)`",
        (ROOT / "README.md").read_text("utf-8"),
    )
    assert len(named) > 12
    assert [place for place in named if not (ROOT / place).exists()] == []
