"""Finding and reading every number of a Chinese text that counts or measures something.

``19件``, ``1,234 件``, ``１９件``, ``33.6万件``, ``2100余篇``, ``三件``, ``近百件``, ``百分之三十``, ``3至5件``. Dates, ordinals,
document and telephone numbers, names in 《》 and fixed phrases (一站式) count nothing and are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import NamedTuple

from ...model.chinese import DIGITS, NUMERAL, NUMERALS, SCALES, read_number
from ...model.findings import Figure
from ...patterns import regex

COUNTED = frozenset(["件", "份", "条", "项", "起", "宗", "例", "个", "件次", "封", "单", "人次", "次"])
"""Units in which texts count requests, cases, documents and decisions."""
CASES = frozenset(["件", "份", "条", "宗", "起", "件次"])
"""Those that hardly count anything else, so that 办结43件 needs no more words."""

_MONEY = {"元": Decimal("0.0001"), "万元": Decimal(1), "亿元": Decimal(10000)}
_ABOUT = Decimal("0.05")
_OVER = Decimal("0.1")
_SHORT = Decimal("0.15")
"""How far a number is from the figure at most, by custom, after 约, before 余 and after 近."""


class Number(NamedTuple):
    """One number of a text, with the characters ``start`` to ``end`` it takes, its unit included."""

    start: int
    end: int
    value: Decimal
    unit: str
    """``件``, ``%``, ``万元`` …; empty where there is none."""
    step: Decimal = Decimal(1)
    """The worth of the last digit that is written: 1000 in 33.6万, 0.01 in 31.58%."""
    scaled: bool = False
    """Whether it is rounded by its way of writing: 33.6万."""
    manner: str = ""
    """``about`` (约, 左右), ``over`` (余, 多), ``short`` (近, 不足), ``least`` (以上), ``most`` (以内) or exact."""
    high: Decimal | None = None
    """The other end of a range; ``value`` is the lower one."""

    @property
    def percent(self) -> bool:
        return self.unit == "%"

    @property
    def bare(self) -> bool:
        """Whether it is digits and nothing else: no unit, no 约, no range."""
        return not (self.unit or self.manner or self.scaled or self.high)

    @property
    def money(self) -> bool:
        return self.unit in _MONEY

    @property
    def amount(self) -> Decimal:
        """The value in the unit of the tables: money in 万元."""
        return self.value * _MONEY.get(self.unit, Decimal(1))

    def holds(self, figure: Figure) -> bool:
        """Whether the number, as it is written, can stand for ``figure`` (money: for an amount in 万元)."""
        exact = Decimal(figure)
        worth = _MONEY.get(self.unit, Decimal(1))
        value, step = self.value * worth, self.step * worth
        if self.high is not None:
            return value <= exact <= self.high * worth
        match self.manner:
            case "about":
                return abs(exact - value) <= max(step, abs(value) * _ABOUT)
            case "over":
                return value <= exact <= value + max(_magnitude(self.value) * worth, value * _OVER)
            case "short":
                return value * (1 - _SHORT) <= exact <= value
            case "least":
                return exact >= value
            case "most":
                return exact <= value
        if self.scaled or self.money:
            return value in (_rounded(exact, step, ROUND_HALF_UP), _rounded(exact, step, ROUND_DOWN))
        return exact == value

    def rounds(self, exact: Decimal) -> bool:
        """Whether the number is ``exact`` rounded to the decimals that are written (or holds it loosely)."""
        if self.manner or self.high is not None:
            return self.holds(exact)
        return self.value == _rounded(exact, self.step, ROUND_HALF_UP)

    def almost(self, exact: Decimal) -> bool:
        """Whether it is ``exact`` but for the last digit that is written, as where decimals were cut off."""
        return abs(self.value - exact) < self.step


NOTHING = Number(0, 0, Decimal(0), "件")
"""The number of what there was none of."""


def find_numbers(text: str) -> list[Number]:
    """The numbers of ``text`` in their order."""
    plain = text.translate(_PLAIN) if _WIDE.search(text) else text
    masked = [match.span() for match in _MASKED.finditer(plain)]
    found = []
    next_mask = 0
    for match in _NUMBER.finditer(plain):
        while next_mask < len(masked) and masked[next_mask][1] <= match.start():
            next_mask += 1
        if next_mask < len(masked) and masked[next_mask][0] < match.end():
            continue
        number = _read(match)
        if number is not None:
            found.append(number)
    return list(_with_shared_units(plain, found))


# ── reading ─────────────────────────────────────────────────────────────────────────────────────────

# Full-width forms become half-width ones, character by character, so that positions stay.
_PLAIN = {0xFF10 + i: 0x30 + i for i in range(10)} | {
    ord("．"): ".",
    ord("％"): "%",
    ord("﹪"): "%",
    ord("〇"): "零",
}
_WIDE = regex("[０-９．％﹪〇]")
_MANNERS = {
    "about": ("约", "大约", "约为", "大概", "左右", "上下", "约占"),
    "over": ("余", "多", "逾", "超", "超过", "突破", "超出"),
    "short": ("近", "将近", "接近", "不足", "不到"),
    "least": ("以上", "至少", "不少于", "不低于"),
    "most": ("以内", "以下", "最多", "不超过", "至多"),
}
_MANNER = {word: manner for manner, words in _MANNERS.items() for word in words}


_UNITS = "万元|亿元|元|个百分点|百分点|%|‰|件次|人次|件|份|条|项|起|宗|例|个|次|成|倍|人|家|户|篇|期|场|批|类|名|笔|部|封|单|种|张|册|幅|页|门|间|处|套|轮|版|段|村|台|辆|吨|平方米|公里|字"
_BEFORE = "|".join(sorted((w for w in _MANNER if w not in "余多以上以下以内左右上下"), key=len, reverse=True))
_CHINESE = f"[{NUMERALS}]"
_FIRST = f"[约近逾超突不大将接至最概{NUMERALS}0-9]"
_NUMBER = regex(
    rf"""
    (?={_FIRST})
    (?:(?P<before>{_BEFORE})\s?)?
    (?:
      百分之(?P<share>{_CHINESE}{{1,6}}(?:点[零一二三四五六七八九]{{1,4}})?|\d{{1,4}}(?:\.\d{{1,4}})?)
    | (?<![\d.A-Za-z第+·×/〔\[_])
      (?P<digits>\d{{1,3}}(?:[,，]\d{{3}})+(?!\d)|\d{{1,15}})(?P<decimals>\.\d{{1,9}})?(?![\d.A-Za-z〕\]+·×/_])
      (?:\s?(?:-|—{{1,2}}|–|~|～|至|到)\s?(?P<high>\d{{1,9}}(?:\.\d{{1,4}})?)(?![\d年月日号时]))?
      \s?(?P<more>[余多])?(?P<scale>[十百千万亿]{{0,2}})(?P<more2>[余多])?
      (?!\s?(?:年(?!度?办)|月|日|号|时|分|点|秒|岁|周|天|届|级|室|楼|层|路|栋|小时|工作日|个工作日|个月|多年|余年|五规划|世纪|[:：]\d))
    | (?<![第每逐同统唯之进其另某任单星周专{NUMERALS}〇])
      (?P<chinese>{_CHINESE}{{1,12}})(?P<more3>[余多])?(?P<scale3>[万亿])?
      (?=\s?(?:万元|亿元|元|%|件次|件(?!事)|份|起|宗|例|条(?!例|件|龙)|项|个(?!工作日|月)|次|成(?!为|立|果|员|功|效|绩)|倍|人次))
    | (?<=[为是])(?P<zero>零)(?![件星散距跑])
    )
    \s?(?P<unit>{_UNITS})?
    \s?(?P<after>以上|以内|以下|左右|上下)?
""",
    re.VERBOSE,
)
_MASKED = regex(
    rf"""
    (?=[《〔\[﹝第hw\dA-Za-z_.\-电传邮联。；;：:（(“{NUMERALS}\s])
    (?:
    《[^《》]{{0,80}}》
  | 〔\d{{4}}〕\s?\d*\s?号? | \[\d{{4}}\]\s?\d+\s?号 | ﹝\d{{4}}﹞\s?\d*\s?号?
  | 第\s?[\d{NUMERALS}]+\s?[号条款项次届期章节批季]?
  | https?://[\w./?=&%:-]{{1,200}} | www\.[\w./-]{{1,100}} | [\w.-]{{1,64}}@[\w.-]{{1,64}}
  | (?<!\d)0\d{{2,3}}\s?[-—]{{1,2}}\s?\d{{7,8}} | (?<!\d)1[3-9]\d{{9}}(?!\d)
  | (?:电话|传真|邮编|邮政编码|联系方式)[：:]?\s?[\d-]{{3,15}}
  | (?:^|(?<=[。；;：:\n]))\d{{1,2}}[.、](?!\d) | [（(]\d{{1,2}}[）)](?!件|份|条|项)
  | [（(]{NUMERAL}[）)]
  | \d{{4}}\s?年(?:\d{{1,2}}月(?:\d{{1,2}}日)?)? | \d{{1,2}}月(?:\d{{1,2}}日)?(?:\s?[-—至]\s?\d{{1,2}}[月日])?
  | “\d{{3,5}}” | \d{{5}}(?=热线|政务|政府|市民|平台|服务)
  | 一(?:是|站|体|律|定|致|方面|系列|并|起(?:来|向|由)|网|次性|览|窗|事一|些|般)
  | [两三四五六七八九十]个(?:维护|自信|意识|确立|全面|面向)
  | 三次审|千方百计|万一 | (?<=[无有未])一[件起例宗]
    )
""",
    re.VERBOSE | re.MULTILINE,
)


def _read(match: re.Match[str]) -> Number | None:
    unit = match["unit"] or ""
    manner = _MANNER.get(match["before"] or match["after"] or "", "")
    step, scaled, high = Decimal(1), False, None
    if match["zero"]:
        value = Decimal(0)
    elif match["share"]:
        value, step = _percentage(match["share"])
        unit = "%"
    elif match["digits"]:
        digits = match["digits"].replace(",", "").replace("，", "")
        value = Decimal(digits + (match["decimals"] or ""))
        step = Decimal(1).scaleb(-len(match["decimals"]) + 1) if match["decimals"] else Decimal(1)
        factor = _factor(match["scale"])
        value, step, scaled = value * factor, step * factor, factor > 1
        high = Decimal(match["high"]) * factor if match["high"] else None
        if match["more"] or match["more2"]:
            manner = "over"
    else:
        read = read_number(match["chinese"])
        if match["chinese"][0] in "百千万亿" and not (manner or match["more3"]):
            return None
        if read is None or (match["chinese"] == "零" and unit == "件") or _is_article(match["chinese"], unit):
            return None
        factor = _factor(match["scale3"] or "")
        value, scaled = Decimal(read * factor), factor > 1
        if match["more3"]:
            manner = "over"
    if high is not None and high <= value:
        high = None
    if unit == "成":
        value, step, unit = value * 10, Decimal(10), "%"
        manner = manner or "about"
    if unit == "倍":
        value, step, unit = value * 100, step * 100, "%"
    if not unit and not match["zero"] and (match["scale"] or "") == "十":
        return None
    return Number(match.start(), _end(match), value, unit, step, scaled, manner, high)


def _end(match: re.Match[str]) -> int:
    """Where the number ends, without blanks after it."""
    return match.start() + len(match[0].rstrip())


def _is_article(written: str, unit: str) -> bool:
    """Whether 一 is no more than an article: 一个窗口, 一项重要工作."""
    return written == "一" and unit in ("个", "项", "次", "条", "成", "倍", "例")


def _percentage(written: str) -> tuple[Decimal, Decimal]:
    if written[0].isdigit():
        value = Decimal(written)
        return value, Decimal(1).scaleb(int(value.as_tuple().exponent))
    whole, _, decimals = written.partition("点")
    value = Decimal(read_number(whole) or 0)
    if decimals:
        value += Decimal("0." + "".join(str(DIGITS[digit]) for digit in decimals))
    return value, Decimal(1).scaleb(-len(decimals))


def _factor(scale: str) -> int:
    factor = 1
    for character in scale:
        factor *= SCALES[character]
    return factor


def _magnitude(value: Decimal) -> Decimal:
    """The worth of the last digit that is not zero: 100 for 2100."""
    return Decimal(1).scaleb(int(value.normalize().as_tuple().exponent)) if value else Decimal(1)


def _rounded(value: Decimal, step: Decimal, rounding: str) -> Decimal:
    return (value / step).quantize(Decimal(1), rounding) * step


def _with_shared_units(text: str, numbers: list[Number]) -> Iterator[Number]:
    """Numbers of a list take the unit that follows the last: 分别为6、2、3件."""
    unit = ""
    for i in range(len(numbers) - 1, -1, -1):
        number = numbers[i]
        between = text[number.end : numbers[i + 1].start] if i + 1 < len(numbers) else "。"
        if not number.unit and unit and between.strip() in ("、", "和", "及", ",", "，", "与", "/"):
            numbers[i] = number = number._replace(unit=unit)
        unit = number.unit
    yield from numbers
