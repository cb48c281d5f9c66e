"""What the page asks of other files than the input: drafts, finals, files that came back, new ones."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..model.findings import UntoldError
from ..model.language import one_line
from ..model.opinions import Kind
from ..model.report import FIRST_YEAR, LAST_YEAR
from ..reading.opinions_file import read_opinions
from ..review.drafts import Written
from ..review.open_corrections import TAKEN_IN
from ..review.opinions import answered as with_answers
from ..writing.own_files import Rewritten, in_hand, rewrite
from .api import Answer, answered, endpoint, whole
from .desk import Desk, UnknownError
from .edits import EditError
from .files_in import Incoming
from .parameters import Content, ParameterError


def _written(id: str, written: Written | None, said: list[str]) -> Answer:
    return {
        "files": [path.name for path in written.files] if written else [],
        "said": said,
        "folder": id,
    }


@endpoint
def draft(desk: Desk, id: str, pdf: bool = False, fragment: bool = False) -> Answer:
    """Write the next draft."""
    from . import making

    file = desk.file(id)
    with file.lock:
        return _written(id, *making.draft(file, pdf=pdf, fragment=fragment))


@endpoint
def final(
    desk: Desk, id: str, despite_open: bool = False, pdf: bool = False, fragment: bool = False
) -> Answer:
    """Write the final, or say why not."""
    from . import making

    file = desk.file(id)
    with file.lock:
        written, said = making.final(file, despite_open=despite_open, pdf=pdf, fragment=fragment)
        return {**_written(id, written, said), "refused": None if written else said}


@endpoint
def show_folder(desk: Desk, id: str) -> Answer:
    """Open the folder of a file in the file manager."""
    from . import making

    making.show_folder(desk.path(id).parent)
    return {}


@endpoint
def returned(desk: Desk, id: str, name: str, content: Content) -> Answer:
    """What a draft that came back holds."""
    from .came_back import came_back

    file, incoming = desk.file(id), Incoming.of(name, content)
    with file.lock:
        came_back(file, incoming)
        report = whole(desk, id, file)
        return {**report["returned"][-1], "report": report}


@endpoint
def take(desk: Desk, id: str, hash: str, token: str, changes: list[str]) -> Answer:
    """Take some corrections of a draft that came back into the input."""
    from .came_back import take as bring_in

    file = desk.file(id)
    with file.lock:
        came = file.came.get(token)
        if came is None:
            raise UnknownError("没有这份稿子，或者已经过去太久。请再拖进来一次。")
        taken = bring_in(file, came, changes)
        return {**answered(desk, id, file, hash), "taken": taken}


@endpoint
def answer(desk: Desk, id: str, comment: int, answer: str, reason: str = "") -> Answer:
    """The clerk's answer to an opinion: ``accept`` or ``refuse``, this with a reason.

    A correction that is accepted is in the input before the ledger says so.
    """
    if answer not in ("accept", "refuse"):
        raise ParameterError("answer 只能是 accept 或 refuse。")
    reason = one_line(reason)
    if answer == "refuse" and not reason:
        raise EditError("不采纳的，请写明理由。")
    file = desk.file(id)
    with file.lock:
        opinion = next((each for each in read_opinions(file.path).opinions if each.number == comment), None)
        if opinion is None:
            raise EditError("台账里没有这一条。请刷新页面。")
        if answer == "accept":
            from .came_back import carry_out

            carry_out(file, opinion)
            if opinion.kind not in (Kind.COMMENT, Kind.UNREAD):
                reason = reason or TAKEN_IN
        with in_hand(file.path):
            ledger = read_opinions(file.path)
            taken, refused = ([comment], []) if answer == "accept" else ([], [comment])
            now = with_answers(ledger.opinions, taken, refused, reason)
            if now != ledger.opinions:
                rewrite(Rewritten(ledger.path, ledger.data, ledger.with_opinions(now)))
        return whole(desk, id, file)


@endpoint
def verify(desk: Desk, id: str, name: str, content: Content) -> Answer:
    """How a published file differs from the input."""
    from . import files_in

    file = desk.file(id)
    with file.lock:
        return files_in.verified(file, Incoming.of(name, content))


@contextmanager
def _begun(desk: Desk, id: str | None, name: str | None, content: str | None) -> Iterator[Path]:
    """The file to begin with: one of the folder, or one that the page sent."""
    if id is not None:
        yield desk.path(id)
    elif name is not None and content is not None:
        with Incoming.of(name, content).on_disk() as path:
            yield path
    else:
        raise ParameterError("请写明从哪个文件开始。")


def _year(path: Path, given: int | None) -> int | None:
    """The year that a report is said to be of, where one is given."""
    if given is not None and not FIRST_YEAR <= given <= LAST_YEAR:
        raise UntoldError(path, "year", f"年份请写四位数字，{FIRST_YEAR} 到 {LAST_YEAR}。")
    return given


@endpoint
def new(
    desk: Desk,
    from_id: str | None = None,
    name: str | None = None,
    content: Content | None = None,
    agency: str | None = None,
    year: int | None = None,
    with_text: bool = False,
) -> Answer:
    """A new input file in the folder: the year after a report, or an empty one of a body and a year.

    With a report ``year`` and ``agency`` are the report's own, where it does not say them.
    """
    from . import files_in

    if from_id is None and content is None and agency is not None and year is not None:
        body = one_line(agency)
        if not body or not FIRST_YEAR <= year <= LAST_YEAR:
            raise EditError(f"请写机关名称和年份（{FIRST_YEAR} 到 {LAST_YEAR}）。")
        return {"id": files_in.begun_empty(desk, body, year), "said": []}
    with _begun(desk, from_id, name, content) as path:
        id, said = files_in.begun_from(
            desk, path, with_text=with_text, year=_year(path, year), agency=one_line(agency or "")
        )
        return {"id": id, "said": said}


@endpoint
def take_in(
    desk: Desk,
    from_id: str | None = None,
    name: str | None = None,
    content: Content | None = None,
    year: int | None = None,
    bind: bool = False,
) -> Answer:
    """A published report of any kind as an input file in the folder."""
    from . import files_in

    with _begun(desk, from_id, name, content) as path:
        id, said = files_in.imported(desk, path, year=_year(path, year), binds=bind)
        return {"id": id, "said": said}


@endpoint
def last_year(desk: Desk, id: str, name: str, content: Content) -> Answer:
    """Last year's report of any kind, put beside the report to be compared with."""
    from . import files_in

    file = desk.file(id)
    with file.lock:
        said = files_in.last_year(file, Incoming.of(name, content))
        return {"said": said, "report": whole(desk, id, file)}


class _Quiet:
    """The page shows no progress."""

    def begin(self, count: int) -> None:
        """So many files are to be read."""

    def done(self, submission: object) -> None:
        """One of them was read."""


@endpoint
def collate(desk: Desk) -> Answer:
    """The reports of the folder collected, compared and added up, in a folder beside it."""
    from ..collating.collecting import Order, beside, collated
    from ..collating.papers.folder import write

    area = collated(Order(desk.folder, output=beside(desk.folder), templates=desk.templates), _Quiet())
    written = write(area, beside(desk.folder))
    said = [f"{len(area.standings)} 个单位的报告，{area.shortfall or '没有缺的'}。", *area.questions]
    return {
        "files": [path.name for path in written.files],
        "said": said,
        "folder": desk.name(next(iter(written.files), desk.folder)),
    }
