"""What the elements of a Word file print (ECMA-376 part 1, sections 17.3, 17.13, 17.16 and 17.18): text, nothing, or
what cannot be taken into an input file. What is in none of these lists is not understood, and said.

Elements are told by their local names: files of Word's strict format have another namespace.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

INSERTED, DELETED = {"ins", "moveTo"}, {"del", "moveFrom"}
TRANSPARENT = {"sdt", "sdtContent", "smartTag", "hyperlink", "customXml", "dir", "bdo"}
"""What stands around text, and prints nothing by itself."""
CHARACTERS = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
NOTHING = {
    *("pPr", "rPr", "sectPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "rubyPr", "tblPr", "tblGrid"),
    *("tblPrEx", "trPr", "tcPr", "proofErr", "permStart", "permEnd", "bookmarkStart", "bookmarkEnd"),
    *(
        "lastRenderedPageBreak",
        "softHyphen",
        "annotationRef",
        "fldData",
        "commentRangeStart",
        "commentRangeEnd",
    ),
    *(f"{change}Range{edge}" for change in ("moveFrom", "moveTo") for edge in ("Start", "End")),
    *(
        f"customXml{change}Range{edge}"
        for change in ("Ins", "Del", "MoveFrom", "MoveTo")
        for edge in ("Start", "End")
    ),
}
"""What prints nothing; the places of comments are read by themselves."""
FOREIGN = {
    "drawing": "图片或文本框",
    "pict": "图片或文本框",
    "object": "嵌入的对象",
    "contentPart": "手写的墨迹",
    "footnoteReference": "脚注",
    "endnoteReference": "尾注",
    "oMath": "公式",
    "oMathPara": "公式",
    "altChunk": "另一个文件的内容",
    "subDoc": "另一个文件的内容",
    "sym": "符号",
    "pgNum": "自动的页码",
    **dict.fromkeys(
        ("dayShort", "monthShort", "yearShort", "dayLong", "monthLong", "yearLong"), "自动的日期"
    ),
}
"""What cannot be taken into an input file, in Chinese."""

SILENT_FIELDS = {"XE", "TC", "TA", "RD", "PRIVATE"}
"""Fields that print nothing."""
OWN_FIELDS = {
    *(
        "EQ",
        "SYMBOL",
        "MACROBUTTON",
        "GOTOBUTTON",
        "ADVANCE",
        "LISTNUM",
        "AUTONUM",
        "AUTONUMLGL",
        "AUTONUMOUT",
    ),
    *(
        "FORMCHECKBOX",
        "FORMDROPDOWN",
        "DATE",
        "TIME",
        "CREATEDATE",
        "SAVEDATE",
        "PRINTDATE",
        "EDITTIME",
        "PAGE",
    ),
    *(
        "NUMPAGES",
        "SECTION",
        "SECTIONPAGES",
        "INCLUDETEXT",
        "INCLUDEPICTURE",
        "LINK",
        "DDE",
        "DDEAUTO",
        "EMBED",
    ),
}
"""Fields that do not print what the file says they showed last: Word makes it anew."""

_NAMESPACES = (
    "http://schemas.openxmlformats.org/",
    "http://purl.oclc.org/ooxml/",
    "http://schemas.microsoft.com/office/",
    "urn:schemas-microsoft-com:",
)


def name(element: _Element) -> str:
    """The local name of an element; with its namespace where that is none of Word's."""
    return local_name(element.tag)


@lru_cache(maxsize=1000)
def local_name(tag: str) -> str:
    """The same of a tag."""
    namespace, _, local = tag.rpartition("}")
    return local if namespace[1:].startswith(_NAMESPACES) else tag


def said(element: _Element, properties: str) -> dict[str, _Element]:
    """What the properties of an element say, by name; the first of each."""
    found: dict[str, _Element] = {}
    for child in element:
        if name(child) == properties:
            for each in child:
                found.setdefault(name(each), each)
    return found


def value(element: _Element, attribute: str) -> str:
    """An attribute by its local name."""
    return next((str(v) for key, v in element.attrib.items() if str(key).rpartition("}")[2] == attribute), "")
