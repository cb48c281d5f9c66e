"""Wheels made for tests, and folders of them: what an offline folder is made of, without a network."""

from __future__ import annotations

import sys
import sysconfig
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from release.offline.platforms import PLATFORMS, Platform

HERE = f"{sys.version_info.major}.{sys.version_info.minor}"
"""The version of the Python that runs the tests."""

PROGRAM = {
    "reportgen/__init__.py": "",
    "reportgen/cli.py": "",
    "reportgen/__main__.py": "import sys\ndef main():\n    print('RUN', *sys.argv[1:])\n    sys.exit(5)\n",
}
"""A program that says what it was called with."""


def wheel(
    folder: Path,
    name: str,
    tag: str = "py3-none-any",
    *,
    version: str = "1.0",
    requires: Iterable[str] = (),
    python: str = ">=3.11",
    files: Mapping[str, str] | None = None,
) -> Path:
    """A wheel, whole enough for pip; the same bytes whenever it is made."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}-{version}-{tag}.whl"
    about = f"{name}-{version}.dist-info"
    metadata = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}", f"Requires-Python: {python}"]
    metadata += [f"Requires-Dist: {each}" for each in requires]
    written = {
        **(files if files is not None else {f"{name}/__init__.py": ""}),
        f"{about}/METADATA": "\n".join(metadata) + "\n",
        f"{about}/WHEEL": f"Wheel-Version: 1.0\nGenerator: made\nRoot-Is-Purelib: true\nTag: {tag}\n",
    }
    written[f"{about}/RECORD"] = "".join(f"{each},,\n" for each in [*written, f"{about}/RECORD"])
    with zipfile.ZipFile(path, "w") as package:
        for place, text in written.items():
            package.writestr(zipfile.ZipInfo(place), text)
    return path


def program_wheels(folder: Path) -> list[Path]:
    """The program that says what it was called with, what it needs, and the pip that this Python brings along."""
    import ensurepip

    places = (Path(ensurepip.__file__).parent / "_bundled", Path("/usr/share/python-wheels"))
    bundled = sorted(path for place in places for path in place.glob("pip-*.whl"))
    if not bundled:
        pytest.skip("this Python brings no wheel of pip along (ensurepip)")
    pip = folder / bundled[-1].name
    folder.mkdir(parents=True, exist_ok=True)
    pip.write_bytes(bundled[-1].read_bytes())
    return [
        pip,
        wheel(folder, "reportgen", requires=["lxml", "python-docx"], files=PROGRAM),
        wheel(folder, "lxml", files={"lxml/__init__.py": "", "lxml/etree.py": ""}),
        wheel(folder, "python_docx", files={"docx/__init__.py": ""}),
    ]


def this_computer() -> Platform:
    """A platform that this computer is."""
    if sys.platform != "linux":
        pytest.skip("the scripts that are tried are those for Linux")
    return replace(PLATFORMS["manylinux_2_17_x86_64"], machine=sysconfig.get_platform())
