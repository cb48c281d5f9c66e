"""Rules on telephone numbers, postcodes, web and e-mail addresses: those that cannot be reached by anybody."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model.chinese import IDEOGRAPHS
from ..model.findings import Finding, Remark, Severity
from ..model.report import AGENCY
from ..patterns import regex
from .passages import places
from .rule import Case, rule

# ── telephone and postcode ──────────────────────────────────────────────────────────────────────────

_POSTCODE = regex("(?:0[1-7]|1[0-356]|2[0-7]|3[0-6]|4[0-7]|5[1-7]|6[1-7]|7[1-5]|8[1345])[0-9]{4}")
"""The first two digits say the province."""
_POSTCODE_IN_TEXT = regex(r"邮政?编码?(?:为|是)?[：:]?\s*(\d[\d ]*)")
_PHONE_IN_TEXT = regex(
    r"(?:电话|传真|热线|手机)(?:号码|号)?(?:[：:]|为|是|(?=[(（]?0\d))\s*([\d(（+][\d()（）+\-—－–转、/ ]*\d)(?!\d|\s*[余多]?[件次个部条通人起])"
)
_PHONES = regex(r"[、/]")
_EXTENSION = regex(r"(?:转|[-—－–]|(?<=\d)[（(])\d{1,6}[)）]?$")
_PHONE = regex(
    r"[48]00\d{7}"  # 400
    r"|1[3-9]\d{9}"  # mobile
    r"|1\d{2,5}|9\d{4,7}"  # 110, 12345, 95598
    r"|(?:010|02\d)?[2-9]\d{7}"  # eight digits
    r"|(?:0[3-9]\d\d)?[2-9]\d{6,7}"
    r"|0\d{2,3}1[12]\d{3}"  # 0594-12345
)


@rule("W11", "电话和邮编", Severity.WARNING, "电信网编号计划、邮政编码规则")
def phones_and_postcodes(case: Case) -> Iterator[Finding | Remark]:
    """电话、传真要拨得通：区号加 7 或 8 位号码、手机、400 或 12345 等短号；邮政编码是 6 位数字，开头两位要有这个地区。

    错：电话0594-27727、邮编35110
    对：电话0594-2772776、邮编351100
    """
    fields = {"postcode": _postcode_fault, "phone": _phone_fault, "fax": _phone_fault}
    for key, fault_of in fields.items():
        value = case.report.agency.get(key, "")
        if value and (fault := fault_of(value)):
            message = f"机关的{AGENCY[key]}“{value}”不对：{fault}。"
            line = case.report.line_of(f"agency.{key}")
            yield Finding("W11", Severity.WARNING, message, "请核对。", line=line)
    given = [case.report.agency.get(key) for key in fields]
    for place in places(case.document):
        for pattern, what, fault_of in (
            (_POSTCODE_IN_TEXT, "邮编", _postcode_fault),
            (_PHONE_IN_TEXT, "电话", _phone_fault),
        ):
            for match in pattern.finditer(place.text):
                value = match[1].strip()
                if value not in given and (fault := fault_of(value)):
                    message = f"{place.name}的{what}“{value}”不对：{fault}。"
                    yield place.finding("W11", Severity.WARNING, message, "请核对。", *match.span(1))


def _postcode_fault(written: str) -> str | None:
    digits = written.replace(" ", "")
    if not re.fullmatch("[0-9]{6}", digits):
        return "邮政编码是 6 位数字"
    return None if _POSTCODE.fullmatch(digits) else f"没有以 {digits[:2]} 开头的邮政编码"


def _phone_fault(written: str) -> str | None:
    """What is wrong with the first number that cannot be, of one or several."""
    for number in _PHONES.split(written):
        if number.strip() and not (_is_phone(number) or all(map(_is_phone, number.split()))):
            return "不是完整的号码"
    return None


def _is_phone(number: str) -> bool:
    domestic = re.sub(r"^\s*(?:\+|00)86[\- ]?(?=[2-9])", "0", number)
    candidates = (re.sub(r"\D", "", text) for text in (domestic, _EXTENSION.sub("", domestic.strip())))
    return any(_PHONE.fullmatch(re.sub("^(?:00)?86(?=0|1[0-9]{10})", "", digits)) for digits in candidates)


# ── e-mail and web ──────────────────────────────────────────────────────────────────────────────────

_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9\-]*[A-Za-z0-9])?"
_HOST = regex(rf"(?:{_LABEL}\.)+[A-Za-z]{{2,}}|\d{{1,3}}(?:\.\d{{1,3}}){{3}}")
_MAIL = regex(rf"[A-Za-z0-9_%+\-]+(?:\.[A-Za-z0-9_%+\-]+)*@(?:{_LABEL}\.)+[A-Za-z]{{2,}}")
# In the text: what was meant as an address, with a Chinese stop or a comma where a dot belongs.
_HOST_LIKE = r"[A-Za-z0-9\-_]+(?:(?:\.|[。．，,](?=(?:gov|com|cn|org|net)(?![A-Za-z0-9])))[A-Za-z0-9\-_]+)*"
_MAIL_LIKE = regex(rf"[A-Za-z0-9._%+\-]{{1,64}}[@＠](?:{_HOST_LIKE}|(?![{IDEOGRAPHS}]))")
_WEB_LIKE = regex(
    rf"(?<![A-Za-z])(?:(?:https?|htps?|ttps?)(?:[:：;；]?[/\\／]+|[:：])(?:https?://)?|www[.。．，,](?=[A-Za-z0-9])){_HOST_LIKE}",
    re.IGNORECASE,
)


@rule("W12", "邮箱和网址", Severity.WARNING, "RFC 3986、RFC 5321")
def mail_and_web_addresses(case: Case) -> Iterator[Finding | Remark]:
    """邮箱和网址要写得完整：没有全角标点，http:// 不缺斜线，域名有后缀；政府网站的 .gov 后面还有 .cn。

    错：http:/www.putian.gov.cn、www.putian.gov、xxgk@putian
    对：http://www.putian.gov.cn、xxgk@putian.gov.cn
    """
    for key, fault_of in (("email", _mail_fault), ("website", _web_fault)):
        value = case.report.agency.get(key, "")
        if value and (fault := fault_of(value)):
            message = f"机关的{AGENCY[key]}“{value}”不对：{fault}。"
            line = case.report.line_of(f"agency.{key}")
            yield Finding("W12", Severity.WARNING, message, "请核对。", line=line)
    given = list(case.report.agency.values())
    for place in places(case.document):
        text = place.text.lower()
        for pattern, what, fault_of, signs in (
            (_MAIL_LIKE, "邮箱", _mail_fault, ("@", "＠")),
            (_WEB_LIKE, "网址", _web_fault, ("tp", "www")),
        ):
            if not any(sign in text for sign in signs):
                continue
            for match in pattern.finditer(place.text):
                value = match[0]
                if not any(value in text for text in given) and (fault := fault_of(value)):
                    message = f"{place.name}的{what}“{value}”不对：{fault}。"
                    yield place.finding("W12", Severity.WARNING, message, "请核对。", *match.span())


def _mail_fault(written: str) -> str | None:
    if re.search("[＠。，,．]", written):
        return "有全角符号或逗号"
    if not _MAIL.fullmatch(written):
        return "不是完整的邮箱地址"
    return ".gov 后面缺 .cn" if written.lower().endswith(".gov") else None


def _web_fault(written: str) -> str | None:
    if re.search("[。，,．：；／＼]", written):
        return "有全角符号或逗号"
    scheme = re.match("https?://(?=[^/])", written, re.IGNORECASE)
    rest = written[scheme.end() :] if scheme else written
    if "://" in rest or re.match("[htps]+[:;/\\\\]", rest, re.IGNORECASE):
        return "开头应是 http:// 或 https://"
    host = re.split("[:/?#]", rest)[0].lower()
    if not host.isascii():
        return None
    if not _HOST.fullmatch(host) or (host.startswith("www.") and host.count(".") < 2):
        return "域名不完整"
    return ".gov 后面缺 .cn" if host.endswith(".gov") else None
