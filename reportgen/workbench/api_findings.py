"""What the page asks where something was found: a number of the text bound, a fix, a waiver, lines that cannot be read."""

from __future__ import annotations

from ..model.findings import Finding
from .api import Answer, changed, endpoint
from .checked import Checked
from .desk import Desk
from .edits import EditError
from .shown import all_findings


@endpoint
def bind(
    desk: Desk, id: str, hash: str, part: str, paragraph: int, start: int, end: int, cell: str
) -> Answer:
    """A number of the text becomes a reference to a cell."""
    from .binding import bound

    file = desk.file(id)
    with file.lock:
        return changed(desk, id, hash, bound(file.seen(hash), part, paragraph, start, end, cell))


@endpoint
def fix(desk: Desk, id: str, hash: str, finding: str) -> Answer:
    """The one cure of a finding."""
    from .fixes import fix_of

    file = desk.file(id)
    with file.lock:
        state = file.seen(hash)
        return changed(desk, id, hash, fix_of(_finding(state, finding), state))


@endpoint
def fix_all(desk: Desk, id: str, hash: str) -> Answer:
    """Everything that has one right form; what ``reportgen fix`` does."""
    from .fixes import all_fixes

    file = desk.file(id)
    with file.lock:
        edit, count = all_fixes(file.seen(hash))
        return {**changed(desk, id, hash, edit), "fixed": count}


@endpoint
def waive(desk: Desk, id: str, hash: str, finding: str, reason: str, by: str) -> Answer:
    """A finding is excused."""
    from .binding import waived

    file = desk.file(id)
    with file.lock:
        state = file.seen(hash)
        return changed(desk, id, hash, waived(state, _finding(state, finding), reason, by))


@endpoint
def unwaive(desk: Desk, id: str, hash: str, rule: str, mark: str) -> Answer:
    """A finding is not excused any more."""
    from .binding import unwaived

    file = desk.file(id)
    with file.lock:
        return changed(desk, id, hash, unwaived(file.seen(hash), rule, mark))


@endpoint
def mend_syntax(desk: Desk, id: str, hash: str, lines: list[int] | None = None) -> Answer:
    """Lines that cannot be read and have one right form."""
    from .fixes import mended

    file = desk.file(id)
    with file.lock:
        edit, count = mended(file.seen(hash), lines)
        return {**changed(desk, id, hash, edit), "fixed": count}


@endpoint
def set_line(desk: Desk, id: str, hash: str, line: int, was: str, text: str) -> Answer:
    """A line of the file as the clerk writes it, where its places are not certain."""
    from .fixes import with_line

    file = desk.file(id)
    with file.lock:
        return changed(desk, id, hash, with_line(file.seen(hash), line, was, text))


def _finding(state: Checked, id: str) -> Finding:
    """The finding the page means.

    Raises:
        EditError: it does not stand any more.
    """
    for name, each in all_findings(state):
        if name == id:
            return each
    raise EditError("这个问题已经没有了。")
