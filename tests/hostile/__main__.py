"""``python -m tests.hostile [--runs N] [--kind NAME] [--seed N] [--keep FOLDER]``: a table by kind, and what failed.

Every case that crashed or went over a limit is kept, with its files and its command, in ``--keep``.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path
from random import Random

from . import child
from .kinds import KINDS


def main() -> int:
    """Run the cases; 1 when one of them crashed or exceeded a limit."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile")
    parser.add_argument("--runs", type=int, default=10_000)
    parser.add_argument("--kind", choices=KINDS, action="append")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, default=Path("hostile-failures"))
    options = parser.parse_args()
    child.warm()
    kinds = options.kind or list(KINDS)
    print(
        f"{'kind':14}{'runs':>7}{'exit 0':>8}{'1':>6}{'2':>6}{'crashed':>9}{'over':>6}{'slowest':>9}{'largest':>9}"
    )
    failures = 0
    for kind in kinds:
        failures += _run_kind(kind, -(-options.runs // len(kinds)), options.seed, options.keep)
    return min(1, failures)


def _run_kind(kind: str, runs: int, seed: int, keep: Path) -> int:
    """Run so many cases of a kind and print their line; return how many failed."""
    made = KINDS[kind](Random(f"{kind} {seed}"))
    by_status: Counter[int] = Counter()
    crashed = over = 0
    slowest = largest = 0.0
    for number in range(runs):
        case = next(made)
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch, "f")
            folder.mkdir()
            case.write(folder)
            outcome = child.run(case.arguments, folder)
            by_status[outcome.status] += 1
            crashed, over = crashed + outcome.crashed, over + outcome.over
            slowest, largest = max(slowest, outcome.seconds), max(largest, outcome.megabytes)
            if outcome.wrong:
                kept = keep / f"{kind}-{seed}-{number}"
                shutil.rmtree(kept, ignore_errors=True)
                shutil.copytree(folder, kept)
                (kept / "command.txt").write_text(f"{case.arguments}\n\n{outcome.err}", encoding="utf-8")
                print(f"  {kept}: {case.name}: {outcome.wrong}", file=sys.stderr)
    print(
        f"{kind:14}{runs:7}{by_status[0]:8}{by_status[1]:6}{by_status[2]:6}"
        f"{crashed:9}{over:6}{slowest:7.1f} s{largest:6.0f} MB",
        flush=True,
    )
    return crashed + over


if __name__ == "__main__":
    sys.exit(main())
