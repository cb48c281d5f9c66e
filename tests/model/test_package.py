"""Whatever is called a Word file: unpacking it ends soon, and says why where it cannot be."""

from __future__ import annotations

import io
import struct
import tracemalloc
import warnings
import zipfile

import pytest

from reportgen.model import package
from reportgen.model.package import Package, PackageError


def zipped(*parts: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # two parts of one name
        for name, data in parts:
            archive.writestr(name, data)
    return out.getvalue()


def refusal(data: bytes) -> str:
    with pytest.raises(PackageError) as caught:
        Package.of(data)
    return str(caught.value)


def test_the_parts_come_out_as_they_went_in() -> None:
    data = zipped(("word/document.xml", b"<a/>"), ("word/media/image1.png", b"\x89PNG"))
    assert Package.of(data).parts == {"word/document.xml": b"<a/>", "word/media/image1.png": b"\x89PNG"}


def test_two_parts_of_one_name_are_refused_as_nobody_can_tell_which_counts() -> None:
    data = zipped(("word/document.xml", b"<a/>"), ("word/document.xml", b"<b/>"))
    assert "损坏" in refusal(data)


@pytest.mark.parametrize(
    "parts",
    [
        [("word/media/image1.png", bytes(package.LARGEST_UNPACKED + 1))],
        [(f"word/media/{i}.png", bytes(package.LARGEST_UNPACKED // 4 + 1)) for i in range(4)],
        [("customXml/item1.xml", bytes(package.LARGEST_PART + 1))],
        [(f"x{i}", b"") for i in range(package.MOST_ENTRIES + 1)],
    ],
)
def test_what_would_become_far_too_large_is_not_unpacked(
    parts: list[tuple[str, bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = zipped(*parts)
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *_: pytest.fail("unpacked"))
    assert "大得不正常" in refusal(data)


def test_a_file_that_is_far_too_large_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    data = zipped(("word/document.xml", b"<a/>"))
    monkeypatch.setattr(package, "LARGEST_FILE", len(data) - 1)
    assert "大得不正常" in refusal(data)


def test_a_part_that_becomes_longer_than_it_says_is_not_unpacked_further() -> None:
    data = bytearray(zipped(("word/document.xml", b"<a/>" + b" " * 30_000_000)))
    at = data.find(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 1000)
    tracemalloc.start()
    assert "损坏" in refusal(bytes(data))
    assert tracemalloc.get_traced_memory()[1] < 10_000_000
    tracemalloc.stop()


@pytest.mark.parametrize(
    ("limit", "parts", "named"),
    [
        ("MOST_ENTRIES", [(f"x{i}", b"") for i in range(6)], "5 个"),
        ("LARGEST_UNPACKED", [("x.png", bytes(2 * package.MEGABYTE))], "MB"),
        ("LARGEST_PART", [("word/document.xml", bytes(2 * package.MEGABYTE))], "word/document.xml"),
    ],
)
def test_each_limit_is_named(
    limit: str, parts: list[tuple[str, bytes]], named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package, limit, 5)
    assert named in refusal(zipped(*parts))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("markup", ["<a/>", '<a b="" c="" d=""/>'])
def test_more_markup_than_any_report_has_is_not_parsed(
    markup: str, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package, "MOST_TAGS", 200)
    xml = f"<x>{markup * 100}</x>".encode(encoding)
    found = Package.of(zipped(("word/document.xml", xml)))
    if "=" not in markup:
        assert found.xml("word/document.xml") is not None
        monkeypatch.setattr(package, "MOST_TAGS", 100)
    with pytest.raises(PackageError, match=r"超过 [12]00 个"):
        found.xml("word/document.xml")


@pytest.mark.parametrize("encoding", ["utf-7", "cp037", "utf-32"])
def test_parts_in_encodings_that_word_does_not_know_are_refused(encoding: str) -> None:
    xml = f'<?xml version="1.0" encoding="{encoding}"?><a>x</a>'.encode(encoding)
    if encoding == "utf-7":
        xml = xml.replace(b"<a>", b"+ADw-a+AD4-")
    with pytest.raises(PackageError, match="损坏"):
        Package.of(zipped(("word/document.xml", xml))).xml("word/document.xml")


def test_a_comment_within_a_text_does_not_end_it() -> None:
    root = Package.of(zipped(("x.xml", b"<a>14<!-- x -->0<?y z?>1</a>"))).xml("x.xml")
    assert root is not None
    assert root.text == "1401"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"W\0o\0r\0d\0", ".doc"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "加了密码"),
        (b"{\\rtf1 x}", ".rtf"),
        (b"", "损坏"),
        (b"PK", "损坏"),
    ],
)
def test_other_kinds_of_file_are_told(data: bytes, said: str) -> None:
    assert said in refusal(data)


def test_a_large_picture_is_no_reason_to_refuse_a_draft() -> None:
    data = zipped(("word/media/image1.bmp", bytes(package.LARGEST_PART + 1)))
    assert len(Package.of(data).parts["word/media/image1.bmp"]) > package.LARGEST_PART


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_ways_to_pack_that_word_does_not_know_are_refused(method: int) -> None:
    data = bytearray(zipped(("word/document.xml", b"<a/>" * 50), method=method))
    assert "损坏" in refusal(bytes(data))
    data[60:70] = b"\xff" * 10
    assert "损坏" in refusal(bytes(data))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_in_every_encoding(encoding: str) -> None:
    xml = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'
    with pytest.raises(PackageError, match="DTD"):
        Package.of(zipped(("word/document.xml", xml.encode(encoding)))).xml("word/document.xml")


def test_a_part_that_is_not_there_has_no_xml_and_no_properties() -> None:
    assert Package({}).xml("word/comments.xml") is None
    assert Package({}).properties == {}
