"""Files that claim to be published reports: pages, Word files, PDFs, workbooks and texts cut, changed and grown."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from random import Random

from reportgen import job
from reportgen.writing import html, sheet, word

from .case import Case
from .inputs import EXAMPLE

SUFFIXES = (".html", ".docx", ".pdf", ".xlsx", ".txt", ".mht", ".doc")


@cache
def _sound() -> tuple[bytes, ...]:
    """A report as each of the kinds, as far as this project writes them."""
    work = job.composed(job.load(EXAMPLE))
    page = html.render(work.document).encode()
    text = "\n".join(f"{key}\t{value}" for key, value in work.document.content.figures.items()).encode()
    return page, word.render(work.document), _pdf(), _workbook(), text, b"MIME-Version: 1.0\n\n" + page


def _pdf() -> bytes:
    import pypdf

    writer = pypdf.PdfWriter()
    writer.add_blank_page(595, 842)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _workbook() -> bytes:
    made = job.load(EXAMPLE)
    return sheet.workbook(made.report.form, made.report)


def cases(random: Random) -> Iterator[Case]:
    """Yield cases without end."""
    while True:
        data = bytearray(random.choice(_sound()))
        for _ in range(random.choice((1, 1, 2, 6))):
            _spoil(data, random)
        name = f"r{random.choice(SUFFIXES)}"
        command = random.choice(("import", "import", "verify", "diff"))
        arguments = {
            "import": ("import", name, "-o", "out.toml", *random.choice(((), ("--bind",), ("--explain",)))),
            "verify": ("verify", name, "in.toml"),
            "diff": ("diff", "in.toml", name),
        }[command]
        files = {name: bytes(data)} | ({"in.toml": EXAMPLE.read_bytes()} if command != "import" else {})
        yield Case(f"{command} {name}", arguments, files)


def _spoil(data: bytearray, random: Random) -> None:
    """Change, cut, repeat or put in some bytes."""
    at = random.randrange(len(data) + 1)
    match random.randrange(5):
        case 0:
            del data[at:]
        case 1:
            data[at : at + random.choice((1, 4, 100))] = random.randbytes(random.choice((0, 1, 4)))
        case 2:
            data[at:at] = random.choice(
                (b"<table>", b"<tr><td colspan=99999>", b"<!--", b"\x00", b"<div>")
            ) * random.choice((1, 300, 5000))
        case 3:
            piece = bytes(data[at : at + 2000])
            data[at:at] = piece * random.choice((1, 20, 300))
        case _:
            data[at:at] = random.choice(
                ("１２３", "总计", "（六）其他处理", "999999999999999999")
            ).encode() * random.choice((1, 40))
