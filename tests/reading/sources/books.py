"""Workbooks made by hand, part by part."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_DOC = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
SHEET = "xl/worksheets/sheet1.xml"


def book(
    rows: str,
    *,
    before: str = "",
    after: str = "",
    shared: str = "",
    names: str = "",
    styles: str = "",
    state: str = "visible",
    more: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """The parts of a workbook with one sheet, 年报, whose rows are ``rows``; ``more`` are the rows of other sheets by name."""
    sheets = {"年报": f"{before}<sheetData>{rows}</sheetData>{after}"}
    sheets |= {name: f"<sheetData>{text}</sheetData>" for name, text in (more or {}).items()}
    listed = "".join(
        f'<sheet name="{name}" sheetId="{i}" state="{state if i == 1 else "visible"}" r:id="s{i}"/>'
        for i, name in enumerate(sheets, 1)
    )
    relations = "".join(
        f'<Relationship Id="s{i}" Type="{_DOC}/worksheet" Target="worksheets/sheet{i}.xml"/>'
        for i in range(1, len(sheets) + 1)
    )
    return {
        "_rels/.rels": f'<Relationships {_RELATIONS}><Relationship Id="w" Type="{_DOC}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="{_DOC}"><sheets>{listed}</sheets><definedNames>{names}</definedNames></workbook>',
        "xl/_rels/workbook.xml.rels": f"<Relationships {_RELATIONS}>{relations}"
        f'<Relationship Id="t" Type="{_DOC}/sharedStrings" Target="/xl/sharedStrings.xml"/>'
        f'<Relationship Id="f" Type="{_DOC}/styles" Target="../xl/styles.xml"/></Relationships>',
        **{
            f"xl/worksheets/sheet{i}.xml": f"<worksheet {_MAIN}>{text}</worksheet>"
            for i, text in enumerate(sheets.values(), 1)
        },
        "xl/sharedStrings.xml": f"<sst {_MAIN}>{shared}</sst>",
        "xl/styles.xml": f"<styleSheet {_MAIN}>{styles}</styleSheet>",
    }


def styles(code: str) -> dict[str, str]:
    """The style 1 with a number format, for :func:`book`."""
    escaped = code.replace("&", "&amp;").replace('"', "&quot;")
    formats = (
        f'<numFmts><numFmt numFmtId="164" formatCode="{escaped}"/></numFmts>' if code != "General" else ""
    )
    id = 164 if code != "General" else 0
    return {"styles": f'{formats}<cellXfs><xf numFmtId="0"/><xf numFmtId="{id}"/></cellXfs>'}


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """The file of a workbook."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return made.getvalue()
