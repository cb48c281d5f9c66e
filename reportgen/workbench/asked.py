"""What the clerk is asked, kept in a file beside the input until it is answered: it is typed, and stands in no input.

The file holds the questions, whoever shows them: a page that is opened after the program was killed asks again, and of
two workbenches over one input either may be answered.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from ..disk import beside
from ..locks import lock
from ..model.language import quoted
from ..reading.folders import PENDING
from ..writing.files import OutputError, bytes_of
from ..writing.own_files import Rewritten, rewrite
from ..writing.placing import LOCK, PATIENCE
from .checked import Checked
from .edits import Clash, Edit, EditError, Figures, Item, Text, item_of, report_of, said, source_of
from .rescue import Rescue

HEAD = """\
# 工作台里填的（ours）和文件里别处改的（theirs）是同一处，还没有定用哪一个。用 reportgen open 打开，就会问。
# 这个文件由程序写，定了以后由程序删去，请不要改。

"""
TABLE = "pending"
TRIES = 5
"""Times that it is tried to write when another program is quicker."""

Clashes = tuple[Clash, ...]


class Asked:
    """The open questions of one input file."""

    def __init__(self, input: Path) -> None:
        self.path = beside(input, PENDING)
        self.unkept: Clashes = ()
        """Those that could not be written."""
        self.trouble = ""
        """Why they could not be."""
        self.kept = Rescue(input, PENDING)
        """Where they are as long as they cannot be."""

    def all(self) -> Clashes:
        """Every open question.

        Those of a file that cannot be read are not among them; it stays as it is.
        """
        with suppress(OutputError):
            return self._read(bytes_of(self.path)) + self.unkept
        return self.unkept

    def ask(self, clashes: Sequence[Clash]) -> None:
        """Ask more. Whoever types on at a place that is asked changes what is asked there."""
        self.unkept = _with(self.unkept, clashes)
        self.keep()

    def keep(self) -> bool:
        """Write what is not written yet; whether all is."""
        if self.unkept:
            try:
                self._rewrite(lambda known: _with(known, self.unkept))
            except OutputError as error:
                self.trouble = str(error)
                self.kept.keep(_written(self.unkept))
                return False
            self.unkept = ()
        self.kept.clear()
        return True

    def settle(self, *settled: Clash) -> None:
        """These are answered.

        Raises:
            OutputError: that cannot be written.
        """
        written = [each for each in settled if each not in self.unkept]
        self.unkept = tuple(each for each in self.unkept if each not in settled)
        if written:
            self._rewrite(lambda known: tuple(each for each in known if each not in written))

    def standing(self, now: Checked) -> list[tuple[Clash, Clash]]:
        """Each question, and the same with what the file says by now; what the file says already is not asked."""
        return [(clash, stands) for clash in self.all() if (stands := _standing(clash, now))]

    def shown(self, now: Checked) -> dict[str, Any] | None:
        """The questions for the page; none while the lines of the file have to be mended first."""
        items = [
            {
                "question": named(clash),
                "place": clash.place,
                "base": clash.base,
                "ours": clash.ours,
                "theirs": clash.theirs,
                "cell": clash.cell or None,
                "part": clash.part or None,
            }
            for _, clash in (() if now.syntax else self.standing(now))
        ]
        return {"items": items} if items else None

    def tidy(self, now: Checked) -> None:
        """Let go of the questions whose answer stands in the file."""
        if known := self.all():
            still = [clash for clash, _ in self.standing(now)]
            with suppress(OutputError):
                self.settle(*(clash for clash in known if clash not in still))

    def _read(self, data: bytes | None) -> Clashes:
        if data is None:
            return ()
        try:
            entries = tomllib.loads(data.decode("utf-8")).get(TABLE, [])
            return tuple(
                Clash(**{key: str(value).replace("\r\n", "\n") for key, value in each.items()})
                for each in entries
            )
        except (ValueError, TypeError, AttributeError, RecursionError):
            message = f"{self.path.name} 读不出来，新问的没有地方存。请把它改名或移到别处。"
            raise OutputError(message) from None

    def _rewrite(self, change: Callable[[Clashes], Clashes]) -> None:
        """Change what the file holds, whatever another program does to it meanwhile.

        Raises:
            OutputError: it cannot be read or written.
        """
        for left in reversed(range(TRIES)):
            was = bytes_of(self.path)
            known = self._read(was)
            now = change(known)
            if now == known:
                return
            try:
                if now:
                    rewrite(Rewritten(self.path, was, _written(now)))
                else:
                    self._remove(was)
                return
            except OutputError:
                if not left or bytes_of(self.path) == was:
                    raise

    def _remove(self, was: bytes | None) -> None:
        with lock(self.path.with_name(LOCK), PATIENCE):
            if bytes_of(self.path) != was:
                raise OutputError(f"{self.path.name} 刚刚被别的程序改过，请再试一次。")
            try:
                self.path.unlink(missing_ok=True)
            except OSError:
                rewrite(Rewritten(self.path, was, HEAD.encode()))


def named(clash: Clash) -> str:
    """By which the page speaks of a question, with all that it shows of it."""
    return hashlib.sha256(repr(clash).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def answered(clash: Clash, now: Checked) -> Edit:
    """The change that makes the page's side of a question hold, as it stands ``now``.

    Raises:
        EditError: the file cannot be changed.
    """
    if clash.cell:
        return Figures({clash.cell: clash.ours})
    if clash.item:
        return Item(clash.item, clash.place, clash.ours)
    source = source_of(report_of(now), clash.part)
    if clash.theirs:
        return Text(clash.part, source.replace(clash.theirs, clash.ours))
    return Text(clash.part, f"{source}\n{clash.ours}".strip("\n"))


def _standing(clash: Clash, now: Checked) -> Clash | None:
    """A question with what the file says there now; None where that is what the page wanted.

    Of a sentence that is not to be found any more nothing is said: the page's then comes last in its part.
    """
    try:
        report = report_of(now)
    except EditError:
        return clash
    if clash.cell or clash.item:
        theirs = said(report, clash.cell) if clash.cell else item_of(report, clash.item)
        return replace(clash, theirs=theirs) if theirs != clash.ours else None
    source = source_of(report, clash.part)
    if clash.theirs.strip() and source.count(clash.theirs) == 1:
        return clash
    if clash.ours.strip() in source:
        return None
    return replace(clash, theirs="")


def _with(known: Clashes, more: Sequence[Clash]) -> Clashes:
    """More questions; one that goes on where another stands takes its place."""
    found = list(known)
    for clash in more:
        at = next((i for i, each in enumerate(found) if each.is_continued_by(clash)), None)
        if at is None:
            found += [] if clash in found else [clash]
        elif found[at].base == clash.ours:
            del found[at]  # typed back to what stood there
        else:
            found[at] = replace(found[at], ours=clash.ours, theirs=clash.theirs)
    return tuple(found)


def _written(clashes: Clashes) -> bytes:
    entries = (
        "".join(f"{key:6} = {quoted(value)}\n" for key, value in asdict(clash).items()) for clash in clashes
    )
    return (HEAD + "\n".join(f"[[{TABLE}]]\n{entry}" for entry in entries)).encode("utf-8", "replace")
