"""The workbench: from the command to the first report, and the answers to figures that are typed, over HTTP."""

from __future__ import annotations

import http.client
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from reportgen.form.form_file import load_form

from .checking import _case

ANSWERS = 100
AIMS = {10_000: 50, 30_000: 120}
"""Milliseconds at the 95th percentile by characters of the text, with last year's report beside it."""


def main() -> None:
    cells = list(load_form("2021").cells)
    for size, aim in AIMS.items():
        with tempfile.TemporaryDirectory() as name:
            _case(Path(name), size)
            first, times = _typed(Path(name) / f"{size}-2022.toml", Path(name), cells)
        times.sort()
        print(
            f"  {size:>7,} characters: first report after {first:.2f} s; a figure typed {statistics.median(times):.0f} ms, "
            f"95th percentile {times[int(0.95 * len(times)) - 1]:.0f} ms (aim: {aim}), longest {times[-1]:.0f} ms"
        )


def _typed(path: Path, run: Path, cells: list[str]) -> tuple[float, list[float]]:
    """Seconds until the page has its report, and milliseconds of each answer, of a server in its own process."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "reportgen", "open", str(path), "--no-browser"],
        stdout=subprocess.PIPE,
        env={**os.environ, "XDG_RUNTIME_DIR": str(run)},
    )
    try:
        assert process.stdout
        address = process.stdout.readline().decode().strip()
        base, _, secret = address.removeprefix("http://").partition("/?secret=")
        connection = http.client.HTTPConnection(base)
        cookie = f"reportgen-{base.partition(':')[2]}={secret}"

        def ask(name: str, **given: Any) -> dict[str, Any]:
            headers = {"Content-Type": "application/json", "Sec-Fetch-Site": "same-origin", "Cookie": cookie}
            connection.request("POST", f"/api/{name}", json.dumps(given), headers)
            found: dict[str, Any] = json.loads(connection.getresponse().read())
            return found

        id = ask("folder")["single"]
        hash = ask("report", id=id)["hash"]
        first = time.perf_counter() - began
        chance = random.Random(13)
        times = []
        for _ in range(ANSWERS):
            start = time.perf_counter()
            cell, figure = chance.choice(cells), chance.randrange(50)
            hash = ask("figures", id=id, hash=hash, cells={cell: str(figure)})["hash"]
            times.append(1000 * (time.perf_counter() - start))
        return first, times
    finally:
        process.kill()
        process.communicate()


if __name__ == "__main__":
    main()
