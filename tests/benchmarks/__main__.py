"""``python -m tests.benchmarks``: every benchmark, each a ratio against a peer or a floor of the same run."""

from __future__ import annotations

from . import checking, collating, process, published, rendering, thousand, workbench

for benchmark in (rendering, process, thousand, checking, published, collating, workbench):
    print(f"\n{(benchmark.__doc__ or '').splitlines()[0]}")
    benchmark.main()
