"""A picture without what it says besides: who made it, when, where and with what (PNG third edition; ITU-T T.81)."""

from __future__ import annotations

from collections.abc import Iterator

_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8"
_TELLING = {b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"}
"""Chunks of a PNG that say something about it; all others say how it looks."""
_SCAN, _APP0, _APP14, _COMMENT = 0xDA, 0xE0, 0xEE, 0xFE
_APPLICATIONS = range(0xE0, 0xF0)
"""Segments of a JPEG that programs write for themselves: Exif, XMP; the first and the fourteenth say how it looks."""


def bare(picture: bytes) -> bytes:
    """The picture without its notes; one that is damaged, or of another kind, is left as it is."""
    if picture.startswith(_PNG):
        parts = list(_chunks(picture))
    elif picture.startswith(_JPEG):
        parts = list(_segments(picture))
    else:
        return picture
    return b"".join(kept for kept, _ in parts) if parts and parts[-1][1] else picture


def _chunks(picture: bytes) -> Iterator[tuple[bytes, bool]]:
    """The pieces of a PNG that stay, each with whether the picture ends with it."""
    yield _PNG, False
    at = len(_PNG)
    while at + 12 <= len(picture):
        end = at + 12 + int.from_bytes(picture[at : at + 4], "big")
        kind = picture[at + 4 : at + 8]
        if end > len(picture):
            return
        if kind not in _TELLING:
            yield picture[at:end], kind == b"IEND"
        if kind == b"IEND":
            return
        at = end


def _segments(picture: bytes) -> Iterator[tuple[bytes, bool]]:
    """The pieces of a JPEG that stay; what is drawn comes last, in one."""
    yield _JPEG, False
    at = len(_JPEG)
    while at + 4 <= len(picture) and picture[at] == 0xFF:
        marker = picture[at + 1]
        if marker == _SCAN:
            end = picture.rfind(b"\xff\xd9") + 2
            if end > at:
                yield picture[at:end], True
            return
        end = at + 2 + int.from_bytes(picture[at + 2 : at + 4], "big")
        is_note = marker == _COMMENT or (marker in _APPLICATIONS and marker not in (_APP0, _APP14))
        if not is_note:
            yield picture[at:end], False
        at = end
