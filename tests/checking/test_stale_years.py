"""An earlier year left standing where the report speaks of its own year."""

from __future__ import annotations

import pytest

from reportgen.model.findings import Severity

from .cases import findings, found_in, report


@pytest.mark.parametrize(
    "text",
    [
        "2021年，我局严格落实各项要求。",
        "（一）主动公开。2021年，我局发布信息801条。",
        "工作平稳。2021年共收到政府信息公开申请19件。",
        "2021年度，莆田市公安局未收到申请。",
        "依申请公开方面，2021年收到申请19件。",
        "截至2021年12月31日，累计公开信息592份。",
        "截至2021年底，全部整改到位。",
        "2020年，我局严格落实各项要求。",
        "（1）2021年全市未发生行政复议。",
        "2021年政府信息公开工作总体平稳，群众评价较好，占比较高。",
        "在2021年，我局收到申请19件，占比31%。",
        "2021年，全市共收到政府信息公开申请75件，其中自然人申请72件。",
        "2021年，我局从严审查，收到政府信息公开申请75件。",
        "2021年，我局收到政府信息公开申请75件，上年结转3件，结转下年2件。",
    ],
)
def test_the_year_before_where_this_year_is_meant_is_an_error(text: str) -> None:
    (finding,) = found_in("Y08", text)
    assert finding.severity is Severity.ERROR


@pytest.mark.parametrize(
    "text",
    [
        "2022年，我局严格落实各项要求。",
        "按照国办发〔2021〕12号文件要求。",
        "落实《2021年政务公开工作要点》。",
        "2021年以来，我局持续推进。",
        "较2021年增长3.5%。",
        "2022年收到申请19件，2021年收到17件。",
        "2021年全市收到17件。2022年收到19件。",
        "2021年结转的申请3件全部办结。",
        "2021年，我局印发《办法》，建立了制度。",
        "2021年5月上线的平台运行平稳。",
        "自2021年起，我局按月通报。",
        "我局从2021年建立台账，2021年共收到意见3条。",
        "2021年度报告已按时公布。",
        "截至2021年底的存量，同比下降3%。",
        "2021年，国务院办公厅修订了格式。",
    ],
)
def test_documents_history_and_comparisons_may_name_earlier_years(text: str) -> None:
    assert found_in("Y08", text) == []


def test_a_printed_year_is_always_right() -> None:
    assert found_in("Y08", "{{ year }}年，我局收到申请19件。") == []


def test_a_dated_sentence_copied_word_for_word_from_last_year_is_a_warning() -> None:
    sentence = "门户网站于2021年5月10日完成改版，新增栏目六个。"
    (finding,) = findings("Y08", report({"overview": sentence}), report({"overview": sentence}, year=2021))
    assert finding.severity is Severity.WARNING
    other = report({"overview": "门户网站完成改版。"}, year=2021)
    assert findings("Y08", report({"overview": sentence}), other) == []


def test_a_plan_for_the_year_that_is_over_is_a_warning() -> None:
    (finding,) = found_in("Y08", "公开不够及时。2022年，我局将进一步加强督办。", "problems")
    assert "2023年" in finding.advice
    assert found_in("Y08", "公开不够及时。2023年，我局将进一步加强督办。", "problems") == []
    assert found_in("Y08", "2022年，我局将公开纳入考核，但不够及时。", "problems") == []
