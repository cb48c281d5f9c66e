"""Files that come in from the page: a draft that came back, a published file to verify or to begin with."""

from __future__ import annotations

import base64
import binascii
import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .. import disk, job
from ..errors import ReportgenError
from ..importing.new import empty, from_last, named_for
from ..importing.taking_in import take_in
from ..model.differences import Changes
from ..model.opinions import Opinion, is_carried
from ..reading import Source, read_source
from ..reading.published import as_report, read_published
from ..reading.sources import is_input
from ..review.choosing import choices
from ..review.open_corrections import keys
from ..review.pull import Pulled, pull
from ..review.verify import Verified, verify
from ..writing.files import save_new
from ..writing.own_files import Rewritten, in_hand, rewrite
from .desk import Desk
from .parameters import ParameterError
from .session import OpenFile

LONGEST_NAME = 120
"""Bytes of the name of a file that comes in."""
UNFILLED = "未填"


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


# ── a draft that came back ──────────────────────────────────────────────────────────────────────────


def returned(file: OpenFile, came: Incoming) -> dict[str, Any]:
    """What a draft that came back holds, to be taken one by one; it is written into the ledger at once.

    Raises:
        ReportgenError: it cannot be read.
    """
    with came.on_disk() as path, in_hand(file.path):
        found = pull(path, file.path, file.previous, file.templates)
        noted = found.opinions(written=False)
        if noted != found.ledger.opinions:
            _write_ledger(found, noted)
    left = {*keys(found.open_now)}
    by = {(each.at, each.words, each.said): each for each in noted if each.draft == found.name}
    return {
        "token": came.token,
        "draft": found.name,
        "changes": [
            _choice(each.id, each.changes, found, by, is_taken=not left.intersection(keys(each.changes)))
            for each in choices(found.merge.made, found.merge.theirs)
        ],
        "conflicts": [vars(each) for each in found.merge.conflicts],
        "comments": [
            {
                "author": each.author or "没有留名",
                "place": each.place,
                "words": each.passage,
                "text": each.text,
                "replies": list(each.replies),
            }
            for each in found.file.comments
            if not is_carried(each.text)
        ],
        "unknown": [*found.file.unknown, *found.file.remarks],
        "title": list(found.merge.corrections.title) if found.merge.corrections.title else None,
    }


def _choice(
    id: str, changes: Changes, found: Pulled, by: dict[tuple[str, str, str], Opinion], *, is_taken: bool
) -> dict[str, Any]:
    form = found.form
    told = [by[key] for key in keys(changes) if key in by]
    if changes.figures:
        (figure,) = changes.figures
        place, old, new = form.cells[figure.cell].label, figure.old or UNFILLED, figure.new or UNFILLED
        kind, cell, part = "figure", figure.cell, None
    else:
        part = (changes.rearranged or changes.texts)[0].part
        moved = "；".join(each.text for each in changes.rearranged)
        place = form.text_names.get(part, part) + (f"（{moved}）" if moved else "")
        old, new = (
            "\n".join(getattr(each, side).strip() for each in changes.texts) for side in ("old", "new")
        )
        kind, cell = "move" if moved else "text", None
    return {
        "id": id,
        "place": place,
        "old": old,
        "new": new,
        "kind": kind,
        "cell": cell,
        "part": part,
        "by": "、".join(dict.fromkeys(each.author for each in told if each.author)),
        "numbers": [each.number for each in told],
        "state": "已收进" if is_taken else "未收进",
    }


def take(file: OpenFile, came: Incoming, chosen: list[str]) -> int:
    """Take the chosen corrections of a draft into the input, and note them in the ledger; how many came in.

    Raises:
        ReportgenError: the draft or the file cannot be used.
    """
    with came.on_disk() as path, in_hand(file.path):
        found = pull(path, file.path, file.previous, file.templates, chosen)
        noted = found.opinions(written=found.is_new)
        files = []
        if found.is_new:
            files.append(Rewritten(file.path, found.source.data, found.source.encode(found.text)))
        if noted != found.ledger.opinions:
            ledger = found.ledger
            files.append(Rewritten(ledger.path, ledger.data, ledger.with_opinions(noted)))
        if files:
            rewrite(*files, backup_of=file.path if found.is_new else None)
    if found.merge.conflicts and not found.is_new:
        raise IncomingError("；".join(f"{each.place}：{each.why}" for each in found.merge.conflicts))
    left = {*keys(found.open(found.after.document.content))}
    return sum(
        each.id in chosen and not left.intersection(keys(each.changes))
        for each in choices(found.merge.made, found.merge.theirs)
    )


def _write_ledger(found: Pulled, noted: tuple[Opinion, ...]) -> None:
    ledger = found.ledger
    rewrite(Rewritten(ledger.path, ledger.data, ledger.with_opinions(noted)))


# ── a published file ────────────────────────────────────────────────────────────────────────────────


def verified(file: OpenFile, came: Incoming) -> dict[str, Any]:
    """How a published file differs from the input.

    Raises:
        ReportgenError: a file cannot be used.
    """
    with came.on_disk() as path:
        found = verify(path, file.path, file.previous, file.templates)
    said = [f"核对了 {found.figures} 个数、{found.paragraphs} 段文字。"]
    said.append("完全一致。" if found.is_same else "不一致，见下面列出的地方。")
    said += [f"文件里没有找到：{each}" for each in found.missing]
    said += [f"文件里多出来、认不出来的：{each}" for each in found.unknown]
    said += [f"报告各部分以外的文字，请看一眼是不是网页自己的：{each}" for each in found.beside]
    return {"same": found.is_same, "said": [*said, *found.remarks], "differences": list(_differences(found))}


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


def begun_from(desk: Desk, last: Path, *, with_text: bool) -> str:
    """Make the input of the year after a report, in the folder; the name of the file for the page.

    Raises:
        ReportgenError: the report cannot be used, or the new file is there already.
    """
    if is_input(last):
        source = read_source(last)
        loaded = job.load(last, None, desk.templates, source=source)
        report, before = loaded.report, loaded.last
    else:
        source = Source("", "utf-8")
        report, before = as_report(read_published(last, desk.templates)), None
    made = from_last(report, before, with_text=with_text, root=desk.templates)
    own = named_for(made.name, made.year, last if is_input(last) else None, report.year)
    line_end = "\r\n" if "\r\n" in source.text else "\n"
    path = desk.folder / own
    _save_new(path, source.encode(made.text.replace("\n", line_end)))
    return desk.name(path)


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
    read = made.published
    path = desk.folder / named_for(read.agency.get("name", published.stem), made.year)
    _save_new(path, made.text.encode())
    said = [f"读自{read.kind}：读出 {len(read.figures)} 个数，没有读 {len(read.unread)} 个。"]
    said += [f"没有找到“{name}”的文字。" for name in made.lacking]
    said += [f"原文如此，加起来不对：{line}" for line in read.as_written]
    return desk.name(path), [*said, *read.remarks]


def _save_new(path: Path, data: bytes) -> None:
    if path.exists():
        raise IncomingError(f"{path.name} 已经有了，没有动它。请打开它，或者先把它改名。")
    save_new(path, data)
