"""A base document from another office: nothing in it but page, styles, headers and footers gets into a report."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path

import docx
import pytest

from reportgen.form.form_file import load_form, templates_folder
from reportgen.form.grid import FormError
from reportgen.writing import TemplateError, word
from reportgen.writing.base_parts import LARGEST_FILE

from .documents import whole
from .ooxml import problems

BASE = (templates_folder() / "2021" / "report.docx").read_bytes()
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MICROSOFT = "http://schemas.microsoft.com/office"
SECRET = "张三丰"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A clerk's own copy of the base document."""
    shutil.copytree(templates_folder() / "2021", tmp_path / "2021")
    return tmp_path / "2021" / "report.docx"


def rendered(own: Path, *, draft: str | None = None) -> bytes:
    return word.render(whole(load_form("2021", own.parents[1])), draft=draft)


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files: Mapping[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def changed(name: str, old: str, new: str, more: Mapping[str, bytes | str] | None = None) -> bytes:
    """The base document with one part changed, and with more parts."""
    files = parts(BASE)
    text = files[name].decode()
    assert old in text
    return packed({**files, name: text.replace(old, new, 1), **(more or {})})


def relation(kind: str, target: str, mode: str = "", base: str = OFFICE, id: str = "rId90") -> str:
    more = f' TargetMode="{mode}"' if mode else ""
    return f'<Relationship Id="{id}" Type="{base}/{kind}" Target="{target}"{more}/></Relationships>'


def header(content: str, *relations: str, **more: bytes | str) -> bytes:
    """The base document with a header of that content."""
    rels = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    inner = "".join(each.removesuffix("</Relationships>") for each in relations)
    files = {name.replace("__", "/").replace("_png", ".png"): data for name, data in more.items()}
    return changed(
        "word/header1.xml",
        "</w:hdr>",
        f"{content}</w:hdr>",
        {"word/_rels/header1.xml.rels": f"{rels}{inner}</Relationships>", **files},
    )


NAMES = (
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
DOCUMENT_RELS, ROOT_RELS = "word/_rels/document.xml.rels", "_rels/.rels"


def field(instruction: str, shown: str) -> str:
    """A field whose instruction is cut in two, as Word does it."""
    half = len(instruction) // 2
    return (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve">{instruction[:half]}</w:instrText></w:r>'
        f"<w:r><w:instrText>{instruction[half:]}</w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{shown}</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )


PASSED_ON = {
    "last modified by": changed(
        "docProps/core.xml",
        "</cp:coreProperties>",
        f"<cp:lastModifiedBy>{SECRET}</cp:lastModifiedBy><dc:subject>{SECRET}</dc:subject></cp:coreProperties>",
    ),
    "company": changed(
        ROOT_RELS,
        "</Relationships>",
        relation("extended-properties", "docProps/app.xml"),
        {"docProps/app.xml": f"<Properties><Company>{SECRET}</Company></Properties>"},
    ),
    "custom properties": changed(
        ROOT_RELS,
        "</Relationships>",
        relation("custom-properties", "docProps/custom.xml"),
        {"docProps/custom.xml": f"<Properties><x>{SECRET}</x></Properties>"},
    ),
    "people": changed(
        DOCUMENT_RELS,
        "</Relationships>",
        relation("people", "people.xml", base=f"{MICROSOFT}/2011/relationships"),
        {"word/people.xml": f"<x>{SECRET}</x>"},
    ),
    "macros": changed(
        DOCUMENT_RELS,
        "</Relationships>",
        relation("vbaProject", "vbaProject.bin", base=f"{MICROSOFT}/2006/relationships"),
        {"word/vbaProject.bin": SECRET},
    ),
    "comments": changed(
        DOCUMENT_RELS,
        "</Relationships>",
        relation("comments", "comments.xml"),
        {"word/comments.xml": f"<x>{SECRET}</x>"},
    ),
    "custom xml": changed(
        DOCUMENT_RELS,
        "</Relationships>",
        relation("customXml", "../customXml/item1.xml"),
        {"customXml/item1.xml": f"<x>{SECRET}</x>"},
    ),
    "attached template": changed(
        "word/settings.xml",
        "<w:zoom",
        '<w:attachedTemplate r:id="rId90"/><w:zoom',
        {
            "word/_rels/settings.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            + relation("attachedTemplate", f"file:///C:/{SECRET}.dotm", "External")
        },
    ),
    "variables": changed(
        "word/settings.xml",
        "<w:compat>",
        f'<w:docVars><w:docVar w:name="x" w:val="{SECRET}"/></w:docVars><w:compat>',
    ),
    "protection": changed(
        "word/settings.xml", "<w:zoom", f'<w:documentProtection w:edit="readOnly" w:hash="{SECRET}"/><w:zoom'
    ),
    "a font": changed(
        "word/fontTable.xml",
        "</w:font>",
        '<w:embedRegular xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rId90"/></w:font>',
        {
            "word/_rels/fontTable.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            + relation("font", "fonts/font1.odttf"),
            "word/fonts/font1.odttf": SECRET,
        },
    ),
    "a change of a style": changed(
        "word/styles.xml",
        "</w:rPr></w:style>",
        f'<w:rPrChange w:id="1" w:author="{SECRET}"><w:rPr/></w:rPrChange></w:rPr></w:style>',
    ),
    "the sample's text": changed("word/document.xml", "<w:sectPr", f"<w:p><w:r><w:t>{SECRET}</w:t></w:r></w:p><w:sectPr"),
    "a change of the page": changed(
        "word/document.xml",
        "</w:sectPr>",
        f'<w:sectPrChange w:id="1" w:author="{SECRET}"><w:sectPr/></w:sectPrChange></w:sectPr>',
    ),
    "a printer": changed(
        "word/document.xml", "</w:sectPr>", f'<w:printerSettings {NAMES} r:id="rId90"/></w:sectPr>'
    ),
    "a change in a header": header(
        f'<w:p><w:ins w:id="1" w:author="{SECRET}"><w:r><w:t>头</w:t></w:r></w:ins></w:p>'
    ),
    "a deletion in a header": header(
        f'<w:p><w:del w:id="1" w:author="x"><w:r><w:delText>{SECRET}</w:delText></w:r></w:del></w:p>'
    ),
    "who may write": header(f'<w:p><w:permStart w:id="1" w:ed="{SECRET}"/><w:permEnd w:id="1"/></w:p>'),
    "a link": header(
        f'<w:p><w:hyperlink {NAMES} r:id="rId90"><w:r><w:t>头</w:t></w:r></w:hyperlink></w:p>',
        relation("hyperlink", f"http://{SECRET}/", "External"),
    ),
    "a picture elsewhere": header(
        f'<w:p><w:r><w:pict><v:shape {NAMES} href="http://{SECRET}/" o:title="{SECRET}" style="width:1pt">'
        '<v:imagedata r:id="rId90"/></v:shape></w:pict></w:r></w:p>',
        relation("image", f"http://{SECRET}/x.png", "External"),
    ),
    "a field that fetches": header(field(f' INCLUDEPICTURE "http://{SECRET}/x.png" \\d ', "头")),
    "a field in a field": header(
        field(" PAGE ", field(f' LINK Excel.Sheet "{SECRET}" ', "头")[5:-6]).replace("<w:t>", "<w:t>", 1)
    ),
    "a simple field": header(f'<w:p><w:fldSimple w:instr=" DDEAUTO {SECRET} "><w:r><w:t>头</w:t></w:r></w:fldSimple></w:p>'),
    "a picture that is none": header(
        f'<w:p><w:r><w:pict><v:shape {NAMES} style="width:1pt"><v:imagedata r:id="rId90"/></v:shape></w:pict></w:r></w:p>',
        relation("image", "media/x.png"),
        word__media__x_png=SECRET,
    ),
}  # fmt: skip
KNOWN = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/core\.xml"
    r"|word/(_rels/)?(document|styles|settings|fontTable|header\d|footer\d)\.xml(\.rels)?"
)


@pytest.mark.parametrize("kind", PASSED_ON)
@pytest.mark.parametrize("draft", [None, "送审稿1"])
def test_nothing_of_another_office_is_passed_on(own: Path, kind: str, draft: str | None) -> None:
    assert any(SECRET.encode() in data for data in parts(PASSED_ON[kind]).values()) or kind == "a printer"
    own.write_bytes(PASSED_ON[kind])
    data = rendered(own, draft=draft)
    found = parts(data)
    assert [name for name in found if not KNOWN.fullmatch(name)] == []
    assert [name for name, part in found.items() if SECRET.encode() in part] == []
    assert not any(b"External" in part for name, part in found.items() if name.endswith(".rels"))
    assert problems(data) == []
    assert docx.Document(io.BytesIO(data)).core_properties.last_modified_by == ""
    assert found["word/styles.xml"].count(b"<w:style ") == parts(BASE)["word/styles.xml"].count(b"<w:style ")


def test_what_a_header_says_and_shows_stays(own: Path) -> None:
    picture = f'<w:p><w:r><w:pict><v:shape {NAMES} style="width:1pt"><v:imagedata r:id="rId90"/></v:shape></w:pict></w:r></w:p>'
    own.write_bytes(
        header(
            picture + field(" PAGE ", "1") + "<w:p><w:ins><w:r><w:t>本局</w:t></w:r></w:ins></w:p>",
            relation("image", "media/logo.png"),
            word__media__logo_png=PNG,
        )
    )
    found = parts(rendered(own))
    assert found["word/media/image1.png"] == PNG
    assert b'PartName="/word/media/image1.png" ContentType="image/png"' in found["[Content_Types].xml"]
    said = found["word/header1.xml"].decode()
    assert "本局" in said
    assert "PA</w:instrText>" in said
    assert 'r:id="rId90"' in said


def test_what_a_field_that_fetches_showed_last_stays_as_text(own: Path) -> None:
    own.write_bytes(PASSED_ON["a field that fetches"])
    said = parts(rendered(own))["word/header1.xml"]
    assert "<w:t>头</w:t>".encode() in said
    assert b"fldChar" not in said


def test_a_document_of_word_with_macros_or_a_template_of_words_is_taken_as_a_document(own: Path) -> None:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    macros = "application/vnd.ms-word.template.macroEnabledTemplate.main+xml"
    own.write_bytes(changed("[Content_Types].xml", kind, macros))
    assert parts(rendered(own))["[Content_Types].xml"].count(kind.encode()) == 1


def test_a_style_that_is_based_on_itself_is_named(own: Path) -> None:
    own.write_bytes(
        changed(
            "word/styles.xml", '<w:name w:val="Title"/>', '<w:name w:val="Title"/><w:basedOn w:val="Title"/>'
        )
    )
    with pytest.raises(TemplateError, match="样式“Title”以自己为基准"):
        rendered(own)


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("word/styles.xml", "</w:styles>", "<!--" + "x" * 1024 * 1024 + "--></w:styles>", "里面的 styles.xml 太大，超过 1024 KB"),
        ("word/styles.xml", "</w:styles>", '<w:style w:styleId="x"/>' * 1000 + "</w:styles>", "样式太多，超过 1000 个"),
        ("word/document.xml", "<w:body>", "<w:body><w:p/>" + "<w:ins>" * 300 + "</w:ins>" * 300, "读不出来"),
        ("word/document.xml", "<w:pgSz ", '<w:pgSz w:w="0" w:h="0"/><w:pgSzX ', "放不下一张表"),
        ("word/document.xml", "<w:pgMar ", '<w:pgMar w:left="99999" w:right="1" w:top="1" w:bottom="1"/><w:pgMarX ', "放不下一张表"),
        ("word/styles.xml", "<w:sz ", '<w:sz w:val="0"/><w:szX ', "字号或行距太大、太小"),
        ("word/styles.xml", "<w:sz ", '<w:sz w:val="99999"/><w:szX ', "字号或行距太大、太小"),
        ("word/styles.xml", "<w:sz ", '<w:sz w:val="x"/><w:szX ', "读不出来"),
        ("word/styles.xml", '<w:left w:w="57"', '<w:left w:w="5700"', "单元格边距太宽"),
        ("word/document.xml", "</w:sectPr>", "</w:sectPr><w:p><w:pPr><w:sectPr/></w:pPr></w:p>", ""),
        ("_rels/.rels", "officeDocument\"", "officeDocumentX\"", "不是 Word 文件"),
        ("word/document.xml", "<w:sectPr", "<w:sectPrX/><w:sdt/><w:sectPrY", "读不出来"),
    ],
)  # fmt: skip
def test_what_cannot_be_printed_is_refused_in_words(
    own: Path, name: str, old: str, new: str, said: str
) -> None:
    files = parts(BASE)
    text = files[name].decode()
    assert old in text
    own.write_bytes(packed({**files, name: text.replace(old, new)}))
    if said:
        with pytest.raises(TemplateError, match=said) as refused:
            rendered(own)
        assert str(refused.value).startswith(str(own))
    else:
        assert problems(rendered(own)) == []


def test_a_part_that_unpacks_to_far_too_much_is_refused(own: Path) -> None:
    own.write_bytes(packed({**parts(BASE), "word/media/x.png": b"0" * (65 * 1024 * 1024)}))
    with pytest.raises(TemplateError, match="大得不正常"):
        rendered(own)
    own.write_bytes(b"0" * (LARGEST_FILE + 1))
    with pytest.raises(FormError, match="文件太大"):
        rendered(own)


def test_a_header_without_a_paragraph_takes_the_name_of_a_draft(own: Path) -> None:
    files = parts(BASE)
    root = files["word/header1.xml"].decode()
    empty = re.sub(r"(<w:hdr[^>]*>).*(</w:hdr>)", r"\1\2", root)
    own.write_bytes(packed({**files, "word/header1.xml": empty}))
    assert "送审稿1" in parts(rendered(own, draft="送审稿1"))["word/header1.xml"].decode()
