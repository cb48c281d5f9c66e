"""The commands as whole processes, against a process that only imports docx, jinja2 and click."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from .clock import least, show

FLOOR = "python, docx, jinja2 and click imported"
EXAMPLE = Path(__file__).parents[2] / "inputs" / "putian-psb-2022.toml"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        # As on a clerk's machine, modules are compiled once; a setting of this machine may forbid keeping them.
        env = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        env["PYTHONPYCACHEPREFIX"] = f"{folder}/compiled"

        def run(*arguments: str) -> None:
            subprocess.run([sys.executable, *arguments], check=True, capture_output=True, env=env)

        def build() -> None:
            """A first draft, each time in a new folder."""
            with tempfile.TemporaryDirectory(dir=folder) as out:
                run("-m", "reportgen", "build", str(EXAMPLE), "-o", out)

        ways = {
            "python, nothing imported": lambda: run("-c", "pass"),
            FLOOR: lambda: run("-c", "import docx, jinja2, click"),
            "reportgen --help (aim 1.1)": lambda: run("-m", "reportgen", "--help"),
            "reportgen rules": lambda: run("-m", "reportgen", "rules"),
            "reportgen check (aim 1.35)": lambda: run("-m", "reportgen", "check", str(EXAMPLE)),
            "reportgen build (aim 1.8)": build,
        }
        show(least(ways, runs=20), base=FLOOR)


if __name__ == "__main__":
    main()
