"""What a written file says of itself: found again, and broken by the smallest edit."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

import pytest

from reportgen.model import package as package_of_word
from reportgen.model import provenance
from reportgen.model.content import Content

CONTENT = Content("标题", {"requests.granted.total": "6"}, {"overview": ("第一段。", "第二段。")})
SOURCE = "format = '2021'\r\n# <注释> & “引号”\tx\n\n\n'''\n  {{ a }}\r"


def package(**changed: bytes) -> bytes:
    """A package with the parts that matter, sealed; then ``changed``, by part."""
    parts = {
        "word/document.xml": b"<document/>",
        "customXml/item1.xml": provenance.made_from_xml(SOURCE, CONTENT).encode(),
    }
    said = {
        provenance.DRAFT: "3",
        provenance.CONTENT: CONTENT.fingerprint,
        provenance.SEAL: provenance.seal_of_parts(parts),
    }
    properties = "".join(
        f'<property name="{name}"><text>{value}</text></property>' for name, value in said.items()
    )
    parts["docProps/custom.xml"] = f"<Properties>{properties}</Properties>".encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in {
            **parts,
            **{name.replace("__", "/"): data for name, data in changed.items()},
        }.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_the_input_and_the_content_come_back_to_the_letter() -> None:
    assert provenance.Provenance(package()).source == SOURCE
    assert provenance.Provenance(package()).content == CONTENT


def test_a_file_as_it_was_written_is_untouched() -> None:
    assert provenance.Provenance(package()).is_untouched
    assert provenance.Provenance(package()).properties[provenance.DRAFT] == "3"


@pytest.mark.parametrize("part", ["word__document.xml", "word__comments.xml", "customXml__item1.xml"])
def test_a_changed_part_or_a_new_one_breaks_the_seal(part: str) -> None:
    edited = package(**{part: b"<document>edited</document>"})
    assert not provenance.Provenance(edited).is_untouched
    assert provenance.Provenance(edited).properties[provenance.DRAFT] == "3"


def test_properties_that_windows_adds_do_not_break_the_seal() -> None:
    assert provenance.Provenance(package(docProps__core__xml=b"<core/>")).is_untouched


def test_a_content_that_is_not_the_one_of_the_fingerprint_is_not_believed() -> None:
    other = Content("另一个标题", {}, {})
    data = package(**{"customXml__item1.xml": provenance.made_from_xml(SOURCE, other).encode()})
    assert provenance.Provenance(data).content is None


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no zip",
        b"PK\x03\x04broken",
        package()[:-30],
        package(**{"docProps__custom.xml": b"<broken"}),
        package(**{"docProps__custom.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><Properties/>'}),
        package(**{"customXml__item1.xml": b'<made xmlns="urn:reportgen:made-from">[[[[</made>'}),
    ],
)
def test_a_damaged_or_foreign_file_counts_as_touched_and_tells_no_content(data: bytes) -> None:
    assert not provenance.Provenance(data).is_untouched
    assert provenance.Provenance(data).content is None


def test_a_zip_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(package_of_word.LARGEST_UNPACKED + 1))
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *_: pytest.fail("unpacked"))
    assert provenance.Provenance(out.getvalue()).properties == {}
    assert not provenance.Provenance(out.getvalue()).is_untouched


def test_a_page_carries_its_properties_and_its_seal_on_the_last_line() -> None:
    data = provenance.sealed_page("<html>年报</html>\n", {provenance.DRAFT: "2"})
    assert data.startswith("<html>年报</html>\n<!-- reportgen".encode())
    assert provenance.Provenance(data).properties[provenance.DRAFT] == "2"
    assert provenance.Provenance(data).is_untouched
    assert not provenance.Provenance(data.replace("年报".encode(), "月报".encode())).is_untouched
    assert not provenance.Provenance(data.replace(b"\n", b"\r\n")).is_untouched


@pytest.mark.parametrize(
    "said",
    [
        '{"a":' + "[" * 100_000 + "]" * 100_000 + "}",
        '{"a":' + "9" * 9000 + "}",
        "{}}",
        "{" + "x" * 20_000 + "}",
        "{",
    ],
)
def test_a_note_that_is_no_note_says_nothing(said: str) -> None:
    for data in (f"x<!-- reportgen {said} -->\n", f"%PDF-1.7\n% reportgen {said}\nstartxref"):
        found = provenance.Provenance(data.encode())
        assert dict(found.properties) == {}
        assert not found.is_untouched
        assert found.source is None


@pytest.mark.skipif(sys.platform != "linux", reason="limits of a child process are set as Linux has them")
@pytest.mark.parametrize(
    "data",
    [
        b"<!-- reportgen {" * 300_000 + b"} -->" * 300_000 + b" x",
        b"%PDF-" + b"% reportgen {" * 300_000,
    ],
    ids=["page", "pdf"],
)
def test_a_page_full_of_beginnings_of_notes_is_read_soon(data: bytes, tmp_path: Path) -> None:
    from ..hostile import child

    (tmp_path / "f").mkdir()
    outcome = child.call(lambda: int(provenance.Provenance(data).is_untouched), tmp_path / "f")
    assert not outcome.wrong, outcome.err
    assert outcome.status == 0


def test_an_input_that_is_too_deep_or_too_long_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def made(text: str) -> bytes:
        xml = f'<made xmlns="{provenance.NAMESPACE}">{text}</made>'
        return package(customXml__item1=b"", **{"customXml__item1.xml": xml.encode()})

    assert provenance.Provenance(made("[" * 100_000)).source is None
    assert provenance.Provenance(made('{"input": "x"}')).source == "x"
    monkeypatch.setattr(provenance, "_LONGEST_MADE_FROM", 10)
    assert provenance.Provenance(made('{"input": "x"}')).source is None
