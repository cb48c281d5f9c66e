"""The QR code that opens the published page on a phone."""

from __future__ import annotations

from dataclasses import dataclass

QUIET_ZONE = 4
"""White modules around the code (ISO/IEC 18004, 6.3.8)."""


@dataclass(frozen=True)
class QrCode:
    """A QR code as an SVG path of dark modules in a square of ``size`` units."""

    size: int
    path: str


def qr_code(address: str) -> QrCode | None:
    """The QR code of a web address; None where there is none, or one longer than a code can hold."""
    if not address:
        return None
    import segno

    try:
        modules = list(segno.make_qr(address, error="m").matrix_iter(border=QUIET_ZONE))
    except segno.DataOverflowError:
        return None
    dark = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(modules) for x, on in enumerate(row) if on)
    return QrCode(len(modules), dark)
