"""Places that lost what was to stand there: 电话：      ）, （    ）, 2022年  月  日.

They look like blanks too many, but tidying them away would hide that something is missing: S11 reports them, and what
repairs punctuation leaves them as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model.chinese import CLAUSE_ENDS, IDEOGRAPHS
from ..patterns import regex
from .typography import COUNTED_END, NUMERALS_BEFORE, mask_addresses

_BLANK = "[ \t\u3000\u00a0]"
_CLOSES = f"[{CLAUSE_ENDS}、）)】〕」』”]"
_LABEL = (
    "(?:电话|手机|座机|传真|邮政编码|邮编|邮码|邮箱|邮件|信箱|[Ee]-?[Mm]ail|EMAIL|地址|网址|网站|联系人|联系部门|联系科室|微信|QQ)"
    r"(?:号码|号|地址|名称)?(?:[（(][^（）()]{1,8}[）)])?"
)
_EMPTIED = regex(
    rf"{_LABEL}(?:[：:]{_BLANK}*|[为是]{_BLANK}+)(?={_CLOSES}|$|(?<={_BLANK})[{IDEOGRAPHS}]{{0,4}}{_LABEL}[：:])"
    rf"|[{IDEOGRAPHS}]{{1,12}}[：:]{_BLANK}+(?={_CLOSES})"
    rf"|(?<![A-Za-z0-9_])(?:（{_BLANK}*）|\({_BLANK}*\)|〔{_BLANK}*〕|《{_BLANK}*》|【{_BLANK}+】|“{_BLANK}+”)"
    rf"|年{_BLANK}+月(?![均度份报初末底])(?:{_BLANK}*日(?![均常前期]))?|月{_BLANK}+日(?![均常前期])|(?<=〕){_BLANK}+号|第{_BLANK}+[号条款项期届次页]"
    rf"|(?<=[{IDEOGRAPHS}]){_BLANK}{{2,}}年(?=[度\d月]|{_BLANK})"
    rf"|(?<=[{IDEOGRAPHS}])(?<![{NUMERALS_BEFORE}])(?:{_BLANK}{{2,}}|\u3000){COUNTED_END}"
    rf"|(?<=[{IDEOGRAPHS}]){_BLANK}{{2,}}[号室楼](?={_CLOSES})|(?<=[{IDEOGRAPHS}—－-]){_BLANK}{{3,}}(?={_CLOSES})"
)

_SIGN = regex(rf"{_BLANK}|（）|\(\)|〔〕|《》|[:：](?={_CLOSES}|$)")
"""A blank, a bracket or a colon that something may be missing at: most texts have none."""


def emptied(text: str) -> Iterator[re.Match[str]]:
    """Where a paragraph has a label without its value, brackets with nothing in them, a date or a count without figure."""
    return _EMPTIED.finditer(text) if _SIGN.search(text) else iter(())


def mask_kept(text: str) -> str:
    """The text with letters in place of what no rule on punctuation judges or repairs: addresses and emptied places."""
    masked = mask_addresses(text)
    return _EMPTIED.sub(lambda match: "a" * len(match[0]), masked) if _SIGN.search(masked) else masked
