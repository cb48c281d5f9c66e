"""Every run, field and object of a paragraph is read as text, told, or left out because it is not printed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from reportgen.reading.word_lines import Line
from reportgen.reading.word_styles import Styles
from reportgen.reading.word_text import Grid, blocks

from ..hostile.word_pieces import NAMESPACES, PIECES, STYLES, WORDLESS, Fate, W


def body(inner: str, styles: str = STYLES) -> list[Line | Grid]:
    parser = etree.XMLParser(remove_comments=True, remove_pis=True)
    root = etree.fromstring(f"<w:body {NAMESPACES}>{inner}</w:body>", parser)
    return blocks(root, Styles.of(etree.fromstring(styles)))


def paragraph(*pieces: str) -> Line:
    lines = [block for block in body(f"<w:p>{''.join(pieces)}</w:p>") if isinstance(block, Line)]
    for line in lines[1:]:
        lines[0].append(line)
    return lines[0]


def told(line: Line) -> str:
    return "".join([*sorted(line.foreign), *(each.text for each in line.withheld)])


@pytest.mark.parametrize("name", PIECES)
def test_the_word_of_a_piece_has_its_fate(name: str) -> None:
    xml, fate = PIECES[name]
    line = paragraph(xml.replace("§", "甲乙"))
    assert ("甲乙" in line.text) == (fate is Fate.TEXT)
    if fate is Fate.TOLD:
        assert told(line)
        assert "甲乙" in told(line) or name == "not the same twice"


@pytest.mark.parametrize("name", WORDLESS)
def test_what_prints_something_that_is_no_text_is_told(name: str) -> None:
    assert told(paragraph(WORDLESS[name]))


@pytest.mark.parametrize(
    "name",
    sorted(
        name for name, (_, fate) in PIECES.items() if fate is Fate.TEXT and name not in ("ruby", "backwards")
    ),
)
def test_what_is_read_whole_is_not_told(name: str) -> None:
    assert not told(paragraph(PIECES[name][0]))


@given(st.lists(st.sampled_from([*PIECES, *WORDLESS]), min_size=1, max_size=12))
@settings(max_examples=150, deadline=None)
def test_nothing_in_a_paragraph_of_all_of_them_is_dropped(names: list[str]) -> None:
    words = {place: f"甲{place}乙" for place in range(len(names))}
    xml = [
        PIECES[name][0].replace("§", words[place]) if name in PIECES else WORDLESS[name]
        for place, name in enumerate(names)
    ]
    line = paragraph(*xml)
    for place, name in enumerate(names):
        fate = PIECES[name][1] if name in PIECES else Fate.TOLD
        assert (words[place] in line.text) == (fate is Fate.TEXT)
        if fate is Fate.TOLD:
            assert told(line)
    struck = [words[place] for place, name in enumerate(names) if "struck" in name or "hidden" in name]
    assert all(word in told(line) for word in struck if word not in line.text)


def test_a_field_reaches_over_paragraphs() -> None:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    begin = f"{mark('begin')}<w:r><w:instrText>REF x</w:instrText></w:r>{mark('separate')}"
    lines = body(
        f"<w:p>{begin}<w:r><w:t>一</w:t></w:r></w:p><w:p><w:r><w:t>二</w:t></w:r>{mark('end')}</w:p>"
    )
    assert [(line.text, line.foreign) for line in lines if isinstance(line, Line)] == [
        ("一", set()),
        ("二", set()),
    ]


@pytest.mark.parametrize("middle", ["", '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'])
def test_a_field_that_never_ends_swallows_nothing(middle: str) -> None:
    begin = f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>EQ</w:instrText></w:r>{middle}'
    lines = [
        line
        for line in body(f"<w:p>{begin}</w:p><w:p><w:r><w:t>二</w:t></w:r></w:p>")
        if isinstance(line, Line)
    ]
    assert any("EQ" in what for line in lines for what in line.foreign)
    assert "二" in "".join(line.text for line in lines)


def test_a_hidden_end_of_a_paragraph_joins_it_with_the_next() -> None:
    hidden = "<w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>"
    lines = body(f"<w:p>{hidden}<w:r><w:t>一</w:t></w:r></w:p><w:p><w:r><w:t>二</w:t></w:r></w:p>")
    assert [line.text for line in lines if isinstance(line, Line)] == ["一二"]


@pytest.mark.parametrize(
    ("table", "cell", "is_read"),
    [
        ("", "", False),
        ("", '<w:shd w:val="clear" w:fill="auto"/>', False),
        ("", '<w:shd w:val="clear" w:fill="4472C4"/>', True),
        ("", '<w:shd w:val="solid" w:fill="auto"/>', True),
        ('<w:shd w:val="clear" w:fill="000000"/>', "", True),
        ('<w:tblStyle w:val="Banded"/>', "", True),
        ('<w:tblStyle w:val="Plain"/>', "", False),
    ],
)
def test_white_words_are_read_where_a_colour_is_behind_them(table: str, cell: str, is_read: bool) -> None:
    styles = (
        f'<w:styles xmlns:w="{W}"><w:style w:styleId="Plain"/><w:style w:styleId="Banded">'
        '<w:tblStylePr><w:tcPr><w:shd w:fill="4472C4"/></w:tcPr></w:tblStylePr></w:style></w:styles>'
    )
    run = '<w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>6</w:t></w:r>'
    (grid,) = body(
        f"<w:tbl><w:tblPr>{table}</w:tblPr><w:tr><w:tc><w:tcPr>{cell}</w:tcPr><w:p>{run}</w:p></w:tc></w:tr></w:tbl>",
        styles,
    )
    assert isinstance(grid, Grid)
    ((only,),) = grid.rows
    assert (only.text, len(only.withheld)) == (("6", 0) if is_read else ("", 1))


def test_a_hidden_row_is_not_printed() -> None:
    row = "<w:tr>{}<w:tc><w:p><w:r><w:t>6</w:t></w:r></w:p></w:tc></w:tr>".format
    (grid,) = body(f"<w:tbl>{row('<w:trPr><w:hidden/></w:trPr>')}{row('')}</w:tbl>")
    assert isinstance(grid, Grid)
    assert [[(cell.text, len(cell.withheld)) for cell in cells] for cells in grid.rows] == [
        [("", 1)],
        [("6", 0)],
    ]


def test_what_stands_between_rows_and_cells_is_told() -> None:
    (grid,) = body("<w:tbl><w:tblPr/><w:tr><w:tc><w:p/></w:tc><w:r><w:t>x</w:t><w:sym/></w:r></w:tr></w:tbl>")
    assert isinstance(grid, Grid)
    assert {"符号", "文字“x”"} == grid.foreign


def test_styles_that_are_based_on_each_other_end() -> None:
    circle = "".join(
        f'<w:style w:styleId="{one}"><w:basedOn w:val="{other}"/></w:style>'
        for one, other in ("AB", "BC", "CA")
    )
    assert Styles.of(etree.fromstring(f'<w:styles xmlns:w="{W}">{circle}</w:styles>')).looks


@pytest.mark.parametrize("tag", ["w:sdt", "w:ins", "w:r", "w:hyperlink"])
def test_deep_nesting_is_read(tag: str) -> None:
    deep = 240
    inside = "w:sdtContent" if tag == "w:sdt" else ""
    open_ = f"<{tag}>" + (f"<{inside}>" if inside else "")
    close = (f"</{inside}>" if inside else "") + f"</{tag}>"
    times = deep // (2 if inside else 1)
    assert paragraph(f"{open_ * times}<w:r><w:t>底</w:t></w:r>{close * times}").text == "底"
    nested = "<w:tbl><w:tr><w:tc>" * 80 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 80
    assert body(nested)
