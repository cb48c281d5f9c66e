"""Rendering one report in a warm process: this project, docxtpl with the same content, and the floor.

The docxtpl template is this project's own Word file with a placeholder in every cell and paragraph. The floor is
what no writer can avoid: serialising document.xml and zipping the finished parts.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from lxml import etree

from reportgen.model.document import Document, compose
from reportgen.model.paragraphs import Run
from reportgen.reading import read
from reportgen.writing import html, word

from .clock import medians, show

EXAMPLE = Path(__file__).parents[2] / "inputs" / "putian-psb-2022.toml"

FLOOR = "floor: serialise and zip the finished parts"


def main() -> None:
    document = compose(read(EXAMPLE))
    finished = word.render(document)
    template, context = _as_template(document)

    def docxtpl() -> bytes:
        filled = DocxTemplate(io.BytesIO(template))
        filled.render(context, autoescape=True)
        out = io.BytesIO()
        filled.save(out)
        return out.getvalue()

    with zipfile.ZipFile(io.BytesIO(finished)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    tree = etree.fromstring(parts["word/document.xml"])

    def floor() -> bytes:
        parts["word/document.xml"] = etree.tostring(
            tree, xml_declaration=True, encoding="UTF-8", standalone=True
        )
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in parts.items():
                archive.writestr(name, data)
        return out.getvalue()

    ways = {
        FLOOR: floor,
        "Word": lambda: word.render(document),
        "HTML": lambda: html.render(document),
        "Word and HTML": lambda: (word.render(document), html.render(document)),
        "docxtpl, Word only": docxtpl,
    }
    times = medians(ways, runs=20)
    show(times, base=FLOOR)
    word_alone, both, floor_time = times["Word"], times["Word and HTML"], times[FLOOR]
    peer = times["docxtpl, Word only"]
    print(
        f"  docxtpl takes {peer / word_alone:.1f} times as long as Word here (aim: 15), {peer / both:.1f} as both"
    )
    print(f"  Word here takes {word_alone / floor_time:.1f} times the floor (aim: 4)")


def _as_template(document: Document) -> tuple[bytes, dict[str, Any]]:
    """The same report as a docxtpl template, and what fills it."""
    figures = {key: f"{{{{ f.{key.replace('.', '_')} }}}}" for key in document.figures}
    texts: list[str] = []

    def placeholder(text: str) -> str:
        texts.append(text)
        return f"{{{{ p[{len(texts) - 1}] }}}}"

    sections = tuple(
        replace(
            section,
            paragraphs=tuple(
                replace(paragraph, runs=tuple(Run(placeholder(run.text), run.lead) for run in paragraph.runs))
                for paragraph in section.paragraphs
            ),
        )
        for section in document.sections
    )
    template = word.render(replace(document, figures=figures, sections=sections))
    context = {"f": {key.replace(".", "_"): text for key, text in document.figures.items()}, "p": texts}
    return template, context


if __name__ == "__main__":
    main()
