"""A thousand reports in one process: time for each, and memory after 100 and after 1,000."""

from __future__ import annotations

import time
from pathlib import Path

from reportgen.model.document import compose
from reportgen.reading import read
from reportgen.writing import html, word

EXAMPLE = Path(__file__).parents[2] / "inputs" / "putian-psb-2022.toml"


def main() -> None:
    start = time.perf_counter()
    memory = {}
    for number in range(1, 1001):
        document = compose(read(EXAMPLE))
        word.render(document)
        html.render(document)
        if number in (100, 1000):
            memory[number] = _memory()
    taken = time.perf_counter() - start
    print(f"  {taken:.1f} s in all, {taken:.1f} ms a report, read, composed and rendered as Word and HTML")
    print(
        f"  memory after 100: {memory[100]:.1f} MB, after 1,000: {memory[1000]:.1f} MB, {memory[1000] / memory[100]:.2f} ×"
    )


def _memory() -> float:
    """Resident memory of this process in MB (Linux)."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


if __name__ == "__main__":
    main()
