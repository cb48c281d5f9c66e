"""Made-up phrasings around made-up tables: the sound text is silent, a changed number is reported where it stands."""

from __future__ import annotations

import pytest

from tests.checking.claims.phrasings import BATCHES, score, texts


@pytest.mark.parametrize("batch", BATCHES)
def test_changed_numbers_are_reported_and_sound_texts_are_silent(batch: str) -> None:
    got = score(batch, ways=1)
    assert got.false == 0
    assert got.reported >= 0.98 * got.numbers
    assert got.as_error >= 0.94 * got.numbers


def test_the_same_seed_writes_the_same_texts_and_another_others() -> None:
    once, again, other = ([text.text for text in texts("second", 1, seed)] for seed in (1, 1, 2))
    assert once == again != other
