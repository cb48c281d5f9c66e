"""What the page asks and the server answers: small functions, their parameters checked from their signatures.

The first parameter is the desk; the others are what the page sends. Each answers an object of JSON.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..model.findings import InputError
from ..model.opinions import Opinion
from ..model.report import AGENCY, Publication
from ..reading.opinions_file import read_opinions
from ..review.opinions import settled
from .checked import Checked
from .desk import Desk
from .edits import UNREADABLE, Edit, EditError, Figures, Item, Text, item_of
from .ledger import following
from .parameters import ParameterError
from .rescue import left_beside
from .session import OpenFile
from .shown import shown
from .words import for_page

Answer = dict[str, Any]
Endpoint = Callable[..., Answer]

ENDPOINTS: dict[str, Endpoint] = {}
"""Every function the page may call, by its name."""

PUBLICATION = {
    "date": "发布日期",
    "column": "栏目",
    "url": "网页地址",
    "word": "Word 下载地址",
    "pdf": "PDF 下载地址",
}
HELP = {
    "name": "机关的全称，写在一行里。",
    "address": "印在前言里，供公众联系。",
    "postcode": "六位数字。",
    "phone": "区号-号码，例如 0594-1234567。",
    "fax": "没有传真的空着。",
    "email": "没有的空着。",
    "website": "机关网站的网址。",
    "column": "网站上放年报的栏目。",
    "date": "写成 2026-01-20。",
    "url": "公布以后网页的网址，二维码照它生成。",
    "word": "网页上的下载链接，可以空着。",
    "pdf": "网页上的下载链接，可以空着。",
}


def endpoint(function: Endpoint) -> Endpoint:
    """Let the page call a function."""
    ENDPOINTS[function.__name__] = function
    return function


def whole(desk: Desk, id: str, file: OpenFile) -> Answer:
    """All the page knows of a report."""
    state = file.current
    found = shown(state, file.checker.memory)
    report, opinions = state.report, _opinions(file, state)
    returned: list[Answer] = []
    if file.came:
        from .came_back import all_shown

        returned = all_shown(file, state, opinions)
    found |= {
        "id": id,
        "file": file.path.name,
        "agency_fields": _fields("agency", AGENCY, report),
        "publication_fields": _fields("publication", PUBLICATION, report),
        "opinions": [opinion_shown(each) for each in opinions],
        "returned": returned,
        "conflict": file.asked.shown(state),
        "can_undo": bool(file.texts.back),
        "can_redo": bool(file.texts.forth),
        "saved": not file.why_unsaved,
        "trouble": for_page(file.why_unsaved),
    }
    file.give(state.hash, found)
    return found


def _fields(table: str, known: dict[str, str], report: Any) -> list[Answer]:
    if report is None:
        return []
    return [
        {"key": key, "label": label, "value": item_of(report, f"{table}.{key}"), "help": HELP[key]}
        for key, label in known.items()
    ]


def _opinions(file: OpenFile, state: Checked) -> tuple[Opinion, ...]:
    """The ledger, with what the report says by now."""
    try:
        opinions = read_opinions(file.path).opinions
    except InputError:
        return ()  # whoever answers one is told what is wrong with the ledger
    return settled(opinions, state.document.content) if opinions and state.document else opinions


def opinion_shown(each: Opinion) -> Answer:
    """An opinion of the ledger."""
    return {
        "number": each.number,
        "draft": each.draft,
        "author": each.who,
        "kind": each.kind.value,
        "place": each.place,
        "words": each.words,
        "said": each.said,
        "text": each.text,
        "replies": list(each.replies),
        "state": each.state.value,
        "reason": each.reason,
        "open": each.is_open,
        "is_comment": each.is_comment,
        "at": each.at,
    }


ALWAYS = ("hash", "syntax", "conflict", "can_undo", "can_redo", "saved", "trouble")
"""What every answer to a change says."""


def answered(desk: Desk, id: str, file: OpenFile, hash: str) -> Answer:
    """What the page has to learn that knows the state ``hash``: what differs from it."""
    known = file.given.get(hash)
    now = whole(desk, id, file)
    if known is None:
        return now
    return {
        key: value for key, value in now.items() if key in ALWAYS or key not in known or known[key] != value
    }


def changed(desk: Desk, id: str, hash: str, edit: Edit, step: str = "") -> Answer:
    """Make a change and say what the report is then."""
    file = desk.file(id)
    with file.lock:
        file.change(hash, edit, step)
        return answered(desk, id, file, hash)


@endpoint
def report(desk: Desk, id: str) -> Answer:
    """The whole state of one report."""
    file = desk.file(id)
    with file.lock:
        return {**whole(desk, id, file), "left_beside": left_beside(file.path)}


@endpoint
def figures(
    desk: Desk, id: str, hash: str, cells: dict[str, str], step: str = "", was: dict[str, str] | None = None
) -> Answer:
    """Figures that were typed; ``was`` is what was typed there just before."""
    return changed(desk, id, hash, Figures(cells, was or {}), step)


@endpoint
def text(
    desk: Desk, id: str, hash: str, part: str, source: str, step: str = "", was: str | None = None
) -> Answer:
    """A part of the text; ``was`` is what was typed there just before."""
    return changed(desk, id, hash, Text(part, source, was), step)


@endpoint
def agency(
    desk: Desk, id: str, hash: str, key: str, value: str, step: str = "", was: str | None = None
) -> Answer:
    """What is said of the body; ``was`` is what was typed there just before."""
    if key not in AGENCY:
        raise EditError("没有这一项。请刷新页面。")
    return changed(desk, id, hash, Item(f"agency.{key}", AGENCY[key], value, was), step)


@endpoint
def publication(
    desk: Desk, id: str, hash: str, key: str, value: str, step: str = "", was: str | None = None
) -> Answer:
    """What is said of the page on the web site; ``was`` is what was typed there just before."""
    if key not in Publication.__dataclass_fields__:
        raise EditError("没有这一项。请刷新页面。")
    return changed(desk, id, hash, Item(f"publication.{key}", PUBLICATION[key], value, was), step)


@endpoint
def paste(desk: Desk, id: str, hash: str, at: str, text: str) -> Answer:
    """A block from the clipboard, pasted into a cell."""
    from .pasting import pasted

    file = desk.file(id)
    with file.lock:
        report = file.seen(hash).report
        if report is None:
            raise EditError(UNREADABLE)
        found = pasted(report.form, at, text)
        answer = changed(desk, id, hash, Figures(found.cells))
    told = {"cells": list(found.cells), "left_out": list(found.left_out), "said": found.said}
    return {**answer, "pasted": told}


@endpoint
def undo(desk: Desk, id: str, hash: str) -> Answer:
    """Take back the last change."""
    file = desk.file(id)
    with file.lock:
        following(file, file.undo)
        return answered(desk, id, file, hash)


@endpoint
def redo(desk: Desk, id: str, hash: str) -> Answer:
    """Make the change again that was taken back."""
    file = desk.file(id)
    with file.lock:
        following(file, file.redo)
        return answered(desk, id, file, hash)


@endpoint
def resolve(desk: Desk, id: str, question: str, take: str) -> Answer:
    """Settle a place that both sides changed: ``ours`` is the page's. What has moved on meanwhile is asked anew."""
    if take not in ("ours", "theirs"):
        raise ParameterError("take 只能是 ours 或 theirs。")
    file = desk.file(id)
    with file.lock:
        settled = file.answer(question, ours=take == "ours")
        return {**whole(desk, id, file), "settled": settled}


@endpoint
def poll(desk: Desk, id: str | None = None, hash: str | None = None) -> Answer:
    """A sign of life of the page; whether the file has changed since it was asked for last."""
    if id is None:
        return {"hash": None, "changed": False, "saved": desk.is_saved()}
    file = desk.file(id)
    with file.lock:
        saved = file.is_saved()
        state = file.current
        if saved:
            file.asked.tidy(state)
        return {"hash": state.hash, "changed": state.hash != hash, "saved": saved}


@endpoint
def start(desk: Desk) -> Answer:
    """The report to show at once, where one was opened; the folder takes longer to look through."""
    return {"single": desk.name(desk.single) if desk.single else None}


@endpoint
def folder(desk: Desk) -> Answer:
    """The reports of the folder, and what a new year may start from."""
    from .folder import overview

    return overview(desk)
