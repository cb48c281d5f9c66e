"""Times for the benchmarks: the median or the least of many runs, the runs of all ways taken in turn."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from typing import Any


def medians(ways: Mapping[str, Callable[[], Any]], runs: int) -> dict[str, float]:
    """Milliseconds of each way; taken in turn, so that a slow spell of the machine hits all alike."""
    return {name: statistics.median(taken) for name, taken in _times(ways, runs).items()}


def least(ways: Mapping[str, Callable[[], Any]], runs: int) -> dict[str, float]:
    """The same, the quickest run of each way: what it costs where nothing else runs."""
    return {name: min(taken) for name, taken in _times(ways, runs).items()}


def _times(ways: Mapping[str, Callable[[], Any]], runs: int) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {name: [] for name in ways}
    for way in ways.values():
        way()
    for _ in range(runs):
        for name, way in ways.items():
            start = time.perf_counter()
            way()
            times[name].append((time.perf_counter() - start) * 1000)
    return times


def show(times: Mapping[str, float], base: str) -> None:
    """Print each time and its ratio to that of ``base``."""
    for name, taken in times.items():
        print(f"  {name:<44}{taken:>9.2f} ms{taken / times[base]:>9.2f} ×")
