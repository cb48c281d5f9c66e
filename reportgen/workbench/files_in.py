"""Files that come in from the page: a published one to verify or to begin with; what any of them is."""

from __future__ import annotations

import base64
import binascii
import hashlib
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from .. import disk, job
from ..errors import ReportgenError
from ..importing.new import empty, from_last, named_for
from ..importing.taking_in import TakenIn, read_with_year, take_in, taken_in
from ..model.findings import UNFILLED
from ..model.language import Language
from ..reading import Source, parse_input, read_source
from ..reading.published import Published, as_report, read_published
from ..reading.sources import is_input
from ..review.verify import Verified, verify
from ..writing.files import save_new
from .desk import Desk
from .parameters import ParameterError
from .session import OpenFile

MOST_NAMED = 20
"""Places of one kind that are named one by one."""
LONGEST_NAME = 120
"""Bytes of the name of a file that comes in."""


class IncomingError(ReportgenError):
    """A file that cannot be taken; the message says why and what to do."""


@dataclass(frozen=True)
class Incoming:
    """A file that the page sent."""

    name: str
    data: bytes

    @classmethod
    def of(cls, name: str, content: str) -> Incoming:
        """From a name, which is no path, and Base64.

        Raises:
            ParameterError: it is none.
        """
        try:
            data = base64.b64decode(content, validate=True)
        except (ValueError, binascii.Error):
            raise ParameterError("文件的内容不是 Base64。") from None
        plain = disk.file_name(name.replace("\\", "/").rpartition("/")[2])
        stem, dot, ending = plain.rpartition(".")
        if not dot:
            return cls(disk.shortened(plain, LONGEST_NAME), data)
        return cls(f"{disk.shortened(stem, LONGEST_NAME)}.{disk.shortened(ending, 20)}", data)

    @property
    def token(self) -> str:
        """By which the page speaks of it later."""
        return hashlib.sha256(self.name.encode() + b"\0" + self.data).hexdigest()

    @contextmanager
    def on_disk(self) -> Iterator[Path]:
        """The file in a folder of its own, as long as it is read."""
        with tempfile.TemporaryDirectory(prefix="reportgen-") as folder:
            path = Path(folder) / self.name
            path.write_bytes(self.data)
            yield path


# ── a published file ────────────────────────────────────────────────────────────────────────────────


def verified(file: OpenFile, came: Incoming) -> dict[str, Any]:
    """How a published file differs from the input.

    Raises:
        ReportgenError: a file cannot be used.
    """
    with came.on_disk() as path:
        found = verify(path, file.path, file.previous, file.templates)
    if not found.figures and not found.paragraphs:
        raise IncomingError(f"“{came.name}”里没有找到报告的表格和文字。请核对是不是选错了文件。")
    said = [f"核对了 {found.figures} 个数、{found.paragraphs} 段文字。"]
    said += _named("文件里没有找到", found.missing)
    said += _named("文件里多出来、认不出来的", found.unknown)
    said += _named("报告各部分以外的文字，请看一眼是不是网页自己的", found.beside)
    return {"same": found.is_same, "said": [*said, *found.remarks], "differences": list(_differences(found))}


def _named(what: str, places: Sequence[str]) -> Iterator[str]:
    """Places one by one, as far as anybody reads on."""
    yield from (f"{what}：{each}" for each in places[:MOST_NAMED])
    if len(places) > MOST_NAMED:
        yield f"{what}：还有 {len(places) - MOST_NAMED} 处，没有列出。"


def _differences(found: Verified) -> Iterator[dict[str, Any]]:
    names, changes = found.form.text_names, found.changes
    if changes.title:
        yield {"place": "标题", "old": changes.title[0], "new": changes.title[1], "cell": None, "part": None}
    for figure in changes.figures:
        yield {
            "place": found.form.cells[figure.cell].label,
            "old": figure.old or UNFILLED,
            "new": figure.new or UNFILLED,
            "cell": figure.cell,
            "part": None,
        }
    for moved in changes.rearranged:
        place = names.get(moved.part, moved.part)
        yield {"place": place, "old": moved.words, "new": moved.text, "cell": None, "part": moved.part}
    for text in changes.texts:
        place = names.get(text.part, text.part)
        yield {"place": place, "old": text.old, "new": text.new, "cell": None, "part": text.part}


# ── a new input file ────────────────────────────────────────────────────────────────────────────────


def begun_from(
    desk: Desk, last: Path, *, with_text: bool, year: int | None = None, agency: str = ""
) -> tuple[str, list[str]]:
    """Make the input of the year after a report, in the folder; its name for the page, and what is to be said.

    Of a report that is no input file one is made first, beside the new one, so that last year's figures are found
    there whenever the new one is opened; ``year`` and ``agency`` are for one that does not say its own.

    Raises:
        UntoldError: the year or the body is not known.
        ReportgenError: the report cannot be used, or the new file is there already.
    """
    said, read = [], None
    if is_input(last):
        source = read_source(last)
        loaded = job.load(last, None, desk.templates, source=source)
        report, before = loaded.report, loaded.last
    else:
        source = Source("", "utf-8")
        published, of_year = read_with_year(last, desk.templates, year)
        read = _told_more(published, of_year, agency)
        report, before = as_report(read), None
    made = from_last(report, before, with_text=with_text, root=desk.templates)
    own = named_for(made.name, made.year, None if read else last, report.year)
    line_end = "\r\n" if "\r\n" in source.text else "\n"
    path = desk.folder / own
    _save_new(path, source.encode(made.text.replace("\n", line_end)))
    if read and job.found_beside(path, made.year) is None:
        try:
            said += _last_beside(read, last, path, report.year, desk.templates)
        except ReportgenError as error:
            why = str(error).partition("\n")[0]
            said.append(f"上一年的报告没有读成输入文件，旁边没有上年的数：{why}")
    return desk.name(path), said


def _told_more(read: Published, year: int, agency: str) -> Published:
    """A published report with what it does not say itself: its year, and its body where one is told."""
    name = read.agency.get("name") or agency
    return replace(read, year=year, agency={**read.agency, "name": name} if name else read.agency)


def last_year(file: OpenFile, came: Incoming) -> list[str]:
    """Put last year's report, a file of any kind, beside the input by a name it is found by; what is to be said.

    Raises:
        ReportgenError: it cannot be used, it is of another year, or last year's is there already.
    """
    state = file.current
    if state.report is None or state.syntax or not state.report.year:
        raise IncomingError("请先改好输入文件里写法不对的地方和年份，再选上一年的报告。")
    year = state.report.year - 1
    there = state.last.path if state.last else job.found_beside(file.path, year + 1)
    if there:
        raise IncomingError(f"上一年的已经有了：{there.name}。要换一份的，请先把它改名或者移走。")
    with came.on_disk() as path:
        if is_input(path):
            source = read_source(path)
            of_year = parse_input(source.normal, path, file.templates).year
            _require_year(came.name, of_year, year)
            target = _name_of_last(file.path, year, Language.of(source.text, path))
            _save_new(target, came.data)
            said = [f"上一年的报告放在旁边了：{target.name}。"]
        else:
            read = read_published(path, file.templates)
            _require_year(came.name, read.year, year)
            whole = _told_more(read, year, state.report.agency.get("name", ""))
            unsaid = [*([] if read.agency.get("name") else ["机关名称"]), *([] if read.year else ["年份"])]
            said = (
                [f"“{came.name}”里没有写明{'和'.join(unsaid)}，当作本机关 {year} 年的收下了，请核对。"]
                if unsaid
                else []
            )
            said += _last_beside(whole, path, file.path, year, file.templates)
    file.previous = file.checker.previous = None  # what the command named is not there or cannot be read
    return said


def _require_year(name: str, is_of: int | None, wanted: int) -> None:
    if is_of not in (None, wanted):
        raise IncomingError(
            f"“{name}”是 {is_of} 年的报告，上一年是 {wanted} 年，没有放进来。请选 {wanted} 年的。"
        )


def _name_of_last(input: Path, year: int, language: Language) -> Path:
    """The name by which last year's report, of ``year``, is found beside an input file."""
    found = [name for name in job.names_of_last(input, year + 1) if name.suffix == language]
    if not found or str(year) not in found[-1].stem:
        raise IncomingError(
            f"{input.name} 的文件名和里面的年份不是同一年，上一年的放在旁边也找不到。请先核对年份。"
        )
    return found[-1]


def _last_beside(
    read: Published, published: Path, input: Path, year: int, templates: Path | None
) -> list[str]:
    """Make an input of last year's published report beside an input file, to be found there; what is to be said."""
    path = _name_of_last(input, year, Language.TOML)
    made = taken_in(read, year, published, templates)
    parse_input(made.text, path, templates)
    _save_new(path, made.text.encode())
    return [f"上一年的报告读成了输入文件 {path.name}，上年的数从它来。", *_told(made)]


def begun_empty(desk: Desk, agency: str, year: int) -> str:
    """Make an empty input in the folder; the name of the file for the page.

    Raises:
        ReportgenError: the new file is there already.
    """
    made = empty(agency, year, desk.templates)
    path = desk.folder / named_for(agency, year)
    _save_new(path, made.text.encode())
    return desk.name(path)


def imported(desk: Desk, published: Path, *, year: int | None, binds: bool) -> tuple[str, list[str]]:
    """Make an input of a published report in the folder; its name for the page, and what was not read.

    Raises:
        ReportgenError: the report cannot be used, or the new file is there already.
    """
    made = take_in(published, desk.templates, year=year, binds=binds)
    path = desk.folder / named_for(made.published.agency.get("name", published.stem), made.year)
    _save_new(path, made.text.encode())
    return desk.name(path), _told(made)


def _told(made: TakenIn) -> list[str]:
    """What was read of a published report, and what not."""
    read = made.published
    said = [f"读自{read.kind}：读出 {len(read.figures)} 个数，没有读 {len(read.unread)} 个。"]
    said += [f"没有找到“{name}”的文字。" for name in made.lacking]
    said += [f"原文如此，加起来不对：{line}" for line in read.as_written]
    return [*said, *read.remarks]


def _save_new(path: Path, data: bytes) -> None:
    if path.exists():
        raise IncomingError(f"{path.name} 已经有了，没有动它。请打开它，或者先把它改名。")
    save_new(path, data)
