"""The whole ``reportgen build`` as a process, against a process that only imports docx, jinja2 and click."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from .clock import medians, show

EXAMPLE = Path(__file__).parents[2] / "inputs" / "putian-psb-2022.toml"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        # As on a clerk's machine, modules are compiled once; a setting of this machine may forbid keeping them.
        env = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        env["PYTHONPYCACHEPREFIX"] = f"{folder}/compiled"

        def run(*arguments: str) -> None:
            subprocess.run([sys.executable, *arguments], check=True, capture_output=True, env=env)

        ways = {
            "python, nothing imported": lambda: run("-c", "pass"),
            "python, docx, jinja2 and click imported": lambda: run("-c", "import docx, jinja2, click"),
            "reportgen check": lambda: run("-m", "reportgen", "check", str(EXAMPLE)),
            "reportgen build": lambda: run("-m", "reportgen", "build", str(EXAMPLE), "-o", f"{folder}/out"),
        }
        times = medians(ways, runs=15)
    show(times, base="python, docx, jinja2 and click imported")
    print("  (aim for build: 1.25)")


if __name__ == "__main__":
    main()
