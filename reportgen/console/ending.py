"""How a command ends that does not come to its own end: misuse, an interruption, a fault of the program.

The clerk is told what was written and what was not; the maintainer gets a report of a fault that holds no word and no
figure of the clerk's.
"""

from __future__ import annotations

import io
import signal
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .. import __version__, disk
from .commands.arguments import UNUSABLE
from .terminal import say, show

if TYPE_CHECKING:
    from types import TracebackType

REPORT = "reportgen故障报告-{mark}.txt"
"""The same fault leaves one report, however often it comes."""


def say_misuse(error: click.ClickException) -> None:
    """Print what is wrong with a command."""
    text = io.StringIO()
    error.show(text)
    show(text.getvalue().rstrip("\n"), err=True)


def say_interrupted() -> None:
    """Print that the command was interrupted, and what it had written by then; no second interruption cuts that off."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    say("已中断。" + _said_of_files("中断"), err=True)
    _show_written()


def say_fault(error: Exception, commands: click.Group, arguments: Sequence[str]) -> int:
    """Print that the program failed, what was written, and where the report for the maintainer lies."""
    if isinstance(error, MemoryError):
        error.__traceback__ = None  # lets go of what filled the memory
        what = "错误：内存不够，没有做完。"
        advice = "请关闭别的程序，再运行一次；还是不够的，请核对是不是选错了文件。"
    else:
        what = "错误：程序出了没有料到的毛病，没有做完。"
        advice = left_report(error, commands, arguments)
    say(what + _said_of_files("出错"), err=True)
    _show_written()
    say(advice, err=True)
    return UNUSABLE


def _said_of_files(event: str) -> str:
    return f"{event}以前已经写好下面的文件，其余的没有写：" if disk.written else "没有写任何文件。"


def _show_written() -> None:
    for path in disk.written:
        show(f"  {path}", err=True)


# ── the report of a fault ───────────────────────────────────────────────────────────────────────────


def left_report(error: Exception, commands: click.Group, arguments: Sequence[str]) -> str:
    """Leave a report of a fault for the maintainer; what the clerk is told of it."""
    return _where_left(report_of(error, commands, arguments))


def _where_left(report: str) -> str:
    """Leave the report where the clerk is, or in the folder for temporary files; say where."""
    import hashlib
    import tempfile

    name = REPORT.format(mark=hashlib.sha256(report.encode()).hexdigest()[:8])
    for folder in (Path.cwd, lambda: Path(tempfile.gettempdir())):
        with suppress(OSError):
            path = folder() / name
            path.write_text(report, encoding="utf-8")
            return f"请把故障报告 {path} 交给维护的人；里面只有程序出错的位置，没有报告的数据和文字。"
    return "故障报告也写不进去；请把用的命令告诉维护的人。"


def report_of(error: BaseException, commands: click.Group, arguments: Sequence[str]) -> str:
    """What a maintainer needs: versions, the command without its values, and where in the program it failed.

    The message of an exception may quote the clerk's text, so only its kind is told.
    """
    import platform

    lines = [
        "reportgen 故障报告（给维护的人；没有报告的数据和文字）",
        f"reportgen {__version__}, Python {platform.python_version()}, {platform.system()} {platform.machine()}",
        " ".join(_without_values(commands, arguments)),
    ]
    told: BaseException | None = error
    while told is not None:
        lines += ["", f"{type(told).__module__}.{type(told).__qualname__}", *_places(told.__traceback__)]
        told = told.__cause__ or (None if told.__suppress_context__ else told.__context__)
    return "\n".join(lines) + "\n"


def _without_values(commands: click.Group, arguments: Sequence[str]) -> Iterator[str]:
    """The command and its options; no file name and no reason."""
    name = next((each for each in arguments if each in commands.commands), None)
    if name is None:
        return
    yield name
    known = {option for param in commands.commands[name].params for option in param.opts}
    yield from (option for each in arguments if (option := each.partition("=")[0]) in known)


def _places(at: TracebackType | None) -> Iterator[str]:
    """Where each call stood: module, line and function, without the folders of this machine."""
    while at is not None:
        code = at.tb_frame.f_code
        module = at.tb_frame.f_globals.get("__name__", "?")
        yield f"  {module}:{at.tb_lineno} {code.co_name}"
        at = at.tb_next
