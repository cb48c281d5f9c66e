"""The kinds of computers for which an offline folder is made, and what a wheel must be to run on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
"""The versions of Python that a folder serves unless others are asked for."""


@dataclass(frozen=True)
class Platform:
    """A kind of computer."""

    name: str
    """As pip calls it: ``win_amd64``, ``manylinux_2_28_x86_64``."""
    machine: str
    """What ``sysconfig.get_platform()`` says there: ``win-amd64``, ``linux-x86_64``."""
    tags: tuple[str, ...]
    """The platform tags of the wheels that run there, the best first, without ``any``."""
    markers: Mapping[str, str]
    """What the markers of requirements say there, but for the version of Python."""
    said: str
    """What the computer is, to the clerk."""
    portable: str
    """Which portable Python is for it, as its makers call it."""
    glibc: str = ""
    """The oldest glibc it has; "" on Windows."""

    @property
    def is_windows(self) -> bool:
        return not self.glibc


def _windows(name: str, processor: str, said: str, portable: str) -> Platform:
    return Platform(
        name,
        name.replace("_", "-"),
        (name,),
        {
            "os_name": "nt",
            "sys_platform": "win32",
            "platform_system": "Windows",
            "platform_machine": processor,
        },
        f"Windows，{said}",
        f"Windows embeddable package ({portable})",
    )


def _linux(processor: str, minor: int, said: str) -> Platform:
    """Wheels for glibc 2.17 and all later up to 2.``minor`` run there; ``manylinux2014`` is glibc 2.17."""
    tags = tuple(f"manylinux_2_{each}_{processor}" for each in range(minor, 16, -1))
    return Platform(
        tags[0],
        f"linux-{processor}",
        (*tags, f"manylinux2014_{processor}"),
        {
            "os_name": "posix",
            "sys_platform": "linux",
            "platform_system": "Linux",
            "platform_machine": processor,
        },
        f"Linux，{said}，glibc 2.{minor} 及以上",
        f"{processor}-unknown-linux-gnu",
        f"2.{minor}",
    )


PLATFORMS = {
    each.name: each
    for each in (
        _windows("win_amd64", "AMD64", "64 位", "64-bit"),
        _windows("win32", "x86", "32 位", "32-bit"),
        _windows("win_arm64", "ARM64", "ARM 处理器", "ARM64"),
        _linux("x86_64", 28, "兆芯、海光、英特尔等处理器"),
        _linux("x86_64", 17, "兆芯、海光、英特尔等处理器"),
        _linux("aarch64", 28, "飞腾、鲲鹏等处理器"),
        _linux("aarch64", 17, "飞腾、鲲鹏等处理器"),
    )
}
"""By name."""
