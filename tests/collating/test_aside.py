"""What a run puts aside comes back as it was, from the disk or, where that is full, from memory."""

from __future__ import annotations

import io
import tempfile

import pytest

from reportgen.collating.aside import Aside, Kept, aside


def test_what_was_put_aside_comes_back_and_is_not_in_memory() -> None:
    with aside() as room:
        kept = [room.put(bytes([number]) * 5_000) for number in range(5)]
        assert [each.read() for each in kept] == [bytes([number]) * 5_000 for number in range(5)]
        assert b"".join(kept[3]) == b"\3" * 5_000
        assert {each.data for each in kept} == {b""}


class Full(io.BytesIO):
    """A disk that takes no more."""

    def __init__(self, taken: int | None) -> None:
        super().__init__(b"old")
        self.taken = taken

    def write(self, data: object, /) -> int:
        if self.taken is None:
            raise OSError(28, "No space left on device")
        return self.taken


@pytest.mark.parametrize("taken", [None, 2])
def test_what_a_full_disk_does_not_take_stays_in_memory(taken: int | None) -> None:
    assert Aside(Full(taken)).put(b"text").read() == b"text"


def test_where_there_is_no_room_at_all_everything_stays_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> None:
        raise FileNotFoundError("No usable temporary directory found")

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    with aside() as room:
        assert room.put(b"text") == Kept(b"text")
