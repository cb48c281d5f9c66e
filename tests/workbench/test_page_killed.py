"""The browser killed at any moment while somebody types: what the page said to be saved is in the file."""

from __future__ import annotations

import json
import random
import subprocess
import tomllib
from pathlib import Path

from ..writing.tools import node_modules, program
from .browser import serving

MOMENTS = 10
CELL = "active_disclosure.licensing"


def test_what_was_said_to_be_saved_is_in_the_file_when_the_browser_is_killed(example: Path) -> None:
    chance, said = random.Random(4711), 0
    script = Path(__file__).with_name("killed.js")
    with serving(example) as address:
        for _ in range(MOMENTS):
            run = subprocess.run(
                [
                    program("node"),
                    script,
                    node_modules("playwright-core"),
                    program("chromium"),
                    address,
                    CELL,
                    str(chance.randrange(50, 1500)),
                ],
                capture_output=True,
                text=True,
                check=True,
            )
            seen = json.loads(run.stdout)
            said += seen["saved"] != seen["typed"][0]
            table, row = CELL.split(".")
            figure = str(tomllib.loads(example.read_text(encoding="utf-8"))[table][row])
            typed = [value for value in seen["typed"] if value is not None]
            later = typed[len(typed) - 1 - typed[::-1].index(seen["saved"]) :]
            # A key that was pressed when the browser was killed may have come through, too.
            known = figure in later or (seen["typed"][-1] is None and figure[:-1] in [*later, ""])
            assert known, (figure, seen)
    assert said, "nothing was said to be saved: nothing is tried"
