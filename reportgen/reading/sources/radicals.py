"""Characters that PDFs write with the code of another that looks alike, most of them radicals: ⼀ for 一, ⺠ for 民.

Browsers print them so with some fonts; nobody sees it, and no label would be found.
"""

from __future__ import annotations

import unicodedata

_KANGXI = range(0x2F00, 0x2FD6)
"""Unicode's own equivalents are the characters; of some it gives the older form."""
_SIMPLIFIED = {
    pair[0]: pair[1]
    for pair in [
        "⼾户",
        "⾭青",
        "⺟母",
        "⺠民",
        "⻁虎",
        "⻄西",
        "⻅见",
        "⻆角",
        "⻉贝",
        "⻋车",
        "⻑長",
        "⻓长",
        "⻔门",
        "⻗雨",
        "⻘青",
        "⻙韦",
        "⻚页",
        "⻛风",
        "⻜飞",
        "⻝食",
        "⻢马",
        "⻣骨",
        "⻤鬼",
        "⻥鱼",
        "⻦鸟",
        "⻧卤",
        "⻨麦",
        "⻩黄",
        "⻪黾",
        "⻬齐",
        "⻮齿",
        "⻰龙",
        "⻳龟",
        "⺝月",
        "⺜日",
        "⺶羊",
        "⺫目",
        "⺮竹",
        "⺩王",
        "⺁厂",
        "⺎兀",
        "⺓幺",
    ]
}
"""Of the radicals of simplified characters, those that are characters by themselves."""
_AS_CHARACTERS = str.maketrans(
    {"\u2329": "〈", "\u232a": "〉"}
    | {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in _KANGXI}
    | _SIMPLIFIED
)


def with_characters(text: str) -> str:
    """The text with characters for radicals."""
    return text if text.isascii() else text.translate(_AS_CHARACTERS)
