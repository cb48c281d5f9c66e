"""A set of wheels is shown to be all that each Python on a platform needs, whatever computer it is shown on."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from release.offline.platforms import PLATFORMS
from release.offline.wheels import ROOT, VERSIONS, lacking, unfit

from .made import wheel

WINDOWS, OLD_LINUX = PLATFORMS["win_amd64"], PLATFORMS["manylinux_2_17_x86_64"]
NEW_LINUX = PLATFORMS["manylinux_2_28_x86_64"]


def test_what_only_another_platform_needs_is_asked_for_there(tmp_path: Path) -> None:
    wheels = [
        wheel(tmp_path, "pip"),
        wheel(tmp_path, "reportgen", requires=['colorama>=0.4; platform_system == "Windows"']),
    ]
    assert lacking(wheels, WINDOWS, "3.12") == ["colorama>=0.4"]
    assert lacking(wheels, NEW_LINUX, "3.12") == []
    assert unfit(wheels, WINDOWS, ["3.12"]) == ["win_amd64, Python 3.12: no wheel for colorama>=0.4"]


def test_what_only_an_older_python_needs_is_asked_for_by_that_one(tmp_path: Path) -> None:
    wheels = [
        wheel(tmp_path, "pip"),
        wheel(tmp_path, "reportgen", requires=['tomli; python_version < "3.12"', 'tests; extra == "test"']),
    ]
    assert unfit(wheels, WINDOWS, ["3.11", "3.12"]) == ["win_amd64, Python 3.11: no wheel for tomli"]


@pytest.mark.parametrize(
    ("tag", "fits"),
    [
        ("cp312-cp312-win_amd64", {"win_amd64"}),
        ("cp310-abi3-win_amd64", {"win_amd64"}),
        ("cp312-cp312-win32", {"win32"}),
        ("cp312-cp312-win_arm64", {"win_arm64"}),
        ("cp311-cp311-win_amd64", set()),
        ("cp312-cp312t-win_amd64", set()),
        ("cp312-cp312-manylinux_2_28_x86_64", {"manylinux_2_28_x86_64"}),
        (
            "cp312-cp312-manylinux2014_x86_64.manylinux_2_17_x86_64",
            {"manylinux_2_28_x86_64", "manylinux_2_17_x86_64"},
        ),
        ("cp312-cp312-manylinux_2_34_x86_64", set()),
        ("cp312-cp312-musllinux_1_2_x86_64", set()),
        ("cp312-cp312-manylinux_2_28_aarch64", {"manylinux_2_28_aarch64"}),
        ("py3-none-any", set(PLATFORMS)),
    ],
)
def test_a_wheel_fits_where_its_tags_say(tag: str, fits: set[str], tmp_path: Path) -> None:
    wheels = [
        wheel(tmp_path, "pip"),
        wheel(tmp_path, "reportgen", requires=["lxml"]),
        wheel(tmp_path, "lxml", tag),
    ]
    assert {name for name, platform in PLATFORMS.items() if not unfit(wheels, platform, ["3.12"])} == fits


def test_a_wheel_that_nothing_takes_has_no_place(tmp_path: Path) -> None:
    wheels = [
        wheel(tmp_path, "pip"),
        wheel(tmp_path, "reportgen", requires=["click>=8"]),
        wheel(tmp_path, "click", version="8.1"),
        wheel(tmp_path, "click", version="7.0"),
        wheel(tmp_path, "numpy", python="<3"),
    ]
    assert unfit(wheels, WINDOWS, ["3.12"]) == [
        "win_amd64: nothing takes click-7.0-py3-none-any.whl",
        "win_amd64: nothing takes numpy-1.0-py3-none-any.whl",
    ]


def test_a_wheel_for_other_pythons_is_none(tmp_path: Path) -> None:
    wheels = [wheel(tmp_path, "pip"), wheel(tmp_path, "reportgen", python=">=3.13")]
    assert unfit(wheels, WINDOWS, ["3.12", "3.13"]) == ["win_amd64, Python 3.12: no wheel for reportgen"]


def test_every_package_that_is_needed_has_one_version_that_will_do() -> None:
    lines = [line for line in VERSIONS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", line) for line in lines)
    versions = {
        canonicalize_name(name): version for name, _, version in (line.partition("==") for line in lines)
    }
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [Requirement(each) for each in project["dependencies"]]
    assert len(asked) > 5
    assert [str(each) for each in asked if versions[canonicalize_name(each.name)] not in each.specifier] == []
    assert "pip" in versions
