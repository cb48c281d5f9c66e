"""One open file: as it stands on the disk, what is known of it, and every change of it on its way there.

A change is in the file before it is answered. The file is read before it is changed: what somebody else wrote there
meanwhile is merged with what the page wants.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import ReportgenError
from ..model.findings import InputError
from ..reading import Source, read_source
from ..writing.files import OutputError
from ..writing.own_files import Rewritten, in_hand, rewrite
from .asked import Asked, answered, named
from .checked import Checked, Checker
from .edits import UNPLACED, Edit, EditError
from .line_edits import Lines
from .rescue import Rescue
from .texts import Texts

MOST_GIVEN = 8
"""States of which it is remembered what the page was told."""


class GoneError(ReportgenError):
    """The file cannot be read any more; the message says why and what to do."""


@dataclass(frozen=True)
class Unsaved:
    """A change that could not be written: it is tried again."""

    base: str
    """The hash of the state it was made in."""
    edit: Edit
    after: Checked
    """The file as it will be."""


class OpenFile:
    """An input file that is open on the page."""

    def __init__(self, path: Path, previous: Path | None = None, templates: Path | None = None) -> None:
        self.path = path
        self.previous = previous
        self.templates = templates
        self.lock = threading.RLock()
        self.checker = Checker(path, previous, templates)
        self.texts = Texts()
        self.asked = Asked(path)
        """What the clerk is asked."""
        self.unsaved: list[Unsaved] = []
        """In the order in which they were made."""
        self.trouble = ""
        """Why they could not be written."""
        self.kept = Rescue(path, path.suffix)
        """The whole text with them, as long as they cannot be."""
        self.given: dict[str, dict[str, Any]] = {}
        """What the page was told of the last states, by hash."""
        self.came: dict[str, Any] = {}
        """Drafts that came back, by the token that the page was given."""
        self._backed = False
        self._state: Checked | None = None

    # ── the file as it is ───────────────────────────────────────────────────────────────────────────

    @property
    def state(self) -> Checked:
        """The file as it stands on the disk now.

        Raises:
            GoneError: it cannot be read.
        """
        with self.lock:
            return self._known(self._read())

    @property
    def current(self) -> Checked:
        """The file as the page has it: as it stands, with what could not be written yet.

        Raises:
            GoneError: it cannot be read.
        """
        with self.lock:
            return self.unsaved[-1].after if self.unsaved else self.state

    def _read(self) -> Source:
        try:
            return read_source(self.path)
        except InputError as error:
            raise GoneError(f"{self.path.name}：{error}") from None

    def _known(self, source: Source) -> Checked:
        """What is known of the file by what was read."""
        if self._state is None or source != self._state.source or not self.checker.is_current(self._state):
            self._state = self.checker.check(source)
            self.texts.keep(source)
        return self._state

    def seen(self, hash: str) -> Checked:
        """A state that the page has seen.

        Raises:
            EditError: nobody has: the page is older than this server.
        """
        for now in (*(each.after for each in self.unsaved[-1:]), self._state):
            if now is not None and hash == now.hash:
                return now
        source = self.texts.get(hash)
        if source is None:
            raise EditError("这个页面打开得太早，和文件对不上了。请刷新页面，再改一次。")
        return Checker(self.path, self.previous, self.templates).check(source)

    def give(self, hash: str, shown: dict[str, Any]) -> None:
        """Remember what the page was told of a state, for a while."""
        self.given.pop(hash, None)
        self.given[hash] = shown
        while len(self.given) > MOST_GIVEN:
            del self.given[next(iter(self.given))]

    # ── changes ─────────────────────────────────────────────────────────────────────────────────────

    def change(self, base: str, edit: Edit, step: str = "") -> Checked:
        """Make a change that was made on the page when the file had the hash ``base``; it is in the file then.

        Changes of the same ``step`` that follow each other are undone together; "" is always one of its own.

        Raises:
            EditError: it cannot be made; nothing is changed.
            GoneError: the file cannot be read.
        """
        with self.lock:
            if not self.write_unsaved():
                return self._put_off(base, edit)
            try:
                before, after = self._written(base, edit)
            except (OutputError, GoneError) as error:
                if self._state is None:
                    raise
                self.trouble = str(error)
                return self._put_off(base, edit)
            self.texts.changed(before.hash, after.hash, step)
            return after

    def _put_off(self, base: str, edit: Edit) -> Checked:
        """Keep a change that cannot be written now."""
        assert self._state
        now = self.unsaved[-1].after if self.unsaved else self._state
        wanted, after = self._made(base, edit, now)
        if wanted is not None and after.hash != now.hash:
            self.unsaved.append(Unsaved(now.hash, wanted, after))
            self.kept.keep(after.source.data)
        return after

    def _written(self, base: str, edit: Edit) -> tuple[Checked, Checked]:
        """Make a change in the file as it is found; the file before it and after it.

        Raises:
            OutputError: it cannot be written.
            EditError: it cannot be made.
            GoneError: the file cannot be read.
        """
        with in_hand(self.path):
            source = self._read()
            now = self._known(source)
            _, after = self._made(base, edit, now)
            if after is not now:
                self._put(source, after.source)
                self._state = after
            return now, after

    def _made(self, base: str, edit: Edit, now: Checked) -> tuple[Edit | None, Checked]:
        """A change as it is to be made in the file as it is ``now``, and the file with it; what clashes is asked.

        Raises:
            EditError: it cannot be made.
        """
        wanted, clashes = edit.merged(self.seen(base), now)
        self.asked.ask(clashes)
        if wanted is None or (text := wanted.on(now)) == now.source.text:
            return wanted, now
        after = self.checker.check(now.source.with_text(text))
        if not wanted.holds(after) or (after.syntax and not now.syntax):
            raise EditError(
                f"没有写进去：{worse.message}{worse.cure}"
                if (worse := after.unread) and not now.unread
                else UNPLACED
            )
        self.texts.keep(after.source)
        return wanted, after

    def _put(self, was: Source, now: Source) -> None:
        """Write the file; the first time of a session what it was is kept beside it."""
        backup = None if self._backed else self.path
        rewrite(Rewritten(self.path, was.data, now.data), backup_of=backup)
        self._backed = True

    def rescue(self) -> list[Path]:
        """Put what could not be written into files beside the input, at the very end; those files."""
        with self.lock:
            if not self.write_unsaved():
                self.kept.keep(self.unsaved[-1].after.source.data)
            self.asked.keep()
            return [path for path in (self.kept.at, self.asked.kept.at) if path]

    @property
    def why_unsaved(self) -> str:
        """Why something typed is not in its file, and where it is meanwhile; "" where all is."""
        if self.unsaved:
            return self.kept.told(self.trouble)
        return self.asked.kept.told(self.asked.trouble) if self.asked.unkept else ""

    def is_saved(self) -> bool:
        """Whether everything typed is in the file, or among what is asked; what is not is tried once more."""
        with self.lock:
            return self.write_unsaved() & self.asked.keep()

    def write_unsaved(self) -> bool:
        """Try once more to write what could not be written; whether nothing is left."""
        with self.lock:
            while self.unsaved:
                first = self.unsaved[0]
                try:
                    before, after = self._written(first.base, first.edit)
                except (OutputError, EditError, GoneError) as error:
                    self.trouble = str(error)
                    return False
                self.texts.changed(before.hash, after.hash)
                self.unsaved.pop(0)
            self.kept.clear()
            return True

    def undo(self) -> Checked:
        """Take back the last change made here; what others changed since stays.

        Raises:
            EditError: there is none, or others changed the same lines since.
        """
        return self._step(self.texts.back, self.texts.forth, "没有可以撤销的改动。")

    def redo(self) -> Checked:
        """Make the change again that was undone last.

        Raises:
            EditError: there is none, or others changed the same lines since.
        """
        return self._step(self.texts.forth, self.texts.back, "没有可以恢复的改动。")

    def _step(self, stack: list[tuple[str, str]], other: list[tuple[str, str]], empty: str) -> Checked:
        with self.lock:
            if not stack:
                raise EditError(empty)
            before, after = stack[-1]
            was, became = self.texts.get(before), self.texts.get(after)
            assert was
            assert became
            if not self.write_unsaved():
                raise EditError(f"有改动还没有写进文件，先不撤销。{self.trouble}")
            try:
                _, state = self._written(self.state.hash, Lines(became.text, was.text))
            except OutputError as error:
                raise EditError(f"没有写进去，什么也没有动。{error}") from None
            stack.pop()
            other.append((after, before))
            self.texts.step = ""
            return state

    def answer(self, question: str, *, ours: bool) -> bool:
        """Settle what the clerk was asked: with the page's side, or as the file has it; whether it still stood so.

        Raises:
            EditError: the file cannot be changed.
        """
        with self.lock:
            state = self.current
            for clash, stands in self.asked.standing(state):
                if named(stands) == question:
                    if ours:
                        self.change(state.hash, answered(stands, state))
                    if not self.unsaved:  # until the file has it, it is asked
                        self.asked.settle(clash)
                    return True
            return False

    def rewritten(self, make: Callable[[], object]) -> Checked:
        """Let something else rewrite the file, as one change that can be undone."""
        with self.lock:
            before = self.state
            make()
            after = self.state
            self.texts.changed(before.hash, after.hash)
            return after
