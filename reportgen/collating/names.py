"""Names of bodies, as titles and rosters write them: which are surely the same, and which are nearly.

A roster says 民政局 where the report's title says 某市某区民政局, and 发展改革委 where it says 发展和改革委员会. What is
left out is known: the places that all bodies of the area have in their names, blanks and brackets, and the endings of
:data:`SHORT`. Whatever else differs is asked about and never guessed.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

from ..model.chinese import NUMERAL, after_places
from ..patterns import regex

SHORT = (
    ("人民政府", "政府"),
    ("委员会", "委"),
    ("街道办事处", "街道"),
    ("办公室", "办"),
    ("和", ""),
    ("与", ""),
    ("及", ""),
)
"""Words of a full name and what shorter ones have for them, in the order they are replaced."""
GOVERNMENT = "政府"
"""What is left of the name of the area's own government."""
ALIKE = 0.75
"""Two names that share so much are asked about."""
LONGEST_RATIO = 2.5
"""A name that is so much longer than another is no full form of it."""

_NUMBERS = regex(rf"\d+|{NUMERAL}")
_NOISE = regex(r"""[\s“”‘’"'「」《》<>()\[\]〔〕【】·.,，、_-]+""")


def plain(name: str) -> str:
    """A name without blanks, brackets and quotes, in characters of one width.

    >>> plain("某某局（ 本级 ）")
    '某某局本级'
    """
    return _NOISE.sub("", unicodedata.normalize("NFKC", name))


def places_of(names: Iterable[str]) -> frozenset[str]:
    """The places that at least half of the names of an area begin with, and those that others have before them.

    >>> sorted(places_of(["某市甲区民政局", "甲区水利局", "甲区乙开发区管委会"]))
    ['某市', '甲区']
    """
    distinct = {plain(name) for name in names} - {""}
    found = Counter(place for name in distinct for place in {*_places(name)})
    with_places = sum(1 for name in distinct if _places(name))
    shared = {place for place, count in found.items() if 2 * count >= max(with_places, 1)}
    before = {
        place
        for pieces in map(_places, distinct)
        for i, piece in enumerate(pieces)
        if piece in shared
        for place in pieces[:i]
    }
    return frozenset(shared | before)


def _places(name: str) -> tuple[str, ...]:
    """The places a name begins with; one that is nothing else is all places."""
    pieces = after_places(name)
    return pieces if pieces[-1][-1:] in ("省", "市", "区", "县", "州", "盟", "旗") else pieces[:-1]


@lru_cache(maxsize=50_000)
def core(name: str, places: frozenset[str]) -> str:
    """What tells a body from the others of its area; the government's own is :data:`GOVERNMENT`.

    >>> core("某市甲区发展和改革委员会", frozenset({"甲区", "某市"})), core("甲区", frozenset({"甲区"}))
    ('发展改革委', '政府')
    """
    pieces = list(after_places(plain(name)))
    while pieces and pieces[0] in places:
        del pieces[0]
    rest = "".join(pieces)
    for long, short in SHORT:
        rest = rest.replace(long, short) or rest
    return rest or (GOVERNMENT if plain(name) else "")


def is_near(one: str, other: str) -> bool:
    """Whether two cores that differ may be the same body: one abbreviates the other, or a word differs.

    >>> is_near("发改委", "发展改革委"), is_near("民政局", "水利局"), is_near("卫生健康委", "卫生健康局")
    (True, False, True)
    >>> is_near("第8中学", "第28中学"), is_near("第一中学校", "第二中学校")
    (False, False)
    """
    if one == other or not (one and other) or numbers_in(one) != numbers_in(other):
        return False
    if abbreviates(one, other):
        return True
    shared = sum(min(one.count(char), other.count(char)) for char in {*one})
    return (
        min(len(one), len(other)) >= 4
        and 2 * shared >= ALIKE * (len(one) + len(other))
        and SequenceMatcher(None, one, other, autojunk=False).ratio() >= ALIKE
    )


def numbers_in(name: str) -> list[str]:
    """The numbers in a name: 第一中学 and 第二中学 are two bodies for sure."""
    return _NUMBERS.findall(name)


def abbreviates(one: str, other: str) -> bool:
    """Whether one of two cores leaves out characters of the other and keeps its first and last: 发改委, 发展改革委."""
    short, long = sorted((one, other), key=len)
    if (
        numbers_in(one) != numbers_in(other)
        or len(short) < 3
        or not len(short) < len(long) <= LONGEST_RATIO * len(short)
    ):
        return False
    left = iter(long)
    return short[0] == long[0] and short[-1] == long[-1] and all(char in left for char in short)
