"""An area's reports, pages and Word mixed, read, checked, compared and added up: per report, growth and memory.

``python -m tests.benchmarks.collating 100 1000 10000`` for other numbers of bodies.
"""

from __future__ import annotations

import io
import os
import random
import resource
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from pathlib import Path

from reportgen.model.chinese import numeral

from ..collating.made import as_page, as_word, made_report, sentence

BASES = 60
"""Reports that are rendered; all others are one of them with another name, other sentences and another figure."""
SIZES = (100, 1_000)


def main(sizes: tuple[int, ...] = SIZES) -> None:
    with tempfile.TemporaryDirectory() as name:
        taken: dict[int, float] = {}
        for size in sizes:
            folder = Path(name, f"{size}")
            folder.mkdir()
            write(folder, size)
            first, work, memory = _run(folder, Path(name, f"{size}-out"))
            again, *_ = _run(folder, Path(name, f"{size}-out"))
            taken[size] = first
            print(
                f"  {size:>6,} reports{first:>8.1f} s{1000 * first / size:>8.1f} ms a report"
                f"{1000 * work / size:>8.1f} ms of a core"
                f"{memory:>7.0f} MB in all{again:>8.1f} s once more"
            )
        least, most = min(taken), max(taken)
        growth = taken[most] / taken[least]
        print(f"  growth {growth:.1f} × for {most / least:.0f} × the reports")
        print("  (aim: 1,000 in 20 s on two cores, growth no faster than the number, 300 MB)")


def write(folder: Path, count: int) -> None:
    """Reports of so many bodies, every other one a Word file."""
    chance = random.Random(count)
    bases: list[tuple[str, list[str], bytes, bytes]] = []
    for seed in range(min(BASES, count)):
        name = f"某市甲区第{numeral(seed + 1)}局"  # in digits it would be cut into runs of several fonts
        report = made_report(name, seed)
        told = [part for text in report.narrative.values() for part in _sentences(text.source)]
        bases.append((name, told, as_page(report), as_word(report)))
    for number in range(count):
        name, told, page, word = bases[number % len(bases)]
        others = {one: sentence(chance) for one in told}
        others[name] = f"某市甲区第{number // 1000}镇第{number % 1000}所"
        if number % 2:
            (folder / f"{number}.docx").write_bytes(_in_word(word, others))
        else:
            (folder / f"{number}.html").write_bytes(_replaced(page, others))


def _sentences(text: str) -> list[str]:
    """The sentences that may be exchanged: those of the made-up kind."""
    return [f"{part}。" for line in text.split("\n") for part in line.split("。") if part.count("，") == 2]


def _replaced(data: bytes, others: dict[str, str]) -> bytes:
    text = data.decode()
    for one, other in others.items():
        text = text.replace(one, other)
    return text.encode()


def _in_word(data: bytes, others: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            part = old.read(entry)
            new.writestr(entry, _replaced(part, others) if entry == "word/document.xml" else part)
    return out.getvalue()


def _run(folder: Path, output: Path) -> tuple[float, float, float]:
    """Seconds of one run as a whole process, those of all cores, and the most memory of it and its workers in MB."""
    command = [sys.executable, "-m", "reportgen", "collate", str(folder), "-o", str(output), "--json"]
    start, before = time.perf_counter(), _work()
    run = subprocess.Popen(command, stdout=subprocess.PIPE, env=dict(os.environ))
    peaks: dict[int, float] = {}
    watch = threading.Thread(target=_watch, args=(run, peaks))
    watch.start()
    assert run.stdout
    run.stdout.read()
    run.wait()
    watch.join()
    return time.perf_counter() - start, _work() - before, sum(peaks.values())


def _work() -> float:
    """Seconds that ended processes have kept cores busy: what a machine that does other things too tells."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _watch(run: subprocess.Popen[bytes], peaks: dict[int, float]) -> None:
    """Note the most memory of a process and of its children (Linux)."""
    children = Path(f"/proc/{run.pid}/task/{run.pid}/children")
    while run.poll() is None:
        try:
            pids = [run.pid, *map(int, children.read_text().split())]
        except OSError:
            return
        for pid in pids:
            peaks[pid] = max(peaks.get(pid, 0.0), _peak(pid))
        time.sleep(0.1)


def _peak(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or SIZES)
