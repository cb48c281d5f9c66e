"""Last year's figures are found by the body's name, from a file that goes with the run."""

from __future__ import annotations

import errno
import json
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from reportgen.collating.last_year import LastYear, from_json, last_year
from reportgen.model.findings import InputError
from reportgen.model.report import printed

from . import areas


def test_a_worker_finds_every_bodys_figures_of_last_year_and_the_file_goes() -> None:
    area = areas.area(areas.sound(), year=2024)
    with last_year(area) as kept:
        told = from_json(json.loads(json.dumps(kept.as_json())))
        for standing in area.standings:
            assert standing.submission
            found = told.of(standing.name, Path("今年.docx"), None)
            assert found
            assert (found.year, found.agency["name"]) == (standing.submission.year, standing.name)
            assert {key: printed(figure) for key, figure in found.figures.items()} == dict(
                standing.submission.figures
            )
        assert told.of("安河县没有局", Path("今年.docx"), None) is None
    assert kept.path
    assert not kept.path.exists()


def test_no_year_before_is_nobodys() -> None:
    assert LastYear().of("安河县公安局", Path("今年.docx"), None) is None


def test_any_other_figure_makes_another_last_year() -> None:
    first, *others = areas.sound()
    assert first.submission
    figures = {**first.submission.figures, "requests.new_received.total": "20"}
    changed = replace(first, submission=replace(first.submission, figures=figures))
    digests = set()
    for standings in ([first, *others], [first, *others], [changed, *others], others):
        with last_year(areas.area(standings, year=2024)) as kept:
            digests.add(kept.digest)
    assert len(digests) == 3


def test_a_full_disk_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> bytes:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(zlib, "compress", refuse)
    with pytest.raises(InputError, match="磁盘满了"), last_year(areas.area(areas.sound())):
        pass
