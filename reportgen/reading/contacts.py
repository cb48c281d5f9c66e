"""What the text of a report says of how to reach the body."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_CONTACTS = {
    "address": r"(?:联系|通讯|办公|单位)?地\s*址",
    "postcode": r"邮\s*编|邮政编码",
    "phone": r"(?:联系|咨询|办公)?电\s*话|联系方式",
    "fax": r"传\s*真",
    "email": r"(?:电子)?邮\s*箱|电子邮件|[Ee]-?mail",
}
"""How a text names what ``[agency]`` may hold."""


def contacts(texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What a text says of the body's address, phone and the like, by the keys of ``[agency]``."""
    names = "|".join(_CONTACTS.values())
    for key, name in _CONTACTS.items():
        for text in texts:
            found = re.search(
                rf"(?:{name})(?:号码)?\s*(?:为|是)?\s*[：:]\s*(.+?)\s*(?=[，,；;。）)、\n]|(?:{names})|$)",
                text,
            )
            if found and found[1].strip("：: "):
                yield key, found[1].strip()
                break
