"""The whole ``reportgen build`` as a process, against a process that only imports docx, jinja2 and click."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from .clock import medians, show

EXAMPLE = Path(__file__).parents[2] / "inputs" / "putian-psb-2022.toml"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:

        def run(*arguments: str) -> None:
            subprocess.run([sys.executable, *arguments], check=True, capture_output=True)

        ways = {
            "python, nothing imported": lambda: run("-c", "pass"),
            "python, docx, jinja2 and click imported": lambda: run("-c", "import docx, jinja2, click"),
            "reportgen check": lambda: run("-m", "reportgen", "check", str(EXAMPLE)),
            "reportgen build": lambda: run("-m", "reportgen", "build", str(EXAMPLE), "-o", folder),
        }
        times = medians(ways, runs=15)
    show(times, base="python, docx, jinja2 and click imported")
    print("  (aim for build: 1.25)")


if __name__ == "__main__":
    main()
