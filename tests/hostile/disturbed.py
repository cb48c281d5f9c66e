"""Runs that are killed, interrupted, or find the disk full at any step of their writing, and runs at the same time.

``python -m tests.hostile.disturbed [--runs N] [--seed N]`` prints a table and what went wrong. Whatever happens, every
file is the old one or the new one, whole; the next run finishes the work and removes what was left.
"""

from __future__ import annotations

import argparse
import errno
import io
import os
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from random import Random
from typing import Any

from reportgen import cli, console, job
from reportgen.form.form_file import load_form
from reportgen.writing import word

from ..reviewer import Reviewer

EXAMPLE = Path(__file__).parents[2] / "inputs" / "putian-psb-2022.toml"
SLIP = EXAMPLE.read_text(encoding="utf-8").replace("答复文书，", "答复文书,")
INPUT, REVIEWED = "本局-2022.toml", "退回.docx"

Files = dict[str, bytes]
Disturbance = Callable[[str], None]
"""What happens at a step of the writing."""

_STEPS = {
    "open",
    "os.rename",
    "os.link",
    "os.remove",
    "os.mkdir",
    "os.truncate",
    "os.chmod",
    "os.utime",
    "fsync",
}
_FAILING = {"open", "os.rename", "os.link", "os.mkdir", "fsync"}
_CRASHED = 70
_left = [0]
"""Steps until something happens."""


@dataclass(frozen=True)
class Work:
    """A command that writes, and the folder it finds."""

    arguments: tuple[str, ...]
    files: Files


NAMES = ("fix", "pull", "build", "build again", "final", "final again")

# ── the commands ────────────────────────────────────────────────────────────────────────────────────


@cache
def works() -> dict[str, Work]:
    """Every command that writes files, by name."""
    console.prepare()
    build = ("build", INPUT, "-o", "稿")
    first = {INPUT: SLIP.encode()}
    drafted = after(Work(build, first))
    changed = {**drafted, INPUT: SLIP.replace("801条", "802条").encode()}
    final = after(Work((*build, "--final", "--despite-open"), first))
    refinal = {**final, INPUT: SLIP.replace("801条", "803条").encode()}
    found = (
        Work(("fix", INPUT, "--write"), first),
        Work(("pull", REVIEWED, INPUT, "--write"), {**first, REVIEWED: _reviewed()}),
        Work((*build, "--fragment"), first),
        Work(build, changed),
        Work((*build, "--final"), first),
        Work((*build, "--final"), refinal),
    )
    return dict(zip(NAMES, found, strict=True))


def _reviewed() -> bytes:
    """A draft with a corrected figure and a comment."""
    with folder_with({INPUT: SLIP.encode()}) as folder:
        work = job.start(folder / INPUT)
        draft = word.render(work.document, draft="送审稿1", origin=replace(work.origin, draft=1))
    leader = Reviewer(draft, load_form("2021"))
    leader.write("active_disclosure.licensing", "335880")
    leader.comment("平稳", "再斟酌。")
    return leader.saved()


@contextmanager
def folder_with(files: Files) -> Iterator[Path]:
    """A folder for a while. All its files are of the same time: the names of older finals tell it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path, data in files.items():
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_bytes(data)
            os.utime(folder / path, (1_700_000_000, 1_700_000_000))
        yield folder


def files_in(folder: Path) -> Files:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def after(work: Work) -> Files:
    """What the folder holds after the command came to its end undisturbed."""
    with folder_with(work.files) as folder:
        status, said = ended(started(work.arguments, folder, lambda: None), folder)
        assert status in (0, 1), said
        return files_in(folder)


# ── children ────────────────────────────────────────────────────────────────────────────────────────


def started(arguments: tuple[str, ...], folder: Path, prepare: Callable[[], object]) -> int:
    """Run the command in a fork of this process, without the net; its number."""
    if child := os.fork():
        return child
    status = _CRASHED
    try:
        os.chdir(folder)
        said = os.open(folder.with_suffix(f".{os.getpid()}"), os.O_WRONLY | os.O_CREAT, 0o600)
        for number in (1, 2):
            os.dup2(said, number)
        sys.stdout, sys.stderr = (
            io.TextIOWrapper(io.FileIO(number, "w", closefd=False), "utf-8") for number in (1, 2)
        )
        signal.alarm(600)
        prepare()
        status = cli.run(list(arguments))
    except BaseException:
        traceback.print_exc()
    finally:
        _left[0] = 0  # from here on nothing happens
        sys.stdout.flush()
        os._exit(status)


def ended(child: int, folder: Path) -> tuple[int, str]:
    """The exit status of a child and what it said."""
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    said = folder.with_suffix(f".{child}")
    text = said.read_text(encoding="utf-8", errors="replace")
    said.unlink()
    return status, text


def at_step(
    number: int, happens: Disturbance, steps: set[str], seen: Callable[[], object] = lambda: None
) -> None:
    """Let something happen at the so-many-th time that this process writes below its folder."""
    left = _left
    left[:] = [number]
    fsync = os.fsync

    def step(event: str, arguments: tuple[Any, ...]) -> None:
        if event not in steps or (event == "open" and not _writes(arguments)):
            return
        seen()
        left[0] -= 1
        if not left[0]:
            happens(event)

    def counted(descriptor: int) -> None:
        step("fsync", ())
        fsync(descriptor)

    os.fsync = counted
    sys.addaudithook(step)


def _writes(arguments: tuple[Any, ...]) -> bool:
    _, mode, flags = arguments
    return any(letter in mode for letter in "wxa+") if isinstance(mode, str) else bool(flags & os.O_CREAT)


def killed(_: str) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def interrupted(_: str) -> None:
    os.kill(os.getpid(), signal.SIGINT)


def full(_: str) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


# ── what must hold ──────────────────────────────────────────────────────────────────────────────────


def disturb(name: str, kind: str, number: int) -> str:
    """Run a command and disturb it in one way, at this step of its writing; "" or what is wrong afterwards."""
    work, whole = works()[name], whole_of(name)
    prepare, wrong = {
        "kill": (lambda: at_step(number, killed, _STEPS), _wrong_after_kill),
        "interrupt": (lambda: at_step(number, interrupted, _STEPS), _wrong_after_interrupt),
        "full": (lambda: at_step(number, full, _FAILING), _wrong_after_full),
        "limit": (lambda: _limit(number), _wrong_after_full),
    }[kind]
    with folder_with(work.files) as folder:
        status, said = ended(started(work.arguments, folder, prepare), folder)
        now = files_in(folder)
        mended = [
            path
            for path, data in now.items()
            if not path.rpartition("/")[2].startswith(".reportgen")
            and data not in (work.files.get(path), whole.get(path))
        ]
        if mended:
            return f"half a file: {mended}\n{said}"
        if work.files[INPUT] not in now.values():
            return f"the input is lost\n{said}"
        if problem := wrong(work, whole, status, said, now):
            return f"{problem}\n{said}"
        status, said = ended(started(work.arguments, folder, lambda: None), folder)
        again = files_in(folder)
        if status not in (0, 1) or again != whole:
            differing = [path for path in {*again, *whole} if again.get(path) != whole.get(path)]
            return f"the next run does not finish the work: {status} {differing}\n{said}"
    return ""


@cache
def whole_of(name: str) -> Files:
    return after(works()[name])


def _limit(size: int) -> None:
    """No file may become larger, as on a disk that is full."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def _wrong_after_kill(_: Work, __: Files, status: int, ___: str, ____: Files) -> str:
    return "" if status in (0, 1, -signal.SIGKILL) else f"status {status}"


def _wrong_after_full(work: Work, whole: Files, status: int, _: str, now: Files) -> str:
    if status not in (0, 1, 2):
        return f"status {status}"
    if now != whole and (status != 2 or now != work.files):
        return "not all and not nothing was written"
    return ""


def _wrong_after_interrupt(work: Work, whole: Files, status: int, said: str, now: Files) -> str:
    if status not in (0, 1, 2):
        return f"status {status}"
    if now != whole and (status != 2 or now != work.files):
        return "not all and not nothing was written"
    if status == 2:
        told = {line.strip() for line in said.partition("已经写好")[2].splitlines()[1:]}
        made = {path for path, data in now.items() if work.files.get(path) != data}
        older = {path for path in made if " 定稿" in path}
        if told != made - older:
            return f"said to be written: {told}, written: {made}"
        if not made and "已中断。没有写任何文件。" not in said:
            return "not said that nothing was written"
    return ""


def at_once(random: Random) -> str:
    """``fix`` and ``pull`` write the same input at the same time: both changes stay; "" or what is wrong."""
    works_ = [works()["pull"], works()["fix"]]
    with folder_with(works_[0].files) as folder:
        children = [
            started(work.arguments, folder, partial(time.sleep, random.random() * 0.15)) for work in works_
        ]
        ends = [ended(child, folder) for child in children]
        text = (folder / INPUT).read_text(encoding="utf-8")
        if any(status not in (0, 1) for status, _ in ends):
            return f"{ends}"
        if "335880" not in text or "答复文书," in text:
            return f"a change is lost\n{ends}"
        left = [path for path in files_in(folder) if ".reportgen" in path]
        return f"left behind: {left}" if left else ""


def at_random(name: str, kind: str, most: int, random: Random) -> str:
    """Disturb a command at any step."""
    number = random.randint(1, most)
    problem = disturb(name, kind, number)
    return problem and f"{kind}: {name}: at {number}: {problem}"


DISTURBANCES: dict[str, Callable[[Random], str]] = {
    "fix and pull at once": at_once,
    **{
        f"{kind}: {name}": partial(at_random, name, kind, most)
        for kind, most in (("kill", 60), ("interrupt", 60), ("full", 40), ("limit", 120_000))
        for name in NAMES
    },
}
"""Every disturbance of every command; ``limit`` is the largest size of a file, in bytes."""


def main() -> int:
    """Run all disturbances; 1 when something went wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile.disturbed")
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    wrong: Counter[str] = Counter()
    each = -(-options.runs // len(DISTURBANCES))
    for name, disturbed in DISTURBANCES.items():
        random = Random(f"{name} {options.seed}")
        for _ in range(each):
            if problem := disturbed(random):
                wrong[name] += 1
                if wrong[name] <= 2:
                    print(f"  {problem}", file=sys.stderr)
        print(f"{name:32}{each:7}{wrong[name]:6} wrong", flush=True)
    return min(1, sum(wrong.values()))


if __name__ == "__main__":
    sys.exit(main())
