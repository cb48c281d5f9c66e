"""Puts an offline folder together, and packs it; the same files come out of the same files, byte for byte."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import shutil
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from packaging.utils import parse_wheel_filename

from . import guide
from .platforms import Platform
from .setup.start import SUMS
from .wheels import OWN

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
EXAMPLE = ROOT / "inputs" / "putian-psb-2022.toml"
TIME = (2020, 2, 2, 0, 0, 0)
"""When the files in an archive were made, to look at."""
_EPOCH = 1580601600
"""The same in seconds."""


def make(platform: Platform, pythons: Sequence[str], wheels: Iterable[Path], into: Path) -> Path:
    """Make the folder of a platform from its wheels.

    Raises:
        FileExistsError: there is one already; it may be somebody's in use.
    """
    wheels = sorted(wheels)
    named = (parse_wheel_filename(wheel.name) for wheel in wheels)
    (version,) = (str(version) for project, version, *_ in named if project == OWN)
    folder = into / f"{OWN}-{version}-{platform.name}"
    if folder.exists():
        raise FileExistsError(f"{folder} is there already")
    into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=into) as name:
        unfinished = Path(name, folder.name)
        for path, data in _files(platform, pythons, version).items():
            _write(unfinished / path, data)
        for wheel in wheels:
            _write(unfinished / "wheels" / wheel.name, wheel.read_bytes())
        (unfinished / SUMS).write_text(_sums(unfinished), encoding="utf-8", newline="\n")
        unfinished.rename(folder)
    return folder


def _files(platform: Platform, pythons: Sequence[str], version: str) -> dict[str, bytes]:
    """All files but the wheels, by their places."""
    about = {"version": version, "pythons": pythons, "machine": platform.machine, "glibc": platform.glibc}
    files = {
        "setup/folder.json": json.dumps(about, indent=1).encode("ascii"),
        "setup/start.py": (HERE / "setup" / "start.py").read_bytes(),
        "setup/fits.py": (HERE / "setup" / "fits.py").read_bytes(),
        f"示例/{EXAMPLE.name}": EXAMPLE.read_bytes(),
        "使用说明.html": guide.page((ROOT / "README.md").read_text(encoding="utf-8"), platform).encode(),
    }
    scripts = HERE / "scripts" / ("windows" if platform.is_windows else "linux")
    templates = Environment(
        loader=FileSystemLoader(scripts), undefined=StrictUndefined, keep_trailing_newline=True
    )
    for path in sorted(scripts.rglob("*")):
        if path.is_file():
            name = path.relative_to(scripts).as_posix()
            text = templates.get_template(name).render(platform=platform, pythons=pythons)
            files[name] = _encoded(name, text, platform)
    return files


def _encoded(name: str, text: str, platform: Platform) -> bytes:
    r"""A script or a text as it is read there.

    Batch files are read in the computer's own code page, which is GBK in China. The characters of GB2312 have no byte
    that is a sign of the command line elsewhere (GBK has: ``|``, ``^``, ``\``).
    """
    if name.endswith(".bat"):
        return text.replace("\n", "\r\n").encode("gb2312")
    if platform.is_windows:
        return text.replace("\n", "\r\n").encode("utf-8-sig")
    return text.encode()


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    if data.startswith(b"#!"):
        path.chmod(0o755)


def _sums(folder: Path) -> str:
    """The list of all files as ``sha256sum`` writes and reads it."""
    paths = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return "".join(f"{hashlib.sha256((folder / path).read_bytes()).hexdigest()}  {path}\n" for path in paths)


def pack(folder: Path, platform: Platform) -> Path:
    """The folder as one file beside it to carry away: ``.zip`` for Windows, ``.tar.gz`` for Linux.

    Raises:
        FileExistsError: there is one already.
    """
    archive = folder.with_name(f"{folder.name}{'.zip' if platform.is_windows else '.tar.gz'}")
    if archive.exists():
        raise FileExistsError(f"{archive} is there already")
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    with tempfile.TemporaryDirectory(dir=folder.parent) as name:
        unfinished = Path(name, archive.name)
        (_zip if platform.is_windows else _tar)(folder.parent, paths, unfinished)
        shutil.move(unfinished, archive)
    return archive


def _zip(root: Path, paths: Iterable[Path], archive: Path) -> None:
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in paths:
            packed.writestr(zipfile.ZipInfo(path.relative_to(root).as_posix(), TIME), path.read_bytes())


def _tar(root: Path, paths: Iterable[Path], archive: Path) -> None:
    with (
        archive.open("wb") as raw,
        gzip.GzipFile("", "wb", fileobj=raw, mtime=_EPOCH) as zipped,
        tarfile.open(fileobj=zipped, mode="w", format=tarfile.PAX_FORMAT) as packed,
    ):
        for path in paths:
            data = path.read_bytes()
            member = tarfile.TarInfo(path.relative_to(root).as_posix())
            member.size, member.mtime = len(data), _EPOCH
            member.mode = 0o755 if data.startswith(b"#!") else 0o644
            packed.addfile(member, io.BytesIO(data))
