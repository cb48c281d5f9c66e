"""``sheet``, LibreOffice, ``import``: the same input comes back."""

from __future__ import annotations

from pathlib import Path

from reportgen.reading import read

from ..conftest import Run
from ..writing.calc import saved_by_libreoffice

EXAMPLE = Path(__file__).parents[2] / "inputs" / "putian-psb-2022.toml"


def test_an_input_that_went_through_a_workbook_says_the_same(run: Run, tmp_path: Path) -> None:
    book, back = tmp_path / "填报表.xlsx", tmp_path / "回来.toml"
    assert run("sheet", EXAMPLE, "-o", book)[0] == 0
    status, said = run("import", book, "-o", back)
    assert status == 0, said
    _same(back)


def test_so_it_does_after_libreoffice_saved_the_workbook(run: Run, tmp_path: Path) -> None:
    book, back = tmp_path / "填报表.xlsx", tmp_path / "回来.toml"
    assert run("sheet", EXAMPLE, "-o", book)[0] == 0
    saved = tmp_path / "保存过.xlsx"
    saved.write_bytes(saved_by_libreoffice({"book": book.read_bytes()}, tmp_path)["book"])
    status, said = run("import", saved, "-o", back)
    assert status == 0, said
    _same(back)


def _same(back: Path) -> None:
    one, other = read(EXAMPLE), read(back)
    assert (other.form.format, other.year, other.agency) == (one.form.format, one.year, one.agency)
    assert other.figures == one.figures
    assert {key: text.source.strip() for key, text in other.narrative.items()} == {
        key: text.source.strip() for key, text in one.narrative.items()
    }
