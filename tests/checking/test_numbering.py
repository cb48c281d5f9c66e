"""Numbers of headings and items, and headings that do not belong into the text."""

from __future__ import annotations

import pytest

from .cases import found_in, passages


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("（一）甲。\n（二）乙。\n（四）丁。", "（四）"),
        ("（一）甲。\n（二）乙。\n（二）丙。", "（二）"),
        ("（二）乙。\n（三）丙。", "（二）"),
        ("1.甲。\n2.乙。\n4.丁。", "4."),
        ("（1）甲。\n（3）丙。", "（3）"),
        ("（一）甲。\n1.子。\n2.丑。\n（二）乙。\n2.子。", "2."),
        ("一是甲；二是乙；四是丁。", "四是"),
        ("一是甲；二是乙；二是丙。", "二是"),
        ("第一，甲。第二，乙。第四，丁。", "第四，"),
        ("两件事:一是甲；三是丙。", "三是"),
        ("做到：（1）甲；（2）乙；（4）丁。", "（4）"),
    ],
)
def test_numbers_that_skip_or_repeat_are_found_on_every_level(text: str, wrong: str) -> None:
    assert passages("S12", text) == [wrong]


@pytest.mark.parametrize(
    "text",
    [
        "（一）甲。\n（二）乙。\n1.子。\n2.丑。\n（1）细。\n（2）目。\n3.寅。\n（三）丙。\n1.子。",
        "存在的主要问题：\n1.甲。\n2.乙。\n改进措施：\n1.甲。\n2.乙。",
        "存在的问题\n（一）甲。\n（二）乙。\n下一步打算\n（一）甲。\n（二）乙。",
        "一是甲；二是乙。改进：一是丙；二是丁；三是戊。",
        "落实条例第二十条第（一）项、第（五）项规定。",
        "首先是甲，二是乙，三是丙。",
        "唯一是、第三是、十二是",
        "2.3万笔业务。\n5月完成。",
        "（一）甲。\n（二）乙。\n（三）丙。\n（四）丁。\n（五）戊。\n（六）己。\n（七）庚。\n（八）辛。\n（九）壬。\n（十）癸。\n（十一）子。",
    ],
)
def test_numbers_in_sequence_are_right(text: str) -> None:
    assert found_in("S12", text) == []


def test_each_part_counts_for_itself() -> None:
    from .cases import findings, report

    assert (
        findings("S12", report({"overview": "（一）甲。\n（二）乙。", "problems": "（一）丙。\n（二）丁。"}))
        == []
    )


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("一、总体情况\n我局工作平稳。", "overview"),
        ("总体情况\n我局工作平稳。", "overview"),
        ("五、存在的主要问题及改进情况：\n公开不够及时。", "problems"),
        ("莆田市公安局2022年政府信息公开工作年度报告\n根据条例编制。", "preface"),
        ("工作平稳。\n七、附件", "other_matters"),
    ],
)
def test_a_heading_or_title_written_into_the_text_is_found(text: str, part: str) -> None:
    assert found_in("S13", text, part)


@pytest.mark.parametrize(
    "text",
    [
        "（一）总体情况\n工作平稳。",
        "总体情况良好。",
        "一、二季度各通报一次，三、四季度各检查一次，全年没有发现问题。",
        "十、十一月开展培训。",
    ],
)
def test_headings_of_lower_levels_and_sentences_are_left(text: str) -> None:
    assert found_in("S13", text) == []
