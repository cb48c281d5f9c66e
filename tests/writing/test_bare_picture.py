"""Pictures lose what they say of who made them, and nothing of how they look."""

from __future__ import annotations

import struct
import zlib

import pytest

from reportgen.writing.bare_picture import bare

SECRET = "张三的电脑".encode()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(*more: bytes) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n"
        + head
        + b"".join(more)
        + chunk(b"IDAT", zlib.compress(b"\0\0"))
        + chunk(b"IEND", b"")
    )


def segment(marker: int, data: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(data) + 2) + data


def jpeg(*more: bytes) -> bytes:
    scan = segment(0xDA, b"\x01\x01\0\0\x3f\0") + b"\x12\xff\0\x34"
    return (
        b"\xff\xd8"
        + segment(0xE0, b"JFIF\0")
        + b"".join(more)
        + segment(0xDB, b"\1" * 65)
        + scan
        + b"\xff\xd9"
    )


@pytest.mark.parametrize("kind", [b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"])
def test_a_png_loses_its_notes(kind: bytes) -> None:
    assert bare(png(chunk(kind, SECRET))) == png()
    assert bare(png(chunk(b"pHYs", b"\0" * 9))) == png(chunk(b"pHYs", b"\0" * 9))
    assert bare(png() + SECRET) == png()


@pytest.mark.parametrize("marker", [0xE1, 0xE2, 0xED, 0xFE])
def test_a_jpeg_loses_its_notes(marker: int) -> None:
    assert bare(jpeg(segment(marker, SECRET))) == jpeg()
    assert bare(jpeg(segment(0xEE, b"Adobe"))) == jpeg(segment(0xEE, b"Adobe"))
    assert bare(jpeg() + SECRET) == jpeg()


@pytest.mark.parametrize("picture", [png(), jpeg()])
def test_a_damaged_one_stays_as_it_is(picture: bytes) -> None:
    for length in range(len(picture)):
        assert bare(picture[:length]) == picture[:length]
    assert bare(b"GIF89a" + SECRET) == b"GIF89a" + SECRET
