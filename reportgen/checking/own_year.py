"""Where the text gives a year as the report's own: in its name, in the statistical period, in what it says of its work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from ..model.chinese import sentences, statements
from ..model.document import Document
from ..patterns import regex
from .passages import MOST_KEPT, Place, places


@dataclass(frozen=True)
class OwnYear:
    """A passage that says of which year the report is."""

    place: Place
    start: int
    end: int
    at: int
    """Where the year itself stands."""
    years: frozenset[str]
    """More than one where a period begins and ends in different years."""

    @property
    def text(self) -> str:
        return self.place.text[self.start : self.end]

    @property
    def is_typed(self) -> bool:
        """Whether the year was typed; one that ``{{ year }}`` printed follows the input and proves nothing."""
        return not any(start <= self.at < end for start, end, _ in self.place.bound)


def preface(document: Document) -> Iterator[Place]:
    """The paragraphs before the first heading, where the report speaks of itself."""
    return (place for place in places(document) if place.part.heading is None)


# ── its name ────────────────────────────────────────────────────────────────────────────────────────

OWN_NAME = regex(r"((?:19|20)\d\d)年度?(?:政府)?信息公开(?:工作)?(?:年度)?报告")
_OTHER_YEARS = regex("上一?年|去年|历年|以往|往年|此前")


def own_names(document: Document) -> Iterator[OwnYear]:
    """Where the preface names this report with its year."""
    for place in preface(document):
        for match in OWN_NAME.finditer(place.text):
            if not _OTHER_YEARS.search(place.text[max(0, match.start() - 20) : match.start()]):
                yield OwnYear(place, *match.span(), match.start(), frozenset({match[1]}))


# ── the period of its figures ───────────────────────────────────────────────────────────────────────

_PERIOD = regex(
    r"(?:(?P<year>(?:19|20)\d\d)年)?(?P<from>\d{1,2}月\d{1,2}日)\s*[起始]?[，,]?\s*(?:至|到|—+|－|-|~|～)\s*"
    r"(?:(?P<last>(?:19|20)\d\d)年|(?:同年|当年))?(?P<to>\d{1,2}月\d{1,2}日)"
)
_COMPARED = regex("比|较|上一?年|去年|规划|计划|方案|有效期|试点")
_STATISTICS = regex("统计|数据|期限|时限|时间范围|起止")


@dataclass(frozen=True)
class Period(OwnYear):
    """A period of whole days."""

    is_named: bool
    """Whether its sentence says that it is the period of the figures."""
    is_whole_year: bool


def periods(document: Document) -> Iterator[Period]:
    """The periods that are, or may be, those of the figures; without a year of its own one is of the report's."""
    for place in places(document):
        yield from _periods(place, str(document.year))


@lru_cache(maxsize=MOST_KEPT)
def _periods(place: Place, year: str) -> tuple[Period, ...]:
    """Those of one paragraph."""
    found = []
    for statement in statements(place.text):
        start, sentence = statement.start(), statement[0]
        named = bool(_STATISTICS.search(sentence))
        for match in _PERIOD.finditer(sentence):
            years = {match["year"] or year, match["last"] or match["year"] or year}
            if not named and (len(years) > 1 or _COMPARED.search(sentence)):
                continue
            found.append(
                Period(
                    place,
                    start + match.start(),
                    start + match.end(),
                    start + match.start(),
                    frozenset(years),
                    named,
                    (match["from"], match["to"]) == ("1月1日", "12月31日"),
                )
            )
    return tuple(found)


# ── what it says of its work ────────────────────────────────────────────────────────────────────────

_TITLE = regex("《[^《》]*》|“[^“”]*”|[〔（(][^〔〕（）()]*[〕）)]")
_YEAR = regex(r"(?<!\d)((?:19|20)\d\d)年")
HISTORY = regex(
    r"以来|自从|[自从](?=\d{4}年)|[年月日底末]起|至今|同比|环比|相比|较(?![好多大为高快少强])|(?<![占百分])比(?![例重])"
    r"|上一?年(?!度?结转)|去年(?!结转)|前一年|往年|历年|近[两三几]年|此前|之前|以前"
    r"|增长|下降|增加|减少|上升|\d{4}年度?结转|延续|连续|印发|出台|修订|施行|颁布|公布的|制发的|被评|获评|荣获|规划"
)
_OWN_YEAR = regex(
    r"(?:^|[，：；）＿.。])\s*在?(?P<year>20\d\d)年度?[，,]?(?P<of>我[局委办厅院县市区镇乡街部处省校]|本[局机单委市县区镇乡厅办省]|全[市县区局省系年镇乡委]|共|累计"
    "|主动公开|主要|政务公开|政府信息公开(?!(?:工作)?(?:年度)?报告)|收到|受理|办理|新收|依申请公开|未收到|未发生|各[级部单区县])?"
    r"|截至(?P<end>20\d\d)年(?:年?底|年?末|12月31日)"
)
"""What a sentence says of one year as its own; the name of the body may stand after the year too."""


def claims(document: Document, years: Iterable[int]) -> Iterator[OwnYear]:
    """The sentences that say what was done in one of ``years``, and speak of no other year."""
    wanted = frozenset(map(str, years))
    body = document.agency.get("name", "") or "我局"
    for place in places(document):
        if not any(year in place.text for year in wanted):
            continue
        for start, end in _of_one_year(place.text, document.year):
            sentence = place.text[start:end]
            told = _TITLE.sub(lambda title: "＿" * len(title[0]), sentence)
            for match in _OWN_YEAR.finditer(told):
                if (match["year"] or match["end"]) not in wanted:
                    continue
                if match["year"] and not (match["of"] or told.startswith(body, match.end())):
                    continue
                at = start + (match.start("year") if match["year"] else match.start("end"))
                yield OwnYear(place, start, end, at, frozenset({match["year"] or match["end"]}))


def _of_one_year(text: str, year: int) -> Iterator[tuple[int, int]]:
    """The sentences that speak of one year alone, and not of its history or of a comparison."""
    for match in sentences(text):
        sentence = match[0]
        years = set(_YEAR.findall(sentence))
        if len(years) == 1 and not HISTORY.search(sentence) and not text.startswith(f"{year}年", match.end()):
            yield match.span()


def without_titles(text: str) -> str:
    """The text without the names of documents and what stands in quotes or brackets."""
    return _TITLE.sub("", text)


def years_in(text: str) -> set[str]:
    """Every year the text names."""
    return set(_YEAR.findall(text))
