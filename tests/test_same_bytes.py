"""Same input, same bytes: whenever, wherever and under whatever settings of the machine."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

EXAMPLE = Path(__file__).parents[1] / "inputs" / "putian-psb-2022.toml"


def built(folder: Path, *arguments: str, **environment: str) -> dict[str, bytes]:
    """Every file a build writes into ``folder``."""
    env = {**os.environ, **environment}
    command = [
        sys.executable,
        "-m",
        "reportgen",
        "build",
        str(EXAMPLE),
        "-o",
        str(folder),
        "--fragment",
        *arguments,
    ]
    subprocess.run(command, env=env, check=True, capture_output=True)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_builds_at_other_times_in_other_places_and_settings_give_equal_bytes(tmp_path: Path) -> None:
    settings = [
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "2", "TZ": "America/New_York", "LC_ALL": "C.UTF-8", "LANGUAGE": "fr"},
    ]
    for number, arguments in enumerate(([], ["--final"])):
        first = built(tmp_path / f"a{number}", *arguments, **settings[0])
        time.sleep(2.1)  # longer than the two seconds a zip file tells apart
        second = built(tmp_path / f"文件夹{number}", *arguments, **settings[1])
        assert len(first) >= 3
        assert first == second


def test_a_second_build_in_the_same_folder_changes_nothing(tmp_path: Path) -> None:
    assert built(tmp_path) == built(tmp_path)
