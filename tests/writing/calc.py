"""LibreOffice as somebody who fills in a workbook: opens it, adds up what has no result yet, saves it anew."""

from __future__ import annotations

import re
import subprocess
import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pytest

from .tools import program

_FORMULA = re.compile(r"(<f>[^<]*</f>)<v>[^<]*</v>")


def saved_by_libreoffice(books: Mapping[str, bytes], folder: Path) -> dict[str, bytes]:
    """Workbooks saved anew, by the names they had."""
    soffice = Path(program("soffice")).resolve()
    if not (soffice.parent / "libsclo.so").exists():
        pytest.skip("LibreOffice is installed without its spreadsheets (libreoffice-calc-nogui)")
    sources, targets = folder / "sources", folder / "targets"
    sources.mkdir()
    for name, data in books.items():
        (sources / f"{name}.xlsx").write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "xlsx", "--outdir", targets]
    files = [sources / f"{name}.xlsx" for name in books]
    subprocess.run([*command, *files], capture_output=True, check=False, timeout=180)
    return {name: (targets / f"{name}.xlsx").read_bytes() for name in books}


def without_results(data: bytes) -> bytes:
    """A workbook whose formulas have no results yet."""
    return changed(data, lambda name, part: _FORMULA.sub(r"\1", part) if "worksheets" in name else part)


def changed(data: bytes, change) -> bytes:  # type: ignore[no-untyped-def]
    """A workbook with its parts as ``change(name, text)`` makes them; those that become None are left out."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            part = change(name, old.read(name).decode())
            if part is not None:
                new.writestr(name, part)
    return made.getvalue()
