"""The texts a file has had: all that can be undone to, and the last ones; no others for ever."""

from __future__ import annotations

from reportgen.reading import Source
from reportgen.workbench.texts import RECENT, Texts


def test_states_come_back_as_they_were() -> None:
    texts = Texts()
    source = Source("甲\r\n乙", "gb18030", b"\xef")
    assert texts.get(texts.keep(source)) == source
    assert texts.get("nobody") is None


def test_what_nobody_goes_back_to_is_forgotten_and_the_rest_is_not() -> None:
    texts = Texts()
    hashes = [texts.keep(Source(str(number), "utf-8")) for number in range(10)]
    texts.changed(hashes[0], hashes[5])
    for number in range(10, 3 * RECENT):
        last = texts.keep(Source(str(number), "utf-8"))
    assert len(texts.packed) <= RECENT + 2
    assert texts.get(hashes[0]) == Source("0", "utf-8")
    assert texts.get(hashes[5]) == Source("5", "utf-8")
    assert texts.get(hashes[7]) is None
    assert texts.get(last) == Source(str(3 * RECENT - 1), "utf-8")
