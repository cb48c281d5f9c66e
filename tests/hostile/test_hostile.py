"""Some of each kind of hostile file in every run of the suite: no traceback, nothing over the limits."""

from __future__ import annotations

import sys
from itertools import islice
from pathlib import Path
from random import Random

import pytest

from .kinds import KINDS

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="limits of a child process are set as Linux has them"
)
FEW = 30
"""So many of each kind; ``python -m tests.hostile`` runs thousands."""


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_that_comes_in_crashes_or_takes_too_much(kind: str, tmp_path: Path) -> None:
    from . import child

    child.warm()
    wrong = []
    for number, case in enumerate(islice(KINDS[kind](Random(f"{kind} suite")), FEW)):
        folder = tmp_path / str(number)
        folder.mkdir()
        case.write(folder)
        outcome = child.run(case.arguments, folder)
        if outcome.wrong:
            wrong.append(f"{case.name} {case.arguments}: {outcome.wrong}")
    assert not wrong
