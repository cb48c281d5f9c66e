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


def test_the_signature_comes_back(run: Run, tmp_path: Path) -> None:
    source, book, back = (tmp_path / name for name in ("本局-2022.toml", "填报表.xlsx", "回来.toml"))
    signature = '\n[signature]\nbody = "莆田市公安局"\ndate = 2023-01-18\n'
    source.write_text(EXAMPLE.read_text("utf-8") + signature, encoding="utf-8")
    assert run("sheet", source, "-o", book)[0] == 0
    for options in ([], ["--bind"]):
        status, said = run("import", book, "-o", back, *options)
        assert (status, "没有收进来" in said) == (0, False)
        assert read(back).narrative["signature"].source == "莆田市公安局\n2023年1月18日"
        back.unlink()


def test_so_it_does_after_libreoffice_saved_the_workbook(run: Run, tmp_path: Path) -> None:
    book, back = tmp_path / "填报表.xlsx", tmp_path / "回来.toml"
    assert run("sheet", EXAMPLE, "-o", book)[0] == 0
    saved = tmp_path / "保存过.xlsx"
    saved.write_bytes(saved_by_libreoffice({"book": book.read_bytes()}, tmp_path)["book"])
    status, said = run("import", saved, "-o", back)
    assert status == 0, said
    _same(back)


def test_a_workbook_has_its_text_wherever_a_published_report_may_stand(run: Run, tmp_path: Path) -> None:
    book = tmp_path / "填报表.xlsx"
    assert run("sheet", EXAMPLE, "-o", book)[0] == 0
    status, said = run("verify", book, EXAMPLE)
    assert (status, "完全一致" in said) == (0, True), said
    other = tmp_path / "改过.toml"
    other.write_text(EXAMPLE.read_text(encoding="utf-8").replace("62个政务", "63个政务"), encoding="utf-8")
    status, said = run("diff", book, other)
    assert (status, said.count("→")) == (1, 1), said
    for options in ([], ["--with-text"]):
        made = [tmp_path / f"{source.suffix[1:]}-2023.toml" for source in (book, EXAMPLE)]
        for source, new in zip((book, EXAMPLE), made, strict=True):
            new.unlink(missing_ok=True)
            assert run("new", "--from", source, *options, "-o", new)[0] == 0
        assert made[0].read_bytes() == made[1].read_bytes()
    this = tmp_path / "今年-2023.toml"
    this.write_text(EXAMPLE.read_text(encoding="utf-8").replace("2022", "2023"), encoding="utf-8")
    assert "一字未改" in run("check", this, "--previous", book)[1]


def _same(back: Path) -> None:
    one, other = read(EXAMPLE), read(back)
    assert (other.form.format, other.year, other.agency) == (one.form.format, one.year, one.agency)
    assert other.figures == one.figures
    assert {key: text.source.strip() for key, text in other.narrative.items()} == {
        key: text.source.strip() for key, text in one.narrative.items()
    }
