"""``python -m release.offline``: makes offline folders, or verifies one.

``python -m release.offline win_amd64 win32 -o dist`` makes a folder and an archive for each platform (all of them where
none is named); ``--verify FOLDER`` compares a folder with the list of SHA-256 in it. Exit status: 0 done, 1 a folder is
not as it was made, 2 no folder could be made.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import click

from .folder import make, pack
from .platforms import PLATFORMS, PYTHONS
from .setup.start import SUMS, faults
from .wheels import WheelsError, build, download


@click.command()
@click.argument("platforms", nargs=-1, type=click.Choice([*PLATFORMS]), metavar="[PLATFORM]...")
@click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path), default=Path("dist"))
@click.option(
    "--python", "pythons", multiple=True, default=PYTHONS, help="A version to serve, 3.11 or newer."
)
@click.option(
    "--verify", "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="FOLDER"
)
def main(platforms: Sequence[str], output: Path, pythons: Sequence[str], folder: Path | None) -> None:
    """Make offline folders and their archives, for all platforms or for those named."""
    if folder is not None:
        _verify(folder)
        return
    try:
        with tempfile.TemporaryDirectory() as name:
            own = build(Path(name))
            for each in (PLATFORMS[platform] for platform in platforms or PLATFORMS):
                wheels = download(each, pythons, own, Path(name, each.name))
                made = make(each, pythons, wheels, output)
                archive = pack(made, each)
                click.echo(f"{archive}  {len(wheels)} wheels, {archive.stat().st_size / 1e6:.1f} MB")
    except (WheelsError, OSError) as error:
        click.echo(error, err=True)
        sys.exit(2)


def _verify(folder: Path) -> None:
    if not (folder / SUMS).is_file():
        raise click.BadParameter(f"there is no {SUMS} in {folder}", param_hint="--verify")
    found = faults(folder)
    for name in found:
        click.echo(f"{'changed or added' if (folder / name).is_file() else 'missing'}: {name}")
    if found:
        sys.exit(1)
    click.echo("every file is as it was made")


if __name__ == "__main__":
    main(prog_name="python -m release.offline")
