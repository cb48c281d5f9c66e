"""The texts that one file has had while it was open, and the way back and forth among them."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field

from ..reading import Source
from .checked import hash_of

RECENT = 1000
"""So often are states forgotten that are not undone to; the last half of them is kept in any case."""


@dataclass
class Texts:
    """Every state of the file that the page may speak of, by its hash; packed, for there is no end to undoing."""

    packed: dict[str, tuple[bytes, str, bytes]] = field(default_factory=dict)
    back: list[tuple[str, str]] = field(default_factory=list)
    """The changes made here that can be undone, the last one last: the hash before it and after it."""
    forth: list[tuple[str, str]] = field(default_factory=list)
    """Those that were undone."""
    step: str = ""
    """What the page calls the last change: more of the same name is undone with it."""

    def keep(self, source: Source) -> str:
        """Keep a state; returns its hash."""
        hash = hash_of(source.data)
        if hash not in self.packed:
            data = zlib.compress(source.text.encode("utf-8", "surrogatepass"), 1)
            self.packed[hash] = data, source.encoding, source.bom
            if len(self.packed) % RECENT == 0:
                self._forget()
        return hash

    def _forget(self) -> None:
        """Let go of the states that nobody goes back to and that are too old for a page to speak of."""
        kept = {hash for change in (*self.back, *self.forth) for hash in change} | {
            *list(self.packed)[-RECENT // 2 :]
        }
        self.packed = {hash: packed for hash, packed in self.packed.items() if hash in kept}

    def get(self, hash: str) -> Source | None:
        """A state that was kept; None where nobody has seen it."""
        if hash not in self.packed:
            return None
        data, encoding, bom = self.packed[hash]
        return Source(zlib.decompress(data).decode("utf-8", "surrogatepass"), encoding, bom)

    def changed(self, before: str, after: str, step: str = "") -> None:
        """Note a change that was made here; one of the same ``step`` as the last goes on with it."""
        if before == after:
            return
        if step and step == self.step and self.back and self.back[-1][1] == before:
            before, _ = self.back.pop()
        if before != after:
            self.back.append((before, after))
        self.step = step
        self.forth.clear()
