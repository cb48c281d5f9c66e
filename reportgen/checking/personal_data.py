"""Rules on personal data that must not be published."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model.findings import Finding, Remark, Severity
from ..patterns import regex
from .passages import places
from .rule import Case, rule

_FULL_WIDTH = str.maketrans("０１２３４５６７８９Ｘｘ", "0123456789XX")
_ANY_FULL_WIDTH = regex("[０-９Ｘｘ]")
_IDENTITY = regex(
    r"[1-9](?<![\dA-Za-z][1-9])\d{5}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])"
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARACTERS = "10X98765432"


def _half_width(text: str) -> str:
    return text.translate(_FULL_WIDTH) if _ANY_FULL_WIDTH.search(text) else text


@rule("W13", "身份证号码", Severity.ERROR, "个人信息保护法；政府信息公开条例第十五条；GB 11643—1999")
def identity_numbers(case: Case) -> Iterator[Finding | Remark]:
    """公布的报告里不能有公民身份号码。18 位、日期和校验码都对的数字，或者写明是身份证号码的，都报出来。

    错：申请人张某（身份证号11010519491231002X）
    对：申请人张某
    """
    for place in places(case.document):
        text = _half_width(place.text)
        for match in _IDENTITY.finditer(text):
            named = re.search("身份证|身份号码|证件号", text[max(0, match.start() - 12) : match.start()])
            if named or _is_identity_number(match[0]):
                masked = f"{match[0][:4]}{'*' * 10}{match[0][-4:]}"
                message = f"{place.name}有公民身份号码“{masked}”。"
                yield place.finding(
                    "W13", Severity.ERROR, message, "请删去，不能公布个人信息。", *match.span()
                )


def _is_identity_number(number: str) -> bool:
    """Whether the check character is right (GB 11643—1999, ISO 7064 MOD 11-2).

    >>> _is_identity_number("11010519491231002X"), _is_identity_number("110105194912310021")
    (True, False)
    """
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return _CHECK_CHARACTERS[total % 11] == number[17].upper()


_MOBILE = regex(r"1(?<![\dA-Za-z.]1)[3-9]\d([\- ]?)\d{4}\1\d{4}(?![\dA-Za-z.%％])")
_COUNTED = regex("\\s*(?:余|多)?[件条人次个项元万亿份篇户家部宗起笔期名位]")


@rule("W14", "手机号码", Severity.ERROR, "个人信息保护法；政府信息公开条例第十五条")
def mobile_numbers(case: Case) -> Iterator[Finding | Remark]:
    """公布的报告里不能有个人的手机号码。机关信息里填的办公电话、传真不算；前言里的联系手机只提醒。

    错：联系人张某，手机13812345678
    对：联系电话0594-2772776
    """
    office = re.sub(
        r"[^\d、，,;；/]", "", "、".join(case.report.agency.get(key, "") for key in ("phone", "fax"))
    )
    for place in places(case.document):
        contact = place.part.optional
        for match in _MOBILE.finditer(_half_width(place.text)):
            digits = re.sub(r"\D", "", match[0])
            if digits in office or _COUNTED.match(place.text, match.end()):
                continue
            masked = f"{digits[:3]}****{digits[-4:]}"
            severity = Severity.WARNING if contact else Severity.ERROR
            message = f"{place.name}有手机号码“{masked}”。"
            advice, how = (
                ("如果是个人手机，请换成办公电话。", "是办公手机的，请写进 [agency] 的 phone。")
                if contact
                else ("请删去，不能公布个人信息。", "")
            )
            yield place.finding("W14", severity, message, advice, *match.span(), how)
