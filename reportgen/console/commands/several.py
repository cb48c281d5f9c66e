"""Several files, or a folder of them, through one command: each by itself, whatever another one is, and one summary."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path

import click

from ...errors import ReportgenError
from ..terminal import TerminalError, UnheardError, say, show
from .arguments import DONE, HAS_ERRORS, UNUSABLE

NO_REPORT = -1
_ENDINGS = {
    DONE: "没有错误",
    HAS_ERRORS: "有错误",
    UNUSABLE: "不能用",
    NO_REPORT: "不是报告",
}
"""What became of a file, in the words of the summary."""


def are_several(paths: Sequence[Path]) -> bool:
    """Whether these are more than one file, or a folder."""
    return len(paths) != 1 or paths[0].is_dir()


def refuse_previous(previous: Path | None) -> None:
    """Refuse one file of last year's for several reports.

    Raises:
        click.UsageError: there is one.
    """
    if previous:
        raise click.UsageError(
            "几个输入文件一起，不能用 --previous：上一年的文件放在各自旁边的，会自动找到。"
        )


def inputs_in(paths: Iterable[Path]) -> list[Path]:
    """The input files that are named, and those in the folders that are.

    Raises:
        InputError: there is none in a folder, or it cannot be read.
    """
    from ...model.findings import unusable
    from ...reading.sources import is_input

    return list(
        _in_folders(
            paths, is_input, lambda folder: unusable(folder, "文件夹里没有输入文件。", "请核对文件夹。")
        )
    )


def published_in(paths: Iterable[Path]) -> list[Path]:
    """The files that are named, and in the folders that are those that may be a published report.

    Raises:
        InputError: there is none in a folder, or it cannot be read.
    """
    from ...model.findings import unusable
    from ...reading.sources import is_input

    def no_file(folder: Path) -> ReportgenError:
        return unusable(folder, "文件夹里没有文件。", "请核对文件夹。")

    return list(_in_folders(paths, lambda path: not is_input(path), no_file))


def _in_folders(
    paths: Iterable[Path], is_wanted: Callable[[Path], bool], nothing: Callable[[Path], ReportgenError]
) -> Iterator[Path]:
    from ...reading.folders import files_in

    for path in paths:
        if not path.is_dir():
            yield path
            continue
        found = [each for each in (path / name for name in files_in(path)) if is_wanted(each)]
        if not found:
            raise nothing(path)
        yield from found


def each(
    files: Sequence[Path], run: Callable[[Path], int], *, builds: bool = False, named: Collection[Path] = ()
) -> int:
    """Run over each file and say at the end what became of them; the worst of their statuses.

    What lies in a folder and is no report, as a check sheet, is nobody's fault; what was ``named`` should be one.

    Raises:
        TerminalError, UnheardError: nothing can be said any more.
    """
    from ...model.findings import NoReportError
    from ..outcome import say_failure

    ended: dict[int, list[Path]] = {status: [] for status in _ENDINGS}
    for number, file in enumerate(files, 1):
        show(f"{'' if number == 1 else chr(10)}── {number}/{len(files)} {file}")
        try:
            status = run(file)
        except (TerminalError, UnheardError):
            raise
        except ReportgenError as error:
            if isinstance(error, NoReportError) and file not in named:
                say("不是报告，没有核对。")
                status = NO_REPORT
            else:
                say_failure(error, builds=builds)
                status = UNUSABLE
        ended[status].append(file)
    counted = "、".join(
        f"{_ENDINGS[status]} {len(paths)} 个"
        for status, paths in ended.items()
        if paths or status != NO_REPORT
    )
    say(f"\n共 {len(files)} 个文件：{counted}。")
    if ended[UNUSABLE]:
        say(f"错误：有 {len(ended[UNUSABLE])} 个文件不能用。", err=True)
    for status in (HAS_ERRORS, UNUSABLE):
        for file in ended[status]:
            say(f"{_ENDINGS[status]}：{file}", "  ", "    ")
    return max(DONE, *(status for status, paths in ended.items() if paths))
