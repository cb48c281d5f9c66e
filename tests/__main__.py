"""``python -m tests``: the linter, the formatter, the types and all tests; stops at the first that fails.

The tests are run by as many processes as the machine has processors.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
STEPS = (["ruff", "check"], ["ruff", "format", "--check"], ["mypy"], ["pytest", "-n", "auto", *sys.argv[1:]])

for step in STEPS:
    print("$", *step, flush=True)
    status = subprocess.run([sys.executable, "-m", *step], cwd=ROOT, check=False).returncode
    if status:
        sys.exit(status)
