"""A PDF with text is read: tables by their drawn lines, paragraphs as they were; a scan is refused."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from reportgen import job
from reportgen.model.findings import InputError
from reportgen.reading.published import read_published
from reportgen.reading.sources.pdf import LARGEST_PAGE, LARGEST_PAGES, extract
from reportgen.reading.sources.ruled import Ruled, Segment, tables
from reportgen.writing import pdf, word

from ...writing.tools import program

EXAMPLE = Path(__file__).parents[3] / "inputs" / "putian-psb-2022.toml"


@pytest.fixture(scope="module")
def made() -> tuple[job.Composed, bytes]:
    program("soffice")
    work = job.composed(job.load(EXAMPLE))
    return work, pdf.convert(word.render(work.document))


def test_what_libreoffice_prints_is_read_whole(made: tuple[job.Composed, bytes], tmp_path: Path) -> None:
    work, data = made
    path = tmp_path / "report.pdf"
    path.write_bytes(data)
    found = read_published(path)
    assert found.figures == work.document.content.figures
    assert set(found.proofs.values()) <= {"grid", "count"}
    assert dict(found.texts) == {key: text for key, text in work.document.content.texts.items() if text}
    assert found.title == work.document.content.title


def told(data: bytes) -> str:
    with pytest.raises(InputError) as error:
        extract(Path("report.pdf"), data)
    return str(error.value)


def blank(pages: int = 1, password: str = "") -> bytes:
    import pypdf

    writer = pypdf.PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_scan_is_refused() -> None:
    assert "扫描件" in told(blank())


def test_a_locked_file_is_refused() -> None:
    assert "密码" in told(blank(password="1234"))


def test_more_pages_than_any_report_has() -> None:
    assert "200 页" in told(blank(201))


@pytest.mark.parametrize("length", [9, 200, 500])
def test_a_damaged_file_is_refused(length: int) -> None:
    assert told(blank()[:length])


def drawn(content: bytes, pages: int = 1) -> bytes:
    """A PDF each of whose pages is drawn by ``content``, packed."""
    import pypdf
    from pypdf.generic import NameObject, StreamObject

    writer = pypdf.PdfWriter()
    stream = StreamObject()
    stream.set_data(content)
    drawing = writer._add_object(stream.flate_encode())
    for _ in range(pages):
        writer.add_blank_page(595, 842)[NameObject("/Contents")] = drawing
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(("bytes_", "pages"), [(LARGEST_PAGE + 99, 1), (LARGEST_PAGES // 10 + 99, 10)])
def test_what_is_drawn_is_measured_before_it_is_read(
    bytes_: int, pages: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A small file unpacks to much; reading what is drawn takes seconds for each megabyte."""
    data = drawn(b"0 0 m 1 1 l S\n" * (bytes_ // 14 + 1), pages)
    assert len(data) < 100_000
    read: list[int] = []
    monkeypatch.setattr("pypdf.PageObject.extract_text", lambda *_, **__: read.append(1))
    assert "内容多得不像年度报告" in told(data)
    assert len(read) < pages


# ── tables from lines ───────────────────────────────────────────────────────────────────────────────


def across(y: float, x0: float, x1: float) -> Segment:
    return Segment(x0, y, x1, y)


def down(x: float, y0: float, y1: float) -> Segment:
    return Segment(x, y0, x, y1)


def test_where_a_line_is_missing_two_cells_are_one() -> None:
    """Two rows and two columns, the upper row one cell."""
    (table,) = tables(
        [
            across(100, 0, 80),
            across(80, 0, 80),
            across(60, 0, 80),
            down(0, 60, 100),
            down(80, 60, 100),
            down(40, 60, 80),
        ]
    )
    assert sorted(set(table.cells.values())) == [(0, 0, 1, 2), (1, 0, 1, 1), (1, 1, 1, 1)]
    assert table.place(50, 90) == (0, 1)
    assert table.place(50, 200) is None


def table_lines() -> list[Segment]:
    """Two columns, and two rows of which the last has no line below it."""
    return [across(100, 0, 80), across(80, 0, 80), down(0, 60, 100), down(40, 60, 100), down(80, 60, 100)]


def test_a_last_row_without_its_line_is_a_row() -> None:
    table = Ruled(table_lines())
    assert table.place(10, 70) == (1, 0)
    assert table.is_open_below
    closed = Ruled([*table_lines(), across(60, 0, 80)])
    assert not closed.is_open_below


def test_two_tables_below_one_another_are_two() -> None:
    one = [across(100, 0, 80), across(80, 0, 80), down(0, 80, 100), down(40, 80, 100), down(80, 80, 100)]
    other = [Segment(s.x0, s.y0 - 60, s.x1, s.y1 - 60) for s in one]
    assert len(list(tables([*one, *other]))) == 2
