"""Real folders, of wheels brought from a package index: each is whole, and that of this computer runs without network.

Without a package index these tests skip; CI has one.
"""

from __future__ import annotations

import itertools
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from release.offline.folder import make
from release.offline.platforms import PLATFORMS, PYTHONS, Platform
from release.offline.wheels import WheelsError, build, download, unfit
from tests.writing.tools import program

from .made import HERE, this_computer

ROOT = Path(__file__).parents[3]
LOOPBACK_UP = (
    "import fcntl, socket, struct; "
    "fcntl.ioctl(socket.socket(), 0x8914, struct.pack('16sH14x', b'lo', 1))"  # SIOCSIFFLAGS: up
)


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of reportgen; what builds it comes from a package index."""
    try:
        return build(tmp_path_factory.mktemp("own"))
    except WheelsError as error:
        pytest.skip(f"no package index is reached: {error}"[:300])


@pytest.mark.parametrize(
    ("name", "python"), [*zip(sorted(PLATFORMS), itertools.cycle(PYTHONS), strict=False)]
)
def test_the_wheels_of_every_platform_can_be_had_and_fit(
    name: str, python: str, own: Path, tmp_path: Path
) -> None:
    platform = PLATFORMS[name]
    wheels = download(platform, [python], own, tmp_path)
    assert unfit(wheels, platform, [python]) == []
    tags = {wheel.name: wheel.stem.split("-")[-1].split(".") for wheel in wheels}
    assert [each for each, there in tags.items() if not {*there} & {*platform.tags, "any"}] == []
    (compiled,) = (each for each in tags if each.startswith("lxml-"))
    assert f"-cp{python.replace('.', '')}-" in compiled
    assert len(wheels) >= 16


@pytest.fixture(scope="module")
def installed(own: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of this computer, installed where there is no network."""
    here: Platform = this_computer()
    brought = tmp_path_factory.mktemp("brought")
    folder = make(here, [HERE], download(here, [HERE], own, brought), tmp_path_factory.mktemp("made"))
    place = folder / "python" / "bin" / "python3"
    place.parent.mkdir()
    place.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} "$@"\n', encoding="utf-8")
    place.chmod(0o755)
    run = cut_off(["sh", str(folder / "安装.sh")])
    said, _ = run.communicate(timeout=600)
    assert (run.returncode, said.decode().splitlines()[-1]) == (
        0,
        "已装好。以后双击“打开年报”；用法见“使用说明.html”。",
    )
    return folder


def cut_off(command: list[str], **more: str) -> subprocess.Popen[bytes]:
    """Run a command where there is no network but the computer's own loopback."""
    unshare = [program("unshare"), *([] if os.geteuid() == 0 else ["--map-root-user"]), "--net"]
    if subprocess.run([*unshare, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this computer allows no network namespaces (unshare --net)")
    script = f"{shlex.join([sys.executable, '-c', LOOPBACK_UP])} && exec {shlex.join(command)}"
    environment = {
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "PIP_INDEX_URL": "http://127.0.0.1:9/",
        **more,
    }
    return subprocess.Popen(
        [*unshare, "sh", "-c", script], env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE
    )


def test_there_is_no_network_where_it_is_tried() -> None:
    run = cut_off(["cat", "/proc/net/dev"])
    said, _ = run.communicate(timeout=60)
    assert [line.split(":")[0].strip() for line in said.decode().splitlines()[2:]] == ["lo"]


def test_the_example_is_made_without_network(installed: Path, tmp_path: Path) -> None:
    example = installed / "示例" / "putian-psb-2022.toml"
    run = cut_off(["sh", str(installed / "reportgen"), "build", str(example), "-o", str(tmp_path)])
    said, _ = run.communicate(timeout=300)
    assert run.returncode == 0, said.decode()
    made = {path.suffix for path in tmp_path.iterdir()}
    assert {".docx", ".html"} <= made
    command = [sys.executable, "-m", "reportgen", "build", str(example), "-o", str(tmp_path / "here")]
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    for path in (tmp_path / "here").glob("*.html"):
        assert path.read_bytes() == (tmp_path / path.name).read_bytes()


OPENED = """
import subprocess, sys, urllib.request
from http.cookiejar import CookieJar

run = subprocess.Popen(sys.argv[1:], stdout=subprocess.PIPE, stdin=subprocess.DEVNULL)
address = run.stdout.readline().decode().strip()
try:
    browser = urllib.request.build_opener(
        urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(CookieJar())
    )
    with browser.open(address, timeout=60) as answer:
        print(address.split("?")[0], answer.status, answer.headers.get_content_type())
        print("<html" in answer.read().decode())
finally:
    run.terminate()
    run.wait(60)
"""


def test_the_workbench_answers_without_network(installed: Path) -> None:
    starter = ["sh", str(installed / "打开年报.sh"), "--no-browser"]
    run = cut_off([sys.executable, "-c", OPENED, *starter])
    said, _ = run.communicate(timeout=300)
    assert run.returncode == 0
    first, page = said.decode().splitlines()
    assert first.startswith("http://127.0.0.1:")
    assert first.endswith(" 200 text/html")
    assert page == "True"
