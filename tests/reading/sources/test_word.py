"""A Word file of any make: what it shows, wherever it is set."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from reportgen.reading.sources.extract import Block, Extract, Grid
from reportgen.reading.sources.word import extract

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NUMBERING = f"""<w:numbering {WORD}><w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="japaneseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>
<w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl>
</w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>"""
STYLES = f"""<w:styles {WORD}><w:style w:type="paragraph" w:styleId="H"><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr>
</w:style></w:styles>"""


def read(body: str) -> Extract:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {WORD}><w:body>{body}</w:body></w:document>")
        archive.writestr("word/numbering.xml", NUMBERING)
        archive.writestr("word/styles.xml", STYLES)
    return extract(Path("x.docx"), made.getvalue())


def lines(body: str) -> list[Block]:
    return [block for block in read(body).blocks if block]


def paragraph(text: str, level: int | None = None, style: str = "") -> str:
    number = "" if level is None else f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="3"/></w:numPr>'
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{style}{number}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def table(*rows: list[str]) -> str:
    cells = ("".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{each}</w:tr>' for each in cells)}</w:tbl>"


def box(content: str) -> str:
    """A text box as Word writes it: for programs that know the newer element, and for those that do not."""
    inner = f"<w:txbxContent>{content}</w:txbxContent>"
    return (
        '<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice><w:drawing>{inner}</w:drawing></mc:Choice><mc:Fallback><w:pict>{inner}</w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )


TABLE = table([paragraph("规章"), paragraph("6")], [paragraph("行政许可"), paragraph("7")])


def is_the_table(block: Block) -> bool:
    return isinstance(block, Grid) and [spot.text for spot in block.spots] == ["规章", "6", "行政许可", "7"]


def test_the_text_of_a_box_stands_once_where_the_box_is() -> None:
    assert lines(box(paragraph("某某局")) + paragraph("正文。")) == ["某某局", "正文。"]


def test_a_table_in_a_box_or_in_a_table_is_a_table() -> None:
    (in_box,) = lines(box(TABLE))
    before, in_table, after = lines(table([paragraph("前") + TABLE + paragraph("后")]))
    assert is_the_table(in_box)
    assert is_the_table(in_table)
    assert (before, after) == ("前", "后")


def test_a_frame_of_one_cell_around_the_whole_report() -> None:
    first, inner, last = lines(table([paragraph("一、总体情况") + TABLE + paragraph("正文。")]))
    assert (first, last) == ("一、总体情况", "正文。")
    assert is_the_table(inner)


def test_numbers_that_word_counts_stand_before_their_paragraphs() -> None:
    counted = [
        ("总体情况", 0),
        ("主动公开", 1),
        ("其他", 1),
        ("小项", 2),
        ("问题", 0),
        ("学习", 1),
        ("点", 3),
    ]
    assert lines("".join(paragraph(text, level) for text, level in counted)) == [
        "一、总体情况", "（一）主动公开", "（二）其他", "1.小项", "二、问题", "（一）学习", "点",
    ]  # fmt: skip


def test_numbers_that_a_style_gives() -> None:
    assert lines(paragraph("总体情况", style="H") + paragraph("问题", style="H")) == [
        "一、总体情况",
        "二、问题",
    ]


def test_no_number_is_put_before_a_figure() -> None:
    found = read(
        table([paragraph("规章", 2), paragraph("6", 2)], [paragraph("行政许可", 2), paragraph("7", 2)])
    )
    (grid,) = found.blocks
    assert isinstance(grid, Grid)
    assert [spot.text for spot in grid.spots] == ["1.规章", "6", "3.行政许可", "7"]


@pytest.mark.parametrize("hidden", ["三、本年度办理结果", ""])
def test_what_is_repeated_in_the_lower_part_of_a_merged_cell_is_not_shown(hidden: str) -> None:
    def merged(text: str, kind: str) -> str:
        return f"<w:tc><w:tcPr><w:vMerge{kind}/></w:tcPr>{paragraph(text)}</w:tc>"

    upper = merged("三、本年度办理结果", ' w:val="restart"')
    rows = (
        f"<w:tr>{upper}<w:tc>{paragraph('1')}</w:tc></w:tr>",
        f"<w:tr>{merged(hidden, '')}<w:tc>{paragraph('2')}</w:tc></w:tr>",
    )
    (grid,) = lines(f"<w:tbl>{''.join(rows)}</w:tbl>")
    assert isinstance(grid, Grid)
    assert [(spot.text, spot.rows) for spot in grid.spots] == [("三、本年度办理结果", 2), ("1", 1), ("2", 1)]
