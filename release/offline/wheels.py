"""The wheels of an offline folder: brought by pip, and shown to be all that each Python on that platform needs.

pip judges the markers of requirements (``colorama; platform_system == "Windows"``) by the computer it runs on, whatever
``--platform`` says. So the set is checked here for the platform it is for, and what pip left out is asked for by name.
"""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Iterable, Sequence
from email.message import Message
from email.parser import HeaderParser
from pathlib import Path

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.tags import Tag, compatible_tags, cpython_tags
from packaging.utils import canonicalize_name, parse_wheel_filename

from .platforms import Platform

ROOT = Path(__file__).parents[2]
VERSIONS = Path(__file__).with_name("versions.txt")
OWN = "reportgen"
NEEDED = (OWN, "pip")
"""What all else follows from."""


class WheelsError(Exception):
    """The wheels of a platform are not to be had, or are not all that is needed."""


def build(folder: Path) -> Path:
    """The wheel of reportgen itself, built into a folder.

    Raises:
        WheelsError: it cannot be built.
    """
    _pip("wheel", "--no-deps", "--wheel-dir", folder, ROOT)
    (wheel,) = folder.glob(f"{OWN}-*.whl")
    return wheel


def download(platform: Platform, pythons: Sequence[str], own: Path, folder: Path) -> list[Path]:
    """All wheels that the Pythons need on a platform, brought into a folder.

    Raises:
        WheelsError: some cannot be had for this platform, or do not fit.
    """
    for python in pythons:
        asked = [str(own), "pip"]
        while asked:
            _download(platform, python, asked, folder)
            asked, before = lacking(folder.glob("*.whl"), platform, python), asked
            if asked == before:
                raise WheelsError(f"{platform.name}, Python {python}: pip brought no {', '.join(asked)}")
    wheels = sorted(folder.glob("*.whl"))
    if faults := unfit(wheels, platform, pythons):
        raise WheelsError("\n".join(faults))
    return wheels


def _download(platform: Platform, python: str, asked: Iterable[str], folder: Path) -> None:
    tags = [option for tag in platform.tags for option in ("--platform", tag)]
    abis = [option for abi in (_abi(python), "abi3", "none") for option in ("--abi", abi)]
    _pip(
        "download", "--only-binary=:all:", *tags, "--python-version", python, "--implementation", "cp", *abis,
        "--constraint", VERSIONS, "--dest", folder, *asked,
    )  # fmt: skip


def _pip(*arguments: str | Path) -> None:
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *map(str, arguments)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode:
        raise WheelsError(f"{' '.join(command)}\n{run.stderr.strip()}")


def unfit(wheels: Iterable[Path], platform: Platform, pythons: Iterable[str]) -> list[str]:
    """What is wrong with a set of wheels: what a Python lacks, and wheels that no Python takes."""
    wheels = list(wheels)
    taken: set[Path] = set()
    faults = []
    for python in pythons:
        found, left = _closure(wheels, platform, python)
        taken |= found
        faults += [f"{platform.name}, Python {python}: no wheel for {each}" for each in left]
    return faults + [f"{platform.name}: nothing takes {wheel.name}" for wheel in wheels if wheel not in taken]


def lacking(wheels: Iterable[Path], platform: Platform, python: str) -> list[str]:
    """The requirements that no wheel of the set meets, of all that follow from what is needed."""
    return _closure(list(wheels), platform, python)[1]


def _closure(wheels: list[Path], platform: Platform, python: str) -> tuple[set[Path], list[str]]:
    """The wheels that an installation takes, and the requirements that none meets."""
    markers = {
        **platform.markers, "python_version": python, "python_full_version": f"{python}.0",
        "implementation_name": "cpython", "platform_python_implementation": "CPython", "extra": "",
    }  # fmt: skip
    ranks = {tag: rank for rank, tag in enumerate(_tags(platform, python))}
    taken: set[Path] = set()
    left: list[str] = []
    asked = [Requirement(name) for name in NEEDED]
    for requirement in asked:  # grows while it is read
        if requirement.marker and not requirement.marker.evaluate(markers):
            continue
        wheel = _best(wheels, requirement, ranks, python)
        if wheel is None:
            left.append(f"{requirement.name}{requirement.specifier}")
        elif wheel not in taken:
            taken.add(wheel)
            asked += [Requirement(each) for each in _metadata(wheel).get_all("Requires-Dist", [])]
    return taken, sorted({*left})


def _best(wheels: list[Path], asked: Requirement, ranks: dict[Tag, int], python: str) -> Path | None:
    """The wheel that pip would take: the newest version, and of that the one made most exactly for this Python."""
    fits = []
    for wheel in wheels:
        name, version, build, tags = parse_wheel_filename(wheel.name)
        rank = min((ranks[tag] for tag in tags if tag in ranks), default=None)
        if name != canonicalize_name(asked.name) or rank is None or version not in asked.specifier:
            continue
        if f"{python}.0" in SpecifierSet(_metadata(wheel).get("Requires-Python", "")):
            fits.append((version, -rank, build, wheel))
    return max(fits)[-1] if fits else None


def _metadata(wheel: Path) -> Message:
    with zipfile.ZipFile(wheel) as package:
        (name,) = (each for each in package.namelist() if each.endswith(".dist-info/METADATA"))
        return HeaderParser().parsestr(package.read(name).decode())


def _abi(python: str) -> str:
    return f"cp{python.replace('.', '')}"


def _tags(platform: Platform, python: str) -> list[Tag]:
    """The tags of the wheels that a Python takes on a platform, the best first."""
    major, minor = (int(part) for part in python.split("."))
    version = (major, minor)
    return [
        *cpython_tags(version, [_abi(python)], platform.tags),
        *compatible_tags(version, _abi(python), platform.tags),
    ]
