"""Rules on what each part of the text has to say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model.chinese import CLAUSE_ENDS, NUMERAL, statements
from ..model.document import Section
from ..model.findings import Finding, Passage, Remark, Severity
from ..patterns import regex
from .emptied import emptied
from .passages import excerpt, places
from .rule import Case, Limit, rule
from .typography import mask_addresses

FORM_NOTICE = "国办公开办函〔2021〕30号"

_NOTHING = regex(r"(?:暂?无|没有|略|无内容|无此项|不涉及|/|-|—+|None|N/A)?[。.]?", re.IGNORECASE)


def _sections(case: Case, *roles: str) -> Iterator[Section]:
    """The written parts that play one of ``roles``; none where the format has no such part or it is not written."""
    texts = [text for role in roles for text in case.report.form.roles[role]]
    return (s for s in case.document.sections if s.part.text in texts and s.paragraphs)


def _text(section: Section) -> str:
    return "\n".join(paragraph.text for paragraph in section.paragraphs)


def _about(
    section: Section, code: str, severity: Severity, message: str, advice: str, how: str = ""
) -> Finding:
    """A finding about a whole part, placed at its first paragraph."""
    first = section.paragraphs[0]
    passage = Passage(section.part.text, 0, 0, len(first.text))
    return Finding(code, severity, message, advice, line=first.line, passage=passage, how=how)


@rule("S06", "只写了“无”", Severity.ERROR, FORM_NOTICE)
def nothing_said(case: Case) -> Iterator[Finding | Remark]:
    """总体情况、存在的主要问题及改进情况不能只写“无”。（没有写的由 T02 报出，第六部分只写“无”的由 S10 提醒。）

    错：五、存在的主要问题及改进情况：无。
    对：五、存在的主要问题及改进情况：问题是……；改进措施是……
    """
    for section in _sections(case, "overview", "problems"):
        if _NOTHING.fullmatch(_text(section).strip()):
            message = f"“{section.part.name}”只写了“{_text(section).strip()}”。"
            yield _about(section, "S06", Severity.ERROR, message, "请写出实际内容。")


@rule("S07", "总体情况的几个方面", Severity.WARNING, FORM_NOTICE)
def aspects_of_the_overview(case: Case) -> Iterator[Finding | Remark]:
    """总体情况要写到五个方面：主动公开、依申请公开、政府信息管理、政府信息公开平台建设、监督保障。分小标题写的看小标题，不分的看全文。

    错：总体情况只有（一）主动公开（二）依申请公开（三）监督保障
    对：总体情况五个方面都写到
    """
    for section in case.document.sections:
        aspects = section.part.aspects
        if not aspects or not section.paragraphs:
            continue
        leads = [_lead(p.text) for p in section.paragraphs if p.level == 2]
        named = sum(any(_names(lead, words) for lead in leads) for words in aspects)
        read = leads if named > len(aspects) // 2 else [_text(section)]
        missing = [f"“{words[0]}”" for words in aspects if not any(_names(text, words) for text in read)]
        if missing:
            message = f"“{section.part.name}”没有写到{'、'.join(missing)}。"
            yield _about(
                section, "S07", Severity.WARNING, message, "请补上；没有这方面工作的，也写一句说明。"
            )


_STOP = regex(f"[{CLAUSE_ENDS}]")


def _lead(text: str) -> str:
    """The opening phrase of a numbered paragraph, up to its first stop."""
    return _STOP.split(text, maxsplit=1)[0][:60]


def _names(text: str, words: tuple[str, ...]) -> bool:
    return any(word in text for word in words)


_WORD = regex(r"[A-Za-z0-9][A-Za-z0-9.,%:/@_\-]*|\S")


@rule(
    "S08",
    "总体情况的字数",
    Severity.WARNING,
    "各地要求，例如武威市2025年：原则上不超过1000字",
    overview_length=Limit(None, "总体情况的字数上限（字，按 Word 的“字数”算：一串数字或字母算一个）"),
)
def length_of_the_overview(case: Case) -> Iterator[Finding | Remark]:
    """总体情况的字数不超过本地规定的上限；全国没有统一规定，本机关设了上限（输入文件 [checks] 里的 overview_length）才查。

    错：上限是 1000 字，总体情况写了 1800 字
    对：上限是 1000 字，总体情况写了 950 字
    """
    longest = case.limits.get("overview_length")
    if longest is None:
        return
    for section in _sections(case, "overview"):
        length = len(_WORD.findall(_text(section)))
        if length > longest:
            message = f"“{section.part.name}”有 {length} 字，超过 {longest:g} 字。"
            how = "本地没有这个要求的，在 [checks] 里改 overview_length。"
            yield _about(section, "S08", Severity.WARNING, message, "请压缩。", how)


# What a sentence says when it names a problem, and when it names what is done about it.
_PROBLEM = regex(
    "不足|不够|有待|差距|短板|薄弱|弱项|欠缺|缺乏|缺少|不到位|不平衡|不均衡|仍需|还需|尚需|滞后|单一|空间|制约"
    "|不[高强深多快实细广全严齐佳]|不及时|不全面|不完善|不规范|不充分|不准确|不便捷|不丰富|不熟悉|不明显|较[少慢低弱差]|偏[少慢低弱]"
    "|存在(?!的)[^。；，]{2,30}(?:问题|现象)|问题(?:是|有|：|如下|主要|为)|需(?:要)?(?:进一步|继续|加强|提高|提升|完善|改进|强化|优化|拓展|深化|规范|丰富|加大)|亟[待需]|难以|困难|隐患|疏漏|参差不齐|不一致|不理想"
)
_HEADED_PROBLEM = regex("问题[^，；]{0,6}$")
_MEASURE = regex(
    "改进措施|改进情况|整改|下一?步|今后|接下来|将(?:进一步|继续|持续|着力|不断|重点|从|加|努力|认真|严格|按|以|围绕|采取|坚持|切实|积极|在|深)"
    f"|针对|为此|对此|采取|措施|拟|计划|(?:已|已经)(?:建立|完善|增|改|制定|优化|开展|组织)|{NUMERAL}是(?:加|强|提|完|优|健|推|深|拓|丰|规|严|抓|落|建|创|做|进|突|聚|坚|对标|持续|改|扩|细|压|畅|积)"
)
_PLAIN_MEASURE = regex("加强|强化|提升|提高|完善|加大|加快|推进|优化|健全|丰富|拓宽|规范|深化|改进")


def says_problem(text: str) -> bool:
    """Whether a sentence names a problem."""
    return bool(_PROBLEM.search(text))


@rule("S09", "问题和改进都要写", Severity.WARNING, FORM_NOTICE)
def problems_and_measures(case: Case) -> Iterator[Finding | Remark]:
    """第五部分既写存在的主要问题，也写改进情况，缺一不可。

    错：一是公开内容不够及时。二是解读形式单一。
    对：问题：公开内容不够及时。改进：建立发布提醒制度，按月督办。
    """
    for section in _sections(case, "problems"):
        text = _text(section)
        if _NOTHING.fullmatch(text.strip()):
            continue
        said = [statement[0] for p in section.paragraphs for statement in statements(p.text)]
        headings = [p.text for p in section.paragraphs if p.heading]
        problem = any(says_problem(s) for s in said) or any(_HEADED_PROBLEM.search(h) for h in headings)
        measure = any(_MEASURE.search(s) for s in said) or any(
            _PLAIN_MEASURE.search(s) and not says_problem(s) for s in said
        )
        if problem and measure:
            continue
        lacking = "存在的主要问题" if measure else "改进情况" if problem else "存在的主要问题和改进情况"
        message = f"“{section.part.name}”里没有看到{lacking}。"
        yield _about(section, "S09", Severity.WARNING, message, "请两方面都写：有什么问题，怎样改进。")


_FEE = regex("处理费|收费|费用|收取|交费|缴费")


@rule("S10", "信息处理费", Severity.WARNING, FORM_NOTICE + "；国办函〔2020〕109号")
def information_fee(case: Case) -> Iterator[Finding | Remark]:
    """第六部分要说明是否收取了信息处理费、收了多少（单位是元）。

    错：无其他需要报告的事项。
    对：本年度没有收取信息处理费。无其他需要报告的事项。
    """
    for section in _sections(case, "fee"):
        if not _FEE.search(_text(section)):
            message = f"“{section.part.name}”没有说到信息处理费。"
            advice = "请写明收取了多少元，或者没有收取。"
            yield _about(section, "S10", Severity.WARNING, message, advice)


_BLANK = "[XxＸｘ×]"
_COUNTED = "[年月日件条个次项份起场期篇人名家号元万%％]"
_FIRST_OF_LEFT_OVER = regex("[XxＸｘ×_＿○△□▲◇●■*＊?？某{}｛｝$（(【\\[TFt待文此在填#]")
_LEFT_OVER = regex(
    rf"(?<![A-Za-z0-9@./]){_BLANK}{{2,}}(?![A-Za-z0-9@./])"
    rf"|(?<![A-Za-z0-9×]){_BLANK}(?={_COUNTED})"
    r"|[_＿]{2,}|[○△□▲◇●■]{2,}|(?<![\d*＊])[*＊]{2,}(?![\d*＊])|[?？]{3,}|某某(?=[局委办县市区镇乡厅院年月日单])"
    r"|\{+[^{}\n]{0,40}\}+|[{}｛｝]|\$\{"
    r"|[（(【\[](?:此处|此部分|这里|请(?:填|补|在此|输入|插入|根据|按|删除|核)|填写|文字描述|文字说明|略(?=[）)】\]])|待(?:填|补|定|核|确认|续|完善|添加|统计))[^）)】\]]{0,40}[）)】\]]"
    r"|(?<![A-Za-z])(?:TODO|TBD|FIXME|todo)(?![A-Za-z])|待填写?|文字描述|此处(?:填写|插入|补充)"
    r"|^(?:填写|填表|填报)说明|(?:填写|填表|填报)说明[：:]"
    r"|#(?:REF|N/A|VALUE|DIV/0|NAME|NUM)[!?]?"
)


@rule("S11", "没有填完的地方", Severity.ERROR, "通行做法")
def left_over_placeholders(case: Case) -> Iterator[Finding | Remark]:
    """XX、××、___、（文字描述）、填写说明、TODO、没有换成数据的花括号，只有名称没有内容的“电话：”、空的括号、没有数的“年月日”等，都要填好或删去。

    错：全年收到申请XX件（文字描述）；联系电话：      ）
    对：全年收到申请19件；联系电话：0594-2772776）
    """
    for place in places(case.document):
        for match in _left_over(place.text):
            here = excerpt(place.text, *match.span())
            message = f"{place.name}有没有填完的地方“{match[0]}”：{here}。"
            yield place.finding("S11", Severity.ERROR, message, "请填好或删去。", *match.span())
        for match in emptied(mask_addresses(place.text)):
            here = excerpt(place.text, *match.span())
            message = f"{place.name}有空着没有填的地方：{here}。"
            advice = "请填好；不需要的，连同名称一起删去。"
            yield place.finding("S11", Severity.ERROR, message, advice, *match.span())


def _left_over(text: str) -> Iterator[re.Match[str]]:
    """Only places with the right first character are looked at: the text is long, and such places are few."""
    end = 0
    for first in _FIRST_OF_LEFT_OVER.finditer(text):
        match = _LEFT_OVER.match(text, first.start()) if first.start() >= end else None
        if match:
            end = match.end()
            yield match
