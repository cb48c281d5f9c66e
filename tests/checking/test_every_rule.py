"""Every rule is registered, documented, can fail and can pass: the example passes all, one change fails each."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import lxml.html
import pytest
from lxml import etree

import reportgen.checking
from reportgen import job
from reportgen.checking import GROUPS, RULES, Rule
from reportgen.checking.registry import MODULES, collected
from reportgen.form.form_file import templates_folder
from reportgen.model.input_codes import CODES, Code
from reportgen.writing import html, word
from reportgen.writing.check_sheet import Before, Sheet, check_sheet
from reportgen.writing.comments import Comments

from ..conftest import Run
from ..leader import foreign
from ..writing.tracked import body_lines, lines

EXAMPLE = Path(__file__).parents[2] / "inputs" / "putian-psb-2022.toml"
THIS = EXAMPLE.read_text(encoding="utf-8")
PROSE = """preface = '上年前言。'
overview = '上年总体情况。'
problems = '''
（一）存在的主要问题。上年信息更新较慢。
（二）改进情况。上年加强了督促。
'''
other_matters = '上年没有收取信息处理费。'
"""
LAST = re.sub(
    r"(?s)(\[narrative\]\n).*",
    lambda match: match[1] + PROSE,
    THIS.replace("year   = 2022", "year   = 2021").replace(
        "6,        0,        26", "1,        0,        20"
    ),
)
OVERVIEW = "'''" + THIS.split("overview = '''")[1].split("'''")[0] + "'''"
PROBLEM = "一是网站的检索和办事指引不够便捷；二是政策解读的形式比较单一；三是部分信息发布不够及时。"

Changes = list[tuple[str, str]]

FAILS: dict[str, tuple[Changes, Changes]] = {
    "T01": ([("[ 11,    0,", "[ 12,    0,")], []),
    "T02": ([("coercion            = 140", "#")], []),
    "Y01": ([], [("year   = 2021", "year   = 2019")]),
    "Y02": ([], [("carried_forward     = 0", "carried_forward     = [ 3, 0, 0, 0, 0, 0, 3 ]")]),
    "Y03": ([], [("1,        0,        20", "1,        0,        24")]),
    "Y04": ([], [("review              = [ 0,      0,      0,      0,      0 ]", "review = [ 0, 0, 0, 4, 4 ]")]),
    "Y05": ([], [("penalties           = 235627", "penalties           = 2356")]),
    "Y06": ([], [("'上年总体情况。'", OVERVIEW)]),
    "Y07": ([], [("上年信息更新较慢。", PROBLEM)]),
    "Y08": ([("（三）政府信息管理情况。", "（三）政府信息管理情况。2021年，我局规范管理政府信息。")], []),
    "Y09": ([("year   = 2022", "year   = 2021")], [("year   = 2021", "year   = 2020")]),
    "Y10": ([("year   = 2022", "year   = 2020")], [("year   = 2021", "year   = 2019")]),
    "X01": ([("件，全部按期答复", "件，收到政府信息公开申请20件，全部按期答复")], []),
    "X02": ([("其他处理{{", "予以公开6件，占32.58%；其他处理{{")], []),
    "X03": ([("办好局长信箱，", "共收到群众来信262件，其中已办结256件，正在办理5件，")], []),
    "X04": ([("件，全部按期答复", "件，比上年增加5件，全部按期答复")], []),
    "X05": ([("件，全部按期答复", "件，未收到自然人提出的政府信息公开申请，全部按期答复")], []),
    "S01": ([("六个部分组成，", "六个部分组成，莆田市公安局2021年政府信息公开工作年度报告按期公布，")], []),
    "S02": ([("本报告依据", "莆田市公安局2022年度政府信息公开工作年度报告依据")], []),
    "S03": ([("六个部分组成", "五个部分组成")], []),
    "S04": ([("{{ year }}年1月1日至12月31日", "2021年1月1日至12月31日")], []),
    "S05": ([("国办公开办函〔2021〕30号）编制", "国办公开办函〔2019〕60号）编制")], []),
    "S06": ([(THIS.split("problems = '''")[1].split("'''")[0], "\n无\n")], []),
    "S07": ([("（五）监督保障情况。信息公开纳入", "（五）其他情况。信息工作纳入"), ("定期检查网站", "定期查看网站")], []),
    "S08": ([("各项工作平稳有序。", "各项工作平稳有序。" + "我局认真落实各项公开要求，回应群众关切。" * 60), ("[narrative]", "[checks]\noverview_length = 1000\n\n[narrative]")], []),
    "S09": ([("（二）改进情况。一是推进网站功能升级，优化检索和导航；", "（二）其他情况。"), ("二是丰富解读方式，多用图表、问答和视频讲清政策；三是健全信息发布提醒和督办机制，缩短从形成到公开的时间。", "网站栏目情况同上。")], []),
    "S10": ([("没有收取信息处理费", "各项工作正常"), ("信息处理费收取情况", "有关情况"), ("《政府信息公开信息处理费管理办法》", "《有关办法》")], []),
    "S11": ([("62个政务新媒体账号", "XX个政务新媒体账号")], []),
    "S12": ([("（四）政府信息公开平台", "（五）政府信息公开平台")], []),
    "S13": ([("overview = '''\n", "overview = '''\n一、总体情况\n")], []),
    "S14": ([("regulations         = [ 0,        0,        0  ]", "regulations = [ 3, 0, 3 ]")], []),
    "S16": ([("[narrative]", "[publication]\ndate = 2023-03-10\n\n[narrative]")], []),
    "S17": ([('name     = "莆田市公安局"', 'name     = "某县公安局"')], [('name     = "莆田市公安局"', 'name     = "某县公安局"')]),
    "W01": ([("，各项工作平稳有序", ",各项工作平稳有序")], []),
    "W02": ([("“{{ agency.column }}”", '"{{ agency.column }}"')], []),
    "W03": ([("对照《中华人民共和国政府信息公开条例》逐项", "对照《中华人民共和国政府信息公开条例逐项")], []),
    "W04": ([("国办函〔2020〕109号", "国办函[2020]109号")], []),
    "W05": ([("〈中华人民共和国政府信息公开工作年度报告格式〉", "《中华人民共和国政府信息公开工作年度报告格式》")], []),
    "W06": ([("各项工作平稳有序", "各项工作 平稳有序")], []),
    "W07": ([("各项工作平稳有序。", "各项工作平稳有序。。")], []),
    "W08": ([("（三）政府信息管理情况。", "1、管理\n（三）政府信息管理情况。")], []),
    "W09": ([("各项工作平稳有序", "各项工作稳步推进推进")], []),
    "W10": ([("全年编发检查通报12期", "2月30日编发检查通报")], []),
    "W11": ([('postcode = "351100"', 'postcode = "35110"')], []),
    "W12": ([("http://gaj.putian.gov.cn", "http:/gaj.putian.gov.cn")], []),
    "W13": ([("认真办理群众来信", "认真办理群众（身份证号11010519491231002X）来信")], []),
    "W14": ([("认真办理群众来信", "认真办理群众张三（手机13800138000）来信")], []),
    "C01": ([("[narrative]", '[[waivers]]\nrule = "X01"\nmark = "0"\nplace = "某处"\nreason = "某因"\nby = "某人"\n\n[narrative]')], []),
}  # fmt: skip


def started(folder: Path, this: Changes, last: Changes) -> job.Job:
    """The example with these changes, beside last year's with those, checked."""
    paths = []
    for text, changes, year in ((THIS, this, 2022), (LAST, last, 2021)):
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new, 1)
        path = folder / f"report-{year}.toml"
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return job.start(*paths)


def found(folder: Path, this: Changes, last: Changes) -> set[str]:
    """The rules that find something in the example with these changes, beside last year's with those."""
    return {finding.rule for finding in started(folder, this, last).outcome.findings}


def test_the_example_passes_every_rule(tmp_path: Path) -> None:
    assert found(tmp_path, [], []) == set()


@pytest.mark.parametrize("code", FAILS)
def test_a_rule_can_fail(code: str, tmp_path: Path) -> None:
    assert code in found(tmp_path, *FAILS[code])


@pytest.mark.parametrize("code", FAILS)
def test_a_rule_is_said_in_the_leaders_language_on_every_paper(code: str, tmp_path: Path) -> None:
    work = started(tmp_path, *FAILS[code])
    document, findings = work.document, work.outcome.findings
    sheet = Sheet("送审稿1", work.outcome, "", "", Before("", None))
    page = lxml.html.fromstring(html.render(document, draft="送审稿1", findings=findings))
    papers = [
        *(" ".join(line.itertext()) for line in page.find_class("findings")[0].iter("li")),
        *lines(etree.fromstring(Comments.about(document, findings).xml({}).encode())),
        *lxml.html.fromstring(check_sheet(document, sheet)).find(".//main").itertext(),
        *body_lines(word.render_check_sheet(document, sheet)),
    ]
    assert [words for text in papers for words in foreign(text)] == []


def test_every_rule_is_here_or_only_reminds() -> None:
    assert set(RULES) - set(FAILS) == {"S15"}, "S15 never finds anything: it says what cannot be checked"


def test_every_module_that_defines_a_rule_is_listed() -> None:
    folder = Path(reportgen.checking.__file__).parent
    defining = {
        path for path in folder.rglob("*.py") if re.search("(?m)^@rule\\(", path.read_text(encoding="utf-8"))
    }
    assert defining == {Path(str(module.__file__)) for module in MODULES}


def test_a_code_stands_for_one_rule() -> None:
    twice = ModuleType("twice")
    vars(twice)["other"] = replace(RULES["T01"], title="另一条")
    with pytest.raises(ValueError, match="T01"):
        collected([*MODULES, twice])


def test_the_rule_on_waivers_comes_last() -> None:
    assert list(RULES)[-1] == "C01"


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_every_rule_is_documented_with_a_wrong_and_a_right_example(rule: Rule) -> None:
    assert rule.code[0] in GROUPS
    assert rule.title
    assert rule.source
    assert "错：" in rule.text
    assert "对：" in rule.text
    assert all(limit.meaning for limit in rule.limits.values())


EXAMPLES = {
    "S08": {"[checks]", "overview_length"},  # where the limit is set
    "W04": {"[2020]"},
    "W12": {"www.putian.gov.cn", "www.putian.gov", "xxgk", "putian", "putian.gov.cn"},
}
"""What rules have to speak of that is not Chinese."""


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_every_rule_is_explained_in_the_clerks_words(rule: Rule) -> None:
    """On the page the explanation stands beside the tables: no key, no command, no braces."""
    words = foreign(f"{rule.title}\n{rule.text}\n{rule.source}")
    assert set(words) <= EXAMPLES.get(rule.code, set())


def codes_written() -> set[str]:
    """Every code that stands in the program, in whatever finding or message."""
    folder = Path(reportgen.checking.__file__).parents[1]
    files = [*folder.rglob("*.py"), *templates_folder().rglob("*.html")]
    return {code for path in files for code in re.findall(r"\b[A-Z]\d\d\b", path.read_text(encoding="utf-8"))}


def test_every_code_that_can_be_printed_is_listed_and_explained(run: Run) -> None:
    status, listed = run("rules")
    assert status == 0
    codes = codes_written()
    assert {"I06", "T01", "C01"} <= codes
    for code in sorted(codes):
        assert f"  {code}  " in listed
        status, said = run("rules", code.lower())
        assert status == 0
        assert said.startswith(f"{code} ")
        assert re.search(r"\n\n错：[^\n]+\n对：[^\n]+\n\n依据：[^\n]+\n", said), said


@pytest.mark.parametrize("rule", [*CODES.values(), *RULES.values()], ids=[*CODES, *RULES])
def test_the_wrong_and_the_right_example_of_a_code_differ(rule: Code | Rule) -> None:
    wrong, right = rule.text.split("错：")[1].split("对：")
    assert wrong.strip() != right.strip()


def test_only_a_rule_can_be_switched_off(run: Run) -> None:
    assert 'S03 = "off"' in run("rules", "S03")[1]
    assert "off" not in run("rules", "I06")[1]
