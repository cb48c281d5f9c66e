"""Some runs that are killed, interrupted or find the disk full, of every command that writes, in every suite."""

from __future__ import annotations

import sys
from random import Random

import pytest

from . import disturbed

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="processes are forked, limits set as Linux has them"
)

FEW = 2
"""So many of each; ``python -m tests.hostile.disturbed`` runs thousands."""


@pytest.mark.parametrize("kind", disturbed.DISTURBANCES)
def test_whatever_happens_no_input_is_lost_no_file_is_half_and_the_next_run_ends_the_work(kind: str) -> None:
    random = Random(f"{kind} suite")
    for _ in range(FEW):
        assert disturbed.DISTURBANCES[kind](random) == ""


@pytest.mark.parametrize("step", range(4, 13))
def test_an_interruption_of_fix_says_what_was_written(step: int) -> None:
    """At every step, from the lock on the input to the last file in its place."""
    assert disturbed.disturb("fix", "interrupt", step) == ""
