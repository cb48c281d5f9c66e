"""The ledger of an open file: it follows when a correction that was taken is undone, or made again."""

from __future__ import annotations

from collections.abc import Callable

from ..model.findings import InputError
from ..reading.opinions_file import read_opinions
from ..review.opinions import undone
from ..writing.files import OutputError
from ..writing.own_files import Rewritten, in_hand, rewrite
from .checked import Checked
from .edits import EditError
from .session import OpenFile


def following(file: OpenFile, step: Callable[[], Checked]) -> None:
    """Undo or redo, and let the ledger follow: a correction that was taken back waits again.

    Raises:
        EditError: the step cannot be made, or the ledger could not be written after it.
    """
    before, now = file.current.document, step().document
    if before is None or now is None:
        return
    with in_hand(file.path):
        try:
            ledger = read_opinions(file.path)
        except InputError:
            return  # whoever answers an opinion is told what is wrong with the ledger
        found = undone(ledger.opinions, before.content, now.content)
        if found == ledger.opinions:
            return
        try:
            rewrite(Rewritten(ledger.path, ledger.data, ledger.with_opinions(found)))
        except OutputError as error:
            raise EditError(f"报告里已经改好了，但意见台账没有写进去：{error}") from None
