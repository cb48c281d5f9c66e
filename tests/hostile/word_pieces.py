"""What may stand in a paragraph of a Word file (ECMA-376 part 1, sections 17.3, 17.13, 17.16, 22.1), each with a word."""

from __future__ import annotations

from enum import Enum

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": W,
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "v": "urn:schemas-microsoft-com:vml",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "x": "urn:nobody:knows",
    }.items()
)


class Fate(Enum):
    """What has to become of the word of a piece."""

    TEXT = "it is read as text"
    TOLD = "it is told"
    GONE = "it is deleted, or was never printed"


_T = "<w:r><w:t>§</w:t></w:r>"


def _run(inner: str, looks: str = "") -> str:
    return f"<w:r><w:rPr>{looks}</w:rPr>{inner}</w:r>" if looks else f"<w:r>{inner}</w:r>"


def _field(instruction: str, result: str | None) -> str:
    middle = "" if result is None else _run('<w:fldChar w:fldCharType="separate"/>') + result
    return (
        _run('<w:fldChar w:fldCharType="begin"/>')
        + _run(f"<w:instrText>{instruction}</w:instrText>")
        + middle
        + _run('<w:fldChar w:fldCharType="end"/>')
    )


_BOX = "<w:txbxContent><w:p><w:r><w:t>§</w:t></w:r></w:p></w:txbxContent>"
_WHO = 'w:id="7" w:author="张" w:date="2023-01-10T09:00:00Z"'

PIECES: dict[str, tuple[str, Fate]] = {
    "run": (_T, Fate.TEXT),
    "bold": (_run("<w:t>§</w:t>", "<w:b/><w:color w:val='FF0000'/>"), Fate.TEXT),
    "spaces": (_run('<w:t xml:space="preserve">§ </w:t><w:tab/>'), Fate.TEXT),
    "comment in text": (_run("<w:t>§<!-- x --></w:t>"), Fate.TEXT),
    "instruction in text": (_run("<w:t><?x y?>§</w:t>"), Fate.TEXT),
    "breaks": (_run('<w:br w:type="page"/><w:t>§</w:t><w:lastRenderedPageBreak/><w:softHyphen/>'), Fate.TEXT),
    "link": (f'<w:hyperlink r:id="rId1">{_T}</w:hyperlink>', Fate.TEXT),
    "smart tag": (f'<w:smartTag w:element="x"><w:smartTagPr/>{_T}</w:smartTag>', Fate.TEXT),
    "custom xml": (f'<w:customXml w:element="x">{_T}</w:customXml>', Fate.TEXT),
    "control": (
        f"<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent>{_T}</w:sdtContent></w:sdt>",
        Fate.TEXT,
    ),
    "bidi": (f'<w:bdo w:val="ltr">{_T}</w:bdo>', Fate.TEXT),
    "inserted": (f"<w:ins {_WHO}>{_T}</w:ins>", Fate.TEXT),
    "moved here": (f"<w:moveTo {_WHO}>{_T}</w:moveTo>", Fate.TEXT),
    "bookmark": (f'<w:bookmarkStart w:id="3" w:name="x"/>{_T}<w:bookmarkEnd w:id="3"/>', Fate.TEXT),
    "proof": (f'<w:proofErr w:type="spellStart"/>{_T}<w:permStart w:id="1"/>', Fate.TEXT),
    "strike off": (_run("<w:t>§</w:t>", '<w:strike w:val="0"/><w:dstrike w:val="false"/>'), Fate.TEXT),
    "was struck": (
        _run("<w:t>§</w:t>", f"<w:rPrChange {_WHO}><w:rPr><w:strike/></w:rPr></w:rPrChange>"),
        Fate.TEXT,
    ),
    "simple field": (f'<w:fldSimple w:instr=" REF x ">{_T}</w:fldSimple>', Fate.TEXT),
    "field": (_field(" REF x ", _T), Fate.TEXT),
    "sum": (_field("=SUM(LEFT)", _T), Fate.TEXT),
    "field in field": (_field(f"IF {_field('REF y', '<w:r><w:t>1</w:t></w:r>')} = 1", _T), Fate.TEXT),
    "ruby": (
        _run(
            f"<w:ruby><w:rubyPr/><w:rt><w:r><w:t>pin</w:t></w:r></w:rt><w:rubyBase>{_T}</w:rubyBase></w:ruby>"
        ),
        Fate.TEXT,
    ),
    "same twice": (
        f'<mc:AlternateContent><mc:Choice Requires="w14">{_T}</mc:Choice><mc:Fallback>{_T}</mc:Fallback>'
        "</mc:AlternateContent>",
        Fate.TEXT,
    ),
    "pinyin": (
        _run("<w:ruby><w:rt><w:r><w:t>§</w:t></w:r></w:rt><w:rubyBase/></w:ruby>"),
        Fate.TOLD,
    ),
    "eq": (_field(r" eq \o\ac(○,§)", None), Fate.TOLD),
    "eq with result": (_field(r"EQ \o\ac(○,§)", "<w:r><w:t>1</w:t></w:r>"), Fate.TOLD),
    "empty field": (_field(" REF § ", None), Fate.TOLD),
    "simple empty field": ('<w:fldSimple w:instr=" REF § "/>', Fate.TOLD),
    "date": (_field(r"DATE \@ §", "<w:r><w:t>1</w:t></w:r>"), Fate.TOLD),
    "symbol field": (_field("SYMBOL 252 \\f §", None), Fate.TOLD),
    "stray code": (_run("<w:instrText>§</w:instrText>"), Fate.TOLD),
    "math": ("<m:oMath><m:r><m:t>§</m:t></m:r></m:oMath>", Fate.TOLD),
    "math paragraph": ("<m:oMathPara><m:oMath><m:r><m:t>§</m:t></m:r></m:oMath></m:oMathPara>", Fate.TOLD),
    "text box": (_run(f"<w:drawing><wps:txbx>{_BOX}</wps:txbx></w:drawing>"), Fate.TOLD),
    "old text box": (_run(f"<w:pict><v:shape><v:textbox>{_BOX}</v:textbox></v:shape></w:pict>"), Fate.TOLD),
    "object": (_run(f"<w:object>{_BOX}</w:object>"), Fate.TOLD),
    "not the same twice": (
        f'<mc:AlternateContent><mc:Choice Requires="w14"><w:r><w:t>1</w:t></w:r></mc:Choice>'
        f"<mc:Fallback>{_T}</mc:Fallback></mc:AlternateContent>",
        Fate.TOLD,
    ),
    "struck": (_run("<w:t>§</w:t>", "<w:strike/>"), Fate.TOLD),
    "struck twice": (_run("<w:t>§</w:t>", '<w:dstrike w:val="1"/>'), Fate.TOLD),
    "hidden": (_run("<w:t>§</w:t>", "<w:vanish/>"), Fate.TOLD),
    "struck by style": (_run("<w:t>§</w:t>", '<w:rStyle w:val="Struck"/>'), Fate.TOLD),
    "hidden by style": (_run("<w:t>§</w:t>", '<w:rStyle w:val="Below"/>'), Fate.TOLD),
    "white": (_run("<w:t>§</w:t>", '<w:color w:val="FFFFFF"/>'), Fate.TOLD),
    "nearly white by style": (_run("<w:t>§</w:t>", '<w:rStyle w:val="Pale"/>'), Fate.TOLD),
    "white on white": (
        _run("<w:t>§</w:t>", '<w:color w:val="fefefe"/><w:shd w:val="clear" w:fill="FFFFFF"/>'),
        Fate.TOLD,
    ),
    "white on blue": (
        _run("<w:t>§</w:t>", '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="1F4E79"/>'),
        Fate.TEXT,
    ),
    "white marked": (
        _run("<w:t>§</w:t>", '<w:color w:val="FFFFFF"/><w:highlight w:val="red"/>'),
        Fate.TEXT,
    ),
    "black over a white style": (
        _run("<w:t>§</w:t>", '<w:rStyle w:val="Pale"/><w:color w:val="auto"/>'),
        Fate.TEXT,
    ),
    "unknown": (f"<w:nobodyKnows>{_T}</w:nobodyKnows>", Fate.TOLD),
    "foreign": ("<x:t>§</x:t>", Fate.TOLD),
    "backwards": (f'<w:bdo w:val="rtl">{_T}</w:bdo>', Fate.TEXT),
    "deleted": (f"<w:del {_WHO}><w:r><w:delText>§</w:delText></w:r></w:del>", Fate.GONE),
    "moved away": (f"<w:moveFrom {_WHO}>{_T}</w:moveFrom>", Fate.GONE),
    "index": (_field(' XE "§" ', None), Fate.GONE),
    "code": (_field("REF x", "<w:r><w:t>1</w:t></w:r>").replace("REF x", "IF § = 1"), Fate.GONE),
}
"""The XML with ``§`` for the word."""
WORDLESS = {
    "symbol": _run('<w:sym w:font="Wingdings" w:char="F0FC"/>'),
    "footnote": _run('<w:footnoteReference w:id="2"/>'),
    "endnote": _run('<w:endnoteReference w:id="2"/>'),
    "ink": '<w:contentPart r:id="rId7"/>',
    "other file": '<w:subDoc r:id="rId7"/>',
    "page number": _run("<w:pgNum/>"),
    "day": _run("<w:dayLong/>"),
    "picture": _run("<w:drawing/>"),
    "page": _field("PAGE", "<w:r><w:t>1</w:t></w:r>"),
}
"""What prints something that is no text, and has to be told."""

STYLES = (
    f'<w:styles xmlns:w="{W}">'
    '<w:style w:type="character" w:styleId="Struck"><w:rPr><w:strike/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Hidden"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Below"><w:basedOn w:val="Hidden"/></w:style>'
    '<w:style w:type="character" w:styleId="Pale"><w:rPr><w:color w:val="FAFAFA"/></w:rPr></w:style></w:styles>'
)
